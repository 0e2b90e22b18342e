"""Walks that change a graph or ask about it."""

from chainrule.graph import build
from chainrule.graph.dimension import dimension
from chainrule.graph.node import operands
from chainrule.graph.walk import (
    depends_on,
    expand,
    inputs,
    leaves,
    named_quantities,
    rebuild,
    resize,
    substitute,
)
from chainrule.ops.arithmetic import exp

X, Y, Z = build.variable("x"), build.variable("y"), build.variable("z")
V = build.variable("v", ("n",))
M = build.named("m", build.add(X, Y))
Q = build.named("q", exp(build.multiply(M, Z)))
R = build.named("r", build.add(build.multiply(Q, Q), M))


def test_substitution() -> None:
    assert substitute(exp(build.multiply(X, Y)), {X: Z}) is exp(build.multiply(Z, Y))
    assert substitute(build.add(X, Y), {X: Y, Y: X}) is build.add(Y, X)
    assert substitute(build.multiply(M, Z), {M: build.constant(2)}) is build.scale(2, Z)
    assert substitute(X, {Y: Z}) is X


def test_what_is_put_in_settles() -> None:
    assert substitute(build.add(X, Y), {X: build.scale(-1, Y)}) is build.constant(0)
    assert substitute(build.multiply(X, V), {X: build.constant(0)}) is build.zeros(V.shape)


def test_nothing_is_looked_for_inside_a_replacement() -> None:
    assert substitute(exp(X), {X: build.add(X, Y)}) is exp(build.add(X, Y))


def test_expansion() -> None:
    m = build.add(X, Y)
    q = exp(build.multiply(m, Z))
    assert expand(R) is build.add(build.multiply(q, q), m)
    only_q = expand(R, lambda named: named is Q)
    assert named_quantities([only_q]) == [M, only_q]
    assert expand(X) is X


def test_rebuilding_over_the_same_operands() -> None:
    for node in (M, exp(X), build.add(X, Y), build.multiply(X, Y), build.stack([X, Y]), X, build.unit(0, 2)):
        assert rebuild(node, operands(node)) is node


def test_leaves_inputs_and_names() -> None:
    assert leaves(R) == [Q, M]
    assert leaves(build.multiply(Q, X)) == [Q, X]
    assert inputs([R]) == [X, Y, Z]
    assert named_quantities([R]) == [M, Q, R]


def test_dependence() -> None:
    assert depends_on([R], Z) == {Z, build.multiply(M, Z), Q.body, Q, build.multiply(Q, Q), R.body, R}
    assert depends_on([R], V) == set()
    assert depends_on([R], R) == {R}


def test_resizing() -> None:
    sizes = {"n": dimension(3)}
    root = build.add(build.total(V), build.size("n"), build.entry(V, 1), build.total(build.ones(V.shape)))
    made = resize([root, build.zeros(V.shape)], sizes)
    v = build.variable("v", (3,))
    assert made[V] is v
    assert made[root].shape == ()
    assert inputs([made[root]]) == [v]
    assert made[build.zeros(V.shape)] is build.zeros((dimension(3),))
    assert "Dimension(n)" not in repr([n.shape for n in made.values()])
