"""Rules for operations on matrices, by what their records declare: transposes move out, what undoes itself is gone."""

from chainrule.algebra.symmetry import is_symmetric
from chainrule.graph import build
from chainrule.graph.node import Add, Apply, Contract, Node
from chainrule.graph.operation import Property
from chainrule.graph.step import Rule


def untransposed(node: Node) -> Node | None:
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
    inside = [untransposed(argument) for argument in node.arguments]
    arguments = [each for each in inside if each is not None]
    if len(arguments) < len(inside):
        return None
    made = build.apply(node.operation, *arguments)
    return build.transpose(made) if Property.TURNS in kinds else made


def _turn_sum(node: Node) -> Node | None:
    """A^T + B^T is (A + B)^T; matrices that are their own transposes stand as they are."""
    if not isinstance(node, Add) or len(node.shape) != 2 or len(node.terms) < 2:
        return None
    turned = [(c, untransposed(term), term) for c, term in node.terms]
    if all(inner is None for _, inner, _ in turned):
        return None
    if any(inner is None and not is_symmetric(term) for _, inner, term in turned):
        return None
    return build.transpose(build.linear([(c, inner or term) for c, inner, term in turned], node.shape[::-1]))


def _undo(node: Node) -> Node | None:
    if not isinstance(node, Apply) or Property.INVOLUTION not in node.operation.properties:
        return None
    inner = node.arguments[0]
    return inner.arguments[0] if isinstance(inner, Apply) and inner.operation is node.operation else None


TURNED_SUMS = (Rule("transposed-sum", _turn_sum, "A^T + B^T = (A + B)^T"),)
TRANSPOSE_RULES = (
    Rule("transpose-outside", _turn, "the transpose may be taken before or after"),
    Rule("undone", _undo, "done twice it is undone"),
)
