"""The table of a sum on a terminal's page and in Markdown."""

import json

import jsonschema
import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from chainrule.documents.json import dumps, schema
from chainrule.documents.markdown import save
from chainrule.documents.tables import FIRST_ROWS, MOST_ROWS, table_lines, table_markdown
from chainrule.documents.terminal import solution_lines
from chainrule.documents.wrapping import columns
from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import Formula, Solution, Table
from chainrule.solving.context import tree_formula
from chainrule.source import Source
from chainrule.syntax.tree import Name


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
        "    x    P(x)   P(x) log(P(x))   value",
        "    " + "─" * 34,
        "    a0    0.5                t       0",
        "    a1    0.5                t       1",
        "    " + "─" * 34,
        "    Σ     1                          3",
    ]


def test_a_long_table_is_cut_but_for_its_last_row_and_its_sums() -> None:
    lines = page(table(256))
    assert lines[2].split() == ["a0", "0.5", "t", "0"]
    assert lines[FIRST_ROWS + 1].split()[0] == f"a{FIRST_ROWS - 1}"
    assert lines[FIRST_ROWS + 2 : FIRST_ROWS + 4] == [
        f"    ⋮ {256 - FIRST_ROWS - 1} more rows, shown by --level all",
        "    a255    0.5                t     255",
    ]
    assert lines[-1].split() == ["Σ", "1", "3"]
    assert len(page(table(256), level="all")) == 256 + 4


def test_a_table_that_is_not_long_is_whole() -> None:
    assert len(page(table(MOST_ROWS))) == MOST_ROWS + 4
    assert len(page(table(MOST_ROWS + 1))) == FIRST_ROWS + 2 + 4


def test_markdown_cuts_a_long_table_too() -> None:
    lines = table_markdown(table(256), "normal").split("\n")
    assert lines[FIRST_ROWS + 2 :] == [
        "| $\\vdots$ |  |  |  |",
        "| $a255$ | $0.5$ | $t$ | $255$ |",
        "| $Σ$ | $1\\phantom{.0}$ |  | $3$ |",
    ]


def test_decimal_points_stand_below_each_other() -> None:
    cells = ("0.12164", "-0.138629", "0", "∞", "2")
    rows = tuple(map(formula, ("a", "1", "t", cell)) for cell in cells)
    lines = page(
        Table(tuple(map(formula, ("x", "n", "t", ""))), tuple(map(tuple, rows)), (formula("Σ"), None, None, formula("∞")))
    )
    assert [line[-9:] for line in lines[2:7]] == [
        " 0.12164 ",
        "-0.138629",
        " 0       ",
        " ∞       ",
        " 2       ",
    ]


def test_a_column_with_a_fraction_is_set_at_the_right() -> None:
    rows = tuple(tuple(map(formula, ("a", cell, "t", "1"))) for cell in ("1/3", "0.25"))
    lines = page(Table(tuple(map(formula, ("x", "P(x)", "t", ""))), rows, (formula("Σ"), None, None, formula("2"))))
    assert lines[2].index("1/3") == lines[3].index("0.25") + 1


def test_a_heading_that_is_too_wide_gives_way_to_a_word() -> None:
    narrow = page(table(2), 30)
    assert narrow[0].split() == ["x", "P(x)", "term", "value"]


HOSTILE = [
    "<script>alert(1)</script>",
    "a|b",
    "`tick`",
    "cost $5",
    "$x$",
    "[a](b)",
    "![a](b)",
    "&lt;",
    "50%",
    "#1",
    "{x}",
    "\\",
    "a_b*c",
]


def labelled(label: str) -> Table:
    """A table of one outcome, whose label is as typesetting gives it."""
    name = tree_formula(Name(label))
    return Table(
        (formula("x"), formula("P(x)"), formula("t"), formula("")), ((name, formula("1"), formula("t"), formula("0")),), ()
    )


@pytest.mark.parametrize("label", HOSTILE)
def test_a_label_is_itself_and_nothing_else(label: str) -> None:
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table").use(dollarmath_plugin)
    tokens = markdown.parse(table_markdown(labelled(label), "normal"))
    cells = [tokens[k + 1] for k, token in enumerate(tokens) if token.type == "td_open"]
    assert len(cells) == 4
    inside = cells[0].children or []
    assert {child.type for child in inside} <= {"text", "text_special"}
    assert "".join(child.content for child in inside) == label
    assert label in "".join(page(labelled(label)))


@pytest.mark.parametrize("width", [40, 45, 55])
def test_what_does_not_fit_becomes_a_line_for_each_row(width: int) -> None:
    lines = page(table(2, "0.25 log(0.25 / 0.125)"), width)
    assert all(columns(line) <= width for line in lines)
    assert "0.25 log(0.25 / 0.125)" in "".join(lines).replace("\n", "")


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
    assert "so it is not symmetric, as each direction" in " ".join(text.split())
    assert text.count("The cross-entropy is the entropy plus the divergence.") == 1
    assert text.count("numbers are shown to 6") == 2  # once a problem


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
    assert "They differ, so it is not symmetric" in text
    assert r" = 0.143841 \text{ nats} \ne 0.130812 \text{ nats} = " in text
    assert "| $A$ | $0.5$ | $0.25$ |" in text
    assert r"| $\Sigma$ | $1\phantom{.0}$ | $1\phantom{.00}$ |" in text


def test_json_keeps_to_the_schema_and_says_inf(solution: Solution) -> None:
    report = json.loads(dumps(solution))
    jsonschema.validate(report, schema())
    answers = [a for problem in report["problems"] for a in problem["answers"]]
    assert [a["kind"] for a in answers] == ["divergence", "divergence", "statement", "divergence"]
    assert answers[3]["value"] == "inf"
    assert [step["rule"] for step in answers[0]["steps"]] == ["definition", "term", "term", "sum", "identity"]
