"""The decimal that a Number was spelled as, checked, so that nothing else can come out where a number should."""

import re
from fractions import Fraction

from chainrule.syntax.tree import Number

MOST_PLACES = 20
_DECIMAL = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?:(?:\s|\\[,;:! ])*\\?%)?")
_PARTS = re.compile(r"(?P<mantissa>[\d.]+)(?:[eE](?P<sign>[+-]?)0*(?P<exponent>\d+))?(?:\s|\\[,;:! ])*(?P<percent>\\?%)?")


def decimal_text(number: Number) -> str | None:
    """Its spelling without sign ("0.50", "1.2e-5", "5%"), or an integer's digits; None for a fraction without spelling.

    Spellings of other languages, as `3{,}14` and `1_000.5`, become decimals.
    """
    if _DECIMAL.fullmatch(number.text):
        return number.text.removeprefix("-")
    if number.value.denominator == 1:
        return str(abs(number.value.numerator))
    return _expanded(abs(number.value)) if number.text else None


def _expanded(value: Fraction) -> str | None:
    """All its digits, where there are not too many."""
    places = next((n for n in range(1, MOST_PLACES) if 10**n % value.denominator == 0), None)
    return None if places is None else f"{value.numerator // value.denominator}.{_digits(value, places)}"


def _digits(value: Fraction, places: int) -> str:
    return str(value % 1 * 10**places).rjust(places, "0")


def decimal_parts(text: str) -> tuple[str, str | None, bool]:
    """("1.2", "-5", False) of "1.2e-05": mantissa, power of ten or None, is it in percent."""
    parts = _PARTS.fullmatch(text)
    if parts is None:
        raise ValueError(f"not a decimal: {text!r}")
    exponent = parts["exponent"] and ("-" if parts["sign"] == "-" else "") + parts["exponent"]
    return parts["mantissa"], exponent, parts["percent"] is not None
