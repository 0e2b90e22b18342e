"""Requests at values: cases that are called something, and what is asked behind a value; values by hand."""

from math import log

import pytest

from tests.sheets.information.answers import refusals, values

GIVEN = "The focal loss is $F = -(1-p)^2 \\ln p$."


def loss(p: float) -> float:
    return -((1 - p) ** 2) * log(p)


@pytest.mark.parametrize(
    "cases",
    [
        "for an easy example with $p = 0.9$ and for a hard example with $p = 0.3$",
        "for an easy example with $p = 0.9$ and a hard one with $p = 0.3$",
        "on an easy sample with $p = 0.9$ and on an uncertain sample with $p = 0.3$",
        "for the first image with $p = 0.9$ and for the second image with $p = 0.3$",
    ],
)
def test_cases_that_are_called_something(cases: str) -> None:
    assert values(f"{GIVEN} Compute $F$ {cases}.") == [pytest.approx(loss(0.9)), pytest.approx(loss(0.3))]


@pytest.mark.parametrize("case", ["a negative example with", "the mean of examples with", "a flipped label with"])
def test_cases_that_may_be_others(case: str) -> None:
    assert refusals(f"{GIVEN} Compute $F$ for {case} $p = 0.9$.")


@pytest.mark.parametrize("at", ["for $p = 0.3$", "at $p = 0.3$", "for a hard example with $p = 0.3$"])
@pytest.mark.parametrize("behind", [", and $dF/dp$ there", " and $dF/dp$", ", and $\\frac{dF}{dp}$"])
@pytest.mark.parametrize("what", ["$F$", "the loss $F$"])
def test_a_derivative_behind_a_value_is_asked(what: str, at: str, behind: str) -> None:
    slope = 2 * 0.7 * log(0.3) - 0.49 / 0.3
    found = values(f"{GIVEN} Compute {what} {at}{behind}.")
    assert found == [pytest.approx(loss(0.3)), pytest.approx(slope)]
