"""Values straight from the definitions of the kinds of nodes, by hand; `run` is held to them."""

import numpy as np
import pytest

from chainrule.evaluation.definition import defined_value
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.ops.activation import SIGMOID
from chainrule.ops.joining import concatenate, vec
from chainrule.ops.loss import CROSS_ENTROPY

SIZES = {"m": 2, "n": 3}
A, x, y, j = build.variable("A", ("m", "n")), build.variable("x", ("n",)), build.variable("y", ("n",)), build.variable("j")
VALUES = {A: np.array([[1.0, 2, 3], [4, 5, 6]]), x: np.array([0.5, 0.25, 0.25]), y: np.array([1.0, 0, 2]), j: np.float64(2)}

TABLE: dict[str, tuple[Node, object]] = {
    "a matrix product": (build.matmul(A, y), [7, 16]),
    "an outer product": (build.outer(y, y), [[1, 0, 2], [0, 0, 0], [2, 0, 4]]),
    "a diagonal": (build.contract([y], [[0]], [0, 0]), [[1, 0, 0], [0, 0, 0], [0, 0, 2]]),
    "a broadcast": (build.broadcast(y, A.shape, [1]), [[1, 0, 2], [1, 0, 2]]),
    "a factor of its size": (build.contract([y], [[0]], [], {0: build.dimension("n"), 5: build.dimension("m")}), 6),
    "a sum": (build.linear([(2, x), (-1, y)], x.shape), [0, 0.5, -1.5]),
    "an entry": (build.entry(y, 2), 2),
    "an entry with a letter": (build.entry(x, j), 0.25),
    "a size": (build.size("m"), 2),
    "a stack": (build.stack([j, j]), [2, 2]),
    "a joint": (concatenate([y, y]), [1, 0, 2, 1, 0, 2]),
    "columns stacked": (vec(A), [1, 4, 2, 5, 3, 6]),
    "a part": (build.part(concatenate([x, y]), 2, 2), [0.25, 1]),
    "a function": (build.apply(SIGMOID, build.constant(0)), 0.5),
    "a function by its definition": (build.apply(CROSS_ENTROPY, y, x), np.log(2) + 2 * np.log(4)),
    "a named quantity": (build.named("q", build.matmul(A, y)), None),
}


@pytest.mark.parametrize("title", TABLE)
def test_values_by_hand(title: str) -> None:
    node, expected = TABLE[title]
    given = {**VALUES, node: np.array([3.0, 4.0])} if expected is None else VALUES
    found = defined_value(node, SIZES, given)
    np.testing.assert_allclose(found, [3, 4] if expected is None else expected, rtol=1e-14)
    if expected is not None:
        np.testing.assert_allclose(evaluate([node], VALUES, SIZES)[0], found, rtol=1e-14)
