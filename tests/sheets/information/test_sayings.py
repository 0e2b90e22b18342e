"""Quantities that are asked for by what they mean, and requests that say in which form an answer is wanted."""

from math import exp, log, log2, sqrt

import pytest

from tests.sheets.information.answers import refusals, solved, units, values

P, Q = (0.7, 0.2, 0.1), (0.25, 0.25, 0.5)
PAIR = r"Let $P = \{a: 0.7, b: 0.2, c: 0.1\}$ and $Q = \{a: 0.25, b: 0.25, c: 0.5\}$. "
JOINT = r"Let $p(X, Y) = \{(0, 0): 1/2, (0, 1): 1/4, (1, 0): 0, (1, 1): 1/4\}$. "
H_P = -sum(p * log2(p) for p in P)
H_Q = -sum(q * log2(q) for q in Q)
CROSS = -sum(p * log2(q) for p, q in zip(P, Q, strict=True))
CROSS_BACK = -sum(q * log2(p) for p, q in zip(P, Q, strict=True))
KL, KL_BACK = CROSS - H_P, CROSS_BACK - H_Q
TV = sum(abs(p - q) for p, q in zip(P, Q, strict=True)) / 2
HELLINGER = sqrt(1 - sum(sqrt(p * q) for p, q in zip(P, Q, strict=True)))
RENYI = log2(sum(p * p / q for p, q in zip(P, Q, strict=True)))
H_X = 2 - 0.75 * log2(3)
MUTUAL = H_X + 1 - 1.5


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("How much information is lost, in bits, when $Q$ is used to approximate $P$?", KL),
        ("How many bits of information are lost if $P$ is used instead of $Q$?", KL_BACK),
        ("Compute the information lost by approximating $P$ with $Q$ in bits.", KL),
        ("How much information, in bits, is lost when we approximate $Q$ by $P$?", KL_BACK),
        ("What is the loss of information in bits when $P$ is approximated by $Q$?", KL),
        ("How many extra bits per symbol does one pay for coding $P$ with a code for $Q$?", KL),
        ("How many additional bits are needed on average to encode outcomes of $Q$ with a code designed for $P$?", KL_BACK),
        ("How many extra bits are wasted if we encode $P$ with the optimal code for $Q$?", KL),
        ("What is the cost, in bits per symbol, of coding $Q$ with a code for $P$?", CROSS_BACK),
        ("What is the expected code length in bits when $P$ is coded with a code that is optimal for $Q$?", CROSS),
        ("Find the average number of bits per symbol when symbols from $P$ are encoded using an optimal code for $Q$.", CROSS),
        ("How far apart are $P$ and $Q$ in total variation?", TV),
        ("How different are the two distributions in total variation distance?", TV),
        ("How far is $Q$ from $P$ in Hellinger distance?", HELLINGER),
        ("Compute half the $L_1$ distance between $P$ and $Q$.", TV),
        ("Compute half of the L1 distance between $Q$ and $P$.", TV),
        ("What is the second-order Rényi divergence of $P$ from $Q$ in bits?", RENYI),
        ("What is the Rényi-2 divergence of $P$ from $Q$ in bits?", RENYI),
        (r"Compute the $\chi^2$ divergence of $P$ from $Q$.", 0.45**2 / 0.25 + 0.05**2 / 0.25 + 0.4**2 / 0.5),
        ("Compute the Neyman chi-squared divergence of $P$ from $Q$.", 0.45**2 / 0.7 + 0.05**2 / 0.2 + 0.4**2 / 0.1),
        ("What is the KL divergence, in bits, when $P$ is the true distribution and $Q$ the model?", KL),
        ("By how much does $H(Q)$ exceed $H(P)$ in bits?", H_Q - H_P),
        ("By how many bits does the cross-entropy $H(P, Q)$ exceed the entropy $H(P)$?", KL),
        ("How far is $H(P, Q)$ above $H(P)$, in bits?", KL),
        ("How many bits of entropy has $Q$?", H_Q),
        ("How many bits of entropy are there in $P$?", H_P),
        ("How many bits of entropy has the distribution $Q$, $H(Q)$?", H_Q),
        ("How uncertain is $P$, in bits?", H_P),
        ("Quantify the uncertainty of $P$ in bits.", H_P),
        ("Find the average information of $P$ in bits.", H_P),
        ("What is the expected information of an outcome of $Q$ in bits?", H_Q),
        ("The entropy of $P$, in bits, is?", H_P),
        ("State the value of $H(P)$ in bits.", H_P),
        ("What is the surprisal of $c$ under $P$ in bits?", -log2(0.1)),
        ("Compute the surprisal of b according to Q in bits.", 2),
        ("Compute the self-information of outcome c in $Q$ in bits.", 1),
    ],
)
def test_what_a_quantity_means(asked: str, expected: float) -> None:
    assert values(PAIR + asked) == [pytest.approx(expected, rel=1e-12)]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("What is the uncertainty of $Y$ given $X$ in bits?", 1.5 - H_X),
        ("What is the remaining uncertainty about $X$ when $Y$ is known, in bits?", 0.5),
        ("Find the entropy of $X$ conditioned on $Y$ in bits.", 0.5),
        ("How much uncertainty about $X$ remains, in bits, when $Y$ is known?", 0.5),
        ("How much information does $X$ give about $Y$, in bits?", MUTUAL),
        ("How much information about $X$ does $Y$ carry, in bits?", MUTUAL),
        ("How many bits of information do $X$ and $Y$ share?", MUTUAL),
        ("By how many bits does knowing $Y$ reduce the uncertainty about $X$?", MUTUAL),
        ("What is the entropy of the pair $(X, Y)$ in bits?", 1.5),
        ("What is the entropy of $Y$ given $X = 0$ in bits?", log2(3) - 2 / 3),
        ("Compute the conditional entropy of $Y$ given $X = 0$ in bits.", log2(3) - 2 / 3),
        ("What is the entropy of $X$ when $Y = 0$, in bits?", 0),
    ],
)
def test_what_a_quantity_of_variables_means(asked: str, expected: float) -> None:
    assert values(JOINT + asked) == [pytest.approx(expected, rel=1e-12)]


@pytest.mark.parametrize(
    "text",
    [
        PAIR + "How many extra bits per symbol are needed when $P$ is coded with a Huffman code for $Q$?",
        PAIR + "How many extra bits per block of 3 symbols are needed when $P$ is coded with a code for $Q$?",
        PAIR + "How much information is lost when $Q$ is used for $P$ half of the time?",
        PAIR + "What is the penalty, in bits, for using $Q$ instead of $P$?",
        PAIR + "Compute half the $L_2$ distance between $P$ and $Q$.",
        PAIR + "Compute half the squared L1 distance between $P$ and $Q$.",
        PAIR + r"Compute $D_{KL}(P \parallel Q)$, the limit $\alpha \to 2$ of the Rényi divergence.",
        PAIR + "What is the uncertainty of $P$?",
        PAIR + "Assess the entropy of $P$ in bits.",
        JOINT + "By how many bits does knowing $Y = 0$ reduce the uncertainty about $X$?",
        JOINT + "Compute the mutual information of $Y$ and $X = 0$ in bits.",
    ],
)
def test_what_may_mean_another_quantity_is_refused(text: str) -> None:
    assert "task-not-understood" in refusals(text)


@pytest.mark.parametrize(
    "asked",
    [
        "Give $H(P)$ in bits to 4 decimals.",
        "Compute the entropy of $P$ in bits, rounded to three decimal places.",
        "Compute $H(P)$ in bits, giving your answer to four decimal places.",
        "Compute $H(P)$ (in bits) correct to 3 significant figures.",
    ],
)
def test_how_many_digits_are_wanted_changes_nothing(asked: str) -> None:
    assert values(PAIR + asked) == [pytest.approx(H_P, rel=1e-12)]


@pytest.mark.parametrize(
    "again",
    [
        "Convert to nats.",
        "Convert your answer to nats.",
        "Express it in nats.",
        "Convert (a) to nats.",
        "Repeat part (a) in nats.",
        "Do the same in nats.",
    ],
)
def test_the_same_in_another_unit(again: str) -> None:
    text = f"{PAIR}\n\na) Compute the entropy of $P$ in bits.\n\nb) {again}"
    assert values(text) == [pytest.approx(H_P, rel=1e-12), pytest.approx(H_P * log(2), rel=1e-12)]
    assert units(text) == ["bits", "nats"]


def test_the_same_of_another_distribution() -> None:
    text = "Let $P = (0.7, 0.3)$ and $Q = (0.5, 0.5)$.\n\na) Compute $H(P)$.\n\nb) Repeat for $Q$."
    assert values(text) == [pytest.approx(-0.7 * log(0.7) - 0.3 * log(0.3), rel=1e-12), pytest.approx(log(2), rel=1e-12)]


def test_an_exchange_keeps_the_unit() -> None:
    text = PAIR + "\n\na) Compute $D_{KL}(P \\parallel Q)$ in bits.\n\nb) Do the same with $P$ and $Q$ swapped."
    assert values(text) == [pytest.approx(KL, rel=1e-12), pytest.approx(KL_BACK, rel=1e-12)]
    assert units(text) == ["bits", "bits"]


def test_both_numbers_are_in_the_unit_that_is_wanted() -> None:
    text = PAIR + "Is the KL divergence symmetric? Give both numbers in bits."
    numbers = [value for value in values(text) if value is not None]
    assert numbers == [pytest.approx(KL, rel=1e-12), pytest.approx(KL_BACK, rel=1e-12)]


def test_a_limit_beside_a_notation() -> None:
    for said in (r"the limit $\alpha \to 1$", r"the limit of the Rényi divergence for $\alpha \to 1$"):
        asked = rf"Compute $D_{{KL}}(P \parallel Q)$ in bits, {said}."
        assert values(PAIR + asked) == [pytest.approx(KL, rel=1e-12)]


@pytest.mark.parametrize("verb", ["Verify", "Check", "Confirm"])
def test_an_identity_is_checked_by_a_value(verb: str) -> None:
    problem = solved(rf"{JOINT}{verb} the chain rule $H(X, Y) = H(Y) + H(X \mid Y)$ by computing $H(X, Y)$ in bits.")
    assert [value for a in problem.answers if isinstance(value := getattr(a, "value", None), float)] == [pytest.approx(1.5)]
    assert [answer.kind for answer in problem.answers].count("statement") == 1
    assert not [each for each in problem.diagnostics if each.severity == "error"]


def test_a_label_that_a_part_gives() -> None:
    text = (
        "The logits of a network are $z = (1, 0, -1)$; $p = \\mathrm{softmax}(z)$.\n\n"
        "a) Compute the cross-entropy $L = -\\sum_k y_k \\log p_k$ for the label $y = (0, 1, 0)$.\n\n"
        "b) Compute the cross-entropy for the label $y = (0, 0, 1)$."
    )
    total = log(exp(1) + 1 + exp(-1))
    assert values(text) == [pytest.approx(total, rel=1e-12), pytest.approx(total + 1, rel=1e-12)]


@pytest.mark.parametrize("asked", ["when the label is", "if the true label is", "for the target"])
def test_a_label_in_the_request(asked: str) -> None:
    text = f"Let $p = (0.2, 0.3, 0.5)$. Compute the cross-entropy {asked} $y = (0, 0, 1)$."
    assert values(text) == [pytest.approx(log(2), rel=1e-12)]


@pytest.mark.parametrize("head", ["P", r"\Pr"])
def test_outcomes_whose_probabilities_are_given_one_by_one(head: str) -> None:
    text = rf"A wheel shows $X$ with ${head}(X = 1) = 0.5$, ${head}(X = 2) = 0.25$ and ${head}(X = 3) = 0.25$. "
    assert values(text + "What is the surprisal of the outcome 3 in bits?") == [pytest.approx(2)]


def test_a_derivative_at_a_number_needs_no_other_words() -> None:
    text = "Let $g(p) = -(1 - p)^2 \\log p$. Compute the derivative $g'(0.5)$."
    assert values(text) == [pytest.approx(2 * 0.5 * log(0.5) - 0.25 / 0.5, rel=1e-12)]


def test_a_quantity_of_something_beside_its_own_formula() -> None:
    text = (
        "A model gives the tokens the probabilities $p = (0.5, 0.25, 0.5)$ in turn. "
        "Let $\\ell = -\\frac13 \\sum_{i=1}^{3} \\ln p_i$. "
        "Compute the perplexity of the sentence, $\\mathrm{PP} = \\exp(\\ell)$."
    )
    assert values(text) == [pytest.approx(16 ** (1 / 3), rel=1e-12)]


@pytest.mark.parametrize(
    "asked",
    [
        r"Compute $\frac{\partial K}{\partial q}$ (treat the entries of $q$ as free variables).",
        "Compute the gradient of $K$ with respect to $q$, ignoring the constraint that the entries sum to 1.",
        "Compute the gradient of $K$ with respect to $q$ without the simplex constraint.",
    ],
)
def test_a_gradient_that_is_not_projected(asked: str) -> None:
    text = r"Let $p = (0.25, 0.75)$, $q = (0.5, 0.5)$ and $K = \sum_i p_i \log \frac{p_i}{q_i}$. " + asked
    assert values(text) == [[pytest.approx(-0.5), pytest.approx(-1.5)]]


def test_what_a_projection_does() -> None:
    text = (
        r"Let $p = (0.25, 0.75)$, $q = (0.5, 0.5)$ and $K = \sum_i p_i \log \frac{p_i}{q_i}$. Compute the projected gradient"
        " of $K$ with respect to $q$ on the simplex, i.e. the gradient minus the mean of its entries."
    )
    assert values(text) == [[pytest.approx(0.5), pytest.approx(-0.5)]]


def test_freedom_of_another_vector_is_refused() -> None:
    text = r"Let $p = (0.25, 0.75)$, $q = (0.5, 0.5)$ and $K = \sum_i p_i \log \frac{p_i}{q_i}$. "
    assert "task-not-understood" in refusals(
        text + r"Compute $\frac{\partial K}{\partial q}$ (treat the entries of $p$ as free)."
    )
