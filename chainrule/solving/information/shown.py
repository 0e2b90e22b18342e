"""A quantity written out, as it is shown: a table, the sum in numbers, steps."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from chainrule.inference.distributions.information import Information
from chainrule.inference.distributions.labels import RANDOM
from chainrule.inference.symbols import could_be_name
from chainrule.solving.answer import Formula, StepText, Table, Where
from chainrule.solving.context import tree_formula
from chainrule.solving.information import trees
from chainrule.solving.information.decimal import Base
from chainrule.solving.information.outcomes import name_of
from chainrule.solving.information.terms import TERMS
from chainrule.solving.information.trees import number_of, number_tree
from chainrule.solving.information.written import Row, Written
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Relation, Sum, Tree, transform
from chainrule.typesetting import unicode
from chainrule.verification.gate import verify_over_outcomes

MOST_ADDED = 12
"""So many terms are written as one sum."""
NOTHING = Formula("", "", "")
DEFINITION_SAID = "This is the definition."


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
    return (tree_formula(row.label), *map(tree_formula, row.columns), tree_formula(row.term), *value)


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


def written_out(written: Written) -> Formula | None:
    """The sum term by term, of few outcomes."""
    if not 0 < len(written.rows) <= MOST_ADDED:
        return None
    body = trees.added(*(written.terms.term(written.base, row.columns, written.order) for row in written.rows))
    return tree_formula(written.whole(trees.negated(body) if written.terms.negative else body))


def steps_of(symbol: Formula, definition: Formula, written: Written) -> Iterator[StepText]:
    """The definition, every term, the sum."""
    yield StepText("definition", symbol, definition, DEFINITION_SAID)
    for row in written.rows:
        if row.value is not None:
            reason = f"The term of {outcome(written, row.label)}."
            yield StepText("term", tree_formula(row.term), tree_formula(number_of(row.value)), reason)
    if written.result is None and (opened := written_out(written)) is not None:
        yield StepText("sum", definition, opened, "The terms are added up.")
    if written.result is not None and written.rows:
        before = summed(written) or definition
        yield StepText("sum", before, tree_formula(number_of(written.result)), "The terms are added up.")


def definition_of(information: Information, base: Base, order: Tree) -> tuple[Formula, tuple[Where, ...]]:
    """The definition over outcomes without end, a sum over whole numbers or an integral, and the names that it brings."""
    terms = TERMS[information.quantity.name]
    letter = Name("x")
    where: list[Where] = []
    columns: list[Tree] = []
    names: list[Tree] = []
    own = [name_of(distribution.symbol) for distribution in information.distributions]
    spares = (Name(spare) for spare in "pqrs" if Name(spare) not in own)
    for distribution, name in zip(information.distributions, own, strict=True):
        if isinstance(name, Name) and name.text in RANDOM:
            name = next(spares)  # h(X) is of the distribution of X
        if name is None:
            name = next(spares)
            where.append(Where(tree_formula(name), tree_formula(distribution.symbol)))
        names.append(name)
        columns.append(trees.applied(name, letter))
    if terms.columns == "p q m":
        columns.append(trees.times(trees.HALF, trees.added(*columns)))
    summed = terms.definition(base, (letter,), columns, order)
    verify_over_outcomes(
        summed, names, order if could_be_name(order) else None
    )  # the integral is the same with another sign before it
    if all(d.family is None or d.family.support.discrete for d in information.distributions):
        return tree_formula(summed), tuple(where)

    def times_dx(base: Base, columns: Sequence[Tree], order: Tree) -> Tree:
        term = terms.term(base, columns, order)
        factors = term.items if isinstance(term, Juxtaposition) else (term,)
        return trees.times(*factors, Name("d"), letter)

    density = replace(terms, term=times_dx)
    found = tree_formula(density.definition(base, (letter,), columns, order))
    return Formula(*map(_integral, _texts(found), SIGNS)), tuple(where)


SIGNS = (("\\sum_{x}", "\\int", "\\, dx"), ("sum_{x}", "int", "dx"), ("∑ₓ", "∫", "dx"))


def _integral(text: str, signs: tuple[str, str, str]) -> str:
    """The text of a sum over x as that of an integral."""
    above, sign, differential = signs
    return text.replace(above, sign).replace("d x", differential)


def _texts(formula: Formula) -> tuple[str, str, str]:
    return formula.latex, formula.text, formula.unicode


def at(heading: Tree, written: Written, label: Tree) -> Tree:
    """`P(C)` of the column `P(x)`."""
    letters = written.outcomes.letters
    labels = label.items if isinstance(label, Bracket) and len(letters) > 1 else (label,)
    values = dict(zip(letters, labels, strict=True))
    return transform(heading, lambda tree: values.get(tree, tree))


def outcome(written: Written, label: Tree) -> str:
    """`A`; of outcomes without labels `i = 1`."""
    return said(label) if written.outcomes.named else equation(written.outcomes.letters[0], label)


def said(tree: Tree) -> str:
    """A label or a name in a sentence."""
    return unicode(tree)


def equation(left: Tree, right: Tree) -> str:
    return unicode(Relation(("=",), (left, right)))
