r"""Derivatives by a part of an array: `\frac{\partial L}{\partial W_{21}}`, `\frac{\partial y}{\partial A_{*,j}}`.

The derivative by a part is that part of the derivative by the whole. Taking it is a contraction with unit vectors, which
merges with the products it is taken of: the whole array is never made.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chainrule.errors import NameFault
from chainrule.graph import build
from chainrule.graph.node import Named, Node, Variable
from chainrule.inference.network import Network
from chainrule.inference.resolved import Entry
from chainrule.inference.symbols import Symbol, key, span_text, two_digits
from chainrule.syntax.tree import Tree

Whole = Named | Variable


@dataclass(frozen=True)
class Part:
    """An entry, a row or a column. `positions`: one an axis, counted from 0 or an index variable; None keeps the axis."""

    whole: Whole
    positions: tuple[int | Variable | None, ...]
    symbol: Tree


By = Whole | Part


def whole_of(by: By) -> Whole:
    """The array a part is of; anything else is its own whole."""
    return by.whole if isinstance(by, Part) else by


def find_part(network: Network, tree: Tree) -> Part | None:
    """The part of a named array that a tree says; None for anything else. Raises ChainruleErrors for entries that are not."""
    resolved = network.reader_for(network.names).read(tree)
    if not isinstance(resolved, Entry) or not isinstance(resolved.body, Symbol):
        return None
    whole = network.names.get(resolved.body.name)
    if not isinstance(whole, Named | Variable):
        return None
    network.read(tree)
    positions = resolved.positions
    if two_digits(positions) and len(whole.shape) == 2 and isinstance(positions[0], int):
        positions = divmod(positions[0], 10)
    return Part(whole, tuple(_position(network, position) for position in positions), key(tree))


def _position(network: Network, position: int | Symbol | None) -> int | Variable | None:
    if not isinstance(position, Symbol):
        return None if position is None else position - 1
    index = network.names.get(position.name)
    if not isinstance(index, Variable):
        message = f"{span_text(position.span)} is no index of this problem"
        raise NameFault("undefined-symbol", message, position.span, "write a number")
    return index


def take_parts(derivative: Node, front: int, by: Sequence[By]) -> Node:
    """(output, then every whole) -> (output, then what each part keeps). `front`: how many dimensions the output has."""
    axis = front
    for each in by:
        if not isinstance(each, Part):
            axis += len(each.shape)
            continue
        for position in each.positions:
            if position is None:
                axis += 1
            else:
                derivative = build.entry(derivative, position, axis)
    return derivative
