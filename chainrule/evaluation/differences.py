"""Derivatives from values alone, independent of `calculus/`: complex step where it applies, else central differences."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from chainrule.errors import DerivativeError, EvaluationError, ShapeError
from chainrule.evaluation.array import Array, Scalar, as_array
from chainrule.evaluation.run import compute, instance
from chainrule.evaluation.sizes import node_text, read_sizes
from chainrule.graph.node import Apply, Named, Node, Variable, operands, postorder
from chainrule.graph.operation import Operation, Property
from chainrule.graph.walk import depends_on

COMPLEX_STEP = 1e-30
FIRST_STEP = 0.05
SHRINK = 2.0
LEVELS = 10
ONE_SIDED_STEP = 1e-6
KINK = 1e-3
"""One-sided differences that differ by more, against the scale of the derivative, mean a kink."""

Method = Literal["complex step", "central differences"]


@dataclass(frozen=True)
class NumericDerivative:
    """`value` has the output's shape, then the variable's; `error` is an estimate of its largest absolute error."""

    value: Array
    method: Method
    error: float


def derivative_numeric(
    output: Node, by: Variable | Named, values: Mapping[Node, ArrayLike], sizes: Mapping[str, int] | None = None
) -> NumericDerivative:
    """d output / d by at a point, the graph cut at `by`.

    `values` as for `evaluate`; a Named need not be among them. Raises EvaluationError `not-smooth` where differences from
    the left and from the right disagree, `not-finite` where there is no finite value, and what `evaluate` raises.
    """
    known = {node: as_array(value) for node, value in values.items()}
    lengths = read_sizes(known, sizes)
    base = compute([output, by], known, lengths)
    moving = depends_on([output], by)
    still = {node: array for node, array in base.items() if node not in moving}
    at = base[by]
    rest = {node: known[node] for node in known if node not in moving} | still

    def at_value(moved: Array | Scalar) -> Array:
        return np.asarray(compute([output], {**rest, by: moved}, lengths)[output])

    if output is not by and by not in moving:
        raise DerivativeError("independent", f"nothing in it depends on {node_text(by)}")
    if all(_analytic(node.operation) for node in moving if isinstance(node, Apply) and node is not by):
        return _complex_step(at_value, at)
    return _central(at_value, at)
