"""The joint distributions of a problem as tables of two dimensions. The marginals are added up by hand."""

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import Table
from chainrule.source import Source

TABLE = r"""# Problem 1
| $p(x, y)$ | $Y = 0$ | $Y = 1$ | $Y = 2$ |
|---|---|---|---|
| $X = 0$ | 1/12 | 1/6 | 1/12 |
| $X = 1$ | 1/4 | 1/4 | 1/6 |

"""


def tables(text: str) -> tuple[Table, ...]:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    return problem.tables


def texts(table: Table) -> list[list[str]]:
    rows = [table.headings, *table.rows, tuple(cell for cell in table.total if cell is not None)]
    return [[cell.text for cell in row] for row in rows]


def test_a_joint_distribution_has_its_marginals_at_its_borders() -> None:
    (found,) = tables(TABLE + "a) Compute $H(X)$ in bits.\n")
    assert texts(found) == [
        ["p(x, y)", "y = 0", "y = 1", "y = 2", "p(x)"],
        ["x = 0", "1/12", "1/6", "1/12", "1/3"],
        ["x = 1", "0.25", "0.25", "1/6", "2/3"],
        ["p(y)", "1/3", "5/12", "0.25", "1"],
    ]


def test_a_marginal_is_as_exact_as_the_table() -> None:
    (problem,) = solve_sheet(Source("sheet.md", TABLE + "a) Compute $H(X)$ and $H(Y)$ in bits.\n")).problems
    columns = [[row[1].text for row in answer.table.rows] for answer in problem.answers if answer.table is not None]
    assert columns == [["1/3", "2/3"], ["1/3", "5/12", "0.25"]]


def test_labels_that_are_words_stand_alone() -> None:
    text = r"""# Problem 1
$p(W, S) = \{(sun, yes): 0.5, (sun, no): 0.25, (rain, yes): 0, (rain, no): 0.25\}$.
Compute $H(W, S)$.
"""
    (found,) = tables(text)
    assert texts(found) == [
        ["p(w, s)", "yes", "no", "p(w)"],
        ["sun", "0.5", "0.25", "0.75"],
        ["rain", "0", "0.25", "0.25"],
        ["p(s)", "0.5", "0.5", "1"],
    ]


def test_a_distribution_of_one_variable_and_one_without_numbers_have_no_such_table() -> None:
    assert tables("# Problem 1\n$P = \\{a: 0.5, b: 0.5\\}$. Compute $H(P)$.") == ()
    assert tables("# Problem 1\n$p(X, Y) = \\{(0, 0): a, (0, 1): 1 - a\\}$. Compute $H(X, Y)$.") == ()


def test_a_large_table_is_not_shown_as_a_whole() -> None:
    cells = " | ".join(["1/9"] * 9)
    header = " | ".join(f"$Y = {k}$" for k in range(9))
    assert tables(f"# Problem 1\n| $p(x, y)$ | {header} |\n|{'---|' * 10}\n| $X = 0$ | {cells} |\n\nCompute $H(Y)$.") == ()


def test_a_distribution_given_by_a_formula_is_shown_with_its_outcomes() -> None:
    text = (
        "# Problem 1\n$X$ takes $x \\in \\{0, 1, 2\\}$ with $P(x) = \\binom{2}{x} p^x (1-p)^{2-x}$, $p = 0.4$. Compute $H(P)$."
    )
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    assert [each.unicode for each in problem.equations] == ["P = {0: (1 - p)², 1: 2 p (1 - p), 2: p²}"]


def test_a_list_that_is_no_distribution_is_a_list() -> None:
    (problem,) = solve_sheet(
        Source("sheet.md", "# Problem 1\n$w = [a, b]$ and $L = w_1^2$. Compute $L$ for $a = 1$, $b = 2$.")
    ).problems
    assert problem.equations[0].unicode == "w = [a, b]"


def headings(text: str) -> list[str]:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    (answer,) = problem.answers
    assert answer.table is not None
    return [cell.text for cell in answer.table.headings]


def test_the_column_of_probabilities_is_called_as_its_distribution() -> None:
    assert headings("# Problem 1\nCompute $H(\\mathrm{Bernoulli}(0.25))$.")[:2] == ["x", "p(x)"]
    assert headings("# Problem 1\n$X = \\{1: 0.25, 0: 0.75\\}$. Compute $H(X)$.")[:2] == ["x", "p(x)"]
    assert headings("# Problem 1\n$R = \\{1: 0.25, 0: 0.75\\}$. Compute $H(R)$.")[:2] == ["x", "R(x)"]
