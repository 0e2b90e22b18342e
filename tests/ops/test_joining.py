"""The gradient through vec of what is itself a vec: the matrix, without any entry moved."""

from typing import Any

import numpy as np
import pytest

from chainrule.algebra.normal_form import normal_form
from chainrule.calculus.jacobian import gradient
from chainrule.evaluation.compare import compare
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.node import Apply, Node, postorder
from chainrule.ops.joining import VEC, vec

X, B = build.variable("X", ("m", "n")), build.variable("B", ("m", "n"))
C, S = build.variable("c"), build.variable("s", (6,))
RANDOM = np.random.default_rng(1)
VALUES: dict[Node, Any] = {X: RANDOM.normal(size=(2, 3)), B: RANDOM.normal(size=(2, 3)), C: 1.5, S: RANDOM.normal(size=6)}


@pytest.mark.parametrize(
    ("scalar", "expected"),
    [
        (build.inner(vec(X), vec(B)), lambda x, b, c: b),
        (build.multiply(C, build.inner(vec(X), vec(B))), lambda x, b, c: c * b),
        (build.inner(vec(X), vec(X)), lambda x, b, c: 2 * x),
        (build.inner(build.subtract(vec(X), vec(B)), build.subtract(vec(X), vec(B))), lambda x, b, c: 2 * (x - b)),
        (build.multiply(build.inner(vec(X), vec(B)), build.inner(vec(X), vec(B))), lambda x, b, c: 2 * np.sum(x * b) * b),
    ],
)
def test_no_entry_is_moved(scalar: Node, expected: Any) -> None:
    found = gradient(scalar, X)
    assert compare(evaluate([found], VALUES)[0], expected(VALUES[X], VALUES[B], VALUES[C])) < 1e-13
    above = [node for node in postorder(normal_form(found)) if node.shape == X.shape]
    assert not any(isinstance(node, Apply) and node.operation is VEC for node in above)


def test_of_another_vector_every_entry_goes_back_to_its_place() -> None:
    x = build.variable("X", (2, 3))
    [found] = evaluate([gradient(build.inner(vec(x), S), x)], {x: VALUES[X], S: VALUES[S]})
    assert np.array_equal(found, np.reshape(VALUES[S], (2, 3), order="F"))


def test_of_the_vec_of_a_matrix_of_another_shape_too() -> None:
    x, y = build.variable("X", (2, 3)), build.variable("Y", (3, 2))
    other = RANDOM.normal(size=(3, 2))
    [found] = evaluate([gradient(build.inner(vec(x), vec(y)), x)], {x: VALUES[X], y: other})
    assert np.array_equal(found, np.reshape(np.ravel(other, order="F"), (2, 3), order="F"))
