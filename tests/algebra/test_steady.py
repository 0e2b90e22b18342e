"""Graphs in steadier operations have the same value, and limits where an outcome is absent."""

from collections.abc import Mapping

import numpy as np
import pytest

from chainrule.algebra.indicators import without_squared_signs
from chainrule.algebra.normal_form import normal_form
from chainrule.algebra.steady import at_edges, steady
from chainrule.algebra.steady_logarithms import softplus
from chainrule.calculus.jacobian import gradient
from chainrule.evaluation.array import Array
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.walk import inputs
from chainrule.ops.activation import sigmoid
from chainrule.ops.arithmetic import divide, exp, log, power
from chainrule.ops.comparison import absolute, sign
from chainrule.ops.exponential import tanh
from chainrule.ops.information.entropy import entropy
from chainrule.ops.normalisation import softmax

p, q, z = (build.variable(name, ("n",)) for name in "pqz")
a, b, w = (build.variable(name) for name in "abw")
ONE = build.constant(1)
VALUES = {p: np.array([0.2, 0.3, 0.5]), q: np.array([0.5, 0.25, 0.25]), z: np.array([1.0, -2.0, 0.5]), a: 0.3, b: 0.8, w: 0.4}
MIXTURE = build.add(build.multiply(w, p), build.multiply(build.subtract(ONE, w), q))
TERMS = [
    log(softmax(z)),
    build.entry(log(softmax(z)), 1),
    log(build.entry(softmax(z), 1)),
    log(build.total(exp(z))),
    log(sigmoid(a)),
    log(build.subtract(ONE, sigmoid(a))),
    build.multiply(a, log(build.add(ONE, exp(b)))),
    log(build.add(ONE, power(a, 2))),
    log(divide(p, q)),
    log(build.scale(3, divide(p, q))),
    log(divide(p, MIXTURE)),
    log(build.scale(2, divide(p, build.add(p, q)))),
    log(build.multiply(a, p, power(q, -1))),
    build.inner(p, log(divide(q, p))),
    build.inner(q, build.add(log(p), log(q))),
    build.multiply(p, p, power(q, -2)),
    entropy(build.stack([build.subtract(ONE, a), a])),
    build.multiply(a, power(b, -1), log(divide(a, b))),
]


def value(node: Node, changed: Mapping[Node, object] | None = None) -> Array:
    values = {**VALUES, **(changed or {})}
    return evaluate([node], {variable: values[variable] for variable in inputs([node])})[0]  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("node", TERMS)
def test_the_value_is_the_same(node: Node, apart: bool) -> None:
    assert value(steady(node, apart=apart)) == pytest.approx(value(node), rel=1e-13)


def test_what_is_given_is_not_looked_into() -> None:
    named = build.named("s", softmax(z))
    assert steady(log(named), [named]) is log(named)


def slope(target: Node, by: Node) -> Node:
    return steady(at_edges(normal_form(gradient(target, by)), target, [by]))


def test_an_absent_outcome_has_the_derivative_zero() -> None:
    target = build.scale(-1, build.inner(p, log(q)))
    found = value(slope(target, q), {p: np.array([1.0, 0.0]), q: np.array([0.5, 0.0])})
    assert (found + 0.0).tolist() == [-2, 0]


def test_it_counts_for_what_moves_alone() -> None:
    """By p the derivative of p log(p / q) is infinite at p = 0 with q > 0, and no number is made up for it."""
    found = value(slope(build.inner(p, log(divide(p, q))), p), {p: np.array([1.0, 0.0]), q: np.array([0.5, 0.5])})
    assert found[1] == -np.inf


def test_an_outcome_absent_from_a_mixture_does_not_move_it() -> None:
    found = value(slope(build.inner(p, log(divide(p, MIXTURE))), w), {p: np.array([1.0, 0.0]), q: np.array([1.0, 0.0])})
    assert found == 0


def test_a_quotient_of_the_target_stays() -> None:
    assert np.isnan(value(slope(divide(a, b), b), {a: 0.0, b: 0.0}))


def test_signs_in_pairs_are_left_out() -> None:
    twice = build.multiply(sign(a), sign(a), exp(absolute(a)))
    assert without_squared_signs(twice) is exp(absolute(a))
    assert without_squared_signs(power(sign(a), 3)) is sign(a)
    assert without_squared_signs(build.outer(sign(p), sign(p))) is build.outer(sign(p), sign(p))


def test_only_factors_with_their_own_logarithm_are_taken_apart() -> None:
    """log(a b / e^w) of negative a and b: log 6 - 1, and of a quotient by a negative number."""
    negative = {a: -2.0, b: -3.0, w: 1.0}
    assert value(steady(log(divide(build.multiply(a, b), exp(w)))), negative) == pytest.approx(np.log(6) - 1, rel=1e-14)
    quotient = log(divide(a, build.multiply(b, exp(w), sigmoid(w))))
    expected = np.log(2 / 3) - 1 + np.log1p(np.exp(-1))
    assert value(steady(quotient), negative) == pytest.approx(expected, rel=1e-14)
    assert value(steady(log(divide(ONE, exp(w)))), negative) == -1.0


ABSENT = [
    (log(divide(a, build.add(a, b))), {a: 0.0, b: 0.0}, np.nan),
    (build.multiply(a, log(b)), {a: 0.0, b: -1.0}, np.nan),
    (build.multiply(a, log(b)), {a: 0.0, b: 0.0}, 0.0),
    (build.multiply(a, log(divide(b, w))), {a: 0.0, b: -1.0, w: 2.0}, np.nan),
    (build.multiply(a, log(divide(b, w))), {a: 0.0, b: 0.0, w: 2.0}, 0.0),
    (build.multiply(a, log(build.add(ONE, b))), {a: 0.0, b: -2.0}, np.nan),
    (build.multiply(a, log(build.add(ONE, b))), {a: 0.0, b: -1.0}, 0.0),
    (build.multiply(a, log(divide(a, b))), {a: 0.0, b: 0.0}, 0.0),
    (build.multiply(a, log(build.scale(2, divide(a, build.add(a, b))))), {a: 0.0, b: 0.0}, 0.0),
    (build.multiply(a, log(divide(build.multiply(a, w), b))), {a: 0.0, b: 0.0, w: 0.5}, 0.0),
    (build.multiply(b, a, log(divide(a, w))), {a: -1.0, b: 0.0, w: 1.0}, np.nan),
    (build.multiply(b, a, log(divide(a, w))), {a: 1.0, b: 0.0, w: 0.0}, 0.0),
]


@pytest.mark.parametrize(("node", "values", "expected"), ABSENT)
def test_zero_times_a_logarithm_is_zero_only_of_what_has_one(node: Node, values: dict[Node, float], expected: float) -> None:
    """0 log 0 is 0, and so is 0 log(0 / 0) of an outcome that neither has; the logarithm of a negative number is none."""
    assert value(steady(node), values) == pytest.approx(expected, nan_ok=True)


Y = build.variable("y")
DIFFERENCES = [
    build.subtract(sigmoid(a), Y),
    build.subtract(sigmoid(a), ONE),
    build.multiply(w, build.subtract(sigmoid(build.multiply(w, a)), Y)),
    build.subtract(build.multiply(w, sigmoid(a)), build.multiply(w, Y)),
    build.subtract(softplus(a), build.multiply(Y, a)),
]


@pytest.mark.parametrize("node", DIFFERENCES)
@pytest.mark.parametrize("at", [{a: 0.7, Y: 0.25, w: -0.5}, {a: -1.5, Y: 1.0, w: 2.0}, {a: 3.0, Y: 0.0, w: 1.0}])
def test_what_is_taken_from_a_sigmoid_leaves_the_same_value(node: Node, at: dict[Node, float]) -> None:
    """Compared with the definitions, which lose no digits at these points."""
    assert value(steady(node), at) == pytest.approx(value(node, at), rel=1e-13, abs=1e-16)


@pytest.mark.parametrize(("z_value", "lack"), [(50.0, 1.9287498479639178e-22), (700.0, 9.85967654375977e-305)])
def test_the_slope_at_a_sure_logit_keeps_its_digits(z_value: float, lack: float) -> None:
    """sigma(z) - 1 = -1 / (e^z + 1), and the loss softplus(z) - z is e^-z: both by mpmath."""
    at = {a: z_value, Y: 1.0, w: 3.0}
    assert value(steady(DIFFERENCES[0]), at) == pytest.approx(-lack, rel=1e-13)
    assert value(steady(DIFFERENCES[1]), at) == pytest.approx(-lack, rel=1e-13)
    assert value(steady(DIFFERENCES[3]), at) == pytest.approx(-3 * lack, rel=1e-13)
    assert value(steady(DIFFERENCES[4]), at) == pytest.approx(lack, rel=1e-13)


def test_what_a_tanh_lacks_to_one_keeps_its_digits() -> None:
    """1 - tanh(30) = 2 / (e^60 + 1), 1 - tanh(30)^2 = 1 / cosh(30)^2."""
    lack = build.subtract(ONE, tanh(a))
    slope = build.subtract(ONE, power(tanh(a), 2))
    above = build.add(ONE, tanh(a))
    assert value(steady(lack, complements=True), {a: 30.0}) == pytest.approx(1.7513021525393041e-26, rel=1e-13)
    assert value(steady(slope, complements=True), {a: 30.0}) == pytest.approx(3.5026043050786081e-26, rel=1e-13)
    assert value(steady(above, complements=True), {a: -30.0}) == pytest.approx(1.7513021525393041e-26, rel=1e-13)


def test_weights_of_a_large_order_stay_in_range() -> None:
    """The gradient of the Rényi divergence of order 50 by q is -(p / q)^50 / s: one outcome has all the weight."""
    order = build.constant(50)
    total = build.total(build.multiply(power(p, 50), power(q, -49)))
    by_q = build.multiply(power(p, 50), power(q, -50), power(total, -1))
    at = {p: np.array([0.2, 0.3, 0.5]), q: np.array([1e-200, 0.4, 0.6])}
    assert value(steady(by_q), at) == pytest.approx([1e200, 0.0, 0.0], rel=1e-9)
    by_p = build.multiply(order, power(p, 49), power(q, -49), power(total, -1))
    assert value(steady(by_p), at) == pytest.approx([250.0, 0.0, 0.0], rel=1e-9)


def test_an_absent_outcome_has_no_weight() -> None:
    """By q what p lacks stays 0, also where q lacks it; by p it is no number there."""
    total = build.total(build.multiply(power(p, 3), power(q, -2)))
    by_q = build.multiply(power(p, 3), power(q, -3), power(total, -1))
    at = {p: np.array([0.0, 0.5, 0.5]), q: np.array([0.0, 0.25, 0.75])}
    weights = np.array([0.0, 8.0, 8 / 27]) / (2.0 + 2 / 9)
    assert value(steady(at_edges(by_q, log(total), [q])), at) == pytest.approx(weights, rel=1e-13)
    assert np.isnan(value(steady(at_edges(by_q, log(total), [p])), at)[0])
