"""Whole sheets in LaTeX and in notebooks: the numbers are worked out here by hand, from the formulas of each sheet."""

import json
import math
from pathlib import Path

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source

SHEETS = Path(__file__).parent / "formats"

Found = dict[tuple[str, str | None], list[float]]


def values(problems: tuple[ProblemSolution, ...]) -> Found:
    """The numbers by problem and part."""
    found: Found = {}
    for problem in problems:
        for answer in problem.answers:
            if answer.value is not None:
                found.setdefault((problem.id, answer.part), []).append(float(answer.value))
    return found


def solve(name: str, text: str) -> Found:
    return values(solve_sheet(Source(name, text)).problems)


def notebook(*cells: tuple[str, str]) -> str:
    written = [{"cell_type": kind, "metadata": {}, "source": text.splitlines(keepends=True)} for kind, text in cells]
    return json.dumps({"cells": written, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def slope_of_unit() -> float:
    """(a - t) a (1 - a) of the logistic unit at z = 2 * 0.5 - 1 = 0, where a = 1/2."""
    return (0.5 - 1) * 0.5 * 0.5


EXPECTED: dict[str, Found] = {
    "article_logistic.tex": {("1", "a"): [0.125], ("1", "b"): [slope_of_unit() * 0.5, slope_of_unit()]},
    "exam_gates.tex": {("1", "a"): [-12.0], ("1", "b"): [-4.0, 3.0], ("2", "a"): [12.0]},
    "theorem_problems.tex": {("1", None): [4 - 2 + 1.5], ("2", "a"): [2.0], ("2", "b"): [1.0]},
    "entropy_tabular.tex": {("4", "1"): [1.0], ("4", "2"): [2 - 0.75 * math.log2(3)]},
    "run_in_parts.tex": {("3", "i"): [18.0], ("3", "ii"): [18.0], ("5", None): [math.tanh(0.5)]},
    "bold_problems.tex": {("1", "a"): [2.5], ("1", "b"): [1.0], ("2", None): [7.5]},
    # W1 x + b1 = (-0.5, 4), h = (0, 4), o = 1 + 1, L = o^2, dL/db2 = 2 o
    "align_two_layer.tex": {("2.1", "1"): [2.0], ("2.1", "2"): [4.0], ("2.1", "3"): [4.0]},
    "listed.tex": {("1", None): [12.0], ("2", None): [1.0]},
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sheet_in_latex_is_solved(name: str) -> None:
    found = solve(name, (SHEETS / name).read_text(encoding="utf-8"))
    assert found.keys() == EXPECTED[name].keys()
    for place, numbers in EXPECTED[name].items():
        assert found[place] == pytest.approx(numbers, rel=1e-9), place


def test_every_sheet_of_the_folder_is_tested() -> None:
    assert {path.name for path in SHEETS.glob("*.tex")} == set(EXPECTED)


def test_a_notebook_is_solved_without_its_code() -> None:
    text = notebook(
        ("markdown", "# Lab 4\n\n## Exercise 1\nLet $p = 2 u + 1$ with $u = 3$."),
        ("code", "p = 100  # $p = 5$\nraise SystemExit"),
        ("markdown", "a) Compute $p$.\n\nb) Compute $\\frac{\\partial p}{\\partial u}$."),
        ("raw", "$p = 8$"),
        ("markdown", "## Exercise 2\nThe squared error is $E = (p - 4)^2$ with the $p$ of Exercise 1. Compute $E$."),
    )
    assert solve("lab.ipynb", text) == {("1", "a"): [7.0], ("1", "b"): [2.0], ("2", None): [9.0]}


def test_a_notebook_defines_macros_for_all_its_cells() -> None:
    text = notebook(
        ("markdown", "$$\n\\newcommand{\\ce}[2]{-#1 \\ln #2}\n$$"),
        ("markdown", "# Question 1\n\nLet $L = \\ce{t}{s}$ where $t = 2$ and $s = 0.5$.\n\n- Compute $L$."),
    )
    (numbers,) = solve("losses.ipynb", text).values()
    assert numbers == pytest.approx([2 * math.log(2)], rel=1e-12)


def test_a_notebook_with_lists_of_latex_is_solved() -> None:
    text = notebook(
        ("markdown", "### Problem 2\n\\begin{enumerate}\n\\item Let $k = \\sqrt{v}$, $v = 9$. Compute $k$."),
        ("markdown", "\\item Find $\\frac{dk}{dv}$.\n\\end{enumerate}\n"),
    )
    assert solve("list.ipynb", text) == {("2", "1"): [3.0], ("2", "2"): [pytest.approx(1 / 6)]}


def test_a_problem_takes_over_what_it_names_and_nothing_else() -> None:
    sheet = (
        "# Problem 1\nLet $y = 3 x$ with $x = 2$. Compute $y$.\n\n"
        "# Problem 2\nLet $x = 5$. Consider the network of Problem 1. Compute $y$.\n\n"
        "# Problem 3\nLet $x = 7$. Compute $y$.\n"
    )
    solution = solve_sheet(Source("sheet.md", sheet))
    assert values(solution.problems) == {("1", None): [6.0], ("2", None): [15.0]}
    assert solution.problems[2].status == "unsolved"
