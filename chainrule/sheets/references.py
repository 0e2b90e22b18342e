"""Tasks that refer to what was asked before: "and its gradient", "evaluate it at the point above"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.sheets.forms import DERIVATIVE_NOUNS
from chainrule.sheets.sheet import Group, Role, Task

_FORMULA = re.compile(r"\$[^$]*\$")
_PLURAL = frozenset(["their", "them", "these", "those", "answers", "results", "derivatives", "gradients", "partials", "each", "all"])
_POSSESSIVE = frozenset(("its", "their", "it", "them"))
_RESULTS = ("derivative", "backward", "value", "forward")


def resolve(task: Task, before: Sequence[Task]) -> list[Task]:
    """The task with what it refers to put in; unknown where nothing before it can be meant."""
    words = frozenset(re.findall(r"[a-z]+", _FORMULA.sub(" ", task.text).lower()))
    results = [earlier for earlier in before if earlier.form in _RESULTS]
    if task.form == "repeat":
        return _repeated(task, words, results)
    named = task.math("asked", "of") or task.named("of")
    if task.form == "derivative" and not named and words & _POSSESSIVE and results:
        return [_of_earlier(task, results[-1], bool(words & _PLURAL))]
    return [task]


def _repeated(task: Task, words: frozenset[str], results: Sequence[Task]) -> list[Task]:
    """The earlier tasks once more with these values: the last one, or all those of its part where several are meant."""
    meant = [earlier for earlier in results if earlier.form == "derivative" or not words & DERIVATIVE_NOUNS]
    if not meant:
        return [replace(task, form="unknown", nearest="repeat")]
    chosen = [earlier for earlier in meant if earlier.part == meant[-1].part] if words & _PLURAL else meant[-1:]
    return [_again(task, earlier) for earlier in chosen]


def _again(task: Task, earlier: Task) -> Task:
    kept = tuple(role for role in earlier.roles if role.name in ("asked", "of", "wrt"))
    return replace(earlier, part=task.part, span=task.span, text=task.text, roles=kept + task.roles)


def _of_earlier(task: Task, earlier: Task, several: bool) -> Task:
    """The derivative of the last quantity asked for, or of all of them where the task says "their"."""
    formulas = earlier.math("asked") or earlier.math("of")
    roles = tuple(Role("of", math) for math in (formulas if several else formulas[-1:]))
    names = earlier.named("asked") or earlier.named("of")
    groups = () if roles else tuple(Group("of", name) for name in (names if several else names[-1:]))
    return replace(task, roles=roles + task.roles, groups=groups + task.groups)
