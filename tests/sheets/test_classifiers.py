r""" "The logits" and "the cross-entropy" of a text whose formulas have them; expected values from q - y and diag(q) - q q^T."""

from math import exp

import pytest

from tests.solving.sheets import errors, solve

MODEL = r"Let $L = -\sum_i y_i \log q_i$ with $q = \mathrm{softmax}(z)$, $z = (2, 1, 0.5)$ and $y = (0, 1, 0)$. "
Q = [exp(z) / sum(map(exp, (2, 1, 0.5))) for z in (2, 1, 0.5)]


@pytest.mark.parametrize(
    "asked",
    [
        "Compute the gradient of the loss with respect to the logits.",
        "What is the gradient of the cross-entropy with respect to the logits?",
        "Differentiate $L$ with respect to the scores.",
        "Compute the derivative of the cross-entropy loss with respect to $z$.",
    ],
)
def test_a_gradient_by_the_logits(asked: str) -> None:
    problem = solve(MODEL + asked)
    [answer] = problem.answers
    assert answer.value == pytest.approx([Q[0], Q[1] - 1, Q[2]], rel=1e-12)


def test_a_hessian_by_the_logits() -> None:
    [answer] = solve(MODEL + "Compute the Hessian of the cross-entropy with respect to the logits.").answers
    assert isinstance(answer.value, list)
    for i, row in enumerate(answer.value):
        assert row == pytest.approx([Q[i] * ((i == j) - Q[j]) for j in range(3)], rel=1e-12)


def test_logits_of_one_unit() -> None:
    """dL/dz = p - y."""
    text = r"Let $L = -y \log p - (1 - y) \log(1 - p)$ with $p = \sigma(z)$, $z = 0$ and $y = 1$. "
    [answer] = solve(text + "Compute the derivative of the loss with respect to the logit.").answers
    assert answer.value == pytest.approx(-0.5, rel=1e-12)


def test_logits_of_two_softmaxes_are_refused() -> None:
    text = r"Let $L = -\sum_i y_i \log p_i$ with $p = \mathrm{softmax}(u)$ and $q = \mathrm{softmax}(v)$. "
    assert errors(solve(text + "Compute the gradient of the loss with respect to the logits.")) == ["task-not-understood"]


@pytest.mark.parametrize(
    "how",
    [
        "projected onto the simplex, that is, with its mean subtracted so that its entries sum to zero",
        "projected onto the simplex, so that its entries sum to zero",
        "projected onto the simplex",
        "constrained to the simplex",
    ],
)
def test_a_projected_gradient(how: str) -> None:
    """-P/Q is (-2.5, -1.5, -1/3); its mean is taken out."""
    text = r"For $P = (0.5, 0.3, 0.2)$ and $Q = (0.2, 0.2, 0.6)$ let $K = \sum_{i=1}^{3} P_i \log \frac{P_i}{Q_i}$. "
    [answer] = solve(text + rf"Compute the gradient $\frac{{\partial K}}{{\partial Q}}$ {how}.").answers
    mean = (-2.5 - 1.5 - 1 / 3) / 3
    assert answer.value == pytest.approx([-2.5 - mean, -1.5 - mean, -1 / 3 - mean], rel=1e-12)


@pytest.mark.parametrize(
    "asked", ["Turn the scores into class probabilities with the softmax function.", "Compute the softmax of the scores."]
)
def test_the_softmax_of_the_scores_in_words(asked: str) -> None:
    (answer,) = solve(f"A classifier outputs the score vector $s = (2, 1, 0.5)$.\n\n(a) {asked}").answers
    assert answer.value == pytest.approx(Q)
