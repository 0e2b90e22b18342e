"""Inputs at which a plain formula overflows, cancels or divides by zero. Warnings are errors here as everywhere."""

import math
from typing import Any

import numpy as np
import pytest

from chainrule.ops import find_operation
from tests.ops.every import run_code

INFINITY = math.inf

FACTS: list[tuple[str, tuple[Any, ...], Any]] = [
    ("log_share", (0.0, 0.0, 1.0), math.nan),
    ("log_share", (2.0, 0.0, 1.0), 0.0),
    ("times_log", (0.0, -1.0), math.nan),
    ("times_log", (0.0, 0.0), 0.0),
    ("binary_cross_entropy", (0.0, -1.0), math.nan),
    ("binary_cross_entropy", (1.0, 2.0), math.nan),
    ("binary_cross_entropy", (0.0, 0.0), 0.0),
    ("binary_cross_entropy", (1.0, 1.0), 0.0),
    ("renyi_slope", ([1.0, 0.0], [0.0, 1.0], 0.5), math.nan),
    ("sigmoid", (1000.0,), 1.0),
    ("sigmoid", (-1000.0,), 0.0),
    ("sigmoid", (-40.0,), 4.248354255291589e-18),
    ("softplus", (1000.0,), 1000.0),
    ("softplus", (-1000.0,), 0.0),
    ("softplus", (-40.0,), 4.248354255291589e-18),
    ("silu", (1000.0,), 1000.0),
    ("silu", (-1000.0,), 0.0),
    ("tanh", (1000.0,), 1.0),
    ("elu", (1000.0, 1.0), 1000.0),
    ("elu", (-1000.0, 1.0), -1.0),
    ("elu", (-1e-10, 1.0), -9.9999999995e-11),
    ("relu", (-1e300,), 0.0),
    ("gelu", (-1000.0,), 0.0),
    ("gelu", (1000.0,), 1000.0),
    ("gelu", (-10.0,), -7.619853024160525e-23),
    ("erf", (1000.0,), 1.0),
    ("softmax", ([1e4, 1e4],), [0.5, 0.5]),
    ("softmax", ([-1e4, 0.0],), [0.0, 1.0]),
    ("logsumexp", ([1e4, 1e4],), 1e4 + math.log(2)),
    ("logsumexp", ([-1e4, -1e4],), -1e4 + math.log(2)),
    ("log_softmax", ([1e4, 0.0],), [0.0, -1e4]),
    ("norm", ([3e200, 4e200],), 5e200),
    ("norm", ([3e-200, 4e-200],), 5e-200),
    ("norm", ([0.0, 0.0],), 0.0),
    ("norm1", ([0.0, -3.0],), 3.0),
    ("cross_entropy", ([0.0, 1.0], [0.0, 1.0]), 0.0),
    ("cross_entropy", ([1.0, 0.0], [0.25, 0.0]), math.log(4)),
    ("cross_entropy_with_logits", ([1.0, 0.0], [1e4, 0.0]), 0.0),
    ("cross_entropy_with_logits", ([0.0, 1.0], [1e4, 0.0]), 1e4),
    ("binary_cross_entropy", (0.0, 0.0), 0.0),
    ("binary_cross_entropy", (1.0, 1.0), 0.0),
    ("binary_cross_entropy_with_logits", (1.0, 1000.0), 0.0),
    ("binary_cross_entropy_with_logits", (1.0, -1000.0), 1000.0),
    ("binary_cross_entropy_with_logits", (1.0, 40.0), 4.248354255291589e-18),
    ("binary_cross_entropy_with_logits", (0.0, 1000.0), 1000.0),
]


@pytest.mark.parametrize(("name", "arguments", "expected"), FACTS)
@pytest.mark.parametrize("by", ["value", "code"])
def test_extreme_arguments(name: str, arguments: tuple[Any, ...], expected: Any, by: str) -> None:
    record = find_operation(name)
    arrays = [np.asarray(a, dtype=float)[()] for a in arguments]
    assert record.value is not None
    found = record.value(np, *arrays) if by == "value" else run_code(record)(*arrays)
    np.testing.assert_allclose(found, expected, rtol=1e-13, atol=0)
    assert np.asarray(found).shape == np.asarray(expected).shape


@pytest.mark.parametrize("name", ["sigmoid", "softplus", "silu", "tanh", "relu", "gelu", "softmax", "log_softmax", "logsumexp"])
def test_a_complex_step_survives_extreme_arguments(name: str) -> None:
    value = find_operation(name).value
    assert value is not None
    x = np.array([-500.0, 0.0, 500.0]) + 1e-30j
    with np.errstate(all="ignore"):
        assert np.all(np.isfinite(value(np, x)))
