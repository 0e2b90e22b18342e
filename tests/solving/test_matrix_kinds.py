r"""Arrays of derivatives by several numbers, and what kind of matrix they are; values by hand."""

import numpy as np
import pytest

from tests.solving.sheets import errors, solve

LINEAR = "Let $x = (1, 3)$, $A = [1, 2; 3, 4]$ and $f = A x$. "
MAP = r"Let $F(r, t) = (r\cos t, r\sin t)$. "
CUBIC = "Let $f(x, y) = x^2 y + 3 x y^2$. "
ONES = r"Let $B = \begin{bmatrix} 1 & 1 \\ 1 & 1\end{bmatrix}$. "
PLAIN = r"Let $A = \begin{bmatrix} 2 & 1 \\ 1 & 2\end{bmatrix}$. "


def last(text: str) -> object:
    problem = solve(text)
    assert problem.status == "solved", problem.diagnostics
    return problem.answers[-1].value


def verdict(text: str) -> str:
    problem = solve(text)
    assert problem.status == "solved", problem.diagnostics
    answer = problem.answers[-1]
    assert answer.kind == "statement"
    return answer.formula.text.split(":")[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MAP + "Compute the Jacobian of $F$ at $(r, t) = (2, 0)$.", [[1, 0], [0, 2]]),
        (MAP + "Let $r = 2$ and $t = 0$. Compute $J_F$.", [[1, 0], [0, 2]]),
        (MAP + r"Let $r = 2$ and $t = 0$. Compute $\frac{\partial F}{\partial (r, t)}$.", [[1, 0], [0, 2]]),
        (CUBIC + "Compute the Hessian of $f$ at $(x, y) = (1, 3)$.", [[6, 20], [20, 6]]),
        (CUBIC + r"Evaluate $\nabla^2 f$ at $(1, 3)$.", [[6, 20], [20, 6]]),
        (CUBIC + r"Find $\nabla f(1, 3)$.", [33, 19]),
        ("Let $u = x^2 y$ and $v = x + y$. Compute the Jacobian of $(u, v)$ with respect to $(x, y)$ at $x = 1$, $y = 2$.",
         [[4, 1], [1, 1]]),
    ],
)  # fmt: skip
def test_the_whole_array(text: str, expected: object) -> None:
    assert np.asarray(last(text)) == pytest.approx(np.asarray(expected))


LOGARITHM = "# Problem 1\nLet $f(u, v) = \\log(e^u + e^v)$.\n\n(a) What is the gradient of $f$ at {}?\n\n(b) {}\n"
SLOPE = 0.19661193324148185
"""e / (1 + e)^2."""


@pytest.mark.parametrize("point", ["$(u, v) = (0, 1)$", "$(0, 1)$", "$u = 0$, $v = 1$"])
@pytest.mark.parametrize(
    "asked",
    [
        "Compute the Hessian of $f$ there.",
        "What is the Hessian of $f$ at this point?",
        "Find the Hessian of $f$ at that point.",
    ],
)
def test_a_point_is_referred_to(point: str, asked: str) -> None:
    assert np.asarray(last(LOGARITHM.format(point, asked))) == pytest.approx(np.array([[SLOPE, -SLOPE], [-SLOPE, SLOPE]]))


def test_derivatives_by_letters_below() -> None:
    problem = solve(CUBIC + "Let $x = 1$ and $y = 3$. Compute the partial derivatives $f_x$, $f_y$ and $f_{xy}$.")
    assert [answer.value for answer in problem.answers] == [33, 19, 20]


@pytest.mark.parametrize("left", [r"J_F(r, t)", "J_F", r"\frac{\partial F}{\partial (r, t)}"])
def test_the_determinant_of_a_jacobian(left: str) -> None:
    assert "holds" in verdict(MAP + rf"Show that $\det {left} = r$.")
    assert "does not hold" in verdict(MAP + rf"Show that $\det {left} = r^2$.")


def test_a_hessian_with_a_name() -> None:
    text = f"# Problem 1\n{CUBIC}\n\n(a) Compute the Hessian $H$ of $f$ at $(1, 3)$.\n\n(b) Is $H$ positive definite?\n"
    assert verdict(text) == "no, ∂² f/∂(x, y)² is not positive definite"


def test_a_claim_uses_that_given_numbers_are_symmetric() -> None:
    form = r"define $q(x) = \frac12 x^\top A x$. Show that $\nabla q(x) = A x$."
    assert "holds" in verdict(rf"For $A = \begin{{pmatrix}} 3 & 1 \\ 1 & 2 \end{{pmatrix}}$ {form}")
    assert errors(solve(rf"For $A = \begin{{pmatrix}} 3 & 1 \\ 0 & 2 \end{{pmatrix}}$ {form}")) == ["claim-differs"]


SOFTMAX = r"Let $p_i = \frac{e^{z_i}}{\sum_{j=1}^{3} e^{z_j}}$ and $L = -\sum_{i=1}^{3} y_i \log p_i$ with $y$ one-hot. "


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (r"\frac{\partial L}{\partial z_i} = p_i - y_i", True),
        (r"\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} - p_j)", True),
        (r"\frac{\partial p_k}{\partial z_k} = p_k (1 - p_k)", True),
        (r"\frac{\partial L}{\partial z_i} = y_i - p_i", False),
        (r"\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} + p_j)", False),
    ],
)
def test_a_claim_about_any_entry(claim: str, holds: bool) -> None:
    problem = solve(f"{SOFTMAX}Show that ${claim}$.")
    assert errors(problem) == ([] if holds else ["claim-differs"])


def test_what_is_asked_one_by_one_is_no_array() -> None:
    problem = solve(CUBIC + "Let $x = 1$ and $y = 3$. Compute the gradients of $f$ with respect to $x$ and $y$.")
    assert [answer.value for answer in problem.answers] == [33, 19]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Let $p = \mathrm{softmax}(z)$, $z \in \mathbb{R}^3$. Compute $\partial p/\partial z$. Is it symmetric?",
         "yes, ∂p/∂z is symmetric"),
        (CUBIC + "Compute the Hessian of $f$ at $(x, y) = (1, 3)$. Is the Hessian at this point positive definite?",
         "no, ∂² f/∂(x, y)² is not positive definite"),
        (CUBIC + "Compute the Hessian of $f$ at $(x, y) = (1, 3)$. Is the Hessian there indefinite? Explain.",
         "yes, ∂² f/∂(x, y)² is indefinite"),
        (CUBIC + "Is the Hessian of $f$ negative semi-definite at $(x, y) = (-1, -3)$?",
         "no, ∂² f/∂(x, y)² is not negative semidefinite"),
        (PLAIN + "Is $A$ positive definite? Justify your answer.", "yes, A is positive definite"),
        (PLAIN + "Show that the matrix $A$ is symmetric.", "yes, A is symmetric"),
        (PLAIN + "Is $A$ singular?", "no, A is not singular"),
        (PLAIN + "Is $A - I$ invertible?", "no, A - I is not invertible"),
        (ONES + "Is $B$ positive semidefinite?", "yes, B is positive semidefinite"),
        (ONES + "Is $B$ positive definite?", "no, B is not positive definite"),
        (MAP + "Is the Jacobian of $F$ symmetric at $(r, t) = (1, 0)$?", "yes, ∂F/∂(r, t) is symmetric"),
        (LINEAR + r"Is this Jacobian $\frac{\partial f}{\partial x}$ symmetric?", "no, ∂f/∂x is not symmetric"),
        (LINEAR + r"State whether $\frac{\partial f}{\partial x}$ is singular.", "no, ∂f/∂x is not singular"),
        (LINEAR + "Is the Jacobian of $f$ with respect to $x$ invertible?", "yes, ∂f/∂x is invertible"),
    ],
)  # fmt: skip
def test_the_kind_of_a_matrix(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (MAP + "Is the Jacobian of $F$ symmetric?", "matrix-open"),
        (LINEAR + r"Is the Hessian $\frac{\partial f}{\partial x}$ symmetric?", "task-not-understood"),
        (LINEAR + r"Is the Jacobian $\frac{\partial f}{\partial x}$ never symmetric?", "task-not-understood"),
        (PLAIN + "Is $A$ almost symmetric?", "task-not-understood"),
        (PLAIN + "Is $A$ symmetric when the second row is doubled?", "task-not-understood"),
        (r"Let $B = \begin{bmatrix} 1 & 2 \\ 0 & 1\end{bmatrix}$. Is $B$ positive definite?", "matrix-open"),
        ("Let $x = (1, 2)$. Is $x$ symmetric?", "no-matrix"),
    ],
)
def test_what_is_not_decided(text: str, code: str) -> None:
    assert errors(solve(text)) == [code]
