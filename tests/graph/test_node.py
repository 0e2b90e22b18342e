"""Interning, walks without recursion, pickling, and chains of 100,000 nodes."""

import copy
import gc
import pickle
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction

import pytest

from chainrule.graph import build, node
from chainrule.graph.node import Add, Node, operands, postorder
from chainrule.graph.walk import expand, inputs, substitute
from chainrule.ops.arithmetic import exp, log
from chainrule.ops.exponential import tanh
from chainrule.ops.normalisation import softmax
from chainrule.syntax.tree import Name, Superscript

X, Y = build.variable("x"), build.variable("y")
V = build.variable("v", ("n",))
W = build.variable("W", ("m", "n"))
DEPTH = 100_000


def chain(length: int = DEPTH) -> Node:
    found: Node = X
    for _ in range(length // 2):
        found = build.add(tanh(found), Y)
    return found


EVERY_KIND: list[Callable[[], Node]] = [
    lambda: build.variable("x"),
    lambda: build.constant(Fraction(3, 5)),
    lambda: build.named("q", build.multiply(X, Y)),
    lambda: exp(X),
    lambda: build.add(X, build.scale(Fraction(-1, 2), Y), build.constant(1)),
    lambda: build.zeros(V.shape),
    lambda: build.matmul(W, V),
    lambda: build.ones(W.shape),
    lambda: build.size("n"),
    lambda: build.stack([X, Y, build.constant(2)]),
    lambda: build.unit(2, "n"),
]


@pytest.mark.parametrize("make", EVERY_KIND)
def test_equal_terms_are_one_object(make: Callable[[], Node]) -> None:
    assert make() is make()


@pytest.mark.parametrize("make", EVERY_KIND)
def test_a_pickle_and_a_copy_are_the_same_object(make: Callable[[], Node]) -> None:
    assert pickle.loads(pickle.dumps(make())) is make()
    assert copy.deepcopy(make()) is make()


def test_different_terms_are_different_objects() -> None:
    assert build.variable("x", ("n",)) is not build.variable("x", ("m",))
    assert build.variable(Superscript(Name("x"), Name("1"))) is not X
    assert build.named("q", X) is not build.named("r", X)
    assert build.named("q", X) is not build.named("q", Y)
    assert exp(X) is not log(X)
    assert build.transpose(W) is not W


def test_a_node_is_forgotten_with_its_last_use() -> None:
    gc.collect()
    before = len(node._interned)
    made = chain(1000)
    assert len(node._interned) > before + 900  # a few may be those of another test
    del made
    gc.collect()
    assert len(node._interned) == before


def test_postorder_has_every_node_once_after_its_operands() -> None:
    q = build.named("q", build.multiply(X, Y))
    r = build.add(build.multiply(q, q), exp(q), X)
    order = postorder(r, q, X)
    assert len(order) == len(set(order))
    position = {n: i for i, n in enumerate(order)}
    assert all(position[o] < position[n] for n in order for o in operands(n))
    assert order[-1] is r
    assert postorder(r, into=lambda n: () if n is q else operands(n))[0] is q
    assert postorder() == []


def test_a_diamond_of_60_levels_is_walked_once() -> None:
    """2^60 paths, 61 nodes."""
    found: Node = X
    for _ in range(60):
        found = build.stack([found, found]) if found.shape == () else build.multiply(found, found)
    assert len(postorder(found)) == 61


def test_a_chain_of_100000_is_built_walked_pickled_and_forgotten() -> None:
    long = chain()
    assert len(postorder(long)) == DEPTH + 2
    data = pickle.dumps(long)
    assert pickle.loads(data) is long
    assert len(data) < 100 * DEPTH
    assert repr(long) == "<Add ()>"
    assert inputs([long]) == [X, Y]
    swapped = substitute(long, {X: Y})
    assert inputs([swapped]) == [Y]
    assert substitute(swapped, {Y: build.variable("z")}) is not swapped
    del long, swapped
    assert isinstance(pickle.loads(data), Add)


def test_a_chain_of_100000_named_quantities_expands() -> None:
    found: Node = X
    for i in range(DEPTH // 2):
        found = build.named(f"h_{i}", tanh(found))
    plain = expand(found)
    assert len(postorder(plain)) == DEPTH // 2 + 1


def test_a_pickle_read_in_another_process() -> None:
    """Operations are found again although nothing has loaded their table."""
    data = pickle.dumps(softmax(build.matmul(W, V)))
    code = "import pickle, sys; n = pickle.loads(bytes.fromhex(sys.argv[1])); print(n.operation.name, n.shape)"
    done = subprocess.run([sys.executable, "-c", code, data.hex()], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "softmax (Dimension(m),)"
