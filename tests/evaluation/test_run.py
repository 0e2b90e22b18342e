"""Values of graphs: each kind of node, cuts, what is missing, depth."""

from fractions import Fraction
from time import perf_counter
from typing import Any

import numpy as np
import pytest

from chainrule.errors import EvaluationError, ShapeError
from chainrule.evaluation.run import MissingValue, evaluate
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation, Property
from chainrule.ops.activation import relu, sigmoid
from chainrule.ops.arithmetic import divide, exp, log, power
from chainrule.ops.exponential import tanh
from chainrule.ops.normalisation import softmax
from chainrule.source import Source
from chainrule.syntax.tree import Name, Number, Superscript

X, Y = build.variable("x"), build.variable("y")
V = build.variable("v", ("n",))
W = build.variable("W", ("m", "n"))
w = np.array([[1.0, -2.0, 0.0], [0.5, 3.0, -1.0]])
v = np.array([1.0, 2.0, 3.0])


def value(node: Node, values: Any = None, sizes: Any = None) -> Any:
    [found] = evaluate([node], values or {}, sizes)
    return found


def test_a_network_by_hand() -> None:
    """m = 1 - 2 y..: relu of W v = (-3, 3.5) is (0, 3.5)."""
    z = build.named("z", build.matmul(W, V))
    np.testing.assert_array_equal(value(relu(z), {W: w, V: v}), [0.0, 3.5])


def test_the_kinds_of_node() -> None:
    np.testing.assert_array_equal(value(build.stack([X, Y]), {X: 1, Y: 2}), [1.0, 2.0])
    np.testing.assert_array_equal(value(build.unit(1, 3)), [0.0, 1.0, 0.0])
    np.testing.assert_array_equal(value(build.zeros(V.shape), sizes={"n": 2}), [0.0, 0.0])
    np.testing.assert_array_equal(value(build.ones(W.shape), sizes={"n": 2, "m": 1}), [[1.0, 1.0]])
    assert value(build.constant(Fraction(3, 5))) == 0.6
    assert value(build.size(build.dimension("m") + build.dimension("n")), {W: w}) == 5.0
    assert value(build.add(build.scale(Fraction(1, 2), X), build.scale(-1, Y)), {X: 3, Y: 1}) == 0.5
    assert value(build.entry(V, 2), {V: v}) == 3.0
    np.testing.assert_array_equal(value(build.add(V, X), {V: v, X: 10}), [11.0, 12.0, 13.0])


def test_results_are_arrays_in_double_precision() -> None:
    for node, values in [(X, {X: 2}), (build.matmul(W, V), {W: w.astype(np.float32), V: [1, 2, 3]}), (relu(X), {X: True})]:
        found = value(node, values)
        assert isinstance(found, np.ndarray)
        assert found.dtype == np.float64


def test_complex_values_flow_through() -> None:
    assert value(build.multiply(X, exp(Y)), {X: 2j, Y: 0}) == 2j


def test_an_intermediate_with_a_value_is_a_cut() -> None:
    q = build.named("q", log(X))
    assert value(build.multiply(q, q), {q: 3}) == 9.0
    assert value(build.add(q, X), {q: 3, X: 1}) == 4.0


def test_several_roots_share_their_terms() -> None:
    calls: list[float] = []

    def count(xp: Any, x: Any) -> Any:
        calls.append(x)
        return x

    counted = Operation(
        "counted", ("x",), "S -> S", "", count, properties=frozenset({Property.ELEMENTWISE}), made_by=(lambda: counted, ())
    )
    node = build.apply(counted, X)
    assert evaluate([build.add(node, Y), build.multiply(node, node), node], {X: 3, Y: 1}) == [4.0, 9.0, 3.0]
    assert calls == [3.0]


def test_an_operation_without_a_value_is_its_definition() -> None:
    shared: dict[str, Any] = {"signature": "S -> S", "because": "", "properties": frozenset({Property.ELEMENTWISE})}
    cube = Operation("cube", ("x",), definition=lambda x: power(x, 3), made_by=(lambda: cube, ()), **shared)
    ninth = Operation(
        "ninth", ("x",), definition=lambda x: build.apply(cube, build.apply(cube, x)), made_by=(lambda: ninth, ()), **shared
    )
    np.testing.assert_array_equal(value(build.apply(ninth, V), {V: [1, 2, -1]}), [1.0, 512.0, -1.0])
    flat = Operation("flat", ("x",), definition=lambda x: build.constant(7), made_by=(lambda: flat, ()), **shared)
    np.testing.assert_array_equal(value(build.apply(flat, V), {V: v}), [7.0, 7.0, 7.0])


def test_an_operation_without_value_and_definition() -> None:
    opaque = Operation("f", ("x",), "S -> S", "", made_by=(lambda: opaque, ()))
    with pytest.raises(EvaluationError, match="f has no definition") as caught:
        value(build.apply(opaque, X), {X: 1})
    assert caught.value.code == "no-definition"


def test_a_missing_value_names_the_variable_as_it_was_written() -> None:
    written = build.variable(Superscript(Name("W"), Number(Fraction(1)), span=Source("s", "h = W^{1} x").span(4, 9)))
    with pytest.raises(MissingValue) as caught:
        value(build.multiply(written, X), {X: 1})
    assert caught.value.code == "missing-value"
    assert caught.value.node is written
    assert caught.value.message == r"W^{1} has no value"
    assert caught.value.span is not None
    with pytest.raises(MissingValue, match="U 2 has no value"):
        value(build.variable(Superscript(Name("U"), Number(Fraction(2)))))


def test_a_missing_size() -> None:
    with pytest.raises(EvaluationError, match="the size n is not known") as caught:
        value(build.ones(V.shape))
    assert caught.value.code == "missing-size"


@pytest.mark.parametrize("bad", ["two", [[1, 2], [3]], object(), None])
def test_values_that_are_not_numbers(bad: Any) -> None:
    with pytest.raises(EvaluationError) as caught:
        value(X, {X: bad})
    assert caught.value.code == "not-numbers"


def test_an_entry_beyond_the_end() -> None:
    with pytest.raises(EvaluationError, match="there is no entry 5 in 3") as caught:
        value(build.entry(V, 4), {V: v})
    assert caught.value.code == "no-such-entry"


def test_a_value_of_the_wrong_shape() -> None:
    with pytest.raises(ShapeError, match=r"the value of W is \(3\), but its shape is \(m, n\)"):
        value(W, {W: v})


def test_what_is_not_finite_is_a_value_and_no_warning() -> None:
    assert value(divide(build.constant(1), X), {X: 0}) == np.inf
    assert value(log(X), {X: 0}) == -np.inf
    assert np.isnan(value(log(X), {X: -1}))
    assert value(exp(X), {X: 1000}) == np.inf
    assert value(build.scale(10**400, X), {X: 1}) == np.inf
    assert value(build.scale(Fraction(1, 10**400), X), {X: 1}) == 0.0
    assert value(build.constant(-(10**400))) == -np.inf


def test_a_chain_of_100000_operations() -> None:
    """Neither deep recursion nor quadratic time: x <- tanh(x) y + y, which tends to its fixed point."""
    node: Node = X
    for _ in range(33_334):
        node = build.add(build.multiply(tanh(node), Y), Y)
    start = perf_counter()
    found = float(value(node, {X: 0.3, Y: 0.5}))
    assert perf_counter() - start < 10.0
    assert found == pytest.approx(np.tanh(found) * 0.5 + 0.5, rel=1e-14)


def test_a_softmax_layer_against_numpy() -> None:
    found = value(softmax(sigmoid(build.matmul(W, V))), {W: w, V: v})
    s = 1 / (1 + np.exp(-w @ v))
    np.testing.assert_allclose(found, np.exp(s) / np.exp(s).sum(), rtol=1e-15)
