"""Numbers of sixty digits, or of more where so many cancel: a sum whose terms nearly cancel, as that of a divergence of near
neighbours, keeps its digits.

Nothing is trapped: a division by zero is infinite, and what is undefined is not a number.
"""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from math import ceil

DIGITS, MOST_LOST = 60, 400
"""Of numbers, and how many that cancel are made up for: what is smaller is smaller than any float."""
GUARD = 2
"""Digits that fractions, rounded, multiplied and divided, may be off."""
ZERO, UNITY, INFINITE = Decimal(0), Decimal(1), Decimal("Infinity")
BITS_A_DIGIT = 3.32
ORDINARY = Context(prec=DIGITS, traps=[])
_arithmetic: ContextVar[Context | None] = ContextVar("arithmetic", default=None)


def exact() -> Context:
    """The arithmetic of these numbers."""
    return _arithmetic.get() or ORDINARY


@contextmanager
def precise(columns: Sequence[Sequence[Fraction]], order: Fraction | None = None) -> Generator[None]:
    """Arithmetic with the digits that cancel in a quantity of these columns, twice as many, as in a sum of squares.

    order: of the quantity, by whose distance from 0 and 1 it may be divided.
    """
    lost = max((_lost(row) for row in zip(*columns, strict=False)), default=0)
    divided = 0 if order is None else _cancelled([(order, Fraction(0)), (order, Fraction(1))], absolute=True)
    digits = DIGITS + 2 * min(lost, MOST_LOST) + min(divided, MOST_LOST)
    token = _arithmetic.set(Context(prec=digits, traps=[]))
    try:
        yield
    finally:
        _arithmetic.reset(token)


def _lost(row: Sequence[Fraction]) -> int:
    """How many leading digits agree in what is divided or compared in the term of an outcome: in a probability and one, in two
    probabilities, in that of a cell and what it would be were its variables independent.
    """
    pairs = [(entry, Fraction(1)) for entry in row]
    pairs += [(a, b) for k, a in enumerate(row) for b in row[:k]]
    if len(row) > 2:
        pairs.append((row[0] * (row[3] if len(row) > 3 else 1), row[1] * row[2]))
    return _cancelled(pairs)


def _cancelled(pairs: Sequence[tuple[Fraction, Fraction]], *, absolute: bool = False) -> int:
    """The largest number of leading digits that two numbers share; absolute: of zeros behind the point in their difference."""
    off = [abs(a - b) / (1 if absolute else max(abs(a), abs(b))) for a, b in pairs if a != b]
    bits = max((each.denominator.bit_length() - each.numerator.bit_length() for each in off), default=0)
    return max(0, ceil(bits / BITS_A_DIGIT))


def decimal(value: Fraction) -> Decimal:
    return exact().divide(Decimal(value.numerator), Decimal(value.denominator))


def _rounded() -> Decimal:
    """What a quotient of rounded fractions may be off."""
    return Decimal((0, (1,), GUARD - exact().prec))


@dataclass(frozen=True)
class Base:
    """The base of logarithms; None is e."""

    number: Fraction | None = None

    def log(self, value: Decimal) -> Decimal:
        found = exact().ln(value)
        return found if self.number is None else exact().divide(found, exact().ln(decimal(self.number)))

    def power(self, exponent: Decimal) -> Decimal:
        return exact().exp(exponent) if self.number is None else exact().power(decimal(self.number), exponent)

    def weighted(self, weight: Decimal, above: Decimal, below: Decimal = UNITY) -> Decimal:
        """weight log(above / below); 0 where the weight is 0, and where the quotient is 1 to all digits that are kept."""
        if weight == 0:
            return ZERO
        quotient = exact().divide(above, below)
        same = quotient.is_finite() and abs(exact().subtract(quotient, UNITY)) < _rounded()
        return ZERO if same else exact().multiply(weight, self.log(quotient))


def raised(base: Decimal, exponent: Decimal) -> Decimal:
    """The power; 0 to the power 0 is 0, as what has no probability is no outcome."""
    if base == 0:
        return ZERO if exponent >= 0 else INFINITE
    return exact().power(base, exponent)


def squared_difference(a: Decimal, b: Decimal) -> Decimal:
    off = exact().subtract(a, b)
    return exact().multiply(off, off)


def ratio(above: Decimal, below: Decimal) -> Decimal:
    """The quotient; 0 / 0 is 0."""
    return ZERO if above == 0 else exact().divide(above, below)


def half(value: Decimal) -> Decimal:
    return exact().divide(value, Decimal(2))


def added(values: list[Decimal]) -> Decimal:
    total = ZERO
    for value in values:
        total = exact().add(total, value)
    return total
