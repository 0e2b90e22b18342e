"""Whether a closed form holds of distributions whose parameters are numbers, and what follows where it does not."""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

from chainrule.evaluation.array import Given
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.probability.cells.cell import Cell, Condition
from chainrule.probability.cells.table import cell
from chainrule.probability.distribution import Distribution


def cell_of(quantity: str, p: Distribution, q: Distribution | None = None) -> Cell | None:
    """The closed form for the families of these distributions."""
    if p.family is None or (q is not None and q.family is None):
        return None
    return cell(quantity, p.family, q.family if q is not None else None)


def arguments_of(p: Distribution, q: Distribution | None, order: float | Fraction | None) -> tuple[Node, ...]:
    """What the closed form takes: the parameters of P, those of Q, the order."""
    last = () if order is None else (build.constant(Fraction(order)),)
    return (*p.parameters, *(q.parameters if q is not None else ()), *last)


def failing_condition(
    found: Cell, arguments: Sequence[Node], values: Given | None = None, sizes: Mapping[str, int] | None = None
) -> Condition | None:
    """The first condition of a closed form that does not hold of these arguments, whose variables have values."""
    for condition in found.conditions:
        [value] = evaluate([condition.build(*arguments)], values or {}, sizes)
        if not condition.holds(value):
            return condition
    return None


def diverging_value(found: Cell, order: float | Fraction | None) -> float:
    """What the quantity is where a condition fails without which its integral diverges: entropies of an order above 1 are
    minus infinity there."""
    return -math.inf if found.other is None and order is not None and order > 1 else math.inf
