r"""Arrays of rank three and more in print: products with them as vec, a Kronecker product, vec undone, a derivative along E.

A selection that counts the places of a matrix column by column says vec of what is on its two axes, or the matrix whose vec
is what is on its one axis; two that count blocks and the places in them say a Kronecker product (Magnus and Neudecker, Matrix
Differential Calculus, 2.2 and 2.4).
"""

from chainrule.algebra.index import held, product_of, reached_from, with_product
from chainrule.graph import build
from chainrule.graph.dimension import Dimension, dimension
from chainrule.graph.node import Apply, Contract, Node, Selection, postorder
from chainrule.graph.walk import opaque, rebuild
from chainrule.ops.joining import kron, unvec, vec

MOST_PASSES = 20
"""So many selections may stand within one another."""


def rearranged(root: Node) -> Node:
    """The same value, with as many selections of rank three told by vec, Kronecker products and `unvec` as can be."""
    for _ in range(MOST_PASSES):
        order = postorder(root, into=opaque)
        if not any(_has_places(node) for node in order):
            return root
        made: dict[Node, Node] = {}
        for node in order:
            below = opaque(node)
            new = rebuild(node, tuple(made[o] for o in below)) if any(made[o] is not o for o in below) else node
            made[node] = _regrouped(new) if isinstance(new, Contract) else new
        if made[root] is root:
            return root
        root = made[root]
    return root


def _has_places(node: Node) -> bool:
    return len(node.shape) > 2 and (
        isinstance(node, Selection) or (isinstance(node, Apply) and node.operation.along is not None)
    )


def unvec_of(node: Contract) -> Node | None:
    """The vector of which the node is the matrix, its columns one after the other; None for any other product."""
    vectors = [f for f in node.factors if not isinstance(f, Selection)]
    if len(node.factors) != 2 or len(vectors) != 1 or len(vectors[0].shape) != 1 or len(node.shape) != 2:
        return None
    (vector,), (m, n) = vectors, node.shape
    return vector if vector.shape == (m * n,) and unvec(vector, m, n) is node else None


def _regrouped(node: Contract) -> Node:
    if unvec_of(node) is not None:
        return node
    for k, factor in enumerate(node.factors):
        if isinstance(factor, Apply) and factor.operation.along is not None:
            found = _along(node, k, factor)
            if found is not None:
                return found
        if isinstance(factor, Selection) and len(set(node.indices[k])) == 3:
            found = _kronecker(node, k, factor) or _stacked(node, k, factor) or _unstacked(node, k, factor)
            if found is not None:
                return found
    return node


def _along(node: Contract, k: int, factor: Apply) -> Node | None:
    """f'(X, E) for the array f'(X) of all derivatives with E on its last axes."""
    assert factor.operation.along is not None
    first, second, *rest = own = node.indices[k]
    pairs = list(zip(rest[::2], rest[1::2], strict=True))
    parts = [held(node, pair, (k,)) for pair in pairs]
    found = [part for part in parts if part is not None]
    if len(found) < len(pairs) or len(set(own)) < len(own):
        return None
    reaches = [reached_from(node, part, pair) for part, pair in zip(found, pairs, strict=True)]
    if any(reach & set(node.output) for reach in reaches):
        return None
    directions = [product_of(node, part, pair) for part, pair in zip(found, pairs, strict=True)]
    made = factor.operation.along(factor.arguments, directions)
    return with_product(node, {k, *(place for part in found for place in part)}, made, (first, second), set(rest))


def _kronecker(node: Contract, k: int, rows: Selection) -> Node | None:
    """A \\otimes B for the selections of its rows and of its columns with A on the axes of blocks, B on those in a block."""
    for other, columns in enumerate(node.factors):
        if other == k or not isinstance(columns, Selection) or not (_counts_blocks(rows) and _counts_blocks(columns)):
            continue
        (s, i, p), (t, j, q) = node.indices[k], node.indices[other]
        left, right = held(node, (i, j), (k, other)), held(node, (p, q), (k, other))
        outside = {*node.output, s, t}
        if left is None or right is None or len({s, i, p, t, j, q}) < 6 or set(left) & set(right):
            continue
        if reached_from(node, left, (i, j)) & {*outside, p, q} or reached_from(node, right, (p, q)) & {*outside, i, j}:
            continue
        made = kron(product_of(node, left, (i, j)), product_of(node, right, (p, q)))
        return with_product(node, {k, other, *left, *right}, made, (s, t), {i, j, p, q})
    return None


def _stacked(node: Contract, k: int, selection: Selection) -> Node | None:
    """vec of what is on the two axes."""
    s, i, j = node.indices[k]
    places = held(node, (i, j), (k,))
    if places is None or not _is_whole(selection) or reached_from(node, places, (i, j)) & {*node.output, s}:
        return None
    order = (i, j) if selection.strides[0] == dimension(1) else (j, i)
    return with_product(node, {k, *places}, vec(product_of(node, places, order)), (s,), {i, j})


def _unstacked(node: Contract, k: int, selection: Selection) -> Node | None:
    """The matrix whose vec is what is on the one axis."""
    s, i, j = node.indices[k]
    places = held(node, (s,), (k,))
    if not places or _strided(selection) is None or reached_from(node, places, (s,)) & {*node.output, i, j}:
        return None
    rows, columns = selection.shape[1:]
    order = (i, j)
    if selection.strides[0] != dimension(1):
        rows, columns, order = columns, rows, (j, i)
    vector = build.part(product_of(node, places, (s,)), selection.offset, rows * columns)
    return with_product(node, {k, *places}, unvec(vector, rows, columns), order, {s})


def _strided(selection: Selection) -> Dimension | None:
    """The number of places it counts, one after the other along one of its axes; None where it counts otherwise."""
    if len(selection.shape) != 3:
        return None
    one, (m, n) = dimension(1), selection.shape[1:]
    return m * n if selection.strides in ((one, m), (n, one)) else None


def _is_whole(selection: Selection) -> bool:
    return selection.offset.number == 0 and _strided(selection) == selection.shape[0]


def stacks_columns(selection: Selection) -> bool:
    """Does it count all places of a matrix column by column?"""
    return _is_whole(selection) and selection.strides[0] == dimension(1)


def _counts_blocks(selection: Selection) -> bool:
    return _is_whole(selection) and selection.strides == (selection.shape[2], dimension(1))
