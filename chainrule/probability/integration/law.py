"""A distribution in numbers: its log density on arrays, in a coordinate in which nothing underflows."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from chainrule.evaluation.array import Array, Scalar
from chainrule.evaluation.run import compute
from chainrule.graph import build
from chainrule.graph.node import Add, Node, Variable, operands, postorder
from chainrule.probability.families.family import Family, Point

Floats = NDArray[np.float64]
Chart = Literal["x", "log x", "logit x", "integers"]

ROUNDING = 2.0**-52
MOST_EXPONENT = 709.0
"""The exponential of more is out of range."""


@dataclass(frozen=True)
class Coordinates:
    """u, the coordinate of a chart, with x, log x, log(1 - x) and log(dx/du) there.

    x is `anchor` and `sign` times a distance, whose logarithm is known where x is near the anchor; None where it is not.
    """

    x: Floats
    log_x: Floats
    log_complement: Floats
    log_slope: Floats
    anchor: float = 0.0
    sign: float = 1.0
    log_distance: Floats | None = None


def coordinates(chart: Chart, u: Floats) -> Coordinates:
    with np.errstate(all="ignore"):
        if chart == "log x":
            x = np.exp(u)
            return Coordinates(x, u, np.log1p(-x), u)
        if chart == "logit x":
            log_x, rest = -np.logaddexp(0.0, -u), -np.logaddexp(0.0, u)
            return Coordinates(np.exp(log_x), log_x, rest, log_x + rest)
        return Coordinates(u, np.log(u), np.log1p(-u), np.zeros_like(u))


def beside(anchor: float, sign: float, log_distance: Floats) -> Coordinates:
    """The places at these distances from an anchor, above or below it; their coordinate is the log of the distance."""
    with np.errstate(all="ignore"):
        x = anchor + sign * np.exp(log_distance)
        log_x = log_distance if anchor == 0 and sign > 0 else np.log(x)
        log_complement = log_distance if anchor == 1 and sign < 0 else np.log1p(-x)
    return Coordinates(x, log_x, log_complement, log_distance, anchor, sign, log_distance)


def to_chart(chart: Chart, x: float) -> float:
    """The coordinate of x; an end of the support may be infinitely far."""
    with np.errstate(all="ignore"):
        if chart == "log x":
            return float(np.log(max(x, 0.0)))
        return float(np.log(x) - np.log1p(-x)) if chart == "logit x" else x


@dataclass(frozen=True)
class Densities:
    """log p at some points, by du or of an integer, and a bound of the rounding in it."""

    log: Floats
    rounding: Floats


@dataclass(frozen=True)
class Law:
    """A distribution over numbers. lower, upper: the ends of its support. chart: of its own, see `Family`.

    parts: the laws that it is a mixture of. corners: where its density has peaks or corners, of a density of which nothing
    else is known; None of one that is a concave function in its chart.
    """

    lower: float
    upper: float
    chart: Chart
    density: Callable[[Coordinates], Densities]
    parts: "tuple[Law, ...]" = ()
    corners: tuple[float, ...] | None = None

    @property
    def is_concave(self) -> bool:
        """Whether its log density is a concave function in its chart."""
        return self.corners is None and not self.parts

    @property
    def leaves(self) -> "tuple[Law, ...]":
        """The laws that it is a mixture of, itself where it is none."""
        return tuple(leaf for part in self.parts for leaf in part.leaves) or (self,)

    def at(self, chart: Chart, u: Floats) -> Densities:
        return self.by(coordinates(chart, u))

    def by(self, found: Coordinates) -> Densities:
        """At some places, by du."""
        made = self.density(found)
        outside = (found.x < self.lower) | (found.x > self.upper) | np.isnan(found.x)
        rounding = made.rounding + ROUNDING * np.abs(found.log_slope)
        return Densities(np.where(outside, -np.inf, made.log + found.log_slope), np.where(outside, 0.0, rounding))


def law_of_family(family: Family, parameters: tuple[float, ...], ends: tuple[float, float], *, given: bool = False) -> Law:
    """The law of a family over numbers with these parameters and these ends of its support. given: the text says it itself."""
    discrete = family.support.discrete
    lower, upper = ends
    own: Chart = "integers" if discrete else "logit x" if family.support.open_unit else "log x" if lower == 0 else "x"
    law = Law(lower, upper, own, lambda at: _density(family, parameters, at), corners=() if given else None)
    return _with_ends_that_have_probability(law) if discrete and lower < upper else law


def _with_ends_that_have_probability(law: Law) -> Law:
    """Of a family over the integers: a parameter at an end of its domain leaves the first outcome alone, or the last one."""
    first, second = law.at("integers", np.array([law.lower, law.lower + 1.0])).log
    if first == -np.inf:
        return replace(law, lower=law.upper)
    return replace(law, upper=law.lower) if second == -np.inf else law


@lru_cache(maxsize=64)
def _graph(family: Family) -> tuple[tuple[Variable, ...], Node, tuple[Node, ...]]:
    """The inputs x, log x, log(1 - x) and the parameters, the log density, and what it is a sum of."""
    point = [build.variable(name, ("points",)) for name in ("x", "log x", "log complement")]
    parameters = [build.variable(f"parameter {k}") for k in range(len(family.parameters))]
    root = build.lift(family.log_density(Point(*point), *parameters), point[0].shape)
    summands = dict.fromkeys(o for node in postorder(root) if isinstance(node, Add) for o in operands(node))
    return (*point, *parameters), root, tuple(summands)


def _density(family: Family, parameters: tuple[float, ...], at: Coordinates) -> Densities:
    inputs, root, summands = _graph(family)
    values = (at.x, at.log_x, at.log_complement, *(np.float64(p) for p in parameters))
    known: dict[Node, Array | Scalar] = dict(zip(inputs, values, strict=True))
    found = compute([root], known, {"points": len(at.x)})
    size = np.zeros_like(at.x)
    with np.errstate(all="ignore"):
        for node in summands:
            size = size + np.abs(found[node])
        log = np.asarray(found[root], dtype=float)
        size = size + np.abs(log)
    return Densities(log, ROUNDING * np.where(np.isfinite(log), size, 0.0))


def law_of_table(places: Floats, probabilities: Floats) -> Law:
    """The law of a table over integers in increasing order."""
    with np.errstate(divide="ignore"):
        logs = np.log(probabilities)

    def density(at: Coordinates) -> Densities:
        where = np.clip(np.searchsorted(places, at.x), 0, len(places) - 1)
        return Densities(np.where(places[where] == at.x, logs[where], -np.inf), np.full_like(at.x, ROUNDING))

    positive = places[probabilities > 0]
    return Law(float(positive[0]), float(positive[-1]), "integers", density)
