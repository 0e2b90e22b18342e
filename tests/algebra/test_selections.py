"""Rules for selections: parts of concatenations, entries put back into their places."""

from collections.abc import Callable

import numpy as np
import pytest

from chainrule.algebra.matrix_form import matrix_form
from chainrule.algebra.normal_form import normal_form
from chainrule.algebra.selections import are_disjoint, is_injective
from chainrule.calculus.jacobian import gradient, hessian
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.dimension import dimension
from chainrule.graph.node import Node
from chainrule.ops.joining import concatenate, kron, vec
from chainrule.ops.reduction import norm
from chainrule.typesetting import latex

SIZES = {"m": 2, "n": 3, "k": 4}
M, N, K = map(dimension, "mnk")
x, y = build.variable("x", ("n",)), build.variable("y", ("k",))
A, B = build.variable("A", ("m", "n")), build.variable("B", ("k", "n"))
both, three = concatenate([x, y]), concatenate([x, y, x])
U = build.variable("U", (three.shape[0], three.shape[0]))
W = build.variable("W", ("m", "k"))


def sum_of_squares(node: Node) -> Node:
    return build.inner(node, node)


RESULTS: list[tuple[Callable[[], Node], Node]] = [
    (lambda: gradient(sum_of_squares(both), x), build.scale(2, x)),
    (lambda: gradient(sum_of_squares(both), y), build.scale(2, y)),
    (lambda: gradient(sum_of_squares(three), x), build.scale(4, x)),
    (lambda: gradient(sum_of_squares(vec(A)), A), build.scale(2, A)),
    (lambda: gradient(sum_of_squares(concatenate([A, B])), B), build.scale(2, B)),
    (lambda: hessian(sum_of_squares(both), x, y), build.zeros((N, K))),
    (lambda: build.part(build.placed(x, "m", M + N), "m", "n"), x),
    (lambda: build.part(build.part(x, 1, 5), 2, 2), normal_form(build.part(x, 3, 2))),
    (lambda: build.part(both, "n", "k"), y),
]


@pytest.mark.parametrize(("made", "expected"), RESULTS)
def test_what_is_taken_apart_is_what_was_joined(made: Callable[[], Node], expected: Node) -> None:
    assert normal_form(made()) is expected


UNCHANGED: list[Node] = [
    gradient(build.inner(three, build.matmul(U, three)), y),
    gradient(norm(both), x),
    gradient(build.inner(kron(A, W), kron(A, W)), A),
    build.part(three, 1, 5),
    build.part(both, 2, 4),
    build.contract(
        [x, build.selection("n", (2, 2), 0, (1, 1)), build.selection("n", (2, 2), 0, (1, 1))],
        [(0,), (0, 1, 2), (0, 3, 4)],
        (1, 4),
    ),
    build.contract([build.selection("n", (2, 2), 0, (1, 1))] * 2, [(0, 1, 2), (0, 3, 4)], (1, 2, 3, 4)),
    build.contract([build.selection("n", (2,), 0), build.selection("n", (2,), 1)], [(0, 1), (0, 2)], (1, 2)),
]


@pytest.mark.parametrize("node", UNCHANGED)
def test_the_rules_keep_the_value(node: Node) -> None:
    random = np.random.default_rng(4)
    values = {v: random.normal(size=[d.size(SIZES) for d in v.shape]) for v in (x, y, A, B, U, W)}
    before, after = evaluate([node, normal_form(node)], values, SIZES)
    np.testing.assert_allclose(after, before, rtol=1e-12, atol=1e-13)


def test_a_part_in_the_middle() -> None:
    made = normal_form(gradient(build.inner(three, build.matmul(U, three)), y))
    assert "n + 1" in latex(matrix_form(made))


def test_which_selections_have_one_entry_a_place() -> None:
    assert is_injective(build.selection("n", (2,), 1))
    assert is_injective(build.selection(M * N, ("m", "n"), 0, (1, "m")))
    assert is_injective(build.selection(M * N, ("m", "n"), 0, ("n", 1)))
    assert not is_injective(build.selection("n", (2, 3), 0, (1, 1)))


def test_which_blocks_are_disjoint() -> None:
    def block(start: object, length: object) -> object:
        return build.selection(M + N + K, (length,), start)  # pyright: ignore[reportArgumentType]

    assert are_disjoint(block(0, "m"), block("m", "n"))
    assert are_disjoint(block(M + N, "k"), block(0, "m"))
    assert not are_disjoint(block(0, 2), block(1, 2))
    assert not are_disjoint(block(0, "m"), block("n", "k"))
