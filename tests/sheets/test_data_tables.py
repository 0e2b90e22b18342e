"""Tables with an example in every row or column, and aligned columns of plain text. What is expected is worked out by hand."""

import math

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source

# w = 1: residuals 1 - 2, 2 - 3, 3 - 5, half the sum of squares (1 + 1 + 4) / 2
SQUARES = "# Problem 1\n$$J = \\frac12 \\sum_{{i=1}}^{{3}} (w x_i - y_i)^2$$\n\n{}\n\nwith $w = 1$. Compute $J$.\n"
BELOW = "|---|---|---|\n| 1 | 1 | 2 |\n| 2 | 2 | 3 |\n| 3 | 3 | 5 |"


def solve(text: str, name: str = "sheet.md") -> ProblemSolution:
    (problem,) = solve_sheet(Source(name, text)).problems
    return problem


@pytest.mark.parametrize(
    "table",
    [
        f"| $i$ | $x_i$ | $y_i$ |\n{BELOW}",
        f"| $n$ | $x$ | $y$ |\n{BELOW}",
        f"| Example | $x^{{(i)}}$ | $y^{{(i)}}$ |\n{BELOW}",
        "| $x$ | $y$ |\n|---|---|\n| 1 | 2 |\n| 2 | 3 |\n| 3 | 5 |",
        "| $i$ | 1 | 2 | 3 |\n|---|---|---|---|\n| $x_i$ | 1 | 2 | 3 |\n| $y_i$ | 2 | 3 | 5 |",
    ],
)
def test_a_table_gives_the_lists_of_a_sum(table: str) -> None:
    (answer,) = solve(SQUARES.format(table)).answers
    assert answer.value == pytest.approx(3.0)


@pytest.mark.parametrize(
    "table",
    [
        "| $i$ | $x_i$ | $y_i$ |\n|---|---|---|\n| 1 | 1 | 2 |\n| 3 | 2 | 3 |\n| 2 | 3 | 5 |",  # not counted in order
        "| $i$ | $x_i$ | $y_i$ |\n|---|---|---|\n| 1 | 1 | 2 |\n| 2 | 2 | ? |\n| 3 | 3 | 5 |",
        "| $i$ | $x_i$ | $y_i$ |\n|---|---|---|\n| 1 | 1 | 2 |\n| 2 | 2 | 3 |",  # one example is missing
    ],
)
def test_a_table_that_is_no_list_gives_no_number(table: str) -> None:
    assert all(answer.value is None for answer in solve(SQUARES.format(table)).answers)


def test_features_with_their_number_are_columns_of_a_matrix() -> None:
    """(1 + 4 - 4)^2 + (3 + 10 - 1)^2 = 145 for weights 1 and 2."""
    text = (
        "# Problem 1\n$$\\hat y^{(i)} = w_1 x_1^{(i)} + w_2 x_2^{(i)},\\quad"
        " J = \\frac12 \\sum_{i=1}^{2} (\\hat y^{(i)} - y^{(i)})^2$$\n\n"
        "| $i$ | $x_1^{(i)}$ | $x_2^{(i)}$ | $y^{(i)}$ |\n|---|---|---|---|\n| 1 | 1 | 2 | 4 |\n| 2 | 3 | 5 | 1 |\n\n"
        "with $w_1 = 1$, $w_2 = 2$. Compute $J$.\n"
    )
    assert solve(text).answers[-1].value == pytest.approx(72.5)


def test_aligned_columns_of_plain_text() -> None:
    """The mean cross-entropy of p = sigma(0.4 x_1 - 0.3 x_2 + 0.1), and its derivative by w1, the mean of (p - y) x_1."""
    text = (
        "1. Logistic regression:\n\n     p_i = 1/(1 + exp(-(w1*x_i1 + w2*x_i2 + b)))\n\n"
        "     J = -(1/3) * sum_{i=1}^{3} [ y_i*log(p_i) + (1 - y_i)*log(1 - p_i) ]\n\n"
        "   Training data:\n\n     i    x_i1    x_i2    y_i\n     1     0.5     1.0     1\n     2    -1.5     2.0     0\n"
        "     3     2.0    -0.5     1\n\n   Parameters: w1 = 0.4, w2 = -0.3, b = 0.1.\n\n"
        "   (a) Compute J.\n   (b) Compute the derivative of J with respect to w1.\n"
    )
    rows = [(0.5, 1.0, 1), (-1.5, 2.0, 0), (2.0, -0.5, 1)]
    chances = [1 / (1 + math.exp(-(0.4 * a - 0.3 * b + 0.1))) for a, b, _ in rows]
    loss = -sum(y * math.log(p) + (1 - y) * math.log(1 - p) for p, (_, _, y) in zip(chances, rows, strict=True)) / 3
    slope = sum((p - y) * a for p, (a, _, y) in zip(chances, rows, strict=True)) / 3
    problem = solve(text, "sheet.txt")
    assert [answer.value for answer in problem.answers] == [pytest.approx(loss), pytest.approx(slope)]
    assert [answer.part for answer in problem.answers] == ["a", "b"]


# w = 1: the residuals of (1, 2), (2, 3), (3, 5) are those above
LISTED = "Let $J = \\frac12 \\sum_{{i=1}}^{{3}} (w x_i - y_i)^2$ with $w = 1$. {} Compute $J$."


@pytest.mark.parametrize(
    "said",
    [
        "The line is fitted to the three points $(x_i, y_i)$: $(1, 2)$, $(2, 3)$, $(3, 5)$.",
        "The training set is $\\{(1, 2), (2, 3), (3, 5)\\}$.",
        "The data are $D = \\{(x_i, y_i)\\}_{i=1}^3 = \\{(1, 2), (2, 3), (3, 5)\\}$.",
        "The pairs $(x_i, y_i) \\in \\{(1, 2), (2, 3), (3, 5)\\}$ are given.",
        "The model is trained on the examples (1, 2), (2, 3) and (3, 5).",
        "We observe the points (x, y): (1, 2), (2, 3), (3, 5).",
        "The training points are:\n\n- $(1, 2)$\n- $(2, 3)$\n- $(3, 5)$\n\n",
        "The data set contains $(y_i, x_i)$ = $(2, 1)$, $(3, 2)$ and $(5, 3)$.",
    ],
)
def test_examples_in_a_sentence_are_lists(said: str) -> None:
    problem = solve(LISTED.format(said))
    assert problem.status == "solved", problem.diagnostics
    assert problem.answers[-1].value == pytest.approx(3.0)


def test_vectors_with_their_targets() -> None:
    """(1 - 1)^2 + (4 + 1)^2 = 25 for w = (1, 2)."""
    text = (
        "Let $J = \\sum_{i=1}^2 (w^\\top x^{(i)} - t^{(i)})^2$ with $w = (1, 2)$. The examples $(x^{(i)}, t^{(i)})$ are"
        " $((1, 0), 1)$ and $((0, 2), -1)$. Compute $J$."
    )
    assert solve(text).answers[-1].value == pytest.approx(25.0)


@pytest.mark.parametrize(
    "said",
    [
        "We are given the four points $(1, 2)$, $(2, 3)$, $(3, 5)$.",  # three of four
        "The points are $(1, 2)$, $(2, 3)$, $(3, 5)$ and the last one is removed.",
        "The training points are $(1, 2)$, $(2, 3)$ and the test points are $(3, 5)$, $(4, 4)$.",
        "The points are $(1, 2, 0)$, $(2, 3, 0)$, $(3, 5, 0)$.",
        "The points $(x_i, z_i)$ are $(1, 2)$, $(2, 3)$, $(3, 5)$.",
        "The data are $(1, 2)$, $(2, 3)$, $(3, 5)$, where the inputs are then standardized.",
        "The data points are $(1, 2)$, $(2, 3)$, $(3, 5)$ and so on.",
        "The data points are $(1, 2)$, $(2, 3)$, $(3, 5)$, $\\dots$.",
        "The training set is $\\{(1, 2), (2, 3), (3, 5), \\dots\\}$.",
        "The data points include $(1, 2)$, $(2, 3)$, $(3, 5)$.",
    ],
)
def test_examples_that_are_not_read_are_an_error(said: str) -> None:
    problem = solve(LISTED.format(said))
    assert all(answer.value is None for answer in problem.answers)
    assert [d for d in problem.diagnostics if d.severity == "error"]


def test_points_of_no_data_change_nothing() -> None:
    problem = solve("Let $f(x) = x^2$. The points of interest are $(1, 1)$ and $(2, 4)$. Compute $f'(3)$.")
    assert problem.status == "solved"


def test_the_value_of_a_name_is_no_example() -> None:
    """(1 - 1)^2 + (2 - 1)^2 = 1."""
    text = (
        "Let $J = \\sum_{i=1}^2 (w^\\top x_i - b)^2$ with $w = (1, 2)$, $b = 1$ and the data points x_1 = (1, 0), x_2 = (0, 1)."
        " Compute $J$."
    )
    problem = solve(text)
    assert problem.status == "solved"
    assert problem.answers[-1].value == pytest.approx(1.0)


DROPPED = "The layer $h = (1, 2, 3)$ is followed by inverted dropout"
MASKED = "$g = \\frac1p m \\odot h$"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # a keep probability is no change of a distribution, and a label with its value is no request
        (f"{DROPPED} with keep probability $p = 0.5$ and the mask $m = (1, 0, 1)$, so that {MASKED}. Compute $g$.", [2, 0, 6]),
        ("For an input $x = 3$ and label $y = 1$ the loss is $\\ell = (x - y)^2$. Compute $\\ell$.", 4),
    ],
)
def test_words_beside_a_formula_that_says_all(text: str, value: object) -> None:
    problem = solve(text)
    assert problem.status == "solved", problem.diagnostics
    assert problem.answers[-1].value == value


def test_a_target_that_is_never_given_is_named_where_it_is_used() -> None:
    problem = solve("Let $h = 2 x - 1$ with $x = 0.5$.\n\n(a) Compute $h$.\n\n(b) Compute the squared error $L = (h - t)^2$.")
    (said,) = [d for d in problem.diagnostics if d.code == "no-value"]
    assert said.span is not None
    assert said.span.line == 5
