"""Jacobians and Hessians of the operations on arrays, and of what is made of them, against JAX."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from chainrule.calculus.jacobian import hessian, jacobian
from chainrule.evaluation.compare import compare
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.ops import find_operation
from chainrule.ops.inverse import inverse, log_determinant, matrix_power, solve
from chainrule.ops.joining import concatenate, concatenate_columns
from chainrule.ops.reduction import deviation, variance
from tests.ops.every import SIZES, cases
from tests.ops.test_against_jax import FUNCTIONS

NAMES = [
    "inverse", "det", "logdet", "concatenate", "vstack", "vec", "kron", "product", "max_entry", "min_entry", "norm_inf",
    "norm_p", "softmax_rows", "logsumexp_rows", "log_softmax_rows", "expm",
]  # fmt: skip


def check(node: Node, function: Callable[..., Any], values: dict[Node, Any]) -> None:
    """The value, the Jacobian, and the Hessian of a weighted sum of squares."""
    arrays = list(values.values())
    [value] = evaluate([node], values, SIZES)
    assert compare(value, np.asarray(function(*arrays))) < 1e-12
    weights = build.variable("w", node.shape)
    drawn = np.random.default_rng(1).normal(size=value.shape)
    total = build.inner(build.multiply(node, node), weights)
    for k, variable in enumerate(values):
        [found] = evaluate([jacobian(node, variable)], values, SIZES)
        assert compare(found, np.asarray(jax.jacobian(function, k)(*arrays))) < 1e-11
        expected = jax.hessian(lambda *a: jnp.sum(drawn * function(*a) ** 2), k)(*arrays)
        [found] = evaluate([hessian(total, variable)], {**values, weights: drawn}, SIZES)
        assert compare(found, np.asarray(expected)) < 1e-10


@pytest.mark.parametrize("name", NAMES)
def test_every_array_operation_twice(name: str) -> None:
    for case in cases(find_operation(name)):
        check(build.apply(case.record, *case.variables), FUNCTIONS[name], case.draw(5))


A = build.variable("A", ("m", "n"))
B = build.variable("B", ("m", "k"))
S = build.variable("S", ("n", "n"))
X = build.variable("x", ("n",))
Y = build.variable("y", ("k",))
C = build.variable("c")

MADE: list[tuple[Node, Callable[..., Any], tuple[Node, ...]]] = [
    (solve(S, X), jnp.linalg.solve, (S, X)),
    (solve(S, build.transpose(A)), lambda s, a: jnp.linalg.solve(s, a.T), (S, A)),
    (matrix_power(S, 3), lambda s: s @ s @ s, (S,)),
    (matrix_power(S, -2), lambda s: jnp.linalg.inv(s @ s), (S,)),
    (concatenate([X, C, Y]), lambda x, c, y: jnp.concatenate([x, c[None], y]), (X, C, Y)),
    (concatenate_columns([A, B]), lambda a, b: jnp.hstack((a, b)), (A, B)),
    (log_determinant(build.matmul(A, build.transpose(A))), lambda a: jnp.linalg.slogdet(a @ a.T)[1], (A,)),
    (inverse(inverse(S)), lambda s: s, (S,)),
    (variance(X), jnp.var, (X,)),
    (deviation(A), jnp.std, (A,)),
    (build.part(X, 1, 2), lambda x: x[1:3], (X,)),
    (build.placed(X, 2, 7), jnp.zeros(7).at[2:5].set, (X,)),
]


@pytest.mark.parametrize(("node", "function", "variables"), MADE)
def test_what_is_made_of_them(node: Node, function: Callable[..., Any], variables: tuple[Node, ...]) -> None:
    random = np.random.default_rng(3)
    values: dict[Node, Any] = {v: random.normal(size=[d.size(SIZES) for d in v.shape])[()] for v in variables}
    if S in values:
        values[S] = values[S] + 3 * np.eye(3)
    check(node, function, values)
