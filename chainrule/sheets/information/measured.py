"""Formulas with entropies and divergences in them that are asked for in a unit: "Compute $H(R) - H(P)$ in bits"."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import NEUTRAL, REFERENCES
from chainrule.sheets.information.moments import is_moment
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import mentions_in, notations_of, pieces_of
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math, Task
from chainrule.sheets.units import units_in, without_units
from chainrule.syntax.tree import Call, Font, Name, Number, Superscript, Tree, walk

_UNITS = {2: "bits", 10: "base 10"}


def without_measure(request: Request) -> tuple[Request, tuple[str, ...]]:
    """The request without the words for units, and those; as it is where nothing else is left but "it" and the like."""
    units = units_in(pieces_of((*request.before, *request.tokens)))
    tokens = without_units(request.tokens)
    if not units or all(isinstance(token, Word) and token.text in NEUTRAL | REFERENCES for token in tokens):
        return request, ()
    return replace(request, tokens=tokens), units


def with_measure(tasks: Iterable[Task], units: Sequence[str]) -> list[Task]:
    """The tasks in these units; none where one of them cannot be, as it asks for anything but values.

    Whether a formula without an entropy in it, a name, has a unit is seen where it is worked out. That derivatives are in nats
    is left out before (`natural_units.py`), where no other logarithm is in the text.
    An entropy alone is none of them: that it is no request for information says that a word beside it is not known.
    A power of an entropy, `2^{H(P)}`, says by its base in which unit that is. Beside an entropy a moment has no unit.
    """
    found: list[Task] = []
    for whole in tasks:
        moments, task = _parted(whole)
        found += moments
        asked = task.math("asked")
        own = {unit for math in asked for unit in _units_of_powers(math)}
        alone = bool(asked) and all(map(notations_of, asked))
        measured = task.form == "value" and bool(asked) and (not alone or bool(moments))
        if units and task.form != "repeat" and not measured:
            return []
        if len(own) > 1 or (own and units and own != set(units)):
            return []
        said = (*own, *units) if measured or own else ()
        found += [replace(task, unit=unit) for unit in dict.fromkeys(said)] or [task]
    return found


def _parted(task: Task) -> tuple[list[Task], Task]:
    """The task for the moments among the values that one asks for, if there are other values, and the task for these."""
    moments = [role for role in task.roles if role.name == "asked" and is_moment(role.math)]
    rest = [role for role in task.roles if role not in moments]
    if task.form != "value" or not moments or all(role.name != "asked" for role in rest):
        return [], task
    others = (role for role in rest if role.name != "asked")
    return [replace(task, roles=(*moments, *others))], replace(task, roles=tuple(rest))


def _units_of_powers(math: Math) -> set[str]:
    """The units of the entropies in exponents, by the bases."""
    units: set[str] = set()
    for part in (part for tree in trees(math) for part in walk(tree)):
        match part:
            case Superscript(base=base, exponent=exponent) if mentions_in(math, exponent):
                units |= {_unit_of(base)} - {""}
            case Call(function=Name(text="\\exp" | "exp"), arguments=arguments) if any(mentions_in(math, a) for a in arguments):
                units.add("nats")
            case _:
                pass
    return units


def _unit_of(base: Tree) -> str:
    match base:
        case Number(value=value) if value > 1 and value.denominator == 1:
            return _UNITS.get(int(value), f"base {value}")
        case Name(text="e") | Font(body=Name(text="e")):
            return "nats"
        case _:
            return ""
