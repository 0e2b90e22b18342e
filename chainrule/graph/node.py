"""The graph: immutable, interned nodes, so that equal terms are one object and `is` is equality.

Nodes are made by the functions of `graph/build.py` alone. No pass over them recurses: chains of 100,000 nodes
are real. Pickling writes the nodes in postorder.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from chainrule.graph.dimension import Dimension, Shape
from chainrule.graph.facts import Fact
from chainrule.graph.operation import Operation
from chainrule.syntax.tree import Tree


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Node:
    """Base of all kinds. `shape` is () for a scalar; a vector has one dimension and is neither row nor column."""

    shape: Shape

    def __reduce__(self) -> tuple[Callable[..., "Node"], tuple[Any, ...]]:
        return _rebuild, (_records(self),)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.shape}>"


@dataclass(frozen=True, eq=False, slots=True, repr=False)
class Variable(Node):
    """An input, known by its symbol. `facts`: what was declared of its values; with other facts it is another variable."""

    symbol: Tree
    facts: frozenset[Fact]


@dataclass(frozen=True, eq=False, slots=True, repr=False)
class Constant(Node):
    """An exact scalar."""

    value: Fraction


@dataclass(frozen=True, eq=False, slots=True, repr=False)
class Named(Node):
    """An intermediate that has a symbol: the value of its body, opaque to algebra."""

    symbol: Tree
    body: Node


@dataclass(frozen=True, eq=False, slots=True, repr=False)
class Apply(Node):
    """A named operation on arguments."""

    operation: Operation
    arguments: tuple[Node, ...]


@dataclass(frozen=True, eq=False, slots=True, repr=False)
class Add(Node):
    """A sum of terms of one shape, each with an exact coefficient; no terms at all is the zero of that shape."""

    terms: tuple[tuple[Fraction, Node], ...]


@dataclass(frozen=True, eq=False, slots=True, repr=False)
class Contract(Node):
    """The one product: over all assignments of all indices, the product of the factors' entries, accumulated at `output`.

    Indices are integers local to the node, numbered in order of appearance; `extents[i]` is the size of index i.
    An index may repeat in a factor or in the output, occur in the output alone (broadcast), or in no list at all
    (a factor of its size). `indices` has one list a factor.
    """

    factors: tuple[Node, ...]
    indices: tuple[tuple[int, ...], ...]
    output: tuple[int, ...]
    extents: tuple[Dimension, ...]


@dataclass(frozen=True, eq=False, slots=True, repr=False)
class Size(Node):
    """A dimension as a scalar."""

    dimension: Dimension


@dataclass(frozen=True, eq=False, slots=True, repr=False)
class Stack(Node):
    """Items of one shape side by side along a new first axis: `[w_1, w_2]`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, eq=False, slots=True, repr=False)
class Unit(Node):
    """The unit vector e_k, (n,): one at `position`, zero elsewhere. An entry of x is x contracted with it.

    A number is counted from 0. A variable is an index that has no number yet: its value is counted from 1, as people count.
    """

    position: int | Variable


@dataclass(frozen=True, eq=False, slots=True, repr=False)
class Selection(Node):
    """The array (N, n_1, ..., n_r) that is one where its first index is offset + sum of stride_j times index j, else zero.

    Contracted with x (N) it takes a block, every second entry, the windows of a convolution; its other way round puts
    entries back into their places. `vec`, the Kronecker product and concatenation are made of it.
    """

    offset: Dimension
    strides: tuple[Dimension, ...]


def is_block(selection: Selection) -> bool:
    """Does it take, or put back, entries that lie side by side?"""
    return len(selection.strides) == 1 and selection.strides[0].number == 1


_interned: "WeakValueDictionary[tuple[object, ...], Node]" = WeakValueDictionary()

N = TypeVar("N", bound=Node)


def intern(kind: type[N], shape: Shape, *fields: object) -> N:
    """The node of that kind with those fields: the one that exists, or a new one."""
    key = (kind, shape, *fields)
    found = _interned.get(key)
    if found is None:
        found = kind(shape, *fields)
        _interned[key] = found
    return found  # pyright: ignore[reportReturnType]


def operands(node: Node) -> tuple[Node, ...]:
    """The nodes a node is computed from, in order; a Named has its body."""
    match node:
        case Contract():
            return node.factors
        case Add():
            return tuple([term for _, term in node.terms])
        case Apply():
            return node.arguments
        case Named():
            return (node.body,)
        case Stack():
            return node.items
        case Unit(position=Variable() as index):
            return (index,)
        case _:
            return ()


def postorder(*roots: Node, into: Callable[[Node], tuple[Node, ...]] = operands) -> list[Node]:
    """Every node below the roots once, operands before the nodes that use them. `into` says where to go down."""
    order: list[Node] = []
    seen: set[Node] = set()
    waiting: list[tuple[Node, Iterator[Node]]] = []
    for root in roots:
        if root in seen:
            continue
        seen.add(root)
        waiting.append((root, iter(into(root))))
        while waiting:
            node, rest = waiting[-1]
            for operand in rest:
                if operand not in seen:
                    seen.add(operand)
                    waiting.append((operand, iter(into(operand))))
                    break
            else:
                order.append(node)
                waiting.pop()
    return order


def _records(root: Node) -> "list[Record]":
    order = postorder(root)
    number = {node: i for i, node in enumerate(order)}
    return [(type(n), [number[o] for o in operands(n)], n.shape, _own_fields(n)) for n in order]


def _own_fields(node: Node) -> tuple[Any, ...]:
    """The fields without the operands, in the form `_restore` wants."""
    match node:
        case Named(symbol=symbol):
            return (symbol,)
        case Apply(operation=operation):
            return (operation,)
        case Add(terms=terms):
            return tuple(c for c, _ in terms)
        case Contract():
            return node.indices, node.output, node.extents
        case Stack():
            return ()
        case Variable(symbol=symbol, facts=facts):
            return symbol, facts
        case Constant(value=value):
            return (value,)
        case Size(dimension=dimension):
            return (dimension,)
        case Unit(position=position):
            return () if isinstance(position, Variable) else (position,)
        case Selection(offset=offset, strides=strides):
            return offset, strides
        case _:
            raise TypeError(f"no such kind of node: {type(node)}")


Record = tuple[type[Node], list[int], Shape, tuple[Any, ...]]


def _rebuild(records: list[Record]) -> Node:
    made: list[Node] = []
    for kind, numbers, shape, own in records:
        below = tuple(made[i] for i in numbers)
        if kind is Add:
            made.append(intern(Add, shape, tuple(zip(own, below, strict=True))))
        elif kind is Named:
            made.append(intern(Named, shape, own[0], below[0]))
        elif kind is Apply:
            made.append(intern(Apply, shape, own[0], below))
        elif kind in (Contract, Stack):
            made.append(intern(kind, shape, below, *own))
        elif kind is Unit and below:
            made.append(intern(Unit, shape, below[0]))
        else:
            made.append(intern(kind, shape, *own))
    return made[-1]
