"""Contractions with selections: entries are taken from their places, or put into them; no array of zeros and ones is made
where that can be helped.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from chainrule.errors import EvaluationError
from chainrule.evaluation.array import Array, Scalar
from chainrule.evaluation.contraction import Indices, contract
from chainrule.evaluation.sizes import array_shape
from chainrule.graph.node import Selection

MOST_ENTRIES = 2**26
"""An array of zeros and ones larger than this is not made."""

Given = tuple[tuple[Array | Scalar | Selection, Indices], ...]


def contract_selections(factors: Given, output: Indices, sizes: Sequence[int], known: Mapping[str, int]) -> Array | Scalar:
    """The contraction of arrays and selections, one selection after the other."""
    for place, (factor, own) in enumerate(factors):
        if isinstance(factor, Selection):
            rest = factors[:place] + factors[place + 1 :]
            step = _step(own, rest, output)
            return step(factor, own, rest, output, sizes, known)
    arrays = [factor for factor, _ in factors if not isinstance(factor, Selection)]
    return contract(arrays, [own for _, own in factors], output, sizes)


Step = Callable[[Selection, Indices, Given, Indices, Sequence[int], Mapping[str, int]], Array | Scalar]


def _step(own: Indices, rest: Given, output: Indices) -> Step:
    first, places = own[0], own[1:]
    held = [other for _, other in rest if first in other]
    if len(set(own)) == len(own):
        if first not in output and len(held) == 1 and held[0].count(first) == 1 and _is_array(first, rest):
            return _gathered
        if not held and output.count(first) == 1 and not set(places) & set(output):
            return _scattered
    return _dense


def _is_array(index: int, factors: Given) -> bool:
    return any(index in own and not isinstance(factor, Selection) for factor, own in factors)


def _gathered(
    selection: Selection, own: Indices, rest: Given, output: Indices, sizes: Sequence[int], known: Mapping[str, int]
) -> Array | Scalar:
    """sum_k S[k, i, j] x[k] is x[offset + a i + b j]."""
    at = positions(selection, known)
    new: list[tuple[Array | Scalar | Selection, Indices]] = []
    for factor, other in rest:
        if own[0] in other and not isinstance(factor, Selection):
            axis = other.index(own[0])
            new.append((np.take(factor, at, axis), other[:axis] + own[1:] + other[axis + 1 :]))
        else:
            new.append((factor, other))
    return contract_selections(tuple(new), output, _without(sizes, own[0]), known)


def _without(sizes: Sequence[int], index: int) -> Sequence[int]:
    """The sizes with that of an index that is used no more: summed it counts as one."""
    return [1 if i == index else size for i, size in enumerate(sizes)]


def _scattered(
    selection: Selection, own: Indices, rest: Given, output: Indices, sizes: Sequence[int], known: Mapping[str, int]
) -> Array | Scalar:
    """sum_ij S[k, i, j] y[i, j]: each entry of y is added at its place."""
    at = positions(selection, known)
    kept = tuple(i for i in output if i != own[0])
    spread = np.asarray(contract_selections(rest, kept + own[1:], _without(sizes, own[0]), known))
    front = spread.shape[: len(kept)]
    result = np.zeros((sizes[own[0]], *front), dtype=spread.dtype)
    np.add.at(result, at.ravel(), np.moveaxis(spread.reshape((*front, -1)), -1, 0))
    return np.moveaxis(result, 0, output.index(own[0]))


def _dense(
    selection: Selection, own: Indices, rest: Given, output: Indices, sizes: Sequence[int], known: Mapping[str, int]
) -> Array | Scalar:
    return contract_selections(((dense(selection, known), own), *rest), output, sizes, known)


def positions(selection: Selection, known: Mapping[str, int]) -> Array:
    """(n_1, ..., n_r): where the ones are along the first axis. Raises EvaluationError `no-such-entry` beyond its end."""
    total, *lengths = array_shape(selection.shape, known)
    offset, *strides = array_shape((selection.offset, *selection.strides), known)
    at = np.full(lengths, offset)
    for axis, (length, stride) in enumerate(zip(lengths, strides, strict=True)):
        at = at + (stride * np.arange(length)).reshape([-1 if i == axis else 1 for i in range(len(lengths))])
    if at.size and (at.min() < 0 or at.max() >= total):
        raise EvaluationError("no-such-entry", f"a part reaches to entry {at.max() + 1} of {total}")
    return at


def dense(selection: Selection, known: Mapping[str, int]) -> Array:
    """The selection as an array. Raises EvaluationError `too-large` where it has more than 2**26 entries."""
    shape = array_shape(selection.shape, known)
    if np.prod(shape, dtype=float) > MOST_ENTRIES:
        raise EvaluationError("too-large", f"an array of shape {shape} is too large to be made")
    at = positions(selection, known)
    result = np.zeros(shape)
    result[(at, *np.indices(at.shape, sparse=True))] = 1.0
    return result
