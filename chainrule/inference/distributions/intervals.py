r"""Where the letter of a density lies: `0 \le x \le 1`, `x \in [0, 1)`, `x > 0`, "on $[0, 1]$", "for real x"."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from chainrule.inference.distributions.labels import variable_of
from chainrule.inference.literals import number
from chainrule.inference.ranges import unquantified
from chainrule.inference.symbols import key
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Dots, Font, Name, Number, Product, Relation, Subscript, Sum, Superscript, Tree

BELOW, ABOVE = ("<", "\\le", "\\leq", "<=", "≤", "\\leqslant"), (">", "\\ge", "\\geq", ">=", "≥", "\\geqslant")
INTERVALS = ("[", "(", "[)", "(]")
REALS = (Font("mathbb", Name("R")), Name("ℝ"), Font("mathbf", Name("R")))
PLUS = (Name("+"), Name("\\+"))
NATURALS = (Font("mathbb", Name("N")), Name("ℕ"), Font("mathbf", Name("N")))
INTEGERS = (Font("mathbb", Name("Z")), Name("ℤ"), Font("mathbf", Name("Z")))
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
_WHOLE = re.compile(
    r"\b(?P<from>positive|non-?negative|natural)\s+(?:(?<!natural )(?:integers|whole\s+numbers)|(?<=natural )numbers)\b",
    re.IGNORECASE,
)
_ON = re.compile(
    r"\b(?:on|over|in|interval|support|supported|for)\s*(?:the\s+)?(?:unit\s+)?(?:interval|set|range|support)?\s*\$?\s*$"
)


@dataclass(frozen=True)
class Interval:
    """The ends, as they are written; None where there is none.

    counted: the integers from here on, where it can be these; more than one first one where the text leaves that open, "the
    natural numbers". sure: it is no interval of numbers.
    """

    lower: Tree | None
    upper: Tree | None
    counted: tuple[int, ...] = ()
    sure: bool = False


EVERYWHERE = Interval(None, None)


def interval_of(statement: Tree, letter: Tree) -> Interval | None:
    """The interval that a statement says a letter lies in, or the integers; None for any other statement."""
    whole = integers_of(statement, letter)
    if whole is not None:
        return whole
    match statement:
        case Bracket(kind="(" | "[", items=(Relation() as inside,)):
            return interval_of(inside, letter)
        case Relation(operators=("\\in",), sides=(left, right)) if _is(unquantified(left), letter):
            return _set(right)
        case Relation(operators=(sign,), sides=(left, right)) if sign in (*BELOW, *ABOVE):
            if _is(unquantified(left), letter):
                return _between(None, right) if sign in BELOW else _from(right, sign)
            if _is(right, letter):
                return _from(left, sign) if sign in BELOW else _between(None, left)
            return None
        case Relation(operators=(first, second), sides=(left, middle, right)) if _is(middle, letter):
            if first in BELOW and second in BELOW:
                return _between(left, right)
            return _between(right, left) if first in ABOVE and second in ABOVE else None
        case _:
            return None


def within(letter: Tree, interval: Interval) -> Relation | None:
    """That the letter lies in the interval, as a relation; None where this says nothing."""
    lower, upper = interval.lower, interval.upper
    if lower is None:
        return None if upper is None else Relation(("\\le",), (letter, upper), span=upper.span)
    if upper is None:
        return Relation(("\\ge",), (letter, lower), span=lower.span)
    return Relation(("\\le", "\\le"), (lower, letter, upper), span=upper.span)


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
        return Interval(_number(between["low"]), _number(between["high"]))
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


def integers_of(statement: Tree, letter: Tree) -> Interval | None:
    r"""The integers without end that a statement says a letter is one of: `k = 1, 2, \dots`, `n \in \mathbb{N}_0`."""
    match statement:
        case Relation(operators=("\\in",), sides=(left, right)) if _is(unquantified(left), letter):
            counted = _counted(right)
            return _integers(counted) if counted else None
        case _:
            return None


def integers_in_words(formula: Span) -> Interval | None:
    """What words beside a formula say: "for all positive integers $k$", "over the natural numbers ... given by"."""
    text = formula.source.text
    behind = _WHOLE.search(re.split(r"[.;?!]\s", text[formula.end : formula.end + 200])[0])
    before = [*_WHOLE.finditer(re.split(r"\n\s*\n", text[max(0, formula.start - 200) : formula.start])[-1])]
    found = behind or (before[-1] if before else None)
    if found is None:
        return None
    word = found["from"].lower()
    return _integers((1,) if word == "positive" else (0, 1) if word == "natural" else (0,))


def _integers(counted: tuple[int, ...]) -> Interval:
    return Interval(Number(Fraction(counted[0])), None, counted, sure=True)


def _counted(tree: Tree) -> tuple[int, ...]:
    r"""The first integers that `\{1, 2, \dots\}`, `\mathbb{N}_0`, `\mathbb{Z}_{\ge 0}` can begin with; () for other sets."""
    match tree:
        case Bracket(kind="{", items=(*listed, Dots())):
            numbers = [number(item) for item in listed]
            first = numbers[0] if numbers else None
            steps = [first + k for k in range(len(numbers))] if first is not None else []
            return (int(first),) if first is not None and numbers == steps and first.denominator == 1 else ()
        case Product(factors=(left, Bracket(kind="{", items=(Number(value=value),))), operator="\\cup") if left in NATURALS:
            return (0,) if value == 0 else ()
        case Subscript(base=base, items=(sign,)) | Superscript(base=base, exponent=sign) if base in (*NATURALS, *INTEGERS):
            return _counted_with(sign, natural=base in NATURALS)
        case _:
            return (0, 1) if tree in NATURALS else ()


def _counted_with(sign: Tree, *, natural: bool) -> tuple[int, ...]:
    """What the sign at a set of integers says of its first one."""
    match sign:
        case Number(value=value) if natural and value in (0, 1):
            return (int(value),)
        case Relation(operators=(operator,), sides=(*_, Number(value=value))) if operator in ABOVE and value.denominator == 1:
            return (int(value) + (operator == ">"),)
        case _:
            return (1,) if sign in (*PLUS, Name("*"), Name("\\ast")) else ()


def _from(lower: Tree, sign: str) -> Interval:
    """From an end on; from an integer on, it may be the integers."""
    found, value = _between(lower, None), number(lower)
    if value is None or value.denominator != 1 or found.lower is None:
        return found
    return replace(found, counted=(int(value) + (sign in ("<", ">")),))


def _between(lower: Tree | None, upper: Tree | None) -> Interval:
    return Interval(_end(lower, -1), _end(upper, 1))


def _end(tree: Tree | None, sign: int) -> Tree | None:
    """An end that is a number or a formula; None for the infinity on its side."""
    match tree:
        case Sum(signs=(own,), terms=(inside,)) if inside in INFINITY and own == sign:
            return None
        case _:
            return None if tree in INFINITY and sign > 0 else tree
