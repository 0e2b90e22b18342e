"""The points of single parts: "b) the gradient of $L$ at $W = 0$" says nothing of the other parts."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

from chainrule.sheets.clauses import Request
from chainrule.sheets.notation import look
from chainrule.sheets.other_values import at_other_values
from chainrule.sheets.sentences import Sentence
from chainrule.sheets.sheet import Item, Math, Role, Task
from chainrule.source import Span

_REFERS = re.compile(
    r"\b(?:same|above|previous|earlier|these|those|this|that|given)\b.*\b(?:points?|values?|numbers?|weights)\b"
)
_SAME = re.compile(
    r"\b(?:for|at|with|using) (?:exactly )?the same (?:two |three )?"
    r"(?:(?:parameters?|rates?|means|variances|distributions?|vectors?|inputs?|logits|arguments?)\b|\$|\\\()"
)
_PART = re.compile(r"\b(?:as|from|of) (?:in )?(?:part |exercise |question )?\(?([a-z]|\d)\)?(?= |$|[.,;?])")
_THERE = re.compile(r"\b(?:there|here|at (?:this|that|the same|the above|the latter) point)\b", re.IGNORECASE)
_AT_POINTS = ("value", "derivative", "information", "claim")
_BACK = re.compile(r"\b(?:points?|values?)\b.*\b(?:above|before|earlier)\b")


def with_points(tasks: Sequence[Task], sentences: Sequence[Sentence]) -> tuple[Task, ...]:
    """The tasks with the points that hold for each; a value that changes one given before is a point too."""
    return _with_points(at_other_values(tasks, sentences))


def _with_points(tasks: Sequence[Task]) -> tuple[Task, ...]:
    """The tasks, where a point named in a part is one for all tasks of that part that name none.

    Without parts, or where a task refers back to a point, "at the same point", points are givens of the whole problem.
    """
    placed_anew = [_of_part(task, tasks) for task in tasks]
    if any(new is not old for new, old in zip(placed_anew, tasks, strict=True)):
        return _with_points(list(_same_as_last(placed_anew)))
    said = [task.text.lower() for task in tasks if not task.again]
    if any(pattern.search(each) for pattern in (_REFERS, _BACK, _SAME) for each in said):
        return tuple(_carried_on(_as_givens(task) for task in tasks))
    points: dict[str, tuple[Role, ...]] = {}
    for task in tasks:
        found = _points(task)
        if task.part is not None and found and not task.again:
            points.setdefault(task.part, found)
    placed = [_at(task, points.get(task.part, ())) if task.part is not None else _as_givens(task) for task in tasks]
    return tuple(_where_the_steps_are(_carried_on(placed)))


def _says_same(task: Task) -> bool:
    return any(pattern.search(task.text.lower()) for pattern in (_REFERS, _SAME))


def _of_part(task: Task, tasks: Sequence[Task]) -> Task:
    """The task with the point of the part that it names, "at the same $q$ as in (a)"; as it is where that has none."""
    if task.again or not _says_same(task):
        return task
    part = match[1] if (match := _PART.search(task.text)) else None
    found = next((points for each in tasks if each.part == part and (points := _points(each))), ())
    return replace(_at(task, found), again=True) if part and found else task


def _same_as_last(tasks: Iterable[Task]) -> Iterator[Task]:
    """The tasks, where one "at the same point" has that of the last one before it that has one."""
    last: tuple[Role, ...] = ()
    for task in tasks:
        refers = bool(last) and not task.again and not _points(task) and _says_same(task)
        yield replace(_at(task, last), again=True) if refers else task
        last = _points(task) or last


def _points(task: Task) -> tuple[Role, ...]:
    return tuple(role for role in task.roles if role.name == "point")


def _carried_on(tasks: Iterable[Task]) -> Iterator[Task]:
    """The tasks, where one that is asked "there" or "at this point" has the point of the last one before it that has one."""
    last: tuple[Role, ...] = ()
    for task in tasks:
        own = _points(task)
        said = own or any(role.name in ("given", "listed") for role in task.roles)
        last = own or last
        refers = task.form in (*_AT_POINTS, "convexity") and not said and _THERE.search(task.text)
        yield _at(task, last) if refers else task


def _at(task: Task, points: tuple[Role, ...]) -> Task:
    own = any(role.name == "point" for role in task.roles)
    return task if own else replace(task, roles=task.roles + points)


def _where_the_steps_are(tasks: Iterable[Task]) -> Iterator[Task]:
    """The tasks, where one that asks what steps lead to has the point at which those begin."""
    begun: tuple[Role, ...] = ()
    for task in tasks:
        if task.form == "descent" and not task.again:
            begun = _points(task)
        yield _at(task, begun) if task.form == "descent" else task


def with_own_points(tasks: Sequence[Task], request: Request) -> list[Task]:
    """The tasks of a request at one of several points, which holds for each of them alone; unknown where one passed over it."""
    return [_at_own(task, request) for task in tasks]


def _at_own(task: Task, request: Request) -> Task:
    spans = {math.span for math in request.points}
    if spans - {role.math.span for role in task.roles} or (spans and task.form not in _AT_POINTS):
        return replace(task, form="unknown")
    kept = tuple(role for role in task.roles if role.math.span not in spans)
    points = tuple(Role("point", math) for math in request.points)
    listed = tuple(Role("listed", math) for math in request.listed)
    return replace(task, roles=(*kept, *points, *listed), again=task.again or bool(points))


def not_at_points(tasks: Sequence[Task], request: Request) -> list[Task]:
    """The tasks of requests at several points, of which some are not understood: those are named, all others too."""
    unknown = [task for task in tasks if task.form == "unknown"]
    note = "what it asks at several points is not understood"
    return unknown or [Task("unknown", request.place.part, request.span, request.text, note=note)]


def unread_points(request: Request, unread: str) -> Task:
    """The task of a request at values that are not understood."""
    note = f'the list of values is not understood at "{unread}"'
    return Task("unknown", request.place.part, request.span, request.text, note=note)


def _as_givens(task: Task) -> Task:
    """Points as givens, but for those that stand in the text without the names of their arguments."""
    if task.again:
        return task
    roles = (Role("given", r.math) if r.name == "point" and not r.math.name else r for r in task.roles)
    return replace(task, roles=tuple(roles))


def mark_points(items: Sequence[Item], tasks: Sequence[Task], own: Set[Span] = frozenset()) -> tuple[Item, ...]:
    """The points of single parts, orders where there are several, and what is to be shown, marked as what does not hold for the
    problem; without the lists of points, of which each task has its own.

    own: parameters of one distribution alone.
    """
    claims = [math.span for task in tasks if task.form == "claim" for math in task.math("asked")]
    orders = {math.span: math.text for task in tasks for math in task.math("order") if look(math) == "definition"}
    several = orders.keys() if len(set(orders.values())) > 1 else ()
    spans = {*claims, *own, *several, *(math.span for task in tasks for math in task.math("point"))}
    listed = {math.span for task in tasks for math in task.math("listed")}
    kept = (item for item in items if not (isinstance(item, Math) and item.span in listed))
    return tuple(replace(i, illustration=True) if isinstance(i, Math) and i.span in spans else i for i in kept)
