"""Derivatives of functions of matrices along directions: beside JAX, beside complex steps, and what commutes."""

from typing import Any

import jax
import numpy as np
import pytest

from chainrule.algebra.normal_form import normal_form
from chainrule.calculus.forward import pushforward
from chainrule.calculus.jacobian import coefficients, gradient, jacobian
from chainrule.errors import EvaluationError
from chainrule.evaluation.compare import compare
from chainrule.evaluation.differences import derivative_numeric
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.ops.commuting import commutes
from chainrule.ops.inverse import inverse, matrix_power
from chainrule.ops.matrix_functions import (
    FUNCTIONS,
    along,
    by_entries,
    directions_of,
    matrix_cosine,
    matrix_exponential,
    matrix_sine,
)
from tests.ops.every import run_code
from tests.ops.series import expm

X, E, F, U = (build.variable(name, ("n", "n")) for name in "XEFU")
A, B = (build.variable(name, ("n", "n")) for name in "AB")
t, v = build.variable("t"), build.variable("v", ("n",))
EYE = build.contract([], [], (0, 0), {0: X.shape[0]})
VALUES: dict[Node, Any] = {each: np.random.default_rng(k).uniform(-1, 1, (3, 3)) for k, each in enumerate((X, E, F, U, A, B))}
JAX = {
    "expm": expm,
    "sinm": lambda x: jax.numpy.imag(expm(1j * x)),
    "cosm": lambda x: jax.numpy.real(expm(1j * x)),
}
NAMES = sorted(FUNCTIONS)


def arrays(*nodes: Node) -> list[Any]:
    return [VALUES[node] for node in nodes]


def value(node: Node) -> np.ndarray:
    return evaluate([node], {**VALUES, t: 0.7, v: np.array([0.3, -0.2, 0.9])})[0]


def along_once(name: str) -> Any:
    return lambda x, e: jax.jvp(JAX[name], (x,), (e,))[1]


@pytest.mark.parametrize("name", NAMES)
def test_along_one_and_two_directions(name: str) -> None:
    once = along_once(name)
    x, e, f = arrays(X, E, F)
    assert compare(value(build.apply(along(name, 1), X, E)), np.asarray(once(x, e))) < 1e-13
    twice = jax.jvp(lambda x: once(x, e), (x,), (f,))[1]
    assert compare(value(build.apply(along(name, 2), X, E, F)), np.asarray(twice)) < 1e-13


@pytest.mark.parametrize("name", NAMES)
def test_the_array_of_all_derivatives(name: str) -> None:
    assert compare(value(build.apply(by_entries(name, 1), X)), np.asarray(jax.jacobian(JAX[name])(VALUES[X]))) < 1e-13


@pytest.mark.parametrize("order", [1, 2])
def test_the_code_computes_the_value(order: int) -> None:
    nodes = (X, E, F)[: 1 + order]
    for operation, given in ((along("sinm", order), nodes), (by_entries("cosm", order), nodes[:1])):
        found = run_code(operation)(*arrays(*given))
        assert compare(found, value(build.apply(operation, *given))) < 1e-13


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("order", [0, 1, 2])
def test_gradients_are_those_of_complex_steps(name: str, order: int) -> None:
    """<U, f'(X, E, ...)> by the matrix and by every direction."""
    nodes = (X, E, F)[: 1 + order]
    target = build.inner(U, build.apply(along(name, order), *nodes))
    for by in nodes:
        expected = derivative_numeric(target, by, VALUES, None, "complex step").value
        assert compare(value(gradient(target, by)), expected) < 1e-12


@pytest.mark.parametrize("order", [0, 1])
def test_tangents_are_those_of_the_jacobian(order: int) -> None:
    nodes = (X, E)[: 1 + order]
    made = build.apply(along("expm", order), *nodes)
    for by in nodes:
        expected = build.contract([jacobian(made, by), F], [range(4), (2, 3)], (0, 1))
        assert compare(value(pushforward(made, {by: F})), value(expected)) < 1e-12


def test_the_coefficients_of_a_derivative_in_its_direction() -> None:
    """f'(X, E) is the array of derivatives times E."""
    assert normal_form(coefficients(build.apply(along("expm", 1), X, E), E)) is normal_form(
        build.contract([build.apply(by_entries("expm", 1), X)], [range(4)], (2, 3, 0, 1))
    )


COMMUTING: list[tuple[Node, Node, bool]] = [
    (X, X, True),
    (build.scale(3, X), build.multiply(t, X), True),
    (EYE, X, True),
    (matrix_power(X, 3), X, True),
    (build.add(matrix_power(X, 2), build.multiply(t, EYE)), build.add(X, matrix_exponential(X)), True),
    (matrix_sine(build.multiply(t, X)), inverse(X), True),
    (build.transpose(X), build.transpose(matrix_cosine(X)), True),
    (build.named("Y", build.scale(2, X)), X, True),
    (build.add(A, B), matrix_power(build.add(A, B), 2), True),
    (build.matmul(A, B), build.multiply(t, build.matmul(A, B)), True),
    (A, B, False),
    (X, build.transpose(X), False),
    (build.matmul(A, B), A, False),
    (build.add(A, B), A, False),
    (build.multiply(X, X), X, False),
    (build.contract([v], [(0,)], (0, 0)), X, False),
    (build.contract([X, v], [(0, 1), (1,)], (0, 1)), X, False),
    (build.contract([X, X], [(0, 1), (2, 1)], (0, 2)), X, False),
]


@pytest.mark.parametrize(("one", "other", "expected"), COMMUTING)
def test_what_commutes(one: Node, other: Node, expected: bool) -> None:
    """What is said to commute does; what is not said to does not at this point."""
    assert commutes(one, other) is expected
    gap = np.abs(value(one) @ value(other) - value(other) @ value(one)).max()
    assert bool(gap < 1e-12) is expected


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("direction", [X, EYE, build.multiply(t, matrix_power(X, 2)), matrix_exponential(X)])
def test_a_commuting_direction_is_a_factor(name: str, direction: Node) -> None:
    made = build.apply(along(name, 1), X, direction)
    form = normal_form(made)
    assert not any(map(directions_of, [form, *getattr(form, "factors", ())]))
    assert compare(value(form), value(made)) < 1e-12


def test_too_many_entries_are_refused() -> None:
    large = build.variable("Z", (40, 40))
    values = {large: np.zeros((40, 40))}
    with pytest.raises(EvaluationError, match="too many entries"):
        evaluate([build.apply(by_entries("expm", 1), large)], values)
    with pytest.raises(EvaluationError, match="takes too many entries"):
        evaluate([build.apply(along("expm", 5), large, *[large] * 5)], values)
