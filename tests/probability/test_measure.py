"""The closed form where it holds and has digits, else the sum or integral."""

import math
from fractions import Fraction
from typing import Any

import mpmath as mp
import pytest

from chainrule.errors import EvaluationError
from chainrule.graph import build
from chainrule.probability.distribution import Distribution
from chainrule.probability.measure import measure
from chainrule.syntax.tree import Name
from tests.probability.points import BY_NAME, distribution

F = Fraction


def test_a_closed_form_is_used_where_it_holds() -> None:
    found = measure("kl", distribution("normal", 1, 1), distribution("normal", 0, 1))
    assert (found.value, found.method) == (0.5, "closed form")
    assert measure("jensen_shannon", distribution("normal", 1, 1), distribution("normal", 0, 1)).method == "integral"


def test_terms_that_cancel_are_integrated() -> None:
    found = measure("kl", distribution("normal", 0, 1), distribution("normal", 0, F("1.00000001")))
    with mp.workdps(40):
        d = mp.mpf("1e-8")
        assert found.value == pytest.approx(float((mp.log(1 + d) + 1 / (1 + d) - 1) / 2), rel=1e-6)
    assert found.method == "integral"


def test_the_edges_of_the_parameters() -> None:
    half, never, always = (distribution("bernoulli", F(p)) for p in ("0.5", "0", "1"))
    assert measure("kl", never, half).value == pytest.approx(math.log(2), rel=1e-15)
    assert measure("kl", half, always).value == math.inf
    assert measure("entropy", always).value == 0.0
    assert measure("entropy", distribution("geometric", 1)).value == 0.0
    assert measure("kl", distribution("poisson", 0), distribution("poisson", 3)).value == pytest.approx(3.0, rel=1e-14)


def test_where_the_supports_do_not_fit_the_form_is_left_aside() -> None:
    found = measure("kl", distribution("uniform", 0, 2), distribution("uniform", 0, 1))
    assert found.value == math.inf
    assert measure("total_variation", distribution("uniform", 0, 2), distribution("uniform", 1, 4)).value == pytest.approx(
        2 / 3
    )
    assert measure("kl", distribution("binomial", 2, F(1, 2)), distribution("binomial", 3, F(1, 2))).method == "sum"


def test_integrals_over_vectors_that_diverge() -> None:
    wide = distribution("normal_full", (0, 0), ((4, 0), (0, 4)))
    narrow = distribution("normal_full", (0, 0), ((1, 0), (0, 1)))
    assert measure("chi_squared", wide, narrow).value == math.inf  # 2 I - 4 I has a positive determinant, and is not definite
    assert measure("chi_squared", narrow, wide).value == pytest.approx(16 / 7 - 1)
    assert measure("renyi_entropy", distribution("beta", F(1, 2), F(1, 2)), order=2).value == -math.inf


def test_variables_take_their_values() -> None:
    rate = build.variable("r")
    p = Distribution(Name("P"), None, family=BY_NAME["exponential"], parameters=(rate,))
    assert measure("entropy", p, values={rate: 2.0}).value == pytest.approx(1 - math.log(2))
    for values, code in (({}, "missing-value"), ({rate: -1.0}, "parameter-domain")):
        with pytest.raises(EvaluationError) as caught:
            measure("entropy", p, values=values)
        assert caught.value.code == code


def test_a_matrix_that_is_no_covariance() -> None:
    with pytest.raises(EvaluationError) as caught:
        measure("entropy", distribution("normal_full", (0, 0), ((1, 2), (2, 1))))
    assert caught.value.code == "parameter-domain"


@pytest.mark.parametrize(
    ("quantity", "first", "second", "order", "expected"),
    [
        ("alpha_divergence", ("uniform", F("0.25"), F("0.75")), ("uniform", 0, 2), 0, math.inf),
        ("alpha_divergence", ("uniform", F("0.25"), F("0.75")), ("uniform", 0, 2), -1, math.inf),
        ("alpha_divergence", ("discrete_uniform", 2, 5), ("discrete_uniform", 1, 6), 0, math.inf),
        ("renyi", ("bernoulli", 0), ("bernoulli", F("0.25")), 0, -math.log(0.75)),
        ("renyi", ("binomial", 4, 1), ("binomial", 4, F("0.25")), 0, 4 * math.log(4)),
        ("renyi", ("geometric", 1), ("geometric", F("0.25")), 0, math.log(4)),
        ("renyi", ("poisson", 0), ("poisson", 2), 0, 2.0),
        ("kl", ("binomial", 5, 0), ("binomial", 3, F("0.5")), None, 3 * math.log(2)),
    ],
)
def test_outcomes_that_one_of_the_two_has_not(
    quantity: str, first: tuple[Any, ...], second: tuple[Any, ...], order: int | None, expected: float
) -> None:
    """Order 0 of Rényi's divergence is -log of the probability that Q gives to what P has."""
    found = measure(quantity, distribution(*first), distribution(*second), order)
    assert found.value == pytest.approx(expected, rel=1e-13)


def test_order_zero_of_an_entropy_counts_the_outcomes_that_there_are() -> None:
    assert measure("renyi_entropy", distribution("bernoulli", 0), None, 0).value == 0.0
    assert measure("renyi_entropy", distribution("bernoulli", F("0.5")), None, 0).value == pytest.approx(math.log(2))


def test_parameters_beyond_what_a_double_tells_are_refused() -> None:
    with pytest.raises(EvaluationError, match="not known in double precision"):
        measure("entropy", distribution("binomial", 10**18, F("0.5")))


@pytest.mark.parametrize("n", [1, 1000])
def test_the_error_bounds_what_close_binomials_lose(n: int) -> None:
    p, q = F(0.47705607578032333), F(0.47705607549725987)
    with mp.workdps(60):
        a, b = mp.mpf(p.numerator) / p.denominator, mp.mpf(q.numerator) / q.denominator
        kl = n * (a * mp.log(a / b) + (1 - a) * mp.log((1 - a) / (1 - b)))
        chi_squared = (a**2 / b + (1 - a) ** 2 / (1 - b)) ** n - 1
    for quantity, exact in (("kl", kl), ("chi_squared", chi_squared)):
        found = measure(quantity, distribution("binomial", n, p), distribution("binomial", n, q))
        assert abs(found.value - exact) <= found.error


def test_a_value_that_is_too_large_is_infinite() -> None:
    """It is e^((1000 - 1)^2 / 1) - 1."""
    found = measure("chi_squared", distribution("poisson", 1000), distribution("poisson", 1))
    assert found.value == math.inf
    assert "largest number" in found.reason
