"""Numbers that know their digits: a decimal with a bound of its error, a ball, beside fractions, which have none.

Arithmetic here never guesses: what a ball does not decide (the sign of one that contains 0) is no number at all, None.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, Context, Decimal
from fractions import Fraction

ZERO, UNITY = Decimal(0), Decimal(1)
LARGEST_EXPONENT = 10**6
"""Of e: beyond it there is no float by far, and no number here."""
MOST_BITS = 20_000
"""A fraction with more bits than this becomes a ball."""
UPWARDS = Context(prec=9, rounding=ROUND_CEILING, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])


@dataclass(frozen=True)
class Ball:
    """All numbers that are at most `error` from `middle`."""

    middle: Decimal
    error: Decimal

    @property
    def holds_zero(self) -> bool:
        return abs(self.middle) <= self.error


Figure = Fraction | Ball | None
"""A number: exact, to so many digits, or none that is known."""


def _bits(exact: Fraction) -> int:
    return exact.numerator.bit_length() + exact.denominator.bit_length()


def _above(*summands: Decimal) -> Decimal:
    """A bound of the sum, rounded upwards."""
    total = ZERO
    for summand in summands:
        total = UPWARDS.add(total, UPWARDS.abs(summand))
    return total


def _times_above(a: Decimal, b: Decimal) -> Decimal:
    return UPWARDS.multiply(UPWARDS.abs(a), UPWARDS.abs(b))


@dataclass(frozen=True)
class Arithmetic:
    """Arithmetic with that many digits."""

    digits: int

    @property
    def context(self) -> Context:
        return Context(prec=self.digits, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])

    def ball(self, number: Fraction | Ball) -> Ball:
        if isinstance(number, Ball):
            return number
        return self._rounded(self.context.divide(Decimal(number.numerator), Decimal(number.denominator)), ZERO)

    def _rounded(self, middle: Decimal, error: Decimal) -> Ball:
        """With what rounding the middle may have added, more than half of its last digit."""
        return Ball(middle, _above(error, UPWARDS.scaleb(UPWARDS.abs(middle), 1 - self.digits)))

    def _settled(self, exact: Fraction) -> Figure:
        return self.ball(exact) if _bits(exact) > MOST_BITS else exact

    def add(self, a: Figure, b: Figure) -> Figure:
        if a is None or b is None:
            return None
        if isinstance(a, Fraction) and isinstance(b, Fraction):
            return self._settled(a + b)
        x, y = self.ball(a), self.ball(b)
        return self._rounded(self.context.add(x.middle, y.middle), _above(x.error, y.error))

    def multiply(self, a: Figure, b: Figure) -> Figure:
        if a is None or b is None:
            return None
        if isinstance(a, Fraction) and isinstance(b, Fraction):
            return self._settled(a * b)
        if Fraction(0) in (a, b):
            return Fraction(0)
        x, y = self.ball(a), self.ball(b)
        off = _above(_times_above(x.middle, y.error), _times_above(y.middle, x.error), _times_above(x.error, y.error))
        return self._rounded(self.context.multiply(x.middle, y.middle), off)

    def reciprocal(self, a: Figure) -> Figure:
        if a is None or a == 0 or (isinstance(a, Ball) and a.holds_zero):
            return None
        if isinstance(a, Fraction):
            return 1 / a
        nearest = self.context.subtract(abs(a.middle), a.error)
        off = self.context.divide(a.error, self.context.multiply(abs(a.middle), nearest))
        return self._rounded(self.context.divide(UNITY, a.middle), _above(off, off))

    def log(self, a: Figure) -> Figure:
        if a == 1:
            return Fraction(0)
        if a is None or (sign_of(a) or 0) <= 0:
            return None
        x = self.ball(a)
        nearest = self.context.subtract(x.middle, x.error)
        off = self.context.divide(x.error, nearest)
        return self._rounded(self.context.ln(x.middle), _above(off, off))

    def exp(self, a: Figure) -> Figure:
        if a == 0:
            return Fraction(1)
        if a is None:
            return None
        x = self.ball(a)
        if abs(x.middle) > LARGEST_EXPONENT or x.error > UNITY:
            return None
        found = self.context.exp(x.middle)
        # exp(e) - 1 is at most 2 e for an e up to 1, and rounding has its share.
        return self._rounded(found, _times_above(_above(found, found, found), x.error))

    def power(self, base: Figure, exponent: Figure) -> Figure:
        if base is None or not isinstance(exponent, Fraction):
            return self.exp(self.multiply(self.log(base), exponent))
        if exponent < 0:
            return self.reciprocal(self.power(base, -exponent))
        if base == 0:
            return Fraction(0) if exponent > 0 else None
        whole = exponent.denominator == 1
        if whole and isinstance(base, Fraction) and _bits(base) * exponent <= MOST_BITS:
            return base ** int(exponent)
        if whole and exponent == 2:
            return self.multiply(base, base)
        sign = sign_of(base)
        if sign is None or (sign < 0 and not whole):
            return None
        if exponent == Fraction(1, 2):
            return self._root(self.ball(base))
        found = self.exp(self.multiply(self.log(self.multiply(Fraction(sign), base)), exponent))
        return self.multiply(Fraction(sign if exponent % 2 == 1 else 1), found)

    def _root(self, x: Ball) -> Ball:
        """Of a ball above 0."""
        off = self.context.divide(x.error, self.context.sqrt(self.context.subtract(x.middle, x.error)))
        return self._rounded(self.context.sqrt(x.middle), _above(off, off))


def sign_of(a: Figure) -> int | None:
    """1, 0 or -1; None where the digits do not tell."""
    if a is None or (isinstance(a, Ball) and a.holds_zero):
        return None
    middle = a.middle if isinstance(a, Ball) else a
    return (middle > 0) - (middle < 0)


COMPARISONS: dict[str, Callable[[int], bool]] = {
    "greater": lambda sign: sign > 0,
    "less": lambda sign: sign < 0,
    "greater_equal": lambda sign: sign >= 0,
    "less_equal": lambda sign: sign <= 0,
    "equal": lambda sign: sign == 0,
    "not_equal": lambda sign: sign != 0,
}
"""Of two numbers, by the sign of their difference."""
