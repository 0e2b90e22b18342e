r"""A bracket of one column is a vector, and a matrix where a vector does not fit: one hidden unit; against NumPy."""

import numpy as np
import pytest

from tests.solving.sheets import errors, solve

UNIT = r"""Let $h = \tanh(W_1 x + b_1)$, $\hat y = W_2 h + b_2$ and $L = \|\hat y - y\|^2$ with
$W_1 = \begin{bmatrix} 0.5 & -1 & 2\end{bmatrix}$, $b_1 = 0.3$, $W_2 = \begin{bmatrix} 1 \\ -2 \\ 0.5\end{bmatrix}$,
$b_2 = (0, 1, 0)$, $x = (1, 0.2, -0.4)$, $y = (1,0,0)$. """


def test_one_hidden_unit() -> None:
    first, second, x = np.array([[0.5, -1, 2]]), np.array([[1], [-2], [0.5]]), np.array([1, 0.2, -0.4])
    hidden = np.tanh(first @ x + 0.3)
    error = 2 * (second @ hidden + [0, 1, 0] - [1, 0, 0])
    problem = solve(UNIT + r"Compute $\partial L/\partial W_2$ and $\partial L/\partial W_1$.")
    assert errors(problem) == []
    by_second, by_first = (np.asarray(answer.value) for answer in problem.answers)
    assert by_second == pytest.approx(np.outer(error, hidden))
    assert by_first == pytest.approx(np.outer(second.T @ error * (1 - hidden**2), x))


def test_a_vector_stays_one_where_it_fits() -> None:
    problem = solve(r"Let $z = w^\top x$ with $w = \begin{bmatrix} 1 \\ 2 \end{bmatrix}$, $x = (3, 4)$. Compute $z$.")
    assert [answer.value for answer in problem.answers] == [11]


def test_what_fits_neither_way_is_refused() -> None:
    problem = solve(r"Let $z = W x$ with $W = \begin{bmatrix} 1 \\ 2 \end{bmatrix}$, $x = (3, 4, 5)$. Compute $z$.")
    assert errors(problem) == ["shape-clash"]
