"""What calculus and algebra emit: rules, and the steps that record their use."""

from collections.abc import Callable
from dataclasses import dataclass

from chainrule.graph.node import Node


@dataclass(frozen=True)
class Step:
    """One use of a rule: at `node`, for its operand number `argument` (None: the whole node), `before` became `after`.

    For an edge of the reverse sweep: `before` is the upstream cotangent, `local` the local derivative where it can be said
    apart from the product (elementwise), `after` the product that is accumulated at the operand.
    """

    rule: str
    node: Node
    argument: int | None
    before: Node
    after: Node
    because: str
    local: Node | None = None


@dataclass(frozen=True)
class Rule:
    """One row of simplification: `build(node)` gives the simpler node, or None where the pattern does not hold."""

    name: str
    build: Callable[[Node], Node | None]
    because: str
