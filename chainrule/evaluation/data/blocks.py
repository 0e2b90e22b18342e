"""Two long arrays side by side, in blocks that fit a processor's cache: no copy of either is made."""

from collections.abc import Iterator
from typing import Any, Literal, TypeAlias, TypeGuard, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from chainrule.errors import EvaluationError

Block: TypeAlias = NDArray[np.float64]

Data: TypeAlias = ArrayLike | Iterator[ArrayLike]
"""An array of any shape (a memory map too), nested lists, or an iterator of such chunks, which may have different lengths."""

BLOCK = 32_768
"""Entries of a block. Three arrays of that length are three quarters of a megabyte."""


def is_stream(data: Data) -> TypeGuard[Iterator[ArrayLike]]:
    """Whether the chunks can be read only once."""
    return isinstance(data, Iterator)


def blocks(*sides: Data) -> Iterator[tuple[Block, ...]]:
    """The sides in step, as 1-d blocks of equal length in double precision; valid until the next one is asked for.

    Raises EvaluationError `different-lengths` (of the flattened sides, and where two arrays have different shapes),
    `not-numbers` for text, complex numbers and masked entries.
    """
    if not any(is_stream(side) for side in sides):
        arrays = [as_numbers(cast("ArrayLike", side)) for side in sides]
        if len({array.shape for array in arrays}) > 1:
            shapes = " and ".join(str(array.shape) for array in arrays)
            raise EvaluationError("different-lengths", f"the distributions have different shapes, {shapes}")
        yield from _cut(arrays)
        return
    for pieces in _aligned([_chunks(side) for side in sides]):
        yield from _cut(pieces)


def as_numbers(value: ArrayLike) -> NDArray[Any]:
    """The array as it is, if it is made of real numbers; exact ones (Fraction) are made doubles. Raises EvaluationError."""
    if isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value):  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
        raise EvaluationError("not-numbers", "a distribution has masked entries", hint="fill them, with 0 for instance")
    try:
        array = np.asarray(value)
        if array.dtype.kind == "O":
            array = array.astype(np.float64)
    except (TypeError, ValueError, OverflowError) as problem:
        raise EvaluationError("not-numbers", "a distribution must be an array of numbers, its rows equally long") from problem
    if array.dtype.kind not in "biuf":
        raise EvaluationError("not-numbers", f"a distribution must be made of real numbers, not of {array.dtype}")
    return array


def _cut(arrays: list[NDArray[Any]]) -> Iterator[tuple[Block, ...]]:
    """Blocks of arrays of one shape. What is not contiguous, or not of doubles, goes through a buffer of a block's length."""
    readonly: list[tuple[Literal["readonly"]]] = [("readonly",)] * len(arrays)
    pieces = np.nditer(
        arrays,
        flags=["external_loop", "buffered", "zerosize_ok"],
        op_flags=readonly,
        op_dtypes=[np.dtype(np.float64)] * len(arrays),
        order="C",
        casting="same_kind",
        buffersize=BLOCK,
    )
    with pieces:
        for piece in pieces:
            yield piece if len(arrays) > 1 else (cast("Block", piece),)


def _chunks(data: Data) -> Iterator[NDArray[Any]]:
    """The chunks of a stream, flat; an array is one chunk."""
    for chunk in data if is_stream(data) else (cast("ArrayLike", data),):
        array = as_numbers(chunk).reshape(-1)
        if array.size:
            yield array


def _aligned(sides: list[Iterator[NDArray[Any]]]) -> Iterator[list[NDArray[Any]]]:
    """Pieces of equal length of chunks whose ends do not meet."""
    rest = [next(side, None) for side in sides]
    while True:
        held = [piece for piece in rest if piece is not None]
        if not held:
            return
        if len(held) < len(rest):
            raise EvaluationError("different-lengths", "one distribution has more entries than the other")
        length = min(map(len, held))
        yield [piece[:length] for piece in held]
        rest = [piece[length:] if len(piece) > length else next(side, None) for piece, side in zip(held, sides, strict=True)]
