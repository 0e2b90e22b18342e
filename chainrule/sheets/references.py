"""Tasks that refer to what was asked before: "and its gradient", "evaluate it at the point above"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.sheets.forms import DERIVATIVE_NOUNS
from chainrule.sheets.sheet import Group, Role, Task

_FORMULA = re.compile(r"\$[^$]*\$")
_PLURAL = frozenset(
    ["their", "them", "these", "those", "answers", "results", "derivatives", "gradients", "partials", "each", "all"]
)
_POSSESSIVE = frozenset(("its", "their", "it", "them"))
_RESULTS = ("derivative", "backward", "value", "forward", "information")


def resolve(task: Task, before: Sequence[Task], beside: Sequence[Task]) -> list[Task]:
    """The task with what it refers to put in; unknown where nothing before it can be meant.

    `before` are the tasks so far, `beside` those of them that the same sentence asks.
    """
    words = frozenset(re.findall(r"[a-z]+", _FORMULA.sub(" ", task.text).lower()))
    results = [earlier for earlier in before if earlier.form in _RESULTS]
    if task.form == "repeat":
        return _repeated(task, words, results)
    if task.form != "derivative" or task.math("asked", "of") or task.named("of"):
        return [task]
    if words & _POSSESSIVE and results:
        return [_of_earlier(task, results[-1], "their" in words or "them" in words)]
    return [_of_neighbour(task, beside[-1])] if beside else [task]


def _of_neighbour(task: Task, earlier: Task) -> Task:
    """ "The gradient of $L$ by $w$ and the gradient by $b$", "$L$ and the gradients": of what stands beside, if that is one."""
    if earlier.form == "derivative" and earlier.math("asked"):
        return replace(task, form="unknown", nearest="derivative")
    formulas = earlier.math("of") if earlier.form == "derivative" else earlier.math("asked")
    names = earlier.named("of") if earlier.form == "derivative" else ()
    if len(formulas) + len(names) != 1:
        return task
    roles = tuple(Role("of", math) for math in formulas)
    return replace(task, roles=roles + task.roles, groups=tuple(Group("of", name) for name in names) + task.groups)


def _repeated(task: Task, words: frozenset[str], results: Sequence[Task]) -> list[Task]:
    """The earlier tasks once more with these values: the last one, or all those of its part where several are meant."""
    meant = [earlier for earlier in results if earlier.form == "derivative" or not words & DERIVATIVE_NOUNS]
    if not meant and words & DERIVATIVE_NOUNS & _PLURAL:
        return [replace(task, form="derivative")]
    if not meant:
        return [replace(task, form="unknown", nearest="repeat")]
    chosen = [earlier for earlier in meant if earlier.part == meant[-1].part] if words & _PLURAL else meant[-1:]
    return [_again(task, earlier) for earlier in chosen]


def _again(task: Task, earlier: Task) -> Task:
    kept = tuple(role for role in earlier.roles if role.name in ("asked", "of", "wrt", "order"))
    unit = task.unit or earlier.unit
    return replace(earlier, part=task.part, span=task.span, text=task.text, roles=kept + task.roles, unit=unit)


def _of_earlier(task: Task, earlier: Task, several: bool) -> Task:
    """The derivative of the last quantity asked for, or of all of them where the task says "their"."""
    formulas = earlier.math("asked") or earlier.math("of")
    roles = tuple(Role("of", math) for math in (formulas if several else formulas[-1:]))
    names = earlier.named("asked") or earlier.named("of")
    groups = () if roles else tuple(Group("of", name) for name in (names if several else names[-1:]))
    return replace(task, roles=roles + task.roles, groups=groups + task.groups)
