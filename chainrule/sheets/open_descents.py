"""Gradient descent of which one sentence says how it is made, and a later one how many steps: "Give the first two iterates"."""

from collections.abc import Sequence
from dataclasses import replace

from chainrule.sheets.descent import OPEN
from chainrule.sheets.sheet import Task


def without_open(tasks: Sequence[Task]) -> list[Task]:
    """The tasks without the one of which a later one says how many steps are made; where none does, nothing tells that."""
    kept: list[Task] = []
    for index, task in enumerate(tasks):
        if task.form != "descent" or task.order != OPEN:
            kept.append(task)
        elif task.note and not any(each.form == "descent" and each.order != OPEN for each in tasks[index + 1 :]):
            kept.append(replace(task, form="unknown", order=1))
    return kept
