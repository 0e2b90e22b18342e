"""Random graphs of every operation of the table: printed, read back in all three texts, and found to mean the same."""

from fractions import Fraction
from random import Random

import pytest

from chainrule.algebra.normal_form import normal_form
from chainrule.errors import VerificationError
from chainrule.graph import build
from chainrule.graph.node import Node, Variable
from chainrule.graph.operation import Operation
from chainrule.graph.signature import Pattern, read_signature
from chainrule.ops import find_operation
from chainrule.ops.table import operations
from chainrule.syntax.tree import Accent, Bracket, Font, Name, Number, Subscript, Superscript, Tree
from chainrule.verification.gate import Gate
from tests.verification.test_read_back import OF_DISTRIBUTIONS, network

Shape = tuple[str, ...]
SHAPES: list[Shape] = [(), ("n",), ("m",), ("m", "n"), ("n", "m")]
LETTERS: dict[Shape, str] = {
    (): "c", ("n",): "x", ("m",): "y", ("m", "n"): "A", ("n", "m"): "B", ("n", "n"): "S", ("m", "k"): "U", ("n", "k"): "V",
    ("p", "q"): "Q",
}  # fmt: skip
SEEDS = 60
NO_TEXT = {"no-matrix-form", "too-long-to-print"}


def symbols(shape: Shape) -> list[Tree]:
    """A plain letter, and letters that carry marks; different ones for every shape."""
    letter = Name(LETTERS[shape])
    layer = Superscript(letter, Bracket("(", (Number(Fraction(1)),)))
    return [letter, Accent("hat", letter), Font("mathbf", letter), Subscript(letter, (Name("true"),)), layer]


class Maker:
    """Draws graphs; the variables it made are the names that may be read back."""

    def __init__(self, seed: int):
        self.random = Random(seed)
        self.variables: dict[Node, Variable] = {}

    def leaf(self, shape: Shape) -> Node:
        if not shape and self.random.random() < 0.3:
            return build.constant(self.random.choice([1, 2, -3]))
        made = build.variable(self.random.choice(symbols(shape)), shape)
        assert isinstance(made, Variable)
        self.variables[made] = made
        return made

    def node(self, shape: Shape, depth: int) -> Node:
        """A graph of that shape, at most so many operations deep."""
        if depth == 0 or shape not in SHAPES:
            return self.leaf(shape)
        makes = [self.sum, self.elementwise, self.product, self.scaled]
        return self.random.choice(makes)(shape, depth - 1)

    def sum(self, shape: Shape, depth: int) -> Node:
        first, second = self.node(shape, depth), self.node(shape, depth)
        return build.add(first, second) if self.random.random() < 0.5 else build.subtract(first, second)

    def scaled(self, shape: Shape, depth: int) -> Node:
        number = self.random.choice([build.constant(-2), build.constant(5), self.node((), depth)])
        return build.multiply(number, self.node(shape, depth))

    def product(self, shape: Shape, depth: int) -> Node:
        """Matrix products, inner and outer products, transposes, elementwise products."""
        if self.random.random() < 0.3:
            return build.multiply(self.node(shape, depth), self.node(shape, depth))
        match shape:
            case ():
                inner = self.random.choice([("n",), ("m",)])
                return build.inner(self.node(inner, depth), self.node(inner, depth))
            case (size,):
                other = "m" if size == "n" else "n"
                return build.matmul(self.node((size, other), depth), self.node((other,), depth))
            case (rows, columns):
                if self.random.random() < 0.5:
                    return build.transpose(self.node((columns, rows), depth))
                return build.outer(self.node((rows,), depth), self.node((columns,), depth))
            case _:
                raise AssertionError(shape)

    def elementwise(self, shape: Shape, depth: int) -> Node:
        return self.applied(find_operation(self.random.choice(["exp", "tanh", "sigmoid", "relu", "cos", "abs"])), shape, depth)

    def applied(self, operation: Operation, shape: Shape, depth: int) -> Node:
        """The operation on graphs that stay inside its domain; `shape` is what its signature leaves open."""
        patterns = read_signature(operation.signature).arguments
        domains = operation.domain if len(operation.domain) > 1 else operation.domain * len(patterns)
        return build.apply(
            operation,
            *(self.argument(pattern, domain, shape, depth) for pattern, domain in zip(patterns, domains, strict=True)),
        )

    def argument(self, pattern: Pattern, domain: tuple[float, float], shape: Shape, depth: int) -> Node:
        wanted = shape if pattern is None else pattern
        if wanted not in SHAPES:
            return self.leaf(wanted)
        inside = self.node(wanted, depth)
        if domain == (-2.0, 2.0):
            return inside
        low, high = (Fraction(str(bound)) for bound in domain)
        squashed = build.scale(high - low, build.apply(find_operation("sigmoid"), inside))
        return build.add(build.lift(build.constant(low), squashed.shape), squashed)


def check(maker: Maker, node: Node) -> bool:
    """Whether the graph has a text; the gate raises where one of its texts means something else."""
    try:
        Gate(network(*maker.variables.values())).show(normal_form(node))
    except VerificationError as error:
        if error.code not in NO_TEXT:
            raise
        return False
    return True


@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.name)
def test_every_operation_of_random_graphs(operation: Operation) -> None:
    shown = 0
    for seed in range(6):
        maker = Maker(seed)
        shape = maker.random.choice(SHAPES[1:] if operation.name in OF_DISTRIBUTIONS else SHAPES)
        shown += check(maker, maker.applied(operation, shape, depth=2))
    assert shown


def test_random_graphs() -> None:
    """Most graphs have a matrix form; a text of every one that has is read back."""
    shown = 0
    for seed in range(SEEDS):
        maker = Maker(seed)
        shown += check(maker, maker.node(maker.random.choice(SHAPES), depth=3))
    assert shown > SEEDS / 2
