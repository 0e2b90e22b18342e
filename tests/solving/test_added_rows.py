r"""Where a vector beside a matrix goes: a row to every row, else where the text says. Values by hand, of square matrices."""

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.source import Source

X = r"$X = \begin{bmatrix} 1 & 0 \\ 2 & 1 \end{bmatrix}$"
W = r"$W = \begin{bmatrix} 1 & 2 \\ 0 & 1 \end{bmatrix}$"
X_W = [[1.0, 2.0], [2.0, 5.0]]
W_X = [[5.0, 2.0], [2.0, 1.0]]


def value(text: str, symbol: str = "H") -> object:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    (found,) = (answer.value for answer in problem.answers if answer.symbol.latex == symbol)
    return found


def rows(product: list[list[float]]) -> list[list[float]]:
    return [[row[0] + 10, row[1] + 20] for row in product]


def columns(product: list[list[float]]) -> list[list[float]]:
    return [[entry + added for entry in row] for row, added in zip(product, (10, 20), strict=True)]


ROWS = [
    r"$b = \begin{bmatrix} 10 & 20 \end{bmatrix}$",
    r"$b = \begin{bmatrix} 10 \\ 20 \end{bmatrix}^\top$",
    r"$b \in \mathbb{R}^{1 \times 2}$, $b = (10, 20)$",
    "$b = (10, 20)$, where $b$ is added to each row",
    "$b = (10, 20)$. The bias is added to every row",
    "$b = (10, 20)$. We add $b$ to all of the rows",
]


@pytest.mark.parametrize("given", ROWS)
def test_a_row_is_added_to_every_row(given: str) -> None:
    assert value(f"Let $H = X W + b$ with {X}, {W} and {given}. Compute $H$.") == rows(X_W)
    assert value(f"Let $H = W X + b$ with {X}, {W} and {given}. Compute $H$.") == rows(W_X)


@pytest.mark.parametrize("given", ROWS[3:])
def test_a_row_is_added_to_every_row_in_a_request_too(given: str) -> None:
    assert value(f"Let {X}, {W} and {given}. Compute $W X + b$.", "W X + b") == rows(W_X)


@pytest.mark.parametrize("given", ["$b = (10, 20)$, which is added to each column", "$b = (10, 20)$. Add $b$ to every column"])
def test_a_vector_is_added_to_every_column_where_the_text_says_so(given: str) -> None:
    assert value(f"Let $H = X W + b$ with {X}, {W} and {given}. Compute $H$.") == columns(X_W)


def test_what_nothing_says_of_a_vector_follows_the_product() -> None:
    assert value(f"Let $H = X W + b$ with {X}, {W} and $b = (10, 20)$. Compute $H$.") == rows(X_W)
    assert value(f"Let $H = W X + b$ with {X}, {W} and $b = (10, 20)$. Compute $H$.") == columns(W_X)
    assert value(f"Let $H = W X + b$ with {X}, {W} and $b = [10, 20]^T$. Compute $H$.") == columns(W_X)


def test_words_that_do_not_fit_the_sizes_are_not_passed_over() -> None:
    text = (
        r"Let $H = X W + b$ with $X \in \mathbb{R}^{3 \times 2}$, $b = (10, 20)$, " + f"{W}. " + "$b$ is added to each column."
    )
    (problem,) = solve_sheet(Source("sheet.md", text + " Compute $H$.")).problems
    assert "shape-clash" in {each.code for each in problem.diagnostics if each.severity == "error"}
    assert all(answer.value is None for answer in problem.answers)


@pytest.mark.parametrize("said", ["If $b$ is added to each column, what changes?", "$b$ is not added to each column."])
def test_a_condition_or_a_negation_says_nothing(said: str) -> None:
    text = f"Let $H = X W + b$ with {X}, {W} and $b = (10, 20)$. {said}\n\nCompute $H$."
    assert value(text) == rows(X_W)


def test_one_row_of_one_column_is_a_number_beside_what_it_is_added_to() -> None:
    """X w = (1, 4); dL/db of the sum of squares is 2 (1.5 + 4.5)."""
    given = rf"$b \in \mathbb{{R}}^{{1 \times 1}}$, $b = 0.5$, {X}"
    text = (
        rf"Let $H = X w + b$ with {given}, $w = (1, 2)$ and $L = \|H\|^2$. Compute $H$ and $\frac{{\partial L}}{{\partial b}}$."
    )
    assert value(text) == [1.5, 4.5]
    assert value(text, r"\frac{\partial L}{\partial b}") == 12.0
    assert value(f"Let $H = X W + b$ with {given} and {W}. Compute $H$.") == [[1.5, 2.5], [2.5, 5.5]]
