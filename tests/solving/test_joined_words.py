r"""Names of several letters inside dollars, `$num = x + sigy$`, and labels of a letter and a digit, `out_{h1}`."""

from math import exp

import pytest

from chainrule.inference.vocabulary import vocabulary
from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source
from chainrule.syntax.parser import parse_expression
from chainrule.typesetting import latex, plain, unicode


def solve(text: str) -> ProblemSolution:
    return solve_sheet(Source("sheet.md", text)).problems[0]


def slope(z: float) -> float:
    """Of the logistic function."""
    return exp(-z) / (1 + exp(-z)) ** 2


def test_a_word_is_carried_by_its_answers() -> None:
    """d num / dy = sigma'(2)."""
    text = (
        r"Let $x = 1$, $y = 2$, $sigy = \sigma(y)$ and $num = x + sigy$. Compute $num$ and $\frac{\partial num}{\partial y}$."
    )
    value, derivative = sorted(solve(text).answers, key=lambda answer: answer.kind == "derivative")
    assert value.formula.text == "x + sigy"
    assert derivative.symbol.latex == r"\frac{\partial \text{num}}{\partial y}"
    assert derivative.value == pytest.approx(slope(2.0))


@pytest.mark.parametrize(
    ("formula", "expected", "warns"),
    [
        ("num / den", 12 / 5, False),
        ("x / den^2 + 1 / num", 3 / 25 + 1 / 12, False),
        ("1 / den x", 3 / 5, True),
        ("x / 2 den", 3 / 2 * 5, True),
    ],
)
def test_a_slash_has_all_of_a_name_below_it(formula: str, expected: float, warns: bool) -> None:
    problem = solve(f"Let $x = 3$, $num = 4 x$, $den = x + 2$ and $f = {formula}$. Compute $f$.")
    assert problem.answers[0].value == pytest.approx(expected)
    assert ("ambiguous-slash" in [d.code for d in problem.diagnostics]) is warns


@pytest.mark.parametrize(("given", "warns"), [("$k = 5$", True), ("$m = 5$", False)])
def test_a_word_whose_letters_are_names_too_is_a_guess(given: str, warns: bool) -> None:
    problem = solve(f"Let $x = 2$, {given}, $kx = 3$ and $f = kx + x$. Compute $f$.")
    assert problem.answers[0].value == 5.0
    assert ("name-or-product" in [d.code for d in problem.diagnostics]) is warns


def test_letters_that_no_equation_defines_stay_a_product() -> None:
    (answer,) = solve("Let $a = 2$, $b = 3$, $x = 5$ and $f = ab + x$. Compute $f$.").answers
    assert answer.value == 11.0


@pytest.mark.parametrize("letter", ["out", r"\text{out}", "o"])
@pytest.mark.parametrize("label", ["h1", "h2", "hh", "h12"])
def test_derivatives_of_labelled_names(letter: str, label: str) -> None:
    """o = sigma(w x) with w x = 1: do/dw = 2 sigma'(1)."""
    names = rf"{letter}_{{{label}}}", rf"z_{{{label}}}"
    text = rf"Let $x = 2$, $w = 0.5$, ${names[1]} = w x$ and ${names[0]} = \sigma({names[1]})$."
    (answer,) = solve(rf"{text} Compute $\frac{{\partial {names[0]}}}{{\partial w}}$.").answers
    assert answer.value == pytest.approx(2 * slope(1.0))


@pytest.mark.parametrize(
    ("text", "in_latex", "in_plain", "in_unicode"),
    [
        ("o_{h1}", "o_{h1}", "o_h1", "oₕ₁"),
        ("o_{h12}", "o_{h12}", "o_h12", "o_h12"),
        ("W_{i1}", "W_{i1}", "W_{i 1}", "Wᵢ₁"),
        ("W_{i12}", "W_{i12}", "W_{i 12}", "Wᵢ₁₂"),
    ],
)
def test_a_label_of_a_letter_and_a_number(text: str, in_latex: str, in_plain: str, in_unicode: str) -> None:
    tree = parse_expression(Source("formula", text).span(), vocabulary(), "latex")
    assert (latex(tree), plain(tree), unicode(tree)) == (in_latex, in_plain, in_unicode)


def test_an_equation_of_products_defines_no_name() -> None:
    """E = 2 * 3 + 9, and dE/dV = P + 2 V."""
    problem = solve(
        r"The gas law is $PV = nRT$. Let $E = PV + V^2$, $P = 2$, $V = 3$. Compute $E$ and $\frac{\partial E}{\partial V}$."
    )
    assert {answer.kind: answer.value for answer in problem.answers} == {"value": 15.0, "derivative": 8.0}
    assert "not-a-definition" in [d.code for d in problem.diagnostics]
