"""Words of any characters: TeX sets them as they are, and no character of theirs is a command."""

import pytest

from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Text
from chainrule.typesetting import latex, plain, typst, unicode


@pytest.mark.parametrize(
    ("word", "printed"),
    [
        ("apple", r"\text{apple}"),
        ("plum tree", r"\text{plum tree}"),
        ("y_pred", r"\text{y\_pred}"),
        ("R&D", r"\text{R\&D}"),
        ("cost $5", r"\text{cost \$5}"),
        ("50% off", r"\text{50\% off}"),
        ("#1", r"\text{\#1}"),
        ("{x}", r"\text{\{x\}}"),
        ("a^b~c", r"\text{a\textasciicircum{}b\textasciitilde{}c}"),
        ("\\href{javascript:x}{y}", r"\text{\textbackslash{}href\{javascript:x\}\{y\}}"),
        ("%", r"\text{\%}"),
        ("$", r"\text{\$}"),
        ("a", "a"),
        ("\\alpha", r"\alpha"),
        ("\\#", r"\#"),
    ],
)
def test_words_in_latex(word: str, printed: str) -> None:
    assert latex(Name(word)) == printed


def test_text_that_is_no_name_is_escaped_too() -> None:
    assert latex(Text("50% of $9")) == r"\text{50\% of \$9}"


def test_a_function_of_a_word_is_no_product_of_letters() -> None:
    tree = Juxtaposition((Name("P"), Bracket("(", (Name("apple"),))))
    assert (latex(tree), plain(tree), unicode(tree)) == (r"P(\text{apple})", "P(apple)", "P(apple)")
    assert typst(tree) == 'P("apple")'
