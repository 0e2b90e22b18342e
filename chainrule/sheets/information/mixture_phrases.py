r"""Mixtures in words: "an equal mixture of $P$ and $Q$", "a mixture of $\mathcal{N}(0, 1)$ and $Q$ with weights 0.3, 0.7"."""

import re
from collections.abc import Sequence

from chainrule.inference.symbols import could_be_name
from chainrule.sheets.information.family_phrases import Phrase
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import Piece
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Relation
from chainrule.typesetting import latex

_EQUAL = ("equal", "even", "balanced", "uniform")
_NOUNS = ("distribution", "model", "density")
_WEIGHTS = ("weight", "probability", "probabilities", "proportion", "coefficient", "share", "weights", "mixing", "mixture")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:/\d+)?")
_MIXING = ("mix", "blend", "combine")
_OBJECTS = ("the", "two", "three", "distributions", "models", "both", "these")
_BETWEEN = ("and", ",", "&", "the")


def find_mixture(pieces: Sequence[Piece], start: int) -> Phrase | None:
    """The mixture that starts here; None where none does. Where its weights are not told, its distribution is not known."""
    index, equal = start, False
    if start == 0 and pieces[0].text in _MIXING:
        return _mixed(pieces)
    if pieces[index].text in _EQUAL or pieces[index].text == "equally":
        equal = True
        index += 2 if pieces[index].text == "equally" else 1
    if index >= len(pieces) or pieces[index].text != "mixture":
        return None
    index += 1
    index += index < len(pieces) and pieces[index].text in _NOUNS
    if index >= len(pieces) or pieces[index].text != "of":
        return None
    parts, end = _formulas(pieces, index + 1)
    if len(parts) < 2 or any(isinstance(tree, Relation) for part in parts for tree in trees(part)):
        return None
    said = " and ".join(part.text for part in parts)
    weights, behind = _weights(pieces, end, len(parts))
    if equal or weights == ():
        weights = (f"\\frac{{1}}{{{len(parts)}}}",) * len(parts)
    what = f"mixture of {said}"
    if weights is None:
        return Phrase(start, end, "", what, sure=True, derived=True)
    named = all(could_be_name(tree) for part in parts for tree in trees(part))
    terms = " + ".join(f"{weight} {part.text}" for weight, part in zip(weights, parts, strict=True))
    return Phrase(start, behind, f"{'=' if named else chr(92) + 'sim'} {terms}", what, sure=True, derived=True)


def _mixed(pieces: Sequence[Piece]) -> Phrase | None:
    """ "Mix the two distributions $p = (0.9, 0.1)$ and $q = (0.2, 0.8)$ with weights 0.5 and 0.5"."""
    index = 1
    while index < len(pieces) and pieces[index].text in _OBJECTS:
        index += 1
    parts, end = _formulas(pieces, index)
    heads = [tree.sides[0] if isinstance(tree, Relation) else tree for part in parts for tree in trees(part)]
    weights, behind = _weights(pieces, end, len(parts))
    if len(parts) < 2 or len(heads) != len(parts) or weights is None or not all(map(could_be_name, heads)):
        return None
    weights = weights or (f"\\frac{{1}}{{{len(parts)}}}",) * len(parts)
    names = [latex(head) for head in heads]
    terms = " + ".join(f"{weight} {name}" for weight, name in zip(weights, names, strict=True))
    return Phrase(0, behind, f"= {terms}", f"mixture of {' and '.join(names)}", sure=True)


def _formulas(pieces: Sequence[Piece], index: int) -> tuple[list[Math], int]:
    """Formulas with nothing but commas and "and" between them, and where they end."""
    found: list[Math] = []
    end = index
    while index < len(pieces) and (pieces[index].math is not None or pieces[index].text in _BETWEEN):
        math = pieces[index].math
        index += 1
        if math is not None:
            found.append(math)
            end = index
    return found, end


def _weights(pieces: Sequence[Piece], index: int, count: int) -> tuple[tuple[str, ...] | None, int]:
    """The weights behind "with weights", () for equal ones, None where none are told; and where they end."""
    start = index
    index += index < len(pieces) and pieces[index].text == ","
    if index >= len(pieces) or pieces[index].text not in ("with", "in"):
        return None, start
    words: list[str] = []
    index += 1
    while index < len(pieces) and pieces[index].text in (*_EQUAL, *_WEIGHTS, "part", "parts"):
        words.append(pieces[index].text)
        index += 1
    if set(words) & set(_EQUAL):
        return (), index
    found: list[str] = []
    while words and index < len(pieces) and len(found) < count:
        piece = pieces[index]
        if piece.math is not None:
            found.append(f"({piece.math.text})")
        elif _NUMBER.fullmatch(piece.text):
            found.append(f"({piece.text})")
        elif piece.text not in _BETWEEN:
            break
        index += 1
    index += index < len(pieces) and pieces[index].text == "respectively"
    return (tuple(found), index) if len(found) == count else (None, start)
