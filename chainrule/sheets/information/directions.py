"""Words for both directions of a divergence: "in both directions", "the forward and the reverse", "and vice versa"."""

from collections.abc import Sequence

from chainrule.sheets.forms import words
from chainrule.sheets.quantity_words import Piece, notations_of, quantity_at

REVERSE = words("reverse reversed backward")
_OTHER_WAY = [
    tuple(f"and {phrase}".split())
    for way in ("other way round", "other way around", "reverse direction", "other direction")
    for phrase in (f"the {way}", f"in the {way}")
] + [("and", "vice", "versa"), ("and", "conversely")]


def both_directions(pieces: Sequence[Piece], index: int) -> int:
    """`in both directions`: how many pieces it takes, else 0."""
    for phrase in _OTHER_WAY:
        if tuple(_text(pieces, index + i) for i in range(len(phrase))) == phrase:
            return len(phrase)
    here = index + (_text(pieces, index) in ("in", "for"))
    both = _text(pieces, here) == "both" and _text(pieces, here + 1) in ("directions", "ways", "orders")
    return here + 2 - index if both else 0


def forward_and_reverse(pieces: Sequence[Piece], index: int) -> int:
    """`forward and the reverse`, in either order, before a quantity: how many pieces it takes, else 0."""
    here = index + 2 + (_text(pieces, index + 2) == "the")
    ways = (_text(pieces, index), _text(pieces, here))
    several = _text(pieces, index + 1) in ("and", "&") and "forward" in ways and not REVERSE.isdisjoint(ways)
    return here + 1 - index if several and quantity_at(pieces, here + 1) is not None else 0


def other_direction(pieces: Sequence[Piece], index: int) -> int:
    """`in the opposite direction,` before a divergence in symbols, which says itself which it is: how many pieces, else 0."""
    said = tuple(_text(pieces, index + i) for i in range(4))
    end = index + 4 + (_text(pieces, index + 4) in (",", ":"))
    math = pieces[end].math if end < len(pieces) else None
    turned = said[:2] == ("in", "the") and said[2] in REVERSE | {"opposite", "other"} and said[3] == "direction"
    return end - index if turned and math is not None and len(notations_of(math)) == 1 else 0


def _text(pieces: Sequence[Piece], index: int) -> str:
    return pieces[index].text if 0 <= index < len(pieces) else ""
