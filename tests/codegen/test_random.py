"""Random graphs: the generated code against evaluation, and gradients against JAX."""

from fractions import Fraction

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.calculus.reverse import backpropagate
from chainrule.codegen.numpy import numpy_program
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.dimension import dimension
from chainrule.graph.node import Node
from chainrule.ops.activation import relu, sigmoid
from chainrule.ops.arithmetic import divide, exp, square
from chainrule.ops.exponential import tanh
from chainrule.ops.normalisation import log_softmax, softmax
from tests.codegen.running import run

SIZES = {"i": 2, "j": 3, "k": 4}


@st.composite
def contractions(draw: st.DrawFn) -> tuple[Node, dict[Node, np.ndarray]]:
    """Any index lists: repeated in a factor or in the output, in the output alone, in no list at all; unit vectors, scalars."""
    letters = "ijk"
    factors: list[Node] = []
    lists: list[list[int]] = []
    values: dict[Node, np.ndarray] = {}
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    for number in range(draw(st.integers(0, 4))):
        own = draw(st.lists(st.integers(0, 2), max_size=3))
        if len(own) == 1 and draw(st.booleans()):
            node: Node = build.unit(draw(st.integers(0, 1)), letters[own[0]])
        else:
            node = build.variable(f"a{number}", [letters[i] for i in own])
            values[node] = random.normal(size=[SIZES[letters[i]] for i in own])
        factors.append(node)
        lists.append(own)
    output = draw(st.lists(st.integers(0, 2), max_size=4))
    extents = {i: dimension(letters[i]) for i in range(3)}
    chosen = {i: d for i, d in extents.items() if draw(st.booleans()) or i in output}
    coefficient = draw(st.sampled_from([Fraction(1), Fraction(-2, 3), Fraction(1, 2)]))
    node = build.scale(coefficient, build.contract(factors, lists, output, chosen))
    for letter in letters:  # so that every size is on show
        shown = build.variable(f"shows {letter}", [letter])
        values[shown] = np.zeros(SIZES[letter])
    return node, values


@given(contractions())
def test_any_contraction(case: tuple[Node, dict[Node, np.ndarray]]) -> None:
    node, values = case
    program = numpy_program("f", node, list(values), {})
    found = run(program, *values.values())
    expected = evaluate([node], values)[0]
    assert np.shape(found) == expected.shape
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


@given(contractions(), contractions(), st.integers(0, 3))
def test_contractions_of_contractions(one: tuple, other: tuple, how: int) -> None:
    """A product of products, whose deltas and broadcasts meet."""
    (a, values), (b, more) = one, other
    values = {**values, **more}
    axes = tuple(range(len(a.shape)))
    again = tuple(range(len(axes), len(axes) + len(b.shape)))
    lists = [axes, again]
    output = [(), axes, again, axes + again][how]
    node = build.contract([a, b], lists, output)
    if a.shape == b.shape:
        node = build.add(node, build.contract([a, b], [axes, axes], ())) if not output else node
    program = numpy_program("f", node, list(values), {})
    expected = evaluate([node], values)[0]
    found = run(program, *values.values())
    assert np.shape(found) == expected.shape
    np.testing.assert_allclose(found, expected, rtol=1e-11, atol=1e-11)


UNARY = {
    "sigmoid": (sigmoid, jax.nn.sigmoid),
    "tanh": (tanh, jnp.tanh),
    "relu": (relu, jax.nn.relu),
    "exp": (exp, jnp.exp),
    "square": (square, jnp.square),
    "minus": (lambda x: build.scale(-1, x), lambda x: -x),
    "third": (lambda x: build.scale(Fraction(1, 3), x), lambda x: x / 3),
}
BINARY = {
    "add": (build.add, jnp.add),
    "subtract": (build.subtract, jnp.subtract),
    "multiply": (build.multiply, jnp.multiply),
    "divide": (lambda a, b: divide(a, build.add(build.constant(2), square(b))), lambda a, b: a / (2 + b * b)),
}
VECTORS = {
    "softmax": (softmax, jax.nn.softmax),
    "log_softmax": (log_softmax, jax.nn.log_softmax),
    "matrix": None,
    "back": None,
}


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from([*UNARY, *BINARY, *VECTORS]), st.integers(0, 99), st.integers(0, 99)), max_size=12))
def test_random_networks_agree_with_jax(steps: list[tuple[str, int, int]]) -> None:
    """Every new quantity is made of earlier ones; some get names; the gradient of the sum of the last by x and W."""
    x, W, s = build.variable("x", ("n",)), build.variable("W", ("n", "n")), build.variable("s")
    values = {x: np.array([0.3, -0.7, 1.1]), W: np.arange(9.0).reshape(3, 3) / 9 - 0.4, s: np.array(0.6)}

    def jax_function(vector: jax.Array, matrix: jax.Array, scalar: jax.Array) -> jax.Array:
        made = [vector, scalar * vector]
        for name, a, b in steps:
            one, two = made[a % len(made)], made[b % len(made)]
            if name in UNARY:
                made.append(UNARY[name][1](one))
            elif name in BINARY:
                made.append(BINARY[name][1](one, two))
            else:
                made.append(matrix @ one if name == "matrix" else matrix.T @ one if name == "back" else VECTORS[name][1](one))
            made[-1] = jnp.tanh(made[-1])
        return jnp.sum(made[-1] * made[0])

    nodes: list[Node] = [x, build.multiply(s, x)]
    for number, (name, a, b) in enumerate(steps):
        one, two = nodes[a % len(nodes)], nodes[b % len(nodes)]
        if name in UNARY:
            new = UNARY[name][0](one)
        elif name in BINARY:
            new = BINARY[name][0](one, two)
        elif name in ("matrix", "back"):
            new = build.matmul(W if name == "matrix" else build.transpose(W), one)
        else:
            new = VECTORS[name][0](one)
        nodes.append(build.named(f"h_{number}", tanh(new)) if number % 2 else tanh(new))
    target = build.inner(nodes[-1], x)
    swept = backpropagate(target, [x, W, s])
    expected = jax.grad(jax_function, argnums=(0, 1, 2))(*(jnp.asarray(v) for v in values.values()))
    assert run(numpy_program("f", target, [x, W, s], {}), *values.values()) == pytest.approx(
        float(jax_function(*(jnp.asarray(v) for v in values.values()))), rel=1e-10, abs=1e-12
    )
    for by, gradient in zip((x, W, s), expected, strict=True):
        found = run(numpy_program("df", swept.gradient(by), [x, W, s], {}), *values.values())
        assert np.shape(found) == gradient.shape
        np.testing.assert_allclose(found, gradient, rtol=1e-9, atol=1e-11)
