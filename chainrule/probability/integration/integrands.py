"""What is summed or integrated for each quantity, from log p and log q at some points: written so that nearly equal
distributions keep their digits, and what is far out of range does not become "not a number".

With s = log q - log p: q - p is p (e^s - 1), and the divergences are integrals of functions that are never negative, as of
p (e^s - 1 - s) for Kullback-Leibler, which differs from p log(p / q) by q - p, whose integral is 0.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from chainrule.probability.integration.law import ROUNDING, Floats

NEAR = 0.5
TERMS = 20


@dataclass(frozen=True)
class Pair:
    """log p and log q at some points with bounds of their rounding, log(dx/du), and the order of the quantity."""

    p: Floats
    q: Floats
    p_rounding: Floats
    q_rounding: Floats
    slope: Floats
    order: float

    @property
    def s(self) -> Floats:
        return np.where(np.isneginf(self.p) & np.isneginf(self.q), 0.0, self.q - self.p)

    @property
    def near(self) -> Floats:
        return np.where(np.abs(self.s) < NEAR, self.s, 0.0)


def beyond_linear(s: Floats) -> Floats:
    """e^s - 1 - s where s is small."""
    found = np.zeros_like(s)
    for k in range(TERMS, 1, -1):
        found = (found + 1.0) * s / k
    return found * s


def difference(pair: Pair) -> Floats:
    """q - p."""
    close = np.abs(pair.s) < NEAR
    return np.where(close, np.exp(pair.p) * np.expm1(pair.near), np.exp(pair.q) - np.exp(pair.p))


def times(p: Floats, x: Floats) -> Floats:
    """p x, and 0 where p is 0."""
    return np.where(p == 0, 0.0, p * x)


def _entropy(pair: Pair) -> Floats:
    return -times(np.exp(pair.p), pair.p - pair.slope)


def _cross_entropy(pair: Pair) -> Floats:
    return -times(np.exp(pair.p), pair.q - pair.slope)


def _plain_kl(pair: Pair) -> Floats:
    return -times(np.exp(pair.p), pair.s)


def _kl(pair: Pair) -> Floats:
    p = np.exp(pair.p)
    far = np.exp(pair.q) - p - times(p, pair.s)
    return np.where(np.abs(pair.s) < NEAR, p * beyond_linear(pair.near), far)


def _jeffreys(pair: Pair) -> Floats:
    return times(difference(pair), pair.s)


def _total_variation(pair: Pair) -> Floats:
    return 0.5 * np.abs(difference(pair))


def _jensen_shannon(pair: Pair) -> Floats:
    """p and q times the logs of twice their shares: near, (q - p) s / 2 - (p + q) log cosh(s / 2), halved."""
    p, q, s, t = np.exp(pair.p), np.exp(pair.q), pair.s, pair.near
    near = difference(pair) * t / 2 - (p + q) * np.log1p(2 * np.sinh(t / 4) ** 2)
    far = times(p, np.log(2.0) - np.logaddexp(0.0, s)) + times(q, np.log(2.0) - np.logaddexp(0.0, -s))
    return 0.5 * np.where(np.abs(s) < NEAR, near, far)


def _squared_hellinger(pair: Pair) -> Floats:
    near = np.exp(pair.p / 2) * np.expm1(pair.near / 2)
    far = np.exp(pair.q / 2) - np.exp(pair.p / 2)
    return 0.5 * np.where(np.abs(pair.s) < NEAR, near, far) ** 2


Weights = tuple[Floats, Floats]


@dataclass(frozen=True)
class Function:
    """What is integrated. weights: (pair, its values) -> by how much it moves where log p, or log q, is wrong by one.

    has_corners: where p is equal to q, which a rule for smooth functions overlooks beside the end of a panel.
    """

    of: Callable[[Pair], Floats]
    weights: Callable[[Pair, Floats], Weights]
    has_corners: bool = False


def _of_p(pair: Pair, values: Floats) -> Weights:
    return np.abs(values) + np.exp(pair.p), np.zeros_like(values)


def _of_q(pair: Pair, values: Floats) -> Weights:
    return np.zeros_like(values), np.exp(pair.q)


def _of_logarithm(pair: Pair, values: Floats) -> Weights:
    return np.abs(values) + np.exp(pair.p), np.exp(pair.p)


def _of_kl(pair: Pair, values: Floats) -> Weights:
    return times(np.exp(pair.p), np.abs(pair.s)), np.abs(difference(pair))


def _of_jeffreys(pair: Pair, values: Floats) -> Weights:
    moved, s = np.abs(difference(pair)), np.abs(pair.s)
    return times(np.exp(pair.p), s) + moved, times(np.exp(pair.q), s) + moved


def _of_both(pair: Pair, values: Floats) -> Weights:
    return np.exp(pair.p), np.exp(pair.q)


def _of_contrast(pair: Pair, values: Floats) -> Weights:
    near = np.minimum(np.abs(pair.s), 1.0)
    return near * np.exp(pair.p), near * np.exp(pair.q)


SIGNED = {
    "entropy": Function(_entropy, _of_p),
    "cross_entropy": Function(_cross_entropy, _of_logarithm),
    "kl": Function(_kl, _of_kl),
    "plain kl": Function(_plain_kl, _of_logarithm),
    "jeffreys": Function(_jeffreys, _of_jeffreys),
    "total_variation": Function(_total_variation, _of_both, has_corners=True),
    "jensen_shannon": Function(_jensen_shannon, _of_contrast),
    "squared_hellinger": Function(_squared_hellinger, _of_contrast),
    "p": Function(lambda pair: np.exp(pair.p), _of_p),
    "q": Function(lambda pair: np.exp(pair.q), _of_q),
}
"""By what is integrated; the logs of the others, which may be large, are in LOGARITHMS."""


def _mixed(pair: Pair) -> Floats:
    """p^alpha q^(1 - alpha), that is p e^((1 - alpha) s)."""
    return np.where(np.isneginf(pair.p), -np.inf, pair.p + (1.0 - pair.order) * pair.s)


def _power(pair: Pair) -> Floats:
    return np.where(np.isneginf(pair.p), -np.inf, pair.order * (pair.p - pair.slope) + pair.slope)


def _rounding_of_mixed(pair: Pair) -> Floats:
    return abs(pair.order) * pair.p_rounding + abs(1.0 - pair.order) * pair.q_rounding


LOGARITHMS: dict[str, tuple[Callable[[Pair], Floats], Callable[[Pair], Floats]]] = {
    "affinity": (_mixed, _rounding_of_mixed),
    "power": (_power, lambda pair: abs(pair.order) * pair.p_rounding),
}
"""Each with a bound of what the rounding of log p and log q makes in it."""


def excess(pair: Pair) -> Floats:
    """p^alpha q^(1 - alpha) - alpha p - (1 - alpha) q, whose integral is that of the first term less one.

    It is written from p or q, whichever is nearer to the first term, times e^(beta s) with a small beta.
    """
    p, q, apart = np.exp(pair.p), np.exp(pair.q), difference(pair)
    if pair.order < 0.5:
        base, s, t, apart, beta = q, -pair.s, -pair.near, -apart, pair.order
    else:
        base, s, t, beta = p, pair.s, pair.near, 1.0 - pair.order
    is_gentle = np.abs(beta * s) < 1.0
    gentle = times(base, np.expm1(np.where(is_gentle, beta * s, 0.0))) - beta * apart
    far = np.where(is_gentle, gentle, np.exp(_mixed(pair)) - pair.order * p - (1.0 - pair.order) * q)
    return np.where(np.abs(s) < NEAR, base * (beyond_linear(beta * t) - beta * beyond_linear(t)), far)


def _of_excess(pair: Pair, values: Floats) -> Weights:
    mixed = np.exp(_mixed(pair))
    return abs(pair.order) * np.abs(mixed - np.exp(pair.p)), abs(1.0 - pair.order) * np.abs(mixed - np.exp(pair.q))


SIGNED["excess"] = Function(excess, _of_excess)


def rounding(function: Function, pair: Pair, values: Floats) -> Floats:
    """A bound of what the rounding of log p and log q, and of the formula itself, makes in the values."""
    by_p, by_q = function.weights(pair, values)
    moved = times(by_p, pair.p_rounding) + times(by_q, pair.q_rounding)
    return moved + 8 * ROUNDING * np.abs(values)
