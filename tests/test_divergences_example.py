"""`examples/divergences.md` from beginning to end, against mpmath at 30 digits and closed forms by hand."""

from pathlib import Path

import pytest
from mpmath import log, mp, mpf

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import Solution
from chainrule.source import Source

SHEET = Path(__file__).parent.parent / "examples" / "divergences.md"
mp.dps = 30

P, Q = [mpf(n) / 10 for n in (5, 3, 2)], [mpf(n) / 10 for n in (4, 2, 4)]
JOINT = [[mpf(1) / 2, mpf(1) / 8], [mpf(1) / 8, mpf(1) / 4]]


def entropy(p: list[mpf]) -> mpf:
    return -sum(a * log(a) for a in p)


def kl(p: list[mpf], q: list[mpf]) -> mpf:
    return sum(a * log(a / b) for a, b in zip(p, q, strict=True))


MIDDLE = [(a + b) / 2 for a, b in zip(P, Q, strict=True)]
BOTH, ROWS = entropy([*JOINT[0], *JOINT[1]]) / log(2), entropy([sum(row) for row in JOINT]) / log(2)
EXPECTED = [
    ("1", "a", "nats", entropy(P)),
    ("1", "b", "nats", entropy(P) + kl(P, Q)),
    ("1", "b", "nats", kl(P, Q)),
    ("1", "c", "nats", kl(Q, P)),
    ("1", "d", "nats", (kl(P, MIDDLE) + kl(Q, MIDDLE)) / 2),
    ("1", "d", None, mpf(2) / 10),
    ("2", "a", "bits", ROWS),
    ("2", "a", "bits", BOTH),
    ("2", "b", "bits", BOTH - ROWS),
    ("2", "b", "bits", 2 * ROWS - BOTH),
    ("3", "b", "nats", log(mp.exp(2) + 1 + mp.exp(-1))),
]


@pytest.fixture(scope="module")
def solution() -> Solution:
    return solve_sheet(Source(SHEET.name, SHEET.read_text(encoding="utf-8")))


def test_everything_is_solved(solution: Solution) -> None:
    assert [problem.status for problem in solution.problems] == ["solved"] * 4


@pytest.mark.parametrize(("number", "part", "unit", "expected"), EXPECTED)
def test_numbers(number: str, part: str, unit: str | None, expected: mpf, solution: Solution) -> None:
    (problem,) = [problem for problem in solution.problems if problem.id == number]
    found = [
        answer.value for answer in problem.answers if (answer.part, answer.kind, answer.unit) == (part, "divergence", unit)
    ]
    assert any(value == pytest.approx(float(expected), rel=1e-13) for value in found)


def test_the_gradient_of_the_classifier(solution: Solution) -> None:
    before, gradient = [answer for answer in solution.problems[2].answers if answer.kind == "derivative"]
    total = mp.exp(2) + 1 + mp.exp(-1)
    assert (before.part, before.value, gradient.part) == ("a", None, "b")
    assert before.formula.latex == gradient.formula.latex == r"\hat{y} - y"
    expected = [mp.exp(2) / total, 1 / total - 1, mp.exp(-1) / total]
    assert gradient.value == pytest.approx(list(map(float, expected)), rel=1e-13)


def test_the_derivatives_of_the_bell_curves(solution: Solution) -> None:
    by = {answer.wrt: answer.formula.text for answer in solution.problems[3].answers if answer.kind == "derivative"}
    assert set(by) == {"\\mu", "\\sigma"}
    assert by["\\mu"] == "mu"
