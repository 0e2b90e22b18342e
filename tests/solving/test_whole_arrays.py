"""Entries at a letter that is no number, `p_i`, ask for the whole array; values by hand."""

from math import exp

import pytest

from tests.sheets.information.answers import values

TOTAL = exp(2) + exp(1) + exp(0)
SHARES = [exp(2) / TOTAL, exp(1) / TOTAL, exp(0) / TOTAL]
FORMULA = r"\frac{e^{z_i}}{\sum_j e^{z_j}}"


@pytest.mark.parametrize(
    "text",
    [
        rf"Let $z = (2, 1, 0)$. Compute $p_i = {FORMULA}$.",
        rf"Let $z = (2, 1, 0)$. Let $p_i = {FORMULA}$. Compute $p_i$.",
        rf"Let $z = (2, 1, 0)$. Compute the softmax probabilities $p_i = {FORMULA}$ for $i = 1, 2, 3$.",
        rf"Let $z = (2, 1, 0)$ be logits. Compute the softmax $\hat{{y}}_i = {FORMULA}$.",
        r"Let $z = (2, 1, 0)$ and $p = \mathrm{softmax}(z)$. Compute $p_k$ for all $k$.",
    ],
)
def test_the_array_that_an_index_runs_over(text: str) -> None:
    assert values(text) == [pytest.approx(SHARES, rel=1e-12)]


def test_a_number_picks_an_entry() -> None:
    assert values(rf"Let $z = (2, 1, 0)$. Let $p_i = {FORMULA}$. Compute $p_2$.") == [pytest.approx(SHARES[1], rel=1e-12)]
    assert values(rf"Let $z = (2, 1, 0)$, $k = 3$ and $p_i = {FORMULA}$. Compute $p_k$.") == [
        pytest.approx(SHARES[2], rel=1e-12)
    ]
