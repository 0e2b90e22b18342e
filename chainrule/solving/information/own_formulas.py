r"""Which quantity of information a text's own formula is, `L = -\sum_k y_k \log p_k`, so that its value has a unit.

It is compared with ours at random points, as definitions of quantities are; what no quantity of logarithms is has no unit.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import permutations
from math import isclose, log
from random import Random

from chainrule.errors import ChainruleError
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.facts import Fact
from chainrule.graph.node import Apply, Constant, Named, Node, Variable, postorder
from chainrule.graph.operation import OPERATIONS
from chainrule.graph.walk import expand, leaves, named_quantities, opaque
from chainrule.ops.activation import sigmoid
from chainrule.ops.arithmetic import exp, square
from chainrule.ops.arithmetic import log as logarithm
from chainrule.ops.normalisation import softmax
from chainrule.probability.cells.continuous import normal_kl
from chainrule.solving.answer import Value
from chainrule.solving.context import Context
from chainrule.solving.information.units import NATS, unit_of_base, unit_of_logarithm
from chainrule.syntax.tree import walk

Leaf = Variable | Named
Candidate = Callable[..., Node]
_Table = tuple[tuple[int, Candidate], ...]
"""How many arguments each has, and what it is of them."""
DRAWS = ((1, 3), (2, 4), (3, 5))
"""Seeds, and what a size that has no number is taken to be; what a mean is over is known to be one where it changes with it."""
CLOSE = 1e-9
DEEPEST, MOST_NODES, MOST_LEAVES = 3, 400, 4
"""How far names are followed to what they are, and how much of a formula there may be to compare."""
ONE = build.constant(1)


def unit_of_own_formula(context: Context, node: Node) -> str | None:
    """The unit of a scalar whose formula is an entropy, a divergence or a loss of logarithms: that of its logarithm.

    None for anything else, and where an argument has a value that is no probability.
    """
    if node.shape or not isinstance(node, Named):
        return None
    body, written = node.body, _units_written(context, node)
    for _ in range(DEEPEST):
        if _is_short(body) and (found := _unit(context, body, written)) is not None:
            return found
        inside = [leaf for leaf in leaves(body) if isinstance(leaf, Named) and leaf not in context.network.lists]
        if not inside or not _is_short(body):
            return None
        body = expand_once(body, inside)
    return None


def expand_once(body: Node, names: Sequence[Named]) -> Node:
    """The term with these names replaced by what they are, and the names in that kept."""
    kept = {leaf for name in names for leaf in leaves(name)}
    return expand(body, lambda named: named in names and named not in kept)


def _is_short(body: Node) -> bool:
    return sum(1 for _ in zip(postorder(body, into=opaque), range(MOST_NODES + 1), strict=False)) <= MOST_NODES


def _units_written(context: Context, node: Node) -> frozenset[str]:
    r"""The units of the logarithms in the formulas behind a node: `\log_3` has one, and a quotient by `\log 3` none, which may
    be the entropy of a uniform distribution.
    """
    behind = {each.symbol for each in named_quantities([node])}
    bodies = (equation.body for equation in context.network.equations if equation.name in behind)
    return frozenset(unit for body in bodies for part in walk(body) if (unit := unit_of_logarithm(part)) is not None)


def _unit(context: Context, body: Node, written: Set[str]) -> str | None:
    found = leaves(body)
    arrays = [leaf for leaf in found if leaf.shape]
    arguments = arrays or found
    fixed = {leaf: context.number(leaf) for leaf in found if leaf not in arguments}
    if not arguments or len(arguments) > MOST_LEAVES or None in fixed.values():
        return None
    known = {leaf: value for leaf, value in fixed.items() if value is not None}
    sizes = [{**_open_sizes(found, size), **context.network.sizes} for _, size in DRAWS]
    drawn = {
        sums: [_drawn(arguments, Random(seed), own, sums=sums) for (seed, _), own in zip(DRAWS, sizes, strict=True)]
        for sums in (True, False)
    }
    bases = [None, *dict.fromkeys(base for base in _bases(body) if base == 2 or unit_of_base(base) in written)]
    for candidate, sums in _candidates(context, arguments, body):
        points = [replace(point, values={**point.values, **known}) for point in drawn[sums]]
        base = _base(body, candidate, points, bases)
        if base is not None:
            return NATS if base == 0 else unit_of_base(base)
    return None


def _bases(body: Node) -> Iterator[Fraction]:
    """The numbers whose logarithm stands in a term: of `\\log_2 x` it is 2."""
    for node in postorder(body, into=opaque):
        if isinstance(node, Apply) and node.operation.name == "log" and isinstance(node.arguments[0], Constant):
            value = Fraction(node.arguments[0].value)
            if value > 0 and value != 1:
                yield value


@dataclass(frozen=True)
class _Point:
    """Values of the arguments; rows: over how many examples a mean may be taken. sizes: of symbols."""

    values: dict[Node, Value]
    rows: int
    sizes: Mapping[str, int]


def _base(body: Node, candidate: Node, points: Sequence[_Point], bases: Sequence[Fraction | None]) -> Fraction | None:
    """The base with which a term is the quantity over its logarithm, or the mean of that, 0 for e; None where it is another
    function.
    """
    ratios: list[float] = []
    for point in points:
        try:
            left, right = (float(value) for value in evaluate([body, candidate], point.values, point.sizes))
        except (ChainruleError, TypeError, ValueError):
            return None
        if not abs(right) > CLOSE:
            return None
        ratios.append(left / right)
    averaged = [[point.rows for point in points]] if len(points[0].values) > 1 else []  # an entropy is no mean of terms
    counts = [[1] * len(points), *averaged]
    for base in bases:
        scale = 1.0 if base is None else log(base)
        for count in counts:
            if all(isclose(ratio * scale * k, 1, rel_tol=CLOSE) for ratio, k in zip(ratios, count, strict=True)):
                return Fraction(0) if base is None else base
    return None


def _open_sizes(found: Iterable[Leaf], size: int) -> dict[str, int]:
    """Numbers for the symbols of sizes."""
    return {symbol: size for leaf in found for dimension in leaf.shape for symbol in dimension.symbols}


def _drawn(arguments: Sequence[Leaf], random: Random, sizes: Mapping[str, int], *, sums: bool) -> _Point:
    """Numbers between 0 and 1; sums: the entries of an array add up to one. rows: of the first array."""
    values: dict[Node, Value] = {}
    rows = 1
    for leaf in arguments:
        first, *others = (*(dimension.size(sizes) for dimension in leaf.shape), 1)
        width = others[0] if others else 1
        entries = [[random.uniform(0.1, 0.9) for _ in range(width)] for _ in range(first)]
        total = sum(map(sum, entries)) if leaf.shape and sums else 1.0
        table: list[Value] = [[entry / total for entry in row] for row in entries]
        if len(leaf.shape) == 2:
            values[leaf] = table
        else:
            column: list[Value] = [row[0] for row in table if isinstance(row, list)]
            values[leaf] = column if leaf.shape else column[0]
        rows = first if leaf.shape else rows
    return _Point(values, rows, sizes)


def _candidates(context: Context, arguments: Sequence[Leaf], body: Node) -> Iterator[tuple[Node, bool]]:
    """Quantities of these arguments, in every order; whether they are of entries that add up to one."""
    rank = len(arguments[0].shape)
    if any(leaf.shape != arguments[0].shape for leaf in arguments) or rank > 2:
        return
    shares = all(_is_share(context.number(leaf)) for leaf in arguments)
    sums = all(_is_distribution(context, leaf) for leaf in arguments)
    for order in permutations(arguments):
        made = {1: _OF_VECTORS, 2: _OF_MATRICES}.get(rank, ()) if shares and sums else ()
        yield from ((make(*order), True) for count, make in made if count == len(order))
        others = [*(_BINARY if shares else ()), *_GAUSSIAN]
        yield from ((make(*order), False) for count, make in others if count == len(order))
        if len(order) <= 2:
            yield from _of_logits(order)
    if len(arguments) == 1 and rank == 1 and sums and _is_known(context, arguments[0]):
        yield from ((_surprisal(leaf), True) for leaf in _entries(body))


def _of_logits(order: Sequence[Leaf]) -> Iterator[tuple[Node, bool]]:
    """Those of the softmax or the sigmoid of the last argument."""
    *first, last = order
    if len(last.shape) == 1:
        yield from ((make(*first, softmax(last)), True) for count, make in _OF_VECTORS if count == len(order))
    yield from ((make(*first, sigmoid(last)), False) for count, make in _BINARY if count == len(order))


def _entries(body: Node) -> Iterator[Node]:
    """The terms whose logarithm stands in a formula."""
    for node in postorder(body, into=opaque):
        if isinstance(node, Apply) and node.operation.name == "log" and not node.shape:
            yield node.arguments[0]


def _surprisal(probability: Node) -> Node:
    return build.scale(-1, logarithm(probability))


def _is_share(value: Value | None) -> bool:
    """Whether what has a value is made of numbers from 0 to 1."""
    if isinstance(value, list):
        return all(map(_is_share, value))
    return value is None or 0 <= value <= 1


def _total(value: Value) -> float:
    return sum(map(_total, value)) if isinstance(value, list) else value


def _is_distribution(context: Context, leaf: Leaf) -> bool:
    """Whether nothing speaks against its entries adding up to one; those of a matrix may do so in every row."""
    value = context.number(leaf)
    if not isinstance(value, list):
        return True
    rows = value if len(leaf.shape) == 2 else [value]
    return isclose(_total(value), 1, abs_tol=1e-3) or all(isclose(_total(row), 1, abs_tol=1e-3) for row in rows)


def _is_known(context: Context, leaf: Leaf) -> bool:
    """Whether a vector is known to be a distribution: as the text says, or as a softmax; numbers that add up to one may be
    lengths.
    """
    if isinstance(leaf, Variable):
        return Fact.SUM_ONE in leaf.facts and (leaf.symbol, Fact.SUM_ONE) not in context.network.proven
    return isinstance(leaf.body, Apply) and leaf.body.operation.name == "softmax"


def _operation(name: str) -> Candidate:
    return lambda *arguments: build.apply(OPERATIONS[name], *arguments)


def _cross(target: Node, probability: Node) -> Node:
    return build.scale(-1, build.total(build.multiply(target, logarithm(probability))))


def _binary(target: Node, probability: Node) -> Node:
    return build.total(build.apply(OPERATIONS["binary_cross_entropy"], target, probability))


def _of_variances(mean: Node, variance: Node, other_mean: Node, other_variance: Node) -> Node:
    """The divergence of Gaussians, summed over the entries."""
    return build.total(normal_kl(mean, variance, other_mean, other_variance))


def _gaussian(mean: Node, deviation: Node, other_mean: Node, other_deviation: Node) -> Node:
    return _of_variances(mean, square(deviation), other_mean, square(other_deviation))


def _of_variance(mean: Node, variance: Node) -> Node:
    return _of_variances(mean, variance, build.zeros(mean.shape), build.lift(ONE, mean.shape))


def _to_standard(mean: Node, deviation: Node) -> Node:
    return _of_variance(mean, square(deviation))


def _of_log_variance(mean: Node, log_variance: Node) -> Node:
    return _of_variance(mean, exp(log_variance))


def _binary_entropy(share: Node) -> Node:
    return _binary(share, share)


def _less_own(cross: Candidate) -> Candidate:
    """A divergence: the cross-entropy less the entropy."""

    def divergence(first: Node, second: Node) -> Node:
        return build.subtract(cross(first, second), cross(first, first))

    return divergence


_BINARY: _Table = ((1, _binary_entropy), (2, _binary), (2, _less_own(_binary)))
_OF_VECTORS: _Table = (
    (1, _operation("entropy")),
    *((2, _operation(name)) for name in ("cross_entropy", "kl", "jensen_shannon", "jeffreys", "bhattacharyya")),
)
_OF_MATRICES: _Table = (
    *(
        (1, _operation(name))
        for name in ("entropy", "mutual_information", "conditional_entropy", "conditional_entropy_of_rows")
    ),
    (2, _cross),
    (2, _less_own(_cross)),
)
_GAUSSIAN: _Table = (
    *((2, make) for make in (_to_standard, _of_log_variance, _of_variance)),
    *((4, make) for make in (_gaussian, _of_variances)),
)
