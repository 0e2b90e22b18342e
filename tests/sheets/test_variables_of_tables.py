"""Tables and matrices whose variables the words beside them name, and values that stand in a row; values by hand."""

from math import log, log2

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.source import Source

CELLS = ((0.1, 0.3), (0.2, 0.4))


def entropy(values: list[float]) -> float:
    return -sum(p * log2(p) for p in values if p)


ROWS, COLUMNS, WHOLE = entropy([0.4, 0.6]), entropy([0.3, 0.7]), entropy([0.1, 0.3, 0.2, 0.4])


def solved(text: str) -> tuple[list[float], list[str], list[str]]:
    """The values, the codes of the errors, and those of the notes."""
    (problem,) = solve_sheet(Source("sheet.md", f"# Problem 1\n{text}\n")).problems
    values = [float(each.value) for each in problem.answers if isinstance(each.value, float)]
    codes = {severity: [d.code for d in problem.diagnostics if d.severity == severity] for severity in ("error", "note")}
    return values, codes["error"], codes["note"]


@pytest.mark.parametrize(
    "words",
    [
        "The joint probabilities of the soil $G$ (rows) and the crop $B$ (columns):",
        "The rows are the values of $G$, the columns those of $B$.",
        "The columns belong to the crop $B$ and the rows to the soil $G$.",
    ],
)
def test_a_table_with_an_empty_corner(words: str) -> None:
    table = "|  | low | high |\n|---|---|---|\n| sand | 0.1 | 0.3 |\n| clay | 0.2 | 0.4 |"
    asks = r"Compute $H(G)$ in bits, $H(B \mid G)$ in bits, $I(G; B)$ in bits and $H[B \mid G = \text{sand}]$ in bits."
    values, errors, notes = solved(f"{words}\n\n{table}\n\n{asks}")
    assert errors == []
    assert values == pytest.approx([ROWS, WHOLE - ROWS, ROWS + COLUMNS - WHOLE, entropy([0.25, 0.75])], rel=1e-12)
    assert "variables-by-place" not in notes


MATRIX = r"$$\begin{pmatrix} 0.1 & 0.3 \\ 0.2 & 0.4 \end{pmatrix}$$"


@pytest.mark.parametrize(
    "words",
    [
        "The joint probabilities $p(x, y)$ are those of\n{},\nwhere the rows belong to $x = 0, 1$, the columns to $y = 0, 1$.",
        "The matrix\n{}\ncontains the joint probabilities of $X$ (rows) and $Y$ (columns).",
        "For $x \\in \\{{0, 1\\}}$ and $y \\in \\{{0, 1\\}}$ the probabilities $p(x, y)$ are\n{}",
    ],
)
def test_a_matrix_that_stands_alone(words: str) -> None:
    values, errors, _ = solved(words.format(MATRIX) + r" Compute $I(X; Y)$ in bits and $H(Y \mid X)$ in bits.")
    assert errors == []
    assert values == pytest.approx([ROWS + COLUMNS - WHOLE, WHOLE - ROWS], rel=1e-12)


def test_a_matrix_that_is_no_distribution_stays_one() -> None:
    text = (
        r"The weights are $$\begin{pmatrix} 1 & 3 \\ 2 & 4 \end{pmatrix}$$ for $X$ (rows) and $Y$ (columns). Compute $I(X; Y)$."
    )
    values, errors, _ = solved(text)
    assert values == []
    assert errors == ["no-joint-distribution"]


@pytest.mark.parametrize("values", [r"x \in \{0, 1\}$ and $y \in \{2, 5\}", r"x = 0, 1$ and $y = 2, 5"])
def test_values_of_the_variables_of_a_matrix(values: str) -> None:
    text = rf"$p(x, y) = \begin{{pmatrix}} 0.1 & 0.3 \\ 0.2 & 0.4 \end{{pmatrix}}$ for ${values}$. Let $Z = X \cdot Y$."
    found, errors, _ = solved(text + r" Compute $H(Z)$ in bits and $H(Y \mid X = 1)$ in bits.")
    assert errors == []
    assert found == pytest.approx([entropy([0.4, 0.2, 0.4]), entropy([1 / 3, 2 / 3])], rel=1e-12)


def test_too_many_values_for_a_matrix() -> None:
    text = (
        r"$p(x, y) = \begin{pmatrix} 0.1 & 0.3 \\ 0.2 & 0.4 \end{pmatrix}$ for $x = 0, 1, 2$ and $y = 0, 1$. Compute $I(X; Y)$."
    )
    found, errors, _ = solved(text)
    assert found == []
    assert errors[0] == "values-do-not-fit"


@pytest.mark.parametrize("support", ["x = 1, 2, 3", "x = 1,2,3", r"x \in \{1, 2, 3\}"])
def test_values_of_an_outcome_in_a_row(support: str) -> None:
    found, errors, _ = solved(f"Let $p(x) = x/6$ for ${support}$. Compute $H(p)$ in bits.")
    assert errors == []
    assert found == pytest.approx([entropy([1 / 6, 2 / 6, 3 / 6])], rel=1e-12)


def test_two_numbers_without_a_space_may_be_one() -> None:
    _, errors, _ = solved("Let $p(x) = x/3$ for $x = 1,2$. Compute $H(p)$ in bits.")
    assert errors[0] == "ambiguous-list"


@pytest.mark.parametrize("letter", ["U", "R", "m", "Q"])
@pytest.mark.parametrize("said", [r", \forall x", " for all $x$", " for every outcome $x$"])
def test_a_constant_is_a_distribution_whatever_its_letter(letter: str, said: str) -> None:
    formula = rf"${letter}(x) = \frac14{said if said[0] == ',' else ''}${'' if said[0] == ',' else said}"
    text = rf"Let $P(x) = \frac{{x}}{{10}}, \quad x \in \{{1, 2, 3, 4\}}$ and {formula}."
    found, errors, _ = solved(f"{text} Compute $H({letter})$ in nats and $D_{{KL}}(P \\| {letter})$ in nats.")
    assert errors == []
    divergence = sum(k / 10 * log(k / 10 * 4) for k in range(1, 5))
    assert found == pytest.approx([log(4), divergence], rel=1e-12)
