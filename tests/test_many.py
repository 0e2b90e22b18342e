"""Many sheets solved in processes of their own: the order of their lines, and what a process that dies takes with it."""

import importlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from chainrule.cli import commands
from chainrule.cli.many import solve_lines

SHEET = "Let $f = {factor} x^2$ and $x = 3$. Compute $\\frac{{\\partial f}}{{\\partial x}}$.\n"
MODULE = """
import os, time
from chainrule.cli.many import Solved

def solve(sheet):
    if sheet == "deadly":
        os._exit(1)
    time.sleep(0.2 if sheet == "slow" else 0)
    return Solved(sheet, "", 0)
"""


def test_lines_come_in_the_order_of_the_sheets(tmp_path: Path) -> None:
    files = [tmp_path / f"{factor}.md" for factor in (1, 2, 3)]
    for factor, file in enumerate(files, 1):
        file.write_text(SHEET.format(factor=factor))
    names = [str(files[0]), str(tmp_path / "none.md"), *map(str, files[1:])]
    result = CliRunner().invoke(commands, ["solve", *names, "-j2", "--json"])
    assert result.exit_code == 2
    solutions = [json.loads(line) for line in result.stdout.splitlines()]
    assert [solution["sheet"] for solution in solutions] == list(map(str, files))
    assert [solution["problems"][0]["answers"][0]["value"] for solution in solutions] == [6, 12, 18]
    assert "none.md cannot be read" in result.stderr


def test_a_sheet_on_which_a_process_dies_is_lost_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deadly_solving.py").write_text(MODULE)
    monkeypatch.syspath_prepend(tmp_path)
    solve = importlib.import_module("deadly_solving").solve
    sheets = ["slow", "a", "deadly", "b", "c"]
    found = list(solve_lines(sheets, 2, solve))
    assert [each.line for each in found] == ["slow", "a", "", "b", "c"]
    assert [each.status for each in found] == [0, 0, 2, 0, 0]
    assert found[2].message.startswith("deadly: ")


@pytest.mark.parametrize(
    "arguments", [["a.md"], ["-", "--json"], ["a.md", "--json", "-o", "b.md"], ["a.md", "--json", "--figure", "1=a"]]
)
def test_what_one_process_alone_can_do(arguments: list[str]) -> None:
    assert CliRunner().invoke(commands, ["solve", *arguments, "-j2"]).exit_code == 2
