"""Stories in two stages: causes with probabilities, what they make likely, and the letters for both. Values by hand."""

import math
from collections.abc import Sequence

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source


def solve(text: str) -> ProblemSolution:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    return problem


def entropy(*masses: float) -> float:
    return -sum(p * math.log2(p) for p in masses if p)


def information(prior: Sequence[float], rows: Sequence[Sequence[float]]) -> float:
    """I = H(output) - sum of p H(row), in bits."""
    output = [sum(p * row[k] for p, row in zip(prior, rows, strict=True)) for k in range(len(rows[0]))]
    return entropy(*output) - sum(p * entropy(*row) for p, row in zip(prior, rows, strict=True))


def binary(prior: float, one: float, other: float) -> float:
    return information((prior, 1 - prior), ((one, 1 - one), (other, 1 - other)))


TEST = binary(0.02, 0.9, 0.05)
STORIES = [
    (
        """A disease affects 2% of a population. A test is positive for 90% of the people who have the disease and for 5% of
    those who don't. Let $D$ be the disease status and $T$ the test result. Find $I(D;T)$ in bits.""",
        TEST,
    ),
    (
        """A rare disease has prevalence 2%. The test has sensitivity 90% and specificity 95%. Let D denote the disease status
    and T the test result. Find $I(D;T)$ in bits.""",
        TEST,
    ),
    (
        """The prevalence of a disease is 0.02. The sensitivity is 0.9 and the false positive rate is 0.05. Find $I(D;T)$ in
    bits, where $D$ is the disease status and $T$ the result of the test.""",
        TEST,
    ),
    (
        """2 % of all people have the disease. The test has a specificity of 95 % and a false negative rate of 10 %. Let $D$ be
    the disease status and $T$ the test result. Find $I(D;T)$ in bits.""",
        TEST,
    ),
    (
        """2% of all patients are infected. The test is positive with probability 0.9 if the patient is infected and with
    probability 0.05 otherwise. Find $I(D;T)$ in bits, where $D$ is whether the patient is infected and $T$ the result of the
    test.""",
        TEST,
    ),
    (
        """It rains with probability 0.3. If it rains, Ann takes the bus with probability 0.8, otherwise with probability 0.1.
    Let $R$ be the weather and $B$ whether Ann takes the bus. Find $I(R;B)$ in bits.""",
        binary(0.3, 0.8, 0.1),
    ),
    (
        """40% of all emails are spam. The word prize occurs in 60% of spam emails and in 5% of the other emails. With $S$
    whether an email is spam and $W$ whether the word occurs, find $I(S;W)$ in bits.""",
        binary(0.4, 0.6, 0.05),
    ),
    (
        """40% of all emails are spam. The spam filter has sensitivity 60% and specificity 95%. Let $S$ be whether an email is
    spam and $W$ the result of the filter. Find $I(S;W)$ in bits.""",
        binary(0.4, 0.6, 0.05),
    ),
    (
        """Urn A contains 3 red and 1 blue ball, and urn B contains 2 red and 6 blue balls. An urn is picked at random, and one
    ball is drawn from it. Let $U$ be the urn and $C$ the colour of the ball. Find $I(U;C)$ in bits.""",
        binary(0.5, 0.75, 0.25),
    ),
    (
        """There are two bags. Bag 1 holds two green marbles and two white marbles; bag 2 holds four white marbles. A bag is
    chosen by flipping a fair coin, and a marble is taken from it at random. With $B$ the bag and $C$ the colour of the
    marble, find $I(B;C)$ in bits.""",
        binary(0.5, 0.5, 0),
    ),
    (
        """Machine A makes 50 % of the bolts, B 30 % and C 20 %. The defect rates are 1 %, 2 % and 5 % respectively. Let $M$ be
    the machine that made a randomly chosen bolt, and $D$ whether the bolt is defective. Find $I(M;D)$ in bits.""",
        information((0.5, 0.3, 0.2), ((0.01, 0.99), (0.02, 0.98), (0.05, 0.95))),
    ),
    (
        """Suppliers A and B deliver 60% and 40% of all valves. 1% and 10% of their valves are faulty. A valve is chosen at
    random. Let $S$ be the supplier and $F$ whether the valve is faulty. Find $I(S;F)$ in bits.""",
        binary(0.6, 0.01, 0.1),
    ),
    (
        """A bag contains two coins: one is fair, the other lands heads with probability 0.9. One coin is picked at random and
    tossed once. Let $C$ be the coin and $T$ the outcome of the toss. Find $I(C;T)$ in bits.""",
        binary(0.5, 0.5, 0.9),
    ),
    (
        """You have two coins: a fair coin and a two-headed coin. One of them is chosen at random and flipped. Let $C$ be the
    type of the coin and $T$ the result of the flip. Find $I(C;T)$ in bits.""",
        binary(0.5, 0.5, 1),
    ),
]


@pytest.mark.parametrize(("story", "expected"), STORIES)
def test_a_story_is_read(story: str, expected: float) -> None:
    problem = solve(story)
    assert [answer.value for answer in problem.answers] == pytest.approx([expected], rel=1e-12), problem.diagnostics
    assert problem.answers[0].unit == "bits"
    assert "stages-read" in {each.code for each in problem.diagnostics}


def test_which_letter_is_of_which_stage() -> None:
    story = """It rains with probability 0.25. When it rains, the train is late with probability 0.5, otherwise with probability
    0.125. Let $L$ be whether the train is late and $R$ the weather. Find $H(R)$, $H(L)$ and $H(L \\mid R)$ in bits."""
    late = 0.25 * 0.5 + 0.75 * 0.125
    expected = [entropy(0.25, 0.75), entropy(late, 1 - late), 0.25 + 0.75 * entropy(0.125, 0.875)]
    assert [answer.value for answer in solve(story).answers] == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("said", "ill"),
    [
        ("the test is negative", 0.02 * 0.1 / (0.02 * 0.1 + 0.98 * 0.95)),
        ("the test is positive", 0.02 * 0.9 / (0.02 * 0.9 + 0.98 * 0.05)),
        ("the test is positive or negative", 0.02 * 0.9 / (0.02 * 0.9 + 0.98 * 0.05)),
    ],
)
def test_yes_is_what_a_letter_is_said_to_be_for(said: str, ill: float) -> None:
    story = f"{GOOD} Let $D$ be whether a person has the disease and $T$ whether {said}."
    (answer,) = solve(f"{story} Find $H(D \\mid T = \\mathrm{{yes}})$ in bits.").answers
    assert answer.value == pytest.approx(entropy(ill, 1 - ill), rel=1e-12)


GOOD = "A disease affects 2% of a population. The test has sensitivity 90% and specificity 95%."
NAMES = "Let $D$ be the disease status and $T$ the test result. Find $I(D;T)$ in bits."
URNS = "Urn A contains 3 red and 1 blue ball, and urn B contains 2 red and 6 blue balls."
URN_NAMES = "Let $U$ be the urn and $C$ the colour of the ball. Find $I(U;C)$ in bits."
COINS = "You have two coins: a fair coin and a two-headed coin."
COIN_NAMES = "Let $C$ be the coin and $T$ the outcome of the toss. Find $I(C;T)$ in bits."
MADE = "Let $M$ be the machine and $D$ whether the bolt is defective. Find $I(M;D)$ in bits."


@pytest.mark.parametrize(
    "story",
    [
        f"{GOOD} The test is taken twice. {NAMES}",
        f"{GOOD} Half of the results are lost. {NAMES}",
        f"{GOOD} Let $D$ be the severity of the disease and $T$ the test result. Find $I(D;T)$ in bits.",
        f"{GOOD} Let $D$ be the type of the disease and $T$ the test result. Find $I(D;T)$ in bits.",
        f"{GOOD} Let $D$ be the disease status and $T$ the number of positive tests. Find $I(D;T)$ in bits.",
        f"{GOOD} Let $D$ be the disease status and $T$ the age of the patient. Find $I(D;T)$ in bits.",
        f"A disease affects 2% of a population. The test has sensitivity 90%. {NAMES}",
        f"A disease affects 2% of a population. The test has sensitivity 90% and a false negative rate of 20%. {NAMES}",
        f"2% of positive tests are infected. The sensitivity is 90% and the specificity is 95%. {NAMES}",
        f"""A disease affects 2% of a population. 90% of the positive tests are of people who have the disease and 5% of
    those who don't. {NAMES}""",
        f"""A disease affects 2% of a population. A test is positive for 90% of the old people who have the disease and for
    5% of those who don't. {NAMES}""",
        f"""A disease affects 2% of a population. A test is positive for 90% of those who don't have the disease and for 5%
    of those who don't. {NAMES}""",
        """98% of all people are healthy. The test has sensitivity 90% and specificity 95%. Let $D$ be whether a person is
    healthy and $T$ the test result. Find $I(D;T)$ in bits.""",
        """70% of all people are vaccinated. The test has sensitivity 90% and specificity 95%. Let $D$ be whether a person is
    vaccinated and $T$ the test result. Find $I(D;T)$ in bits.""",
        f"{URNS} An urn is picked at random, and two balls are drawn from it. {URN_NAMES}",
        f"{URNS} An urn is picked, and the larger one twice as often. One ball is drawn from it at random. {URN_NAMES}",
        f"{URNS} An urn is picked at random. One ball is moved to it. One ball is drawn from it. {URN_NAMES}",
        f"{URNS} One ball is drawn at random. {URN_NAMES}",
        f"Machine A makes 50 % of the bolts, B 30 % and C 10 %. The defect rates are 1 %, 2 % and 5 % respectively. {MADE}",
        f"Machine A makes 50 % of the bolts, B 30 % and C 20 %. The defect rates are 1 % and 2 % respectively. {MADE}",
        f"{COINS} One of them is chosen at random and tossed twice. {COIN_NAMES}",
        f"{COINS} The fair one is chosen and tossed. {COIN_NAMES}",
        f"You have two coins: a fair coin and a strange coin. One of them is chosen at random and tossed. {COIN_NAMES}",
    ],
)
def test_what_may_change_a_story_leaves_it_unread(story: str) -> None:
    problem = solve(story)
    assert problem.answers == ()
    assert [each for each in problem.diagnostics if each.severity == "error"]


COINS = (
    "Coin A shows heads with probability 0.3, coin B with probability 0.8."
    " One of them is picked at random with equal probabilities"
)


def test_coins_with_labels() -> None:
    text = f"A drawer contains two coins. {COINS} and tossed once. Let $X$ be the coin and $Y$ the result of the toss."
    asked = "Compute $H(X)$, $H(Y)$ and $I(X; Y)$ in bits."
    found = [getattr(answer, "value", None) for answer in solve(f"{text} {asked}").answers]
    assert found == pytest.approx([1, entropy(0.55, 0.45), binary(0.5, 0.3, 0.8)], rel=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        f"{COINS} and tossed twice. Let $X$ be the coin and $Y$ the result of the tosses. Compute $I(X; Y)$ in bits.",
        "Coin A shows heads with probability 0.3. Let $X$ be the coin that is picked. Compute $H(X)$ in bits.",
        f"{COINS}. Let $X$ be the coin. Compute $H(X)$ in bits.",
    ],
)
def test_a_labelled_coin_is_not_any_coin(text: str) -> None:
    assert all(getattr(answer, "value", None) is None for answer in solve(text).answers)


def test_a_table_beside_the_story_that_it_is_made_of() -> None:
    text = (
        f"{COINS} and tossed once. Let $X$ be the coin and $Y$ the result of the toss, so that the joint table is\n\n"
        "| | heads | tails |\n|---|---|---|\n| A | 0.15 | 0.35 |\n| B | 0.4 | 0.1 |\n\nWhat is $I(X;Y)$ in bits?"
    )
    found = [getattr(answer, "value", None) for answer in solve(text).answers]
    assert found == [pytest.approx(binary(0.5, 0.3, 0.8), rel=1e-12)]
