"""Distributions that a scene tells by shares, counts and odds, and questions that go on with the one before."""

from math import inf, log, log2, sqrt

import pytest

from tests.sheets.information.answers import refusals, units, values

TENTHS = (0.5, 0.3, 0.2)
SENSOR = "A sensor reports *dry* 50% of the time, *damp* 30% of the time and *wet* the remaining 20%. "
TWO = "Let $p = (0.5, 0.3, 0.2)$ and $q = (0.4, 0.4, 0.2)$. "
PAIR = "The teacher network outputs $(0.8, 0.15, 0.05)$, while the student outputs $(0.6, 0.3, 0.1)$. "
MISSING = "Let $p = \\{A: 0.5, B: 0.5, C: 0\\}$ and $q = \\{A: 0.4, B: 0.4, C: 0.2\\}$.\n\n"


def entropy(p: tuple[float, ...]) -> float:
    return -sum(x * log2(x) for x in p)


def divergence(p: tuple[float, ...], q: tuple[float, ...]) -> float:
    return sum(x * log2(x / y) for x, y in zip(p, q, strict=True) if x)


P, Q = TENTHS, (0.4, 0.4, 0.2)
TEACHER, STUDENT = (0.8, 0.15, 0.05), (0.6, 0.3, 0.1)


@pytest.mark.parametrize(
    "text",
    [
        SENSOR + "On average, how many bits does one report carry?",
        SENSOR + "How many bits does each measurement convey on average?",
        "On a site, 50% of the visitors leave, 30% browse and 20% buy. What is the entropy of a visitor's behaviour in bits?",
        "Gene G is in state silent, low or high with odds 5 : 3 : 2. State the entropy of the gene's state in bits.",
        "Red, green and blue occur in the ratio 5 to 3 to 2. What do you get for the entropy of the colour in bits?",
        "From 200 answers, 100 were yes, 60 no and 40 unsure. What is the entropy of the opinion in bits?",
        "Of 20 people 10 chose tea, 6 coffee and 4 water. What is the entropy of the choice in bits?",
        (
            "An urn holds 5 red, 3 blue and 2 green balls, and one is drawn at random. What surprise, in bits, do you expect"
            " on average?"
        ),
        "Entropy of $p = (0.5, 0.3, 0.2)$: calculate it in bits.",
    ],
)
def test_shares_counts_and_odds(text: str) -> None:
    assert values(text) == [pytest.approx(entropy(TENTHS), rel=1e-12)]
    assert units(text) == ["bits"]


@pytest.mark.parametrize(
    "text",
    [
        SENSOR + "How many bits does a damp report carry on average?",
        SENSOR + "How many bits do two reports carry on average?",
        "Of 500 people, 300 chose tea, 150 coffee and 100 water. What is the entropy of the choice in bits?",
        (
            "The sensor reports with distribution $(0.5, 0.25, 0.25)$ and the camera uses $(0.8, 0.1, 0.1)$."
            " What is the camera's entropy in bits?"
        ),
        PAIR + "What is the critic's entropy in bits?",
    ],
)
def test_what_is_another_thing_is_refused(text: str) -> None:
    assert refusals(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TWO + "\n\n(a) Find $D(p \\| q)$ in bits.\n(b) Now swap the roles of the two and redo (a).",
         [divergence(P, Q), divergence(Q, P)]),
        (MISSING + "1. Evaluate $D(p \\| q)$ in bits.\n2. Evaluate the KL divergence in the other direction and explain what"
         " goes wrong.", [log2(1.25), inf]),
        (("How far is $p = (0.2, 0.5, 0.3)$ from $q = (0.3, 0.3, 0.4)$ in total variation? And in Hellinger distance (with the"
         " usual factor $1/\\sqrt{2}$)?"), [0.2, sqrt(1 - sqrt(0.06) - sqrt(0.15) - sqrt(0.12))]),
        ("Let $p = (0.5, 0.25, 0.25)$. Compute $H(p)$ in bits. What is the perplexity that goes with this value?",
         [1.5, 2**1.5]),
        (PAIR + "What is the teacher's own entropy in bits? What is the student's entropy in bits?",
         [entropy(TEACHER), entropy(STUDENT)]),
        (PAIR + "What is $D(\\text{teacher} \\| \\text{student})$ in bits?", [divergence(TEACHER, STUDENT)]),
        ("A distribution over the support $\\{1, 2, 3, 4\\}$ is given by $p(k) = k/10$. What is its entropy in bits?",
         [entropy((0.1, 0.2, 0.3, 0.4))]),
        (("Mix the two distributions $p = (0.9, 0.1)$ and $q = (0.2, 0.8)$ with weights 0.5 and 0.5. What is $H(m)$ in bits for"
         " the mixture $m$?"), [entropy((0.55, 0.45))]),
        (TWO + "How far, in bits, is $p$ from $q$, as measured by $D(p \\| q)$?", [divergence(P, Q)]),
        (("A classifier produces the logits $z = (0, 0, \\ln 2)$. Give the cross-entropy loss in nats if the true class is the"
         " first one."), [log(4)]),
    ],
)  # fmt: skip
def test_what_goes_on_with_what_was_said(text: str, expected: list[float]) -> None:
    assert values(text) == [pytest.approx(each, rel=1e-12) for each in expected]
