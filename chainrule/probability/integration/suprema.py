"""The largest value of a logarithm over what two laws have in common: of a density, or of the ratio of two."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from chainrule.probability.integration.halves import FAR, STEADY, STEP, STRETCH, Half, Halves
from chainrule.probability.integration.integrals import Region, blocks
from chainrule.probability.integration.integrands import Pair
from chainrule.probability.integration.law import ROUNDING, Floats

ZOOMS, ZOOM = 14, 33
FARTHER = 2.0 ** np.arange(0.0, 40.0)
FLAT = 1e-12
"""So little more than what was found, relative to it, is rounding."""

Logarithm = Callable[[Pair], tuple[Floats, Floats]]
"""The values at some points and bounds of their rounding."""


@dataclass(frozen=True)
class Supremum:
    """A largest value with a bound of its error, and where it is infinite: "where x goes to 0"."""

    value: float
    error: float = 0.0
    where: str = ""


def log_of_density(pair: Pair) -> tuple[Floats, Floats]:
    return pair.p - pair.slope, pair.p_rounding + ROUNDING * np.abs(pair.slope)


def log_of_ratio(pair: Pair) -> tuple[Floats, Floats]:
    """log(p / q), minus infinity where p is zero."""
    return np.where(np.isneginf(pair.p), -np.inf, pair.p - pair.q), pair.p_rounding + pair.q_rounding


def supremum(region: Region | Halves, function: Logarithm) -> Supremum:
    """The largest value; where a function is largest it moves little with the place."""
    found = _of_integers(region, function) if isinstance(region, Region) else _of_halves(region, function)
    best = max(found, key=lambda each: each.value)
    if math.isinf(best.value):
        return replace(best, error=0.0)
    return Supremum(best.value, best.error + 64 * ROUNDING * (1.0 + abs(best.value)))


def _of_halves(region: Halves, function: Logarithm) -> Iterator[Supremum]:
    for half in region.halves:
        grid = half.grid
        values, roundings = _values(region, half, grid, function)
        for first in (True, False):
            if (first or half.high == FAR) and _grows(values, first=first):
                yield Supremum(math.inf, where=f"where x goes to {half.end(first)}")
        best = int(np.argmax(values))
        found = Supremum(float(values[best]), float(roundings[best]))
        left, right = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, len(grid) - 1)])
        for _ in range(ZOOMS):
            finer = np.linspace(left, right, ZOOM)
            values, roundings = _values(region, half, finer, function)
            best = int(np.argmax(values))
            found = max(found, Supremum(float(values[best]), float(roundings[best])), key=lambda each: each.value)
            left, right = float(finer[max(best - 1, 0)]), float(finer[min(best + 1, ZOOM - 1)])
        yield found


def _values(region: Halves, half: Half, u: Floats, function: Logarithm) -> tuple[Floats, Floats]:
    with np.errstate(all="ignore"):
        return _numbers(*function(region.pair(half, u)))


def _numbers(values: Floats, roundings: Floats) -> tuple[Floats, Floats]:
    """What is no number is nowhere the largest."""
    return np.nan_to_num(values, nan=-np.inf, posinf=np.inf, neginf=-np.inf), np.broadcast_to(roundings, np.shape(values))


def _grows(values: Floats, first: bool) -> bool:
    """Whether the values grow towards an end of the grid for as far as it goes."""
    steps = int(STRETCH / STEP)
    end, before = (values[0], values[steps]) if first else (values[-1], values[-1 - steps])
    return bool(end == np.inf or (np.isfinite(end) and (end - before) / STRETCH > -STEADY))


def _of_integers(region: Region, function: Logarithm) -> Iterator[Supremum]:
    left, right = region.hull
    for places in blocks(left, right):
        yield _largest(*_at(region, places, function))
    for sign, start, end in ((-1.0, left, region.low), (1.0, right, region.high)):
        places = np.clip(start + sign * FARTHER, region.low, region.high)
        values, roundings = _at(region, places, function)
        top = _largest(values, roundings)
        if abs(end) >= 1e300 and values[-1] == top.value and values[-1] > values[-2] + FLAT * abs(values[-1]):
            yield Supremum(math.inf, where=f"where x goes to {'minus ' if sign < 0 else ''}infinity")
        yield top


def _largest(values: Floats, roundings: Floats) -> Supremum:
    best = int(np.argmax(values))
    return Supremum(float(values[best]), float(roundings[best]))


def _at(region: Region, places: Floats, function: Logarithm) -> tuple[Floats, Floats]:
    with np.errstate(all="ignore"):
        return _numbers(*function(region.pair(places)))
