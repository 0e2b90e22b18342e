"""The arrays of evaluation: double precision, real or complex."""

from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from chainrule.errors import EvaluationError

Array: TypeAlias = NDArray[Any]
Scalar: TypeAlias = np.floating[Any] | np.complexfloating[Any, Any]


def as_array(value: ArrayLike) -> Array | Scalar:
    """The value in double precision; a number as a NumPy scalar. Raises EvaluationError `not-numbers`."""
    try:
        array = np.asarray(value)
    except ValueError as problem:
        raise EvaluationError("not-numbers", "the rows of a value have different lengths") from problem
    if array.dtype.kind == "O":
        array = np.array([_exact(entry) for entry in array.flat], dtype=np.float64).reshape(array.shape)
    if array.dtype.kind not in "biufc":
        raise EvaluationError("not-numbers", f"a value must be made of numbers, not of {array.dtype}")
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64, copy=False)[()]


def _exact(entry: object) -> np.float64:
    if not isinstance(entry, int | Fraction):
        raise EvaluationError("not-numbers", f"a value must be made of numbers, not of {type(entry).__name__}")
    return as_float(Fraction(entry))


def as_float(value: Fraction) -> np.float64:
    """The nearest double; infinite where it is out of range."""
    try:
        return np.float64(value.numerator / value.denominator)
    except OverflowError:
        return np.float64(np.inf if value > 0 else -np.inf)
