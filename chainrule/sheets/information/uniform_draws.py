"""One of several things, each as likely as the others: "a letter is drawn uniformly at random from the 26 letters of the
alphabet", "one of the 12 jurors is chosen at random".
"""

import re
from collections.abc import Sequence

from chainrule.sheets.forms import words
from chainrule.sheets.information.listing import LARGEST
from chainrule.sheets.quantity_words import Piece

_SPELLED = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_COUNTS = {**{word: k for k, word in enumerate(_SPELLED, 2)}, "twenty": 20, "hundred": 100}
_COUNT = rf"(?P<count>\d{{1,4}}|{'|'.join(_COUNTS)})"
_DRAWN = r"(?:drawn|chosen|picked|selected|sampled|taken|generated|emitted)"
_EVENLY = r"(?:uniformly(?: at random)?|at random|completely at random|with equal probability|with the same probability)"
_GROUP = r"(?:set|list|class|group|team|pool|collection|range|vocabulary|catalogue|catalog)"
_OF = r"(?: of (?:the|this|that|an?) (?!same)[a-z]+(?: [a-z]+)?)?"
_END = r"(?= [.;?]| , (?:what|so|find|compute|how)\b| (?:what|find|compute|how)\b|$)"
_FROM = re.compile(
    rf"{_DRAWN} (?:{_EVENLY} )?(?:from|among|out of|from among) (?:(?:the|all|all the|our|a|these) )?"
    rf"(?:{_GROUP} (?:of|with) )?{_COUNT}(?: (?:different|distinct|possible|available|lowercase|uppercase))?"
    rf"(?: (?P<counted>[a-z]+))?{_OF}(?P<evenly> {_EVENLY})?{_END}"
)
_SAID_EVENLY = re.compile(_EVENLY)
_ONE_OF = re.compile(
    rf"(?:one of|one out of|one among) (?:(?:the|our|these|all) )?{_COUNT}(?: (?:different|distinct|possible|equal))?"
    rf" (?P<counted>[a-z]+){_OF}(?: in (?:the|an?) [a-z]+)? (?:is|was|gets) {_DRAWN} {_EVENLY}{_END}"
)
_SUBJECT = re.compile(r"(?:a|an|one|each|the|every) (?:[a-z]+ ){0,3}?(?P<noun>[a-z]+) (?:[a-z]+ )?(?:is|was|be) $")
_ANY = words("value values symbol symbols element elements item items option options possibility possibilities")
_LONGEST = 24


def count_drawn_from(pieces: Sequence[Piece], start: int) -> tuple[int, int] | None:
    """The number of equally likely things of which the words from here on say that one is drawn, and where they end."""
    said = " ".join(piece.text or "$" for piece in pieces[start : start + _LONGEST])
    before = " ".join(piece.text or "$" for piece in pieces[max(0, start - 8) : start]) + " "
    match = _ONE_OF.match(said)
    if match is None:
        match = _FROM.match(said)
        subject = _SUBJECT.search(before)
        if match is None or subject is None or not _SAID_EVENLY.search(match[0]):
            return None
        counted = match["counted"]
        if counted is not None and counted not in _ANY and _singular(counted) != _singular(subject["noun"]):
            return None
    count = _COUNTS.get(match["count"]) or int(match["count"])
    return (count, start + len(match[0].split())) if 1 < count <= LARGEST else None


def _singular(noun: str) -> str:
    return noun.removesuffix("s")
