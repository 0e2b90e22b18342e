"""What is asked where a variable has a value: of the row of that value, or refused, and never of all of them."""

from math import log2

import pytest

from tests.sheets.information.answers import notes, refusals, values

CELLS = "Let $P(X=0,Y=0)=0.4$, $P(X=0,Y=1)=0.1$, $P(X=1,Y=0)=0.05$ and $P(X=1,Y=1)=0.45$.\n\n"
TABLE = (
    "The joint distribution of $X$ and $Y$ is\n\n"
    "| X \\\\ Y | 0 | 1 |\n|---|---|---|\n| 0 | 0.4 | 0.1 |\n| 1 | 0.05 | 0.45 |\n\n"
)
HEAD = "The joint distribution is $p(X, Y) = \\{(0, 0): 0.4, (0, 1): 0.1, (1, 0): 0.05, (1, 1): 0.45\\}$.\n\n"
CHANNEL = (
    "The input $X$ has $P(X=0)=0.5$, $P(X=1)=0.5$. The channel is $P(Y=0|X=0)=0.8$, $P(Y=1|X=0)=0.2$, "
    "$P(Y=0|X=1)=0.1$, $P(Y=1|X=1)=0.9$.\n\n"
)
GIVEN_ONE = -0.1 * log2(0.1) - 0.9 * log2(0.9)
"""Of Y where X is 1: 0.05/0.5 and 0.45/0.5."""

CONDITIONED = [
    "Find the entropy of $Y$ when $X=1$, in bits.",
    "Find the entropy of $Y$ if $X=1$, in bits.",
    "Given that $X=1$, find the entropy of $Y$ in bits.",
    "If $X=1$, what is the entropy of $Y$ in bits?",
    "When $X=1$, what is the entropy of $Y$ in bits?",
    "For $X=1$ compute the entropy of $Y$ in bits.",
    "Find $H(Y)$ for $X=1$ in bits.",
    "Compute $H(Y)$ in bits where $X=1$.",
    "Compute $H(Y)$ with $X = 1$ in bits.",
    "Compute $H(Y)$ in bits when X = 1.",
    "What is the entropy of $Y$ in bits assuming $X=1$?",
    "Compute $H(Y \\mid X=1)$ in bits.",
]
OPEN = [
    "Compute $I(X;Y)$ when $X=1$, in bits.",
    "Compute the entropy of $X$ when $X=1$, in bits.",
    "Suppose $X=1$. Find the entropy of $Y$ in bits.",
    "We observe $X=1$. What is $H(Y)$ in bits?",
    "It is known that $X=1$. Compute $H(Y)$ in bits.",
    "Let $X = 1$. Compute $H(Y)$ in bits.",
    "A receiver learns $X = 1$; compute $H(Y)$ in bits.",
    "The value $X=1$ is observed.\n\nFind the entropy of $Y$ in bits.",
    "Compute $H(Y)$ in bits. Here $X > 0$.",
    "How many bits does $X=1$ give about $Y$?",
    "How many bits of information does observing $X = 1$ provide about $Y$?",
    "Find the entropy of $Y$ in bits when $X \\ne 1$.",
    "Find the entropy of $Y$ in bits for $X > 0$.",
    "Compute $H(Y)$ in bits under the condition $X=1$.",
    "Compute $H(Y)$ in bits, knowing that $X=1$.",
    "What is the perplexity of $Y$ when $X=1$?",
    "What is the Rényi entropy of order 2 of $Y$ when $X=1$?",
    "Compute $H(X,Y)$ in bits if $X=1$.",
    "Compute $\\mathrm{Var}(Y)$ if $X = 1$.",
]


@pytest.mark.parametrize("given", [CELLS, TABLE, HEAD, CHANNEL])
@pytest.mark.parametrize("asked", CONDITIONED)
def test_the_entropy_is_that_of_the_row(given: str, asked: str) -> None:
    assert values(given + asked + "\n") == [pytest.approx(GIVEN_ONE, abs=1e-12)]


@pytest.mark.parametrize("given", [CELLS, TABLE, HEAD, CHANNEL])
@pytest.mark.parametrize("asked", OPEN)
def test_a_condition_that_is_not_carried_out_leaves_no_number(given: str, asked: str) -> None:
    assert refusals(given + asked + "\n") == ["task-not-understood"]


def test_a_condition_holds_in_its_part_alone() -> None:
    parts = "(a) Suppose that $X=1$ was sent. Find the entropy of $Y$ in bits.\n\n(b) Find the entropy of $X$ in bits.\n"
    with pytest.raises(AssertionError):
        values(HEAD + parts)
    assert values(HEAD + parts.replace("Suppose that $X=1$ was sent. Find", "Find")) == [
        pytest.approx(-0.45 * log2(0.45) - 0.55 * log2(0.55)),
        1.0,
    ]


@pytest.mark.parametrize(
    "said",
    [
        "Here $X = 1$ means that it rains.",
        "Let $X = 1$ if it rains and $X = 0$ otherwise.",
        "The values $X = 0$ and $X = 1$ are those of a switch.",
        "We write $X = 1$ when the switch is on.",
    ],
)
def test_words_for_the_values_are_no_condition(said: str) -> None:
    assert values(HEAD + said + " Compute the entropy of $X$ in bits.\n") == [1.0]


@pytest.mark.parametrize("of", ["the Rényi entropy of order 2", "the perplexity", "the min-entropy"])
def test_what_has_no_row_for_a_pair_is_not_two_marginals(of: str) -> None:
    assert refusals(f"{HEAD}Compute {of} of $(X, Y)$.\n") == ["task-not-understood"]


def test_nothing_is_said_of_a_notation_that_stands_nowhere() -> None:
    text = "Let $P = (0.5, 0.5)$ and $Q = (0.25, 0.75)$. Compute the entropy of $(P, Q)$ in bits.\n"
    assert refusals(text) == ["no-distribution"]
    assert not [note for note in notes(text) if "nothing defines" in note]
