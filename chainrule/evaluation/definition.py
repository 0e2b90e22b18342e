"""The value of a node straight from the definition of its kind: sums over all assignments of all indices, nothing clever.

It is slow, and there to hold what is clever to: `run`, which contracts in a good order, and the rules of simplification.
"""

from collections.abc import Mapping
from itertools import product
from math import prod

import numpy as np

from chainrule.evaluation.array import Array, Values, as_float
from chainrule.evaluation.run import instance
from chainrule.evaluation.sizes import array_shape
from chainrule.graph.node import (
    Add,
    Apply,
    Constant,
    Contract,
    Named,
    Node,
    Selection,
    Size,
    Stack,
    Unit,
    Variable,
    postorder,
)
from chainrule.graph.walk import opaque


def defined_value(root: Node, sizes: Mapping[str, int], inputs: Values) -> Array:
    """The value of a term whose variables and named quantities are given."""
    known: dict[Node, Array] = {}
    for node in postorder(root, into=opaque):
        known[node] = np.asarray(_value(node, known, sizes, inputs))
        assert known[node].shape == array_shape(node.shape, sizes)
    return known[root]


def _value(node: Node, known: Mapping[Node, Array], sizes: Mapping[str, int], inputs: Values) -> object:
    match node:
        case Variable() | Named():
            return inputs[node]
        case Constant(value=number):
            return as_float(number)
        case Size(dimension=dimension):
            return float(dimension.size(sizes))
        case Unit(position=int() as position):
            return np.eye(node.shape[0].size(sizes))[position]
        case Unit(position=Variable() as index):
            return np.eye(node.shape[0].size(sizes))[int(known[index]) - 1]
        case Selection():
            return _selection(node, sizes)
        case Stack(items=items):
            return np.stack([known[item] for item in items])
        case Add(terms=terms):
            return sum((as_float(c) * known[n] for c, n in terms), np.zeros(array_shape(node.shape, sizes)))
        case Apply():
            return _applied(node, known, sizes)
        case Contract():
            return _contraction(node, [known[f] for f in node.factors], sizes)
        case _:
            raise TypeError(f"no such kind of node: {type(node)}")


def _applied(node: Apply, known: Mapping[Node, Array], sizes: Mapping[str, int]) -> object:
    arrays = [known[a][()] for a in node.arguments]
    if node.operation.value is not None:
        return node.operation.value(np, *arrays)
    variables, meaning = instance(node.operation, tuple(a.shape for a in node.arguments))
    return defined_value(meaning, sizes, dict(zip(variables, arrays, strict=True)))


def _selection(node: Selection, sizes: Mapping[str, int]) -> Array:
    found = np.zeros(array_shape(node.shape, sizes))
    strides = [d.size(sizes) for d in node.strides]
    for place in product(*(range(d.size(sizes)) for d in node.shape[1:])):
        found[(node.offset.size(sizes) + sum(s * i for s, i in zip(strides, place, strict=True)), *place)] = 1
    return found


def _contraction(node: Contract, factors: list[Array], sizes: Mapping[str, int]) -> Array:
    found = np.zeros(array_shape(node.shape, sizes), dtype=np.result_type(float, *factors))
    for assignment in product(*(range(d.size(sizes)) for d in node.extents)):
        entries = (f[tuple(assignment[i] for i in own)] for f, own in zip(factors, node.indices, strict=True))
        found[tuple(assignment[i] for i in node.output)] += prod(entries)
    return found
