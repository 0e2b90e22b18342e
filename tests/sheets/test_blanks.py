"""Equations whose right side is left open ask for their left side."""

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source

# a = 2 * 3 = 6, L = (6 - 4)^2 = 4, dL/dw = 2 (6 - 4) 3 = 12
STATED = "# Problem 1\nLet $a = w x$ and $L = (a - y)^2$ with $w = 2$, $x = 3$, $y = 4$.\n\n"


def solve(text: str, name: str = "sheet.md") -> ProblemSolution:
    (problem,) = solve_sheet(Source(name, text)).problems
    return problem


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        ("a) $a = ?$", 6.0),
        ("a) $L =$ ?", 4.0),
        ("a) $L = \\ldots$", 4.0),
        ("a) $a = \\_\\_\\_\\_$", 6.0),
        ("a) $\\frac{\\partial L}{\\partial w} = ?$", 12.0),
        ("a) dL/dw = ?", 12.0),
        ("a) $a =$", 6.0),
        ("Hence $L = ?$", 4.0),
        ("Fill in: $L = \\underline{\\hspace{2cm}}$", 4.0),
    ],
)
def test_an_open_side_is_asked_for(asked: str, value: float) -> None:
    problem = solve(STATED + asked)
    assert [answer.value for answer in problem.answers] == [pytest.approx(value)]
    assert problem.status == "solved"


def test_plain_text_with_names_of_several_letters() -> None:
    """a1 = 1.5, yhat = 3 * 1.5 = 4.5, L = (4.5 - 4)^2 / 2; dL/dw2 = 0.5 * 1.5."""
    text = (
        "Problem 2\n\na1 = w1*x\nyhat = w2*a1\n\nLoss: L = 1/2*(yhat - y)^2\n\nx = 1.5, y = 4, w1 = 1, w2 = 3\n\n"
        "a) yhat = ?\nb) L = ?\nc) dL/dw2 = ?\n"
    )
    assert [answer.value for answer in solve(text, "sheet.txt").answers] == pytest.approx([4.5, 0.125, 0.75])


@pytest.mark.parametrize("asked", ["a) $b = ?$", "Is $a = ?$ the same as 5?", "Let $c = ?$ be what is asked."])
def test_what_is_open_and_not_understood_is_said(asked: str) -> None:
    problem = solve(STATED + asked)
    assert problem.answers == ()
    assert [each for each in problem.diagnostics if each.severity == "error"]


def test_dots_in_a_statement_ask_nothing() -> None:
    problem = solve(STATED + "The form is $q = \\ldots$ and nothing else. Compute $a$.")
    assert [answer.value for answer in problem.answers] == [6.0]
