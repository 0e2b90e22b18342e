"""Derivatives through kron, vec, concatenation and functions of matrices: texts by hand, values beside JAX, read back."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import chainrule as cr
from chainrule.evaluation.compare import compare
from tests.ops.series import expm

jax.config.update("jax_enable_x64", True)
SHAPES = {
    "A": ("m", "n"), "X": ("p", "q"), "V": ("p", "q"), "S": ("n", "n"), "Q": ("n", "n"), "D": ("n", "n"), "G": ("n", "n"),
    "x": (), "g": ("n",), "h": ("n",),
}  # fmt: skip
SIZES = {"m": 2, "n": 3, "p": 4, "q": 2}


def vec(x: Any) -> Any:
    return jnp.reshape(x, -1, order="F")


def frechet(x: Any, e: Any) -> Any:
    return jax.jvp(expm, (x,), (e,))[1]


Case = tuple[str, str, str, str, str, Callable[..., Any], tuple[str, ...]]
CASES: list[Case] = [
    # text, of, by, along, plain text, the same in JAX, its arguments
    ("Y = expm(x Q)", "Y", "x", "", "Q Y", lambda x, q: expm(x * q), ("x", "Q")),
    ("Y = sinm(x Q)", "Y", "x", "", "Q cosm(x Q)", lambda x, q: jnp.imag(expm(1j * x * q)), ("x", "Q")),
    ("Y = cosm(x Q)", "Y", "x", "", "-Q sinm(x Q)", lambda x, q: jnp.real(expm(1j * x * q)), ("x", "Q")),
    ("Y = expm(S + x Q)", "Y", "x", "", "expm'(S + x Q, Q)", lambda x, s, q: expm(s + x * q), ("x", "S", "Q")),
    ("Y = expm(Q)", "Y", "Q", "D", "expm'(Q, D)", expm, ("Q",)),
    ("Y = expm(Q)", "Y", "Q", "", "(expm'(Q, e_k e_l^T))_{i j}", expm, ("Q",)),
    ("f = tr(G^T expm(Q))", "f", "Q", "", "expm'(Q^T, G)", lambda q, g: jnp.trace(g.T @ expm(q)), ("Q", "G")),
    ("C = expm(Q); f = tr(C)", "f", "Q", "", "C^T", lambda q: jnp.trace(expm(q)), ("Q",)),
    ("f = g^T expm(x Q) h", "f", "x", "", "g^T Q expm(x Q) h", lambda x, g, q, h: g @ expm(x * q) @ h, ("x", "g", "Q", "h")),
    ("f = tr(expm'(Q, S) G)", "f", "S", "", "(expm'(Q, G))^T", lambda s, q, g: jnp.trace(frechet(q, s) @ g), ("S", "Q", "G")),
    ("f = tr(expm'(Q, S))", "f", "Q", "", "(expm'(Q, S))^T", lambda q, s: jnp.trace(frechet(q, s)), ("Q", "S")),
    ("Y = kron(A, X)", "Y", "X", "V", "A ⊗ V", lambda x, a: jnp.kron(a, x), ("X", "A")),
    (
        "Y = kron(x S, expm(x Q))",
        "Y",
        "x",
        "",
        "S ⊗ expm(x Q) + x S ⊗ Q expm(x Q)",
        lambda x, s, q: jnp.kron(x * s, expm(x * q)),
        ("x", "S", "Q"),
    ),
    ("Y = kron(A, X)", "Y", "X", "", "(A ⊗ e_k e_l^T)_{i j}", lambda x, a: jnp.kron(a, x), ("X", "A")),
    ("y = kron(A, X) b", "y", "X", "", "((A ⊗ e_j e_k^T) b)_i", lambda x, a, b: jnp.kron(a, x) @ b, ("X", "A", "b")),
    (
        "f = a^T kron(A, X) b",
        "f",
        "X",
        "",
        "unvec(a, p, m) A unvec(b, q, n)^T",
        lambda x, a, m, b: a @ jnp.kron(m, x) @ b,
        ("X", "a", "A", "b"),
    ),
    (
        "f = a^T kron(X, A) b",
        "f",
        "X",
        "",
        "unvec(a, m, p)^T A unvec(b, n, q)",
        lambda x, a, m, b: a @ jnp.kron(x, m) @ b,
        ("X", "a", "A", "b"),
    ),
    ("f = norm(kron(A, X))^2", "f", "X", "", "2 tr(A A^T) X", lambda x, a: jnp.sum(jnp.kron(a, x) ** 2), ("X", "A")),
    ("f = b^T vec(X)", "f", "X", "", "unvec(b, p, q)", lambda x, b: b @ vec(x), ("X", "b")),
    ("y = vec(X)", "y", "X", "V", "vec(V)", vec, ("X",)),
    ("z = concat(g, x h)", "z", "x", "", "[𝟎; h]", lambda x, g, h: jnp.concatenate((g, x * h)), ("x", "g", "h")),
    (
        "z = concat(sin(x) g, x^2 h)",
        "z",
        "x",
        "",
        "[cos(x) g; 2 x h]",
        lambda x, g, h: jnp.concatenate((jnp.sin(x) * g, x**2 * h)),
        ("x", "g", "h"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} by {case[2]} {case[3]}")
def test_text_and_value(case: Case) -> None:
    text, of, by, direction, plain, function, names = case
    net = cr.parse(text, shapes=SHAPES)
    derivative = net.directional(of, by, direction) if direction else net.derivative(of, by)
    assert derivative.text == plain
    shapes = {symbol: SHAPES.get(symbol, ()) for symbol in (*names, *([direction] if direction else []))}
    lengths = {"a": 8, "b": 8 if text == "f = b^T vec(X)" else 6}
    random = np.random.default_rng(4)
    values = {
        symbol: random.uniform(0.2, 1.0, [lengths[symbol]] if symbol in lengths else [SIZES[str(d)] for d in shape])
        for symbol, shape in shapes.items()
    }
    first, *rest = (values[name] for name in names)
    if direction:
        expected = jax.jvp(lambda at: function(at, *rest), (first,), (values[direction],))[1]
    else:
        expected = jax.jacobian(lambda at: function(at, *rest))(first)
    given = cr.parse(text, shapes=SHAPES, values=values)
    found = given.directional(of, by, direction) if direction else given.derivative(of, by)
    assert compare(np.asarray(found.value), np.asarray(expected)) < 1e-9


STACKED: list[tuple[str, str]] = [
    ("y = vec(X)", "I"),
    ("y = vec(A X B)", "B^T ⊗ A"),
    ("y = vec(A X B + X B)", "B^T ⊗ (A + I)"),
    ("y = b .* vec(X)", "diag(b)"),
    ("y = concat(a, vec(X))", "[𝟎; I]"),
]


@pytest.mark.parametrize(("text", "plain"), STACKED)
def test_what_is_made_of_vec_has_a_jacobian_that_acts_on_vec(text: str, plain: str) -> None:
    """Magnus and Neudecker, 9.5: D vec(A X B) is B^T kron A."""
    shapes = {"X": ("m", "n"), "A": ("m", "m"), "B": ("n", "n"), "a": ("p",)}
    derivative = cr.parse(text, shapes=shapes).derivative("y", "X")
    assert derivative.text == plain
    assert derivative.forms.closed.text == plain


HESSIANS: list[tuple[str, str]] = [
    ("f = tr(expm(Q))", "(expm'(Q, e_k e_l^T))_{j i}"),
    ("f = tr(G^T expm(Q))", "(expm''(Q, G^T, e_i e_j^T))_{l, k}"),
]


@pytest.mark.parametrize(("text", "plain"), HESSIANS)
def test_hessians_of_functions_of_matrices_read_back(text: str, plain: str) -> None:
    assert cr.parse(text, shapes=SHAPES).hessian("f", "Q").text == plain


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("f = tr(expm'(Q))", "argument-count"),
        ("f = tr(expm'(Q, S, G))", "argument-count"),
        ("f = tr(expm'''''(Q, S))", "order-too-high"),
        ("Y = unvec(b, 2)", "argument-count"),
    ],
)
def test_what_cannot_be_meant_is_refused(text: str, code: str) -> None:
    with pytest.raises(cr.ChainruleError) as caught:
        cr.parse(text, shapes=SHAPES)
    assert caught.value.code == code
