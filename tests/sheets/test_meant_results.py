"""What words mean of what was asked before, and equations that hold in one place alone. Values by hand."""

from math import exp, log

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


LATENT = (
    "For a scalar latent let $q = \\mathcal{N}(\\mu, \\sigma^2)$ and $p = \\mathcal{N}(0, 1)$.\n\n"
    "(a) Write down the KL divergence $\\mathrm{KL}(q \\,\\|\\, p)$ in closed form.\n\n"
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Take the derivative of your result with respect to $\\sigma$.", 1.5),
        ("Then take its derivative with respect to $\\mu$.", 1.0),
        ("Take the partial derivative of the divergence by $\\sigma$.", 1.5),
    ],
)
def test_derivatives_are_taken(words: str, expected: float) -> None:
    text = f"{LATENT}(b) {words}\n\n(c) Evaluate it for $\\mu = 1$ and $\\sigma = 2$."
    assert values(text)[-1] == pytest.approx(expected, rel=1e-12)


def test_what_is_taken_and_given() -> None:
    text = f"{LATENT}(b) Take $\\mu = 1$ and $\\sigma = 2$ and compute the divergence."
    assert values(text)[-1] == pytest.approx((1 + 4 - log(4) - 1) / 2, rel=1e-12)
    assert refusals(f"{LATENT}(b) Take the logarithm of your result.") == ["task-not-understood"]


@pytest.mark.parametrize(
    "asked",
    [
        "Find the KL divergence between the distribution of $X$ and that of $Y$.",
        "Find the KL divergence from the law of $X$ to the law of $Y$ in closed form.",
        "Find the KL divergence between the distributions of $X$ and $Y$ explicitly.",
    ],
)
def test_distributions_named_by_their_variables(asked: str) -> None:
    given = "Let $X \\sim \\mathcal{N}(1, 4)$ and $Y \\sim \\mathcal{N}(0, 9)$."
    assert values(f"{given} {asked}") == [pytest.approx(log(1.5) + 5 / 18 - 0.5, rel=1e-12)]


@pytest.mark.parametrize("of", ["that of $2 Y$", "the conditional distribution of $Y$", "that of $Y$ in quadratic form"])
def test_other_distributions(of: str) -> None:
    given = "Let $X \\sim \\mathcal{N}(1, 4)$ and $Y \\sim \\mathcal{N}(0, 9)$."
    assert refusals(f"{given} Find the KL divergence between the distribution of $X$ and {of}.")


def test_what_is_to_be_confirmed_is_not_passed_over() -> None:
    problem = solved(f"{F}(a) Compute $f$.\n\n(b) Confirm that the gradient is zero at $x = 0$.")
    assert [each.code for each in problem.diagnostics if each.severity == "error"] == ["task-not-understood"]
    assert problem.answers[0].value is None


def test_the_entropy_is_no_probability_that_the_text_defines() -> None:
    coin = "A coin has $P(\\text{heads}) = p$.\n\n(a) Find the entropy of one toss.\n\n(b) Evaluate the entropy for $p = 0.1$."
    assert all(answer.value is None for answer in solved(coin).answers)


@pytest.mark.parametrize(
    "asked",
    [
        "Compute $H(P)$ and the entropy of $Q$.",
        "Compute the entropy of $P$. Then compute the entropy of $Q$.",
        "Compute the entropy of $P$.\n\n(b) Compute the entropy of $Q$.",
    ],
)
def test_a_quantity_of_another_distribution_is_no_earlier_result(asked: str) -> None:
    found = values("Let $P = (0.5, 0.5)$ and $Q = (0.9, 0.1)$. " + asked)
    assert found == [pytest.approx(log(2)), pytest.approx(-0.9 * log(0.9) - 0.1 * log(0.1))]


def test_what_is_said_in_between_is_another_loss() -> None:
    """-log 0.7, and not the cross-entropy of part (a)."""
    text = (
        "$P = (0.6, 0.3, 0.1)$ and $Q = (0.4, 0.5, 0.1)$.\n\n(a) Compute the cross-entropy $H(P, Q)$.\n\n"
        "(b) Suppose we have a true label $y = [1, 0, 0]$ and the estimated probabilities $\\hat{y} = [0.7, 0.2, 0.1]$. "
        "Compute the cross-entropy loss."
    )
    assert values(text)[-1] == pytest.approx(-log(0.7), rel=1e-12)


@pytest.mark.parametrize("chain", ["$s = \\log \\sigma^2 = -0.5$", "$\\log \\sigma^2 = s = -0.5$"])
def test_one_term_is_differentiated_twice(chain: str) -> None:
    given = f"Given are $\\mu = 0.6$ and {chain}, so $q = \\mathcal{{N}}(\\mu, \\sigma^2)$; $p = \\mathcal{{N}}(0, 1)$.\n\n"
    asked = (
        "(b) Find the derivative of this term with respect to $\\mu$.\n\n(c) Now differentiate this term with respect to $s$."
    )
    first, second, third = solved(f"{given}(a) Compute the KL term $D_{{KL}}(q \\| p)$.\n\n{asked}").answers
    assert first.value == pytest.approx((0.36 + exp(-0.5) - 1 + 0.5) / 2, rel=1e-12)
    assert (second.value, third.value) == pytest.approx((0.6, (exp(-0.5) - 1) / 2), rel=1e-12)


TWO = (
    "The true frequencies $p$ and the frequencies $q$ assumed by an engineer are\n\n| state | sun | snow |\n|--|--|--|\n"
    "| $p$ | 0.75 | 0.25 |\n| $q$ | 0.5 | 0.5 |\n\n"
)
TOKENS = "A language model assigns the probabilities 0.2, 0.0625 and 0.5 to the three successive tokens of a sentence.\n\n"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (TWO + 'How many bits of information does the message "snow" carry under $p$?', 2),
        (TWO + 'How many bits of information does "snow" convey under $q$?', 1),
        (TWO + "How many bits are needed if a code for $q$ is used, i.e. what is the cross-entropy $H(p, q)$ in bits?", 1),
        (TWO + "Give the entropy of $q$ in bits, which is the smallest value that the length can reach.", 1),
        (TOKENS + "Compute the surprisal of the second token in bits.", 4),
        (TOKENS + "What is the surprisal of the third word in bits?", 1),
    ],
)
def test_what_is_meant_is_told_by_the_scene(text: str, value: float) -> None:
    assert [answer.value for answer in solved(text).answers] == pytest.approx([value], rel=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        TWO + 'How many bits of information does the message "snow" carry?',
        TWO + "How many bits are needed if a code for $q$ replaced it, i.e. what is the cross-entropy $H(p, q)$ in bits?",
        TWO + "Give the entropy of $q$ in bits, which is then doubled.",
        TOKENS + "Compute the surprisal of the fourth token in bits.",
        TOKENS + "Compute the surprisal of the first and the second token in bits.",
    ],
)
def test_what_may_be_meant_otherwise_is_refused(text: str) -> None:
    assert refusals(text)
