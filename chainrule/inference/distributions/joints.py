r"""Where the distribution of random variables comes from: tables, families, conditional tables times their condition,
independence, and functions of variables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product as every_pair
from math import prod
from typing import TYPE_CHECKING

from chainrule.errors import NameFault
from chainrule.inference.distributions.families import read_member
from chainrule.inference.distributions.labels import RANDOM, Table, variable_of
from chainrule.inference.distributions.marginals import (
    CHAINED,
    INDEPENDENT,
    MARGINALS,
    Joint,
    cells_of,
    grouped,
    listed,
)
from chainrule.inference.distributions.stochastic import Group, value_at
from chainrule.inference.literals import number
from chainrule.inference.resolved import Applied
from chainrule.inference.symbols import Symbol, is_conditional, key, span_text
from chainrule.probability.families.supports import MOST_OUTCOMES
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Number, Product, Tree

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader

BY_PLACE = (Name("X"), Name("Y"))
MOST_COMBINED = 5000
"""So many outcomes may be gone through one by one, for the values of a function of random variables."""


def given_joints(reader: Reader) -> list[Joint]:
    """The distributions that tables give, conditional ones times the distribution of their condition."""
    return [*_tables(reader), *_products(reader)]


def of_tables(reader: Reader) -> list[Joint]:
    """Those of single tables that are not conditional."""
    return _tables(reader)


def of_products(reader: Reader) -> list[Joint]:
    """Those of conditional tables."""
    return _products(reader)


def unnamed(reader: Reader) -> Joint | None:
    """The joint table of a text that names no random variables: in its pairs X stands first, and Y second."""
    pairs = [(name, table) for name, table in reader.tables.items() if len(table.labels) == 2]
    named = any(table.variables for table in reader.tables.values()) or any(map(reader.knows, BY_PLACE))
    if len(pairs) != 1 or named:
        return None
    ((name, table),) = pairs
    return Joint(Symbol(name, span=name.span), replace(table, variables=BY_PLACE))


def drawn(reader: Reader, variable: Tree) -> Joint | None:
    r"""The distribution of the X of `X \sim \mathrm{Ber}(0.1)` and `X = \{0: 0.9, 1: 0.1\}`; None where it has none that is
    known outcome by outcome. Raises NameFault where the text parametrises the family in another way.
    """
    if variable in reader.tables:
        return of_own_table(reader, variable) if isinstance(variable, Name) and variable.text in RANDOM else None
    instance = reader.families.get(variable)
    member = read_member(reader, instance) if instance is not None else None
    if member is None or member.body is None:
        return None
    if member.parametrisation.against is not None:
        raise member.parametrisation.against.fault()
    labels = member.table.labels if member.table is not None else ()
    return Joint(member.body, Table(labels, (variable,)))


def of_own_table(reader: Reader, name: Tree) -> Joint | None:
    r"""The distribution with this name, of one variable: that of its table, else the one with the same letter,
    `X = \{0: 0.9, 1: 0.1\}`; None of any other name.
    """
    table = reader.tables.get(key(name))
    if table is None or len(table.variables) > 1 or len(table.labels) != 1 or condition_of(key(name)):
        return None
    return Joint(Symbol(key(name), span=name.span), replace(table, variables=table.variables or (variable_of(name),)))


def marginals(joint: Joint, wanted: Group) -> list[Joint]:
    """The distribution of some of its variables, in its order."""
    chosen = tuple(variable for variable in joint.variables if variable in wanted)
    if len(chosen) < len(wanted) or len(chosen) == len(joint.variables):
        return []
    if len(joint.variables) == 2 and not joint.is_listed:
        axis = joint.variables.index(chosen[0])
        body = Applied(MARGINALS[axis], (joint.body,), span=joint.body.span)
        return [Joint(body, Table(joint.table.labels[axis : axis + 1], chosen))]
    if len(chosen) > 2:
        cells = cells_of(joint) or []
        places = [joint.variables.index(variable) for variable in chosen]
        return [listed(((tuple(outcome[k] for k in places), entry) for outcome, entry in cells), chosen, joint.body)]
    found = grouped(joint, [(variable,) for variable in chosen])
    return [] if found is None else [found]


def independent(one: Joint, other: Joint, span: Span | None) -> Joint | None:
    """The product of two distributions; None where their outcomes are not known and one is of several variables.

    Raises NameFault where there are too many.
    """
    variables = (*one.variables, *other.variables)
    if len(variables) == 2 and not (one.is_listed or other.is_listed):
        labels = (*one.table.labels, *other.table.labels)
        return Joint(Applied(INDEPENDENT, (one.body, other.body), span=span), Table(labels, variables))
    first, second = cells_of(one), cells_of(other)
    if first is None or second is None:
        return None
    _check_count(len(first) * len(second), variables, span)
    pairs = (((*a, *b), Product("", (p, q))) for (a, p), (b, q) in every_pair(first, second))
    return listed(pairs, variables, one.body)


def with_function(joint: Joint, variable: Tree, body: Tree) -> Joint | None:
    """The distribution with one variable more, that is computed from the others; None where an outcome is no number for it."""
    _check_count(prod(map(len, joint.table.labels)), joint.variables, joint.body.span, MOST_COMBINED)
    cells = cells_of(joint)
    if cells is None:
        return None
    extended: list[tuple[tuple[Tree, ...], Tree]] = []
    for outcome, entry in cells:
        numbers = [(name, number(label)) for name, label in zip(joint.variables, outcome, strict=True)]
        value = value_at(body, {name: known for name, known in numbers if known is not None})
        if value is None:
            return None
        extended.append(((*outcome, Number(value, str(value))), entry))
    whole = listed(extended, (*joint.variables, variable), joint.body)
    return grouped(whole, [(each,) for each in whole.variables]) if len(whole.variables) == 2 else whole


def chained(inner: Joint, name: Tree, table: Table) -> Joint | None:
    r"""`P(Z \mid X, Y)` times the distribution of X and Y; None where outcomes are not known, or one has no condition here."""
    known, conditional = cells_of(inner), cells_of(Joint(Symbol(name, span=name.span), table))
    if known is None or conditional is None:
        return None
    weights = dict(known)
    places = [table.variables.index(variable) for variable in inner.variables]
    pairs = [(outcome, weights.get(tuple(outcome[k] for k in places)), entry) for outcome, entry in conditional]
    if {tuple(outcome[k] for k in places) for outcome, _, _ in pairs} != set(weights):
        return None
    cells = [(outcome, Product("", (weight, entry))) for outcome, weight, entry in pairs if weight is not None]
    whole = listed(cells, table.variables, inner.body)
    return grouped(whole, [(each,) for each in whole.variables]) if len(whole.variables) == 2 else whole


def _check_count(count: int, variables: Sequence[Tree], span: Span | None, most: int = MOST_OUTCOMES) -> None:
    if count > most:
        names = ", ".join(v.text if isinstance(v, Name) else span_text(v.span) for v in variables)
        message = f"the joint distribution of {names} has {count} outcomes, and {most} can be put together here at most"
        raise NameFault("too-large", message, span)


def condition_of(name: Tree) -> tuple[Tree, ...]:
    r"""The variables behind the bar of `P(Y \mid X)`."""
    bracket = name.items[1] if isinstance(name, Juxtaposition) and is_conditional(name) else None
    if not isinstance(bracket, Bracket) or "|" not in bracket.separators:
        return ()
    return bracket.items[bracket.separators.index("|") + 1 :]


def _tables(reader: Reader) -> list[Joint]:
    pairs = [(name, table) for name, table in reader.tables.items() if not condition_of(name)]
    found = (Joint(Symbol(name, span=name.span), table) for name, table in pairs)
    fitting = [j for j in found if not j.table.labels or len(j.variables) == len(j.table.labels) or j.is_listed]
    alone = unnamed(reader)
    return fitting if alone is None else [alone]


def _products(reader: Reader) -> list[Joint]:
    """Conditional tables times the distribution of their condition."""
    found: list[Joint] = []
    for name, table in reader.tables.items():
        condition = condition_of(name)
        if len(condition) != 1 or len(table.variables) != 2 or condition[0] not in table.variables:
            continue
        axis = table.variables.index(condition[0])
        for marginal in _of_one(reader, condition[0]):
            if marginal.table.labels == table.labels[axis : axis + 1] or () in (table.labels, marginal.table.labels):
                whole = Applied(CHAINED[axis], (Symbol(name, span=name.span), marginal.body), span=name.span)
                found.append(Joint(whole, replace(table, labels=table.labels if marginal.table.labels else ())))
    return found


def _of_one(reader: Reader, variable: Tree) -> Iterator[Joint]:
    """The distributions that the text gives of one variable."""
    yield from (joint for joint in _tables(reader) if joint.variables == (variable,))
    own = drawn(reader, key(variable))
    if own is not None:
        yield own
