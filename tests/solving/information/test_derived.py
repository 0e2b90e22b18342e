"""Variables that words derive from throws: worked out exactly or refused, never taken for what is thrown."""

from fractions import Fraction
from itertools import product
from math import comb, isclose, log2

import pytest

from chainrule.solving.answer import ProblemSolution
from tests.solving.sheets import errors, solve

FACES = range(1, 7)
PAIRS = list(product(FACES, FACES))


def entropy(*chances: float | Fraction) -> float:
    return -sum(float(p) * log2(p) for p in chances if p)


def counted(values: list[int]) -> float:
    return entropy(*[Fraction(values.count(value), len(values)) for value in set(values)])


def binomial(n: int, p: float) -> float:
    return entropy(*[comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)])


def numbers(problem: ProblemSolution) -> list[float]:
    return [answer.value for answer in problem.answers if isinstance(answer.value, float)]


SUMS, LARGER, SMALLER = [a + b for a, b in PAIRS], [max(pair) for pair in PAIRS], [min(pair) for pair in PAIRS]
APART = [abs(a - b) for a, b in PAIRS]
BUILT = [
    ("A fair coin is flipped three times; $X$ is the number of heads. What is the entropy of $X$ in bits?", binomial(3, 0.5)),
    ("Flip a fair coin 4 times and let $X$ be the number of tails. Compute $H(X)$ in bits.", binomial(4, 0.5)),
    ("A fair coin is tossed twice. $N$ counts the heads. Compute $H(N)$ in bits.", binomial(2, 0.5)),
    ("A bent coin lands heads with probability 0.3. It is tossed 4 times. The number of heads is $N$. Compute $H(N)$ in bits.",
     binomial(4, 0.3)),
    ("Two fair dice are rolled. $X$ is the number of sixes. Compute $H(X)$ in bits.", binomial(2, 1 / 6)),
    ("A fair die is rolled twice and $Y$ is the larger number. Compute $H(Y)$ in bits.", counted(LARGER)),
    ("Two fair dice are rolled. $M$ is the smaller of the two numbers. Compute $H(M)$ in bits.", counted(SMALLER)),
    ("Two fair dice are thrown. Let $S$ denote the sum of both numbers. Compute $H(S)$ in bits.", counted(SUMS)),
    ("Let $X$ be the sum of two fair dice. Compute $H(X)$ in bits.", counted(SUMS)),
    ("A pair of fair dice is rolled. $D$ is the absolute difference of the numbers. Compute $H(D)$ in bits.", counted(APART)),
    ("Two fair dice are rolled. What is the entropy of the sum in bits?", counted(SUMS)),
    ("A fair coin is flipped three times. What is the entropy of the number of heads in bits?", binomial(3, 0.5)),
    ("A fair coin is flipped three times. What is the entropy of the outcome in bits?", 3),
    ("A fair die is rolled. Let $X$ be 1 if the number is even and 0 otherwise. Compute $H(X)$ in bits.", 1),
    ("A fair die is rolled. Let $Z$ equal 1 if it shows a six, 0 otherwise. Compute $H(Z)$ in bits.", entropy(1 / 6, 5 / 6)),
    ("Roll a fair die and let $Z$ indicate that it shows more than 4. Compute $H(Z)$ in bits.", entropy(1 / 3, 2 / 3)),
    ("A fair die is rolled. $Z$ is the indicator that the result is at most 3. Compute $H(Z)$ in bits.", 1),
    ("A fair die is rolled. $X$ is the number shown. Compute $H(X)$ in bits.", log2(6)),
    ("A fair die is rolled. Let $X$ be the number on the upper face. Compute $H(X)$ in bits.", log2(6)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BUILT, ids=[text[:50] for text, _ in BUILT])
def test_simple_ones_are_worked_out(text: str, expected: float) -> None:
    problem = solve(text)
    assert problem.status == "solved"
    (found,) = numbers(problem)
    assert isclose(found, expected, rel_tol=1e-12)


@pytest.mark.parametrize(
    "said",
    [
        "A fair die is rolled three times. $X$ is the average of the numbers.",
        "A fair die is rolled twice. $X$ is the difference.",
        "A fair coin is tossed until the second head appears. $X$ is the number of tosses.",
        "A fair coin is flipped 4 times. $X$ is the number of heads in the first two tosses.",
        "A fair die is rolled. Let $X$ be the remainder when the number is divided by 3.",
        "A fair die is rolled. Let $X$ be 1 if the number is a perfect square and 0 otherwise.",
        "A fair die is rolled. Let $X$ be 2 if the number is even and 1 if it is odd and 0 otherwise.",
        "A fair die is rolled. $X = 1$ if the result is at least 5 and $X = 0$ otherwise.",
        "Two fair dice are rolled. $X$ is the sum of the squares.",
        "A fair coin and a fair die are thrown. $X$ is the number of heads.",
    ],
)
def test_all_others_are_refused(said: str) -> None:
    problem = solve(f"{said} Compute the entropy of $X$ in bits.")
    assert numbers(problem) == []
    assert "derived-variable" in errors(problem)


def test_a_property_of_what_is_drawn_is_not_what_is_drawn() -> None:
    problem = solve("A card is drawn from 52 equally likely cards. Let $X$ be its suit. Compute the entropy of $X$ in bits.")
    assert numbers(problem) == []
    assert problem.status == "unsolved"
