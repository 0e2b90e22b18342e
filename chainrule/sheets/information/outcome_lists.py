"""Distributions that words give outcome by outcome: "rain with probability 0.7 and sun with 0.3", "A in half of cases, ...".

The list must be a whole one: two outcomes or more, with numbers that sum to about 1, or a rest for the last ones.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from chainrule.sheets.forms import words
from chainrule.sheets.information.chances import Chance, chance_at, chances_in
from chainrule.sheets.information.family_phrases import Phrase, complement
from chainrule.sheets.information.listing import LARGEST, listed, members
from chainrule.sheets.information.named_members import roles_before
from chainrule.sheets.information.outcome_labels import ARTICLES, LINKS, NOUNS, is_letter, label_at
from chainrule.sheets.operative_words import is_descriptive
from chainrule.sheets.quantity_words import Piece

Each = TypeVar("Each")

_TELLING = words("probability probabilities chance frequency occurs occur appears appear")
_ANNOUNCING = words("probabilities chances frequencies proportions shares distributed distribution")
"""Before "are" or a colon these say that numbers behind outcomes are probabilities."""
_TAILS = (
    ("of", "all", "cases"), ("of", "the", "cases"), ("of", "cases"), ("of", "the", "time"), ("of", "the", "times"),
    ("probability",), ("each",), (")",), ("respectively",),
)  # fmt: skip
_RESTS = (
    ("otherwise",), ("the", "rest"), ("the", "rest", "of", "the", "time"), ("in", "the", "remaining", "cases"),
    ("with", "the", "remaining", "probability"), ("in", "all", "other", "cases"), ("in", "the", "rest", "of", "cases"),
)  # fmt: skip
_TAIL_BEGINS = frozenset(tail[0] for tail in _TAILS)
_REST_BEGINS = frozenset(rest[0] for rest in _RESTS)
_SEPARATORS = words(", and ; & while but")
_PROBABILITIES = [
    ("with", *said, noun)
    for said in ((), ("respective",), ("the",), ("the", "respective"), ("corresponding",))
    for noun in ("probabilities", "probability")
]
_LEADS = ("with",), ("with", "the"), ("in",), ("in", "the"), ("at",)
_RATIOS = [(*lead, noun) for lead in _LEADS for noun in ("odds", "ratio", "ratios")]
_OUTCOMES = words(
    "letters symbols messages outcomes values states classes categories words characters labels colors colours results"
    " alternatives possibilities horses teams candidates players bases tokens tickets sectors sides"
)
_OCCURRING = words("that which occur occurs occurring appear appearing emitted win wins winning are is with source different")
"""Around these outcomes without names are said to be those of one experiment."""
_FARTHEST = 6
COUNTED = {
    word: k
    for k, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
}


@dataclass(frozen=True)
class Clause:
    """One outcome, or several with the same probability each; without one they are the rest. `end` in pieces."""

    labels: tuple[str, ...]
    chance: Chance | None
    end: int


def find_outcomes(pieces: Sequence[Piece], start: int, outcomes: Sequence[str]) -> Phrase | None:
    """The distribution whose outcomes are listed from here on with their probabilities. outcomes: those of the text so far."""
    return _in_two_lists(pieces, start, outcomes) or _one_by_one(pieces, start) or _counted(pieces, start)


def _one_by_one(pieces: Sequence[Piece], start: int) -> Phrase | None:
    if _text(pieces, start - 1) == "or":  # of "A or B with probability 0.3" nothing tells what each has
        return None
    clauses = clauses_at(pieces, start) or _bare_clauses(pieces, start)
    told = [clause.chance for clause in clauses if clause.chance is not None]
    between = {piece.text for piece in pieces[start : clauses[-1].end]} if clauses else set[str]()
    whole = len(told) == len(clauses) and sum(chance.value or 0 for chance in told) == 1
    roles = whole and (roles_before(pieces, start) or _is_announced(pieces, start))
    if len(told) < len(clauses) and any(_tells_chance(pieces, i) for i in range(start)):
        return None  # what is left over is not known
    if len(clauses) < 2 or not (_TELLING & between or any(chance.telling for chance in told) or roles):
        return None
    filled = with_rest(clauses)
    return None if filled is None else phrase_of(start, clauses[-1].end, filled, told)


def _tells_chance(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a share or "probability" stands here: that of an outcome before a list."""
    found = None if pieces[index].math is not None else chance_at(pieces, index)
    return pieces[index].text in ("probability", "chance") or (found is not None and found.telling)


def phrase_of(start: int, end: int, rows: Sequence[tuple[str, str]], told: Sequence[Chance], what: str = "") -> Phrase:
    """The phrase for outcomes with their probabilities."""
    labels = tuple(label for label, _ in rows)
    body = listed(labels, [chance for _, chance in rows])
    taken = tuple(chance.math for chance in told if chance.math is not None)
    described = what or f"distribution of {', '.join(labels)}"
    return Phrase(start, end, body, described, taken, True, labels, chances=tuple(chance for _, chance in rows))


def clauses_at(pieces: Sequence[Piece], start: int) -> list[Clause]:
    """The clauses from here on, as far as they go."""
    clauses: list[Clause] = []
    index = start
    while (clause := _clause(pieces, index)) is not None:
        clauses.append(clause)
        index = clause.end
        while _text(pieces, index) in _SEPARATORS:
            index += 1
        if index == clause.end:
            break
    return clauses


def _is_announced(pieces: Sequence[Piece], start: int) -> bool:
    """Whether "the chances are:" or the like stands before."""
    index = start - 1
    while _text(pieces, index) in ("are", ":", "the", "as", "follows", "is"):
        index -= 1
    return _text(pieces, index) in ("assigns", "assigned") or (index < start - 1 and _text(pieces, index) in _ANNOUNCING)


def _bare_clauses(pieces: Sequence[Piece], start: int) -> list[Clause]:
    """ "flu 0.6, cold 0.3, covid 0.1" with nothing between an outcome and its number."""
    clauses: list[Clause] = []
    index = start
    while (label := label_at(pieces, index)) is not None and index < len(pieces):
        chance = chance_at(pieces, index + label[1])
        if chance is None or chance.value is None or not 0 < chance.value < 1:
            break
        clauses.append(Clause((label[0],), chance, index + label[1] + chance.length))
        index = clauses[-1].end
        while _text(pieces, index) in _SEPARATORS:
            index += 1
        if index == clauses[-1].end:
            break
    return clauses if len(clauses) > 1 else []


def with_rest(clauses: Sequence[Clause], alphabet: Sequence[str] = ()) -> list[tuple[str, str]] | None:
    """Every outcome with its probability, those without one sharing what is left; None where they make no distribution.

    alphabet: all outcomes that there are, where that is known.
    """
    rows = [(label, clause.chance) for clause in clauses for label in clause.labels]
    labels = [label for label, _ in rows]
    missing = [label for label in alphabet if label not in labels]
    if len(set(labels)) < len(labels) or (alphabet and not set(labels) <= set(alphabet)):
        return None
    open_ones = [label for label, chance in rows if chance is None] + missing
    told = [chance for _, chance in rows if chance is not None]
    values = [chance.value for chance in told]
    total = sum((value for value in values if value is not None), Fraction(0))
    rest = ""
    if open_ones:
        if None in values:
            rest = complement(told[0].text) if len(told) == 1 == len(open_ones) else ""
        elif total <= 1:
            rest = _spelled((1 - total) / len(open_ones), told)
        if not rest:
            return None
    elif None not in values and not Fraction(19, 20) < total < Fraction(21, 20):
        return None
    found = {label: rest if chance is None else chance.text for label, chance in rows} | dict.fromkeys(missing, rest)
    return [(label, found[label]) for label in (alphabet or labels)]


def _spelled(value: Fraction, told: Sequence[Chance]) -> str:
    """As a decimal where the others are decimals and it is one."""
    short = value.denominator in (1, 2, 4, 5, 8, 10, 16, 20, 25, 40, 50, 100, 125, 200, 250, 500, 1000)
    return f"{float(value):.12g}" if short and not any("/" in chance.text for chance in told) else str(value)


def _clause(pieces: Sequence[Piece], start: int) -> Clause | None:
    """ "A with probability 0.5", "C and D in an eighth each", "70% of them are red", "0 otherwise"."""
    if (turned := _chance_first(pieces, start)) is not None:
        return turned
    labels: list[str] = []
    index = start
    while (label := label_at(pieces, index)) is not None:
        labels.append(label[0])
        index += label[1]
        if (end := _is_rest(pieces, index)) and len(labels) == 1:
            return Clause(tuple(labels), None, end)
        here = index
        while _text(pieces, here) in LINKS and not is_letter(pieces, here) and here < index + 6:
            here += 1
        chance = chance_at(pieces, here)
        chance = chance if here > index or (chance is not None and _is_share_of_time(pieces, here, chance)) else None
        if chance is None and here > index and _text(pieces, here - 1) in ("a", "an"):
            here -= 1
            chance = chance_at(pieces, here)
        if chance is not None:
            end = _behind(pieces, here + chance.length)
            each = len(labels) > 1 and "each" in {piece.text for piece in pieces[here : end + 1]}
            return Clause(tuple(labels), chance, end) if each or len(labels) == 1 else None
        if _text(pieces, index) not in (",", "and"):
            return None
        while _text(pieces, index) in (",", "and"):
            index += 1
    return None


def _is_share_of_time(pieces: Sequence[Piece], index: int, chance: Chance) -> bool:
    """Whether "half of the time", "70% of the time" or "a third" stands here, which needs no word before it."""
    word, end = pieces[index], index + chance.length
    if chance.telling and _behind(pieces, end) > end and _text(pieces, end) == "of":
        return True
    return chance.telling and word.math is None and not word.text[:1].isdigit() and not is_letter(pieces, index)


def _chance_first(pieces: Sequence[Piece], start: int) -> Clause | None:
    """ "70% of the balls are red", "a 70% chance of rain", "70% rain"."""
    index = start + (_text(pieces, start) in ARTICLES and _text(pieces, start + 1)[:1].isdigit())
    chance = chance_at(pieces, index)
    if chance is None or not chance.telling:
        return None
    index += chance.length
    here = index
    if _text(pieces, here) in ("chance", "probability") and _text(pieces, here + 1) in ("of", "for"):
        here += 2
    elif _text(pieces, here) == "of" and (verb := next((i for i in range(here + 1, here + 6) if _is_verb(pieces, i)), None)):
        here = verb + 1
    elif _is_verb(pieces, here):
        here += 1
    elif _text(pieces, here) == "of":
        return _done_by(pieces, here + 1, chance)
    label = label_at(pieces, here)
    return None if label is None else Clause((label[0],), chance, here + label[1])


def _done_by(pieces: Sequence[Piece], start: int, chance: Chance) -> Clause | None:
    """ "80% of the visitors leave" with only what they do behind a noun."""
    here = start + (_text(pieces, start) in ("the", "all", "our", "my", "its", "these", "those"))
    label = label_at(pieces, here + 1) if _text(pieces, here).endswith("s") else None
    end = here + 1 + label[1] if label is not None else 0
    whole = label is not None and is_descriptive(label[0]) and _text(pieces, end) in (",", "and", ";")
    return Clause((label[0],), chance, end) if label is not None and whole else None


def _is_verb(pieces: Sequence[Piece], index: int) -> bool:
    return _text(pieces, index) in ("are", "is", "says", "say")


def _behind(pieces: Sequence[Piece], index: int) -> int:
    """Where what is only said around a probability ends: "of cases"."""
    while _text(pieces, index) in _TAIL_BEGINS:
        found = next((len(t) for t in _TAILS if _texts(pieces, index, len(t)) == t), 0)
        if not found:
            break
        index += found
    return index


def _is_rest(pieces: Sequence[Piece], index: int) -> int:
    """Where "otherwise" or its like ends that begins here; 0 for anything else."""
    if _text(pieces, index) not in _REST_BEGINS:
        return 0
    fitting = [len(rest) for rest in _RESTS if _texts(pieces, index, len(rest)) == rest]
    return _behind(pieces, index + max(fitting)) if fitting else 0


def _in_two_lists(pieces: Sequence[Piece], start: int, outcomes: Sequence[str]) -> Phrase | None:
    """ "A, B and C with probabilities 1/2, 1/4 and 1/4", "the values $1, 0$ with probabilities $p$ and $1 - p$"."""
    labels, index = _labels(pieces, start)
    if len(labels) < 2:
        return None
    while _text(pieces, index) in ("occur", "appear", "are", "emitted", "sent", "drawn"):
        index += 1
    lead = _leading(pieces, index)
    chances, end = _series(pieces, index + lead, _chances_at) if lead else _odds(pieces, index)
    if len(chances) != len(labels):
        return None
    rows = with_rest([Clause((label,), chance, end) for label, chance in zip(labels, chances, strict=True)])
    return None if rows is None else phrase_of(start, _behind(pieces, end), rows, chances)


def _odds(pieces: Sequence[Piece], index: int) -> tuple[list[Chance], int]:
    """ "with odds 5 : 3 : 2", "in the ratio 5 to 3 to 2": shares of their sum."""
    said = _texts(pieces, index, 4)
    lead = next((len(each) for each in _RATIOS if said[: len(each)] == each), 0)
    counts: list[int] = []
    here = end = index + lead
    while lead and (count := count_at(pieces, here)):
        counts.append(count)
        end = here + 1
        here = end + (_text(pieces, end) in (":", "to"))
        if here == end:
            break
    shares = [Fraction(count, sum(counts)) for count in counts]
    return [Chance(str(share), 1, share) for share in shares], end


def _counted(pieces: Sequence[Piece], start: int) -> Phrase | None:
    """ "three messages with probabilities 0.5, 0.25, 0.25", "four horses that win with": no names."""
    count = count_at(pieces, start)
    index = start + 1
    while (
        1 < count <= LARGEST and index < start + _FARTHEST and _text(pieces, index).isalpha() and _leading(pieces, index) == 0
    ):
        index += 1
    lead = _leading(pieces, index)
    between = {piece.text for piece in pieces[start + 1 : index]}
    if not lead or between.isdisjoint(_OUTCOMES) or not between <= _OUTCOMES | _OCCURRING:
        return None
    chances, end = _series(pieces, index + lead, _chances_at)
    values = [chance.value for chance in chances if chance.value is not None]
    whole = len(values) == len(chances) == count and Fraction(19, 20) < sum(values) < Fraction(21, 20)
    end = _behind(pieces, end)
    if not whole or _text(pieces, end) not in ("", ".", ",", ";", ":", ")", "?"):
        return None
    return phrase_of(
        start, _behind(pieces, end), [("", chance.text) for chance in chances], chances, f"distribution of {count} outcomes"
    )


def _leading(pieces: Sequence[Piece], index: int) -> int:
    """How many pieces say that probabilities follow, "with the probabilities"."""
    return next((len(p) for p in _PROBABILITIES if _texts(pieces, index, len(p)) == p), 0)


def count_at(pieces: Sequence[Piece], index: int) -> int:
    """The whole number here, in digits, in words or as a formula; 0 where there is none."""
    text = _text(pieces, index)
    if index < len(pieces) and (math := pieces[index].math) is not None:
        text = math.text.strip()
    return COUNTED.get(text) or (int(text) if text.isdecimal() and len(text) < 7 else 0)


def _labels(pieces: Sequence[Piece], start: int) -> tuple[list[str], int]:
    """Outcomes, in words or in one formula, and where what divides them ends."""
    while _text(pieces, start) in NOUNS | ARTICLES and not is_letter(pieces, start) and _labels_at(pieces, start) is None:
        start += 1
    found, end = _series(pieces, start, _labels_at)
    return found, _behind_separators(pieces, end)


def _labels_at(pieces: Sequence[Piece], index: int) -> tuple[list[str], int] | None:
    if (math := pieces[index].math) is not None and (several := members(math)):
        return several, 1
    label = label_at(pieces, index)
    return None if label is None else ([label[0]], label[1])


def _chances_at(pieces: Sequence[Piece], index: int) -> tuple[list[Chance], int] | None:
    math = pieces[index].math
    several = chances_in(math) if math is not None else []
    if len(several) > 1:
        return several, 1
    chance = chance_at(pieces, index)
    return None if chance is None else ([chance], chance.length)


def _series(
    pieces: Sequence[Piece], start: int, read: Callable[[Sequence[Piece], int], tuple[list[Each], int] | None]
) -> tuple[list[Each], int]:
    """What is read one behind the other, divided by commas and "and", and where the last one ends."""
    found: list[Each] = []
    end = index = start
    while index < len(pieces) and len(found) < LARGEST and (item := read(pieces, index)) is not None:
        found += item[0]
        end = index + item[1]
        index = _behind_separators(pieces, end)
        if index == end:
            break
    return found, end


def _behind_separators(pieces: Sequence[Piece], index: int) -> int:
    while _text(pieces, index) in (",", "and", "or"):
        index += 1
    return index


def _texts(pieces: Sequence[Piece], start: int, count: int) -> tuple[str, ...]:
    return tuple(piece.text for piece in pieces[start : start + count])


def _text(pieces: Sequence[Piece], index: int) -> str:
    return pieces[index].text if 0 <= index < len(pieces) else ""
