"""Nouns that the text does not define: they mean the only distribution, or the request is refused."""

from math import e, exp, log2

import pytest

from tests.sheets.information.answers import notes, refusals, solved, values

MENU = r"Let $P = (0.5, 0.25, 0.25)$. "
RACE = """
Four boats have the winning probabilities

| boat | probability |
|---|---|
| Albatross | 1/2 |
| Bora | 1/4 |
| Cygnet | 1/8 |
| Dart | 1/8 |

"""
LOGITS = r"The logits are $z = (1, 2)$; one samples from $p_T = \mathrm{softmax}(z / T)$ at the temperature $T$."

TEA = "Tom takes tea with probability 0.7 and coffee with probability 0.3. "
SPINNER = "A spinner shows red with probability 1/2, green with probability 1/3 and blue with probability 1/6. "
WIND = """
Wind and rain have the joint distribution

| $p(x, y)$ | $y = 1$ | $y = 2$ |
|---|---|---|
| $x = 0$ | 1/8 | 1/4 |
| $x = 1$ | 1/2 | 1/8 |

"""

SAMPLES = LOGITS + "\n\n"


def entropy(*chances: float) -> float:
    return -sum(chance * log2(chance) for chance in chances)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MENU + "Compute the entropy of the menu in bits.", 1.5),
        (MENU + "Compute the perplexity of the lunch menu.", 2**1.5),
        (RACE + "What is the entropy of the race in bits?", 1.75),
        (RACE + "How many bits is the entropy of the regatta?", 1.75),
        (TEA + "What is the entropy of Tom's choice in bits?", entropy(0.7, 0.3)),
        (SPINNER + "Compute the entropy of the spinner in bits.", entropy(1 / 2, 1 / 3, 1 / 6)),
        (SAMPLES + "Compute the entropy of the sampling distribution in bits for $T = 1$.", entropy(1 / (1 + e), e / (1 + e))),
    ],
)  # fmt: skip
def test_the_only_distribution_is_meant(text: str, expected: float) -> None:
    assert values(text) == [pytest.approx(expected, rel=1e-12)]
    assert any("is taken for" in note and "the only distribution here" in note for note in notes(text))


@pytest.mark.parametrize(
    "words",
    [
        "entropy of the next letter", "entropy of the stationary distribution", "entropy rate of the menu",
        "entropy of the sum", "entropy of the product", "entropy of the tilted distribution", "entropy of two menus",
        "entropy of the posterior", "entropy of the menu given rain", "entropy of the week", "entropy of the menu tomorrow",
        "conditional entropy of the menu", "entropy of the average menu", "entropy per menu",
        "entropy of the maximum", "surprisal of the menu", "entropy of the menu and the weather",
    ],
)  # fmt: skip
def test_a_changing_word_refuses(words: str) -> None:
    assert refusals(MENU + f"Compute the {words} in bits.") == ["task-not-understood"]


@pytest.mark.parametrize(
    "text",
    [
        MENU + "Let $Q = (0.2, 0.3, 0.5)$. Compute the entropy of the menu.",
        WIND + "What is the entropy of the wind?",
        "A lottery pays a prize with probability 0.1. Compute the entropy of the lottery.",
    ],
)
def test_of_two_candidates_or_none_nothing_is_taken(text: str) -> None:
    assert len(refusals(text)) == 1


def test_what_a_question_compares_with_is_no_candidate() -> None:
    asked = (
        "a) What is the KL divergence from this distribution to the uniform distribution over the four boats, in bits?\n\n"
        "b) What is the perplexity of this distribution?"
    )
    assert values(RACE + asked) == [pytest.approx(0.25, rel=1e-12), pytest.approx(exp(1.75 / log2(e)), rel=1e-12)]


def test_a_value_behind_a_unit_is_no_second_distribution() -> None:
    found = solved(LOGITS + "\n\nCompute the entropy of $p_T$ in bits for $T = 2$.")
    weight = exp(0.5)
    assert [getattr(each, "value", None) for each in found.answers] == [
        pytest.approx(entropy(1 / (1 + weight), weight / (1 + weight)), rel=1e-12)
    ]


@pytest.mark.parametrize(
    ("said", "asked"), [("error", "error"), ("rounding error", "error"), ("rounding error", "rounding error")]
)
def test_what_has_the_distribution_is_meant(said: str, asked: str) -> None:
    text = f"The {said} is uniform on $[0, 4]$. Find the differential entropy of the {asked} in bits."
    assert values(text) == [pytest.approx(2)]


@pytest.mark.parametrize(("said", "asked"), [("relative error", "absolute error"), ("error", "squared error")])
def test_another_one_with_the_same_noun_is_not_meant(said: str, asked: str) -> None:
    assert refusals(f"The {said} is uniform on $[0, 4]$. Find the differential entropy of the {asked} in bits.")
