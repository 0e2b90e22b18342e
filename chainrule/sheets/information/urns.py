"""One draw from things that are counted: "an urn contains 3 red and 5 blue balls; a ball is drawn at random".

Where more than one is drawn, or put back, nothing is read here: the draws may depend on each other.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from chainrule.sheets.forms import FIND, words
from chainrule.sheets.information.family_phrases import Phrase
from chainrule.sheets.information.listing import listed
from chainrule.sheets.information.outcome_lists import count_at
from chainrule.sheets.quantity_words import Piece, pieces_of
from chainrule.sheets.sentences import Sentence

_HOLDING = words("contains contain containing holds holding has with of are :")
_NO_KIND = words("and or of the a an to in is are with more times out per other faces sides bits nats outcomes symbols letters")
_KNOWN = words(
    "a an the urn bag box jar bowl basket hat drawer sack pouch it there that which and then from in of with is are has have"
    " was contains contain containing holds holding drawn picked chosen selected taken pulled draw pick choose select take"
    " we you one single someone randomly random at uniformly blindly let be its denote denoted by call this"
    " total identical , . ; : ( )"
)
"""With any other word more may be said of the draw than that one thing is drawn."""
_PICKED = r"(?:drawn|picked|chosen|selected|taken|pulled|draw|draws|pick|picks|choose|chooses|select|selects|take|takes)"
_SPEAKING = words("urn bag box jar bowl basket hat drawer sack pouch it drawn draw draws one another replaced returned")
"""A sentence with one of these may be about the draw."""
_ASKING = words("what which how")
_COLOUR = words("color colour type kind flavor flavour")
_THAT = words("of the a drawn picked chosen selected that this one")


@dataclass(frozen=True)
class Urn:
    """Of what one thing is drawn: `body` follows the name of a distribution."""

    things: frozenset[str]
    kinds: tuple[str, ...]
    body: str
    chances: tuple[str, ...]


def find_urn(sentences: Iterable[Sentence]) -> Urn | None:
    """What a text counts where it draws exactly one of it at random."""
    read = [pieces_of(each.tokens) for each in sentences]
    found = [urn for pieces in read for i in range(1, len(pieces)) if (urn := _contents(pieces, i)) is not None]
    if len(found) != 1:
        return None
    said = " . ".join(" ".join(piece.text or "$" for piece in pieces) for pieces in read)
    urn, contents = found[0]
    things = "|".join(map(re.escape, sorted(urn.things)))
    one = rf"(?:(?:a|one|a single) (?:{things})|one(?: of them)?)"
    single = re.search(
        rf"{one} (?:is |was )?(?:then )?(?:\w+ )?(?:at random )?{_PICKED}\b|\b{_PICKED} (?:randomly )?{one}\b", said
    )
    drawn = single is not None and re.search(r"\b(?:at random|randomly|random|blindly)\b", said) is not None
    return urn if drawn and all(_is_plain(pieces, urn, contents) for pieces in read) else None


def _is_plain(pieces: Sequence[Piece], urn: Urn, contents: str) -> bool:
    """Whether a sentence says before a request nothing but that one thing is drawn and what it is called."""
    asked = next((i for i, piece in enumerate(pieces) if piece.text in FIND | _ASKING), len(pieces))
    said = " ".join(piece.text or "$" for piece in pieces[:asked]).replace(contents, "", 1).split()
    speaks = not (_SPEAKING | urn.things | _COLOUR | set(urn.kinds)).isdisjoint(said)
    return not speaks or (_KNOWN | urn.things | _COLOUR | {"$"}).issuperset(said)


def find_contents(pieces: Sequence[Piece], start: int, urn: Urn | None) -> Phrase | None:
    """The kind of what is drawn, where the words from here on count what there is or name it, "its colour"."""
    if urn is None:
        return None
    if (found := _contents(pieces, start)) is not None:
        end = start + found[1].count(" ") + 1
        return Phrase(start, end, urn.body, "draw", sure=True, outcomes=urn.kinds, chances=urn.chances)
    if pieces[start].text not in _COLOUR:
        return None
    end = start + 1
    while end < len(pieces) and pieces[end].text in _THAT | urn.things:
        end += 1
    what = f"{pieces[start].text} of what is drawn"
    return Phrase(start, end, urn.body, what, sure=True, outcomes=urn.kinds, chances=urn.chances, derived=True)


def _contents(pieces: Sequence[Piece], start: int) -> tuple[Urn, str] | None:
    """ "3 red balls, 2 green ones and 5 blue ones" behind "contains", with its words."""
    if start == 0 or pieces[start - 1].text not in _HOLDING:
        return None
    counts: dict[str, int] = {}
    nouns: set[str] = set()
    named = False
    here = end = start
    while (
        (count := count_at(pieces, here)) and (kind := _word(pieces, here + 1)) and kind not in _NO_KIND and kind not in counts
    ):
        counts[kind] = count
        end = here + 2
        named = bool(_word(pieces, end)) and pieces[end].text not in _NO_KIND
        if named:
            nouns.add(pieces[end].text)
            end += 1
        here = end
        while here < len(pieces) and pieces[here].text in (",", "and"):
            here += 1
        if here == end:
            break
    nouns -= {"ones"}
    if len(counts) < 2 or len(nouns) != 1 or not named:
        return None  # "and 2 hats" behind socks is no kind of socks
    noun = nouns.pop()
    total = sum(counts.values())
    chances = tuple(str(Fraction(count, total)) for count in counts.values())
    things = frozenset({noun, re.sub(r"ies$", "y", noun), re.sub(r"es$", "", noun), noun.removesuffix("s")})
    said = " ".join(piece.text for piece in pieces[start:end])
    return Urn(things, tuple(counts), listed(tuple(counts), chances), chances), said


def _word(pieces: Sequence[Piece], index: int) -> str:
    text = pieces[index].text if index < len(pieces) else ""
    return text if text.isalpha() else ""
