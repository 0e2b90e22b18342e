"""What words say of the faces of a fair die, "with faces 1, 1, 2, 3, 4, 5", and words that change what a throw gives.

Words about a coin or a die that are not understood are never dropped: they are said, and nothing is worked out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from chainrule.sheets.forms import FIND, words
from chainrule.sheets.information.listing import LARGEST
from chainrule.sheets.information.outcome_labels import number_label
from chainrule.sheets.information.stopping import stopping_at
from chainrule.sheets.notation import statements
from chainrule.sheets.quantity_words import Piece
from chainrule.syntax.tree import Bracket, Number, Tree

_BEGINS = words("with whose having labelled labeled numbered marked bearing carrying painted its made where")
_LABELLING = words("labelled labeled numbered marked bearing carrying")
_FACES = words("face faces side sides")
_LEADING = _BEGINS | _LABELLING | _FACES | words("that which has have are is the numbers values by show read reading showing")
_KNOWN = (
    _FACES
    | words(
        "with whose having its the a an has have are is all each of equally likely same equal probability probabilities and"
    )
    | words("outcome outcomes heads tails two four six eight ten twelve twenty , ( ) = $")
)
_THROWN = words("is are was were gets tossed rolled thrown flipped cast toss tosses rolls throws flips comes lands shows")
_CHANGING = words(
    "only except until reported ignored discarded rerolled painted repainted overpainted relabelled relabeled renumbered"
    " replaced removed erased covered excluded excluding omitted skipped missing told swapped"
)
_LIMITING = words("except excepting excluding excluded apart truncated restricted conditioned censored clipped capped shifted")
_ALTERING = words(
    "kept keep keeps keeping dropped drop drops dropping discarded discard discards discarding removed remove rejected reject"
    " ignored ignore deleted omitted folded fold wrapped reflected rounded round rounding floored truncated truncate clipped"
    " capped censored restricted limited conditioned excluded thresholded trimmed filtered thinned quantized quantised"
    " discretized discretised binned inflated winsorized winsorised erased retained thrown cut clamped shifted mirrored"
    " squared halved doubled tripled cubed"
)
"""What is done to the values of a random variable, so that they have another distribution."""
_AWAY = words("away out off")
_DIGITS = words("digit digits decimal decimals figure figures place places answer answers result results")
_ROUNDED = words(
    "rounded rounding values numbers probabilities all slightly already here to two three four decimals decimal places"
)
"""In brackets these say how numbers are written."""
_VALUES = words("value values outcome outcomes draw draws drawn sample samples observation observations number numbers only it")
_OPPOSING = words("but however always instead otherwise every unlike although though only until")
"""These limit what is said before where no number and no formula comes with them."""
_OF_FACES = re.compile(
    r"\b(?:its|the|their|whose)(?: \w+)? (?:faces|sides)"
    r"(?= (?:are|is|were|have|show|carry|bear|say|read)\b)(?P<said>.*)"
)
_FARTHEST = 24


@dataclass(frozen=True)
class Described:
    """The outcomes with their probabilities that words behind "die" give, and where these end.

    unread: the words that are not understood, so that there are no probabilities.
    """

    outcomes: tuple[str, ...]
    chances: tuple[str, ...]
    end: int
    unread: str = ""


def described(pieces: Sequence[Piece], behind: int, alphabet: Sequence[str], *, counted: bool) -> Described:
    """What the words from `behind` on say of a fair coin or die. counted: the text tells how many sides it has."""
    plain = Described(tuple(alphabet), (f"1/{len(alphabet)}",) * len(alphabet), behind)
    here = behind
    while here < len(pieces) and (pieces[here].math is not None or pieces[here].text in (",", "(", "that", "which")):
        here += 1
    has = _text(pieces, here) in ("has", "have") and _text(pieces, here - 1) in ("that", "which")
    if here < len(pieces) and (_text(pieces, here) in _BEGINS or has):
        labels, end = _labels(pieces, here)
        if labels and alphabet[0].isdigit() and (not counted or len(labels) == len(alphabet)):
            rows = {label: str(Fraction(labels.count(label), len(labels))) for label in labels}
            return _checked(pieces, Described(tuple(rows), tuple(rows.values()), end))
        if unread := _unknown(pieces, here):
            return Described(plain.outcomes, (), behind, unread)
    return _checked(pieces, plain)


def changed_by(pieces: Sequence[Piece], start: int = 0) -> str:
    """The words from here on that change what a throw gives, "only even numbers are reported"; "" where there are none."""
    end = next((i for i in range(start, len(pieces)) if pieces[i].text in FIND), len(pieces))
    said = " ".join(piece.text or "$" for piece in pieces[start:end])
    first = next((i for i in range(start, end) if pieces[i].text in _CHANGING and not stopping_at(pieces, i)), None)
    if first is not None:
        return _quoted(pieces[first : min(end, first + 6)])
    faces = _OF_FACES.search(said)
    unknown = faces is not None and not (_KNOWN | {"."}).issuperset(faces["said"].split())
    return faces.group().rstrip(" .") if faces is not None and unknown else ""


def limited_by(pieces: Sequence[Piece], start: int) -> str:
    """The words from here on that say of any distribution that it does not hold throughout, "except on Sundays"; "" else.

    A clause that gives numbers or formulas says something of its own, "but a bent one shows heads with probability 0.9".
    """
    end = next((i for i in range(start, len(pieces)) if pieces[i].text in FIND), len(pieces))
    own = any(piece.math is not None or piece.text[:1].isdigit() or piece.text == "probability" for piece in pieces[start:end])
    telling = _LIMITING if own else _LIMITING | _OPPOSING
    first = next((i for i in range(start, end) if pieces[i].text in telling and not stopping_at(pieces, i)), None)
    return "" if first is None else _quoted(pieces[first : min(end, first + 6)])


def limited_before(pieces: Sequence[Piece], start: int) -> str:
    """ "On Sundays it is sunny, otherwise" before what is said: it does not hold throughout."""
    before = [piece.text for piece in pieces[max(0, start - 4) : start]]
    return next((word for word in before if word in ("otherwise", "else")), "")


def limiting_at(pieces: Sequence[Piece], start: int) -> str:
    """The words that begin here, to the next request, if they are such: "truncated at 5", "Except on Sundays"; "" else."""
    while _text(pieces, start) in ("is", "are", "and", ",", "but", "(") and start < len(pieces):
        start += 1
    return limited_by(pieces, start) if _text(pieces, start) in _LIMITING else ""


def altered_by(pieces: Sequence[Piece], start: int, names: Sequence[str] = ()) -> str:
    """The words from here on, to the next request, that say that drawn values are changed, "rounded to integers"; "" else.

    names: the random variables that a sentence of its own must speak of, or of values; () where it is the same sentence.
    """
    end = next((i for i in range(start, len(pieces)) if pieces[i].text in FIND and not _is_altering(pieces, i)), len(pieces))
    said = [piece.text for piece in pieces[start:end]]
    named = any(piece.math is not None and piece.math.text.strip()[:1] in names for piece in pieces[start:end])
    if not _DIGITS.isdisjoint(said) or (names and not named and _VALUES.isdisjoint(said)):
        return ""
    first = next((i for i in range(start, end) if _is_altering(pieces, i) and not _is_remark(pieces, i)), None)
    return "" if first is None else _quoted(pieces[max(start, first - 4) : min(end, first + 4)])


def _is_altering(pieces: Sequence[Piece], index: int) -> bool:
    word = _text(pieces, index)
    called = _text(pieces, index + 1) in ("probability", "rate")  # "with keep probability 0.8"
    return word in _ALTERING and not called and (word != "thrown" or _text(pieces, index + 1) in _AWAY)


def _is_remark(pieces: Sequence[Piece], index: int) -> bool:
    """Whether "rounded" stands in brackets with nothing that is done to values, "(rounded)", "(rounded values)"."""
    opening = next((i for i in range(index - 1, max(index - 4, -1), -1) if _text(pieces, i) == "("), None)
    closing = next((i for i in range(index + 1, min(index + 6, len(pieces))) if _text(pieces, i) == ")"), None)
    if _text(pieces, index) not in ("rounded", "rounding") or opening is None or closing is None:
        return False
    return all(_text(pieces, i) in _ROUNDED or _text(pieces, i).isdigit() for i in range(opening + 1, closing))


def _checked(pieces: Sequence[Piece], found: Described) -> Described:
    unread = changed_by(pieces, found.end)
    return Described(found.outcomes, (), found.end, unread) if unread else found


def _unknown(pieces: Sequence[Piece], start: int) -> str:
    """The words of a description up to what is done with the thing, where one of them is not known."""
    end = start
    while end < len(pieces) and end < start + _FARTHEST and not _goes_on(pieces, end):
        end += 1
    said = pieces[start:end]
    chances = any(piece.text in ("probability", "probabilities", "likely") for piece in said)
    known = all(piece.text in _KNOWN or piece.math is not None or (chances and not piece.text.isalpha()) for piece in said)
    labelled = any(piece.text in _FACES for piece in said) and not chances and any(piece.math is not None for piece in said)
    return "" if known and not labelled else _quoted(said)


def _goes_on(pieces: Sequence[Piece], index: int) -> bool:
    """The description is over: "is rolled", "compute", "in bits"."""
    word, following = _text(pieces, index), _text(pieces, index + 1)
    thrown = word in _THROWN and (word not in ("is", "are", "was", "were") or following in _THROWN)
    return thrown or word in FIND or (word == "in" and following in ("bits", "nats", "base", "units"))


def _labels(pieces: Sequence[Piece], start: int) -> tuple[list[str], int]:
    """The numbers on the faces, one a face, and where they end; none where the words list nothing."""
    here = start
    while _text(pieces, here) in _LEADING or (
        _text(pieces, here + 1) in _FACES and number_label(_text(pieces, here)).isdigit()
    ):
        here += 1
    lead = {piece.text for piece in pieces[start:here]}
    if lead.isdisjoint(_FACES | _LABELLING):
        return [], start
    if here < len(pieces) and (math := pieces[here].math) is not None:
        return _numbers(statements(math)), here + 1
    found: list[str] = []
    end = here
    while number_label(_text(pieces, here)).isdigit() and len(found) < LARGEST:
        found.append(number_label(_text(pieces, here)))
        here = end = here + 1
        while _text(pieces, here) in (",", "and"):
            here += 1
        ranged = len(found) == 1 and here == end
        here += ranged and _text(pieces, here) in ("to", "through")
        if ranged and _text(pieces, here).isdigit() and len(_text(pieces, here)) < 4:
            first, last = int(found[0]), int(_text(pieces, here))
            return [str(face) for face in range(first, last + 1)], here + 1
        if here == end:
            break
    return (found if len(found) > 1 else []), end


def _numbers(trees: Sequence[Tree]) -> list[str]:
    """The numbers that a formula lists, `1, 1, 2`, `\\{1, 2, 3\\}`."""
    items = trees[0].items if len(trees) == 1 and isinstance(trees[0], Bracket) else trees
    found = [tree.text for tree in items if isinstance(tree, Number)]
    return found if len(found) == len(items) > 1 else []


def _quoted(pieces: Sequence[Piece]) -> str:
    """The words as they stand there, without the marks at their end."""
    said = " ".join(piece.math.text if piece.math is not None else piece.written or piece.text for piece in pieces)
    return re.sub(r" (?=[,.;:])", "", said).rstrip(" .,;:!?")


def _text(pieces: Sequence[Piece], index: int) -> str:
    return pieces[index].text if 0 <= index < len(pieces) else ""
