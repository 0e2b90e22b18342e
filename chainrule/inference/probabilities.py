r"""Probabilities are named by what they are of: `P(O = o \mid C = c)` and `P(A)` beside `P(B)` are names, not calls."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from chainrule.errors import NameFault
from chainrule.inference.distributions.event_probabilities import probability_of
from chainrule.inference.distributions.masses import mass_in
from chainrule.inference.literals import read_literal
from chainrule.inference.statements import Definition, Given, Item
from chainrule.inference.symbols import Symbol, could_be_name, is_probability, key, span_text
from chainrule.syntax.tree import Bracket, Juxtaposition, Tree

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader


def read_conditional(reader: "Reader", whole: Juxtaposition) -> Tree:
    """`P(O = o \\mid C = c)`: a name, given or defined or free.

    Raises NameFault where `p(y \\mid x)` is defined and this is p of something else: its value there is not worked out.
    """
    known = reader.known(whole)
    alike = [n for n in reader.defined if isinstance(n, Juxtaposition) and n.items[0] == key(whole.items[0])]
    general = next((n for n in alike if isinstance(n.items[1], Bracket) and all(map(could_be_name, n.items[1].items))), None)
    name, bracket = whole.items
    if known is None and isinstance(bracket, Bracket):
        worked_out = mass_in(reader, name, bracket, whole.span) or probability_of(reader, name, bracket, whole.span)
        if worked_out is not None:
            return worked_out
    if known is None and general is not None and general.items[1] != whole.items[1]:
        message = f"{span_text(whole.span)} is not defined, although {span_text(general.span) or 'another one'} is"
        raise NameFault("undefined-symbol", message, whole.span, "define it by itself")
    return Symbol(known or key(whole), span=whole.span)


def named_by_head(items: Iterable[Item]) -> list[Item]:
    """The items with `P(A) = 0.3` as the value of a name of its own where the text has another P too, such as `P(B)`."""
    listed = list(items)
    heads: dict[Tree, set[object]] = {}
    for item in listed:
        if isinstance(item, Definition) and item.parameters and is_probability(item.name):
            heads.setdefault(item.name, set()).add(tuple(map(key, item.parameters)))
        elif isinstance(item, Definition | Given) and isinstance(item.name, Juxtaposition):
            heads.setdefault(item.name.items[0], set()).add(item.name)

    def named(item: Item) -> Item:
        if not isinstance(item, Definition) or not item.parameters or len(heads.get(item.name, ())) < 2:
            return item
        bracket = Bracket("(", item.parameters, (",",) * (len(item.parameters) - 1))
        name = Juxtaposition((item.name, bracket), span=item.name.span)
        literal = read_literal(item.body)
        if literal is not None:
            return Given(name, literal, item.span)
        return replace(item, name=name, parameters=None, optional=0)

    return [named(item) for item in listed]
