"""A quantity written out, as it is shown: a table, the sum in numbers, steps."""

from collections.abc import Iterator
from decimal import Decimal

from chainrule.solving.answer import Formula, StepText, Table
from chainrule.solving.context import tree_formula
from chainrule.solving.information_outcomes import DIGITS, number_tree
from chainrule.solving.information_written import Row, Written
from chainrule.syntax.tree import Bracket, Name, Relation, Sum, Tree, transform
from chainrule.typesetting import array, unicode

MOST_ADDED = 12
"""So many terms are written as one sum."""
NOTHING = Formula("", "", "")


def number_of(value: float | Decimal) -> Tree:
    """A number to six digits; never -0."""
    return array(float(value) + 0.0, DIGITS)


def table_of(written: Written) -> Table | None:
    """A row an outcome: its label, its columns, the term in numbers, the value; then the sums."""
    if not written.rows:
        return None
    valued = written.total is not None
    letters = written.outcomes.letters
    counted = letters[0] if len(letters) == 1 else Bracket("(", letters, (",",) * (len(letters) - 1))
    headings = (counted, *(column.heading for column in written.outcomes.columns), written.term)
    rows = tuple(_cells(row, valued) for row in written.rows)
    above = (*map(tree_formula, headings), *((NOTHING,) if valued else ()))
    if not valued:
        return Table(above, rows, ())
    assert written.total is not None
    sums = [_column_sum(written, k) for k in range(len(written.outcomes.columns))]
    return Table(above, rows, (tree_formula(Name("\\Sigma")), *sums, None, tree_formula(number_of(written.total))))


def _cells(row: Row, valued: bool) -> tuple[Formula, ...]:
    value = () if row.value is None or not valued else (tree_formula(number_of(row.value)),)
    return (label_formula(row.label), *map(tree_formula, row.columns), tree_formula(row.term), *value)


def label_formula(label: Tree) -> Formula:
    return tree_formula(label)


def _column_sum(written: Written, k: int) -> Formula | None:
    """The sum of a column of probabilities; none for the marginals of a joint table, which stand there several times."""
    column = written.outcomes.columns[k]
    if column.numbers is None or (k and len(written.outcomes.letters) > 1):
        return None
    return tree_formula(number_tree(sum(column.numbers[1:], column.numbers[0]), written.outcomes.exact))


def summed(written: Written) -> Formula | None:
    """What is made of the sum, with the values of the terms in it; None where they are many or unknown."""
    values = [row.value for row in written.rows if row.value is not None]
    if not values or len(values) < len(written.rows) or len(values) > MOST_ADDED or written.total is None:
        return None
    if not all(value.is_finite() for value in values):
        return None
    signs = tuple(-1 if value < 0 else 1 for value in values)
    added = Sum(signs, tuple(number_of(abs(value)) for value in values))
    return tree_formula(written.whole(added if len(values) > 1 else number_of(values[0])))


def steps_of(symbol: Formula, definition: Formula, written: Written) -> Iterator[StepText]:
    """The definition, every term, the sum."""
    yield StepText("definition", symbol, definition, "This is the definition.")
    for row in written.rows:
        if row.value is not None:
            reason = f"The term of {said(row.label)}."
            yield StepText("term", tree_formula(row.term), tree_formula(number_of(row.value)), reason)
    if written.result is not None and written.rows:
        before = summed(written) or definition
        yield StepText("sum", before, tree_formula(number_of(written.result)), "The terms are added up.")


def at(heading: Tree, written: Written, label: Tree) -> Tree:
    """`P(C)` of the column `P(x)`."""
    letters = written.outcomes.letters
    labels = label.items if isinstance(label, Bracket) and len(letters) > 1 else (label,)
    values = dict(zip(letters, labels, strict=True))
    return transform(heading, lambda tree: values.get(tree, tree))


def said(tree: Tree) -> str:
    """A label or a name in a sentence."""
    return unicode(tree)


def equation(left: Tree, right: Tree) -> str:
    return unicode(Relation(("=",), (left, right)))
