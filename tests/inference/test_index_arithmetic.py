r"""Entries at computed indices, `x_{i+j-1}`, `x_{2i-1}`, `X_{i+a-1, j+c-1}`: convolutions and pooling, against NumPy."""

import numpy as np
import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import Answer, ProblemSolution
from chainrule.source import Source

X = np.array([1, 2, -1, 0.5])
K = np.array([0.5, -1])
GIVEN = "$x = (1, 2, -1, 0.5)$, $k = (0.5, -1)$."


def solve(text: str) -> ProblemSolution:
    [problem] = solve_sheet(Source("sheet.md", f"# Problem 1\n\n{text}\n")).problems
    return problem


def value(text: str, asked: str) -> object:
    problem = solve(f"{text}\n\n(a) Compute ${asked}$.")
    found = [each.value for each in problem.answers if isinstance(each, Answer)]
    return found[-1] if found else None


def errors(text: str, asked: str) -> list[str]:
    return [each.code for each in solve(f"{text}\n\n(a) Compute ${asked}$.").diagnostics if each.severity == "error"]


VALID = [K @ X[i : i + 2] for i in range(3)]
FORMULAS = [
    (r"$$y_i = \sum_{j=1}^{2} k_j x_{i+j-1}, \qquad i = 1, 2, 3$$", VALID),
    (r"$$y_i = \sum_{j=1}^{2} k_j x_{i+(j-1)}, \qquad i = 1, \ldots, 3$$", VALID),
    (r"$$y_i = \sum_{j=1}^{2} k_j x_{i+j-1}, \qquad 1 \le i \le 3$$", VALID),
    (r"$$y_i = k_1 x_i + k_2 x_{i+1}, \qquad i \in \{1, 2, 3\}$$", VALID),
    (r"$$y_i = \sum_{j=1}^{m} k_j x_{i+j-1}, \qquad i = 1, \dots, n-m+1$$ $n = 4$, $m = 2$", VALID),
    (r"$$y_i = \sum_{j=1}^{2} k_j x_{i-j+2}, \qquad i = 1, 2, 3$$", np.convolve(X, K, "valid")),
    (r"$$y_i = \sum_{j=1}^{2} k_j x_{2i+j-2}, \qquad i = 1, 2$$", [K @ X[:2], K @ X[2:]]),
    (r"$$y_i = \sum_{j=1}^{2} k_j x_{2(i-1)+j}, \qquad i = 1, 2$$", [K @ X[:2], K @ X[2:]]),
    (r"$$y_i = \sum_{j=1}^{2} k_j x_{i+2j-2}, \qquad i = 1, 2$$", [K @ X[[0, 2]], K @ X[[1, 3]]]),
    (r"$$y_i = \max(x_{2i-1}, x_{2i}), \qquad i = 1, 2$$", [2, 0.5]),
    (r"$$y_i = x_{5-i}, \qquad i = 1, 2, 3, 4$$", X[::-1]),
]


@pytest.mark.parametrize(("formula", "expected"), FORMULAS)
def test_an_index_is_computed(formula: str, expected: object) -> None:
    assert value(f"{formula}\n{GIVEN}", "y") == pytest.approx(list(np.asarray(expected)))


def test_derivatives_of_a_convolution() -> None:
    formula = r"$$y_i = \sum_{j=1}^{2} k_j x_{i+j-1}, \quad i = 1, 2, 3$$ $$L = \sum_{i=1}^3 (y_i - t_i)^2$$"
    text = f"{formula} {GIVEN} $t = (0, 1, -1)$."
    upstream = 2 * (np.array(VALID) - [0, 1, -1])
    toeplitz = np.array([[0.5, -1, 0, 0], [0, 0.5, -1, 0], [0, 0, 0.5, -1]])
    assert value(text, r"\frac{\partial L}{\partial k}") == pytest.approx([upstream @ X[:3], upstream @ X[1:]])
    assert value(text, r"\frac{\partial L}{\partial x}") == pytest.approx(upstream @ toeplitz)
    assert np.asarray(value(text, r"\frac{\partial y}{\partial x}")) == pytest.approx(toeplitz)


def test_a_picture_is_convolved() -> None:
    text = r"""
$$Y_{ij} = b + \sum_{a=1}^{2} \sum_{c=1}^{2} K_{ac} X_{i+a-1,\, j+c-1}, \qquad i, j \in \{1, 2\}$$
$$L = \frac{1}{2} \sum_{i=1}^{2} \sum_{j=1}^{2} Y_{ij}^2$$
$X = \begin{pmatrix} 2 & 1 & 0 \\ -1 & 3 & 1 \\ 0 & 1 & -2 \end{pmatrix}$,
$K = \begin{pmatrix} 1 & -0.5 \\ 2 & 0.5 \end{pmatrix}$, $b = 0.25$
"""
    image, kernel = np.array([[2, 1, 0], [-1, 3, 1], [0, 1, -2]]), np.array([[1, -0.5], [2, 0.5]])
    windows = np.lib.stride_tricks.sliding_window_view(image, (2, 2))
    result = 0.25 + np.einsum("ijac,ac->ij", windows, kernel)
    assert np.asarray(value(text, "Y")) == pytest.approx(result)
    by_kernel = np.einsum("ij,ijac->ac", result, windows)
    assert np.asarray(value(text, r"\frac{\partial L}{\partial K}")) == pytest.approx(by_kernel)
    assert value(text, r"\frac{\partial L}{\partial b}") == pytest.approx(result.sum())


def test_layers_with_ranges_of_their_own() -> None:
    text = (
        r"$$y_i = \sum_{j=1}^{2} k_j x_{i+j-1}, \quad i = 1, 2, 3$$ $$z_i = \sum_{j=1}^{2} m_j y_{i+j-1}, \quad i = 1, 2$$"
        f" {GIVEN} $m = (1, 2)$."
    )
    y = np.array(VALID)
    assert value(text, "z") == pytest.approx([y[0] + 2 * y[1], y[1] + 2 * y[2]])


def test_each_definition_has_the_range_behind_it() -> None:
    text = "$$y_i = 2 x_i, \\quad i = 1, 2, 3$$ $$z_i = 3 u_i, \\quad i = 1, 2$$ $x = (1, 2, 3)$, $u = (1, 2)$."
    assert (value(text, "y"), value(text, "z")) == ([2, 4, 6], [3, 6])


def test_a_recurrence_is_still_written_out() -> None:
    """h = 1, 2.5, 0.25."""
    text = r"$$h_i = 0.5 h_{i-1} + x_i, \quad i = 1, 2, 3$$ $x = (1, 2, -1)$, $h_0 = 0$."
    assert value(text, "h_3") == pytest.approx(0.25)


REFUSED = [
    (r"$$y_i = \sum_{j=1}^{2} k_j x_{i+j}, \qquad i = 1, 2, 3$$", "no-such-entry"),
    (r"$$y_i = \sum_{j=1}^{2} k_j x_{i-j}, \qquad i = 1, 2, 3$$", "no-such-entry"),
    (r"$$y_i = \sum_{j=1}^{2} k_j x_{2(i-1)+j}, \qquad i = 1, 2, 3$$", "no-such-entry"),
    (r"$$y_i = \sum_{j=1}^{2} k_j x_{i+j-1}$$", "unreadable-name"),
    (r"$$y_i = \sum_{j=1}^{m} k_j x_{i+j-1}, \qquad i = 1, \dots, n$$", "unsupported-sum"),
]


@pytest.mark.parametrize(("formula", "code"), REFUSED)
def test_an_index_past_the_ends_or_without_a_range_is_refused(formula: str, code: str) -> None:
    text = f"{formula}\n{GIVEN}"
    assert (value(text, "y"), code in errors(text, "y")) == (None, True)


CONVOLUTIONS = [
    r"A convolution with the kernel $k$ is $$y_i = \sum_{j=1}^{2} k_j x_{i+j-1}, \qquad i = 1, 2, 3.$$",
    r"The layer is a convolution. $$y_i = \sum_{j=1}^{2} k_j x_{i+j-1}, \qquad i = 1, 2, 3$$",
]


@pytest.mark.parametrize("words", CONVOLUTIONS)
def test_a_convolution_that_is_written_out_is_read(words: str) -> None:
    assert value(f"{words} {GIVEN}", "y") == pytest.approx(VALID)


@pytest.mark.parametrize("words", ["The convolution of $x$ and $k$ is $y = x * k$.", "The layer is $y = k x$, a convolution."])
def test_a_product_that_is_a_convolution_is_not(words: str) -> None:
    assert value(f"{words} $x = (1, 2)$, $k = (3, 4)$.", "y") is None
