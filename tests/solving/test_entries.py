r"""Names that are entries of arrays: in every way to say so a derivative counts all that depends on them. Values by hand."""

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source

LOSS = r"Let $L = x_1^2 + \|x\|^2$."
BY_X = r"Compute $L$ and $\frac{\partial L}{\partial x}$."


def solve(text: str) -> ProblemSolution:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    return problem


def found(text: str) -> dict[str, object]:
    return {answer.symbol.latex: answer.value for answer in solve(text).answers}


def codes(text: str) -> list[str]:
    return [each.code for each in solve(text).diagnostics if each.severity == "error"]


@pytest.mark.parametrize(
    "given",
    [
        "$x = (x_1, x_2) = (3, 5)$",
        "$x = (3, 5) = (x_1, x_2)$",
        "$(x_1, x_2) = x = (3, 5)$",
        r"$x = [x_1, x_2]^\top = [3, 5]^\top$",
        r"$x = (x_1, x_2)^T = (3, 5)^T$",
        r"$x = \begin{bmatrix} x_1 \\ x_2 \end{bmatrix} = \begin{bmatrix} 3 \\ 5 \end{bmatrix}$",
        r"$x^\top = (x_1, x_2) = (3, 5)$",
        r"$x = (x_1, \ldots, x_2) = (3, 5)$",
        "$x = (x_1, x_2)$ with $x_1 = 3$, $x_2 = 5$",
        "$x = (x_1, x_2)$ and $(x_1, x_2) = (3, 5)$",
        "$x = (3, 5)$ with $x_1 = 3$, $x_2 = 5$",
        "$x = (3, 5)$ with $x_1 = 3$",
        "$x_1 = 3$ and $x_2 = 5$",
        r"$x \in \mathbb{R}^2$ with $x_1 = 3$ and $x_2 = 5$",
        r"$x \in \mathbb{R}^n$ with $x_1 = 3$ and $x_2 = 5$",
    ],
)
def test_an_entry_counts_in_the_derivative_by_its_vector(given: str) -> None:
    """L = 9 + 34; 2 x, and 2 x_1 once more in the first entry."""
    assert found(f"{LOSS} Let {given}. {BY_X}") == {"L": 43.0, r"\frac{\partial L}{\partial x}": [12.0, 10.0]}


@pytest.mark.parametrize(
    "given",
    [
        r"\begin{bmatrix} w_{11} & w_{12} \\ w_{21} & w_{22} \end{bmatrix} = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}",
        r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} = \begin{bmatrix} w_{11} & w_{12} \\ w_{21} & w_{22} \end{bmatrix}",
        r"\begin{bmatrix} a & w_{12} \\ b & c \end{bmatrix} = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}",
    ],
)
def test_an_entry_counts_in_the_derivative_by_its_matrix(given: str) -> None:
    """L = w_12^2 + |W|^2 = 4 + 30, with 2 W and 2 w_12 once more."""
    text = rf"Let $W = {given}$ and $L = w_{{12}}^2 + \|W\|_F^2$. Compute $L$, $\frac{{\partial L}}{{\partial W}}$ and"
    answers = found(text + r" $\frac{\partial L}{\partial w_{12}}$.")
    assert answers["L"] == 34.0
    assert answers[r"\frac{\partial L}{\partial W}"] == [[2.0, 8.0], [6.0, 8.0]]
    assert answers[r"\frac{\partial L}{\partial w_{12}}"] == 8.0


@pytest.mark.parametrize("head", ["z = (a, b)", "(a, b)", r"\begin{bmatrix} a \\ b \end{bmatrix}", "z = (z_1, b) = (a, z_2)"])
def test_names_of_the_entries_of_a_formula(head: str) -> None:
    """z = W x = (3, 7), L = a^2 + 3 b = 30, and dL/dx = W^T (6, 3)."""
    text = f"Let ${head} = W x$ with $W = [[1, 2], [3, 4]]$ and $x = (1, 1)$. Let $L = a^2 + 3 b$. {BY_X}"
    assert found(text) == {"L": 30.0, r"\frac{\partial L}{\partial x}": [15.0, 24.0]}


@pytest.mark.parametrize("head", [r"\begin{bmatrix} a & b \end{bmatrix}", "[a, b]", "(a, b)"])
@pytest.mark.parametrize("row", [r"\begin{bmatrix} 1 & 10 \end{bmatrix} W", "R W"])
def test_names_of_the_entries_of_a_row(head: str, row: str) -> None:
    """(1, 10) W = (31, 42): a is an entry, and not the first row of a matrix."""
    text = rf"Let ${head} = {row}$ with $W = [[1, 2], [3, 4]]$ and $R = \begin{{bmatrix}} 1 & 10 \end{{bmatrix}}$."
    assert found(f"{text} Compute $a$ and $b$.") == {"a": 31.0, "b": 42.0}


def test_a_list_with_a_gap_is_none() -> None:
    """x_3 is missing, so nothing is the norm of (2, 3)."""
    assert found(r"Let $x_1 = 2$, $x_2 = 3$, $x_4 = 5$ and $L = \|x\|^2$. Compute $L$.") == {"L": None}


def test_a_list_that_is_computed_entry_by_entry() -> None:
    """x = (t, 2 t) at t = 3: L = 9 + 45, by x (4 * 3, 2 * 6), by t 12 + 2 * 12."""
    answers = found(rf"Let $x = (x_1, x_2) = (t, 2 t)$ and $t = 3$. {LOSS} {BY_X} Compute $\frac{{dL}}{{dt}}$.")
    assert sorted(map(str, answers.values())) == ["36.0", "54.0", "[12.0, 12.0]"]


def test_a_list_of_another_length_gives_nothing() -> None:
    assert "shape-clash" in codes(f"Let $x = (x_1, x_2) = (3, 5, 7)$. {LOSS} {BY_X}")
    assert solve(f"Let $x = (x_1, x_2) = (3, 5, 7)$. {LOSS} {BY_X}").answers == ()


def test_a_chain_beside_a_formula_is_a_claim() -> None:
    """relu(W x) = (0, 3) is what the text says in the first case; in the second it is not."""
    text = "Let $h = \\mathrm{relu}(W x)$ with $W = [[1, -2], [1, 2]]$, $x = (1, 1)$. Compute $h$. It is $h = (h_1, h_2) = "
    assert codes(text + "(0, 3)$.") == []
    assert codes(text + "(0, 4)$.") == ["sides-differ"]
    assert found(text + "(0, 4)$.")["h"] == [0.0, 3.0]


def test_a_name_with_the_index_0_is_no_entry() -> None:
    """y = 0.5 + 1 * 3 + 2 * 5."""
    text = "Let $y = w_0 + w^\\top x$ with $w_0 = 0.5$, $w = (1, 2)$ and $x = (3, 5)$. Compute $y$ and $\\frac{dy}{dw}$."
    assert list(found(text).values()) in ([13.5, [3.0, 5.0]], [[3.0, 5.0], 13.5])


@pytest.mark.parametrize("entry", ["x_2 = 4", "x_3 = 4"])
def test_an_entry_with_another_number_is_a_contradiction(entry: str) -> None:
    assert "two-values" in codes(f"{LOSS} Let $x = (3, 5)$ and ${entry}$. {BY_X}")


def test_entries_of_a_matrix_given_one_by_one() -> None:
    """a = W x = (5, 11), L = 5 + 121, and dL/dw_21 = 2 * 11 * 1."""
    text = (
        r"Let $a_j = \sum_{i=1}^{2} w_{ji} x_i$ and $L = a_1 + a_2^2$ with $x_1 = 1$, $x_2 = 2$, $w_{11} = 1$, $w_{12} = 2$, "
    )
    asked = r"Compute $L$ and $\frac{\partial L}{\partial w_{21}}$."
    assert sorted(map(str, found(rf"{text} $w_{{21}} = 3$ and $w_{{22}} = 4$. {asked}").values())) == ["126.0", "22.0"]
    assert "partial-entries" in codes(rf"{text} and $w_{{22}} = 4$. {asked}")


@pytest.mark.parametrize(
    "text",
    [
        rf"{LOSS} Compute $\frac{{\partial L}}{{\partial x}}$.",
        rf"{LOSS} Let $x \in \mathbb{{R}}^3$ with $x_1 = 1$. Compute $\frac{{\partial L}}{{\partial x}}$.",
        r"Let $x = W u$, $x_1 = 3$, $W = [[1, 2], [3, 4]]$, $u = (1, 1)$ and $L = x_1^2 + \|x\|^2$. Compute $\frac{dL}{du}$.",
        r"Let $x \in \mathbb{R}^2$, $x_1 = t$ and $L = x_1 + \|x\|^2$. Compute $\frac{dL}{dt}$.",
        r"Let $W = [[1, 2], [3, 4]]$ and $L = w_{12}^2 + \|W\|_F^2$. Compute $\frac{\partial L}{\partial W}$.",
    ],
)
def test_what_may_be_an_entry_or_a_name_of_its_own_is_refused(text: str) -> None:
    problem = solve(text)
    assert [each.code for each in problem.diagnostics if each.severity == "error"] == ["entry-or-name"]
    assert problem.answers == ()


def test_a_name_that_is_declared_a_number_is_no_entry() -> None:
    """The b_2 of the second layer beside the vector b of the first one: y = v^T (x + b) + b_2, and dy/db = v."""
    text = r"Let $y = v^\top (x + b) + b_2$ with $v = (2, 3)$, $x \in \mathbb{R}^2$. Compute $\frac{\partial y}{\partial b}$."
    assert "entry-or-name" in codes(text)
    assert found(rf"Let $b_2 \in \mathbb{{R}}$. {text}") == {r"\frac{\partial y}{\partial b}": [2.0, 3.0]}


@pytest.mark.parametrize("size", ["y = (y_1, y_2)", r"y = (y_1, y_2)^\top", r"y = \begin{pmatrix} y_1 \\ y_2 \end{pmatrix}"])
@pytest.mark.parametrize("how", ["y_i = x_i^2", r"y = x \odot x"])
def test_a_list_of_entries_says_the_size_of_what_is_computed(size: str, how: str) -> None:
    """L = x_1^2 x_2^2 with x = (2, 1): the gradient is (2 x_1 x_2^2, 2 x_1^2 x_2)."""
    text = rf"Let $x = (2, 1)$ and ${size}$ with ${how}$. Let $L = y_1 y_2$. Compute $L$ and $\nabla_x L$."
    assert list(found(text).values()) == [[4.0, 8.0], 4.0]


def test_a_list_of_another_size_is_an_error() -> None:
    text = r"Let $h = (h_1, h_2)$ and $h = W x$ with $W = [[1, 2], [3, 4], [5, 6]]$, $x = (1, 1)$. Compute $h$."
    assert codes(text)
    assert found(text).get("h") is None


def test_the_steps_of_a_recurrence_stay_names() -> None:
    text = "Let $h = (h_1, h_2)$, $h_t = 2 h_{t-1} + 1$ for $t = 1, 2$ with $h_0 = 1$, and $L = h_1 + h_2$. Compute $L$."
    assert found(text) == {"L": 3.0 + 7.0}
