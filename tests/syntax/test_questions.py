"""`= ?` asks; `\\perp` stands between variables that are independent."""

import pytest

from chainrule.source import Source
from chainrule.syntax.parser import parse_expression, parse_statements
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Relation
from chainrule.syntax.vocabulary import Vocabulary

WORDS = Vocabulary.of(["log"])


@pytest.mark.parametrize("text", [r"D(P \| Q) = ?", r"D(P \| Q) =?", r"D(P \| Q) = ?.", r"D(P \| Q) \approx ?"])
def test_a_question_is_what_stands_before_it(text: str) -> None:
    (asked,) = parse_statements(Source("text", text.rstrip(".")).span(), WORDS, "latex").statements
    assert asked == parse_expression(Source("text", r"D(P \| Q)").span(), WORDS, "latex")


@pytest.mark.parametrize("text", ["? = 3", "a = ? + 1", "a ? b"])
def test_a_mark_anywhere_else_is_refused(text: str) -> None:
    reading = parse_statements(Source("text", text).span(), WORDS, "latex")
    assert [each.code for each in reading.diagnostics] == ["unexpected-character"]


@pytest.mark.parametrize("sign", [r"\perp", r"\perp\!\!\!\perp", r"\perp \perp", "⊥", "⫫", r"\indep"])
def test_independence(sign: str) -> None:
    (said,) = parse_statements(Source("text", f"X {sign} Y").span(), WORDS, "latex").statements
    assert said == Relation(("\\perp",), (Name("X"), Name("Y")))


@pytest.mark.parametrize("text", [r"P^* \| Q", r"P^* | Q", r"P^+ \| Q", r"P^{*} || Q", r"P_* \| Q"])
def test_a_bar_behind_a_script_stands_between(text: str) -> None:
    tree = parse_expression(Source("text", f"D({text})").span(), WORDS, "latex")
    assert isinstance(tree, Juxtaposition)
    bracket = tree.items[1]
    assert isinstance(bracket, Bracket)
    assert bracket.separators in (("||",), ("|",))
