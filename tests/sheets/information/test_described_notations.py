"""Symbols whose words only describe them, and words that make something else of them. Values by hand."""

from math import log, log2

import pytest

from tests.sheets.information.answers import values
from tests.solving.sheets import solve

GIVEN = r"Let $p = (0.5, 0.5)$ and $q = (0.25, 0.75)$. "
REVERSED = 0.25 * log(0.5) + 0.75 * log(1.5)
NATS = 0.5 * log(2) + 0.5 * log(2 / 3)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (r"Compute the KL term $D_{KL}(p \| q)$ of the objective in bits.", 0.5 + 0.5 * log2(2 / 3)),
        (r"Find the KL divergence of the true law from the claimed one, $D_{KL}(p \| q)$, in nats.", NATS),
        (r"Evaluate $D_{KL}(q \| p)$ for the two forecasts.", REVERSED),
        (r"Show both numbers, $D_{KL}(p \| q)$ and $D_{KL}(q \| p)$.", [NATS, REVERSED]),
        (r"What is the information lost per symbol, $D_{KL}(p \| q)$, in bits?", NATS / log(2)),
        (
            r"Report the divergence of the bent coin from the claimed coin, $D_{KL}(q \| p)$, and the entropy of it, $H(q)$.",
            [REVERSED, -0.25 * log(0.25) - 0.75 * log(0.75)],
        ),
    ],
)
def test_words_that_describe(asked: str, expected: float | list[float]) -> None:
    assert values(GIVEN + asked) == pytest.approx(expected if isinstance(expected, list) else [expected])


def test_a_name_behind_where_a_family_holds() -> None:
    text = "Calls are Poisson with rate 4 at the first desk ($p$) and Poisson with rate 2.5 at the second ($q$). "
    assert values(text + r"Compute $D(p \| q)$ in nats.") == pytest.approx([4 * log(4 / 2.5) - 1.5])
    text = (
        "Errors are Gaussian with mean 0 and variance 1 in theory, $p$, and Gaussian with mean 1 and variance 4 in use, $q$. "
    )
    assert values(text + r"Compute $D(q \| p)$.") == pytest.approx([2.0 + 0.5 - 0.5 - log(2)])


@pytest.mark.parametrize("who", ["of the two policies", "policy", "of the two horses", "of $p$ and $q$"])
def test_any_noun_of_a_distribution_may_be_compared(who: str) -> None:
    (answer,) = solve(f"{GIVEN}Which {who} has the larger entropy?").answers
    assert answer.formula is not None
    assert answer.formula.text.startswith("H(p) = 0.693147 nats and H(q) = 0.562335 nats")


def test_this_term_is_the_last_result() -> None:
    text = r"Let $q = \mathcal{N}(m, 1)$, $r = \mathcal{N}(0, 1)$, $m = 0.6$. (a) Compute $D_{KL}(q \| r)$ in nats. "
    assert values(text + "(b) What is the gradient of this term with respect to $m$?") == pytest.approx([0.18, 0.6])


@pytest.mark.parametrize(
    "asked",
    [
        r"Compute the penalised divergence $D_{KL}(p \| q)$.",
        r"Compute the variance term of $D_{KL}(p \| q)$.",
        r"Compute the Wasserstein divergence $D(p \| q)$.",
        r"Compute the contribution of the tail to $D_{KL}(p \| q)$.",
        r"Compute the divergence $D_{KL}(p \| q)$ of the smoothed tables.",
        r"Compute the KL divergence $D_{KL}(p \| q)$ in a world without rain.",
        r"Compute the entropy term of $D_{KL}(p \| q)$.",
        r"Compute the information lost, $D_{KL}(p \| q)$, after renormalising.",
        r"Compute the inverse of the information lost, $D_{KL}(p \| q)$.",
    ],
)
def test_words_that_may_change_it(asked: str) -> None:
    problem = solve(GIVEN + asked)
    assert not problem.answers
    assert any(each.severity == "error" for each in problem.diagnostics)
