"""The rows that a quantity is in a special case: of an infinite order, of several variables together."""

from dataclasses import replace

from chainrule.inference.symbols import key
from chainrule.probability.quantities import QUANTITIES, Quantity
from chainrule.sheets.information.asked import Asked
from chainrule.sheets.notation import statements
from chainrule.syntax.tree import Name, Relation, Tree

_ROWS = {quantity.name: quantity for quantity in QUANTITIES}
LIMITS = {"renyi_entropy": "min_entropy", "renyi": "max_divergence"}
"""The rows that quantities with an order are where that is infinite."""


def jointly(asked: Asked) -> Asked:
    """The entropy of `(X, Y)` is the joint one."""
    single = asked.quantity is not None and asked.quantity.name == "entropy" and not asked.plural
    return replace(asked, quantity=_ROWS["joint_entropy"]) if single else asked


def has_joint_row(asked: Asked) -> bool:
    """Whether a quantity can be of `(X, Y)`: one of a single distribution has a row for several variables, or is of each."""
    quantity = jointly(asked).quantity
    return quantity is None or asked.plural or quantity.joint or quantity.distributions > 1


def row_names(quantity: Quantity) -> set[str]:
    """The row, and the one that it is in the limit of its order."""
    return {quantity.name, LIMITS.get(quantity.name, quantity.name)}


def at_infinity(asked: Asked) -> Asked:
    r"""A quantity of order $\infty$ as the row that it is then."""
    limit = LIMITS.get(asked.quantity.name) if asked.quantity else None
    infinite = asked.order is not None and [key(_right(tree)) for tree in statements(asked.order)] == [Name("\\infty")]
    return replace(asked, quantity=_ROWS[limit], order=None) if limit and infinite else asked


def _right(tree: Tree) -> Tree:
    return tree.sides[-1] if isinstance(tree, Relation) else tree
