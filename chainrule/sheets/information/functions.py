r"""Words for functions of random variables, as formulas: "$Y$ is the parity of $X$" is `Y = X \bmod 2`."""

import re
from collections.abc import Sequence

from chainrule.inference.symbols import could_be_name
from chainrule.sheets.forms import FIND, words
from chainrule.sheets.information.family_phrases import Phrase
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import Piece
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Relation

_OF_TWO = {
    "sum": "= {} + {}", "product": "= {} \\cdot {}", "absolute difference": "= |{} - {}|",
    "maximum": "= \\max({}, {})", "larger": "= \\max({}, {})", "minimum": "= \\min({}, {})", "smaller": "= \\min({}, {})",
}  # fmt: skip
_PARITY = re.compile(r"(?:the )?parity of \$")
_REMAINDER = re.compile(r"(?:the )?remainder (?:of \$ (?:divided by|modulo|mod)|when \$ is divided by) (?P<by>\d+|\$)")
_COMBINED = re.compile(rf"(?:the )?(?P<how>{'|'.join(_OF_TWO)}) of \$ and \$")
_EVENT = r"(?:the event )?(?:that )?\$"
_INDICATOR = re.compile(
    rf"(?:(?:the |an )?indicator(?: variable| function)? (?:of |for )?{_EVENT}|(?:indicates? )?(?:whether|if) {_EVENT}"
    rf"|indicates? {_EVENT})"
)
_JOINED = (",", "and", ";")
_GOES_ON = FIND | words("let $ . ) is be where while")
"""What may follow such words, so that they are all that is said of the function."""
_REACH = 12


def find_function(pieces: Sequence[Piece], start: int) -> Phrase | None:
    """The function of variables in formulas that the words from here on name; without a body where more is said of it."""
    if pieces[start].math is not None:
        return None
    here = pieces[start : start + _REACH]
    said = " ".join(piece.text or "$" for piece in here)
    maths = [piece.math for piece in here if piece.math is not None]
    body = ""
    if (match := _PARITY.match(said)) and _are_names(maths[:1]):
        body = f"= {maths[0].text} \\bmod 2"
    elif (match := _REMAINDER.match(said)) and _are_names(maths[:1]):
        body = f"= {maths[0].text} \\bmod {maths[1].text if match['by'] == '$' else match['by']}"
    elif (match := _COMBINED.match(said)) and _are_names(maths[:2]):
        body = _OF_TWO[match["how"]].format(maths[0].text, maths[1].text)
    elif (match := _INDICATOR.match(said)) and _is_event(maths[0]):
        body = f"= \\mathbb{{1}}[{maths[0].text}]"
    if match is None or not body:
        return None
    whole = body if _ends(said[match.end() :].split()) else ""
    return Phrase(start, start + match.group().count(" ") + 1, whole, match.group(), derived=True)


def _ends(behind: Sequence[str]) -> bool:
    """Whether nothing more is said of the function, as in "the parity of $X$, flipped with probability 0.1"."""
    first = next((word for word in behind if word not in _JOINED), "")
    return not first or first in _GOES_ON


def _are_names(maths: Sequence[Math]) -> bool:
    found = [trees(math) for math in maths]
    return all(len(each) == 1 and could_be_name(each[0]) for each in found)


def _is_event(math: Math) -> bool:
    """Whether a formula compares, `X > 4`."""
    found = trees(math)
    return len(found) == 1 and isinstance(found[0], Relation) and found[0].operators[0] not in (":=", "\\sim", "\\in")
