"""The value of a quantity of distributions: by its closed form where that holds, else by summation or quadrature."""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from chainrule.errors import EvaluationError
from chainrule.evaluation.array import Given, as_values
from chainrule.evaluation.run import Values, compute
from chainrule.evaluation.sizes import read_sizes
from chainrule.graph.node import Add, Apply, Constant, Node, operands, postorder
from chainrule.ops.gamma import LOG_GAMMA, POLYGAMMAS
from chainrule.probability.cells.cell import Cell
from chainrule.probability.cells.conditions import arguments_of, cell_of, failing_condition
from chainrule.probability.distribution import Distribution
from chainrule.probability.integration.estimate import Estimate, checked_order, estimate
from chainrule.probability.integration.law import ROUNDING
from chainrule.probability.integration.laws import checked_parameters

ROUNDINGS = 8 * ROUNDING
"""What a value of double precision is wrong by after one operation, special functions too, relative to itself."""
OF_VECTORS = ("vectors", "simplex")
DIGITS = 1e-10
"""A closed form whose terms cancel so far that less is left is computed again without it, where that can be done."""
FEWER_DIGITS = 1e-6
"""What it is taken with where that cannot be done."""


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
            checked_parameters(each.family, each, values, sizes)
    arguments = arguments_of(p, q, None if order is None else checked_order(quantity, order))
    if failing_condition(found, arguments, values, sizes) is not None:
        return estimate(quantity, p, q, order, values, sizes)
    closed = _closed_value(found, arguments, values, sizes)
    if found.family.support.kind in OF_VECTORS or (closed.error <= DIGITS * abs(closed.value) and math.isfinite(closed.value)):
        return closed
    try:
        other = estimate(quantity, p, q, order, values, sizes)
    except EvaluationError:
        if closed.error <= FEWER_DIGITS * abs(closed.value) and math.isfinite(closed.value):
            return closed
        raise
    return closed if closed.error < other.error else other


def _closed_value(found: Cell, arguments: Sequence[Node], values: Given | None, sizes: Mapping[str, int] | None) -> Estimate:
    """Where the form gives no number, the error is infinite."""
    try:
        root = found.construction.build(*arguments)
    except EvaluationError as problem:
        if problem.code != "division-by-zero":
            raise
        return Estimate(math.nan, math.inf, "closed form")
    known = as_values(values)
    lengths = read_sizes(known, sizes)
    every = compute([root], known, lengths)
    value = float(np.real(every[root]))
    if not math.isfinite(value):
        return Estimate(value, math.inf, "closed form")
    if any(node.shape for node in every):
        return Estimate(value + 0.0, _rounding_of_terms(root, every), "closed form")
    error = math.fsum(_moved(root, node, every, known, lengths) for node in every if not _is_exact(node))
    return Estimate(value + 0.0, error, "closed form")


def _rounding_of_terms(root: Node, every: Values) -> float:
    """That of the sums in a form of vectors, from the sizes of their terms; it is an estimate and no bound."""
    terms = {term for node in postorder(root) if isinstance(node, Add) for term in operands(node) if term in every}
    size = math.fsum(float(np.sum(np.abs(every[term]))) for term in (*terms, root))
    return ROUNDINGS * size if math.isfinite(size) else math.inf


def _is_exact(node: Node) -> bool:
    return isinstance(node, Constant) and Fraction(float(node.value)) == node.value


def _moved(root: Node, node: Node, every: Values, known: Values, lengths: Mapping[str, int]) -> float:
    """By how much the value moves where a node is wrong by a few roundings."""
    size = abs(float(np.real(every[node])))
    if isinstance(node, Apply) and (node.operation is LOG_GAMMA or node.operation in POLYGAMMAS):
        size = max(size, 1.0)  # near their zeros they are as good as beside 1
    away = (compute([root], {**known, node: every[node] + sign * ROUNDINGS * size}, lengths)[root] for sign in (-1.0, 1.0))
    moves = [move for a in away if not math.isnan(move := abs(float(np.real(a)) - float(np.real(every[root]))))]
    return max(moves, default=math.inf)
