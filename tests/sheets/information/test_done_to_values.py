"""What words say is done to labels, distributions and variables: it is read, or the answer is left open; never dropped."""

from math import log, log2

import pytest

from tests.sheets.information.answers import solved, values

PREDICTED = r"The prediction is $q = (0.1, 0.7, 0.1, 0.1)$. Compute the cross-entropy in nats."
OPEN = [
    rf"The label is class 2 of 4, smoothed with $\epsilon = 0.1$. {PREDICTED}",
    rf"The one-hot label $y = (0, 1, 0, 0)$ is smoothed with $\epsilon = 0.1$. {PREDICTED}",
    rf"The label is class 2 of 4. It is smoothed with $\epsilon = 0.1$. {PREDICTED}",
    (
        r"With label smoothing $\epsilon = 0.1$, the target for class 2 of 4 is compared with $q = (0.1, 0.7, 0.1, 0.1)$. "
        "Compute the cross-entropy in nats."
    ),
    (
        "The label is class 3 and the prediction is $q = (0.7, 0.2, 0.1)$, sharpened by squaring and renormalising. "
        "Compute the cross-entropy in nats."
    ),
    (
        "$P(X = 1) = 0.25$. Given $X = 1$, $Y = 1$ with probability 0.9. Otherwise $Y = 1$ with probability 0.2. "
        "Compute $H(Y)$ in bits."
    ),
    (
        "$P(X = 1) = 0.25$. If $X = 1$ then $Y = 1$ with probability 0.9, else $Y = 1$ with probability 0.2. "
        "Compute $H(Y)$ in bits."
    ),
    (
        "If it rains ($R = 1$, probability 0.3), the ground is wet ($W = 1$) with probability 0.9; otherwise it is wet with "
        "probability 0.2. Compute $H(W)$ in bits."
    ),
    "Let $R = 1$. Compute $H(R)$ in bits.",
    (
        "Let $P = (0.5, 0.25, 0.25)$ and $Q = (0.25, 0.5, 0.25)$. $M$ is $P$ with probability 0.8 and $Q$ otherwise. "
        "What is $H(M)$ in bits?"
    ),
    r"Let $f(p) = -p \log_2 p$. Compute $f(0.25)$ in nats.",
    r"Let $h(p) = -p \log p - (1-p) \log(1-p)$ in bits. Compute $h'(0.3)$.",
]


@pytest.mark.parametrize("text", OPEN)
def test_what_is_not_read_leaves_the_answer_open(text: str) -> None:
    problem = solved(text)
    assert not problem.answers
    assert "error" in [each.severity for each in problem.diagnostics]


def test_a_derivative_of_a_quantity_in_bits_is_left_open() -> None:
    text = (
        "We measure the cross-entropy in bits. Let $q = (0.5, 0.25, 0.25)$, $p = (1, 0, 0)$. "
        r"Compute $H(p, q)$ and $\frac{\partial H(p, q)}{\partial q_1}$."
    )
    problem = solved(text)
    assert [each.value for each in problem.answers] == [pytest.approx(1)]
    assert "task-not-understood" in [each.code for each in problem.diagnostics]


@pytest.mark.parametrize(
    "text",
    [
        "A source emits A half of the time, B a third of the time and C otherwise. What is its entropy in bits?",
        "It is sunny half of the time, rainy in a third of the cases and cloudy otherwise. What is the entropy in bits?",
    ],
)
def test_shares_of_the_time_are_probabilities(text: str) -> None:
    assert values(text) == [pytest.approx(1 / 2 + log2(3) / 3 + log2(6) / 6)]


def test_a_base_that_is_said_goes_before_what_holds_otherwise() -> None:
    text = r"All logarithms are natural unless stated otherwise. Here they are to base 10. $L = -\log p$, $p = 0.1$. Find $L$."
    assert values(text) == [pytest.approx(1)]


def test_a_formula_in_bits_has_its_value_in_bits() -> None:
    text = r"Let $h(p) = -p \log p - (1-p) \log(1-p)$ in bits. Compute $h(0.3)$."
    assert values(text) == [pytest.approx((-0.3 * log(0.3) - 0.7 * log(0.7)) / log(2))]
