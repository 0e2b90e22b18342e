"""What a product is called, and how the gradient by one of its factors is made: read off its indices, whatever it came from.

The gradient by factor k is the other factors and the upstream gradient contracted to the indices of factor k. Where these
hang together in a chain the gradient is a product of matrices in the order of the chain: `A^T G B^T`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from chainrule.graph import build
from chainrule.graph.node import Contract, Node, Selection, Unit

Kind = Literal[
    "product of numbers", "number times an array", "inner product", "trace", "bilinear form", "matrix-vector product",
    "outer product", "matrix product", "Hadamard product", "scaled rows", "scaled columns", "inner products of rows",
    "inner products of columns", "transpose", "diagonal",
    "diagonal matrix", "sum", "sum of the rows", "sum of the columns", "repeated number", "repeated row", "repeated column",
    "part", "product",
]  # fmt: skip

Indices = tuple[int, ...]


@dataclass(frozen=True)
class Piece:
    """One factor of the gradient: a node, or the upstream gradient (None), transposed or not."""

    node: Node | None
    turned: bool = False


@dataclass(frozen=True)
class ProductName:
    """`kind` is "product" where nothing shorter can be said. `others`: the arrays beside factor k, `numbers` the scalars.

    chain: the gradient by factor k as a matrix product of these, numbers left out; empty where it is none.
    """

    kind: Kind
    others: tuple[Node, ...] = ()
    numbers: tuple[Node, ...] = ()
    chain: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class _Part:
    """A factor, or several that hang together without factor k; the upstream gradient has no node."""

    node: Node | None
    indices: Indices


def name_of_product(node: Contract, k: int) -> ProductName:
    """The name of the product and of its gradient by factor k."""
    own, output = node.indices[k], node.output
    numbers = tuple(f for i, f in enumerate(node.factors) if i != k and not f.shape)
    used = {i for indices in (*node.indices, output) for i in indices}
    if len(used) < len(node.extents):
        return ProductName("product")
    parts = _parts(node, k)
    others = tuple(part.node for part in parts if part.node is not None)
    if not own and not node.extents:
        return ProductName("product of numbers", others, numbers)
    if not parts:
        return ProductName(_alone(own, output), (), numbers)
    if any(isinstance(f, Unit | Selection) for f in node.factors):
        return _picked(node, k, numbers)
    if not own:
        return ProductName("number times an array", (_rest(node, k),), numbers)
    return _named(own, output, parts, numbers)


def _named(own: Indices, output: Indices, parts: list[_Part], numbers: tuple[Node, ...]) -> ProductName:
    others = tuple(part.node for part in parts if part.node is not None)
    if len(parts) == 1 and len(set(output)) == len(output):
        (beside,) = parts
        if own == beside.indices == output:
            return ProductName("Hadamard product", others, numbers)
        if own == beside.indices and len(output) == 1 and len(own) == 2 and output[0] in own:
            return ProductName(
                "inner products of rows" if output[0] == own[0] else "inner products of columns", others, numbers
            )
        if output == max(own, beside.indices, key=len) and len(output) == 2 and len(own) + len(beside.indices) == 3:
            row = min(own, beside.indices, key=len)[0] == output[0]
            return ProductName("scaled rows" if row else "scaled columns", others, numbers)
    upstream = [_Part(None, output)] if output else []
    chain = _chain(own, [*parts, *upstream])
    if chain is None:
        return ProductName("product", others, numbers)
    return ProductName(_kind(own, output, parts), others, numbers, chain)


def _kind(own: Indices, output: Indices, parts: list[_Part]) -> Kind:
    """The name of a product whose gradient is a chain."""
    if not output and len(own) == 2:
        return "bilinear form" if len(parts) == 2 else "inner product" if parts[0].indices == own else "trace"
    if not output:
        return "inner product"
    if len(output) == 1:
        return "matrix-vector product"
    return "outer product" if len(own) == 1 and all(len(part.indices) == 1 for part in parts) else "matrix product"


def _parts(node: Contract, k: int) -> list[_Part]:
    """The other arrays, those that share an index which neither factor k nor the output has taken together."""
    outer = {*node.indices[k], *node.output}
    groups: list[list[int]] = []
    for i, indices in enumerate(node.indices):
        if i == k or not indices:
            continue
        inner = set(indices) - outer
        met = [group for group in groups if any(inner & set(node.indices[j]) for j in group)]
        groups = [group for group in groups if group not in met] + [[*(j for group in met for j in group), i]]
    return _entrywise([_together(node, group, outer) for group in groups])


def _together(node: Contract, group: list[int], outer: set[int]) -> _Part:
    if len(group) == 1:
        return _Part(node.factors[group[0]], node.indices[group[0]])
    lists = [node.indices[i] for i in group]
    free = tuple(dict.fromkeys(i for own in lists for i in own if i in outer))
    return _Part(build.contract([node.factors[i] for i in group], lists, free), free)


def _entrywise(parts: list[_Part]) -> list[_Part]:
    """Parts with the same indices multiplied entry by entry."""
    groups: dict[Indices, list[Node]] = {}
    for part in parts:
        assert part.node is not None
        groups.setdefault(part.indices, []).append(part.node)
    return [_Part(build.multiply(*nodes) if len(nodes) > 1 else nodes[0], own) for own, nodes in groups.items()]


def _chain(own: Indices, parts: Sequence[_Part]) -> tuple[Piece, ...] | None:
    """The parts as a product of matrices with the rows (and columns) `own`; None where they are no chain."""
    if len(set(own)) < len(own) or len(own) not in (1, 2):
        return None
    if any(len(part.indices) not in (1, 2) or len(set(part.indices)) < len(part.indices) for part in parts):
        return None
    left = list(parts)
    goal = own[1] if len(own) == 2 else None
    pieces, end = _walk(own[0], goal, left)
    if pieces is not None and goal is not None and end is None:
        back, end = _walk(goal, None, left)
        pieces = None if back is None else pieces + [Piece(p.node, not p.turned) for p in reversed(back)]
        goal = None
    return None if pieces is None or left or end != goal else tuple(pieces)


def _walk(start: int, goal: int | None, left: list[_Part]) -> tuple[list[Piece] | None, int | None]:
    """From an index over matrices to a vector (None) or to the goal; takes them out of `left`. No pieces: no such way.

    A vector at an index where the way goes on is a diagonal matrix.
    """
    pieces: list[Piece] = []
    at = start
    while True:
        here = sorted((p for p in left if p.indices == (at,)), key=lambda p: p.node is None)
        edges = [p for p in left if at in p.indices and p not in here]
        if len(edges) > 1 or not (here or edges or at == goal):
            return None, None
        ends = not edges and at != goal
        for part in here[:-1] if ends else here:
            if part.node is None:
                return None, None
            pieces.append(Piece(_diagonal_matrix(part.node)))
        left[:] = [p for p in left if p not in here]
        if ends:
            return [*pieces, Piece(here[-1].node)], None
        if at == goal:
            return pieces, at
        left.remove(edges[0])
        row, column = edges[0].indices
        pieces.append(Piece(edges[0].node, turned=at == column))
        at = row if at == column else column


def _diagonal_matrix(vector: Node) -> Node:
    return build.contract([vector], [(0,)], (0, 0))


def _alone(own: Indices, output: Indices) -> Kind:
    """The name where no other array takes part: an array summed, repeated, or its axes arranged in another way."""
    match own, output:
        case (), _:
            return "repeated number"
        case (i, j), () if i == j:
            return "trace"
        case (i, j), (k,) if i == j == k:
            return "diagonal"
        case (i,), (j, k) if i == j == k:
            return "diagonal matrix"
        case (i, j), (k, l) if i != j and (k, l) == (j, i):
            return "transpose"
        case _, () if len(set(own)) == len(own):
            return "sum"
        case (i, j), (k,) if i != j:
            return "sum of the columns" if k == i else "sum of the rows" if k == j else "product"
        case (i,), (j, k) if j != k and i in (j, k):
            return "repeated row" if i == k else "repeated column"
        case _ if own == output and len(set(own)) == len(own):
            return "number times an array"
        case _:
            return "product"


def _picked(node: Contract, k: int, numbers: tuple[Node, ...]) -> ProductName:
    """Unit vectors and blocks of the identity against factor k alone take a part of it."""
    own = node.indices[k]
    others = [(f, node.indices[i]) for i, f in enumerate(node.factors) if i != k and f.shape]
    taken = [indices[0] for _, indices in others]
    kept = [i for i in own if i not in taken]
    new = [i for _, indices in others for i in indices[1:]]
    one_each = len(set(own)) == len(own) and len(set(taken)) == len(taken) and set(taken) <= set(own)
    if not one_each or sorted(node.output) != sorted(kept + new) or not all(_is_picker(f) for f, _ in others):
        return ProductName("product", (), numbers)
    return ProductName("part", (), numbers)


def _is_picker(factor: Node) -> bool:
    return isinstance(factor, Unit) or (isinstance(factor, Selection) and len(factor.strides) == 1)


def _rest(node: Contract, k: int) -> Node:
    """The product of all arrays beside a scalar factor, in the shape of the output."""
    kept = [i for i in range(len(node.factors)) if i != k and node.factors[i].shape]
    extents = dict(enumerate(node.extents))
    return build.contract([node.factors[i] for i in kept], [node.indices[i] for i in kept], node.output, extents)
