"""Formulas that stand in prose without delimiters, and prose that only looks like them."""

import math

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.sheets import Math, read_sheet
from chainrule.source import Source


def formulas(text: str) -> list[str]:
    source = Source("sheet.md", text)
    items = [item for problem in read_sheet(source).problems for item in problem.items]
    found = [item for item in items if isinstance(item, Math) and item.plain]
    assert all(source.text[item.span.start : item.span.end] == item.text for item in found)
    return [item.text for item in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We have a label y = [1, 0, 0] here.", ["y = [1, 0, 0]"]),
        ("We have P = (0.5, 0.25, 1/4).", ["P = (0.5, 0.25, 1/4)"]),
        ("We have P = {A: 0.6, B: 0.4}.", ["P = {A: 0.6, B: 0.4}"]),
        ("We have y_true = [0, 1].", ["y_true = [0, 1]"]),
        ("Compute D_KL(P || Q).", ["D_KL(P || Q)"]),
        ("Compute KL(P||Q) and KL(Q||P).", ["KL(P||Q)", "KL(Q||P)"]),
        ("Compute H (P, Q′).", ["H (P, Q′)"]),
        ("Compute H(Y|X) and I(X; Y).", ["H(Y|X)", "I(X; Y)"]),
        ("Is D_KL(P || Q) = D_KL(Q || P)?", ["D_KL(P || Q) = D_KL(Q || P)"]),
        ("Verify H(P, Q) = H(P) + KL(P || Q).", ["H(P, Q) = H(P) + KL(P || Q)"]),
        ("Let $P = (0.5, 0.5)$. Find the entropy of P.", ["P"]),
        ("Take the distributions P and Q; find the divergence between P and Q.", ["P", "Q", "P", "Q"]),
    ],
)
def test_formulas_in_prose(text: str, expected: list[str]) -> None:
    assert formulas(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I (x) see.",
        "Problem 4 (Part A) is long.",
        "Vitamin D (A, B) is good.",
        "Choose between A and B.",
        "Use the file data[1, 2] of model(3, 4).",
        "Let $P = (0.5, 0.5)$. See Part P. P is short.",
        "Let $A = (0.5, 0.5)$. A coin is tossed by a person.",
        "The set {1, 2} and the list [1, 2].",
    ],
)
def test_prose_that_is_no_formula(text: str) -> None:
    assert formulas(text) in ([], ["P"] if "P is short" in text else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Let a = b.", ["a = b"]),
        ("x = 3 and y = 4", ["x = 3", "y = 4"]),
        ("f(x) = [x, y]", ["f(x) = [x, y]"]),
        ("Let z = w*x + b, and let a = sigmoid(z).", ["z = w*x + b", "a = sigmoid(z)"]),
        ("The loss is J = (1/m) sum_{i=1}^{m} (h_i - y_i)^2, as usual.", ["J = (1/m) sum_{i=1}^{m} (h_i - y_i)^2"]),
        ("f(x, y) = x^2 y + sin(x). Find f.", ["f(x, y) = x^2 y + sin(x)", "f"]),
        ("We take L = 1/2 ||W x - y||^2.", ["L = 1/2 ||W x - y||^2"]),
        ("L = |y - a| is the loss.", ["L = |y - a|"]),
        ("Take n = 5 samples.", ["n = 5"]),
        ("The die has P(k) = k/21, k in {1, 2, 3, 4, 5, 6}.", ["P(k) = k/21, k in {1, 2, 3, 4, 5, 6}"]),
        ("We have P(k) = k/21 for k = 1, ..., 6 here.", ["P(k) = k/21 for k = 1, ..., 6"]),
        ("L = (a-y)^2 for y = 1.", ["L = (a-y)^2", "y = 1"]),
        ("y = w a + b a constant", ["y = w a + b"]),
        (
            "With loss = (y_hat - y)^2 and y_hat = w1 x1; find dloss/dw1.",
            ["loss = (y_hat - y)^2", "y_hat = w1 x1", "dloss/dw1"],
        ),
        ("z[1] = W[1] x + b[1]", ["z[1] = W[1] x + b[1]"]),
        ("ŷ = σ(w·x + b), α = 0.5", ["ŷ = σ(w·x + b)", "α = 0.5"]),
    ],
)
def test_equations_in_prose(text: str, expected: list[str]) -> None:
    assert formulas(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "y = x if x > 0, else 0",
        "y = x for x > 0",
        "y = 3 times x",
        "y = a constant",
        "x = 1 or 2",
        "x = 1, 2 and 10",
        "z = Wx + b",
        "z = 2wx",
        "p = 5%",
        "x < 3 and y = 2 < 4",
        "the learning rate = 0.1",
        "y = x $+ 1$",
        "if (a == b) return",
        "y = (x + 1",
        "y = x\n/ 2",
        "y = x\nif x > 0",
    ],
)
def test_equations_that_cannot_be_read_whole_are_words(text: str) -> None:
    """Nothing of a condition, a list of values, a unit or a product without signs is left out of an equation that is read."""
    assert formulas(text) == []


def test_a_sheet_in_plain_text_is_solved() -> None:
    """dL/dw = (a - y) a (1 - a) x with a = 1/(1 + e^-1.1); both by hand."""
    said = "Let z = w*x + b, a = sigmoid(z), and L = (a - y)^2 / 2, with w = 0.5, x = 2, b = 0.1 and y = 1."
    text = f"{said}\na) Compute L.\nb) Compute dL/dw."
    (problem,) = solve_sheet(Source("sheet.txt", text)).problems
    a = 1 / (1 + math.exp(-1.1))
    loss, slope = problem.answers[-2:]
    assert loss.value == pytest.approx((a - 1) ** 2 / 2, rel=1e-12)
    assert slope.value == pytest.approx((a - 1) * a * (1 - a) * 2, rel=1e-12)
