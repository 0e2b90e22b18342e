"""Surprisals of outcomes that words name; expected values by the definition."""

from math import log, log2

import pytest

from tests.sheets.information.answers import refusals, units, values

DIE = "A fair die is rolled. "
WEATHER = "The weather is sun with probability 0.5, rain with probability 0.25 and snow with probability 0.25. "
PETS = r"$P = \{cat: 0.5, dog: 0.25, bird: 0.25\}$. "
CARD = "A card is drawn from a standard deck of 52 cards. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DIE + "What is the information content, in bits, of rolling a six?", log2(6)),
        (DIE + "How many bits of information does rolling a 3 give?", log2(6)),
        (WEATHER + "How surprising (in bits) is snow?", 2),
        (WEATHER + "What is the surprise of rain in bits?", 2),
        (WEATHER + "How much information (bits) do you get when you learn that it rained?", 2),
        (WEATHER + "What is the surprisal of the event that it is snowing, in bits?", 2),
        ("A fair coin is tossed. What is the self-information of getting heads in bits?", 1),
        ("A bent coin lands heads with probability 0.875. What is the surprisal of seeing tails, in bits?", 3),
        (PETS + "How surprised, in bits, are you to see a dog?", 2),
        (PETS + "How many bits of surprise is a bird?", 2),
        (r"$R = \{A: 0.5, B: 0.25, C: 0.25\}$. What is the information content of observing B in bits?", 2),
        (r"$P = \{a: 0.5, b: 0.5\}$ and $Q = \{a: 0.25, b: 0.75\}$. What is the surprisal of a under $Q$ in bits?", 2),
        ("How surprising, in bits, is an event of probability 1/8?", 3),
        ("What is the self-information of an event that occurs with probability 1/32, in bits?", 5),
        (CARD + "What is the surprise of drawing an ace, in bits?", log2(13)),
        (CARD + "What is the surprisal of the queen of hearts, in bits?", log2(52)),
        ("What is the surprisal of drawing a spade from a standard 52-card deck, in bits?", 2),
    ],
)
def test_the_outcome_is_found(text: str, expected: float) -> None:
    assert values(text) == [pytest.approx(expected, rel=1e-12)]
    assert units(text) == ["bits"]


@pytest.mark.parametrize(
    "text",
    [
        PETS + r"$Q = \{cat: 0.2, dog: 0.3, bird: 0.5\}$. What is the surprisal of a bird?",
        PETS + "What is the surprisal of a horse?",
        "A fair die is rolled twice. What is the surprisal of rolling a six?",
        DIE + "What is the surprisal of rolling a six or a five?",
        CARD + "What is the surprisal of drawing an ace or a king?",
        "A card is drawn from a standard deck of 52 cards with all hearts removed. What is the surprisal of drawing an ace?",
    ],
)
def test_what_names_no_one_outcome_is_refused(text: str) -> None:
    assert refusals(text) == ["task-not-understood"]


@pytest.mark.parametrize(
    "words", ["average surprise", "expected surprisal", "mean self-information", "average information content"]
)
def test_the_mean_surprisal_is_the_entropy(words: str) -> None:
    assert values(f"$P = (0.25, 0.75)$. What is the {words} of $P$?") == [
        pytest.approx(-0.25 * log(0.25) - 0.75 * log(0.75), rel=1e-12)
    ]
