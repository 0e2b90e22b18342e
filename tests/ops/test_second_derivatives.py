"""Jacobians and Hessians of the operations on arrays, and of what is made of them, against JAX."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from chainrule.algebra.normal_form import normal_form
from chainrule.calculus.jacobian import gradient, hessian, jacobian
from chainrule.evaluation.compare import compare
from chainrule.evaluation.differences import derivative_numeric
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.node import Node, Variable
from chainrule.graph.operation import Operation
from chainrule.ops import find_operation
from chainrule.ops.construction import Construction
from chainrule.ops.inverse import inverse, log_determinant, matrix_power, solve
from chainrule.ops.joining import concatenate, concatenate_columns
from chainrule.ops.linear_algebra import trace
from chainrule.ops.reduction import deviation, variance
from chainrule.ops.table import constructions, operations
from tests.ops.every import SIZES, cases
from tests.ops.test_against_jax import FUNCTIONS

NAMES = [
    "inverse", "det", "logdet", "concatenate", "vstack", "vec", "kron", "product", "max_entry", "min_entry", "norm_inf",
    "norm_p", "pinv", "rowmax", "rowmin", "softmax_rows", "logsumexp_rows", "log_softmax_rows",
]  # fmt: skip


def check(node: Node, function: Callable[..., Any], values: dict[Node, Any]) -> None:
    """The value and the Jacobian against JAX; the Hessian of a weighted sum of squares against complex steps."""
    arrays = list(values.values())
    [value] = evaluate([node], values, SIZES)
    assert compare(value, np.asarray(function(*arrays))) < 1e-12
    total, weights = squares(node)
    known = {**values, weights: np.random.default_rng(1).normal(size=value.shape)}
    for k, variable in enumerate(values):
        [found] = evaluate([jacobian(node, variable)], values, SIZES)
        assert compare(found, np.asarray(jax.jit(jax.jacrev(function, k))(*arrays))) < 1e-11
        [found] = evaluate([hessian(total, variable)], known, SIZES)
        numeric = derivative_numeric(gradient(total, variable), variable, known, SIZES, "complex step").value
        assert compare(found, numeric) < 1e-11


def squares(node: Node) -> tuple[Node, Variable]:
    """The sum of the squares of the entries, with weights."""
    weights = build.variable("w", node.shape)
    return build.inner(build.multiply(node, node), weights), weights


@pytest.mark.parametrize("name", ["inverse", "logdet", "softmax_rows"])
def test_hessians(name: str) -> None:
    [case] = cases(find_operation(name))
    total, weights = squares(build.apply(case.record, *case.variables))
    values = case.draw(5)
    drawn = np.random.default_rng(1).normal(size=[d.size(SIZES) for d in weights.shape])
    expected = jax.jit(jax.hessian(lambda x: jnp.sum(drawn * FUNCTIONS[name](x) ** 2)))(*values.values())
    [found] = evaluate([hessian(total, case.variables[0])], {**values, weights: drawn}, SIZES)
    assert compare(found, np.asarray(expected)) < 1e-11


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


@pytest.mark.parametrize("name", ["expm", "sinm", "cosm"])
def test_functions_of_matrices_twice(name: str) -> None:
    """The gradient is JAX's case in test_against_jax.py; here its own derivative, by complex steps."""
    x, weights = build.variable("X", (2, 2)), build.variable("w", (2, 2))
    random = np.random.default_rng(2)
    values = {x: random.normal(size=(2, 2)), weights: random.normal(size=(2, 2))}
    by_x = gradient(build.inner(weights, build.apply(find_operation(name), x)), x)
    [found] = evaluate([jacobian(by_x, x)], values)
    assert compare(found, derivative_numeric(by_x, x, values, None, "complex step").value) < 1e-12


@pytest.mark.parametrize(("name", "slope", "sign"), [("expm", "expm", 1), ("sinm", "cosm", 1), ("cosm", "sinm", -1)])
def test_the_trace_of_a_function_of_a_matrix(name: str, slope: str, sign: int) -> None:
    """The Matrix Cookbook, 2.5: the gradient of tr f(X) is f'(X) transposed."""
    x = build.variable("X", ("n", "n"))
    found = gradient(trace(build.apply(find_operation(name), x)), x)
    assert normal_form(found) is normal_form(build.scale(sign, build.transpose(build.apply(find_operation(slope), x))))


WITH_DERIVATIVE = [record for record in (*operations(), *constructions()) if record.name not in ("binomial", "factorial")]


@pytest.mark.parametrize("record", WITH_DERIVATIVE, ids=lambda record: record.name)
def test_every_word_of_the_table_twice(record: Operation | Construction) -> None:
    """The derivative of the gradient of a weighted sum, against complex steps on the gradient."""
    for case in cases(record):
        node = build.apply(record, *case.variables) if isinstance(record, Operation) else record.build(*case.variables)
        weights = build.variable("w", node.shape)
        values = case.draw(3)
        values[weights] = np.random.default_rng(0).normal(size=[d.size(SIZES) for d in node.shape])[()]
        for variable in case.variables:
            first = gradient(build.inner(weights, node), variable)
            [found] = evaluate([jacobian(first, variable)], values, SIZES)
            assert compare(found, derivative_numeric(first, variable, values, SIZES, "complex step").value) < 1e-10
