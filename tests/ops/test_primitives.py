"""The operations without a definition, against mpmath or plain Python; every one of them is here."""

import math
import operator
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest

from chainrule.evaluation.array import Array
from chainrule.ops.table import operations
from tests.ops.every import cases

ANALYTIC = {
    "exp": mpmath.exp,
    "log": mpmath.log,
    "power": mpmath.power,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "erf": mpmath.erf,
    "arcsin": mpmath.asin,
    "arccos": mpmath.acos,
    "arctan": mpmath.atan,
    "arsinh": mpmath.asinh,
    "arcosh": mpmath.acosh,
    "artanh": mpmath.atanh,
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
    "last_case": lambda condition, a: a,
}


def rows(array: Array) -> Any:
    """The matrix with 15 digits more than a double has."""
    return mpmath.matrix(array.tolist())


def numbers(matrix: Any) -> Array:
    return np.array(matrix.tolist(), dtype=float)


OF_ARRAYS: dict[str, Callable[..., Any]] = {
    "inverse": lambda x: numbers(rows(x) ** -1),
    "pinv": lambda x: numbers(
        (rows(x).T * rows(x)) ** -1 * rows(x).T if len(x) >= len(x.T) else rows(x).T * (rows(x) * rows(x).T) ** -1
    ),
    "rowmax": lambda x: [max(row) for row in x.tolist()],
    "rowmin": lambda x: [min(row) for row in x.tolist()],
    "rowhardmax": lambda x: [[float(v == max(row)) for v in row] for row in x.tolist()],
    "rowhardmin": lambda x: [[float(v == min(row)) for v in row] for row in x.tolist()],
    "det": lambda x: mpmath.det(rows(x)),
    "logdet": lambda x: mpmath.log(mpmath.det(rows(x))),
    "expm": lambda x: numbers(mpmath.expm(rows(x))),
    "sinm": lambda x: numbers(mpmath.sinm(rows(x)).apply(mpmath.re)),
    "cosm": lambda x: numbers(mpmath.cosm(rows(x)).apply(mpmath.re)),
    "product": lambda x: math.prod(np.ravel(x).tolist()),
    "product_of_others": lambda x: math.prod(np.ravel(x).tolist()) / x,
    "max_entry": lambda x: max(np.ravel(x).tolist()),
    "min_entry": lambda x: min(np.ravel(x).tolist()),
    "hardmax": lambda x: [[float(v == max(np.ravel(x).tolist())) for v in row] for row in x.tolist()],
    "hardmin": lambda x: [[float(v == min(np.ravel(x).tolist())) for v in row] for row in x.tolist()],
    "largest_ratio": lambda p, q: [float(v == max((p / q).tolist())) for v in (p / q).tolist()],
    "max_divergence": lambda p, q: max(mpmath.log(a) - mpmath.log(b) for a, b in zip(p.tolist(), q.tolist(), strict=True)),
    "binomial": lambda n, k: mpmath.binomial(float(n), float(k)),
    "factorial": lambda n: mpmath.factorial(float(n)),
    "log_gamma": lambda x: mpmath.loggamma(float(x)),
    "digamma": lambda x: mpmath.psi(0, float(x)),
    "trigamma": lambda x: mpmath.psi(1, float(x)),
    "tetragamma": lambda x: mpmath.psi(2, float(x)),
    "pentagamma": lambda x: mpmath.psi(3, float(x)),
    "hexagamma": lambda x: mpmath.psi(4, float(x)),
}

PRIMITIVES = {record.name: record for record in operations() if record.definition is None}


def test_every_primitive_has_an_independent_reference() -> None:
    assert PRIMITIVES.keys() == ANALYTIC.keys() | DISCRETE.keys() | OF_ARRAYS.keys()


@pytest.mark.parametrize("name", OF_ARRAYS)
def test_values_of_arrays(name: str) -> None:
    """The last case is that of matrices, or of the only shape there is; of numbers for what acts entry by entry."""
    record = PRIMITIVES[name]
    case = cases(record)[0 if record.elementwise else -1]
    for seed in range(5):
        arguments = case.arrays(seed)
        found = np.asarray(record.value(np, *arguments))
        np.testing.assert_allclose(found, np.asarray(OF_ARRAYS[name](*arguments), dtype=float), rtol=1e-13, atol=1e-14)


@pytest.mark.parametrize(("n", "k"), [(0, 0), (5, 0), (5, 5), (5, 6), (5, -1), (60, 30), (0.5, 2), (0.5, 3), (-0.5, 4)])
def test_binomial_coefficients(n: float, k: float) -> None:
    found = PRIMITIVES["binomial"].value(np, np.float64(n), np.float64(k))
    assert found == pytest.approx(float(mpmath.binomial(n, k)), rel=1e-13)


@pytest.mark.parametrize("name", ["inverse", "det", "logdet"])
def test_a_singular_matrix(name: str) -> None:
    found = PRIMITIVES[name].value(np, np.ones((2, 2)))
    assert found == 0.0 if name == "det" else np.all(np.isnan(found))


def test_the_logarithm_of_a_negative_determinant_is_no_number() -> None:
    assert np.isnan(PRIMITIVES["logdet"].value(np, np.diag([1.0, -1.0])))


@pytest.mark.parametrize("size", [1e-12, 1.0, 30.0])
def test_the_matrix_exponential_of_small_and_large_matrices(size: float) -> None:
    x = size * np.array([[0.3, -1.0], [2.0, 0.1]])
    np.testing.assert_allclose(PRIMITIVES["expm"].value(np, x), numbers(mpmath.expm(rows(x))), rtol=1e-11)


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
