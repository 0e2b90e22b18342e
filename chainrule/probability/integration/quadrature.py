"""Integrals by adaptive Gauss-Legendre rules, all panels of one depth at a time, with a bound of the error."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from chainrule.errors import EvaluationError
from chainrule.probability.integration.law import ROUNDING, Floats

NODES, WEIGHTS = np.polynomial.legendre.leggauss(16)
DEPTH = 64
TOLERANCE = 1e-15
"""Of one panel, relative to the whole."""
MOST_PANELS = 100_000


@dataclass(frozen=True)
class Total:
    """A sum or an integral. size: of the absolute values. error: a bound, of the rule and of the rounding together."""

    value: float
    size: float
    error: float


Integrand = Callable[[Floats], tuple[Floats, Floats]]
"""Values at some points, and bounds of the rounding in them."""


def integrate(function: Integrand, breaks: Floats) -> Total:
    """The integral from the first of the breaks to the last. Raises EvaluationError `no-convergence`."""
    left, right = breaks[:-1], breaks[1:]
    coarse = _rule(function, left, right)[0]
    value = size = error = 0.0
    done = 0
    for depth in range(DEPTH + 1):
        middle = 0.5 * (left + right)
        first, second = _rule(function, left, middle), _rule(function, middle, right)
        fine, sizes, rounding = (a + b for a, b in zip(first, second, strict=True))
        wrong = np.abs(fine - coarse)
        scale = size + float(np.sum(sizes))
        good = wrong <= TOLERANCE * scale + 2 * rounding  # that of the coarse rule and that of the fine one
        good |= (middle <= left) | (middle >= right) | (depth == DEPTH)
        value += float(np.sum(fine[good]))
        size += float(np.sum(sizes[good]))
        error += float(np.sum(wrong[good] + rounding[good]))
        done += len(left)
        if good.all():
            return Total(value, size, error + 8 * ROUNDING * size)
        if done > MOST_PANELS:
            raise EvaluationError("no-convergence", "the integral does not converge within the work that is allowed")
        bad = ~good
        left, right = np.concatenate([left[bad], middle[bad]]), np.concatenate([middle[bad], right[bad]])
        coarse = np.concatenate([first[0][bad], second[0][bad]])
    raise AssertionError("the last depth accepts every panel")


def _rule(function: Integrand, left: Floats, right: Floats) -> tuple[Floats, Floats, Floats]:
    """On each panel: the integral, that of the absolute value, and the rounding."""
    half = 0.5 * (right - left)
    places = 0.5 * (left + right)[:, None] + half[:, None] * NODES
    values, rounding = function(places.ravel())
    values, rounding = values.reshape(places.shape), rounding.reshape(places.shape)
    weights = half[:, None] * WEIGHTS
    return (
        np.sum(weights * values, axis=1),
        np.sum(weights * np.abs(values), axis=1),
        np.sum(weights * rounding, axis=1),
    )
