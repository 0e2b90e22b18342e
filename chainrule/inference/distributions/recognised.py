r"""Sums that are quantities: `\sum_x P(x) \log_2 \frac{P(x)}{Q(x)}` is the divergence over log 2, compared at random points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import permutations
from math import isclose, log
from random import Random
from typing import TYPE_CHECKING

from chainrule.errors import ChainruleError
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.node import Node, Variable
from chainrule.graph.operation import OPERATIONS, Operation
from chainrule.inference.expression import read_resolved
from chainrule.inference.resolved import Applied
from chainrule.inference.symbols import Symbol
from chainrule.syntax.tree import Call, Name, Number, Quotient, Subscript, Sum, Superscript, Tree, walk

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader

OF_VECTORS: Mapping[int, tuple[str, ...]] = {
    1: ("entropy",),
    2: ("kl", "cross_entropy", "jensen_shannon", "jeffreys"),
}
OF_MATRICES = ("entropy", "mutual_information", "conditional_entropy", "conditional_entropy_of_rows")
SEEDS = (1, 2, 3)
CLOSE = 1e-9
LOGARITHMS = {"log": None, "ln": None, "log2": Fraction(2), "log10": Fraction(10), "lg": None}


def as_quantity(reader: Reader, body: Tree, read: Tree) -> Tree | None:
    """The operation on tables that a sum over their outcomes is, up to its sign and the base of its logarithm.

    None where it is none, or where anything but tables of the same outcomes is in it.
    """
    names = list(dict.fromkeys(part.name for part in walk(read) if isinstance(part, Symbol)))
    tables = [reader.tables.get(name) for name in names]
    shapes = {tuple(map(len, table.labels)) if table is not None else () for table in tables}
    if len(shapes) != 1 or () in shapes or not any(logarithms(body)):
        return None
    (shape,) = shapes
    variables: dict[Tree, Node] = {name: build.variable(name, shape) for name in names}
    try:
        node = read_resolved(read, variables)
    except ChainruleError:
        return None
    words = OF_MATRICES if len(shape) == 2 else OF_VECTORS.get(len(names), ())
    if len(shape) == 2 and len(names) != 1:
        return None
    for word in words:
        for order in permutations(names):
            operation = OPERATIONS[word]
            found = multiple_of(node, operation, [variables[name] for name in order], bases_in(body))
            if found is not None:
                return _scaled(reader, Applied(operation, tuple(Symbol(name) for name in order), span=body.span), *found)
    return None


def multiple_of(
    node: Node, operation: Operation, variables: Sequence[Node], bases: Sequence[Fraction]
) -> tuple[int, Fraction | None] | None:
    """The sign and the base b of the logarithm with which a node is the operation over log b, None being the natural one.

    None where it is another function. Compared at random points; numbers among the variables are the order of a quantity.
    """
    ratios: list[float] = []
    for seed in SEEDS:
        random = Random(seed)
        point = {variable: _drawn(variable, random) for variable in variables if isinstance(variable, Variable)}
        try:
            left, right = (float(value) for value in evaluate([node, build.apply(operation, *variables)], point))
        except (ChainruleError, TypeError):
            return None
        if not abs(right) > CLOSE:
            return None
        ratios.append(left / right)
    if not all(isclose(ratio, ratios[0], rel_tol=CLOSE) for ratio in ratios):
        return None
    for base in (None, *bases):
        scaled = ratios[0] * (1.0 if base is None else log(base))
        if isclose(abs(scaled), 1.0, rel_tol=CLOSE):
            return (1 if scaled > 0 else -1), base
    return None


def have_equal_values(first: Node, second: Node, variables: Sequence[Node]) -> bool:
    """Whether two nodes of tables, and of numbers, have the same values at random points."""
    for seed in SEEDS:
        random = Random(seed)
        point = {variable: _drawn(variable, random) for variable in variables if isinstance(variable, Variable)}
        try:
            left, right = (float(value) for value in evaluate([first, second], point))
        except (ChainruleError, TypeError):
            return False
        if not isclose(left, right, rel_tol=CLOSE, abs_tol=CLOSE):
            return False
    return True


def _drawn(variable: Node, random: Random) -> float | list[float] | list[list[float]]:
    """Positive entries that sum to one, three where nothing says how many; of a scalar, the order of a quantity, a number."""
    if not variable.shape:
        return random.uniform(1.2, 3.0)
    rows, *columns = (length.size(dict.fromkeys(length.symbols, 3)) for length in variable.shape)
    width = columns[0] if columns else 1
    entries = [[random.uniform(0.1, 1.0) for _ in range(width)] for _ in range(rows)]
    total = sum(map(sum, entries))
    table = [[entry / total for entry in row] for row in entries]
    return table if columns else [row[0] for row in table]


def logarithms(tree: Tree) -> Iterator[tuple[Tree, Fraction | None]]:
    r"""Every logarithm in a tree with its base: 2 of `\log_2 x`, None of `\log x`."""
    for part in walk(tree):
        function = part.function if isinstance(part, Call) else None
        function = function.base if isinstance(function, Superscript) else function
        match function:
            case Name(text=text) if text in LOGARITHMS:
                yield part, LOGARITHMS[text]
            case Subscript(base=Name(text="log"), items=(Number(value=value),)) if value > 0 and value != 1:
                yield part, value
            case _:
                pass


def bases_in(tree: Tree) -> tuple[Fraction, ...]:
    """The bases of the logarithms in a tree, the natural one left out."""
    return tuple(dict.fromkeys(base for _, base in logarithms(tree) if base is not None))


def _scaled(reader: Reader, whole: Tree, sign: int, base: Fraction | None) -> Tree:
    if base is not None:
        below = Applied(reader.operation("log"), (Number(base),), span=whole.span)
        whole = Quotient(whole, below, span=whole.span)
    return whole if sign > 0 else Sum((-1,), (whole,), span=whole.span)
