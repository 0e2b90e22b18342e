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


SOURCE = "A source has $p_X(a) = 0.4, \\quad p_X(b) = 0.3, \\quad p_X(c) = 0.2, \\quad p_X(d) = 0.1$. "


@pytest.mark.parametrize(
    ("asked", "expected", "unit"),
    [
        (r"What is the surprisal $-\log_2 p_X(d)$?", -log2(0.1), "bits"),
        (r"What is the surprisal $-\log_2 p_X(a)$ of $a$?", -log2(0.4), "bits"),
        (r"Find the information content $-\ln p_X(b)$ of $b$.", -log(0.3), "nats"),
        (r"How many bits does the symbol $c$ carry, that is, what is its surprisal $-\log_2 p_X(c)$?", -log2(0.2), "bits"),
        (r"Find the surprisal $-\log p_X(b)$ in bits.", -log2(0.3), "bits"),
    ],
)
def test_the_formula_of_a_surprisal_says_its_unit(asked: str, expected: float, unit: str) -> None:
    assert values(SOURCE + asked) == [pytest.approx(expected, rel=1e-12)]
    assert units(SOURCE + asked) == [unit]


@pytest.mark.parametrize(
    ("asked", "unit"),
    [
        (r"Find the cross-entropy $-\sum_k y_k \log q_k$ in nats for the label $y = (0, 0, 1)$.", "nats"),
        (r"Find the cross-entropy $-\sum_k y_k \log q_k$ in bits for $y = (0, 0, 1)$.", "bits"),
        ("Find the cross-entropy of $y$ and $q$ for the label $y = (0, 0, 1)$.", "nats"),
        (r"Find the cross-entropy loss $-\sum_k t_k \log_2 q_k$ for the target $t = (0, 0, 1)$.", "bits"),
    ],
)
def test_a_label_behind_the_formula(asked: str, unit: str) -> None:
    text = r"The logits are $z = (2, 0, -1)$, and $q = \mathrm{softmax}(z)$. " + asked
    expected = log(exp(2) + 1 + exp(-1)) + 1
    assert values(text) == [pytest.approx(expected / (log(2) if unit == "bits" else 1), rel=1e-12)]
    assert units(text) == [unit]


@pytest.mark.parametrize(
    "asked",
    [
        r"Determine the KL divergence in bits from $p$ to the uniform distribution $u$ on $\{1, 2, 3, 4\}$, i.e. $D(p \| u)$.",
        r"Determine the KL divergence from $p$ to the uniform distribution $u$ on $\{1, 2, 3, 4\}$, i.e. $D(p \| u)$, in bits.",
    ],
)
def test_the_support_of_a_distribution_is_none_of_its_arguments(asked: str) -> None:
    text = r"The random variable $X$ has $p = (0.5, 0.25, 0.15, 0.1)$ on $\{1, 2, 3, 4\}$. " + asked
    expected = sum(x * log2(4 * x) for x in (0.5, 0.25, 0.15, 0.1))
    assert values(text) == [pytest.approx(expected, rel=1e-12)]


def test_the_other_direction_than_the_formula() -> None:
    said = BENT + r"Find the KL divergence $\sum_x B(x) \log_2 \frac{B(x)}{F(x)}$ from $F$ to $B$."
    assert refusals(said) == ["task-not-understood"]
