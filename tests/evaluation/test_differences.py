"""Numeric derivatives against derivatives known by hand."""

from typing import Any

import numpy as np
import pytest

from chainrule.errors import EvaluationError
from chainrule.evaluation.differences import derivative_numeric, directional_derivative
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation, Property
from chainrule.ops.activation import relu
from chainrule.ops.arithmetic import divide, exp, log, power, square
from chainrule.ops.comparison import absolute
from chainrule.ops.exponential import sqrt
from chainrule.ops.trigonometric import sin

X, Y = build.variable("x"), build.variable("y")
V = build.variable("v", ("n",))
W = build.variable("W", ("m", "n"))
v = np.array([1.0, -2.0, 0.5])
w = np.array([[1.0, 0.0, 2.0], [-1.0, 3.0, 0.5]])

both = pytest.mark.parametrize("method", ["complex step", "central differences"])


def tolerance(method: str) -> float:
    return 1e-14 if method == "complex step" else 1e-9


FACTS: list[tuple[Node, float, float]] = [
    (square(X), 3.0, 6.0),
    (square(X), 0.0, 0.0),
    (exp(X), 20.0, float(np.exp(20.0))),
    (log(X), 1e-4, 1e4),
    (power(X, -3), -2.0, -3.0 / 16.0),
    (sin(X), 1e6, float(np.cos(1e6))),
    (build.constant(5), 1.0, 0.0),
    (X, 7.0, 1.0),
    (exp(build.scale(-1, square(X))), 1e-9, -2e-9),
]


@both
@pytest.mark.parametrize(("node", "at", "expected"), FACTS)
def test_scalars(node: Node, at: float, expected: float, method: Any) -> None:
    found = derivative_numeric(node, X, {X: at}, method=method)
    assert found.method == method
    assert found.value.shape == ()
    scale = max(abs(expected), 1e-3)
    assert abs(found.value - expected) < tolerance(method) * scale
    assert found.error < 1e-6 * scale


@both
def test_shapes_output_first(method: Any) -> None:
    found = derivative_numeric(build.matmul(W, V), V, {W: w, V: v}, method=method)
    np.testing.assert_allclose(found.value, w, atol=1e-10)
    by_matrix = derivative_numeric(build.matmul(W, V), W, {W: w, V: v}, method=method).value
    np.testing.assert_allclose(by_matrix, np.einsum("ik,j->ikj", np.eye(2), v), atol=1e-10)


@both
def test_an_intermediate_cuts_the_graph(method: Any) -> None:
    """r = q^2 x with q = 3x: by q it is 2 q x, though x moves too when x does."""
    q = build.named("q", build.scale(3, X))
    r = build.multiply(square(q), X)
    assert derivative_numeric(r, q, {X: 2.0}, method=method).value == pytest.approx(2 * 6.0 * 2.0)
    assert derivative_numeric(r, X, {X: 2.0}, method=method).value == pytest.approx(27 * 4.0)
    assert derivative_numeric(r, X, {X: 2.0, q: 6.0}, method=method).value == pytest.approx(36.0)
    assert derivative_numeric(q, q, {X: 2.0}, method=method).value == pytest.approx(1.0)


def test_what_does_not_depend_has_derivative_zero() -> None:
    np.testing.assert_array_equal(derivative_numeric(square(X), V, {X: 1.0, V: v}).value, np.zeros(3))


@both
def test_a_direction(method: Any) -> None:
    found = directional_derivative(build.matmul(W, V), V, [1.0, 1.0, 2.0], {W: w, V: v}, method=method)
    np.testing.assert_allclose(found.value, w @ [1.0, 1.0, 2.0], rtol=1e-10)


def operation(name: str, value: Any, *properties: Property) -> Operation:
    made = Operation(
        name, ("x",), "S -> S", "", value, properties=frozenset({Property.ELEMENTWISE, *properties}), made_by=(lambda: made, ())
    )
    return made


def test_the_method_follows_the_operations() -> None:
    real_only = operation("real_only", lambda xp, x: xp.sqrt(xp.real(x)))
    node = build.apply(real_only, X)
    found = derivative_numeric(build.multiply(node, Y), X, {X: 4.0, Y: 3.0})
    assert found.method == "central differences"
    assert found.value == pytest.approx(0.75, rel=1e-10)
    assert derivative_numeric(build.multiply(node, Y), Y, {X: 4.0, Y: 3.0}).method == "complex step"
    inside = Operation(
        "inside", ("x",), "S -> S", "", definition=lambda x: build.apply(real_only, x), made_by=(lambda: inside, ())
    )
    assert derivative_numeric(build.apply(inside, X), X, {X: 4.0}).method == "central differences"


@pytest.mark.parametrize("node", [absolute(X), relu(X), build.multiply(absolute(X), exp(X))])
def test_differences_refuse_a_kink(node: Node) -> None:
    with pytest.raises(EvaluationError) as caught:
        derivative_numeric(node, X, {X: 0.0}, method="central differences")
    assert caught.value.code == "not-smooth"


@pytest.mark.parametrize("at", [0.01, -0.03, 1e-3])
def test_differences_close_to_a_kink(at: float) -> None:
    found = derivative_numeric(absolute(X), X, {X: at}, method="central differences")
    assert found.value == pytest.approx(np.sign(at), rel=1e-9)


@both
@pytest.mark.parametrize("node", [divide(build.constant(1), X), log(X), exp(build.scale(10_000, exp(X)))])
def test_no_finite_value(node: Node, method: Any) -> None:
    with pytest.raises(EvaluationError) as caught:
        derivative_numeric(node, X, {X: 0.0}, method=method)
    assert caught.value.code == "not-finite"


def test_an_infinite_slope_is_no_large_number() -> None:
    with pytest.raises(EvaluationError) as caught:
        derivative_numeric(build.add(sqrt(X), X), X, {X: 0.0})
    assert caught.value.code == "not-finite"
