r"""Words that change what formulas say are followed or refused, and what looks like them is read. Values by hand."""

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source

SUM = r"Let $X = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$, $b = (10, 20)$. $Y = X + b$. "
LOSS = r"Let $X = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$, $w = (1, 1)$, $y = (1, 2)$. "
OF_ROWS = r" Let $L = \sum_{i=1}^2 (w^T x_i - y_i)^2$. Compute $L$."
DRAWN = '```dot\ndigraph { x -> h; h [label="h = 2 x"]; h -> y; y [label="y = h"]; }\n```\n\n$x = 3$. '


def solve(text: str) -> ProblemSolution:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    return problem


def values(text: str) -> list[object]:
    return [answer.value for answer in solve(text).answers]


@pytest.mark.parametrize(
    "said",
    [
        "Here $b$ is added to the first row.",
        "The bias is added to row 2.",
        "Here $b$ is added to every row except the first.",
        "Here $b$ is not added to each row but to each column.",
        "Here twice $b$ is added to each row.",
        "Here twice the vector $b$ is added to each row.",
        "We add half $b$ to all of the rows.",
        "Here $b$ is added to only one of the rows.",
        "Twice the bias is added to each row.",
        "Here $Y = X + b$, where half of the bias is added to every row.",
        "Here $Y = X + b$, where the bias is added to the first row only.",
    ],
)
def test_a_vector_that_is_added_otherwise_is_refused(said: str) -> None:
    problem = solve(SUM + said + " Compute $Y$.")
    assert problem.answers == ()
    assert "broken-definition" in {each.code for each in problem.diagnostics}


@pytest.mark.parametrize(
    "said",
    [
        "Here $b$ is added to each row.",
        "The bias vector $b$ is added to each row of $X$.",
        "We add $b$ to all of the rows.",
        "Here $Y = X + b$, where the biases are row vectors that are added to every row.",
        "Here $$Y = X + b ,$$ and the bias vector is broadcast over the rows.",
        "As usual, the bias vector is added to each row.",
    ],
)
def test_a_vector_that_is_added_to_each_row(said: str) -> None:
    assert values(SUM + said + " Compute $Y$.") == [[[11, 22], [13, 24]]]


@pytest.mark.parametrize(
    "more",
    [", normalised to length 1", " counted from the bottom", " divided by 2", ", which is centred", " with a 1 in front"],
)
def test_a_row_that_is_changed_is_refused(more: str) -> None:
    assert values(LOSS + f"$x_i$ is the $i$-th row of $X${more}." + OF_ROWS) == []


@pytest.mark.parametrize("of", ["twice ", "the square of "])
def test_what_the_row_is_a_multiple_of_is_refused(of: str) -> None:
    assert values(LOSS + f"Here {of}$x_i$ is the $i$-th row of $X$." + OF_ROWS) == []


def test_rows_that_are_centred_later_are_refused() -> None:
    assert values(LOSS + "$x_i$ is the $i$-th row of $X$, and the rows are centred." + OF_ROWS) == []


@pytest.mark.parametrize(
    "said",
    ["$x_i$ is the $i$-th row of $X$.", "$x_i$ is the $i$-th row of $X$, and nothing else.", "The $i$-th row of $X$ is $x_i$."],
)
def test_a_row_as_it_is(said: str) -> None:
    """(3 - 1)^2 + (7 - 2)^2 = 29."""
    assert values(LOSS + said + OF_ROWS) == [29]


@pytest.mark.parametrize(
    "text",
    [
        "Let $y = 2 x$ with $x = 3$ and let $z = y$ minus one. Compute $z$.",
        "Let $x = 3$ percent and $z = 2 x$. Compute $z$.",
        "Let $x = 3$ increased by 2 and $z = 2 x$. Compute $z$.",
        "Let $x = 3$ squared and $z = 2 x$. Compute $z$.",
        "Let $x = 3$ and $z = 2 x$ doubled by the amplifier. Compute $z$.",
        "Let $x = 3$ and $z = 2 x$, halved. Compute $z$.",
        "Let $x = 3$ and $z = 2 x$ (mod 5). Compute $z$.",
        "Let $x = -3$ and $z = 2 x$ followed by a ReLU. Compute $z$.",
        "Let $x = -3$ and $z = 2 x$, passed through a sigmoid. Compute $z$.",
    ],
)
def test_arithmetic_in_words_behind_a_formula_is_refused(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize("behind", ["holds", "metres", "is given", "by assumption", "followed by the unit $h = x^2$"])
def test_other_words_behind_a_formula_change_nothing(behind: str) -> None:
    assert values(f"Let $x = 3$ {behind} and $z = 2 x$. Compute $z$.") == [6]


def test_a_drawing_whose_edge_is_cut_is_refused() -> None:
    assert values(DRAWN + "In the figure the edge from $x$ to $h$ is cut. Compute $y$.") == []
    assert values(DRAWN + "In the figure every edge is labelled. Compute $y$.") == [6]
