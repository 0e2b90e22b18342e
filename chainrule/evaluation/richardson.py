"""Central differences extrapolated to step zero (Richardson).

The choice of the best entry of the table is that of Ridders, Accurate computation of F'(x) and F'(x) F''(x), 1982.
"""

from collections.abc import Callable
from math import inf, log2

import numpy as np

from chainrule.errors import EvaluationError
from chainrule.evaluation.array import Array, Scalar

Function = Callable[[Array | Scalar], Array]

FIRST_STEP = 2.0**-4
SHRINK = 2.0
LEVELS = 11
ONE_SIDED_STEP = 2.0**-11
LEAST_GAP = 1e-6
"""Beside the steepest slope: a smaller gap is rounding."""
EPSILON = float(np.finfo(float).eps)


def central_differences(function: Function, at: Array | Scalar, direction: Array) -> tuple[Array, float]:
    """The derivative of `function` at `at` along `direction`, and an estimate of its largest absolute error.

    Steps that go with the size of the entries that move, and steps that do not, are all tried; each entry of the result is
    taken from where its estimate is best. Raises EvaluationError `not-smooth` at a kink.
    """
    entries = np.abs(np.asarray(at)[direction != 0])
    largest = float(np.max(entries, initial=0.0))
    value, error = np.zeros(()), np.asarray(np.inf)
    with np.errstate(all="ignore"):
        scales = {_power_of_two(largest), 1.0}
        if all(_slopes_differ(function, at, direction, ONE_SIDED_STEP * scale) for scale in scales):
            raise EvaluationError("not-smooth", "the slopes to the left and to the right differ here: this point is a kink")
        for scale in scales:
            found, found_error = _ridders(function, at, direction, FIRST_STEP * scale)
            value, error = np.where(found_error < error, found, value), np.fmin(error, found_error)
    return np.where(np.isfinite(error), value, np.nan), float(np.max(error, initial=0.0))


def _power_of_two(size: float) -> float:
    """A power of two near `size`, so that a step loses no digits when it is added; 1 for zero."""
    return 2.0 ** round(log2(size)) if 0.0 < size < inf else 1.0


def _ridders(function: Function, at: Array | Scalar, direction: Array, first: float) -> tuple[Array, Array]:
    """Entry by entry the best of the extrapolation table, and how much it moved there (rounding added)."""
    row: list[Array] = []
    best, best_error = np.zeros(()), np.asarray(np.inf)
    for level in range(LEVELS):
        step = first / SHRINK**level
        above, below = function(at + step * direction), function(at - step * direction)
        rounding = EPSILON * np.maximum(np.abs(above), np.abs(below)) / step
        last, row = row, [(above - below) / (2.0 * step)]
        for order, coarser in enumerate(last, start=1):
            finer = row[-1]
            better = finer + (finer - coarser) / (SHRINK ** (2 * order) - 1.0)
            error = np.maximum(np.abs(better - finer), np.abs(better - coarser)) + rounding
            best, best_error = np.where(error < best_error, better, best), np.fmin(error, best_error)
            row.append(better)
    return best, best_error


def _slopes_differ(function: Function, at: Array | Scalar, direction: Array, step: float) -> bool:
    """Whether the gap between the slopes to the right and to the left does not shrink with the step, as at a kink."""
    here = function(at)

    def slopes(h: float) -> tuple[Array, Array]:
        return (function(at + h * direction) - here) / h, (here - function(at - h * direction)) / h

    (right, left), (near_right, near_left) = slopes(step), slopes(step / 8.0)
    wide, narrow = np.abs(right - left), np.abs(near_right - near_left)
    steepest = float(np.max(np.abs(right) + np.abs(left), initial=0.0))
    noise = 100.0 * EPSILON * np.abs(here) / step + LEAST_GAP * steepest
    return bool(np.any((narrow > 0.5 * wide) & (narrow > noise)))
