r"""Ensembles: "$X$ with alphabet $\mathcal{A}_X = \{a, b\}$ and probabilities $\mathcal{P}_X = \{\frac12, \frac12\}$"."""

from collections.abc import Sequence

from chainrule.sheets.information.chances import chances_in
from chainrule.sheets.information.family_phrases import Phrase
from chainrule.sheets.information.listing import listed, members
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import Piece
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Bracket, Relation

_ALPHABETS = ("alphabet", "outcomes", "symbols", "letters", "values")
_BETWEEN = ("and", ",", "with", "the", "of", "set", "probabilities", "probability", "respective", "corresponding", "vector")


def find_ensemble(pieces: Sequence[Piece], start: int) -> Phrase | None:
    """The distribution whose outcomes one formula lists and whose probabilities the next one."""
    if pieces[start].text not in _ALPHABETS or start + 1 >= len(pieces):
        return None
    first = pieces[start + 1].math
    index = start + 2
    while index < len(pieces) and pieces[index].text in _BETWEEN:
        index += 1
    second = pieces[index].math if index < len(pieces) else None
    said = {piece.text for piece in pieces[start + 2 : index]}
    if first is None or second is None or not {"probabilities", "probability"} & said:
        return None
    labels, chances = members(first), chances_in(second)
    if not labels or len(labels) != len(chances):
        return None
    taken = tuple(math for math in (first, second) if names_a_set(math))
    body = listed(labels, [chance.text for chance in chances])
    return Phrase(start, index + 1, body, f"distribution of {', '.join(labels)}", taken, True, tuple(labels))


def names_a_set(math: Math) -> bool:
    r"""Whether the formula gives a name to a set of outcomes or probabilities, `\mathcal{A}_X = \{a, b\}`."""
    match trees(math):
        case (Relation(operators=("=",), sides=(_, Bracket(kind="{", items=items))),):
            return not any(isinstance(item, Relation) for item in items)
        case _:
            return False
