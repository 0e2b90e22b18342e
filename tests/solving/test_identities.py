"""Equations that a sheet asks to show: known identities, and equations that are known to be false."""

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source


def solve(text: str) -> ProblemSolution:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    return problem


def said(text: str) -> str:
    problem = solve(text)
    assert problem.status == "solved"
    (answer,) = problem.answers
    assert answer.kind == "statement"
    return answer.formula.text


@pytest.mark.parametrize(
    "text",
    [
        "Show that $\\sigma(-x) = 1 - \\sigma(x)$.",
        "Prove that $(A B)^\\top = B^\\top A^\\top$.",
        "Verify that $\\operatorname{tr}(A B) = \\operatorname{tr}(B A)$.",
        "Show that $\\|x\\|^2 = x^\\top x$.",
        "Let $A$ be symmetric. Show that $x^\\top A y = y^\\top A x$.",
        "Check that $\\sigma(u) + \\sigma(-u) = 1$.",
    ],
)
def test_identities_that_are_proved(text: str) -> None:
    assert said(text).endswith("holds: both sides have the same normal form")


@pytest.mark.parametrize(
    "text",
    [
        "Show that $\\tanh(x) = 2 \\sigma(2x) - 1$.",
        "Let $f(x) = x^2$. Show that $f(x + 1) = x^2 + 2x + 1$.",
        "Prove that $\\sigma'(z) = \\sigma(z)(1 - \\sigma(z))$.",
        "Let $s(x) = \\log(1 + e^x)$. Verify that $s(x) - s(-x) = x$.",
        "Let $p = \\mathrm{softmax}(z)$. Show that $\\mathrm{softmax}(z + c \\mathbf{1}) = p$.",
    ],
)
def test_what_is_only_tested_is_said_to_be(text: str) -> None:
    assert said(text).endswith("holds: the sides agree at 6 random points, which is a test and no proof")


@pytest.mark.parametrize(
    "text",
    [
        "Show that $\\sin(x) + \\cos(x) = 1$.",
        "Prove that $\\sigma(2x) = 2\\sigma(x)$.",
        "Let $f(x) = x^2$. Show that $f(x + 1) = x^2 + 1$.",
        "Verify that $\\sqrt{x^2} = x$.",
    ],
)
def test_a_false_claim_has_a_counterexample(text: str) -> None:
    sentence = said(text)
    assert "does not hold: at x = " in sentence
    left, right = (float(side.replace("-", "-")) for side in sentence.rpartition("the sides are ")[2].split(" and "))
    assert abs(left - right) > 1e-6


def test_a_false_claim_on_matrices() -> None:
    assert "does not hold: at a random point the sides differ by" in said("Show that $A B = B A$.")


@pytest.mark.parametrize(
    ("claimed", "holds"), [("0.25", True), ("\\frac{1}{4}", True), ("0.26", False), ("w^2 x^2 - 2 w x y + y^2", True)]
)
def test_numbers_of_the_text(claimed: str, holds: bool) -> None:
    # (0.5 * 3 - 1)^2 = 0.25
    sentence = said(f"Let $L = (w x - y)^2$ with $w = 0.5$, $x = 3$, $y = 1$. Verify that $L = {claimed}$.")
    assert (" holds: " in sentence) is holds


def test_rounded_numbers() -> None:
    sentence = said("Let $s = \\sigma(z)$ with $z = 1$. Verify that $s = 0.731$.")  # 0.73105857863
    assert sentence.endswith("the same to the digits that are written")


def test_a_claim_defines_nothing() -> None:
    problem = solve("Let $z = w x$ with $w = 2$ and $x = 3$. Show that $z = 7$. Compute $z$.")
    assert [answer.value for answer in problem.answers if answer.kind == "value"] == [6]
    assert " does not hold: " in problem.answers[0].formula.text


def test_a_name_without_a_formula() -> None:
    problem = solve("Show that $y = 2 x$.")
    assert problem.status == "unsolved"
    assert [d.code for d in problem.diagnostics if d.severity == "error"] == ["no-formula"]
