"""What "it" and "its" mean, things that are drawn, and distributions that stand before the problems or beside a thing."""

from math import log, log2

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.source import Source
from tests.sheets.information.answers import refusals, solved, values

TWO = "Let $P = (0.5, 0.25, 0.25)$ and $Q = (0.2, 0.4, 0.4)$.\n\n(a) Compute $H(P)$ in bits.\n\n(b) "
KL = 0.5 * log(2.5) + 0.5 * log(0.625)


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (r"Trust region methods limit $D_{KL}(P \| Q)$. Compute it in nats.", KL),
        ("The excess length is the KL divergence from $P$ to $Q$. Calculate it in bits.", KL / log(2)),
        ("We often monitor the entropy of $Q$. Find it, in bits.", -0.2 * log2(0.2) - 0.8 * log2(0.4)),
        (r"In practice people look at $D_{KL}(P \| Q)$. What is it in nats?", KL),
    ],
)
def test_it_is_what_the_sentence_before_speaks_of(part: str, expected: float) -> None:
    assert values(TWO + part)[1] == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    "part",
    [
        "The code length exceeds $H(Q)$. Compute it in nats.",
        "The penalty is the KL divergence from $P$ to $Q$ times 3. Calculate it in bits.",
        "We limit the square of $H(Q)$. Find it, in bits.",
        "The rate is not the entropy $H(Q)$. What is it in nats?",
        "Practitioners compare $H(P)$ with $H(Q)$. Compute it.",
        "The regret is larger than $H(Q)$. Compute it in bits.",
        "We use half $H(Q)$. Compute it in bits.",
    ],
)
def test_it_may_be_another_thing(part: str) -> None:
    problem = solved(TWO + part)
    assert [each.value for each in problem.answers] == [1.5]
    assert [d.code for d in problem.diagnostics if d.severity == "error"] == ["task-not-understood"]


def test_a_result_in_another_unit_is_still_meant() -> None:
    text = "Let $P = (0.5, 0.5)$. What is $H(P)$ in bits? (Recall $0 \\log 0 = 0$.) How many nats is this?"
    assert values(text) == [1.0, pytest.approx(log(2))]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("A letter is drawn uniformly at random from the 26 letters of the alphabet. What is its entropy in bits?", 26),
        ("A password character is picked uniformly from a set of 64 symbols. Compute its entropy in bits.", 64),
        ("A student is chosen at random from a class of 30. What is the entropy of the choice in bits?", 30),
        ("One of the 12 jurors is selected at random. Compute the entropy of the choice in bits.", 12),
        ("A digit is drawn from the ten digits with equal probability. Find its entropy in bits.", 10),
    ],
)
def test_one_of_equally_likely_things(text: str, count: int) -> None:
    assert values(text) == [pytest.approx(log2(count), rel=1e-12)]


@pytest.mark.parametrize(
    "text",
    [
        "Two letters are drawn uniformly at random from the 26 letters of the alphabet. What is their joint entropy in bits?",
        "A letter is drawn from the 26 letters of the alphabet, vowels twice as often. What is its entropy in bits?",
        "A letter is drawn uniformly from the 26 letters, and a digit from the ten digits. What is its entropy in bits?",
        "A ball is drawn uniformly at random from 8 boxes. What is its entropy in bits?",
    ],
)
def test_other_draws(text: str) -> None:
    assert refusals(text)


@pytest.mark.parametrize(
    "second",
    ["A day of the week is drawn.", "A second experiment picks a card.", "A letter is drawn according to its frequency."],
)
def test_its_is_of_what_was_introduced_last(second: str) -> None:
    first = "1. A biased coin shows heads with probability 0.75. Give its entropy in bits."
    text = f"{first}\n2. {second} What is its entropy in bits?"
    problem = solved(text)
    assert [each.part for each in problem.answers] == ["1"]
    assert [d.code for d in problem.diagnostics if d.severity == "error"] == ["task-not-understood"]


@pytest.mark.parametrize(
    ("thing", "expected"),
    [
        ("a coin that always lands heads, i.e. $P = (1, 0)$", 0.0),
        ("a die that never shows a six, i.e. $P = (0.2, 0.2, 0.2, 0.2, 0.2, 0)$", log2(5)),
        ("a spinner whose sectors are alike, that is $P = (1/3, 1/3, 1/3)$", log2(3)),
    ],
)
def test_a_thing_that_a_formula_describes(thing: str, expected: float) -> None:
    assert values(f"What is the entropy of {thing}, in bits?") == [pytest.approx(expected, rel=1e-12, abs=1e-15)]


@pytest.mark.parametrize("thing", ["two tosses of a coin, i.e. $P = (0.5, 0.5)$", "a fair coin, i.e. $P = (0.9, 0.1)$"])
def test_a_thing_that_is_another_one(thing: str) -> None:
    assert "task-not-understood" in refusals(f"What is the entropy of {thing}?")


@pytest.mark.parametrize(
    ("remark", "right"),
    [
        ("i.e. the effective number of horses", True),
        ("in other words the equivalent number of equally likely outcomes", True),
        ("i.e. half the effective number of horses", False),
        ("i.e. the effective number of outcomes in two throws", False),
    ],
)
def test_what_a_perplexity_means(remark: str, right: bool) -> None:
    text = f"Let $p = (0.5, 0.25, 0.25)$. Compute the perplexity, {remark}."
    assert (values(text) == [pytest.approx(2**1.5)]) if right else (refusals(text) == ["task-not-understood"])


def test_distributions_before_the_problems() -> None:
    text = (
        "Let $P = (0.6, 0.4)$ and $Q = (0.5, 0.5)$.\n\n## Exercise 1\nCompute the KL divergence in nats.\n\n"
        "## Exercise 2\nLet $R = (0.2, 0.8)$. Compute the entropy in bits.\n\n## Exercise 3\nCompute the entropy in bits.\n"
    )
    found = [[a.value for a in problem.answers] for problem in solve_sheet(Source("s.md", text)).problems]
    kl, entropy = 0.6 * log(1.2) + 0.4 * log(0.8), -0.2 * log2(0.2) - 0.8 * log2(0.8)
    assert found == [[pytest.approx(kl)], [pytest.approx(entropy)], []]


CHANNEL = (
    "## Problem 1\n\n| | Y=0 | Y=1 |\n|---|---|---|\n| X=0 | 0.4 | 0.1 |\n| X=1 | 0.1 | 0.4 |\n\nCompute $H(X|Y)$ in bits.\n\n"
    "## Problem 2\n\n"
)


def test_a_joint_distribution_said_anew() -> None:
    said = "$P(X=0,Y=0) = 1/4$, $P(X=0,Y=1) = 1/4$, $P(X=1,Y=0) = 1/2$ and $P(X=1,Y=1) = 0$"
    text = f"{CHANNEL}With the labels of Problem 1 let now {said}. Compute $H(X|Y)$ in bits."
    found = [each.value for each in solve_sheet(Source("s.md", text)).problems[1].answers]
    assert found == [pytest.approx(0.75 * (-log2(1 / 3) / 3 - 2 * log2(2 / 3) / 3))]


TABLE = (
    "| | happy | sad |\n|---|---|---|\n| clear | 0.4 | 0.1 |\n| grey | 0.2 | 0.3 |\n\nFind $H(S)$ and $H(M \\mid S)$ in bits."
)
GIVEN = 0.5 * (-0.8 * log2(0.8) - 0.2 * log2(0.2)) + 0.5 * (-0.4 * log2(0.4) - 0.6 * log2(0.6))


@pytest.mark.parametrize(
    "lead",
    [
        "The mood $M$ (happy or sad) and the sky $S$ (clear or grey) have the joint distribution",
        "The sky $S$ and whether somebody is happy $M$ have the joint distribution",
    ],
)
def test_the_words_of_the_labels_tell_the_variables(lead: str) -> None:
    assert values(f"{lead}\n\n{TABLE}") == pytest.approx([1.0, GIVEN], rel=1e-12)


def test_variables_that_nothing_tells() -> None:
    assert refusals(f"The mood $M$ and the sky $S$ have the joint distribution\n\n{TABLE}")


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (r"$D_2(P\|Q) = \log(1 + \chi^2(P\|Q))$", True),
        (r"$D_2(P\|Q) = \log(2 + \chi^2(P\|Q))$", False),
        (r"$D_{KL}(P\|Q) \le \log(1 + \chi^2(P\|Q))$", True),
    ],
)
def test_logarithms_of_plain_numbers_in_claims(claim: str, holds: bool) -> None:
    (answer,) = solved(f"Let $P = (0.6, 0.3, 0.1)$ and $Q = (0.2, 0.5, 0.3)$. Verify that {claim}.").answers
    assert ("does not hold" in answer.formula.text) is not holds


def test_answers_supported_by_a_quantity() -> None:
    text = (
        r"Let $p(X,Y) = \{(0,0): 0.5, (0,1): 0.1, (1,0): 0.1, (1,1): 0.3\}$. Are $X$ and $Y$ independent? Support your answer"
    )
    joint, single = -0.5 * log2(0.5) - 0.2 * log2(0.1) - 0.3 * log2(0.3), -0.6 * log2(0.6) - 0.4 * log2(0.4)
    assert values(f"{text} with the mutual information in bits.")[1] == pytest.approx(2 * single - joint, rel=1e-12)


def test_the_derivative_by_a_parameter_says_nothing_of_it() -> None:
    given = r"For $P=\text{Poisson}(\lambda)$ and $Q=\text{Poisson}(\mu)$, find the derivative of $D_{KL}(P\|Q)$"
    assert values(f"{given} with respect to $\\mu$ at $\\lambda = 3$, $\\mu = 2$.") == [-0.5]


def test_the_value_of_what_was_claimed() -> None:
    text = r"Let $P = (0.8, 0.2)$ and $Q = (0.4, 0.6)$. Show that the KL divergence from $P$ to $Q$ equals $H(P, Q) - H(P)$"
    assert values(f"{text}, and state its value in bits.") == [None, pytest.approx(0.8 - 0.2 * log2(3), rel=1e-12)]
    assert refusals(text.replace("the KL", "half the KL"))
