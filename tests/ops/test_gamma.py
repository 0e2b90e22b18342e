"""The logarithm of the gamma function and the polygamma functions, against mpmath."""

import math
import pickle
from typing import Any

import mpmath
import numpy as np
import pytest

from chainrule.calculus.reverse import backpropagate
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.ops import find_operation
from chainrule.ops.gamma import log_beta, log_gamma, polygamma
from tests.ops.every import run_code

POLYGAMMAS = ["digamma", "trigamma", "tetragamma", "pentagamma", "hexagamma"]
POINTS = [1e-60, 1e-5, 0.1, 0.5, 1.0, 2.0, 7.25, 15.999, 100.0, 1e6, 1e60]


def computed(name: str, x: Any) -> list[float]:
    record = find_operation(name)
    assert record.value is not None
    return [float(record.value(np, np.float64(x))), float(run_code(record)(x))]


@pytest.mark.parametrize("x", POINTS)
@pytest.mark.parametrize("order", range(5))
def test_polygamma(order: int, x: float) -> None:
    expected = mpmath.psi(order, mpmath.mpf(x))
    for found in computed(POLYGAMMAS[order], x):
        if abs(expected) < 1e308:
            assert found == pytest.approx(float(expected), rel=1e-14)
        else:
            assert abs(found) == math.inf


@pytest.mark.parametrize("x", np.linspace(1.3, 1.6, 25))
def test_digamma_beside_its_root(x: float) -> None:
    """An error of a few roundings of what is added, which are numbers of about 3."""
    for found in computed("digamma", x):
        assert abs(found - mpmath.psi(0, x)) < 3e-15


@pytest.mark.parametrize("x", [1e-300, 1e-5, 0.5, 1.0, 1.5, 2.0, 3.7, 171.5, 1e10, 1e300, -0.5, -3.3])
def test_log_gamma(x: float) -> None:
    for found in computed("log_gamma", x):
        assert found == pytest.approx(float(mpmath.re(mpmath.loggamma(x))), rel=1e-14)


@pytest.mark.parametrize(("name", "x"), [("log_gamma", 0.0), ("log_gamma", -2.0), ("log_gamma", 1e306)])
def test_infinite(name: str, x: float) -> None:
    assert computed(name, x) == [math.inf, math.inf]


@pytest.mark.parametrize("x", [0.0, -0.5, -3.0])
def test_the_polygamma_functions_are_of_positive_arguments(x: float) -> None:
    assert all(map(math.isnan, computed("digamma", x)))


@pytest.mark.parametrize("z", [0.3 + 0.01j, 1 + 2j, 4 - 0.5j, 20 + 3j])
def test_off_the_real_axis(z: complex) -> None:
    for name, expected in [("log_gamma", mpmath.loggamma(z)), *((n, mpmath.psi(k, z)) for k, n in enumerate(POLYGAMMAS))]:
        record = find_operation(name)
        assert record.value is not None
        assert abs(record.value(np, np.complex128(z)) - complex(expected)) <= 1e-13 * max(1.0, abs(complex(expected)))


def test_each_is_the_derivative_of_the_one_before() -> None:
    x = build.variable("x")
    node = log_gamma(x)
    for order in range(8):
        node = backpropagate(node, [x]).gradient(x)
        [found] = evaluate([node], {x: 1.75})
        assert float(found) == pytest.approx(float(mpmath.psi(order, 1.75)), rel=1e-14)


def test_log_beta() -> None:
    a, b = build.variable("a"), build.variable("b")
    node = log_beta(a, b)
    slopes = backpropagate(node, [a, b])
    found = evaluate([node, slopes.gradient(a), slopes.gradient(b)], {a: 2.5, b: 0.75})
    expected = mpmath.log(mpmath.beta(2.5, 0.75))
    by_a, by_b = (mpmath.psi(0, v) - mpmath.psi(0, 3.25) for v in (2.5, 0.75))
    np.testing.assert_allclose([float(v) for v in found], [float(v) for v in (expected, by_a, by_b)], rtol=1e-13)


def test_beyond_the_named_ones_equal_orders_are_one_record() -> None:
    assert polygamma(7) is polygamma(7)
    assert pickle.loads(pickle.dumps(polygamma(7))) is polygamma(7)
