"""Jacobians and Hessians by hand, and what has none."""

from fractions import Fraction

import numpy as np
import pytest

from chainrule.algebra.normal_form import normal_form
from chainrule.calculus.jacobian import (
    MOST_ORDERS,
    along,
    coefficients,
    derivative_node,
    entries,
    gradient,
    hessian,
    hessian_along,
    jacobian,
)
from chainrule.errors import DerivativeError
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.dimension import dimension
from chainrule.graph.node import Node, postorder
from chainrule.ops.arithmetic import exp, log, power, square

x = build.variable("x", ("n",))
A = build.variable("A", ("m", "n"))
B = build.variable("B", ("n", "n"))
s = build.variable("s")
n, m = dimension("n"), dimension("m")
VALUES = {
    x: np.array([0.5, -1.0, 2.0]),
    A: np.arange(6.0).reshape(2, 3) - 2.0,
    B: np.array([[1.0, 2.0, -1.0], [0.0, 3.0, 1.0], [4.0, 0.5, -2.0]]),
    s: np.array(0.7),
}


def number(node: Node) -> np.ndarray:
    return evaluate([node], VALUES, {"n": 3, "m": 2})[0]


def same(found: Node, expected: Node) -> None:
    """The same term but for the order of factors and terms."""
    assert normal_form(found) is normal_form(expected)


def test_the_jacobian_of_a_linear_map_is_its_matrix() -> None:
    same(jacobian(build.matmul(A, x), x), A)
    assert jacobian(build.matmul(build.transpose(A), build.matmul(A, x)), x).shape == (n, n)


def test_output_dimensions_come_first() -> None:
    found = jacobian(build.matmul(A, x), A)
    assert found.shape == (m, m, n)
    expected = np.einsum("ik,j->ikj", np.eye(2), VALUES[x])
    np.testing.assert_array_equal(number(found), expected)


def test_of_an_elementwise_function_a_diagonal() -> None:
    np.testing.assert_allclose(number(jacobian(exp(x), x)), np.diag(np.exp(VALUES[x])), rtol=1e-15)


def test_of_a_matrix_by_a_matrix_four_dimensions() -> None:
    """d B_{ij}^2 / d B_{kl} = B_il [j = l... ]: delta_ik B_lj + delta_lj B_ik."""
    found = number(jacobian(build.matmul(B, B), B))
    b, one = VALUES[B], np.eye(3)
    np.testing.assert_allclose(found, np.einsum("ik,lj->ijkl", one, b) + np.einsum("ik,jl->ijkl", b, one), rtol=1e-14)


def test_of_a_scalar_it_is_the_gradient_and_by_a_scalar_a_column() -> None:
    q = build.inner(x, x)
    assert jacobian(q, x) is gradient(q, x)
    same(gradient(q, x), build.scale(2, x))
    same(jacobian(build.multiply(s, x), s), x)


def test_of_a_list() -> None:
    found = jacobian(build.stack([build.inner(x, x), build.total(x)]), x)
    np.testing.assert_array_equal(number(found), [2 * VALUES[x], np.ones(3)])


def test_of_a_list_of_vectors() -> None:
    found = jacobian(build.stack([x, build.multiply(x, x)]), x)
    assert found.shape == (dimension(2), n, n)
    np.testing.assert_array_equal(number(found), [np.eye(3), np.diag(2 * VALUES[x])])


def test_of_what_does_not_depend_on_it_zero() -> None:
    assert jacobian(build.matmul(A, x), s) is build.zeros((m,))
    assert jacobian(x, B) is build.zeros((n, n, n))


def test_by_itself_the_identity() -> None:
    np.testing.assert_array_equal(number(jacobian(x, x)), np.eye(3))
    found = number(jacobian(A, A))
    np.testing.assert_array_equal(found, np.einsum("ik,jl->ijkl", np.eye(2), np.eye(3)))


def test_by_an_intermediate_the_graph_is_cut() -> None:
    h = build.named("h", build.matmul(A, x))
    assert jacobian(build.multiply(s, h), h).shape == (m, m)
    np.testing.assert_allclose(number(jacobian(build.multiply(s, h), h)), 0.7 * np.eye(2), rtol=1e-15)


def test_the_hessian_of_a_quadratic_form() -> None:
    """x^T B x has the Hessian B + B^T."""
    form = build.inner(x, build.matmul(B, x))
    same(hessian(form, x), build.add(build.transpose(B), B))


def test_a_mixed_hessian_and_its_order() -> None:
    """d/dx then d/dA of sum(A x): (n) first, then (m, n)."""
    found = hessian(build.total(build.matmul(A, x)), x, A)
    assert found.shape == (n, m, n)
    np.testing.assert_array_equal(number(found), np.einsum("il,k->ikl", np.eye(3), np.ones(2)))


def test_a_scalar_second_derivative() -> None:
    """(log s)'' = -1 / s^2; d2/ds2 of s^2 is 2."""
    assert number(hessian(log(s), s)) == pytest.approx(-1 / 0.49, rel=1e-14)
    assert hessian(square(s), s) is build.constant(2)


def test_derivative_node_is_the_gradient_the_jacobian_or_the_hessian() -> None:
    form = build.inner(x, build.matmul(B, x))
    assert derivative_node(form, [x]) is gradient(form, x)
    assert derivative_node(build.matmul(A, x), [x]) is jacobian(build.matmul(A, x), x)
    assert derivative_node(form, [x, B]) is hessian(form, x, B)


a, b = build.variable("a"), build.variable("b")


def test_by_a_declared_list_the_uses_of_its_entries_count() -> None:
    """f = a^2 b + |(a, b)|^2: (2 a b + 2 a, a^2 + 2 b)."""
    both = build.named("w", build.stack([a, b]))
    f = build.add(build.multiply(square(a), b), build.inner(both, both))
    at = {a: 3.0, b: 5.0}
    np.testing.assert_allclose(evaluate([gradient(f, both)], at)[0], [30 + 6, 9 + 10], rtol=1e-14)
    np.testing.assert_allclose(evaluate([hessian(f, both)], at)[0], [[10 + 2, 6], [6, 2]], rtol=1e-14)
    two = build.stack([build.multiply(a, b), build.total(both)])
    np.testing.assert_allclose(evaluate([jacobian(two, both)], at)[0], [[5, 3], [1, 1]], rtol=1e-14)


def test_by_a_declared_matrix() -> None:
    """a d - b c by [[a, b], [c, d]]."""
    c, d = build.variable("c"), build.variable("d")
    whole = build.named("M", build.stack([build.stack([a, b]), build.stack([c, d])]))
    determinant = build.subtract(build.multiply(a, d), build.multiply(b, c))
    found = evaluate([gradient(determinant, whole)], {a: 1.0, b: 2.0, c: 3.0, d: 4.0})[0]
    np.testing.assert_array_equal(found, [[4, -3], [-2, 1]])


def test_what_declares_entries_and_what_does_not() -> None:
    assert entries(build.named("w", build.stack([a, b]))) == (a, b)
    assert entries(build.named("w", build.stack([a, a]))) == ()
    assert entries(build.named("w", build.stack([a, exp(b)]))) == ()
    assert entries(build.named("w", x)) == entries(a) == entries(build.stack([a, b])) == ()


def test_a_third_derivative_and_the_second_of_an_array() -> None:
    """(s^3)= 6; d2 exp(x_i) / dx_j dx_k = exp(x_i) where all are the same."""
    assert number(derivative_node(power(s, Fraction(3)), [s, s, s])) == pytest.approx(6, rel=1e-14)
    found = number(derivative_node(exp(x), [x, x]))
    expected = np.einsum("i,ij,ik->ijk", np.exp(VALUES[x]), np.eye(3), np.eye(3))
    np.testing.assert_allclose(found, expected, rtol=1e-14)


def test_what_is_done_between_two_derivatives() -> None:
    seen: list[Node] = []

    def between(node: Node) -> Node:
        seen.append(node)
        return node

    derivative_node(square(s), [s, s, s], between)
    assert len(seen) == 2
    assert seen[0] is gradient(square(s), s)


def test_orders_above_the_sixth_are_refused() -> None:
    assert derivative_node(exp(s), [s] * MOST_ORDERS) is not None
    with pytest.raises(DerivativeError) as error:
        derivative_node(exp(s), [s] * (MOST_ORDERS + 1))
    assert error.value.code == "order-too-high"


def test_along_a_direction() -> None:
    """exp(x) along v: exp(x) v; along x itself, which is not differentiated as a direction: exp(x) x."""
    v = build.variable("v", ("n",))
    at = {**VALUES, v: np.array([1.0, -2.0, 0.5])}
    found = evaluate([along(exp(x), x, v), along(exp(x), x, x)], at, {"n": 3})
    np.testing.assert_allclose(found[0], np.exp(VALUES[x]) * at[v], rtol=1e-14)
    np.testing.assert_allclose(found[1], np.exp(VALUES[x]) * VALUES[x], rtol=1e-14)
    assert along(build.matmul(A, x), s, build.constant(1)) is build.zeros((m,))


def test_along_a_direction_in_a_declared_list() -> None:
    """f = a^2 b + |(a, b)|^2 along (2, -1): 2 (2 a b + 2 a) - (a^2 + 2 b)."""
    both = build.named("w", build.stack([a, b]))
    f = build.add(build.multiply(square(a), b), build.inner(both, both))
    v = build.variable("v", both.shape)
    [found] = evaluate([along(f, both, v)], {a: 3.0, b: 5.0, v: np.array([2.0, -1.0])})
    assert found == pytest.approx(2 * 36 - 19)


def test_no_derivative_along_an_index() -> None:
    k = build.variable("k")
    with pytest.raises(DerivativeError) as error:
        along(build.entry(x, k), k, build.constant(1))
    assert error.value.code == "derivative-by-index"


def test_the_hessian_times_a_direction_is_found_without_the_hessian() -> None:
    """x^T B x: (B + B^T) v; no node of the graph has more axes than B."""
    v = build.variable("v", ("n",))
    slope = normal_form(gradient(build.inner(x, build.matmul(B, x)), x))
    same(hessian_along(slope, x, v), build.matmul(build.add(B, build.transpose(B)), v))
    # A direction that is made of the variable stays fixed.
    same(hessian_along(slope, x, x), build.matmul(build.add(B, build.transpose(B)), x))
    deep = build.total(exp(build.matmul(B, exp(build.matmul(B, x)))))
    made = postorder(hessian_along(normal_form(gradient(deep, x)), x, v))
    assert max(len(node.shape) for node in made if node is not B) == 1


@pytest.mark.parametrize(
    "root",
    [
        pytest.param(lambda u: build.inner(u, u), id="two factors"),
        pytest.param(exp, id="an operation"),
        pytest.param(lambda u: build.total(build.multiply(u, build.named("k", u))), id="under a name"),
    ],
)
def test_what_is_not_linear_in_the_seed_has_no_coefficients(root: object) -> None:
    seed = build.variable("u", ("n",))
    with pytest.raises(DerivativeError) as error:
        coefficients(root(seed), seed)  # type: ignore[operator]
    assert error.value.code == "not-linear"


def test_coefficients_look_through_names_and_leave_terms_without_the_seed() -> None:
    seed = build.variable("u", ("m",))
    through = build.named("k", build.matmul(build.transpose(A), seed))
    same(coefficients(through, seed), A)
    same(coefficients(build.scale(3, through), seed), build.scale(3, A))
    assert coefficients(x, seed) is build.zeros((m, n))
