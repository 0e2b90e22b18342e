"""Random terms to try the rules of simplification on, and the same term written in another order."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from random import Random

from chainrule.calculus.reverse import backpropagate
from chainrule.graph import build
from chainrule.graph.facts import Fact
from chainrule.graph.node import Add, Apply, Contract, Node, Variable, operands, postorder
from chainrule.graph.walk import rebuild
from chainrule.ops import find_operation
from chainrule.ops.arithmetic import exp, log, power
from chainrule.ops.comparison import absolute, positive, sign
from chainrule.ops.information.divergences import jensen_shannon, kl
from chainrule.ops.information.entropy import entropy
from chainrule.ops.inverse import determinant, inverse
from chainrule.ops.joining import concatenate, vec
from chainrule.ops.matrix_functions import along, by_entries
from chainrule.ops.normalisation import softmax
from chainrule.ops.reduction import norm

COEFFICIENTS = (Fraction(1), Fraction(-1), Fraction(2), Fraction(-2), Fraction(1, 2))
EXPONENTS = (Fraction(1), Fraction(2), Fraction(3), Fraction(-1))
FUNCTIONS = ("exp", "log", "sigmoid")
_SHAPES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys("abc", ()), **dict.fromkeys("vw", ("n",)), "u": ("m",), "A": ("m", "n"), "B": ("m", "n"), "W": ("n", "n")
}  # fmt: skip
VARIABLES = {name: build.variable(name, shape) for name, shape in _SHAPES.items()}
LARGEST = 40
"""So many nodes a term may have."""


def random_term(random: Random, depth: int = 3) -> Node:
    """A term of random shape: sums, products over shared indices, functions and powers of the variables."""
    shape = random.choice([(), ("n",), ("m", "n"), ("n", "n")])
    while len(postorder(term := _term(random, depth, shape))) > LARGEST:
        pass
    return term


def _term(random: Random, depth: int, shape: tuple[str, ...]) -> Node:
    leaves: list[Node] = [v for name, v in VARIABLES.items() if _SHAPES[name] == shape]
    if not shape:
        leaves.append(build.constant(random.randint(1, 3)))
    kinds: list[Callable[[], Node]] = [
        lambda: build.linear(
            [(random.choice(COEFFICIENTS), _term(random, depth - 1, shape)) for _ in range(random.randint(1, 3))],
            tuple(map(build.dimension, shape)),
        ),
        lambda: _product(random, depth - 1, shape),
        lambda: build.apply(find_operation(random.choice(FUNCTIONS)), _term(random, depth - 1, shape)),
        lambda: power(_term(random, depth - 1, shape), random.choice(EXPONENTS)),
    ]
    return random.choice(leaves) if depth <= 0 and leaves else random.choice(kinds)()


def _product(random: Random, depth: int, shape: tuple[str, ...]) -> Node:
    """Factors on indices drawn from a few: even ones run over n, odd ones over m."""
    output = [{"n": 0, "m": 1}[s] + 2 * shape[:k].count(s) for k, s in enumerate(shape)]
    factors: list[Node] = []
    indices: list[list[int]] = []
    for _ in range(random.randint(1, 3)):
        name = random.choice(sorted(_SHAPES))
        own = _SHAPES[name]
        factors.append(VARIABLES[name] if depth <= 0 or own not in ((), ("n",)) else _term(random, depth - 1, own))
        indices.append([random.choice([0, 2] if s == "n" else [1, 3]) for s in own])
    return build.contract(factors, indices, output, {i: build.dimension("nm"[i % 2]) for i in output})


def telling_terms() -> Iterator[Node]:
    """Terms for the rules that random ones seldom meet: functions of matrices, parts and joints, exponentials written out."""
    a, b, v, w, big, square = (VARIABLES[name] for name in "abvwAW")
    symmetric = build.variable("S", ("n", "n"), frozenset({Fact.SYMMETRIC}))
    yield build.scale(-1, build.subtract(a, b))
    yield build.scale(-1, build.multiply(build.subtract(a, b), a))
    yield power(build.constant(Fraction(4, 9)), build.constant(Fraction(1, 2)))
    yield build.multiply(build.size("m"), build.total(build.ones(v.shape)))
    yield build.entry(build.stack([a, b]), 1)
    yield build.entry(build.matmul(square, v), 2)
    yield build.entry(log(build.multiply(v, power(w, -1))), 2)
    yield from _of_matrices(square, symmetric, v)
    yield from _along_directions(square, symmetric)
    yield from _of_parts(v, w, big)
    yield from _of_exponentials(v, a)
    yield from _of_information(v, w, big)
    yield from _declared(v, square)
    squares = build.add(build.constant(1), power(a, 2))
    yield build.subtract(power(squares, -1), build.scale(2, build.multiply(power(a, 2), power(squares, -2))))
    yield build.multiply(positive(v), positive(v), w)
    yield build.add(*(build.contract([c, build.unit(k, 2)], [[], [0]], [0]) for k, c in enumerate((a, b))))
    yield build.contract([v, w, build.unit(1, "n")], [[0]] * 3, [0])
    yield build.multiply(sign(v), power(absolute(v), -1))
    product = build.matmul(square, v)
    yield build.multiply(w, product, power(product, -2))


def _of_matrices(square: Node, symmetric: Node, v: Node) -> Iterator[Node]:
    turned = build.transpose(square)
    yield inverse(inverse(square))
    yield build.add(turned, build.transpose(exp(square)))
    yield inverse(build.scale(2, square))
    yield inverse(build.multiply(VARIABLES["a"], square))
    yield build.matmul(square, inverse(build.matmul(build.transpose(square), square)))
    yield build.matmul(inverse(turned), build.matmul(turned, v))
    yield determinant(turned)
    yield build.matmul(inverse(turned), v)
    yield build.matmul(build.transpose(symmetric), v)
    yield build.contract([v, exp(build.add(square, turned))], [[0], [1, 0]], [1])
    yield build.inner(v, build.matmul(symmetric, v))


def _along_directions(square: Node, direction: Node) -> Iterator[Node]:
    """Derivatives of functions of matrices."""
    once, twice = along("expm", 1), along("expm", 2)
    yield build.apply(once, square, build.zeros(square.shape))
    yield build.apply(once, square, square)
    yield build.apply(once, square, build.scale(2, direction))
    yield build.inner(build.transpose(square), build.apply(once, square, direction))
    other = build.variable("D", square.shape)
    yield from (build.apply(twice, square, *pair) for pair in ((direction, other), (other, direction)))
    yield build.apply(by_entries("expm", 1), build.transpose(square))


def _declared(v: Node, square: Node) -> Iterator[Node]:
    """Terms that become shorter by what is declared of a variable."""
    one = build.variable("t", ("n",), frozenset({Fact.SUM_ONE}))
    unit = build.variable("e", ("n",), frozenset({Fact.UNIT_NORM}))
    turning = build.variable("Q", ("n", "n"), frozenset({Fact.ORTHOGONAL}))
    yield build.total(one)
    yield build.inner(unit, unit)
    yield norm(unit)
    yield build.multiply(build.inner(v, v), power(norm(v), -3))
    yield build.matmul(build.transpose(turning), build.matmul(turning, v))
    yield build.matmul(inverse(turning), build.matmul(square, v))


def _of_parts(v: Node, w: Node, big: Node) -> Iterator[Node]:
    joined = concatenate([v, VARIABLES["u"], w])
    yield build.inner(joined, joined)
    yield build.part(joined, "n", "m")
    yield build.part(build.part(joined, 1, 5), 2, 2)
    yield build.part(build.placed(v, "m", joined.shape[0]), "m", "n")
    yield vec(big)
    yield backpropagate(build.total(vec(big)), [big]).gradient(big)
    yield from (backpropagate(build.inner(node, node), [v]).gradient(v) for node in (joined, concatenate([v, v])))


def _of_information(v: Node, w: Node, big: Node) -> Iterator[Node]:
    """Divergences with the gradients that are shown of them."""
    p, q = softmax(v), softmax(w)
    yield from (
        backpropagate(node, [v]).gradient(v) for node in (entropy(v), kl(v, w), jensen_shannon(v, w), kl(p, w), kl(q, p))
    )
    yield backpropagate(build.apply(find_operation("mutual_information"), big), [big]).gradient(big)
    yield backpropagate(build.apply(find_operation("renyi"), v, w, build.constant(2)), [w]).gradient(w)


def _of_exponentials(v: Node, a: Node) -> Iterator[Node]:
    total = build.total(exp(v))
    yield build.multiply(exp(v), power(build.lift(total, v.shape), -1))
    yield build.multiply(exp(v), power(softmax(v), -1))
    yield log(total)
    yield build.subtract(v, build.lift(log(total), v.shape))
    yield power(build.add(build.constant(1), exp(build.scale(-1, a))), -1)
    yield build.multiply(exp(a), power(build.add(build.constant(1), exp(a)), -1))
    yield log(exp(v))
    yield exp(build.subtract(a, a))


def shuffled(root: Node, random: Random) -> Node:
    """The same term with what has no order written in another one: terms, factors, the numbers of indices."""
    made: dict[Node, Node] = {}
    for node in postorder(root):
        new = tuple(made[o] for o in operands(node))
        match node:
            case Add(terms=terms):
                pairs = [(c, n) for (c, _), n in zip(terms, new, strict=True)]
                made[node] = build.linear(random.sample(pairs, len(pairs)), node.shape)
            case Contract():
                made[node] = _shuffled_product(node, new, random)
            case Variable() | Apply():
                made[node] = rebuild(node, new) if new else node
            case _:
                made[node] = rebuild(node, new)
    return made[root]


def _shuffled_product(node: Contract, factors: tuple[Node, ...], random: Random) -> Node:
    names = random.sample(range(len(node.extents)), len(node.extents))
    pairs = random.sample(list(zip(factors, node.indices, strict=True)), len(factors))
    return build.contract(
        [factor for factor, _ in pairs],
        [[names[i] for i in own] for _, own in pairs],
        [names[i] for i in node.output],
        {names[i]: d for i, d in enumerate(node.extents)},
    )
