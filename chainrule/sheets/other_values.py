"""Requests that give another value than the text before them, "What is $y$? What is it for $w = 5$?": it holds for them alone.

A value in the first request of a lettered part is one for the whole part, as `points` reads it; in a later one those before it
keep theirs, and of those behind it that give none it is not clear which they mean; so it is in an item of a list.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from chainrule.errors import ChainruleError
from chainrule.inference.literals import is_literal
from chainrule.inference.symbols import key
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math, Role, Task
from chainrule.syntax.tree import Relation, Tree
from chainrule.typesetting import latex

_Item = tuple[str | None, int | None]
_FORMS = ("value", "derivative", "backward", "forward", "convexity")
_THERE = re.compile(
    r"\b(?:there|here|again|(?:this|that|these|those|the same|the new) (?:points?|values?|numbers?|weights?|inputs?))\b"
)
_ANEW = frozenset(
    ("now", "instead", "then", "next", "set", "change", "changed", "changes", "suppose", "replace", "becomes", "new")
)
"""One of these in a sentence that gives a second value says that it takes the place of the first."""
_NOTE = "for which of the values that are given it is asked is not clear"


def at_other_values(tasks: Sequence[Task], sentences: Sequence[Sentence]) -> list[Task]:
    """The tasks, where those of a request that changes a value have it as a point of their own, as have those behind a
    sentence that does, "Now let $w = 5$."
    """
    given = [each for sentence in sentences for token in sentence.tokens if isinstance(token, Math) for each in _values(token)]
    settings = [(s.place.part, math) for s in sentences for math in _set_anew(s, tasks, given)]
    found: list[Task] = []
    changed: dict[_Item, tuple[Role, ...]] = {}
    for task in tasks:
        here = _item(task, sentences)
        own = tuple(role for role in task.roles if role.name == "given" and _values(role.math))
        anew = None if _differ(own) else next((role.math for role in own if _changes(role.math, given)), None)
        set_before = [math for part, math in settings if part == task.part and math.span.start < task.span.end]
        if task.form not in _FORMS or task.again:
            found.append(task)
        elif anew is not None and (task.part is None or _asks_before(found, task.part, anew)):
            points = tuple(Role("point", role.math) for role in own)
            changed[here] = points
            found.append(
                replace(task, roles=(*(r for r in task.roles if r not in own), *_last(set_before, points)), again=True)
            )
        elif set_before:
            points = tuple(Role("point", role.math) for role in task.roles if role.name == "point" or role in own)
            kept = tuple(r for r in task.roles if r.name != "point" and r not in own)
            found.append(replace(task, roles=(*kept, *_last(set_before, points)), again=True))
        elif here in changed and not any(role.name in ("given", "point") for role in task.roles):
            goes_on = _sentence(task, sentences) == _sentence(found[-1], sentences) or _THERE.search(task.text.lower())
            found.append(replace(task, roles=(*task.roles, *changed[here]), again=True) if goes_on else _unclear(task))
        else:
            found.append(task)
    return found


def _item(task: Task, sentences: Sequence[Sentence]) -> _Item:
    """The part and the list item that a task stands in; a change in one says nothing of the next."""
    sentence = _sentence(task, sentences)
    return task.part, sentence.place.block if sentence is not None and sentence.place.nesting else None


def _sentence(task: Task, sentences: Sequence[Sentence]) -> Sentence | None:
    return next((each for each in sentences if each.span.start <= task.span.start < each.span.end), None)


def _differ(own: Sequence[Role]) -> bool:
    """Whether one request gives a name two values, of which neither takes the place of the other."""
    values: dict[Tree, str] = {}
    return any(values.setdefault(name, value) != value for role in own for name, value, _ in _values(role.math))


def _asks_before(tasks: Iterable[Task], part: str | None, math: Math) -> bool:
    return any(each.part == part and each.span.end <= math.span.start for each in tasks)


def _set_anew(sentence: Sentence, tasks: Sequence[Task], given: Sequence[tuple[Tree, str, int]]) -> list[Math]:
    """What a sentence sets to another value for all that is asked behind it."""
    said = {token.text for token in sentence.tokens if isinstance(token, Word)}
    own = {role.math.span for task in tasks for role in task.roles}
    maths = [token for token in sentence.tokens if isinstance(token, Math) and _values(token) and token.span not in own]
    anew = not _ANEW.isdisjoint(said) and any(_changes(math, given) for math in maths)
    worded = anew and any(math.name for math in maths)  # no formula of the text says it
    return maths if anew and (worded or _asks_before(tasks, sentence.place.part, maths[0])) else []


def _last(before: Sequence[Math], own: Sequence[Role]) -> tuple[Role, ...]:
    """What was set before a task, last for each name, and what it gives itself."""
    held: dict[Tree, Role] = {}
    for role in (*(Role("point", math) for math in before), *own):
        held.update({name: role for name, _, _ in _values(role.math)})
    return tuple(dict.fromkeys(held.values())) if held else tuple(own)


def _unclear(task: Task) -> Task:
    return replace(task, form="unknown", nearest=task.form, note=_NOTE)


def _values(math: Math) -> list[tuple[Tree, str, int]]:
    """The names that a formula gives numbers, those numbers, and where."""
    if math.illustration:
        return []
    try:
        trees = [tree for tree in statements(math) if isinstance(tree, Relation) and tree.operators == ("=",)]
        return [(key(tree.sides[0]), latex(tree.sides[1]), math.span.start) for tree in trees if is_literal(tree.sides[1])]
    except ChainruleError:
        return []


def _changes(math: Math, given: Sequence[tuple[Tree, str, int]]) -> bool:
    """Whether a formula gives a name another number than the text before it."""
    own = _values(math)
    if math.name and own:
        return True  # no formula of the text says it, but words
    before = {name: value for name, value, at in given if at < math.span.start}
    return any(name in before and before[name] != value for name, value, _ in own)
