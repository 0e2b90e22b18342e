r"""Lengths that the sign of the ones tells: the n of `\frac{1}{n} \mathbf{1}` is how many they are, as in `\mathbf{1}_n`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from chainrule.inference.statements import heads
from chainrule.inference.symbols import key
from chainrule.syntax.tree import Font, Juxtaposition, Name, Number, Quotient, Subscript, Tree, transform, walk

SIZES = frozenset(map(Name, ("n", "N", "m", "M", "d", "D", "k", "K", "C")))
"""Letters that count entries, where the text says nothing else of them."""


def with_lengths(statements: Sequence[Tree]) -> list[Tree]:
    r"""The statements with `\frac{c}{n} \mathbf{1}_n` for `\frac{c}{n} \mathbf{1}`, a plain 1 behind such a quotient too."""
    known = {name for statement in statements for name in heads(statement)}
    free = SIZES - known

    def put(part: Tree) -> Tree:
        match part:
            case Juxtaposition(items=(*front, Quotient(denominator=Name() as size) as share, ones)) if size in free:
                return replace(part, items=(*front, share, _sized(ones, size)))
            case Quotient(numerator=Font() as ones, denominator=Name() as size) if size in free:
                return replace(part, numerator=_sized(ones, size))
            case _:
                return part

    return [transform(statement, put) for statement in statements]


def _sized(ones: Tree, size: Name) -> Tree:
    match ones:
        case Font(body=Number(value=value)) | Number(value=value) if value == 1:
            sign = ones if isinstance(ones, Font) else Font("mathbf", ones, span=ones.span)
            return Subscript(sign, (replace(size),), span=ones.span)
        case _:
            return ones


def sizes_of_signs(statements: Iterable[Tree]) -> Iterator[Tree]:
    r"""The names of sizes below signs of ones, the n of `\mathbf{1}_n`: they are numbers in formulas too."""
    for part in (part for statement in statements for part in walk(statement)):
        match part:
            case Subscript(base=Font(body=Number(value=value)), items=(Name() as size,)) if value == 1 and size in SIZES:
                yield key(size)
            case _:
                pass
