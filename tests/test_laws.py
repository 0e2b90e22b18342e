"""The laws of differentiation on random graphs, with JAX in double precision as the independent authority."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import jax
import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chainrule.calculus.jacobian import gradient, hessian, jacobian
from chainrule.calculus.reverse import backpropagate
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.node import Apply, Node, operands, postorder
from chainrule.graph.walk import rebuild, substitute
from tests.calculus.programs import INPUTS, SIZES, VARIABLES, Program, points, programs

EVERY = tuple(range(len(INPUTS)))
LARGEST = 1e4

Values = Mapping[Any, np.ndarray]


def close(found: Any, expected: Any) -> None:
    """The same shape, and 1e-9 of the largest entry; nothing is broadcast."""
    found, expected = np.asarray(found), np.asarray(expected)
    assert found.shape == expected.shape
    scale = max(1.0, float(np.max(np.abs(expected), initial=0.0)))
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9 * scale)


def number(node: Node, values: Values) -> np.ndarray:
    return evaluate([node], values, SIZES)[0]


def tame(arrays: Any) -> None:
    """Leave out programs whose numbers run away: there rounding says nothing."""
    leaves = jax.tree_util.tree_leaves(arrays)
    assume(all(bool(np.all(np.isfinite(a)) and np.max(np.abs(a), initial=0.0) < LARGEST) for a in leaves))


seeds = st.integers(0, 2**32 - 1)


@settings(max_examples=40)
@given(programs(12), seeds)
def test_values_gradients_and_jacobians_are_those_of_jax(program: Program, seed: int) -> None:
    """Of outputs of every rank; a Jacobian has the output's dimensions, then the variable's."""
    values = points(seed)
    output, pullback, arrays = jax.vjp(program.last, *values.values(), has_aux=True)
    rows = [pullback(seed_of(output, place)) for place in np.ndindex(output.shape)]
    tame((arrays, rows))
    pool = program.nodes()
    for found, array in zip(evaluate(pool, values, SIZES), arrays, strict=True):
        close(found, array)
    swept = backpropagate(build.total(pool[-1]))
    for k, variable in enumerate(VARIABLES.values()):
        expected = np.reshape([row[k] for row in rows], output.shape + np.shape(values[variable]))
        found = jacobian(pool[-1], variable)
        assert found.shape == pool[-1].shape + variable.shape
        close(number(found, values), expected)
        close(number(swept.gradient(variable), values), np.sum(expected, axis=tuple(range(output.ndim))))


def seed_of(output: Any, place: tuple[int, ...]) -> np.ndarray:
    seed = np.zeros(output.shape)
    seed[place] = 1.0
    return seed


@settings(max_examples=12)
@given(programs(7), seeds)
def test_hessians_are_those_of_jax_and_symmetric(program: Program, seed: int) -> None:
    values = points(seed)
    expected = jax.hessian(program.total, argnums=EVERY)(*values.values())
    tame((program.arrays(*values.values()), expected))
    target = build.total(program.nodes()[-1])
    found = [[number(hessian(target, one, other), values) for other in VARIABLES.values()] for one in VARIABLES.values()]
    for i, one in enumerate(VARIABLES.values()):
        for j, other in enumerate(VARIABLES.values()):
            close(found[i][j], expected[i][j])
            first, last = len(one.shape), len(other.shape)
            close(found[j][i], np.moveaxis(found[i][j], range(first), range(last, first + last)))


@given(programs(6), programs(6), seeds, st.fractions(-3, 3), st.fractions(-3, 3))
def test_the_derivative_is_linear(f: Program, g: Program, seed: int, a: Fraction, b: Fraction) -> None:
    values = points(seed)
    one, other = build.total(f.nodes()[-1]), build.total(g.nodes()[-1])
    both = build.add(build.scale(a, one), build.scale(b, other))
    for variable in VARIABLES.values():
        pieces = [number(gradient(part, variable), values) for part in (both, one, other)]
        tame(pieces)
        close(pieces[0], float(a) * pieces[1] + float(b) * pieces[2])


@given(programs(6), programs(6), seeds)
def test_the_product_rule(f: Program, g: Program, seed: int) -> None:
    values = points(seed)
    one, other = build.total(f.nodes()[-1]), build.total(g.nodes()[-1])
    product = build.multiply(one, other)
    for variable in VARIABLES.values():
        by_one, by_other = (number(gradient(part, variable), values) for part in (one, other))
        found = number(gradient(product, variable), values)
        tame([by_one, by_other, found])
        close(found, by_one * number(other, values) + by_other * number(one, values))


@given(programs(6), programs(6), seeds)
def test_the_chain_rule(inner: Program, outer: Program, seed: int) -> None:
    """The outer program takes the inner one's result, under a name, in place of s: the name is a cut."""
    values = points(seed)
    s = VARIABLES["s"]
    u = build.named("u", build.total(inner.nodes()[-1]))
    top = build.total(outer.nodes()[-1])
    whole = substitute(top, {s: u})
    at_u = {**values, s: number(u, values)}
    by_u = number(gradient(top, s), at_u)
    close(number(gradient(whole, u), values), by_u)
    for name, variable in VARIABLES.items():
        direct = 0.0 if name == "s" else number(gradient(top, variable), at_u)
        through = number(gradient(u, variable), values)
        found = number(gradient(whole, variable), values)
        tame([direct, through, found, by_u])
        close(found, direct + by_u * through)


@settings(max_examples=60)
@given(programs(9), seeds, st.data())
def test_sweeping_to_a_quantity_cuts_the_graph_there(program: Program, seed: int, data: st.DataObject) -> None:
    """The derivative by an intermediate holds it for a variable of its own: only what is above it counts."""
    values = points(seed)
    pool = program.nodes()
    target = build.total(pool[-1])
    middle = data.draw(st.sampled_from(postorder(target)[:-1] or [target]))
    free = build.variable("free", middle.shape)
    above = substitute(target, {middle: free})
    at_cut = {**values, free: number(middle, values)}
    found = number(gradient(target, middle), values)
    expected = number(gradient(above, free), at_cut)
    tame([found, expected])
    close(found, expected)


def by_definition(root: Node) -> Node:
    """Every operation that has a definition put in its simpler ones, down to the primitives."""
    made: dict[Node, Node] = {}
    order = postorder(root)
    for node in order:
        new = rebuild(node, tuple(made[o] for o in operands(node)))
        if isinstance(new, Apply) and new.operation.definition is not None:
            new = by_definition(build.lift(new.operation.definition(*new.arguments), new.shape))
        made[node] = new
    return made[root]


@settings(max_examples=40)
@given(programs(6), seeds)
def test_the_gradient_of_a_composite_is_that_of_its_definition(program: Program, seed: int) -> None:
    values = points(seed)
    target = build.total(program.nodes()[-1])
    plain = by_definition(target)
    assert not any(isinstance(n, Apply) and n.operation.definition is not None for n in postorder(plain))
    for variable in VARIABLES.values():
        pair = [number(gradient(root, variable), values) for root in (target, plain)]
        tame(pair)
        close(*pair)


@settings(max_examples=60)
@given(programs(10), seeds, st.data())
def test_only_what_leads_to_the_wanted_is_swept_and_it_is_the_same(program: Program, seed: int, data: st.DataObject) -> None:
    target = build.total(program.nodes()[-1])
    variable = data.draw(st.sampled_from(list(VARIABLES.values())))
    everything, wanted = backpropagate(target), backpropagate(target, [variable])
    assert wanted.gradient(variable) is everything.gradient(variable)
    assert set(wanted.cotangents) <= set(everything.cotangents)
