"""Linear systems whose matrix is a second derivative, solved as the matrix is stored."""

import numpy as np
from numpy.typing import ArrayLike

from chainrule.errors import EvaluationError
from chainrule.evaluation.array import Array


def solve(matrix: Array, right: ArrayLike) -> Array:
    """H (i..., j...), b (i...) -> s (j...) with H s = b, i... and j... being as many entries.

    Raises EvaluationError `singular` where there is no one solution, `right-shape` where b does not fit.
    """
    b = np.asarray(right, dtype=float)
    if matrix.shape[: b.ndim] != b.shape:
        raise EvaluationError("right-shape", f"the right side is {b.shape}, but must have the shape of the variable")
    rest = matrix.shape[b.ndim :]
    return _solved(matrix.reshape((b.size, int(np.prod(rest)))), b.ravel()).reshape(rest)


def solve_kronecker(left: Array | None, right: Array | None, b: ArrayLike) -> Array:
    """B (n, n), A (m, m), b (m, n) -> S (m, n) with A S B^T = b, which is (B kron A) vec S = vec b; None is the identity.

    Raises EvaluationError as `solve` does.
    """
    known = np.asarray(b, dtype=float)
    fits = known.ndim == 2 and (right is None or len(right) == len(known)) and (left is None or len(left) == known.shape[1])
    if not fits:
        raise EvaluationError("right-shape", f"the right side is {known.shape}, but must have the shape of the variable")
    half = known if right is None else _solved(right, known)
    return half if left is None else _solved(left, half.T).T


def _solved(matrix: Array, right: Array) -> Array:
    if matrix.shape[0] != matrix.shape[1]:
        raise EvaluationError("singular", "the matrix of the system is not square")
    try:
        return np.linalg.solve(matrix, right)
    except np.linalg.LinAlgError:
        raise EvaluationError("singular", "the matrix of the system is singular at these values") from None
