"""Where a function with one peak has all but a negligible part of its mass."""

from collections.abc import Callable

import numpy as np

from chainrule.probability.integration.law import MOST_EXPONENT, Chart, Floats, Law, to_chart

DROP = 80.0
"""In nats: what is so far below a peak does not count, exp(-80) being 2e-35."""
STEPS = 2.0 ** np.arange(-200.0, 64.0)
GRID = 33
LOWEST_LOGARITHM = -1e300

LogFunction = Callable[[Floats], Floats]


def bounds(chart: Chart, lower: float, upper: float) -> tuple[float, float]:
    """The ends of a support in the coordinate of a chart, as far as x is in range."""
    low, high = to_chart(chart, lower), to_chart(chart, upper)
    if chart == "log x":
        return max(low, LOWEST_LOGARITHM), min(high, MOST_EXPONENT)
    if chart == "logit x":
        return max(low, LOWEST_LOGARITHM), min(high, -LOWEST_LOGARITHM)
    return max(low, -1e300), min(high, 1e300)


def window(law: Law, chart: Chart, low: float, high: float) -> tuple[float, float, float]:
    """(left, peak, right): outside of left to right, in low to high, the density is DROP nats below its peak."""

    def log(u: Floats) -> Floats:
        return law.at(chart, u).log

    whole = chart == "integers"
    peak = _peak(log, low, high, whole)
    top = log(np.array([peak]))[0] - DROP
    steps = np.unique(np.ceil(STEPS)) if whole else STEPS
    left, right = np.maximum(peak - steps, low), np.minimum(peak + steps, high)
    return _first(left, log(left) < top), peak, _first(right, log(right) < top)


def _first(places: Floats, negligible: Floats) -> float:
    """The first place that is negligible, or the last one of all."""
    found = np.flatnonzero(negligible)
    return float(places[found[0]] if len(found) else places[-1])


def _peak(log: LogFunction, low: float, high: float, whole: bool) -> float:
    """Where the function is largest: the best point of a coarse grid, then ever finer ones around it."""
    steps = np.unique(np.ceil(STEPS)) if whole else STEPS
    ends = [end for end in (low, high) if abs(end) < 1e300]
    starts = [0.0, *ends]
    places = np.unique(
        np.clip(np.concatenate([np.array(starts), *(s + d * steps for s in starts for d in (1, -1))]), low, high)
    )
    while True:
        values = log(places)
        best = int(np.nanargmax(values))
        left, right = float(places[max(best - 1, 0)]), float(places[min(best + 1, len(places) - 1)])
        if right - left <= (2.0 if whole else 1e-13 * max(abs(left), abs(right))):
            return float(places[best])
        between: Floats = np.linspace(left, right, GRID)
        finer = np.unique(np.append(np.round(between) if whole else between, places[best]))
        if len(finer) == len(places) and np.array_equal(finer, places):
            return float(places[best])
        places = finer
