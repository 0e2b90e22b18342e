r"""Requests to compare: "Compute $H(P)$ and compare it with $H(Q)$", "Compare the two numbers", "compare with (a)", "Show both
numbers": what is set beside a result is asked for too, and both are compared.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.sheets.clauses import Request, Tokens, trimmed
from chainrule.sheets.information.symmetry import recognise_symmetry
from chainrule.sheets.information.written import formula_of
from chainrule.sheets.notation import look, statements
from chainrule.sheets.phrases import said_by
from chainrule.sheets.quantity_words import mentions_quantity, notations_of, pieces_of
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math, Role, Task
from chainrule.sheets.units import units_in

_RESULT = r"(?:result|answer|value|number|figure|outcome)"
_IT = rf"(?:(?:it|this|that|(?:the|your|this|that) {_RESULT}) )?"
_WITH = re.compile(rf"{_IT}(?:with|to|against) (?!each\b|one another)(?P<what>\S.*)")
_HOW = re.compile(
    rf"(?:does|do|did|would) (?:it|this|that|(?:the|your|this|that) {_RESULT}) compare (?P<what>(?:with|to|against) .*)"
)
""" "How does it compare with $H(Q)$?"."""
_BOTH = re.compile(
    rf"(?:the two|both|them|these|those|these two|(?:the|these|both|the two|your|your two|these two) {_RESULT}s"
    rf"|(?:the|your) two)(?: (?:with each other|to each other|with one another))?"
)
_TWO = re.compile(r"(?:(?:the |both )?(?:values? |numbers? )?(?:of )?)?\$ (?:and|with|to|against) \$(?: in (?:bits|nats))?")
_PART = re.compile(
    rf"{_IT}(?:with|to|against) (?:(?:the |your )?{_RESULT} (?:of|from|in) |that (?:of|from|in) )?(?:part )?(?:\( )?"
    r"(?P<label>[a-z]|[ivx]+|\d{1,2})(?: \))?"
)
_SHOWN = re.compile(
    rf"(?:both|the two|all|these|those|your|the)(?: the)?(?: (?:two|three|four))? (?:{_RESULT}s|quantities|entropies)"
    r"(?: (?:explicitly|side by side|separately|here))?"
)
_AGAIN = ("it", "with", "that")
"""What stands for "with what was just asked for"."""
_POSSESSIVE = ("its", "their")
_AT = ("at", "for", "when", "if", "with")
_MEASURED = ("information", "value")


def compared_apart(requests: Sequence[Request], tasks: Sequence[Task]) -> list[Request]:
    """The requests with what is compared with a result as a request of its own, and the comparison behind it.

    tasks: those before. What is compared is in the unit of the last one where nothing else is said.
    """
    found: list[Request] = []
    for request in requests:
        request = _as_comparison(request)
        said = said_by(trimmed(request.tokens))
        if request.verb == "compare" and _TWO.fullmatch(said) and recognise_symmetry(request, tasks) is None:
            pair = [token for token in request.tokens if isinstance(token, Math)]
            unit = tokens[-2:] if isinstance((tokens := trimmed(request.tokens))[-1], Word) else ()
            found += [replace(request, verb="compute", tokens=(math, *unit)) for math in pair]
            found.append(replace(request, tokens=tuple(Word(word, request.span) for word in _AGAIN)))
            continue
        match = _WITH.fullmatch(said) if request.verb == "compare" and not _PART.fullmatch(said) else None
        if match is None:
            found.append(request)
            continue
        tokens = trimmed(request.tokens)
        what = tokens[said[: match.start("what")].count(" ") :]
        if isinstance(what[0], Word) and what[0].text in _POSSESSIVE:
            what = (Word("the", what[0].span), *what[1:])
        before = found[-1].tokens if found else ()
        unit = units_in(pieces_of(before)) or ((tasks[-1].unit,) if tasks and tasks[-1].unit and not found else ())
        what = (*what, *_point(before, what), *_unit(unit, what))
        found.append(replace(request, verb="compute", tokens=what))
        at = request.span
        found.append(replace(request, tokens=tuple(Word(word, at) for word in _AGAIN)))
    return found


def _as_comparison(request: Request) -> Request:
    """ "How does it compare with $H(Q)$?" as "compare with $H(Q)$"."""
    tokens = trimmed(request.tokens)
    match = _HOW.fullmatch(said_by(tokens)) if request.verb == "how" else None
    if match is None:
        return request
    return replace(request, verb="compare", tokens=tokens[match.string[: match.start("what")].count(" ") :])


def _point(before: Tokens, what: Tokens) -> Tokens:
    """The value at which the request before asks, "for $p = 0.9$", where what is compared has none of its own."""
    last = trimmed(before)[-2:]
    said = [token.text if isinstance(token, Word) else "$" for token in last]
    valued = len(last) == 2 and isinstance(last[1], Math) and look(last[1]) == "definition" and said[0] in _AT
    own = any(isinstance(token, Math) and look(token) == "definition" for token in what)
    return (Word("for", last[0].span), last[1]) if valued and not own else ()


def _unit(units: Sequence[str], what: Tokens) -> Tokens:
    """The words for the unit, for a quantity that is compared and says none."""
    formulas = [token for token in what if isinstance(token, Math)]
    measured = mentions_quantity(what) or any(notations_of(math) for math in formulas)
    if len(units) != 1 or units[0] not in ("bits", "nats") or not measured or units_in(pieces_of(what)):
        return ()
    return Word("in", what[-1].span), Word(units[0], what[-1].span)


def recognise_comparison(request: Request, before: Sequence[Task]) -> list[Task]:
    """The comparison of the two results that are meant; none for any other request."""
    said = said_by(trimmed(request.tokens))
    if request.verb != "compare" or not before:
        return []
    results = [task for task in before if not task.related]
    if said == " ".join(_AGAIN):
        return _compared(request, results[-2:])
    if (match := _PART.fullmatch(said)) is not None:
        there = [task for task in results if (task.part or "").rpartition(".")[2] == match["label"]]
        here = [task for task in results if task.part == request.place.part]
        return _compared(request, [*there, *here]) if len(there) == len(here) == 1 else []
    if _BOTH.fullmatch(said):
        own = [task for task in results if task.part == results[-1].part]
        return _compared(request, own if len(own) == 2 else results if len(own) == 1 and len(results) == 2 else [])
    return []


def shows_again(request: Request, before: Sequence[Task]) -> bool:
    """ "Show both numbers": the results of the part, which are shown."""
    said = said_by(trimmed(request.tokens))
    own = [task for task in before if task.part == request.place.part and not task.related]
    shown = request.verb in ("show", "give", "report", "state", "write", "provide", "list") and _SHOWN.fullmatch(said)
    return bool(shown) and len(own) > 1 and units_in(pieces_of(request.tokens)) == ()


def _compared(request: Request, found: Sequence[Task]) -> list[Task]:
    """Which of two results is the larger one; where both hold at the same values, there."""
    units = {task.unit for task in found}
    if len(found) != 2 or any(task.form not in _MEASURED for task in found) or len(units) > 1:
        return []
    given = [[role for role in task.roles if role.name in ("given", "point")] for task in found]
    said = [sorted(role.math.text for role in roles) for roles in given]
    kept = [replace(task, roles=tuple(role for role in task.roles if role not in given[i])) for i, task in enumerate(found)]
    formulas = [formula_of(task) for task in kept]
    if "" in formulas or formulas[0] == formulas[1] or (said[0] != said[1] and all(said)):
        return []
    made = [Math(request.span, request.place, display=False, name=each) for each in formulas]
    own = [task.math("asked")[0] if task.form == "value" else math for task, math in zip(found, made, strict=True)]
    asked = [replace(math, span=request.span, name=math.text) for math in own]
    if not all(map(statements, asked)):
        return []
    roles = (*(Role("asked", math) for math in asked), *(given[0] or given[1]))
    task = Task("comparison", request.place.part, request.span, request.text, roles)
    return [replace(task, unit=next(iter(units), None), related=True)]
