"""Entries that are written otherwise than their array, columns before rows, and unknowns beside what has a formula."""

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source


def solve(text: str) -> ProblemSolution:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    return problem


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"Let $Y = \begin{bmatrix} 1 \\ 3 \end{bmatrix}$ and $s = \sum_{i=1}^2 y_i^2$. Compute $s$.", 10.0),
        (
            r"Let $A = \begin{bmatrix} 1 & 2 \\ 3 & 4\end{bmatrix}$, $s = \sum_{i=1}^2 \sum_{j=1}^2 a_{ij}^2$. Compute $s$.",
            30.0,
        ),
        (r"Let $Y = (1, 3)$, $w = 2$, $\hat Y = w Y$, $L = \sum_{n=1}^2 (\hat y_n - y_n)^2$. Compute $\frac{dL}{dw}$.", 20.0),
        (r"Let $W = (1, 2)$, $w_i = 3 x_i$, $x = (1, 1)$ and $s = \sum_{i=1}^2 w_i$. Compute $s$.", 6.0),  # w has a formula
        (r"Let $N = (3, 4)$ and $s = \sum_{n=1}^2 n$. Compute $s$.", 3.0),
    ],
)
def test_small_letters_are_entries_of_the_capital(text: str, value: float) -> None:
    assert [answer.value for answer in solve(text).answers] == [pytest.approx(value)]


@pytest.mark.parametrize(
    "text",
    [
        r"Let $Y = (1, 3)$, $y = 2$ and $s = \sum_{i=1}^2 y_i^2$. Compute $s$.",
        r"Let $Y = (1, 3)$, $y_1 = 5$ and $s = \sum_{i=1}^2 y_i^2$. Compute $s$.",
        r"Let $X = \begin{bmatrix} 1 & 2 \\ 3 & 4\end{bmatrix}$, $w = (1, 1)$, $L = \sum_{n=1}^2 (w^\top x_n)^2$. Compute $L$.",
    ],
)
def test_other_small_letters_are_not(text: str) -> None:
    assert all(answer.value is None for answer in solve(text).answers)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        (r"Z = X + \mathbf{1} b", [[1.5, 1.0], [3.5, 3.0]]),
        (r"Z = X + u b", [[2.0, 0.0], [4.5, 1.0]]),
        (r"Z = u b", [[1.0, -2.0], [1.5, -3.0]]),
        (r"Z = b u", None),
    ],
)
def test_a_column_before_a_row_is_their_outer_product(formula: str, value: list[list[float]] | None) -> None:
    """u = (2, 3), b = (0.5, -1); the row before the column is a number, 0.5 * 2 - 3."""
    text = (
        r"Let $X = \begin{bmatrix} 1 & 2 \\ 3 & 4\end{bmatrix}$, $b = \begin{bmatrix} 0.5 & -1 \end{bmatrix}$, "
        rf"$u = \begin{{bmatrix}} 2 \\ 3 \end{{bmatrix}}$ and ${formula}$. Compute $Z$."
    )
    (answer,) = solve(text).answers
    assert answer.value in (([-2.0], -2.0) if value is None else (value,))


@pytest.mark.parametrize(
    "asked",
    [
        r"Compute $\frac{\partial L}{\partial W}$.",
        "Do one step of gradient descent on $W$ with learning rate 0.1.",
    ],
)
def test_a_zero_that_only_says_that_two_names_were_not_seen_as_one_is_refused(asked: str) -> None:
    problem = solve(rf"Let $\hat Y = W X$ and $L = \sum_n \|\hat y_n - y_n\|^2$. {asked}")
    assert problem.answers == ()
    assert "disconnected" in [each.code for each in problem.diagnostics]


def test_what_depends_on_nothing_of_that_name_has_the_derivative_zero() -> None:
    (answer,) = solve("Let $z = w x$ and $L = y^2$ with $y = 1$. Compute $dL/dw$.").answers
    assert answer.value == 0.0


def test_the_letter_of_one_example_is_a_part_of_names() -> None:
    """Scores (1.1, 0.4, -0.68), the true class is 2: margins 1.7 and -0.08."""
    problem = solve(
        r"The scores are $s = W x_i$ and $L_i = \sum_{j \ne y_i} \max(0, s_j - s_{y_i} + 1)$ with $x_i = (0.6, -1, 2)$,"
        r" $y_i = 2$, $W = \begin{pmatrix} 0.5 & -0.2 & 0.3 \\ 1.0 & 0.4 & 0.1 \\ -0.8 & 0.6 & 0.2 \end{pmatrix}$."
        r" Compute $L_i$ and $\nabla_W L_i$."
    )
    found = [answer.value for answer in problem.answers if answer.kind == "value"]
    assert found == [pytest.approx(1.7)]
    slopes = next(answer.value for answer in problem.answers if answer.kind == "derivative")
    assert slopes == [pytest.approx([0.6, -1, 2]), pytest.approx([-0.6, 1, -2]), pytest.approx([0, 0, 0])]


@pytest.mark.parametrize("values", ["$x^{(1)} = 1$, $x^{(2)} = 3$, $y^{(1)} = 4$, $y^{(2)} = 1$", "$x = (1, 3)$, $y = (4, 1)$"])
def test_examples_of_a_sum_to_a_number(values: str) -> None:
    """Residuals 3 - 4 and 5 - 1: (1 + 16) / 2, and -1 + 4 * 3 by w."""
    problem = solve(
        r"Let $\hat y^{(i)} = w x^{(i)} + b$ and $J = \frac12 \sum_{i=1}^{2} (\hat y^{(i)} - y^{(i)})^2$ with $w = 1$, "
        rf"$b = 2$, {values}. Compute $J$ and $\frac{{dJ}}{{dw}}$."
    )
    assert sorted(answer.value for answer in problem.answers if isinstance(answer.value, float)) == [8.5, 11.0]
