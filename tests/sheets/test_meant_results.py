"""What words mean of what was asked before, and equations that hold in one place alone. Values by hand."""

from math import log

import pytest

from tests.sheets.information.answers import refusals, solved, values

COINS = (
    "Let $P = \\mathrm{Bernoulli}(p)$ and $Q = \\mathrm{Bernoulli}(q)$.\n\n"
    "(a) Write $D_{\\mathrm{KL}}(P \\,\\|\\, Q)$ as a function of $p$ and $q$.\n\n"
)
F = "Let $f = x^2 y + z$.\n\n"
LOSS = "Let $a = w x + b$, $\\hat y = \\sigma(a)$ and $L = -y \\log \\hat y - (1 - y) \\log(1 - \\hat y)$.\n\n"


def divergence(p: float, q: float) -> float:
    return p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))


@pytest.mark.parametrize(
    "words",
    [
        "Differentiate your expression with respect to $q$, keeping $p$ fixed.",
        "Differentiate the result from (a) with respect to $q$.",
        "Compute the gradient of this KL term with respect to $q$ (the parameter that the learner can move).",
        "Find the derivative of the above expression with respect to $q$ (treat $p$ as a constant).",
        "What is the derivative of that divergence with respect to $q$ while $p$ is held constant?",
        "Differentiate your answer to part (a) with respect to $q$ for fixed $p$.",
    ],
)
def test_a_result_is_differentiated(words: str) -> None:
    (*_, answer) = solved(f"{COINS}(b) {words}\n\n(c) Evaluate it for $p = 0.25$ and $q = 0.5$.").answers
    assert answer.value == pytest.approx((0.5 - 0.25) / (0.5 * 0.5), rel=1e-12)


@pytest.mark.parametrize(
    "words",
    [
        "Differentiate the square of your expression with respect to $q$.",
        "Differentiate twice your expression with respect to $q$.",
        "Compute the gradient of this entropy with respect to $q$.",
        "Compute the derivative of the other divergence with respect to $q$.",
        "Differentiate your expression with respect to $q$ (the square of the rate).",
    ],
)
def test_another_thing_is_not(words: str) -> None:
    assert refusals(f"{COINS}(b) {words}")


def test_the_divergence_is_no_derivative_of_it() -> None:
    text = f"{COINS}(b) Differentiate it with respect to $q$.\n\n(c) Evaluate the divergence for $p = 0.3$ and $q = 0.55$."
    assert values(text)[-1] == pytest.approx(divergence(0.3, 0.55), rel=1e-12)


def test_the_loss_is_no_derivative_of_it() -> None:
    text = f"{LOSS}(a) Give $dL/da$.\n\n(b) Compute the loss for $w = 0$, $x = 1$, $b = 0$ and $y = 1$."
    assert values(text)[-1] == pytest.approx(log(2), rel=1e-12)


@pytest.mark.parametrize(
    "words",
    [
        "Check for yourself that the derivative vanishes at $q = p$.",
        "What happens when $q = p$?",
        "Confirm that it is zero if, and only if, $q = p$.",
        "Explain the special case $q = p$.",
    ],
)
def test_two_letters_are_the_same_in_one_place_alone(words: str) -> None:
    problem = solved(f"{COINS}(b) {words}\n\n(c) Evaluate $D_{{KL}}(P \\| Q)$ for $p = 0.3$ and $q = 0.55$.")
    assert problem.answers[-1].value == pytest.approx(divergence(0.3, 0.55), rel=1e-12)


def test_a_case_is_the_point_of_its_task() -> None:
    text = f"{F}(a) Compute $f$ for $z = x$ at $x = 2$, $y = 1$.\n\n(b) Compute $f$ at $x = 2$, $y = 1$, $z = 5$."
    assert values(text) == [6.0, 9.0]
    (answer,) = solved(f"{F}The function is even simpler when $z = x$. Compute $\\partial f/\\partial x$.").answers
    assert answer.formula.latex == "2 x y"
    assert refusals(f"{F}Compute $\\partial f/\\partial x$ when $z = x$.") == ["task-not-understood"]


def test_what_a_question_supposes_holds_for_it_alone() -> None:
    problem = solved(f"{F}(a) What happens when $x = 0$?\n\n(b) Find $\\partial f/\\partial x$ for $y = 3$.")
    assert problem.answers[0].value is None
    for words in ("For which $x$ is $f = 0$?", "Solve $f = 0$.", "We stop when $f = 0$."):
        assert solved(f"{F}(a) {words}\n\n(b) Compute $f$.").answers[0].value is None


@pytest.mark.parametrize("held", ["holding $y$ fixed", "keeping $y$ and $z$ fixed", "with $y$ held constant", "for fixed $y$"])
def test_what_is_held_is_held_anyway(held: str) -> None:
    assert values(f"{F}Find the derivative of $f$ with respect to $x$, {held}, at $x = 2$, $y = 3$.") == [12.0]
    assert refusals(f"Let $y = 3 x$ and $f = x^2 y + z$. Find the derivative of $f$ with respect to $x$, {held}.")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Compute the loss if $\\hat y = 0.8$ and $y = 1$.", -log(0.8)),
        ("Compute $L$ for $\\hat y = 0.8$ and $y = 0$.", -log(0.2)),
        ("Compute $\\partial L/\\partial \\hat y$ at $\\hat y = 0.8$ and $y = 1$.", -1.25),
        ("Compute $\\partial L/\\partial a$ when the model predicts $\\hat y = 0.8$ and $y = 1$.", -0.2),
        ("Compute $\\partial L/\\partial w$ if $x = 2$, $\\hat y = 0.8$ and $y = 1$.", -0.4),
        ("Compute $a$ if $\\hat y = 0.8$.", log(4)),
    ],
)
def test_a_number_for_what_is_computed(asked: str, expected: float) -> None:
    assert values(LOSS + asked) == [pytest.approx(expected, rel=1e-12)]
