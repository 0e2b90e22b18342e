"""Derivatives of divergences and entropies by their order, also where the order is one.

With b = a - 1, L = log(p / q) and psi(b) = log of the sum of p exp(b L), the Rényi divergence is psi(b) / b. For a
distribution p is psi(0) = 0, so its derivative (psi'(b) - psi(b) / b) / b is the integral of t psi''(t b) over t from 0 to 1.
There psi''(s) is the variance of L under weights p exp(s L): nothing cancels, and at order one it is half the variance of L.
"""

from typing import Any

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation
from chainrule.ops.information.orders import ALPHA_DIVERGENCE, RENYI, alpha_value
from chainrule.ops.information.powers import RENYI_ENTROPY, TSALLIS_ENTROPY
from chainrule.ops.information.sums import are_one, careful, log_ratio, precise_sum
from chainrule.ops.normalisation import logsumexp_value
from chainrule.syntax.tree import Name

ONE = build.constant(1)
PLACES = (
    0.009219682876640375, 0.04794137181476257, 0.11504866290284765, 0.2063410228566913,
    0.3160842505009099, 0.43738329574426554, 0.5626167042557345, 0.6839157494990901,
    0.7936589771433087, 0.8849513370971523, 0.9520586281852375, 0.9907803171233597,
)  # fmt: skip
WEIGHTS = (
    0.023587668193255914, 0.05346966299765921, 0.08003916427167311, 0.10158371336153296,
    0.1167462682691774, 0.12457352290670139, 0.12457352290670139, 0.1167462682691774,
    0.10158371336153296, 0.08003916427167311, 0.05346966299765921, 0.023587668193255914,
)  # fmt: skip
"""Of the Gauss-Legendre quadrature on [0, 1]."""
SMOOTH = 2.0
"""Where b L varies by less, the quadrature is exact in double precision."""
TERMS = 24


def _mean_and_variance(xp: Any, p: Any, ratio: Any, s: Any) -> tuple[Any, Any]:
    """Of L, under weights p exp(s L)."""
    exponents = xp.log(p) + s * ratio
    shares = xp.exp(exponents - logsumexp_value(xp, exponents))
    mean = xp.sum(shares * ratio)
    return mean, xp.sum(shares * (ratio - mean) ** 2)


def tilted_value(xp: Any, p: Any, ratio: Any, b: Any) -> Any:
    """The derivative of psi(b) / b by b; no number where psi is that of no outcome."""
    p, ratio = p[p > 0], ratio[p > 0]
    if b < 0:
        p, ratio = p[ratio < xp.inf], ratio[ratio < xp.inf]
    if p.size == 0:
        return xp.float64(xp.nan)
    if are_one(xp, p) and xp.abs(b) * (xp.max(ratio) - xp.min(ratio)) < SMOOTH:
        return sum(w * t * _mean_and_variance(xp, p, ratio, b * t)[1] for t, w in zip(PLACES, WEIGHTS, strict=True))
    mean = _mean_and_variance(xp, p, ratio, b)[0]
    return (mean - logsumexp_value(xp, xp.log(p) + b * ratio) / b) / b


def renyi_slope_value(xp: Any, p: Any, q: Any, a: Any) -> Any:
    return tilted_value(xp, p, log_ratio(xp, p, q), a - 1.0)


def renyi_entropy_slope_value(xp: Any, p: Any, a: Any) -> Any:
    p = xp.ravel(p)
    return 0.0 - tilted_value(xp, p, xp.log(p), a - 1.0)


def _bent_value(xp: Any, x: Any) -> Any:
    """(x exp(x) - exp(x) + 1) / x^2."""
    small = xp.where(xp.abs(x) < 1.0, x, 0.0)
    series, factor = 0.0 * small, 0.5
    term = xp.ones_like(small)
    for k in range(TERMS):
        series = series + (k + 1.0) * factor * term
        term, factor = term * small, factor / (k + 3.0)
    return xp.where(xp.abs(x) < 1.0, series, (x * xp.exp(x) - xp.expm1(x)) / x**2)


def tsallis_slope_value(xp: Any, p: Any, a: Any) -> Any:
    missing = 0.0 if are_one(xp, p) else precise_sum(xp, xp.ones(1), -p) / (a - 1.0) ** 2
    p = xp.ravel(p)[xp.ravel(p) > 0]
    return 0.0 - missing - precise_sum(xp, p * xp.log(p) ** 2 * _bent_value(xp, (a - 1.0) * xp.log(p)))


def alpha_slope_value(xp: Any, p: Any, q: Any, a: Any) -> Any:
    """The divergence of order a of p and q is that of order 1 - a of q and p."""
    if a < 0.5:
        return 0.0 - alpha_slope_value(xp, q, p, 1.0 - a)
    ratio = log_ratio(xp, p, q)
    rest = p / (a - 1.0) ** 2
    terms = xp.where(q == 0, xp.where(p == 0, 0.0, rest), p * ratio**2 * _bent_value(xp, (a - 1.0) * ratio))
    whole = precise_sum(xp, xp.where(p == 0, 0.0, terms)) - alpha_value(xp, p, q, a)
    return whole / a


def _slope(of: Operation, value: Any, example: tuple[str, float]) -> Operation:
    """The derivative of a quantity by its order, which comes last, as an operation of the same arguments."""

    def definition(*arguments: Node) -> Node:
        by_order = of.pullbacks[-1]
        assert by_order is not None
        return by_order(ONE, build.apply(of, *arguments), arguments)

    word = f"{of.spellings[-1]}Slope"

    def code(*arguments: str) -> str:
        return f"_{value.__name__.removesuffix('_value')}({', '.join(arguments)})"

    return Operation(
        name=f"{of.name}_slope",
        arguments=of.arguments,
        signature=of.signature,
        because=of.reason(len(of.arguments) - 1),
        value=careful(value, value),
        definition=definition,
        spellings=(word, f"{of.name}_slope"),
        function=Name(word),
        numpy=code,
        numpy_functions=(value,),
        domain=of.domain,
        margin=of.margin,
        source=of.source,
        example=example,
    )


RENYI_SLOPE = _slope(RENYI, renyi_slope_value, ("renyi_slope([0.5, 0.5], [0.5, 0.5], 1)", 0.0))
RENYI_ENTROPY_SLOPE = _slope(RENYI_ENTROPY, renyi_entropy_slope_value, ("renyi_entropy_slope([0.5, 0.5], 1)", 0.0))
TSALLIS_SLOPE = _slope(TSALLIS_ENTROPY, tsallis_slope_value, ("tsallis_entropy_slope([1, 0], 1)", 0.0))
ALPHA_SLOPE = _slope(ALPHA_DIVERGENCE, alpha_slope_value, ("alpha_divergence_slope([0.5, 0.5], [0.5, 0.5], 1)", 0.0))

SLOPES = {RENYI: RENYI_SLOPE, RENYI_ENTROPY: RENYI_ENTROPY_SLOPE, TSALLIS_ENTROPY: TSALLIS_SLOPE, ALPHA_DIVERGENCE: ALPHA_SLOPE}
"""The derivative by the order of each quantity that has one."""
