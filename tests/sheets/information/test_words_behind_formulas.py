"""Words behind a formula that says all by itself, what they may be, and sayings that occur twice or lead to a table."""

from math import exp, log, log2

import pytest

from tests.sheets.information.answers import refusals, solved, units, values

P, Q = (0.7, 0.2, 0.1), (0.25, 0.25, 0.5)
PAIR = r"Let $P = \{a: 0.7, b: 0.2, c: 0.1\}$ and $Q = \{a: 0.25, b: 0.25, c: 0.5\}$. "
JOINT = r"Let $p(X, Y) = \{(0, 0): 1/2, (0, 1): 1/4, (1, 0): 0, (1, 1): 1/4\}$. "
HOT = r"The one-hot label is $y = [0, 1, 0]$, the prediction $\hat y = [0.2, 0.5, 0.3]$. "
BULBS = r"The lifetimes have the densities $p(x) = a e^{-a x}$ and $q(x) = b e^{-b x}$ for $x \ge 0$. "
STUDENT = r"Let $z = (1, 2)$ be the student's logits, $q = \mathrm{softmax}(z)$, $p = (0.5, 0.5)$ and $L = D_{KL}(p \| q)$. "
H_P = -sum(p * log2(p) for p in P)
H_Q = -sum(q * log2(q) for q in Q)
KL = sum(p * log2(p / q) for p, q in zip(P, Q, strict=True))
H_X, H_Y, H_XY = 2 - 0.75 * log2(3), 1.0, 1.5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (JOINT + "Compute the entropy $H(X)$ of the input in bits.", H_X),
        (JOINT + "Compute the entropy $H(Y)$ of the output in bits.", H_Y),
        (JOINT + "Compute the mutual information $I(X; Y)$ between input and output in bits.", H_X + H_Y - H_XY),
        (JOINT + "Find $I(X; Y)$ between the sender and the receiver in bits.", H_X + H_Y - H_XY),
        (PAIR + "Compute the divergence $D(P \\| Q)$ of the student, in bits.", KL),
        ("A forecaster says $P = (0.7, 0.2, 0.1)$. Compute $H(P)$ of the forecaster in bits.", H_P),
        (HOT + r"What is the cross-entropy $H(y, \hat y)$, in bits, with the hard label?", 1.0),
        (HOT + r"What is the cross-entropy $H(y, \hat y)$ with the true label in bits?", 1.0),
        (PAIR + "Compute the Rényi entropy of order 2 of $P$ (the collision entropy) in bits.", -log2(0.54)),
        (PAIR + "Compute the Rényi entropy of order 2 of $P$ (also known as the collision entropy) in bits.", -log2(0.54)),
        (JOINT + "How much information, in bits, does $X$ give about $Y$?", H_X + H_Y - H_XY),
        (JOINT + "Compute the average information of $X$ about $Y$ in bits.", H_X + H_Y - H_XY),
        (JOINT + "Compute the information that $X$ carries about $Y$ in bits.", H_X + H_Y - H_XY),
        (PAIR + "Compute the usual entropy of $P$ in bits.", H_P),
    ],
)
def test_nouns_behind_a_formula_only_name_it(text: str, expected: float) -> None:
    assert values(text) == [pytest.approx(expected, rel=1e-12)]


@pytest.mark.parametrize(
    "asked",
    [
        "Compute $H(P)$ of twice the source in bits.",
        "Compute the entropy $H(P)$ of two throws in bits.",
        "Compute the entropy $H(P)$ of the two throws in bits.",
        "Compute the entropy $H(P)$ of the normalized source in bits.",
        "Compute the entropy $H(P)$ of the noisy version in bits.",
        "Compute the entropy $H(P)$ of the source without $a$ in bits.",
        "Compute the entropy $H(P)$ of $Q$ in bits.",
        "Compute the entropy $H(P)$ of half the source in bits.",
        "Compute the entropy $H(P)$ of the student of the school in bits.",
        "Compute the cross-entropy $H(P, Q)$ with the hard label in bits.",
        "Compute the cross-entropy $H(P, Q)$ with the smoothed label in bits.",
        "Compute the Rényi entropy of order 3 of $P$ (the collision entropy) in bits.",
        "Compute the entropy of $P$ (the perplexity).",
        "Compute the entropy of $P$ rounded to two decimal places.",
        "By how many bits does the entropy exceed the entropy of $P$?",
    ],
)
def test_other_words_are_not_passed_over(asked: str) -> None:
    assert refusals(PAIR + asked) == ["task-not-understood"]


def test_the_label_must_be_the_hard_one() -> None:
    soft = r"The one-hot label is $y = [0, 1, 0]$, smoothed $s = [0.1, 0.8, 0.1]$, the prediction $\hat y = [0.2, 0.5, 0.3]$. "
    assert refusals(soft + r"What is the cross-entropy $H(s, \hat y)$ with the hard label?") == ["task-not-understood"]


def test_the_gradient_of_the_loss_by_the_logits() -> None:
    q = 1 / (1 + exp(1))
    asked = r"Compute the gradient $\frac{\partial L}{\partial z}$ of the loss with respect to the student's logits."
    assert values(STUDENT + asked) == [pytest.approx([q - 0.5, 0.5 - q], rel=1e-12)]
    for other in ("twice the loss", "the regularized loss", "the negative loss"):
        asked = rf"Compute the gradient $\frac{{\partial L}}{{\partial z}}$ of {other} with respect to the logits."
        assert refusals(STUDENT + asked) == ["task-not-understood"]


def test_the_ordinary_loss_of_an_example() -> None:
    text = "Let $F(p) = -(1 - p)^2 \\ln p$ be the focal loss.\n\n"
    text += "(a) Compute the ordinary cross-entropy loss $-\\ln p$ of the hard example, $p = 0.2$."
    assert values(text) == [pytest.approx(-log(0.2), rel=1e-12)]


@pytest.mark.parametrize(
    "same", ["for the same values", "for the same rates", "with the same two parameters", "at the same point"]
)
def test_the_same_values_are_those_of_the_part_before(same: str) -> None:
    text = BULBS + "\n\n(a) What is $\\mathrm{KL}(p \\| q)$ in nats if $a = 2$ and $b = 0.5$?\n\n"
    text += "(b) What is $\\mathrm{KL}(p \\| q)$ in nats if $a = 3$ and $b = 1$?\n\n"
    text += f"(c) What is $\\mathrm{{KL}}(q \\| p)$ in nats {same}?"
    expected = [log(4) - 0.75, log(3) - 2 / 3, 2 - log(3)]
    assert values(text) == [pytest.approx(each, rel=1e-9) for each in expected]


def test_two_sayings_of_a_kind_in_one_sentence() -> None:
    text = PAIR + "What are the uncertainty of $P$ and the uncertainty of $Q$ in bits?"
    assert values(text) == [pytest.approx(H_P, rel=1e-12), pytest.approx(H_Q, rel=1e-12)]
    text = PAIR + "How uncertain is $P$ and how uncertain is $Q$, in bits?"
    assert values(text) == [pytest.approx(H_P, rel=1e-12), pytest.approx(H_Q, rel=1e-12)]
    assert units(text) == ["bits", "bits"]


@pytest.mark.parametrize(
    "purpose",
    [
        ", so that the chain rule $H(X, Y) = H(X) + H(Y \\mid X)$ can be checked",
        " so that $H(X, Y) = H(X) + H(Y \\mid X)$ can be verified",
        ", so that you can check the chain rule $H(X, Y) = H(X) + H(Y \\mid X)$",
    ],
)
def test_what_can_be_checked_is_checked(purpose: str) -> None:
    problem = solved(JOINT + rf"Compute $H(Y \mid X)$ in bits{purpose}.")
    assert not [each for each in problem.diagnostics if each.severity == "error"]
    first, second = problem.answers
    assert getattr(first, "value", None) == pytest.approx(H_XY - H_X, rel=1e-12)
    assert getattr(second, "value", None) is None


@pytest.mark.parametrize(
    "lead",
    [
        "The joint pmf $p(x, y)$ is:",
        "The joint distribution of $X$ and $Y$ is",
        "The joint probability distribution of $X$ and $Y$ is:",
        "The table of $p(x, y)$ is:",
    ],
)
@pytest.mark.parametrize("between", ["", "*(from a survey)*\n\n"])
def test_what_leads_to_a_table_asks_nothing(lead: str, between: str) -> None:
    table = "|  | $y = 0$ | $y = 1$ |\n|---|---|---|\n| $x = 0$ | 0.5 | 0.25 |\n| $x = 1$ | 0 | 0.25 |"
    assert values(f"{lead}\n\n{between}{table}\n\nCompute $H(X)$ in bits.") == [pytest.approx(H_X, rel=1e-12)]


def test_what_ends_openly_asks_for_a_quantity() -> None:
    text = PAIR + "\n\n(a) The entropy of $P$ in bits is:\n\n(b) The value of $D(P \\| Q)$ in bits is"
    assert values(text) == [pytest.approx(H_P, rel=1e-12), pytest.approx(KL, rel=1e-12)]
    assert refusals(PAIR + "\n\n(a) The frobnication of $P$ in bits is:") == ["task-not-understood"]


def test_a_request_with_an_unknown_verb_is_never_passed_over() -> None:
    text = PAIR + "\n\n(a) Assess the entropy of $Q$ when everything is squared."
    assert refusals(text) == ["task-not-understood"]
    recalled = PAIR + "Recall the entropy of a source, where no logarithm of 0 is needed. Compute $H(P)$ in bits."
    assert values(recalled) == [pytest.approx(H_P, rel=1e-12)]


@pytest.mark.parametrize("again", ["Convert to nats.", "Convert these to nats.", "Repeat in nats."])
def test_both_results_are_converted(again: str) -> None:
    text = PAIR + f"\n\n(a) Compute $H(P)$ and $H(Q)$ in bits.\n\n(b) {again}"
    found = [(getattr(each, "value", None), getattr(each, "unit", None)) for each in solved(text).answers]
    assert (pytest.approx(H_P * log(2), rel=1e-12), "nats") in found
    assert (pytest.approx(H_Q * log(2), rel=1e-12), "nats") in found


def test_results_of_several_parts_are_converted() -> None:
    text = PAIR + "\n\n(a) Compute $H(P)$ in bits.\n\n(b) Compute $H(Q)$ in bits.\n\n(c) Convert to nats."
    assert sorted(map(float, map(str, values(text)))) == [
        pytest.approx(each, rel=1e-12) for each in sorted((H_P, H_Q, H_P * log(2), H_Q * log(2)))
    ]


@pytest.mark.parametrize("again", ["Repeat in nats.", "Convert to nats.", "Convert the result to nats.", "And in nats?"])
def test_nothing_is_repeated_behind_what_is_not_understood(again: str) -> None:
    text = PAIR + f"\n\n(a) Compute $H(P)$ in bits.\n\n(b) Compute the frobnication of $Q$ in bits.\n\n(c) {again}"
    problem = solved(text)
    assert [getattr(each, "unit", None) for each in problem.answers] == ["bits"]
    assert [each.code for each in problem.diagnostics if each.severity == "error"] == ["task-not-understood"] * 2


def test_a_loaded_die_is_not_the_fair_one() -> None:
    text = "Consider a fair die and a loaded die. The fair die has $P(x) = 1/6$ for $x = 1, ..., 6$. "
    for thing in ("How uncertain is the loaded die, in bits?", "What is the entropy of the loaded die in bits?"):
        assert refusals(text + thing) == ["task-not-understood"]


def test_a_given_behind_and_belongs_to_the_request() -> None:
    text = r"Evaluate $\ell = -y \ln \hat y - (1-y) \ln(1-\hat y)$ for the soft target $y = 0.3$ and {} $\hat y = 0.4$."
    expected = -0.3 * log(0.4) - 0.7 * log(0.6)
    assert values(text.replace("{}", "the output")) == [pytest.approx(expected, rel=1e-12)]
    assert refusals(text.replace("{}", "half the output")) == ["task-not-understood"]


def test_the_unit_of_an_entropy_beside_its_derivative() -> None:
    text = r"Let $u = (2, 1)$ and $\pi = \mathrm{softmax}(u / T)$. "
    asked = r"Determine $\frac{d}{dT} H(\pi)$ at $T = 2$, with the entropy in nats."
    p = 1 / (1 + exp(-0.5))
    # H of sigma(s), s = 1/T: dH/ds = -s sigma'(s), ds/dT = -1/T^2
    assert values(text + asked) == [pytest.approx(0.5 * p * (1 - p) / 4, rel=1e-9)]


def test_a_projection_in_words() -> None:
    text = r"Let $p = (0.5, 0.3, 0.2)$ and $C(q) = -\sum_{i=1}^{3} p_i \ln q_i$, evaluated at $q = (0.3, 0.3, 0.4)$. "
    free = [-0.5 / 0.3, -1.0, -0.5]
    mean = sum(free) / 3
    asked = r"Compute the gradient $\frac{\partial C}{\partial q}$"
    for words in (", treating the three entries of $q$ as independent", ", regarding all components of $q$ as independent"):
        assert values(text + asked + words + ".") == [pytest.approx(free, rel=1e-12)]
    for words in ("that is, after its mean has been subtracted from each entry", "i.e. after the mean is removed"):
        found = values(text + asked + f" projected onto the simplex, {words}.")
        assert found == [pytest.approx([each - mean for each in free], rel=1e-12)]


@pytest.mark.parametrize(
    "unless", ["unless bits are asked for", "unless bits are explicitly requested", ", unless another unit is asked for"]
)
def test_natural_logarithms_unless_bits_are_asked_for(unless: str) -> None:
    text = f"Use natural logarithms {unless}. {PAIR}"
    problem = solved(text + "\n\n(a) Compute $H(P)$.\n\n(b) Compute $H(Q)$ in bits.")
    assert [getattr(each, "value", None) for each in problem.answers] == [
        pytest.approx(H_P * log(2), rel=1e-12),
        pytest.approx(H_Q, rel=1e-12),
    ]
    assert not [each for each in problem.diagnostics if each.severity != "note"]


def test_that_is_for_a_value() -> None:
    text = r"A decoder has the logits $z = (2, 1)$ and samples from $\mathrm{softmax}(z / T)$. "
    weight = exp(-0.5)
    found = values(text + "\n\n(a) Find the distribution $\\mathrm{softmax}(z / 2)$, i.e. for $T = 2$.")
    assert found == [pytest.approx([1 / (1 + weight), weight / (1 + weight)], rel=1e-12)]
