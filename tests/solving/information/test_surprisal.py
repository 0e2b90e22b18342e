"""The surprisal of one outcome."""

from math import inf, log

import pytest

from tests.solving.sheets import errors, solve

TABLE = r"$P = \{A: 0.5, B: 0.25, C: 0.25, D: 0\}$. "


@pytest.mark.parametrize(
    ("task", "value", "unit"),
    [
        ("Compute the surprisal of the outcome $A$.", log(2), "nats"),
        ("Compute $I(B)$ in bits.", 2.0, "bits"),
        ("Compute the surprisal of $P(B)$ in bits.", 2.0, "bits"),
        ("Compute the surprisal $I(0.125)$ in bits.", 3.0, "bits"),
        ("Compute the surprisal $I(1)$.", 0.0, "nats"),
        ("Compute $I(D)$.", inf, "nats"),
    ],
)
def test_it_is_the_negative_logarithm_of_the_probability(task: str, value: float, unit: str) -> None:
    [found] = solve(TABLE + task).answers
    assert found.value == pytest.approx(value, rel=1e-15)
    assert str(found.value) != "-0.0"
    assert (found.kind, found.unit) == ("divergence", unit)


def test_the_probability_is_shown() -> None:
    [found] = solve(TABLE + "Compute $I(B)$ in bits.").answers
    assert found.formula.latex == r"-\log_2(p)"
    assert [(where.symbol.latex, where.formula.latex) for where in found.where] == [("p", "0.25")]
    [line] = found.worked
    assert line.numbers is not None
    assert (line.numbers.latex, line.result.latex) == (r"-\log_2(0.25)", "2")


def test_why_it_is_infinite_is_said() -> None:
    [found] = solve(TABLE + "Compute $I(D)$.").answers
    assert "infinite, because the outcome has probability 0" in found.conventions


def test_a_number_above_1_is_refused() -> None:
    problem = solve(TABLE + "Compute the surprisal $I(1.5)$.")
    assert problem.answers == ()
    assert errors(problem)
