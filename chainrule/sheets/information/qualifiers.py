"""What stands behind "with", "at", "using" in a request for a quantity: any word that is not known may change the value."""

from collections.abc import Sequence
from itertools import pairwise

from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import CONTEXT, METHOD, NEUTRAL, QUANTITY, words
from chainrule.sheets.given_names import names_given
from chainrule.sheets.information.nouns import EACH, FAMILY_NOUNS, NOUNS
from chainrule.sheets.manners import is_known_manner
from chainrule.sheets.notation import is_number, look, trees
from chainrule.sheets.point_lists import AROUND
from chainrule.sheets.quantity_words import Piece, mentions_in, mentions_notation, mentions_quantity, pieces_of, quantity_at
from chainrule.sheets.sheet import Math
from chainrule.sheets.units import unit_at
from chainrule.syntax.tree import Bracket, Juxtaposition, walk

_OPENING = words("with at using under via assuming")
_RESPECT = words("w.r.t. w.r.t wrt regarding")
_ENDING = words("where whose ; subject")
_KNOWN = (
    (NEUTRAL | METHOD | QUANTITY | EACH | CONTEXT | (NOUNS - FAMILY_NOUNS - words("smoothed soft")))
    | words("; . respect is are was be being has have had it they as to on so x definition definitions table identity")
    | words("identities natural logarithm logarithms log ln let denote denotes respectively also fact approximation place")
    | words("i.e. e.g. what")
    | words("other same point points of from instead rather than mean")
)


def length_of_given(tokens: Tokens, pieces: Sequence[Piece], index: int) -> int:
    """How many pieces of what is given are understood from here on; 0 where the word may change the value.

    The noun of a given, "at temperature $T = 2$", is understood: that something depends on the letter is seen elsewhere.
    """
    if unit := unit_at(pieces, index):
        return unit.length
    if named := quantity_at(pieces, index):
        return named.length
    word = pieces[index].text
    if word in ("equal", "equally") and index + 1 < len(pieces) and pieces[index + 1].text in ("weights", "weighted"):
        return 2
    if word == "in":
        return int(is_known_manner(tokens, pieces[index].index))
    return int(word in _KNOWN or (word in AROUND and _introduces(pieces, index)) or names_given(tokens, pieces[index].index))


def _introduces(pieces: Sequence[Piece], index: int) -> bool:
    """Whether such nouns lead to a formula that gives a value."""
    while index < len(pieces) and pieces[index].text in AROUND:
        index += 1
    math = pieces[index].math if index < len(pieces) else None
    return math is not None and look(math) == "definition"


def _has_quantity(math: Math) -> bool:
    """Whether a formula has a quantity in it, the `H(y, q)` of `2 H(y, q)` too."""
    pairs = (p for tree in trees(math) for part in walk(tree) if isinstance(part, Juxtaposition) for p in pairwise(part.items))
    factors = (Juxtaposition(pair) for pair in pairs if isinstance(pair[1], Bracket))
    return mentions_notation(math) or any(mentions_in(math, factor) for factor in factors)


def unread_qualifiers(request: Request) -> tuple[str, ...]:
    """What a request for a quantity says behind such words that is not understood."""
    formulas = [token for token in request.tokens if isinstance(token, Math)]
    if not (mentions_quantity(request.tokens) or any(map(_has_quantity, formulas))):
        return ()
    pieces = pieces_of(request.tokens)
    unread: list[str] = []
    inside, index = False, 0
    while index < len(pieces):
        piece, length = pieces[index], 1
        following = pieces[index + 1].text if index + 1 < len(pieces) else ""
        if piece.math is not None:
            unread += [piece.math.text] if inside and is_number(piece.math) else []
        elif piece.text in _RESPECT or (piece.text == "with" and following == "respect") or piece.text in _ENDING:
            inside = False
        elif inside:
            length = length_of_given(request.tokens, pieces, index)
            unread += [] if length else [piece.text]
        else:
            inside = piece.text in _OPENING
        index += max(length, 1)
    return tuple(dict.fromkeys(unread))
