r"""Where the letter of a density lies: `0 \le x \le 1`, `x \in [0, 1)`, `x > 0`, "on $[0, 1]$", "for real x"."""

import re
from dataclasses import dataclass
from fractions import Fraction

from chainrule.inference.distributions.labels import variable_of
from chainrule.inference.ranges import unquantified
from chainrule.inference.symbols import key
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Font, Name, Number, Relation, Subscript, Sum, Superscript, Tree

BELOW, ABOVE = ("<", "\\le", "\\leq", "<=", "≤", "\\leqslant"), (">", "\\ge", "\\geq", ">=", "≥", "\\geqslant")
INTERVALS = ("[", "(", "[)", "(]")
REALS = (Font("mathbb", Name("R")), Name("ℝ"), Font("mathbf", Name("R")))
PLUS = (Name("+"), Name("\\+"))
ZERO, ONE = Number(Fraction(0)), Number(Fraction(1))
INFINITY = (Name("\\infty"), Name("∞"), Name("infinity"), Name("inf"))
_NUMBER = r"\$?(?P<{}>[-−]?\d+(?:\.\d+)?(?:/\d+)?)\$?"
_BETWEEN = re.compile(rf"^[^.;]{{0,40}}?\bbetween\s+{_NUMBER.format('low')}\s+and\s+{_NUMBER.format('high')}")
_LEAD = r"^\$?\s*,?\s*(?:(?:for|with|when|where|on|over|defined|supported|and|all|every|any|the|whole|entire|a)\s+)*"
_BEHIND = r"(?=\s*(?:\$?\\?[a-zA-Zξ]\$?\s*)?(?:numbers?\s*)?(?:values?\s*)?(?:of\s+\$?[a-zA-Z]\$?\s*)?(?:[.,;:)]|and\b|$|\n))"
_WORDS = (
    (re.compile(_LEAD + r"(?:real\s+line|reals|real\s+axis|real)\b" + _BEHIND), (None, None)),
    (re.compile(_LEAD + r"(?:positive|non-?negative)\b(?:\s+(?:reals?|half[- ]line|half[- ]axis))?" + _BEHIND), (ZERO, None)),
    (re.compile(_LEAD + r"unit\s+interval\b"), (ZERO, ONE)),
)
_ON = re.compile(
    r"\b(?:on|over|in|interval|support|supported|for)\s*(?:the\s+)?(?:unit\s+)?(?:interval|set|range|support)?\s*\$?\s*$"
)


@dataclass(frozen=True)
class Interval:
    """The ends, as they are written; None where there is none."""

    lower: Tree | None
    upper: Tree | None


EVERYWHERE = Interval(None, None)


def interval_of(statement: Tree, letter: Tree) -> Interval | None:
    """The interval that a statement says a letter lies in; None for any other statement."""
    match statement:
        case Bracket(kind="(" | "[", items=(Relation() as inside,)):
            return interval_of(inside, letter)
        case Relation(operators=("\\in",), sides=(left, right)) if _is(unquantified(left), letter):
            return _set(right)
        case Relation(operators=(sign,), sides=(left, right)) if sign in (*BELOW, *ABOVE):
            if _is(unquantified(left), letter):
                return _between(None, right) if sign in BELOW else _between(right, None)
            if _is(right, letter):
                return _between(left, None) if sign in BELOW else _between(None, left)
            return None
        case Relation(operators=(first, second), sides=(left, middle, right)) if _is(middle, letter):
            if first in BELOW and second in BELOW:
                return _between(left, right)
            return _between(right, left) if first in ABOVE and second in ABOVE else None
        case _:
            return None


def bracket_interval(statement: Tree) -> Interval | None:
    """The interval that `[0, 1]` is where words before it say that it is where something lies."""
    span = statement.span
    if (
        span is None
        or not isinstance(statement, Bracket)
        or _ON.search(span.source.text[max(0, span.start - 40) : span.start]) is None
    ):
        return None
    return _set(statement)


def interval_in_words(formula: Span) -> Interval | None:
    """What words right behind a formula say: "for x between 0 and 1", "on the real line"."""
    behind = formula.source.text[formula.end : formula.end + 120]
    between = _BETWEEN.match(behind)
    if between is not None:
        return Interval(*(_number(between[group]) for group in ("low", "high")))
    return next((Interval(*ends) for pattern, ends in _WORDS if pattern.match(behind)), None)


def _number(text: str) -> Tree:
    value = Fraction(text.replace("−", "-"))
    found = Number(abs(value), str(abs(value)))
    return found if value >= 0 else Sum((-1,), (found,))


def _is(tree: Tree, letter: Tree) -> bool:
    return key(tree) in (letter, variable_of(letter))


def _set(tree: Tree) -> Interval | None:
    match tree:
        case Bracket(kind=kind, items=(lower, upper), separators=(",",)) if kind in INTERVALS:
            return _between(lower, upper)
        case Superscript(base=base, exponent=sign) | Subscript(base=base, items=(sign,)) if base in REALS:
            positive = (sign in PLUS) or (isinstance(sign, Relation) and sign.operators[0] in ABOVE and sign.sides[-1] == ZERO)
            return Interval(ZERO, None) if positive else None
        case _:
            return EVERYWHERE if tree in REALS else None


def _between(lower: Tree | None, upper: Tree | None) -> Interval:
    return Interval(_end(lower, -1), _end(upper, 1))


def _end(tree: Tree | None, sign: int) -> Tree | None:
    """An end that is a number or a formula; None for the infinity on its side."""
    match tree:
        case Sum(signs=(own,), terms=(inside,)) if inside in INFINITY and own == sign:
            return None
        case _:
            return None if tree in INFINITY and sign > 0 else tree
