r"""Probabilities by a formula that words give: "$X$ takes the value $k$ with probability $2^{-k}$, $k = 1, 2, \dots$".

The formula is that of a function of this letter, over the values that the text says of it.
"""

from collections.abc import Sequence

from chainrule.inference.symbols import key
from chainrule.sheets.forms import words
from chainrule.sheets.information.family_phrases import Phrase
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import Piece
from chainrule.syntax.tree import Name, Relation, Tree, walk

_BETWEEN = words("comes come up occurs appears shows turns is shown lands falls has , ( a the")
_LEADING = words("a the")
_CHANCE = ("probability", "chance", "prob", "prob.")
_BOUNDING = words("than most least exceeding below above under over to before after")
""" "At most $k$" has the probability of several values."""
_REACH = 7


def find_formula(pieces: Sequence[Piece], start: int) -> Phrase | None:
    """The distribution that such words give from here on; None where the formula is none of the letter, or is an equation."""
    letter = _only(pieces, start)
    if not isinstance(letter, Name) or len(letter.text) != 1 or _text(pieces, start - 1) in _BOUNDING:
        return None
    index = start + 1
    while _text(pieces, index) in _BETWEEN and index < start + _REACH:
        index += 1
    index += _text(pieces, index) in ("with", "probability")
    index += _text(pieces, index) in _LEADING
    if _text(pieces, index - 1) != "probability" and _text(pieces, index) not in _CHANCE:
        return None
    index += _text(pieces, index) in _CHANCE
    body = _only(pieces, index)
    math = pieces[index].math if index < len(pieces) else None
    if body is None or math is None or isinstance(body, Relation) or not any(key(part) == letter for part in walk(body)):
        return None
    return Phrase(start, index + 1, f"({letter.text}) = {math.text}", f"distribution {math.text}", sure=True)


def _only(pieces: Sequence[Piece], index: int) -> Tree | None:
    """What the formula here is, where it is one thing."""
    math = pieces[index].math if index < len(pieces) else None
    found = trees(math) if math is not None else ()
    return key(found[0]) if len(found) == 1 else None


def _text(pieces: Sequence[Piece], index: int) -> str:
    return pieces[index].text if 0 <= index < len(pieces) else ""
