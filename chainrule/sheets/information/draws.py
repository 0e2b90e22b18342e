"""Draws in two stages: "Urn 1 contains 3 red and 1 blue ball, urn 2 one red and 3 blue ones. An urn is chosen at random, and a
ball is drawn from it."
"""

import re
from collections.abc import Sequence
from fractions import Fraction

from chainrule.sheets.forms import words
from chainrule.sheets.information.listing import spell
from chainrule.sheets.information.outcome_lists import count_at
from chainrule.sheets.information.stories import Story
from chainrule.sheets.quantity_words import Piece

_HOLDERS = words("urn box bag jar bowl basket drawer bucket hat sack tin cup")
_LABEL = words("1 2 3 4 a b c d i ii iii iv one two three")
_HOLDING = words("contains contain holds hold has have")
_BETWEEN = words("and , ; while whereas but with in : there are is the")
_CHOOSING = r"(?:chosen|picked|selected|choose|chooses|pick|picks|select|selects)"
_DRAWING = r"(?:drawn|picked|taken|pulled|drawing|selected|draw|draws|pick|picks|take|takes)"
_RANDOM = r"(?:at random|randomly|a fair coin|fair coin|equal probability|equally likely|uniformly)"
_PROCEDURE = words(
    "a an one is are was of the it from at random randomly uniformly by flipping tossing fair coin flip toss with equal"
    " probability equally likely first then and , ; we you i she he someone single that this which each being"
    " chosen picked selected choose chooses pick picks select selects drawn taken pulled draw draws take takes"
)
_COLOURS = words("colour color colours colors")
_CHOICE = words("chosen choice")
_PLURAL = re.compile(r"(?<=x|s|h)es$|s$")


def read_draws(sentences: Sequence[Sequence[Piece]]) -> Story | None:
    """The story of these sentences, each of which must be a part of it."""
    contents: dict[str, dict[str, int]] = {}
    holders: set[str] = set()
    things: set[str] = set()
    procedures: list[str] = []
    for pieces in sentences:
        said = [piece.text or "$" for piece in pieces if piece.text not in (".", ";") or piece is not pieces[-1]]
        if _only_counts(said) or _take_contents(pieces, contents, holders, things):
            continue
        procedures.append(" ".join(said))
    if len(contents) < 2 or len(holders) != 1 or len(things) != 1 or not _draws_one(procedures, *holders, *things):
        return None
    kinds = tuple(dict.fromkeys(kind for each in contents.values() for kind in each))
    rows = tuple(tuple(str(Fraction(each.get(kind, 0), sum(each.values()))) for kind in kinds) for each in contents.values())
    share = str(Fraction(1, len(contents)))
    return Story(
        (share,) * len(contents),
        rows,
        tuple(spell(label.upper() if label.isalpha() else label) for label in contents),
        tuple(map(spell, kinds)),
        first=frozenset(holders) | _CHOICE,
        second=_COLOURS | things | frozenset(kinds) | {"drawn"},
    )


def _only_counts(said: Sequence[str]) -> bool:
    """ "There are two boxes." """
    return list(said[:2]) == ["there", "are"] and len(said) == 4 and _one(said[3]) in _HOLDERS


def _one(noun: str) -> str:
    return (
        noun
        if noun in _HOLDERS
        else next((n for n in (noun.removesuffix("es"), noun.removesuffix("s")) if n in _HOLDERS), noun)
    )


def _take_contents(pieces: Sequence[Piece], contents: dict[str, dict[str, int]], holders: set[str], things: set[str]) -> bool:
    """Whether a sentence says what is in holders with labels, and nothing else."""
    index = 0
    found = False
    while index < len(pieces) and pieces[index].text != ".":
        if pieces[index].text in _BETWEEN:
            index += 1
            continue
        label = pieces[index + 1].text if index + 1 < len(pieces) else ""
        if pieces[index].text not in _HOLDERS or label not in _LABEL or label in contents:
            return False
        holder, start = pieces[index].text, index + 2
        start += start < len(pieces) and pieces[start].text in _HOLDING
        counts, index, nouns = _counts(pieces, start)
        if not counts:
            return False
        contents[label] = counts
        holders.add(holder)
        things |= nouns
        found = True
    return found


def _counts(pieces: Sequence[Piece], start: int) -> tuple[dict[str, int], int, set[str]]:
    """ "three red balls and one blue ball", and where it ends."""
    counts: dict[str, int] = {}
    nouns: set[str] = set()
    index = end = start
    while index + 1 < len(pieces) and (count := count_at(pieces, index)):
        kind = pieces[index + 1].text
        if not kind.isalpha() or kind in counts:
            return {}, start, set()
        counts[kind] = count
        end = index + 2
        noun = pieces[end].text if end < len(pieces) else ""
        if noun.isalpha() and noun not in _BETWEEN:
            nouns |= {_PLURAL.sub("", noun)} - {"on", "one"}
            end += 1
        index = end
        while index < len(pieces) and pieces[index].text in (",", "and"):
            index += 1
    return counts, end, nouns


def _draws_one(procedures: Sequence[str], holder: str, thing: str) -> bool:
    """Whether a holder is chosen with equal probabilities and one thing drawn from it."""
    said = " ; ".join(procedures)
    known = _PROCEDURE | {holder, f"{holder}s", f"{holder}es", thing, "two", "three"}
    chooses = re.search(
        rf"\b(?:an?|one)(?: of the(?: two| three)? {holder}(?:s|es)| {holder})(?: is| was)? (?:\w+ ){{0,2}}?{_CHOOSING}", said
    )
    chooses = chooses or re.search(rf"\b{_CHOOSING} (?:an?|one)(?: of the(?: two| three)?)? {holder}", said)
    draws = re.search(
        rf"\b(?:an?|one) {thing}(?: is| was)? (?:\w+ ){{0,2}}?{_DRAWING}|\b{_DRAWING} (?:an?|one) {thing}\b", said
    )
    counted = len(re.findall(rf"\b(?:an?|one) {thing}\b", said)) == 1 and not re.search(rf"\b(?:two|three) {thing}", said)
    return bool(chooses and draws and counted and re.search(_RANDOM, said)) and set(said.split()) <= known
