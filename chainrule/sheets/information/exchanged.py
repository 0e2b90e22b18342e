r"""The last divergence the other way round: "And the reverse?", "Repeat (a) with $P$ and $Q$ exchanged", "Now swap them"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.inference.symbols import key
from chainrule.sheets.clauses import Request, trimmed
from chainrule.sheets.information.others import asked_of
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import notations_of, parts_of, pieces_of
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math, Task
from chainrule.sheets.units import units_in, without_units

_BOTH = r"(?:\$ and \$|them|both|(?:the )?(?:two|(?:two )?(?:arguments|distributions|roles)))"
_ROLES = rf"(?:the )?(?:(?:roles|order|arguments|places|positions) of )?{_BOTH}"
_AGAIN = (
    r"(?: ,)?(?: and)?(?: (?:then )?(?:compute|calculate|evaluate|repeat|redo|find|do)"
    r"(?: (?:it|this|the (?:divergence|calculation|computation|same)|(?:part |question )?\( (?:[a-z]|[ivx]+|\d{1,2}) \)))?)?"
    r"(?: again)?"
)
_WAY = (
    r"(?:the )?(?:other way(?: round| around)?"
    r"|(?:reverse|reversed|other|opposite|inverse) (?:direction|order|divergence|way|one|case)"
    r"|reverse|vice versa|converse)"
)
_LEAD = (
    r"(?:(?:what|how|compute|calculate|find|determine|evaluate|give|repeat|do|and|now|also|then|is|it|this|that|about|result"
    r"|value|divergence|calculation|same|the|of|in|for|with|when|if|,|\( (?:[a-z]|[ivx]+|\d{1,2}) \)|part|kl) )*?"
)
_PART = re.compile(r" \( (?P<label>[a-z]|[ivx]+|\d{1,2}) \)")
_EXCHANGED = re.compile(
    rf"{_LEAD}(?:{_WAY}|{_ROLES} (?:are |being )?(?:swapped|exchanged|interchanged|reversed|switched)"
    rf"|(?:swap|exchange|interchange|reverse|switch) {_ROLES}{_AGAIN})"
    rf"(?: again| instead| now| too| as well)?(?: ,)?(?: too| as well)?{_AGAIN}$"
)


def ask_exchanged(request: Request, before: Sequence[Task]) -> list[Task]:
    """The last quantity of two distributions, or that of a part, with these exchanged; none for any other request.

    It is unknown where the last result is of anything else.
    """
    pieces = pieces_of((*request.before, Word(request.verb, request.span), *without_units(trimmed(request.tokens))))
    match = _EXCHANGED.match(" ".join(piece.text or "$" for piece in pieces))
    if match is None or not before:
        return []
    told = _PART.search(match.group())
    label = told["label"] if told else None
    meant = [task for task in before if label is None or (task.part or "").rpartition(".")[2] == label]
    beside = [task for task in meant if task.span == meant[-1].span and task.part == meant[-1].part]
    names = [token for token in (*request.before, *request.tokens) if isinstance(token, Math)]
    units = units_in(pieces_of(request.tokens)) or (None,)
    found = [_exchanged(task, names) for task in beside]
    made = [each for each in found if each is not None]
    if not made or len(made) < len(found):
        return [Task("unknown", request.place.part, request.span, request.text, note="it is not clear what is to be exchanged")]
    place = {"part": request.place.part, "span": request.span, "text": request.text}
    return [replace(each, unit=unit or each.unit, **place) for each in made for unit in units]


def _exchanged(task: Task, names: Sequence[Math]) -> Task | None:
    """The task of its two distributions the other way round; None where it is not of two, or of others than these names."""
    if task.form != "information" or task.math("point", "given"):
        return None
    asked = task.math("asked")
    notations = [found for math in asked for found in notations_of(math)]
    of = parts_of(notations[0])[0] if len(notations) == len(asked) == 1 else list(asked)
    told = {key(tree) for math in names for tree in trees(math)}
    if len(of) != 2 or (names and told != {key(tree) for math in of for tree in trees(math)}):
        return None
    made = asked_of(task, of[::-1])
    return made[0] if len(made) == 1 else None
