"""Rules for what is linear: zeros, scalars, the order of directions, adjoints; values by definition, forms by hand."""

import numpy as np
import pytest

from chainrule.algebra.normal_form import normal_form
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.ops.joining import concatenate, kron, vec
from chainrule.ops.matrix_functions import along, by_entries, matrix_exponential

X, E, F, G = (build.variable(name, ("n", "n")) for name in "XEFG")
t, x, y = build.variable("t"), build.variable("x", ("m",)), build.variable("y", ("k",))
ZERO, NONE = build.zeros(X.shape), build.zeros(x.shape)


def d(*nodes: Node) -> Node:
    return build.apply(along("expm", len(nodes) - 1), *nodes)


SAME: list[tuple[Node, Node]] = [
    (kron(X, ZERO), build.zeros(kron(X, X).shape)),
    (vec(ZERO), build.zeros(vec(X).shape)),
    (d(X, ZERO), ZERO),
    (d(X, E, ZERO), ZERO),
    (d(X, build.scale(3, E)), build.scale(3, d(X, E))),
    (d(X, build.multiply(t, E)), build.multiply(t, d(X, E))),
    (d(X, F, E), d(X, E, F)),
    (d(X, build.multiply(t, X)), build.multiply(t, build.matmul(X, matrix_exponential(X)))),
    (d(build.transpose(X), build.transpose(E)), build.transpose(d(X, E))),
    (
        build.inner(build.transpose(X), d(X, E)),
        build.inner(build.matmul(build.transpose(X), build.transpose(matrix_exponential(X))), E),
    ),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_two_ways_to_write_it_have_one_form(left: Node, right: Node) -> None:
    assert normal_form(left) is normal_form(right)


@pytest.mark.parametrize("node", [node for pair in SAME for node in pair])
def test_the_value_stays(node: Node) -> None:
    random = np.random.default_rng(1)
    values = {each: random.normal(size=(3, 3)) for each in (X, E, F, G)} | {t: np.array(0.4)}
    before, after = evaluate([node, normal_form(node)], values, {"n": 3})
    np.testing.assert_allclose(after, before, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("order", [1, 2])
def test_the_array_at_a_transpose(order: int) -> None:
    node = build.apply(by_entries("sinm", order), build.transpose(X))
    before, after = evaluate([node, normal_form(node)], {X: np.random.default_rng(3).normal(size=(2, 2))})
    np.testing.assert_allclose(after, before, rtol=1e-10, atol=1e-12)
    assert normal_form(node) is not node


def test_a_concatenation_with_zero_stays_one() -> None:
    """Linear in both parts together, not in each."""
    node = concatenate([NONE, y])
    assert normal_form(node) is node
    assert build.is_zero(normal_form(concatenate([NONE, build.zeros(y.shape)])))
