"""Values by symbol, and the number of a node at them."""

from collections.abc import Mapping
from copy import deepcopy

from chainrule.calculus.jacobian import entries
from chainrule.errors import EvaluationError
from chainrule.evaluation.array import Array, ArrayLike, as_array
from chainrule.evaluation.facts import holds
from chainrule.evaluation.sizes import read_sizes
from chainrule.graph.node import Named, Node, Variable
from chainrule.inference.literals import to_floats
from chainrule.inference.network import Network
from chainrule.ops.opaque import opaque_functions
from chainrule.solving.context import Context
from chainrule.solving.numbers import number
from chainrule.solving.reading import read_symbol
from chainrule.solving.requests import find


def known_values(context: Context, values: Mapping[str, ArrayLike]) -> dict[Node, ArrayLike]:
    """The values in force, and further ones by symbol. Raises EvaluationError for one that a declared fact speaks against."""
    known: dict[Node, ArrayLike] = {node: to_floats(value) for node, value in context.exact_values().items()}
    for symbol, value in values.items():
        node = node_of(context.network, symbol)
        false = [fact for fact in node.facts if not holds(fact, value)] if isinstance(node, Variable) else []
        if false:
            proven = isinstance(node, Variable) and (node.symbol, false[0]) in context.network.proven
            source = "as the value it was given does, and formulas rest on that" if proven else "as declared"
            raise EvaluationError("fact-contradicted", f"{symbol} {false[0].value}, {source}; this value is not so")
        known.update(_given(node, value))
    return known


def evaluated(node: Node, values: Mapping[Node, ArrayLike], sizes: Mapping[str, int]) -> Array:
    """The number of a node. Raises EvaluationError where nothing defines a function in it or a value is missing."""
    return number(defined(node), values, sizes)


def defined(node: Node) -> Node:
    """The node itself. Raises EvaluationError where nothing defines a function in it."""
    unknown = ", ".join(operation.name for operation in opaque_functions([node]))
    if unknown:
        raise EvaluationError("opaque-function", f"nothing defines {unknown}, so this has no number")
    return node


def _given(node: Node, value: ArrayLike) -> dict[Node, ArrayLike]:
    """A value by its node; that of a declared list or matrix by its entries. Raises ShapeError where it does not fit."""
    inside = entries(node)
    if not inside:
        return {node: deepcopy(value)}
    array = as_array(value)
    read_sizes({node: array})
    return dict(zip(inside, array.ravel(), strict=True))


def node_of(network: Network, symbol: str) -> Named | Variable:
    return find(network, read_symbol(symbol, "symbol"))
