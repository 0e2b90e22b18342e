"""Exact probabilities that floats cannot tell from one or from each other: the values by mpmath, with 700 digits."""

from fractions import Fraction

import mpmath
import pytest

from chainrule.solving.information.decimal import decimal, exact, precise
from tests.solving.sheets import solve

GIVEN = r"$P = \{a: 10^{-300}, b: 1 - 10^{-300}\}$ and $Q = \{a: 2 \cdot 10^{-300}, b: 1 - 2 \cdot 10^{-300}\}$."


def _expected() -> dict[str, float]:
    with mpmath.workdps(700):
        tiny, log = mpmath.mpf(10) ** -300, mpmath.log
        p, q = (tiny, 1 - tiny), (2 * tiny, 1 - 2 * tiny)
        pairs = list(zip(p, q, strict=True))
        found = {
            "the surprisal of $P(b)$": -log(p[1]),
            "$H(P)$": -sum(a * log(a) for a in p),
            "$H(P, Q)$": -sum(a * log(b) for a, b in pairs),
            r"$D_{KL}(P \parallel Q)$": sum(a * log(a / b) for a, b in pairs),
            "the total variation distance of $P$ and $Q$": tiny,
            "the Rényi divergence of order 2 of $P$ from $Q$": log(sum(a * a / b for a, b in pairs)),
            "the Rényi entropy of order 2 of $P$": -log(sum(a * a for a in p)),
            "the Tsallis entropy of order 2 of $P$": 1 - sum(a * a for a in p),
            "the Bhattacharyya distance of $P$ and $Q$": -log(sum(mpmath.sqrt(a * b) for a, b in pairs)),
            "the min-entropy of $P$": -log(p[1]),
            r"the max-divergence $D_\infty(P \parallel Q)$": log(p[1] / q[1]),
        }
        return {asked: float(value) for asked, value in found.items()}


EXPECTED = _expected()


@pytest.mark.parametrize("asked", EXPECTED)
def test_a_probability_next_to_one_is_exact(asked: str) -> None:
    [answer] = solve(f"# Problem 1\nLet {GIVEN}\n\nCompute {asked}.\n").answers
    assert answer.value == pytest.approx(EXPECTED[asked], rel=1e-14, abs=0)


def test_arithmetic_has_as_many_digits_as_cancel() -> None:
    near = Fraction(1) - Fraction(1, 10**200)
    with precise([[near]]):
        assert float(exact().subtract(decimal(Fraction(1)), decimal(near))) == 1e-200
        assert exact().prec >= 60 + 2 * 200
    assert exact().prec == 60
    with precise([[Fraction(1, 10**200)], [Fraction(1, 3)]]):
        assert exact().prec <= 64
