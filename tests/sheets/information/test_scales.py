"""On which scale a distance is meant: ours is taken, another one is refused."""

from math import sqrt

import pytest

from tests.sheets.information.answers import refusals, values

TWO = r"Let $A = (0.1, 0.2, 0.3, 0.4)$ and $B = (0.4, 0.2, 0.25, 0.15)$ on $\{1, 2, 3, 4\}$. "
A, B = (0.1, 0.2, 0.3, 0.4), (0.4, 0.2, 0.25, 0.15)
SQUARED = sum((sqrt(a) - sqrt(b)) ** 2 for a, b in zip(A, B, strict=True)) / 2
VARIATION = sum(abs(a - b) for a, b in zip(A, B, strict=True)) / 2


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Find the Hellinger distance of $A$ and $B$, normalized so that it never exceeds 1.", sqrt(SQUARED)),
        ("Find the Hellinger distance between $A$ and $B$ (scaled to lie in $[0, 1]$).", sqrt(SQUARED)),
        (r"Find the Hellinger distance (normalised such that $0 \le h \le 1$) between $A$ and $B$.", sqrt(SQUARED)),
        ("Compute the Hellinger distance of $A$ and $B$, which lies between 0 and 1.", sqrt(SQUARED)),
        (r"Compute the Hellinger distance (with the factor $1/\sqrt2$) between $A$ and $B$.", sqrt(SQUARED)),
        ("Compute the squared Hellinger distance between $A$ and $B$, with the factor 1/2.", SQUARED),
        ("Compute the total variation distance of $A$ and $B$, which is always between 0 and 1.", VARIATION),
        (r"Compute the total variation distance of $A$ and $B$, that is, half the $\ell_1$ distance.", VARIATION),
        ("Compute the total variation distance of $A$ and $B$, defined as half the $L^1$ distance.", VARIATION),
    ],
)
def test_our_scale_may_be_said(asked: str, expected: float) -> None:
    assert values(TWO + asked) == [pytest.approx(expected, rel=1e-12)]


@pytest.mark.parametrize(
    "asked",
    [
        "Find the Hellinger distance of $A$ and $B$, not normalized to lie in $[0, 1]$.",
        r"Find the Hellinger distance of $A$ and $B$, normalized so that its maximum is $\sqrt2$.",
        "Find the Hellinger distance of $A$ and $B$, normalized so that it never exceeds 2.",
        r"Find the Hellinger distance of $A$ and $B$ without the factor $1/\sqrt2$.",
        "Find the squared Hellinger distance between $A$ and $B$, with the factor 1/4.",
        "Find the total variation distance of $A$ and $B$ without the factor 1/2.",
    ],
)
def test_another_scale_is_refused(asked: str) -> None:
    assert refusals(TWO + asked) == ["task-not-understood"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (r"Find the Hellinger distance of $A$ and $B$, $\frac{1}{\sqrt2} \| \sqrt{A} - \sqrt{B} \|_2$.", sqrt(SQUARED)),
        (r"Find the Hellinger distance $\frac{1}{\sqrt2} \| \sqrt{A} - \sqrt{B} \|_2$ between $A$ and $B$.", sqrt(SQUARED)),
        (r"Find the total variation distance $\frac12 \sum_x |A(x) - B(x)|$ between $B$ and $A$.", VARIATION),
        (r"Find the squared Hellinger distance of $A$ and $B$, $1 - \sum_x \sqrt{A(x) B(x)}$.", SQUARED),
    ],
)
def test_a_formula_behind_a_comma_is_the_quantity(asked: str, expected: float) -> None:
    assert values(TWO + asked) == [pytest.approx(expected, rel=1e-12)]


def test_a_formula_of_another_scale_behind_a_comma() -> None:
    assert refusals(TWO + r"Find the Hellinger distance of $A$ and $B$, $\sqrt{\sum_x (\sqrt{A(x)} - \sqrt{B(x)})^2}$.")
