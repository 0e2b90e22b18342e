"""The number of a node, by the steady operations of `algebra.steady`."""

from collections.abc import Callable, Mapping, Sequence

from chainrule.algebra.normal_form import normal_form
from chainrule.algebra.steady import at_edges, steady
from chainrule.evaluation.array import Array, Given
from chainrule.evaluation.completed import completed, is_finite, settled
from chainrule.evaluation.run import evaluate
from chainrule.graph.node import Node
from chainrule.graph.walk import expand


def number(node: Node, values: Given, sizes: Mapping[str, int]) -> Array:
    """The value of a node, without negative zeros. Raises what `evaluate` raises.

    An entry that is infinite or no number is computed again of the normal form, in which more has cancelled.
    """
    return _number(node, values, sizes, lambda form: form)


def slope(derivative: Node, target: Node, by: Sequence[Node], values: Given, sizes: Mapping[str, int]) -> Array:
    """The value of a derivative of `target`, with its limits where an outcome is absent. Raises what `evaluate` raises."""
    return _number(derivative, values, sizes, lambda form: at_edges(form, target, by))


def _number(node: Node, values: Given, sizes: Mapping[str, int], edges: Callable[[Node], Node]) -> Array:
    (found,) = evaluate([steady(_whole(edges(node), values), values)], values, sizes)
    if not is_finite(found):
        form = edges(normal_form(_whole(node, values)))
        (again,) = evaluate([steady(form, values, apart=True)], values, sizes)
        found = completed(found, again)
    return settled(found)


def _whole(node: Node, values: Given) -> Node:
    return expand(node, lambda named: named not in values)
