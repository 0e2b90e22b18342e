"""Requests for the numbers of a distribution or a vector."""

from math import comb, exp

import pytest

from tests.sheets.information.answers import refusals, values

BINOMIAL = "Let $P$ be the binomial distribution with $N = 3$ and $p = 0.4$. "
PLAIN = "Let P be the binomial distribution with N = 3 and p = 0.4. "
JOINT = """
The joint distribution of $X$ and $Y$ is

| $p(x, y)$ | $y = 1$ | $y = 2$ |
|---|---|---|
| $x = 0$ | 1/8 | 1/4 |
| $x = 1$ | 1/2 | 1/8 |

"""
LOGITS = r"The logits are $z = (0, 1, 2)$ and the model samples from $p_T = \mathrm{softmax}(z / T)$. The entropy is not asked."
CHANCES = [comb(3, k) * 0.4**k * 0.6 ** (3 - k) for k in range(4)]


@pytest.mark.parametrize(
    "text",
    [
        BINOMIAL + "Write down the four probabilities $P(0), P(1), P(2), P(3)$.",
        BINOMIAL + "List the probabilities $P(0)$, $P(1)$, $P(2)$ and $P(3)$.",
        PLAIN + "Write down the four probabilities P(0), P(1), P(2), P(3).",
        PLAIN + "Give all four values P(0), P(1), P(2) and P(3).",
    ],
)
def test_probabilities_one_by_one(text: str) -> None:
    assert values(text) == [pytest.approx(chance, rel=1e-12) for chance in CHANCES]


@pytest.mark.parametrize(
    "request_", ["List the values of $P$.", "Write out the vector $P$.", "Give the entries of $P$.", "Write down the pmf $P$."]
)
def test_a_whole_vector(request_: str) -> None:
    assert values(f"The distribution is $P = (0.7, 0.3)$. {request_}") == [[0.7, 0.3]]


@pytest.mark.parametrize("words", ["marginal distributions", "marginals", "two marginal distributions"])
def test_marginals(words: str) -> None:
    assert values(JOINT + f"Determine the {words} $p(x)$ and $p(y)$.") == [[0.375, 0.625], [0.625, 0.375]]


def test_a_marginal_without_a_name_is_refused() -> None:
    assert refusals(JOINT + "Compute the marginal distribution of $X$.") == ["task-not-understood"]


def test_the_smoothed_target() -> None:
    text = (
        "Label smoothing replaces the hard label $y = (0, 1)$ by $t = (1 - \\varepsilon)\\, y + \\frac{\\varepsilon}{2}$ with"
        " $\\varepsilon = 0.2$. Write out the smoothed target $t$."
    )
    assert values(text) == [[pytest.approx(0.1, rel=1e-12), pytest.approx(0.9, rel=1e-12)]]


@pytest.mark.parametrize("point", ["for $T = 2$", "at $T = 2$", "at temperature $T = 2$"])
def test_the_probabilities_at_a_point(point: str) -> None:
    weights = [exp(z / 2) for z in (0, 1, 2)]
    expected = [pytest.approx(weight / sum(weights), rel=1e-12) for weight in weights]
    assert values(f"{LOGITS}\n\nCompute the probabilities {point}.") == [expected]


@pytest.mark.parametrize(
    "request_",
    [
        "Compute the conditional probabilities $P(0), P(1)$.",
        "Compute the squared probabilities $P(0), P(1)$.",
        "Write down the sum of the probabilities $P(0), P(1)$.",
    ],
)
def test_other_words_are_not_passed_over(request_: str) -> None:
    assert refusals(BINOMIAL + request_) == ["task-not-understood"]
