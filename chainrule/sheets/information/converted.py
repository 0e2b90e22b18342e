"""Entropies that are to be converted to perplexities: "Convert the cross-entropy of $q_1$ to a perplexity", "What perplexity
does this correspond to?".
"""

import re
from collections.abc import Sequence

from chainrule.inference.symbols import key
from chainrule.sheets.clauses import Request, trimmed
from chainrule.sheets.notation import trees
from chainrule.sheets.phrases import said_by
from chainrule.sheets.quantity_words import notations_of, parts_of
from chainrule.sheets.sheet import Math, Role, Task

_RESULT = r"(?:result|value|answer|number)"
_NOUNS = r"(?:(?:[a-z]+ )?(?:model|distribution|source|predictor|forecast|code) )?"
_WHAT = (
    rf"(?P<it>it|this|that|(?:the|your|this|that) (?:{_RESULT}|entropy|cross-entropy)"
    rf"|(?:the|its) cross-entropy (?:of|for|under|with) (?:the )?{_NOUNS}\$|the entropy (?:of|for) (?:the )?{_NOUNS}\$|\$)"
)
_PLACE = r"(?: (?:of|from|in) (?:part )?(?:\( )?(?P<label>[a-z]|[ivx]+|\d{1,2})(?: \))?)?"
_A = r"(?:a|an|the|its|the corresponding|a corresponding)"
_INTO = re.compile(rf"{_WHAT}{_PLACE} (?:to|into|as|in terms of) (?:{_A} )?perplexity")
_DOES = re.compile(rf"perplexity (?:does|do) {_WHAT}{_PLACE} (?:correspond|amount|translate) to")
_IS = re.compile(rf"(?:is |would be )?(?:the )?(?:corresponding|resulting|associated) perplexity{_PLACE}")
_ROWS = {"entropy": "perplexity", "cross_entropy": "cross_perplexity"}


def recognise_converted(request: Request, before: Sequence[Task]) -> list[Task]:
    """The perplexity for the entropy that is meant, if that is one; none for any other request."""
    said = said_by(trimmed(request.tokens))
    if request.verb in ("convert", "express", "write", "give", "report", "state"):
        match = _INTO.fullmatch(said)
    else:
        match = (_DOES.fullmatch(said) or _IS.fullmatch(said)) if request.verb == "what" else None
    results = [task for task in before if not task.related]
    if match is None or not results:
        return []
    named = [token for token in request.tokens if isinstance(token, Math)]
    label = match["label"]
    last = [task for task in results if task.part == results[-1].part and task.form in ("information", "unknown")]
    own = [task for task in results if (task.part or "").rpartition(".")[2] == label] if label else results if named else last
    if any(task.form == "unknown" for task in own):
        return []
    fitting = [(task, of) for task in own if (of := _of(task)) is not None and _names(task, of[1], named)]
    meant = {(row, tuple(key(tree) for math in of for tree in trees(math))): (row, of) for _, (row, of) in fitting}
    said_cross = "cross-entropy" in said
    if len(meant) != 1 or (said_cross and next(iter(meant))[0] != "cross_entropy"):
        return []
    row, of = next(iter(meant.values()))
    roles = tuple(Role("asked", math) for math in of)
    return [Task("information", request.place.part, request.span, request.text, roles, quantity=_ROWS[row])]


def _of(task: Task) -> tuple[str, Sequence[Math]] | None:
    """The row of an entropy that a task asks for, and what it is of."""
    notations = [found for math in task.math("asked") for found in notations_of(math)]
    if task.form != "information" or task.math("given", "point") or task.reverse or task.every:
        return None
    of = parts_of(notations[0])[0] if len(notations) == 1 else list(task.math("asked"))
    rows = {row.name for each in notations for row in each.rows} if notations else {task.quantity}
    count = {1: "entropy", 2: "cross_entropy"}.get(len(of), "")
    return (count, of) if count in rows and task.quantity in ("", count) else None


def _names(task: Task, of: Sequence[Math], named: Sequence[Math]) -> bool:
    """Whether the formulas of the request are those of a task: its notation, or the last of what it is of."""
    if not named:
        return True
    asked = {key(tree) for math in named for tree in trees(math)}
    notation = {key(tree) for math in task.math("asked") for tree in trees(math)}
    return asked == {key(tree) for math in of[-1:] for tree in trees(math)} or asked == notation
