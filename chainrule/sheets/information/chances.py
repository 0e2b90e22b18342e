"""Probabilities among words: `0.9`, `1/4`, `70%`, `$p = 0.9$`, "half", "three quarters", "1 in 8"."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name
from chainrule.sheets.forms import words
from chainrule.sheets.information.family_phrases import number_at
from chainrule.sheets.notation import statements
from chainrule.sheets.quantity_words import Piece
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Bracket, Juxtaposition, Relation, Tree, walk

_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10, "sixteenth": 16}
_TIMES = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_SMALL = words("a an on in to is it of and or this that by for")


@dataclass(frozen=True)
class Chance:
    """A probability as a formula; `length` in pieces. value: where it is a number. telling: nothing but a share reads so."""

    text: str
    length: int
    value: Fraction | None
    telling: bool = False
    math: Math | None = None


def chance_at(pieces: Sequence[Piece], index: int) -> Chance | None:
    """The probability that stands here."""
    if index >= len(pieces):
        return None
    if (math := pieces[index].math) is not None:
        return _in_formula(math)
    return _in_words(pieces, index) or _in_digits(pieces, index)


def chances_in(math: Math) -> list[Chance]:
    """The probabilities that a formula lists: `0.5, 0.25, 0.25`, `(p, 1 - p)`, `\\{\\frac12, \\frac12\\}`."""
    found = statements(math)
    if len(found) == 1 and isinstance(found[0], Relation):
        found = found[0].sides[-1:]
    if len(found) == 1 and isinstance(found[0], Bracket):
        found = found[0].items
    return [Chance(tree.span.text, 1, number(tree)) for tree in found if tree.span and is_chance(tree)]


def is_chance(tree: Tree) -> bool:
    """Whether it may be one probability: a number between 0 and 1, or a formula of letters."""
    value = number(tree)
    applied = any(isinstance(part, Juxtaposition | Bracket | Relation) for part in walk(tree))
    return (0 <= value <= 1) if value is not None else not applied


def _in_formula(math: Math) -> Chance | None:
    r"""`0.9`, `p`, `70\%`, and `p_H = 0.9`, which names it."""
    found = statements(math)
    if "".join(math.text.split()).endswith("\\%"):
        return _percent(math.text.strip().removesuffix("\\%").strip(), 1, math)
    if len(found) != 1:
        return None
    tree = found[0]
    if isinstance(tree, Relation):
        if tree.operators != ("=",) or not could_be_name(tree.sides[0]):
            return None
        tree = tree.sides[1]
    if tree.span is None or not is_chance(tree):
        return None
    return Chance(tree.span.text, 1, number(tree), math=math if isinstance(found[0], Relation) else None)


def _in_digits(pieces: Sequence[Piece], index: int) -> Chance | None:
    """`0.25`, `1/4`, `25%`, `1 in 4`."""
    found = number_at(pieces, index)
    if found is None:
        return None
    text, length = found
    if _text(pieces, index + length) in ("%", "percent"):
        return _percent(text, length + 1)
    if _text(pieces, index + length) == "in" and text.isdigit() and _text(pieces, index + length + 1).isdigit():
        text, length = f"{text}/{_text(pieces, index + length + 1)}", length + 2
    try:
        value = Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None
    return Chance(text, length, value) if 0 <= value <= 1 else None


def _percent(text: str, length: int, math: Math | None = None) -> Chance | None:
    try:
        value = Decimal(text) / 100
    except ArithmeticError:
        return None
    return Chance(f"{value:f}", length, Fraction(value), telling=True) if 0 <= value <= 1 else None


def _in_words(pieces: Sequence[Piece], index: int) -> Chance | None:
    """ "half", "a quarter", "three eighths"."""
    times = _TIMES.get(_text(pieces, index))
    here = index + (times is not None)
    part = _PARTS.get(_text(pieces, here)) or _PARTS.get(_text(pieces, here).removesuffix("s"))
    if part is None or (times is None and part != 2 and _text(pieces, index - 1) not in ("remaining", "other")):
        return None
    value = Fraction(times or 1, part)
    return Chance(f"{times or 1}/{part}", here + 1 - index, value, telling=True) if value <= 1 else None


def _text(pieces: Sequence[Piece], index: int) -> str:
    return pieces[index].text if 0 <= index < len(pieces) else ""


def is_word_itself(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a small word here is an outcome, a word of a text, "the 0.3, cat 0.25, on 0.1"."""
    said = [piece.text for piece in pieces[index : index + 3]]
    small = said[:1] == ["the"] or (said[:1] and said[0] in _SMALL and index > 0 and pieces[index - 1].text == ",")
    return bool(small) and "".join(said[1:3]).removeprefix(":").startswith(("0.", "."))
