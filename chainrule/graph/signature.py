"""Signatures of operations: "S S -> S", "n -> n", "m,n n -> m" read into argument and result patterns.

A pattern is `S` (any one shape, the same wherever it stands), or dimension letters separated by commas; `.` alone is a
scalar. Dimensions may be sums of products of letters: "m n -> m+n", "m,n p,q -> m*p,n*q". For an elementwise
operation an argument may also be a scalar.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Protocol

from chainrule.errors import ShapeError
from chainrule.graph.dimension import Dimension, Shape, clash, dimension, shape_text
from chainrule.graph.operation import Operation

Pattern = tuple[str, ...] | None
"""Dimension letters; () is a scalar, None the shape S."""


@dataclass(frozen=True)
class Signature:
    arguments: tuple[Pattern, ...]
    result: Pattern


@cache
def read_signature(text: str) -> Signature:
    """The patterns of a signature such as "m,n n -> m"."""
    left, right = text.split("->")
    return Signature(tuple(_pattern(word) for word in left.split()), _pattern(right.strip()))


def _pattern(word: str) -> Pattern:
    if word == "S":
        return None
    return () if word in ("", ".") else tuple(word.split(","))


@lru_cache(maxsize=4096)
def result_shape(operation: Operation, shapes: tuple[Shape, ...]) -> Shape:
    """The shape of the result. Raises ShapeError, naming the operation, the argument and both shapes."""
    letters, whole = bound(operation, shapes, elementwise=operation.elementwise)
    result = read_signature(operation.signature).result
    if result is None:
        return whole or ()
    return tuple(_size(text, letters) for text in result)


class Signed(Protocol):
    """An operation, or a construction that has a signature as they have."""

    @property
    def name(self) -> str: ...
    @property
    def arguments(self) -> tuple[str, ...]: ...
    @property
    def signature(self) -> str: ...


def bound(
    operation: Signed, shapes: tuple[Shape, ...], *, elementwise: bool = False
) -> tuple[dict[str, Dimension], Shape | None]:
    """The dimensions that the letters of the arguments are, and the shape S. Raises ShapeError where one is two.

    elementwise: beside arguments of shape S there may be scalars.
    """
    signature = read_signature(operation.signature)
    if len(shapes) != len(signature.arguments):
        wanted = len(signature.arguments)
        raise ShapeError("argument-count", f"{operation.name} takes {wanted} argument{'s' * (wanted != 1)}, not {len(shapes)}")
    letters: dict[str, Dimension] = {}
    whole: Shape | None = None
    for name, pattern, shape in zip(operation.arguments, signature.arguments, shapes, strict=True):
        if pattern is None:
            if elementwise and not shape:
                continue
            if whole is not None and shape != whole:
                raise _clash(operation, name, whole, shape)
            whole = shape
            continue
        if len(pattern) != len(shape):
            message = f"{operation.name} wants its argument {name} to have {len(pattern)} dimensions; it is {shape_text(shape)}"
            raise ShapeError("argument-rank", message)
        wanted = tuple(letters.setdefault(letter, d) for letter, d in zip(pattern, shape, strict=True))
        if wanted != shape:
            raise _clash(operation, name, wanted, shape)
    return letters, whole


def size_of(text: str) -> Dimension:
    """The dimension that a word of a signature says, `m*n`, its letters being size symbols."""
    return _size(text, {letter: dimension(letter) for letter in text.replace("*", "+").split("+")})


def _size(text: str, letters: Mapping[str, Dimension]) -> Dimension:
    """The dimension that a sum of products of letters and numbers is."""
    total = dimension(0)
    for term in text.split("+"):
        product = dimension(1)
        for factor in term.split("*"):
            product = product * (dimension(int(factor)) if factor.isdigit() else letters[factor])
        total = total + product
    return total


def _clash(operation: Signed, argument: str, wanted: Shape, found: Shape) -> ShapeError:
    message = f"{operation.name} wants its argument {argument} to be {shape_text(wanted)}, but it is {shape_text(found)}"
    return clash("argument-shape", message, wanted, found)
