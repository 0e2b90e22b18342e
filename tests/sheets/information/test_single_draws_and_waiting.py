"""One draw from what is counted, throws until a face appears, and outcomes that are only counted; values by hand."""

from math import log2

import pytest

from tests.sheets.information.answers import refusals, values


def entropy(*chances: float) -> float:
    return -sum(p * log2(p) for p in chances)


def waiting(p: float) -> float:
    """The entropy of the number of trials up to the first success, in bits."""
    return (-p * log2(p) - (1 - p) * log2(1 - p)) / p


@pytest.mark.parametrize(
    ("text", "bits"),
    [
        ("An urn has 3 red and 5 blue balls. A ball is drawn at random. What is the entropy of its colour in bits?", (3, 5)),
        (("A bag has 4 red, 2 green and 2 yellow marbles. One marble is picked at random; let $X$ be its color. "
          "Find $H(X)$ in bits."), (4, 2, 2)),
        (("A box holds three white chips, two grey ones and five black ones. We randomly select one chip. Find the entropy "
          "of the color of the chip in bits."), (3, 2, 5)),
    ],
)  # fmt: skip
def test_the_kind_of_one_draw(text: str, bits: tuple[int, ...]) -> None:
    assert values(text) == pytest.approx([entropy(*(n / sum(bits) for n in bits))], rel=1e-12)


URN = "An urn contains 3 red, 2 white and 5 blue balls. A ball is drawn at random."


@pytest.mark.parametrize(
    "text",
    [
        f"{URN} Another one follows. What is the entropy of its colour in bits?",
        f"{URN} It is not red. What is the entropy of its colour in bits?",
        f"{URN} Given that it is not red, find the entropy of its colour in bits.",
        f"{URN} It is not replaced. What is the entropy of its colour in bits?",
        f"{URN} The urn has a second compartment. What is the entropy of its colour in bits?",
        f"{URN} $X$ is 1 if it is red and 0 otherwise. Compute $H(X)$ in bits.",
        f"{URN} Let $X$ be the number of red balls drawn. Compute $H(X)$ in bits.",
        "An urn contains 3 red and 5 blue balls. Two balls are drawn at random. What is the entropy of its colour in bits?",
        "An urn contains 3 red and 5 blue balls. What is the entropy of its colour in bits?",
        "An urn contains 3 red and 5 blue balls. A ball is drawn, not at random. What is the entropy of its colour in bits?",
        "A drawer has 4 red socks, 6 blue socks and 2 hats. A sock is drawn at random. Find the entropy of its colour.",
    ],
)
def test_other_draws_are_not_taken_for_one(text: str) -> None:
    assert set(refusals(text)) <= {"which-distributions", "task-not-understood", "no-distribution", "derived-variable"}
    assert refusals(text)


@pytest.mark.parametrize(
    ("text", "p"),
    [
        ("A fair coin is flipped until the first head occurs. Let $X$ be the number of flips. Find $H(X)$ in bits.", 0.5),
        (("A coin that shows heads with probability $1/4$ is tossed until it shows heads for the first time. The number $N$ of "
          "tosses (the last one included) is geometric. How many bits is $H(N)$?"), 0.25),
        ("A fair die is rolled until a six appears. Let $K$ be the number of rolls. Compute $H(K)$ in bits.", 1 / 6),
        (("A fair die is rolled again and again. Let $K$ be the number of rolls until the first 2 appears. "
          "Compute $H(K)$ in bits."), 1 / 6),
        (("A coin with heads probability 0.9 is tossed until we see tails. Let $T$ be the number of tosses needed. "
          "Compute $H(T)$ in bits."), 0.1),
    ],
)  # fmt: skip
def test_the_number_of_throws_until_a_face_appears(text: str, p: float) -> None:
    assert values(text) == pytest.approx([waiting(p)], rel=1e-9)


@pytest.mark.parametrize(
    "text",
    [
        "A fair coin is tossed until two heads in a row appear. Let $N$ be the number of tosses. Compute $H(N)$.",
        "A fair coin is tossed until the second head appears. Let $N$ be the number of tosses. Compute $H(N)$.",
        "A fair coin is tossed until the first head appears, but at most 3 times. $N$ is the number of tosses. Find $H(N)$.",
        "A fair coin is tossed until a head appears. At most 4 tosses are made. $N$ is the number of tosses. Find $H(N)$.",
        "A fair coin is tossed until one head and one tail appear. Let $N$ be the number of tosses. Compute $H(N)$.",
        "Two fair coins are tossed until a head appears. Let $N$ be the number of tosses. Compute $H(N)$.",
        "A fair coin is tossed 3 times. Let $N$ be the number of tosses until the first head. Compute $H(N)$.",
        "A die is rolled until the first 6, then a coin is flipped once. Let $N$ be the number of flips. Compute $H(N)$.",
        "A fair die is rolled until a six appears. $X$ is the result. Compute $H(X)$.",
        "A fair coin is flipped until the first head occurs. Let $X$ be the number of tails. Find $H(X)$.",
        "A fair coin is flipped until the first head occurs. Find the entropy of the outcome.",
        "A fair coin is tossed until it is dark. Let $N$ be the number of tosses. Find $H(N)$.",
    ],
)
def test_other_numbers_of_throws_are_not_worked_out(text: str) -> None:
    known = {"derived-variable", "description-not-understood", "which-distributions", "task-not-understood", "no-distribution"}
    assert set(refusals(text)) & known


@pytest.mark.parametrize(
    "text",
    [
        "Three sensors fail with probabilities 0.2, 0.3 and 0.5. What is the entropy in bits?",
        "Three independent events occur with probabilities 0.2, 0.3 and 0.5. What is the entropy in bits?",
        "Two letters with probabilities 0.5 and 0.5 are drawn independently. What is the entropy of the pair in bits?",
        "Two archers hit with probabilities 0.5 and 0.5. What is the entropy in bits?",
    ],
)
def test_probabilities_of_several_things_are_no_distribution(text: str) -> None:
    assert set(refusals(text)) & {"which-distributions", "task-not-understood"}


@pytest.mark.parametrize(
    ("text", "bits"),
    [
        ("A source emits symbols a, b, c, d with probabilities 1/2, 1/4, 1/8, 1/8. Find its entropy in bits.", 1.75),
        ("A source emits a with probability 0.5 and b with probability 0.5. Find the entropy of the source in bits.", 1),
        ("An alphabet has five letters with probabilities 0.5, 0.125, 0.125, 0.125, 0.125. Find the entropy in bits.", 2),
        ("A race has three horses that win with probabilities 1/2, 1/4 and 1/4. Find the entropy of the race in bits.", 1.5),
        (("A source has four messages with probabilities $p_1 = 0.5$, $p_2 = 0.25$, $p_3 = 0.125$, $p_4 = 0.125$. "
          "Find its entropy in bits."), 1.75),
    ],
)  # fmt: skip
def test_outcomes_in_letters_or_only_counted(text: str, bits: float) -> None:
    assert values(text) == pytest.approx([bits], rel=1e-12)


def test_each_of_several_coins_has_its_own_probability() -> None:
    assert refusals("Three coins show heads with probabilities 0.2, 0.3 and 0.5. What is the entropy in bits?")


def test_the_total_variation_of_coins_is_no_total_of_throws() -> None:
    text = "Let $P$ be a fair coin and $Q$ a coin with heads probability 0.7. Find the total variation distance of $P$ and $Q$."
    assert values(text) == pytest.approx([0.2], rel=1e-12)
