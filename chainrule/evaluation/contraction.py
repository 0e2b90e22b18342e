"""The value of a contraction: any index lists at all, over NumPy arrays.

Repeated, missing and lone indices are taken care of around a plain product; two factors at a time are multiplied, by
matrix multiplication where it applies.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from math import prod

import numpy as np

from chainrule.errors import EvaluationError
from chainrule.evaluation.array import Array, Scalar

Indices = tuple[int, ...]
Factor = tuple[Array | Scalar, Indices]

MOST_INDICES = 52
"""einsum names indices by letters."""


def contract(
    arrays: Sequence[Array | Scalar], indices: Sequence[Indices], output: Indices, sizes: Sequence[int]
) -> Array | Scalar:
    """The contraction of arrays with these index lists; `sizes[i]` is the extent of index i.

    Raises EvaluationError `too-many-indices` where one product of two factors has more than 52.
    """
    if is_elementwise(tuple(indices), output, len(sizes)):
        return _scalar_product(arrays)
    kept = list(dict.fromkeys(output))
    held = {i for own in indices for i in own}
    lone = prod(size for i, size in enumerate(sizes) if i not in held and i not in kept)
    core = tuple(i for i in kept if i in held)
    factors: list[Factor] = [(array, own) for array, own in zip(arrays, indices, strict=True) if own]
    scalars = [array for array, own in zip(arrays, indices, strict=True) if not own]
    if lone != 1 or not factors:
        scalars.append(np.float64(lone))
    product = _scalar_product([*scalars, _reduce(factors, core, sizes)] if factors else scalars)
    return _spread(np.asarray(product), core, output, sizes)


def _scalar_product(arrays: Sequence[Array | Scalar]) -> Array | Scalar:
    """The product of arrays that NumPy broadcasts already."""
    result: Array | Scalar = arrays[0] if arrays else np.float64(1.0)
    for array in arrays[1:]:
        result = result * array
    return result


@cache
def is_elementwise(indices: tuple[Indices, ...], output: Indices, count: int) -> bool:
    """Whether each factor is a scalar or runs over exactly the output, and one does where there is an index."""
    if not count:
        return True
    plain = len(set(output)) == len(output) == count
    return plain and output in indices and all(own in ((), output) for own in indices)


def _reduce(factors: list[Factor], core: Indices, sizes: Sequence[int]) -> Array:
    """Factors multiplied and summed to the index list `core`, two at a time, the smallest result first."""
    waiting = list(factors)
    uses = Counter(i for _, own in waiting for i in set(own))
    uses.update(core)
    while len(waiting) > 1:
        first, second = _next_pair(waiting, uses, sizes)
        right, left = waiting.pop(second), waiting.pop(first)
        for i in {*left[1]} | {*right[1]}:
            uses[i] -= (i in left[1]) + (i in right[1])
        result = tuple(dict.fromkeys(i for i in left[1] + right[1] if uses[i]))
        uses.update(result)
        waiting.append((_pair(left, right, result), result))
    array, own = waiting[0]
    return array if own == core else _einsum([(array, own)], core)  # pyright: ignore[reportReturnType]


def _next_pair(factors: Sequence[Factor], uses: Mapping[int, int], sizes: Sequence[int]) -> tuple[int, int]:
    """The pair whose product is smallest; pairs that share no index only where none does."""
    holders: dict[int, list[int]] = {}
    for position, (_, own) in enumerate(factors):
        for i in set(own):
            holders.setdefault(i, []).append(position)
    pairs = {(a, b) for held in holders.values() for a, b in pairwise(held)}

    def cost(pair: tuple[int, int]) -> tuple[int, int, int]:
        a, b = set(factors[pair[0]][1]), set(factors[pair[1]][1])
        left = [i for i in a | b if uses[i] > (i in a) + (i in b)]
        return prod(sizes[i] for i in left), *pair

    return min(pairs, key=cost) if pairs else (0, 1)


def _pair(left: Factor, right: Factor, result: Indices) -> Array:
    """The product of two factors, summed over the indices that `result` leaves out."""
    (a, own), (b, other) = left, right
    shared = [i for i in own if i in other]
    kept = tuple(i for i in own + other if i not in shared)
    if kept == result and len(set(own)) == len(own) and len(set(other)) == len(other):
        return np.tensordot(a, b, ([own.index(i) for i in shared], [other.index(i) for i in shared]))
    return _einsum([left, right], result)


def _einsum(factors: Sequence[Factor], result: Indices) -> Array:
    """einsum, its indices renumbered from 0."""
    number = {i: k for k, i in enumerate(dict.fromkeys(i for _, own in factors for i in own))}
    if len(number) > MOST_INDICES:
        raise EvaluationError("too-many-indices", f"a product over {len(number)} indices at once cannot be evaluated")
    operands: list[object] = []
    for array, own in factors:
        operands += [array, [number[i] for i in own]]
    return np.einsum(*operands, [number[i] for i in result])  # pyright: ignore[reportCallIssue, reportArgumentType, reportUnknownVariableType]


def _spread(array: Array, core: Indices, output: Indices, sizes: Sequence[int]) -> Array:
    """The array over `core` placed at the output: repeated along indices it has not, on diagonals where one repeats."""
    if core == output:
        return array
    kept = tuple(dict.fromkeys(output))
    present = tuple(sizes[i] if i in core else 1 for i in kept)
    full = np.broadcast_to(array.reshape(present), tuple(sizes[i] for i in kept))
    if kept == output:
        return full
    result = np.zeros(tuple(sizes[i] for i in output), dtype=array.dtype)
    positions = dict(zip(kept, np.indices(full.shape, sparse=True), strict=True))
    result[tuple(positions[i] for i in output)] = full
    return result
