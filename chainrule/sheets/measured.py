"""Formulas with entropies and divergences in them that are asked for in a unit: "Compute $H(R) - H(P)$ in bits"."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from chainrule.sheets.clauses import Request
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import mentions_in, mentions_notation, notations_of, pieces_of
from chainrule.sheets.sheet import Math, Task
from chainrule.sheets.units import units_in, without_units
from chainrule.syntax.tree import Call, Font, Name, Number, Superscript, Tree, walk

_UNITS = {2: "bits", 10: "base 10"}


def without_measure(request: Request) -> tuple[Request, tuple[str, ...]]:
    """The request without the words for units, and those; as it is where no entropy stands in its formulas."""
    units = units_in(pieces_of((*request.before, *request.tokens)))
    if not any(isinstance(token, Math) and mentions_notation(token) for token in request.tokens):
        return request, ()
    return replace(request, tokens=without_units(request.tokens)), units


def with_measure(tasks: Iterable[Task], units: Sequence[str]) -> list[Task]:
    """The tasks in these units; none where one of them cannot be, as it asks for anything but such formulas.

    An entropy alone is none of them: that it is no request for information says that a word beside it is not known.
    A power of an entropy, `2^{H(P)}`, says by its base in which unit that is.
    """
    found: list[Task] = []
    for task in tasks:
        asked = task.math("asked")
        own = {unit for math in asked for unit in _units_of_powers(math)}
        measured = task.form == "value" and all(map(mentions_notation, asked)) and not all(map(notations_of, asked))
        if units and any(map(mentions_notation, task.math("asked", "of"))) and not measured:
            return []
        if len(own) > 1 or (own and units and own != set(units)):
            return []
        said = (*own, *units) if measured or own else ()
        found += [replace(task, unit=unit) for unit in dict.fromkeys(said)] or [task]
    return found


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
