"""Functions of the text in a unit, "$h(p) = ...$ in bits": their values are in it, and derivatives are given in nats alone."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from chainrule.sheets.quantity_words import pieces_of
from chainrule.sheets.sentences import Sentence
from chainrule.sheets.sheet import Task
from chainrule.sheets.units import unit_at

_DEFINED = re.compile(r"\s*(?P<name>[A-Za-z])\s*\([^=]*\)\s*:?=")
_CALLED = re.compile(r"\s*(?:\\frac\{\\?d |\\frac\{d|\\frac\{\\partial )?(?P<name>[A-Za-z])\s*(?P<prime>'|\^\{?\s*\\prime)?")


def with_units_of_functions(tasks: Sequence[Task], sentences: Iterable[Sentence]) -> list[Task]:
    """The tasks, values of such functions in their unit, and derivatives of what is asked for in another unit unknown."""
    units = _defined_units(sentences)
    return _without_derivatives_in_units([_in_defined_unit(task, units) for task in tasks])


def _defined_units(sentences: Iterable[Sentence]) -> dict[str, str]:
    """The letters of functions whose formula has a unit behind it, "$h(p) = ...$ in bits", where the sentence asks nothing."""
    found: dict[str, str] = {}
    for sentence in sentences:
        pieces = pieces_of(sentence.tokens)
        for index, piece in enumerate(pieces[:-2]):
            head = _DEFINED.match(piece.math.text) if piece.math is not None else None
            unit = (unit_at(pieces, index + 1) or unit_at(pieces, index + 2)) if head is not None else None
            if head is not None and unit is not None:
                found[head["name"]] = unit.name
    return found


_HEAD = re.compile(r"\s*[A-Za-z](?:_\w|_\{\w+\})?")
_DERIVED = re.compile(
    r"\\(?:frac|tfrac|dfrac)\{(?:d|\\partial|\\mathrm\{d\})\s*(?P<of>[A-Za-z](?:_\w|_\{\w+\})?)|\bd(?P<again>[A-Z])\s*/"
)


def _in_defined_unit(task: Task, units: Mapping[str, str]) -> Task:
    """The value of such a function, in that unit; its derivative unknown."""
    if task.form not in ("value", "derivative"):
        return task
    calls = [called for math in task.math("asked", "of") if (called := _CALLED.match(math.text)) is not None]
    named = [called for called in calls if units.get(called["name"], "nats") != "nats"]
    if not named:
        return task
    unit = units[named[0]["name"]]
    if task.form == "derivative" or any(called["prime"] for called in named):
        note = f"{named[0]['name']} is in {unit}, and derivatives are given of quantities in nats alone"
        return replace(task, form="unknown", note=note)
    return replace(task, unit=task.unit or unit)


def _without_derivatives_in_units(tasks: Sequence[Task]) -> list[Task]:
    """The tasks, derivatives of quantities unknown that are asked for in a unit that is not natural."""
    measured = {
        "".join(math.text.split())
        for task in tasks
        if task.form == "information" and task.unit not in (None, "nats")
        for math in task.math("asked")
        if "(" in math.text  # a notation, H(P); the P and Q of words are in many formulas
    }
    note = "it is asked for in another unit than nats, and derivatives are given of quantities in nats alone"
    return [
        replace(task, form="unknown", note=note)
        if task.form == "derivative"
        and (
            any(each in "".join(math.text.split()) for math in task.math("asked", "of") for each in measured)
            or (index > 0 and _is_coordinated(tasks[index - 1], task))
        )
        else task
        for index, task in enumerate(tasks)
    ]


def _is_coordinated(before: Task, task: Task) -> bool:
    r""" "Compute $H(P)$ in bits and $\frac{dH}{dp}$": the derivative of what is asked for in a unit, right behind it."""
    measured = before.form in ("information", "value") and before.unit not in (None, "nats")
    between = task.span.source.text[before.span.end : task.span.start]
    heads = [_HEAD.match(math.text) for math in before.math("asked")]
    names = {head[0].strip() for head in heads if head is not None}
    derived = {match["of"] or match["again"] for math in task.math("asked") for match in _DERIVED.finditer(math.text)}
    return measured and len(between) < 9 and not set(between) & {".", "?", ";", "\n"} and not names.isdisjoint(derived)
