""" "How large is", "how many bits is", probabilities with a power of ten, explained projections."""

from math import log, log2

import pytest

from tests.sheets.information.answers import refusals, solved, values

PAIR = r"Let $P = (0.7, 0.3)$ and $Q = (0.5, 0.5)$. "
RACE = r"The chances are $R = \{Ajax: 0.5, Blitz: 0.25, Comet: 0.25\}$. "
LOSS = r"Let $P = (0.7, 0.3)$, $Q = (0.4, 0.6)$ and $K = \sum_i P_i \log \frac{P_i}{Q_i}$. Compute the gradient of $K$ "
KL = 0.7 * log2(1.4) + 0.3 * log2(0.6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PAIR + "How large is $D_{KL}(P \\| Q)$ in bits?", KL),
        (PAIR + "How big is the total variation distance between $P$ and $Q$?", 0.2),
        (PAIR + "How many bits is the KL divergence between $P$ and $Q$?", KL),
        (PAIR + "How high is the cross-entropy of $P$ and $Q$ in nats?", log(2)),
        (PAIR + "How many bits of surprisal has an event of probability 1e-300?", 300 * log2(10)),
        (PAIR + "How many nats of self-information does an outcome of probability 2.5e-7 have?", -log(2.5e-7)),
        (RACE + 'How many bits is the surprisal of "Comet wins"?', 2),
        (RACE + "What is the surprisal of the event that Ajax wins, in bits?", 1),
    ],
)
def test_sizes(text: str, expected: float) -> None:
    assert values(text) == [pytest.approx(expected, rel=1e-12)]


@pytest.mark.parametrize(
    "words",
    [
        "with respect to $Q$ projected onto the simplex, that is, with its mean subtracted so that its entries sum to zero.",
        "with respect to $Q$ projected onto the simplex (i.e. with the mean removed).",
        "with respect to $Q$ on the simplex, subtracting the mean from each entry.",
    ],
)
def test_a_projection_may_be_explained(words: str) -> None:
    first, second = -0.7 / 0.4, -0.3 / 0.6
    half = (first - second) / 2
    (answer,) = solved(LOSS + words).answers
    assert getattr(answer, "value", None) == [pytest.approx(half, rel=1e-12), pytest.approx(-half, rel=1e-12)]


def test_another_explanation_is_refused() -> None:
    text = LOSS + "with respect to $Q$ projected onto the simplex, with its variance subtracted."
    assert refusals(text) == ["task-not-understood"]
