r"""Probabilities of outcomes, read from tables: `P(A)`, `P(X = 0)`, `p(0, 1)`; of a joint table `P(X = 0)` is a sum."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from chainrule.errors import NameFault
from chainrule.inference.distributions.event_probabilities import probability_of
from chainrule.inference.distributions.labels import Table, label_of, said, variable_of
from chainrule.inference.distributions.spelled import event_below
from chainrule.inference.resolved import Entry
from chainrule.inference.symbols import Symbol, could_be_name, join_spans, key, span_text
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Juxtaposition, Quotient, Relation, Subscript, Sum, Tree

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader

Positions = tuple[int | None, ...]
"""Counted from 1 along every axis; None for the sum along an axis."""


def with_entries(reader: "Reader", tree: Juxtaposition) -> Juxtaposition:
    """The product with every `p(A)` as an entry of p. Raises NameFault for a label that p does not have."""
    items: list[Tree] = []
    for item in tree.items:
        entry = entry_of(reader, items[-1], item) if items else None
        items[-1:] = [items[-1], item] if items and entry is None else [item if entry is None else entry]
    return tree if len(items) == len(tree.items) else replace(tree, items=tuple(items))


def entry_of(reader: "Reader", name: Tree, behind: Tree) -> Tree | None:
    """What a name with a bracket behind it is, if it is a probability of a table; None for everything else.

    Raises NameFault where the table does not have the outcome, or two tables of this letter have it.
    """
    tables = _tables(reader, name)
    if isinstance(name, Subscript) and not tables and not reader.knows(name) and isinstance(behind, Bracket):
        event = event_below(name, behind)
        return None if event is None else probability_of(reader, name.base, event, join_spans((name, behind)))
    if not tables or not isinstance(behind, Bracket) or behind.kind not in "([" or not behind.items:
        return None
    span = join_spans((name, behind))
    if reader.knows(Juxtaposition((name, behind))):
        return None
    wholes = [Symbol(own, span=span) for own, table in tables.items() if _is_whole(table, behind)]
    values = [value for own, table in tables.items() for value in _values(own, table, behind, span)]
    found = wholes or [value for value in values if isinstance(value, Entry)] or values
    if len(found) == 1:
        return found[0]
    known = "; ".join(", ".join(map(said, labels)) for table in tables.values() for labels in table.labels)
    worked_out = None if found else probability_of(reader, name, behind, span)
    if worked_out is not None:
        return worked_out
    hint = f"its labels are {known}" if known else "its outcomes have no labels"
    if found:
        message = f"{span_text(span)} can be of {' or '.join(map(said, tables))}"
        raise NameFault("ambiguous-outcome", message, span, "write the random variable, as in P(X = 0)")
    message = f"{span_text(name.span)} gives no value to {', '.join(said(item) for item in behind.items)}"
    raise NameFault("unknown-label", message, behind.span, hint)


def _tables(reader: "Reader", name: Tree) -> Mapping[Tree, Table]:
    """The tables of a letter: its own, or those of several random variables, `p(X)` and `p(X, Y)`."""
    if not could_be_name(name):
        return {}
    own = key(name)
    return {
        each: table
        for each, table in reader.tables.items()
        if each == own or (isinstance(each, Juxtaposition) and each.items[0] == own)
    }


def _is_whole(table: Table, behind: Bracket) -> bool:
    """Whether `P(X)` and `P(x)` stand for all the probabilities, no x being an outcome."""
    outcomes = {label for labels in table.labels for label in labels}
    variables = tuple(map(variable_of, behind.items))
    return bool(table.variables) and variables == table.variables and outcomes.isdisjoint(map(label_of, behind.items))


def _values(name: Tree, table: Table, behind: Bracket, span: Span | None) -> Iterator[Tree]:
    r"""The probability of what stands in the bracket: at most one. Of a joint table `P(Y = 1 \mid X = 0)` is a quotient."""
    whole = _positions(table, behind.items)
    conditional, asked = _bar(name), _bar(behind)
    if whole is None or (conditional and (conditional != asked or None in whole)):
        return
    if conditional and not _of_same(table, behind, conditional):
        return
    if conditional or not asked:
        yield _total(name, table, whole, span)
        return
    condition = _positions(table, behind.items[asked:])
    if condition is not None:
        yield Quotient(_total(name, table, whole, span), _total(name, table, condition, span), span=span)


def _of_same(table: Table, behind: Bracket, bar: int) -> bool:
    """Whether the variables before the bar are those of the table, so that `P(X = 0 \\mid Y = 1)` is not that of Y given X."""
    named = [variable_of(item.sides[0]) for item in behind.items[:bar] if isinstance(item, Relation)]
    return set(named) <= set(table.variables[:bar])


def _bar(tree: Tree) -> int:
    r"""How many places stand before the bar of `P(Y \mid X)`; 0 where there is none."""
    bracket = tree.items[1] if isinstance(tree, Juxtaposition) else tree
    return bracket.separators.index("|") + 1 if isinstance(bracket, Bracket) and "|" in bracket.separators else 0


def _total(name: Tree, table: Table, positions: Positions, span: Span | None) -> Tree:
    """An entry, or the sum of those along the axes that are left open."""
    ranges = [
        range(1, len(labels) + 1) if place is None else (place,) for place, labels in zip(positions, table.labels, strict=True)
    ]
    entries = tuple(Entry(Symbol(name, span=span), each, span=span) for each in product(*ranges))
    return entries[0] if len(entries) == 1 else Sum((1,) * len(entries), entries, span=span)


def _positions(table: Table, items: Sequence[Tree]) -> Positions | None:
    """Where an outcome stands; None where the table does not have it. A random variable that is not named is left open."""
    found: dict[int, int] = {}
    if len(table.labels) == 1 and len(items) > 1 and not any(isinstance(item, Relation) for item in items):
        items = (Bracket("(", tuple(items), (",",) * (len(items) - 1)),)
    named = all(isinstance(item, Relation) for item in items)
    for place, item in enumerate(items):
        axis, label = place, item
        if isinstance(item, Relation) and item.operators == ("=",):
            variable, label = item.sides
            axis = _axis(table, variable_of(variable), place)
        labels = table.labels[axis] if 0 <= axis < len(table.labels) else ()
        if label_of(label) not in labels or axis in found:
            return None
        found[axis] = labels.index(label_of(label)) + 1
    if len(found) < len(table.labels) and not (named and table.variables):
        return None
    return tuple(found.get(axis) for axis in range(len(table.labels))) if table.labels else None


def _axis(table: Table, variable: Tree, place: int) -> int:
    """The axis of a random variable, -1 where the table has others; without any they stand in order."""
    if not table.variables:
        return place
    return table.variables.index(variable) if variable in table.variables else -1
