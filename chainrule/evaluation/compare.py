"""How far two arrays are apart."""

import numpy as np
from numpy.typing import ArrayLike

from chainrule.errors import ShapeError
from chainrule.evaluation.array import as_array

BESIDE_THE_LARGEST = 1e-3
LEAST_SCALE = 1e-6


def compare(found: ArrayLike, expected: ArrayLike) -> float:
    """The largest relative error over the entries: |a - b| / max(|a|, |b|, 1e-3 M, 1e-6).

    M is the largest magnitude expected, so an entry that is tiny beside the others, or zero but for rounding, is measured
    against a thousandth of them. Equal infinities agree; anything else that is not finite is infinitely far.
    Raises ShapeError `compared-shapes` where the shapes differ: nothing is broadcast.
    """
    a, b = np.asarray(as_array(found)), np.asarray(as_array(expected))
    if a.shape != b.shape:
        raise ShapeError("compared-shapes", f"cannot compare an array of shape {a.shape} with one of shape {b.shape}")
    if not a.size:
        return 0.0
    finite = np.isfinite(a) & np.isfinite(b)
    if not np.all(finite | (a == b)):
        return float("inf")
    a, b = np.where(finite, a, 0.0), np.where(finite, b, 0.0)
    least = max(BESIDE_THE_LARGEST * float(np.max(np.abs(b))), LEAST_SCALE)
    scale = np.maximum(np.maximum(np.abs(a), np.abs(b)), least)
    return float(np.max(np.abs(a - b) / scale))
