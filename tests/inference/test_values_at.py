r"""A computed name with an argument behind it: `H(x)`. Values by hand."""

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source


def solve(text: str) -> ProblemSolution:
    return solve_sheet(Source("sheet.md", text)).problems[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"$H = W^T a$, $a = \mathrm{ReLU}(x)$, $W = (-3, 1)^T$, $x = (2, 1)^T$. What is $H(x)$?", -5),
        (r"$\hat y = w x + b$, $w = 2$, $b = 1$, $x = 3$. Compute $\hat y(x)$.", 7),
        (r"$L = (w x - y)^2$, $x = 2$, $y = 1$, $w = 3$. Compute $L(w, x)$.", 25),
        (r"$z = w x - 2$, $h_\theta = \tanh(z)$, $w = 1$, $x = 2$. What is $h_\theta(x)$?", 0),
        (r"$a = 2 x$ and $y = a(x)^2$ with $x = 3$. Compute $y$.", 36),
        (r"$z = 2 x$, $f = z^2 + 1$, $x = 1$. Compute $f(3)$.", 37),
        (r"$f = x^2$, $x = 3$. Compute $f(2x)$.", 36),
        (r"$p = (0.5, 0.5)$, $H = -\sum_i p_i \log_2 p_i$. Compute $H(p)$.", 1),
    ],
)
def test_is_the_value(text: str, expected: float) -> None:
    (answer,) = solve(f"Let {text}").answers
    assert answer.value == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"$a = 2 x$ and $y = a(1 - a)$ with $x = 3$. Compute $y$.", -30),
        (r"$a = 2 x$ and $y = a(x + 1)$ with $x = 3$. Compute $y$.", 24),
        (r"$w = 2$, $x = 3$ and $y = w(x)$. Compute $y$.", 6),
        (r"$a = 2 x$ and $y = a(x) + a(2x) + a(1 - a)$ with $x = 3$. Compute $y$.", 6 + 12 - 30),
        (r"$s = x^2$ and $v = s (1, 2)^T$ with $x = 2$. Compute $v$.", [4, 8]),
    ],
)
def test_stays_a_product(text: str, expected: object) -> None:
    (answer,) = solve(f"Let {text}").answers
    assert answer.value == expected


@pytest.mark.parametrize(
    "text",
    [
        r"$\hat y = w x + b$, $w = 2$, $b = 1$, $x = 3$. Compute $\hat y(5)$.",
        r"$y = x^2$, $x = 3$, $t = 4$. Compute $y(t)$.",
        r"$C = x^2 + y^2$, $x = 1$, $y = 2$. Compute $C(2, 3)$.",
        r"$L = (w x - y)^2$, $x = 2$, $y = 1$, $w = 3$. Compute $L(w x)$.",
        r"$P = (0.5, 0.5)$, $Q = (0.25, 0.75)$, $H = -\sum_i P_i \log Q_i$. Compute $H(Q)$.",
    ],
)
def test_another_argument_is_refused(text: str) -> None:
    problem = solve(f"Let {text}")
    assert "value-at-argument" in [d.code for d in problem.diagnostics]
    assert not problem.answers


def test_beside_a_value_an_expression_is_an_argument_too() -> None:
    text = r"Let $H = W^T a$ with $a = \mathrm{ReLU}(x)$, $W = (1, 2)$, $x = (1, -1)$. Compute $H(x)$ and $H(2x)$."
    assert [answer.value for answer in solve(text).answers] == [1, 2]


def test_a_value_of_itself_is_refused() -> None:
    problem = solve("Let $f = f(3) + x$. Compute $f$.")
    assert "cyclic-definition" in [d.code for d in problem.diagnostics]
    assert not problem.answers
