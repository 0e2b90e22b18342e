"""Perplexity and cross-entropy of a text whose words have these probabilities; expected values by the definitions."""

from math import exp, log, prod

import pytest

from tests.sheets.information.answers import notes, refusals, units, values


def perplexity(*chances: float) -> float:
    return exp(-sum(map(log, chances)) / len(chances))


@pytest.mark.parametrize(
    ("text", "expected", "unit"),
    [
        (
            (
                "A language model assigns probabilities 0.2, 0.5, 0.1, 0.4 to the four words of a"
                " sentence. What is its perplexity?"
            ),
            [prod((0.2, 0.5, 0.1, 0.4)) ** -0.25],
            [None],
        ),
        (
            "The tokens of a sentence get probabilities 0.5, 0.25, 0.25 under the model. Find the perplexity of the sentence.",
            [perplexity(0.5, 0.25, 0.25)],
            [None],
        ),
        (
            (
                "A model assigns the probabilities $0.25, 0.5, 0.125$ to the three tokens of a"
                " sequence. Compute the cross-entropy per"
                " token in bits and the perplexity."
            ),
            [2.0, 4.0],
            ["bits", None],
        ),
        (
            (
                "An LM gives probabilities (0.5, 0.125) to the words in a sentence. What is the average"
                " surprisal per word in bits?"
            ),
            [2.0],
            ["bits"],
        ),
        (
            (
                "A model assigns probabilities 1/2, 1/4, 1/8, 1/8 to the four characters of a"
                " string. How many bits per character is"
                " that?"
            ),
            [2.25],
            ["bits"],
        ),
        (
            (
                "A model assigns the probabilities 0.9, 0.8 and 0.5 to the three words of a"
                " sentence. Compute the average negative"
                " log-likelihood."
            ),
            [-(log(0.9) + log(0.8) + log(0.5)) / 3],
            ["nats"],
        ),
    ],
)
def test_the_mean_is_over_the_words(text: str, expected: list[float], unit: list[str | None]) -> None:
    assert values(text) == [pytest.approx(each, rel=1e-12) for each in expected]
    assert units(text) == unit


def test_that_they_are_no_distribution_is_said() -> None:
    text = "A model assigns probabilities 0.2, 0.5 and 0.3 to the three words of a sentence. What is its perplexity?"
    assert values(text) == [pytest.approx(perplexity(0.2, 0.5, 0.3))]
    assert any("no distribution" in note for note in notes(text))


@pytest.mark.parametrize(
    "text",
    [
        "A model assigns probabilities 0.2, 0.5 and 0.3 to the three words of a sentence. What is its entropy?",
        "A model assigns probabilities 0.2, 0.5 and 1.3 to the three words of a sentence. What is its perplexity?",
        "A model assigns probabilities 0.2, 0.5, 0.3 to the next word being red, green and blue. What is its perplexity?",
    ],
)
def test_other_numbers_are_refused(text: str) -> None:
    assert refusals(text) == ["which-distributions"]


QUOTED = 'tokens of "we like green tea"'


@pytest.mark.parametrize(
    "told",
    [
        f"assigns the four {QUOTED} the conditional probabilities 0.2, 0.5, 0.1 and 0.25",
        f"gives the {QUOTED} the probabilities 0.2, 0.5, 0.1, 0.25",
        f"assigns probabilities 0.2, 0.5, 0.1, 0.25 to the four {QUOTED}",
    ],
)
def test_the_text_itself_may_be_quoted(told: str) -> None:
    text = f"A language model {told}. Compute the average negative log-likelihood per token in bits and the perplexity."
    assert values(text) == [pytest.approx(log(400) / 4 / log(2)), pytest.approx(20**0.5)]
    assert units(text) == ["bits", None]


@pytest.mark.parametrize("what", ["log probabilities", "joint probabilities", "ranks"])
def test_a_quoted_text_with_other_numbers(what: str) -> None:
    assert refusals(f"A language model assigns the two {QUOTED} the {what} 0.2, 0.5. What is the perplexity?")
