r"""Distributions that a problem says anew: beside its own `P(X = 0, Y = 0) = 1/2, ...` the joint table of an earlier problem
that it names does not hold.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from chainrule.inference.distributions.labels import variable_of
from chainrule.inference.literals import number
from chainrule.inference.symbols import is_probability
from chainrule.syntax.tree import Bracket, Juxtaposition, Relation, Tree


@dataclass(frozen=True)
class _Said:
    """What an equation says of the probability of some variables: one number, or a table."""

    variables: frozenset[Tree]
    given: frozenset[Tree]
    condition: tuple[Tree, ...]
    """The events behind the bar."""
    value: Fraction | None


def without_said_anew(others: Iterable[Tree], own: Iterable[Tree]) -> list[Tree]:
    """The statements but for the distributions of which the own statements give other ones, in full."""
    said = [found for each in own if (found := _said_in(each)) is not None]
    whole = [*_in_full(said), *(each for each in said if each.value is None)]
    return [each for each in others if (found := _said_in(each)) is None or not any(_replaces(one, found) for one in whole)]


def _replaces(own: _Said, other: _Said) -> bool:
    """Whether the other one cannot hold beside the own one: it is of the same variables, or of one of them."""
    if own.given:
        return bool(own.variables & other.variables) and other.given in (own.given, frozenset())
    if other.given:
        return own.variables >= other.variables | other.given
    return bool(own.variables & other.variables)


def _in_full(said: Iterable[_Said]) -> list[_Said]:
    """Those of which the probabilities are said one by one and sum to one, for every condition."""

    def kind(each: _Said) -> str:
        return f"{sorted(map(str, each.variables))} {sorted(map(str, each.given))}"

    found: list[_Said] = []
    for _, group in groupby(sorted((each for each in said if each.value is not None), key=kind), key=kind):
        listed = list(group)
        sums: dict[tuple[Tree, ...], Fraction] = {}
        for each in listed:
            sums[each.condition] = sums.get(each.condition, Fraction(0)) + (each.value or 0)
        if all(total == 1 for total in sums.values()):
            found.append(listed[0])
    return found


def _said_in(statement: Tree) -> _Said | None:
    r"""What `P(X = 0, Y = 1) = 1/4` and `p(X, Y) = \{...\}` say; None of anything else."""
    match statement:
        case Relation(operators=("=",), sides=(Juxtaposition(items=(head, Bracket(kind="(", items=items) as bracket)), body)):
            pass
        case _:
            return None
    table = isinstance(body, Bracket) and body.kind == "{"
    value = None if table else number(body)
    if not is_probability(head) or not items or (value is None and not table):
        return None
    bar = bracket.separators.index("|") + 1 if "|" in bracket.separators else len(items)
    events = [each for each in items if isinstance(each, Relation) and each.operators == ("=",)]
    if not table and len(events) != len(items):
        return None
    names = [variable_of(each.sides[0] if isinstance(each, Relation) else each) for each in items]
    exact = None if value is None else Fraction(value)
    return _Said(frozenset(names[:bar]), frozenset(names[bar:]), tuple(items[bar:]), exact)
