"""Labels of classification in words: "the correct class is 2 of 4", "label smoothing with $\\epsilon = 0.1$"."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from chainrule.sheets.forms import words
from chainrule.sheets.information.class_numbers import NOTHING_SAID, Numbering, places_of
from chainrule.sheets.information.family_phrases import Phrase, number_at
from chainrule.sheets.information.listing import listed
from chainrule.sheets.notation import statements
from chainrule.sheets.quantity_words import Piece
from chainrule.sheets.units import unit_at
from chainrule.syntax.tree import Relation

_TRUE = words("correct true target actual gold right ground truth")
_CLASS = words("class label category outcome index answer")
ORDINALS = {word: k for k, word in enumerate(("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"), 1)}
_BETWEEN = words("is the class category label number index , : =")
_ALONE = words("label target truth")
"""These are the true ones by themselves."""
_COUNTED = words("classes categories labels")
_LARGEST = 1000
_STOPS = words(", . ; : and but while whereas so")
_GOING_ON = words("using given under where has gets is receives")
"""Behind a class these begin what is said of something else."""
_DOUBTS = words(
    "or either not usually often sometimes mostly probably likely case cases time times % percent otherwise else except unless"
    " confidence chance frequency half smoothing"
)
"""With one of these a class is not the only one."""
_ALTERNATIVE = words("class category in with sometimes which")
_NUMBERED = words("zero one 0 1 based indexed counting counted numbered from at starting classes are")
"""In brackets behind a class these say how classes are numbered."""
_THIS = words("this that the a an")
_SAMPLE = words("sample example image input instance case observation word token")


@dataclass(frozen=True)
class Smoothing:
    """That the text smooths its label. place: the entry of the correct class, where the text says it, and only one."""

    place: int | None
    unclear: bool = False
    """It speaks of the correct class, and it is not known which one is meant."""


def find_smoothing(
    texts: Sequence[Sequence[Piece]], outcomes: Sequence[str], numbering: Numbering = NOTHING_SAID
) -> Smoothing | None:
    """What sentences say of a label that is smoothed; None where none is."""
    counts = [found[1] for pieces in texts for i in range(len(pieces)) if (found := _smooths(pieces, i, outcomes))]
    if not counts:
        return None
    labels = outcomes or ("",) * counts[0]
    told = [_entry(pieces, i, labels, numbering) for pieces in texts for i in range(len(pieces))]
    places = {found.place for found in told if found is not None and found.count == counts[0]}
    unclear = any(_speaks_of_class(pieces, i) for pieces in texts for i in range(len(pieces)))
    return Smoothing(places.pop()) if len(places) == 1 else Smoothing(None, unclear)


def _speaks_of_class(pieces: Sequence[Piece], index: int) -> bool:
    """Whether the number of a class stands here, "class 2"."""
    numbered = _text(pieces, index - 1) in ("class", "category")
    return _is_class(_text(pieces, index)) and (numbered or _is_told(pieces, index))


def _is_class(word: str) -> bool:
    return word.isdecimal() or word in ORDINALS


def find_label(
    pieces: Sequence[Piece],
    start: int,
    outcomes: Sequence[str],
    labelled: bool,
    numbering: Numbering = NOTHING_SAID,
    smoothing: Smoothing | None = None,
) -> Phrase | None:
    """The one-hot or smoothed label that the words from here on describe.

    outcomes: those of the problem so far. labelled: it has a one-hot label, and which of the two is meant is not known.
    smoothing: of the whole text, where a correct class is then the one of that label.
    """
    one_hot = _one_hot(pieces, start, outcomes, numbering) if smoothing is None else None
    return one_hot or (None if labelled else _smoothed(pieces, start, outcomes, smoothing))


@dataclass(frozen=True)
class _Entry:
    """The correct class, one of so many, and where the words for it end. named: by its label."""

    place: int
    count: int
    end: int
    named: bool


def _one_hot(pieces: Sequence[Piece], start: int, outcomes: Sequence[str], numbering: Numbering) -> Phrase | None:
    """The "2" or "cat" of "the correct class is 2", with "of 4" behind it."""
    found = _entry(pieces, start, outcomes, numbering)
    if found is None:
        return None
    labels = outcomes if len(outcomes) == found.count else ("",) * found.count
    values = ["1" if k == found.place else "0" for k in range(found.count)]
    what = "one-hot label" if found.named else f"one-hot label of entry {found.place + 1} of {found.count}"
    return Phrase(start, found.end, listed(labels, values), what, sure=True, called="y")


def _entry(pieces: Sequence[Piece], start: int, outcomes: Sequence[str], numbering: Numbering) -> _Entry | None:
    if not _text(pieces, start) or not _is_told(pieces, start):
        return None
    noun = start + 1 + (_text(pieces, start + 1) in ("class", "one", "category"))
    count, end = _count(pieces, noun, len(outcomes))
    said = pieces[start].text
    plain = [label.rpartition("{")[2].strip("}").lower() for label in outcomes]
    if not 0 < count <= _LARGEST or not _is_settled(pieces, start, end, plain):
        return None
    if said in plain and count == len(outcomes):
        places = [plain.index(said)]
    elif said in ORDINALS:
        places = [ORDINALS[said] - 1]
    elif said.isdecimal():
        counted = Numbering(first=1) if end > noun and said != "0" and numbering == NOTHING_SAID else numbering
        places = places_of([said[:6]], count, counted)
    else:
        return None
    place = next(iter(places), count)
    return _Entry(place, count, end, said in plain) if place < count else None


def _is_settled(pieces: Sequence[Piece], start: int, end: int, plain: Sequence[str]) -> bool:
    """Whether the words around say nothing else of the class: not "2 or 3", not "3 in 80% of cases", not "usually 3"."""
    before = next((i for i in range(start - 1, -1, -1) if _text(pieces, i) in _STOPS), -1)
    if not _DOUBTS.isdisjoint(piece.text for piece in pieces[before + 1 : start]):
        return False
    if _text(pieces, end) == "(":
        closing = next((i for i in range(end, len(pieces)) if _text(pieces, i) == ")"), len(pieces))
        if not all(_text(pieces, i) in _NUMBERED for i in range(end + 1, closing)):
            return False
        end = closing + 1
    if _text(pieces, end) == ")":
        end += 1
    if end >= len(pieces) or unit_at(pieces, end) is not None:
        return True
    said = [piece.text for piece in pieces[end : end + 3]]
    if said[0] in ("for", "in", "of", "on") and len(said) == 3 and said[1] in _THIS and said[2] in _SAMPLE:
        return _is_settled(pieces, start, end + 3, plain)
    if said[0] not in _STOPS | _GOING_ON:
        return False
    behind = [word for word in said if word not in _STOPS][:1]
    clause = next((i for i in range(end + 1, len(pieces)) if _text(pieces, i) in _STOPS), len(pieces))
    doubt = not _DOUBTS.isdisjoint(piece.text for piece in pieces[end:clause])
    other = [word for word in behind if word.isdigit() or word in ORDINALS or word in plain or word in _ALTERNATIVE]
    return not doubt and not other


def _is_told(pieces: Sequence[Piece], start: int) -> bool:
    """Whether "the correct class is", "the true class" or "the label is class" stands before this."""
    index = start - 1
    while index >= 0 and _text(pieces, index) in _BETWEEN and not (_is_true(pieces, index) or _text(pieces, index) in _ALONE):
        index -= 1
    before = [piece.text for piece in pieces[index + 1 : start]]
    said = any(word in ("is", ":", "=") for word in before)
    if _is_true(pieces, index):
        return said or (_text(pieces, index) in ("class", "category") and not before)
    number = _text(pieces, start).isdigit() and "class" not in before and "category" not in before
    return _text(pieces, index) in _ALONE and said and not number


def _is_true(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a noun for the label stands here that is called true, "correct class"."""
    return _text(pieces, index) in _CLASS and _text(pieces, index - 1) in _TRUE


def _count(pieces: Sequence[Piece], index: int, known: int) -> tuple[int, int]:
    """How many classes there are, said by "of 4", "(out of 4 classes)" or known; and where that ends."""
    here = index
    while _text(pieces, here) in ("(", "out", "of", "the", "among", ",", "over"):
        here += 1
    if here == index or not _text(pieces, here).isdigit():
        return known, index
    count = int(_text(pieces, here)[:6])
    here += 1
    while _text(pieces, here) in _COUNTED or (_text(pieces, here) == ")" and _text(pieces, index) == "("):
        here += 1
    return count, here


def _smoothed(
    pieces: Sequence[Piece], start: int, outcomes: Sequence[str], smoothing: Smoothing | None = None
) -> Phrase | None:
    """(1 - epsilon) of a one-hot label and epsilon of the uniform distribution; the first class is the correct one where
    nothing says which is.
    """
    found = _smooths(pieces, start, outcomes)
    if found is None or (smoothing is not None and smoothing.unclear):
        return None
    amount, count, end = found
    told = smoothing.place if smoothing is not None else None
    values = [str(amount / count + (1 - amount) * (k == (told or 0))) for k in range(count)]
    guess = "the correct class is taken to be the first" if told is None else ""
    return Phrase(start, end, listed(("",) * count, values), "smoothed label", sure=True, called="y", guess=guess)


def _smooths(pieces: Sequence[Piece], start: int, outcomes: Sequence[str]) -> tuple[Fraction, int, int] | None:
    """How much is smoothed by "label smoothing with $\\epsilon = 0.1$ over 4 classes", over how many, and where that ends."""
    if [piece.text for piece in pieces[start : start + 2]] != ["label", "smoothing"]:
        return None
    index = start + 2
    while _text(pieces, index) in ("with", "of", "parameter", "factor", "epsilon", "=", "ε", "(", "rate"):
        index += 1
    found = _amount(pieces, index)
    if found is None:
        return None
    amount, length = found
    count, end = _count(pieces, index + length, len(outcomes))
    return (amount, count, end) if 1 < count <= _LARGEST and 0 <= amount <= 1 else None


def _amount(pieces: Sequence[Piece], index: int) -> tuple[Fraction, int] | None:
    """A number among words, or the formula `\\epsilon = 0.1`."""
    text, length = "", 1
    if index < len(pieces) and (math := pieces[index].math):
        found = statements(math)
        side = found[0].sides[-1] if len(found) == 1 and isinstance(found[0], Relation) else found[0] if found else None
        text = side.span.text if side is not None and side.span is not None else ""
    elif number := number_at(pieces, index):
        text, length = number
    try:
        return Fraction(text), length
    except (ValueError, ZeroDivisionError):
        return None


def _text(pieces: Sequence[Piece], index: int) -> str:
    return pieces[index].text if 0 <= index < len(pieces) else ""
