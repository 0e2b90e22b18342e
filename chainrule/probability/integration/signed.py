"""A graph of numbers at many places as signs and logarithms, so that nothing underflows: exp(-x^2) at 100 is e^-10000."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from chainrule.errors import EvaluationError
from chainrule.evaluation.array import Array, Scalar
from chainrule.evaluation.run import compute
from chainrule.graph.node import Add, Apply, Constant, Contract, Named, Node, Variable, operands, postorder
from chainrule.ops.arithmetic import EXP, LOG, POWER
from chainrule.ops.comparison import ABS, WHERE
from chainrule.probability.integration.law import ROUNDING, Floats

STEADY = 4 * ROUNDING
"""What an operation adds to the relative error of its value."""


@dataclass(frozen=True)
class Signed:
    """sign: -1, 0 or 1. log: of the absolute value. error: a bound of what the log is wrong by."""

    sign: Floats
    log: Floats
    error: Floats


def signed_logarithm(root: Node, x: Variable, place: Signed) -> Signed:
    """The root, a scalar of the scalar x alone, at these places. Raises EvaluationError `no-estimate` where it has arrays."""
    found: dict[Node, Signed] = {x: place}
    order = postorder(root)
    if any(node.shape for node in order):
        raise EvaluationError("no-estimate", "the density computes with arrays: nothing is integrated")
    with np.errstate(all="ignore"):
        values = compute(order, {x: place.sign * np.exp(place.log)}, {})
        for node in order:
            if node not in found:
                found[node] = _signed(node, [found[each] for each in operands(node)], values)
    made = found[root]
    whole = np.zeros_like(place.log)
    return Signed(made.sign + whole, made.log + whole, made.error + whole)


def _signed(node: Node, below: Sequence[Signed], values: Mapping[Node, Array | Scalar]) -> Signed:
    match node:
        case Contract(factors=factors) if len(factors) == len(below):
            return _product(below)
        case Add(terms=terms):
            return _sum([_scaled(float(c), each) for (c, _), each in zip(terms, below, strict=True)])
        case Apply(operation=operation, arguments=(x,)) if operation is EXP:
            (inside,) = below
            exponent = np.asarray(values[x], dtype=float)
            return Signed(np.ones_like(exponent), exponent, _weighed(np.abs(exponent), inside.error) + STEADY)
        case Apply(operation=operation, arguments=(_, Constant(value=exponent))) if operation is POWER:
            return _power(below[0], float(exponent), odd=exponent.denominator == 1 and exponent.numerator % 2 == 1)
        case Apply(operation=operation) if operation is ABS:
            return Signed(np.abs(below[0].sign), below[0].log, below[0].error)
        case Apply(operation=operation) if operation is LOG:
            (inside,) = below
            value = np.where(inside.sign > 0, inside.log, np.nan)
            return _of_value(value, inside.error)
        case Apply(operation=operation) if operation is WHERE:
            condition, first, second = below
            return Signed(*(np.where(condition.sign != 0, a, b) for a, b in zip(_fields(first), _fields(second), strict=True)))
        case Named():
            return below[0]
        case _:
            sizes = [_weighed(np.exp(each.log), each.error) for each in below]
            return _of_value(np.asarray(values[node], dtype=float), sum(sizes, np.zeros(())))


def _fields(signed: Signed) -> tuple[Floats, Floats, Floats]:
    return signed.sign, signed.log, signed.error


def _of_value(value: Floats, error: Floats) -> Signed:
    """A plain value with an absolute error."""
    relative = np.where(error == 0, 0.0, error / np.abs(value)) + STEADY
    return Signed(np.sign(value), np.log(np.abs(value)), np.where(value == 0, 0.0, relative))


def _weighed(size: Floats, error: Floats) -> Floats:
    return np.where(error == 0, 0.0, size * error)


def _product(factors: Sequence[Signed]) -> Signed:
    sign, log, error = np.ones(()), np.zeros(()), np.zeros(())
    for each in factors:
        sign = sign * each.sign
        log = log + each.log
        error = error + each.error + ROUNDING * np.where(np.isfinite(each.log), np.abs(each.log), 0.0)
    return Signed(sign, np.where(sign == 0, -np.inf, log), error)


def _scaled(factor: float, each: Signed) -> Signed:
    return Signed(np.sign(factor) * each.sign, each.log + np.log(abs(factor)), each.error + ROUNDING)


def _power(base: Signed, exponent: float, *, odd: bool) -> Signed:
    """Of a negative base a whole power alone."""
    whole = exponent.is_integer()
    sign = np.where(base.sign < 0, (-1.0 if odd else 1.0) if whole else np.nan, 1.0)
    sign = np.where((base.sign == 0) & (exponent > 0), 0.0, sign)
    log = exponent * base.log
    return Signed(sign, log, abs(exponent) * base.error + STEADY + ROUNDING * np.where(np.isfinite(log), np.abs(log), 0.0))


def _sum(terms: Sequence[Signed]) -> Signed:
    if not terms:
        return Signed(np.zeros(()), np.full((), -np.inf), np.zeros(()))
    if len(terms) == 1:
        return terms[0]
    shape = np.broadcast_shapes(*(each.log.shape for each in terms))
    top = np.max([np.broadcast_to(each.log, shape) for each in terms], axis=0)
    anchor = np.where(np.isfinite(top), top, 0.0)
    parts = [(each.sign * np.exp(each.log - anchor), each.error) for each in terms]
    value = sum((part for part, _ in parts), np.zeros(()))
    error = sum((_weighed(np.abs(part), each + STEADY) for part, each in parts), np.zeros(()))
    made = _of_value(np.asarray(value, dtype=float), np.asarray(error, dtype=float))
    return Signed(made.sign, made.log + anchor, made.error)
