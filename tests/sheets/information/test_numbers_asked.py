"""Requests for the numbers of a distribution or a vector."""

from math import comb, exp, log2

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


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ("Compute the marginal distribution of $X$.", [[0.375, 0.625]]),
        ("What are the marginals of $X$ and $Y$?", [[0.375, 0.625], [0.625, 0.375]]),
        ("Find the marginal distributions.", [[0.375, 0.625], [0.625, 0.375]]),
        ("Find marginals.", [[0.375, 0.625], [0.625, 0.375]]),
        ("Find the conditional distribution of $Y$ given $X = 1$.", [[0.8, 0.2]]),
        ("Compute $p(y \\mid x = 1)$.", [[0.8, 0.2]]),
        ("Compute $P(Y)$.", [[0.625, 0.375]]),
    ],
)
def test_distributions_of_one_variable(request_: str, expected: list[list[float]]) -> None:
    assert values(JOINT + request_) == [pytest.approx(each, rel=1e-12) for each in expected]


def _entropy(*probabilities: float) -> float:
    return -sum(p * log2(p) for p in probabilities)


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ("Compute the marginal entropies in bits.", [_entropy(3 / 8, 5 / 8), _entropy(5 / 8, 3 / 8)]),
        ("Find the entropies of both variables in bits.", [_entropy(3 / 8, 5 / 8), _entropy(5 / 8, 3 / 8)]),
        ("Find the conditional distribution of $X$ given $Y = 2$ and its entropy in bits.", [_entropy(2 / 3, 1 / 3)]),
        ("Find the marginal distribution of $Y$ and its entropy in bits.", [_entropy(5 / 8, 3 / 8)]),
        ("Find the marginal distribution of $Y$. What is its entropy in bits?", [_entropy(5 / 8, 3 / 8)]),
        ("Compute $p(y)$. Compute its entropy in bits.", [_entropy(5 / 8, 3 / 8)]),
        ("Compute $P(X \\mid Y = 2)$. What is its entropy in bits?", [_entropy(2 / 3, 1 / 3)]),
    ],
)
def test_entropies_of_one_variable(request_: str, expected: list[float]) -> None:
    found = [value for value in values(JOINT + request_) if isinstance(value, float)]
    assert found == pytest.approx(expected, rel=1e-12)


def test_of_which_variable_a_marginal_entropy_is_must_be_said() -> None:
    assert refusals(JOINT + "Compute the marginal entropy.") == ["task-not-understood"]


def test_the_value_of_another_variable_is_not_passed_over() -> None:
    assert refusals(JOINT + "Suppose $Y = 1$. Find the marginal distribution of $X$.") == ["task-not-understood"]


def test_a_marginal_of_what_does_not_sum_to_one_is_refused() -> None:
    assert refusals(JOINT.replace("1/2", "5/8") + "Compute $P(X)$.") == ["not-normalised"]


def test_a_variable_that_no_column_names_is_refused() -> None:
    text = "| X | Y | probability |\n|---|---|---|\n| 0 | 1 | 1/8 |\n| 0 | 2 | 3/8 |\n| 1 | 1 | 1/4 |\n| 1 | 2 | 1/4 |\n\n"
    assert refusals(text + "Compute $P(X)$.") == ["unknown-variable"]


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
