"""Numbers among words keep their sign and their power of ten. What is expected is by hand."""

import math

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.source import Source


def values(text: str) -> list[object]:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    return [answer.value for answer in problem.answers if answer.kind == "divergence"]


@pytest.mark.parametrize("minus", ["-", "−"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # logsumexp(-2, 1, 0) + 2
        (
            "The logits are [{}2, 1, 0] and the true class is the first. Compute the cross-entropy loss.",
            2 + math.log(math.exp(-2) + math.e + 1),
        ),
        ("$X$ is uniform between {}1 and 3. Compute its differential entropy.", math.log(4)),
        # log(0.5^-1 + 0.5^-1) / (1 - (-1))
        ("$P = (0.5, 0.5)$. Compute the Rényi entropy of order {}1 of $P$.", math.log(4) / 2),
        # (1 - (-1))^2 / (2 * 2)
        (
            (
                "$P$ is normal with mean {}1 and variance 2, $Q$ is normal with mean 1 and variance 2."
                " Compute the KL divergence of $P$ from $Q$."
            ),
            1.0,
        ),
    ],
)
def test_a_sign_counts(text: str, expected: float, minus: str) -> None:
    assert values(text.format(minus)) == [pytest.approx(expected, rel=1e-12)]


def test_a_power_of_ten_counts() -> None:
    expected = -0.01 * math.log2(0.01) - 0.99 * math.log2(0.99)
    assert values("A coin shows heads with probability 1e-2. Compute its entropy in bits.") == [
        pytest.approx(expected, rel=1e-12)
    ]


def test_a_negative_probability_is_refused() -> None:
    (problem,) = solve_sheet(Source("sheet.md", "The true distribution is [-0.5, 0.5]. Compute its entropy.")).problems
    assert problem.answers == ()
    assert "negative-probability" in [each.code for each in problem.diagnostics]


def test_a_hyphen_is_no_sign() -> None:
    text = "Let $P = (0.5, 0.5)$. Compute the entropy of $P$ in base-2 units."
    assert values(text) == [1.0]
