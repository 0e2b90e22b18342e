"""Numeric results as trees and text: four significant digits, vectors as columns."""

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol, TypeAlias

from chainrule.errors import EvaluationError
from chainrule.syntax.tree import Bracket, Matrix, Name, Number, Sum, Tree


class Array(Protocol):
    """Anything that turns into nested lists of numbers."""

    def tolist(self) -> "float | Nested": ...


Nested: TypeAlias = "Sequence[float | Fraction | Nested]"


def digits(value: float | Fraction, places: int = 4) -> str:
    """A number for people: `0.6853`, `-0.008499`, `1`, `12346`, `1.2e-5`; `places` significant digits.

    Digits before the point are never dropped up to a million. EvaluationError `not-a-number` for NaN.
    """
    value = float(value)
    if math.isnan(value):
        raise EvaluationError("not-a-number", "the result is not a number")
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    if value.is_integer() and abs(value) < 1e12:
        return str(int(value))
    mantissa, exponent = f"{value:.{places - 1}e}".split("e")
    power = int(exponent)
    if -5 < power < 6:
        text = f"{value:.{max(0, places - 1 - power)}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return (mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa) + f"e{power}"


def array(value: "float | Fraction | Nested | Array", places: int = 4) -> Tree:
    """Shape () -> a number, (n,) -> a column, (m, n) -> a matrix, higher ranks and empty lists -> a list of the parts.

    The tree holds the rounded numbers that are shown. EvaluationError `not-a-number` for NaN.
    """
    if not isinstance(value, float | int | Fraction | Sequence):
        value = value.tolist()
    if not isinstance(value, Sequence):
        return _number(digits(value, places))
    items = [array(item, places) for item in value]
    match _rank(value):
        case 1 if items:
            return Matrix(tuple((item,) for item in items))
        case 2 if all(isinstance(row, Matrix) for row in items):
            return Matrix(tuple(tuple(entry for (entry,) in row.rows) for row in items if isinstance(row, Matrix)))
        case _:
            return Bracket("[", tuple(items), (",",) * (len(items) - 1))


def _rank(value: "float | Fraction | Nested") -> int:
    return 1 + max((_rank(item) for item in value), default=0) if isinstance(value, Sequence) else 0


def _number(text: str) -> Tree:
    if text.endswith("inf"):
        infinity = Name("\\infty")
        return Sum((-1,), (infinity,)) if text[0] == "-" else infinity
    return Number(Fraction(text), text)
