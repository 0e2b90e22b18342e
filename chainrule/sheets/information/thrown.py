"""Coins, dice, bits: "a fair eight-sided die", "a bent coin that lands heads with probability 0.9", "a die whose six comes up
twice as often as any other face".
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from chainrule.sheets.forms import words
from chainrule.sheets.information.chances import Chance, chance_at
from chainrule.sheets.information.faces import changed_by, described
from chainrule.sheets.information.family_phrases import Phrase
from chainrule.sheets.information.listing import LARGEST, listed
from chainrule.sheets.information.outcome_labels import label_at
from chainrule.sheets.information.outcome_lists import Clause, clauses_at, phrase_of, with_rest
from chainrule.sheets.information.stopping import face_named
from chainrule.sheets.quantity_words import Piece

_ARTICLES = words("a an one single")
_SEVERAL = words("independent mutually jointly two both i.i.d. i.i.d iid")
_FAIR = (
    *((each,) for each in ("fair", "unbiased", "uniform", "equiprobable")),
    *(("uniformly", each) for each in ("random", "distributed")),
)
"""Of a bit one of these says that 0 and 1 are equally likely."""
_NO_BIT = [[each] for each in ("string", "strings", "sequence", "stream", "per", "of", "more", "less")]
""" "A fair bit string" has several, and "a fair bit of noise" none."""
_BIASED = words("biased unfair loaded bent weighted crooked")
_SIDES = {"four": 4, "six": 6, "eight": 8, "ten": 10, "twelve": 12, "twenty": 20}
_COIN = ("heads", "tails")
_LEADING = words(
    "that which it whose with has shows show lands land comes come up on a an the , ( : is such where gives falls turns"
    " produces yielding showing landing probability of for p chance and so"
)
_FARTHEST = 12
_FACES = r"(?: ?(?:face|side|number|value|outcome|one)s?)?"
_RATIO = re.compile(
    r"(?P<label>\S+)(?: (?:is|comes|appears|occurs|lands|turns|shows|up|face|side))* (?P<times>twice|half"
    r"|(?P<n>two|three|four|five|\d+) times)"
    r" as (?:often|likely|probable|frequent|frequently)(?: to (?:come|show|turn|appear|occur)(?: up)?)? as"
    rf"(?: (?:(?:any|each|every|all)(?: of)?(?: the)? (?:other|others|rest)|the others?){_FACES}|(?: a| the)? ?(?P<other>\S+))"
)
_EACH_OTHER = re.compile(
    rf"(?:(?:each|every|any|all)(?: of)?(?: the)? (?:other|others|remaining)|the (?:others?|remaining|rest)){_FACES}"
)
_EQUALLY = re.compile(
    r" (?:are |being |is )?(?:all )?"
    r"(?:equally (?:likely|probable|often)|with equal probabilit(?:y|ies)|have the same probability)"
)
_TIMES = {"twice": Fraction(2), "half": Fraction(1, 2)} | {
    w: Fraction(k) for k, w in enumerate(["two", "three", "four", "five"], 2)
}


def find_thrown(pieces: Sequence[Piece], start: int) -> Phrase | None:
    """The coin or die that the words from here on describe."""
    adjective = _text(pieces, start)
    fair, told = adjective == "fair", adjective == "fair" or adjective in _BIASED
    count, index = _sides(pieces, start + told)
    noun = _text(pieces, index)
    if noun in ("coin", "coins") and index == start + told:
        alphabet = _COIN
    elif noun in ("die", "dice"):
        alphabet = tuple(str(face) for face in range(1, count + 1))
    else:
        return None
    name = "coin" if alphabet is _COIN else "die"
    if fair:
        behind = index + 1 + (_text(pieces, index + 1) in ("flip", "toss", "roll", "throw"))
        said = described(pieces, behind, alphabet, counted=index > start + 1)
        body = "" if said.unread else listed(said.outcomes, said.chances)
        what, faces, chances = f"fair {name}", said.outcomes, said.chances
        return Phrase(start, said.end, body, what, sure=True, outcomes=faces, chances=chances, unread=said.unread, thrown=True)
    what = f"{adjective} {name}" if told else name
    found = _uneven(pieces, start, index + 1, alphabet, what)
    unread = changed_by(pieces, found.end) if found is not None else ""
    if found is None:
        return None
    label = _label(pieces, index + 1) if noun in ("coin", "die") else ""
    found = replace(found, called=label or found.called)
    return replace(found, body="", chances=(), unread=unread) if unread else replace(found, thrown=True)


def _label(pieces: Sequence[Piece], index: int) -> str:
    """The letter that tells one coin from others, the A of "coin A"; "" where there is none."""
    written = pieces[index].written if index < len(pieces) else ""
    return written if len(written) == 1 and written.isupper() and written != "I" else ""


def _sides(pieces: Sequence[Piece], index: int) -> tuple[int, int]:
    """How many sides "eight-sided" says, and where the noun stands; six where nothing is said."""
    said = _text(pieces, index)
    if (said in _SIDES or said.isdecimal()) and _text(pieces, index + 1) in ("sided", "sides"):
        count = _SIDES.get(said) or int(said[:6])
        return (count, index + 2) if 1 < count <= LARGEST else (6, len(pieces))
    return 6, index


def _uneven(pieces: Sequence[Piece], start: int, behind: int, alphabet: Sequence[str], what: str) -> Phrase | None:
    """What is said behind the noun of its outcomes."""
    for index in range(behind, min(behind + _FARTHEST, len(pieces))):
        found = _with_ratio(pieces, start, index, alphabet, what) or _with_clauses(pieces, start, index, alphabet, what)
        if found is not None:
            return found
        if _text(pieces, index) not in _LEADING:
            return None
    return None


def _with_clauses(pieces: Sequence[Piece], start: int, index: int, alphabet: Sequence[str], what: str) -> Phrase | None:
    """ "heads with probability 0.9", "a six with probability 0.5 and each other face with probability 0.1"."""
    clauses = [_named(clause) for clause in clauses_at(pieces, index)] or _turned(pieces, index)
    if not clauses or not {label for clause in clauses for label in clause.labels} <= set(alphabet):
        return None
    end = clauses[-1].end
    told = [clause.chance for clause in clauses if clause.chance is not None]
    named = {label for clause in clauses for label in clause.labels}
    left = [label for label in alphabet if label not in named]
    others = _others(pieces, end)
    if others is None and len(left) > 1:
        return None
    if others is not None:
        chance, end = others
        told += [chance] if chance else []
        clauses.append(Clause(tuple(left), chance, end))
    rows = with_rest(clauses, alphabet)
    return None if rows is None else phrase_of(start, end, rows, told, what)


def _turned(pieces: Sequence[Piece], index: int) -> list[Clause]:
    """ "probability of heads 0.9", "probability 0.9 of heads", "heads probability 0.9"."""
    label = label_at(pieces, index)
    if label is not None:
        here = index + label[1]
        while _text(pieces, here) in ("probability", "is", "=", "of", ":", "equal", "to", ",") and here < index + 6:
            here += 1
        chance = chance_at(pieces, here)
        before = {_text(pieces, i) for i in range(index - 4, here)}
        if chance is not None and "probability" in before:
            return [_named(Clause((label[0],), chance, here + chance.length + (_text(pieces, here + chance.length) == ")")))]
    chance = chance_at(pieces, index)
    if chance is None or _text(pieces, index + chance.length) not in ("of", "for"):
        return []
    label = label_at(pieces, index + chance.length + 1)
    return [] if label is None else [_named(Clause((label[0],), chance, index + chance.length + 1 + label[1]))]


def _named(clause: Clause) -> Clause:
    """With "head" as heads and "six" as 6."""
    return Clause(tuple(map(face_named, clause.labels)), clause.chance, clause.end)


def _others(pieces: Sequence[Piece], index: int) -> tuple[Chance | None, int] | None:
    """What is said of all other outcomes: their probability, None where they share the rest; and where that ends."""
    while _text(pieces, index) in (",", ";", "and", "while", "but"):
        index += 1
    said = " ".join(_text(pieces, i) or "$" for i in range(index, min(index + 16, len(pieces))))
    match = _EACH_OTHER.match(said)
    if match is None:
        return None
    if equally := _EQUALLY.match(said, match.end()):
        return None, index + said[: equally.end()].count(" ") + 1
    here = index + match.group().count(" ") + 1
    while _text(pieces, here) in ("with", "has", "have", "comes", "up", "probability", "a", "of", "shows", "appears", "occurs"):
        here += 1
    chance = chance_at(pieces, here)
    return None if chance is None else (chance, here + chance.length)


def _with_ratio(pieces: Sequence[Piece], start: int, index: int, alphabet: Sequence[str], what: str) -> Phrase | None:
    """ "six comes up twice as often as any other face", "heads is twice as likely as tails"."""
    said = " ".join(_text(pieces, i) or "$" for i in range(index, min(index + 20, len(pieces))))
    match = _RATIO.match(said)
    if match is None:
        return None
    label = face_named(match["label"])
    other = match["other"] and face_named(match["other"])
    if label not in alphabet or (other and set(alphabet) != {label, other}):
        return None
    said_times = match["n"] or match["times"]
    times = _TIMES.get(said_times) or Fraction(int(said_times[:3]))
    total = times + len(alphabet) - 1
    rows = [(each, str((times if each == label else 1) / total)) for each in alphabet]
    return phrase_of(start, index + match.group().count(" ") + 1, rows, (), what)


def _text(pieces: Sequence[Piece], index: int) -> str:
    return pieces[index].text if 0 <= index < len(pieces) else ""


def fair_bit(pieces: Sequence[Piece], start: int) -> Phrase | None:
    """ "a fair bit", "independent uniformly random bits"."""
    texts = [piece.text for piece in pieces[start : start + 4]]
    length = next((len(each) for each in _FAIR if tuple(texts[: len(each)]) == each), 0)
    noun, behind = texts[length : length + 1], texts[length + 1 : length + 2]
    if not length or behind in _NO_BIT:
        return None
    one = noun == ["bit"] and start > 0 and pieces[start - 1].text in _ARTICLES
    if not one and not (noun == ["bits"] and _are(pieces, start)):
        return None
    return Phrase(start, start + length + 1, "\\sim \\mathrm{Bernoulli}(p = 1/2)", "fair bit", sure=True, outcomes=("0", "1"))


def _are(pieces: Sequence[Piece], start: int) -> bool:
    """Whether names stand before, of which each is one of several: "$X$ and $Y$ are independent"."""
    index = start - 1
    while index > 0 and pieces[index].text in _SEVERAL:
        index -= 1
    return index > 0 and pieces[index].text in ("are", "be") and pieces[index - 1].math is not None
