"""Heads of quantities are printed as words, and what is no head as it was written."""

import pytest

from chainrule.inference.vocabulary import vocabulary
from chainrule.solving.information.heads import in_words, notation_in_words
from chainrule.source import Source
from chainrule.syntax.parser import parse_statements
from chainrule.syntax.tree import Tree
from chainrule.typesetting import latex


def parsed(text: str) -> Tree:
    (tree,) = parse_statements(Source("", text).span(), vocabulary(), "latex").statements
    return tree


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        (r"L = KL(p \| q)", r"L = \text{KL}(p \parallel q)"),
        (r"L = D_{KL}(p \| q) + 1", r"L = D_{\text{KL}}(p \parallel q) + 1"),
        (r"L = a KL(p \| q)", r"L = a \text{KL}(p \parallel q)"),
        (r"L = 2 JS(p \| q)", r"L = 2 \text{JS}(p \parallel q)"),
        # no heads: a product of letters, an index pair, a name, and what no bars part
        ("L = K L (p + q)", "L = K L (p + q)"),
        ("L = A_{KL} x", "L = A_{KL} x"),
        ("L = D_{KL}", "L = D_{KL}"),
        ("L = C E(p, q)", "L = C E(p, q)"),
    ],
)
def test_heads_in_a_formula(written: str, printed: str) -> None:
    assert latex(in_words(parsed(written))) == printed


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        (r"D_{KL}(P \| Q)", r"D_{\text{KL}}(P \parallel Q)"),
        (r"D_{\mathrm{KL}}(P \| Q)", r"D_{\text{KL}}(P \parallel Q)"),
        (r"JSD(P \| Q)", r"\text{JSD}(P \parallel Q)"),
        ("TV(P, Q)", r"\text{TV}(P, Q)"),
        ("H (P, Q)", "H(P, Q)"),
        ("H_2(P)", "H_2(P)"),
        (r"\chi^2(P \| Q)", r"\chi^2(P \parallel Q)"),
        # a family whose word is that of a function too
        (r"D_{KL}(\mathrm{Exp}(a) \| \text{Exp}(b))", r"D_{\text{KL}}(\operatorname{Exp}(a) \parallel \operatorname{Exp}(b))"),
        (r"H(\exp(a))", r"H(\exp(a))"),
    ],
)
def test_a_quantity_by_itself(written: str, printed: str) -> None:
    assert latex(notation_in_words(parsed(written))) == printed
