"""Sums in which a vector stands beside a matrix, `X W + b`: it is added to every row or every column, and a note says which.

A row, declared or given as one, is added to every row, and a vector to what the text says. Of any other the axis that fits
is taken. Where both fit, it is the one along the rows, examples being rows; but beside `W X` with the weight
on the left or the data on the right examples are columns, so that b is added to each of them. To the columns of a matrix that
is no product a vector is never added.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from chainrule.graph import build
from chainrule.graph.dimension import DimensionClash, Shape
from chainrule.graph.node import Node
from chainrule.inference.constrain import Typing
from chainrule.inference.members import members
from chainrule.inference.neighbours import products
from chainrule.inference.ranks import MATRIX, ROW, VECTOR
from chainrule.inference.resolved import Transposed
from chainrule.inference.symbols import Symbol, is_bold, is_capital, letter, span_text
from chainrule.syntax.tree import Accent, Name, Product, Sum, Tree

if TYPE_CHECKING:
    from chainrule.inference.elaborate import Elaborator

WEIGHTS = (Name("W"), Name("\\Theta"))
DATA = Name("X")
MEAN = Name("\\mu")


def sum_node(elaborator: "Elaborator", tree: Sum) -> Node:
    """The node of a sum. Raises DimensionClash where the sizes of the terms do not fit."""
    kinds = [elaborator.typing.kind(term) for term in tree.terms]
    terms = [elaborator.node(term) for term in tree.terms]
    if MATRIX in kinds and (VECTOR in kinds or ROW in kinds):
        shape = terms[kinds.index(MATRIX)].shape
        for k, kind in enumerate(kinds):
            if kind in (VECTOR, ROW):
                axis = _axis(elaborator, tree, tree.terms[k], kind, terms[k].shape, shape)
                terms[k] = build.broadcast(terms[k], shape, (axis,))
    return build.add(*(build.scale(sign, term) for sign, term in zip(tree.signs, terms, strict=True)))


def _axis(elaborator: "Elaborator", tree: Sum, term: Tree, kind: str, own: Shape, whole: Shape) -> int:
    """The axis of the matrix along which a vector lies, the two lengths made one. Raises DimensionClash where none fits."""
    (length,) = (elaborator.dimensions.settle(d) for d in own)
    ends = [elaborator.dimensions.settle(d) for d in whole]
    axes = [0, 1] if kind == VECTOR and products(tree.terms) else [1]
    said = elaborator.typing.along.get(term.name) if isinstance(term, Symbol) else None
    if said is not None and not elaborator.dimensions.rigid:
        axes = [said]
    found = [axis for axis in axes if ends[axis] == length] or [
        axis for axis in axes if elaborator.dimensions.can_unify(length, ends[axis])
    ]
    found = [axis for axis in found if axis == said] or found
    if not found:
        raise DimensionClash("shape-clash", f"a vector of {length} entries is added to a matrix", length, ends[1])
    axis = found[0] if len(found) == 1 else 0 if _examples_are_columns(tree) else 1
    elaborator.meet(length, ends[axis])
    said = span_text(term.span)
    across, along = f"{said} \\mathbf{{1}}^\\top", f"\\mathbf{{1}} {said}^\\top"
    place, other, form = ("row", "column", across) if axis == 1 else ("column", "row", along)
    message = f"{said} is a vector and is added to every {place} of the matrix in {span_text(tree.span)}"
    hint = f"write {form} to add it to every {other}; declare its shape if it is a matrix"
    elaborator.note("vector-broadcast", message, term, hint)
    return axis


def _examples_are_columns(tree: Sum) -> bool:
    """Whether there is a product with the weight on the left, `W X`, or the data on the right."""
    for product in products(tree.terms):
        first, last = _letter(product.factors[0]), _letter(product.factors[-1])
        if last not in WEIGHTS and (first in WEIGHTS or last == DATA):
            return True
    return False


def _letter(tree: Tree) -> Tree | None:
    inside = tree.body if isinstance(tree, Transposed) else tree
    return letter(inside.name) if isinstance(inside, Symbol) else None


def beside_rows(typing: Typing) -> list[Tree]:
    """The names that are added to a row, `x^\\top A + b`: they are no matrices, although a row can be added to one."""
    sums = [tree for tree in typing.trees if isinstance(tree, Sum)]
    rows = [tree for tree in sums if any(typing.parts[id(term)].kinds == frozenset((ROW,)) for term in tree.terms)]
    return list(dict.fromkeys(term.name for tree in rows for term in tree.terms if isinstance(term, Symbol)))


def biases(typing: Typing, defined: Iterable[Tree]) -> list[Tree]:
    """The names that are added to a matrix and are written like vectors: a small letter beside a product of matrices that ends
    with a capital, and the mean that is taken from a capital, `X - \\mu` or `X - \\bar{x}`.
    """
    found: dict[Tree, None] = {}
    for tree in [tree for tree in typing.trees if isinstance(tree, Sum)]:
        matrices = [term for term in tree.terms if typing.parts[id(term)].kinds == frozenset((MATRIX,))]
        beside_product = any(isinstance(term, Product) and _is_capital(term.factors[-1]) for term in matrices)
        beside_capital = any(map(_is_capital, matrices))
        for sign, term in zip(tree.signs, tree.terms, strict=True):
            if isinstance(term, Symbol) and not is_capital(term.name) and term.name not in set(defined):
                is_mean = sign < 0 and beside_capital and (letter(term.name) == MEAN or _is_barred(term.name))
                if beside_product or is_mean:
                    found.setdefault(term.name)
    return list(found)


def _is_layer(tree: Tree) -> bool:
    """`W x`, and not the data times the weights, `X w`, which has one example a row."""
    return isinstance(tree, Product) and _is_capital(tree.factors[0]) and _letter(tree.factors[0]) != DATA


def beside_layers(typing: Typing) -> set[Tree]:
    """The names that are added to a matrix times something, `A x - b`."""
    sums = [tree for tree in typing.trees if isinstance(tree, Sum) and any(map(_is_layer, tree.terms))]
    return {term.name for tree in sums for term in tree.terms if isinstance(term, Symbol)}


def added_zeros(typing: Typing, zeros: Iterable[Tree], defined: Iterable[Tree]) -> list[Tree]:
    """Of the names that are given 0 those that are numbers, as they would be with 0.5: terms of sums and nothing else.

    The bias of a layer, beside `W x`, is an array of zeros, and so is a capital or bold one, one that anything else is done
    with, and the first of a sequence, `h_0`.
    """
    sums = [tree for tree in typing.trees if isinstance(tree, Sum) and not any(map(_is_layer, tree.terms))]
    added = {id(term) for tree in sums for term in tree.terms}
    elsewhere = {tree.name for tree in typing.trees if isinstance(tree, Symbol) and id(tree) not in added}
    terms = {term.name for tree in sums for term in tree.terms if isinstance(term, Symbol)}
    sequences = {member.family for name in defined for member in members(name)}
    return [
        name
        for name in zeros
        if name in terms - elsewhere
        and not (is_capital(name) or is_bold(name))
        and sequences.isdisjoint(member.family for member in members(name))
    ]


def _is_capital(tree: Tree) -> bool:
    inside = tree.body if isinstance(tree, Transposed) else tree
    return isinstance(inside, Symbol) and is_capital(inside.name)


def _is_barred(name: Tree) -> bool:
    return isinstance(name, Accent) and name.kind in ("bar", "overline")
