"""The numbers that parameters of families may be."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from chainrule.errors import EvaluationError
from chainrule.probability.families.family import Domain, Family, Parameter

Value = NDArray[np.float64]

SUM_ROUNDING = 1e-9
ASYMMETRY = 1e-9


def _is_whole(x: Value) -> bool:
    return bool(x == np.round(x))


def is_positive_definite(x: Value) -> bool:
    """Is a matrix symmetric, up to rounding, with positive eigenvalues?"""
    if x.shape[0] != x.shape[1] or np.max(np.abs(x - x.T)) > ASYMMETRY * np.max(np.abs(x)):
        return False
    try:
        np.linalg.cholesky(x)
    except np.linalg.LinAlgError:
        return False
    return True


DOMAINS: dict[Domain, tuple[Callable[[Value], bool], str]] = {
    "real": (lambda x: True, "is a finite number"),
    "positive": (lambda x: bool(x > 0), "is positive"),
    "non-negative": (lambda x: bool(x >= 0), "is not negative"),
    "probability": (lambda x: bool(0 <= x <= 1), "lies between 0 and 1"),
    "positive probability": (lambda x: bool(0 < x <= 1), "lies between 0, which it is not, and 1"),
    "count": (lambda x: bool(x >= 1) and _is_whole(x), "is a whole number from 1 on"),
    "integer": (_is_whole, "is a whole number"),
    "probabilities": (
        lambda x: bool(np.all(x >= 0)) and abs(float(np.sum(x)) - 1.0) <= SUM_ROUNDING,
        "has entries that are not negative and sum to 1",
    ),
    "real vector": (lambda x: True, "has finite entries"),
    "positive vector": (lambda x: bool(np.all(x > 0)), "has positive entries"),
    "positive definite": (is_positive_definite, "is symmetric and positive definite"),
}


def check_parameters(family: Family, values: Sequence[Value]) -> None:
    """Raises EvaluationError `parameter-domain` where a number is no parameter of the family, or the ends are turned."""
    for parameter, value in zip(family.parameters, values, strict=True):
        check_parameter(family, parameter, value)
    if family.ordered and not _in_order(family, values):
        first, last = (float(value) for value in values)
        raise EvaluationError("parameter-domain", f"the {family.title} distribution from {first:g} to {last:g} has no outcomes")


def _in_order(family: Family, values: Sequence[Value]) -> bool:
    return bool(values[0] <= values[1]) if family.support.discrete else bool(values[0] < values[1])


def check_parameter(family: Family, parameter: Parameter, value: Value) -> None:
    """Raises EvaluationError `parameter-domain`."""
    allowed, words = DOMAINS[parameter.domain]
    if np.all(np.isfinite(value)) and allowed(value):
        return
    shown = f"{float(value):g}" if value.ndim == 0 else np.array2string(value, precision=6, threshold=20)
    message = f"the parameter {parameter.name} of the {family.title} distribution {words}; it is {shown}"
    raise EvaluationError("parameter-domain", message)
