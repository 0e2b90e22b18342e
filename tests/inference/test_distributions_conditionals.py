r"""Probabilities of random variables outcome by outcome, channels, and joint distributions by a formula."""

from math import log

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.source import Source


def numbers(text: str) -> list[float]:
    """The values of all answers of a sheet, which has no errors."""
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    errors = [d for d in problem.diagnostics if d.severity == "error"]
    assert not errors, errors
    return [float(answer.value) for answer in problem.answers if isinstance(answer.value, float)]


def codes(text: str) -> set[str]:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    return {d.code for d in problem.diagnostics}


def entropy(*probabilities: float) -> float:
    return -sum(p * log(p) for p in probabilities if p)


# X is 1 with 1/4, and Y is 1 with 0.8 where X is 1 and with 0.1 where it is 0.
JOINT = (0.675, 0.075, 0.05, 0.2)
SHARED = entropy(0.75, 0.25) + entropy(0.725, 0.275) - entropy(*JOINT)
CHANNEL = r"$P(Y = 1 \mid X = 1) = 0.8$, $P(Y = 1 \mid X = 0) = 0.1$"


@pytest.mark.parametrize(
    "given",
    [
        rf"$P(X = 1) = 1/4$, $P(X = 0) = 3/4$, {CHANNEL}, $P(Y = 0 \mid X = 1) = 0.2$, $P(Y = 0 \mid X = 0) = 0.9$.",
        rf"$P(X = 1) = 1/4$, {CHANNEL}.",
        rf"Let $X, Y \in \{{0, 1\}}$ with $P(X = 1) = 1/4$, {CHANNEL}.",
        rf"$X \sim \mathrm{{Bernoulli}}(0.25)$, {CHANNEL}.",
        rf"$P(X) = \{{0: 0.75, 1: 0.25\}}$, {CHANNEL}.",
        r"$P(X) = (0.75, 0.25)$ and $P(Y \mid X) = \begin{bmatrix} 0.9 & 0.1 \\ 0.2 & 0.8 \end{bmatrix}$.",
    ],
)
def test_marginals_and_conditionals_make_the_joint_distribution(given: str) -> None:
    found = numbers(given + r" Compute $I(X; Y)$, $H(X)$, $H(Y)$ and $H(Y \mid X)$.")
    wanted = [SHARED, entropy(0.75, 0.25), entropy(0.725, 0.275), entropy(*JOINT) - entropy(0.75, 0.25)]
    assert found == pytest.approx(wanted, rel=1e-12)


def test_the_other_direction_is_worked_out_and_not_taken_from_the_table() -> None:
    text = rf"$P(X = 1) = 1/4$, {CHANNEL}. Compute $P(X = 1 \mid Y = 1)$. Compute $P(Y = 1)$. Compute $P(X = 0, Y = 1)$."
    assert numbers(text) == pytest.approx([0.2 / 0.275, 0.275, 0.075], rel=1e-12)


def test_a_condition_that_is_missing_gives_no_joint_distribution() -> None:
    text = r"$P(X = 1) = 1/4$, $P(Y = 1 \mid X = 1) = 0.8$. Compute $I(X; Y)$."
    assert "no-joint-distribution" in codes(text)
    assert numbers(r"$P(X = 1) = 1/4$, $P(Y = 1 \mid X = 1) = 0.8$. Compute $H(X)$.") == pytest.approx([entropy(0.25, 0.75)])


def test_what_is_left_out_of_three_outcomes_is_the_rest() -> None:
    text = r"""$X \in \{0, 1\}$, $Y \in \{1, 2, 3\}$, $P(X = 1) = 0.5$, $P(Y = 1 \mid X = 0) = 0.2$,
    $P(Y = 2 \mid X = 0) = 0.3$, $P(Y = 1 \mid X = 1) = 0.6$, $P(Y = 3 \mid X = 1) = 0.4$. Compute $H(Y)$."""
    assert numbers(text) == pytest.approx([entropy(0.4, 0.15, 0.45)])


def test_two_conditions() -> None:
    text = r"""$P(Z = 1 \mid X = 0, Y = 0) = 0.1$, $P(Z = 1 \mid X = 0, Y = 1) = 0.5$, $P(Z = 1 \mid X = 1, Y = 0) = 0.5$,
    $P(Z = 1 \mid X = 1, Y = 1) = 0.9$, $P(X = 1) = 0.3$, $P(Y = 1) = 0.6$, $X \perp Y$. Compute $H(Z)$ and $I(X; Z)$."""
    one = 0.28 * 0.1 + 0.42 * 0.5 + 0.12 * 0.5 + 0.18 * 0.9
    both = 0.12 * 0.5 + 0.18 * 0.9  # X = 1 and Z = 1
    cells = (both, 0.3 - both, one - both, 0.7 - one + both)
    assert numbers(text) == pytest.approx([entropy(one, 1 - one), entropy(0.3, 0.7) + entropy(one, 1 - one) - entropy(*cells)])


def test_a_matrix_whose_columns_could_be_the_distributions_too_is_not_guessed() -> None:
    text = r"""$P(X) = (0.2, 0.3, 0.5)$ and $P(Y \mid X) = [[0.5, 0.3, 0.2], [0.2, 0.5, 0.3], [0.3, 0.2, 0.5]]$.
    Compute $H(Y)$."""
    assert "no-distribution" in codes(text)


@pytest.mark.parametrize(
    "given",
    [
        r"$p(x, y) = \frac{x + y}{21}$ for $x \in \{1, 2, 3\}$ and $y \in \{1, 2\}$.",
        r"The joint pmf is $p(x, y) = c (x + y)$ with $c = 1/21$, where $x \in \{1, 2, 3\}$, $y \in \{1, 2\}$.",
        r"$p_{X,Y}(x, y) = \frac{1}{21}(x + y)$, $x \in \{1, 2, 3\}$, $y \in \{1, 2\}$.",
    ],
)
def test_a_joint_distribution_by_a_formula(given: str) -> None:
    found = numbers(given + " Find $H(X, Y)$, $H(X)$ and $I(X; Y)$.")
    cells = [(x + y) / 21 for x in (1, 2, 3) for y in (1, 2)]
    rows, columns = (5 / 21, 7 / 21, 9 / 21), (9 / 21, 12 / 21)
    assert found == pytest.approx([entropy(*cells), entropy(*rows), entropy(*rows) + entropy(*columns) - entropy(*cells)])


def test_a_formula_of_what_is_under_a_condition() -> None:
    text = r"""$p(x) = x/6$ for $x \in \{1, 2, 3\}$ and $p(y \mid x) = \frac{y + x}{2x + 3}$ for $y \in \{1, 2\}$.
    Find $H(X, Y)$."""
    cells = [x / 6 * (x + y) / (2 * x + 3) for x in (1, 2, 3) for y in (1, 2)]
    assert numbers(text) == pytest.approx([entropy(*cells)])


@pytest.mark.parametrize(
    ("cases", "cells"),
    [
        (r"1/6 & x = y \\ 1/12 & \text{otherwise}", [1 / 6] * 3 + [1 / 12] * 6),
        (r"1/6 & x \le y \\ 0 & \text{otherwise}", [1 / 6] * 6),
        (r"1/3 & x + y = 2 \\ 0 & \text{otherwise}", [1 / 3] * 3),
    ],
)
def test_cases_of_two_letters(cases: str, cells: list[float]) -> None:
    text = rf"$p(x, y) = \begin{{cases}} {cases} \end{{cases}}$ for $x, y \in \{{0, 1, 2\}}$. Find $H(X, Y)$."
    assert numbers(text) == pytest.approx([entropy(*cells)])


def test_labels_that_are_no_numbers_break_their_own_formula_alone() -> None:
    text = r"$p(x) = x/6$ for $x \in \{a, b, c\}$, $Q = \{A: 0.5, B: 0.5\}$. Find $H(Q)$. Find $H(p)$."
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    assert [answer.value for answer in problem.answers] == [pytest.approx(log(2))]
    assert "label-as-number" in {d.code for d in problem.diagnostics}


def test_an_array_whose_rows_and_columns_are_events() -> None:
    text = r"""$$\begin{array}{c|cc} & Y = 0 & Y = 1 \\ \hline X = 0 & 0.675 & 0.075 \\ X = 1 & 0.05 & 0.2 \end{array}$$
    Compute $I(X; Y)$."""
    assert numbers(text) == pytest.approx([SHARED])
