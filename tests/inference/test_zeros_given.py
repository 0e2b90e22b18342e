"""A name that is given the number 0 is a number, unless it can only be an array of zeros. Expected values are by hand."""

import pytest

from chainrule.solving.answer import Answer, ProblemSolution
from tests.solving.sheets import differentiate, solve

ROWS = (
    r"$X=\begin{bmatrix}1&0\\0&2\\1&1\end{bmatrix}$, $w=(1,-1)$, $z = Xw+b$, $L=\sum_i z_i^2$. Compute $\partial L/\partial b$."
)
MATRIX = r"$W=\begin{bmatrix}1&0\\0&2\end{bmatrix}$"


def derivative(problem: ProblemSolution) -> Answer:
    (found,) = [answer for answer in problem.answers if answer.kind == "derivative"]
    return found


@pytest.mark.parametrize(("bias", "slope"), [("0", -2), ("0.5", 1), ("0.0", -2), ("1", 4)])
def test_a_number_that_is_added_to_a_vector_is_one_number_whatever_it_is(bias: str, slope: float) -> None:
    """z = (1 + b, -2 + b, b), so that dL/db = 2 (3 b - 1)."""
    found = derivative(solve(f"Let $b={bias}$, {ROWS}"))
    assert found.shape == ()
    assert found.value == pytest.approx(slope, abs=1e-12)


def test_a_declared_vector_is_one_of_zeros() -> None:
    found = derivative(solve(rf"Let $b \in \mathbb{{R}}^3$, $b=0$, {ROWS}"))
    assert found.value == [2, -4, 0]


def test_a_bold_zero_is_a_vector() -> None:
    bold = ROWS.replace("+b", r"+\mathbf{b}").replace(r"\partial b", r"\partial \mathbf{b}")
    found = derivative(solve(rf"Let $\mathbf{{b}}=0$, {bold}"))
    assert found.value == [2, -4, 0]


def test_a_zero_that_a_matrix_is_multiplied_with_is_a_vector() -> None:
    """dL/dh = 2 W^T (W h + x) = 2 (1, 2 * 2) at h = 0 and x = (1, 2)."""
    found = derivative(solve(rf"Let {MATRIX}, $h = 0$, $x = (1, 2)$, $L = \|W h + x\|^2$. Compute $\partial L/\partial h$."))
    assert found.value == pytest.approx([2, 8], rel=1e-12)


def test_the_first_of_a_sequence_is_a_vector() -> None:
    """h_1 = h_0 + x."""
    found = derivative(
        solve(r"Let $h_0 = 0$, $x = (1, 2)$, $h_1 = h_0 + x$, $L = \|h_1\|^2$. Compute $\partial L/\partial h_0$.")
    )
    assert found.value == pytest.approx([2, 4], rel=1e-12)


@pytest.mark.parametrize("bias", ["b", "b^{(1)}"])
def test_the_bias_of_a_layer_is_a_vector_of_zeros(bias: str) -> None:
    """h = W x = (1, 4), so that dL/db = 2 h."""
    text = (
        rf"Let {MATRIX}, $x = (1, 2)$, ${bias} = 0$, $h = W x + {bias}$, $L = \|h\|^2$. Compute $\partial L/\partial {bias}$."
    )
    assert derivative(solve(text)).value == pytest.approx([2, 8], rel=1e-12)


def test_equations_in_a_program_say_the_same() -> None:
    """d/db of (1 + b)^2 + (2 + b)^2 at 0; z = X w = (1, -2, 0) in the second one."""
    found = derivative(differentiate("x = [1, 2]; b = 0; L = sum((x + b)^2)", "b"))
    assert found.value == pytest.approx(6, rel=1e-12)
    found = derivative(differentiate("X = [[1, 0], [0, 2], [1, 1]]; w = [1, -1]; b = 0; L = sum((X @ w + b)^2)", "b"))
    assert found.value == pytest.approx(-2, rel=1e-12)
