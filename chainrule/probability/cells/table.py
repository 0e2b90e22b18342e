"""The table of closed forms, family by quantity."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.probability.cells import across, continuous, discrete, gamma, normal
from chainrule.probability.cells.cell import Cell, make_cell
from chainrule.probability.cells.formulas import cells_of
from chainrule.probability.families.discrete import CATEGORICAL, GEOMETRIC, GEOMETRIC_FROM_ZERO
from chainrule.probability.families.family import Build, Family
from chainrule.probability.quantities import QUANTITIES, Quantity

FORMULAS = (
    *discrete.FORMULAS,
    *continuous.FORMULAS,
    *normal.FORMULAS,
    *gamma.FORMULAS,
    *across.FORMULAS,
)


def _of_vectors() -> Iterator[Cell]:
    """Of categorical distributions every quantity is the operation on the vectors of their probabilities."""
    for quantity in QUANTITIES:
        if not quantity.joint and quantity.name != "surprisal":
            other = CATEGORICAL if quantity.distributions == 2 else None
            form = _applied(quantity)
            yield make_cell(quantity.name, CATEGORICAL, other, form, quantity.source, order=quantity.order)


def _applied(quantity: Quantity) -> Build:
    def applied(*arguments: Node) -> Node:
        return build.apply(quantity.operation, *arguments)

    return applied


def _from_zero(cells: Sequence[Cell]) -> Iterator[Cell]:
    """What holds of geometric distributions holds of their outcomes counted from 0."""
    for each in cells:
        if each.family is GEOMETRIC and each.other in (None, GEOMETRIC):
            yield replace(each, family=GEOMETRIC_FROM_ZERO, other=each.other and GEOMETRIC_FROM_ZERO)


_MADE = [*_of_vectors(), *(made for formulas in FORMULAS for made in cells_of(formulas))]
CELLS: dict[tuple[str, str, str], Cell] = {
    (made.quantity, made.family.name, made.other.name if made.other is not None else ""): made
    for made in (*_MADE, *_from_zero(_MADE))
}
"""Each by quantity, family of P and family of Q ("" where there is no Q)."""


def cell(quantity: str, family: Family, other: Family | None = None) -> Cell | None:
    """The closed form of a quantity (its row name) of distributions of these families, None where there is none."""
    return CELLS.get((quantity, family.name, other.name if other is not None else ""))
