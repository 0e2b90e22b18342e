"""Generated programs of entropies and divergences at extreme inputs; expected values by hand and by mpmath."""

import warnings
from collections.abc import Callable, Iterator, Sequence
from types import FunctionType
from typing import Any

import numpy as np
import pytest
from mpmath import mp, mpf

import chainrule as cr
from chainrule.codegen.numpy import numpy_program
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.ops.activation import sigmoid
from chainrule.ops.arithmetic import divide, exp, log
from tests.codegen.running import body

LOGITS = [1000.0, 0.0, -1000.0]


@pytest.fixture(autouse=True)
def many_digits() -> Iterator[None]:
    with mp.workdps(50):
        yield


def derivative(formula: str, by: str | tuple[str, ...], vectors: str = "pqzyt") -> Callable[..., Any]:
    """The function that the program of a derivative defines; one-letter names among `vectors` are vectors."""
    shapes = {name: ("n",) for name in vectors if name in formula}
    source = cr.parse(formula, shapes=shapes).derivative("L", by).code()
    space: dict[str, Any] = {}
    exec(compile(source, "<generated>", "exec"), space)
    return [value for value in space.values() if isinstance(value, FunctionType)][-1]


def at(function: Callable[..., Any], **values: object) -> Any:
    """The result at finite values where it is finite, so that nothing may warn."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return function(**values)


EXTREMES: list[tuple[str, str, dict[str, object], object]] = [
    (r"L = H(p, \mathrm{softmax}(z))", "z", {"p": [0.2, 0.3, 0.5], "z": LOGITS}, [0.8, -0.3, -0.5]),
    (r"q = \mathrm{softmax}(z); L = H(q)", "z", {"z": LOGITS}, [0, 0, 0]),
    (r"q = \mathrm{softmax}(z); L = D_{KL}(q \| p)", "z", {"p": [0.2, 0.3, 0.5], "z": LOGITS}, [0, 0, 0]),
    (r"q = \mathrm{softmax}(z); L = D_{KL}(p \| q)", "z", {"p": [0, 0, 1.0], "z": LOGITS}, [1, 0, -1]),
    (r"q = \mathrm{softmax}(z); L = JSD(p || q)", "z", {"p": [0.2, 0.3, 0.5], "z": LOGITS}, [0, 0, 0]),
    (r"L = D_{KL}(p \| q)", "q", {"p": [0.5, 0.5, 0], "q": [0.25, 0.75, 0]}, [-2, -2 / 3, 0]),
    (r"L = D_{KL}(p \| q)", "p", {"p": [1e-300, 1.0], "q": [1e300, 1.0]}, [float(mp.log(mpf(1e-300) / mpf(1e300)) + 1), 1]),
    (r"L = -\sum_i y_i \log q_i", "q", {"y": [0, 1, 0], "q": [0, 1, 0]}, [0, -1, 0]),
    (r"L = JSD(p || q)", "p", {"p": [0.25, 0.75], "q": [0.25, 0.75]}, [0, 0]),
    (r"L = JSD(p || q)", "p", {"p": [0.5, 0.5, 0], "q": [0.5, 0.5, 0]}, [0, 0, np.log(2) / 2]),
    (r"L = \chi^2(p \| q)", "q", {"p": [1e-200, 1.0], "q": [2e-200, 1.0]}, [0.75, 0]),
    (r"L = \mathrm{SquaredHellinger}(p, q)", "p", {"p": [1.0, 0], "q": [1.0, 0]}, [0, 0.5]),
    (r"L = \mathrm{Hellinger}(p, q)", "q", {"p": [1.0, 0.0], "q": [0.25, 0.75]}, [-np.sqrt(2) / 4, np.sqrt(2) / 4]),
]


@pytest.mark.parametrize(("formula", "by", "values", "expected"), EXTREMES)
def test_a_program_holds_at_the_edge(formula: str, by: str, values: dict[str, object], expected: Sequence[float]) -> None:
    found = at(derivative(formula, by), **values)
    assert found == pytest.approx(np.array(expected, float), rel=1e-14, abs=1e-300)
    assert not np.any(np.signbit(found) & (found == 0))


AT_FORTY = float(-40 * mp.exp(-40) / (1 + mp.exp(-40)) ** 2)
SCALARS: list[tuple[str, str, dict[str, float], float]] = [
    (r"p = \sigma(z); L = -p \log p - (1 - p) \log(1 - p)", "z", {"z": 1000.0}, 0.0),
    (
        r"p = \sigma(z); L = -p \log p - (1 - p) \log(1 - p)",
        "z",
        {"z": 40.0},
        AT_FORTY,
    ),
    (r"L = H(\mathrm{Bern}(\sigma(z)))", "z", {"z": 40.0}, AT_FORTY),
    (r"p = \sigma(z); L = -y \log p - (1 - y) \log(1 - p)", "z", {"y": 0.0, "z": 1000.0}, 1.0),
    (r"p = \sigma(z); L = -(1 - p)^\gamma \log p", "z", {"z": -1000.0, "gamma": 2.0}, -1.0),
    (r"L = BCE(y, p)", "p", {"y": 0.0, "p": 0.0}, 1.0),
    (r"L = -y \log p - (1 - y) \log(1 - p)", "p", {"y": 1.0, "p": 1.0}, -1.0),
    (r"L = D_{KL}(\mathrm{Bern}(p) \| \mathrm{Bern}(q))", "q", {"p": 0.0, "q": 0.0}, 1.0),
]


@pytest.mark.parametrize(("formula", "by", "values", "expected"), SCALARS)
def test_a_program_of_numbers_holds_at_the_edge(formula: str, by: str, values: dict[str, float], expected: float) -> None:
    found = at(derivative(formula, by, vectors=""), **values)
    assert found == pytest.approx(expected, rel=1e-14, abs=0)
    assert not (found == 0 and np.signbit(found))


def test_a_second_derivative_has_no_negative_zeros() -> None:
    found = at(derivative("L = H(p)", ("p", "p")), p=[0.5, 0.25])
    assert found.tolist() == [[-2.0, 0.0], [0.0, -4.0]]
    assert not np.signbit(found[0, 1])


def test_a_derivative_that_is_zero_takes_its_size_from_what_it_is_of() -> None:
    assert at(derivative("L = H(p, q)", ("p", "p")), p=[0.5, 0.5]).tolist() == [[0, 0], [0, 0]]


def test_a_quotient_of_the_formula_itself_is_not_settled() -> None:
    """x / y is no number at 0 / 0, so its derivative is none either."""
    with np.errstate(all="ignore"):
        assert np.isnan(derivative(r"L = \frac{x}{y}", "y", vectors="")(x=0.0, y=0.0))


p, q, t = (build.variable(name, ("n",)) for name in "pqt")
x, y, z = (build.variable(name) for name in "xyz")
ONE = build.constant(1)
VALUES = [
    (build.inner(p, log(p)), "float(0.0 - _cross_entropy(p, p))", "np.log"),
    (build.total(build.multiply(t, log(p))), "_cross_entropy(t, p)", "_kl"),
    (build.inner(p, log(divide(p, q))), "float(_kl(p, q))", "_share"),
    (build.inner(p, build.subtract(log(p), log(q))), "float(_kl(p, q))", "_share"),
    (build.multiply(x, log(y)), "float(_times_log(x, y))", "_kl"),
    (log(divide(x, y)), "float(_log_ratio(x, y))", "_share"),
    (log(build.subtract(ONE, x)), "float(np.log1p(-x))", "np.log("),
    (log(build.add(ONE, exp(z))), "float(np.logaddexp(0.0, z))", "np.exp"),
    (log(build.total(exp(p))), "float(_logsumexp(p))", "np.log(np.sum(np.exp(p)))"),
    (log(divide(x, build.add(x, y))), "float(_log_share(x, y, 1.0))", "_log_ratio(x"),
    (log(sigmoid(z)), "float(-np.logaddexp(0.0, -z))", "_sigmoid"),
    (build.add(x, build.multiply(y, z)), "float(x + y * z)", "0.0"),
    (build.scale(-1, build.multiply(x, y)), "float(-x * y)", "0.0"),
    (build.multiply(sigmoid(z), build.subtract(ONE, sigmoid(z))), "t1 * (1.0 - t1)", "-z"),
]


@pytest.mark.parametrize(("node", "expected", "absent"), VALUES)
def test_the_text_of_a_value(node: Node, expected: str, absent: str) -> None:
    lines = body(numpy_program("f", node, [p, q, t, x, y, z], {}))
    assert expected in lines[-1].replace("0.0 - np.logaddexp", "-np.logaddexp")
    assert not any(absent in line for line in lines)
