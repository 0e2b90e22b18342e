"""The value of a node straight from the definition of its kind: sums over all assignments of all indices, nothing clever."""

from collections.abc import Mapping
from itertools import product

import numpy as np
from numpy.typing import NDArray

from chainrule.graph.node import Add, Apply, Constant, Contract, Named, Node, Size, Stack, Unit, Variable, postorder
from chainrule.graph.walk import opaque

Array = NDArray[np.float64]
FUNCTIONS = {"exp": np.exp, "log": np.log, "power": np.float_power, "sigmoid": lambda x: 0.5 * (1 + np.tanh(x / 2))}


def value(root: Node, sizes: Mapping[str, int], inputs: Mapping[Node, Array]) -> Array:
    """The value of a term whose variables and named quantities are given."""
    known: dict[Node, Array] = {}
    for node in postorder(root, into=opaque):
        known[node] = np.asarray(_value(node, known, sizes, inputs), dtype=float)
        assert known[node].shape == tuple(d.size(sizes) for d in node.shape)
    return known[root]


def _value(node: Node, known: Mapping[Node, Array], sizes: Mapping[str, int], inputs: Mapping[Node, Array]) -> object:
    match node:
        case Variable() | Named():
            return inputs[node]
        case Constant(value=number):
            return float(number)
        case Size(dimension=dimension):
            return dimension.size(sizes)
        case Unit(position=position):
            return np.eye(node.shape[0].size(sizes))[position]
        case Stack(items=items):
            return np.stack([known[item] for item in items])
        case Add(terms=terms):
            return sum((float(c) * known[n] for c, n in terms), np.zeros([d.size(sizes) for d in node.shape]))
        case Apply(operation=operation, arguments=arguments):
            return FUNCTIONS[operation.name](*(known[a] for a in arguments))
        case Contract():
            return contraction(node, [known[f] for f in node.factors], sizes)
        case _:
            raise TypeError(type(node))


def contraction(node: Contract, factors: list[Array], sizes: Mapping[str, int]) -> Array:
    result = np.zeros([d.size(sizes) for d in node.shape])
    for assignment in product(*(range(d.size(sizes)) for d in node.extents)):
        entries = (f[tuple(assignment[i] for i in own)] for f, own in zip(factors, node.indices, strict=True))
        result[tuple(assignment[i] for i in node.output)] += np.prod(list(entries))
    return result
