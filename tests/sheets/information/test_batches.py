"""Numbers that a text lists for samples or words count only where every word about them is known; values by hand."""

from math import log, log2

import pytest

from tests.sheets.information.answers import refusals, values

MEAN = -(log(0.9) + log(0.8) + log(0.6)) / 3
"""Of the labels 1, 0, 1 and the probabilities 0.9, 0.2, 0.6 of a 1."""
GIVEN = "The labels are 1, 0, 1 and the predictions are 0.9, 0.2, 0.6."


@pytest.mark.parametrize(
    "what",
    [
        "predicted probabilities",
        "predictions are",
        "sigmoid outputs are",
        "predicted probabilities for the positive class are",
        "model's probabilities of class 1 are",
        "three predictions of the network are",
    ],
)
def test_words_for_probabilities(what: str) -> None:
    text = f"The labels of three samples are 1, 0, 1 and the {what} 0.9, 0.2, 0.6. Compute the mean cross-entropy."
    assert values(text) == [pytest.approx(MEAN, rel=1e-12)]


@pytest.mark.parametrize(
    "what",
    [
        "predicted logits are",
        "outputs before the sigmoid are",
        "predicted probabilities for class 0 are",
        "predicted probabilities for the negative class are",
        "predicted probabilities of the correct class are",
        "predictions for the other class are",
        "predicted surprisals are",
        "predicted error rates are",
        "halved predictions are",
        "inverse probabilities are",
        "two predictions are",
    ],
)
def test_words_for_something_else(what: str) -> None:
    assert refusals(f"The labels of three samples are 1, 0, 1 and the {what} 0.9, 0.2, 0.6. Compute the mean cross-entropy.")


@pytest.mark.parametrize("what", ["log-odds are", "predicted log-odds are", "predicted error rates are"])
def test_a_named_list_of_something_else(what: str) -> None:
    assert refusals(f"The labels are 1, 0, 1 and the {what} $z = (0.9, 0.2, 0.6)$. Compute the mean cross-entropy.")


@pytest.mark.parametrize(
    "behind",
    [
        "Compute the mean cross-entropy of the first two samples.",
        "Compute the mean cross-entropy of the first sample.",
        "Compute the mean cross-entropy of the other samples.",
        "Compute the mean cross-entropy over the two samples.",
        "Compute the mean cross-entropy over 4 samples.",
        "The predictions are halved. Compute the mean cross-entropy.",
        "They are halved. Compute the mean cross-entropy.",
        "After halving the predictions, compute the mean cross-entropy.",
        "The labels are flipped. Compute the mean cross-entropy.",
    ],
)
def test_what_is_said_behind_counts(behind: str) -> None:
    assert refusals(f"{GIVEN} {behind}")


@pytest.mark.parametrize(
    "behind",
    [
        "Compute the mean cross-entropy over the three samples.",
        "Compute the average cross-entropy loss over all 3 samples.",
        "Round all answers to four decimals. Compute the mean cross-entropy.",
        "Use natural logarithms. What is the mean cross-entropy of the batch?",
    ],
)
def test_what_leaves_the_batch_as_it_is(behind: str) -> None:
    assert values(f"{GIVEN} {behind}") == [pytest.approx(MEAN, rel=1e-12)]


def test_several_classes() -> None:
    rows = "predicted probabilities [0.5, 0.25, 0.25], [0.25, 0.5, 0.25]. What is the average cross-entropy loss in bits?"
    assert values(f"Labels 1, 3 of three classes and {rows}") == [pytest.approx(1.5)]
    assert refusals(f"Labels 1, 3 of four classes and {rows}")
    assert refusals(f"Labels 1, 2 and {rows}")


ONE = "A model assigns probability 0.1 to the correct class"


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE} on the first example and 0.5 on the second. What is the average cross-entropy loss?",
        f"{ONE} on the first example and 0.5 on the second. What is the cross-entropy loss?",
        f"{ONE}. What is the average cross-entropy loss?",
        f"{ONE} in half of the cases. What is the cross-entropy loss?",
        f"{ONE}, which is halved. What is the cross-entropy loss?",
        "A model assigns log probability 0.1 to the correct class. What is the cross-entropy loss?",
        "A model assigns half the probability 0.1 to the correct class. What is the cross-entropy loss?",
    ],
)
def test_more_than_one_probability_of_the_correct_class(text: str) -> None:
    assert refusals(text)


@pytest.mark.parametrize("where", ["", " of an image", " for this example"])
def test_one_probability_of_the_correct_class(where: str) -> None:
    assert values(f"{ONE}{where}. What is the cross-entropy loss in bits?") == [pytest.approx(log2(10))]


WORDS = "A model assigns probabilities 0.5, 0.25, 0.125 to the three words of a sentence"


@pytest.mark.parametrize(
    "text",
    [
        "A model assigns to the words of a sentence the probabilities 0.5, 0.25, 0.125, which are halved. Find the perplexity.",
        f"{WORDS}, each of which is halved. Find the perplexity.",
        f"{WORDS}. Each of them is halved. Find the perplexity.",
        f"{WORDS}. After halving them, find the perplexity.",
        "The words of a sentence have the log probabilities 0.5, 0.25, 0.125. Find the perplexity.",
        "The words of a sentence have the halved probabilities 0.5, 0.25, 0.125. Find the perplexity.",
        "A model assigns half the probabilities 0.5, 0.25, 0.125 to the three words of a sentence. Find the perplexity.",
        "A model assigns probabilities 0.5, 0.25, 0.125 to the four words of a sentence. Find the perplexity.",
        "A model assigns probabilities 0.5, 0.125 to the last two words of a three-word sentence. Find the perplexity.",
    ],
)
def test_probabilities_in_turn_that_are_changed(text: str) -> None:
    assert refusals(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{WORDS}. Find the perplexity.",
        "A model trained on tweets gives the probabilities 0.5, 0.25, 0.125 to the words of a sentence. Find the perplexity.",
        "A model gives the three words of a sentence the probabilities 0.5, 0.25, 0.125, what is the perplexity?",
    ],
)
def test_probabilities_in_turn_as_they_are(text: str) -> None:
    assert values(text) == [pytest.approx(4)]
