"""Questions in few words, complements that change nothing, and things that leave their noun out."""

from math import log, log2

import pytest

from tests.sheets.information.answers import notes, refusals, values

SOURCE = "A source emits A, B, C with probabilities 1/2, 1/4, 1/4. "
COINS = "Two coins: one fair, one with heads probability 0.9. "
FAIR_FROM_BENT = 0.5 * log(5 / 9) + 0.5 * log(5)
BENT_FROM_FAIR = 0.9 * log(1.8) + 0.1 * log(0.2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SOURCE + "Find its entropy in bits per symbol.", 1.5),
        (SOURCE + "What is the entropy of the source, in bits per letter?", 1.5),
        (
            (
                "A code uses the symbols x, y, z with probabilities 1/2, 1/4, 1/4. What is the entropy"
                " of this code in bits/symbol?"
            ),
            1.5,
        ),
        ("A fair eight-sided die is rolled ten times. What is the entropy in bits per roll?", 3),
        ("Let $P = (0.25, 0.75)$. Entropy of $P$ in bits?", 2 - 0.75 * log2(3)),
        ("$P = (0.25, 0.75)$. What's the entropy of $P$ in bits?", 2 - 0.75 * log2(3)),
        (r"Total variation distance between $\mathrm{Bernoulli}(0.3)$ and $\mathrm{Bernoulli}(0.5)$?", 0.2),
        ("$P = (0.5, 0.5)$ and $Q = (0.25, 0.75)$. KL divergence from $P$ to $Q$, in bits?", 1 - 0.5 * log2(3)),
    ],
)
def test_what_is_asked_in_few_words(text: str, expected: float) -> None:
    assert values(text) == [pytest.approx(expected, rel=1e-12)]


@pytest.mark.parametrize(
    "coins",
    [
        COINS,
        "There are two coins: one is fair, the other lands heads with probability 0.9. ",
        "A fair coin and a biased coin with heads probability 0.9. ",
    ],
)
def test_two_coins_are_told_apart(coins: str) -> None:
    first = coins + "What's the KL divergence of the fair coin from the biased coin?"
    second = coins + "What's the KL divergence of the biased coin from the fair coin?"
    assert values(first) == [pytest.approx(FAIR_FROM_BENT, rel=1e-12)]
    assert values(second) == [pytest.approx(BENT_FROM_FAIR, rel=1e-12)]


@pytest.mark.parametrize(
    "text",
    [
        COINS + "What is its entropy?",
        "A fair die is rolled ten times. What is its entropy?",
        SOURCE + "Find its entropy in bits per word.",
        SOURCE + "Find its entropy rate in bits per symbol.",
    ],
)
def test_what_is_not_clear_is_refused(text: str) -> None:
    assert refusals(text) == ["task-not-understood"]


@pytest.mark.parametrize(
    ("declared", "asked", "expected"),
    [
        (r"$X,Y\in\{0,1\}$", "$I(X;Y)$", 0.3112781244591329),
        (r"$A \in \{0,1\}$ and $B\in\{0,1\}$", "$I(A;B)$", 0.3112781244591329),
        (r"$A,B\in\{0,1\}$", r"$H(A \mid B)$", 0.5),
        (r"$A,B\in\{0,1\}$", r"$H(B \mid A)$", 0.75 * (log2(3) - 2 / 3)),
    ],
)
def test_declared_variables_are_those_of_a_table(declared: str, asked: str, expected: float) -> None:
    text = f"Let {declared} with $p(0,0)=1/2$, $p(0,1)=1/4$, $p(1,0)=0$, $p(1,1)=1/4$. Compute {asked} in bits."
    assert values(text) == [pytest.approx(expected, rel=1e-12)]


def test_the_order_of_variables_is_said_where_sets_do_not_tell_it() -> None:
    table = "$p(0,0)=1/2$, $p(0,1)=1/4$, $p(1,0)=0$, $p(1,1)=1/4$. Compute $I(A;B)$."
    assert any("in this order" in note for note in notes(rf"$A,B\in\{{0,1\}}$, {table}"))


def test_sets_tell_which_place_is_whose() -> None:
    table = ", ".join(
        f"$q({t},{s}) = {p}$" for t, s, p in [(0, 0, 0.5), (1, 0, 0.25), (2, 0, 0), (0, 1, 0), (1, 1, 0.25), (2, 1, 0)]
    )
    text = rf"Let $S \in \{{0,1\}}$ and $T \in \{{0,1,2\}}$, with {table}. Compute $H(S)$ in bits."
    assert values(text) == [pytest.approx(2 - 0.75 * log2(3), rel=1e-12)]


def test_a_variable_with_values_alone_has_no_entropy() -> None:
    assert refusals(r"Let $S \in \{0,1\}$. Compute the entropy $H(S)$.") == ["no-distribution"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Let $X$ be uniform on {1,...,8}. What is $H(X)$ in bits?", 3),
        ("Let $V$ be uniform on the set {2, 4, ..., 16}. What is $H(V)$ in bits?", 3),
        ("A random variable $K$ is uniformly distributed over {red, green, blue, black}. Find its entropy in bits.", 2),
        ("Let U be uniform over {a, b}. What is H(U) in bits?", 1),
    ],
)
def test_sets_without_delimiters(text: str, expected: float) -> None:
    assert values(text) == [pytest.approx(expected, rel=1e-12)]
