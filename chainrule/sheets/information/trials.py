"""What is thrown how often: "a fair coin is flipped three times", "two fair dice are rolled"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chainrule.sheets.forms import words
from chainrule.sheets.information.chances import chance_at
from chainrule.sheets.information.stopping import stopping_at
from chainrule.sheets.information.thrown import find_thrown
from chainrule.sheets.quantity_words import Piece

_COUNTS = {word: k for k, word in enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 2)}
_THROWING = words(
    "flip flips flipped toss tosses tossed roll rolls rolled throw throws thrown cast flipping tossing rolling throwing"
)
_THINGS = words("coin coins die dice")
_ADJECTIVES = words("fair identical independent unbiased biased loaded bent sided six eight four twelve twenty ten standard")
_LIMITING = words("most least limit limited maximum only unless stop stops stopped give gives after")
"""These may say that throwing stops otherwise too."""
_EVERY = words("each every any")
_REPEATING = _EVERY | words("independent independently repeatedly")
_EVERYWHERE = words("at on in for of per the other others and , . ;")
_CHANCES = words("probability probabilities chance chances odds")
_FAILING = words(
    "not no never neither nor fail fails failed failing failure miss misses missed missing lose loses loss error errors unless"
    " except first second last if when given either or"
)
"""With one of these the probability of a trial may be that of a failure, or not that of all of them."""
_AGAIN = re.compile(
    r"(?P<word>once|twice|thrice)|(?<!\S)(?P<count>\S+) (?:independent )?times\b(?! as)"
    rf"|(?P<throws>{'|'.join(_COUNTS)}) (?:independent )?(?:tosses|flips|rolls|throws)\b"
)
_ONCE = {"once": 1, "twice": 2, "thrice": 3}


@dataclass(frozen=True)
class Trial:
    """A coin or die that is thrown `count` times, None where the text does not tell how often.

    faces, chances: of one throw; no chances where they are not told in words. until: the face at which throwing stops.
    """

    thing: str
    faces: tuple[str, ...] = ()
    chances: tuple[str, ...] = ()
    count: int | None = 1
    until: str = ""


@dataclass(frozen=True)
class Attempt:
    """One of many independent trials: the words that say it, and the probability of its success, "" where several are said."""

    words: frozenset[str]
    chance: str


def is_limited(pieces: Sequence[Piece]) -> bool:
    """Whether a sentence may say that trials stop otherwise too, "but at most 3 times"."""
    return not (_LIMITING - {"after", "only"}).isdisjoint(piece.text for piece in pieces)


def attempt_in(pieces: Sequence[Piece], before: Attempt | None) -> Attempt | None:
    """ "She scores each free throw independently with probability 0.25"; what was known before where none is said."""
    said = frozenset(piece.text for piece in pieces if piece.math is None)
    places = [i for i in range(2, len(pieces)) if (pieces[i - 2].text, pieces[i - 1].text) == ("with", "probability")]
    chances = [(i, chance) for i in places if (chance := chance_at(pieces, i)) is not None]
    if before is not None and not said.isdisjoint(_CHANCES) and not chances:
        return replace(before, chance="")
    if said.isdisjoint(_REPEATING) or not chances:
        return before
    at, chance = chances[0]
    plain = before is None and said.isdisjoint(_FAILING | _THINGS) and _says_when(pieces[at + chance.length :])
    return Attempt(said, chance.text if plain else "")


def _says_when(behind: Sequence[Piece]) -> bool:
    """Whether words behind a probability say no more than that it is that of every trial, "at every shot"."""
    before = (None, *(piece.text for piece in behind))
    return all(
        piece.text in _EVERYWHERE | _REPEATING or (one in _EVERY and piece.math is None)
        for one, piece in zip(before, behind, strict=False)
    )


def trial_in(pieces: Sequence[Piece], before: Trial | None) -> Trial | None:
    """What is thrown according to a sentence. before: what was known so far, of which it may say how often."""
    trial = _trial(pieces, before)
    if trial is not None and trial.until and not _LIMITING.isdisjoint(piece.text for piece in pieces):
        return replace(trial, until="")
    stops = next((found for i in range(len(pieces)) if (found := stopping_at(pieces, i)) is not None), None)
    return replace(trial, count=None, until=stops[0]) if trial is not None and stops is not None and trial.count == 1 else trial


def _trial(pieces: Sequence[Piece], before: Trial | None) -> Trial | None:
    thing = next((index for index, piece in enumerate(pieces) if piece.text in _THINGS), None)
    times = _times(pieces)
    if thing is None:
        thrown = not _THROWING.isdisjoint(piece.text for piece in pieces)
        return replace(before, count=times) if before and thrown and times != 1 else before
    phrase = next((p for i in range(max(0, thing - 3), thing + 1) if (p := find_thrown(pieces, i))), None)
    noun = "coin" if pieces[thing].text.startswith("coin") else "die"
    if phrase is None and before is not None and before.thing == noun:
        return replace(before, count=times) if times != 1 else before
    several = len({"coin" if piece.text.startswith("coin") else "die" for piece in pieces if piece.text in _THINGS}) > 1
    many = _many(pieces, thing)
    count = None if several or (many != 1 and times != 1) else times if many == 1 else many
    return Trial(noun, phrase.outcomes if phrase else (), phrase.chances if phrase else (), count)


def _many(pieces: Sequence[Piece], thing: int) -> int | None:
    """How many things: 2 for "two fair dice" and "a pair of dice"."""
    index = thing - 1
    while index >= 0 and pieces[index].text in _ADJECTIVES and (pieces[index].text not in _COUNTS or _sided(pieces, index)):
        index -= 1
    said = pieces[index].text if index >= 0 else ""
    if said == "of" and index > 0 and pieces[index - 1].text == "pair":
        return 2
    count = _number(pieces, index)
    return count if count is not None else 1 if pieces[thing].text in ("coin", "die") else None


def _sided(pieces: Sequence[Piece], index: int) -> bool:
    return index + 1 < len(pieces) and pieces[index + 1].text == "sided"


def _times(pieces: Sequence[Piece]) -> int | None:
    """How often it is thrown; 1 where nothing is said, None for what is no number."""
    said = [piece.text or (piece.math.text if piece.math else "") for piece in pieces]
    match = next((m for m in _AGAIN.finditer(" ".join(text.replace(" ", "") for text in said))), None)
    if match is None:
        return 1
    if match["word"]:
        return _ONCE[match["word"]]
    return _count(match["count"] or match["throws"])


def _number(pieces: Sequence[Piece], index: int) -> int | None:
    if index < 0:
        return None
    piece = pieces[index]
    return _count(piece.text if piece.math is None else piece.math.text.strip())


def _count(text: str) -> int | None:
    return _COUNTS.get(text) or (int(text) if text.isdecimal() and len(text) < 4 else None)


def spelled(count: int) -> tuple[str, ...]:
    """A number in digits and in words."""
    return (str(count), *(word for word, k in _COUNTS.items() if k == count))
