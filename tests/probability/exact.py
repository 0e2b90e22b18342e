"""Densities and quantities written out in mpmath, with sums and integrals from the definitions: nothing of chainrule in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import mpmath as mp

Params = Sequence[Any]
TERMS = 200


@dataclass(frozen=True, eq=False)
class Exact:
    """A distribution over numbers. points: where integrals are split; () where the outcomes are listed."""

    density: Callable[[Any], Any]
    outcomes: tuple[int, ...] = ()
    points: tuple[Any, ...] = ()

    def total(self, function: Callable[[Any], Any], *more: Any) -> Any:
        """The sum or integral of a function over the support, split at further points too."""
        if self.outcomes:
            return mp.fsum(function(x) for x in self.outcomes)
        inside = sorted({x for x in (*self.points, *more) if self.points[0] <= x <= self.points[-1]})
        return mp.quad(function, inside)


def _binomial(n: Any, p: Any) -> Exact:
    return Exact(lambda k: mp.binomial(n, k) * p**k * (1 - p) ** (n - k), tuple(range(int(n) + 1)))


def _normal(m: Any, v: Any) -> Exact:
    s = mp.sqrt(v)
    points = (-mp.inf, m - 8 * s, m, m + 8 * s, mp.inf)
    return Exact(lambda x: mp.exp(-((x - m) ** 2) / (2 * v)) / mp.sqrt(2 * mp.pi * v), points=points)


def _gamma(k: Any, b: Any) -> Exact:
    points = (mp.mpf(0), k / b, 4 * (k + 4) / b, 20 * (k + 4) / b, mp.inf)
    return Exact(lambda x: b**k * x ** (k - 1) * mp.exp(-b * x) / mp.gamma(k), points=points)


def _beta(a: Any, b: Any) -> Exact:
    return Exact(lambda x: x ** (a - 1) * (1 - x) ** (b - 1) / mp.beta(a, b), points=(mp.mpf(0), mp.mpf("0.5"), mp.mpf(1)))


def _laplace(m: Any, b: Any) -> Exact:
    points = (-mp.inf, m - 20 * b, m, m + 20 * b, mp.inf)
    return Exact(lambda x: mp.exp(-abs(x - m) / b) / (2 * b), points=points)


def _discrete_uniform(a: Any, b: Any) -> Exact:
    return Exact(lambda k: mp.mpf(a <= k <= b) / (b - a + 1), tuple(range(int(a), int(b) + 1)))


EXACT: dict[str, Callable[..., Exact]] = {
    "bernoulli": lambda p: Exact(lambda k: p if k == 1 else 1 - p, (0, 1)),
    "binomial": _binomial,
    "categorical": lambda p: Exact(lambda k: p[k - 1], tuple(range(1, len(p) + 1))),
    "discrete_uniform": _discrete_uniform,
    "geometric": lambda p: Exact(lambda k: p * (1 - p) ** (k - 1), tuple(range(1, TERMS))),
    "geometric_from_zero": lambda p: Exact(lambda k: p * (1 - p) ** k, tuple(range(TERMS))),
    "poisson": lambda r: Exact(lambda k: r**k * mp.exp(-r) / mp.factorial(k), tuple(range(TERMS))),
    "normal": _normal,
    "exponential": lambda r: Exact(lambda x: r * mp.exp(-r * x), points=(mp.mpf(0), 1 / r, 20 / r, 100 / r, mp.inf)),
    "laplace": _laplace,
    "uniform": lambda a, b: Exact(lambda x: mp.mpf(a <= x <= b) / (b - a), points=(a, b)),
    "gamma": _gamma,
    "beta": _beta,
}


@cache
def exact(name: str, *parameters: Any) -> Exact:
    """The distribution; the same object for the same parameters, so that what is known of it is computed once."""
    return EXACT[name](*parameters)


def _log_ratio(p: Any, q: Any) -> Any:
    return mp.log(p / q) if q else mp.inf


def _over_both(p: Exact, q: Exact, function: Callable[[Any, Any], Any]) -> Any:
    """Over what both have; what lies outside of one support is none of these."""
    return p.total(lambda x: function(p.density(x), q.density(x)) if p.density(x) else mp.mpf(0), *q.points)


@cache
def affinity(p: Exact, q: Exact, order: Any) -> Any:
    return _over_both(p, q, lambda a, b: a**order * b ** (1 - order))


@cache
def power(p: Exact, order: Any) -> Any:
    return p.total(lambda x: p.density(x) ** order)


@cache
def entropy(p: Exact) -> Any:
    return -p.total(lambda x: p.density(x) * mp.log(p.density(x)) if p.density(x) else mp.mpf(0))


@cache
def cross_entropy(p: Exact, q: Exact) -> Any:
    return _over_both(p, q, lambda a, b: -a * mp.log(b))


@cache
def kl(p: Exact, q: Exact) -> Any:
    return _over_both(p, q, lambda a, b: a * _log_ratio(a, b))


@cache
def _half_relative(p: Exact, q: Exact) -> Any:
    return _over_both(p, q, lambda a, b: a * _log_ratio(a, (a + b) / 2)) / 2


def jensen_shannon(p: Exact, q: Exact) -> Any:
    return _half_relative(p, q) + _half_relative(q, p)


def total_variation(p: Exact, q: Exact) -> Any:
    """One less what both have; the supports are made of the same points here, or that of P lies in that of Q."""
    common = p.total(lambda x: min(p.density(x), q.density(x)), *q.points, *_crossings(p, q))
    return 1 - common


def _crossings(p: Exact, q: Exact) -> list[Any]:
    """Where two densities are equal, the places at which what both have has a corner."""
    inside = [x for x in (*p.points, *q.points) if mp.isfinite(x)]
    if not inside:
        return []
    first, last = min(inside), max(inside)
    places = [first + (last - first) * (k + mp.mpf("0.37")) / 400 for k in range(400)]
    places = sorted([*places, *(first + (last - first) * mp.mpf(2) ** (-k / mp.mpf(4)) for k in range(4, 200))])
    above = [p.density(x) > q.density(x) for x in places]
    ends = zip(places, places[1:], above, above[1:], strict=False)
    return [_bisected(p, q, left, right) for left, right, a, b in ends if a != b]


def _bisected(p: Exact, q: Exact, left: Any, right: Any) -> Any:
    above = p.density(left) > q.density(left)
    for _ in range(mp.mp.prec):
        middle = (left + right) / 2
        left, right = (middle, right) if (p.density(middle) > q.density(middle)) == above else (left, middle)
    return left


def _largest(p: Exact, function: Callable[[Any], Any]) -> Any:
    """The largest value over the outcomes, or over an interval: the best of many places, then ever nearer to it."""
    if p.outcomes:
        values = [function(x) for x in p.outcomes]
        endless = p.outcomes[-1] == TERMS - 1  # the first of outcomes without end; a logarithm that still grows has no bound
        return mp.inf if endless and values[-1] == max(values) > values[-2] else max(values)
    ends = [x for x in p.points if mp.isfinite(x)]
    left, right = min(ends), max(ends)
    for _ in range(14):
        places = [left + (right - left) * mp.mpf(k) / 60 for k in range(61)]
        places = [x for x in (*places, *p.points) if left <= x <= right]
        values = [function(x) for x in places]
        best = places[values.index(max(values))]
        width = (right - left) / 20
        left, right = max(left, best - width), min(right, best + width)
    return max(values)


OF_ONE: dict[str, Callable[[Exact, Any], Any]] = {
    "entropy": lambda p, _: entropy(p),
    "perplexity": lambda p, _: mp.exp(entropy(p)),
    "min_entropy": lambda p, _: -mp.log(_largest(p, p.density)),
    "renyi_entropy": lambda p, order: mp.log(power(p, order)) / (1 - order),
    "tsallis_entropy": lambda p, order: (power(p, order) - 1) / (1 - order),
}

OF_TWO: dict[str, Callable[[Exact, Exact, Any], Any]] = {
    "cross_entropy": lambda p, q, _: cross_entropy(p, q),
    "cross_perplexity": lambda p, q, _: mp.exp(cross_entropy(p, q)),
    "kl": lambda p, q, _: kl(p, q),
    "max_divergence": lambda p, q, _: _largest(
        p, lambda x: _log_ratio(p.density(x), q.density(x)) if p.density(x) else -mp.inf
    ),
    "jeffreys": lambda p, q, _: kl(p, q) + kl(q, p),
    "jensen_shannon": lambda p, q, _: jensen_shannon(p, q),
    "jensen_shannon_distance": lambda p, q, _: mp.sqrt(jensen_shannon(p, q)),
    "total_variation": lambda p, q, _: total_variation(p, q),
    "bhattacharyya_coefficient": lambda p, q, _: affinity(p, q, mp.mpf("0.5")),
    "bhattacharyya": lambda p, q, _: -mp.log(affinity(p, q, mp.mpf("0.5"))),
    "squared_hellinger": lambda p, q, _: 1 - affinity(p, q, mp.mpf("0.5")),
    "hellinger": lambda p, q, _: mp.sqrt(1 - affinity(p, q, mp.mpf("0.5"))),
    "chi_squared": lambda p, q, _: affinity(p, q, 2) - 1,
    "renyi": lambda p, q, order: mp.log(affinity(p, q, order)) / (order - 1),
    "alpha_divergence": lambda p, q, order: (affinity(p, q, order) - 1) / (order * (order - 1)),
}


def exact_value(quantity: str, first: tuple[str, Params], second: tuple[str, Params] | None, order: Any) -> Any:
    """The quantity of distributions over numbers, (family, parameters) each."""
    p = exact(first[0], *first[1])
    if second is None:
        return OF_ONE[quantity](p, order)
    return OF_TWO[quantity](p, exact(second[0], *second[1]), order)
