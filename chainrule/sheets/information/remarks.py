"""Remarks in a request that change nothing: "(using the chain rule)", "the second parameter being the variance"."""

import re
from collections.abc import Sequence

from chainrule.sheets.forms import METHOD, NEUTRAL, words
from chainrule.sheets.information.asked import Asked
from chainrule.sheets.information.directions import other_direction
from chainrule.sheets.information.nouns import FAMILY_NOUNS, NOUNS, TURNS
from chainrule.sheets.quantity_words import Piece, quantity_at

_REMARK = (
    METHOD
    | NEUTRAL
    | words("i.e. e.g. shannon step reverse directly definition log sum equal weights square root squared")
    | words("divergence distance of entropy that which no bias")
)
_LONGEST_REMARK = 10
_CALLED = words("the a i.e. also known called as so-called or simply sometimes often")
_VARIANCE = tuple(f"the second {noun} {verb} the variance" for noun in ("parameter", "argument") for verb in ("being", "is"))
_MARK = r"(?:, )?(?P<open>\( )?(?:that is|i\.?e\.?|in other words|namely|which is|or)(?: ,)? "
_END = r"(?(open) \)|)(?= [,.?;]| and | in (?:bits|nats)|$)"
_COUNT = r"(?:the|its|an?) (?:effective|equivalent|average) (?:number|size) of (?:the )?(?:equally likely )?[a-z]+(?: [a-z]+)?"
_AMOUNT = (
    r"(?:the|its) (?:average|expected|mean) (?:amount of )?(?:surprise|surprisal|information|uncertainty|information content)"
    r"(?: (?:of|about|in|per) (?:a|an|the|its|one)? ?(?:outcome|result|symbol|letter|draw|toss|throw|message|word|winner))?"
)
_LEAST = r"(?:the|a) (?:least|smallest|minimal|minimum) (?:average|expected) (?:number of bits|code length)(?: per [a-z]+)?"
_MEANINGS = {
    **{name: re.compile(rf"{_MARK}{_COUNT}{_END}") for name in ("perplexity", "cross_perplexity")},
    "entropy": re.compile(rf"{_MARK}(?:{_AMOUNT}|{_LEAST}){_END}"),
}
_LONGEST_MEANING = 20
_TELLING = words("is gives measures tells bounds limits")
_ARTICLES = words("the a an how what")
_CHANGING_CLAUSE = words(
    "distribution uniform fair independent then times twice half halved doubled divided multiplied squared plus minus sum"
    " difference average rate per every each copies copy draws given if when where replaced changed instead not no without only"
    " label target prediction model logarithm base percent ratio product negative rescaled normalised normalized code codes"
)
""""Which" and one of these may say what a name is or what is made of the result."""


def remark_at(pieces: Sequence[Piece], index: int) -> int:
    """A remark in parentheses that only says how, or one that a formula makes needless: how many pieces it takes, else 0.

    "In a)" is of another part.
    """
    if turned := other_direction(pieces, index):
        return turned
    if _text(pieces, index) != "(":
        return 0
    for end in range(index + 1, min(index + _LONGEST_REMARK, len(pieces))):
        if _text(pieces, end) == ")":
            other = _text(pieces, end - 1) == "weights" and _text(pieces, end - 2) != "equal"
            return 0 if other or _text(pieces, end - 1) == "a" else end + 1 - index
        if _text(pieces, end) not in _REMARK:
            return 0
    return 0


def alias_at(pieces: Sequence[Piece], index: int, asked: Sequence[Asked]) -> int:
    """`(the collision entropy)` behind the Rényi entropy of order 2: how many pieces it takes, else 0."""
    here = index + 1
    while _text(pieces, here) in _CALLED:
        here += 1
    named = quantity_at(pieces, here) if _text(pieces, index) == "(" else None
    if named is None or len(asked) != 1 or _text(pieces, here + named.length) != ")" or asked[0].quantity is not named.quantity:
        return 0
    order = asked[0].order.text.rpartition("=")[2].strip() if asked[0].order else ""
    return here + named.length + 1 - index if named.order in ("", order) else 0


def convention_at(pieces: Sequence[Piece], index: int) -> int:
    """`the second parameter being the variance`, as it is read anyway: how many pieces it takes, else 0."""
    length = 6 + (_text(pieces, index) == "where")
    said = " ".join(_text(pieces, index + i) for i in range(length)).removeprefix("where ")
    return length if said in _VARIANCE else 0


def meaning_at(pieces: Sequence[Piece], index: int, asked: Sequence[Asked]) -> int:
    """What a quantity means in plain words, "i.e. the effective number of horses": how many pieces it takes, else 0."""
    rows = {each.quantity.name for each in asked if each.quantity is not None}
    said = " ".join(piece.text or "$" for piece in pieces[index : index + _LONGEST_MEANING])
    pattern = _MEANINGS.get(next(iter(rows), "")) if len(rows) == 1 else None
    match = pattern.match(said) if pattern is not None else None
    return 0 if match is None else len(match[0].split())


def clause_at(pieces: Sequence[Piece], index: int, asked: Sequence[Asked]) -> int:
    """`, which is the smallest value that the loss can reach` at the end: what the result is good for. How many pieces it
    takes, else 0: a clause with formulas, numbers, other quantities or words for what is made of a result may say more.
    """
    said = [piece.text for piece in pieces[index:]]
    plain = said[:2] == [",", "which"] and said[2:3] != [] and said[2] in _TELLING and said[3:4] != [] and said[3] in _ARTICLES
    words_of = said[2:]
    if not plain or len(asked) != 1 or not all(word.isalpha() for word in words_of):
        return 0
    if not _CHANGING_CLAUSE.isdisjoint(words_of) or any(quantity_at(pieces, i) for i in range(index, len(pieces))):
        return 0
    return len(said) if not FAMILY_NOUNS.intersection(words_of) - words("the of on over with") else 0


def aside_at(pieces: Sequence[Piece], index: int, asked: Sequence[Asked]) -> int:
    """Any of these: how many pieces it takes, else 0."""
    said = alias_at(pieces, index, asked) or remark_at(pieces, index) or clause_at(pieces, index, asked)
    return said or meaning_at(pieces, index, asked) or convention_at(pieces, index)


def _text(pieces: Sequence[Piece], index: int) -> str:
    return pieces[index].text if 0 <= index < len(pieces) else ""


def turn_at(pieces: Sequence[Piece], index: int) -> bool:
    """Whether "old" stands before nouns alone: beside a name it may say that another distribution is meant."""
    here = index + 1
    while here < len(pieces) and pieces[here].text in NOUNS:
        here += 1
    before_name = here < len(pieces) and pieces[here].math is not None
    return pieces[index].text in TURNS and here > index + 1 and not before_name
