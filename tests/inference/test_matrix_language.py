"""The plain language of matrix calculators: every operator and function as input, and each result as input again.

The values are those of JAX; the text of a derivative is read beside the formula it is of, since it may mention it.
"""

import inspect
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import chainrule as cr
from chainrule.evaluation.compare import compare

N = 3
SHAPES: dict[str, tuple[int, ...]] = {
    "a": (), "b": (), "x": (N,), "y": (N,), "v": (N,), "w": (N,), "A": (N, N), "B": (N, N), "C": (N, N), "X": (N, N),
}  # fmt: skip
EYE, ONE = jnp.eye(N), jnp.ones(N)


def _relu(x: Any) -> Any:
    return jnp.maximum(x, 0.0)


LANGUAGE: list[tuple[str, str, Callable[..., Any]]] = [
    ("0.5*x'*A*x", "x", lambda x, A: 0.5 * x @ A @ x),
    ("A*exp(x)", "x", lambda x, A: A @ jnp.exp(x)),
    ("(y.*v)'*x", "x", lambda x, y, v: jnp.sum(y * v * x)),
    ("a^b", "a b", lambda a, b: a**b),
    ("norm1(A*x-y)", "A", lambda x, A, y: jnp.sum(jnp.abs(A @ x - y))),
    ("norm2(A*x-y)", "x", lambda x, A, y: jnp.linalg.norm(A @ x - y)),
    ("norm2(A*x-y)^2", "A", lambda x, A, y: jnp.sum((A @ x - y) ** 2)),
    ("sum(log(exp(-y.*(X*w)) + vector(1)))", "w X", lambda w, X, y: jnp.sum(jnp.log(jnp.exp(-y * (X @ w)) + 1))),
    ("tr(A*X'*B*X*C)", "X A", lambda X, A, B, C: jnp.trace(A @ X.T @ B @ X @ C)),
    ("log(det(inv(X)))", "X", lambda X: jnp.log(jnp.linalg.det(jnp.linalg.inv(X)))),
    ("a + b - 2*a/b", "a b", lambda a, b: a + b - 2 * a / b),
    ("sum(x./y)", "x y", lambda x, y: jnp.sum(x / y)),
    ("sum(x.^a)", "x a", lambda x, a: jnp.sum(x**a)),
    ("sum(x.^3)", "x", lambda x: jnp.sum(x**3)),
    ("sum(a.^x)", "x a", lambda x, a: jnp.sum(a**x)),
    ("sum(sin(x))", "x", lambda x: jnp.sum(jnp.sin(x))),
    ("sum(cos(x))", "x", lambda x: jnp.sum(jnp.cos(x))),
    ("sum(tan(x))", "x", lambda x: jnp.sum(jnp.tan(x))),
    ("sum(arcsin(x/3))", "x", lambda x: jnp.sum(jnp.arcsin(x / 3))),
    ("sum(arccos(x/3))", "x", lambda x: jnp.sum(jnp.arccos(x / 3))),
    ("sum(arctan(x))", "x", lambda x: jnp.sum(jnp.arctan(x))),
    ("sum(exp(x))", "x", lambda x: jnp.sum(jnp.exp(x))),
    ("sum(log(x))", "x", lambda x: jnp.sum(jnp.log(x))),
    ("sum(sqrt(x))", "x", lambda x: jnp.sum(jnp.sqrt(x))),
    ("sum(tanh(x))", "x", lambda x: jnp.sum(jnp.tanh(x))),
    ("sum(abs(x-y))", "x y", lambda x, y: jnp.sum(jnp.abs(x - y))),
    ("sum(relu(x-y))", "x y", lambda x, y: jnp.sum(_relu(x - y))),
    ("sign(a-b)*a", "a b", lambda a, b: jnp.sign(a - b) * a),
    ("sum(X)", "X", lambda X: ONE @ X @ ONE),
    ("norm1(X)", "X", lambda X: jnp.sum(jnp.abs(X))),
    ("norm2(X)", "X", lambda X: jnp.sqrt(jnp.sum(X**2))),
    ("tr(X)", "X", lambda X: jnp.sum(jnp.diag(X))),
    ("det(X)", "X", lambda X: jnp.linalg.slogdet(X)[0] * jnp.exp(jnp.linalg.slogdet(X)[1])),
    ("logdet(X)", "X", lambda X: jnp.linalg.slogdet(X)[1]),
    ("sum(inv(X))", "X", lambda X: jnp.sum(jnp.linalg.inv(X))),
    ("tr(adj(X)*A)", "X A", lambda X, A: jnp.trace(jnp.linalg.det(X) * jnp.linalg.inv(X) @ A)),
    ("x'*diag(y)*v", "x", lambda x, y, v: jnp.sum(x * y * v)),
    ("diag(X)'*x", "x X", lambda x, X: jnp.diag(X) @ x),
    ("tr((X+eye)^2)", "X", lambda X: jnp.trace((X + EYE) @ (X + EYE))),
    ("tr(X^3)", "X", lambda X: jnp.trace(X @ X @ X)),
    ("sum((X+matrix(1))*x)", "x X", lambda x, X: jnp.sum((X + 1) @ x)),
    ("x'*(A.*B)*y", "x A", lambda x, A, B, y: x @ (A * B) @ y),
    ("sum(A./B)", "A B", lambda A, B: jnp.sum(A / B)),
    ("sum(exp(X*A))", "X A", lambda X, A: jnp.sum(jnp.exp(X @ A))),
    ("x'*y/(a+x'*x)", "x a", lambda x, y, a: x @ y / (a + x @ x)),
    ("exp(-x'*inv(A)*x/2)", "x A", lambda x, A: jnp.exp(-x @ jnp.linalg.inv(A) @ x / 2)),
    ("a*vector(1)'*x", "x a", lambda a, x: a * ONE @ x),
    ("norm2(X-x*y')^2", "X x", lambda X, x, y: jnp.sum((X - jnp.outer(x, y)) ** 2)),
    ("-logdet(X)+tr(A*X)", "X", lambda X, A: -jnp.linalg.slogdet(X)[1] + jnp.trace(A @ X)),
    ("A*x", "x", lambda A, x: A @ x),
]  # fmt: skip


def point() -> dict[str, Any]:
    """Numbers above zero, and matrices with a positive determinant."""
    random = np.random.default_rng(3)
    return {
        name: random.uniform(0.3, 1.2, shape) + (3 * np.eye(N) if len(shape) == 2 else 0.0) for name, shape in SHAPES.items()
    }


@pytest.mark.parametrize(("text", "by", "function"), LANGUAGE, ids=[text for text, _, _ in LANGUAGE])
def test_input_and_output(text: str, by: str, function: Callable[..., Any]) -> None:
    values = point()
    names = list(inspect.signature(function).parameters)
    shapes = {name: SHAPES[name] for name in names}
    given = {name: values[name] for name in names}
    net = cr.parse(f"F = {text}", shapes=shapes)
    arrays = [jnp.asarray(given[name]) for name in names]
    assert compare(net.at(given)["F"], np.asarray(function(*arrays))) < 1e-13
    for variable in by.split():
        said = net.derivative("F", variable).text
        expected = np.asarray(jax.jacrev(function, names.index(variable))(*arrays))
        again = cr.parse(f"F = {text}; G = {said}", shapes={**shapes, "G": expected.shape})
        assert compare(again.at(given)["G"], expected) < 1e-12
