"""Linear systems over arrays with several axes, beside NumPy's own solution of the flattened system."""

import numpy as np
import pytest

from chainrule.errors import EvaluationError
from chainrule.evaluation.linear import solve, solve_kronecker

RANDOM = np.random.default_rng(2)


def test_of_a_matrix() -> None:
    np.testing.assert_allclose(solve(np.array([[2.0, 1.0], [0.0, 4.0]]), [4, 8]), [1, 2])


def test_of_an_array_with_four_axes() -> None:
    array, right = RANDOM.normal(size=(2, 3, 2, 3)), RANDOM.normal(size=(2, 3))
    found = solve(array, right)
    assert found.shape == (2, 3)
    np.testing.assert_allclose(np.einsum("iajb,jb->ia", array, found), right, rtol=1e-10)


def test_of_a_kronecker_product() -> None:
    """(B kron A) vec S = vec b, vec stacking columns."""
    left, right, b = RANDOM.normal(size=(3, 3)), RANDOM.normal(size=(2, 2)), RANDOM.normal(size=(2, 3))
    found = solve_kronecker(left, right, b)
    np.testing.assert_allclose(np.kron(left, right) @ found.ravel(order="F"), b.ravel(order="F"), rtol=1e-10)
    np.testing.assert_allclose(solve_kronecker(None, right, b), np.linalg.solve(right, b), rtol=1e-12)
    np.testing.assert_allclose(solve_kronecker(left, None, b), np.linalg.solve(left, b.T).T, rtol=1e-12)
    np.testing.assert_array_equal(solve_kronecker(None, None, b), b)


@pytest.mark.parametrize(
    ("left", "right", "b", "code"),
    [
        (np.ones((2, 2)), None, np.ones((3, 2)), "singular"),
        (None, np.ones((2, 3)), np.ones((2, 3)), "singular"),
        (np.eye(2), None, np.ones((2, 3)), "right-shape"),
        (None, np.eye(3), np.ones((2, 3)), "right-shape"),
        (np.eye(2), np.eye(2), np.ones(4), "right-shape"),
    ],
)
def test_what_has_no_solution(left: np.ndarray | None, right: np.ndarray | None, b: np.ndarray, code: str) -> None:
    with pytest.raises(EvaluationError) as error:
        solve_kronecker(left, right, b)
    assert error.value.code == code


def test_a_right_side_of_another_shape() -> None:
    with pytest.raises(EvaluationError) as error:
        solve(np.eye(3), np.ones(2))
    assert error.value.code == "right-shape"
    with pytest.raises(EvaluationError) as error:
        solve(np.ones((2, 3)), np.ones(2))
    assert error.value.code == "singular"
