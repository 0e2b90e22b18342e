"""Joint distributions outcome by outcome: their marginals, of any of their variables, and with variables put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.inference.distributions.labels import Table
from chainrule.inference.resolved import Applied, Entry
from chainrule.probability.families.family import ClosedForm
from chainrule.syntax.tree import Bracket, Matrix, Number, Product, Sum, Tree

Outcome = tuple[Tree, ...]
"""A value of every variable."""
ZERO = Number(Fraction(0))


def _form(name: str, arguments: tuple[str, ...], signature: str, function: Callable[..., Node]) -> ClosedForm:
    return ClosedForm(name=name, arguments=arguments, signature=signature, build=function, spellings=())


def _times(axis: int) -> Callable[[Node, Node], Node]:
    """A matrix with a vector multiplied along one of its axes."""
    return lambda p, q: build.multiply(p, build.broadcast(q, p.shape, (axis,)))


def _sums(axis: int) -> Callable[[Node], Node]:
    """The sums of a matrix along the other axis."""
    return lambda p: build.total(p, (1 - axis,))


MARGINALS = (
    _form("marginal of the rows", ("p",), "m,n -> m", _sums(0)),
    _form("marginal of the columns", ("p",), "m,n -> n", _sums(1)),
)
CHAINED = (
    _form("times the rows", ("p", "q"), "m,n m -> m,n", _times(0)),
    _form("times the columns", ("p", "q"), "m,n n -> m,n", _times(1)),
)
"""A conditional distribution times that of its condition, which is the variable of the rows, and that of the columns."""
INDEPENDENT = _form("independent", ("p", "q"), "m n -> m,n", build.outer)


@dataclass(frozen=True)
class Joint:
    """A distribution of random variables: its resolved array, and what its outcomes are called.

    The array has an axis a variable, or one axis whose labels are tuples with a value of each.
    """

    body: Tree
    table: Table

    @property
    def variables(self) -> tuple[Tree, ...]:
        return self.table.variables

    @property
    def is_listed(self) -> bool:
        """Whether the outcomes of several variables are one axis."""
        return len(self.table.labels) == 1 and len(self.variables) > 1


def cells_of(joint: Joint) -> list[tuple[Outcome, Tree]] | None:
    """Every outcome with its probability; None where nothing says what the outcomes are called."""
    labels = joint.table.labels
    if joint.is_listed:
        pairs = [(label.items, k) for k, label in enumerate(labels[0], 1) if isinstance(label, Bracket)]
        return [(values, entry_of(joint.body, (k,))) for values, k in pairs]
    if len(labels) != len(joint.variables):
        return None
    places = product(*(range(len(axis)) for axis in labels))
    return [
        (tuple(axis[k] for axis, k in zip(labels, place, strict=True)), entry_of(joint.body, tuple(k + 1 for k in place)))
        for place in places
    ]


def entry_of(body: Tree, places: tuple[int, ...]) -> Tree:
    """One probability of a distribution, positions counted from 1.

    Of a distribution that is put together it is computed from those of its parts, so that no entry holds the whole of it.
    """
    match body:
        case Bracket(kind="[", items=items) if len(places) == 1:
            return items[places[0] - 1]
        case Matrix(rows=rows) if len(places) == 2:
            return rows[places[0] - 1][places[1] - 1]
        case Applied(function=function, arguments=(one, other)) if function == INDEPENDENT:
            row, column = places
            return Product("", (entry_of(one, (row,)), entry_of(other, (column,))), span=body.span)
        case Applied(function=function, arguments=(one, other)) if function in CHAINED:
            weight = entry_of(other, (places[CHAINED.index(function)],))
            return Product("", (entry_of(one, places), weight), span=body.span)
        case _:
            return Entry(body, places, span=body.span)


def listed(cells: Iterable[tuple[Outcome, Tree]], variables: Sequence[Tree], like: Tree) -> Joint:
    """The joint distribution with these probabilities: one axis, an outcome that stands there twice having their sum."""
    added = _added(cells)
    labels = tuple(_label(outcome) for outcome in added)
    return Joint(_row(tuple(added.values()), like), Table((labels,), tuple(variables)))


def grouped(joint: Joint, groups: Sequence[Sequence[Tree]]) -> Joint | None:
    """The distribution of one group of variables, a vector, or of two, a matrix with an axis each; the others are summed over.

    A group of several variables counts as one, whose values are tuples. None where the outcomes are not known.
    """
    entries = _by_groups(joint, groups)
    if entries is None:
        return None
    axes = _axes(entries)
    table = Table(axes, tuple(_label(tuple(group)) for group in groups))
    if len(groups) == 1:
        return Joint(_row(tuple(entries[(label,)] for label in axes[0]), joint.body), table)
    return Joint(_matrix(entries, axes, (), joint.body), table)


def parted(joint: Joint, groups: Sequence[Sequence[Tree]]) -> tuple[Joint, tuple[Matrix, ...]] | None:
    """The distribution of three groups, listed, and for every value of the third the matrix of the first two.

    None where the outcomes are not known.
    """
    entries = _by_groups(joint, groups)
    if entries is None:
        return None
    axes = _axes(entries)
    matrices = tuple(_matrix(entries, axes[:2], (value,), joint.body) for value in axes[2])
    return listed(entries.items(), tuple(_label(tuple(group)) for group in groups), joint.body), matrices


def _by_groups(joint: Joint, groups: Sequence[Sequence[Tree]]) -> dict[Outcome, Tree] | None:
    """The probability of every value of the groups."""
    cells = cells_of(joint)
    if cells is None:
        return None
    places = [[joint.variables.index(variable) for variable in group] for group in groups]
    return _added((tuple(_label(tuple(outcome[k] for k in each)) for each in places), entry) for outcome, entry in cells)


def _axes(entries: Iterable[Outcome]) -> tuple[tuple[Tree, ...], ...]:
    return tuple(tuple(dict.fromkeys(axis)) for axis in zip(*entries, strict=True))


def _matrix(entries: dict[Outcome, Tree], axes: Sequence[Sequence[Tree]], rest: Outcome, like: Tree) -> Matrix:
    rows = tuple(tuple(entries.get((row, column, *rest), ZERO) for column in axes[1]) for row in axes[0])
    return Matrix(rows, span=like.span)


def _added(cells: Iterable[tuple[Outcome, Tree]]) -> dict[Outcome, Tree]:
    """The sum of the probabilities of every outcome."""
    found: dict[Outcome, list[Tree]] = {}
    for outcome, entry in cells:
        found.setdefault(outcome, []).append(entry)
    return {outcome: e[0] if len(e) == 1 else Sum((1,) * len(e), tuple(e), span=e[0].span) for outcome, e in found.items()}


def _label(values: Outcome) -> Tree:
    return values[0] if len(values) == 1 else Bracket("(", values, (",",) * (len(values) - 1))


def _row(entries: tuple[Tree, ...], like: Tree) -> Tree:
    return Bracket("[", entries, (",",) * (len(entries) - 1), span=like.span)
