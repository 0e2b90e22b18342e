"""Quantities of two things of which the words so far name one: "the cross-entropy of the target and the prediction"."""

from collections.abc import Sequence

from chainrule.sheets.quantity_words import pieces_of, quantity_at
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math

_JOINS = frozenset(("and", ",", "to", "from", "relative", "with", "under", "against", "in", "loss", "batch", "example"))


def lacks_second(tokens: Sequence[Word | Math]) -> bool:
    """Whether the words end with one of the two things that a quantity is of, "the cross-entropy of the target"."""
    pieces = pieces_of(tokens)
    index, end, found = 0, 0, None
    while index < len(pieces):
        named = quantity_at(pieces, index)
        found, index = named or found, index + (named.length if named is not None else 1)
        end = index if named is not None else end
    if found is None:
        return False
    rest = [piece.text for piece in pieces[end:]]
    one = rest[:1] in (["of"], ["between"]) and len(rest) > 1 and _JOINS.isdisjoint(rest)
    plain = all(piece.math is None for piece in pieces[end:])
    return one and plain and found.quantity.distributions == 2 and found.quantity.joint is False
