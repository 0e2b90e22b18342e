"""Requests in other words: each value is worked out by hand from the definition."""

from math import log, log2, sqrt

import pytest

from tests.sheets.information.answers import refusals, solved, values

P, Q = (0.6, 0.3, 0.1), (0.2, 0.3, 0.5)
TWO = "Let $P = (0.6, 0.3, 0.1)$ and $Q = (0.2, 0.3, 0.5)$. "
BITS = -sum(p * log2(p) for p in P)
KL = sum(p * log(p / q) for p, q in zip(P, Q, strict=True))


def cross(base: float) -> float:
    return -sum(p * log(q) for p, q in zip(P, Q, strict=True)) / log(base)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Compute the information content of the position, $2 - H(P)$, in bits.", [2 - BITS]),
        ("Compute the redundancy of the source, $\\log_2 3 - H(P)$, in bits.", [log2(3) - BITS]),
        ("What is the price of this approximation, $D_{KL}(P \\| Q)$, in bits?", [KL / log(2)]),
        ("How far is $P$ from $Q$ in the sense of $D_{KL}(P \\| Q)$?", [KL]),
        ("How many bits, on average, does the wrong belief set us back (the divergence $D_{KL}(P \\| Q)$)?", [KL / log(2)]),
        ("How much did the flips tell me, measured as the KL divergence $D(P \\| Q)$?", [KL]),
        ("By how much does the entropy change, i.e. what is $H(P) - H(Q)$ in bits?", [BITS + sum(q * log2(q) for q in Q)]),
    ],
)
def test_the_formula_behind_a_phrase_is_what_is_asked(text: str, wanted: list[float]) -> None:
    assert values(TWO + text) == pytest.approx(wanted)


@pytest.mark.parametrize(
    "text",
    [
        "Compute twice the redundancy of the source, $2 - H(P)$, in bits.",
        "What is the square root of the price, $D(P \\| Q)$?",
        "What is the average price, $D(P \\| Q)$?",
        "What is the change of the price, $D(P \\| Q)$?",
        "What is the entropy of the model, $D(P \\| Q)$?",
        "Compute the perplexity of the source, $H(P)$.",
        "What is the price of a hundred symbols, $D(P \\| Q)$?",
        "Determine $H(P)$ and $H(Q)$ in bits and nats, respectively.",
    ],
)
def test_words_that_make_another_thing_of_a_formula_are_not_passed_over(text: str) -> None:
    assert refusals(TWO + text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("What is $H(P)$ in bits? By how many bits is that below the maximum $\\log_2 3$?", [BITS, log2(3) - BITS]),
        ("What is $H(P)$ in bits? By how much does it fall short of 1.5 bits?", [BITS, 1.5 - BITS]),
        ("By how many bits is $H(P)$ below the maximum $\\log_2 3$?", [log2(3) - BITS]),
        ("What is $H(P, Q)$ in bits? By how many bits does it exceed $H(P)$?", [cross(2), cross(2) - BITS]),
    ],
)
def test_quantities_are_set_beside_amounts(text: str, wanted: list[float]) -> None:
    assert values(TWO + text) == pytest.approx(wanted)


def test_an_amount_in_another_unit_is_refused() -> None:
    found = solved(TWO + "What is $H(P)$ in nats? By how much does it exceed 1 bit?")
    assert [each.code for each in found.diagnostics if each.severity == "error"] == ["task-not-understood"]
    assert len(found.answers) == 1


SOFA = "Let P(mat) = 0.5, P(floor) = 0.25, P(sofa) = 0.125, P(roof) = 0.125. "


@pytest.mark.parametrize("outcome", ['"sofa"', "`sofa`", "**sofa**", "sofa", "$\\text{sofa}$", "the outcome sofa", "“sofa”"])
def test_an_outcome_is_named_in_any_form(outcome: str) -> None:
    assert values(SOFA + f"What is the surprisal of {outcome} in bits?") == [3]


@pytest.mark.parametrize(
    "text", ['What is the surprisal of "chair" in bits?', "What is the surprisal of this outcome in bits?"]
)
def test_an_outcome_that_is_not_told_is_refused(text: str) -> None:
    assert refusals(SOFA + text)


def test_this_outcome_is_the_one_that_came() -> None:
    text = "Your filter puts P(spam) = 0.75 and P(ham) = 0.25 on a message. The message turns out to be ham. "
    assert values(text + "Give the surprisal of this outcome in bits.") == [2]


@pytest.mark.parametrize(
    ("family", "wanted"),
    [("\\mathrm{Geometric}(p)", 8 - 3 * log2(3)), ("\\mathrm{Bernoulli}(p)", 2 - 0.75 * log2(3))],
)
def test_for_a_value_of_the_parameter(family: str, wanted: float) -> None:
    assert values(f"Let $X \\sim {family}$. Find the entropy in bits for $p = 1/4$.") == pytest.approx([wanted])


def test_a_parameter_is_no_distribution() -> None:
    assert refusals("The count has a strange law with parameter $p$. Find its entropy in nats for $p = 1/4$.")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Determine the entropies $H(P)$ and $H(Q)$, respectively, in bits.", [1.0, 2.0]),
        ("Compute the entropy of each (in bits).", [1.0, 2.0]),
        ("Compute the entropies of both, in bits.", [1.0, 2.0]),
        ("Compute the entropy of each distribution, in bits.", [1.0, 2.0]),
        ("Find $H(P)$ and deduce $H(Q)$, both in bits.", [1.0, 2.0]),
        ("Find $H(P)$ in bits. Then evaluate $H(Q)$ in bits as well.", [1.0, 2.0]),
    ],
)
def test_each_and_both(text: str, wanted: list[float]) -> None:
    assert values("Let $P = (0.5, 0.5)$ and $Q = (0.25, 0.25, 0.25, 0.25)$. " + text) == wanted


def test_both_of_three_is_not_clear() -> None:
    assert refusals(TWO + "Let $R = (0.5, 0.25, 0.25)$. Compute the entropies of both, in bits.")


def test_a_lead_without_a_full_stop_is_completed_by_the_parts() -> None:
    text = (
        "Calculate the Kullback-Leibler divergence in nats\n\n"
        "(a) from a Poisson distribution with mean 2 to a Poisson distribution with mean 5, that is $D_{KL}(P \\| Q)$ where $P$"
        " is Poisson with mean 2 and $Q$ is Poisson with mean 5;\n\n"
        "(b) $D_{KL}(P \\| Q)$ where $P$ is exponential with rate 3 and $Q$ is exponential with rate 2.\n"
    )
    assert values(text) == pytest.approx([2 * log(2 / 5) + 3, log(1.5) + 2 / 3 - 1])


@pytest.mark.parametrize(
    "text",
    [
        "Find the limit for $\\alpha \\to 1$, that is $D_{KL}(P \\| Q)$, in bits.",
        "What is the limit as $\\alpha \\to 1$, i.e. the KL divergence $D_{KL}(P \\| Q)$, in bits?",
    ],
)
def test_a_limit_is_the_quantity_that_it_is_said_to_be(text: str) -> None:
    assert values(TWO + text) == pytest.approx([KL / log(2)])


def test_another_limit_is_refused() -> None:
    assert refusals(TWO + "Find the limit for $\\alpha \\to 2$, that is $D_{KL}(P \\| Q)$, in bits.")


@pytest.mark.parametrize(
    "said",
    ["Verify, with numbers in bits, that $E$.", "Check with numbers that $E$, in bits.", "Confirm $E$ in numbers, in bits."],
)
def test_a_claim_is_checked_with_numbers(said: str) -> None:
    assert not refusals(TWO + said.replace("E", "H(P, Q) = H(P) + D_{KL}(P \\| Q)"))


def test_a_value_beside_a_claim_has_its_unit() -> None:
    text = "Show that $H(P, Q) = H(P) + D(P \\| Q)$, with entropies in bits, and state the value of $D(P \\| Q)$."
    assert values(TWO + text)[-1:] == pytest.approx([KL / log(2)])


def test_the_square_root_of_a_divergence_in_bits() -> None:
    mean = [(p + q) / 2 for p, q in zip(P, Q, strict=True)]
    js = sum(p * log2(p / m) + q * log2(q / m) for p, q, m in zip(P, Q, mean, strict=True)) / 2
    text = "Calculate the Jensen-Shannon distance, i.e. the square root of the Jensen-Shannon divergence in bits."
    assert values(TWO + text) == pytest.approx([sqrt(js)])


def test_a_divergence_is_called_by_its_letter() -> None:
    texts = [str(each) for each in solved(TWO + "Work out $D(P \\| Q)$. Is $D$ symmetric?").answers]
    assert any("not symmetric" in text for text in texts)
    other = solved(TWO + "Work out $D(P \\| Q)$. Is $P$ symmetric?")
    assert [each.code for each in other.diagnostics if each.severity == "error"] == ["no-matrix"]
    definite = solved(TWO + "Work out $D(P \\| Q)$. Is $D$ positive definite?")
    assert [each.code for each in definite.diagnostics if each.severity == "error"] == ["task-not-understood"]


def test_plain_formulas_with_events_and_logarithms() -> None:
    text = "A source has the frequencies f = (0.5, 0.25, 0.25). Compute log_2(3) - H(f)."
    assert values(text) == pytest.approx([log2(3) - 1.5])
    joint = "$p(X=0, Y=0) = 0.4$, $p(X=0, Y=1) = 0.1$, $p(X=1, Y=0) = 0.2$, $p(X=1, Y=1) = 0.3$. "
    assert values(joint + "Determine H(X | Y = 1) in bits.") == pytest.approx([2 - 0.75 * log2(3)])
