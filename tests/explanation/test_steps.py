"""The steps of a derivation are those of the sweep: in order, on the path alone, true, each with its reason."""

import numpy as np
import pytest

from chainrule.algebra.normal_form import normal_form
from chainrule.calculus.reverse import Backpropagation, backpropagate
from chainrule.evaluation.run import evaluate
from chainrule.explanation import steps as module
from chainrule.explanation.steps import Sentence, sentences
from chainrule.explanation.words import Mention
from chainrule.graph import build
from chainrule.graph.node import Named, Node
from chainrule.graph.walk import expand
from chainrule.ops import find_operation
from chainrule.ops.activation import sigmoid
from chainrule.ops.arithmetic import square
from chainrule.syntax.tree import Derivative, Name

x, y, z = (build.variable(name) for name in "xyz")
m = build.named("m", build.add(x, y))
p = build.named("p", build.multiply(m, z))
q = build.named("q", sigmoid(p))
r = build.named("r", build.multiply(q, x))
SWEPT = backpropagate(r, name=lambda node: Derivative("partial", Name("r"), (node.symbol,)))


def told(by: Node, swept: Backpropagation = SWEPT) -> list[Sentence]:
    return sentences(swept, by, normal_form)


def test_from_the_target_back_to_the_variable() -> None:
    assert [(s.rule, s.at) for s in told(z)] == [("product", q), ("sigmoid", p), ("product", z)]
    assert [(s.rule, s.at) for s in told(y)] == [("product", q), ("sigmoid", p), ("product", m), ("sum", y)]


def test_a_variable_with_two_uses_has_both_shares_and_their_sum() -> None:
    found = [(s.rule, s.at, s.through) for s in told(x)]
    assert [step for step in found if step[1] is x] == [("product", x, r), ("sum", x, m), ("accumulate", x, None)]


def test_by_a_quantity_nothing_below_it_is_told() -> None:
    assert [s.at for s in told(m)] == [q, p, m]


def test_of_what_is_not_on_the_way_there_is_nothing_to_tell() -> None:
    assert told(build.variable("w")) == []


def test_each_step_is_true() -> None:
    """Its right side has the value of the derivative by its left side, or of the share through one quantity."""
    values = {x: 0.7, y: -0.4, z: 1.3}
    for by in (x, y, z, m):
        for sentence in told(by):
            if sentence.through is None:
                expected = backpropagate(r).gradient(sentence.at)
                pair = evaluate([expand(sentence.after), expected], values)
                assert float(pair[0]) == pytest.approx(float(pair[1]), rel=1e-12)
    shares = [s for s in told(x) if s.at is x and s.through is not None]
    total = sum(float(evaluate([expand(s.after)], values)[0]) for s in shares)
    assert total == pytest.approx(float(evaluate([backpropagate(r).gradient(x)], values)[0]), rel=1e-12)


def test_the_reasons_are_those_of_the_operations() -> None:
    said = {s.rule: s.because for s in told(z)}
    assert said["sigmoid"] == (find_operation("sigmoid").because,)
    assert Mention(p, "this formula", "defined") in said["product"]
    assert Mention(m, "the other factor") in said["product"]


def test_a_step_that_only_hands_on_inside_a_formula_is_left_out() -> None:
    """In t = (a + b)^2 the sum hands on what the power gave; at b itself it is told."""
    b = build.variable("b")
    t = build.named("t", square(build.add(build.multiply(x, y), b)))
    swept = backpropagate(t, name=lambda node: Derivative("partial", Name("t"), (node.symbol,)))
    assert [s.rule for s in told(b, swept)] == ["power", "sum"]
    assert [s.rule for s in told(y, swept)] == ["power", "product"]


def test_a_very_long_derivation_is_told_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    node: Node = x
    for k in range(30):
        node = build.named(f"h_{k}", sigmoid(node))
    swept = backpropagate(node, name=lambda n: Derivative("partial", Name("h"), (n.symbol,)))
    assert len(told(x, swept)) == 30
    monkeypatch.setattr(module, "MOST_STEPS", 5)
    found = told(x, swept)
    assert len(found) == 5
    assert found[-1].at is x


def test_arrays() -> None:
    """L = v^T tanh(W u): the step at W is the delta times u^T."""
    u, v = build.variable("u", ("n",)), build.variable("v", ("k",))
    W = build.variable("W", ("k", "n"))
    a = build.named("a", build.matmul(W, u))
    h = build.named("h", build.apply(find_operation("tanh"), a))
    loss = build.named("L", build.inner(v, h))
    swept = backpropagate(loss, name=lambda node: Derivative("partial", Name("L"), (node.symbol,)))
    found = told(W, swept)
    assert [(s.rule, s.at) for s in found] == [("product", h), ("tanh", a), ("product", W)]
    values = {u: np.array([1.0, -0.5]), v: np.array([2.0, 1.0, -1.0]), W: np.ones((3, 2)) * 0.3}
    slope = 1 - np.tanh(0.15) ** 2
    expected = np.outer(values[v] * slope, values[u])
    np.testing.assert_allclose(evaluate([expand(found[-1].after)], values)[0], expected, rtol=1e-13)
    assert all(isinstance(s.at, Named) for s in found[:-1])
