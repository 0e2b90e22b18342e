r"""Which quantity of information a text's own formula is, `L = -\sum_k y_k \log p_k`, so that its value has a unit.

It is compared with ours at random points, as definitions of quantities are; what no quantity of logarithms is has no unit.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from math import isclose, log
from random import Random

from chainrule.errors import ChainruleError
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.dimension import Shape
from chainrule.graph.node import Apply, Constant, Named, Node, Variable, postorder
from chainrule.graph.operation import OPERATIONS
from chainrule.graph.walk import expand, leaves, opaque
from chainrule.ops.activation import sigmoid
from chainrule.ops.arithmetic import divide, exp, square
from chainrule.ops.arithmetic import log as logarithm
from chainrule.ops.normalisation import softmax
from chainrule.solving.answer import Value
from chainrule.solving.context import Context
from chainrule.solving.information.units import NATS, unit_of_base

Leaf = Variable | Named
Candidate = Callable[..., Node]
_Table = tuple[tuple[int, Candidate], ...]
"""How many arguments each has, and what it is of them."""
SEEDS = (1, 2, 3)
CLOSE = 1e-9
DEEPEST, MOST_NODES, MOST_LEAVES = 3, 400, 4
"""How far names are followed to what they are, and how much of a formula there may be to compare."""
ONE = build.constant(1)
HALF = Fraction(1, 2)


def unit_of_own_formula(context: Context, node: Node) -> str | None:
    """The unit of a scalar whose formula is an entropy, a divergence or a loss of logarithms: that of its logarithm.

    None for anything else, and where an argument has a value that is no probability.
    """
    if node.shape or not isinstance(node, Named):
        return None
    body = node.body
    for _ in range(DEEPEST):
        if _is_short(body) and (found := _unit(context, body)) is not None:
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


def _unit(context: Context, body: Node) -> str | None:
    found = leaves(body)
    arrays = [leaf for leaf in found if leaf.shape]
    arguments = arrays or found
    fixed = {leaf: context.number(leaf) for leaf in found if leaf not in arguments}
    if not arguments or len(arguments) > MOST_LEAVES or None in fixed.values():
        return None
    bases = [None, *dict.fromkeys(_bases(body))]
    for candidate in _candidates(context, arguments, body):
        base = _base(body, candidate, arguments, fixed, bases)
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
    """Values of the arguments; rows: over how many examples a mean may be taken."""

    values: dict[Node, Value]
    rows: int


def _base(
    body: Node, candidate: Node, arguments: Sequence[Leaf], fixed: dict[Leaf, Value | None], bases: Sequence[Fraction | None]
) -> Fraction | None:
    """The base with which a term is the quantity over its logarithm, 0 for e; None where it is another function."""
    ratios: list[float] = []
    for seed in SEEDS:
        point = _drawn(arguments, Random(seed))
        known = {**point.values, **{leaf: value for leaf, value in fixed.items() if value is not None}}
        try:
            left, right = (float(value) for value in evaluate([body, candidate], known))
        except (ChainruleError, TypeError, ValueError):
            return None
        if not abs(right) > CLOSE:
            return None
        ratios.append(left / right)
    if not all(isclose(ratio, ratios[0], rel_tol=CLOSE) for ratio in ratios):
        return None
    for base in bases:
        scale = ratios[0] * (1.0 if base is None else log(base))
        if any(isclose(scale, 1 / count, rel_tol=CLOSE) for count in {1, _drawn(arguments, Random(1)).rows}):
            return Fraction(0) if base is None else base
    return None


def _length(shape: Shape) -> list[int]:
    return [dimension.size(dict.fromkeys(dimension.symbols, 3)) for dimension in shape]


def _drawn(arguments: Sequence[Leaf], random: Random) -> _Point:
    """Numbers between 0 and 1, the entries of an array adding up to one; rows: of the first array."""
    values: dict[Node, Value] = {}
    rows = 1
    for leaf in arguments:
        first, *others = (*_length(leaf.shape), 1)
        width = others[0] if others else 1
        entries = [[random.uniform(0.1, 0.9) for _ in range(width)] for _ in range(first)]
        total = sum(map(sum, entries)) if leaf.shape else 1.0
        table: list[Value] = [[entry / total for entry in row] for row in entries]
        if len(leaf.shape) == 2:
            values[leaf] = table
        else:
            column: list[Value] = [row[0] for row in table if isinstance(row, list)]
            values[leaf] = column if leaf.shape else column[0]
        rows = first if leaf.shape else rows
    return _Point(values, rows)


def _candidates(context: Context, arguments: Sequence[Leaf], body: Node) -> Iterator[Node]:
    """Quantities of these arguments, in every order."""
    rank = len(arguments[0].shape)
    if any(leaf.shape != arguments[0].shape for leaf in arguments) or rank > 2:
        return
    shares = all(_is_share(context.number(leaf)) for leaf in arguments)
    sums = all(_is_distribution(context, leaf) for leaf in arguments)
    for order in permutations(arguments):
        made = {1: _OF_VECTORS, 2: _OF_MATRICES}.get(rank, ()) if shares and sums else ()
        found = [*made, *(_BINARY if shares else ()), *_GAUSSIAN]
        yield from (build_one(*order) for count, build_one in found if count == len(order))
        if len(order) <= 2:
            yield from _of_logits(order)
    if len(arguments) == 1 and rank == 1 and sums and _is_known(context, arguments[0]):
        yield from (_surprisal(leaf) for leaf in _entries(body))


def _of_logits(order: Sequence[Leaf]) -> Iterator[Node]:
    """Those of the softmax or the sigmoid of the last argument."""
    *first, last = order
    if len(last.shape) == 1:
        yield from (make(*first, softmax(last)) for count, make in _OF_VECTORS if count == len(order))
    yield from (make(*first, sigmoid(last)) for count, make in _BINARY if count == len(order))


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
    """Whether the entries of a vector are known to be a distribution: by its value, or as a softmax."""
    body = leaf.body if isinstance(leaf, Named) else leaf
    return isinstance(context.number(leaf), list) or (isinstance(body, Apply) and body.operation.name == "softmax")


def _operation(name: str) -> Candidate:
    return lambda *arguments: build.apply(OPERATIONS[name], *arguments)


def _cross(target: Node, probability: Node) -> Node:
    return build.scale(-1, build.total(build.multiply(target, logarithm(probability))))


def _binary(target: Node, probability: Node) -> Node:
    return build.total(build.apply(OPERATIONS["binary_cross_entropy"], target, probability))


def _to_standard(mean: Node, deviation: Node) -> Node:
    return _gaussian(mean, deviation, build.zeros(mean.shape), build.lift(ONE, mean.shape))


def _gaussian(mean: Node, deviation: Node, other_mean: Node, other_deviation: Node) -> Node:
    r"""\log(t/s) + (s^2 + (m - n)^2) / (2 t^2) - 1/2, summed over the entries."""
    ratio = divide(build.add(square(deviation), square(build.subtract(mean, other_mean))), square(other_deviation))
    logs = build.subtract(logarithm(other_deviation), logarithm(deviation))
    constant = build.lift(build.constant(-HALF), mean.shape)
    return build.total(build.add(logs, build.scale(HALF, ratio), constant))


def _of_log_variance(mean: Node, log_variance: Node) -> Node:
    return _to_standard(mean, exp(build.scale(HALF, log_variance)))


def _of_variance(mean: Node, variance: Node) -> Node:
    return _of_log_variance(mean, logarithm(variance))


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
_GAUSSIAN: _Table = ((2, _to_standard), (2, _of_log_variance), (2, _of_variance), (4, _gaussian))
