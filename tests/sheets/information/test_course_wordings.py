r"""Ordinary wordings of course sheets: what a distribution becomes, code spans, encoders, claims in words, one probability of
two. Expected values by NumPy.
"""

from math import exp, factorial, log, log2

import numpy as np
import pytest

from tests.sheets.information.answers import refusals, solved, values

SMOOTHED = """The smoothed target is $t = (0.9, 0.1)$. A model predicts $q = (0.7, 0.3)$. What is the cross-entropy between the
smoothed target and the prediction?"""
BREGMAN = r"""Let $x = (0.2, 0.8)$ and $y = (0.4, 0.6)$. For the negative entropy $\phi(x) = \sum_i x_i \log x_i$, compute
$B_\phi(x, y)$ (this is the Kullback divergence)."""


def entropy(*p: float) -> float:
    return -sum(x * log(x) for x in p if x)


def softmax(*z: float) -> list[float]:
    weights = [exp(x) for x in z]
    return [x / sum(weights) for x in weights]


def informations(px: list[float], rows: list[list[float]]) -> float:
    """The mutual information of input and output in bits."""
    joint = np.array(px)[:, None] * np.array(rows)
    out = joint.sum(0)
    cells = ((i, j) for i in range(2) for j in range(joint.shape[1]) if joint[i, j] > 0)
    return float(sum(joint[i, j] * log2(joint[i, j] / px[i] / out[j]) for i, j in cells))


@pytest.mark.parametrize(
    ("given", "change", "before", "after"),
    [
        (
            r"A policy has the logits $z = (1, 0, -1)$, so $\pi = \mathrm{softmax}(z)$.",
            r"The temperature is raised to $T = 2$, i.e. the policy becomes $\mathrm{softmax}(z / T)$. What is its entropy?",
            softmax(1, 0, -1),
            softmax(0.5, 0, -0.5),
        ),
        (
            r"A model has logits $z = (1, 2)$ and $q = \mathrm{softmax}(z)$.",
            "The temperature is raised to $T = 2$. What is the entropy of $q$ now?",
            softmax(1, 2),
            softmax(0.5, 1),
        ),
        (
            "A source has $P = (0.5, 0.3, 0.2)$.",
            "The source changes to $(0.6, 0.2, 0.2)$. What is its entropy now?",
            (0.5, 0.3, 0.2),
            (0.6, 0.2, 0.2),
        ),
        (
            r"A policy has $\pi = (0.5, 0.3, 0.2)$.",
            "After training the policy is $(0.8, 0.1, 0.1)$. What is its entropy?",
            (0.5, 0.3, 0.2),
            (0.8, 0.1, 0.1),
        ),
    ],
)
def test_what_a_distribution_becomes_in_a_part(given: str, change: str, before: list[float], after: list[float]) -> None:
    text = f"{given}\n\n(a) What is its entropy in nats?\n\n(b) {change}"
    assert values(text) == pytest.approx([entropy(*before), entropy(*after)], rel=1e-12)


@pytest.mark.parametrize(
    "later",
    [
        "The source changes to $(0.6, 0.2, 0.2)$. What is its entropy now?",
        "A second policy is $(0.8, 0.1, 0.1)$. What is its entropy?",
        "The loss becomes $(0.6, 0.2, 0.2)$. What is its entropy now?",
        "A temperature $T = 2$ is used. What is the entropy then?",
    ],
)
def test_what_holds_no_longer_is_no_answer(later: str) -> None:
    text = rf"Let $z = (1, 2)$. A policy has $P = \mathrm{{softmax}}(z)$. {later}"
    assert refusals(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Let `P = (0.5, 0.5)` and `Q = (0.25, 0.75)`. Compute `KL(P || Q)` in bits.", 0.5 * log2(2) + 0.5 * log2(2 / 3)),
        (
            "Let `P = {red: 0.5, green: 0.5}` and `Q = {red: 0.25, green: 0.75}`. Compute the KL divergence of `P` from `Q`.",
            0.5 * log(2) + 0.5 * log(2 / 3),
        ),
        ("Given `p = [0.5, 0.25, 0.25]`, compute the entropy of `p` in bits.", 1.5),
        ("Call `entropy(p)` with `p = (0.5, 0.5)`. Let $p = (0.25, 0.75)$. Compute $H(p)$ in nats.", entropy(0.25, 0.75)),
        ("Let $p = (0.5, 0.5)$ and $q = (0.9, 0.1)$. Derive and evaluate $D(p \\| q)$.", 0.5 * log(5 / 9) + 0.5 * log(5)),
        (r"A biased coin has $P(\text{heads}) = 0.7$. What is the entropy of one toss in nats?", entropy(0.7, 0.3)),
        ("A coin has $P(H) = 0.7$. How much information does one toss carry on average, in nats?", entropy(0.7, 0.3)),
        ("The number of typos on a page is Poisson with mean 2. What is the entropy of the number of typos in nats?",
         entropy(*(exp(-2) * 2**k / factorial(k) for k in range(60)))),
        (SMOOTHED, -0.9 * log(0.7) - 0.1 * log(0.3)),
        (BREGMAN, 0.2 * log(0.5) + 0.8 * log(4 / 3)),
    ],
)  # fmt: skip
def test_ordinary_wordings(text: str, expected: float) -> None:
    assert values(text) == pytest.approx([expected], rel=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        "A die has $P(6) = 0.3$. What is its entropy in bits?",
        "A coin has $P(H) = 0.7$, and it may land on its edge. What is its entropy in bits?",
        "A coin has $P(H) = 0.7$. It is tossed ten times. What is the entropy in bits?",
        "Given `p = [0.5, 0.25, 0.25].reverse()`, compute the entropy of `p` in bits.",
    ],
)
def test_what_is_not_said_in_full(text: str) -> None:
    assert refusals(text)


def test_the_same_for_another_order() -> None:
    text = (
        r"Compute the Rényi divergence of order $\alpha = 2$ of $P = (0.5, 0.5)$ from $Q = (0.25, 0.75)$. Do the same for order"
    )
    half = -2 * log(np.sqrt(0.125) + np.sqrt(0.375))
    assert values(rf"{text} $\alpha = 1/2$.") == pytest.approx([log(4 / 3), half], rel=1e-12)
    assert refusals("Let $P = (0.5, 0.5)$. What is $Q$? Do the same for order 3.")


OUTPUT = r"An encoder outputs $\mu = [0.5, -0.2]$ and $\log \sigma^2 = [-0.1, 0.3]$. "


@pytest.mark.parametrize(
    "asked",
    [
        "Compute the KL term of the VAE loss.",
        "Compute the KL divergence to the standard normal.",
        "The prior is the standard normal. Compute the KL divergence between the posterior and the prior.",
        r"What is the KL regularizer of the ELBO, with the standard normal prior $\mathcal{N}(0, I)$?",
    ],
)
def test_the_term_of_what_an_encoder_puts_out(asked: str) -> None:
    expected = 0.5 * (exp(-0.1) + 0.25 - 1 + 0.1 + exp(0.3) + 0.04 - 1 - 0.3)
    assert values(OUTPUT + asked) == pytest.approx([expected], rel=1e-12)


@pytest.mark.parametrize(
    "asked",
    [
        r"The prior is $\mathcal{N}(0, 4 I)$. Compute the KL term of the VAE loss.",
        "The prior has variance 4. Compute the KL term of the VAE loss.",
        "Compute the KL divergence from the standard normal prior to the posterior.",
        r"Compute the KL term of the beta-VAE loss with $\beta = 4$.",
    ],
)
def test_another_prior_or_direction_is_not_passed_over(asked: str) -> None:
    assert refusals(OUTPUT + asked)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        (r"Show that the entropy of an exponential with rate $\lambda$ is $1 - \ln \lambda$.", True),
        (r"Show that the entropy of $X \sim \mathrm{Exp}(\lambda)$ is $2 - \ln \lambda$.", False),
        (r"Let $X$ be exponential with rate $\lambda$. Show that $h(X) = 1 - \ln \lambda$.", True),
        ("Let $p = (1/2, 1/4, 1/8, 1/8)$. Verify that the entropy of $p$ is 1.75 bits.", True),
        ("Let $p = (0.5, 0.5)$ and $q = (0.25, 0.75)$. Show that the KL divergence between $p$ and $q$ equals $0.25$.", False),
    ],
)
def test_what_is_to_be_shown_of_a_quantity_in_words(text: str, *, holds: bool) -> None:
    problem = solved(text)
    (answer,) = problem.answers
    assert answer.kind == "statement"
    assert ("does not hold" in answer.formula.text) is not holds


def test_a_closed_form_that_is_to_be_shown_is_stated() -> None:
    text = r"Let $p = \mathcal{N}(\mu, 4)$. Show that its entropy has a closed form, and state it."
    assert values(text) == pytest.approx([0.5 * log(8 * np.pi * np.e)], rel=1e-12)
    assert refusals(r"Let $p = \mathcal{N}(\mu, 4)$. Show that its entropy does not depend on $\mu$.")


@pytest.mark.parametrize(
    ("channel", "rows"),
    [
        ("A channel flips each bit with probability 0.1. The input is 0 or 1 with equal probability.",
         [[0.9, 0.1], [0.1, 0.9]]),
        ("A channel erases each bit with probability 0.25. The inputs 0 and 1 are equally likely.",
         [[0.75, 0.25, 0], [0, 0.25, 0.75]]),
        ("A Z channel always transmits a $0$ correctly and turns a $1$ into a $0$ with probability 0.15. The input is uniform.",
         [[1, 0], [0.15, 0.85]]),
        ("A Z channel always transmits a 1 correctly and turns a 0 to 1 with probability 0.15. The input is uniform.",
         [[0.85, 0.15], [0, 1]]),
    ],
)  # fmt: skip
def test_channels_that_words_describe(channel: str, rows: list[list[float]]) -> None:
    asked = " What is the mutual information of input and output in bits?"
    assert values(channel + asked) == pytest.approx([informations([0.5, 0.5], rows)], rel=1e-12)


@pytest.mark.parametrize("when", ["before the test", "before seeing $T$"])
def test_an_entropy_before_anything_is_known(when: str) -> None:
    table = "| | T = pos | T = neg |\n|---|---|---|\n| D = yes | 0.1 | 0.2 |\n| D = no | 0.3 | 0.4 |\n\n"
    assert values(f"{table}Find the entropy of $D$ {when}, in nats.") == pytest.approx([entropy(0.3, 0.7)], rel=1e-12)
    assert refusals(f"{table}Find the entropy of $D$ after the test, in nats.")
    assert refusals(f"{table}Find the entropy of $D$ before smoothing, in nats.")


ILL = "A patient has one of the conditions $A$, $B$, $C$. The prior is $P = (0.5, 0.3, 0.2)$. "
CHANCES = "The symptom has probability 0.1 under $A$, 0.4 under $B$ and 0.7 under $C$. "


@pytest.mark.parametrize("likelihood", [CHANCES, "The likelihoods are $L = (0.1, 0.4, 0.7)$. "])
def test_a_posterior_by_the_rule_of_bayes(likelihood: str) -> None:
    posterior = np.array([0.05, 0.12, 0.14]) / 0.31
    found = values(f"{ILL}{likelihood}Compute the posterior $Q$. What is the information gain $D_{{KL}}(Q \\| P)$ in bits?")
    assert found[0] == pytest.approx(posterior, rel=1e-12)
    assert found[1] == pytest.approx(float(np.sum(posterior * np.log2(posterior / [0.5, 0.3, 0.2]))), rel=1e-12)


@pytest.mark.parametrize(
    "said",
    [
        "The symptom has probability 0.1 under $B$, 0.4 under $A$ and 0.7 under $C$. ",
        "The symptom has probability 0.1 under $A$ and 0.4 under $B$. ",
        f"{CHANCES}Two independent symptoms are seen. ",
        f"{CHANCES}It is not seen. ",
    ],
)
def test_a_posterior_that_is_not_told(said: str) -> None:
    assert refusals(f"{ILL}{said}Compute the posterior $Q$.")


FLIPS = "A binary symmetric channel flips each transmitted bit with probability 0.15. "
SENDS = "The source sends $x = 0$ with probability 0.6 and $x = 1$ with probability 0.4. "
Z_TABLE = """The joint distribution of {} is

| $P(x, y)$ | $y = 0$ | $y = 1$ |
|---|---|---|
| $x = 0$ | 0.5 | 0 |
| $x = 1$ | 0.1 | 0.4 |

"""
SHOOTS = "A player scores each free throw independently with probability 0.25. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FLIPS + SENDS + "What is the entropy of the output, $H(Y)$, in bits?", 0.9858150371789199),
        (
            "The source emits a 0 with probability 0.6 and a 1 otherwise. " + FLIPS + "What is $I(X;Y)$ in bits?",
            0.37597473246251945,
        ),
        (
            (
                "A binary symmetric channel with input $A$ and output $B$ flips each bit with probability"
                " 0.1. The input is 1 with probability 0.2"
                " and 0 with probability 0.8. Find $I(A; B)$ in bits."
            ),
            0.3577507789033367,
        ),
        (
            Z_TABLE.format("input and output") + "Find the mutual information between input and output in bits.",
            0.6099865470109875,
        ),
        (
            Z_TABLE.format("weather and traffic") + "What is the mutual information of the weather and the traffic?",
            0.42281045524016253,
        ),
        (
            (
                "The number $X$ of defective bulbs in a sample of $n = 4$ follows a binomial distribution"
                " with success probability"
                " 0.3. What is the entropy of $X$ in bits?"
            ),
            1.8667825192319525,
        ),
        (
            SHOOTS + "Let $N$ be the number of throws up to and including the first success. Find $H(N)$ in bits.",
            3.2451124978365313,
        ),
        (
            (
                "An archer hits with probability 0.4 at every shot. The number $T$ of shots until the"
                " first hit is recorded. Find"
                " the entropy of $T$ in nats."
            ),
            1.6825291675231413,
        ),
        (r"Let $K$ take values in $\{1, 2, 3, 4, 5\}$ with $P(K = k) = k/15$. Find $H(K)$.", 1.4897503188505912),
        (r"Let $X \in \{1, 2, 3, 4, 5\}$ with $P(X = x) = x/15$. Find $H(X)$.", 1.4897503188505912),
        (
            (
                r"Let $P(k) = k/15$ for $k = 1, \dots, 5$, and let $U$ be the uniform distribution on the"
                r" same set. Find"
                r" $D(P \| U)$ in nats."
            ),
            0.11968759358350911,
        ),
        (
            r"Let $P = (1/15, 2/15, 3/15, 4/15, 5/15)$ and $U$ the uniform distribution on the same set. Find $D(P \| U)$.",
            0.11968759358350911,
        ),
        (
            (
                'A model reads the four-token sentence "the cat sat down" and assigns the tokens the'
                " probabilities 0.2, 0.1, 0.25"
                " and 0.05 in turn. What is the perplexity of the model on this sentence?"
            ),
            7.952707287670506,
        ),
        (
            (
                "The held-out distribution is $p = (0.5, 0.5)$ and the model is $q = (0.25, 0.75)$. What"
                " is the cross-entropy of"
                " the model on the held-out data, in bits?"
            ),
            1.207518749639422,
        ),
    ],
)
def test_who_sends_counts_and_reads_what_is_said_in_words(text: str, expected: float) -> None:
    assert values(text) == [pytest.approx(expected, rel=1e-9)]


@pytest.mark.parametrize(
    "text",
    [
        "The input is 0 with probability 0.6 and 1 with probability 0.4. What is the entropy of the output, $H(Y)$?",
        "Each bit is repeated three times. " + SENDS + FLIPS + "What is the entropy $H(Y)$ of the output?",
        Z_TABLE.format("weather and traffic") + "Compute the joint entropy of weather and mood.",
        Z_TABLE.format("weather and traffic") + "Find the mutual information of the weather and tomorrow's traffic.",
        "The number $X$ of defects in each of 4 samples is binomial with success probability 0.3. Find the entropy of $X$.",
        SHOOTS + "Let $N$ be the number of throws until the first miss. Find the entropy of $N$.",
        SHOOTS + "Let $N$ be the number of throws until the first success, but at most 3. Find the entropy of $N$.",
        (
            "A model reads a five-token sentence and assigns the tokens the probabilities 0.2, 0.1 and"
            " 0.25 in turn. What is the"
            " perplexity of the model on this sentence?"
        ),
        r"Let $K$ take odd values in $\{1, 2, 3\}$ with $P(K = k) = k/4$. Find the entropy of $K$.",
    ],
)
def test_another_side_event_or_set_is_not_taken_for_it(text: str) -> None:
    assert refusals(text)


def test_the_inputs_of_a_channel_in_a_later_part() -> None:
    text = (
        FLIPS
        + SENDS
        + """All answers in bits.

(a) How much information does the output convey about the input, i.e. what is $I(X;Y)$?

(b) What does the mutual information become if the two inputs are used equally often?"""
    )
    assert values(text) == pytest.approx([0.37597473246251945, 0.3901596952835995], rel=1e-9)


def test_general_parameters_before_a_derivative() -> None:
    text = r"""Let $\lambda = 3$ and $\mu = 5$. For general $\lambda$ and $\mu$, differentiate
$\mathrm{KL}(\mathrm{Poisson}(\lambda) \| \mathrm{Poisson}(\mu))$ with respect to $\mu$."""
    assert values(text) == [pytest.approx(0.4)]  # 1 - 3/5
