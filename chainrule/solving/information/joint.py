r"""The columns of a quantity of a joint distribution: `p(x, y)` of every cell, and the marginals that it needs."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from chainrule.probability.distribution import Distribution
from chainrule.solving.answer import Where
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.information import trees
from chainrule.solving.information.outcomes import Column, Numbers, Outcomes, name_of, numbers_of
from chainrule.solving.information.terms import Columns
from chainrule.solving.information.trees import number_tree
from chainrule.syntax.tree import Bracket, Name, Number, Subscript, Tree

LETTERS = (Name("x"), Name("y"))
Axes = tuple[int, ...]


def joint_outcomes(context: Context, distribution: Distribution, columns: Columns, condition: int) -> Outcomes:
    """One outcome a cell. condition: the axis of the variable that is the condition, where one is."""
    letters = letters_of(distribution)
    name = name_of(distribution.symbol) or Name("p")
    node = distribution.probabilities
    numbers = None if node is None else numbers_of(context, node)
    heading = trees.applied(name, *letters)
    headings: list[Tree] = [heading]
    where: list[Where] = []
    marginals = _marginals(columns, condition)
    for axes in marginals:
        headings.append(trees.applied(name, *(letters[axis] for axis in axes)))
        summed: Tree = heading
        for axis in reversed([axis for axis in range(len(letters)) if axis not in axes]):
            summed = trees.sum_over(letters[axis], summed)
        where.append(Where(tree_formula(headings[-1]), tree_formula(summed)))
    if numbers is None:
        return Outcomes(letters, (), tuple(Column(h, (), None) for h in headings), True, tuple(where))
    labels = _labels(distribution, numbers)
    filled = [numbers.entries, *(_summed(labels, numbers.entries, axes) for axes in marginals)]
    made = tuple(_column(heading, values, numbers.exact) for heading, values in zip(headings, filled, strict=True))
    return Outcomes(letters, labels, made, numbers.exact, tuple(where), condition=condition)


def _marginals(columns: Columns, condition: int) -> tuple[Axes, ...]:
    """The axes of the marginals that stand beside the cells."""
    match columns:
        case "xy x":
            return ((condition,),)
        case "xy x y":
            return ((0,), (1,))
        case "xyz xz yz z":
            return ((0, 2), (1, 2), (2,))
        case _:
            return ()


def letters_of(distribution: Distribution) -> tuple[Tree, ...]:
    """x and y, or the variables in small letters; those of a group of variables as a tuple."""
    found = [small for small in map(_small, distribution.variables) if small is not None]
    return tuple(found) if len(found) == len(distribution.variables) > 1 else LETTERS


def _small(variable: Tree) -> Tree | None:
    match variable:
        case Name(text=text) if len(text) == 1:
            return Name(text.lower())
        case Subscript(base=Name(text=text)) if len(text) == 1:
            return replace(variable, base=Name(text.lower()))
        case Bracket(items=items):
            inside = [small for small in map(_small, items) if small is not None]
            return Bracket("(", tuple(inside), variable.separators) if len(inside) == len(items) else None
        case _:
            return None


def _summed(labels: Sequence[Tree], entries: Sequence[Fraction], axes: Axes) -> tuple[Fraction, ...]:
    """Of every cell the sum of those with the same values of these variables."""
    places = [tuple(label.items[axis] for axis in axes) if isinstance(label, Bracket) else () for label in labels]
    totals: dict[tuple[Tree, ...], Fraction] = {}
    for place, entry in zip(places, entries, strict=True):
        totals[place] = totals.get(place, Fraction(0)) + entry
    return tuple(totals[place] for place in places)


def _column(heading: Tree, values: tuple[Fraction, ...], exact: bool) -> Column:
    return Column(heading, tuple(number_tree(value, exact) for value in values), values)


def _labels(distribution: Distribution, numbers: Numbers) -> tuple[Tree, ...]:
    if len(distribution.labels) == 1 and len(distribution.variables) > 1:  # outcomes of several variables along one axis
        return distribution.labels[0]
    height, width = len(numbers.rows), len(numbers.rows[0])
    counted = [tuple(Number(Fraction(k)) for k in range(1, size + 1)) for size in (height, width)]
    first, second = distribution.labels if len(distribution.labels) == 2 else counted
    return tuple(Bracket("(", (a, b), (",",)) for a in first for b in second)
