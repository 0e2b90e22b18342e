"""The operations without a definition, against mpmath or plain Python; every one of them is here."""

import math
import operator

import mpmath
import numpy as np
import pytest

from chainrule.ops.table import operations
from tests.ops.every import cases

ANALYTIC = {
    "exp": mpmath.exp,
    "log": mpmath.log,
    "power": mpmath.power,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "erf": mpmath.erf,
    "e": lambda: mpmath.e,
    "pi": lambda: mpmath.pi,
}

DISCRETE = {
    "greater": operator.gt,
    "less": operator.lt,
    "greater_equal": operator.ge,
    "less_equal": operator.le,
    "equal": operator.eq,
    "not_equal": operator.ne,
    "where": lambda condition, a, b: a if condition else b,
}

PRIMITIVES = {record.name: record for record in operations() if record.definition is None}


def test_every_primitive_has_an_independent_reference() -> None:
    assert PRIMITIVES.keys() == ANALYTIC.keys() | DISCRETE.keys()


@pytest.mark.parametrize("name", ANALYTIC)
def test_real_values(name: str) -> None:
    record = PRIMITIVES[name]
    for seed in range(20):
        arguments = cases(record)[0].arrays(seed)
        assert record.value(np, *arguments) == pytest.approx(float(ANALYTIC[name](*map(float, arguments))), rel=2e-15)


@pytest.mark.parametrize("name", ANALYTIC)
def test_complex_values(name: str) -> None:
    record = PRIMITIVES[name]
    for seed in range(20):
        arguments = [
            a + 1j * b for a, b in zip(cases(record)[0].arrays(seed), np.random.default_rng(seed).normal(size=9), strict=False)
        ]
        expected = complex(ANALYTIC[name](*map(complex, arguments)))
        assert abs(record.value(np, *arguments) - expected) <= 4e-15 * abs(expected)


@pytest.mark.parametrize("name", DISCRETE)
def test_discrete_values(name: str) -> None:
    record = PRIMITIVES[name]
    for a in (-1.0, 0.0, 2.0):
        for b in (-1.0, 0.0, 2.0):
            arguments = [np.float64(a), np.float64(b), np.float64(7.0)][: len(record.arguments)]
            assert record.value(np, *arguments) == float(DISCRETE[name](*arguments))


@pytest.mark.parametrize("base", [-2.0, -0.5, 3.0])
@pytest.mark.parametrize("exponent", [-3.0, 2.0, 5.0, 101.0, 150.0])
def test_a_complex_step_through_a_whole_power_is_exact(base: float, exponent: float) -> None:
    """Also at a negative base, where a power by the principal logarithm would lose a small imaginary part."""
    value = PRIMITIVES["power"].value(np, np.complex128(base + 1e-30j), np.float64(exponent))
    assert value.real == pytest.approx(base**exponent, rel=1e-13)
    assert value.imag / 1e-30 == pytest.approx(exponent * base ** (exponent - 1), rel=1e-13)


@pytest.mark.parametrize("x", [-6.0, -1.0, -1e-3, 0.0, 1e-8, 0.5, 3.0, 6.0])
def test_a_complex_step_through_erf_is_exact(x: float) -> None:
    value = PRIMITIVES["erf"].value(np, np.complex128(x + 1e-30j))
    assert value.real == math.erf(x)
    assert value.imag / 1e-30 == pytest.approx(2 / math.sqrt(math.pi) * math.exp(-x * x), rel=1e-14)


@pytest.mark.parametrize("z", [0.3 + 2j, -2 + 3j, 4j, 1e-5 + 1j, 5 - 0.5j])
def test_erf_off_the_real_axis(z: complex) -> None:
    expected = complex(mpmath.erf(z))
    assert abs(PRIMITIVES["erf"].value(np, np.complex128(z)) - expected) <= 1e-13 * abs(expected)
