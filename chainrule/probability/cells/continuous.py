"""Closed forms of families over the reals; their entropies are differential."""

from fractions import Fraction

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.ops.arithmetic import divide, exp, log, square
from chainrule.ops.comparison import absolute
from chainrule.probability.cells.cell import Condition
from chainrule.probability.cells.discrete import GIL, INSIDE, log_quotient, mixed, times
from chainrule.probability.cells.formulas import ONE, Formulas
from chainrule.probability.families.continuous import EXPONENTIAL, LAPLACE, NORMAL, UNIFORM, scaled_square, two_pi
from chainrule.probability.families.discrete import complement

HALF = Fraction(1, 2)


def half(*nodes: Node) -> Node:
    return build.scale(HALF, build.add(*nodes))


def normal_entropy(mean: Node, variance: Node) -> Node:
    return half(build.add(log(times(two_pi(), variance)), ONE))


def _normal_cross_entropy(mean: Node, variance: Node, other: Node, width: Node) -> Node:
    spread = divide(build.add(variance, square(build.subtract(mean, other))), width)
    return half(log(times(two_pi(), width)), spread)


def normal_kl(mean: Node, variance: Node, other: Node, width: Node) -> Node:
    spread = divide(build.add(variance, square(build.subtract(mean, other))), width)
    return half(log_quotient(width, variance), spread, build.constant(-1))


def _blend(mean: Node, variance: Node, other: Node, width: Node, order: Node) -> Node:
    return mixed(order, width, variance)


def _normal_affinity(mean: Node, variance: Node, other: Node, width: Node, order: Node) -> Node:
    """Half of (1 - a) log v1 + a log v2 - log v* - a (1 - a) (m1 - m2)^2 / v*, where v* = a v2 + (1 - a) v1 and a = alpha."""
    blend = _blend(mean, variance, other, width, order)
    away = times(order, complement(order), scaled_square(build.subtract(mean, other), blend))
    logs = mixed(order, log(width), log(variance))
    return half(logs, build.scale(-1, log(blend)), build.scale(-1, away))


def _normal_ratio(mean: Node, variance: Node, other: Node, width: Node) -> Node:
    away = scaled_square(build.subtract(mean, other), build.subtract(width, variance))
    return half(log_quotient(width, variance), away)


def _laplace_absolute(location: Node, scale: Node, other: Node) -> Node:
    """The expected distance from a point."""
    away = absolute(build.subtract(location, other))
    return build.add(away, times(scale, exp(build.scale(-1, divide(away, scale)))))


def _laplace_cross_entropy(location: Node, scale: Node, other: Node, width: Node) -> Node:
    return build.add(log(build.scale(2, width)), divide(_laplace_absolute(location, scale, other), width))


def _laplace_kl(location: Node, scale: Node, other: Node, width: Node) -> Node:
    spread = divide(_laplace_absolute(location, scale, other), width)
    return build.add(log_quotient(width, scale), spread, build.constant(-1))


def _exponential_affinity(first: Node, second: Node, order: Node) -> Node:
    return build.subtract(mixed(order, log(first), log(second)), log(mixed(order, first, second)))


def _length(a: Node, b: Node) -> Node:
    return build.subtract(b, a)


def _uniform_kl(a: Node, b: Node, c: Node, d: Node) -> Node:
    return log_quotient(_length(c, d), _length(a, b))


FORMULAS = (
    Formulas(
        NORMAL,
        "Cover and Thomas, Elements of Information Theory, 8.9",
        entropy=normal_entropy,
        cross_entropy=_normal_cross_entropy,
        kl=normal_kl,
        log_affinity=_normal_affinity,
        log_power=lambda mean, variance, order: half(
            times(complement(order), log(times(two_pi(), variance))), build.scale(-1, log(order))
        ),
        log_peak=lambda mean, variance: build.scale(-1, half(log(times(two_pi(), variance)))),
        log_ratio=_normal_ratio,
        affine=(Condition(_blend),),
        powered=(Condition(lambda mean, variance, order: order),),
        bounded=(Condition(lambda mean, variance, other, width: build.subtract(width, variance)),),
        kl_source="Kullback, Information Theory and Statistics, 9.1",
        affinity_source=GIL,
    ),
    Formulas(
        EXPONENTIAL,
        "Cover and Thomas, Elements of Information Theory, table of differential entropies, chapter 17",
        entropy=lambda rate: build.subtract(ONE, log(rate)),
        cross_entropy=lambda rate, other: build.subtract(divide(other, rate), log(other)),
        kl=lambda rate, other: build.add(log_quotient(rate, other), divide(other, rate), build.constant(-1)),
        log_affinity=_exponential_affinity,
        log_power=lambda rate, order: build.subtract(times(build.subtract(order, ONE), log(rate)), log(order)),
        affine=(Condition(lambda rate, other, order: mixed(order, rate, other)),),
        log_peak=log,
        log_ratio=log_quotient,
        powered=(Condition(lambda rate, order: order),),
        bounded=(Condition(build.subtract, ">=", infinite=True),),
        kl_source=GIL,
        affinity_source=GIL,
    ),
    Formulas(
        LAPLACE,
        "Cover and Thomas, Elements of Information Theory, table of differential entropies, chapter 17",
        entropy=lambda location, scale: build.add(ONE, log(build.scale(2, scale))),
        cross_entropy=_laplace_cross_entropy,
        kl=_laplace_kl,
        log_power=lambda location, scale, order: build.subtract(
            times(complement(order), log(build.scale(2, scale))), log(order)
        ),
        log_peak=lambda location, scale: build.scale(-1, log(build.scale(2, scale))),
        log_ratio=lambda location, scale, other, width: build.add(
            log_quotient(width, scale), divide(absolute(build.subtract(location, other)), width)
        ),
        powered=(Condition(lambda location, scale, order: order),),
        bounded=(Condition(lambda location, scale, other, width: build.subtract(width, scale), ">=", infinite=True),),
        kl_source=GIL,
    ),
    Formulas(
        UNIFORM,
        "Cover and Thomas, Elements of Information Theory, 8.3",
        entropy=lambda a, b: log(_length(a, b)),
        cross_entropy=lambda a, b, c, d: log(_length(c, d)),
        kl=_uniform_kl,
        log_affinity=lambda a, b, c, d, order: times(build.subtract(order, ONE), _uniform_kl(a, b, c, d)),
        log_power=lambda a, b, order: times(complement(order), log(_length(a, b))),
        total_variation=lambda a, b, c, d: complement(divide(_length(a, b), _length(c, d))),
        log_peak=lambda a, b: build.scale(-1, log(_length(a, b))),
        log_ratio=_uniform_kl,
        conditions=INSIDE,
        mutual=False,
    ),
)
