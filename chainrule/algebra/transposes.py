"""Rules for operations on matrices, by what their records declare: transposes move out, what undoes itself is gone."""

from chainrule.graph import build
from chainrule.graph.node import Apply, Contract, Node
from chainrule.graph.operation import Property
from chainrule.graph.step import Rule


def _untransposed(node: Node) -> Node | None:
    """X for X^T."""
    if isinstance(node, Contract) and len(node.factors) == 1 and node.indices[0] == (0, 1) and node.output == (1, 0):
        return node.factors[0]
    return None


def _turn(node: Node) -> Node | None:
    if not isinstance(node, Apply):
        return None
    kinds = node.operation.properties & {Property.TURNS, Property.SAME_TURNED}
    if not kinds:
        return None
    inside = [_untransposed(argument) for argument in node.arguments]
    arguments = [each for each in inside if each is not None]
    if len(arguments) < len(inside):
        return None
    made = build.apply(node.operation, *arguments)
    return build.transpose(made) if Property.TURNS in kinds else made


def _undo(node: Node) -> Node | None:
    if not isinstance(node, Apply) or Property.INVOLUTION not in node.operation.properties:
        return None
    inner = node.arguments[0]
    return inner.arguments[0] if isinstance(inner, Apply) and inner.operation is node.operation else None


TRANSPOSE_RULES = (
    Rule("transpose-outside", _turn, "the transpose may be taken before or after"),
    Rule("undone", _undo, "done twice it is undone"),
)
