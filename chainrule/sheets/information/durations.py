"""How long something with a rate is watched: "with rate 3 per hour, observed for 2 hours" counts six events on average."""

from collections.abc import Sequence
from dataclasses import dataclass

from chainrule.sheets.forms import words
from chainrule.sheets.quantity_words import Piece

_PER = words("per every each an a")
_WATCHED = words("observed watched counted measured over for in during within a an the period interval of time window , and is")


@dataclass(frozen=True)
class Duration:
    """The number of units of time, "" where the words only name the unit; `end` in pieces. unread: of a time elsewhere."""

    count: str
    end: int
    unread: str = ""


def find_duration(pieces: Sequence[Piece], start: int) -> Duration | None:
    """What the words behind a rate say of time; None where they say nothing."""
    unit = _text(pieces, start + 1)
    if _text(pieces, start) not in _PER or not unit.isalpha():
        return None
    here = start + 2
    while _text(pieces, here) in _WATCHED:
        here += 1
    if _is_count(pieces, here, unit):
        return Duration(pieces[here].text, here + 2)
    other = next((i for i in range(here, len(pieces)) if _is_count(pieces, i, unit)), None)
    if other is None or any(_text(pieces, i) in _PER and _text(pieces, i + 1) == unit for i in range(here, other)):
        return Duration("", start + 2)
    return Duration("", start + 2, f"{pieces[other].text} {pieces[other + 1].text}")


def _is_count(pieces: Sequence[Piece], index: int, unit: str) -> bool:
    return _text(pieces, index)[:1].isdigit() and _text(pieces, index + 1) in (unit, f"{unit}s", f"{unit}es")


def _text(pieces: Sequence[Piece], index: int) -> str:
    return pieces[index].text if 0 <= index < len(pieces) else ""
