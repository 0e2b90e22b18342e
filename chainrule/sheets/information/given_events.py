"""Entropies of a variable where another one has a value: "given $X = 1$", "when $Y = 0$"."""

from collections.abc import Sequence
from dataclasses import replace

from chainrule.sheets.information.argument_formulas import is_event
from chainrule.sheets.quantity_words import notations_of, parts_of
from chainrule.sheets.sheet import Math, Role, Task


def of_joint(task: Task, of: Sequence[Math]) -> list[Task]:
    """The task of variables; an entropy given that one has a value, "given $X = 1$", is written so, all else refused."""
    if not any(map(is_event, of)):
        return [replace(task, roles=(*(Role("asked", math) for math in of), *task.roles))]
    if task.quantity != "conditional_entropy" or len(of) != 2 or is_event(of[0]):
        return []
    name = f"H({of[0].text} \\mid {of[1].text})"
    return [replace(task, roles=(Role("asked", replace(of[1], name=name)), *task.roles))]


def when(task: Task, events: Sequence[Math]) -> list[Task]:
    """The entropy of a variable "when $Y = 0$"; nothing else is made of what happened."""
    asked = task.math("asked")
    noted = [(math, notations_of(math)) for math in asked]
    of = [part for math, found in noted for part in (parts_of(found[0])[0] if found else [math])]
    plain = task.quantity == "entropy" and len(of) == len(events) == 1
    return of_joint(replace(task, quantity="conditional_entropy", roles=()), (*of, *events)) if plain else []
