"""Which of two is better, more random or more surprising; comparisons with what a request names."""

from math import log, log2

import pytest

from tests.sheets.information.answers import refusals, solved, values

MODELS = "Let $p = (0.5, 0.5)$, $q_1 = (0.6, 0.4)$ and $q_2 = (0.9, 0.1)$. "
CROSS = [-0.5 * (log2(0.6) + log2(0.4)), -0.5 * (log2(0.9) + log2(0.1))]
TWO = "Let $P = (0.5, 0.5)$ and $Q = (0.9, 0.1)$. "
ENTROPY = -0.9 * log2(0.9) - 0.1 * log2(0.1)


def statement(text: str) -> str:
    """The words of the last statement of a sheet without errors."""
    problem = solved(text)
    assert not [each.message for each in problem.diagnostics if each.severity == "error"], text
    return [each.formula.text for each in problem.answers if each.kind == "statement"][-1]


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Which model is better?", "q₁ is the better one"),
        ("Which of the two models fits better?", ""),
        ("Which one is worse?", "q₂ is the worse one"),
        ("Which model would you prefer?", "q₁ is the better one"),
    ],
)
def test_which_model_is_better(question: str, verdict: str) -> None:
    text = f"{MODELS}Compute $H(p, q_1)$ and $H(p, q_2)$ in bits. {question}"
    if not verdict:
        assert [v for v in [getattr(a, "value", None) for a in solved(text).answers] if v] == pytest.approx(CROSS, rel=1e-12)
        return
    assert verdict in statement(text)


def test_which_model_is_closer_in_parts() -> None:
    parts = "\n\n(a) Compute $D_{KL}(p \\| q_2)$ in nats.\n\n(b) Compute $D_{KL}(p \\| q_1)$ in nats.\n\n(c) "
    assert "q₁ is closer" in statement(f"{MODELS}{parts}Which model is closer to $p$?")


@pytest.mark.parametrize(
    "text",
    [
        f"{TWO}Compute the entropies of $P$ and $Q$ in bits. Which model is better?",
        f"{MODELS}Compute $H(p, q_1)$ in bits. Which model is better?",
        f"{MODELS}Compute $D(p\\|q_1)$ and $D(q_2\\|p)$ in bits. Which model is better?",
    ],
)
def test_numbers_that_do_not_tell_it(text: str) -> None:
    assert [d.code for d in solved(text).diagnostics if d.severity == "error"] == ["task-not-understood"]


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Has the distribution become more or less random?", "the distribution has become less random"),
        ("Has the entropy decreased?", "yes, the entropy has decreased"),
        ("Did the entropy increase or decrease?", "the entropy has decreased"),
        ("Which distribution is more predictable?", "Q is more predictable"),
    ],
)
def test_how_an_entropy_has_changed(question: str, verdict: str) -> None:
    assert verdict in statement(f"{TWO}Compute $H(P)$ and $H(Q)$ in bits. {question}")


def test_the_new_one_is_the_later_one() -> None:
    text = r"Let $p_{new} = (0.5, 0.5)$ and $p_{old} = (0.9, 0.1)$. Compute $H(p_{new})$ and $H(p_{old})$ in bits. "
    assert "has become more uncertain" in statement(text + "Has the policy become more or less uncertain?")


def test_which_outcome_is_more_surprising() -> None:
    text = "A biased coin shows heads with probability 0.75. Which outcome is more surprising? Give both surprisals in bits."
    assert "tails is more surprising" in statement(text)
    assert values(text)[1:] == pytest.approx([-log2(0.75), 2.0], rel=1e-12)
    assert refusals("Let $P = (0.5, 0.3, 0.2)$. Which outcome is more surprising?") == ["task-not-understood"]


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ("Compute $H(P)$ in bits and compare it with $H(Q)$.", [1.0, ENTROPY, None]),
        ("Compute $H(P)$ in bits. Compare your result with the entropy of $Q$ in bits.", [1.0, ENTROPY, None]),
        ("Compute $H(Q)$ and $H(P)$ in bits. Compare the two. Show both numbers.", [ENTROPY, 1.0, None]),
        ("\n\n(a) Compute $H(P)$ in bits.\n\n(b) Compute $H(Q)$ in bits and compare with (a).", [1.0, ENTROPY, None]),
    ],
)
def test_what_a_result_is_compared_with_is_asked_for_too(request_: str, expected: list[float | None]) -> None:
    assert values(TWO + request_) == [each if each is None else pytest.approx(each, rel=1e-12) for each in expected]


def test_both_at_one_point() -> None:
    text = r"The focal loss $FL(p) = -(1 - p)^2 \log p$ and the plain loss $CE(p) = -\log p$ are used. "
    asked = "Compute the focal loss for an easy example with $p = 0.9$, and compare with its plain loss. Show both numbers."
    assert values(text + asked) == [pytest.approx(-0.01 * log(0.9)), pytest.approx(-log(0.9)), None]


@pytest.mark.parametrize("rest", ["compare it with a drawing", "compare with the literature", "compare with half of $H(Q)$"])
def test_other_comparisons_stay_open(rest: str) -> None:
    codes = [d.code for d in solved(f"{TWO}Compute $H(P)$ in bits and {rest}.").diagnostics if d.severity == "error"]
    assert "task-not-understood" in codes


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Convert the cross-entropy of $q_2$ to a perplexity.", 2 ** CROSS[1]),
        ("Convert $H(p, q_1)$ into a perplexity.", 2 ** CROSS[0]),
    ],
)
def test_perplexities_of_what_was_asked(asked: str, expected: float) -> None:
    assert values(f"{MODELS}Compute $H(p, q_1)$ and $H(p, q_2)$ in bits. {asked}")[-1] == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("asked", ["Convert it into a perplexity.", "What perplexity does this correspond to?"])
def test_the_perplexity_of_the_last_entropy(asked: str) -> None:
    found = values(f"Let $p = (0.5, 0.25, 0.25)$. Compute its entropy in bits. {asked}")
    assert found == [1.5, pytest.approx(2**1.5, rel=1e-12)]
    several = solved(f"{MODELS}Compute $H(p, q_1)$ and $H(p, q_2)$ in bits. {asked}")
    assert [d.code for d in several.diagnostics if d.severity == "error"] == ["task-not-understood"]
