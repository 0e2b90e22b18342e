"""Parts that give their own distribution, ask the same of something else, or say a unit beside the request."""

import math
from math import isclose, log, log2

import pytest

from chainrule.solving.answer import ProblemSolution
from tests.solving.sheets import errors, solve

TWO = "Let $P = \\{a: 0.2, b: 0.8\\}$ and $Q = \\{a: 0.5, b: 0.5\\}$.\n\n"
SMALL = -0.2 * log2(0.2) - 0.8 * log2(0.8)
POISSON_3, POISSON_2 = 1.9314701981485691, 1.7048826439329836
"""By the series of -sum p log p, 60 digits."""


def numbers(problem: ProblemSolution) -> list[tuple[str | None, float]]:
    return [(answer.part, answer.value) for answer in problem.answers if isinstance(answer.value, float)]


def assert_numbers(problem: ProblemSolution, *expected: tuple[str | None, float]) -> None:
    found = numbers(problem)
    assert [part for part, _ in found] == [part for part, _ in expected]
    assert all(isclose(one, other, rel_tol=1e-9) for (_, one), (_, other) in zip(found, expected, strict=True))


WAYS = [
    ("$P = (0.2, 0.8)$", SMALL * log(2)),
    ("$P = \\{x: 0.5, y: 0.25, z: 0.25\\}$", 1.5 * log(2)),
    ("$P$ is Poisson with mean 3", POISSON_3),
    ("$P \\sim \\mathrm{Poisson}(2)$", POISSON_2),
    ("Let $P$ be a fair coin", log(2)),
]


@pytest.mark.parametrize(("first", "one"), WAYS, ids=range(len(WAYS)))
@pytest.mark.parametrize(("second", "two"), WAYS, ids=range(len(WAYS)))
def test_each_part_has_its_own_distribution(first: str, one: float, second: str, two: float) -> None:
    problem = solve(f"(a) {first}. Find the entropy $H(P)$.\n\n(b) {second}. Find the entropy $H(P)$.")
    if first != second:
        assert_numbers(problem, ("a", one), ("b", two))


def test_two_families_in_different_notations() -> None:
    text = "1. $P$ is exponential with rate 2, $Q$ is exponential with rate 0.5. Find $D_{KL}(P \\| Q)$.\n"
    problem = solve(text + "2. $P \\sim \\mathrm{Laplace}(0, 1)$, $Q \\sim \\mathrm{Laplace}(1, 2)$. Find $D_{KL}(P \\| Q)$.")
    # log(2 / 0.5) + 0.5 / 2 - 1; log(2/1) + (exp(-1) + 1) / 2 - 1
    assert_numbers(problem, ("1", log(4) - 0.75), ("2", 0.37708690114566656))


def test_what_only_a_later_part_gives_does_not_hold_before() -> None:
    problem = solve("$F = x y^2 + y$.\n\na) Find $\\frac{dF}{dy}$.\n\nb) Compute $F$ at $x = 1$, $y = 2$.")
    assert [answer.value for answer in problem.answers] == [None, 6]


@pytest.mark.parametrize(
    "asked", ["What is it for $Q$?", "And of $Q$?", "And for $Q$?", "What about $Q$?", "And what is it for $Q$?"]
)
@pytest.mark.parametrize("first", ["Find $H(P)$ in bits.", "Compute the entropy of $P$ in bits."])
def test_the_same_for_something_else(asked: str, first: str) -> None:
    assert_numbers(solve(f"{TWO}(a) {first}\n\n(b) {asked}"), ("a", SMALL), ("b", 1))


def test_the_same_for_two_others() -> None:
    backwards = 0.5 * log2(0.5 / 0.2) + 0.5 * log2(0.5 / 0.8)
    problem = solve(TWO + "(a) Compute $D_{KL}(P \\| Q)$ in bits.\n\n(b) What about $Q$ and $P$?\n\n(c) What about $Q$?")
    assert_numbers(problem, ("a", 1 - SMALL), ("b", backwards))
    assert errors(problem) == ["task-not-understood"]


@pytest.mark.parametrize("asked", ["What is it when $p = 0.5$?", "What if $p = 0.5$?", "And for $p = 0.5$?"])
def test_the_same_with_another_parameter(asked: str) -> None:
    problem = solve(f"$X \\sim \\mathrm{{Bernoulli}}(p)$, $p = 0.2$.\n\n(a) Find the entropy $H(X)$ in bits.\n\n(b) {asked}")
    assert_numbers(problem, ("a", SMALL), ("b", 1))


@pytest.mark.parametrize("asked", ["And in nats?", "What about in nats?", "And using natural logarithms?"])
def test_the_same_in_another_unit(asked: str) -> None:
    assert_numbers(solve(f"{TWO}(a) Compute the entropy of $P$ in bits.\n\n(b) {asked}"), ("a", SMALL), ("b", SMALL * log(2)))


def test_a_question_that_is_not_understood_is_not_passed_over() -> None:
    assert errors(solve(f"{TWO}(a) Compute the entropy of $P$ in bits.\n\n(b) And why?")) == ["task-not-understood"]


def test_a_parameter_that_nothing_has_is_refused() -> None:
    problem = solve("$X \\sim \\mathrm{Bernoulli}(0.2)$.\n\n(a) Find $H(X)$ in bits.\n\n(b) What is it when $p = 0.5$?")
    assert_numbers(problem, ("a", SMALL))
    assert errors(problem) == ["unused-given"]


def test_an_earlier_result_is_none_of_another_thing() -> None:
    problem = solve("$L = w x + b$, $w = 1$, $x = 2$, $b = 3$.\n\n(a) Find $\\frac{dL}{dw}$.\n\n(b) What is it for $b$?")
    assert_numbers(problem, ("a", 2))
    assert errors(problem) == ["task-not-understood"]


def test_a_question_and_a_request_are_answered_each_in_its_unit() -> None:
    problem = solve(
        "Let $P = \\{dog: 0.25, cat: 0.75\\}$. How surprised are we, in bits, by a dog? Compute the surprisal of $P(dog)$."
    )
    assert [(a.value, a.unit) for a in problem.answers] == [(2, "bits"), (pytest.approx(math.log(4), rel=1e-12), "nats")]


def test_the_unit_of_another_part_is_its_own() -> None:
    problem = solve(TWO + "(a) How long is a code, in bits? Compute the entropy of $Q$.\n\n(b) Compute the entropy of $Q$.")
    assert [a.unit for a in problem.answers] == ["bits", "nats"]


@pytest.mark.parametrize("how", ["in bits", "using logarithms to base 2", "with log base 2"])
def test_a_distance_in_bits_is_the_root_of_the_divergence_in_bits(how: str) -> None:
    problem = solve(
        f"$P = \\{{a: 1, b: 0\\}}$, $Q = \\{{a: 0, b: 1\\}}$. Compute the Jensen-Shannon distance of $P$ and $Q$ {how}."
    )
    assert_numbers(problem, (None, 1))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("\\mathrm{Exp}(2)$, where 2 is the mean", 1 + log(2)),
        ("\\mathrm{Exp}(2)$, where $2$ denotes the rate", 1 - log(2)),
        ("N(0, 3)$, where 3 is the standard deviation", 2.5175508218727822),
        ("N(0, 3)$ (3 is its variance)", 1.9682446775387277),
        ("\\mathrm{Laplace}(0, 3)$, where 3 is the scale", 1 + log(6)),
    ],
)
def test_a_value_that_is_named_sets_the_parametrisation(given: str, expected: float) -> None:
    assert_numbers(solve(f"$X \\sim {given}. Compute the entropy $h(X)$."), (None, expected))


@pytest.mark.parametrize("given", ["\\mathrm{Laplace}(0, 3)$, where 3 is the variance", "N(0, 3)$, 3 being the precision"])
def test_a_value_that_no_parameter_has_is_refused(given: str) -> None:
    problem = solve(f"$X \\sim {given}. Compute the entropy $h(X)$.")
    assert numbers(problem) == []
    assert "parametrisation" in errors(problem)


def test_the_number_of_an_outcome_is_no_probability() -> None:
    """It is the outcome, and not the probability 1, whose surprisal is 0."""
    problem = solve(
        "A die shows $X$ with $P(X = 1) = 0.25$ and $P(X = 2) = 0.75$. What is the surprisal of the outcome 1 in bits?"
    )
    assert errors(problem) == []
    assert [answer.value for answer in problem.answers] == [2.0]
