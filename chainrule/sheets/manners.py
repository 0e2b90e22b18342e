"""Phrases with "in" that say how or where, and of which unit none: "in closed form", "in terms of", "in the network"."""

from chainrule.sheets.clauses import Tokens
from chainrule.sheets.forms import CONTEXT, METHOD, NEUTRAL, QUANTITY, words
from chainrule.sheets.operative_words import is_descriptive
from chainrule.sheets.quantity_words import pieces_of
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math
from chainrule.sheets.units import unit_at

_KNOWN = (
    NEUTRAL
    | METHOD
    | (QUANTITY - {"unit", "units"})
    | words(
        "terms detail details full forms notation index component components compact simplified simplest lowest fraction"
        " fractions decimal decimals scientific steps step order part parts problem problems exercise exercises question"
        " questions section figure table equation equations eq eq. fig. example case cases general particular words symbols"
        " one two three four five both place places short brief way style code numpy python"
        " logarithms term previous"
        " neural computational computation graph reverse mode forward limit it them first last second third most variable"
        " either any some brackets parentheses of same alphabetical turn itself radians power powers series"
        " layout layouts convention conventions numerator denominator jacobian hessian vectorized vectorised elementwise detail"
    )
)
_UNFINISHED = words("limit limits")
"""Behind these a formula says of what."""
_WITH_A_LABEL = words("part parts problem problems exercise question section figure table equation eq eq. fig. example case (")


def is_known_manner(tokens: Tokens, index: int, *, derived: bool = False) -> bool:
    """Whether the words behind the "in" at this place, up to a formula, a mark or the next connective, are all known.

    derived: a derivative is asked for, beside which words may also describe, "in the reservoir model".
    """
    if unit_at(pieces_of(tokens[index:]), 0):
        return True
    for here in range(index + 1, len(tokens)):
        token = tokens[here]
        if not isinstance(token, Word) or token.text in (",", "and", "&", ":") or token.text in CONTEXT:
            return True
        before = tokens[here - 1]
        label = isinstance(before, Word) and before.text in _WITH_A_LABEL and (len(token.text) == 1 or token.text.isdigit())
        if token.text in _UNFINISHED and not any(isinstance(other, Math) for other in tokens[here:]):
            return False
        if token.text == "reverse" and not derived and [t.text for t in tokens[here + 1 : here + 2]] != ["mode"]:
            return False
        if token.text not in _KNOWN and not label and not (derived and is_descriptive(token.text)):
            return False
    return True
