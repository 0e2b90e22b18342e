"""Words that only say in which form an answer is wanted, what it is called, or that refer to what was asked before."""

from math import e, log, log2

import pytest

from tests.sheets.information.answers import refusals, solved, units, values

COINS = r"Let $P = \mathrm{Bernoulli}(a)$ and $Q = \mathrm{Bernoulli}(b)$. "
JOINT = r"$p(X, Y) = \{(0, 0): 1/2, (0, 1): 1/4, (1, 0): 0, (1, 1): 1/4\}$. All entropies are in bits. "
TWO = r"Let $P = (0.5, 0.25, 0.25)$ and $Q = (0.25, 0.25, 0.5)$. "
NORMALS = "Let $P = \\mathcal{N}(m, 1)$ and $Q = \\mathcal{N}(n, 1)$.\n\n(a) Find $D_{KL}(P \\| Q)$ in nats.\n\n(b) "


@pytest.mark.parametrize(
    "asked",
    [
        r"Find a formula for $D_{KL}(P \| Q)$ in nats.",
        r"Give a formula for $D_{KL}(P \| Q)$ in terms of $a$ and $b$ (in nats).",
        r"Find a closed form of $D_{KL}(P \| Q)$.",
        r"Derive a closed-form expression for the KL divergence $D_{KL}(P \| Q)$ in nats.",
        r"Express $D_{KL}(P \| Q)$ through $a$ and $b$.",
        r"Write $D_{KL}(P \| Q)$ explicitly as a function of $a$ and $b$, in nats.",
        r"State an explicit form for $D_{KL}(P \| Q)$ in terms of the parameters $a$ and $b$ only.",
        r"Simplify $D_{KL}(P \| Q)$.",
        r"Compute and simplify $D_{KL}(P \| Q)$.",
        r"Determine a simple expression for the relative entropy $D_{KL}(P \| Q)$ in terms of $a, b$.",
        r"Express $D_{KL}(P \| Q)$ as a function of $a$ and $b$ in closed form.",
    ],
)
def test_the_form_of_the_answer_changes_nothing(asked: str) -> None:
    plain = solved(COINS + r"Find $D_{KL}(P \| Q)$ in nats.")
    problem = solved(COINS + asked)
    assert [each.code for each in problem.diagnostics if each.severity == "error"] == []
    [found], [wanted] = problem.answers, plain.answers
    assert getattr(found, "formula").text == getattr(wanted, "formula").text  # noqa: B009
    assert units(COINS + asked) == ["nats"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Calculate $H(X, Y)$ directly from the joint distribution.", 1.5),
        ("Calculate $H(X, Y)$ from the table.", 1.5),
        ("Compute the joint entropy $H(X, Y)$ straight from the joint probabilities.", 1.5),
        ("Compute $I(X; Y)$ directly from its definition.", 0.3112781244591329),
        ("Compute $I(X; Y)$ with the help of the previous parts.", 0.3112781244591329),
        ("Compute $I(X; Y)$ from your answers above.", 0.3112781244591329),
        ("Evaluate $I(X; Y)$ using the joint distribution.", 0.3112781244591329),
        ("Compute $H(X, Y)$ directly.", 1.5),
    ],
)
def test_where_a_calculation_begins_changes_nothing(asked: str, expected: float) -> None:
    assert values(JOINT + asked) == [pytest.approx(expected, rel=1e-12)]


@pytest.mark.parametrize(
    "named",
    ["redundancy", "coding penalty", "regret", "mismatch", "discrepancy", "extra cost", "price", "VAE regulariser"],
)
def test_a_noun_before_a_formula_only_names_it(named: str) -> None:
    assert values(TWO + rf"Calculate the {named} $D(P \| Q)$ in bits.") == [pytest.approx(0.25, rel=1e-12)]


def test_several_formulas_have_one_name() -> None:
    assert values(TWO + "Calculate the Shannon indices $H(P)$ and $H(Q)$ in bits.") == [1.5, 1.5]


@pytest.mark.parametrize(
    "named",
    [
        "half the redundancy", "twice the redundancy", "the average redundancy", "the relative redundancy", "the difference",
        "the normalized redundancy", "the negative redundancy", "the squared regret", "the maximum of", "the square root",
        "the inverse", "the doubled penalty", "the rate of change of", "the percentage of", "the tenfold penalty",
    ],
)  # fmt: skip
def test_words_that_make_another_thing_of_it_are_no_name(named: str) -> None:
    assert refusals(TWO + rf"Calculate {named} $D(P \| Q)$ in bits.") == ["task-not-understood"]


@pytest.mark.parametrize(
    ("asked", "expected", "unit"),
    [
        ("What is its value for $m = 3$ and $n = 1$?", 2.0, "nats"),
        ("What is its value at $m = 3$, $n = 1$?", 2.0, "nats"),
        ("What value does it take for $m = 3$ and $n = 1$?", 2.0, "nats"),
        ("What is the value of it when $m = 3$ and $n = 1$?", 2.0, "nats"),
        ("Give its value for $m = 3$ and $n = 1$ in bits.", 2 / log(2), "bits"),
        ("Evaluate it in bits for $m = 3$ and $n = 1$.", 2 / log(2), "bits"),
        ("What does this give for $m = 3$ and $n = 1$?", 2.0, "nats"),
        ("Evaluate your answer at $m = 3$, $n = 1$.", 2.0, "nats"),
        ("Evaluate the formula from (a) for $m = 3$ and $n = 1$.", 2.0, "nats"),
        ("What is the value of the divergence for $m = 3$ and $n = 1$?", 2.0, "nats"),
        ("Compute this for $m = 3$ and $n = 1$.", 2.0, "nats"),
    ],
)
def test_a_value_of_what_was_asked_before(asked: str, expected: float, unit: str) -> None:
    *_, last = solved(NORMALS + asked).answers
    assert (getattr(last, "value", None), getattr(last, "unit", None)) == (pytest.approx(expected, rel=1e-12), unit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"The redundancy is $\log_2 4 - H(P)$. Compute it.", 2 - (2 * 0.4 * log2(2.5) + 0.2 * log2(10))),
        (r"The information content is $2 - H(P)$, with $H(P)$ in bits. Calculate it.", 0.2780719051126377),
        (r"The Gini impurity is $G = 1 - \sum_i P_i^2$. Find it.", 0.66),
        (r"The efficiency of the source is $\eta = H(P) / \log_2 4$. What is it?", (2 * 0.4 * log2(2.5) + 0.2 * log2(10)) / 2),
        (r"The score is $s = e^{2}$. Evaluate it.", e**2),
    ],
)
def test_it_is_what_the_sentence_before_states(text: str, expected: float) -> None:
    assert values("Let $P = (0.4, 0.1, 0.1, 0.4)$.\n\n(a) " + text + " Find also $H(P)$.")[0] == pytest.approx(
        expected, rel=1e-12
    )


@pytest.mark.parametrize(
    "text",
    [
        r"The sum is $S = \sum_i P_i^2$ and the maximum is $M = 0.3$. Calculate it.",
        r"The ratio is $H(P) / 2$, if the letters are equally likely. Calculate it.",
        r"The bound is $H(P) \le 2$. Calculate it.",
    ],
)
def test_it_is_not_guessed(text: str) -> None:
    assert refusals("Let $P = (0.4, 0.1, 0.1, 0.4)$.\n\n(a) " + text) == ["task-not-understood"]


@pytest.mark.parametrize(
    "given",
    [
        r"the soft target $y = 0.3$ and $\hat y = 0.8$",
        r"the soft label $y = 0.3$ and the predicted probability $\hat y = 0.8$",
        r"the noisy target $y = 0.3$ and the estimated probability $\hat y = 0.8$",
        r"the hard target $y = 0.3$ and probability $\hat y = 0.8$",
        r"a difficult example, $y = 0.3$, with $\hat y = 0.8$",
    ],
)
def test_nouns_before_a_value_only_name_it(given: str) -> None:
    text = rf"The loss is $L = -y \ln \hat y - (1 - y) \ln(1 - \hat y)$. Evaluate $L$ for {given}."
    assert values(text) == [pytest.approx(-0.3 * log(0.8) - 0.7 * log(0.2), rel=1e-12)]


@pytest.mark.parametrize(
    "given", [r"twice the target $y = 0.3$ and $\hat y = 0.4$", r"half the probability $\hat y = 0.4$ and $y = 0.3$"]
)
def test_a_multiple_of_a_value_is_no_name(given: str) -> None:
    text = rf"The loss is $L = -y \ln \hat y - (1 - y) \ln(1 - \hat y)$. Evaluate $L$ for {given}."
    assert refusals(text) == ["task-not-understood"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"If $P = (0.2, 0.8)$ and $Q = (0.5, 0.5)$, find $D_{KL}(P \| Q)$ in bits.", 1 + 0.2 * log2(0.2) + 0.8 * log2(0.8)),
        (r"(a) If $P = (0.5, 0.5)$, find $H(P)$ in bits.", 1),
        (r"If $X \sim \mathrm{Geom}(0.5)$, what is the entropy of $X$ in bits?", 2),
        (r"If $X \sim \mathrm{Exp}(2)$, find the differential entropy $h(X)$ in nats.", 1 - log(2)),
        (
            r"If $A = \mathrm{Geom}(0.4)$ and $B = \mathrm{Geom}(0.25)$, each counting trials, find $D_{KL}(A \| B)$ in nats.",
            log(1.6) + 1.5 * log(0.8),
        ),
        (r"If $P = \mathrm{Exp}(2)$ and $Q = \mathrm{Exp}(3)$, calculate $D_{KL}(P \| Q)$ in nats.", log(2 / 3) + 1.5 - 1),
    ],
)
def test_an_if_that_only_defines_is_a_statement(text: str, expected: float) -> None:
    assert values(text) == [pytest.approx(expected, rel=1e-12)]


def test_each_part_may_suppose_its_own() -> None:
    text = "(a) If $P = (0.5, 0.5)$, find $H(P)$ in bits.\n\n(b) If $P = (0.25, 0.75)$, find $H(P)$ in bits."
    assert values(text) == [1, pytest.approx(2 - 0.75 * log2(3), rel=1e-12)]


@pytest.mark.parametrize(
    "text",
    [
        TWO + r"If $Q = (0.5, 0.5, 0)$ were used, find $D(P \| Q)$ in bits.",
        TWO + "If $P$ is replaced by $Q$, find $H(P)$ in bits.",
        TWO + r"If $P = Q$, find $D(P \| Q)$ in bits.",
        r"Let $P = \mathrm{Poisson}(3)$ and $Q = \mathrm{Poisson}(4)$. If $Q = \mathrm{Poisson}(5)$, find $D(P \| Q)$ in nats.",
    ],
)
def test_an_if_that_changes_something_is_refused(text: str) -> None:
    assert "task-not-understood" in refusals(text)


@pytest.mark.parametrize(
    ("asked", "unit"),
    [
        ("How many bits is the entropy of one toss?", "bits"),
        ("How many nats is the entropy of a toss?", "nats"),
    ],
)
def test_how_many_bits_counts_no_tosses(asked: str, unit: str) -> None:
    text = "A bent coin lands heads with probability 0.25 and tails with probability 0.75. " + asked
    assert values(text) == [pytest.approx((2 - 0.75 * log2(3)) * (1 if unit == "bits" else log(2)), rel=1e-12)]


@pytest.mark.parametrize("lead", ["Find the following quantities.", "Compute each of the following in bits."])
def test_a_lead_asks_for_nothing_itself(lead: str) -> None:
    text = TWO + lead + " The order of the outcomes is that of the lists.\n\n(a) $H(P)$ in bits\n\n(b) $D(P \\| Q)$ in bits"
    assert values(text) == [1.5, 0.25]


@pytest.mark.parametrize("noun", ["(so that its entries sum to zero)", ", so that its entries sum to zero", ""])
def test_what_a_projection_does_may_stand_in_brackets(noun: str) -> None:
    text = (
        r"Let $p = (0.5, 0.5)$, $q = (0.25, 0.75)$ and $C = -\sum_i p_i \ln q_i$. Calculate the gradient of $C$ with respect to"
        f" $q$, projected onto the tangent space of the probability simplex {noun}."
    )
    [value] = values(text)
    assert value == pytest.approx([-2 / 3, 2 / 3], rel=1e-12)
