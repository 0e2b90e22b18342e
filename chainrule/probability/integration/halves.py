"""Integrals over what two laws have in common where one of them is no concave function: from each peak, corner and end to the
middle between it and the next one, over the logarithm of the distance, in which neither narrow peaks nor poles are missed.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from chainrule.errors import EvaluationError
from chainrule.probability.integration.integrands import LOGARITHMS, Function, Pair, rounding
from chainrule.probability.integration.law import ROUNDING, Coordinates, Floats, Law, beside, coordinates
from chainrule.probability.integration.quadrature import Integrand, Total, integrate
from chainrule.probability.integration.windows import DROP, bounds, window

FAR = 340.0
"""The log of the largest distance, and minus that of the smallest: their squares are in range."""
STEP = 0.5
BISECTIONS = 60
STRETCH = 60.0
"""Over so much of the log distance the decay of a tail is measured."""
STEADY, FALLING = -1e-6, -0.05
"""The slope of the log of an integrand by the log of the distance: it diverges above the first, converges below the second."""
NEGLIGIBLE = 1e-13


@dataclass(frozen=True)
class Divergent:
    """A total that is infinite, with its sign and why."""

    sign: float
    reason: str


@dataclass(frozen=True)
class Half:
    """The places above (sign 1) or below (sign -1) an anchor, up to exp(high) from it, without end where `high` is FAR."""

    anchor: float
    sign: float
    high: float

    @property
    def grid(self) -> Floats:
        return np.linspace(-FAR, self.high, max(2, math.ceil((self.high + FAR) / STEP)))

    def end(self, first: bool) -> str:
        """What x goes to towards the anchor, or away from it."""
        return f"{self.anchor:g}" if first else "infinity" if self.sign > 0 else "minus infinity"


@dataclass(frozen=True)
class Halves:
    """The outcomes that are in both supports."""

    p: Law
    q: Law
    order: float
    halves: tuple[Half, ...]

    def pair(self, half: Half, u: Floats) -> Pair:
        found = beside(half.anchor, half.sign, u)
        p, q = self.p.by(found), self.q.by(found)
        return Pair(p.log, q.log, p.rounding, q.rounding, found.log_slope, self.order)

    @cached_property
    def one_support(self) -> bool:
        """Whether there is no stretch that one of them alone gives probability to."""
        ends = (self.p.lower, self.p.upper) == (self.q.lower, self.q.upper)
        return ends and not any(np.any(np.isneginf(pair.p) != np.isneginf(pair.q)) for pair in self._near())

    def _near(self) -> Iterator[Pair]:
        """Places in the middle of every stretch, where nothing underflows."""
        for half in self.halves:
            yield self.pair(half, np.array([min(half.high, 1.0) - 1e-3, min(half.high, 1.0) - 1.0]))

    def uncovered(self) -> str:
        """Where p has probability and q has none, in words; empty where there is no such stretch."""
        for half, pair in zip(self.halves, self._near(), strict=True):
            if np.any(np.isneginf(pair.q) & ~np.isneginf(pair.p)):
                away = half.anchor + half.sign * math.exp(half.high)
                first, last = sorted((half.anchor, away))
                return f"{'beyond' if half.high == FAR else 'between'} {first:g} and {last:g}"
        return ""

    def total(self, function: Function) -> Total | Divergent:
        """Of a function that p and q bound. Raises EvaluationError `no-convergence`."""

        def of(half: Half) -> Integrand:
            def values(u: Floats) -> tuple[Floats, Floats]:
                with np.errstate(all="ignore"):
                    pair = self.pair(half, u)
                    found = function.of(pair)
                    nothing = np.isneginf(pair.p) & np.isneginf(pair.q)
                    return np.where(nothing, 0.0, found), np.where(nothing, 0.0, rounding(function, pair, found))

            return values

        found = [self._over(half, of(half), function.has_corners) for half in self.halves]
        return added(found)

    def expectation(self, weight: Callable[[Coordinates], tuple[Floats, Floats]]) -> Total | Divergent:
        """Of the sign and the logarithm of a function, under p. Raises EvaluationError `no-convergence`."""

        def of(half: Half) -> Integrand:
            def values(u: Floats) -> tuple[Floats, Floats]:
                place = beside(half.anchor, half.sign, u)
                sign, log = weight(place)
                found = self.p.by(place)
                with np.errstate(all="ignore"):
                    made = np.where(np.isneginf(found.log) | (sign == 0), 0.0, sign * np.exp(found.log + log))
                    return made, np.where(made == 0, 0.0, np.abs(made) * (found.rounding + 16 * ROUNDING))

            return values

        return added([self._over(half, of(half), corners=False) for half in self.halves])

    def log_total(self, name: str) -> tuple[float, float] | Divergent:
        """(log, error of the log) of the integral of exp(LOGARITHMS[name])."""
        function, rounding_of = LOGARITHMS[name]

        def logs(half: Half, u: Floats) -> tuple[Floats, Floats]:
            with np.errstate(all="ignore"):
                pair = self.pair(half, u)
                return function(pair), rounding_of(pair) + ROUNDING

        top = max((float(np.nanmax(logs(half, half.grid)[0])) for half in self.halves), default=-math.inf)
        if not math.isfinite(top):
            return (-math.inf, 0.0) if top < 0 else Divergent(1.0, "the integral diverges")

        def of(half: Half) -> Integrand:
            def values(u: Floats) -> tuple[Floats, Floats]:
                found, each = logs(half, u)
                with np.errstate(all="ignore"):
                    scaled = np.exp(found - top)
                    return scaled, np.where(scaled == 0, 0.0, scaled * each)

            return values

        found = added([self._over(half, of(half), corners=False) for half in self.halves])
        if isinstance(found, Divergent):
            return found
        if not found.value > found.error:
            raise EvaluationError("no-convergence", "the integral is not known in double precision")
        return top + math.log(found.value), found.error / found.value + ROUNDING * abs(top)

    def _over(self, half: Half, values: Integrand, corners: bool) -> Total | Divergent:
        grid = half.grid
        found = values(grid)[0]
        if np.any(np.isnan(found)):
            raise EvaluationError("no-convergence", "what is integrated is not known in double precision everywhere")
        with np.errstate(all="ignore"):
            logs = np.log(np.abs(found))
        kept = np.flatnonzero(logs > np.max(logs) - DROP)
        if not len(kept) or np.max(logs) == -np.inf:
            return Total(0.0, 0.0, 0.0)
        first, last = max(int(kept[0]) - 1, 0), min(int(kept[-1]) + 1, len(grid) - 1)
        beyond = 0.0
        if kept[0] == 0:
            beyond += _tail(half, grid, logs, found, first=True)
        if kept[-1] == len(grid) - 1 and half.high == FAR:
            beyond += _tail(half, grid, logs, found, first=False)
        if math.isinf(beyond):
            at_end = found[0] if kept[0] == 0 and _slope(grid, logs, first=True) > STEADY else found[-1]
            ends = half.end(first=kept[0] == 0 and _slope(grid, logs, first=True) > STEADY)
            return Divergent(math.copysign(1.0, at_end), f"the integral diverges where x goes to {ends}")
        breaks = grid[first : last + 1]
        crossings = self._crossings(half, breaks) if corners else np.array([])
        made = integrate(values, np.unique(np.concatenate([breaks, crossings])))
        if beyond > NEGLIGIBLE * made.size:
            message = "whether the integral is finite cannot be told: what is integrated falls too slowly"
            raise EvaluationError("no-convergence", message)
        return Total(made.value, made.size, made.error + beyond)

    def _crossings(self, half: Half, places: Floats) -> Floats:
        """Where p and q are equal, by bisection."""

        def is_above(u: Floats) -> Floats:
            with np.errstate(all="ignore"):
                return np.sign(self.pair(half, u).s)

        above = is_above(places)
        changed = np.flatnonzero(above[:-1] * above[1:] < 0)
        left, right, side = places[changed], places[changed + 1], above[changed]
        for _ in range(BISECTIONS):
            middle = 0.5 * (left + right)
            on_left = is_above(middle) == side
            left, right = np.where(on_left, middle, left), np.where(on_left, right, middle)
        return left


def _slope(grid: Floats, logs: Floats, first: bool) -> float:
    """How the log of an integrand changes towards an end of the grid, by the log of the distance."""
    steps = int(STRETCH / STEP)
    if len(grid) <= 2 * steps:
        return -math.inf
    change = logs[0] - logs[steps] if first else logs[-1] - logs[-1 - steps]
    return float(change) / STRETCH if not math.isnan(change) else math.inf


def _tail(half: Half, grid: Floats, logs: Floats, found: Floats, first: bool) -> float:
    """What lies beyond an end of the grid at most; infinite where it is. Raises EvaluationError `no-convergence`."""
    slope = _slope(grid, logs, first)
    if slope > STEADY:
        return math.inf
    if slope > FALLING:
        message = f"whether the integral is finite where x goes to {half.end(first)} cannot be told: it falls too slowly"
        raise EvaluationError("no-convergence", message)
    return abs(float(found[0 if first else -1])) / -slope


def added(parts: Sequence[Total | Divergent]) -> Total | Divergent:
    """The sum. Raises EvaluationError `no-convergence` for infinities of both signs."""
    infinite = [part for part in parts if isinstance(part, Divergent)]
    if len({part.sign for part in infinite}) > 1:
        raise EvaluationError("no-convergence", "the integral has no value: it diverges with both signs")
    if infinite:
        return infinite[0]
    finite = [part for part in parts if isinstance(part, Total)]
    return Total(*(math.fsum(getattr(part, field) for part in finite) for field in ("value", "size", "error")))


def breaks_of(law: Law) -> tuple[float, ...]:
    """The places where a law has an end, a peak or a corner."""
    ends = tuple(end for end in (law.lower, law.upper) if math.isfinite(end))
    if law.corners is not None:
        return (*law.corners, *ends)
    if law.parts:
        return (*(place for part in law.parts for place in breaks_of(part)), *ends)
    low, high = bounds(law.chart, law.lower, law.upper)
    peak = window(law, law.chart, low, high)[1]
    return (float(coordinates(law.chart, np.array([peak])).x[0]), *ends)


def halves_between(lower: float, upper: float, breaks: Sequence[float]) -> tuple[Half, ...]:
    """What lies between two ends, parted at breaks."""
    inside = sorted({b for b in breaks if lower < b < upper})
    places = [lower, *(inside or ([0.0] if math.isinf(lower) and math.isinf(upper) else [])), upper]
    made: list[Half] = []
    for first, last in pairwise(places):
        if math.isinf(first) or math.isinf(last):
            anchor, sign = (last, -1.0) if math.isinf(first) else (first, 1.0)
            made.append(Half(anchor, sign, FAR))
            continue
        half = math.log(last / 2 - first / 2)
        made += [Half(first, 1.0, half), Half(last, -1.0, half)]
    return tuple(made)


def halves_of(p: Law, q: Law, order: float) -> Halves | None:
    """The outcomes that both have; None where there are none."""
    lower, upper = max(p.lower, q.lower), min(p.upper, q.upper)
    if lower >= upper:
        return None
    return Halves(p, q, order, halves_between(lower, upper, (*breaks_of(p), *breaks_of(q))))
