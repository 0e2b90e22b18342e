"""Units of information: nats, bits, `base 10`. The graph is in nats; an answer is in the unit that was asked for."""

import math
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from chainrule.errors import ChainruleError
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.inference.literals import number
from chainrule.inference.network import Network
from chainrule.inference.symbols import join_spans
from chainrule.ops.arithmetic import divide, log
from chainrule.probability.quantities import Quantity
from chainrule.solving import information_trees as trees
from chainrule.solving.information_decimal import Base
from chainrule.syntax.tree import (
    Bracket,
    Call,
    Juxtaposition,
    Name,
    Number,
    Quotient,
    Relation,
    Subscript,
    Tree,
    transform,
    walk,
)

NATS, BITS = "nats", "bits"


def read_unit(text: str) -> str:
    """The unit that a person typed: `nats`, `bits`, `base 10` or `10`. Raises ChainruleError `unknown-unit`."""
    word = text.strip().lower()
    if word in (NATS, "nat", "e"):
        return NATS
    if word in (BITS, "bit", "2"):
        return BITS
    try:
        base = Fraction(word.removeprefix("base").strip())
    except (ValueError, ZeroDivisionError):
        base = Fraction(0)
    if base <= 0 or base == 1:
        hint = "the unit is nats, bits, or the base of the logarithm, such as 10"
        raise ChainruleError("unknown-unit", f"{text} is no unit of information", hint=hint)
    return unit_of_base(base)


def unit_of_base(base: Fraction) -> str:
    return BITS if base == 2 else f"base {base}"


def base_of(unit: str) -> Base:
    """The base of a unit's logarithm."""
    if unit == NATS:
        return Base()
    return Base(Fraction(2) if unit == BITS else Fraction(unit.removeprefix("base ")))


def written_unit(network: Network, statements: Iterable[Tree], quantity: Quantity) -> str | None:
    r"""The unit of the logarithm in the text's own formula of a quantity, `D_{KL}(P \parallel Q) = \sum .. \log_2 ..`."""
    for statement in statements:
        if not isinstance(statement, Relation) or set(statement.operators) != {"="}:
            continue
        left, *rest = statement.sides
        found = network.information(left)
        if found is not None and found.quantity == quantity:
            units = [unit for side in rest for part in walk(side) if (unit := _unit_of_logarithm(part)) is not None]
            return units[0] if len(set(units)) == 1 else None
    return None


def _unit_of_logarithm(tree: Tree) -> str | None:
    match tree:
        case Call(function=Name("log" | "ln")):
            return NATS
        case Call(function=Subscript(base=Name("log"), items=(base,))):
            known = number(base)
            return None if known is None else unit_of_base(known)
        case _:
            return None


def in_unit(node: Node, quantity: Quantity, base: Base) -> Node:
    """A value in nats, in the unit of that base."""
    if base.number is None or not quantity.logarithmic:
        return node
    return divide(node, log(build.constant(base.number)))


def rescaled(value: float, quantity: Quantity, base: Base) -> float:
    """A number in nats, in the unit of that base."""
    if base.number is None or not quantity.logarithmic:
        return value + 0.0
    return value / math.log(base.number) + 0.0


def measured_in(network: Network, statements: Iterable[Tree], unit: str) -> list[Tree]:
    """The equations with every quantity in that unit, `H(P) / log(2)`.

    Raises ChainruleError `nothing-measured` where none of them has a quantity of information.
    """
    base = base_of(unit)
    found: list[Tree] = []

    def changed(tree: Tree) -> Tree:
        if isinstance(tree, Juxtaposition) and len(tree.items) > 2:
            return _among_factors(tree)
        if not isinstance(tree, Juxtaposition | Call) or not _is_logarithmic(network, tree):
            return tree
        found.append(tree)
        return tree if base.number is None else Quotient(tree, trees.log(Base(), Number(base.number)), span=tree.span)

    def _among_factors(tree: Juxtaposition) -> Tree:
        items: list[Tree] = []
        for item in tree.items:
            pair = Juxtaposition((items[-1], item), span=join_spans((items[-1], item))) if items else item
            made = changed(pair) if items and isinstance(item, Bracket) else pair
            items[len(items) - (made is not pair) :] = [made if made is not pair else item]
        return Juxtaposition(tuple(items), span=tree.span)

    made = [
        replace(s, sides=(s.sides[0], *(transform(side, changed) for side in s.sides[1:]))) if isinstance(s, Relation) else s
        for s in statements
    ]
    if not found:
        raise ChainruleError("nothing-measured", f"no entropy or divergence is in the equations to be measured in {unit}")
    return made


def _is_logarithmic(network: Network, tree: Tree) -> bool:
    try:
        found = network.information(tree)
    except ChainruleError:
        return False
    return found is not None and found.quantity.logarithmic
