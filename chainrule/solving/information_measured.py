"""Formulas with entropies and divergences in them, in another unit: each is divided by the logarithm of the base."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from math import isclose, log

from chainrule.errors import ChainruleError
from chainrule.graph.node import Named, Node, Variable
from chainrule.inference.network import Network
from chainrule.inference.symbols import join_spans
from chainrule.solving import information_trees as trees
from chainrule.solving.answer import Answer
from chainrule.solving.context import Context
from chainrule.solving.forward import answer_value, written_body
from chainrule.solving.information_decimal import Base
from chainrule.solving.information_said import unit_said
from chainrule.solving.information_units import BITS, NATS, base_of
from chainrule.syntax.tree import Bracket, Call, Juxtaposition, Number, Quotient, Relation, Tree, transform

SAME = 1e-12


@dataclass
class _Measuring:
    """Puts a unit to every quantity in a formula; `found` are those."""

    network: Network
    unit: str
    found: list[Tree] = field(default_factory=list[Tree])

    def changed(self, tree: Tree) -> Tree:
        if isinstance(tree, Juxtaposition) and len(tree.items) > 2:
            return self._among_factors(tree)
        if not isinstance(tree, Juxtaposition | Call) or not self._is_logarithmic(tree):
            return tree
        self.found.append(tree)
        base = base_of(self.unit).number
        return tree if base is None else Quotient(tree, trees.log(Base(), Number(base)), span=tree.span)

    def _among_factors(self, tree: Juxtaposition) -> Tree:
        """`3 D(P || Q)`, where the quantity is two items of a flat product."""
        items: list[Tree] = []
        for item in tree.items:
            if items and isinstance(item, Bracket):
                pair = Juxtaposition((items[-1], item), span=join_spans((items[-1], item)))
                made = self.changed(pair)
                items[-1:] = [items[-1], item] if made is pair and pair not in self.found else [made]
            else:
                items.append(item)
        return Juxtaposition(tuple(items), span=tree.span)

    def _is_logarithmic(self, tree: Tree) -> bool:
        try:
            found = self.network.information(tree)
        except ChainruleError:
            return False
        return found is not None and found.quantity.logarithmic


def measured_in(network: Network, statements: Iterable[Tree], unit: str) -> list[Tree]:
    """The equations with every quantity in that unit, `H(P) / log(2)`.

    Raises ChainruleError `nothing-measured` where none of them has a quantity of information.
    """
    measuring = _Measuring(network, unit)
    made: list[Tree] = []
    for statement in statements:
        if isinstance(statement, Relation):
            first, *rest = statement.sides
            statement = replace(statement, sides=(first, *(transform(side, measuring.changed) for side in rest)))
        made.append(statement)
    if not measuring.found:
        raise ChainruleError("nothing-measured", f"no entropy or divergence is in the equations to be measured in {unit}")
    return made


def value_in_unit(context: Context, node: Node, answer: Answer, tree: Tree, unit: str | None) -> Answer:
    """The value of a formula that has quantities of information in it, in the unit that is asked for; any other as it is.

    The unit is said where the whole is measured in it: where it changes with the unit as its quantities do.
    """
    body = (written_body(context, node) or tree) if isinstance(node, Named) else tree
    in_bits = _expression(context.network, body, BITS)
    if in_bits is None or isinstance(node, Variable) or not isinstance(answer.value, float):
        return answer
    halved = context.number(context.network.read(in_bits))
    scales = isinstance(halved, float) and isclose(halved * log(2), answer.value, rel_tol=SAME, abs_tol=SAME)
    wanted = unit or NATS
    asked = _expression(context.network, body, wanted)
    if wanted != NATS and asked is not None:
        found = answer_value(context, context.network.read(asked), asked, answer.asked, answer.span, answer.part)
        answer = replace(found, symbol=answer.symbol, of=answer.of)
    if not scales:
        said = f"entropies and divergences in it are {unit_said(wanted)}"
        return replace(answer, conventions=(*answer.conventions, said))
    return replace(answer, kind="divergence", unit=wanted, conventions=(*answer.conventions, unit_said(wanted)))


def _expression(network: Network, tree: Tree, unit: str) -> Tree | None:
    """The formula with its quantities in that unit; None where it has none."""
    measuring = _Measuring(network, unit)
    made = transform(tree, measuring.changed)
    return made if measuring.found else None
