"""Numbers of sixty digits: a sum whose terms nearly cancel, as that of a divergence of near neighbours, keeps its digits.

Nothing is trapped: a division by zero is infinite, and what is undefined is not a number.
"""

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

EXACT = Context(prec=60, traps=[])
ZERO, UNITY, INFINITE = Decimal(0), Decimal(1), Decimal("Infinity")
ROUNDED = Decimal("1e-58")
"""What fractions, rounded to sixty digits, multiplied and divided, may be off."""


def decimal(value: Fraction) -> Decimal:
    return EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))


@dataclass(frozen=True)
class Base:
    """The base of logarithms; None is e."""

    number: Fraction | None = None

    def log(self, value: Decimal) -> Decimal:
        found = EXACT.ln(value)
        return found if self.number is None else EXACT.divide(found, EXACT.ln(decimal(self.number)))

    def power(self, exponent: Decimal) -> Decimal:
        return EXACT.exp(exponent) if self.number is None else EXACT.power(decimal(self.number), exponent)

    def weighted(self, weight: Decimal, above: Decimal, below: Decimal = UNITY) -> Decimal:
        """weight log(above / below); 0 where the weight is 0, and where the quotient is 1 to all digits that are kept."""
        if weight == 0:
            return ZERO
        quotient = EXACT.divide(above, below)
        same = quotient.is_finite() and abs(EXACT.subtract(quotient, UNITY)) < ROUNDED
        return ZERO if same else EXACT.multiply(weight, self.log(quotient))


def raised(base: Decimal, exponent: Decimal) -> Decimal:
    """The power; 0 to the power 0 is 0, as what has no probability is no outcome."""
    if base == 0:
        return ZERO if exponent >= 0 else INFINITE
    return EXACT.power(base, exponent)


def squared_difference(a: Decimal, b: Decimal) -> Decimal:
    off = EXACT.subtract(a, b)
    return EXACT.multiply(off, off)


def ratio(above: Decimal, below: Decimal) -> Decimal:
    """The quotient; 0 / 0 is 0."""
    return ZERO if above == 0 else EXACT.divide(above, below)


def half(value: Decimal) -> Decimal:
    return EXACT.divide(value, Decimal(2))


def added(values: list[Decimal]) -> Decimal:
    total = ZERO
    for value in values:
        total = EXACT.add(total, value)
    return total
