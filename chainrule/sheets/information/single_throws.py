"""Variables that are one throw each: "tossed twice; $X$ and $Y$ are the outcomes", "$X_i$ is that of the $i$-th toss"."""

import re
from collections.abc import Sequence

from chainrule.errors import Diagnostic
from chainrule.sheets.information.argument_formulas import arguments_in
from chainrule.sheets.information.family_phrases import Phrase
from chainrule.sheets.information.listing import listed
from chainrule.sheets.information.phrase_names import name_before, others_before
from chainrule.sheets.information.trials import Trial, spelled
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import Piece
from chainrule.sheets.sheet import Math, Stated
from chainrule.source import Span
from chainrule.syntax.tree import Name, Relation, Subscript

_THROW = r"(?:flip|toss|throw|roll)(?:e?s)?"
_EACH = re.compile(
    r"(?:the )?(?:outcomes|results)"
    rf"(?: of (?:the |these |both |all |the individual )?(?:(?P<count>\w+) )?{_THROW})?(?= [.,;]|$)"
)
_OF_INDEX = re.compile(
    r"(?:the )?(?:outcome|result) of (?:the )?"
    rf"(?:\$(?: [$-])*(?: th)? (?:{_THROW}|coin|die)|{_THROW} (?:number )?\$)(?= [.,;]|$)"
)
_MOST = 12


def find_single(pieces: Sequence[Piece], start: int, trial: Trial | None) -> tuple[Phrase, list[Math]] | None:
    """The distribution of one throw, and the variables that the words from here on say to be throws, as many as there are."""
    if trial is None or trial.count is None or not 1 < trial.count <= _MOST or not trial.chances or not pieces[start].text:
        return None
    said = " ".join(piece.text or "$" for piece in pieces[start : start + 12])
    before = name_before(pieces, start)
    token = pieces[before].math if before is not None else None
    if before is None or token is None:
        return None
    match, names = _EACH.match(said), list[Math]()
    if match and match["count"] in (None, *spelled(trial.count)):
        names = sorted([arguments_in(token)[0], *others_before(pieces, before, start)], key=lambda math: math.span.start)
    elif match := _OF_INDEX.match(said):
        names = _counted(token, pieces[start : start + match.group().count(" ") + 1], trial.count)
    if match is None or len(names) != trial.count:
        return None
    body = listed(list(trial.faces), list(trial.chances))
    return Phrase(start, start + match.group().count(" ") + 1, body, f"one throw of the {trial.thing}", thrown=True), names


def independent_throws(names: Sequence[Math], span: Span) -> tuple[Stated, Diagnostic]:
    """That the throws with these names do not depend on each other, and the note that says so."""
    heads = [tree for name in names for tree in trees(name)]
    said = ", ".join(name.text for name in names)
    note = Diagnostic("note", "throws-independent", f"the throws {said} are taken to be independent", span)
    return Stated(names[0], Relation(("\\perp",) * (len(heads) - 1), tuple(heads), span=span), span), note


def _counted(token: Math, pieces: Sequence[Piece], count: int) -> list[Math]:
    """X_1, X_2, ... for the X_i of which the i is said."""
    (tree,) = trees(token) if len(trees(token)) == 1 else (None,)
    match tree:
        case Subscript(base=Name(text=letter), items=(Name() as index,)):
            said = any(piece.math is not None and index in trees(piece.math) for piece in pieces)
            names = (f"{letter}_{k}" for k in range(1, count + 1))
            return [Math(token.span, token.place, False, name=name) for name in names] if said else []
        case _:
            return []
