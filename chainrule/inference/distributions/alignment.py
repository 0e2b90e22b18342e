"""Tables of one problem on common outcomes: one order of the labels, and probability 0 where a table lacks one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TypeVar

from chainrule.errors import Diagnostic
from chainrule.inference.distributions.labels import Table, enumerated, pair_of, said, variable_of
from chainrule.inference.literals import number
from chainrule.inference.ranks import SCALAR
from chainrule.inference.statements import Definition, Given, Item
from chainrule.inference.symbols import is_probability, span_text
from chainrule.syntax.tree import Bracket, Juxtaposition, Matrix, Number, Tree

T = TypeVar("T")
Axes = tuple[tuple[Tree, ...], ...]
ZERO = Number(Fraction(0))


@dataclass
class _Outcomes:
    """Labels that several axes share, in the order of the first; place: which axis of how many they are of."""

    axes: int
    place: int
    variable: Tree | None
    labels: dict[Tree, None] = field(default_factory=dict[Tree, None])

    def fits(self, table: Table, place: int) -> bool:
        """Whether an axis has outcomes of this kind: labels in common, and no other random variable."""
        own = _variable(table, place)
        if self.variable is None or own is None:
            alike = (self.axes, self.place) == (len(table.labels), place)
        else:
            alike = self.variable == own
        return alike and any(label in self.labels for label in table.labels[place])


def _variable(table: Table, place: int) -> Tree | None:
    return table.variables[place] if len(table.variables) == len(table.labels) else None


def named_apart(items: Iterable[Item]) -> list[Item]:
    """The items with the whole head as the name where one letter has tables of several variables, `p(X)` beside `p(X, Y)`."""
    listed = list(items)
    heads: dict[Tree, set[tuple[Tree, ...]]] = {}
    for item in listed:
        if isinstance(item, Definition | Given) and item.table is not None:
            heads.setdefault(item.name, set()).add(item.table.variables)
        elif isinstance(item, Definition) and item.parameters and is_probability(item.name):
            heads.setdefault(item.name, set()).add(tuple(map(variable_of, item.parameters)))

    def named(item: Item) -> Item:
        if not isinstance(item, Definition | Given) or item.table is None or not item.table.variables:
            return item
        if len(heads[item.name]) < 2:
            return item
        bracket = Bracket("(", item.table.variables, (",",) * (len(item.table.variables) - 1))
        return replace(item, name=Juxtaposition((item.name, bracket), span=item.name.span))

    return [named(item) for item in listed]


def without_events(items: Iterable[Item]) -> tuple[list[Item], list[Diagnostic]]:
    """The items without `X = 1`, where a table has 1 as an outcome of X: it is an event, and X no number."""
    listed = list(items)
    tables = [item.table for item in listed if isinstance(item, Definition | Given) and item.table is not None]
    axes = [pair for table in tables for pair in zip(table.variables, table.labels, strict=False)]
    outcomes = {(variable, number(label)) for variable, labels in axes for label in labels} - {(v, None) for v, _ in axes}
    kept: list[Item] = []
    notes: list[Diagnostic] = []
    for item in listed:
        value = item.literal.rows[0][0] if isinstance(item, Given) and item.table is None else None
        if isinstance(item, Given) and item.literal.kinds == frozenset((SCALAR,)) and (item.name, value) in outcomes:
            message = (
                f"{said(item.name)} is a random variable: {span_text(item.span)} is one of its outcomes, and no value of it"
            )
            notes.append(Diagnostic("note", "event", message, item.span))
        else:
            kept.append(item)
    return kept, notes


def aligned(items: Iterable[Item]) -> tuple[list[Item], list[Diagnostic]]:
    """The items with all tables on common outcomes, and a note for each table that lacks one (`missing-outcome`)."""
    listed = list(items)
    groups: list[_Outcomes] = []
    shared: dict[int, list[_Outcomes]] = {}
    for at, item in enumerate(listed):
        if isinstance(item, Definition | Given) and item.table is not None and item.table.labels:
            shared[at] = [_group(groups, item.table, place) for place in range(len(item.table.labels))]
    notes: list[Diagnostic] = []
    for at, axes in shared.items():
        item = listed[at]
        if isinstance(item, Definition | Given) and item.table is not None:
            listed[at] = new = _on(item, item.table, tuple(tuple(axis.labels) for axis in axes))
            if new.table is not None and new.table.added:
                notes.append(_missing(new, new.table.added))
    return listed, notes


def _group(groups: list[_Outcomes], table: Table, place: int) -> _Outcomes:
    """The first outcomes that an axis shares, or new ones; its labels are theirs from here on."""
    found = next((group for group in groups if group.fits(table, place)), None)
    if found is None:
        found = _Outcomes(len(table.labels), place, _variable(table, place))
        groups.append(found)
    found.variable = found.variable or _variable(table, place)
    found.labels.update(dict.fromkeys(table.labels[place]))
    return found


def _missing(item: Definition | Given, added: Sequence[Tree]) -> Diagnostic:
    name = said(item.name)
    each = "it is 0" if len(added) == 1 else "each has probability 0"
    message = f"{name} gives no probability to {enumerated([*map(said, added)])}: {each} there"
    return Diagnostic("note", "missing-outcome", message, item.name.span or item.span)


def _on(item: Definition | Given, table: Table, axes: Axes) -> Definition | Given:
    """The item with its values in the order of these labels, 0 where it has none."""
    if axes == table.labels:
        return item
    own = set(_outcomes(table.labels)) - set(table.added)
    new = replace(table, labels=axes, added=tuple(label for label in _outcomes(axes) if label not in own))
    if isinstance(item, Given):
        return replace(
            item, literal=replace(item.literal, rows=_placed(item.literal.rows, table, axes, Fraction(0))), table=new
        )
    if isinstance(item.body, Matrix):
        return replace(item, body=replace(item.body, rows=_placed(item.body.rows, table, axes, ZERO)), table=new)
    items = item.body.items if isinstance(item.body, Bracket) else ()
    values = tuple(value for row in _placed([(each,) for each in items], table, axes, ZERO) for value in row)
    listed = Bracket("[", values, (",",) * (len(values) - 1), span=item.body.span)
    return replace(item, body=listed, table=new)


def _placed(cells: Sequence[Sequence[T]], table: Table, axes: Axes, zero: T) -> tuple[tuple[T, ...], ...]:
    """The cells in the order of new labels; zero where there is none."""
    rows = {label: at for at, label in enumerate(table.labels[0])}
    if len(axes) == 1:
        return tuple((cells[rows[label]][0] if label in rows else zero,) for label in axes[0])
    columns = {label: at for at, label in enumerate(table.labels[1])}
    return tuple(tuple(cells[rows[a]][columns[b]] if a in rows and b in columns else zero for b in axes[1]) for a in axes[0])


def _outcomes(axes: Axes) -> list[Tree]:
    """Every outcome: a label, or a pair of them."""
    return [pair_of(first, second) for first in axes[0] for second in axes[1]] if len(axes) == 2 else list(axes[0])
