"""Units of information: nats, bits, `base 10`. The graph is in nats; an answer is in the unit that was asked for."""

import math
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from chainrule.errors import ChainruleError
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.inference.distributions.formulas import quantity_in
from chainrule.inference.literals import number
from chainrule.inference.network import Network
from chainrule.ops.arithmetic import divide, log
from chainrule.probability.quantities import Quantity
from chainrule.solving.information.decimal import Base
from chainrule.syntax.tree import (
    Call,
    Name,
    Number,
    Relation,
    Subscript,
    Superscript,
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
        if _is_of(network, left, quantity):
            units = [unit for side in rest for part in walk(side) if (unit := unit_of_logarithm(part)) is not None]
            return units[0] if len(set(units)) == 1 else None
    return None


def unit_of_others(statements: Iterable[Tree]) -> str | None:
    r"""The unit that all formulas of quantities in the text have where it is not nats: that of `H(P) = -\sum .. \log_2 ..`."""
    equations = (s for s in statements if isinstance(s, Relation) and s.operators == ("=",))
    bodies = (equation.sides[1] for equation in equations if quantity_in(equation.sides[0]) is not None)
    units = {unit for body in bodies for part in walk(body) if (unit := unit_of_logarithm(part)) is not None}
    return units.pop() if len(units) == 1 and units != {NATS} else None


def _is_of(network: Network, tree: Tree, quantity: Quantity) -> bool:
    r"""Whether a tree is that quantity; that of every order, `H_\alpha(P)`, is it too."""
    written = quantity_in(tree)
    if written is not None and written.order is not None:
        return quantity in written.quantities
    found = network.information(tree)
    return found is not None and found.quantity == quantity


def unit_of_logarithm(tree: Tree) -> str | None:
    r"""That of `\log x`, `\log_2 x` and `log2(x)`; None of what is no logarithm."""
    match tree:
        case Call(function=Name("log" | "ln")):
            return NATS
        case Call(function=Name(text="log2" | "log10" as text)):
            return unit_of_base(Fraction(text.removeprefix("log")))
        case Call(function=Subscript(base=Name("log"), items=(base,))):
            known = number(base)
            return None if known is None else unit_of_base(known)
        case _:
            return None


def to_base(tree: Tree, said: str, base: Fraction) -> Tree:
    r"""The tree with `\log_2 x` for `\log x`, or for the `\lg x` that is said; what has a base, and `\ln`, stay."""

    def based(name: Tree) -> Tree:
        return Subscript(Name("log", span=name.span), (Number(base, str(base), span=name.span),), span=name.span)

    def changed(part: Tree) -> Tree:
        match part:
            case Call(function=Name(text=text) as name) if text == said:
                return replace(part, function=based(name))
            case Call(function=Superscript(base=Name(text=text) as name) as power) if text == said:
                return replace(part, function=replace(power, base=based(name)))
            case _:
                return part

    return transform(tree, changed)


def in_unit(node: Node, quantity: Quantity, base: Base) -> Node:
    """A value in nats, in the unit of that base."""
    if base.number is None or not quantity.logarithmic:
        return node
    return divide(node, log_of_base(base))


def log_of_base(base: Base) -> Node:
    """How many nats the unit of that base has."""
    return build.constant(1) if base.number is None else log(build.constant(base.number))


def rescaled(value: float, quantity: Quantity, base: Base) -> float:
    """A number in nats, in the unit of that base."""
    if base.number is None or not quantity.logarithmic:
        return value + 0.0
    return value / math.log(base.number) + 0.0
