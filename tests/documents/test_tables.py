"""The table of a sum on a terminal's page and in Markdown."""

import json

import jsonschema
import pytest

from chainrule.documents.json import dumps, schema
from chainrule.documents.markdown import save
from chainrule.documents.tables import MOST_ROWS, table_lines, table_markdown
from chainrule.documents.terminal import solution_lines
from chainrule.documents.wrapping import columns
from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import Formula, Solution, Table
from chainrule.source import Source


def formula(text: str) -> Formula:
    return Formula(text, text, text)


def table(rows: int, term: str = "t") -> Table:
    headings = tuple(map(formula, ("x", "P(x)", "P(x) log(P(x))", "")))
    cells = tuple(tuple(map(formula, (f"a{k}", "0.5", term, f"{k}"))) for k in range(rows))
    return Table(headings, cells, (formula("Σ"), formula("1"), None, formula("3")))


def page(shown: Table, width: int = 80, level: str = "normal") -> list[str]:
    return ["".join(text for text, _ in line) for line in table_lines(shown, "all" if level == "all" else "normal", width)]


def test_columns_are_aligned_and_the_sums_stand_below_a_rule() -> None:
    assert page(table(2)) == [
        "    x    P(x)   P(x) log(P(x))    ",
        "    " + "─" * 30,
        "    a0    0.5                t   0",
        "    a1    0.5                t   1",
        "    " + "─" * 30,
        "    Σ       1                    3",
    ]


def test_a_long_table_is_cut_and_says_so() -> None:
    lines = page(table(MOST_ROWS + 3))
    assert "    and 3 more rows, shown by --level all" in lines
    assert len(lines) == MOST_ROWS + 5
    assert len(page(table(MOST_ROWS + 3), level="all")) == MOST_ROWS + 3 + 4
    assert "and 1 more row, shown" in "\n".join(page(table(MOST_ROWS + 1)))


@pytest.mark.parametrize("width", [40, 45, 55])
def test_what_does_not_fit_becomes_a_line_for_each_row(width: int) -> None:
    lines = page(table(2, "0.25 log(0.25 / 0.125)"), width)
    assert all(columns(line) <= width for line in lines)
    assert "0.25 log(0.25 / 0.125)" in "".join(lines).replace("\n", "")


def test_a_heading_that_is_too_wide_gives_way_to_a_word() -> None:
    narrow = page(table(2), 30)
    assert narrow[0].split() == ["x", "P(x)", "term"]


def test_markdown_has_formulas_in_cells_whose_bars_divide_no_columns() -> None:
    shown = Table((formula("x"), formula("|p - q|")), ((formula("A"), formula("|0.5 - 0.1|")),), ())
    lines = table_markdown(shown, "normal").split("\n")
    assert lines[0] == "| $x$ | $\\vert p - q\\vert$ |"
    assert all(line.count("|") == 3 for line in lines)


SHEET = r"""# Problem 1
$P = \{A: 0.5, B: 0.5\}$ and $Q = \{A: 0.25, B: 0.75\}$.

a) Compute $D_{KL}(P \parallel Q)$.

b) Is the KL divergence symmetric?

# Problem 2
$P = \{A: 0.5, B: 0.5\}$ and $Q = \{A: 1, B: 0\}$. Compute $D_{KL}(P \parallel Q)$.
"""


@pytest.fixture(scope="module")
def solution() -> Solution:
    return solve_sheet(Source("sheet.md", SHEET))


def test_the_page_has_the_table_once_and_no_steps_that_repeat_it(solution: Solution) -> None:
    text = "\n".join("".join(piece for piece, _ in line) for line in solution_lines(solution, "normal", 80))
    assert text.count("0.5 log(0.5/0.25)") == 1
    assert "This is the definition." not in text
    assert "they differ, so it is" in text


@pytest.mark.parametrize("width", [40, 60, 80])
def test_no_line_is_wider_than_the_page(solution: Solution, width: int) -> None:
    for line in solution_lines(solution, "normal", width):
        text = "".join(piece for piece, _ in line)
        assert columns(text) <= width


def test_a_statement_is_a_sentence_in_markdown(solution: Solution, tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "solution.md"
    save(solution, path)
    text = path.read_text(encoding="utf-8")
    assert "they differ, so it is not symmetric" in text
    assert "| $A$ | $0.5$ | $0.25$ |" in text


def test_json_keeps_to_the_schema_and_says_inf(solution: Solution) -> None:
    report = json.loads(dumps(solution))
    jsonschema.validate(report, schema())
    answers = [a for problem in report["problems"] for a in problem["answers"]]
    assert [a["kind"] for a in answers] == ["divergence", "divergence", "statement", "divergence"]
    assert answers[3]["value"] == "inf"
    assert [step["rule"] for step in answers[0]["steps"]] == ["definition", "term", "term", "sum", "identity"]
