"""Chains of 100,000 operations: nothing recurses on a graph, and nothing grows faster than the chain. Counts, not times."""

import pickle
import sys
from functools import cache

import numpy as np
import pytest

import chainrule as cr
from chainrule.calculus.jacobian import derivative_node
from chainrule.calculus.reverse import Backpropagation, backpropagate
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.node import Named, Node, postorder
from chainrule.ops import find_operation

LENGTH = 100_000


def chain(length: int) -> Named:
    """sin over and over: near 0 its slope is near 1, so that the derivative of the whole says something."""
    node: Node = build.variable("x")
    for _ in range(length):
        node = build.apply(find_operation("sin"), node)
    return build.named("f", node)


@cache
def swept(length: int) -> Backpropagation:
    return backpropagate(chain(length), [build.variable("x")])


def by_hand(length: int, at: float) -> tuple[float, float]:
    """The value and the slope by the recurrence."""
    slope = 1.0
    for _ in range(length):
        slope, at = slope * np.cos(at), np.sin(at)
    return float(at), float(slope)


def test_a_long_chain_is_differentiated_and_evaluated() -> None:
    x = build.variable("x")
    value, slope = by_hand(LENGTH, 0.5)
    assert slope > 1e-8
    found = evaluate([swept(LENGTH).target, swept(LENGTH).gradient(x)], {x: 0.5})
    assert [float(f) for f in found] == pytest.approx((value, slope), rel=1e-9)


def test_the_work_is_proportional_to_the_length() -> None:
    nodes = [len(postorder(swept(length).gradient(build.variable("x")))) for length in (1000, 2000, LENGTH)]
    steps = [len(swept(length).steps) for length in (1000, 2000, LENGTH)]
    for counts in (nodes, steps):
        each = counts[1] - counts[0]
        assert 0 < each <= 5 * 1000
        assert counts[2] == counts[0] + each * (LENGTH - 1000) // 1000


def test_pickling() -> None:
    node = swept(LENGTH).target
    assert pickle.loads(pickle.dumps(node)) is node
    derivative = swept(1000).gradient(build.variable("x"))
    assert pickle.loads(pickle.dumps(derivative)) is derivative


def test_a_pickle_is_read_where_the_graph_is_not_in_memory() -> None:
    written = pickle.dumps(chain(3001))
    read = pickle.loads(written)
    assert len(postorder(read)) == 3001 + 2
    assert float(evaluate([read], {build.variable("x"): 0.5})[0]) == pytest.approx(by_hand(3001, 0.5)[0], rel=1e-12)


def test_second_order() -> None:
    """The second derivative of a thousand sines, by a complex step through the recurrence of the first."""
    x = build.variable("x")

    def slope(at: complex) -> complex:
        product = 1.0 + 0j
        for _ in range(1000):
            product, at = product * np.cos(at), np.sin(at)
        return product

    found = float(evaluate([derivative_node(chain(1000), [x, x])], {x: 0.4})[0])
    assert found == pytest.approx(slope(0.4 + 1e-30j).imag / 1e-30, rel=1e-9)


def test_a_traced_chain_shows_itself_in_a_few_lines() -> None:
    def f(x):
        for _ in range(LENGTH):
            x = cr.ops.sin(x)
        return x

    net = cr.trace(f)
    derivative = net.derivative("f", "x")
    assert len(repr(derivative)) < 1000
    assert "..." in repr(derivative)
    assert len(repr(derivative.node)) < 100
    assert float(net.at({"x": 0.5})["f"]) == pytest.approx(by_hand(LENGTH, 0.5)[0], rel=1e-12)


def test_exact_coefficients_stay_within_double_precision() -> None:
    """tanh(2 h) over and over: the slope is a product of 2 (1 - h^2), never 2^3000 by itself."""
    x = build.variable("x")
    node: Node = x
    value, slope = 0.3, 1.0
    for _ in range(3000):
        node = build.apply(find_operation("tanh"), build.scale(2, node))
        value = np.tanh(2 * value)
        slope *= 2 * (1 - value * value)
    found = float(evaluate([backpropagate(node).gradient(x)], {x: 0.3})[0])
    assert found == pytest.approx(slope, rel=1e-9, abs=1e-300)


def test_a_chain_is_taken_down_without_recursion() -> None:
    node: Node = chain(LENGTH)
    del node
    assert sys.getrecursionlimit() < LENGTH
