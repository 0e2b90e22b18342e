"""Which distribution is the label and which the prediction, as words say it; expected values by the definitions."""

from math import exp, log, log2

import pytest

from tests.sheets.information.answers import notes, refusals, units, values

LOGITS = (2.0, 1.0, 0.1)
SOFTMAX = tuple(exp(z) / sum(map(exp, LOGITS)) for z in LOGITS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            r"A classifier outputs $\hat y = (0.7, 0.2, 0.1)$ and the label is class 3. Compute the cross-entropy loss.",
            -log(0.1),
        ),
        (r"A net predicts $r = (0.1, 0.6, 0.3)$; the target is the third class. Compute the cross-entropy.", -log(0.3)),
        ("The ground truth is (0, 1, 0) and the model says (0.2, 0.5, 0.3). Compute the cross-entropy loss.", -log(0.5)),
        ("The predicted probabilities are [0.1, 0.2, 0.7]; the label is [0, 0, 1]. What is the cross-entropy?", -log(0.7)),
        ("Predicted: (0.3, 0.7). Target: (0, 1). Compute the cross-entropy.", -log(0.7)),
        (
            r"The model's output is $q = \{A: 0.2, B: 0.5, C: 0.3\}$ and the correct answer is B. Find the cross-entropy.",
            log(2),
        ),
        (r"The model's output is $q = \{cat: 0.2, dog: 0.8\}$ and the label is cat. Find the cross-entropy.", log(5)),
        ("The model outputs (0.3, 0.7). The correct class is the second. Compute the cross-entropy loss.", -log(0.7)),
        ("The true distribution is [1, 0, 0] and the prediction is [0.6, 0.3, 0.1]. What is the KL divergence?", -log(0.6)),
        (
            "The prediction is [0.25, 0.75] and the actual distribution is [0.5, 0.5]. What is the KL divergence?",
            0.5 * log(2) + 0.5 * log(2 / 3),
        ),
        (
            "The actual distribution is $(0.5, 0.5)$, the predicted distribution $(0.9, 0.1)$. Find the KL divergence.",
            0.5 * log(5 / 9) + 0.5 * log(5),
        ),
        ("Compute the KL divergence between [0.5, 0.5] and [0.9, 0.1].", 0.5 * log(5 / 9) + 0.5 * log(5)),
        ("Compute the entropy of [0.5, 0.25, 0.25].", 1.5 * log(2)),
    ],
)
def test_words_say_which_is_which(text: str, expected: float) -> None:
    assert values(text) == [pytest.approx(expected, rel=1e-12)]


@pytest.mark.parametrize(
    "given",
    [
        "The prior is (0.5, 0.5), the posterior is (0.75, 0.25).",
        "The prior is $a = (0.5, 0.5)$ and the posterior is $b = (0.75, 0.25)$.",
    ],
)
def test_prior_and_posterior(given: str) -> None:
    text = f"{given} What is the KL divergence of the posterior from the prior in bits?"
    assert values(text) == [pytest.approx(0.75 * log2(1.5) - 0.25)]


def test_a_further_question_is_of_the_same() -> None:
    text = "The true distribution is [0.5, 0.5], the prediction [0.8, 0.2]. What is the KL divergence? And the cross entropy?"
    cross = -0.5 * log(0.8) - 0.5 * log(0.2)
    assert values(text) == [pytest.approx(cross - log(2)), pytest.approx(cross)]


@pytest.mark.parametrize(
    "scores",
    [r"Logits $z = [2.0, 1.0, 0.1]$;", r"A network produces scores $s = (2.0, 1.0, 0.1)$;", "The logits are (2.0, 1.0, 0.1);"],
)
def test_scores_are_those_of_a_softmax(scores: str) -> None:
    text = (
        f"{scores} the target is the first class. Compute the softmax probabilities, the"
        f" cross-entropy loss, and the gradient of"
        " the loss with respect to the logits."
    )
    probabilities, loss, gradient = values(text)
    assert probabilities == pytest.approx(SOFTMAX)
    assert loss == pytest.approx(-log(SOFTMAX[0]))
    assert gradient == pytest.approx((SOFTMAX[0] - 1, SOFTMAX[1], SOFTMAX[2]))


def test_its_gradient_is_that_of_the_loss() -> None:
    loss, gradient = values(
        "The logits are (2.0, 1.0, 0.1) and the true class is 3. Find the loss (cross-entropy) and its gradient with respect to"
        " the logits."
    )
    assert loss == pytest.approx(-log(SOFTMAX[2]))
    assert gradient == pytest.approx((SOFTMAX[0], SOFTMAX[1], SOFTMAX[2] - 1))


def test_that_scores_are_taken_for_logits_is_said() -> None:
    text = "The logits are (2, 1) and the target is the first class. Compute the cross-entropy loss."
    assert any("softmax of the scores" in note for note in notes(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "A model predicts probability 0.8 for the positive class. Compute the binary"
                " cross-entropy when the true label is 1"
                " and when it is 0."
            ),
            [-log(0.8), -log(0.2)],
        ),
        (
            "The predicted probability of the positive class is 0.3. What is the binary cross-entropy if the label is 0?",
            [-log(0.7)],
        ),
        ("The true label is 1 and the predicted probability is 0.8. Compute the binary cross-entropy loss.", [-log(0.8)]),
        (r"The true label is $t = 0$ and the prediction is $o = 0.8$. Compute the binary cross-entropy.", [-log(0.2)]),
        ("The target is 1 and the model outputs probability 0.9. Compute the binary cross-entropy loss.", [-log(0.9)]),
        ("A model assigns probability 0.1 to the correct class. What is the cross-entropy loss?", [-log(0.1)]),
    ],
)
def test_binary_labels(text: str, expected: list[float]) -> None:
    assert values(text) == [pytest.approx(each) for each in expected]


@pytest.mark.parametrize(
    "text",
    [
        "The model outputs (0.3, 0.7). The true label is 1. Compute the cross-entropy loss.",
        r"A classifier outputs $\hat y = (0.7, 0.2, 0.1)$ and the label is class 2. Compute the cross-entropy loss.",
        "The model predicts 0.9 for the negative class. The label is 1. Compute the binary cross-entropy.",
        r"Predictions $(0.7, 0.2, 0.1)$, $(0.1, 0.8, 0.1)$ and labels 1, 2. Compute the mean cross-entropy.",
        r"The scores are $(2, 1)$ at temperature 3 and the target is the first class. Compute the cross-entropy loss.",
    ],
)
def test_what_may_be_meant_in_two_ways_is_refused(text: str) -> None:
    assert refusals(text) in (["which-distributions"], ["task-not-understood"])


@pytest.mark.parametrize(
    ("text", "expected", "unit"),
    [
        (
            (
                "The true labels of three samples are 1, 0, 1 and the predicted probabilities 0.9,"
                " 0.2, 0.6. Compute the average binary"
                " cross-entropy over the three samples."
            ),
            -(log(0.9) + log(0.8) + log(0.6)) / 3,
            "nats",
        ),
        (
            (
                "Samples have one-hot labels (1,0), (0,1) and predictions (0.8,0.2), (0.25,0.75)."
                " Compute the mean cross-entropy in"
                " bits."
            ),
            -(log2(0.8) + log2(0.75)) / 2,
            "bits",
        ),
        (
            (
                r"For a batch with labels $t = (1, 0)$ and predicted probabilities $p = (0.5, 0.75)$, compute the mean binary"
                " cross-entropy in bits."
            ),
            1.5,
            "bits",
        ),
        (
            (
                "Labels 0, 2 and predicted probabilities [0.5, 0.25, 0.25], [0.25, 0.5, 0.25]. What"
                " is the average cross-entropy loss"
                " in bits?"
            ),
            1.5,
            "bits",
        ),
    ],
)
def test_the_mean_over_a_batch(text: str, expected: float, unit: str) -> None:
    assert values(text) == [pytest.approx(expected)]
    assert units(text) == [unit]
