"""Labels of classification in words: "the correct class is 2 of 4", "label smoothing with $\\epsilon = 0.1$"."""

from collections.abc import Sequence
from fractions import Fraction

from chainrule.sheets.forms import words
from chainrule.sheets.information.family_phrases import Phrase, number_at
from chainrule.sheets.information.listing import listed
from chainrule.sheets.notation import statements
from chainrule.sheets.quantity_words import Piece
from chainrule.syntax.tree import Relation

_TRUE = words("correct true target actual gold right ground truth")
_CLASS = words("class label category outcome index answer")
ORDINALS = {word: k for k, word in enumerate(("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"), 1)}
_BETWEEN = words("is the class category label number index , : =")
_ALONE = words("label target truth")
"""These are the true ones by themselves."""
_COUNTED = words("classes categories labels")
_LARGEST = 1000


def find_label(pieces: Sequence[Piece], start: int, outcomes: Sequence[str], labelled: bool) -> Phrase | None:
    """The one-hot or smoothed label that the words from here on describe.

    outcomes: those of the problem so far. labelled: it has a one-hot label, and which of the two is meant is not known.
    """
    return _one_hot(pieces, start, outcomes) or (None if labelled else _smoothed(pieces, start, outcomes))


def _one_hot(pieces: Sequence[Piece], start: int, outcomes: Sequence[str]) -> Phrase | None:
    """The "2" or "cat" of "the correct class is 2", with "of 4" behind it."""
    if not _text(pieces, start) or not _is_told(pieces, start):
        return None
    end = start + 1 + (_text(pieces, start + 1) in ("class", "one", "category"))
    count, end = _count(pieces, end, len(outcomes))
    said = pieces[start].text
    plain = [label.rpartition("{")[2].strip("}").lower() for label in outcomes]
    if said in plain and count == len(outcomes):
        place = plain.index(said)
    elif said == "1" and count == 2 and _text(pieces, start - 1) in ("is", ":", "=") and not _is_of_class(pieces, start):
        return None
    elif said.isdigit() or said in ORDINALS:
        based = any(
            piece.text in ("zero", "0") and _text(pieces, i + 1) in ("based", "indexed") for i, piece in enumerate(pieces)
        )
        number = ORDINALS.get(said) or int(said[:6])
        place = number - (0 if based or number == 0 else 1)
    else:
        return None
    if not place < count <= _LARGEST:
        return None
    labels = outcomes if len(outcomes) == count else ("",) * count
    values = ["1" if k == place else "0" for k in range(count)]
    what = "one-hot label" if said in plain else f"one-hot label of entry {place + 1} of {count}"
    return Phrase(start, end, listed(labels, values), what, sure=True, called="y")


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


def _is_of_class(pieces: Sequence[Piece], start: int) -> bool:
    """Whether a class with this number is meant; a label 1 of two may be the first one, or the one beside 0."""
    return any(_text(pieces, index) in ("class", "category") for index in range(max(0, start - 5), start))


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


def _smoothed(pieces: Sequence[Piece], start: int, outcomes: Sequence[str]) -> Phrase | None:
    """(1 - epsilon) of a one-hot label and epsilon of the uniform distribution; the correct class comes first."""
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
    if not 1 < count <= _LARGEST or not 0 <= amount <= 1:
        return None
    values = [str(1 - amount + amount / count), *[str(amount / count)] * (count - 1)]
    labels = ("",) * count
    guess = "the correct class is taken to be the first"
    return Phrase(start, end, listed(labels, values), "smoothed label", sure=True, called="y", guess=guess)


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
