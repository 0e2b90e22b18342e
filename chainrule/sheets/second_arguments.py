"""Quantities of two things of which the words so far name one: "the cross-entropy of the target and the prediction"."""

from collections.abc import Sequence
from itertools import pairwise

from chainrule.sheets.forms import RELATIONS, words
from chainrule.sheets.quantity_words import pieces_of, quantity_at
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math

_JOINS = frozenset(("and", ",", "to", "from", "relative", "with", "under", "against", "in", "loss", "batch", "example"))


_MADE = RELATIONS | words("distance product maximum minimum max min larger smaller largest smallest greater median")


def lacks_second(tokens: Sequence[Word | Math]) -> bool:
    """Whether the words end with one of the two things that a quantity is of, "the cross-entropy of the target", or within
    the things that one is made of, "the average of $a$, $b$".
    """
    if _lists_on(tokens):
        return True
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


def _lists_on(tokens: Sequence[Word | Math]) -> bool:
    """Whether what a sum or its like is made of is not yet closed by an "and"."""
    said = ["$" if isinstance(token, Math) else token.text for token in tokens]
    made = (i + 2 for i, (word, behind) in enumerate(pairwise(said)) if word in _MADE and behind in ("of", "between"))
    start = next(made, len(said))
    return "$" in said[start:] and "and" not in said[start:]
