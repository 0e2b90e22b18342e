"""A task as a formula, `H_2(P)`, for what is made of its result."""

from chainrule.probability.quantities import QUANTITIES
from chainrule.sheets.information.earlier import notation_of
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import notations_of
from chainrule.sheets.sheet import Task
from chainrule.syntax.tree import Bracket, Relation, Sum
from chainrule.typesetting import latex

_ROWS = {row.name: row for row in QUANTITIES}


def formula_of(task: Task) -> str:
    """What a task asks for as a formula, a sum in parentheses; "" where it names no distributions, where it holds at a point
    of its own, and of a surprisal, which no formula names.
    """
    asked = [tree for math in task.math("asked") for tree in trees(math)]
    row = _ROWS.get(task.quantity)
    if task.quantity == "surprisal" or task.math("point", "given") or task.reverse or task.every or not asked:
        return ""
    if task.form == "value" or (len(asked) == 1 and (math := task.math("asked")[0]).plain and notations_of(math)):
        return latex(Bracket("(", (asked[0],)) if isinstance(asked[0], Sum) else asked[0]) if len(asked) == 1 else ""
    if row is not None and row.order and len(asked) == row.distributions:
        orders = [tree.sides[-1] if isinstance(tree, Relation) else tree for m in task.math("order") for tree in trees(m)]
        return latex(row.notation(asked, *orders)) if len(orders) == 1 else ""
    return notation_of(task)
