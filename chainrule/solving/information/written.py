"""A quantity written out over its outcomes: the definition in the text's names, a row an outcome, the sum."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from chainrule.graph.node import Constant, Node
from chainrule.inference.distributions.information import Information
from chainrule.inference.distributions.labels import variable_of
from chainrule.probability.distribution import Distribution
from chainrule.solving.answer import Where
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.information import decimal as numbers
from chainrule.solving.information import trees
from chainrule.solving.information.decimal import Base, decimal, precise
from chainrule.solving.information.joint import joint_outcomes
from chainrule.solving.information.outcomes import Column, Outcomes, entry_of, outcomes_of
from chainrule.solving.information.terms import Terms, terms_of
from chainrule.solving.information.trees import number_tree
from chainrule.syntax.tree import Bracket, Name, Quotient, Subscript, Tree, walk

ROUNDING = Decimal("1e-15")
"""A term of rounded probabilities that is smaller than so much of them is 0."""
MOST_OUTCOMES = 1000
"""Of more outcomes only the definition is written."""


@dataclass(frozen=True)
class Row:
    """The term of one outcome, with its sign: in numbers or the formulas of its columns; its value where all are numbers."""

    label: Tree
    columns: tuple[Tree, ...]
    term: Tree
    value: Decimal | None


@dataclass(frozen=True)
class Written:
    """terms: of the quantity, in that base. term: of any outcome, with its sign. total: the value of the sum, result: that
    of the quantity; None where a number is missing. order: its tree.
    """

    terms: Terms
    base: Base
    definition: Tree
    outcomes: Outcomes
    term: Tree
    rows: tuple[Row, ...]
    total: Decimal | None
    result: Decimal | None
    order: Tree

    def whole(self, total: Tree) -> Tree:
        """What is made of the sum of the worked terms."""
        return self.terms.whole(self.base, total, self.order)


def write_out(context: Context, information: Information, base: Base, notation: Tree) -> Written | None:
    """The quantity over finitely many outcomes; None where there are none, or it is no sum over them.

    notation: as it is written, which tells what the condition of a conditional entropy is.
    """
    order, alpha = _order(context, information.order)
    terms = terms_of(information.quantity.name, None if information.order is None else alpha)
    if terms is None or any(d.probabilities is None for d in information.distributions) or (alpha and not alpha.is_finite()):
        return None
    outcomes = _outcomes(context, information.distributions, terms, notation)
    headings = tuple(column.heading for column in outcomes.columns)
    known = [column.numbers for column in outcomes.columns if column.numbers is not None]
    with precise(known, Fraction(alpha) if alpha else None):
        rows = _rows(outcomes, terms, base, order, alpha)
        values = [row.value for row in rows if row.value is not None]
        total = numbers.added(values) if rows and len(values) == len(rows) else None
        result = None if total is None or alpha is None else terms.total(base, total, alpha)
    definition = terms.definition(base, outcomes.letters, headings, order)
    return Written(terms, base, definition, outcomes, terms.worked(base, headings, order), rows, total, result, order)


def _order(context: Context, order: Node | None) -> tuple[Tree, Decimal | None]:
    """The order as a formula and as a number; 1 where the quantity has none."""
    if order is None:
        return trees.ONE, numbers.ZERO
    value = order.value if isinstance(order, Constant) else context.extended(order)
    if value is None or isinstance(value, list):
        return context.gate.show(order).tree, None
    if value in (float("inf"), float("-inf")):
        return context.gate.show(order).tree, Decimal(float(value))
    return number_tree(Fraction(value)), decimal(Fraction(value))


def _outcomes(context: Context, distributions: Sequence[Distribution], terms: Terms, notation: Tree) -> Outcomes:
    if terms.columns.startswith("xy"):
        return joint_outcomes(
            context, distributions[0], terms.columns, _condition(distributions[0], notation) if terms.columns == "xy x" else 0
        )
    found = outcomes_of(context, distributions)
    return _with_mixture(found) if terms.columns == "p q m" else found


def _condition(joint: Distribution, notation: Tree) -> int:
    """The axis of X in `H(Y | X)`, the last variable of the notation."""
    brackets = [part for part in walk(notation) if isinstance(part, Bracket)]
    last = brackets[0].items[-1] if brackets and brackets[0].items else None
    condition = None if last is None else variable_of(last)
    return joint.variables.index(condition) if condition in joint.variables else 0


def _with_mixture(outcomes: Outcomes) -> Outcomes:
    """With the column of M = (P + Q)/2."""
    p, q = outcomes.columns
    heading = entry_of(Name("M"), outcomes.letters[0], not isinstance(p.heading, Subscript))
    values = None
    if p.numbers is not None and q.numbers is not None:
        values = tuple((a + b) / 2 for a, b in zip(p.numbers, q.numbers, strict=True))
        entries: tuple[Tree, ...] = tuple(number_tree(value, outcomes.exact) for value in values)
    else:
        entries = tuple(Quotient(trees.added(a, b), trees.TWO) for a, b in zip(p.entries, q.entries, strict=False))
    mean = trees.times(trees.HALF, trees.added(p.heading, q.heading))
    where = Where(tree_formula(heading), tree_formula(mean))
    columns = (p, q, Column(heading, entries, values))
    return replace(outcomes, columns=columns, where=(*outcomes.where, where))


def _rows(outcomes: Outcomes, terms: Terms, base: Base, order: Tree, alpha: Decimal | None) -> tuple[Row, ...]:
    count = len(outcomes.labels)
    if count > MOST_OUTCOMES or any(len(column.entries) != count for column in outcomes.columns):
        return ()
    known = [column.numbers for column in outcomes.columns]
    rows: list[Row] = []
    for k, label in enumerate(outcomes.labels):
        cells = tuple(column.entries[k] for column in outcomes.columns)
        values = [decimal(entries[k]) for entries in known if entries is not None]
        value = None
        if len(values) == len(known) and alpha is not None:
            value = terms.number(base, values, alpha)
            if terms.logarithmic and not outcomes.exact and abs(value) <= ROUNDING * max(values):
                value = numbers.ZERO
        rows.append(Row(label, cells, terms.worked(base, cells, order), value))
    return tuple(rows)
