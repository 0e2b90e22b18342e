"""Letters for results: behind "Find the entropy $H$ of $p$ in bits", the H of `2 - H` is `H(p)`, and 2 is a number of bits."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.clauses import Request
from chainrule.sheets.information.earlier import notation_of
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import applied, mentions_in, mentions_notation, notations_of
from chainrule.sheets.sheet import Math, Role, Task
from chainrule.syntax.tree import (
    Bracket,
    Call,
    Juxtaposition,
    Name,
    Product,
    Quotient,
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
    """The tasks with a unit for each formula that computes with quantities: that in which these were asked for before.

    What stands beside "their average" is in the unit of that.
    """
    found: list[Task] = []
    for task in (each for several in tasks for each in _one_by_one(several)):
        unit = _unit_before(task, found) if task.form == "value" and task.unit is None else None
        last = found[-1] if found else task
        if task.form == "information" and task.unit is None and last.related and last.unit and _is_apposed(last, task):
            unit = last.unit
        found.append(task if unit is None else replace(task, unit=unit))
    return found


def _one_by_one(task: Task) -> list[Task]:
    """A task for each formula where several are asked for, of which some compute with quantities."""
    asked = task.math("asked")
    if task.form != "value" or task.unit is not None or len(asked) < 2 or not any(map(_computes, asked)):
        return [task]
    others = tuple(role for role in task.roles if role.name != "asked")
    return [replace(task, roles=(Role("asked", math), *others)) for math in asked]


def _is_apposed(last: Task, task: Task) -> bool:
    """Whether nothing but a comma stands between two requests."""
    return task.span.source.text[last.span.end : task.span.start].strip() == ","


def _unit_before(task: Task, before: Sequence[Task]) -> str | None:
    """The one unit in which the quantities of a formula were asked for."""
    asked = task.math("asked")
    if len(asked) != 1 or not _computes(asked[0]):
        return None
    said = {key(part) for part in _parts(_body(asked[0]))}
    units = {each.unit for each in before if each.unit and each.form == "information" and said & _notation_in(each, asked[0])}
    return units.pop() if len(units) == 1 else None


def _notation_in(task: Task, math: Math) -> set[Tree]:
    """What a task asks for, as it may stand in this formula."""
    notation = notation_of(task)
    return {key(tree) for tree in trees(replace(math, name=notation, plain=False))} if notation else set()


def _computes(math: Math) -> bool:
    """Whether a formula computes with quantities of information, `2 - H(p)`, and says no unit by itself, as logarithms and
    `2^{H(p)}` do. A square of `H(p)` is in nats like any other formula, but that of the H found before is of that number.
    """
    if len(trees(math)) != 1:
        return False
    body = _body(math)
    parts = list(_parts(body))
    exponents = (part.exponent for part in parts if isinstance(part, Superscript))
    names = {part.text for part in parts if isinstance(part, Name)}
    said = not names.isdisjoint(("log", "ln", "lg")) or any(mentions_in(math, each) for each in exponents)
    of_letter = bool(math.name) and not mentions_notation(replace(math, name=""))
    return not said and _mentions(math, body) and (of_letter or _is_linear(math, body))


def _is_linear(math: Math, body: Tree) -> bool:
    """Whether a part of a formula is numbers times quantities, and their sums."""
    match body:
        case Sum(terms=terms):
            return all(_is_linear(math, term) for term in terms)
        case Quotient(numerator=above, denominator=below):
            return _is_linear(math, above) and not _mentions(math, below)
        case Product(factors=factors):
            return all(_is_linear(math, each) for each in factors) and sum(_mentions(math, each) for each in factors) < 2
        case Juxtaposition(items=items) if len(items) > 2:
            pairs = [part for part in _parts(body) if isinstance(part, Juxtaposition) and len(part.items) == 2]
            powers = any(isinstance(item, Superscript) for item in items)
            return not powers and sum(mentions_in(math, pair) for pair in pairs) < 2
        case Bracket(items=(inside,)):
            return _is_linear(math, inside)
        case _:
            inside = taken[1].items if (taken := applied(body)) is not None else (body,)
            return not any(_mentions(math, each) for each in inside)


def _mentions(math: Math, body: Tree) -> bool:
    return any(mentions_in(math, part) for part in _parts(body))


def _body(math: Math) -> Tree:
    """What a formula computes: the right side of an equation."""
    (tree,) = trees(math)
    return tree.sides[-1] if isinstance(tree, Relation) else tree


def _parts(tree: Tree) -> Iterator[Tree]:
    """The parts of a formula, `H(p)` of the flat `3 H(p)` and of `H(p)^2` too."""
    for part in walk(tree):
        yield part
        for head, behind in pairwise(part.items if isinstance(part, Juxtaposition) else ()):
            inside = behind.base if isinstance(behind, Superscript) else behind
            if isinstance(inside, Bracket):
                yield Juxtaposition((head, inside))
