"""A quantity that is named in words and again in symbols: what agrees is answered, what does not is refused."""

from math import exp, log, log2, sqrt

import pytest

from tests.sheets.information.answers import refusals, solved, units, values

BENT = r"Let $B = (0.7, 0.3)$ and $F = (0.5, 0.5)$. "
PLAIN = "Let B = (0.7, 0.3) and F = (0.5, 0.5). "
B, F = (0.7, 0.3), (0.5, 0.5)
CROSS = -sum(b * log2(f) for b, f in zip(B, F, strict=True))
CROSSED = -sum(f * log2(b) for b, f in zip(B, F, strict=True))
KL = sum(b * log2(b / f) for b, f in zip(B, F, strict=True))
LK = sum(f * log2(f / b) for b, f in zip(B, F, strict=True))
H = -sum(b * log(b) for b in B)
HELLINGER = sum((sqrt(b) - sqrt(f)) ** 2 for b, f in zip(B, F, strict=True)) / 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What is the cross-entropy of $B$ relative to $F$, that is $H(B, F)$, in bits?", CROSS),
        ("What is the cross-entropy of $B$ relative to $F$, that is, $H(F, B)$, in bits?", CROSSED),
        ("Compute the KL divergence of $B$ from $F$ (i.e. $D_{KL}(B \\| F)$) in bits.", KL),
        ("Compute the relative entropy of $B$ from $F$, namely $D(F \\| B)$, in bits.", LK),
        ("Compute the KL divergence $D_{KL}(B \\| F)$, which is the limit $\\alpha \\to 1$, in bits.", KL),
        ("Compute the KL divergence $D_{KL}(F \\| B)$, the limit of the Rényi divergence being $\\alpha \\to 1$.", None),
        ("Compute $D_{KL}(B \\| F)$, i.e. the KL divergence, in bits.", KL),
        ("Compute the KL divergence $\\sum_x F(x) \\log_2 \\frac{F(x)}{B(x)}$.", LK),
        ("Compute the cross-entropy of $B$ and $F$: $-\\sum_x B(x) \\log_2 F(x)$.", CROSS),
        ("Compute the Rényi entropy of order 2 of $B$, that is $-\\log_2 \\sum_x B(x)^2$.", -log2(0.58)),
    ],
)
def test_both_names_agree(text: str, expected: float | None) -> None:
    if expected is None:
        assert refusals(BENT + text) == ["task-not-understood"]
        return
    assert values(BENT + text) == [pytest.approx(expected, rel=1e-12)]
    assert units(BENT + text) == ["bits"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BENT + "Compute the entropy of $B$, that is $-\\sum_x B(x) \\ln B(x)$.", H),
        (BENT + "Compute the total variation distance, i.e. $\\frac12 \\sum_x |B(x) - F(x)|$.", 0.2),
        (BENT + "Compute the total variation distance $TV(B, F)$ = $\\frac12 \\sum_x |B(x) - F(x)|$.", 0.2),
        (BENT + "Compute the perplexity of $B$, that is $2^{H(B)}$ with $H$ in bits.", exp(H)),
        (BENT + "Compute the perplexity of $B$, i.e. $e^{H(B)}$.", exp(H)),
        (PLAIN + "What is the squared Hellinger distance ½ Σ (√B − √F)² ?", HELLINGER),
        (PLAIN + "What is the squared Hellinger distance (that is, ½ ∑ (√B − √F)²)?", HELLINGER),
        (BENT + "Compute the Bhattacharyya coefficient of $B$ and $F$, which is $\\sum_i \\sqrt{B_i F_i}$.", 1 - HELLINGER),
    ],
)
def test_a_formula_of_the_quantity_says_no_more(text: str, expected: float) -> None:
    assert values(text) == [pytest.approx(expected, rel=1e-12)]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Compute the KL divergence of $B$ from $F$, namely $D_{KL}(B \\| R)$.", "D_{KL}(B \\| R) is not the"),
        ("Compute the KL divergence of $B$ from $F$, i.e. $H(B, F)$.", "H(B, F) is not the Kullback"),
        ("Compute the KL divergence of $B$ relative to $F$, i.e. $\\sum_x F(x) \\ln \\frac{F(x)}{B(x)}$.", "is not the"),
        (
            "Compute the KL divergence $D_{KL}(B \\| F)$, which is the limit $\\alpha \\to \\infty$.",
            "\\alpha \\to \\infty is not",
        ),
        (
            "Compute the total variation distance of $B$ and $F$, which is $\\sum_x |B(x) - F(x)|$.",
            "is not the total variation",
        ),
        ("Compute the Rényi entropy of order 2 of $B$, that is $-\\log \\sum_x B(x)^3$.", "is not the Rényi entropy"),
        ("Compute the entropy of $B$, i.e. $-\\sum_x F(x) \\log F(x)$.", "entropy"),
    ],
)
def test_another_function_is_named(text: str, wrong: str) -> None:
    assert refusals(BENT + text) == ["task-not-understood"]
    (error,) = [each for each in solved(BENT + text).diagnostics if each.severity == "error"]
    assert wrong in error.message


def test_the_formula_is_no_statement_of_the_problem() -> None:
    text = BENT + "Compute the KL divergence $D_{KL}(B \\| F)$, which is the limit $\\alpha \\to 1$."
    assert [each.code for each in solved(text).diagnostics] == []
