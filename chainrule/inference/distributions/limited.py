"""Conditions on what is drawn: `X > 0` beside `X \\sim \\mathcal{N}(0, 1)` makes another distribution of it."""

from collections.abc import Iterator, Mapping, Sequence

from chainrule.errors import Diagnostic
from chainrule.inference.distributions.families import Instance
from chainrule.inference.distributions.intervals import ABOVE, BELOW, Interval, interval_of
from chainrule.inference.distributions.labels import RANDOM
from chainrule.inference.literals import number
from chainrule.inference.symbols import key, span_text
from chainrule.syntax.tree import Bracket, Name, Relation, Tree

COMPARING = frozenset((*BELOW, *ABOVE, "\\ne", "\\neq", "≠"))


def without_conditions(
    statements: Sequence[Tree], families: Mapping[Tree, Instance]
) -> tuple[list[Tree], dict[Tree, Diagnostic]]:
    """The statements without conditions on random variables of families, and an error for each of these variables.

    Where all outcomes of the family fulfil a condition, as `X > 0` of an exponential one, it says nothing new and stays.
    """
    kept: list[Tree] = []
    broken: dict[Tree, Diagnostic] = {}
    for statement in statements:
        limited = [name for name in _compared(statement, families) if not _holds(statement, name, families[name])]
        if not limited:
            kept.append(statement)
        for name in limited:
            said = span_text(statement.span)
            message = (
                f"{said} is a condition on {span_text(name.span)}, which has another distribution then; it is not worked out"
            )
            hint = "leave it out, or write the density under the condition, by cases"
            broken[key(name)] = Diagnostic("error", "condition-not-used", message, statement.span, hint)
    return kept, broken


def _compared(statement: Tree, families: Mapping[Tree, Instance]) -> Iterator[Tree]:
    """The random variables that are a side of a comparison."""
    if isinstance(statement, Relation) and COMPARING.issuperset(statement.operators):
        for side in statement.sides:
            if isinstance(side, Name) and side.text in RANDOM and key(side) in families:
                yield side


def _holds(statement: Tree, name: Tree, instance: Instance) -> bool:
    """Whether all outcomes fulfil a condition; one equal to the end of a support counts as inside."""
    stated = interval_of(statement, key(name))
    if stated is None:
        return False
    places = (*instance.places, *(value for _, value in instance.named))
    fitting = [family for family in instance.families if len(family.parameters) == len(places)]
    supports = [family.support.notation(*places) for family in fitting]
    return bool(supports) and all(_is_inside(_ends(support, key(name)), stated) for support in supports)


def _ends(support: Tree, name: Tree) -> Interval | None:
    if isinstance(support, Bracket) and support.kind == "{":
        own = interval_of(Relation(("\\in",), (name, support)), name)
        return own or Interval(support.items[0], support.items[-1])
    return interval_of(Relation(("\\in",), (name, support)), name)


def _is_inside(own: Interval | None, stated: Interval) -> bool:
    if own is None:
        return False
    return _reaches(own.lower, stated.lower, 1) and _reaches(own.upper, stated.upper, -1)


def _reaches(own: Tree | None, stated: Tree | None, sign: int) -> bool:
    """Whether an end of a support is not beyond the one that is stated."""
    if stated is None or own == stated:
        return True
    mine, theirs = (None if end is None else number(end) for end in (own, stated))
    return mine is not None and theirs is not None and sign * mine >= sign * theirs
