"""Which distribution is the label and which the prediction, as words say it; expected values by the definitions."""

from math import exp, log, log2

import pytest

from tests.sheets.information.answers import notes, refusals, solved, units, values

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


IMAGE = "The scores that come out are $z = (2, 1, 0.1)$ and the one-hot label is $y = (1, 0, 0)$.\n\n"
SMOOTHED = -(0.9 + 0.1 / 3) * log(SOFTMAX[0]) - 0.1 / 3 * (log(SOFTMAX[1]) + log(SOFTMAX[2]))
PARTS = "(a) What is the cross-entropy loss?\n\n(b) "
OLD = "(a) What is the binary cross-entropy?\n\n(b) "
FOCAL = (
    r"The focal loss is $-(1-p_t)^\gamma \log p_t$, where $p_t$ is the probability of the true class."
    r" Compute it for $\gamma = 2$."
)
FRAUD = "A model gives four transactions the fraud probabilities 0.9, 0.2, 0.6, 0.1. The true labels are 1, 0, 0, 0."
TEACHER = "The teacher has the logits $t = (2, 1, 0.1)$ and the student the logits $s = (1, 0, 0)$."
WORDS = "The words of a text are distributed as follows: the 0.5, cat 0.25, on 0.25."
MODEL = " A model assigns the 0.25, cat 0.5, on 0.25."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (IMAGE + PARTS + "With label smoothing, the target becomes $0.9 y + 0.1/3$. What does the loss become?", SMOOTHED),
        (IMAGE + PARTS + "The label is now smoothed: it becomes $0.9 y + 0.1/3$. How large is the loss now?", SMOOTHED),
        (IMAGE + PARTS + "Suppose the target is changed to $(0, 1, 0)$. What is the loss now?", -log(SOFTMAX[1])),
        (r"A box has an object ($y = 1$); the detector predicts $\hat p = 0.9$. Find the binary cross-entropy.", -log(0.9)),
        (FRAUD + " What is the mean binary cross-entropy over the transactions?", -log(0.9 * 0.8 * 0.4 * 0.9) / 4),
        (WORDS + " How many bits per word does one need on average, with an ideal code?", 1.5),
        (WORDS + MODEL + " How many bits are wasted by a code made for the model?", 0.25),
        (WORDS + MODEL + " Find the cross-entropy of the text relative to the model in bits.",
         1.75),
    ],
)  # fmt: skip
def test_what_a_course_says_of_labels_and_codes(text: str, expected: float) -> None:
    assert values(text)[-1] == pytest.approx(expected, rel=1e-9)


def test_whose_softmax_at_which_temperature() -> None:
    found = values(TEACHER + " What are the teacher's probabilities at temperature 1?")
    assert found == [pytest.approx(list(SOFTMAX), rel=1e-9)]


@pytest.mark.parametrize(
    "text",
    [
        "The scores before the ReLU come out as $z = (2, 1)$; the label is $y = (1, 0)$. Find the softmax probabilities.",
        IMAGE + PARTS + "Half the target becomes $0.9 y + 0.1/3$. What is the loss?",
        r"A detector predicts $p = 0.8$ for the negative class; the label is $y = 0$. Find the binary cross-entropy.",
        r"A box has an object ($y = 1$); the detector predicts $\hat p = 0.9$." + "\n\n" + OLD + FOCAL,
        FRAUD.replace("fraud probabilities", "error probabilities") + " What is the mean binary cross-entropy?",
        TEACHER + " What are the probabilities at temperature 2?",
        "The teacher has the logits $t = (2, 1)$. What are the student's probabilities at temperature 2?",
        WORDS + " How many bits per word does a Huffman code need on average?",
        "The true one is $p = (0.6, 0.4)$, the model $q = (0.2, 0.8)$. How many bits are wasted by a code made for $p$?",
    ],
)
def test_labels_and_codes_that_mean_something_else(text: str) -> None:
    assert refusals(text) if PARTS not in text and OLD not in text else _errors(text)


def _errors(text: str) -> list[str]:
    return [each.code for each in solved(text).diagnostics if each.severity == "error"]
