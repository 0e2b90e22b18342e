"""Random matrix expressions, each as a person would write it (a Tree) and as the graph it means."""

from collections.abc import Callable
from random import Random

from chainrule.graph import build
from chainrule.graph.node import Add, Contract, Node, operands, postorder
from chainrule.graph.walk import rebuild
from chainrule.syntax.tree import Bracket, Call, Font, Juxtaposition, Name, Number, Product, Sum, Superscript, Tree

Shape = tuple[str, ...]
Written = tuple[Tree, Node]
TOP = Name("\\top")
ONES = Font("mathbf", Number(build.ONE))
LETTERS: dict[Shape, str] = {
    (): "abc", ("n",): "xyz", ("m",): "uvw", ("n", "n"): "ABC", ("m", "m"): "PQR", ("m", "n"): "WXY", ("n", "m"): "FGH",
}  # fmt: skip


class Expressions:
    """Draws expressions from a source of random numbers."""

    def __init__(self, random: Random):
        self.random = random

    def leaf(self, shape: Shape) -> Written:
        name = self.random.choice(LETTERS[shape])
        return Name(name), build.variable(name, shape)

    def draw(self, shape: Shape, depth: int) -> Written:
        """An expression of that shape, at most so many operations deep."""
        if not depth:
            return self.leaf(shape)
        makes: list[Callable[[Shape, int], Written]] = [self.leaf_of, self.product, self.product, self.sum]
        if shape:
            makes.append(self.hadamard)
        if len(shape) == 2:
            makes.append(self.transpose)
        return self.random.choice(makes)(shape, depth - 1)

    def leaf_of(self, shape: Shape, depth: int) -> Written:
        return self.leaf(shape)

    def size(self) -> str:
        return self.random.choice("nm")

    def sum(self, shape: Shape, depth: int) -> Written:
        first, a = self.draw(shape, depth)
        second, b = self.outer(shape) if len(shape) == 2 and self.random.random() < 0.3 else self.draw(shape, depth)
        if a is b:
            return first, a
        return Sum((1, 1), (first, second)), build.add(a, b)

    def hadamard(self, shape: Shape, depth: int) -> Written:
        (first, a), (second, b) = self.draw(shape, depth), self.draw(shape, depth)
        return Product("\\odot", (_enclosed(first), _enclosed(second))), build.multiply(a, b)

    def transpose(self, shape: Shape, depth: int) -> Written:
        tree, node = self.draw(shape[::-1], depth)
        return Superscript(tree, TOP), build.transpose(node)

    def product(self, shape: Shape, depth: int) -> Written:
        """Chains and inner products; sums of entries, traces, diagonals and outer products of what has no products in it."""
        match shape:
            case ():
                return self.random.choice([self.inner, self.form, self.total, self.trace])(depth)
            case (size,):
                if self.random.random() < 0.3:
                    tree, node = self.draw((size, other := self.size()), depth)
                    return Juxtaposition((tree, ONES)), build.matmul(node, build.ones((build.dimension(other),)))
                return self.chain((size, other := self.size()), (other,), depth)
            case (rows, columns):
                return self.chain((rows, other := self.size()), (other, columns), depth)

    def outer(self, shape: Shape) -> Written:
        (left, a), (right, b) = (self.leaf((size,)) for size in shape)
        return Juxtaposition((left, Superscript(right, TOP))), build.outer(a, b)

    def chain(self, left: Shape, right: Shape, depth: int) -> Written:
        (first, a), (second, b) = self.draw(left, depth), self.draw(right, depth)
        return Juxtaposition((*_items(first), *_items(second))), build.matmul(a, b)

    def inner(self, depth: int) -> Written:
        size = self.size()
        (left, a), (right, b) = self.draw((size,), 0), self.draw((size,), depth)
        return Juxtaposition((Superscript(left, TOP), *_items(right))), build.inner(a, b)

    def form(self, depth: int) -> Written:
        (left, a), (right, b) = self.leaf((rows := self.size(),)), self.leaf((columns := self.size(),))
        matrix, node = self.draw((rows, columns), depth)
        made = build.inner(a, build.matmul(node, b))
        return Juxtaposition((Superscript(left, TOP), *_items(matrix), right)), made

    def total(self, depth: int) -> Written:
        tree, node = self.draw((self.size(),), depth)
        return Juxtaposition((Superscript(ONES, TOP), *_items(tree))), build.total(node)

    def trace(self, depth: int) -> Written:
        size = self.size()
        tree, node = self.draw((size, size), depth)
        return Call(Name("tr"), (tree,)), build.contract([node], [(0, 0)], ())


def _enclosed(tree: Tree) -> Tree:
    return Bracket("(", (tree,)) if isinstance(tree, Juxtaposition) else tree


def _items(tree: Tree) -> tuple[Tree, ...]:
    return tree.items if isinstance(tree, Juxtaposition) else (tree,)


def shuffled(root: Node, random: Random) -> Node:
    """The same mathematics with factors and terms in another order and other names of indices."""
    made: dict[Node, Node] = {}
    for node in postorder(root):
        below = tuple(made[o] for o in operands(node))
        match node:
            case Contract():
                made[node] = _renamed(node, below, random)
            case Add(terms=terms):
                again = [(c, made[n]) for c, n in terms]
                made[node] = build.linear(random.sample(again, len(again)), node.shape)
            case _:
                made[node] = rebuild(node, below)
    return made[root]


def _renamed(node: Contract, below: tuple[Node, ...], random: Random) -> Node:
    names = random.sample(range(20), len(node.extents))
    factors = list(zip(below, node.indices, strict=True))
    random.shuffle(factors)
    return build.contract(
        [f for f, _ in factors],
        [[names[i] for i in own] for _, own in factors],
        [names[i] for i in node.output],
        {names[i]: d for i, d in enumerate(node.extents)},
    )
