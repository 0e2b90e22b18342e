"""Closed forms of P in one family and Q in another: what needs no more of P than its entropy, mean and variance."""

from collections.abc import Callable
from fractions import Fraction

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.ops.arithmetic import divide, exp, log, square
from chainrule.ops.error_function import erf
from chainrule.ops.exponential import sqrt
from chainrule.ops.trigonometric import pi
from chainrule.probability.cells.cell import Condition
from chainrule.probability.cells.continuous import FORMULAS as CONTINUOUS
from chainrule.probability.cells.discrete import FORMULAS as DISCRETE
from chainrule.probability.cells.discrete import times
from chainrule.probability.cells.formulas import ONE, Formulas
from chainrule.probability.cells.gamma import FORMULAS as GAMMAS
from chainrule.probability.families.continuous import EXPONENTIAL, LAPLACE, NORMAL, UNIFORM, two_pi
from chainrule.probability.families.discrete import BERNOULLI, DISCRETE_UNIFORM, GEOMETRIC, complement, count
from chainrule.probability.families.family import Build, Family, Formula, build_of
from chainrule.probability.families.gamma import BETA, GAMMA

HALF = Fraction(1, 2)
ENTROPIES = {
    formulas.family: build_of(formulas.entropy)
    for formulas in (*DISCRETE, *CONTINUOUS, *GAMMAS)
    if formulas.other is None and formulas.entropy is not None
}


def _less_entropy(family: Family, cross_entropy: Build) -> Build:
    """KL(P || Q) = H(P, Q) - H(P)."""
    entropy, own = ENTROPIES[family], len(family.parameters)

    def kl(*arguments: Node) -> Node:
        return build.subtract(cross_entropy(*arguments), entropy(*arguments[:own]))

    return kl


def _pair(family: Family, other: Family, cross_entropy: Formula, source: str, *conditions: Condition) -> Formulas:
    return Formulas(
        family,
        source,
        other=other,
        cross_entropy=cross_entropy,
        kl=_less_entropy(family, build_of(cross_entropy)),
        conditions=conditions,
    )


def _to_normal(family: Family) -> Formulas:
    """The cross-entropy with a normal distribution is half of log(2 pi v) + E (x - m)^2 / v."""
    assert family.mean is not None
    assert family.variance is not None
    mean, variance = build_of(family.mean), build_of(family.variance)

    def cross_entropy(*arguments: Node) -> Node:
        *own, centre, width = arguments
        spread = build.add(variance(*own), square(build.subtract(mean(*own), centre)))
        return build.scale(HALF, build.add(log(times(two_pi(), width)), divide(spread, width)))

    return _pair(family, NORMAL, cross_entropy, "Cover and Thomas, Elements of Information Theory, theorem 8.6.5")


def _to_exponential(family: Family, *conditions: Condition) -> Formulas:
    """The cross-entropy with an exponential distribution is rate E x - log(rate)."""
    assert family.mean is not None
    mean = build_of(family.mean)

    def cross_entropy(*arguments: Node) -> Node:
        *own, rate = arguments
        return build.subtract(times(rate, mean(*own)), log(rate))

    return _pair(family, EXPONENTIAL, cross_entropy, "Cover and Thomas, Elements of Information Theory, 12.2", *conditions)


def _to_geometric(family: Family, *conditions: Condition) -> Formulas:
    """The cross-entropy with a geometric distribution is -log q - (E x - 1) log(1 - q)."""
    assert family.mean is not None
    mean = build_of(family.mean)

    def cross_entropy(*arguments: Node) -> Node:
        *own, q = arguments
        failures = build.subtract(mean(*own), ONE)
        return build.scale(-1, build.add(log(q), times(failures, log(complement(q)))))

    return _pair(family, GEOMETRIC, cross_entropy, "Cover and Thomas, Elements of Information Theory, 12.2", *conditions)


def _normal_to_laplace(mean: Node, variance: Node, location: Node, scale: Node) -> Node:
    """log 2b + E |x - location| / b, the mean of a folded normal distribution: Leone, Nelson, Nottingham, 1961."""
    away = build.subtract(mean, location)
    near = times(sqrt(divide(build.scale(2, variance), pi())), exp(build.scale(-HALF, divide(square(away), variance))))
    far = times(away, erf(divide(away, sqrt(build.scale(2, variance)))))
    return build.add(log(build.scale(2, scale)), divide(build.add(near, far), scale))


def _between_gammas() -> tuple[Formulas, Formulas]:
    """The exponential distribution is the gamma distribution of shape 1, in P or in Q."""
    gamma = next(formulas for formulas in GAMMAS if formulas.family is GAMMA)

    def first(formula: Formula | None) -> Build:
        assert formula is not None
        form = build_of(formula)

        def turned(*arguments: Node) -> Node:
            return form(ONE, *arguments)

        return turned

    def second(formula: Formula | None) -> Build:
        assert formula is not None
        form = build_of(formula)

        def turned(shape: Node, *arguments: Node) -> Node:
            return form(shape, arguments[0], ONE, *arguments[1:])

        return turned

    def made(family: Family, other: Family, turn: Callable[[Formula | None], Build]) -> Formulas:
        return Formulas(
            family,
            gamma.kl_source,
            other=other,
            cross_entropy=turn(gamma.cross_entropy),
            kl=turn(gamma.kl),
            log_affinity=turn(gamma.log_affinity),
            affine=tuple(Condition(turn(condition.node), condition.sign) for condition in gamma.affine),
            affinity_source=gamma.affinity_source,
        )

    return made(EXPONENTIAL, GAMMA, first), made(GAMMA, EXPONENTIAL, second)


COVER = "Cover and Thomas, Elements of Information Theory, 2.6 and 12.1"

FORMULAS = (
    *(_to_normal(family) for family in (EXPONENTIAL, LAPLACE, UNIFORM, GAMMA, BETA)),
    _to_exponential(UNIFORM, Condition(lambda a, b, rate: a, ">=")),
    _to_exponential(BETA),
    _to_geometric(DISCRETE_UNIFORM, Condition(lambda a, b, q: build.subtract(a, ONE), ">=")),
    *_between_gammas(),
    _pair(NORMAL, LAPLACE, _normal_to_laplace, "Leone, Nelson, Nottingham, The folded normal distribution, 1961"),
    _pair(
        BETA,
        UNIFORM,
        lambda first, second, c, d: log(build.subtract(d, c)),
        COVER,
        Condition(lambda first, second, c, d: build.scale(-1, c), ">="),
        Condition(lambda first, second, c, d: build.subtract(d, ONE), ">="),
    ),
    _pair(
        BERNOULLI,
        DISCRETE_UNIFORM,
        lambda p, c, d: log(count(c, d)),
        COVER,
        Condition(lambda p, c, d: build.scale(-1, c), ">="),
        Condition(lambda p, c, d: build.subtract(d, ONE), ">="),
    ),
)
