"""Code of slices, concatenations, vec, Kronecker products and inverses: the texts a person would write, and their values."""

import numpy as np
import pytest

from chainrule.calculus.jacobian import gradient, jacobian
from chainrule.codegen.numpy import numpy_program
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.ops.inverse import inverse, log_determinant, solve
from chainrule.ops.joining import concatenate, concatenate_columns, kron, vec
from chainrule.ops.matrix_functions import matrix_exponential
from tests.codegen.running import body, run

x, y, d = build.variable("x", ("n",)), build.variable("y", ("k",)), build.variable("d", ("m",))
W = build.variable("W", ("m", concatenate([x, y]).shape[0]))
M = build.variable("M", ("m", "n"))
A, B = build.variable("A", ("n", "n")), build.variable("B", ("n", "n"))
flat, joined = build.variable("a", vec(M).shape), build.variable("C", kron(A, M).shape)
SIZES = {"n": 3, "k": 4, "m": 2}
LOSS = build.inner(d, build.matmul(W, concatenate([x, y])))

TEXTS: list[tuple[Node, tuple[Node, ...], str]] = [
    (build.part(x, 1, 2), (x,), "np.array(x[1:3])"),
    (build.part(M, 0, 2, axis=1), (M,), "np.array(M[:, :2])"),
    (gradient(LOSS, x), (x, y, W, d), "(W.T @ d)[:x.shape[0]]"),
    (gradient(LOSS, y), (x, y, W, d), "(W.T @ d)[x.shape[0]:]"),
    (concatenate([x, y]), (x, y), "np.concatenate((x, y))"),
    (concatenate_columns([A, B]), (A, B), "np.vstack((A.T, B.T)).T"),
    (vec(M), (M,), "np.reshape(M, -1, order='F')"),
    (solve(A, x), (A, x), "np.linalg.solve(A, x)"),
    (solve(build.transpose(A), x), (A, x), "np.linalg.solve(A.T, x)"),
    (build.inner(x, solve(A, x)), (A, x), "float(x @ np.linalg.solve(A, x))"),
    (solve(build.add(A, B), x), (A, B, x), "np.linalg.solve(A + B, x)"),
    (build.transpose(inverse(A)), (A,), "np.linalg.inv(A).T"),
    (build.scale(2, solve(A, x)), (A, x), "2 * np.linalg.solve(A, x)"),
]


@pytest.mark.parametrize(("node", "needs", "expected"), TEXTS)
def test_the_text(node: Node, needs: tuple[Node, ...], expected: str) -> None:
    lines = body(numpy_program("f", node, needs, {}))
    assert lines == [f"return {expected}"]


VALUES: list[tuple[Node, tuple[Node, ...]]] = [
    *((node, needs) for node, needs, _ in TEXTS),
    (gradient(build.inner(flat, vec(M)), M), (flat, M)),
    (gradient(build.inner(joined, kron(A, M)), M), (joined, A, M)),
    (gradient(build.inner(joined, kron(A, M)), A), (joined, A, M)),
    (gradient(build.total(build.part(x, 1, 2)), x), (x,)),
    (build.placed(M, 1, 9, axis=1), (M,)),
    (jacobian(concatenate([x, y]), y), (x, y)),
    (build.add(build.part(x, 1, 2), build.part(x, 0, 2)), (x,)),
    (build.multiply(inverse(A), inverse(A)), (A,)),
    (build.matmul(B, inverse(A)), (A, B)),
    (build.matmul(B, build.transpose(inverse(A))), (A, B)),
    (gradient(log_determinant(A), A), (A,)),
    (gradient(build.inner(matrix_exponential(A), B), A), (A, B)),
    (build.selection(5, (2, 3), 0, (1, 1)), ()),
]


@pytest.mark.parametrize(("node", "needs"), VALUES)
def test_the_value(node: Node, needs: tuple[Node, ...]) -> None:
    random = np.random.default_rng(2)
    values = {v: random.normal(size=[s.size(SIZES) for s in v.shape]) for v in needs}
    if A in values:
        values[A] = values[A] @ values[A].T + np.eye(3)
    [expected] = evaluate([node], values, SIZES)
    found = run(numpy_program("f", node, needs, {}), *values.values())
    np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-12)
    assert not any(np.shares_memory(found, value) for value in values.values())
