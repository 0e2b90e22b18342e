"""The reverse sweep: its cotangents, its steps, and what it refuses. Expected values by hand."""

from fractions import Fraction

import numpy as np
import pytest

from chainrule.algebra.normal_form import normal_form
from chainrule.calculus.reverse import backpropagate, local_derivative, prime
from chainrule.errors import DerivativeError
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.node import Apply, Contract, Named, Node, Stack, postorder
from chainrule.graph.operation import OPERATIONS, Operation, Property
from chainrule.ops import find_operation
from chainrule.ops.activation import relu, sigmoid
from chainrule.ops.arithmetic import exp, square
from chainrule.syntax.tree import Derivative, Name, Prime

x, y, z = (build.variable(name) for name in "xyz")
v = build.variable("v", ("n",))
A = build.variable("A", ("m", "n"))


def upstream(node: Named) -> Derivative:
    return Derivative("partial", Name("r"), (node.symbol,))


def same(found: Node, expected: Node) -> None:
    """The same term but for the order of factors and terms."""
    assert normal_form(found) is normal_form(expected)


def test_the_derivative_of_a_node_by_itself_is_one() -> None:
    assert backpropagate(x).gradient(x) is build.constant(1)


def test_what_the_target_does_not_depend_on_has_derivative_zero_in_its_shape() -> None:
    swept = backpropagate(square(x))
    assert swept.gradient(y) is build.constant(0)
    assert swept.gradient(A) is build.zeros(A.shape)


def test_a_square_and_a_product_are_the_same_graphs_as_by_hand() -> None:
    assert backpropagate(square(x)).gradient(x) is build.scale(2, x)
    same(backpropagate(build.multiply(x, y, z)).gradient(y), build.multiply(x, z))
    same(backpropagate(build.total(build.matmul(A, v))).gradient(v), build.total(A, [0]))


def test_linear_terms_keep_their_exact_coefficients() -> None:
    target = build.add(build.scale(Fraction(2, 3), x), build.scale(-5, y))
    swept = backpropagate(target)
    assert swept.gradient(x) is build.constant(Fraction(2, 3))
    assert swept.gradient(y) is build.constant(-5)


def test_a_quantity_that_is_used_twice_adds_up() -> None:
    """r = q x + q with q = x y: dr/dx = (x + 1) y + q."""
    q = build.named("q", build.multiply(x, y))
    swept = backpropagate(build.add(build.multiply(q, x), q))
    same(swept.gradient(q), build.add(x, build.constant(1)))
    found = evaluate([swept.gradient(x)], {x: 3.0, y: 5.0})[0]
    assert found == (3 + 1) * 5 + 15


def test_every_edge_leaves_a_step_and_every_fan_out_an_accumulation() -> None:
    q = build.named("q", build.multiply(x, y))
    steps = backpropagate(build.add(build.multiply(q, x), q)).steps
    assert [(s.rule, s.argument) for s in steps] == [
        *(("sum", 0), ("sum", 1), ("product", 0), ("product", 1), ("accumulate", None)),
        *(("product", 0), ("product", 1), ("accumulate", None)),
    ]
    accumulated = [s.node for s in steps if s.argument is None]
    assert accumulated == [q, x]
    assert "2 places" in steps[4].because


def test_a_step_of_an_elementwise_operation_shows_its_local_derivative() -> None:
    node = sigmoid(v)
    swept = backpropagate(build.inner(node, node))
    step = next(s for s in swept.steps if s.rule == "sigmoid")
    assert isinstance(step.local, Apply)
    assert step.local.operation is prime(find_operation("sigmoid"))
    assert step.after is build.multiply(step.before, step.local)


def test_cotangents_of_quantities_get_names_but_not_that_of_the_target() -> None:
    q = build.named("q", build.multiply(x, y))
    r = build.named("r", square(q))
    swept = backpropagate(r, name=upstream)
    named = swept.cotangents[q]
    assert isinstance(named, Named)
    assert named.symbol == Derivative("partial", Name("r"), (Name("q"),))
    assert named.body is build.scale(2, q)
    same(swept.gradient(x), build.multiply(named, y))
    assert swept.cotangents[r] is build.constant(1)


def test_a_target_that_is_no_scalar_is_refused() -> None:
    with pytest.raises(DerivativeError) as error:
        backpropagate(build.matmul(A, v))
    assert error.value.code == "not-a-scalar"
    assert "(m)" in error.value.message


def unknown(name: str, **fields: object) -> Operation:
    """An operation that is in no table."""
    return Operation(name=name, arguments=("x",), signature="S -> S", because="", made_by=(unknown, (name,)), **fields)


def test_an_operation_without_a_derivative_is_refused_and_never_zero() -> None:
    for properties in (frozenset[Property](), frozenset({Property.ELEMENTWISE, Property.PRIMED})):
        node = build.apply(unknown("mystery", properties=properties), x)
        with pytest.raises(DerivativeError) as error:
            backpropagate(node)
        assert error.value.code == "no-derivative"
        assert "mystery" in error.value.message
    assert "mystery" not in OPERATIONS


def test_a_prime_without_a_derivative_is_refused_when_its_definition_is_asked_for() -> None:
    derived = prime(unknown("mystery", properties=frozenset({Property.ELEMENTWISE, Property.PRIMED})))
    assert derived.definition is not None
    with pytest.raises(DerivativeError, match="mystery"):
        derived.definition(x)


def test_prime_of_several_arguments_is_refused() -> None:
    with pytest.raises(DerivativeError) as error:
        prime(find_operation("power"))
    assert error.value.code == "no-derivative"


def test_primes_are_interned_count_up_and_differentiate() -> None:
    once = prime(find_operation("sigmoid"))
    twice = prime(once)
    assert prime(find_operation("sigmoid")) is once
    assert (once.name, twice.name) == ("sigmoid'", "sigmoid''")
    assert isinstance(twice.function, Prime)
    assert (once.function, twice.function.count) == (Prime(Name("\\sigma")), 2)
    value = 1 / (1 + np.exp(-0.7))
    first, second = (evaluate([build.apply(p, x)], {x: 0.7})[0] for p in (once, twice))
    assert first == pytest.approx(value * (1 - value), rel=1e-14)
    assert second == pytest.approx(value * (1 - value) * (1 - 2 * value), rel=1e-13)


def test_a_derivative_that_is_zero_wherever_it_exists_ends_the_path() -> None:
    step = relu(x)
    twice = backpropagate(backpropagate(step).gradient(x))
    assert local_derivative(find_operation("greater"), 0, (x, y)) is None
    assert twice.gradient(x) is build.constant(0)


def test_relu_has_derivative_zero_at_zero() -> None:
    derivative = backpropagate(relu(x)).gradient(x)
    assert [float(evaluate([derivative], {x: at})[0]) for at in (-1.0, 0.0, 2.0)] == [0.0, 0.0, 1.0]


def test_a_list_hands_each_entry_its_own_part() -> None:
    target = build.inner(build.stack([x, y]), build.variable("w", (2,)))
    swept = backpropagate(target)
    w = build.variable("w", (2,))
    found = evaluate([swept.gradient(x), swept.gradient(y)], {w: [7.0, 9.0]}, {})
    assert [float(f) for f in found] == [7.0, 9.0]
    assert isinstance(target, Contract)
    assert any(isinstance(n, Stack) for n in postorder(target))


def test_an_index_that_repeats_in_the_output_or_in_a_factor() -> None:
    """tr(diag(v) A A^T) with square pieces: the gradient by v is the diagonal of A A^T."""
    gram = build.matmul(A, build.transpose(A))
    u = build.variable("u", ("m",))
    diag = build.contract([u], [[0]], [0, 0])
    trace = build.contract([build.matmul(diag, gram)], [[0, 0]], [])
    values = {A: np.array([[1.0, 2.0, 0.0], [3.0, -1.0, 2.0]]), u: np.array([0.5, -2.0])}
    np.testing.assert_allclose(evaluate([backpropagate(trace).gradient(u)], values)[0], [5.0, 14.0], rtol=1e-15)


def test_only_what_leads_to_the_wanted_nodes_is_swept() -> None:
    left, right = exp(build.multiply(x, x)), exp(build.multiply(y, z))
    swept = backpropagate(build.multiply(left, right), [y])
    assert set(swept.cotangents) == {build.multiply(left, right), right, build.multiply(y, z), y}


def test_a_fan_out_counts_shared_nodes_once() -> None:
    """h_{k+1} = h_k * tanh(h_k): 2^60 paths, sixty fan-outs. Against forward accumulation by hand."""
    tanh = find_operation("tanh")
    node: Node = x
    value, slope = 0.9, 1.0
    for k in range(60):
        node = build.named(f"h_{k}", build.multiply(node, build.apply(tanh, node)))
        t = np.tanh(value)
        value, slope = value * t, slope * (t + value * (1 - t * t))
    swept = backpropagate(node)
    assert len([s for s in swept.steps if s.rule == "accumulate"]) == 60
    assert len(swept.cotangents) == len(postorder(node))
    assert evaluate([swept.gradient(x)], {x: 0.9})[0] == pytest.approx(slope, rel=1e-12)


def test_the_wrong_derivative_of_an_operation_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the checks below rely on: a record's partial is what the sweep uses."""
    record = find_operation("sin")
    monkeypatch.setitem(vars(record), "partials", (lambda argument: build.apply(record, argument),))
    found = evaluate([backpropagate(build.apply(record, x)).gradient(x)], {x: 0.3})[0]
    assert found == pytest.approx(np.sin(0.3))
