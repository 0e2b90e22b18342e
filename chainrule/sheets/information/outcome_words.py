"""Outcomes that words name: "rolling a six" is $P(6)$, "that it rained" is $P(rain)$, where one distribution has them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import words
from chainrule.sheets.information.cards import card_at
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.information.outcome_labels import number_label
from chainrule.sheets.information.reading import QUOTES
from chainrule.sheets.quantity_words import Piece, pieces_of, quantity_at
from chainrule.sheets.sentences import span_of
from chainrule.sheets.sheet import Math

LEADS = words(
    "rolling throwing drawing getting seeing observing tossing flipping hearing learning obtaining receiving emitting sending"
    " picking selecting choosing reading having landing observed seen roll toss flip draw the a an"
    " that it is was of event outcome"
    " symbol letter result message word colour color ball face face-up sample class category finding knowing weather day state"
    " being"
)
"""These may stand between a surprisal and the outcome that it is of."""
_HAPPENING = (
    *(("wins",), ("win",), ("won",), ("winning",), ("occurs",), ("occurring",), ("happens",), ("happening",), ("appears",)),
    *(("appearing",), ("shows",), ("comes", "up"), ("coming", "up"), ("comes", "first"), ("turns", "up"), ("is", "drawn")),
    *(("carry",), ("carries",), ("convey",), ("conveys",), ("contain",), ("contains",), ("provide",), ("provides",)),
    *(("is", "chosen"), ("is", "selected"), ("is", "observed"), ("is", "the", "winner"), ("is", "the", "outcome")),
)
"""These may say behind an outcome that it comes about, or tells something."""
_LINKS = words("of in from for when associated with")
_UNDER = (("under",), ("according", "to"), ("in",), ("for",), ("with", "respect", "to"))
_MARKS = QUOTES
_STEM = re.compile(r"(?:ing|ed|y|es|s)$")


def outcome_at(pieces: Sequence[Piece], start: int, known: Distributions) -> tuple[str, int] | None:
    """The probability of the outcome that the words here name, `P(rain)`, and their length; None where they name none, or where
    several distributions have it and words do not say which, "under $Q$".
    """
    if known.cards and (card := card_at(pieces, start)) is not None:
        return card
    here = start + (_text(pieces, start) in _MARKS)
    negated = _text(pieces, here) in ("no", "not")
    if here + negated >= len(pieces):
        return None
    piece = pieces[here + negated]
    said = piece.math.text.strip() if piece.math is not None else number_label(piece.written or piece.text)
    end = here + negated + 1
    closed = here > start and _text(pieces, end) in _MARKS
    end += closed
    end += _happens(pieces, end)
    end += here > start and not closed and _text(pieces, end) in _MARKS
    of, length = _distribution(pieces, end)
    label = _label(said, known) if not negated else _label(f"no {said}", known)
    notation = known.outcome(label, of) if label else ""
    return (notation, end + length - start) if notation else None


def with_outcome(request: Request, known: Distributions) -> Request:
    """The request with a formula for the words of an outcome behind a surprisal; as it is where there are none."""
    pieces = pieces_of(request.tokens)
    named = next((i for i in range(len(pieces)) if (n := quantity_at(pieces, i)) and n.quantity.name == "surprisal"), None)
    if named is None:
        return request
    link = next((i for i in range(named + 1, len(pieces)) if pieces[i].text in _LINKS and _leads(pieces, i + 1, known)), None)
    if link is None:
        return request
    here = link + 1
    while (found := outcome_at(pieces, here, known)) is None:
        here += 1
    if (pieces[here].math is not None and found[1] == 1) or ((single := known.single()) and known.is_repeated(single[0])):
        return request
    first, last = pieces[link + 1].index, pieces[here + found[1] - 1].index
    made = Math(span_of(request.tokens[first : last + 1]), request.place, display=False, name=found[0])
    return replace(request, tokens=(*request.tokens[:first], made, *request.tokens[last + 1 :]))


def _leads(pieces: Sequence[Piece], index: int, known: Distributions) -> bool:
    """Whether an outcome follows behind nothing but words that introduce one."""
    while index < len(pieces):
        if outcome_at(pieces, index, known) is not None:
            return True
        if pieces[index].text not in LEADS:
            return False
        index += 1
    return False


def _happens(pieces: Sequence[Piece], index: int) -> int:
    """How many words say that an outcome comes about, "wins", "is drawn"; 0 where none do."""
    return max(
        (len(said) for said in _HAPPENING if tuple(_text(pieces, index + i) for i in range(len(said))) == said), default=0
    )


def _distribution(pieces: Sequence[Piece], index: int) -> tuple[Math | None, int]:
    """Q of "under $Q$", and the length of these words."""
    for phrase in _UNDER:
        end = index + len(phrase)
        math = pieces[end].math if end < len(pieces) else None
        if math is not None and tuple(_text(pieces, i) for i in range(index, end)) == phrase:
            return math, len(phrase) + 1
    return None, 0


def _label(said: str, known: Distributions) -> str:
    """The outcome that a word means in any of its forms, "rained" for "rain"; "" where there are none or several."""
    labels = {label for each in known.known if each.defined for label in each.labels} | set(known.events)
    if said.lower() in {label.lower() for label in labels}:
        return said
    found = {label for label in labels if len(label) > 2 and _stem(label) == _stem(said)} if len(said) > 2 else set[str]()
    return found.pop() if len(found) == 1 else ""


def _stem(word: str) -> str:
    stem = _STEM.sub("", word.lower())
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem


def _text(pieces: Sequence[Piece], index: int) -> str:
    return pieces[index].text if 0 <= index < len(pieces) else ""
