"""Counts in words as the distribution of what was counted: "oak 40, beech 30 and birch 30 were counted", "heads came up 7 times
and tails 3 times", "faces 1 to 6 appeared 18, 22, 15, 25, 12 and 8 times".

A total that is said before must be theirs; where none is, the words must say that these are all that was counted.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from chainrule.sheets.forms import words
from chainrule.sheets.information.chances import Chance
from chainrule.sheets.information.family_phrases import Phrase
from chainrule.sheets.information.outcome_labels import label_at
from chainrule.sheets.information.outcome_lists import count_at, phrase_of
from chainrule.sheets.information.trials import Trial
from chainrule.sheets.quantity_words import Piece

_COUNTING = words("counts count numbers occurrences tallies tally individuals")
_ANNOUNCING = words("found observed counted recorded seen were was are is the following :")
_SEPARATORS = words(", and ; while")
_OCCURRED = words("occurred occurs appeared appears came up was seen observed fell showed")
_GIVING = words(
    "were are was is said say answered answer chose choose voted vote for picked pick preferred prefer replied reply of them"
    " turned out to be had have got showed show"
)
_ONCE = {"once": 1, "twice": 2}
_LARGEST = 1_000_000


def find_counts(pieces: Sequence[Piece], start: int, trial: Trial | None) -> Phrase | None:
    """The distribution whose outcomes are counted from here on. trial: what is thrown, and how often."""
    ranged = _ranged(pieces, start)
    found = ranged or _in_pairs(pieces, start) or _counts_first(pieces, start)
    if found is None:
        return None
    counts, end = found
    total = sum(counts.values())
    before = [count_at(pieces, i) for i in range(start) if pieces[i].text.isdecimal()]
    if found is not ranged and not before and count_at(pieces, start):
        return None
    before += [trial.count] if trial is not None and trial.count not in (None, 1) else []
    if not (before or ranged or _is_announced(pieces, start) or set(counts) == {"heads", "tails"}):
        return None
    behind = pieces[end].text if end < len(pieces) else "."
    if len(counts) < 2 or total < 3 or any(each != total for each in before) or behind not in (".", ";", "?", ")"):
        return None
    rows = [(label, str(Fraction(count, total))) for label, count in counts.items()]
    told = [Chance(share, 1, Fraction(share)) for _, share in rows]
    return replace(phrase_of(start, end, rows, told, f"distribution of {', '.join(counts)}"), role="empirical")


def _in_pairs(pieces: Sequence[Piece], start: int) -> tuple[dict[str, int], int] | None:
    """ "oak 40, beech 30" behind "the counts are:", or "oak 40 times, beech once" anywhere."""
    announced = _is_announced(pieces, start)
    if start and not announced and pieces[start - 1].text not in (",", ":", "the", "and", "while"):
        return None
    counts: dict[str, int] = {}
    index = end = start
    while index < len(pieces) and (label := label_at(pieces, index)) is not None and label[0] not in counts:
        index += label[1]
        while index < len(pieces) and pieces[index].text in _OCCURRED:
            index += 1
        if index >= len(pieces):
            return None
        once = _ONCE.get(pieces[index].text, 0)
        count = once or count_at(pieces, index)
        times = not once and index + 1 < len(pieces) and pieces[index + 1].text == "times"
        if not 0 < count <= _LARGEST or not (once or times or announced):
            return None
        counts[label[0]] = count
        index = end = index + 1 + times
        while index < len(pieces) and pieces[index].text in _SEPARATORS:
            index += 1
        if index == end:
            break
    return (counts, end) if index == end else None


def _counts_first(pieces: Sequence[Piece], start: int) -> tuple[dict[str, int], int] | None:
    """ "100 were yes, 60 no and 40 unsure" behind their total."""
    counts: dict[str, int] = {}
    index = end = start
    while index < len(pieces) and (count := count_at(pieces, index)):
        index += 1
        while index < len(pieces) and pieces[index].text in _GIVING:
            index += 1
        label = label_at(pieces, index)
        if label is None or label[0] in counts:
            return None
        counts[label[0]] = count
        index = end = index + label[1]
        while index < len(pieces) and pieces[index].text in _SEPARATORS:
            index += 1
        if index == end:
            break
    return (counts, end) if len(counts) > 1 and index == end else None


def _is_announced(pieces: Sequence[Piece], start: int) -> bool:
    """Whether "the counts are:" or "numbers of individuals were found:" stands directly before."""
    index = start - 1
    if index < 0 or pieces[index].text != ":":
        return False
    said = [piece.text for piece in pieces[max(0, index - 8) : index]]
    return not _COUNTING.isdisjoint(said) and any(word in _ANNOUNCING or word in _COUNTING for word in said[-1:])


def _ranged(pieces: Sequence[Piece], start: int) -> tuple[dict[str, int], int] | None:
    """ "faces 1 to 6 appeared 18, 22, ... and 8 times"."""
    texts = [piece.text for piece in pieces[start : start + 5]]
    if len(texts) < 5 or not texts[1].isdecimal() or texts[2] != "to" or not texts[3].isdecimal():
        return None
    labels = [str(k) for k in range(int(texts[1]), min(int(texts[3]), 1000) + 1)]
    index = start + 4
    while index < len(pieces) and pieces[index].text in _OCCURRED:
        index += 1
    counts: list[int] = []
    while index < len(pieces) and pieces[index].text.isdecimal():
        counts.append(int(pieces[index].text))
        index += 1
        while index < len(pieces) and pieces[index].text in (",", "and"):
            index += 1
    last = index < len(pieces) and pieces[index].text == "times"
    return (dict(zip(labels, counts, strict=True)), index + 1) if last and len(labels) == len(counts) > 1 else None
