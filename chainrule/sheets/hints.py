"""What is said of a task that no form fits: its words, and the nearest form in the task's own symbols where it has them."""

import re
from collections.abc import Iterable, Sequence

from chainrule.errors import Diagnostic
from chainrule.probability.quantities import QUANTITIES
from chainrule.sheets.notation import look
from chainrule.sheets.recognition import FORM_OF
from chainrule.sheets.sheet import Math, RoleName, Task

_SHOWN = 160
"""So many characters of a task are repeated in a message."""
_LONGEST_SYMBOL = 40
_TELLING = ("derivative", "graph")
"""The names of forms that a reader knows."""
_PLACE = re.compile(r"\{(asked|of|wrt)\}")


def report_unknown(tasks: Iterable[Task]) -> tuple[Diagnostic, ...]:
    """An error for each task that fits no form, with an example of the form that is nearest."""
    return tuple(_not_understood(task) for task in tasks if task.form == "unknown")


def report_stray(tasks: Iterable[Task]) -> tuple[Diagnostic, ...]:
    """A warning for each instruction about the sheet itself."""
    hint = "Take it out of the sheet; it is not a part of the problem."
    found = (task for task in tasks if task.form == "stray")
    said = "This is about the sheet itself and is not done: {}"
    return tuple(Diagnostic("warning", "stray-instruction", said.format(_shortened(t.text)), t.span, hint) for t in found)


def report_beyond(tasks: Sequence[Task], most: int) -> tuple[Diagnostic, ...]:
    """An error at the first task that is one too many."""
    message = f"This problem asks for {len(tasks)} things; the first {most} are answered, up to here."
    hint = "put the others into problems of their own"
    return tuple(Diagnostic("error", "too-many-tasks", message, task.span, hint) for task in tasks[most : most + 1])


def report_notes(tasks: Iterable[Task]) -> tuple[Diagnostic, ...]:
    """What is said of tasks whose wording authors use in different ways."""
    noted = (task for task in tasks if task.note and task.form != "unknown")
    return tuple(Diagnostic("note", "reading", task.note, task.span) for task in noted)


def _not_understood(task: Task) -> Diagnostic:
    if task.note:
        message = f"This task is not understood: {_shortened(task.text)}: {task.note}"
        return Diagnostic(
            "error", "task-not-understood", message, task.span, _of_information(task.quantity) if task.quantity else None
        )
    called = f" {task.nearest}" if task.nearest in _TELLING else ""
    hint = f"The nearest form of task is{called}: {_example(task)}" if task.nearest else None
    message = f"This task is not understood: {_shortened(task.text)}"
    return Diagnostic("error", "task-not-understood", message, task.span, hint)


def _of_information(name: str) -> str:
    """The nearest request for a quantity of information."""
    row = next(row for row in QUANTITIES if row.name == name)
    names = ("X", "Y", "Z") if row.joint else ("P", "Q")
    count = 2 if row.joint else row.distributions
    of = " and ".join(f"${each}$" for each in names[:count])
    order = " of order 2" if row.order else ""
    unit = " in bits" if row.logarithmic else ""
    return f"The nearest form of task is: Compute the {row.title}{order} of {of}{unit}."


def _shortened(text: str) -> str:
    """The beginning of a text; a formula is shown whole or not at all."""
    if len(text) <= _SHOWN:
        return text
    cut = text[:_SHOWN]
    if cut.count("$") % 2:
        cut = cut[: cut.rindex("$")]
    return f"{cut.rstrip()} ..."


def _example(task: Task) -> str:
    """The form's sentence with the task's symbols; the one without symbols where the task lacks some of them."""
    assert task.nearest is not None
    form = FORM_OF[task.nearest]
    if task.nearest == "derivative":
        asked = [math for math in task.math("asked") if look(math) == "derivatives" and _is_short(math)]
        if asked:
            return f"Compute ${_text(asked[0])}$."
    wanted: list[RoleName] = [name for name in ("asked", "of", "wrt") if f"{{{name}}}" in form.pattern]
    found = {name: next((m for m in task.math(name) if look(m) == "other" and _is_short(m)), None) for name in wanted}
    symbols = {name: _text(math) for name, math in found.items() if math is not None}
    if not wanted or len(symbols) < len(wanted):
        return form.example
    return _PLACE.sub(lambda match: symbols[match[1]], form.pattern)


def _text(math: Math) -> str:
    return " ".join(math.span.text.split())


def _is_short(math: Math) -> bool:
    return len(_text(math)) <= _LONGEST_SYMBOL
