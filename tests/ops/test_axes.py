"""Words along an axis, read from text and as nodes, against NumPy and JAX."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import chainrule as cr
from chainrule.calculus.jacobian import jacobian
from chainrule.evaluation.compare import compare
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.ops.axes import ALONG

EXPECTED: dict[str, Callable[..., Any]] = {
    "sum": jnp.sum,
    "mean": jnp.mean,
    "variance": jnp.var,
    "standard_deviation": jnp.std,
    "max": jnp.max,
    "min": jnp.min,
    "norm": jnp.linalg.norm,
    "norm1": lambda x, axis: jnp.sum(jnp.abs(x), axis=axis),
    "logsumexp": jax.nn.logsumexp,
    "softmax": jax.nn.softmax,
    "log_softmax": jax.nn.log_softmax,
}
WORDS = {"variance": "var", "standard_deviation": "std", "norm1": "norm1"}
MATRIX = np.random.default_rng(4).normal(size=(3, 5))


def test_every_word_has_a_reference() -> None:
    assert EXPECTED.keys() == ALONG.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_values_and_jacobians(name: str) -> None:
    matrix, vector = build.variable("A", (3, 5)), build.variable("x", (5,))
    along = ALONG[name]
    for record, node, axis in (
        (along.columns, matrix, 0),
        (along.rows, matrix, 1),
        (along.first, vector, 0),
        (along.last, vector, -1),
    ):
        given = MATRIX if node is matrix else MATRIX[0]
        made = record.build(node)
        expected = EXPECTED[name](jnp.asarray(given), axis=axis)
        slope = jax.jacrev(lambda x, axis=axis: EXPECTED[name](x, axis=axis))(jnp.asarray(given))
        found, by_node = evaluate([made, jacobian(made, node)], {node: given})
        assert compare(found, np.asarray(expected)) < 1e-14
        assert compare(by_node, np.asarray(slope)) < 1e-13


@pytest.mark.parametrize("name", [name for name in EXPECTED if name != "norm1"])
@pytest.mark.parametrize("axis", [0, 1, -1])
def test_text(name: str, axis: int) -> None:
    word = WORDS.get(name, name)
    plain = word.replace("log_softmax", "logsoftmax")
    for text in (f"s = {plain}(A, axis={axis})", f"s = np.{word}(A, axis={axis})", f"s = A.{word}(axis={axis})"):
        run = cr.parse(text, shapes={"A": (3, 5)}).at({"A": MATRIX})
        assert compare(run["s"], np.asarray(EXPECTED[name](jnp.asarray(MATRIX), axis=axis))) < 1e-14


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("s = sum(A, axis=2)", "unsupported-argument"),
        ("s = np.sum(A, axis=1, keepdims=True)", "unsupported-argument"),
        ("s = det(A, axis=1)", "unsupported-argument"),
        ("s = norm(A, 3, axis=1)", "unsupported-argument"),
        ("s = np.linalg.norm(A, ord=2)", "ambiguous-of-matrix"),
        ("s = np.linalg.norm(A, 'nuc')", "unsupported-norm"),
    ],
)
def test_refusals(text: str, code: str) -> None:
    with pytest.raises(cr.ChainruleError) as caught:
        cr.parse(text, shapes={"A": (3, 5)})
    assert caught.value.code == code


def test_of_equal_entries_in_a_row_the_first_counts() -> None:
    matrix = build.variable("A", (2, 3))
    ties = np.array([[1.0, 4.0, 4.0], [2.0, 2.0, 0.0]])
    [slope] = evaluate([jacobian(ALONG["max"].rows.build(matrix), matrix)], {matrix: ties})
    assert slope[0].tolist() == [[0, 1, 0], [0, 0, 0]]
    assert slope[1].tolist() == [[0, 0, 0], [1, 0, 0]]
