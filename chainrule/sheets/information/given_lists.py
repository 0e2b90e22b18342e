"""Lists of probabilities that have no name, "the true distribution is [1, 0, 0]", "the model says $(0.6, 0.4)$"."""

from collections.abc import Sequence
from fractions import Fraction

from chainrule.inference.literals import number
from chainrule.sheets.forms import words
from chainrule.sheets.information.family_phrases import Phrase
from chainrule.sheets.information.standing import INTRODUCING, STANDINGS, STOPS
from chainrule.sheets.notation import statements
from chainrule.sheets.quantity_words import Piece, quantity_at
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Bracket

_CLOSING = {"[": "]", "(": ")"}
_LEADING = words(
    "is are as : = be outputs output predicts gives returns says assigns produces of estimates predicted label labels target"
    " prediction predictions truth forecasts reports"
)
_BETWEEN = words("the a vector distribution probabilities probability class now then")
_ASKED = words("between and of from to versus vs against for")
_PROBABLE = words("distribution distributions probability probabilities prior posterior")
_SPREAD = words(
    "policy policies frequencies frequency shares proportions composition forecast belief beliefs source die coin spinner"
    " fractions market"
)
"""What has probabilities, "the policy is $(0.8, 0.2)$"."""
_REACH = 9
_LONGEST = 400


def find_given(pieces: Sequence[Piece], start: int) -> Phrase | None:
    """The list of probabilities here, where words before it say whose they are: the label's, the model's."""
    found = list_at(pieces, start)
    if found is None or _in_series(pieces, start, found[1]):
        return None
    values, end = found
    said = _said_before(pieces, start)
    argument = pieces[start].math is None and _text(pieces, start - 1) in _ASKED and _asks(pieces[:start])
    told = not (STANDINGS | INTRODUCING | _PROBABLE | _SPREAD).isdisjoint(said) and _is_led(pieces, start)
    if not (argument or told) or not _may_be_probabilities(values, sure=not _PROBABLE.isdisjoint(said)):
        return None
    shown = ", ".join(values)
    return Phrase(start, end, f"= ({shown})", f"distribution ({shown})", sure=True, outcomes=("",) * len(values))


def list_at(pieces: Sequence[Piece], start: int) -> tuple[list[str], int] | None:
    """The numbers of the list that stands here without a name, in words or as a formula, and where it ends."""
    if start >= len(pieces):
        return None
    if (math := pieces[start].math) is not None:
        values = numbers_in(math)
        return (values, start + 1) if values else None
    closing = _CLOSING.get(pieces[start].text)
    limit = min(len(pieces), start + _LONGEST)
    end = next((i for i in range(start + 1, limit) if pieces[i].math is not None or pieces[i].text == closing), None)
    if closing is None or end is None or pieces[end].math is not None:
        return None
    values = "".join(piece.text for piece in pieces[start + 1 : end]).split(",")
    return (values, end + 1) if len(values) > 1 and None not in map(value_of, values) else None


def numbers_in(math: Math) -> list[str]:
    """The numbers of a formula that is a list and nothing else."""
    match statements(math):
        case (Bracket(kind="(" | "[", items=items),) if len(items) > 1 and all(number(each) is not None for each in items):
            return [each.span.text for each in items if each.span is not None]
        case _:
            return []


def value_of(text: str) -> Fraction | None:
    """The number that this is."""
    try:
        return Fraction(text.replace("−", "-").strip())
    except (ValueError, ZeroDivisionError):
        return None


def _may_be_probabilities(values: Sequence[str], sure: bool) -> bool:
    found = [value for text in values if (value := value_of(text)) is not None]
    if len(found) < len(values):
        return sure
    return sure or (min(found) >= 0 and Fraction(19, 20) < sum(found) < Fraction(21, 20))


def _is_led(pieces: Sequence[Piece], start: int) -> bool:
    """Whether "is" or the like stands before it."""
    index = start - 1
    while index > 0 and _text(pieces, index) in _BETWEEN and _text(pieces, index - 1) in _LEADING | _BETWEEN:
        index -= 1
    return _text(pieces, index) in _LEADING | _PROBABLE


def _said_before(pieces: Sequence[Piece], start: int) -> set[str]:
    """The words of the clause before it."""
    said: set[str] = set()
    for piece in reversed(pieces[max(0, start - _REACH) : start]):
        if piece.math is not None or piece.text in STOPS:
            break
        said.add(piece.text)
    return said


def _asks(before: Sequence[Piece]) -> bool:
    return any(quantity_at(before, index) for index in range(len(before)))


def _in_series(pieces: Sequence[Piece], start: int, end: int) -> bool:
    """Whether it is one of several lists side by side, of which words say the same: those of a batch."""
    behind = end
    while _text(pieces, behind) in (",", "and", ";"):
        behind += 1
    before = start
    while _text(pieces, before - 1) in (",", "and", ";"):
        before -= 1
    closes = before < start and before > 0 and (_text(pieces, before - 1) in _CLOSING.values() or pieces[before - 1].math)
    asked = _asks(pieces[:start])
    return not asked and ((behind > end and list_at(pieces, behind) is not None) or bool(closes))


def _text(pieces: Sequence[Piece], index: int) -> str:
    return pieces[index].text if 0 <= index < len(pieces) else ""
