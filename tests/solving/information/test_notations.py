r"""Notations of distributions and of their quantities, each beside the same value worked out by hand or with logarithms."""

from math import log, log2

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source


def solve(text: str) -> ProblemSolution:
    (problem,) = solve_sheet(Source("sheet.md", f"# Problem 1\n{text}\n")).problems
    return problem


def codes(text: str) -> list[str]:
    """The errors of a text that has no value for an answer."""
    problem = solve(text)
    assert all(answer.value is None for answer in problem.answers)
    return [said.code for said in problem.diagnostics if said.severity == "error"]


def bits(*p: float) -> float:
    return -sum(x * log2(x) for x in p)


def kl(p: tuple[float, ...], q: tuple[float, ...]) -> float:
    return sum(x * log2(x / y) for x, y in zip(p, q, strict=True))


P, Q = (0.2, 0.3, 0.5), (0.5, 0.25, 0.25)
PAIR = "Let P = {a: 0.2, b: 0.3, c: 0.5} and Q = {a: 0.5, b: 0.25, c: 0.25}. "
JOINT = r"Let $p(X, Y) = \{(0, 0): 0.4, (0, 1): 0.1, (1, 0): 0.2, (1, 1): 0.3\}$. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"$\Pr\{X = 1\} = 0.5$, $\Pr\{X = 2\} = 0.3$, $\Pr\{X = 3\} = 0.2$. Compute $H(X)$ in bits.", bits(*P)),
        (r"$Z \sim (1/2, 1/4, 1/4)$. Compute $H(Z)$ in bits.", 1.5),
        (r"$X \sim \begin{pmatrix} 4 & 7 & 9 \\ 0.2 & 0.3 & 0.5 \end{pmatrix}$. Compute $H(X)$ in bits.", bits(*P)),
        (
            r"$X = \begin{cases} 1 & \text{with probability } 1/4 \\ 0 & \text{w.p. } 3/4 \end{cases}$ Compute $H(X)$ in bits.",
            bits(0.25, 0.75),
        ),
        (
            (
                r"$Y = \begin{cases} 5, & \text{w.p. } 0.2 \\ 6, & \text{w.p. } 0.3 \\ 8, & \text{w.p. } 0.5\end{cases}$ "
                "Compute $H(Y)$ in bits."
            ),
            bits(*P),
        ),
        (r"$p_i = i/10$, $i = 1, \dots, 4$. Compute $H(p)$ in bits.", bits(0.1, 0.2, 0.3, 0.4)),
        (r"$q_k = k^2/14$ for $k \in \{1, 2, 3\}$. Compute $H(q)$ in bits.", bits(1 / 14, 4 / 14, 9 / 14)),
        (PAIR + "Compute $D(P : Q)$ in bits.", kl(P, Q)),
        (PAIR + r"Compute $D_{KL}\{P \| Q\}$ in bits.", kl(P, Q)),
        (PAIR + "Compute χ²(P ∥ Q).", sum((x - y) ** 2 / y for x, y in zip(P, Q, strict=True))),
        (PAIR + "Compute D_KL(P ‖ Q) = Σ P(x) log(P(x)/Q(x)).", kl(P, Q) * log(2)),
        (PAIR + r"Compute $D_{KL}(P \| Q) = \sum P(x) \log_2 \frac{P(x)}{Q(x)}$.", kl(P, Q)),
        ("Let p = (0.2, 0.3, 0.5). Compute H = −Σ p_i log₂ p_i.", bits(*P)),
        (JOINT + "Compute $I(X : Y)$ in bits.", bits(0.5, 0.5) + bits(0.6, 0.4) - bits(0.4, 0.1, 0.2, 0.3)),
        ("Compute $h_2(0.1)$.", bits(0.1, 0.9)),
        ("Compute KL(N(0,1) || N(1,2)).", log(2) / 2),
        ("Compute D(Bern(0.3) || Bern(0.5)) in bits.", kl((0.3, 0.7), (0.5, 0.5))),
        (
            "| x | 1 | 2 | 3 | Σ |\n|---|---|---|---|---|\n| p(x) | 20% | 30% | 50% | 100% |\n\nCompute $H(p)$ in bits.",
            bits(*P),
        ),
        (
            (
                r"$$\begin{array}{c|c} x & P(x) \\ \hline 1 & 0.2 \\ 2 & 0.3 \\ 3 & 0.5 \\ \hline \Sigma & 1 \end{array}$$"
                "\n\nCompute $H(P)$ in bits."
            ),
            bits(*P),
        ),
        (
            (
                "A bit with $P(S = 0) = 0.4$ and $P(S = 1) = 0.6$ is sent:\n\n| P(R \\| S) | R = 0 | R = 1 |\n|---|---|---|\n"
                "| S = 0 | 0.9 | 0.1 |\n| S = 1 | 0.2 | 0.8 |\n\nCompute $H(R)$ in bits."
            ),
            bits(0.48, 0.52),
        ),
    ],
)
def test_notations(text: str, expected: float) -> None:
    assert [answer.value for answer in solve(text).answers] == [pytest.approx(expected, rel=1e-10)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (r"$p_i = 2^{-i}$, $i = 1, \dots, 4$. Compute $H(p)$ in bits.", "not-normalised"),
        (r"$X \sim \begin{pmatrix} 0.5 & 0.5 \\ 0.3 & 0.7 \end{pmatrix}$. Compute $H(X)$ in bits.", "no-distribution"),
        (r"Compute $H(\log 2)$.", "undefined-function"),
        ("Let $x = 3$. Compute $H(x)$.", "undefined-function"),
        (r"Let $A = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$. Compute $A\binom{1}{1}$.", "ambiguous-binomial"),
        (r"Let $B = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$. Compute $B^{-1}\binom{2}{1}$.", "ambiguous-binomial"),
    ],
)
def test_what_is_not_clear_is_refused(text: str, code: str) -> None:
    assert code in codes(text)


CASES = r"Let $f(x) = \begin{cases} x^2 & x > 1 \\ -x & x < -1 \end{cases}$. "


def test_cases_have_values_where_one_of_them_holds() -> None:
    problem = solve(CASES + "Compute $f(2)$, $f(-3)$ and $f'(2)$.")
    assert [answer.value for answer in problem.answers] == [4, 3, 4]


@pytest.mark.parametrize(
    "text",
    [
        CASES + "Compute $f(0)$.",
        CASES + "Compute $f'(0.5)$.",
        CASES + "Let $u = 1$ and $z = 3 f(u - 1)$. Compute $z$.",
        r"Let $y = \begin{cases} x^2 & x > 0 \end{cases}$ with $x = -1$. Compute $y$.",
        r"Let $y = \begin{cases} x^2 & x > 0 \end{cases}$ with $x = -1$. Find $\frac{dy}{dx}$.",
    ],
)
def test_cases_have_no_value_where_none_of_them_holds(text: str) -> None:
    assert "no-case" in codes(text)
