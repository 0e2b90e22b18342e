r"""Arrays of rank four as matrices that act on vec: `V^\top V \otimes I`, `B^\top \otimes A + B \otimes A^\top`.

H (m, n, p, q) is a second derivative by matrices, or the Jacobian of a matrix by a matrix: the first two axes are of the one,
the last two of the other. As vec stacks columns, P[i + m a, j + p b] = H[i, a, j, b] is the matrix that takes vec of the one
to vec of the other; where H[i, a, j, b] = A[i, j] B[a, b] it is B \otimes A (Magnus and Neudecker, 2.2 and 2.4).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from chainrule.algebra.index import Component, components
from chainrule.algebra.normal_form import normal_form
from chainrule.algebra.rearranged import stacks_columns
from chainrule.graph import build
from chainrule.graph.dimension import dimension
from chainrule.graph.node import Add, Contract, Node, Selection
from chainrule.ops.joining import kron, vec
from chainrule.ops.linear_algebra import diag

KRONECKER, OUTER = ((1, 3), (0, 2)), ((0, 1), (2, 3))
"""The axes of the left and of the right matrix: of `left \\otimes right`, and of vec(left) times vec(right) transposed."""


@dataclass(frozen=True)
class _Split:
    """A term: coefficient times scalar times a matrix on some of the axes times a matrix on the others.

    axes: None where it is the diagonal matrix of vec(left), and `right` says nothing.
    """

    coefficient: Fraction
    scalar: Node
    left: Node
    right: Node
    axes: tuple[tuple[int, int], tuple[int, int]] | None

    @property
    def left_scaled(self) -> Node:
        return build.multiply(self.scalar, self.left)


def kronecker_factors(node: Node) -> tuple[tuple[Fraction, Node, Node], ...] | None:
    """Coefficients c, left factors B (n, q) and right factors A (m, p) with H[i, a, j, b] = sum of c B[a, b] A[i, j].

    None where the array has another rank than four, or a term does not split in this way.
    """
    terms = _terms(node)
    if terms is None or any(term.axes is not KRONECKER for term in terms):
        return None
    return tuple((term.coefficient, term.left_scaled, term.right) for term in terms)


def kronecker_form(node: Node) -> Node | None:
    """The matrix (m n, p q) of an array (m, n, p, q), made of Kronecker products and of products of vec; else None.

    Of the Jacobian (k, m, n) of a vector by a matrix the matrix (k, m n), where vec is what the vector is made of.
    """
    if len(node.shape) == 3:
        return _acting_on_vec(node)
    terms = _terms(node)
    if not terms:
        return None
    m, n, p, q = node.shape
    return normal_form(build.linear([_matrix(term) for term in terms], (m * n, p * q)))


def _acting_on_vec(node: Node) -> Node | None:
    """The array without the selection that stacks its last two axes, each term having one; else None."""
    terms = node.terms if isinstance(node, Add) else ((Fraction(1), node),)
    for shorter in (_with_rows_apart, _without_stacking):
        found = [(c, shorter(term)) for c, term in terms]
        known = [(c, term) for c, term in found if term is not None]
        if known and len(known) == len(found) and len({term.shape for _, term in known}) == 1:
            whole = normal_form(build.linear(known, known[0][1].shape))
            return kronecker_form(whole) if len(whole.shape) == 4 else whole
    return None


def _with_rows_apart(node: Node) -> Node | None:
    """(m n, p, q) -> (m, n, p, q), where the first axis is that of a selection that stacks a matrix."""
    if not isinstance(node, Contract):
        return None
    first, *last = node.output
    for place, factor in enumerate(node.factors):
        if not isinstance(factor, Selection):
            continue
        rows, *axes = node.indices[place]
        uses = sum(own.count(first) for own in (*node.indices, node.output))
        if rows == first and uses == 2 and stacks_columns(factor):
            kept = [k for k in range(len(node.factors)) if k != place]
            extents = {i: d for i, d in enumerate(node.extents) if i != first}
            factors, indices = [node.factors[k] for k in kept], [node.indices[k] for k in kept]
            return build.contract(factors, indices, (*axes, *last), extents)
    return None


def _without_stacking(node: Node) -> Node | None:
    """(k, m, n) -> (k, m n), where the last two axes are those of a selection that stacks them."""
    if isinstance(node, Selection):
        return _block(node) if node.strides == (dimension(1), node.shape[1]) else None
    if not isinstance(node, Contract):
        return None
    first, *last = node.output
    for place, factor in enumerate(node.factors):
        others = [(f, own) for k, (f, own) in enumerate(zip(node.factors, node.indices, strict=True)) if k != place]
        alone = not {first, *(i for _, own in others for i in own)} & set(last)
        if not isinstance(factor, Selection) or factor.strides != (dimension(1), node.shape[1]):
            continue
        if [*node.indices[place][1:]] == last and alone:
            new = len(node.extents)
            extents = {i: d for i, d in enumerate(node.extents) if i not in last}
            lists = [*(own for _, own in others), (node.indices[place][0], new)]
            return build.contract([*(f for f, _ in others), _block(factor)], lists, (first, new), extents)
    return None


def _block(selection: Selection) -> Node:
    """Where the entries of a selection that stacks columns stand, as the block of a vector."""
    total, m, n = selection.shape
    if total == m * n:
        return build.contract([], [], (0, 0), {0: total})
    return build.selection(total, (m * n,), selection.offset)


def as_matrix(node: Node) -> Node:
    """(m, n, p, q) -> (m n, p q): the entries of the first two axes, and of the last two, stacked column by column.

    (k, p, q) -> (k, p q) likewise.
    """
    if len(node.shape) == 3:
        _, p, q = node.shape
        return build.contract([node, build.selection(p * q, (p, q), 0, (1, p))], [(0, 1, 2), (3, 1, 2)], (0, 3))
    m, n, p, q = node.shape
    rows = build.selection(m * n, (m, n), 0, (1, m))
    columns = build.selection(p * q, (p, q), 0, (1, p))
    return build.contract([node, rows, columns], [(0, 1, 2, 3), (4, 0, 1), (5, 2, 3)], (4, 5))


def _matrix(term: _Split) -> tuple[Fraction, Node]:
    """A coefficient and the matrix of a term; the number stands before the left factor."""
    if term.axes is None:
        return term.coefficient, diag(vec(term.left_scaled))
    if term.axes is OUTER:
        return term.coefficient, build.multiply(term.scalar, build.outer(vec(term.left), vec(term.right)))
    if _is_identity(term.left) and _is_identity(term.right):
        size = term.left.shape[0] * term.right.shape[0]
        return term.coefficient, build.multiply(term.scalar, build.contract([], [], (0, 0), {0: size}))
    sign = Fraction(-1 if term.coefficient < 0 else 1)
    return sign, kron(build.scale(abs(term.coefficient), term.left_scaled), term.right)


def _is_identity(node: Node) -> bool:
    return isinstance(node, Contract) and not node.factors and node.output == (0, 0)


def _terms(node: Node) -> list[_Split] | None:
    """The terms of a sum, each split in two matrices, those that share a factor collected; None where one does not split."""
    if len(node.shape) != 4:
        return None
    terms: list[_Split] = []
    for coefficient, scalar, part in _summands(node):
        split = _split(coefficient, scalar, part, KRONECKER) or _split(coefficient, scalar, part, OUTER)
        split = split or _diagonal(coefficient, scalar, part)
        if split is None:
            return None
        terms.append(split)
    return [t for t in _collected(_collected(terms, "left"), "right") if not (build.is_zero(t.left) or build.is_zero(t.right))]


def _summands(node: Node) -> list[tuple[Fraction, Node, Node]]:
    """Coefficients, scalars and the rest of the terms of a sum; a sum times scalars is multiplied out."""
    found: list[tuple[Fraction, Node, Node]] = []
    waiting: list[tuple[Fraction, Node, Node]] = [(Fraction(1), build.constant(1), node)]
    while waiting:
        coefficient, scalar, part = waiting.pop()
        if isinstance(part, Add):
            waiting.extend((coefficient * c, scalar, n) for c, n in reversed(part.terms))
            continue
        arrays = [f for f in part.factors if f.shape] if isinstance(part, Contract) else []
        scalars = [f for f in part.factors if not f.shape] if isinstance(part, Contract) else []
        if len(arrays) == 1 and isinstance(arrays[0], Add) and part is build.multiply(*scalars, arrays[0]):
            waiting.append((coefficient, build.multiply(scalar, *scalars), arrays[0]))
        else:
            found.append((coefficient, scalar, part))
    return found


def _split(coefficient: Fraction, scalar: Node, node: Node, axes: tuple[tuple[int, int], tuple[int, int]]) -> _Split | None:
    """The term as matrices on these axes; None where a part of it has axes of both, or it is no product."""
    if not isinstance(node, Contract):
        return None
    sides: list[list[Component]] = [[], [], []]
    for part in components(node):
        own = {p for p, i in enumerate(node.output) if i in part.indices}
        side = next((k for k in (0, 1) if own <= set(axes[k])), None) if own else 2
        if side is None:
            return None
        sides[side].append(part)
    left, right = (_part(node, sides[k], tuple(node.output[p] for p in axes[k])) for k in (0, 1))
    return _Split(coefficient, build.multiply(scalar, _part(node, sides[2], ())), left, right, axes)


def _diagonal(coefficient: Fraction, scalar: Node, node: Node) -> _Split | None:
    """The term as a diagonal matrix, where it is zero unless the first two axes are at the same places as the last two."""
    if not isinstance(node, Contract) or node.output[:2] != node.output[2:]:
        return None
    entries = build.contract(node.factors, node.indices, node.output[:2], dict(enumerate(node.extents)))
    return _Split(coefficient, scalar, entries, entries, None)


def _part(node: Contract, parts: Sequence[Component], output: tuple[int, ...]) -> Node:
    """The product of some components of a contraction."""
    places = [place for part in parts for place in part.factors]
    extents = {i: node.extents[i] for part in parts for i in part.indices}
    return build.contract([node.factors[k] for k in places], [node.indices[k] for k in places], output, extents)


def _collected(terms: Sequence[_Split], same: Literal["left", "right"]) -> list[_Split]:
    """B times A plus B times C is B times A + C, for Kronecker products alone."""
    groups: dict[object, list[_Split]] = {}
    for term in terms:
        shared = (term.axes, term.scalar, term.left if same == "left" else term.right)
        groups.setdefault(shared if term.axes is KRONECKER else object(), []).append(term)
    return [_together(group, same) for group in groups.values()]


def _together(group: Sequence[_Split], same: Literal["left", "right"]) -> _Split:
    first = group[0]
    if len(group) == 1:
        return first
    others = [(term.coefficient, term.right if same == "left" else term.left) for term in group]
    summed = normal_form(build.linear(others, others[0][1].shape))
    coefficient, other = build.split_coefficient(summed)
    if same == "left":
        return replace(first, coefficient=coefficient, right=other)
    return replace(first, coefficient=coefficient, left=other)
