"""The table of closed forms, family by quantity."""

from chainrule.probability import cells_across, cells_continuous, cells_discrete, cells_gamma, cells_normal
from chainrule.probability.cell import Cell
from chainrule.probability.family import Family
from chainrule.probability.formulas import cells_of

FORMULAS = (
    *cells_discrete.FORMULAS,
    *cells_continuous.FORMULAS,
    *cells_normal.FORMULAS,
    *cells_gamma.FORMULAS,
    *cells_across.FORMULAS,
)

CELLS: dict[tuple[str, str, str], Cell] = {
    (made.quantity, made.family.name, made.other.name if made.other is not None else ""): made
    for formulas in FORMULAS
    for made in cells_of(formulas)
}
"""Each by quantity, family of P and family of Q ("" where there is no Q)."""


def cell(quantity: str, family: Family, other: Family | None = None) -> Cell | None:
    """The closed form of a quantity (its row name) of distributions of these families, None where there is none."""
    return CELLS.get((quantity, family.name, other.name if other is not None else ""))
