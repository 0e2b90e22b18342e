r"""Derivatives at arguments: with $f(x, y) = ...$, `\nabla f(1, 2)` is the gradient of f at x = 1, y = 2.

A gradient at one name, `\nabla F(q)`, is the derivative of F(q) by q.
"""

from collections.abc import Sequence
from dataclasses import replace

from chainrule.errors import NameFault
from chainrule.graph.node import Named
from chainrule.inference.network import Network
from chainrule.inference.symbols import could_be_name, key, span_text
from chainrule.syntax.tree import Bracket, Derivative, Juxtaposition, Relation, Tree, walk


def at_arguments(network: Network, tree: Derivative) -> tuple[Derivative, tuple[Relation, ...]]:
    r"""A derivative without the arguments of what is differentiated, and those as a point.

    As it is where they are the parameters in the definition's head, or where it is a derivative by something in them,
    `\frac{\partial F(q)}{\partial q}`. Raises NameFault where there are more or fewer of them.
    """
    if isinstance(tree.of, Derivative):
        inner, points = at_arguments(network, tree.of)
        if inner is tree.of:
            return tree, ()
        again = inner.by[:1] if not tree.of.by and not tree.by else ()
        return (replace(inner, by=(*inner.by, *again)) if again else replace(tree, of=inner)), points
    match tree.of:
        case Juxtaposition(items=(name, Bracket(kind="(", items=items))) if could_be_name(name):
            parameters = network.reader.heads.get(key(name), ())
        case _:
            return tree, ()
    arguments = tuple(map(key, items))
    if not parameters or arguments == tuple(map(key, parameters)):
        return tree, ()
    by = tree.by or (items if len(items) == 1 and could_be_name(items[0]) and tree.symbol == "nabla" else ())
    if by and _moves_arguments(by, parameters, arguments):
        return replace(tree, by=by), ()
    if len(parameters) != len(items):
        message = (
            f"{span_text(tree.of.span)} has {len(items)} arguments, {span_text(name.span)} is defined with {len(parameters)}"
        )
        raise NameFault("argument-count", message, tree.of.span)
    return replace(tree, of=name), _point(parameters, items)


def at_values(network: Network, tree: Tree) -> tuple[Tree, tuple[Relation, ...]]:
    r"""A quantity at a point, `L(w = 0)`, without the point, and that; as it is where the head of L has these parameters."""
    match tree:
        case Juxtaposition(items=(name, Bracket(kind="(", items=items))) if could_be_name(name) and items:
            points = [i for i in items if isinstance(i, Relation) and i.operators == ("=",) and could_be_name(i.sides[0])]
            own = set(map(key, network.reader.heads.get(key(name), ())))
            known = network.names.get(network.reader.known(name) or key(name))
            if len(points) == len(items) and isinstance(known, Named) and own != {key(point.sides[0]) for point in points}:
                return name, tuple(points)
            return tree, ()
        case _:
            return tree, ()


def _moves_arguments(by: Sequence[Tree], parameters: Sequence[Tree], arguments: Sequence[Tree]) -> bool:
    """Whether a variable is in an argument and not just in its own place, so that the expression itself is differentiated."""
    names = set(map(key, by))
    placed = zip(map(key, parameters), arguments, strict=False)
    moved = {part for parameter, argument in placed if parameter != argument for part in walk(argument)}
    return not names <= set(map(key, parameters)) or not names.isdisjoint(moved)


def _point(parameters: Sequence[Tree], arguments: Sequence[Tree]) -> tuple[Relation, ...]:
    pairs = [(name, value) for name, value in zip(parameters, arguments, strict=True) if key(name) != key(value)]
    return tuple(Relation(("=",), (name, value), span=value.span) for name, value in pairs)
