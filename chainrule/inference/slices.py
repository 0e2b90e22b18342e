r"""Ranges of entries: `x_{1:3}`, `W_{*, n+1:n+k}`, plain `A[:, 1:3]`. Positions are counted from 1, both ends are in."""

from typing import TYPE_CHECKING

from chainrule.errors import ShapeError, SyntaxFault
from chainrule.graph import build
from chainrule.graph.dimension import Dimension, dimension
from chainrule.graph.node import Node
from chainrule.inference.bounds import size_of
from chainrule.inference.index_form import STARS
from chainrule.inference.resolved import Sliced
from chainrule.inference.symbols import key, span_text
from chainrule.syntax.tree import Relation, Subscript, Tree

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader

ONE = dimension(1)


def is_sliced(tree: Tree) -> bool:
    """Whether a range stands in the subscript."""
    return isinstance(tree, Subscript) and any(isinstance(item, Relation) and item.operators == (":",) for item in tree.items)


def read_sliced(reader: "Reader", tree: Subscript) -> Sliced:
    """The block that a subscript with ranges takes. Raises SyntaxFault where a place is neither a range nor a star."""
    ends: list[tuple[Dimension, Dimension] | None] = []
    for item in tree.items:
        if item in STARS:
            ends.append(None)
            continue
        found = [size_of(side, reader.integers) for side in item.sides] if isinstance(item, Relation) else []
        if len(found) != 2 or found[0] is None or found[1] is None:
            message = f"{span_text(item.span)} in {span_text(tree.span)} is no range of entries"
            raise SyntaxFault("unsupported-index", message, tree.span, "write x_{1:3}, or A_{1:2, *} for rows")
        begins = ONE if key(tree.base) in reader.zero_based else ONE - ONE
        ends.append((found[0] + begins, found[1] + begins))
    return Sliced(reader.read(tree.base), tuple(ends), span=tree.span)


def sliced_node(tree: Sliced, node: Node) -> Node:
    """The block. Raises ShapeError where it has more axes than the array, or reaches past an end."""
    for axis, ends in enumerate(tree.ends):
        if ends is None:
            continue
        first, last = ends
        start, count = first.number, (last - first + ONE).number
        length, end = node.shape[axis].number, last.number
        if start == 0 or (count is not None and count < 1) or (length is not None and end is not None and end > length):
            there = "" if length is None else f" to {length}"
            raise ShapeError("no-such-entry", f"{span_text(tree.span)}: entries are counted from 1{there}", tree.span)
        node = build.part(node, first - ONE, last - first + ONE, axis)
    return node
