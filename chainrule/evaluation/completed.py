"""Numbers that one way of computing leaves open, taken from another way."""

from collections.abc import Mapping

import numpy as np

from chainrule.evaluation.array import Array


def is_finite(found: Array) -> bool:
    """Whether every entry is a number, and none infinite."""
    return bool(np.all(np.isfinite(found)))


def completed(first: Array, second: Array) -> Array:
    """The first array; where it is infinite or no number, the entries of the second that are numbers, infinite or not."""
    return np.where(np.isfinite(first) | np.isnan(second), first, second)


def settled(found: Array) -> Array:
    """A copy without negative zeros."""
    return found + 0.0


def replaced(found: Array, entries: Mapping[tuple[int, ...], float]) -> Array:
    """A copy with these entries, by their places."""
    result = np.array(found)
    for place, value in entries.items():
        result[place] = value
    return result
