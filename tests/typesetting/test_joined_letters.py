"""Letters side by side in a subscript, and factors that would be misread without a dot."""

import pytest

from chainrule.syntax.tree import Derivative, Font, Juxtaposition, Name, Number, Quotient, Relation, Subscript, Tree
from chainrule.typesetting import latex, plain, unicode

from .reading import assert_reads_back, read
from .trees import num, paren, x


def letters(text: str) -> Tree:
    return Juxtaposition(tuple(map(Name, text)))


@pytest.mark.parametrize(
    ("indices", "in_latex", "in_plain", "in_unicode"),
    [
        ((letters("ij"),), "A_{ij}", "A_{i j}", "Aᵢⱼ"),
        ((letters("pq"),), "A_{pq}", "A_{p q}", "A_{p q}"),
        ((letters("ijk"),), "A_{ijk}", "A_{i j k}", "Aᵢⱼₖ"),
        ((letters("hh"),), "A_{hh}", "A_hh", "Aₕₕ"),
        ((letters("prev"),), "A_{prev}", "A_prev", "A_prev"),
        ((letters("prev"), Name("i")), "A_{prev, i}", "A_{prev, i}", "A_{prev, i}"),
        ((letters("hat"),), "A_{hat}", "A_{h a t}", "Aₕₐₜ"),
        ((letters("eta"),), "A_{eta}", "A_{e t a}", "Aₑₜₐ"),
        ((Name("i"), Name("j")), "A_{i, j}", "A_{i, j}", "A_{i, j}"),
    ],
)
def test_letters_of_a_subscript(indices: tuple[Tree, ...], in_latex: str, in_plain: str, in_unicode: str) -> None:
    tree = Subscript(Name("A"), indices)
    assert (latex(tree), plain(tree), unicode(tree)) == (in_latex, in_plain, in_unicode)


@pytest.mark.parametrize("target", ["latex", "plain", "unicode"])
@pytest.mark.parametrize("run", ["ij", "pq", "in", "ijk", "st"])
def test_indices_are_read_back_as_indices(run: str, target: str) -> None:
    tree = Subscript(Name("A"), (letters(run),))
    printer = {"latex": latex, "plain": plain, "unicode": unicode}[target]
    assert read(printer(tree), "latex" if target == "latex" else "plain") == tree


def test_a_word_is_read_back_as_one_name() -> None:
    assert read("a_prev", "plain") == Subscript(Name("a"), (Name("prev"),))
    assert plain(read("a_{prev}", "latex")) == "a_prev"
    assert unicode(read("a_prev", "plain")) == "a_prev"


@pytest.mark.parametrize("target", ["latex", "plain", "unicode"])
@pytest.mark.parametrize(
    "tree",
    [
        Juxtaposition((num(2), Quotient(num(1), num(2)))),
        Juxtaposition((Derivative("d", Name("g"), (Name("t"),)), paren(x))),
        Juxtaposition((num(2), x, Font("mathbb", num(1)), paren(x))),
        Subscript(x, (Relation((":",), (num(1), Name("n"))),)),
    ],
)
def test_what_would_be_refused_has_a_dot(tree: Tree, target: str) -> None:
    assert_reads_back(tree, target)


def test_the_dot_stands_where_two_readings_meet() -> None:
    assert latex(Juxtaposition((num(2), Quotient(num(1), num(2))))) == r"2 \cdot \frac{1}{2}"
    assert latex(Juxtaposition((Derivative("d", Name("g"), (Name("t"),)), paren(x)))) == r"\frac{d g}{d t} \cdot (x)"
    assert latex(Juxtaposition((Number(num(2).value, "2.0"), Quotient(num(1), num(2))))) == r"2.0 \frac{1}{2}"
