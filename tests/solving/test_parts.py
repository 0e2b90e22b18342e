r"""Derivatives by and of entries, rows, columns and blocks, `\frac{\partial y}{\partial A_{*,j}}`: by hand and beside JAX."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import chainrule as cr
from chainrule.errors import ChainruleError
from chainrule.graph.node import Unit, Variable, postorder
from tests.solving.sheets import derivative, differentiate, entry, errors, solve

jax.config.update("jax_enable_x64", True)  # pyright: ignore[reportUnknownMemberType]

SHAPES = {"A": ("m", "n"), "x": ("n",), "w": ("m",)}
NET = cr.parse(r"p = A x; h = \sigma(p); y = w^\top h", shapes=SHAPES)
RANDOM = np.random.default_rng(7)
A, x, w = RANDOM.normal(size=(3, 4)), RANDOM.normal(size=4), RANDOM.normal(size=3)
VALUES = {"A": A, "x": x, "w": w}


def h_of(a: Any, b: Any) -> Any:
    return jax.nn.sigmoid(a @ b)


def y_of(a: Any, b: Any) -> Any:
    return jnp.dot(w, h_of(a, b))


H_BY_A, H_BY_X = (np.asarray(jax.jacobian(h_of, argnums=k)(A, x)) for k in (0, 1))
Y_BY_A, Y_BY_X = (np.asarray(jax.grad(y_of, argnums=k)(A, x)) for k in (0, 1))
Y_BY_XX = np.asarray(jax.hessian(y_of, argnums=1)(A, x))
Y_BY_XA = np.asarray(jax.jacobian(jax.grad(y_of, argnums=1), argnums=0)(A, x))
# The example has i = 3 and j = 2, counted from 1.
PARTS: list[tuple[str, str | tuple[str, ...], np.ndarray]] = [
    ("y", "A_{*,j}", Y_BY_A[:, 1]),
    ("y", "A_{i,*}", Y_BY_A[2]),
    ("y", "A_{ij}", Y_BY_A[2, 1]),
    ("y", "A_{2,1}", Y_BY_A[1, 0]),
    ("y", "A_{21}", Y_BY_A[1, 0]),
    ("y", "A_{i,4}", Y_BY_A[2, 3]),
    ("y", "A_{1:2,*}", Y_BY_A[:2]),
    ("y", "A_{2:3,2:4}", Y_BY_A[1:3, 1:4]),
    ("y", "A[:, 1:2]", Y_BY_A[:, :2]),
    ("y", "x_i", Y_BY_X[2]),
    ("y", "x_{2:n}", Y_BY_X[1:]),
    ("h", "x_j", H_BY_X[:, 1]),
    ("h", "A_{*,j}", H_BY_A[:, :, 1]),
    ("h_i", "x_j", H_BY_X[2, 1]),
    ("h_i", "x", H_BY_X[2]),
    ("h_i", "A_{ij}", H_BY_A[2, 2, 1]),
    ("h_1", "A_{2,*}", np.zeros(4)),
    ("h_{1:2}", "x", H_BY_X[:2]),
    ("h_{1:2}", "x_{3:4}", H_BY_X[:2, 2:]),
    ("y", ("x_i", "x_j"), Y_BY_XX[2, 1]),
    ("y", ("x", "x_j"), Y_BY_XX[:, 1]),
    ("y", ("x", "A_{ij}"), Y_BY_XA[:, 2, 1]),
    ("y", ("x_1", "A_{*,2}"), Y_BY_XA[0, :, 1]),
    ("y", ("x_j", "A_{i,j}"), Y_BY_XA[1, 2, 1]),
    ("y", ("x_i", "A_{*,j}"), Y_BY_XA[2, :, 1]),
    ("y", ("x_1", "A_{*,j}"), Y_BY_XA[0, :, 1]),
]


@pytest.mark.parametrize(("of", "by", "expected"), PARTS, ids=lambda each: "" if isinstance(each, np.ndarray) else str(each))
def test_a_part_is_that_part_of_the_whole(of: str, by: str | tuple[str, ...], expected: np.ndarray) -> None:
    found = NET.derivative(of, by)
    positions = {need: {"i": 3.0, "j": 2.0}[need] for need in found.needs if need in "ij"}
    values = {k: v for k, v in VALUES.items() if k in found.needs}
    point = found.at({**VALUES, **positions}) if found.needs else np.zeros(expected.shape)
    np.testing.assert_allclose(point, expected, rtol=1e-9, atol=1e-14)
    assert found.text
    assert found.check is not None
    assert found.check.max_rel_err < 1e-9
    if found.needs:  # an index parameter counts from 0
        space: dict[str, Callable[..., Any]] = {}
        exec(found.code(), space)
        arguments = [values[need] if need in values else int(positions[need]) - 1 for need in found.needs]
        np.testing.assert_allclose(space["derivative"](*arguments), expected, rtol=1e-9, atol=1e-14)


def test_a_column_as_it_stands_in_a_textbook() -> None:
    """With y = w^T sigma(A x): x_j (w * sigma'(A x)), of which no step makes the whole array."""
    found = cr.parse(r"y = w^\top \sigma(A x)", shapes=SHAPES).derivative("y", "A_{*,j}")
    assert found.forms is not None
    assert found.forms.closed.latex.startswith(r"x_j")
    assert found.shape == ("m",)
    [matrix] = [node for node in postorder(found.node) if len(node.shape) > 1]
    assert isinstance(matrix, Variable)


@pytest.mark.parametrize(("of", "by"), [("y", "A_{*,j}"), ("y", "A_{ij}"), ("y", "A_{i,*}"), ("h", "x_j"), ("h_i", "A_{ij}")])
def test_nothing_larger_than_the_input_is_made(of: str, by: str) -> None:
    node = NET.derivative(of, by).node
    assert [len(each.shape) for each in postorder(node) if not isinstance(each, Variable | Unit) and len(each.shape) > 1] == []


def test_entries_of_a_sum_are_those_of_its_terms() -> None:
    """f = x^T A x + |A|_F^2: the derivative by A_{12} is x_1 x_2 + 2 A_{12}."""
    found = cr.parse(r"f = x^\top A x + \|A\|_F^2", shapes={"A": (2, 2), "x": (2,)}).derivative("f", "A_{12}")
    assert float(found.at({"x": [2, 3], "A": [[1, 5], [7, 1]]})) == 16
    assert [node for node in postorder(found.node) if len(node.shape) > 1 and not isinstance(node, Variable)] == []


def test_an_index_of_the_request_alone_is_a_name_of_that_request() -> None:
    assert NET.derivative("y", "x_k").needs[-1] == "k"
    assert NET.derivative("y", "x").needs == ("A", "x", "w")
    with pytest.raises(ChainruleError, match="k is not a name"):
        NET.derivative("y", "k")


@pytest.mark.parametrize(
    ("by", "code"),
    [
        ("A_{*,n}", "size-as-index"),
        ("x_{3,1}", "shape-clash"),
        ("A_{7,1}", "no-such-entry"),
        ("A_{0,1}", "no-such-entry"),
        ("x_{0:1}", "no-such-entry"),
        ("A_{2:9,*}", "no-such-entry"),
        ("u_j", "undefined-symbol"),
    ],
)
def test_what_is_no_part(by: str, code: str) -> None:
    net = cr.parse(r"y = w^\top A x + v^\top B v", shapes={"A": (3, 4), "w": (3,), "x": (4,), "B": ("n", "n"), "v": ("n",)})
    with pytest.raises(ChainruleError) as error:
        net.derivative("y", by.replace("A_{*,n}", "B_{*,n}")).latex  # noqa: B018
    assert error.value.code == code


def test_on_the_command_line_an_index_counts_from_one() -> None:
    answer = derivative("h = A x", "x_j", of="h_i", shapes=SHAPES, at={"A": "[[1, 2], [3, 4]]", "i": "2", "j": "1"})
    assert answer.value == 3
    assert answer.of == "h_i"
    assert entry(answer)() == 3
    assert errors(differentiate("h = A x", "x_j", of="h_i", shapes=SHAPES, at={"j": "2.5", "A": "[[1, 2]]", "i": "1"}))


def test_in_a_sheet_as_a_formula_and_in_words() -> None:
    problem = solve(
        "Let $h = A x$, where $A \\in \\mathbb{R}^{m \\times n}$.\n\n"
        "a) Compute $\\frac{\\partial h_i}{\\partial x_j}$.\n\nb) Compute the derivative of $h$ with respect to $x_j$.\n"
    )
    assert [a.formula.latex for a in problem.answers] == ["A_{i, j}", "A_{*, j}"]
    assert problem.status == "solved", problem.diagnostics
