"""Variables whose values are said with their probabilities; values by hand."""

from math import log, log2

import pytest

from tests.sheets.information.answers import refusals, solved, values

BITS = -0.3 * log2(0.3) - 0.7 * log2(0.7)


@pytest.mark.parametrize(
    "text",
    [
        "$X = 1$ with probability 0.3 and $X = 0$ with probability 0.7.",
        "Let $X = 1$ with probability $0.3$, $0$ with probability $0.7$.",
        "$X = 1$ with probability 0.3, $0$ otherwise.",
        "$X = 1$ w.p. 0.3, $X = 0$ w.p. 0.7.",
        "$X$ is 1 w.p. 0.3, 0 otherwise.",
        "$X = a$ with prob. $0.3$ and $X = b$ with prob. $0.7$.",
        r"Let $X \in \{5, 6\}$ with probabilities $0.3, 0.7$.",
        r"$X \in \{u, v\}$ with the respective probabilities 0.7 and 0.3.",
    ],
)
def test_values_with_their_probabilities_are_a_distribution(text: str) -> None:
    assert values(f"{text} Compute $H(X)$ in bits.") == pytest.approx([BITS], rel=1e-12)


def test_the_probability_may_be_a_letter() -> None:
    [answer] = solved("Let $X=1$ with probability $p$ and $X=0$ with probability $1-p$. Compute $H(X)$.").answers
    assert [need.latex for need in answer.needs] == ["p"]
    found = values("Let $p = 0.3$, $X=1$ with probability $p$ and $X=0$ with probability $1-p$. Compute $H(X)$.")
    assert found == pytest.approx([BITS * log(2)], rel=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        "$X = 1$ with probability 0.3. Compute $H(X)$ in bits.",
        "$X = 1$ with high probability. Compute $H(X)$ in bits.",
        "The input is $x = 2$ with probability 0.3. Let $y = 3 x$. Compute $y$.",
    ],
)
def test_one_value_with_a_probability_is_no_value(text: str) -> None:
    assert set(refusals(text)) & {"description-not-understood", "broken-definition"}
