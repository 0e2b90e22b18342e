"""A structural key of every node: the order of terms and factors depends on it, so never on memory addresses or hash seeds.

Keys order nodes; they never decide whether two nodes are equal (interning does).
"""

from hashlib import blake2b
from weakref import WeakKeyDictionary

from chainrule.graph.node import (
    Add,
    Apply,
    Constant,
    Contract,
    Named,
    Node,
    Selection,
    Size,
    Unit,
    Variable,
    operands,
    postorder,
)

_keys: "WeakKeyDictionary[Node, bytes]" = WeakKeyDictionary()


def key(node: Node) -> bytes:
    """The key of a node, from its kind, its fields and the keys of its operands."""
    known = _keys.get(node)
    if known is not None:
        return known
    for each in postorder(node, into=_unknown):
        if each not in _keys:
            _keys[each] = _digest(each)
    return _keys[node]


def _unknown(node: Node) -> tuple[Node, ...]:
    return tuple(o for o in operands(node) if o not in _keys)


def _digest(node: Node) -> bytes:
    digest = blake2b(f"{type(node).__name__} {node.shape} {_fields(node)}".encode(), digest_size=16)
    for operand in operands(node):
        digest.update(_keys[operand])
    return digest.digest()


def _fields(node: Node) -> object:
    match node:
        case Variable(symbol=symbol) | Named(symbol=symbol):
            return symbol
        case Constant(value=value):
            return value
        case Apply(operation=operation):
            return operation.name, operation.function
        case Add(terms=terms):
            return [str(c) for c, _ in terms]
        case Contract():
            return node.indices, node.output, node.extents
        case Size(dimension=dimension):
            return dimension
        case Unit(position=int() as position):
            return position
        case Selection(offset=offset, strides=strides):
            return offset, strides
        case _:
            return ""
