r"""On which scale a distance is meant, on which authors differ: "the Hellinger distance, normalized so that it is at most 1",
"with the factor $1/\sqrt2$", "half the $L^1$ distance", "which lies between 0 and 1".

What is our scale is left out; any other one, "without the factor 1/2", stays, and what it says is not understood.
"""

import re
from dataclasses import replace

from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import words
from chainrule.sheets.quantity_words import pieces_of, quantity_at
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math

_BEGINS = words("normalized normalised scaled defined which so such lying taking with chosen")
_SCALING = _BEGINS | words(
    "that it its the to lie lies be is are take takes have has value values maximum largest possible distance never always can"
    " exceed exceeds at most no more larger than bounded by in within between range interval unit 0 zero and [ , stays"
)
_LIMIT = re.compile(r"(?:1|one|\[0,1\]|0\\leq?[a-zA-Z_{}]+\\leq?1|[a-zA-Z]\\leq?1)$")
_HALF = r"(?:\\[dt]?frac\{?1\}?\{?2\}?|1/2|1 / 2|½|one half|0\.5)"
_FACTORS = {
    "total_variation": _HALF,
    "squared_hellinger": _HALF,
    "hellinger": r"(?:\\[dt]?frac\{?1\}?\{?\\sqrt\{?2\}?\}?|1/\\sqrt\{?2\}?|\\sqrt\{?1/2\}?)",
}
"""The factor in our definition of what is never larger than 1."""
_NORM = r"(?:L\^?\{?1\}?|L_\{?1\}?|\\ell_\{?1\}?|\\ell\^\{?1\}?|l ?-?1|L1) (?:distance|norm|difference)"
_IN_WORDS = {
    "total_variation": (
        rf"(?:half|one half|{_HALF}|{_HALF} times) (?:of )?(?:the|its|their) {_NORM}|(?:the )?total variation distance"
    ),
    "jensen_shannon_distance": r"(?:the )?square root of (?:the|their) jensen-shannon divergence",
}
"""What our definition is in words."""


def without_scale(request: Request) -> Request:
    """The request without what says of its one quantity that it is on our scale."""
    named = _quantities_in(request.tokens)
    if not named or named[0] not in {*_FACTORS, *_IN_WORDS} or not {*named} <= {named[0], "jensen_shannon"}:
        return request
    found = _range_in(request.tokens) if named[0] in _FACTORS else None
    found = found or _said_in(request.tokens, named[0])
    if found is None:
        return request
    first, last = _with_marks(request.tokens, *found)
    gone = tuple(token for token in request.tokens[first:last] if isinstance(token, Math))
    return replace(request, tokens=(*request.tokens[:first], *request.tokens[last:]), listed=(*request.listed, *gone))


def _quantities_in(tokens: Tokens) -> list[str]:
    pieces, index, found = pieces_of(tokens), 0, list[str]()
    while index < len(pieces):
        each = quantity_at(pieces, index)
        found += [each.quantity.name] if each else []
        index += each.length if each else 1
    return found


def _range_in(tokens: Tokens) -> tuple[int, int] | None:
    """Where words say that it is at most 1: from where to where."""
    for first, token in enumerate(tokens):
        if not isinstance(token, Word) or token.text not in _BEGINS:
            continue
        last = first
        while last < len(tokens) and _spelled(tokens[last]) in _SCALING:
            last += 1
        if last > first + 1 and last < len(tokens) and _LIMIT.match(_spelled(tokens[last])):
            closed = last + 1 < len(tokens) and _spelled(tokens[last + 1]) == "]"
            return first, last + 1 + closed
    return None


def _said_in(tokens: Tokens, name: str) -> tuple[int, int] | None:
    """Where the factor of our definition stands, or what it is in words."""
    text = " ".join(map(_spelled, tokens))
    factor = rf"(?:with|including|using) (?:the|a) (?:factor|prefactor)(?: of)? {_FACTORS[name]}" if name in _FACTORS else None
    lead = r"(?:(?:defined as|given by|that is|which is|i\.e\.)(?: ,)? |(?<=[,(:] ))"
    saying = rf"{lead}(?:{_IN_WORDS[name]})" if name in _IN_WORDS else None
    match = re.search(rf"(?<!\S)(?:{'|'.join(filter(None, (factor, saying)))})(?!\S)", text)
    return match and (text[: match.start()].count(" "), text[: match.end()].count(" ") + 1)


def _with_marks(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """With the comma, dash or parenthesis before, and the parenthesis behind."""
    before = _spelled(tokens[first - 1]) if first else ""
    behind = _spelled(tokens[last]) if last < len(tokens) else ""
    if before == "(" and behind == ")":
        return first - 1, last + 1
    return first - (before in (",", "–", "—", "-", ":")), last


def _spelled(token: Word | Math) -> str:
    """A word, or a formula as one word."""
    return token.text if isinstance(token, Word) else "".join(token.text.split())
