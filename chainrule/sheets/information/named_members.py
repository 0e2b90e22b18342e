r"""Members of families in formulas that only words name: "the posterior is $\mathrm{Beta}(4, 2)$", "prior N(0, 1)"."""

from collections.abc import Sequence

from chainrule.inference.distributions.families import instance_of
from chainrule.sheets.forms import words
from chainrule.sheets.information.family_phrases import Phrase, more_behind
from chainrule.sheets.information.standing import STANDINGS, STOPS
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import Piece
from chainrule.typesetting import latex

ROLES = STANDINGS | words("prior posterior teacher student variational encoder decoder likelihood")
"""Whose distribution stands behind one of these is said."""
_LAWS = words("distribution density law")
_LINKING = _LAWS | words("is be being was now : = ( by as the a an")
_VERBS = words("is be are follows follow has")
_EQUATING = _VERBS | words("a an the distribution law distributed according to as")
_ENDING = ("", ",", ".", ";", ":", ")", "and", "while", "but", "with", "where", "under", "distribution", "law", "distributed")
"""Before another word the formula is of what that names, "a $\\mathcal{N}(0, 1)$ prior"."""
_BELONGING = words("of on over for given under with from to between")
"""What stands behind one of these is another thing than the one before, "the mean of the prior"."""
_REACH = 6


def find_member(pieces: Sequence[Piece], start: int) -> Phrase | None:
    """The member of a family in the formula here, where the words directly before it say whose it is."""
    math = pieces[start].math
    if math is None or not (_is_equated(pieces, start) or roles_before(pieces, start)):
        return None
    found = trees(math)
    member = instance_of(found[0], plainly=True) if len(found) == 1 else None
    again = any(piece.text == "now" for piece in pieces[start + 1 : start + 4])  # "was this and is now another one"
    if member is None or again or more_behind(pieces, start + 1):
        return None
    body = f"\\sim {latex(member.tree)}"
    end = start + 1 + (start + 1 < len(pieces) and pieces[start + 1].text in ("distribution", "law"))
    return Phrase(start, end, body, f"distribution {math.text}", taken=(math,), sure=True)


def _is_equated(pieces: Sequence[Piece], start: int) -> bool:
    """Whether a formula with "is" or "follows a" stands before, "$P$ is $\\mathrm{Beta}(4, 2)$"."""
    index = start - 1
    while index > 0 and pieces[index].text in _EQUATING:
        index -= 1
    said = {piece.text for piece in pieces[index + 1 : start]}
    behind = pieces[start + 1].text if start + 1 < len(pieces) else ""
    told = not said.isdisjoint(_VERBS) and ("has" not in said or "distribution" in said) and behind in _ENDING
    return index >= 0 and pieces[index].math is not None and told


def roles_before(pieces: Sequence[Piece], start: int) -> frozenset[str]:
    """The words for whose a distribution is, "posterior": those next to it, or before "is" in its clause."""
    index, said = start - 1, set[str]()
    while index >= 0 and pieces[index].math is None and pieces[index].text in _LINKING:
        said.add(pieces[index].text)
        index -= 1
    equated = not said.isdisjoint(_VERBS)
    found: set[str] = set()
    for place in range(index, max(0, index - _REACH if equated else index) - 1, -1):
        piece = pieces[place]
        if piece.math is not None or piece.text in STOPS:
            break
        if piece.text in _BELONGING and not (place and pieces[place - 1].text in _LAWS):
            found.clear()
        found |= {piece.text} & ROLES
    return frozenset(found)
