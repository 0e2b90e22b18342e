"""Closed forms of families over numbers that can be counted."""

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.ops.arithmetic import divide, log, power
from chainrule.ops.comparison import MAXIMUM, absolute
from chainrule.probability.cells.cell import Condition
from chainrule.probability.cells.formulas import HALF, ONE, Formulas
from chainrule.probability.families.discrete import BERNOULLI, BINOMIAL, DISCRETE_UNIFORM, GEOMETRIC, POISSON, complement, count
from chainrule.probability.families.family import Build, Formula, build_of

GIL = "Gil, Alajaji, Linder, Rényi divergence measures for commonly used univariate continuous distributions, 2013"
LIESE = "Liese and Vajda, Convex Statistical Distances, 1987, chapter 2 (exponential families)"
COVER = "Cover and Thomas, Elements of Information Theory"


def minus(*nodes: Node) -> Node:
    return build.scale(-1, build.add(*nodes))


def times(*nodes: Node) -> Node:
    return build.multiply(*nodes)


def log_quotient(p: Node, q: Node) -> Node:
    return log(divide(p, q))


def mixed(order: Node, first: Node, second: Node) -> Node:
    """alpha first + (1 - alpha) second."""
    return build.add(times(order, first), times(complement(order), second))


def _binary_entropy(p: Node) -> Node:
    return minus(times(p, log(p)), times(complement(p), log(complement(p))))


def _binary_cross_entropy(p: Node, q: Node) -> Node:
    return minus(times(p, log(q)), times(complement(p), log(complement(q))))


def _binary_kl(p: Node, q: Node) -> Node:
    miss = times(complement(p), log_quotient(complement(p), complement(q)))
    return build.add(times(p, log_quotient(p, q)), miss)


def _weighted(p: Node, q: Node, order: Node) -> Node:
    """p^alpha q^(1 - alpha)."""
    return times(power(p, order), power(q, complement(order)))


def _binary_affinity(p: Node, q: Node, order: Node) -> Node:
    return log(build.add(_weighted(p, q, order), _weighted(complement(p), complement(q), order)))


def _binary_power(p: Node, order: Node) -> Node:
    return log(build.add(power(p, order), power(complement(p), order)))


def _binary_jensen_shannon(p: Node, q: Node) -> Node:
    middle = times(HALF, build.add(p, q))
    return build.subtract(_binary_entropy(middle), times(HALF, build.add(_binary_entropy(p), _binary_entropy(q))))


def _binary_peak(p: Node) -> Node:
    return log(build.apply(MAXIMUM, p, complement(p)))


def _binary_ratio(p: Node, q: Node) -> Node:
    return build.apply(MAXIMUM, log_quotient(p, q), log_quotient(complement(p), complement(q)))


def _each_trial(formula: Formula) -> Build:
    """n times the form of one trial, for two binomials of the same n."""
    form = build_of(formula)

    def each(n: Node, p: Node, m: Node, q: Node, *order: Node) -> Node:
        return times(n, form(p, q, *order))

    return each


def _other_trials(n: Node, p: Node, m: Node, q: Node, *order: Node) -> Node:
    return build.subtract(n, m)


def _geometric_entropy(p: Node) -> Node:
    return divide(_binary_entropy(p), p)


def _odds(p: Node) -> Node:
    return divide(complement(p), p)


def _geometric_kl(p: Node, q: Node) -> Node:
    return build.add(log_quotient(p, q), times(_odds(p), log_quotient(complement(p), complement(q))))


def _geometric_affinity(p: Node, q: Node, order: Node) -> Node:
    return build.subtract(log(_weighted(p, q, order)), log(_left(p, q, order)))


def _left(p: Node, q: Node, order: Node) -> Node:
    """1 - (1 - p)^alpha (1 - q)^(1 - alpha): the geometric series of the affinity converges where it is positive."""
    return complement(_weighted(complement(p), complement(q), order))


def _geometric_power(p: Node, order: Node) -> Node:
    return build.subtract(times(order, log(p)), log(complement(power(complement(p), order))))


def _poisson_kl(first: Node, second: Node) -> Node:
    return build.add(times(first, log_quotient(first, second)), build.subtract(second, first))


def _poisson_affinity(first: Node, second: Node, order: Node) -> Node:
    return build.subtract(_weighted(first, second, order), mixed(order, first, second))


def _uniform_kl(a: Node, b: Node, c: Node, d: Node) -> Node:
    return log_quotient(count(c, d), count(a, b))


def _room_below(a: Node, b: Node, c: Node, d: Node, *order: Node) -> Node:
    return build.subtract(a, c)


def _room_above(a: Node, b: Node, c: Node, d: Node, *order: Node) -> Node:
    return build.subtract(d, b)


INSIDE = (Condition(_room_below, ">="), Condition(_room_above, ">="))
"""The first interval lies in the second."""

FORMULAS = (
    Formulas(
        BERNOULLI,
        f"{COVER}, 2.5 and 2.27",
        entropy=_binary_entropy,
        cross_entropy=_binary_cross_entropy,
        kl=_binary_kl,
        log_affinity=_binary_affinity,
        log_power=_binary_power,
        total_variation=lambda p, q: absolute(build.subtract(p, q)),
        jensen_shannon=_binary_jensen_shannon,
        log_peak=_binary_peak,
        log_ratio=_binary_ratio,
        affinity_source=LIESE,
    ),
    Formulas(
        BINOMIAL,
        f"{COVER}, 2.67: the chain rule over independent trials",
        kl=_each_trial(_binary_kl),
        log_affinity=_each_trial(_binary_affinity),
        log_ratio=_each_trial(_binary_ratio),
        conditions=(Condition(_other_trials, "="),),
        affinity_source=LIESE,
    ),
    Formulas(
        DISCRETE_UNIFORM,
        f"{COVER}, 2.6",
        entropy=lambda a, b: log(count(a, b)),
        cross_entropy=lambda a, b, c, d: log(count(c, d)),
        kl=_uniform_kl,
        log_affinity=lambda a, b, c, d, order: times(build.subtract(order, ONE), _uniform_kl(a, b, c, d)),
        log_power=lambda a, b, order: times(complement(order), log(count(a, b))),
        total_variation=lambda a, b, c, d: complement(divide(count(a, b), count(c, d))),
        log_peak=lambda a, b: minus(log(count(a, b))),
        log_ratio=_uniform_kl,
        conditions=INSIDE,
        mutual=False,
    ),
    Formulas(
        GEOMETRIC,
        f"{COVER}, exercise 2.1",
        entropy=_geometric_entropy,
        cross_entropy=lambda p, q: minus(log(q), times(_odds(p), log(complement(q)))),
        kl=_geometric_kl,
        log_affinity=_geometric_affinity,
        log_power=_geometric_power,
        log_peak=log,
        log_ratio=log_quotient,
        affine=(Condition(_left),),
        bounded=(Condition(build.subtract, ">=", infinite=True),),
        affinity_source=LIESE,
    ),
    Formulas(
        POISSON,
        "Johnson, Kemp, Kotz, Univariate Discrete Distributions, 4.1",
        kl=_poisson_kl,
        log_affinity=_poisson_affinity,
        log_ratio=lambda first, second: build.subtract(second, first),
        bounded=(Condition(lambda first, second: build.subtract(second, first), ">=", infinite=True),),
        affinity_source=LIESE,
    ),
)
