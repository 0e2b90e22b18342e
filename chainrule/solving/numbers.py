"""The number of a node, by the steady operations of `algebra.steady`."""

from collections.abc import Callable, Mapping, Sequence

from chainrule.algebra.normal_form import normal_form
from chainrule.algebra.steady import at_edges, steady
from chainrule.evaluation.array import Array, Given
from chainrule.evaluation.completed import completed, is_finite, settled
from chainrule.evaluation.run import evaluate
from chainrule.graph.node import Node, postorder
from chainrule.graph.walk import expand

MOST_SIMPLIFIED = 400
"""A graph of more nodes is computed as it is: its normal form takes longer than its number."""


def number(node: Node, values: Given, sizes: Mapping[str, int]) -> Array:
    """The value of a node, without negative zeros. Raises what `evaluate` raises.

    An entry that is infinite or no number is computed again of the normal form, in which more has cancelled.
    """
    return _number(node, values, sizes, lambda form: form)


def slope(derivative: Node, target: Node, by: Sequence[Node], values: Given, sizes: Mapping[str, int]) -> Array:
    """The value of a derivative of `target`, with its limits where an outcome is absent. Raises what `evaluate` raises.

    Of the normal form, in which terms that cancel have met; of a graph that is too large for that as it is.
    """
    whole = _whole(derivative, values)
    form = normal_form(whole) if len(postorder(whole)) <= MOST_SIMPLIFIED else whole
    return _number(form, values, sizes, lambda form: at_edges(form, target, by))


def _number(node: Node, values: Given, sizes: Mapping[str, int], edges: Callable[[Node], Node]) -> Array:
    (found,) = evaluate([steady(_whole(edges(node), values), values, complements=True)], values, sizes)
    if not is_finite(found):
        form = edges(normal_form(_whole(node, values)))
        (again,) = evaluate([steady(form, values, apart=True, complements=True)], values, sizes)
        # What is in range elsewhere may have been divided by what is not.
        found = again if is_finite(again) else completed(found, again)
    return settled(found)


def _whole(node: Node, values: Given) -> Node:
    return expand(node, lambda named: named not in values)
