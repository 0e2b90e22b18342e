r"""Quantities in symbols whose words only describe it: "the KL term $D_{KL}(q(z \mid x) \| p(z))$ of the ELBO".

The symbols say of what they are; words can make another thing of them only as `operative_words` tells.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import words
from chainrule.sheets.information.appositives import disagreement
from chainrule.sheets.information.nouns import FAMILY_NOUNS
from chainrule.sheets.information.special_rows import row_names
from chainrule.sheets.notation import trees
from chainrule.sheets.operative_words import is_descriptive, qualifies_kind
from chainrule.sheets.quantity_words import Named, Notation, Piece, notations_of, pieces_of, quantity_at
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math
from chainrule.sheets.units import unit_at
from chainrule.syntax.tree import walk

_HARMLESS = words("two both numbers probability probabilities one per true")
"""Of the words that are operative beside a name these only describe a quantity of distributions."""
_FAMILIES = FAMILY_NOUNS - words("on over with the of distribution random variable")
_MANY = words("pair pairs couple dozen dozens hundred thousand million batch")
_OTHER_QUANTITY = re.compile(r".+(?:entropy|divergence|perplexity|information)")
""" "Negentropy" is no entropy."""
_DETERMINING = words("the this that these a an")
_SYMBOLS = words("symbol letter character token outcome draw sample use message")
_JOINING = words(", and &")
_PLAIN = _JOINING | words(": ( ) i.e. - – the a an this that these is are value values")
_LINKS = words("of for from to on between in")
"""Before the symbols such a word makes them a part of something else; behind them it only leads to what they are about."""


def with_notations_alone(request: Request) -> Request | None:
    """The request for the symbols and their unit; None where its words may say more, or name another quantity."""
    notations = [found for token in request.tokens if isinstance(token, Math) for found in notations_of(token)]
    pieces = pieces_of(request.tokens)
    named = [each for i in range(len(pieces)) if (each := quantity_at(pieces, i)) is not None]
    sure = bool(notations) and all((each.sure or _is_named(each, named)) and not each.math.name for each in notations)
    if not sure or len({id(each.math) for each in notations}) != len(notations) or disagreement(request):
        return None
    unit = next(((i, found) for i in range(len(pieces)) if (found := unit_at(pieces, i)) is not None), None)
    start, end = (unit[0], unit[0] + unit[1].length) if unit else (len(pieces), len(pieces))
    if len(notations) > 1 and end < len(pieces):
        return None
    said: Tokens = request.tokens[pieces[start].index : pieces[end - 1].index + 1] if unit else ()
    parts = _parted([piece for i, piece in enumerate(pieces) if not start <= i < end], notations)
    if parts is None or not all(_stands_as_named(part, each) for part, each in zip(parts, notations, strict=True)):
        return None
    joined = [part for each in notations for part in (Word("and", each.math.span), each.math)][1:]
    lead = (Word("is", request.span),) if request.verb == "what" else ()
    tokens = (*lead, *joined, *said)
    return None if tokens == tuple(request.tokens) else replace(request, tokens=tokens)


def _parted(pieces: Sequence[Piece], notations: Sequence[Notation]) -> list[Sequence[Piece]] | None:
    """What stands around each of several symbols, cut where a list goes on; None where it does not."""
    places = [next(i for i, piece in enumerate(pieces) if piece.math is each.math) for each in notations]
    cuts = [0]
    for here, there in pairwise(places):
        joints = [i for i in range(here + 1, there) if pieces[i].text in _JOINING]
        if not joints:
            return None
        cuts.append(joints[-1] + 1)
    return [pieces[cut:end] for cut, end in zip(cuts, [*cuts[1:], len(pieces)], strict=True)]


def _stands_as_named(pieces: Sequence[Piece], notation: Notation) -> bool:
    """Whether the words that come first name the one in symbols and nothing else, and those behind it say what it is about."""
    named = [(index, found) for index in range(len(pieces)) if (found := quantity_at(pieces, index)) is not None]
    if not all(_fits(found, notation) for _, found in named):
        return False
    if qualifies_kind([piece.text for i, piece in enumerate(pieces) if not any(a <= i < a + b.length for a, b in named)]):
        return False
    of_quantity = {i for index, found in named for i in range(index, index + found.length)}
    if not all(i in of_quantity or (_describes(piece, notation) and _is_plain_at(pieces, i)) for i, piece in enumerate(pieces)):
        return False
    if any(index and pieces[index - 1].written[:1].isupper() for index, _ in named):  # "the Bregman divergence"
        return False
    at = next(index for index, piece in enumerate(pieces) if piece.math is notation.math)
    before, behind = pieces[at - 1].text if at else "", pieces[at + 1].text if at + 1 < len(pieces) else ""
    lead = [piece.text for piece in pieces[: min([at, *(index for index, _ in named)])]]
    follows = behind in _LINKS | _PLAIN | {""} if notation.sure else behind in _JOINING | {""}
    return follows and before not in _LINKS and _LINKS.isdisjoint(lead)


def _is_named(notation: Notation, named: Sequence[Named]) -> bool:
    """Whether words name what `H(Y \\mid X)` may be, and nothing else."""
    return bool(named) and all(_fits(found, notation) and not found.binary and not found.order for found in named)


def _fits(found: Named, notation: Notation) -> bool:
    """Whether the words for a quantity may call the symbols so; an entropy with a condition is a conditional one."""
    if (found.quantity.name, notation.quantity) == ("entropy", "conditional_entropy"):
        return True
    return not row_names(found.quantity).isdisjoint(row.name for row in notation.rows)


def _describes(piece: Piece, notation: Notation) -> bool:
    """Whether a word or formula says no more than of what the symbols are."""
    if piece.math is not None:
        parts = {part for each in notation.arguments for part in walk(each)}
        return piece.math is notation.math or all(tree in parts for tree in trees(piece.math))
    if (
        piece.text in _FAMILIES | _MANY
        or (piece.text == "two" and len(notation.arguments) < 2)
        or _OTHER_QUANTITY.fullmatch(piece.text)
    ):
        return False
    return piece.text in _PLAIN | _LINKS | _HARMLESS or is_descriptive(piece.text)


def _is_plain_at(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a word is none that its place makes an outcome, "A alone", a unit, "in euros", a rate, "per day", or a count,
    "of two throws".
    """
    word, behind = pieces[index], pieces[index + 1].text if index + 1 < len(pieces) else ""
    if word.text == "in":
        return behind in _DETERMINING
    if word.text == "two":
        return index > 0 and pieces[index - 1].text in _DETERMINING
    return behind in _SYMBOLS if word.text == "per" else not (index and word.written == "A")
