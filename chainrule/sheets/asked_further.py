r"""Questions that ask of another thing what was asked of the last one: "And $h_2$?", "And with respect to $b$?", and behind the
new weights "And the loss?".
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.inference.symbols import could_be_name
from chainrule.sheets.clauses import Tokens, trimmed
from chainrule.sheets.notation import look, statements
from chainrule.sheets.phrases import said_by
from chainrule.sheets.sentences import Sentence
from chainrule.sheets.sheet import Group, Math, Role, RoleName, Task

_FORMULAS = r"\$(?:(?: ,| and| , and)? \$)*"
_FURTHER = re.compile(
    rf"(?:and|also)(?: also| what (?:about|is|are))?(?: (?P<by>with respect to|w\.?r\.?t\.?|by))? (?:(?P<maths>{_FORMULAS})"
    r"|the (?P<loss>loss|cost|error))(?: then| now)?"
)
_KEPT = ("of", "wrt", "rate", "given", "point", "listed")


def asked_further(sentence: Sentence, before: Sequence[Task]) -> Task | None:
    """The task of such a question; None where another thing may be meant, or something else is asked."""
    tokens = trimmed(sentence.tokens)
    match = _FURTHER.fullmatch(said_by(tokens))
    last = before[-1] if before else None
    if match is None or last is None or sentence.end != "?" or last.part != sentence.place.part or sentence.place.heading:
        return None
    made = _exchanged(last, tokens, by=match["by"] is not None, loss=match["loss"] is not None)
    text = " ".join(sentence.span.text.split())
    return replace(made, span=sentence.span, text=text) if made is not None else None


def _exchanged(last: Task, tokens: Tokens, *, by: bool, loss: bool) -> Task | None:
    maths = [token for token in tokens if isinstance(token, Math)]
    named = all(len(found := statements(math)) == 1 and could_be_name(found[0]) for math in maths)
    match last.form:
        case "descent" if named and not by:
            groups = (*(group for group in last.groups if group.role != "asked"), *((Group("asked", "loss"),) if loss else ()))
            return replace(_with(last, maths, "asked"), groups=groups, again=True)
        case "value" if named and not by and maths and last.math("asked") and not last.groups:
            return _with(last, maths, "asked")
        case "derivative" if by and named and last.math("of") and last.math("wrt") and not last.math("asked"):
            return _with(last, maths, "wrt")
        case "derivative" if not by and maths and last.math("asked") and all(look(math) == "derivatives" for math in maths):
            return _with(last, maths, "asked")
        case _:
            return None


def _with(last: Task, maths: Sequence[Math], role: RoleName) -> Task:
    """The task with other formulas in a role."""
    kept = tuple(each for each in last.roles if each.name in _KEPT and each.name != role)
    return replace(last, roles=(*kept, *(Role(role, math) for math in maths)))
