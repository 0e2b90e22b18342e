"""The Typst compiler takes what we print: every kind, every kind inside every kind, every command and operator."""

import pytest
import typst as compiler
from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.syntax.symbols import ACCENTS, FONTS, LETTERS, PRODUCT_TEXTS, RELATION_TEXTS
from chainrule.syntax.tree import Accent, Bracket, Font, Matrix, Name, Product, Relation, Tree
from chainrule.typesetting import latex, plain, typst

from .test_dialects import KINDS
from .test_read_back import CHILDREN, PARENTS, TREES
from .trees import a, b, f, i, paren, side, sub, x

PAGE = "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"


def compile_all(trees: list[Tree]) -> list[bytes]:
    """One picture a tree."""
    source = PAGE + "\n#pagebreak()\n".join(f"$ {typst(tree)} $" for tree in trees)
    pages = compiler.compile(source.encode(), format="svg", ignore_system_fonts=True)
    return pages if isinstance(pages, list) else [pages]


def test_every_kind() -> None:
    assert len(compile_all([row[0] for row in KINDS])) == len(KINDS)


@pytest.mark.parametrize("parent", PARENTS)
def test_every_kind_inside_every_kind(parent: str) -> None:
    assert len(compile_all([PARENTS[parent](child) for child in CHILDREN.values()])) == len(CHILDREN)


@settings(max_examples=10, deadline=None)
@given(trees=st.lists(TREES, min_size=20, max_size=20))
def test_random_trees(trees: list[Tree]) -> None:
    assert len(compile_all(trees)) == len(trees)


def test_every_spelling_of_the_parser_has_one_in_every_target() -> None:
    names = [Name(text) for text in sorted(set(LETTERS.values()))]
    operators: list[Tree] = [Product(text, (a, b)) for text in sorted(PRODUCT_TEXTS)]
    relations: list[Tree] = [Relation((text,), (a, b)) for text in sorted(RELATION_TEXTS)]
    accents: list[Tree] = [Accent(kind, x) for kind in sorted(ACCENTS)]
    fonts: list[Tree] = [Font(kind, x) for kind in sorted(FONTS)]
    environments: list[Tree] = [
        Matrix(((a, b),), name) for name in ("pmatrix", "vmatrix", "Vmatrix", "Bmatrix", "matrix", "smallmatrix")
    ]
    separators: list[Tree] = [Bracket("(", (a, b), (text,)) for text in (",", ";")]
    trees = [*names, *operators, *relations, *accents, *fonts, *environments, *separators]
    assert len(compile_all(trees)) == len(trees)
    assert all(latex(tree) and plain(tree) for tree in trees)


def test_marks_do_not_take_in_what_follows() -> None:
    """`f_i(x)` draws the same signs as f, i and (x) beside it, no more and no fewer."""
    assert typst(side(sub(f, i), paren(x))) == "f_(i)(x)"


def test_words_cannot_leave_their_quotes() -> None:
    assert typst(Name('lo"ss')) == r'"lo\"ss"'
    assert typst(Name("back\\slash")) == r'"back\\slash"'
    assert len(compile_all([Name('#panic("no")'), Name('lo"ss$')])) == 2
