"""Remarks in a request that change nothing: "(using the chain rule)", "the second parameter being the variance"."""

from collections.abc import Sequence

from chainrule.sheets.forms import METHOD, NEUTRAL, words
from chainrule.sheets.quantity_words import Piece

_REMARK = (
    METHOD
    | NEUTRAL
    | words("i.e. e.g. shannon step reverse directly definition log sum equal weights square root squared")
    | words("divergence distance of entropy that which no bias")
)
_LONGEST_REMARK = 10
_VARIANCE = tuple(f"the second {noun} {verb} the variance" for noun in ("parameter", "argument") for verb in ("being", "is"))


def remark_at(pieces: Sequence[Piece], index: int) -> int:
    """A remark in parentheses that only says how: how many pieces it takes, else 0. "In a)" is of another part."""
    if _text(pieces, index) != "(":
        return 0
    for end in range(index + 1, min(index + _LONGEST_REMARK, len(pieces))):
        if _text(pieces, end) == ")":
            other = _text(pieces, end - 1) == "weights" and _text(pieces, end - 2) != "equal"
            return 0 if other or _text(pieces, end - 1) == "a" else end + 1 - index
        if _text(pieces, end) not in _REMARK:
            return 0
    return 0


def convention_at(pieces: Sequence[Piece], index: int) -> int:
    """`the second parameter being the variance`, as it is read anyway: how many pieces it takes, else 0."""
    length = 6 + (_text(pieces, index) == "where")
    said = " ".join(_text(pieces, index + i) for i in range(length)).removeprefix("where ")
    return length if said in _VARIANCE else 0


def _text(pieces: Sequence[Piece], index: int) -> str:
    return pieces[index].text if 0 <= index < len(pieces) else ""
