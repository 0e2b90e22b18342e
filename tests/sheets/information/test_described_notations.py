"""Symbols whose words only describe them, and words that make something else of them. Values by hand."""

from math import log, log2

import pytest

from tests.sheets.information.answers import values
from tests.solving.sheets import solve

GIVEN = r"Let $p = (0.5, 0.5)$ and $q = (0.25, 0.75)$. "
NATS = 0.5 * log(2) + 0.5 * log(2 / 3)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (r"Compute the KL term $D_{KL}(p \| q)$ of the objective in bits.", 0.5 + 0.5 * log2(2 / 3)),
        (r"Find the KL divergence of the true law from the claimed one, $D_{KL}(p \| q)$, in nats.", NATS),
        (r"Evaluate $D_{KL}(q \| p)$ for the two forecasts.", 0.25 * log(0.5) + 0.75 * log(1.5)),
    ],
)
def test_words_that_describe(asked: str, expected: float) -> None:
    assert values(GIVEN + asked) == pytest.approx([expected])


@pytest.mark.parametrize(
    "asked",
    [
        r"Compute the penalised divergence $D_{KL}(p \| q)$.",
        r"Compute the variance term of $D_{KL}(p \| q)$.",
        r"Compute the contribution of the tail to $D_{KL}(p \| q)$.",
        r"Compute the divergence $D_{KL}(p \| q)$ of the smoothed tables.",
        r"Compute the KL divergence $D_{KL}(p \| q)$ in a world without rain.",
        r"Compute the entropy term of $D_{KL}(p \| q)$.",
    ],
)
def test_words_that_may_change_it(asked: str) -> None:
    problem = solve(GIVEN + asked)
    assert not problem.answers
    assert any(each.severity == "error" for each in problem.diagnostics)
