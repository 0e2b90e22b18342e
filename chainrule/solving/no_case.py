"""Definitions by cases that say nothing of the numbers at hand: a value rests on none of them."""

from chainrule.calculus.reverse import prime
from chainrule.graph import build
from chainrule.graph.node import Apply, Node, operands, postorder
from chainrule.graph.walk import rebuild
from chainrule.ops.comparison import LAST_CASE, WHERE, elsewhere


def without_open_ends(root: Node) -> Node:
    """The graph that is no number where no condition of a definition by cases holds; the same one where none is left open.

    Functions of the text are written out as far as they have such cases.
    """
    made: dict[Node, Node] = {}
    for node in postorder(root):
        below = operands(node)
        new = tuple(made[each] for each in below)
        same = node if all(a is b for a, b in zip(below, new, strict=True)) else rebuild(node, new)
        made[node] = _kept(node, _closed(same), same) if isinstance(node, Apply) and isinstance(same, Apply) else same
    return made[root]


def _kept(node: Apply, closed: Node, same: Apply) -> Node:
    """A function of what is no number is none either, also where it is a comparison or the larger of two; of a choice that is
    so for its condition alone.
    """
    pairs = [pair for pair in zip(node.arguments, same.arguments, strict=True) if pair[0] is not pair[1]]
    asked = [new for old, new in pairs if node.operation is not WHERE or old is node.arguments[0]]
    for each in asked if node.operation is not LAST_CASE else ():
        if each.shape in ((), closed.shape):
            closed = build.apply(LAST_CASE, each, closed)  # which adds nothing to a number
    return closed


def _closed(node: Apply) -> Node:
    operation = node.operation
    if operation is LAST_CASE:
        return elsewhere(node)
    if operation.made_by is None or operation.value is not None or operation.definition is None:
        return node
    maker, made_of = operation.made_by
    if maker is prime:  # a derivative has no value where its function has none
        function = build.apply(made_of[0], *node.arguments)
        closed = without_open_ends(function)
        return node if closed is function else build.add(node, build.subtract(closed, function))
    written = operation.definition(*node.arguments)
    closed = without_open_ends(written)
    return node if closed is written else closed
