"""Summation and quadrature against mpmath at 30 digits: nothing is wrong by more than it says."""

import math
from fractions import Fraction
from typing import Any

import mpmath as mp
import pytest

from chainrule.errors import EvaluationError
from chainrule.graph import build
from chainrule.probability.cells.table import CELLS
from chainrule.probability.distribution import Distribution
from chainrule.probability.integration.estimate import ANSWERS, IMAGES, LARGEST, Estimate, estimate
from chainrule.probability.measure import measure
from chainrule.syntax.tree import Name, Number
from tests.probability.exact import exact_value
from tests.probability.points import BY_NAME, EVERY, OF_VECTORS, ORDER, distribution, has_order, points_of

F = Fraction
KEYS = [key for key in EVERY if key[1] not in OF_VECTORS and key[0] in {*ANSWERS, *IMAGES}]


def asked(quantity: str, first: tuple[Any, ...], second: tuple[Any, ...] | None = None, order: float | None = None) -> Estimate:
    """(family, *parameters) each; parameters as exact texts."""
    p, q = (None if each is None else distribution(each[0], *map(F, each[1:])) for each in (first, second))
    assert p is not None
    return estimate(quantity, p, q, order)


def in_mpmath(quantity: str, first: tuple[Any, ...], second: tuple[Any, ...] | None = None, order: float | None = None) -> Any:
    p, q = (None if each is None else (each[0], [mp.mpf(x) for x in each[1:]]) for each in (first, second))
    assert p is not None
    return exact_value(quantity, p, q, order)


def check(found: Estimate, expected: Any, least: float = 1e-9) -> None:
    """The error is no more than what is said, and what is said is small beside the value."""
    assert abs(found.value - expected) <= found.error
    assert found.error <= least * abs(expected)


@pytest.mark.parametrize("key", KEYS, ids="-".join)
def test_without_the_closed_form_the_value_is_the_same(key: tuple[str, str, str]) -> None:
    quantity, first, second = key
    p, q = points_of(key)
    order = ORDER if has_order(CELLS[key]) else None
    given = (distribution(first, *p), distribution(second, *q) if second else None, order)
    found, closed = estimate(quantity, *given), measure(quantity, *given)
    assert found.method in (("largest",) if quantity in LARGEST else ("sum", "integral"))
    assert abs(found.value - closed.value) <= found.error + closed.error
    assert found.error <= 1e-12 * max(abs(found.value), 1.0)


@pytest.mark.parametrize("rate", ["1e-6", "0.01", "3.7", "40"])
def test_the_entropy_of_poisson_distributions(rate: str) -> None:
    with mp.workdps(30):
        check(asked("entropy", ("poisson", rate)), in_mpmath("entropy", ("poisson", rate)))


def test_the_entropy_of_a_large_poisson_distribution() -> None:
    with mp.workdps(30):
        rate = mp.mpf(10**4)
        terms = (k * mp.log(rate) - rate - mp.loggamma(k + 1) for k in range(8500, 11600))
        check(asked("entropy", ("poisson", "1e4")), -mp.fsum(mp.exp(term) * term for term in terms))


@pytest.mark.parametrize("quantity", ["entropy", "renyi_entropy", "tsallis_entropy"])
def test_of_binomial_distributions(quantity: str) -> None:
    with mp.workdps(30):
        first = ("binomial", "60", "0.03")
        check(asked(quantity, first, order=2.5), in_mpmath(quantity, first, order=mp.mpf("2.5")))


PAIRS = [
    (("poisson", "3"), ("poisson", "0.5")),
    (("binomial", "12", "0.3"), ("poisson", "3.6")),
    (("geometric", "0.9"), ("geometric", "0.5")),
    (("normal", "0", "1"), ("normal", "3", "0.25")),
    (("normal", "0", "1"), ("laplace", "0.5", "0.75")),
    (("laplace", "1", "0.5"), ("normal", "0", "4")),
    (("gamma", "0.6", "2"), ("gamma", "3", "1")),
    (("beta", "0.7", "2"), ("beta", "2", "0.4")),
    (("exponential", "2"), ("gamma", "1.5", "1")),
]


@pytest.mark.parametrize(("first", "second"), PAIRS, ids="-".join)
@pytest.mark.parametrize("quantity", ["jensen_shannon", "kl", "hellinger", "total_variation", "renyi", "alpha_divergence"])
def test_pairs(quantity: str, first: tuple[str, ...], second: tuple[str, ...]) -> None:
    with mp.workdps(40 if "beta" in first else 20):  # near 1 the densities of beta distributions lose digits of 1 - x
        order = 0.5 if quantity in ("renyi", "alpha_divergence") else None
        found, expected = asked(quantity, first, second, order), in_mpmath(quantity, first, second, order)
    kinks = 1e-5 if quantity == "total_variation" else 1e-11  # mpmath's own rule loses digits where |p - q| has its kinks
    assert found.value == pytest.approx(float(expected), rel=kinks, abs=found.error)


def test_the_total_variation_of_normal_distributions_is_an_error_function() -> None:
    for shift in ("1e-9", "0.25", "6"):
        expected = mp.erf(mp.mpf(shift) / mp.sqrt(8))
        check(asked("total_variation", ("normal", "0", "1"), ("normal", shift, "1")), expected, 1e-4)


def test_nearly_equal_distributions_keep_their_digits() -> None:
    with mp.workdps(40):
        d = mp.mpf("1e-8")
        expected = (mp.log(1 + d) + 1 / (1 + d) - 1) / 2
        check(asked("kl", ("normal", "0", "1"), ("normal", "0", "1.00000001")), expected, 1e-5)
        rate = mp.mpf("2.0000001")
        expected = 2 * mp.log(2 / rate) + rate - 2
        check(asked("kl", ("poisson", "2"), ("poisson", "2.0000001")), expected, 1e-5)


@pytest.mark.parametrize("shape", ["0.01", "0.001"])
def test_densities_that_are_infinite_at_an_end(shape: str) -> None:
    with mp.workdps(30):
        a = mp.mpf(shape)
        expected = a + mp.loggamma(a) + (1 - a) * mp.digamma(a)
        check(asked("entropy", ("gamma", shape, "1")), expected)
        both = mp.digamma(2 * a)
        expected = mp.log(mp.beta(a, a)) - 2 * (a - 1) * mp.digamma(a) + (2 * a - 2) * both
        check(asked("entropy", ("beta", shape, shape)), expected)


def test_narrow_distributions_far_from_zero_say_how_little_is_known() -> None:
    found = asked("jensen_shannon", ("normal", "0", "1e-20"), ("normal", "1", "1e-20"))
    assert abs(found.value - math.log(2)) <= found.error <= 1e-5


def test_distant_distributions_have_a_tiny_overlap() -> None:
    found = asked("bhattacharyya", ("normal", "0", "1"), ("normal", "1000", "1"))
    assert found.value == pytest.approx(125000.0, rel=1e-12)


SUPPORTS = [
    ("kl", ("normal", "0", "1"), ("exponential", "1"), "below 0"),
    ("kl", ("uniform", "0", "2"), ("uniform", "0", "1"), "above 1"),
    ("kl", ("binomial", "3", "0.5"), ("binomial", "2", "0.5"), "at 3"),
    ("kl", ("bernoulli", "0.5"), ("geometric", "0.5"), "at 0"),
    ("kl", ("poisson", "2"), ("poisson", "0"), "at 1"),
    ("cross_entropy", ("bernoulli", "0.5"), ("bernoulli", "1"), "at 0"),
    ("jeffreys", ("uniform", "0", "1"), ("uniform", "0", "2"), "above 1"),
    ("chi_squared", ("uniform", "-1", "1"), ("beta", "2", "2"), "below 0"),
]


@pytest.mark.parametrize(("quantity", "first", "second", "where"), SUPPORTS)
def test_what_has_no_finite_value_says_where(
    quantity: str, first: tuple[str, ...], second: tuple[str, ...], where: str
) -> None:
    found = asked(quantity, first, second)
    assert (found.value, found.error) == (math.inf, 0.0)
    assert where in found.reason


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("normal", "0", "4"), ("normal", "1", "1")),
        (("normal", "0", "2"), ("normal", "0", "1")),
        (("exponential", "1"), ("exponential", "2")),
        (("geometric", "0.25"), ("geometric", "0.5")),
        (("laplace", "0", "1"), ("normal", "0", "1")),
    ],
)
def test_integrals_that_diverge(first: tuple[str, ...], second: tuple[str, ...]) -> None:
    found = asked("chi_squared", first, second)
    assert found.value == math.inf
    assert "diverges" in found.reason


def test_distributions_without_a_common_outcome() -> None:
    first, second = ("uniform", "0", "1"), ("uniform", "2", "3")
    assert asked("total_variation", first, second).value == 1.0
    assert asked("jensen_shannon", first, second).value == pytest.approx(math.log(2), rel=1e-15)
    assert asked("bhattacharyya_coefficient", first, second).value == 0.0
    assert asked("bhattacharyya", first, second).value == math.inf


def test_a_distribution_is_at_no_distance_from_itself() -> None:
    for quantity in ("kl", "jensen_shannon_distance", "hellinger", "total_variation", "chi_squared", "renyi"):
        for each in (("normal", "3", "2"), ("poisson", "1.5"), ("beta", "0.5", "0.5")):
            found = asked(quantity, each, each, 2.0 if quantity == "renyi" else None)
            assert math.copysign(1.0, found.value) == 1.0
            assert found.value == 0.0


def test_parameters_outside_of_their_domain() -> None:
    for each in (
        ("bernoulli", "1.2"),
        ("normal", "0", "0"),
        ("binomial", "2.5", "0.5"),
        ("geometric", "0"),
        ("gamma", "-1", "1"),
        ("uniform", "1", "1"),
        ("discrete_uniform", "3", "2"),
    ):
        with pytest.raises(EvaluationError) as caught:
            asked("entropy", each)
        assert caught.value.code == "parameter-domain"


def test_what_is_not_estimated_is_refused() -> None:
    vectors = distribution("normal_diagonal", (F(0), F(1)), (F(1), F(1)))
    refused = [
        ("total_variation", vectors, vectors, None, "no-estimate"),
        ("kl", distribution("poisson", F(1)), distribution("normal", F(0), F(1)), None, "no-estimate"),
        ("mutual_information", distribution("poisson", F(1)), None, None, "no-estimate"),
        ("renyi", distribution("laplace", F(0), F(1)), distribution("normal", F(0), F(1)), -1.0, "order-domain"),
        ("total_variation", distribution("geometric", F("1e-8")), distribution("geometric", F("1e-3")), None, "too-many-terms"),
    ]
    for quantity, p, q, order, code in refused:
        with pytest.raises(EvaluationError) as caught:
            estimate(quantity, p, q, order)
        assert caught.value.code == code


def test_a_table_beside_a_family() -> None:
    table = Distribution(
        Name("P"),
        build.stack([build.constant(F(1, 2)), build.constant(F(1, 4)), build.constant(F(1, 4))]),
        labels=((Number(F(0)), Number(F(1)), Number(F(2))),),
    )
    found = estimate("kl", table, distribution("binomial", 2, F(1, 2)))
    check(found, mp.mpf("0.5") * mp.log(2) + mp.mpf("0.25") * mp.log(mp.mpf("0.5")), 1e-12)
    assert estimate("kl", table, distribution("geometric", F(1, 2))).value == math.inf


def test_a_corner_beside_the_end_of_a_panel_is_not_overlooked() -> None:
    """The total variation by the error function at the crossings of two densities; without them it is wrong by 1e-9."""
    p, q = (mp.mpf("0.3"), mp.mpf("1.2")), (mp.mpf("-0.4"), mp.mpf("2.1"))
    a, b, c = 1 / q[1] - 1 / p[1], 2 * (p[0] / p[1] - q[0] / q[1]), q[0] ** 2 / q[1] - p[0] ** 2 / p[1] + mp.log(q[1] / p[1])
    crossings = sorted((-b + sign * mp.sqrt(b * b - 4 * a * c)) / (2 * a) for sign in (1, -1))
    away = [mp.ncdf(x, p[0], mp.sqrt(p[1])) - mp.ncdf(x, q[0], mp.sqrt(q[1])) for x in crossings]
    expected = (abs(away[0]) + abs(away[1] - away[0]) + abs(away[1])) / 2
    found = measure("total_variation", distribution("normal", F("0.3"), F("1.2")), distribution("normal", F("-0.4"), F("2.1")))
    assert abs(found.value - expected) <= found.error < 1e-13


def test_a_deviation_below_zero_is_no_parameter() -> None:
    given = BY_NAME["normal"].parametrisations[1]
    nodes = (build.constant(0), build.constant(-1))
    own = tuple(form.build(*nodes) for form in given.own)
    said = tuple(zip(given.parameters, nodes, strict=True))
    with pytest.raises(EvaluationError, match="deviation of the normal distribution is positive; it is -1"):
        measure("entropy", Distribution(Name("P"), None, family=BY_NAME["normal"], parameters=own, given=said))


def test_a_divergence_at_the_end_of_a_domain_is_infinite() -> None:
    found = measure("kl", distribution("poisson", F(2)), distribution("poisson", F(0)))
    assert found.value == float("inf")
    assert "none there" in found.reason


def test_half_the_divergence_of_order_one_half_keeps_its_digits() -> None:
    found = measure("bhattacharyya", distribution("bernoulli", F("0.5")), distribution("bernoulli", F("0.49999999")))
    expected = -mp.log(mp.sqrt(mp.mpf("0.5") * mp.mpf("0.49999999")) + mp.sqrt(mp.mpf("0.5") * mp.mpf("0.50000001")))
    assert found.value == pytest.approx(float(expected), rel=1e-7)
