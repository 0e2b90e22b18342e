"""Questions that go on from what was asked before, and what words give by the way."""

from math import log, log2, sqrt

import pytest

from tests.sheets.information.answers import refusals, solved, values

PAIR = "Let $P = (0.1, 0.9)$ and $Q = (0.6, 0.4)$."
LOSS = "A model predicts $q = (0.25, 0.25, 0.5)$ and the label is $y = (0, 0, 1)$. What is the cross-entropy loss in bits?"


def errors(text: str) -> list[str]:
    return [each.code for each in solved(text).diagnostics if each.severity == "error"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Find the JSD, in bits, of $(1, 0)$ and $(0, 1)$. Then do the same for $(0, 1)$ and $(1, 0)$.", [1, 1]),
        ("What is the entropy of $(0.5, 0.5)$ in bits? And of $(0.25, 0.75)$?", [1, 2 - 0.75 * log2(3)]),
        ("Let $p = (0.5, 0.25, 0.25)$. What is its entropy in nats? And how many bits?", [1.5 * log(2), 1.5]),
        (f"{LOSS} What would it have been, had the label been $(1, 0, 0)$?", [1, 2]),
        (f"{LOSS} What would it be if the prediction were $(0.5, 0.25, 0.25)$ instead?", [1, 2]),
        ("A model predicts $(0.25, 0.25, 0.5)$ and the one-hot label is $(0, 0, 1)$. What loss do you get in bits?", [1]),
        ("Given logits $a = (0, \\ln 3)$, what are the softmax probabilities?", [[0.25, 0.75]]),
    ],
)
def test_what_goes_on_from_before(text: str, expected: list[object]) -> None:
    assert values(text) == [pytest.approx(each) for each in expected]


@pytest.mark.parametrize(
    "text",
    [
        f"{LOSS} What would it be if the label were not $(1, 0, 0)$?",
        "Let $p = (0.5, 0.5)$. Find $H(p)$ in nats. And how many bits for ten symbols?",
        "Let $p = (0.5, 0.5)$ and $q = (0.1, 0.9)$. Find $D(p \\| q)$. What would it be if the label were $(1, 0)$?",
        "Let $P = (0.5, 0.5)$. What is $H(P)$ in bits, and where is it largest?",
        "Let $p = (0.5, 0.5)$. Fair or biased? Compute $H(p)$.",
        f"{PAIR} Compute $D(P \\| Q)$ and $D(Q \\| P)$. Take the square root of the result.",
        "What is $D_{KL}(p^A \\| p^B)$ in nats?",
    ],
)
def test_what_is_not_understood_is_said(text: str) -> None:
    assert errors(text)


def test_what_is_made_of_results() -> None:
    given, other = log2(0.1), log2(0.9)
    surprisals = f"{PAIR.partition(' and ')[0]}. Find the surprisal of each outcome in bits."
    found = values(f"{surprisals} Average them to get the entropy.")
    assert found[1] == pytest.approx(-0.1 * given - 0.9 * other)
    mean = (0.35, 0.65)
    half = [0.5 * sum(p * log2(p / m) for p, m in zip(each, mean, strict=True)) for each in ((0.1, 0.9), (0.6, 0.4))]
    text = f"{PAIR} Compute the JSD of $P$ and $Q$ in bits. Take the square root of it to obtain the metric."
    assert values(text) == [pytest.approx(sum(half)), pytest.approx(sqrt(sum(half)))]


@pytest.mark.parametrize("ask", ["Do the two agree?", "Do they coincide?", "Are the two divergences equal?"])
def test_whether_results_agree(ask: str) -> None:
    problem = solved(f"Let $p = (0.25, 0.75)$ and $q = (0.75, 0.25)$. Find $D(p \\| q)$ and $D(q \\| p)$ in bits. {ask}")
    assert problem.answers[-1].kind == "statement"
    assert problem.answers[0].value == pytest.approx(log2(3) / 2)
    assert not [each for each in problem.diagnostics if each.severity == "error"]


@pytest.mark.parametrize(
    ("text", "bits"),
    [
        ("An event happens with probability 1/8. What is its surprisal in bits?", 3),
        ("Suppose an outcome has a probability of 0.25. How surprising is it, in bits?", 2),
        ("The probability of an event is $0.5$. What is the information content of this event in bits?", 1),
        ("The bus is early, punctual or late with probabilities $1/4$, $1/2$ and $1/4$. What is the entropy in bits?", 1.5),
        ("The sky is clear or grey with probability 0.5 and 0.5. How large is the entropy, in bits, of its behaviour?", 1),
    ],
)
def test_probabilities_said_by_the_way(text: str, bits: float) -> None:
    assert values(text) == [pytest.approx(bits)]


@pytest.mark.parametrize(
    "text",
    [
        "An event happens with probability 0.05, another event with probability 0.5. What is its surprisal in nats?",
        "An event does not happen with probability 0.05. What is its surprisal in nats?",
        "An event happens with probability 0.05. A coin is fair. What is its surprisal in nats?",
        "The letter is A or B with probability 0.3 and C with probability 0.7. What is the entropy in bits?",
        "The bus is early or late with probabilities 0.3 and 0.6. What is the entropy in bits?",
    ],
)
def test_probabilities_that_are_not_told(text: str) -> None:
    assert refusals(text)
