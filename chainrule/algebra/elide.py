"""A graph cut short for reading: what lies deeper than a few operations becomes dots."""

from chainrule.graph import build
from chainrule.graph.node import Add, Contract, Node, operands
from chainrule.graph.walk import substitute
from chainrule.syntax.tree import Dots

WIDEST = 6
"""A sum or product of more operands is cut to so many, and dots."""


def elide(root: Node, most: int = 12, levels: int = 4) -> Node:
    """The graph with at most so many operations and levels; everything below them is replaced by dots."""
    kept: dict[Node, None] = {_narrow(root): None}
    front = list(kept)
    for _ in range(levels):
        front = [o for node in front for o in operands(node) if o not in kept and len(operands(o)) <= WIDEST]
        front = front[: max(0, most - len(kept))]
        kept.update(dict.fromkeys(front))
    shown = next(iter(kept))
    below = [o for node in kept for o in operands(node) if o not in kept and operands(o)]
    return substitute(shown, {node: build.variable(Dots(), node.shape) for node in below})


def _narrow(node: Node) -> Node:
    """A wide sum or product of scalars with its first operands and dots."""
    dots = build.variable(Dots(), node.shape)
    match node:
        case Add(terms=terms) if len(terms) > WIDEST:
            return build.linear([*terms[:WIDEST], (1, dots)], node.shape)
        case Contract(factors=factors) if len(factors) > WIDEST and all(not f.shape for f in factors):
            return build.multiply(*factors[:WIDEST], dots)
        case _:
            return node
