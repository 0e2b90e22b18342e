"""Derivatives at a point that is computed from other names. Expected values are by hand."""

import pytest

from tests.solving.sheets import errors, solve


@pytest.mark.parametrize(("point", "value"), [("a + 1", 48), ("2a", 108), ("a^2", 243), (r"\frac{a}{3}", 3), ("a", 27)])
def test_a_derivative_at_an_expression(point: str, value: float) -> None:
    [answer] = solve(f"# Problem 1\n$f(x) = x^3$ and $a = 3$.\n\n(a) Compute the derivative of $f$ at ${point}$.\n").answers
    assert answer.value == pytest.approx(value, rel=1e-14)


def test_a_point_of_which_a_name_is_open_needs_it() -> None:
    [answer] = solve("# Problem 1\n$f(x) = x^3$.\n\n(a) Compute the derivative of $f$ at $b + 1$.\n").answers
    assert (answer.value, [each.latex for each in answer.needs]) == (None, ["b"])


def test_an_expression_for_several_arguments_is_no_point() -> None:
    problem = solve("# Problem 1\n$f(x, y) = x^3 y$ and $a = 3$.\n\n(a) Compute the derivative of $f$ at $a + 1$.\n")
    assert (problem.answers, errors(problem)) == ((), ["point-not-read"])
