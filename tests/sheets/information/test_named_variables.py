"""Random variables that a formula over a support names, `P(X = k) = k/10`, and their outcomes."""

from math import log2

import pytest

from tests.sheets.information.answers import refusals, values

TENTHS = r"has ${head} = \frac{{k}}{{10}}$ for $k \in \{{1, 2, 3, 4\}}$"


@pytest.mark.parametrize(("name", "head"), [("N", r"\Pr(N = k)"), ("X", "P(X = k)"), ("K", "p(K = k)")])
def test_the_surprisal_of_an_outcome_is_that_of_its_probability(name: str, head: str) -> None:
    text = f"A random variable ${name}$ {TENTHS.format(head=head)}. What is the surprisal of ${name} = 1$ in bits?"
    assert values(text) == pytest.approx([log2(10)], rel=1e-12)


@pytest.mark.parametrize(("name", "head"), [("N", r"\Pr(N = k)"), ("X", "P(X = k)"), ("S", "P(S = k)")])
def test_the_entropy_of_the_variable_is_that_of_its_formula(name: str, head: str) -> None:
    text = f"A random variable ${name}$ {TENTHS.format(head=head)}. Find $H({name})$ in bits."
    expected = -sum(k / 10 * log2(k / 10) for k in range(1, 5))
    assert values(text) == pytest.approx([expected], rel=1e-12)


@pytest.mark.parametrize("given", ["", r"Let $P = \{1: 0.2, 2: 0.8\}$ and $Q = \{1: 0.5, 2: 0.5\}$. "])
def test_an_outcome_of_a_variable_without_a_distribution_is_no_probability(given: str) -> None:
    assert refusals(f"{given}What is the surprisal of $X = 1$ in bits?")


def test_a_divergence_the_other_way_is_not_the_value_of_its_letter() -> None:
    text = (
        r"Let $P = (0.5, 0.3, 0.2)$ and $Q = (0.1, 0.6, 0.3)$. The divergence is $D = \sum_i P_i \log_2 \frac{P_i}{Q_i}$. "
        r"Evaluate $D(Q \| P)$."
    )
    assert refusals(text)
