r"""Events: the A and B of `P(A) = 0.6, P(B \mid A) = 0.4` have probabilities and no distribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainrule.errors import NameFault
from chainrule.inference.literals import read_literal
from chainrule.inference.symbols import could_be_name, is_capital, is_probability, key, span_text
from chainrule.syntax.tree import Bracket, Juxtaposition, Tree

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader


def refuse_events(reader: Reader, tree: Tree) -> None:
    """Raise NameFault where a name is that of an event, or the P of probabilities of events, and nothing else is said of it."""
    if not could_be_name(tree) or reader.knows(tree):
        return
    name, said = key(tree), span_text(tree.span)
    for head, items in _probabilities(reader):
        if name in items:
            message = f"{said} is an event, whose probability is given, and not a distribution"
            hint = f"write its outcomes as a table, Q = {{{said}: 0.3, not {said}: 0.7}}"
            raise NameFault("event-as-distribution", message, tree.span, hint)
        if name == head:
            message = f"the probabilities {said}(..) that are given are of events, and not one distribution"
            hint = "write the outcomes of the distribution that is meant as a table, Q = {A: 0.6, B: 0.4}"
            raise NameFault("event-as-distribution", message, tree.span, hint)


def _probabilities(reader: Reader) -> list[tuple[Tree, tuple[Tree, ...]]]:
    """The letter and what is in the bracket of every probability that is a name by itself."""
    names = [name for name in reader.defined if isinstance(name, Juxtaposition) and len(name.items) == 2]
    pairs = [(name.items[0], name.items[1]) for name in names if name not in reader.tables]
    found = [(head, bracket.items) for head, bracket in pairs if isinstance(bracket, Bracket) and is_probability(head)]
    alone = [
        (name, definition) for name, definition in reader.headed.items() if is_probability(name) and name not in reader.tables
    ]
    numbers = [(name, d.parameters or ()) for name, d in alone if read_literal(d.body) is not None]
    return [*found, *((name, items) for name, items in numbers if all(map(is_capital, items)))]
