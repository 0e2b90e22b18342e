r"""A quantity in symbols whose words only describe it: "the KL term $D_{KL}(q(z \mid x) \| p(z))$ of the ELBO".

The symbols say of what it is; words can make another thing of it only by computing, comparing, denying or by a condition.
"""

from collections.abc import Sequence
from dataclasses import replace

from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import words
from chainrule.sheets.information.appositives import disagreement
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import Notation, Piece, notations_of, pieces_of, quantity_at
from chainrule.sheets.sheet import Math
from chainrule.sheets.units import unit_at
from chainrule.syntax.tree import walk

_CHANGING = words(
    "no not never none neither nor without except excluding excluded ignoring neglecting omitting dropping removing unless"
    " instead rather other others another if when whenever where whose once until till while as like after before during"
    " given giving assuming supposing suppose conditioned conditional conditionally conditioning knowing subject provided"
    " twice thrice half halved double doubled triple tripled quarter third times square squared root cube cubed power"
    " exponent exponential exponentiated logarithm log inverse reciprocal negative negated minus plus less more fewer sum"
    " summed total together difference differences ratio quotient product fraction percentage percent proportion multiple"
    " multiplied divided added subtracted average averaged averages mean means median expected expectation normalised"
    " normalized scaled rescaled weighted unweighted factor constant rate per bound bounds bounded upper lower least most"
    " maximum maximal maximise maximize minimum minimal minimise minimize smallest largest biggest worst best limit limiting"
    " asymptotic derivative derivatives gradient gradients slope differentiate hessian jacobian partial respect wrt"
    " change changes changed changing increase increases increased decrease decreases decreased reduction gain excess extra"
    " additional redundancy efficiency gap waste wasted loss-free reverse reversed swapped exchanged interchanged opposite"
    " symmetric symmetrised symmetrized adjusted corrected modified regularised regularized smoothed truncated rounded clipped"
    " masked mixed marginal joint independent new old updated initial final former latter previous next first second last both"
    " all each every either respectively exact approximate approximated approximation estimate estimated empirical then now"
    " again also same compare compared comparing than larger smaller greater higher equal equals equality inequality symmetry"
    " verify show prove explain why whether does do did is are was were be will would can could may might must should"
    " and or but so because since therefore namely with using by via at under over which that what how who"
)
"""What may compute something of a quantity, deny or restrict it, or lead to another thing; whatever is no letter does too."""
_PLAIN = words(", : ( ) i.e. - – the")
_LINKS = words("of for from to on between in")
"""Before the symbols such a word makes them a part of something else; behind them it only leads to what they are about."""


def with_notation_alone(request: Request) -> Request | None:
    """The request for the symbols and their unit; None where its words may say more, or name another quantity."""
    notations = [found for token in request.tokens if isinstance(token, Math) for found in notations_of(token)]
    if len(notations) != 1 or not notations[0].sure or notations[0].math.name or disagreement(request):
        return None
    (notation,) = notations
    pieces = pieces_of(request.tokens)
    unit = next(((i, found) for i in range(len(pieces)) if (found := unit_at(pieces, i)) is not None), None)
    start, end = (unit[0], unit[0] + unit[1].length) if unit else (len(pieces), len(pieces))
    described = [piece for i, piece in enumerate(pieces) if not start <= i < end]
    if not all(_describes(piece, notation) for piece in described) or not _stands_as_named(pieces, start, notation):
        return None
    said: Tokens = request.tokens[pieces[start].index : pieces[end - 1].index + 1] if unit else ()
    tokens = (notation.math, *said)
    return None if tokens == tuple(request.tokens) else replace(request, tokens=tokens)


def _describes(piece: Piece, notation: Notation) -> bool:
    """Whether a word or formula says no more than of what the symbols are."""
    if piece.math is not None:
        parts = {part for each in notation.arguments for part in walk(each)}
        return piece.math is notation.math or all(tree in parts for tree in trees(piece.math))
    return piece.text in _PLAIN or (piece.text.isalpha() and piece.text not in _CHANGING)


def _stands_as_named(pieces: Sequence[Piece], unit: int, notation: Notation) -> bool:
    """Whether the words that come first name the one in symbols and nothing else, and those behind it say what it is about."""
    named = [(index, found) for index in range(len(pieces)) if (found := quantity_at(pieces, index)) is not None]
    if not all(any(found.quantity is row for row in notation.rows) for _, found in named):
        return False
    at = next(index for index, piece in enumerate(pieces) if piece.math is notation.math)
    first = min([at, *(index for index, _ in named)])
    before, behind = pieces[at - 1].text if at else "", pieces[at + 1].text if at + 1 < len(pieces) else ""
    follows = behind in _LINKS | _PLAIN | {""} or at + 1 == unit
    return follows and before not in _LINKS and all(piece.text in _PLAIN for piece in pieces[:first])
