"""The check of a derivative against numeric differences; it must fail where the derivative is wrong."""

import numpy as np
import pytest

from chainrule.calculus.jacobian import gradient, jacobian
from chainrule.errors import EvaluationError
from chainrule.graph import build
from chainrule.ops import find_operation
from chainrule.ops.activation import relu
from chainrule.ops.arithmetic import exp, log, square
from chainrule.verification.derivative import check_derivative

x = build.variable("x", ("n",))
A = build.variable("A", ("m", "n"))
s = build.variable("s")


def test_at_the_given_values() -> None:
    checked = check_derivative(square(s), s, build.scale(2, s), {s: 3.0}, {})
    assert (checked.method, checked.at_given) == ("complex step", True)
    assert checked.max_rel_err < 1e-14


def test_a_wrong_derivative_shows_with_its_error() -> None:
    """3 s instead of 2 s: 9 beside 6, a third of the larger one."""
    checked = check_derivative(square(s), s, build.scale(3, s), {s: 3.0}, {})
    assert checked.max_rel_err == pytest.approx(1 / 3)
    assert check_derivative(square(s), s, build.scale(-2, s), {s: 3.0}, {}).max_rel_err == pytest.approx(2.0)


@pytest.mark.parametrize("wrong", ["transposed", "one entry"])
def test_a_wrong_entry_of_a_matrix_shows(wrong: str) -> None:
    B = build.variable("B", ("n", "n"))
    target = build.inner(x, build.matmul(B, exp(x)))
    right = gradient(target, B)
    bad = (
        build.transpose(right)
        if wrong == "transposed"
        else build.add(right, build.outer(build.unit(0, "n"), build.unit(1, "n")))
    )
    assert check_derivative(target, B, right, {}, {}).max_rel_err < 1e-12
    assert check_derivative(target, B, bad, {}, {}).max_rel_err > 1e-2


def test_where_values_are_missing_a_random_point_with_the_given_ones() -> None:
    target = build.inner(x, x)
    checked = check_derivative(build.multiply(s, target), x, build.scale(2, build.multiply(s, x)), {s: 3.0}, {})
    assert not checked.at_given
    assert checked.max_rel_err < 1e-13


def test_on_a_kink_what_is_taken_there() -> None:
    right = gradient(relu(s), s)
    assert check_derivative(relu(s), s, right, {s: 0.0}, {}).max_rel_err == 0.0
    assert check_derivative(relu(s), s, build.constant(1), {s: 0.0}, {}).max_rel_err > 0.5


def test_a_kink_in_a_given_value_that_is_not_differentiated() -> None:
    """At x = 0 the derivative of max(0, x) y by y is 0 and right where it stands."""
    y = build.variable("y")
    target = build.multiply(relu(s), y)
    checked = check_derivative(target, y, gradient(target, y), {s: 0.0, y: 2.0}, {})
    assert checked.max_rel_err < 1e-12


def test_a_jacobian_of_a_rectangle() -> None:
    target = build.matmul(A, square(x))
    values = {A: np.ones((2, 3)), x: np.array([1.0, 2.0, 3.0])}
    checked = check_derivative(target, x, jacobian(target, x), values, {})
    assert checked.at_given
    assert checked.max_rel_err < 1e-13


def test_by_a_quantity_the_graph_is_cut() -> None:
    q = build.named("q", square(s))
    target = build.multiply(q, s)
    assert check_derivative(target, q, s, {s: 3.0}, {}).max_rel_err < 1e-14
    assert check_derivative(target, q, gradient(target, s), {s: 3.0}, {}).max_rel_err > 0.1


def test_by_a_declared_list_entry_by_entry() -> None:
    a, b = build.variable("a"), build.variable("b")
    both = build.named("w", build.stack([a, b]))
    target = build.add(build.multiply(a, b), build.inner(both, both))
    right = gradient(target, both)
    for values in ({a: 2.0, b: 3.0}, {}):
        checked = check_derivative(target, both, right, values, {})
        assert (checked.max_rel_err < 1e-13, checked.at_given) == (True, bool(values))
    past_the_list = build.scale(2, both)
    assert check_derivative(target, both, past_the_list, {a: 2.0, b: 3.0}, {}).max_rel_err > 0.1


def test_no_point_at_all_is_an_error_never_a_pass() -> None:
    nowhere = log(build.scale(-1, exp(s)))
    with pytest.raises(EvaluationError):
        check_derivative(nowhere, s, build.constant(1), {}, {})


def test_values_outside_the_domain_are_left_for_a_random_point() -> None:
    checked = check_derivative(log(s), s, gradient(log(s), s), {s: -1.0}, {})
    assert not checked.at_given
    assert checked.max_rel_err < 1e-12


def test_a_wrong_rule_of_an_operation_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    tan, cos = find_operation("sin"), find_operation("cos")
    monkeypatch.setitem(vars(tan), "partials", (lambda a: build.scale(-1, build.apply(cos, a)),))
    node = build.apply(tan, s)
    assert check_derivative(node, s, gradient(node, s), {s: 0.3}, {}).max_rel_err == pytest.approx(2.0)


LARGE = build.variable("B", (60, 50))
ROW = build.variable("r", (60,))
COLUMN = build.variable("c", (50,))


def test_a_gradient_by_many_entries_is_compared_along_directions() -> None:
    """r^T B c by the 3000 entries of B: r c^T; what is wrong in one column of it is found, in all of it and in that column."""
    form = build.inner(ROW, build.matmul(LARGE, COLUMN))
    right = build.outer(ROW, COLUMN)
    found = check_derivative(form, LARGE, right, {}, {})
    assert found.method == "complex step along random directions"
    assert found.max_rel_err < 1e-12
    wrong = build.add(right, build.outer(ROW, build.unit(3, 50)))
    assert check_derivative(form, LARGE, wrong, {}, {}).max_rel_err > 1e-6
    column = build.entry(right, 3, 1)
    assert check_derivative(form, LARGE, column, {}, {}, lambda whole: build.entry(whole, 3, 1)).max_rel_err < 1e-12
    assert check_derivative(form, LARGE, column, {}, {}, lambda whole: build.entry(whole, 4, 1)).max_rel_err > 1e-6


def test_along_a_direction_one_evaluation_is_enough() -> None:
    """r^T B c along V: r^T V c."""
    form, direction = build.inner(ROW, build.matmul(LARGE, COLUMN)), build.variable("V", (60, 50))
    along = build.inner(ROW, build.matmul(direction, COLUMN))
    assert check_derivative(form, LARGE, along, {}, {}, direction=direction).max_rel_err < 1e-12
    assert check_derivative(form, LARGE, build.scale(2, along), {}, {}, direction=direction).max_rel_err > 0.1
