r"""The columns of a quantity of a joint distribution: `p(x, y)` of every cell, and the marginals that it needs."""

from fractions import Fraction

from chainrule.probability.distribution import Distribution
from chainrule.solving.answer import Where
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.information import trees
from chainrule.solving.information.outcomes import Column, Numbers, Outcomes, name_of, numbers_of
from chainrule.solving.information.terms import Columns
from chainrule.solving.information.trees import number_tree
from chainrule.syntax.tree import Bracket, Name, Number, Tree

LETTERS = (Name("x"), Name("y"))


def joint_outcomes(context: Context, distribution: Distribution, columns: Columns, condition: int) -> Outcomes:
    """One outcome a cell. condition: the axis of the variable that is the condition, where one is."""
    letters = _letters(distribution)
    name = name_of(distribution.symbol) or Name("p")
    node = distribution.probabilities
    numbers = None if node is None else numbers_of(context, node)
    heading = trees.applied(name, *letters)
    headings: list[Tree] = [heading]
    where: list[Where] = []
    axes = {"xy": (), "xy x": (condition,)}.get(columns, (0, 1))
    for axis in axes:
        marginal = trees.applied(name, letters[axis])
        headings.append(marginal)
        where.append(Where(tree_formula(marginal), tree_formula(trees.sum_over(letters[1 - axis], heading))))
    if numbers is None:
        return Outcomes(letters, (), tuple(Column(h, (), None) for h in headings), True, tuple(where))
    cells, *marginals = _values(numbers)
    filled = [cells, *(marginals[axis] for axis in axes)]
    made = tuple(_column(heading, values, numbers.exact) for heading, values in zip(headings, filled, strict=True))
    return Outcomes(letters, _labels(distribution, numbers), made, numbers.exact, tuple(where), condition=condition)


def _letters(distribution: Distribution) -> tuple[Tree, Tree]:
    """x and y, or the variables in small letters."""
    found = [Name(v.text.lower()) for v in distribution.variables if isinstance(v, Name) and len(v.text) == 1]
    return (found[0], found[1]) if len(found) == 2 else LETTERS


def _values(numbers: Numbers) -> tuple[tuple[Fraction, ...], ...]:
    """Of every cell: its probability, that of its row, that of its column."""
    rows = [sum(row, Fraction(0)) for row in numbers.rows]
    below = [sum(column, Fraction(0)) for column in zip(*numbers.rows, strict=True)]
    by_row = tuple(rows[i] for i, row in enumerate(numbers.rows) for _ in row)
    by_column = tuple(below[j] for row in numbers.rows for j in range(len(row)))
    return numbers.entries, by_row, by_column


def _column(heading: Tree, values: tuple[Fraction, ...], exact: bool) -> Column:
    return Column(heading, tuple(number_tree(value, exact) for value in values), values)


def _labels(distribution: Distribution, numbers: Numbers) -> tuple[Tree, ...]:
    height, width = len(numbers.rows), len(numbers.rows[0])
    counted = [tuple(Number(Fraction(k)) for k in range(1, size + 1)) for size in (height, width)]
    first, second = distribution.labels if len(distribution.labels) == 2 else counted
    return tuple(Bracket("(", (a, b), (",",)) for a in first for b in second)
