"""The arrays of evaluation: double precision, real or complex."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from chainrule.errors import EvaluationError
from chainrule.graph.node import Named, Node, Variable

Array: TypeAlias = NDArray[Any]
Scalar: TypeAlias = np.floating[Any] | np.complexfloating[Any, Any]

Values: TypeAlias = Mapping[Node, Array | Scalar]
"""Values in double precision, as evaluation works with them."""

Given: TypeAlias = Mapping[Node, ArrayLike] | Mapping[Variable, ArrayLike] | Mapping[Variable | Named, ArrayLike]
"""Values as a caller may give them: numbers, nested lists, arrays."""


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


def as_values(given: Given | None) -> dict[Node, Array | Scalar]:
    """All of them in double precision."""
    return {node: as_array(value) for node, value in (given or {}).items()}


def as_float(value: Fraction) -> np.float64:
    """The nearest double; infinite where it is out of range."""
    try:
        return np.float64(value.numerator / value.denominator)
    except OverflowError:
        return np.float64(np.inf if value > 0 else -np.inf)
