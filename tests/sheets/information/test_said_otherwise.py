r"""Words that make another quantity or number of what is asked: refused, and the usual words for the same pass."""

from math import log

import pytest

from tests.sheets.information.answers import refusals, solved, values

_GIVEN = "Let $P = (0.25, 0.75)$ and $Q = (0.5, 0.5)$."
_JSD = "Compute the Jensen-Shannon divergence of $P$ and $Q$."
_TV = "Compute the total variation distance of $P$ and $Q$."
_CE = "Compute the cross-entropy of $P$ and $Q$ in nats."
_P = -0.25 * log(0.25) - 0.75 * log(0.75)


@pytest.mark.parametrize(
    "text",
    [
        f"{_GIVEN} Perplexity means the entropy in bits. Compute the perplexity of $P$.",
        f"{_GIVEN} By surprise we mean the entropy in bits. Compute the surprise of $P$.",
        f"{_GIVEN} In this course, perplexity denotes the entropy of order 2. Find the perplexity of $P$.",
        f"{_GIVEN} The Jensen-Shannon divergence here means half the sum of the two KL divergences. {_JSD}",
        f"{_GIVEN} The total variation distance is the sum of the absolute differences, without the factor half. {_TV}",
        "The spam rate is $p = 0.7$ on weekdays and 0.4 on weekends. Compute the entropy of $(p, 1 - p)$.",
        "Let $p = 0.7$ in spring and $0.4$ in autumn. Compute the entropy of $(p, 1 - p)$.",
        r"Let $X$ be uniform on $\{1,2,3,4\}$ under the condition $Y = 1$. Compute the entropy of $X$.",
        r"Given $Y = 1$, $X$ is uniform on $\{1,2,3,4\}$. Compute $H(X)$.",
        r"Let $z = 0.3$ and $y = \sigma(z)$. Compute $L = y^2$ with $y$ rounded to one decimal.",
        r"Let $z = 0.3$ and $y = \sigma(z)$. Round $y$ to two decimals and compute $L = y^2$.",
    ],
)
def test_what_is_said_otherwise_is_refused(text: str) -> None:
    assert refusals(text)
    assert not solved(text).answers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{_GIVEN} Perplexity means the effective number of outcomes. Compute the entropy of $P$ in nats.", _P),
        (f"{_GIVEN} The total variation distance is half the sum of the absolute differences. {_TV}", 0.25),
        (f"{_GIVEN} The cross-entropy is the sum of the entropy and the KL divergence. {_CE}", log(2)),
        ("A coin has $p = 0.75$ for heads and 0.25 for tails. Compute the entropy of $(p, 1 - p)$ in nats.", _P),
        ("The probabilities $p = (0.25, 0.75)$ are rounded to two decimals. Compute the entropy of $p$ in nats.", _P),
    ],
)  # fmt: skip
def test_the_usual_words_change_nothing(text: str, expected: float) -> None:
    assert values(text) == pytest.approx([expected])


@pytest.mark.parametrize("asked", ["its gradient with respect to $q$", r"$\frac{dD}{dq}$"])
def test_a_derivative_of_what_is_asked_in_bits(asked: str) -> None:
    """The value is in bits, and the derivative in nats would not say so."""
    text = f"Let $q = 0.5$ and $D = -q \\log q - (1 - q) \\log(1 - q)$. Compute $D$ in bits and {asked}."
    problem = solved(text)
    assert not [each for each in problem.answers if each.kind == "derivative"]
    assert [each.code for each in problem.diagnostics if each.severity == "error"] == ["task-not-understood"]
