"""Generated from the table: value and derivatives of each closed form against sums and integrals in mpmath."""

from fractions import Fraction
from functools import cache
from typing import Any

import mpmath as mp
import numpy as np
import pytest

from chainrule.calculus.jacobian import derivative_node
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.node import Variable
from chainrule.graph.signature import result_shape
from chainrule.probability.cells.table import CELLS
from chainrule.probability.families.family import Family
from tests.probability.exact import exact_value
from tests.probability.exact_vectors import exact_vector_value
from tests.probability.points import BY_NAME, EVERY, OF_VECTORS, ORDER, has_order, points_of

Key = tuple[str, str, str]
DIGITS = 22
STEP = mp.mpf("1e-7")
every_cell = pytest.mark.parametrize("key", EVERY, ids="-".join)


def nested(value: Any, move: Any, weights: Any) -> Any:
    """The parameter in mpmath, each of its numbers moved by its weight."""
    if isinstance(value, tuple):
        return tuple(nested(v, move, w) for v, w in zip(value, weights, strict=True))
    return mp.mpf(Fraction(value).numerator) / Fraction(value).denominator + move * mp.mpf(float(weights))


def weights_of(family: Family, parameters: tuple[Any, ...], start: int) -> list[Any]:
    """How much each number of the parameters moves; whole numbers do not, matrices symmetrically."""
    found: list[Any] = []
    for k, (parameter, value) in enumerate(zip(family.parameters, parameters, strict=True), start):
        if parameter.domain in ("count", "integer"):
            found.append(0.0)
        elif parameter.rank == "matrix":
            found.append([[0.3, -0.1], [-0.1, 0.5]])
        elif parameter.domain == "probabilities":
            found.append([0.4, 0.1, -0.5])
        elif parameter.rank == "vector":
            found.append([0.3 + 0.2 * k + 0.1 * i for i in range(len(value))])
        else:
            found.append(0.4 + 0.15 * k)
    return found


@cache
def beside(key: Key) -> tuple[Any, Any]:
    """The quantity on both sides of the points, along the direction of the weights."""
    quantity, first, second = key
    p, q = points_of(key)
    value = exact_vector_value if first in OF_VECTORS else exact_value
    found: list[Any] = []
    with mp.workdps(DIGITS):
        for move in (-STEP, STEP):
            start = (first, nested(p, move, weights_of(BY_NAME[first], p, 0)))
            other = (second, nested(q, move, weights_of(BY_NAME[second], q, 2))) if second else None
            found.append(value(quantity, start, other, nested(ORDER, move, 0.2)))
    return found[0], found[1]


def arguments(key: Key) -> tuple[list[Variable], list[Any], list[Any]]:
    """Variables for the arguments of the closed form, their values and how they move."""
    _, first, second = key
    p, q = points_of(key)
    values, moves = [*p, *q], weights_of(BY_NAME[first], p, 0) + (weights_of(BY_NAME[second], q, 2) if second else [])
    if has_order(CELLS[key]):
        values, moves = [*values, ORDER], [*moves, 0.2]
    arrays = [np.array(value, dtype=float) for value in values]
    return [build.variable(f"x{k}", array.shape) for k, array in enumerate(arrays)], arrays, moves


@every_cell
def test_the_value_is_that_of_the_sum_or_integral(key: Key) -> None:
    variables, values, _ = arguments(key)
    node = CELLS[key].construction.build(*variables)
    [found] = evaluate([node], dict(zip(variables, values, strict=True)))
    below, above = beside(key)  # their mean is the value between them, up to the square of the step
    assert float(found) == pytest.approx(float((below + above) / 2), rel=1e-12, abs=1e-12)


@every_cell
def test_the_derivatives_by_all_parameters_are_those_of_the_sum_or_integral(key: Key) -> None:
    variables, values, moves = arguments(key)
    node = CELLS[key].construction.build(*variables)
    along = 0.0
    for variable, move in zip(variables, moves, strict=True):
        if np.any(move):
            [slope] = evaluate([derivative_node(node, (variable,))], dict(zip(variables, values, strict=True)))
            along += float(np.sum(slope * np.array(move)))
    below, above = beside(key)
    slope = (above - below) / (2 * STEP)
    assert along == pytest.approx(float(slope), rel=1e-9, abs=1e-9)


@every_cell
def test_the_shape_is_what_the_signature_says(key: Key) -> None:
    variables, _, _ = arguments(key)
    form = CELLS[key].construction
    assert form.build(*variables).shape == () == result_shape(form, tuple(v.shape for v in variables))  # pyright: ignore[reportArgumentType]
    assert len(form.arguments) == len(variables)


@every_cell
def test_each_says_where_it_is_from(key: Key) -> None:
    cell = CELLS[key]
    assert cell.source
    if key[0] == "entropy" and not cell.family.support.discrete:
        assert "differential entropy" in cell.convention
