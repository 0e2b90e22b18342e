"""Points of the parameters at which the closed forms are compared: for each pair of families, where all of them hold."""

from fractions import Fraction
from typing import Any

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.probability.cells.cell import Cell
from chainrule.probability.cells.table import CELLS
from chainrule.probability.distribution import Distribution
from chainrule.probability.families.discrete import GEOMETRIC_FROM_ZERO
from chainrule.probability.families.family import Family
from chainrule.probability.families.table import FAMILIES
from chainrule.syntax.tree import Name

F = Fraction
BY_NAME = {family.name: family for family in (*FAMILIES, GEOMETRIC_FROM_ZERO)}
OF_VECTORS = ("normal_diagonal", "normal_full", "standard_normal", "dirichlet")

# The second point has the wider support and the heavier tail, so that every divergence to it is finite.
POINTS: dict[str, tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    "bernoulli": ((F("0.3"),), (F("0.65"),)),
    "binomial": ((5, F("0.3")), (5, F("0.45"))),
    "categorical": (((F("0.5"), F("0.2"), F("0.3")),), ((F("0.1"), F("0.6"), F("0.3")),)),
    "discrete_uniform": ((2, 5), (0, 7)),
    "geometric": ((F("0.4"),), (F("0.3"),)),
    "geometric_from_zero": ((F("0.4"),), (F("0.3"),)),
    "poisson": ((F("2.5"),), (F("1.25"),)),
    "normal": ((F("0.3"), F("1.2")), (F("-0.4"), F("2.1"))),
    "normal_diagonal": (((F("0.5"), F("-1")), (F("0.25"), F("2"))), ((F("0"), F("0.5")), (F("1.5"), F("4")))),
    "normal_full": (
        ((F("0.5"), F("-1")), ((F("1"), F("0.25")), (F("0.25"), F("0.5")))),
        ((F("0"), F("0.5")), ((F("1.5"), F("-0.25")), (F("-0.25"), F("2")))),
    ),
    "standard_normal": ((), ()),
    "exponential": ((F("1.5"),), (F("0.75"),)),
    "laplace": ((F("0.25"), F("0.75")), (F("-0.5"), F("2"))),
    "gamma": ((F("2.5"), F("1.5")), (F("1.75"), F("0.5"))),
    "beta": ((F("2.5"), F("3")), (F("1.5"), F("0.75"))),
    "dirichlet": (((F("1.5"), F("2"), F("3.5")),), ((F("2"), F("0.75"), F("1.5")),)),
    "uniform": ((F("0.25"), F("0.75")), (F("-0.5"), F("2"))),
}
ORDER = F("0.75")

OTHERS: dict[tuple[str, str, str], tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    ("chi_squared", "exponential", "gamma"): ((F(2),), (F("1.5"), F("0.5"))),
    ("max_divergence", "poisson", "poisson"): ((F("1.25"),), (F("2.5"),)),
}
"""Where the points above are none for two families."""
EVERY = sorted(CELLS)


def points_of(key: tuple[str, str, str]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """The parameters of P and of Q; () for no Q."""
    quantity, first, second = key
    return OTHERS.get((quantity, first, second), (POINTS[first][0], POINTS[second][1] if second else ()))


def has_order(cell: Cell) -> bool:
    return cell.construction.arguments[-1].startswith("order")


def node_of(value: Any) -> Node:
    """A parameter as exact numbers."""
    return build.stack([node_of(item) for item in value]) if isinstance(value, tuple) else build.constant(F(value))


def distribution(family: str | Family, *parameters: Any) -> Distribution:
    found = BY_NAME[family] if isinstance(family, str) else family
    return Distribution(Name("P"), None, family=found, parameters=tuple(map(node_of, parameters)))
