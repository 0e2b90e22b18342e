"""The number of a node; where rounding leaves none, that of the same value in steadier operations."""

from collections.abc import Mapping

from chainrule.algebra.normal_form import normal_form
from chainrule.algebra.steady import steady
from chainrule.evaluation.array import Array, Given
from chainrule.evaluation.completed import completed, is_finite, settled
from chainrule.evaluation.run import evaluate
from chainrule.graph.node import Node
from chainrule.graph.walk import expand


def number(node: Node, values: Given, sizes: Mapping[str, int]) -> Array:
    """The value of a node, without negative zeros. Raises what `evaluate` raises.

    An entry that is infinite or no number is computed again: log softmax(z) does not overflow, and 0 log 0 is 0.
    """
    (found,) = evaluate([node], values, sizes)
    if not is_finite(found):
        other = steady(normal_form(expand(node, lambda named: named not in values)))
        (again,) = evaluate([other], values, sizes)
        found = completed(found, again)
    return settled(found)
