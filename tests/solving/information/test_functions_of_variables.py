r"""Random variables that are functions of others: remainders, indicators, cases, sums; and what factors has no information."""

from math import log2

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.source import Source


def numbers(text: str) -> list[float]:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    errors = [d for d in problem.diagnostics if d.severity == "error"]
    assert not errors, errors
    return [float(answer.value) for answer in problem.answers if isinstance(answer.value, float)]


def codes(text: str) -> list[str]:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    assert not [answer for answer in problem.answers if isinstance(answer.value, float)]
    return sorted({d.code for d in problem.diagnostics if d.severity == "error"})


def entropy(*chances: float) -> float:
    return -sum(p * log2(p) for p in chances if p)


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (r"X \bmod 2", entropy(1 / 2, 1 / 2)),
        (r"X \bmod 4", entropy(1 / 6, 1 / 3, 1 / 3, 1 / 6)),
        (r"X^2", log2(6)),
        (r"(X + 1) \bmod 3", log2(3)),
        (r"\mathbb{1}[X > 4]", entropy(1 / 3, 2 / 3)),
        (r"\mathbf{1}_{X \le 1}", entropy(1 / 6, 5 / 6)),
        (r"I(X \ne 2)", entropy(1 / 6, 5 / 6)),
        (r"\mathbb{1}[2 \le X < 5]", 1.0),
        (r"\begin{cases} 1 & X > 4 \\ 2 & X = 1 \\ 0 & \text{otherwise} \end{cases}", entropy(1 / 3, 1 / 6, 1 / 2)),
    ],
)
@pytest.mark.parametrize("given", [r"Let $X$ be uniform on $\{1,2,3,4,5,6\}$", r"A fair die is rolled. Let $X$ be the outcome"])
def test_a_function_of_a_variable(given: str, function: str, expected: float) -> None:
    found = numbers(rf"{given}, and let $Y = {function}$. Find $H(Y)$, $I(X;Y)$ and $H(Y|X)$ in bits.")
    assert found == pytest.approx([expected, expected, 0], abs=1e-12)


def test_a_remainder_beside_a_sum_is_refused() -> None:
    text = r"Let $X$ be uniform on $\{1,2,3,4\}$ and $Y = X + X \bmod 3$. Find $H(Y)$ in bits."
    assert codes(text) == ["no-distribution"]


def test_the_table_of_a_variable_with_a_function() -> None:
    text = (
        r"Let $U = \{1: 0.5, 2: 0.25, 3: 0.25\}$ and $V = U \bmod 2$. Find $I(U;V)$ and $H(U|V)$ in bits and $\mathbb{E}[V]$."
    )
    assert sorted(numbers(text)) == pytest.approx(sorted([entropy(0.75, 0.25), 1.5 - entropy(0.75, 0.25), 0.75]))


def test_two_variables_of_one_sentence() -> None:
    text = r"""Let $X$ and $Y$ be independent and uniform on $\{1,2,3,4,5,6\}$. Let $S = X + Y$ and $T = \max(X, Y)$.
    Find $H(S)$, $H(T)$ and $I(X;S)$ in bits."""
    sums = [sum(a + b == s for a in range(1, 7) for b in range(1, 7)) / 36 for s in range(2, 13)]
    largest = [(2 * k - 1) / 36 for k in range(1, 7)]
    assert numbers(text) == pytest.approx([entropy(*sums), entropy(*largest), entropy(*sums) - log2(6)])


def test_a_sum_modulo_two_of_drawn_variables() -> None:
    text = (
        r"$Y = X \oplus Z$ with $X \sim \mathrm{Bern}(1/2)$ and $Z \sim \mathrm{Bern}(0.1)$ independent. Find $I(X;Y)$ in bits."
    )
    assert numbers(text) == pytest.approx([1 - entropy(0.1, 0.9)])


def test_the_joint_entropy_of_variables_of_which_nothing_more_is_said() -> None:
    assert codes(r"$X$ and $Y$ are uniform on $\{0, 1\}$. Find $H(X, Y)$ in bits.") == ["no-joint-distribution"]


@pytest.mark.parametrize(
    "table",
    [
        r"p(X, Y) = \{(0,0): 0.06, (0,1): 0.14, (1,0): 0.24, (1,1): 0.56\}",
        r"p(X, Y) = \{(0,0): 1/3, (0,1): 1/6, (1,0): 1/3, (1,1): 1/6\}",
        r"p(X, Y) = \{(0,0): 1/21, (0,1): 2/21, (1,0): 2/21, (1,1): 4/21, (2,0): 4/21, (2,1): 8/21\}",
    ],
)
def test_what_factors_shares_no_information(table: str) -> None:
    assert numbers(f"${table}$. Compute $I(X;Y)$.") == [0.0]


def test_what_factors_under_a_condition_shares_no_information() -> None:
    x, y, z = (0.4, 0.6), (0.4, 0.6), (0.5, 0.5)
    other = (0.3, 0.7)
    cells = ", ".join(
        f"({a},{b},{c}): {round(z[c] * (x[a] * y[b] if c == 0 else other[a] * other[b]), 6)}"
        for a in (0, 1)
        for b in (0, 1)
        for c in (0, 1)
    )
    assert numbers(rf"$p(X, Y, Z) = \{{{cells}\}}$. Compute $I(X;Y|Z)$ in bits.") == [0.0]


@pytest.mark.parametrize(
    "text",
    [
        r"The weather is fine with probability 0.5, wet with probability 0.25 and cold with probability 0.25, except in May.",
        r"A ball is red with probability 0.5 and blue with probability 0.5, but the last one is always red.",
        r"The weather is fine with probability 0.5 and wet with probability 0.5. Except in May it is always fine.",
        r"A symbol is $u$ with probability 0.5 and $v$ with probability 0.5, and every second one is repeated.",
        r"On Sundays it is fine, otherwise it is fine with probability 0.5 and wet with probability 0.5.",
        r"$P \sim \mathrm{Poisson}(3)$ conditioned on a positive outcome.",
        r"$P \sim \mathrm{Poisson}(3)$, truncated at 5.",
    ],
)
def test_words_that_limit_a_distribution_are_not_passed_over(text: str) -> None:
    asked = "$H(P)$" if "$P" in text else "the entropy"
    assert codes(f"{text} Find {asked} in bits.") == ["description-not-understood"]


def test_an_outcome_that_is_removed_is_said_where_it_stands_and_at_the_task() -> None:
    text = r"$P = \{1: 0.5, 2: 0.5\}$, except that 2 is removed. Find $H(P)$ in bits."
    assert codes(text) == ["description-not-understood", "task-not-understood"]


def test_a_clause_of_another_distribution_limits_nothing() -> None:
    text = "$P$ is a fair coin, but $Q$ is a coin with heads probability 0.9. Find $H(P)$ and $H(Q)$ in bits."
    assert numbers(text) == pytest.approx([1, entropy(0.1, 0.9)])


SIX = r"Let $X$ be uniform on $\{1,2,3,4,5,6\}$. "


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Let $Y$ be the parity of $X$.", 1.0),
        ("$Y$ is the remainder of $X$ modulo 4.", entropy(1 / 6, 1 / 3, 1 / 3, 1 / 6)),
        ("Let $Y$ be the remainder when $X$ is divided by 5.", entropy(1 / 6, 1 / 3, 1 / 6, 1 / 6, 1 / 6)),
        ("Let $Y$ indicate whether $X > 4$.", entropy(1 / 3, 2 / 3)),
        ("Let $Y$ be the indicator of the event $X \\le 1$.", entropy(1 / 6, 5 / 6)),
        ("Let $Z$ be uniform on $\\{0, 1\\}$, where $X$ and $Z$ are independent. $Y$ is the product of $X$ and $Z$.",
         entropy(1 / 2, *[1 / 12] * 6)),
    ],
)  # fmt: skip
def test_a_function_in_words(said: str, expected: float) -> None:
    assert numbers(f"{SIX}{said} Find $H(Y)$ in bits.") == pytest.approx([expected])


@pytest.mark.parametrize(
    "said",
    [
        "Let $Y$ be the parity of $X$, flipped with probability 0.1.",
        "Let $Y$ be the parity of $X$ plus one half of the time.",
        "Let $Y$ be the parity of the square of $X$.",
        "Let $Y$ be the median of $X$.",
    ],
)
def test_a_function_of_which_more_is_said_is_refused(said: str) -> None:
    assert codes(f"{SIX}{said} Find $H(Y)$ in bits.")
