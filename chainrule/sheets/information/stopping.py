"""When throwing stops: "until the first head appears", "until it shows a six for the first time"."""

from collections.abc import Sequence

from chainrule.sheets.forms import FIND, words
from chainrule.sheets.information.outcome_labels import number_label
from chainrule.sheets.quantity_words import Piece

_AROUND = words(
    "the first a an it we you one shows show lands up on comes come turns get gets see sees obtain obtains roll rolls appears"
    " appear occurs occur is are obtained seen observed rolled thrown tossed flipped face side for time to when"
)
_ENDS = words(". ; : ?") | {""}
_JOINS = words(", ( ) and")
_GOING_ON = words("let denote call where what how including inclusive counting") | FIND
"""With these a clause goes on that says nothing more of when throwing stops."""
_FACES = {"head": "heads", "tail": "tails"}


def stopping_at(pieces: Sequence[Piece], index: int, faces: Sequence[str] = ("heads", "tails")) -> tuple[str, int] | None:
    """The face at whose first appearance throwing stops, according to the words from "until" on, and where these end.

    faces: those that may appear, beside numbers. None where anything else is said, "until two heads in a row appear", "until
    the first head appears, but at most 3 times".
    """
    if index >= len(pieces) or pieces[index].text != "until":
        return None
    face = ""
    end = index + 1
    while end < len(pieces) and pieces[end].text not in _ENDS | _JOINS:
        said = face_named(pieces[end].text)
        if pieces[end].text not in _AROUND and (face or not (said in faces or said.isdigit())):
            return None
        face = face or (said if pieces[end].text not in _AROUND else "")
        end += 1
    return (face, end) if face and _is_all(pieces, end) else None


def _is_all(pieces: Sequence[Piece], end: int) -> bool:
    """Whether what follows says nothing more of when throwing stops."""
    if end >= len(pieces) or pieces[end].text in _ENDS:
        return True
    behind = end
    while behind < len(pieces) and pieces[behind].text in _JOINS:
        behind += 1
    return behind >= len(pieces) or pieces[behind].math is not None or pieces[behind].text in _GOING_ON | _ENDS


def stopping_words(pieces: Sequence[Piece]) -> str:
    """The words of a sentence that say when throwing stops; "" where there are none."""
    ends = ((i, found[1]) for i in range(len(pieces)) if (found := stopping_at(pieces, i)) is not None)
    start, end = next(ends, (0, 0))
    return " ".join(piece.text for piece in pieces[start:end])


def face_named(word: str) -> str:
    """ "heads" for "head", "6" for "six"."""
    return _FACES.get(word, number_label(word))
