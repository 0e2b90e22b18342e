"""Letters that results are asked for with, and the unit of numbers beside them; values by hand."""

from math import log, log2

import pytest

from tests.sheets.information.answers import refusals, solved, units, values

GIVEN = "A source has the probabilities $p = (0.5, 0.25, 0.25)$."
"""The entropy is 1.5 bits."""


@pytest.mark.parametrize(
    ("asked", "second", "unit"),
    [
        ("Find the entropy $H$ of the source in bits. Then compute $2 - H$.", 0.5, "bits"),
        ("\n\n1. Find its entropy $H$ in bits.\n2. What is the ratio $H / \\log_2 3$?", 1.5 / log2(3), None),
        ("Find the entropy $H$ of $p$ in bits. What is $\\log_2 3 - H$?", log2(3) - 1.5, "bits"),
        ("Find $H(p)$ in bits. Then compute $2 - H(p)$.", 0.5, "bits"),
        ("Find $H(p)$ in bits. Then compute $1 - H(p)/3$.", 0.5, "bits"),
        ("Find $H(p)$ in nats. Then compute $2 - H(p)$.", 2 - 1.5 * log(2), "nats"),
        ("Find the entropy $H$ of $p$ in bits. Then compute $3H$.", 4.5, "bits"),
        ("Find the entropy $H$ of $p$ in bits. Then compute $H^2$.", 2.25, None),
        ("Find the entropy $H$ of $p$ in bits. Then compute $1/H$ and $\\sqrt{H}$.", 1 / 1.5, None),
        ("Find $H(p)$ in bits. Then compute $3 H(p)/2$.", 2.25, "bits"),
        ("Find $H(p)$ in bits. Then compute $H(p)^2$.", (1.5 * log(2)) ** 2, None),
        ("Find $H(p)$ in bits. Then compute $\\sqrt{H(p)/2}$.", (0.75 * log(2)) ** 0.5, None),
    ],
)
def test_a_letter_for_the_result(asked: str, second: float, unit: str | None) -> None:
    assert values(f"{GIVEN} {asked}")[1] == pytest.approx(second)
    assert units(f"{GIVEN} {asked}")[1] == unit


def test_a_power_has_no_unit() -> None:
    assert values(f"{GIVEN} Find the entropy $H$ of $p$ in bits. Then compute $2^H$.") == [
        pytest.approx(1.5),
        pytest.approx(2**1.5),
    ]


def test_a_letter_for_a_divergence() -> None:
    text = "Let $p = (0.5, 0.5)$, $q = (0.25, 0.75)$. Find the KL divergence $D$ of $p$ from $q$ in nats. What is $e^{-D}$?"
    assert values(text)[1] == pytest.approx((4 / 3) ** -0.5)


@pytest.mark.parametrize(
    "asked",
    [
        "Find the entropy $H$ of $p$ and then the entropy $H$ of $q = (0.5, 0.5, 0)$. Then compute $2 - H$.",
        "Find the entropy $H$ of $p$ in bits. Then compute $H_2 - H$.",
        "Find the entropy of $p$ in bits. Then compute $2 - H$.",
    ],
)
def test_a_letter_that_means_no_result(asked: str) -> None:
    problem = solved(f"{GIVEN} {asked}")
    assert "undefined-symbol" in [each.code for each in problem.diagnostics]
    assert all(answer.asked != "$2 - H$" for answer in problem.answers if getattr(answer, "value", None) is not None)


def test_a_letter_of_an_own_equation_is_no_product() -> None:
    text = f"The efficiency is $\\eta = H / 3$. {GIVEN} Find the entropy $H$ of $p$ in bits. Then compute $2 - H$."
    assert [getattr(answer, "value", None) for answer in solved(text).answers][1:] in ([], [None])


PAIR = "Let $P = (0.5, 0.5)$ and $Q = (0.25, 0.75)$."
BOTH = [pytest.approx(0.5 * log2(4 / 3)), pytest.approx(0.75 * log2(3) - 1)]


@pytest.mark.parametrize(
    "joined", [", and their average", " and then their average", ", then their average", ", and also their average"]
)
def test_their_average(joined: str) -> None:
    found = values(f"{PAIR} Compute $D(P \\| Q)$ and $D(Q \\| P)$ in bits{joined}.")
    assert found[:2] == BOTH
    assert found[2] == pytest.approx(0.25 * log2(4 / 3) + 0.375 * log2(3) - 0.5)


def test_what_an_average_is_called() -> None:
    mixed = "Let $P = (1, 0)$, $Q = (0, 1)$ and $M = \\frac12(P + Q)$."
    asked = "Compute $D(P \\| M)$ and $D(Q \\| M)$ in bits, and then their average"
    text = f"{mixed} {asked}, the Jensen–Shannon divergence of $P$ and $Q$."
    assert values(text) == [pytest.approx(1)] * 4
    assert units(text) == ["bits"] * 4


@pytest.mark.parametrize("by", ["by their divergences", "via the KL divergences", "using their relative entropies"])
def test_compared_by_quantities(by: str) -> None:
    assert values(f"{PAIR} Compare the two models {by} $D(P \\| Q)$ and $D(Q \\| P)$ in bits.") == BOTH


@pytest.mark.parametrize("by", ["by the squares of their divergences", "by the normalized divergences"])
def test_compared_by_something_else(by: str) -> None:
    assert refusals(f"{PAIR} Compare the two models {by} $D(P \\| Q)$ and $D(Q \\| P)$ in bits.")


@pytest.mark.parametrize("order", ["1/2", "\\frac12", "\\frac{1}{2}", "0.5"])
def test_orders_that_are_fractions(order: str) -> None:
    text = f"Let $p = (0.5, 0.5)$ and $q = (0.2, 0.8)$. Find the Rényi divergence $D_{{{order}}}(p \\| q)$ in nats."
    assert values(text) == [pytest.approx(-2 * log(0.1**0.5 + 0.4**0.5))]


@pytest.mark.parametrize(
    ("which", "value"), [("first outcome of $Q$", 2), ("first outcome under $Q$", 2), ("first outcome of $P$", 1)]
)
def test_the_outcome_of_one_of_several(which: str, value: float) -> None:
    assert values(f"{PAIR} Determine the surprisal of the {which} in bits.") == [pytest.approx(value)]


@pytest.mark.parametrize(
    "which", ["third outcome of $Q$", "first outcome of $R$", "first two outcomes of $Q$", "first outcome"]
)
def test_no_such_outcome(which: str) -> None:
    assert refusals(f"{PAIR} Determine the surprisal of the {which} in bits.")
