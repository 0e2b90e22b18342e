r"""Probabilities of the outcomes of a family: `P(0)`, `P(X = 3)` of `X \sim \mathrm{Poisson}(2.5)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainrule.graph import build
from chainrule.graph.node import Constant, Node
from chainrule.inference.distributions.families import Instance, read_member
from chainrule.inference.distributions.labels import label_of, variable_of
from chainrule.inference.distributions.marginals import ZERO
from chainrule.inference.literals import number
from chainrule.inference.resolved import Applied, Entry
from chainrule.inference.symbols import could_be_name, is_probability, key
from chainrule.ops.arithmetic import exp
from chainrule.probability.families.family import Point, closed_form
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Relation, Tree

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader


def mass_in(reader: Reader, name: Tree, bracket: Bracket, span: Span | None) -> Tree | None:
    """The resolved probability of one outcome, a number; None where there is no family over the integers, or no number.

    Raises NameFault where the text parametrises the family in another way.
    """
    if len(bracket.items) != 1 or not could_be_name(name):
        return None
    (item,) = bracket.items
    if isinstance(item, Relation) and item.operators == ("=",):
        variable, label = item.sides
        instance = reader.families.get(variable_of(variable)) if is_probability(name) else None
    else:
        label, instance = item, reader.families.get(key(name))
    value = number(label)
    return None if instance is None or value is None else _mass(reader, instance, label, span)


def _mass(reader: Reader, instance: Instance, label: Tree, span: Span | None) -> Tree | None:
    member = read_member(reader, instance)
    family, value = member.family, number(label)
    if member.parametrisation.against is not None:
        raise member.parametrisation.against.fault()
    if member.body is not None and member.table is not None:
        labels = member.table.labels[0]
        return Entry(member.body, (labels.index(label_of(label)) + 1,), span=span) if label_of(label) in labels else ZERO
    if value is None or family.support.kind != "integers" or family.density is None or family.support.upper is not None:
        return None
    first = family.support.lower() if family.support.lower is not None else None
    if value.denominator != 1 or (isinstance(first, Constant) and value < first.value):
        return ZERO
    place = build.constant(value)

    def at(*parameters: Node) -> Node:
        """Densities of integers are functions of the integer itself: its logarithm, of 0 too, is not looked at."""
        return exp(family.log_density(Point(place, place, place), *parameters))

    form = closed_form(f"{family.name} probability of {value}", family.parameters, "scalar", at)
    return Applied(form, member.parameters, span=span)
