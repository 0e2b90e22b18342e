"""Pieces of generated code: a text, how tightly it binds, and which axes of its node the array has."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction

LARGEST_WHOLE = 2**53
"""Whole numbers up to here are exact as doubles."""

LONGEST_DECIMAL = 10


class Precedence(IntEnum):
    """How tightly the outermost operator binds; LOOSE is whatever binds less than a sum.

    A matrix product stands below a product, so that it keeps its parentheses there.
    """

    LOOSE = 0
    SUM = 1
    MATMUL = 2
    PRODUCT = 3
    SIGN = 4
    ATOM = 5


@dataclass(frozen=True, slots=True)
class Expression:
    """Python text for the value of a node.

    axes: the axes of the node that the array has, ascending; along the others it would be constant, and is not repeated.
    denominator: d where the text is 1.0 / d, so that a product can divide by it.
    inverted: A where the text is np.linalg.inv(A), so that a product can solve instead.
    """

    text: str
    precedence: Precedence = Precedence.ATOM
    axes: tuple[int, ...] = ()
    denominator: "Expression | None" = None
    inverted: "Expression | None" = None

    def within(self, lowest: Precedence) -> str:
        """The text, in parentheses where it binds less tightly than `lowest`."""
        return self.text if self.precedence >= lowest else f"({self.text})"

    def over(self, axes: tuple[int, ...]) -> "Expression":
        """The same text with its axes called anew."""
        return Expression(self.text, self.precedence, axes, self.denominator, self.inverted)


def number(value: Fraction) -> Expression:
    """An exact number as a float literal or a quotient: 3.0, 0.6, 2 / 3."""
    sign, size = ("-", -value) if value < 0 else ("", value)
    text, precedence = _positive(size)
    if text.isdigit():
        text += ".0"
    return Expression(sign + text, min(precedence, Precedence.SIGN) if sign else precedence)


def coefficient(size: Fraction, body: Expression) -> Expression:
    """A positive number times an expression: 2 * x, 0.5 * x, x / 3, 2 * x / 3."""
    if size == 1:
        return body
    text, precedence = _positive(size)
    if body.denominator is not None and precedence is Precedence.ATOM:
        return replace(body, text=f"{text} / {body.denominator.within(Precedence.SIGN)}", denominator=None)
    whole = body.within(Precedence.PRODUCT)
    if precedence is Precedence.PRODUCT:
        text = f"{whole} / {size.denominator}" if size.numerator == 1 else f"{size.numerator} * {whole} / {size.denominator}"
    else:
        text = f"{text} * {whole}"
    return Expression(text, Precedence.PRODUCT, body.axes)


def _positive(value: Fraction) -> tuple[str, Precedence]:
    if max(value.numerator, value.denominator) > LARGEST_WHOLE:
        return _nearest(value), Precedence.ATOM
    if value.denominator == 1:
        return str(value.numerator), Precedence.ATOM
    decimal = repr(float(value))
    if len(decimal) <= LONGEST_DECIMAL and Fraction(Decimal(decimal)) == value:
        return decimal, Precedence.ATOM
    return f"{value.numerator} / {value.denominator}", Precedence.PRODUCT


def _nearest(value: Fraction) -> str:
    try:
        return repr(value.numerator / value.denominator)
    except OverflowError:
        return "np.inf"


def transposed(body: Expression, labels: tuple[int, ...], order: list[int]) -> Expression:
    """The array with axes `labels` with the same axes in another order."""
    if order == list(labels):
        return body
    atom = body.within(Precedence.ATOM)
    if len(labels) == 2:
        return Expression(f"{atom}.T")
    return Expression(f"np.transpose({body.text}, {tuple(labels.index(i) for i in order)})")


def aligned(body: Expression, labels: tuple[int, ...], target: Sequence[int]) -> Expression:
    """The array with axes `labels` as NumPy broadcasts it against one with axes `target`."""
    if labels == tuple(target):
        return body
    order = [i for i in target if i in labels]
    turned = transposed(body, labels, order)
    if order == list(target[len(target) - len(order) :]):
        return turned
    places = [":" if i in labels else "None" for i in target]
    while places[0] == "None":
        places.pop(0)
    return Expression(f"{turned.within(Precedence.ATOM)}[{', '.join(places)}]")
