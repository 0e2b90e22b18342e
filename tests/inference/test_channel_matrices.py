r"""Matrices that are said to be `P(Y \mid X)` or joint, by heads, entries and words; values by hand-written sums."""

from collections.abc import Sequence
from math import isclose, log2

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.source import Source

Rows = Sequence[Sequence[float]]
INPUTS = (0.5, 0.25, 0.25)
CHANNEL = ((0.9, 0.1), (0.5, 0.5), (0.2, 0.8))
ROWS = r"\begin{pmatrix} 0.9 & 0.1 \\ 0.5 & 0.5 \\ 0.2 & 0.8 \end{pmatrix}"
COLUMNS = r"\begin{pmatrix} 0.9 & 0.5 & 0.2 \\ 0.1 & 0.5 & 0.8 \end{pmatrix}"
CYCLE = r"\begin{pmatrix} 0.5 & 0.3 & 0.2 \\ 0.2 & 0.5 & 0.3 \\ 0.3 & 0.2 & 0.5 \end{pmatrix}"
CYCLE_ROWS = ((0.5, 0.3, 0.2), (0.2, 0.5, 0.3), (0.3, 0.2, 0.5))


def entropy(probabilities: Sequence[float]) -> float:
    return -sum(p * log2(p) for p in probabilities if p)


def of_channel(inputs: Sequence[float], rows: Rows) -> tuple[float, float]:
    """H(Y) and H(Y | X) in bits."""
    outputs = [sum(p * row[k] for p, row in zip(inputs, rows, strict=True)) for k in range(len(rows[0]))]
    return entropy(outputs), sum(p * entropy(row) for p, row in zip(inputs, rows, strict=True))


def solved(text: str) -> tuple[list[float], list[str]]:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    values = [float(each.value) for each in problem.answers if isinstance(each.value, float)]
    return values, [each.code for each in problem.diagnostics if each.severity == "error"]


ASKS = r" The input has $P(X) = (0.5, 0.25, 0.25)$. Compute $H(Y)$ and $H(Y \mid X)$ in bits."


@pytest.mark.parametrize(
    "given",
    [
        rf"$P(Y \mid X) = {ROWS}$.",
        rf"$P(Y \mid X) = {COLUMNS}$.",
        rf"$W = P(Y \mid X) = {ROWS}$.",
        rf"$P(Y \mid X) = W$ with $W = {ROWS}$.",
        rf"The channel matrix is $W = {ROWS}$, where $W_{{xy}} = P(y \mid x)$.",
        rf"Let $A = {COLUMNS}$ with $A_{{ij}} = P(Y = i \mid X = j)$.",
        rf"Let $A = {COLUMNS}$ with $A_{{ij}} = P(Y = i \mid X = j)$: its columns are the values of $X$.",
        rf"$P(Y \mid X) = {ROWS}$, and the rows are the values of $X$.",
    ],
)
def test_a_channel_matrix_in_each_way_of_writing_it(given: str) -> None:
    values, errors = solved(given + ASKS)
    assert errors == []
    assert values == pytest.approx(of_channel(INPUTS, CHANNEL), rel=1e-12)


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("where the rows belong to $X$", CYCLE_ROWS),
        ("where the columns are the values of $X$", tuple(zip(*CYCLE_ROWS, strict=True))),
    ],
)
def test_words_tell_the_inputs_where_rows_and_columns_sum_to_one(words: str, rows: Rows) -> None:
    values, errors = solved(rf"$P(Y \mid X) = {CYCLE}$, {words}." + ASKS)
    assert errors == []
    assert values == pytest.approx(of_channel(INPUTS, rows), rel=1e-12)


@pytest.mark.parametrize(
    ("matrix", "words", "code"),
    [
        (CYCLE, "", "axes-not-clear"),
        (ROWS, ", where the columns are the values of $X$", "axes-not-clear"),
        (r"\begin{pmatrix} 0.9 & 0.2 \\ 0.2 & 0.8 \end{pmatrix}", "", "not-normalised"),
    ],
)
def test_what_is_no_channel_is_refused(matrix: str, words: str, code: str) -> None:
    values, errors = solved(rf"$P(Y \mid X) = {matrix}${words}." + ASKS)
    assert (values, errors[0]) == ([], code)


def test_letters_in_a_channel() -> None:
    text = r"$P(Y \mid X) = \begin{pmatrix} 1 - f & f \\ f & 1 - f \end{pmatrix}$, $f = 0.2$, $P(X) = (0.7, 0.3)$."
    values, errors = solved(text + " Compute $H(Y)$ in bits.")
    assert errors == []
    assert values == pytest.approx([entropy((0.62, 0.38))], rel=1e-12)


@pytest.mark.parametrize(
    "said",
    ["$A_{ij} = P(X = j, Y = i)$.", "$A_{ij} = P(X = j, Y = i)$; its rows are the values of $Y$."],
)
def test_the_entries_of_a_joint_matrix_say_which_variable_runs_down(said: str) -> None:
    matrix = r"\begin{pmatrix} 0.1 & 0.2 & 0.3 \\ 0.2 & 0.1 & 0.1 \end{pmatrix}"
    values, errors = solved(rf"$A = {matrix}$ with {said} Compute $H(X)$ and $H(Y)$ in bits.")
    assert errors == []
    assert values == pytest.approx([entropy((0.3, 0.3, 0.4)), entropy((0.6, 0.4))], rel=1e-12)


@pytest.mark.parametrize(
    "given",
    [
        r"$P(Y = 0 | X = 0) = 0.8$, $P(Y = 1 | X = 0) = 0.3$, $P(Y = 0 | X = 1) = 0.1$, $P(Y = 1 | X = 1) = 0.8$.",
        r"$P(Y \mid X) = \{(0, 0): 0.8, (1, 0): 0.3, (0, 1): 0.1, (1, 1): 0.8\}$.",
        "\n\n| $P(Y \\mid X)$ | $Y = 0$ | $Y = 1$ |\n|---|---|---|\n| $X = 0$ | 0.8 | 0.3 |\n| $X = 1$ | 0.1 | 0.8 |\n\n",
    ],
)
def test_conditional_probabilities_sum_to_one_under_each_condition(given: str) -> None:
    """Weighted with 1/2 each these sum to 1, so that only each condition by itself tells the mistake."""
    text = r"$P(X) = \{0: 0.5, 1: 0.5\}$. " + given + " Compute $H(Y)$."
    values, errors = solved(text)
    assert (values, errors[0]) == ([], "not-normalised")
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    assert "under X = 0 sum to 1.1" in next(each.message for each in problem.diagnostics if each.code == "not-normalised")


MEDICAL = r"""
$$
\begin{array}{c|cc}
P(T \mid D) & D = ill & D = well \\ \hline
T = pos & 0.95 & 0.08 \\
T = neg & 0.05 & 0.92
\end{array}
$$
"""


@pytest.mark.parametrize("prior", ["$P(D = ill) = 0.01$, $P(D = well) = 0.99$.", "$P(D = ill) = 0.01$."])
def test_an_array_under_a_condition_with_its_prior(prior: str) -> None:
    values, errors = solved(prior + MEDICAL + r"Compute $H(T)$, $H(T \mid D)$ and $I(D; T)$ in bits.")
    marginal, given = of_channel((0.01, 0.99), ((0.95, 0.05), (0.08, 0.92)))
    assert errors == []
    assert values == pytest.approx([marginal, given, marginal - given], rel=1e-9)


@pytest.mark.parametrize(
    "prior", ["$P(x = 0) = 0.9$, $P(x = 1) = 0.1$.", r"$P_X = \{p_0 = 0.9, p_1 = 0.1\}$.", "$P(X = 0) = 0.9$."]
)
def test_a_table_under_a_condition_with_its_prior(prior: str) -> None:
    table = "\n\n| $P(y \\mid x)$ | y = 0 | y = 1 |\n|---|---|---|\n| x = 0 | 0.85 | 0.15 |\n| x = 1 | 0.15 | 0.85 |\n\n"
    values, errors = solved(prior + table + "Compute $H(Y)$ in bits.")
    assert errors == []
    assert isclose(values[0], entropy((0.78, 0.22)), rel_tol=1e-12)


def test_a_table_under_a_condition_is_not_shown_as_a_joint_one() -> None:
    (problem,) = solve_sheet(Source("sheet.md", rf"$P(Y \mid X) = {ROWS}$." + ASKS)).problems
    assert problem.tables == ()
