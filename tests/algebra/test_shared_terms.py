"""Names for long subterms: the same value, each text short, the letters of the field, and none that is taken."""

import numpy as np
import pytest

from chainrule.algebra.shared_terms import READABLE, length, shared_terms
from chainrule.errors import VerificationError
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.build import add, matmul, multiply
from chainrule.graph.node import Named, Node
from chainrule.graph.walk import expand
from chainrule.ops.activation import SIGMOID
from chainrule.ops.arithmetic import exp
from chainrule.syntax.tree import Name, Number, Subscript, Tree
from chainrule.typesetting import plain

x = build.variable("x", ("n",))
c = build.variable("c")


def sigma(node: Node) -> Node:
    return build.apply(SIGMOID, node)


def layers(count: int) -> Node:
    """sigma(W_k ... sigma(W_1 x))."""
    node: Node = x
    for k in range(count):
        node = sigma(matmul(build.variable(Subscript(Name("W"), (Number(build.ONE * (k + 1)),)), ("n", "n")), node))
    return node


def doubled(levels: int) -> Node:
    """A graph of few nodes whose formula doubles with each level."""
    node: Node = x
    for _ in range(levels):
        node = multiply(exp(node), add(node, x))
    return node


def value(node: Node) -> np.ndarray:
    found = sorted(_variables(node), key=lambda v: plain(v.symbol))
    random = np.random.default_rng(0)
    point = {v: random.uniform(-0.1, 0.1, (3,) * len(v.shape)) for v in found}
    return evaluate([node], point, {"n": 3})[0]


def _variables(node: Node) -> set:
    from chainrule.graph.walk import inputs

    return set(inputs([node]))


@pytest.mark.parametrize("node", [layers(40), doubled(12), multiply(layers(10), layers(11)), layers(2)])
def test_the_value_is_the_same(node: Node) -> None:
    root, _ = shared_terms(node)
    assert expand(root) is node
    np.testing.assert_allclose(value(root), value(node))


@pytest.mark.parametrize("node", [layers(60), doubled(30), doubled(100)])
def test_every_text_is_short(node: Node) -> None:
    root, named = shared_terms(node)
    assert length(node) > 100
    assert named
    assert all(length(each) < READABLE for each in [root, *(one.body for one in named)])


def test_each_name_stands_in_what_comes_after_it() -> None:
    root, named = shared_terms(doubled(20))
    seen: set[Node] = set()
    from chainrule.graph.walk import leaves

    for each in named:
        inside = {leaf for leaf in leaves(each) if isinstance(leaf, Named)}
        assert inside <= seen
        seen.add(each)
    assert {leaf for leaf in leaves(root) if isinstance(leaf, Named)} <= seen
    assert len({each.symbol for each in named}) == len(named)


def test_a_short_formula_stays_as_it_is() -> None:
    node = multiply(sigma(x), add(sigma(x), x))
    assert shared_terms(node) == (node, [])


def letters(root: Node, taken: tuple[Tree, ...] = ()) -> set[str]:
    return {plain(each.symbol).split("_")[0] for each in shared_terms(root, taken)[1]}


def test_letters_are_those_of_the_field() -> None:
    assert letters(layers(40)) <= {"z", "h", "v"}
    assert letters(doubled(20)) <= {"v"}
    assert letters(multiply(c, build.total(doubled(20)))) <= {"v", "s"}
    assert letters(build.outer(doubled(15), doubled(16))) <= {"v", "M"}


def test_letters_that_stand_for_something_are_not_taken() -> None:
    assert letters(doubled(20), (Name("v"),)) == {"u"}
    assert letters(doubled(20), (Subscript(Name("v"), (Name("k"),)), Name("u"))) == {"d"}


def test_too_many_names_are_refused() -> None:
    node: Node = x
    for k in range(5000):
        node = sigma(add(node, build.variable(f"b{k}", ("n",))))
    with pytest.raises(VerificationError) as error:
        shared_terms(node)
    assert error.value.code == "too-long-to-print"


def test_the_length_of_what_doubles_is_not_written_out() -> None:
    assert length(x) == 1
    assert length(add(x, sigma(x))) == 4
    assert length(doubled(2000)) == 10 * READABLE
