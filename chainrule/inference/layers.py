r"""Layers written like powers: `a^l = \sigma(w^l a^{l-1} + b^l)`, and `w^2` beside `w^1`, where both stand on left sides.

While definitions are written out, such a superscript is a bracket under an operator of its own.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from chainrule.inference.members import index_of
from chainrule.inference.symbols import LAYER_LETTERS, could_be_name, key
from chainrule.syntax.tree import (
    Bracket,
    Derivative,
    Juxtaposition,
    Name,
    Number,
    Relation,
    Subscript,
    Superscript,
    Tree,
    transform,
    walk,
)

LAYER = "layer"


def layered(statements: Sequence[Tree]) -> dict[Tree, Tree]:
    """The names whose superscripts count layers: that of `a^l = ...` and `\\frac{\\partial L}{\\partial W^l}`
    with all that have an l there, and w where both
    `w^1` and another are defined, given or declared."""
    heads = [side for s in statements if isinstance(s, Relation) for side in s.sides[:1] if isinstance(side, Superscript)]
    letters = {head.exponent for head in heads if head.exponent in LAYER_LETTERS and could_be_name(head.base)}
    slopes = [by for s in statements for part in walk(s) if isinstance(part, Derivative) for by in part.by]
    found = [index_of(by.exponent) for by in slopes if isinstance(by, Superscript) and could_be_name(by.base)]
    letters |= {index[0] for index in found if index is not None and index[0] in LAYER_LETTERS}
    parts = [part for s in statements for part in walk(s) if isinstance(part, Superscript)]
    bases: dict[Tree, Tree] = {key(part.base): part.base for part in parts if _counts(part, letters)}
    numbers: dict[Tree, set[int]] = {}
    for head in heads:
        if isinstance(head.exponent, Number) and could_be_name(head.base) and head.exponent.value.denominator == 1:
            numbers.setdefault(key(head.base), set()).add(int(head.exponent.value))
            if {1} < numbers[key(head.base)]:
                bases.setdefault(key(head.base), head.base)
    for name in [*arrays_of_entries(bases).values()]:
        bases.setdefault(key(name), name)
    return bases | _beside(statements, parts) if bases else bases


def arrays_of_entries(bases: dict[Tree, Tree]) -> dict[Tree, Tree]:
    """The arrays of which entries in general have a layer, the a of `a^l_j`: that of every entry is one, and its own too."""
    arrays = [base.base for base in bases.values() if isinstance(base, Subscript) and all(map(_is_index, base.items))]
    return {key(array): array for array in arrays}


def _is_index(item: Tree) -> bool:
    letters = item.items if isinstance(item, Juxtaposition) else (item,)
    return all(isinstance(each, Name) and len(each.text) == 1 for each in letters)


def _beside(statements: Sequence[Tree], parts: Sequence[Superscript]) -> dict[Tree, Tree]:
    """The names that have a superscript wherever they stand, 1 among them, which is never written as a power: `w^1`."""
    first = {
        key(part.base): part.base
        for part in parts
        if isinstance(part.exponent, Number) and part.exponent.value == 1 and could_be_name(part.base)
    }
    everywhere = Counter(key(part) for s in statements for part in walk(s) if could_be_name(part))
    raised = Counter(key(part.base) for part in parts if could_be_name(part.base) and index_of(part.exponent) is not None)
    return {name: base for name, base in first.items() if everywhere[name] == raised[name]}


def _counts(part: Superscript, letters: set[Tree]) -> bool:
    if not could_be_name(part.base):
        return False
    found = index_of(part.exponent)
    return found is not None and found[0] in letters


def mark_layers(tree: Tree, bases: dict[Tree, Tree]) -> Tree:
    """The tree with the superscripts of these names, be they numbers or letters, put in brackets of their own."""

    arrays = arrays_of_entries(bases)

    def is_layered(base: Tree) -> bool:
        return key(base) in bases or (isinstance(base, Subscript) and key(base.base) in arrays)

    def mark(part: Tree) -> Tree:
        bare = isinstance(part, Superscript) and part.operator == "^" and index_of(part.exponent) is not None
        if isinstance(part, Superscript) and bare and is_layered(part.base):
            return replace(part, exponent=Bracket("(", (part.exponent,), span=part.exponent.span), operator=LAYER)
        return part

    return transform(tree, mark) if bases else tree


def is_marked(tree: Tree) -> bool:
    """Whether it is a name with such a superscript."""
    return isinstance(tree, Superscript) and tree.operator == LAYER


def unmark_layers(tree: Tree, *, bracketed: bool = False) -> Tree:
    """The tree as it was written; bracketed: with `(l)` for l, in which `z^{(l)}_j` is an entry."""

    def unmark(part: Tree) -> Tree:
        if isinstance(part, Superscript) and part.operator == LAYER and isinstance(part.exponent, Bracket):
            return replace(part, exponent=part.exponent if bracketed else part.exponent.items[0], operator="^")
        return part

    return transform(tree, unmark)
