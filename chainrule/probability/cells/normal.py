"""Closed forms of normal distributions of vectors."""

from fractions import Fraction

from chainrule.graph import build
from chainrule.graph.node import Apply, Contract, Node
from chainrule.ops.arithmetic import EXP, divide, log, square
from chainrule.ops.inverse import inverse, log_determinant
from chainrule.ops.linear_algebra import trace
from chainrule.probability.cells.cell import Condition
from chainrule.probability.cells.discrete import GIL, mixed, times
from chainrule.probability.cells.formulas import ONE, Formulas
from chainrule.probability.families.continuous import two_pi
from chainrule.probability.families.discrete import complement
from chainrule.probability.families.normal import NORMAL_DIAGONAL, NORMAL_FULL, STANDARD_NORMAL, quadratic, size_of

HALF = Fraction(1, 2)
KINGMA = "Kingma and Welling, Auto-Encoding Variational Bayes, 2014, appendix B"
KULLBACK = "Kullback, Information Theory and Statistics, 9.1"
COVER = "Cover and Thomas, Elements of Information Theory, 8.34"


def half(*nodes: Node) -> Node:
    return build.scale(HALF, build.add(*nodes))


def log_of(x: Node) -> Node:
    """The logarithm; of variances that are given by their logarithms, those; of equal ones, `\\sigma^2 I`, that of one."""
    coefficient, rest = build.split_coefficient(x)
    if isinstance(rest, Contract) and rest.output == (0,):
        numbers = [factor for factor, own in zip(rest.factors, rest.indices, strict=True) if not own]
        arrays = [factor for factor, own in zip(rest.factors, rest.indices, strict=True) if own]
        if numbers and all(isinstance(array, Contract) and not array.factors for array in arrays):
            return build.lift(log(build.scale(coefficient, build.multiply(*numbers))), x.shape)
    return x.arguments[0] if isinstance(x, Apply) and x.operation is EXP else log(x)


def minus(x: Node) -> Node:
    return build.scale(-1, x)


def _log_two_pi(vector: Node) -> Node:
    """n log 2 pi."""
    return times(size_of(vector), log(two_pi()))


def _diagonal_entropy(mean: Node, variances: Node) -> Node:
    return half(build.total(log_of(variances)), _log_two_pi(mean), size_of(mean))


def _spread(mean: Node, variances: Node, other: Node, widths: Node) -> Node:
    """(v + (m - m')^2) / v', entry by entry."""
    return divide(build.add(variances, square(build.subtract(mean, other))), widths)


def _diagonal_cross_entropy(mean: Node, variances: Node, other: Node, widths: Node) -> Node:
    return half(_log_two_pi(mean), build.total(build.add(log_of(widths), _spread(mean, variances, other, widths))))


def _diagonal_kl(mean: Node, variances: Node, other: Node, widths: Node) -> Node:
    logs = build.subtract(log_of(widths), log_of(variances))
    return half(build.total(build.add(logs, _spread(mean, variances, other, widths), minus(ONE))))


def _diagonal_blend(mean: Node, variances: Node, other: Node, widths: Node, order: Node) -> Node:
    return mixed(order, widths, variances)


def _diagonal_affinity(mean: Node, variances: Node, other: Node, widths: Node, order: Node) -> Node:
    blend = _diagonal_blend(mean, variances, other, widths, order)
    away = times(order, complement(order), divide(square(build.subtract(mean, other)), blend))
    return half(build.total(build.add(mixed(order, log_of(widths), log_of(variances)), minus(log(blend)), minus(away))))


def _diagonal_power(mean: Node, variances: Node, order: Node) -> Node:
    logs = build.add(_log_two_pi(mean), build.total(log_of(variances)))
    return half(times(complement(order), logs), minus(times(size_of(mean), log(order))))


def _diagonal_to_standard(mean: Node, variances: Node) -> Node:
    return half(build.total(build.add(variances, square(mean), minus(ONE), minus(log_of(variances)))))


def _full_entropy(mean: Node, covariance: Node) -> Node:
    return half(log_determinant(covariance), _log_two_pi(covariance), size_of(covariance))


def _full_spread(mean: Node, covariance: Node, other: Node, width: Node) -> Node:
    return build.add(trace(build.matmul(inverse(width), covariance)), quadratic(build.subtract(mean, other), width))


def _full_cross_entropy(mean: Node, covariance: Node, other: Node, width: Node) -> Node:
    return half(_log_two_pi(mean), log_determinant(width), _full_spread(mean, covariance, other, width))


def _full_kl(mean: Node, covariance: Node, other: Node, width: Node) -> Node:
    logs = build.subtract(log_determinant(width), log_determinant(covariance))
    return half(_full_spread(mean, covariance, other, width), minus(size_of(mean)), logs)


def _full_blend(mean: Node, covariance: Node, other: Node, width: Node, order: Node) -> Node:
    return mixed(order, width, covariance)


def _full_affinity(mean: Node, covariance: Node, other: Node, width: Node, order: Node) -> Node:
    blend = _full_blend(mean, covariance, other, width, order)
    away = times(order, complement(order), quadratic(build.subtract(mean, other), blend))
    logs = mixed(order, log_determinant(width), log_determinant(covariance))
    return half(logs, minus(log_determinant(blend)), minus(away))


def _full_power(mean: Node, covariance: Node, order: Node) -> Node:
    logs = build.add(_log_two_pi(mean), log_determinant(covariance))
    return half(times(complement(order), logs), minus(times(size_of(mean), log(order))))


def _full_to_standard(mean: Node, covariance: Node) -> Node:
    spread = build.add(trace(covariance), build.inner(mean, mean))
    return half(spread, minus(size_of(mean)), minus(log_determinant(covariance)))


POSITIVE_ORDER = (Condition(lambda mean, variances, order: order),)

FORMULAS = (
    Formulas(
        NORMAL_DIAGONAL,
        KINGMA,
        entropy=_diagonal_entropy,
        cross_entropy=_diagonal_cross_entropy,
        kl=_diagonal_kl,
        log_affinity=_diagonal_affinity,
        log_power=_diagonal_power,
        affine=(Condition(_diagonal_blend),),
        powered=POSITIVE_ORDER,
        affinity_source=GIL,
    ),
    Formulas(
        NORMAL_FULL,
        COVER,
        entropy=_full_entropy,
        cross_entropy=_full_cross_entropy,
        kl=_full_kl,
        log_affinity=_full_affinity,
        log_power=_full_power,
        affine=(Condition(_full_blend),),
        powered=POSITIVE_ORDER,
        kl_source=KULLBACK,
        affinity_source=GIL,
    ),
    Formulas(
        NORMAL_DIAGONAL,
        KINGMA,
        other=STANDARD_NORMAL,
        cross_entropy=lambda mean, variances: half(_log_two_pi(mean), build.total(build.add(variances, square(mean)))),
        kl=_diagonal_to_standard,
    ),
    Formulas(
        NORMAL_FULL,
        KULLBACK,
        other=STANDARD_NORMAL,
        cross_entropy=lambda mean, covariance: half(_log_two_pi(mean), trace(covariance), build.inner(mean, mean)),
        kl=_full_to_standard,
    ),
)
