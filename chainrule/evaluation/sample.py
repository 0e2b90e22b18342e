"""Random sizes and points at which a graph can be evaluated: inside every domain, away from every kink."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random

import numpy as np

from chainrule.errors import EvaluationError
from chainrule.evaluation.array import Array, Given, Scalar, Values, as_array, as_values
from chainrule.evaluation.facts import satisfying
from chainrule.evaluation.run import compute
from chainrule.evaluation.sizes import array_shape, read_sizes
from chainrule.graph import build
from chainrule.graph.dimension import Dimension, dimension
from chainrule.graph.node import Apply, Contract, Node, Selection, Size, Unit, Variable, operands, postorder
from chainrule.graph.walk import index_variables
from chainrule.syntax.tree import Name

RANGES = ((-1.0, 1.0), (0.1, 1.5), (0.1, 0.9), (-2.0, 2.0), (1.1, 3.0), (-1.5, -0.1))
TRIES_A_RANGE = 4
MIXED_TRIES = 40
FIRST_TRIES = 3
NEAR_A_KINK = 1e-3
OTHER_SIZES = 6
"""Up to how many choices of sizes are tried."""


@dataclass(frozen=True)
class Point:
    """Values of variables and sizes of dimension symbols, as `evaluate` takes them.

    found: the values there of the nodes below the roots, but for selections.
    """

    values: Values
    sizes: Mapping[str, int]
    found: Values


def sample(
    roots: Sequence[Node],
    seed: int = 0,
    values: Given | None = None,
    sizes: Mapping[str, int] | None = None,
) -> Point:
    """A random point at which every node below the roots is finite and no operation is within 1e-3 of a kink.

    values: what is given already (a Named with a value is a cut); only the other variables are drawn. Dimension symbols
    without a size get different small ones. Raises EvaluationError `no-sample-point` or `no-sample-sizes` where none is found.
    """
    random = np.random.default_rng(seed)
    given = as_values(values)
    order = postorder(*roots, into=lambda node: () if node in given else operands(node))
    drawn = [node for node in order if isinstance(node, Variable) and node not in given]
    lengths = index_variables(order)
    choices = [
        (known, _ranges(len(drawn), random)) for known in _several_sizes([*order, *given], seed, read_sizes(given, sizes))
    ]
    # A few tries with each choice of sizes first: with X wider than it is high, X^T X has an inverse at no point at all.
    for tries in (FIRST_TRIES if len(choices) > 1 else None, None):
        for known, tried in choices:
            last = {index: min(d.size(known) for d in those) for index, those in lengths.items()}
            for ranges in islice(tried, tries):
                values_now = {**given, **_draw(drawn, ranges, last, known, random)}
                found = regular_values(order, values_now, known)
                if found is not None:
                    return Point(values_now, known, found)
    raise EvaluationError("no-sample-point", "no point was found at which everything is finite and smooth")


def _draw(
    drawn: Sequence[Variable],
    ranges: Sequence[tuple[float, float]],
    last: Mapping[Variable, int],
    sizes: Mapping[str, int],
    random: np.random.Generator,
) -> dict[Node, Array | Scalar]:
    """A value for each variable: for an index a whole number up to its last one, else an array with entries in its range,
    moved to where its declared facts hold."""
    values: dict[Node, Array | Scalar] = {}
    for node, (low, high) in zip(drawn, ranges, strict=True):
        count = last.get(node)
        if count:
            values[node] = as_array(random.integers(1, count + 1))
        else:
            array = np.asarray(random.uniform(low, high, array_shape(node.shape, sizes)))
            values[node] = as_array(satisfying(node.facts, array))
    return values


def _several_sizes(nodes: Sequence[Node], seed: int, known: Mapping[str, int]) -> Iterator[dict[str, int]]:
    r"""Sizes to try one after the other: `(X^\top X)^{-1}` has a value only where X has at least as many rows as columns.

    Only graphs with an operation that has a margin, or with a declared fact, are tried with more than one choice.
    """
    first = sample_sizes(nodes, seed, known)
    yield first
    square = any(
        (isinstance(node, Apply) and node.operation.margin is not None) or (isinstance(node, Variable) and node.facts)
        for node in nodes
    )
    tried = [first]
    for more in range(1, OTHER_SIZES if square and len(first) > len(known) + 1 else 0):
        sizes = sample_sizes(nodes, seed + more, known)
        if sizes not in tried:
            tried.append(sizes)
            yield sizes


def sample_sizes(nodes: Sequence[Node], seed: int, known: Mapping[str, int]) -> dict[str, int]:
    """Different small sizes (from 2) for the dimension symbols that have none, so that no dimension is below 1."""
    dimensions = {d for node in nodes for d in node.shape}
    room: set[Dimension] = set()
    for node in nodes:
        match node:
            case Contract(extents=extents):
                dimensions.update(extents)
            case Size(dimension=size):
                dimensions.add(size)
            case Selection():
                room.add(_room(node))
            case Unit(position=int() as position):
                room.add(node.shape[0] - dimension(position))
            case _:
                pass
    unknown = sorted({s for d in dimensions | room for s in d.symbols} - known.keys())
    taken = {d.number for d in dimensions} | set(known.values())
    reach = max((-c for d in room for monomial, c in d.terms if not monomial), default=0)
    free = [n for n in range(2, len(unknown) + len(taken) + 4 + reach) if n not in taken]
    random = Random(seed)
    for _ in range(200):
        sizes = {**known, **dict(zip(unknown, random.sample(free, len(unknown)), strict=True))}
        if all(d.size(sizes) >= 1 for d in dimensions | room):
            return sizes
    raise EvaluationError("no-sample-sizes", "no sizes were found that make every dimension positive")


def _room(selection: Selection) -> Dimension:
    """One more than how many entries lie behind the last one that is selected: positive where the selection fits."""
    total, *lengths = selection.shape
    room = total - selection.offset
    for length, stride in zip(lengths, selection.strides, strict=True):
        room = room - stride * (length - dimension(1))
    return room


def _ranges(count: int, random: np.random.Generator) -> Iterator[list[tuple[float, float]]]:
    """One range for all variables, several times each; then ranges mixed at random."""
    for bounds in RANGES:
        for _ in range(TRIES_A_RANGE if count else 1):
            yield [bounds] * count
    for _ in range(MIXED_TRIES if count > 1 else 0):
        yield [RANGES[k] for k in random.integers(len(RANGES), size=count)]


def regular_values(order: Sequence[Node], values: Values, sizes: Mapping[str, int]) -> Values | None:
    """The values of all nodes but selections; None unless all are finite and no operation is within 1e-3 of a kink or margin.

    `order` is a postorder with cuts at `values`.
    """
    order = [node for node in order if not isinstance(node, Selection)]
    found = compute(order, values, sizes)
    if not all(np.isfinite(found[node]).all() for node in order):
        return None
    at_kink = any(
        _at_kink(node, [found[a] for a in node.arguments], sizes)
        for node in order
        if isinstance(node, Apply) and node not in values
    )
    return None if at_kink else found


def _at_kink(node: Apply, arrays: Sequence[Array | Scalar], sizes: Mapping[str, int]) -> bool:
    operation = node.operation
    if operation.kink is None and operation.margin is None:
        return False
    stand_ins = tuple(build.variable(Name(f"argument {k}"), a.shape) for k, a in enumerate(node.arguments))
    gaps = [gap(*stand_ins) for gap in (operation.kink, operation.margin) if gap is not None]
    found = compute(postorder(*gaps), dict(zip(stand_ins, arrays, strict=True)), sizes)
    return not all(np.all(np.abs(found[gap]) >= NEAR_A_KINK) for gap in gaps)
