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


ATTENTION = r"""# Problem 1
With $s_i = q^\top k_i$, $a_i = \frac{e^{s_i}}{\sum_{j=1}^3 e^{s_j}}$ let $o = \sum_{i=1}^3 a_i v_i$, where $q = (1, -1)$,
$k_1 = (0.5, 0)$, $k_2 = (0, 1)$, $k_3 = (1, 1)$ and $v = (2, -1, 0.5)$.

"""
SCORES = [0.5, -1, 0]


def test_a_list_of_what_is_computed_for_each_index() -> None:
    assert values(f"{ATTENTION}(a) Compute the scores $s$.") == [SCORES]
    assert values(f"{ATTENTION}(a) Compute all scores $s_i$.") == [SCORES]
    weights = [exp(each) / sum(map(exp, SCORES)) for each in SCORES]
    assert values(f"{ATTENTION}(a) Compute the weights $a$.") == [pytest.approx(weights, rel=1e-12)]
    steps = "# Problem 1\nLet $h_t = 2 h_{t-1} + 1$ for $t = 1, 2, 3$ and $h_0 = 1$.\n\n(a) Compute $h_t$.\n"
    assert values(steps) == [[3, 7, 15]]
