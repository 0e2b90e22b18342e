"""Entropies of a variable where another one has a value: "given $X = 1$", "when $Y = 0$"."""

from collections.abc import Sequence
from dataclasses import replace

from chainrule.inference.symbols import key
from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import words
from chainrule.sheets.information.argument_formulas import is_event
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import notations_of, parts_of
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math, Role, Task
from chainrule.syntax.tree import Relation, Tree

_LEADING = words(", given that if when for with once knowing assuming suppose supposing in the case event")
"""Words before a request that only say that what follows holds."""


def of_joint(task: Task, of: Sequence[Math]) -> list[Task]:
    """The task of variables; an entropy given that one has a value, "given $X = 1$", is written so, all else refused."""
    if not any(map(is_event, of)):
        return [replace(task, roles=(*(Role("asked", math) for math in of), *task.roles))]
    if task.quantity != "conditional_entropy" or len(of) != 2 or is_event(of[0]):
        return []
    name = f"H({of[0].text} \\mid {of[1].text})"
    return [replace(task, roles=(Role("asked", replace(of[1], name=name)), *task.roles))]


def conditioned(request: Request, tasks: Sequence[Task], others: Sequence[Math], known: Distributions) -> list[Task]:
    """The tasks of a request where variables have values, "for $X = 1$" or, before it, "Given that $X = 1$, find"."""
    before = [token for token in request.before if isinstance(token, Math)]
    plainly = all(token.text in _LEADING for token in request.before if isinstance(token, Word))
    made: list[Task] = []
    for task in tasks:
        said = (*(before if plainly else ()), *others, *task.math("mention"))
        inside = [tree for math in task.math("asked") for found in notations_of(math) for tree in map(key, found.arguments)]
        events = [math for math in said if is_event(math) and known.is_variable(math) and key(trees(math)[0]) not in inside]
        made += when(task, events) if events else [task]
    return made


def when(task: Task, events: Sequence[Math]) -> list[Task]:
    """The entropy of a variable "when $Y = 0$"; nothing else is made of what happened."""
    asked = task.math("asked")
    noted = [(math, notations_of(math)) for math in asked]
    of = [part for math, found in noted for part in (parts_of(found[0])[0] if found else [math])]
    plain = task.quantity == "entropy" and len(of) == len(events) == 1 and _name(of[0]) != _name(events[0])
    return of_joint(replace(task, quantity="conditional_entropy", roles=()), (*of, *events)) if plain else []


def _name(math: Math) -> list[Tree]:
    return [key(tree.sides[0] if isinstance(tree, Relation) else tree) for tree in trees(math)]
