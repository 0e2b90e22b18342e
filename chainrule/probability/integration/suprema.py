"""The largest value of a logarithm over what two laws have in common: of a density, or of the ratio of two."""

import math
from collections.abc import Callable, Iterator

import numpy as np

from chainrule.probability.integration.halves import FAR, STEADY, STEP, STRETCH, Half, Halves
from chainrule.probability.integration.integrals import Region, blocks
from chainrule.probability.integration.integrands import Pair
from chainrule.probability.integration.law import ROUNDING, Floats

ZOOMS, ZOOM = 14, 33
FARTHER = 2.0 ** np.arange(0.0, 40.0)
FLAT = 1e-12
"""So little more than what was found, relative to it, is rounding."""

Logarithm = Callable[[Pair], Floats]


def log_of_density(pair: Pair) -> Floats:
    return pair.p - pair.slope


def log_of_ratio(pair: Pair) -> Floats:
    """log(p / q), minus infinity where p is zero."""
    return np.where(np.isneginf(pair.p), -np.inf, pair.p - pair.q)


def supremum(region: Region | Halves, function: Logarithm) -> tuple[float, str]:
    """The largest value, with where it is infinite: "where x goes to 0"."""
    found = _of_integers(region, function) if isinstance(region, Region) else _of_halves(region, function)
    value, where = max(found, key=lambda each: each[0])
    return value, where if math.isinf(value) else ""


def _of_halves(region: Halves, function: Logarithm) -> Iterator[tuple[float, str]]:
    for half in region.halves:
        grid = half.grid
        values = _values(region, half, grid, function)
        for first in (True, False):
            if (first or half.high == FAR) and _grows(values, first=first):
                yield math.inf, f"where x goes to {half.end(first)}"
        best = int(np.argmax(values))
        left, right = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, len(grid) - 1)])
        value = float(values[best])
        for _ in range(ZOOMS):
            finer = np.linspace(left, right, ZOOM)
            values = _values(region, half, finer, function)
            best = int(np.argmax(values))
            value = max(value, float(values[best]))
            left, right = float(finer[max(best - 1, 0)]), float(finer[min(best + 1, ZOOM - 1)])
        yield value, ""


def _values(region: Halves, half: Half, u: Floats, function: Logarithm) -> Floats:
    with np.errstate(all="ignore"):
        return np.nan_to_num(function(region.pair(half, u)), nan=-np.inf, posinf=np.inf, neginf=-np.inf)


def _grows(values: Floats, first: bool) -> bool:
    """Whether the values grow towards an end of the grid for as far as it goes."""
    steps = int(STRETCH / STEP)
    end, before = (values[0], values[steps]) if first else (values[-1], values[-1 - steps])
    return bool(end == np.inf or (np.isfinite(end) and (end - before) / STRETCH > -STEADY))


def _of_integers(region: Region, function: Logarithm) -> Iterator[tuple[float, str]]:
    left, right = region.hull
    for places in blocks(left, right):
        yield float(np.max(_at(region, places, function))), ""
    for sign, start, end in ((-1.0, left, region.low), (1.0, right, region.high)):
        places = np.clip(start + sign * FARTHER, region.low, region.high)
        values = _at(region, places, function)
        top = float(np.max(values))
        if abs(end) >= 1e300 and values[-1] == top and values[-1] > values[-2] + FLAT * abs(values[-1]):
            yield math.inf, f"where x goes to {'minus ' if sign < 0 else ''}infinity"
        yield top, ""


def _at(region: Region, places: Floats, function: Logarithm) -> Floats:
    with np.errstate(all="ignore"):
        return np.nan_to_num(function(region.pair(places)), nan=-np.inf, posinf=np.inf, neginf=-np.inf)


def rounding_of(value: float) -> float:
    """A bound of the error of a largest value: where a function is largest it moves little with the place, but the largest
    of many evaluations is the one whose rounding errors, of terms larger than the value, add up most.
    """
    return 512 * ROUNDING * (1.0 + abs(value))
