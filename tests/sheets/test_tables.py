"""Tables of a sheet: each case is a table, then what it says, statement by statement, in plain text."""

import pytest

from chainrule.errors import Diagnostic
from chainrule.sheets import read_sheet
from chainrule.sheets.tables import ReadTable, read_table
from chainrule.source import Source
from chainrule.syntax.tree import Bracket, Relation, Tree, walk
from chainrule.typesetting import plain


def tables(text: str) -> list[ReadTable]:
    (problem,) = read_sheet(Source("sheet.md", text)).problems
    return [read_table(grid) for grid in problem.grids]


def table(text: str) -> ReadTable:
    (found,) = tables(text)
    return found


def says(text: str) -> list[str]:
    return [plain(statement) for statement in table(text).statements]


def codes(text: str) -> list[str]:
    return [each.code for each in table(text).diagnostics]


COLUMNS = """
| outcome | P | Q |
|---------|---|---|
| A       | 0.6 | 0.4 |
| B       | 0.4 | 0.6 |
"""
ROWS = """
| $x$ | 0 | 1 | 2 |
|:-:|:-:|:-:|:-:|
| $P(x)$ | 0.2 | 0.5 | 0.3 |
| $Q(X = x)$ | 1/3 | $\\frac{1}{3}$ | 1/3 |
"""
WORDS = """
| Weather | True distribution P | Estimated distribution $Q$ |
|:--------|--------------------:|---------------------------:|
| sunny | 70% | 0.5 |
| "light rain" | 30 % | 0.25 |
| **snow** | 0 | $0.25$ |
"""
LETTERS = """
| | A | B | C |
|---|---|---|---|
| P | 0.6 | 0.3 | 0.1 |
| Q | 0.4 | 0.7 | 0 |
"""
INDICES = """
| i | $p_i$ | $q_i$ | $p_i \\log p_i$ |
|---|---|---|---|
| 1 | 0.5 | 0.25 | |
| 2 | 0.5 | 0.75 | |
"""
SYMBOLS = """
| x | 0 | 1 |
|---|---|---|
| $P(x)$ | $1 - p$ | $p$ |
"""
ONE_HOT = """
| Class | True label (y) | Prediction ($\\hat{y}$) |
|---|---|---|
| cat | 1 | 0.7 |
| dog | 0 | 0.3 |
"""
UNLABELLED = """
| P | Q |
|---|---|
| 0.5 | 0.25 |
| 0.5 | 0.75 |
"""
PAIRS = """
| x | y | P(x,y) |
|---|---|---|
| 0 | 0 | 1/2 |
| 0 | 1 | 1/4 |
| 1 | 1 | 1/4 |
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (COLUMNS, ["P = {A: 0.6, B: 0.4}", "Q = {A: 0.4, B: 0.6}"]),
        (ROWS, ["P(X) = {0: 0.2, 1: 0.5, 2: 0.3}", "Q(X) = {0: 1/3, 1: 1/3, 2: 1/3}"]),
        (
            WORDS,
            [
                r"P = {sunny: 70%, \text{light rain}: 30%, snow: 0}",
                r"Q = {sunny: 0.5, \text{light rain}: 0.25, snow: 0.25}",
            ],
        ),
        (LETTERS, ["P = {A: 0.6, B: 0.3, C: 0.1}", "Q = {A: 0.4, B: 0.7, C: 0}"]),
        (INDICES, ["p = {1: 0.5, 2: 0.5}", "q = {1: 0.25, 2: 0.75}"]),
        (SYMBOLS, ["P(X) = {0: 1 - p, 1: p}"]),
        (ONE_HOT, ["y = {cat: 1, dog: 0}", "y_hat = {cat: 0.7, dog: 0.3}"]),
        (UNLABELLED, ["P = (0.5, 0.5)", "Q = (0.25, 0.75)"]),
        (PAIRS, ["P(X, Y) = {(0, 0): 1/2, (0, 1): 1/4, (1, 1): 1/4}"]),
    ],
    ids=["columns", "rows", "words", "letters", "indices", "symbols", "one-hot", "unlabelled", "pairs"],
)
def test_distributions(text: str, expected: list[str]) -> None:
    assert says(text) == expected


JOINT = ["p(X, Y) = {(0, 0): 1/8, (0, 1): 1/8, (1, 0): 1/4, (1, 1): 1/2}"]
BODY = """
|---|---|---|---|
| 0 | 1/8 | 1/8 | 1/4 |
| 1 | 1/4 | 1/2 | 3/4 |
| **Total** | 3/8 | 5/8 | 1 |
"""


@pytest.mark.parametrize(
    "corner",
    [
        "$X \\backslash Y$",
        "X \\ Y",
        "X\\\\Y",
        "X/Y",
        "$X / Y$",
        "$x \\backslash y$",
        "$X$ \\ $Y$",
        "$X$ / $Y$",
        "$p(x, y)$",
        "p(x,y)",
        " ",
    ],
)
def test_a_joint_table_with_its_sums(corner: str) -> None:
    text = f"| {corner} | 0 | 1 | Total |{BODY}"
    assert says(text) == JOINT
    named = "p(" in corner
    told = "/" in corner or "\\" in corner
    assert set(codes(text)) == {code for code, holds in (("table-named", not named), ("variables-by-place", not told)) if holds}


def test_a_joint_table_whose_labels_name_the_variables() -> None:
    text = """
|  | $Y = 0$ | $Y = 1$ | $P(X)$ |
|---|---|---|---|
| $X = 0$ | 0.1 | 0.2 | 0.3 |
| $X = 1$ | 0.3 | 0.4 | 0.7 |
| $P(Y)$ | 0.4 | 0.6 | 1 |
"""
    assert says(text) == ["P(X, Y) = {(0, 0): 0.1, (0, 1): 0.2, (1, 0): 0.3, (1, 1): 0.4}"]
    assert codes(text) == []


def test_the_rows_of_a_conditional_table_sum_to_1() -> None:
    text = """
| $p(y \\mid x)$ | 0 | 1 |
|---|---|---|
| 0 | 0.9 | 0.1 |
| 2 | 0 | 1 |
"""
    assert says(text) == ["p(Y | X) = {(0, 0): 0.9, (1, 0): 0.1, (0, 2): 0, (1, 2): 1}"]


def test_counts_are_divided_by_their_sum_which_is_said() -> None:
    text = "| X/Y | rain | sun |\n|---|---|---|\n| hot | 10 | 30 |\n| cold | 40 | 20 |\n"
    assert says(text) == ["p(X, Y) = {(hot, rain): 1/10, (hot, sun): 3/10, (cold, rain): 2/5, (cold, sun): 1/5}"]
    assert codes(text) == ["table-named", "counts-normalised"]
    listed = "| face | count |\n|---|---|\n| 1 | 3 |\n| 2 | 1 |\n| Total | 4 |\n"
    assert says(listed) == ["P = {1: 3/4, 2: 1/4}"]


def test_whole_numbers_that_are_called_probabilities_are_no_counts() -> None:
    assert says("| x | P(x) |\n|---|---|\n| 0 | 3 |\n| 1 | 1 |\n") == ["P(X) = {0: 3, 1: 1}"]


def test_a_sum_that_is_none_is_an_error_at_its_cell() -> None:
    text = "| $X \\backslash Y$ | 0 | 1 | Total |" + BODY.replace("3/4", "2/3")
    fault = _error(text)
    assert (fault.code, fault.span and (fault.span.text, fault.span.line, fault.span.column)) == (
        "margin-mismatch",
        ("2/3", 4, 19),
    )
    assert fault.message == "the sum of the row of 1 is 0.75, but the table says 0.666667"
    assert says(text) == JOINT


def test_a_sum_of_rounded_numbers_is_a_note() -> None:
    text = "| x | P(x) |\n|---|---|\n| a | 0.333 |\n| b | 0.333 |\n| c | 0.333 |\n| Sum | 1.00 |\n"
    assert codes(text) == ["margin-rounded"]
    assert says(text) == ["P(X) = {a: 0.333, b: 0.333, c: 0.333}"]


def _error(text: str) -> Diagnostic:
    (fault,) = [each for each in table(text).diagnostics if each.severity == "error"]
    return fault


def test_an_empty_cell_is_probability_0_and_said() -> None:
    text = "| x | P(x) | Q(x) |\n|---|---|---|\n| a | 1 | 0.5 |\n| b |  | 0.25\n| c | - | 0.25 |\n"
    assert says(text) == ["P(X) = {a: 1, b: 0, c: 0}", "Q(X) = {a: 0.5, b: 0.25, c: 0.25}"]
    assert [each.message for each in table(text).diagnostics] == [
        "P(X) gives no probability to b: it is 0 there",
        "P(X) gives no probability to c: it is 0 there",
    ]


def test_words_alone_are_called_p_and_q() -> None:
    text = "| Outcome | Probability |\n|---|---|\n| heads | 0.9 |\n| tails | 0.1 |\n"
    assert says(text) == ["P = {heads: 0.9, tails: 0.1}"]
    (note,) = table(text).diagnostics
    assert (note.severity, note.code, note.message) == (
        "note",
        "table-named",
        "the distribution under “Probability” is called P here",
    )
    two = "| Outcome | True probability | Model probability |\n|---|---|---|\n| heads | 0.9 | 0.5 |\n| tails | 0.1 | 0.5 |\n"
    assert says(two) == ["P = {heads: 0.9, tails: 0.1}", "Q = {heads: 0.5, tails: 0.5}"]


def test_the_words_above_a_table_name_it() -> None:
    rows = "| x | probability |\n|---|---|\n| a | 0.9 |\n| b | 0.1 |\n"
    found = tables(f"The true distribution $P$:\n\n{rows}\nAnd the model Q:\n\n{rows}\n")
    assert [plain(statement) for each in found for statement in each.statements] == [
        "P(X) = {a: 0.9, b: 0.1}",
        "Q(X) = {a: 0.9, b: 0.1}",
    ]
    assert [each.diagnostics for each in found] == [(), ()]


@pytest.mark.parametrize(
    ("text", "expected", "notes"),
    [
        ("| $w_1$ | $w_2$ | b |\n|---|---|---|\n| 0.5 | -1 | 1e-3 |\n", ["w_1 = 0.5", "w_2 = -1", "b = 1e-3"], []),
        ("| $w$ |\n|---|\n| 3 |\n", ["w = 3"], []),
        (
            "| symbol | value | note |\n|---|---|---|\n| $w$ | 0.3 | weight |\n| $v$ | $[1, 2]$ | |\n| rate | 0.1 | |\n",
            ["w = 0.3", "v = [1, 2]"],
            ["row-not-read"],
        ),
        ("| Symbol | Value |\n|---|---|\n| p | 0.4 |\n| q | 0.6 |\n", ["p = 0.4", "q = 0.6"], []),
        ("| $P(X=0)$ | $P(X=1)$ |\n|---|---|\n| 0.3 | 0.7 |\n", ["P(X = 0) = 0.3", "P(X = 1) = 0.7"], []),
    ],
)
def test_values(text: str, expected: list[str], notes: list[str]) -> None:
    assert says(text) == expected
    assert codes(text) == notes


@pytest.mark.parametrize(
    "text",
    [
        "| Model | Accuracy |\n|---|---|\n| A | 0.9 |\n| B | 0.8 |\n",
        "| x | y | z |\n|---|---|---|\n| 1 | 2 | 3 |\n| 4 | 5 | 6 |\n",
        "| epoch | loss |\n|---|---|\n| 1 | 0.75 |\n| 2 | 0.25 |\n| 3 | |\n",
        "| x | P(x) |\n|---|---|\n| 0 | half |\n| 1 | 1/2 |\n",
    ],
)
def test_a_table_with_numbers_that_says_nothing_is_noted(text: str) -> None:
    found = table(text)
    assert (found.understood, found.statements) == (False, ())
    assert [(each.severity, each.code) for each in found.diagnostics] == [("note", "table-not-read")]


def test_a_table_of_words_is_no_loss() -> None:
    assert table("| name | meaning |\n|---|---|\n| w | the weight |\n").diagnostics == ()


@pytest.mark.parametrize(
    "words", ["Find $H(Y)$ and $P(X = 0)$.", "The joint distribution of P(X, Y) is:", "Let $(X, Y) \\sim P$."]
)
def test_the_problem_names_a_joint_table(words: str) -> None:
    found = table(f"{words}\n\n| $X / Y$ | a | b |\n|---|---|---|\n| 0 | 0.1 | 0.2 |\n| 1 | 0.3 | 0.4 |\n")
    assert [plain(each) for each in found.statements] == ["P(X, Y) = {(0, a): 0.1, (0, b): 0.2, (1, a): 0.3, (1, b): 0.4}"]
    assert found.diagnostics == ()


def test_tables_that_follow_each_other_are_two() -> None:
    rows = "| a | P |\n|---|---|\n| 1 | 0.5 |\n| 2 | 0.5 |\n"
    found = tables(f"{rows}\n{rows.replace('P', 'Q')}")
    assert [plain(statement) for each in found for statement in each.statements] == [
        "P = {1: 0.5, 2: 0.5}",
        "Q = {1: 0.5, 2: 0.5}",
    ]


@pytest.mark.parametrize("frame", ["{}", "$${}$$"])
def test_a_tabular_of_latex(frame: str) -> None:
    text = (
        "\\begin{tabular}{c|cc}\n\\hline\n$x$ & heads & \\textbf{tails} \\\\ \\hline\n$P(x)$ & 0.9 & 10\\% \\\\\n\\end{tabular}"
    )
    assert says("Given is\n\n" + frame.format(text) + "\n") == ["P(X) = {heads: 0.9, tails: 10%}"]


def _leaves(tree: Tree) -> list[Tree]:
    return [part for part in walk(tree) if isinstance(part, Relation) and part.operators == (":",)]


@pytest.mark.parametrize("text", [COLUMNS, ROWS, WORDS, LETTERS, PAIRS])
def test_every_cell_has_its_place(text: str) -> None:
    for statement in table(text).statements:
        assert isinstance(statement, Relation)
        assert isinstance(statement.sides[1], Bracket)
        for pair in _leaves(statement):
            label, value = (side.span for side in pair.sides)
            assert value is not None
            line = value.source.line_text(value.line)
            assert line[value.column - 1 :].startswith(value.text)
            if label is not None:
                assert label.text in text
                assert value.line == label.line or text in (ROWS, LETTERS)


def test_hostile_tables_are_read_in_time() -> None:
    wide = "|" + " P |" * 500 + "\n|" + "---|" * 500 + "\n" + ("|" + " 0.5 |" * 500 + "\n") * 3
    tables(wide)
    tables("\\begin{tabular}" * 2000)
    tables("| a |\n|---|\n" + "| $ |\n" * 2000)


PAIRS = """
| | 0 | 1 |
|---|---|---|
| 0 | 0.1 | 0.2 |
| 1 | 0.3 | 0.4 |
"""
LETTERED = """
| | $x_1$ | $x_2$ |
|---|---|---|
| $y_1$ | 0.1 | 0.2 |
| $y_2$ | 0.3 | 0.4 |
"""
TOLD = """
| | $X = 0$ | $X = 1$ |
|---|---|---|
| $Y = 0$ | 0.1 | 0.2 |
| $Y = 1$ | 0.3 | 0.4 |
"""
COLUMNS_FIRST = "(0, 0): 0.1, (1, 0): 0.2, (0, 1): 0.3, (1, 1): 0.4"
ROWS_FIRST = "(0, 0): 0.1, (0, 1): 0.2, (1, 0): 0.3, (1, 1): 0.4"


def test_letters_of_labels_say_which_variable_runs_across() -> None:
    (read,) = tables("$p(X,Y)$ is\n" + LETTERED)
    (statement,) = read.statements
    assert plain(statement) == "p(X, Y) = {(x_1, y_1): 0.1, (x_2, y_1): 0.2, (x_1, y_2): 0.3, (x_2, y_2): 0.4}"
    assert read.diagnostics == ()


@pytest.mark.parametrize(
    "words",
    [
        "$p(X, Y)$, with $X$ across the top, is",
        "$p(X, Y)$ of size $X$ (columns) and colour $Y$ (rows):",
        "$p(X, Y)$, where the rows are the values of $Y$, is",
        "$p(X, Y)$. Columns: $X$, rows: $Y$.",
        "$p(X, Y)$ with $Y$ down the side.",
        "$p(X, Y)$ with the columns ($X$) and the rows ($Y$).",
    ],
)
def test_words_say_which_variable_runs_across(words: str) -> None:
    (read,) = tables(words + "\n" + PAIRS)
    assert [plain(each) for each in read.statements] == [f"p(X, Y) = {{{COLUMNS_FIRST}}}"]
    assert read.diagnostics == ()


@pytest.mark.parametrize(
    "words", ["$p(X, Y)$ is", "$p(X, Y)$ is. Each row has two cells.", "$p(X, Y)$. Sum the columns for $H(X)$."]
)
def test_rows_are_the_first_variable_where_nothing_speaks(words: str) -> None:
    (read,) = tables(words + "\n" + PAIRS)
    assert [plain(each) for each in read.statements] == [f"p(X, Y) = {{{ROWS_FIRST}}}"]
    assert [each.code for each in read.diagnostics] == ["variables-by-place"]


@pytest.mark.parametrize(
    ("words", "below"),
    [
        ("$p(X, Y)$ with $Y$ across the top.", TOLD),
        ("$p(X, Y)$ with $X$ across the top. The columns are $Y$.", PAIRS),
        ("$p(X, Y)$: the rows and columns are $X$ and $Y$ in some order.", PAIRS),
        ("$p(X, Y)$: each row is the distribution of $Y$.", PAIRS),
    ],
)
def test_axes_that_are_not_clear_are_refused(words: str, below: str) -> None:
    (read,) = tables(words + "\n" + below)
    assert (read.understood, read.statements) == (True, ())
    assert [(each.severity, each.code) for each in read.diagnostics] == [("error", "axes-not-clear")]
