"""Nodes with Python's operators, and every word of the table as a function of them: `ops.sigmoid(x)`, `ops.softmax(z)`."""

from collections.abc import Callable
from fractions import Fraction

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation
from chainrule.ops.arithmetic import divide, power
from chainrule.ops.table import spellings

Number = int | float | Fraction


class Traced:
    """A node with Python's operators: `+ - * / **` entry by entry (scalars go with everything), `@` the matrix product."""

    __slots__ = ("node",)

    def __init__(self, node: Node):
        self.node = node

    @property
    def T(self) -> "Traced":
        """The axes in reverse order."""
        return Traced(build.transpose(self.node))

    def sum(self) -> "Traced":
        """The sum of all entries."""
        return Traced(build.total(self.node))

    def __getitem__(self, position: int) -> "Traced":
        """The entry or row at a position counted from 0."""
        return Traced(build.entry(self.node, position))

    def __add__(self, other: "Traced | Number") -> "Traced":
        return Traced(build.add(self.node, node_of(other)))

    def __sub__(self, other: "Traced | Number") -> "Traced":
        return Traced(build.subtract(self.node, node_of(other)))

    def __mul__(self, other: "Traced | Number") -> "Traced":
        return Traced(build.multiply(self.node, node_of(other)))

    def __truediv__(self, other: "Traced | Number") -> "Traced":
        return Traced(divide(self.node, node_of(other)))

    def __pow__(self, other: "Traced | Number") -> "Traced":
        return Traced(power(self.node, node_of(other)))

    def __matmul__(self, other: "Traced") -> "Traced":
        return Traced(build.matmul(self.node, other.node))

    def __neg__(self) -> "Traced":
        return Traced(build.scale(-1, self.node))

    def __rsub__(self, other: Number) -> "Traced":
        return Traced(build.subtract(node_of(other), self.node))

    def __rtruediv__(self, other: Number) -> "Traced":
        return Traced(divide(node_of(other), self.node))

    __radd__ = __add__
    __rmul__ = __mul__


def node_of(value: "Traced | Number") -> Node:
    """The node of a traced value or of a number; a float is the exact decimal it prints as."""
    if isinstance(value, Traced):
        return value.node
    return build.constant(Fraction(repr(value)) if isinstance(value, float) else Fraction(value))


def function(word: str) -> Callable[..., Traced]:
    """The operation or construction of that word. Raises AttributeError where there is none."""
    record = spellings().get(word)
    if record is None:
        raise AttributeError(f"there is no operation {word}")

    def call(*arguments: Traced | Number) -> Traced:
        nodes = [node_of(argument) for argument in arguments]
        missing = len(record.arguments) - len(nodes)
        if missing > 0:
            nodes += [build.constant(default) for default in record.defaults[len(record.defaults) - missing :]]
        return Traced(build.apply(record, *nodes) if isinstance(record, Operation) else record.build(*nodes))

    return call
