"""What the distributions of a quantity give their outcomes: labels, and for each a column of numbers or of formulas."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from chainrule.graph.node import Named, Node, Stack
from chainrule.inference.distributions.labels import RANDOM, variable_of
from chainrule.inference.symbols import could_be_name
from chainrule.probability.distribution import Distribution
from chainrule.solving.answer import Where
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.enclosed import exact_number
from chainrule.solving.information import trees
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Number, Prime, Subscript, Superscript, Tree, transform

Grid = tuple[tuple[Fraction, ...], ...]


@dataclass(frozen=True)
class Numbers:
    """The probabilities of one distribution: one row for each outcome, or for each of the first variable of a joint one.

    exact: as the text has them or computed from these exactly, not rounded.
    """

    rows: Grid
    exact: bool

    @property
    def entries(self) -> tuple[Fraction, ...]:
        return tuple(entry for row in self.rows for entry in row)


@dataclass(frozen=True)
class Column:
    """heading: `P(x)`. entries: what stands there for each outcome, () where they cannot be told apart.

    numbers: the same exactly, None where one has no number.
    """

    heading: Tree
    entries: tuple[Tree, ...]
    numbers: tuple[Fraction, ...] | None


@dataclass(frozen=True)
class Outcomes:
    """letters: what the sum runs over. labels: of each outcome, () where they are not known. named: the text has the labels,
    else outcomes are counted. exact: no number is rounded. where: names that the definition uses and the text does not have.
    """

    letters: tuple[Tree, ...]
    labels: tuple[Tree, ...]
    columns: tuple[Column, ...]
    exact: bool
    where: tuple[Where, ...] = ()
    named: bool = True
    condition: int = 0
    """Of a joint distribution: the axis of the variable that is the condition."""


def numbers_of(context: Context, node: Node) -> Numbers | None:
    """The numbers of an array of probabilities; None where one is missing."""
    known = exact_number(node, context.exact_values())
    value = context.number(node) if known is None else known
    if not isinstance(value, list | tuple):
        return None
    rows = [row if isinstance(row, list | tuple) else (row,) for row in value]
    cells = tuple(tuple(Fraction(cell) for cell in row if not isinstance(cell, list | tuple)) for row in rows)
    return Numbers(cells, known is not None)


def outcomes_of(context: Context, distributions: Sequence[Distribution]) -> Outcomes:
    """The columns of distributions of the same outcomes, each a vector of probabilities."""
    labels = next((d.labels[0] for d in distributions if len(d.labels) == 1), ())
    variable = next((d.variables[0] for d in distributions if d.variables), None)
    taken = {part for d in distributions for part in (name_of(d.symbol),) if part is not None}
    letter = _letter(variable, bool(labels), taken)
    columns: list[Column] = []
    where: list[Where] = []
    exact = True
    for distribution, spare in zip(distributions, ("p", "q"), strict=False):
        name = None if _is_call_of_family(distribution) else name_of(distribution.symbol)
        conditional = _conditional_heading(distribution.symbol, letter)
        if name is None and conditional is None:
            name = Name(spare)
            where.append(Where(tree_formula(name), tree_formula(distribution.symbol)))
        elif name and (_is_variable(name, distribution) or (len(distributions) == 1 and _is_random(name))):
            name = Name("p")  # H(X) is of the distribution of X
        heading = conditional or entry_of(name or Name(spare), letter, bool(labels))
        entries, numbers = _entries(context, distribution.probabilities)
        exact = exact and (numbers is None or numbers.exact)
        columns.append(Column(heading, entries, None if numbers is None else numbers.entries))
    count = max((len(column.entries) for column in columns), default=0)
    names = labels or tuple(Number(Fraction(k)) for k in range(1, count + 1))
    return Outcomes((letter,), names if count else (), tuple(columns), exact, tuple(where), bool(labels))


def _conditional_heading(symbol: Tree, letter: Tree) -> Tree | None:
    """`p(y | x = 1)` of the distribution `p(Y | X = 1)`; None of every other."""
    match symbol:
        case Juxtaposition(items=(head, Bracket(items=(_, event), separators=("|",)) as bracket)):
            return Juxtaposition((head, replace(bracket, items=(letter, transform(event, _small)))))
        case _:
            return None


def _small(tree: Tree) -> Tree:
    """The value of a random variable, x of X."""
    return Name(tree.text.lower()) if isinstance(tree, Name) and _is_random(tree) else tree


def _is_random(name: Tree) -> bool:
    return isinstance(name, Name) and name.text in RANDOM


def _is_variable(name: Tree, distribution: Distribution) -> bool:
    """Whether what is written for a distribution is its random variable, the X of `H(X)`, or a value of it, the x of `H[x]`."""
    return name in distribution.variables or variable_of(name) in distribution.variables


def _is_call_of_family(distribution: Distribution) -> bool:
    """Whether the word before its parameters is that of a family, `Bernoulli(p)`, and no name of the distribution."""
    match distribution.symbol:
        case Juxtaposition(items=(Name(text=word), Bracket(kind="("))):
            return distribution.family is not None and len(word) > 1 and word[0] != "\\"
        case _:
            return False


def entry_of(name: Tree, letter: Tree, applied: bool) -> Tree:
    """`P(x)` of outcomes with labels, else `y_i`."""
    if applied or isinstance(name, Subscript | Superscript | Prime):
        return trees.applied(name, letter)
    return Subscript(name, (letter,))


def name_of(symbol: Tree) -> Tree | None:
    """The name of a distribution: P of `P`, of `P(x)` and of `P(X)`; None where it has none, as a list."""
    match symbol:
        case Juxtaposition(items=(head, Bracket(kind="(", items=items))) if all(map(could_be_name, items)):
            return head if could_be_name(head) else None
        case Bracket(kind="(", items=(item,)):
            return name_of(item)
        case _:
            return symbol if could_be_name(symbol) else None


def _letter(variable: Tree | None, labelled: bool, taken: set[Tree]) -> Tree:
    """What a sum over outcomes runs over: x of a variable X, else x where outcomes have labels, else i."""
    if isinstance(variable, Name) and len(variable.text) == 1:
        return Name(variable.text.lower())
    return next(Name(letter) for letter in ("x" if labelled else "i", *"kjsu") if Name(letter) not in taken)


def _entries(context: Context, node: Node | None) -> tuple[tuple[Tree, ...], Numbers | None]:
    """What stands in a column, and its numbers where all are known."""
    if node is None:
        return (), None
    numbers = numbers_of(context, node)
    if numbers is not None:
        return tuple(trees.number_tree(entry, numbers.exact) for entry in numbers.entries), numbers
    body = node.body if isinstance(node, Named) else node
    if isinstance(body, Stack) and len(body.shape) == 1:
        return tuple(context.gate.show(item).tree for item in body.items), None
    return (), None
