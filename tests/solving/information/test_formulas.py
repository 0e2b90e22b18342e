"""Derivatives of formulas with quantities of information in them, compared with JAX and with what one writes by hand."""

from collections.abc import Callable, Mapping
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax.scipy.special import digamma, gammaln

import chainrule
from chainrule.errors import ChainruleError

jax.config.update("jax_enable_x64", True)
P, Q, Z = (0.5, 0.3, 0.2), (0.2, 0.25, 0.55), (0.3, -1.2, 0.8)


def entropy(p: Any) -> Any:
    return -jnp.sum(p * jnp.log(p))


def kl(p: Any, q: Any) -> Any:
    return jnp.sum(p * jnp.log(p / q))


def binary_kl(p: Any, q: Any) -> Any:
    return p * jnp.log(p / q) + (1 - p) * jnp.log((1 - p) / (1 - q))


def gamma_kl(a: Any, b: Any, c: Any, d: Any) -> Any:
    """Of shapes a, c and rates b, d."""
    return (a - c) * digamma(a) - gammaln(a) + gammaln(c) + c * jnp.log(b / d) + a * (d - b) / b


def laplace_kl(m: Any, b: Any, n: Any, c: Any) -> Any:
    away = jnp.abs(m - n)
    return jnp.log(c / b) + (b * jnp.exp(-away / b) + away) / c - 1


def dirichlet_kl(a: Any, b: Any) -> Any:
    beta = (lambda x: jnp.sum(gammaln(x)) - gammaln(jnp.sum(x)))(b) - jnp.sum(gammaln(a)) + gammaln(jnp.sum(a))
    return beta + jnp.sum((a - b) * (digamma(a) - digamma(jnp.sum(a))))


def squared_hellinger(p: Any, q: Any) -> Any:
    return jnp.sum((jnp.sqrt(p) - jnp.sqrt(q)) ** 2) / 2


def of_ratios(f: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda p, q: jnp.sum(q * f(p / q))


def bregman(p: Any, q: Any) -> Any:
    return jnp.sum(p * jnp.log(p) - q * jnp.log(q) - (jnp.log(q) + 1) * (p - q))


LAPLACE = {r"\mu_1": 0.4, "b_1": 0.7, r"\mu_2": -0.3, "b_2": 1.9}
A = ((0.5, 0.3, 0.2), (0.1, 0.3, 0.6))

CASES: list[tuple[str, str, Callable[..., Any], Mapping[str, Any]]] = [
    (r"m = w p + (1-w) q; L = H(m)", "w", lambda w, p, q: entropy(w * p + (1 - w) * q), {"w": 0.3, "p": P, "q": Q}),
    (
        r"m = \frac12 (p + q); L = H(m) - \frac12 H(p) - \frac12 H(q)",
        "p",
        lambda p, q: entropy((p + q) / 2) - entropy(p) / 2 - entropy(q) / 2,
        {"p": P, "q": Q},
    ),
    (r"m = A^\top w; L = H(m)", "w", lambda A, w: entropy(A.T @ w), {"A": A, "w": (0.4, 0.6)}),
    (r"f(t) = t \log t; L = D_f(p \| q)", "p", of_ratios(lambda t: t * jnp.log(t)), {"p": P, "q": Q}),
    (r"f(t) = (\sqrt{t} - 1)^2; L = D_f(p \| q)", "q", of_ratios(lambda t: (jnp.sqrt(t) - 1) ** 2), {"p": P, "q": Q}),
    (r"L = H^2(p, q)", "p", squared_hellinger, {"p": P, "q": Q}),
    (r"L = \delta_{TV}(p, q)", "p", lambda p, q: jnp.sum(jnp.abs(p - q)) / 2, {"p": P, "q": Q}),
    (r"L = H_\alpha(p)", "p", lambda p, a: jnp.log(jnp.sum(p**a)) / (1 - a), {"p": P, r"\alpha": 0.4}),
    (r"L = H_2(p)", "p", lambda p: -jnp.log(jnp.sum(p**2)), {"p": P}),
    (
        "q = softmax(z / T); L = H(p, q)",
        "T",
        lambda z, T, p: -jnp.sum(p * jax.nn.log_softmax(z / T)),
        {"z": Z, "T": 1.7, "p": P},
    ),
    (
        r"F = \sum_i p_i E_i + T \sum_i p_i \log p_i; L = F",
        "p",
        lambda p, E, T: jnp.sum(p * E) + T * jnp.sum(p * jnp.log(p)),
        {"p": P, "E": Z, "T": 0.6},
    ),
    ("L = KL(Gamma(a, b) || Gamma(c, d))", "a", gamma_kl, {"a": 1.3, "b": 0.8, "c": 2.1, "d": 1.7}),
    ("L = KL(Gamma(a, b) || Gamma(c, d))", "d", gamma_kl, {"a": 1.3, "b": 0.8, "c": 2.1, "d": 1.7}),
    (r"L = KL(Laplace(\mu_1, b_1) || Laplace(\mu_2, b_2))", "b_1", laplace_kl, LAPLACE),
    (r"L = KL(Dir(\alpha) || Dir(\beta))", r"\alpha", dirichlet_kl, {r"\alpha": (1.2, 0.7, 3.1), r"\beta": (2.0, 1.5, 0.4)}),
    ("L = KL(Bin(5, p) || Bin(5, q))", "p", lambda p, q: 5 * binary_kl(p, q), {"p": 0.3, "q": 0.55}),
    ("L = KL(Bin(n, p) || Bin(n, q))", "q", lambda n, p, q: n * binary_kl(p, q), {"n": 4, "p": 0.3, "q": 0.55}),
    ("L = KL(Bern(p) || Bern(q))", "q", binary_kl, {"p": 0.3, "q": 0.55}),
    (r"F(x) = \sum_i x_i \log x_i; L = B_F(p, q)", "p", bregman, {"p": P, "q": Q}),
    (r"F(x) = \sum_i x_i \log x_i; L = D_F(p \| q)", "q", bregman, {"p": P, "q": Q}),
    (r"F(x) = \|x\|^2; L = D_F(p \| q)", "q", lambda p, q: jnp.sum((p - q) ** 2), {"p": P, "q": Q}),
]


@pytest.mark.parametrize(("text", "by", "function", "values"), CASES)
def test_a_derivative_is_that_of_jax(text: str, by: str, function: Callable[..., Any], values: Mapping[str, Any]) -> None:
    network = chainrule.parse(text)
    given = [jnp.asarray(value, float) for value in values.values()]
    wanted = jax.grad(function, argnums=list(values).index(by))(*given)
    np.testing.assert_allclose(network.derivative("L", wrt=by).at(values), wanted, rtol=1e-10, atol=1e-13)
    np.testing.assert_allclose(network.at(values)["L"], function(*given), rtol=1e-12)


@pytest.mark.parametrize(
    ("text", "by", "said"),
    [
        ("L = H(Bern(p))", "p", "log(1 - p) - log(p)"),
        ("L = KL(Bern(p) || Bern(q))", "q", "(1 - p)/(1 - q) - p/q"),
        ("L = KL(Bin(5, p) || Bin(5, q))", "p", "5 (log(p/q) - log((1 - p)/(1 - q)))"),
        ("L = KL(p || q)", "q_i", "-p_i/q_i"),
        ("L = KL(p || q)", "p_2", "1 + log(p_2/q_2)"),
    ],
)
def test_a_derivative_by_an_entry_or_a_parameter_has_no_vectors_in_it(text: str, by: str, said: str) -> None:
    assert chainrule.parse(text).derivative("L", wrt=by).text == said


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (r"L = D_f(p \| q)", "undefined-function"),
        (r"z = W x; a = H(z)", "ambiguous-of-vector"),
    ],
)
def test_what_can_be_two_things_is_refused(text: str, code: str) -> None:
    with pytest.raises(ChainruleError) as raised:
        chainrule.parse(text)
    assert raised.value.code == code


def test_a_step_of_each_entry_is_said_where_a_vector_is_needed() -> None:
    network = chainrule.parse(r"z = W x; a = H(z); L = \|a - y\|^2")
    assert [each.code for each in network.diagnostics if each.code.startswith("letter-is")] == ["letter-is-step"]


def test_a_letter_that_is_a_number_by_itself_is_an_array_with_entries() -> None:
    derivative = chainrule.parse(r"L = -\sum_i \log \sum_k \pi_k A_{ik}").derivative("L", wrt=r"\pi")
    a, weights = np.array(((0.5, 0.2), (0.1, 0.3), (0.9, 0.4))), np.array((0.3, 0.7))
    np.testing.assert_allclose(derivative.at({"A": a, r"\pi": weights}), -a.T @ (1 / (a @ weights)))


def test_a_derivative_by_a_square_that_is_no_name() -> None:
    """L = (mu^2 + s - log s - 1)/2 with s = sigma^2, so that dL/ds = (1 - 1/s)/2."""
    found = chainrule.parse(r"L = KL(N(\mu, \sigma^2) || N(0, 1))").derivative("L", wrt=r"\sigma^2")
    assert found.text == "(1/2) (1 - 1/sigma^2)"


@pytest.mark.parametrize(
    ("text", "by", "p", "q", "wanted"),
    [
        # log 1e-300 - log 1e300 + 1 = 1 - 600 log 10
        ("L = KL(p || q)", "p", (1e-300, 1.0), (1e300, 1.0), (1 - 600 * np.log(10), 1.0)),
        # 1 - (p/q)^2
        (r"L = \chi^2(p \| q)", "q", (1e-200, 1.0), (2e-200, 1.0), (0.75, 0.0)),
        (r"L = \chi^2(p \| q)", "q", (1e-300, 1.0), (1e-300, 1.0), (0.0, 0.0)),
    ],
)
def test_ratios_out_of_range_leave_a_number(
    text: str, by: str, p: tuple[float, ...], q: tuple[float, ...], wanted: tuple[float, ...]
) -> None:
    found = chainrule.parse(text).derivative("L", wrt=by).at({"p": p, "q": q})
    np.testing.assert_allclose(found, wanted, rtol=1e-13, atol=1e-15)
