"""The number at the end of a chain of equalities is the value of what it begins with where nothing else gives it."""

import math

import pytest

from tests.solving.sheets import errors, solve


def value(text: str, name: str) -> object:
    (found,) = [a for a in solve(text).answers if a.kind == "value" and a.symbol.text == name]
    return found.value


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (r"Let $s = \log\sigma^2 = 0.5$ and $K = \frac12(e^s - s - 1)$. Compute $K$.", "K", (math.exp(0.5) - 1.5) / 2),
        ("Let $a = 2b = 6$ and $c = a^2$. Compute $c$.", "c", 36),
        ("Let $a = 2b = 6$. Compute $a$.", "a", 6),
        (r"Let $b \in \mathbb{R}^2$, $a = 2b = [6, 8]$ and $c = \|a\|^2$. Compute $c$.", "c", 100),
        (r"Let $r = x / y \approx 0.5$ and $c = 4 r$. Compute $c$.", "c", 2),
    ],
)
def test_the_number_is_the_value(text: str, name: str, expected: float) -> None:
    assert value(text, name) == pytest.approx(expected, rel=1e-12)
    assert errors(solve(text)) == []


def test_it_is_compared_where_the_inputs_have_values() -> None:
    problem = solve(r"Let $b = 2$, $a = 2b = 6$ and $c = a^2$. Compute $c$.")
    assert "sides-differ" in errors(problem)
    assert [a.value for a in problem.answers if a.kind == "value" and a.symbol.text == "c"] == [16]


def test_what_needs_the_input_itself_has_no_number() -> None:
    assert value("Let $a = 2b = 6$ and $c = a + b$. Compute $c$.", "c") is None


def test_a_derivative_still_goes_through_the_definition() -> None:
    problem = solve("Let $a = 2b = 6$ and $c = a^2$. Compute $\\partial c/\\partial b$.")
    (found,) = [a for a in problem.answers if a.kind == "derivative"]
    assert found.forms is not None
    assert found.forms.closed.text == "8 b"


def test_two_numbers_for_one_name_are_none() -> None:
    assert value("Let $a = 2b = 6 = 7$ and $c = a^2$. Compute $c$.", "c") is None
