"""The node of one expression over names whose shapes are known."""

from collections.abc import Mapping

from chainrule.errors import ChainruleError, ShapeError
from chainrule.graph.dimension import Shape, shape_text
from chainrule.graph.node import Node
from chainrule.inference.constrain import Typing, clash_error
from chainrule.inference.conventions import settle
from chainrule.inference.elaborate import Dimensions, Elaborator, Learnt
from chainrule.inference.ranks import OF_RANK, SCALAR, RankClash
from chainrule.inference.resolved import Tabled
from chainrule.inference.symbols import Symbol, span_text
from chainrule.syntax.tree import Tree, walk

MOST_ROUNDS = 1000
"""How often an expression is made again with what was learnt of its dimensions before it is refused."""


def read_resolved(
    tree: Tree, names: Mapping[Tree, Node], shape: Shape | None = None, along: Mapping[Tree, int] | None = None
) -> Node:
    """The node of a resolved tree over names whose shapes are known. along: as in `Names`.

    Raises ShapeError where it does not fit.
    """
    typing = _typing(tree, names)
    typing.along = along or {}
    typing.constrain(tree)
    fits = shape is None or len(shape) in OF_RANK
    if shape is not None and not (fits and typing.ranks.attempt(typing.constrain(tree), frozenset((OF_RANK[len(shape)],)))):
        raise ShapeError("wrong-rank", f"this is not {shape_text(shape)}, a vector being a column", tree.span)
    return _elaborated(tree, tree, typing, names, shape)


def _typing(tree: Tree, names: Mapping[Tree, Node]) -> Typing:
    """The ranks of the names in a tree. Raises ShapeError for an array of rank three or more."""
    typing = Typing()
    for part in walk(tree):
        if isinstance(part, Symbol):
            rank = len(names[part.name].shape)
            if rank not in OF_RANK:
                message = f"{span_text(part.span)} has {rank} axes; a formula has arrays of two at most"
                raise ShapeError("wrong-rank", message, part.span)
            typing.ranks.attempt(typing.name(part.name), frozenset((OF_RANK[rank],)))
    return typing


def _elaborated(whole: Tree, tree: Tree, typing: Typing, names: Mapping[Tree, Node], shape: Shape | None) -> Node:
    """The node of `whole`, whose part `tree` has its ranks constrained."""
    try:
        settle(typing, frozenset(names))
    except RankClash as clash:
        raise clash_error(clash, typing, tree) from None
    elaborator = Elaborator(typing, names, Dimensions(rigid=True))
    for _ in range(MOST_ROUNDS):
        try:
            node = elaborator.node(whole)
        except Learnt:
            continue
        if shape is None or not _learn_shape(elaborator.dimensions, node.shape, shape):
            return node
    raise ChainruleError("too-many-sizes", "the sizes of this expression could not be found", tree.span)


def read_entries(tree: Tree, names: Mapping[Tree, Node], letters: tuple[Tree, ...], shape: Shape) -> Node:
    """The array whose entries a resolved tree says, with an axis of these lengths for each letter. Raises ShapeError."""
    typing = _typing(tree, names)
    if not typing.ranks.attempt(typing.constrain(tree), frozenset((SCALAR,))):
        raise ShapeError("wrong-rank", "an entry is a scalar", tree.span)
    return _elaborated(Tabled(letters, tree, shape, span=tree.span), tree, typing, names, None)


def _learn_shape(dimensions: Dimensions, found: Shape, wanted: Shape) -> bool:
    """Whether something new is known of the sizes that the expression left open."""
    before = len(dimensions.known)
    for own, other in zip(found, wanted, strict=True):
        dimensions.unify(own, other)
    return len(dimensions.known) > before
