"""Sums and integrals over the outcomes that two laws have in common."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from chainrule.errors import EvaluationError
from chainrule.probability.integration.integrands import LOGARITHMS, Function, Pair, rounding
from chainrule.probability.integration.law import ROUNDING, Chart, Floats, Law, coordinates, to_chart
from chainrule.probability.integration.quadrature import Integrand, Total, integrate
from chainrule.probability.integration.windows import DROP, GRID, bounds, window

MOST_TERMS = 2**22
BLOCK = 2**16
HALVINGS = 2.0 ** -np.arange(0.0, 24.0)
DOUBLINGS = 66
FIRST_STEP = 64.0
BISECTIONS = 64
SAMPLES = 16
"""Each is sixteen times as fine as the one before: the last one is as fine as double precision is."""
HIGHER = 600.0
"""In nats, above the largest value that was found: the exponential is still in range."""
RELIABLE = 1e-3
LARGEST_ROUNDING = 0.1
"""In nats, of the log of a density at its peak: bounds that are proportional to the rounding hold up to here."""
STEEPNESS = 40.0
"""Where the mass of a density is, its log changes by less than this over a window, whose ends are 80 nats below the peak."""

Window = tuple[float, float, float]
"""(left, peak, right)."""


@dataclass(frozen=True)
class Region:
    """The outcomes that are in both supports, in a coordinate u from low to high."""

    p: Law
    q: Law
    order: float
    chart: Chart
    low: float
    high: float

    def pair(self, u: Floats) -> Pair:
        p, q = self.p.at(self.chart, u), self.q.at(self.chart, u)
        return Pair(p.log, q.log, p.rounding, q.rounding, coordinates(self.chart, u).log_slope, self.order)

    @cached_property
    def windows(self) -> tuple[Window, ...]:
        """Where each of the laws has its mass. Raises EvaluationError `no-convergence`."""
        laws = dict.fromkeys((*self.p.leaves, *self.q.leaves))
        found = tuple((law, window(law, self.chart, *self._reach(law))) for law in laws)
        for law, (_, peak, _) in found:
            if not law.at(self.chart, np.array([peak])).rounding[0] <= LARGEST_ROUNDING:
                message = "the parameters are too large or too small: the density is not known in double precision"
                raise EvaluationError("no-convergence", message)
        return tuple(each for _, each in found)

    def _reach(self, law: Law) -> tuple[float, float]:
        """From where to where a law is looked at: a part of a mixture where it has probability itself."""
        if law is self.p or law is self.q:
            return self.low, self.high
        low, high = bounds(self.chart, max(law.lower, self.p.lower, self.q.lower), min(law.upper, self.p.upper, self.q.upper))
        return (low, high) if low <= high else (self.low, self.low)

    @cached_property
    def hull(self) -> tuple[float, float]:
        return min(left for left, _, _ in self.windows), max(right for _, _, right in self.windows)

    def total(self, function: Function) -> Total:
        """Of a function that p and q bound."""

        def values(u: Floats) -> tuple[Floats, Floats]:
            with np.errstate(all="ignore"):
                pair = self.pair(u)
                found = function.of(pair)
                return found, rounding(function, pair, found)

        corners = [(place, place, place) for place in self._crossings()] if function.has_corners else []
        return self._total(values, *self.hull, *corners)

    def _crossings(self) -> list[float]:
        """Where p and q are equal, by bisection between samples of which they are not on the same sides."""
        places = self._sample(*self.hull)
        above = self._is_above(places)
        changed = np.flatnonzero(above[:-1] != above[1:])
        left, right, first = places[changed], places[changed + 1], above[changed]
        for _ in range(BISECTIONS):
            middle = 0.5 * (left + right)
            on_left = self._is_above(middle) == first
            left, right = np.where(on_left, middle, left), np.where(on_left, right, middle)
        return left.tolist()

    def _is_above(self, places: Floats) -> NDArray[np.bool_]:
        with np.errstate(all="ignore"):
            return self.pair(places).s < 0

    def log_total(self, name: str) -> tuple[float, float]:
        """(log, error of the log) of the sum or integral of exp(LOGARITHMS[name]), which may be infinite."""
        function, rounding_of = LOGARITHMS[name]

        def logs(u: Floats) -> tuple[Floats, Floats]:
            with np.errstate(all="ignore"):
                pair = self.pair(u)
                return function(pair), rounding_of(pair) + ROUNDING

        left, right = self._spread(logs)
        if not (math.isfinite(left) and math.isfinite(right)):
            return math.inf, 0.0
        place, top = self._top(logs, left, right)
        if top == -math.inf:
            return -math.inf, 0.0

        def values(u: Floats) -> tuple[Floats, Floats]:
            found, each = logs(u)
            if np.max(found) > top + HIGHER:
                raise EvaluationError("no-convergence", "the largest term of the sum or integral is not found")
            scaled = np.exp(found - top)
            return scaled, scaled * np.where(scaled == 0, 0.0, each)

        found = self._total(values, left, right, (left, place, right))
        if not found.value > found.error:
            raise EvaluationError("no-convergence", "the sum or integral is not known in double precision")
        return top + math.log(found.value), found.error / found.value + ROUNDING * abs(top)

    def _top(self, logs: Integrand, left: float, right: float) -> tuple[float, float]:
        """Where it is largest and how large, from finer and finer samples around the best place."""
        places = self._sample(left, right)
        for _ in range(SAMPLES):
            best = int(np.argmax(logs(places)[0]))
            before, after = float(places[max(best - 1, 0)]), float(places[min(best + 1, len(places) - 1)])
            between: Floats = np.linspace(before, after, GRID)
            finer = np.append(np.round(between) if self.chart == "integers" else between, places[best])
            places = np.unique(finer)
        found = logs(places)[0]
        best = int(np.argmax(found))
        return float(places[best]), float(found[best])

    def _spread(self, logs: Integrand) -> tuple[float, float]:
        """The hull, wider on each side until the function is negligible; infinite where it never is."""
        left, right = self.hull
        top = float(np.max(logs(self._sample(left, right))[0]))
        if top == -math.inf:
            return left, right
        width = right - left
        return self._end(logs, left, -1.0, width, top), self._end(logs, right, 1.0, width, top)

    def _end(self, logs: Integrand, start: float, sign: float, width: float, top: float) -> float:
        """Where it is negligible beyond, towards the left or the right."""
        end, step = self.low if sign < 0 else self.high, max(width, 1.0) / FIRST_STEP
        place, start_top = start, top
        for k in range(DOUBLINGS):
            if place == end:
                return place if self._is_bounded(sign) else sign * math.inf
            found, rounded = (float(each[0]) for each in logs(np.array([place])))
            if rounded > max(1.0, RELIABLE * abs(found - start_top)):
                raise EvaluationError("no-convergence", "whether the integral is finite cannot be told in double precision")
            top = max(top, found)
            if found < top - DROP:
                return place
            place = float(np.clip(start + sign * self._step(step * 2.0**k), self.low, self.high))
        return sign * math.inf

    def _step(self, length: float) -> float:
        return math.ceil(length) if self.chart == "integers" else length

    def _is_bounded(self, sign: float) -> bool:
        """Does the support end on this side, so that nothing is beyond?"""
        end = max(self.p.lower, self.q.lower) if sign < 0 else min(self.p.upper, self.q.upper)
        return math.isfinite(to_chart(self.chart, end))

    def uncovered(self) -> float | None:
        """An integer at which p is not zero and q is; None where there is none among those that count."""
        own = self.windows[: len(self.p.leaves)]
        left, right = min(left for left, _, _ in own), max(right for _, _, right in own)
        for places in blocks(left, right):
            pair = self.pair(places)
            found = places[np.isneginf(pair.q) & ~np.isneginf(pair.p)]
            if len(found):
                return float(found[0])
        return None

    def _breaks(self, left: float, right: float, *more: Window) -> Floats:
        """Finer towards each peak, so that none is missed."""
        places = [np.array([left, right])]
        for first, peak, last in dict.fromkeys((*self.windows, *more)):
            places += [peak + (first - peak) * HALVINGS, peak + (last - peak) * HALVINGS, np.array([peak])]
        return np.unique(np.clip(np.concatenate(places), left, right))

    def _sample(self, left: float, right: float) -> Floats:
        breaks = self._breaks(left, right)
        finer = np.concatenate([breaks, *(breaks[:-1] + t * np.diff(breaks) for t in (0.25, 0.5, 0.75))])
        return np.unique(np.round(finer) if self.chart == "integers" else finer)

    def _total(self, values: Integrand, left: float, right: float, *more: Window) -> Total:
        whole = self.chart == "integers"
        found = _summed(values, left, right) if whole else integrate(values, self._breaks(left, right, *more))
        ends = np.array([left, right])
        beyond = float(np.sum(np.abs(values(ends)[0])[[left > self.low, right < self.high]])) * (right - left)
        return Total(found.value, found.size, found.error + beyond + self._of_places(found.size))

    def _of_places(self, size: float) -> float:
        """What the rounding of the places makes, where a peak is far from zero and narrow."""
        if self.chart == "integers":
            return 0.0
        each = (abs(peak) / (right - left) for left, peak, right in self.windows)
        return STEEPNESS * ROUNDING * size * max(each)


def blocks(left: float, right: float) -> Iterator[Floats]:
    """The integers from left to right. Raises EvaluationError `too-many-terms`."""
    if right - left >= MOST_TERMS:
        message = f"the sum has {right - left:.0f} terms that count; at most {MOST_TERMS} are summed"
        raise EvaluationError("too-many-terms", message)
    for start in np.arange(left, right + 1.0, BLOCK):
        yield np.arange(start, min(start + BLOCK, right + 1.0))


def _summed(values: Integrand, left: float, right: float) -> Total:
    terms: list[float] = []
    error = 0.0
    for places in blocks(left, right):
        found, rounded = values(places)
        terms += found.tolist()
        error += float(np.sum(rounded))
    return Total(math.fsum(terms), math.fsum(map(abs, terms)), error)


def region_of(p: Law, q: Law, order: float) -> Region | None:
    """The outcomes that both have; None where there are none, or a single point of an interval."""
    lower, upper = max(p.lower, q.lower), min(p.upper, q.upper)
    discrete = p.chart == "integers"
    if lower > upper or (lower == upper and not discrete):
        return None
    charts = {p.chart, q.chart}
    chart: Chart = p.chart if discrete else "logit x" if "logit x" in charts else "log x" if "log x" in charts else "x"
    low, high = bounds(chart, lower, upper)
    return Region(p, q, order, chart, low, high)
