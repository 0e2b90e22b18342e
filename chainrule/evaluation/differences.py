"""Derivatives from values alone, independent of `calculus/`: complex step where it applies, else central differences."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from chainrule.errors import EvaluationError
from chainrule.evaluation.array import Array, Given, Scalar, Values, as_values
from chainrule.evaluation.compare import compare
from chainrule.evaluation.richardson import central_differences
from chainrule.evaluation.run import compute, instance
from chainrule.evaluation.sizes import read_sizes
from chainrule.graph.node import Apply, Named, Node, Variable, operands, postorder
from chainrule.graph.operation import Property

COMPLEX_STEP = 1e-30
OTHER_COMPLEX_STEP = 1e-25
SAME = 1e-4
"""Complex steps of both sizes agree much better than that, unless the derivative is infinite."""
ROUNDING = 16 * float(np.finfo(float).eps)

Method = Literal["complex step", "central differences"]
Function = Callable[[Array | Scalar], Array]


@dataclass(frozen=True)
class NumericDerivative:
    """`value` has the output's shape, then the variable's (along a direction: the output's); `error` estimates its error."""

    value: Array
    method: Method
    error: float


def derivative_numeric(
    output: Node,
    by: Variable | Named,
    values: Given,
    sizes: Mapping[str, int] | None = None,
    method: Method | None = None,
) -> NumericDerivative:
    """d output / d by at a point, the graph cut at `by`, an evaluation for each entry of `by`.

    values: as for `evaluate`; of a Named `by` it may be left out. method: None takes the complex step where every operation
    in between allows it. Raises EvaluationError `not-smooth` where differences from the left and from the right disagree,
    `not-finite` where there is no finite value, and what `evaluate` raises.
    """
    function, at, method = _function(output, by, values, sizes, method)
    columns: list[Array] = []
    errors: list[float] = [0.0]
    for position in np.ndindex(at.shape):
        direction = np.zeros(at.shape)
        direction[position] = 1.0
        column, error = _along(function, at, direction, method)
        columns.append(column)
        errors.append(error)
    value = np.stack(columns, axis=-1).reshape(columns[0].shape + at.shape)
    return NumericDerivative(value, method, max(errors))


def derivative_by_entries(
    output: Node, entries: Sequence[Variable], shape: Sequence[int], values: Given, sizes: Mapping[str, int] | None = None
) -> NumericDerivative:
    """d output / d by for a list or matrix `by` of that shape which declares these entries: each of them is moved alone."""
    each = [derivative_numeric(output, entry, values, sizes) for entry in entries]
    value = np.stack([numeric.value for numeric in each], axis=-1)
    return NumericDerivative(value.reshape((*value.shape[:-1], *shape)), each[0].method, max(n.error for n in each))


def directional_derivative(
    output: Node,
    by: Variable | Named,
    direction: ArrayLike,
    values: Given,
    sizes: Mapping[str, int] | None = None,
    method: Method | None = None,
) -> NumericDerivative:
    """The derivative of output along one direction in `by`, with a handful of evaluations however large `by` is."""
    function, at, method = _function(output, by, values, sizes, method)
    value, error = _along(function, at, np.asarray(direction, dtype=float), method)
    return NumericDerivative(value, method, error)


def _function(
    output: Node,
    by: Variable | Named,
    values: Given,
    sizes: Mapping[str, int] | None,
    method: Method | None,
) -> tuple[Function, Array | Scalar, Method]:
    """Output as a function of the value of `by`, that value, and the method."""
    known = as_values(values)
    lengths = read_sizes(known, sizes)
    base = compute([output, by], known, lengths)
    moving = _moving(output, by, known)
    still = {node: array for node, array in base.items() if node not in moving}

    def function(moved: Array | Scalar) -> Array:
        return np.asarray(compute([output], {**still, by: moved}, lengths)[output])

    analytic = all(_is_analytic(node) for node in moving if node is not by)
    chosen: Method = method or ("complex step" if analytic else "central differences")
    finite = bool(np.all(np.isfinite(base[output])))
    if not finite or (chosen == "complex step" and not _is_finite_slope(function, base[by])):
        raise _not_finite()
    return function, base[by], chosen


def _is_finite_slope(function: Function, at: Array | Scalar) -> bool:
    """Whether complex steps of two sizes agree, in a direction that moves all entries."""
    direction = np.random.default_rng(0).uniform(0.5, 1.0, at.shape)
    slopes = [np.imag(function(at + 1j * step * direction)) / step for step in (COMPLEX_STEP, OTHER_COMPLEX_STEP)]
    return compare(*slopes) < SAME


def _moving(output: Node, by: Node, known: Values) -> set[Node]:
    """The nodes below output that change with `by`, itself included; nodes with a value stay as they are."""
    moving: set[Node] = {by}
    for node in postorder(output, into=lambda node: () if node is by or node in known else operands(node)):
        if node not in known and any(operand in moving for operand in operands(node)):
            moving.add(node)
    return moving


def _is_analytic(node: Node) -> bool:
    """Whether the node's value holds for complex arguments; an operation without a value is as good as its definition."""
    if not isinstance(node, Apply):
        return True
    if node.operation.value is not None:
        return Property.ANALYTIC in node.operation.properties
    _, body = instance(node.operation, tuple(a.shape for a in node.arguments))
    return all(_is_analytic(inner) for inner in postorder(body))


def _along(function: Function, at: Array | Scalar, direction: Array, method: Method) -> tuple[Array, float]:
    if method == "complex step":
        value = function(at + 1j * COMPLEX_STEP * direction)
        column = np.imag(value) / COMPLEX_STEP
        error = ROUNDING * float(np.max(np.abs(column), initial=0.0))
    else:
        column, error = central_differences(function, at, direction)
    if not np.all(np.isfinite(column)):
        raise _not_finite()
    return column, error


def _not_finite() -> EvaluationError:
    return EvaluationError("not-finite", "there is no finite derivative at this point")
