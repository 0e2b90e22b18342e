"""A graph cut short for reading: what lies deeper than a few levels becomes dots."""

from chainrule.graph import build
from chainrule.graph.node import Node, operands
from chainrule.graph.walk import substitute
from chainrule.syntax.tree import Dots


def elide(root: Node, levels: int = 6) -> Node:
    """The graph with everything more than so many operations below the root replaced by dots; the root itself stays."""
    depth: dict[Node, int] = {root: 0}
    front = [root]
    for level in range(1, levels + 1):
        front = [operand for node in front for operand in operands(node) if operand not in depth]
        depth.update(dict.fromkeys(front, level))
    dots: dict[Node, Node] = {n: build.variable(Dots(), n.shape) for n, d in depth.items() if d == levels and operands(n)}
    return substitute(root, dots)
