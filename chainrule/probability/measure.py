"""The value of a quantity of distributions: by its closed form where that holds, else by summation or quadrature."""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from chainrule.errors import EvaluationError
from chainrule.evaluation.array import Given, as_values
from chainrule.evaluation.run import compute
from chainrule.evaluation.sizes import read_sizes
from chainrule.graph.node import Add, Node, operands, postorder
from chainrule.probability.cell import Cell
from chainrule.probability.conditions import arguments_of, cell_of, failing_condition
from chainrule.probability.distribution import Distribution
from chainrule.probability.domains import check_parameters
from chainrule.probability.law import ROUNDING
from chainrule.probability.laws import parameter_values
from chainrule.probability.numeric import Estimate, checked_order, estimate

OF_VECTORS = ("vectors", "simplex")
DIGITS = 1e-10
"""A closed form whose terms cancel so far that less is left is computed again without it, where that can be done."""


def measure(
    quantity: str,
    p: Distribution,
    q: Distribution | None = None,
    order: float | Fraction | None = None,
    values: Given | None = None,
    sizes: Mapping[str, int] | None = None,
) -> Estimate:
    """The quantity (its row name), in nats where it is measured in them. It may be infinite, and is never "not a number".

    values, sizes: of the variables in the parameters, as for `evaluate`. A closed form that does not hold, or gives no number
    at the edge of its domain, is left aside. Raises EvaluationError as `estimate` does.
    """
    found = cell_of(quantity, p, q)
    if found is None:
        return estimate(quantity, p, q, order, values, sizes)
    for each in (p, q):
        if each is not None and each.family is not None:
            check_parameters(each.family, parameter_values(each, values, sizes))
    arguments = arguments_of(p, q, None if order is None else checked_order(quantity, order))
    if failing_condition(found, arguments, values, sizes) is not None:
        return estimate(quantity, p, q, order, values, sizes)
    closed = _closed_value(found, arguments, values, sizes)
    if found.family.support.kind in OF_VECTORS or (closed.error <= DIGITS * abs(closed.value) and math.isfinite(closed.value)):
        return closed
    other = estimate(quantity, p, q, order, values, sizes)
    return closed if closed.error < other.error else other


def _closed_value(found: Cell, arguments: Sequence[Node], values: Given | None, sizes: Mapping[str, int] | None) -> Estimate:
    """The error is that of rounding in the terms of its sums. Where the form gives no number, it is infinite."""
    try:
        root = found.construction.build(*arguments)
    except EvaluationError as problem:
        if problem.code != "division-by-zero":
            raise
        return Estimate(math.nan, math.inf, "closed form")
    known = as_values(values)
    every = compute([root], known, read_sizes(known, sizes))
    value = float(np.real(every[root]))
    terms = {term for node in postorder(root) if isinstance(node, Add) for term in operands(node) if term in every}
    size = math.fsum(float(np.sum(np.abs(every[term]))) for term in terms) + abs(value)
    return Estimate(value + 0.0, 8 * ROUNDING * size if math.isfinite(size) else math.inf, "closed form")
