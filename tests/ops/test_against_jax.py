"""Values and gradients against JAX, for every operation that JAX has, in double precision."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax.scipy.special import xlogy

from chainrule.evaluation.compare import compare
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.ops import find_operation
from chainrule.verification.operations import cotangent
from tests.ops.every import SIZES, cases

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "exp": jnp.exp,
    "log": jnp.log,
    "power": jnp.power,
    "sinh": jnp.sinh,
    "cosh": jnp.cosh,
    "tanh": jnp.tanh,
    "sin": jnp.sin,
    "cos": jnp.cos,
    "tan": jnp.tan,
    "arcsin": jnp.arcsin,
    "arccos": jnp.arccos,
    "arctan": jnp.arctan,
    "arsinh": jnp.arcsinh,
    "arcosh": jnp.arccosh,
    "artanh": jnp.arctanh,
    "logit": jax.scipy.special.logit,
    "erf": jax.scipy.special.erf,
    "where": jnp.where,
    "maximum": jnp.maximum,
    "minimum": jnp.minimum,
    "sign": jnp.sign,
    "abs": jnp.abs,
    "sigmoid": jax.nn.sigmoid,
    "relu": jax.nn.relu,
    "leaky_relu": jax.nn.leaky_relu,
    "elu": jax.nn.elu,
    "gelu": lambda x: jax.nn.gelu(x, approximate=False),
    "softplus": jax.nn.softplus,
    "silu": jax.nn.silu,
    "norm": lambda x: jnp.sqrt(jnp.sum(x**2)),
    "norm1": lambda x: jnp.sum(jnp.abs(x)),
    "squared_norm": lambda x: jnp.vdot(x, x),
    "softmax": jax.nn.softmax,
    "logsumexp": jax.nn.logsumexp,
    "log_softmax": jax.nn.log_softmax,
    "softmax_rows": lambda x: jax.nn.softmax(x, axis=1),
    "logsumexp_rows": lambda x: jax.nn.logsumexp(x, axis=1),
    "log_softmax_rows": lambda x: jax.nn.log_softmax(x, axis=1),
    "norm_inf": lambda x: jnp.max(jnp.abs(x)),
    "norm_p": lambda x, p: jnp.sum(jnp.abs(x) ** p) ** (1 / p),
    "product": jnp.prod,
    "max_entry": jnp.max,
    "min_entry": jnp.min,
    "inverse": jnp.linalg.inv,
    "det": jnp.linalg.det,
    "pinv": jnp.linalg.pinv,
    "rowmax": lambda x: jnp.max(x, axis=1),
    "rowmin": lambda x: jnp.min(x, axis=1),
    "logdet": lambda x: jnp.linalg.slogdet(x)[1],
    "concatenate": lambda u, v: jnp.concatenate((u, v)),
    "vstack": lambda a, b: jnp.vstack((a, b)),
    "vec": lambda x: jnp.reshape(x, -1, order="F"),
    "kron": jnp.kron,
    "expm": jax.scipy.linalg.expm,
    "sinm": lambda x: jax.scipy.linalg.expm(jnp.block([[0 * x, -x], [x, 0 * x]]))[len(x) :, : len(x)],
    "cosm": lambda x: jax.scipy.linalg.expm(jnp.block([[0 * x, -x], [x, 0 * x]]))[: len(x), : len(x)],
    "squared_error": lambda t, y: jnp.sum((t - y) ** 2),
    "cross_entropy": lambda t, p: -jnp.sum(xlogy(t, p)),
    "cross_entropy_with_logits": lambda t, z: -jnp.dot(t, jax.nn.log_softmax(z)),
    "binary_cross_entropy": lambda t, p: -xlogy(t, p) - xlogy(1 - t, 1 - p),
    "entropy": lambda p: jnp.sum(jax.scipy.special.entr(p)),
    "perplexity": lambda p: jnp.exp(jnp.sum(jax.scipy.special.entr(p))),
    "surprisal": lambda p: -jnp.log(p),
    "cross_perplexity": lambda p, q: jnp.exp(-jnp.sum(xlogy(p, q))),
    "kl": lambda p, q: jnp.sum(jax.scipy.special.rel_entr(p, q)),
    "jeffreys": lambda p, q: jnp.sum(jax.scipy.special.rel_entr(p, q) + jax.scipy.special.rel_entr(q, p)),
    "jensen_shannon": lambda p, q: (
        jnp.sum(jax.scipy.special.rel_entr(p, (p + q) / 2) + jax.scipy.special.rel_entr(q, (p + q) / 2)) / 2
    ),
    "jensen_shannon_distance": lambda p, q: jnp.sqrt(
        jnp.sum(jax.scipy.special.rel_entr(p, (p + q) / 2) + jax.scipy.special.rel_entr(q, (p + q) / 2)) / 2
    ),
    "total_variation": lambda p, q: jnp.sum(jnp.abs(p - q)) / 2,
    "hellinger": lambda p, q: jnp.linalg.norm(jnp.sqrt(p) - jnp.sqrt(q)) / jnp.sqrt(2.0),
    "squared_hellinger": lambda p, q: jnp.sum((jnp.sqrt(p) - jnp.sqrt(q)) ** 2) / 2,
    "bhattacharyya_coefficient": lambda p, q: jnp.sum(jnp.sqrt(p * q)),
    "bhattacharyya": lambda p, q: -jnp.log(jnp.sum(jnp.sqrt(p * q))),
    "chi_squared": lambda p, q: jnp.sum((p - q) ** 2 / q),
    "renyi": lambda p, q, a: jnp.log(jnp.sum(p**a * q ** (1 - a))) / (a - 1),
    "alpha_divergence": lambda p, q, a: jnp.sum(a * p + (1 - a) * q - p**a * q ** (1 - a)) / (a * (1 - a)),
    "renyi_entropy": lambda p, a: jnp.log(jnp.sum(p**a)) / (1 - a),
    "tsallis_entropy": lambda p, a: (1 - jnp.sum(p**a)) / (a - 1),
    "mutual_information": lambda p: jnp.sum(jax.scipy.special.rel_entr(p, jnp.outer(jnp.sum(p, axis=1), jnp.sum(p, axis=0)))),
    "conditional_entropy": lambda p: -jnp.sum(p * jnp.log(p / jnp.sum(p, axis=1, keepdims=True))),
    "conditional_entropy_of_rows": lambda p: -jnp.sum(p * jnp.log(p / jnp.sum(p, axis=0, keepdims=True))),
    "focal_loss": lambda t, p, g: -jnp.sum(t * (1 - p) ** g * jnp.log(p)),
    "binary_focal_loss": lambda t, p, g: -t * (1 - p) ** g * jnp.log(p) - (1 - t) * p**g * jnp.log1p(-p),
    "log_gamma": jax.scipy.special.gammaln,
    "digamma": jax.scipy.special.digamma,
    "binary_cross_entropy_with_logits": lambda t, z: -t * jax.nn.log_sigmoid(z) - (1 - t) * jax.nn.log_sigmoid(-z),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_value_and_gradient(name: str) -> None:
    function = FUNCTIONS[name]
    for case in cases(find_operation(name)):
        node = build.apply(case.record, *case.variables)
        y_bar = build.variable("y_bar", node.shape)
        for seed in range(3):
            values = case.draw(seed)
            arrays = list(values.values())
            [value] = evaluate([node], values, SIZES)
            expected, pullback = jax.vjp(function, *map(jnp.asarray, arrays))
            assert compare(value, np.asarray(expected)) < 1e-13
            values[y_bar] = np.random.default_rng(seed).normal(size=value.shape)
            gradients = pullback(jnp.asarray(values[y_bar]))
            for k, gradient in enumerate(gradients):
                said = cotangent(case, k, y_bar)
                found = np.zeros_like(arrays[k]) if said is None else evaluate([said], values, SIZES)[0]
                assert compare(found, np.asarray(gradient)) < 1e-12
