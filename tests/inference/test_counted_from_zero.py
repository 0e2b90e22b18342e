r"""Indices that begin with 0, `i \in \{0, 1\}`, and ranges in plain text; against NumPy."""

import numpy as np
import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source

S = np.array([2, 1, 0, -1, 3.0])
K = np.array([1, -2, 0.5])
C = np.array([K @ S[n : n + 3] for n in range(3)])
SIGNAL = r"""Let $k = (1, -2, 0.5)$, $s = (2, 1, 0, -1, 3)$,
$$c_n = \sum_{m=0}^{2} k_m s_{n+m}, \quad n = 0, 1, 2$$ and $E = \sum_n c_n^2$."""
IMAGE = r"""$$Y_{ij} = \sum_{m=0}^{1}\sum_{n=0}^{1} K_{mn}\, X_{i+m,\,j+n}, \qquad i,j\in\{0,1\}$$
$$L = \frac12 \sum_{i,j} Y_{ij}^2$$
$X = \begin{bmatrix} 1 & 2 & 0 \\ -1 & 3 & 1 \\ 2 & 0 & -2\end{bmatrix}$,
$K = \begin{bmatrix} 1 & -1 \\ 0.5 & 2 \end{bmatrix}$"""


def solve(text: str, name: str = "sheet.md") -> ProblemSolution:
    [problem] = solve_sheet(Source(name, text)).problems
    return problem


def value(text: str, asked: str) -> object:
    problem = solve(f"# Problem 1\n\n{text}\n\n(a) Compute ${asked}$.\n")
    assert problem.status == "solved", problem.diagnostics
    return problem.answers[-1].value


def codes(text: str, asked: str) -> list[str]:
    problem = solve(f"# Problem 1\n\n{text}\n\n(a) Compute ${asked}$.\n")
    return [each.code for each in problem.diagnostics if each.severity == "error"]


def test_a_signal() -> None:
    by_kernel = sum(2 * C[n] * S[n : n + 3] for n in range(3))
    assert value(SIGNAL, "c") == pytest.approx(list(C))
    assert value(SIGNAL, r"\partial E/\partial k") == pytest.approx(list(by_kernel))
    assert value(SIGNAL, "c_0") == 0
    assert value(SIGNAL, "c_2") == 3.5
    assert value(SIGNAL, r"\frac{\partial E}{\partial k_0}") == pytest.approx(by_kernel[0])
    assert codes(SIGNAL, "c_3") == ["no-such-entry"]


def test_entries_are_written_as_the_text_counts_them() -> None:
    problem = solve(f"# Problem 1\n\n{SIGNAL}\n\n(a) Compute $\\partial E/\\partial s$.\n")
    [answer] = problem.answers
    assert "k_0" in answer.formula.text
    assert "k_3" not in answer.formula.text


def test_an_image() -> None:
    picture, kernel = np.array([[1, 2, 0], [-1, 3, 1], [2, 0, -2]]), np.array([[1, -1], [0.5, 2]])
    windows = np.lib.stride_tricks.sliding_window_view(picture, (2, 2))
    made = np.einsum("ijmn,mn->ij", windows, kernel)
    by_picture = np.zeros((3, 3))
    for i, j in np.ndindex(2, 2):
        by_picture[i : i + 2, j : j + 2] += made[i, j] * kernel
    assert np.asarray(value(IMAGE, "Y")) == pytest.approx(made)
    assert value(IMAGE, "L") == pytest.approx(31.75)
    assert np.asarray(value(IMAGE, r"\partial L/\partial K")) == pytest.approx(np.einsum("ij,ijmn->mn", made, windows))
    assert np.asarray(value(IMAGE, r"\partial L/\partial X")) == pytest.approx(by_picture)
    assert value(IMAGE, "Y_{01}") == 5.5
    assert value(IMAGE, r"\frac{\partial L}{\partial K_{1,0}}") == pytest.approx(6.0)


@pytest.mark.parametrize(
    ("formula", "asked", "expected"),
    [
        (r"$z_i = x_{i+1} + x_{i+2}$ for $i = 0, 1$, $x = (1, 3, -2)$", "z", [4, 1]),
        (r"$z_i = x_i + 2 x_{i+1}$ for $0 \le i < 3$, $x = (1, 3, -2, 4)$", "z_1", -1),
        (r"$p_i = \frac12 (x_{2i} + x_{2i+1})$, $i = 0, 1$, $x = (1, 3, -2, 4)$", "p", [2, 1]),
        (r"$z_i = \sum_{k=0}^{1} w_k x_{i+k}$ for $i = 1, 2$, $w = (1, 10)$, $x = (1, 3, -2)$", "z_1", 31),
        (r"$z_{ij} = x_i y_j$ for $1 \le i, j \le 2$, $x = (1, 3)$, $y = (2, 5)$", "z", [[2, 5], [6, 15]]),
    ],
)
def test_ranges(formula: str, asked: str, expected: object) -> None:
    assert np.asarray(value(f"Let {formula}.", asked)) == pytest.approx(np.asarray(expected))


@pytest.mark.parametrize(
    "formula",
    [
        r"$z_i = x_i + x_{i+1}$ for $i = 0, 1, 2$, $x = (1, 3, -2, 4)$ and $L = \sum_{i=1}^{3} z_i$",
        r"$z_{ij} = x_i + y_j$ for $i \in \{0, 1\}$, $j \in \{1, 2\}$, $x = (1, 3)$, $y = (2, 5)$ and $L = z_{11}$",
    ],
)
def test_two_ways_of_counting_are_refused(formula: str) -> None:
    assert "mixed-counting" in codes(f"Let {formula}.", "L")


@pytest.mark.parametrize(
    "behind",
    [",   i = 1, 2, 3", " for i = 1, 2, 3", "   (i = 1, 2, 3)", ", i = 1, ..., 3", ", 1 <= i <= 3", ", for all i in {1, 2, 3}"],
)
def test_a_range_in_plain_text(behind: str) -> None:
    text = f"""Exercise 1

z_i = sum_{{k=1}}^{{3}} w_k x_{{i+k-1}} + b{behind}
a_i = relu(z_i)
s = a_1 + a_2 + a_3

x = (1, 0, -2, 3, 1), w = (0.5, -1, 0.25), b = 0.2

(a) Compute z.
(b) Compute ds/dw.
"""
    problem = solve(text, "sheet.txt")
    assert problem.status == "solved", problem.diagnostics
    z, slope = (answer.value for answer in problem.answers)
    assert z == pytest.approx([0.2, 2.95, -3.55])
    assert slope == pytest.approx([1, -2, 1])
