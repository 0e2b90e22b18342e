"""The normal form: the same value, one node for one meaning however it was ordered, and nothing left to do."""

import gc
import os
import subprocess
import sys
from fractions import Fraction
from random import Random
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.algebra.normal_form import normal_form
from chainrule.errors import EvaluationError
from chainrule.evaluation.definition import defined_value as value
from chainrule.graph import build
from chainrule.graph.build import (
    add,
    constant,
    contract,
    entry,
    inner,
    matmul,
    multiply,
    named,
    scale,
    subtract,
    total,
    transpose,
)
from chainrule.graph.node import Contract, Node, postorder
from chainrule.graph.step import Step
from chainrule.ops.arithmetic import exp, log, power
from tests.algebra.terms import SIZES, VARIABLES, Recipe, follow, inputs, recipes

a, b, c, v, w, u, A, B, W = (VARIABLES[name] for name in "abcvwuABW")
HALF = Fraction(1, 2)
IDENTITY = contract([], [], [0, 0], {0: build.dimension("n")})

EQUAL: dict[str, tuple[Node, Node]] = {
    "numbers are folded": (multiply(constant(2), power(constant(HALF), constant(3))), constant(Fraction(1, 4))),
    "a root of a square number": (power(constant(Fraction(4, 9)), constant(HALF)), constant(Fraction(2, 3))),
    "like terms": (add(multiply(a, b), scale(3, multiply(b, a))), scale(4, multiply(a, b))),
    "terms that cancel": (subtract(matmul(A, v), matmul(A, v)), build.zeros((build.dimension("m"),))),
    "a number over a sum, in a sum": (add(scale(2, subtract(a, b)), b), subtract(scale(2, a), b)),
    "a minus over a difference": (scale(-1, subtract(a, b)), subtract(b, a)),
    "a minus before a factor": (scale(-1, multiply(subtract(a, b), c)), multiply(subtract(b, a), c)),
    "differences turned round": (add(multiply(c, subtract(a, b)), multiply(c, subtract(b, a))), constant(0)),
    "a square": (multiply(a, a), power(a, 2)),
    "powers of one base": (multiply(power(a, b), power(a, c)), power(a, add(b, c))),
    "x over x": (multiply(a, power(a, -1)), constant(1)),
    "a power over a power": (multiply(power(a, 3), power(a, -2)), a),
    "elementwise, too": (multiply(v, power(v, -1)), build.ones(v.shape)),
    "a power of a product": (power(scale(2, multiply(a, b)), 2), scale(4, multiply(power(a, 2), power(b, 2)))),
    "a power of a power": (power(power(a, c), 3), power(a, scale(3, c))),
    "exp of log": (exp(log(a)), a),
    "log of exp": (log(exp(v)), v),
    "identity": (matmul(IDENTITY, v), v),
    "two transposes": (transpose(transpose(A)), A),
    "a delta": (contract([IDENTITY, W], [[0, 1], [0, 1]], []), contract([W], [[0, 0]], [])),
    "ones": (multiply(build.ones(v.shape), v), v),
    "a sum of ones": (total(build.ones(v.shape)), build.size("n")),
    "a sum of squares": (total(power(v, 2)), inner(v, v)),
    "an inner product squared": (multiply(inner(v, w), inner(w, v)), power(inner(v, w), 2)),
    "products associate": (matmul(matmul(A, W), v), matmul(A, matmul(W, v))),
    "an entry of a list": (entry(build.stack([a, b, c]), 1), b),
    "a row of a list of lists": (entry(build.stack([v, w]), 1), w),
    "the same entry twice": (contract([build.unit(1, "n")] * 2 + [v], [[0]] * 3, []), entry(v, 1)),
    "two different entries": (contract([build.unit(0, "n"), build.unit(1, "n"), v], [[0]] * 3, []), constant(0)),
    "trace of a product": (contract([A, B], [[0, 1], [0, 1]], []), contract([B, A], [[5, 2], [5, 2]], [])),
}


@pytest.mark.parametrize("title", EQUAL)
def test_equal_terms_have_one_normal_form(title: str) -> None:
    left, right = EQUAL[title]
    assert normal_form(left) is normal_form(right)


DIFFERENT: dict[str, tuple[Node, Node]] = {
    "a root of a square is no power": (power(power(a, 2), constant(HALF)), a),
    "the transpose": (matmul(W, v), matmul(transpose(W), v)),
    "the order of matrices": (matmul(W, transpose(W)), matmul(transpose(W), W)),
    "exponentials are kept": (multiply(exp(a), exp(b)), exp(add(a, b))),
    "products are not multiplied out": (multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c))),
    "a sum in a diagonal": (contract([W], [[0, 0]], []), total(W)),
}


@pytest.mark.parametrize("title", DIFFERENT)
def test_different_terms_stay_different(title: str) -> None:
    left, right = DIFFERENT[title]
    assert normal_form(left) is not normal_form(right)


def test_a_lone_number_stays_before_its_sum() -> None:
    node = scale(2, subtract(a, b))
    assert normal_form(node) is normal_form(subtract(scale(2, a), scale(2, b)))
    coefficient, rest = build.split_coefficient(normal_form(node))
    assert coefficient == 2
    assert rest is normal_form(subtract(a, b))


def test_named_quantities_are_leaves() -> None:
    q = named("q", add(a, add(b, a)))
    assert normal_form(q) is q
    assert normal_form(subtract(q, scale(2, a))) is normal_form(add(scale(-2, a), q))


def test_one_over_zero_is_an_error() -> None:
    zero = add(subtract(add(a, b), b), scale(-1, a))
    with pytest.raises(EvaluationError) as caught:
        normal_form(power(zero, -1))
    assert caught.value.code == "division-by-zero"


def test_steps_are_the_rules_used_and_keep_the_value() -> None:
    trace: list[Step] = []
    node = add(scale(2, subtract(multiply(a, a), b)), b, exp(log(c)))
    normal_form(node, trace)
    assert {"flat-sum", "powers", "inverse-functions"} <= {step.rule for step in trace}
    for step in trace:
        assert step.because
        np.testing.assert_allclose(value(step.before, SIZES, inputs(1)), value(step.after, SIZES, inputs(1)), rtol=1e-12)


@settings(max_examples=150)
@given(recipes(), st.integers(0, 1000))
def test_the_value_is_kept_and_nothing_is_left_to_do(recipe: Recipe, seed: int) -> None:
    node = follow(recipe)
    done = normal_form(node)
    assert normal_form(done) is done
    given_inputs = inputs(seed)
    before, after = value(node, SIZES, given_inputs), value(done, SIZES, given_inputs)
    np.testing.assert_allclose(after, before, rtol=1e-9, atol=1e-9 * magnitude(node, seed))


@settings(max_examples=60)
@given(recipes(depth=2))
def test_every_rule_keeps_the_value_and_there_are_few_uses(recipe: Recipe) -> None:
    node = follow(recipe)
    trace: list[Step] = []
    normal_form(node, trace)
    assert len(trace) <= 10 * len(postorder(node)) ** 2
    for step in trace:
        before, after = value(step.before, SIZES, inputs(3)), value(step.after, SIZES, inputs(3))
        np.testing.assert_allclose(after, before, rtol=1e-9, atol=1e-9 * magnitude(step.before, 3), err_msg=step.rule)


def magnitude(node: Node, seed: int) -> float:
    """The largest number on the way: what rounding is relative to."""
    given_inputs = inputs(seed)
    return max(float(np.max(np.abs(value(n, SIZES, given_inputs)), initial=1)) for n in postorder(node))


@settings(max_examples=150)
@given(recipes(), st.randoms(use_true_random=False))
def test_the_order_of_writing_does_not_matter(recipe: Recipe, random: Random) -> None:
    assert normal_form(follow(recipe, random)) is normal_form(follow(recipe))


@pytest.mark.parametrize("length", [1, 2, 3, 4, 5, 6])
def test_cycles_and_stars_of_one_matrix_are_ordered(length: int) -> None:
    """Products whose factors are all equal, told apart by nothing but their places."""
    ring = [(i, (i + 1) % length) for i in range(length)]
    star = [(0, i + 1) for i in range(length)]
    for pattern in (ring, star, [*star, *ring]):
        random = Random(length)
        made: set[Node] = set()
        for _ in range(8):
            names = random.sample(range(20), 20)
            own = [[names[i] for i in pair] for pair in random.sample(pattern, len(pattern))]
            made.add(normal_form(contract([W] * len(pattern), own, [])))
        assert len(made) == 1


def test_the_normal_form_does_not_depend_on_hash_seeds() -> None:
    code = (
        "from chainrule.graph.build import *\n"
        "from chainrule.algebra.normal_form import normal_form\n"
        "names = [variable(s) for s in 'qwertyuiop']\n"
        "node = normal_form(add(multiply(*names), *names))\n"
        "print([n.symbol.text if hasattr(n, 'symbol') else len(n.factors) for _, n in node.terms])\n"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert "10" in runs.pop()


def chain(kind: str, length: int) -> Node:
    node: Node = W if kind == "matrices" else a
    for i in range(length):
        match kind:
            case "functions":
                node = exp(node)
            case "sums":
                node = add(node, build.variable(f"x{i}"))
            case "products":
                node = multiply(node, build.variable(f"x{i}"))
            case "matrices":
                node = matmul(node, build.variable(f"M{i}", ("n", "n")))
            case _:
                node = add(b, multiply(a, exp(node)))
    return node


@pytest.mark.parametrize("kind", ["functions", "sums", "products", "matrices", "layers"])
def test_long_chains_take_linear_time(kind: str) -> None:
    assert seconds(kind, 8_000) < 12 * seconds(kind, 2_000) + 0.1


def seconds(kind: str, length: int) -> float:
    """How long the normal form of a chain takes, with no collection of what other tests left behind in between."""
    node = chain(kind, length)
    gc.collect()
    gc.disable()
    try:
        start = process_time()
        done = normal_form(node)
        taken = process_time() - start
    finally:
        gc.enable()
    assert normal_form(done) is done
    return taken


def test_a_chain_of_a_hundred_thousand_functions() -> None:
    node = chain("functions", 100_000)
    assert normal_form(node) is node


def test_products_of_named_size_keep_their_factors_apart() -> None:
    """Two separate sums in one contraction are two scalars, not one double sum."""
    node = normal_form(contract([v, w, u, u], [[0], [0], [1], [1]], []))
    assert isinstance(node, Contract)
    assert set(node.factors) == {normal_form(inner(v, w)), normal_form(inner(u, u))}
