"""Letters for results: behind "Find the entropy $H$ of $p$ in bits", the H of `2 - H` is `H(p)`, and 2 is a number of bits."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from chainrule.inference.literals import is_literal
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.clauses import Request
from chainrule.sheets.information.earlier import notation_of
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import mentions_in, notations_of
from chainrule.sheets.sheet import Math, Task
from chainrule.syntax.tree import (
    Bracket,
    Call,
    Juxtaposition,
    Name,
    Relation,
    Subscript,
    Sum,
    Superscript,
    Tree,
    transform,
    walk,
)
from chainrule.typesetting import latex


def with_letters(request: Request, before: Sequence[Task], known: Distributions) -> Request:
    """The request with the notations of earlier results in the place of the letters that those were asked for with.

    A letter for several results, and one that the text's own equations have, stays as it is.
    """
    meant: dict[Tree, str] = {}
    for task, letter in _lettered(before):
        notation = notation_of(task)
        meant[letter] = notation if meant.get(letter, notation) == notation else ""
    own = {key(part) for name, body in known.bodies.items() for part in (name, *walk(body)) if could_be_name(part)}
    meant = {letter: notation for letter, notation in meant.items() if notation and letter not in own}
    tokens = tuple(_written(token, meant) if isinstance(token, Math) else token for token in request.tokens)
    return request if tokens == request.tokens else replace(request, tokens=tokens)


def _lettered(tasks: Sequence[Task]) -> list[tuple[Task, Tree]]:
    """The tasks whose quantity the words call by a letter, with it."""
    asked = ((task, math) for task in tasks if task.form == "information" for math in task.math("mention"))
    found = ((task, tree) for task, math in asked for tree in trees(math) if could_be_name(tree) and not math.name)
    own = ((task, tree) for task, tree in found if all(tree not in trees(each) for each in task.math("asked")))
    return [(task, key(tree)) for task, tree in own]


def _written(math: Math, meant: dict[Tree, str]) -> Math:
    """The formula with notations for such letters, of an equation what it computes; a bare letter stays."""
    found = trees(math)
    if len(found) != 1 or could_be_name(found[0]) or not meant or notations_of(math):
        return math
    tree = found[0]
    body = tree.sides[-1] if isinstance(tree, Relation) and tree.operators == ("=",) else tree
    if not any(key(part) in meant for part in walk(body)) or not _stand_alone(body, meant):
        return math
    put = {letter: trees(replace(math, name=notation, plain=False))[0] for letter, notation in meant.items()}
    made = transform(body, lambda part: put.get(key(part), part) if could_be_name(part) else part)
    return replace(math, name=latex(made), plain=False)


def _stand_alone(body: Tree, meant: dict[Tree, str]) -> bool:
    """Whether no such letter has arguments, an index or a power of its own that makes another name of it."""
    for part in walk(body):
        match part:
            case Juxtaposition(items=items):
                heads = [a for a, b in pairwise(items) if isinstance(b, Bracket)]
            case Call(function=head) | Subscript(base=head):
                heads = [head]
            case _:
                heads = []
        if any(key(head) in meant for head in heads):
            return False
    return True


def with_earlier_units(tasks: Sequence[Task]) -> list[Task]:
    """The tasks with a unit for each sum of quantities and numbers: that in which the quantities were asked for before.

    What stands beside "their average" is in the unit of that.
    """
    found: list[Task] = []
    for task in tasks:
        units = _units_before(task, found) if task.form == "value" and task.unit is None else set[str]()
        last = found[-1] if found else task
        if task.form == "information" and task.unit is None and last.related and last.unit and _is_apposed(last, task):
            units = {last.unit}
        found.append(replace(task, unit=next(iter(units))) if len(units) == 1 else task)
    return found


def _is_apposed(last: Task, task: Task) -> bool:
    """Whether nothing but a comma stands between two requests."""
    return task.span.source.text[last.span.end : task.span.start].strip() == ","


def _units_before(task: Task, before: Sequence[Task]) -> set[str]:
    asked = [tree for math in task.math("asked") for tree in trees(math)]
    bodies = [tree.sides[-1] if isinstance(tree, Relation) else tree for tree in asked]
    if len(task.math("asked")) != 1 or not any(map(_adds_numbers, bodies, task.math("asked"))):
        return set()
    said = {latex(part) for body in bodies for part in walk(body)}
    return {each.unit for each in before if each.unit and each.form == "information" and notation_of(each) in said}


def _adds_numbers(body: Tree, math: Math) -> bool:
    """Whether a formula adds numbers without logarithms to quantities of information, `2 - H(p)`."""
    if not isinstance(body, Sum) or any(isinstance(part, Superscript) for part in walk(body)):
        return False
    names = {part.text for part in walk(body) if isinstance(part, Name)}
    numbers = any(is_literal(term) for term in body.terms)
    return numbers and names.isdisjoint(("log", "ln", "lg")) and any(mentions_in(math, term) for term in body.terms)
