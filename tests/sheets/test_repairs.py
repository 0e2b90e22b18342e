"""Formulas that are not closed, and sheets with the repairs that were read made in them. What is expected is by hand."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from chainrule.cli import commands
from chainrule.errors import SheetError
from chainrule.pipeline import check_sheet, solve_sheet
from chainrule.sheets import Math, read_sheet
from chainrule.sheets.repairs import repair_sheet
from chainrule.source import Source


def formulas(text: str) -> list[str]:
    return [
        item.text for problem in read_sheet(Source("s.md", text)).problems for item in problem.items if isinstance(item, Math)
    ]


def repaired(text: str, name: str = "s.md") -> str:
    source = Source(name, text)
    return repair_sheet(source, check_sheet(source)).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Let $z = w x + b, $a = 2$ and $L = a z$.", ["z = w x + b", "a = 2", "L = a z"]),
        ("Let $a = 2$ and $z = w a, $b = 1$ and $c = 3$.", ["a = 2", "z = w a", "b = 1", "c = 3"]),
        ("Let $a = 2$ and $b = 3$. Find $a b.", ["a = 2", "b = 3", "a b"]),
        ("The number $x and the number $y$ differ.", ["x", "y"]),
        ("We have\n$$\n\\beta = 1\n\nand $y$.", ["\\beta = 1", "y"]),
        ("\\[ z = w x $$ \nand $y$", ["z = w x", "y"]),
        ("\\( z = w x $ and \\(y\\)", ["z = w x", "y"]),
    ],
)
def test_where_an_unclosed_formula_ends(text: str, expected: list[str]) -> None:
    assert formulas(text) == expected
    codes = [(d.code, d.severity) for problem in read_sheet(Source("s.md", text)).problems for d in problem.diagnostics]
    assert codes in ([("unclosed-dollar", "warning")], [("unclosed-math", "warning")])


@pytest.mark.parametrize("text", ["Let $z = w + and more.", "Let $z = \\frac{1}{ and more.", "See $ and more."])
def test_what_may_end_anywhere_is_an_error(text: str) -> None:
    assert formulas(text) == []
    codes = [(d.code, d.severity) for problem in read_sheet(Source("s.md", text)).problems for d in problem.diagnostics]
    assert codes == [("unclosed-dollar", "error")]


def test_prices_are_no_formulas() -> None:
    assert formulas("A costs $5 and B costs $6, so $x = 1$ holds.") == ["x = 1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Let $P = \\{A: 0.5, B: 0.5$.", "Let $P = \\{A: 0.5, B: 0.5\\}$."),
        ("Let $a = sigma(z)$ and $b = frac{1}{2}$.", "Let $a = \\sigma(z)$ and $b = \\frac{1}{2}$."),
        ("Let $a = x^10$.", "Let $a = x^{10}$."),
        ("Let $z = w x, $a = 2$ and $b = 1$.", "Let $z = w x$, $a = 2$ and $b = 1$."),
        ("\\[ z = w x $$\nand so on", "\\[ z = w x \\]\nand so on"),
        ("> Let $a = 1$ and\n> $b = sigma(a).\n", "> Let $a = 1$ and\n> $b = \\sigma(a)$.\n"),
        ("No math at all, 100 %.", "No math at all, 100 %."),
    ],
)
def test_only_what_was_read_otherwise_is_repaired(text: str, expected: str) -> None:
    assert repaired(text) == expected
    assert repaired(expected) == expected


def test_repairs_in_latex_are_made_in_the_file_and_not_in_what_macros_stand_for() -> None:
    text = "\\newcommand{\\half}{frac{1}{2}}\nLet $a = \\half x$ and $b = sigma(x)$. % sigma(x)\n"
    assert repaired(text, "s.tex") == text.replace("$b = sigma", "$b = \\sigma")


def test_a_notebook_is_not_written_back() -> None:
    with pytest.raises(SheetError) as caught:
        repair_sheet(Source("s.ipynb", "{}"), ())
    assert caught.value.code == "not-repairable"


def test_a_repaired_sheet_has_the_same_answers() -> None:
    """z = 2 * 3 + 1."""
    text = "Let $z = w x + b, $w = 2$, $x = 3$ and $b = 1$. Compute $z$."
    values = [
        [a.value for p in solve_sheet(Source("s.md", each)).problems for a in p.answers] for each in (text, repaired(text))
    ]
    assert values == [[7.0], [7.0]]


def test_the_command_lists_each_repair_and_writes_the_file(tmp_path: Path) -> None:
    sheet, fixed = tmp_path / "sheet.md", tmp_path / "fixed.md"
    sheet.write_bytes(b"Let $a = sigma(x)$.\r\nLet $b = 1.\r\n")
    result = CliRunner().invoke(commands, ["check", "--fix", str(sheet), "-o", str(fixed)])
    assert result.exit_code == 0
    assert fixed.read_bytes() == b"Let $a = \\sigma(x)$.\r\nLet $b = 1$.\r\n"
    listed = [line.strip().removeprefix(str(sheet)) for line in result.stdout.splitlines()[-3:]]
    assert listed == [":1:10: sigma is now \\sigma", ":2:11: added $", f"wrote {fixed} with 2 repairs"]


@pytest.mark.parametrize("arguments", [["--fix", "a.md"], ["a.md", "-o", "b.md"], ["--fix", "a.md", "b.md", "-o", "c.md"]])
def test_fix_takes_one_sheet_and_a_file(arguments: list[str]) -> None:
    assert CliRunner().invoke(commands, ["check", *arguments]).exit_code == 2
