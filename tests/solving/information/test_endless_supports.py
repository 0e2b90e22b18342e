"""Formulas of probabilities over all integers from one on: expected values are sums by mpmath, to thirty digits."""

from collections.abc import Callable

import mpmath
import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source

Mass = Callable[[int], mpmath.mpf]
LAST = 400
"""Beyond it no probability here is above 1e-60."""
two, three, four = mpmath.mpf(2), mpmath.mpf(3), mpmath.mpf(4)


def entropy(p: Mass, first: int) -> float:
    return float(-mpmath.fsum(p(k) * mpmath.log(p(k), 2) for k in range(first, LAST)))


def divergence(p: Mass, q: Mass, first: int) -> float:
    return float(mpmath.fsum(p(k) * mpmath.log(p(k) / q(k), 2) for k in range(first, LAST)))


def variation(p: Mass, q: Mass, first: int) -> float:
    return float(mpmath.fsum(abs(p(k) - q(k)) for k in range(first, LAST)) / 2)


def solved(text: str) -> ProblemSolution:
    return solve_sheet(Source("sheet.md", text)).problems[0]


def poisson(rate: int) -> Mass:
    return lambda k: mpmath.exp(-rate) * mpmath.mpf(rate) ** k / mpmath.factorial(k)


HALVES_AND_THIRDS: tuple[Mass, Mass, int] = (lambda k: two**-k, lambda k: 2 * three**-k, 1)
CASES: list[tuple[str, Mass, Mass, int]] = [
    (r"Over the positive integers $n = 1, 2, 3, \dots$ are $P(n) = 2^{-n}$ and $Q(n) = 3 \cdot 4^{-n}$.",
     lambda k: two**-k, lambda k: 3 * four**-k, 1),
    (r"$P(j) = 2^{-j}$ for $j \ge 1$ and $Q(j) = 2 \cdot 3^{-j}$ for $j > 0$.", *HALVES_AND_THIRDS),
    (r"$P(k) = (1 - u)^{k-1} u$ with $u = \frac12$, $Q(k) = (1 - v)^{k-1} v$ with $v = \frac14$, both for $k = 1, 2, \dots$",
     lambda k: two**-k, lambda k: (three / 4) ** (k - 1) / 4, 1),
    (r"$P(k) = e^{-2} 2^k / k!$ and $Q(k) = \frac{3^k e^{-3}}{k!}$ for $k \in \mathbb{N}_0$.", poisson(2), poisson(3), 0),
    (r"$P(m) = 2^{-(m+1)}$, $Q(m) = \frac23 3^{-m}$, $m = 0, 1, 2, \ldots$",
     lambda k: two ** -(k + 1), lambda k: 2 * three ** -(k + 1), 0),
    (r"$P(m) = m\, 2^{-(m+1)}$, $Q(m) = 2^{-m}$, $m \in \{1, 2, \ldots\}$",
     lambda k: k * two ** -(k + 1), lambda k: two**-k, 1),
    (r"Let $P(i) = 2^{-i}$ and $Q(i) = 2 \cdot 3^{-i}$ for all positive integers $i$.", *HALVES_AND_THIRDS),
    (r"Let $P(i) = 2^{-i}$ and $Q(i) = 2 \cdot 3^{-i}$ for all $i \in \mathbb{N}$.", *HALVES_AND_THIRDS),
    (r"Let $P(X = k) = 2^{-k}$ and $Q(X = k) = 2 \cdot 3^{-k}$ for $k = 1, 2, \dots$", *HALVES_AND_THIRDS),
    (r"Let $P_k = 2^{-k}$ and $Q_k = 2 \cdot 3^{-k}$ for $k = 1, 2, \dots$", *HALVES_AND_THIRDS),
]  # fmt: skip


@pytest.mark.parametrize(("given", "p", "q", "first"), CASES)
def test_quantities_of_two(given: str, p: Mass, q: Mass, first: int) -> None:
    asked = "a) Compute $H(P)$ in bits.\n\nb) Compute $D_{KL}(P \\| Q)$ in bits.\n\nc) Compute $D_{KL}(Q \\| P)$ in bits.\n\n"
    problem = solved(f"# Problem 1\n\n{given}\n\n{asked}d) Compute the total variation distance of $P$ and $Q$.\n")
    assert problem.status == "solved", problem.diagnostics
    expected = [entropy(p, first), divergence(p, q, first), divergence(q, p, first), variation(p, q, first)]
    assert [answer.value for answer in problem.answers] == [pytest.approx(each, rel=1e-11) for each in expected]


@pytest.mark.parametrize(
    ("given", "mean", "variance"),
    [
        (r"$P(n) = 2^{-n}$, $n \ge 1$", 2, 2),
        (r"$P(n) = 2^{-n-1}$, $n \ge 0$", 1, 2),
        (r"$P(k) = 5^k e^{-5} / k!$, $k = 0, 1, \dots$", 5, 5),
        (r"$P(k) = k\, 2^{-(k+1)}$, $k = 1, 2, \dots$", 3, 4),
    ],
)
def test_mean_and_variance(given: str, mean: float, variance: float) -> None:
    problem = solved(f"# Problem 1\n\nLet {given}. Compute the mean and the variance of $P$.\n")
    assert [answer.value for answer in problem.answers] == [pytest.approx(mean, rel=1e-12), pytest.approx(variance, rel=1e-12)]


def test_names_of_parameters_stay() -> None:
    given = r"Let $P(k) = (1-r) r^k$ and $Q(k) = (1-s) s^k$ for $k = 0, 1, 2, \dots$"
    problem = solved(f"# Problem 1\n\n{given} Compute $D_{{KL}}(P \\| Q)$.\n")
    [answer] = problem.answers
    assert [each.latex for each in answer.needs] == ["r", "s"]
    numbers = given.replace("$Q", "$r = 1/2$, $s = 1/4$, $Q")
    [answer] = solved(f"# Problem 1\n\n{numbers} Compute $D_{{KL}}(P \\| Q)$.\n").answers
    expected = divergence(lambda k: two ** -(k + 1), lambda k: 3 * four ** -(k + 1), 0) * float(mpmath.log(2))
    assert answer.value == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (r"$P(k) = 3^{-k}$ for $k = 1, 2, \dots$", "not-normalised", "sum to 0.5"),
        (r"$P(k) = 2^k$ for $k = 1, 2, \dots$", "not-normalised", "infinite"),
        (r"$P(k) = \frac{6}{\pi^2 k^2}$ for $k = 1, 2, \dots$", "no-bound", "not known"),
        (r"$P(k) = 3^{-k}$ for $k \in \mathbb{N}$", "natural-numbers", "begin with 0 or 1"),
        (r"$P(k) = 2^{-k}$", "entropy-or-hessian", "not given"),
    ],
)
def test_refused(given: str, code: str, said: str) -> None:
    problem = solved(f"# Problem 1\n\nLet {given}. Compute $H(P)$ in bits.\n")
    assert problem.status == "unsolved"
    assert code in [d.code for d in problem.diagnostics if said in d.message], problem.diagnostics


def test_without_outcomes_a_divergence_has_no_value_and_says_why() -> None:
    problem = solved("# Problem 1\n\nLet $P(n) = 2^{-n}$ and $Q(n) = 3 \\cdot 4^{-n}$. Compute $D_{KL}(P \\| Q)$ in bits.\n")
    assert problem.status != "solved"
    assert "formula-not-used" in [d.code for d in problem.diagnostics if d.severity == "error"]


@pytest.mark.parametrize(
    ("of", "size", "variance"),
    [
        (r"\mathcal{N}(0, t^2 I_3)", 3, 4),
        (r"\mathcal{N}(0, 4 I_3)", 3, 4),
        (r"\mathcal{N}(0, I_d)", 5, 1),
        (r"\mathcal{N}(0, I_2)", 2, 1),
    ],
)
def test_entropy_of_equal_variances(of: str, size: int, variance: int) -> None:
    [answer] = solved(f"# Problem 1\n\nLet $q = {of}$ with $t = 2$ and $d = 5$. Compute the entropy of $q$.\n").answers
    assert answer.value == pytest.approx(float(size * mpmath.log(2 * mpmath.pi * mpmath.e * variance) / 2), rel=1e-13)


def test_the_words_behind_a_divergence_name_nothing() -> None:
    given = r"Let $p = \mathcal{N}(m, \mathrm{diag}(v))$ with $m = (0, 1)$ and $v = (1, 4)$."
    asked = r"a) Compute the KL divergence from $p$ to the standard normal, $D_{KL}(p \| \mathcal{N}(0, I))$."
    problem = solved(f"# Problem 1\n\n{given}\n\n{asked}\n\nb) Compute the differential entropy of $p$.\n")
    kl = (1 + 1 - 1 - 0 + 4 - 1 - mpmath.log(4)) / 2
    h = mpmath.log(2 * mpmath.pi * mpmath.e) + mpmath.log(4) / 2
    assert [answer.value for answer in problem.answers] == [pytest.approx(float(kl)), pytest.approx(float(h))]


@pytest.mark.parametrize("asked", [r"Differentiate it: ${}$.", r"Differentiate: ${}$.", r"Compute its derivative ${}$."])
def test_a_derivative_behind_a_colon_is_the_result(asked: str) -> None:
    given = r"Let $P = \mathrm{Poisson}(u)$ and $Q = \mathrm{Poisson}(w)$ with $u = 3$ and $w = 2$."
    formula = r"\frac{\partial KL(P \| Q)}{\partial w}"
    problem = solved(f"# Problem 1\n\n{given}\n\na) Give a formula for $KL(P \\| Q)$.\n\nb) {asked.format(formula)}\n")
    assert [answer.value for answer in problem.answers if answer.part == "b"] == [pytest.approx(1 - 3 / 2)]
