"""Which matrices are their own transposes whatever the values: M^T M, S + S^T, the inverse of such a one."""

from weakref import WeakKeyDictionary

from chainrule.algebra.order import ordered
from chainrule.graph import build
from chainrule.graph.node import Add, Apply, Contract, Named, Node
from chainrule.graph.operation import Property

DEEPEST = 16
"""Symmetry that lies deeper inside is not looked for."""

_known: "WeakKeyDictionary[Node, bool]" = WeakKeyDictionary()


def is_symmetric(node: Node, depth: int = DEEPEST) -> bool:
    """Is the (n, n) node its own transpose? False where that is not seen."""
    if len(node.shape) != 2 or node.shape[0] != node.shape[1] or not depth:
        return False
    if node not in _known:
        _known[node] = _is_symmetric(node, depth - 1)
    return _known[node]


def sides_in_order(node: Node) -> Node:
    """A product with the indices of its symmetric factors in the order of their first use: such a factor has no sides."""
    if not isinstance(node, Contract) or not any(len(own) == 2 and own[0] > own[1] for own in node.indices):
        return node
    lists = [tuple(sorted(own)) if is_symmetric(f) else own for f, own in zip(node.factors, node.indices, strict=True)]
    return build.contract(node.factors, lists, node.output, dict(enumerate(node.extents)))


def _is_symmetric(node: Node, depth: int) -> bool:
    match node:
        case Named(body=body):
            return is_symmetric(body, depth)
        case Apply(operation=operation, arguments=arguments) if Property.TURNS in operation.properties:
            return all(is_symmetric(argument, depth) for argument in arguments)
        case Apply(operation=operation, arguments=arguments) if operation.elementwise:
            return all(not argument.shape or is_symmetric(argument, depth) for argument in arguments)
        case Add(terms=terms):
            straight = {(c, ordered(n)) for c, n in terms}
            return {(c, _turned(n)) for c, n in terms} == straight or all(is_symmetric(n, depth) for _, n in terms)
        case Contract():
            return sides_in_order(_turned(node)) is sides_in_order(ordered(node))
        case _:
            return False


def _turned(node: Node) -> Node:
    """The transpose, its factors in order."""
    if isinstance(node, Contract):
        return ordered(build.contract(node.factors, node.indices, node.output[::-1], dict(enumerate(node.extents))))
    return build.transpose(node)
