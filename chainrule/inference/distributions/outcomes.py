r"""Sums over outcomes: `\sum_{x \in \mathcal{X}} P(x) \log \frac{P(x)}{Q(x)}`, `\mathbb{E}_{x \sim P}[f(x)]`, written out.

Where the whole sum is a quantity of the tables, it is read as that (`recognised.py`), in which 0 log 0 is 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from chainrule.errors import NameFault, SyntaxFault
from chainrule.inference.distributions.entries import entry_of
from chainrule.inference.distributions.labels import Table, said, variable_of
from chainrule.inference.distributions.recognised import as_quantity
from chainrule.inference.distributions.supports import labels_in
from chainrule.inference.index_form import put_letter, put_number
from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, key, span_text
from chainrule.inference.uses import bracket_of
from chainrule.probability.families.supports import MOST_OUTCOMES
from chainrule.syntax.tree import (
    BigOperator,
    Bracket,
    Juxtaposition,
    Name,
    Product,
    Relation,
    Subscript,
    Sum,
    Superscript,
    Tree,
    children,
    transform,
    walk,
)

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader

DRAWN = ("\\sim", "∼", "~")


@dataclass(frozen=True)
class Use:
    """A letter in the bracket of a distribution: the table, and which of its axes the letter runs along."""

    bracket: Bracket
    place: int
    name: Tree
    table: Table
    axis: int


def over_outcomes(reader: Reader, tree: BigOperator) -> Tree | None:
    """The resolved sum over the outcomes of the distributions in it; None where it is no such sum.

    Raises NameFault where their outcomes differ, SyntaxFault where there are too many, or a label stands in arithmetic.
    """
    summed = _as_sum(reader, tree) if tree.operator == "E" else tree
    written = None if summed is None else _written_out(reader, summed)
    if written is None:
        return None
    read = reader.read(written)
    return as_quantity(reader, tree.body, read) or read


def _as_sum(reader: Reader, tree: BigOperator) -> BigOperator | None:
    r"""`\mathbb{E}_{x \sim P}[f(x)]` as the sum of P(x) f(x); None where P has no table."""
    match tree.lower:
        case Relation(operators=(operator,), sides=(Name() as letter, name)) if operator in DRAWN:
            pass
        case Name() as name:
            letter = next((use.bracket.items[0] for use in _all_uses(reader, tree.body)), None)
        case _:
            return None
    if letter is None or not could_be_name(name) or key(name) not in reader.tables:
        return None
    inside = tree.body.items[0] if isinstance(tree.body, Bracket) and len(tree.body.items) == 1 else None
    if inside is None:
        return None
    weight = Juxtaposition((name, Bracket("(", (letter,))), span=name.span)
    body = Product("\\cdot", (weight, Bracket("(", (inside,), span=inside.span)), span=tree.body.span)
    return BigOperator("sum", letter, None, body, span=tree.span)


def _all_uses(reader: Reader, body: Tree) -> Iterator[Use]:
    """Brackets of tables with one name in them."""
    for part in walk(body):
        for name, bracket in pairwise(part.items) if isinstance(part, Juxtaposition) else ():
            arguments = bracket_of(bracket)
            if arguments is not None and len(arguments.items) == 1 and isinstance(arguments.items[0], Name):
                yield from _in_bracket(reader, name, arguments, arguments.items[0])


def _written_out(reader: Reader, tree: BigOperator) -> Tree | None:
    letter = _letter(tree)
    uses = () if letter is None or tree.operator != "sum" else tuple(_uses(reader, tree.body, letter))
    if letter is None or not uses:
        return None
    labels = _labels(reader, tree, uses)
    if len(labels) > MOST_OUTCOMES:
        raise SyntaxFault("unsupported-sum", f"{span_text(tree.span)} has {len(labels)} terms", tree.span)
    reader.charge(len(labels) * sum(1 for _ in walk(tree.body)), tree)
    terms: list[Tree] = []
    for label in labels:
        term = _at(_placed(tree.body, uses, label), letter, label, tree)
        inner = [part for part in walk(term) if isinstance(part, BigOperator)]
        terms.append(term if inner else _with_entries(reader, term))
    return terms[0] if len(terms) == 1 else Sum((1,) * len(terms), tuple(terms), span=tree.span)


def _letter(tree: BigOperator) -> Tree | None:
    r"""The x of `\sum_x` and `\sum_{x \in \mathcal{X}}`."""
    match tree.lower:
        case Name() as letter if tree.upper is None:
            return letter
        case Relation(operators=("\\in",), sides=(Name() as letter, _)):
            return letter
        case _:
            return None


def _uses(reader: Reader, body: Tree, letter: Tree) -> Iterator[Use]:
    """Where the letter stands in the bracket of a distribution; sums inside over the same letter are left out."""
    waiting = [body]
    while waiting:
        tree = waiting.pop()
        if isinstance(tree, BigOperator) and _letter(tree) == letter:
            continue
        waiting += children(tree)
        for name, bracket in pairwise(tree.items) if isinstance(tree, Juxtaposition) else ():
            arguments = bracket_of(bracket)
            if arguments is not None and arguments.kind == "(" and could_be_name(name):
                yield from _in_bracket(reader, name, arguments, letter)


def _in_bracket(reader: Reader, name: Tree, bracket: Bracket, letter: Tree) -> Iterator[Use]:
    own = key(name)
    tables = [(n, t) for n, t in reader.tables.items() if n == own or (isinstance(n, Juxtaposition) and n.items[0] == own)]
    for place, item in enumerate(bracket.items):
        value = item.sides[1] if isinstance(item, Relation) and len(item.sides) == 2 else item
        for table_name, table in tables if value == letter else ():
            axis = _axis(table, letter, place, len(bracket.items))
            if axis is not None:
                yield Use(bracket, place, table_name, table, axis)


def _axis(table: Table, letter: Tree, place: int, count: int) -> int | None:
    """Along which axis a letter runs: that of its random variable, else that of its place."""
    variable = variable_of(letter)
    if variable in table.variables and len(table.variables) == len(table.labels):
        return table.variables.index(variable)
    return place if count == len(table.labels) else None


def _labels(reader: Reader, tree: BigOperator, uses: Iterable[Use]) -> tuple[Tree, ...]:
    """The outcomes that the letter runs over: those of the set that is written out, else of all distributions in the body.

    Raises NameFault where two distributions have different ones.
    """
    own = {use.table.labels[use.axis]: use for use in uses}
    (labels, *others) = own
    if others:
        names = " and ".join(dict.fromkeys(said(use.name) for use in own.values()))
        raise NameFault("different-outcomes", f"{names} have different outcomes", tree.span)
    written = tree.lower.sides[1] if isinstance(tree.lower, Relation) else None
    if isinstance(written, Bracket) and written.kind == "{":
        return labels_in(written, reader.integers) or labels
    return labels


def _placed(body: Tree, uses: Iterable[Use], label: Tree) -> Tree:
    """The body with `X = label` for x in the brackets of tables."""
    said: dict[int, dict[int, Tree]] = {}
    for use in uses:
        variable = use.table.variables[use.axis] if use.table.variables else None
        value = label if variable is None else Relation(("=",), (variable, label))
        said.setdefault(id(use.bracket), {}).setdefault(use.place, value)

    def put(part: Tree) -> Tree:
        places = said.get(id(part))
        if places is None or not isinstance(part, Bracket):
            return part
        return replace(part, items=tuple(places.get(place, item) for place, item in enumerate(part.items)))

    return transform(body, put)


def _at(body: Tree, letter: Tree, label: Tree, tree: BigOperator) -> Tree:
    """One term: the label for what is left of the letter. Raises SyntaxFault where a label that is no number stands there."""
    value = number(label)
    if value is not None and value.denominator == 1 and value >= 0:
        return put_number(body, letter, int(value))
    if value is None and any(part == letter for part in walk(body)):
        message = f"{span_text(tree.span)} computes with {span_text(letter.span)}, whose values are no numbers"
        raise SyntaxFault("label-as-number", message, tree.span)
    return put_letter(body, letter, label)


def _with_entries(reader: Reader, term: Tree) -> Tree:
    """The term with the entries of tables in the place of `p(X = 0, Y = 1)`."""

    def put(part: Tree) -> Tree:
        if not isinstance(part, Juxtaposition):
            return part
        items: list[Tree] = []
        for item in part.items:
            bracket = bracket_of(item)
            found = entry_of(reader, items[-1], bracket) if items and bracket is not None else None
            if found is None:
                items.append(item)
            else:
                items[-1] = _instead(item, found)
        return items[0] if len(items) == 1 else replace(part, items=tuple(items))

    return transform(term, put)


def _instead(behind: Tree, entry: Tree) -> Tree:
    """The entry with the power that stands behind the bracket of `p(x)^2`."""
    return replace(behind, base=_instead(behind.base, entry)) if isinstance(behind, Superscript | Subscript) else entry
