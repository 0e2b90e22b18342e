"""Terms of divergences, entry by entry, for blocks of positive numbers p and q of any totals.

A divergence is a sum of d(p, q) = p log(p/q) - p + q, which is never negative. Where p and q are close, all digits of its
first two parts cancel; with x = (p - q)/(p + q), so that log(p/q) = 2 artanh x, it is
(p - q) x (1 + (1 + x) x (1/3 + x^2/5 + x^4/7 + ...)), in which nothing does: a divergence of 1e-32 has its digits.
"""

from collections.abc import Sequence

import numpy as np

from chainrule.evaluation.data.blocks import Block

NEAR = 0.125
"""Of |x|: below it the series are used. Nine terms in x^2 are then exact to the last digit of a double."""

LEAST, MOST = 1e-150, 1e150
"""The quotient of two numbers between these neither overflows nor loses digits."""

ARTANH = tuple(1 / (2 * k + 3) for k in range(9))
BALANCED = tuple(1 / ((2 * k + 1) * (2 * k + 2)) for k in range(9))


def log_ratio(p: Block, q: Block, least: float, most: float, out: Block) -> Block:
    """log(p/q) of entries between least and most."""
    if least > LEAST and most < MOST:
        return np.log(np.divide(p, q, out=out), out=out)
    return np.subtract(np.log(p), np.log(q), out=out)


def divergence(p: Block, q: Block, log: Block) -> Block:
    """d(p, q), with log = log(p/q)."""
    apart = p - q
    x = apart / (p + q)
    near = apart * x * (1 + (1 + x) * x * _polynomial(ARTANH, x * x))
    return np.where(np.abs(x) < NEAR, near, p * log - apart)


def balanced_divergence(p: Block, q: Block, least: float, most: float) -> Block:
    """(d(p, m) + d(q, m))/2 with m = (p + q)/2, which is the Jensen-Shannon divergence."""
    apart, middle = p - q, (p + q) / 2
    x = apart / (p + q)
    near = apart * x * _polynomial(BALANCED, x * x) / 2
    far = [side * log_ratio(side, middle, least, most, np.empty_like(side)) for side in (p, q)]
    return np.where(np.abs(x) < NEAR, near, (far[0] + far[1]) / 2)


def _polynomial(coefficients: Sequence[float], x: Block) -> Block:
    value = np.full_like(x, coefficients[-1])
    for coefficient in coefficients[-2::-1]:
        value *= x
        value += coefficient
    return value
