"""Formulas about distributions that stand in prose without delimiters, and prose that only looks like them."""

import pytest

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
        "Let a = b.",
        "Problem 4 (Part A) is long.",
        "Vitamin D (A, B) is good.",
        "Choose between A and B.",
        "Use the file data[1, 2] of model(3, 4).",
        "Let $P = (0.5, 0.5)$. See Part P. P is short.",
        "Let $A = (0.5, 0.5)$. A coin is tossed by a person.",
        "The set {1, 2} and the list [1, 2].",
        "x = 3 and y = 4",
        "f(x) = [x, y]",
    ],
)
def test_prose_that_is_no_formula(text: str) -> None:
    assert formulas(text) in ([], ["P"] if "P is short" in text else [])
