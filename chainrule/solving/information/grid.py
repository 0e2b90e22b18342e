"""The distributions of a problem as it says them: with their outcomes, joint ones as tables with their marginals."""

from collections.abc import Iterator
from fractions import Fraction

from chainrule.errors import ChainruleError
from chainrule.inference.distributions.joints import condition_of
from chainrule.probability.distribution import Distribution
from chainrule.solving.answer import Formula, Table
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.information import trees
from chainrule.solving.information.joint import letters_of
from chainrule.solving.information.outcomes import Numbers, name_of, numbers_of
from chainrule.solving.information.trees import number_tree
from chainrule.syntax.tree import Bracket, Name, Number, Relation, Tree

MOST_COLUMNS, MOST_ROWS = 8, 20
"""A larger table would not be read as a whole."""


def joint_tables(context: Context) -> tuple[Table, ...]:
    """A table for each joint distribution of two variables whose probabilities are numbers; a conditional one is none."""
    found = context.network.distributions.items()
    return tuple(table for name, each in found if not condition_of(name) for table in _tables(context, each))


def with_outcomes(body: Tree, distribution: Distribution | None) -> Tree:
    """A list of the probabilities of outcomes that have labels as `{0: 1 - p, 1: p}`; anything else as it is."""
    match body, distribution:
        case Bracket(kind="[", items=items), Distribution(labels=(labels,)) if len(labels) == len(items):
            pairs = tuple(Relation((":",), pair) for pair in zip(labels, items, strict=True))
            return Bracket("{", pairs, (",",) * (len(pairs) - 1))
        case _:
            return body


def _tables(context: Context, distribution: Distribution) -> Iterator[Table]:
    node = distribution.probabilities
    if node is None or len(node.shape) != 2:
        return
    try:
        numbers = numbers_of(context, node)
    except ChainruleError:
        return  # said where a quantity of it is asked for
    if numbers is not None and len(numbers.rows) <= MOST_ROWS and len(numbers.rows[0]) <= MOST_COLUMNS:
        yield _table(distribution, numbers)


def _table(distribution: Distribution, numbers: Numbers) -> Table:
    """The labels of the first variable at the left, of the second above; the sums of the rows and of the columns."""
    name, (first, second) = name_of(distribution.symbol) or Name("p"), letters_of(distribution)
    left, above = _labels(distribution, numbers)
    corner, across, down = (tree_formula(trees.applied(name, *letters)) for letters in ((first, second), (first,), (second,)))

    def shown(value: Fraction) -> Formula:
        return tree_formula(number_tree(value, numbers.exact))

    rows = tuple(
        (_labelled(first, label), *map(shown, row), shown(sum(row, Fraction(0))))
        for label, row in zip(left, numbers.rows, strict=True)
    )
    sums = [sum(column, Fraction(0)) for column in zip(*numbers.rows, strict=True)]
    headings = (corner, *(_labelled(second, label) for label in above), across)
    return Table(headings, rows, (down, *map(shown, sums), shown(sum(sums, Fraction(0)))))


def _labels(distribution: Distribution, numbers: Numbers) -> tuple[tuple[Tree, ...], tuple[Tree, ...]]:
    if len(distribution.labels) == 2:
        return distribution.labels[0], distribution.labels[1]
    height, width = len(numbers.rows), len(numbers.rows[0])
    counted = [tuple(Number(Fraction(k)) for k in range(1, size + 1)) for size in (height, width)]
    return counted[0], counted[1]


def _labelled(letter: Tree, label: Tree) -> Formula:
    """`x = 0`; a word says by itself which variable it is of."""
    return tree_formula(label if isinstance(label, Name) and len(label.text) > 1 else Relation(("=",), (letter, label)))
