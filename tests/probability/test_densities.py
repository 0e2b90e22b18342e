"""Densities that a formula gives, and mixtures: every quantity against integrals and sums in mpmath, from the definitions."""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath as mp
import pytest

from chainrule.errors import EvaluationError
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.ops.arithmetic import divide, exp, log, power, reciprocal, square
from chainrule.ops.comparison import ABS, LESS_EQUAL, where
from chainrule.ops.exponential import sqrt
from chainrule.ops.trigonometric import pi
from chainrule.probability.distribution import Distribution
from chainrule.probability.families.continuous import EXPONENTIAL, LAPLACE, NORMAL, UNIFORM
from chainrule.probability.families.discrete import POISSON
from chainrule.probability.families.family import Family
from chainrule.probability.families.gamma import BETA
from chainrule.probability.integration.densities import expectation, family_of_density, variance
from chainrule.probability.integration.estimate import Estimate, estimate
from chainrule.probability.integration.mixtures import family_of_mixture
from chainrule.syntax.tree import Name
from tests.probability.exact import OF_ONE, OF_TWO, Exact, exact

X = build.variable("x")
F = Fraction


def number(value: Any) -> Node:
    return build.constant(F(value))


def density(body: Node, lower: Any = None, upper: Any = None) -> Distribution:
    ends = (None if lower is None else number(lower), None if upper is None else number(upper))
    return Distribution(Name("p"), None, family=family_of_density("p", body, X, ends, ()))


def member(family: Family, *parameters: Any) -> Distribution:
    return Distribution(Name("q"), None, family=family, parameters=tuple(map(number, parameters)))


def minus(node: Node) -> Node:
    return build.scale(-1, node)


ABSOLUTE = build.apply(ABS, X)
TRIANGLE = where(build.apply(LESS_EQUAL, X, number(1)), X, build.subtract(number(2), X))
CAUCHY = reciprocal(build.multiply(pi(), build.add(number(1), square(X))))
ARCSINE = reciprocal(build.multiply(pi(), sqrt(build.multiply(X, build.subtract(number(1), X)))))
TWO_PEAKS = build.scale(
    F(1, 2), build.add(*(exp(minus(build.scale(4, build.apply(ABS, build.subtract(X, number(m)))))) for m in (-30, 50)))
)
ENDS = (mp.mpf(0), mp.mpf(1))

DENSITIES: dict[str, tuple[Distribution, Exact]] = {
    "2x": (density(build.scale(2, X), 0, 1), Exact(lambda x: 2 * x, points=ENDS)),
    "one": (density(number(1), 0, 1), Exact(lambda x: mp.mpf(1), points=ENDS)),
    "root": (density(build.scale(F(1, 2), reciprocal(sqrt(X))), 0, 1), Exact(lambda x: 1 / (2 * mp.sqrt(x)), points=ENDS)),
    "laplace": (
        density(build.scale(F(1, 2), exp(minus(ABSOLUTE)))),
        Exact(lambda x: mp.exp(-abs(x)) / 2, points=(-mp.inf, mp.mpf(-20), mp.mpf(0), mp.mpf(20), mp.inf)),
    ),
    "normal": (
        density(divide(exp(build.scale(F(-1, 2), square(X))), sqrt(build.scale(2, pi())))),
        Exact(mp.npdf, points=(-mp.inf, mp.mpf(-10), mp.mpf(0), mp.mpf(10), mp.inf)),
    ),
    "decay": (
        density(build.scale(2, exp(build.scale(-2, X))), 0),
        Exact(lambda x: 2 * mp.exp(-2 * x), points=(mp.mpf(0), mp.mpf(5), mp.mpf(40), mp.inf)),
    ),
    "pareto": (
        density(build.scale(2, power(build.add(number(1), X), -3)), 0),
        Exact(lambda x: 2 / (1 + x) ** 3, points=(mp.mpf(0), mp.mpf(1), mp.mpf(40), mp.inf)),
    ),
    "triangle": (
        density(TRIANGLE, 0, 2),
        Exact(lambda x: x if x <= 1 else 2 - x, points=(mp.mpf(0), mp.mpf(1), mp.mpf(2))),
    ),
}
ALONE = ("entropy", "perplexity", "renyi_entropy", "tsallis_entropy")
BOTH = (
    "cross_entropy", "kl", "jensen_shannon", "jensen_shannon_distance", "total_variation", "hellinger", "squared_hellinger",
    "bhattacharyya", "bhattacharyya_coefficient",
)  # fmt: skip
PAIRS = (("2x", "one"), ("one", "2x"), ("laplace", "normal"), ("normal", "laplace"), ("decay", "pareto"), ("root", "one"))


def asked(quantity: str, p: Distribution, q: Distribution | None = None, order: float | None = None) -> Estimate:
    return estimate(quantity, p, q, order)


def check(found: Estimate, expected: Any) -> None:
    assert abs(found.value - expected) <= found.error + 1e-14 * abs(expected)
    assert found.error <= 1e-10 * max(1.0, abs(expected))


@pytest.mark.parametrize("name", DENSITIES)
@pytest.mark.parametrize("quantity", ALONE)
def test_entropies_are_the_integrals(name: str, quantity: str) -> None:
    p, own = DENSITIES[name]
    order = F(3, 4) if "_" in quantity else None
    with mp.workdps(25):
        expected = OF_ONE[quantity](own, mp.mpf(3) / 4)
    check(asked(quantity, p, order=None if order is None else float(order)), expected)


@pytest.mark.parametrize("names", PAIRS, ids="-".join)
@pytest.mark.parametrize("quantity", BOTH)
def test_divergences_are_the_integrals(names: tuple[str, str], quantity: str) -> None:
    (p, first), (q, second) = (DENSITIES[name] for name in names)
    with mp.workdps(25):
        expected = OF_TWO[quantity](first, second, None)
    check(asked(quantity, p, q), expected)


def test_the_chi_squared_divergence() -> None:
    check(asked("chi_squared", DENSITIES["2x"][0], DENSITIES["one"][0]), 1 / 3)


def test_a_density_beside_a_family() -> None:
    check(
        asked("kl", DENSITIES["normal"][0], member(LAPLACE, 0, 1)),
        float(math.log(2) + math.sqrt(2 / math.pi) - 0.5 - 0.5 * math.log(2 * math.pi)),
    )
    assert abs(asked("kl", DENSITIES["2x"][0], member(BETA, 2, 1)).value) < 1e-15
    check(asked("kl", DENSITIES["triangle"][0], member(UNIFORM, 0, 2)), math.log(2) - 0.5)


def test_poles_at_both_ends_keep_their_digits() -> None:
    check(asked("entropy", density(ARCSINE, 0, 1)), math.log(math.pi / 4))


def test_the_entropy_of_a_cauchy_distribution() -> None:
    check(asked("entropy", density(CAUCHY)), math.log(4 * math.pi))


def test_peaks_far_from_each_other_are_found() -> None:
    check(asked("entropy", density(build.scale(2, TWO_PEAKS))), 1 + math.log(2 / 4) + math.log(2))


def test_a_narrow_peak_far_out_is_found() -> None:
    away = square(build.scale(10**6, build.subtract(X, number(1000))))
    body = build.multiply(number(10**6), divide(exp(build.scale(F(-1, 2), away)), sqrt(build.scale(2, pi()))))
    check(asked("entropy", density(body)), 0.5 * (1 + math.log(2 * math.pi)) - 6 * math.log(10))


@pytest.mark.parametrize(
    ("quantity", "p", "q", "where"),
    [
        ("kl", density(CAUCHY), member(NORMAL, 0, 1), "infinity"),
        ("chi_squared", DENSITIES["one"][0], DENSITIES["2x"][0], "0"),
        ("kl", DENSITIES["laplace"][0], DENSITIES["2x"][0], "below 0"),
        ("kl", DENSITIES["triangle"][0], DENSITIES["one"][0], "above 1"),
        ("chi_squared", DENSITIES["laplace"][0], DENSITIES["normal"][0], "infinity"),
    ],
)
def test_infinite_divergences_say_where(quantity: str, p: Distribution, q: Distribution, where: str) -> None:
    found = asked(quantity, p, q)
    assert found.value == math.inf
    assert where in found.reason


def test_a_hole_in_the_second_density_is_found() -> None:
    both = build.multiply(build.apply(LESS_EQUAL, number(1), build.apply(ABS, build.subtract(X, number(2)))), number(F(1, 2)))
    holed = density(both, 0, 4)
    whole = member(UNIFORM, 0, 4)
    assert asked("kl", whole, holed).reason.startswith("the first distribution has probability between 1 and")
    check(asked("kl", holed, whole), math.log(2))
    check(asked("total_variation", holed, whole), 0.5)


def test_densities_with_nothing_in_common() -> None:
    low, high = density(number(1), 0, 1), density(number(1), 2, 3)
    assert asked("total_variation", low, high).value == 1.0
    assert asked("kl", low, high).value == math.inf


@pytest.mark.parametrize(
    ("body", "ends", "code"),
    [
        (build.scale(3, X), (0, 1), "not-normalised"),
        (reciprocal(X), (0, 1), "not-normalised"),
        (build.subtract(number(1), build.scale(2, X)), (0, 1), "negative-density"),
        (log(X), (0, 3), "negative-density"),
    ],
)
def test_what_is_no_density_is_refused(body: Node, ends: tuple[Any, Any], code: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        asked("entropy", density(body, *ends))
    assert caught.value.code == code


def test_whether_a_slow_tail_converges_is_not_guessed() -> None:
    body = build.scale(F(1, 100), power(build.add(number(1), X), F(-101, 100)))
    with pytest.raises(EvaluationError) as caught:
        asked("entropy", density(body, 0))
    assert caught.value.code == "no-convergence"


def test_expectations_under_a_density() -> None:
    family = DENSITIES["2x"][0].family
    assert family is not None
    assert expectation(family, (), X, X) == pytest.approx(2 / 3, rel=1e-14)
    assert expectation(family, (), log(X), X) == pytest.approx(-0.5, rel=1e-13)
    assert variance(family, (), X, X) == pytest.approx(1 / 18, rel=1e-13)
    pareto = DENSITIES["pareto"][0].family
    assert pareto is not None
    assert expectation(pareto, (), X, X) == pytest.approx(1.0, rel=1e-12)
    assert variance(pareto, (), X, X) == math.inf
    cauchy = density(CAUCHY).family
    assert cauchy is not None
    with pytest.raises(EvaluationError):
        expectation(cauchy, (), X, X)


def mixed(*parts: tuple[Any, Family, tuple[Any, ...]]) -> Distribution:
    family = family_of_mixture([part for _, part, _ in parts])
    weights = [weight for weight, _, _ in parts]
    return member(family, *weights, *(value for _, _, own in parts for value in own))


def exact_mixture(*parts: tuple[str, Exact]) -> Exact:
    def of(x: Any) -> Any:
        return mp.fsum(mp.mpf(F(w).numerator) / F(w).denominator * part.density(x) for w, part in parts)

    points = sorted({point for _, part in parts for point in part.points})
    outcomes = tuple(sorted({k for _, part in parts for k in part.outcomes}))
    return Exact(of, outcomes, tuple(points))


NORMALS = mixed((F("0.3"), NORMAL, (0, 1)), (F("0.7"), NORMAL, (4, 2)))
POISSONS = mixed((F("0.25"), POISSON, (2,)), (F("0.75"), POISSON, (20,)))
MIXTURES: dict[str, tuple[Distribution, Callable[[], Exact]]] = {
    "normals": (
        NORMALS,
        lambda: exact_mixture(("0.3", exact("normal", mp.mpf(0), mp.mpf(1))), ("0.7", exact("normal", mp.mpf(4), mp.mpf(2)))),
    ),
    "poissons": (
        POISSONS,
        lambda: exact_mixture(("0.25", exact("poisson", mp.mpf(2))), ("0.75", exact("poisson", mp.mpf(20)))),
    ),
}


@pytest.mark.parametrize("name", MIXTURES)
@pytest.mark.parametrize("quantity", ["entropy", "renyi_entropy", "min_entropy"])
def test_entropies_of_mixtures(name: str, quantity: str) -> None:
    p, make = MIXTURES[name]
    with mp.workdps(25):
        expected = OF_ONE[quantity](make(), mp.mpf(2))
    check(asked(quantity, p, order=2.0 if quantity == "renyi_entropy" else None), expected)


@pytest.mark.parametrize("quantity", BOTH)
def test_divergences_from_mixtures(quantity: str) -> None:
    with mp.workdps(25):
        first, mixture = exact("normal", mp.mpf(0), mp.mpf(1)), MIXTURES["normals"][1]()
        expected = OF_TWO[quantity](Exact(first.density, points=mixture.points), mixture, None)
        counted = OF_TWO[quantity](exact("poisson", mp.mpf(2)), MIXTURES["poissons"][1](), None)
    check(asked(quantity, member(NORMAL, 0, 1), NORMALS), expected)
    check(asked(quantity, member(POISSON, 2), POISSONS), counted)


def test_the_largest_ratio_to_a_mixture() -> None:
    """p / (p / 2 + q / 2) comes near to 2 where q has nothing, and so it is of sets that lie apart."""
    apart = mixed((F("0.5"), UNIFORM, (0, 1)), (F("0.5"), UNIFORM, (2, 3)))
    check(asked("max_divergence", member(UNIFORM, 0, 1), apart), math.log(2))
    assert asked("max_divergence", apart, member(UNIFORM, 0, 1)).value == math.inf


def test_weights_that_do_not_sum_to_one_are_refused() -> None:
    with pytest.raises(EvaluationError) as caught:
        asked("entropy", mixed((F("0.3"), NORMAL, (0, 1)), (F("0.6"), NORMAL, (4, 2))))
    assert caught.value.code == "not-normalised"


def test_the_mean_and_the_variance_of_a_mixture() -> None:
    family = NORMALS.family
    assert family is not None
    assert family.mean is not None
    assert family.variance is not None
    mean, spread = (form(*NORMALS.parameters) for form in (family.mean, family.variance))  # pyright: ignore[reportCallIssue]
    assert [float(each) for each in evaluate([mean, spread], {})] == pytest.approx([2.8, 0.3 * 1 + 0.7 * 18 - 2.8**2])


def test_unbounded_densities_have_no_min_entropy() -> None:
    found = asked("min_entropy", DENSITIES["root"][0])
    assert found.value == -math.inf
    assert found.reason == "the density has no bound where x goes to 0"
    check(asked("min_entropy", DENSITIES["2x"][0]), -math.log(2))
    check(asked("max_divergence", DENSITIES["2x"][0], DENSITIES["one"][0]), math.log(2))
    assert asked("max_divergence", DENSITIES["one"][0], DENSITIES["2x"][0]).value == math.inf
    # Of exp(-2 x) (1 + x)^3 the largest value is at x = 1/2.
    check(asked("max_divergence", member(EXPONENTIAL, 2), DENSITIES["pareto"][0]), 3 * math.log(1.5) - 1)
