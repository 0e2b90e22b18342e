"""Sums over distributions that keep their digits: nearly equal ones, entries of 1e-300, and zeros by their limits.

Every function takes an array namespace first. Complex arguments, which a complex step makes, take the plain formulas: their
imaginary parts lose nothing there.
"""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from chainrule.syntax.tree import Bracket, Juxtaposition, Tree

Function = Callable[..., Any]

HALF = Fraction(1, 2)


def quantity_tree(head: Tree, separator: str) -> Callable[[Tree, Tree], Tree]:
    """How a quantity of two distributions is written: `D_{KL}(p || q)`."""
    return lambda p, q: Juxtaposition((head, Bracket("(", (p, q), (separator,))))


ROUNDING = 2.0**-50
"""Two sums that differ by less, relative to the larger one, are sums of the same numbers, each of them rounded."""
TINY = 2.0**-1022
NEAR = 0.1
ODD = (3, 5, 7, 9, 11, 13, 15)


def careful(real: Function, plain: Function) -> Function:
    """The value function that is `real` of real arguments and `plain` of complex ones; nothing in it warns."""

    def value(xp: Any, *arguments: Any) -> Any:
        with xp.errstate(all="ignore"):
            return (plain if any(map(xp.iscomplexobj, arguments)) else real)(xp, *arguments)

    return value


def after(name: str, value: Function) -> Function:
    """The function of an array namespace with that name, of what `value` computes."""

    def composed(xp: Any, *arguments: Any) -> Any:
        return getattr(xp, name)(value(xp, *arguments))

    return composed


def precise_sum(xp: Any, *arrays: Any) -> Any:
    """The sum of all entries, rounded once; never -0.0."""
    entries = xp.concatenate([xp.ravel(array) for array in arrays])
    if not xp.isfinite(xp.sum(xp.abs(entries))):
        return xp.sum(entries)
    return xp.float64(math.fsum(entries.tolist())) + 0.0


def are_equal_sums(xp: Any, p: Any, q: Any) -> bool:
    """Do the entries of both have one sum, each entry having been rounded?"""
    return bool(xp.abs(precise_sum(xp, p, -q)) <= ROUNDING * xp.maximum(xp.abs(xp.sum(p)), xp.abs(xp.sum(q))))


def are_one(xp: Any, p: Any) -> bool:
    """Do the entries sum to one, each of them having been rounded?"""
    return are_equal_sums(xp, p, xp.ones(1))


def times_log(xp: Any, p: Any, x: Any) -> Any:
    """p log x, and 0 where p is 0, of x that are not negative."""
    absent = (p == 0) & (xp.real(x) >= 0)
    return xp.where(absent, 0.0, p * xp.log(xp.where(absent, 1.0, x)))


def contrast(xp: Any, p: Any, q: Any) -> Any:
    """(p - q) / (p + q), from -1 to 1: exact where they are close; 0 where both are 0."""
    return xp.where(p == q, 0.0, (p - q) / (p + q))


def are_near(xp: Any, p: Any, q: Any) -> Any:
    """Is neither more than twice the other? Then p - q is exact."""
    return (p <= 2.0 * q) & (q <= 2.0 * p) & (p > 0)


def log_ratio(xp: Any, p: Any, q: Any) -> Any:
    """log(p / q); where p / q is out of range, log p - log q."""
    near, ratio = are_near(xp, p, q), p / q
    far = xp.where((ratio >= TINY) & xp.isfinite(ratio), xp.log(ratio), xp.log(p) - xp.log(q))
    return xp.where(near, 2.0 * xp.arctanh(xp.where(near, contrast(xp, p, q), 0.0)), far)


def relative_terms(xp: Any, p: Any, q: Any) -> Any:
    """p log(p / q) - p + q, which is never negative, with the digits of its own size."""
    near = are_near(xp, p, q)
    s = xp.where(near, contrast(xp, p, q), 0.0)
    far = xp.where(p == 0, 0.0, p * log_ratio(xp, p, q)) - (p - q)
    return xp.where(near, (p + q) * (_beyond_linear(xp, s) + s * xp.arctanh(s)), far)


def _beyond_linear(xp: Any, s: Any) -> Any:
    """artanh(s) - s."""
    small = xp.abs(s) < NEAR
    square, series = xp.where(small, s, 0.0) ** 2, 0.0
    for k in reversed(ODD):
        series = (series + 1.0 / k) * square
    return xp.where(small, series * s, xp.arctanh(s) - s)
