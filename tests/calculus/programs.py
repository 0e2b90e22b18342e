"""Random computations that are carried out twice: once in nodes, once in JAX, from the same list of steps.

The JAX side shares nothing with the package: a contraction is written out by its definition, gather, multiply, scatter.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from hypothesis import strategies as st

from chainrule.graph import build
from chainrule.graph.dimension import dimension
from chainrule.graph.node import Node, Variable
from chainrule.ops import find_operation
from chainrule.ops.arithmetic import divide, exp, log, power, square

Array = Any
Pair = tuple[Callable[..., Node], Callable[..., Array]]

SIZES = {"m": 2, "n": 3}
INPUTS = {"s": (), "t": (), "x": ("n",), "v": ("m",), "A": ("m", "n"), "B": ("n", "n")}
VARIABLES = {name: build.variable(name, shape) for name, shape in INPUTS.items()}
ONE = build.constant(1)


def operation(name: str) -> Callable[..., Node]:
    record = find_operation(name)
    return lambda *arguments: build.apply(record, *arguments)


UNARY: dict[str, Pair] = {
    "tanh": (operation("tanh"), jnp.tanh),
    "sigmoid": (operation("sigmoid"), jax.nn.sigmoid),
    "softplus": (operation("softplus"), jax.nn.softplus),
    "relu": (operation("relu"), jax.nn.relu),
    "silu": (operation("silu"), jax.nn.silu),
    "gelu": (operation("gelu"), lambda x: jax.nn.gelu(x, approximate=False)),
    "sin": (operation("sin"), jnp.sin),
    "cosh": (lambda x: operation("cosh")(operation("tanh")(x)), lambda x: jnp.cosh(jnp.tanh(x))),
    "erf": (operation("erf"), jax.scipy.special.erf),
    "exp": (lambda x: exp(operation("sin")(x)), lambda x: jnp.exp(jnp.sin(x))),
    "log": (lambda x: log(build.add(ONE, square(x))), lambda x: jnp.log(1 + x * x)),
    "root": (lambda x: power(build.add(ONE, square(x)), Fraction(1, 2)), lambda x: jnp.sqrt(1 + x * x)),
    "minus": (lambda x: build.scale(-1, x), lambda x: -x),
    "third": (lambda x: build.scale(Fraction(1, 3), x), lambda x: x / 3),
    "transpose": (build.transpose, jnp.transpose),
    "named": (lambda x: build.named(f"h{id(x)}", x), lambda x: x),
}
BINARY: dict[str, Pair] = {
    "add": (build.add, jnp.add),
    "subtract": (build.subtract, jnp.subtract),
    "multiply": (build.multiply, jnp.multiply),
    "divide": (lambda a, b: divide(a, build.add(ONE, square(b))), lambda a, b: a / (1 + b * b)),
    "power": (
        lambda a, b: power(build.add(ONE, square(a)), operation("tanh")(b)),
        lambda a, b: (1 + a * a) ** jnp.tanh(b),
    ),
    "maximum": (operation("maximum"), jnp.maximum),
    "stack": (lambda a, b: build.stack([a, b, a]), lambda a, b: jnp.stack([a, b, a])),
}
SCALAR_OF: dict[str, Pair] = {
    "total": (build.total, jnp.sum),
    "squared_norm": (operation("squared_norm"), lambda x: jnp.sum(x * x)),
    "norm": (lambda x: operation("norm")(build.add(ONE, square(x))), lambda x: jnp.sqrt(jnp.sum((1 + x * x) ** 2))),
}
OF_VECTOR: dict[str, Pair] = {
    "softmax": (operation("softmax"), jax.nn.softmax),
    "log_softmax": (operation("log_softmax"), jax.nn.log_softmax),
    "logsumexp": (operation("logsumexp"), jax.nn.logsumexp),
    "entry": (lambda x: build.entry(x, 1), lambda x: x[1]),
    "diag": (lambda x: build.contract([x], [[0]], [0, 0]), jnp.diag),
    "outer with itself": (lambda x: build.outer(x, x), lambda x: jnp.outer(x, x)),
}
OF_MATRIX: dict[str, Pair] = {
    "row": (lambda a: build.entry(a, 1), lambda a: a[1]),
    "column": (lambda a: build.entry(a, 0, 1), lambda a: a[:, 0]),
    "gram": (lambda a: build.matmul(a, build.transpose(a)), lambda a: a @ a.T),
    "rows": (lambda a: build.total(a, [1]), lambda a: jnp.sum(a, axis=1)),
    "columns": (lambda a: build.total(a, [0]), lambda a: jnp.sum(a, axis=0)),
}


LETTERS = ("n", "n", "m", "m")
LENGTHS = tuple(SIZES[letter] for letter in LETTERS)
ASSIGNMENTS = list(np.ndindex(LENGTHS))


@dataclass(frozen=True)
class Contraction:
    """Factors by their position in the pool, an index list each, the output list, and the indices that are used at all."""

    factors: tuple[int, ...]
    lists: tuple[tuple[int, ...], ...]
    output: tuple[int, ...]
    used: frozenset[int]

    def node(self, factors: Sequence[Node]) -> Node:
        return build.contract(factors, self.lists, self.output, {i: dimension(LETTERS[i]) for i in self.used})

    def array(self, factors: Sequence[Array]) -> Array:
        """Over all assignments of the used indices: the product of the entries, added to the entry at `output`."""
        product = jnp.asarray([float(all(a[i] == 0 or i in self.used for i in range(4))) for a in ASSIGNMENTS])
        for factor, own in zip(factors, self.lists, strict=True):
            product = product * (chosen(own) @ jnp.ravel(factor))
        return jnp.reshape(product @ chosen(self.output), [LENGTHS[i] for i in self.output])


def chosen(own: Sequence[int]) -> np.ndarray:
    """(assignments, entries): one where an assignment picks that entry of an array with these indices."""
    shape = [LENGTHS[i] for i in own]
    found = np.zeros((len(ASSIGNMENTS), int(np.prod(shape))))
    for row, assignment in enumerate(ASSIGNMENTS):
        place = tuple(assignment[i] for i in own)
        found[row, int(np.ravel_multi_index(place, shape)) if own else 0] = 1.0
    return found


Step = tuple[str, int, int] | Contraction


@dataclass(frozen=True)
class Program:
    """Steps, each with the pool positions it takes; shapes are those of the nodes."""

    steps: tuple[Step, ...]

    def nodes(self) -> list[Node]:
        pool: list[Node] = list(VARIABLES.values())
        for step in self.steps:
            pool.append(_meaning(step, 0)([pool[k] for k in _taken(step)]))
        return pool

    def arrays(self, *inputs: Array) -> list[Array]:
        pool: list[Array] = list(inputs)
        for step in self.steps:
            pool.append(_meaning(step, 1)([pool[k] for k in _taken(step)]))
        return pool

    def last(self, *inputs: Array) -> tuple[Array, list[Array]]:
        """The last result, and all of them."""
        pool = self.arrays(*inputs)
        return pool[-1], pool

    def total(self, *inputs: Array) -> Array:
        return jnp.sum(self.arrays(*inputs)[-1])


def _taken(step: Step) -> tuple[int, ...]:
    return (
        step.factors if isinstance(step, Contraction) else step[1:] if step[0] in BINARY or step[0] == "matmul" else step[1:2]
    )


def _meaning(step: Step, side: int) -> Callable[[Sequence[Any]], Any]:
    if isinstance(step, Contraction):
        return step.array if side else step.node
    if step[0] == "matmul":
        return lambda pair: pair[0] @ pair[1] if side else build.matmul(*pair)
    tables = (UNARY, BINARY, SCALAR_OF, OF_VECTOR, OF_MATRIX)
    functions = next(table[step[0]] for table in tables if step[0] in table)
    return lambda arguments: functions[side](*arguments)


def concrete(node: Node) -> tuple[int, ...]:
    return tuple(d.size(SIZES) for d in node.shape)


@st.composite
def programs(draw: st.DrawFn, longest: int = 9) -> Program:
    """Up to `longest` steps over six inputs; every step takes what fits from everything made so far, so much is shared."""
    steps: list[Step] = []
    for _ in range(draw(st.integers(1, longest))):
        pool = Program(tuple(steps)).nodes()
        steps.append(draw(st.one_of(_named_steps(pool), _contractions(pool))))
    return Program(tuple(steps))


def _named_steps(pool: Sequence[Node]) -> st.SearchStrategy[Step]:
    found: list[Step] = []
    for k, node in enumerate(pool):
        names = [*UNARY, *SCALAR_OF] + (list(OF_VECTOR) if len(node.shape) == 1 else [])
        names += list(OF_MATRIX) if len(node.shape) == 2 else []
        found += [(name, k, k) for name in names]
        for i, other in enumerate(pool):
            same = node.shape == other.shape
            fits = node.shape and other.shape and concrete(node)[-1] == concrete(other)[0] and node.shape[-1] == other.shape[0]
            names = [n for n in BINARY if same or (n != "stack" and not (node.shape and other.shape))]
            found += [(name, k, i) for name in names if len(node.shape) < 3 or name != "stack"]
            found += [("matmul", k, i)] if fits and len(node.shape) + len(other.shape) < 5 else []
    # The newer half of the pool twice as often, so that programs grow deep.
    recent = [step for step in found if max(step[1:]) >= len(pool) // 2]
    return st.one_of(st.sampled_from(found), st.sampled_from(recent))


@st.composite
def _contractions(draw: st.DrawFn, pool: Sequence[Node]) -> Contraction:
    """Repeated indices, indices in the output alone and in no list at all; indices 0 and 1 run over n, 2 and 3 over m."""
    small = [k for k, node in enumerate(pool) if len(node.shape) < 3 and all(str(d) in SIZES for d in node.shape)]
    taken = draw(st.lists(st.sampled_from(small), min_size=1, max_size=3))
    choices = {"n": [0, 1], "m": [2, 3]}
    lists = tuple(tuple(draw(st.sampled_from(choices[str(d)])) for d in pool[k].shape) for k in taken)
    output = tuple(draw(st.lists(st.integers(0, 3), max_size=2)))
    alone = draw(st.sets(st.integers(0, 3), max_size=1))
    used = alone | set(output) | {i for own in lists for i in own}
    return Contraction(tuple(taken), lists, output, frozenset(used))


def points(seed: int) -> dict[Variable, np.ndarray]:
    """Values for the inputs; JAX takes them in the same order."""
    random = np.random.default_rng(seed)
    return {v: random.uniform(-1.0, 1.0, concrete(v)) for v in VARIABLES.values()}
