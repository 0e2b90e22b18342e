r"""Losses in words with their parameters become formulas; expected values from the definitions, written out here."""

from math import exp, log, log2

import pytest

from tests.solving.sheets import errors, solve


def only(text: str) -> object:
    problem = solve(text)
    assert problem.status == "solved", problem.diagnostics
    [answer] = problem.answers
    return answer.value


def softmax(z: list[float], temperature: float) -> list[float]:
    weights = [exp(x / temperature) for x in z]
    return [w / sum(weights) for w in weights]


def entropy(p: list[float]) -> float:
    return -sum(x * log(x) for x in p)


def weighted(p: list[float], q: list[float], a: float, b: float) -> float:
    """The entropy of the mixture less the mean of the entropies."""
    return entropy([a * x + b * y for x, y in zip(p, q, strict=True)]) - a * entropy(p) - b * entropy(q)


TWO = "Let $P = (0.2, 0.8)$ and $R = (0.6, 0.4)$. "
WEIGHTED = weighted([0.2, 0.8], [0.6, 0.4], 0.3, 0.7)


@pytest.mark.parametrize(
    "asked",
    [
        "Compute the Jensen-Shannon divergence of $P$ and $R$ with weights 0.3 and 0.7.",
        "Compute the weighted Jensen-Shannon divergence between $P$ and $R$ with weights $0.3$, $0.7$.",
        r"Compute the JSD of $P$ and $R$ with the weights $\pi = (0.3, 0.7)$.",
        r"Let $\pi = (0.3, 0.7)$. Compute $JS_{\pi}(P, R)$.",
        r"Let $w = 0.3$. Compute $\mathrm{JS}_w(P \| R)$.",
    ],
)
def test_a_weighted_jensen_shannon_divergence(asked: str) -> None:
    assert only(TWO + asked) == pytest.approx(WEIGHTED, rel=1e-12)


def test_a_weighted_divergence_in_bits() -> None:
    asked = "Compute the Jensen-Shannon divergence of $P$ and $R$ with weights 0.3 and 0.7 in bits."
    assert only(TWO + asked) == pytest.approx(WEIGHTED / log(2), rel=1e-12)


def test_one_weight_is_no_pair() -> None:
    problem = solve(TWO + "Compute the Jensen-Shannon divergence of $P$ and $R$ with weight 0.3.")
    assert errors(problem) == ["task-not-understood"]
    assert not problem.answers


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (r"Compute the focal loss with $\gamma = 2$ at $p = 0.9$.", -(0.1**2) * log(0.9)),
        ("What is the focal loss with γ = 3 at p = 0.6?", -(0.4**3) * log(0.6)),
        ("What is the focal loss with gamma = 2 for a predicted probability of 0.7?", -(0.3**2) * log(0.7)),
        (r"Compute the focal loss with $\gamma = 2$ and $\alpha = 0.25$ for $p = 0.9$.", -0.25 * 0.1**2 * log(0.9)),
    ],
)
def test_a_focal_loss_in_words(asked: str, expected: float) -> None:
    assert only(asked) == pytest.approx(expected, rel=1e-12)


def test_a_focal_loss_without_a_probability_is_refused() -> None:
    problem = solve(r"Compute the focal loss with $\gamma = 2$.")
    assert errors(problem) == ["task-not-understood"]


SCORES = "Let $z = (1, 2, 4)$. "
TEMPERED = entropy(softmax([1, 2, 4], 2))


@pytest.mark.parametrize(
    "asked",
    [
        r"Compute the entropy of $\mathrm{softmax}(z)$ at temperature 2.",
        r"Compute the entropy of $\mathrm{softmax}(z)$ with temperature $T = 2$.",
        r"Let $q = \mathrm{softmax}(z)$. Compute $H(q)$ at a temperature of 2.",
        r"Let $q = \mathrm{softmax}(z / T)$. Compute $H(q)$ at temperature $T = 2$.",
    ],
)
def test_an_entropy_at_a_temperature(asked: str) -> None:
    assert only(SCORES + asked) == pytest.approx(TEMPERED, rel=1e-12)


@pytest.mark.parametrize("asked", ["the softmax probabilities at temperature 0.5", r"softmax of $z$ at temperature $T = 0.5$"])
def test_a_softmax_in_words_at_a_temperature(asked: str) -> None:
    assert only(f"The logits are $z = (1, 2, 4)$. Compute {asked}.") == pytest.approx(softmax([1, 2, 4], 0.5), rel=1e-12)


LABEL = "Let $y = (0, 0, 1, 0)$ and $q = (0.1, 0.2, 0.6, 0.1)$. "


@pytest.mark.parametrize(
    "asked",
    [
        r"Compute the cross-entropy $H(y, q)$ with label smoothing $\epsilon = 0.2$.",
        "Compute the cross-entropy $H(y, q)$ with label smoothing 0.2.",
        "Compute $H(y, q)$ with label smoothing of 0.2.",
    ],
)
def test_a_cross_entropy_of_a_smoothed_label(asked: str) -> None:
    smooth = [0.05, 0.05, 0.85, 0.05]
    expected = -sum(t * log(q) for t, q in zip(smooth, (0.1, 0.2, 0.6, 0.1), strict=True))
    assert only(LABEL + asked) == pytest.approx(expected, rel=1e-12)


def test_a_smoothed_target_that_a_formula_gives() -> None:
    text = r"Label smoothing with $\varepsilon = 0.2$ gives $t = (1 - \varepsilon) y + \frac{\varepsilon}{4}$. "
    assert only(LABEL + text + "Compute the entropy $H(t)$ in bits.") == pytest.approx(
        -(3 * 0.05 * log2(0.05) + 0.85 * log2(0.85)), rel=1e-12
    )


@pytest.mark.parametrize(
    "given",
    [r"$\mu = (0.5, -0.5)$ and $\log \sigma^2 = (0, -1)$", "μ = (0.5, -0.5), log σ² = (0, -1)"],
)
def test_the_term_of_a_variational_autoencoder(given: str) -> None:
    problem = solve(f"Compute the KL term of a VAE with {given} and its gradient with respect to $\\mu$.")
    term, gradient = (answer.value for answer in problem.answers)
    assert term == pytest.approx(0.5 * ((1 + 0.25 - 0 - 1) + (exp(-1) + 0.25 + 1 - 1)), rel=1e-12)
    assert gradient == [0.5, -0.5]


def test_log_variances_that_are_given_stand_for_their_formula() -> None:
    text = r"""The log variances are $s_j = \log \sigma_j^2$. Let $D = \frac12 \sum_{j=1}^{2} (e^{s_j} - 1 - s_j)$ and
$s = [0, 1]$. Compute $D$."""
    assert only(text) == pytest.approx((exp(1) - 2) / 2, rel=1e-12)
