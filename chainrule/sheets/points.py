"""The points of single parts: "b) the gradient of $L$ at $W = 0$" says nothing of the other parts."""

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from chainrule.sheets.sheet import Item, Math, Role, Task
from chainrule.source import Span

_REFERS = re.compile(
    r"\b(?:same|above|previous|earlier|these|those|this|that|given)\b.*\b(?:points?|values?|numbers?|weights)\b"
)
_BACK = re.compile(r"\b(?:points?|values?)\b.*\b(?:above|before|earlier)\b")


def with_points(tasks: Sequence[Task]) -> tuple[Task, ...]:
    """The tasks, where a point named in a part is one for all tasks of that part that name none.

    Without parts, or where a task refers back to a point, "at the same point", points are givens of the whole problem.
    """
    if any(_REFERS.search(task.text.lower()) or _BACK.search(task.text.lower()) for task in tasks):
        return tuple(_as_givens(task) for task in tasks)
    points: dict[str, tuple[Role, ...]] = {}
    for task in tasks:
        found = tuple(role for role in task.roles if role.name == "point")
        if task.part is not None and found:
            points.setdefault(task.part, found)
    return tuple(_at(task, points.get(task.part, ())) if task.part is not None else _as_givens(task) for task in tasks)


def _at(task: Task, points: tuple[Role, ...]) -> Task:
    own = any(role.name == "point" for role in task.roles)
    return task if own else replace(task, roles=task.roles + points)


def _as_givens(task: Task) -> Task:
    return replace(task, roles=tuple(Role("given", r.math) if r.name == "point" else r for r in task.roles))


def mark_points(items: Sequence[Item], tasks: Sequence[Task], own: Set[Span] = frozenset()) -> tuple[Item, ...]:
    """The points of single parts and what is to be shown, marked as what does not hold for the problem.

    own: parameters of one distribution alone.
    """
    claims = [math.span for task in tasks if task.form == "claim" for math in task.math("asked")]
    spans = {*claims, *own, *(math.span for task in tasks for math in task.math("point"))}
    return tuple(replace(i, illustration=True) if isinstance(i, Math) and i.span in spans else i for i in items)
