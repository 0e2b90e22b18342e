r"""Derivatives along a direction, written as products: `\nabla f^\top v`, `\nabla f \cdot v`, `\nabla^2 f v`, `D f(x)[v]`."""

from collections.abc import Sequence
from dataclasses import dataclass

from chainrule.graph.node import Named
from chainrule.inference.network import Network
from chainrule.inference.symbols import TRANSPOSES, could_be_name, key
from chainrule.syntax.tree import Bracket, Derivative, Juxtaposition, Name, Product, Superscript, Tree


@dataclass(frozen=True)
class Along:
    """The derivative of that order of a quantity, multiplied by a direction. head: the quantity with its arguments."""

    of: Tree
    head: Tree
    by: tuple[Tree, ...]
    order: int
    direction: Tree


def read_along(network: Network, tree: Tree) -> Along | None:
    """What a product with a direction says; None for anything else, and for what is no quantity of the network."""
    match tree:
        case Product(operator="\\cdot" | "·", factors=(Derivative(symbol="nabla") as first, direction)):
            by, order, body = _unwrapped(first)
            items: Sequence[Tree] = body.items if isinstance(body, Juxtaposition) else (body,)
            return _along(network, items, direction, by, order) if order == 1 else None
        case Juxtaposition(items=(Superscript(base=Derivative(symbol="nabla") as first) as turned, direction)) if (
            _is_transposed(turned)
        ):
            by, order, body = _unwrapped(first)
            items = body.items if isinstance(body, Juxtaposition) else (body,)
            scalar = order == 1 and _is_scalar(network, items[0])
            return _along(network, items, direction, by, order, any_direction=True) if scalar else None
        case Derivative(symbol="nabla"):
            by, order, body = _unwrapped(tree)
            if not isinstance(body, Juxtaposition):
                return None
            *front, direction = body.items
            plain = [_plain(item) for item in front]
            turned = bool(front) and _is_transposed(front[-1])
            if turned and order == 1 and not _is_scalar(network, plain[0]):
                return None  # the derivative of f^T x
            return _along(network, plain, direction, by, order, turned) if turned == (order == 1) else None
        case Juxtaposition(items=(Name("D"), *front, Bracket(kind="[", items=(direction,)))) if not network.reader.knows(
            Name("D")
        ):
            return _along(network, front, direction, (), 1)
        case _:
            return None


def _unwrapped(tree: Derivative) -> tuple[tuple[Tree, ...], int, Tree]:
    r"""By what, of which order and of what `\nabla^2 f` and `\nabla_x^2 f` are."""
    order, of = max(1, len(tree.by)), tree.of
    while not tree.by and isinstance(of, Derivative) and of.symbol == "nabla" and not of.by:
        order, of = order + 1, of.of
    return tree.by[:1], order, tree if of is None else of


def _is_transposed(tree: Tree) -> bool:
    return isinstance(tree, Superscript) and tree.exponent in TRANSPOSES


def _plain(tree: Tree) -> Tree:
    return tree.base if isinstance(tree, Superscript) and _is_transposed(tree) else tree


def _is_scalar(network: Network, tree: Tree) -> bool:
    node = network.names.get(network.reader.known(tree) or key(tree)) if could_be_name(tree) else None
    return node is not None and not node.shape


def _along(
    network: Network, front: Sequence[Tree], direction: Tree, by: tuple[Tree, ...], order: int, any_direction: bool = False
) -> Along | None:
    """front: the quantity and, behind it, its arguments, of which the direction is none unless `any_direction` says so."""
    if not front or order > 2 or not could_be_name(direction):
        return None
    of, *rest = front
    if not could_be_name(of):
        return None
    if not isinstance(network.names.get(network.reader.known(of) or key(of)), Named):
        return None
    match rest:
        case []:
            return Along(of, of, by, order, direction)
        case [Bracket(kind="(", items=items) as arguments] if all(map(could_be_name, items)) and (
            any_direction or direction not in items
        ):
            return Along(of, Juxtaposition((of, arguments)), by, order, direction)
        case _:
            return None
