"""Which matrices are their own transposes: M^T M, S + S^T, one that was declared so, the inverse of such a one."""

from itertools import compress, product
from weakref import WeakKeyDictionary, WeakSet

from chainrule.algebra.order import ordered
from chainrule.graph import build
from chainrule.graph.facts import SAME_TURNED
from chainrule.graph.node import Add, Apply, Contract, Named, Node, Variable
from chainrule.graph.operation import Property

MOST_TURNED = 5
"""Of more symmetric factors in one product the others keep their sides."""

DEEPEST = 16
"""Symmetry that lies deeper inside is not looked for."""

_symmetric: "WeakSet[Node]" = WeakSet()
_in_vain: "WeakKeyDictionary[Node, int]" = WeakKeyDictionary()
"""How deep symmetry was looked for and not seen: a search that goes deeper may see it."""


def is_symmetric(node: Node, depth: int = DEEPEST) -> bool:
    """Is the (n, n) node its own transpose? False where that is not seen."""
    if len(node.shape) != 2 or node.shape[0] != node.shape[1] or not depth:
        return False
    if node in _symmetric or _in_vain.get(node, 0) >= depth:
        return node in _symmetric
    if _is_symmetric(node, depth - 1):
        _symmetric.add(node)
    else:
        _in_vain[node] = depth
    return node in _symmetric


def sides_in_order(node: Node) -> Node:
    """A product in which each symmetric factor stands the way round that comes first: such a factor has no sides."""
    if not isinstance(node, Contract):
        return node
    places = [k for k, f in enumerate(node.factors) if len(set(node.indices[k])) == 2 and is_symmetric(f)][:MOST_TURNED]
    if not places:
        return node
    ways = (_with_turned(node, set(compress(places, choice))) for choice in product((False, True), repeat=len(places)))
    return min(ways, key=lambda way: (way.indices, way.output) if isinstance(way, Contract) else ((), ()))


def _with_turned(node: Contract, places: set[int]) -> Node:
    lists = [own[::-1] if k in places else own for k, own in enumerate(node.indices)]
    return ordered(build.contract(node.factors, lists, node.output, dict(enumerate(node.extents))))


def _is_symmetric(node: Node, depth: int) -> bool:
    match node:
        case Variable(facts=facts):
            return bool(facts & SAME_TURNED)
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
