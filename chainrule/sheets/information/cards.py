"""Cards of a deck of 52: "drawing an ace" has the probability 1/13, "the queen of hearts" 1/52."""

import re
from collections.abc import Iterable, Sequence

from chainrule.sheets.quantity_words import Piece, pieces_of
from chainrule.sheets.sentences import Sentence

_RANK = r"(?:ace|king|queen|jack|ten|nine|eight|seven|six|five|four|three|two|deuce|10|[2-9])"
_SUIT = r"(?:spade|heart|diamond|club)s?"
_DECK = re.compile(
    r"(?:(?:standard|full|ordinary|regular|normal|shuffled|well) )*(?:(?:52|52 card)"
    r" )?(?:deck|pack)(?: of (?:52 )?(?:playing )?cards)?"
)
_CARDS = (
    (re.compile(rf"{_RANK} of {_SUIT}"), "1/52"),
    (re.compile(rf"{_RANK}"), "1/13"),
    (re.compile(rf"{_SUIT}"), "1/4"),
    (re.compile(r"(?:red|black)(?: card)?"), "1/2"),
    (re.compile(r"(?:face|court) card"), "3/13"),
)
_BEHIND = re.compile(rf"(?: from (?:a|the|this) {_DECK.pattern})?(?=$| ,| in | \?| \()")
_CHANGED = re.compile(r"\b(?:removed|missing|jokers?|without|two|2|three|euchre|pinochle|32|double)\b")


def has_deck(sentences: Iterable[Sentence]) -> bool:
    """Whether cards are drawn from a deck of 52, as far as the text tells."""
    found = False
    for sentence in sentences:
        said = " ".join(piece.text or "$" for piece in pieces_of(sentence.tokens))
        match = _DECK.search(said)
        if match is not None and _CHANGED.search(said):
            return False
        found = found or (match is not None and ("52" in match.group() or "standard" in match.group()))
    return found


def card_at(pieces: Sequence[Piece], start: int) -> tuple[str, int] | None:
    """The probability of the card that the words here name, and their length; None where they say more of it."""
    said = " ".join(piece.text or "$" for piece in pieces[start : start + 16])
    for pattern, chance in _CARDS:
        match = pattern.match(said)
        behind = _BEHIND.match(said, match.end()) if match is not None else None
        if match is not None and behind is not None:
            return chance, said[: behind.end()].count(" ") + 1
    return None
