"""Whether data are columns, `W x + b`, or rows, `x W + b`: what the given matrices allow decides, columns where both fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chainrule.inference.literals import Literal
from chainrule.inference.ranks import MATRIX, SCALAR
from chainrule.sheets.networks.description import unclear
from chainrule.source import Span

Size = int | str | None
Weight = Literal | tuple[object, ...] | None
"""Its numbers, or its declared shape."""


@dataclass(frozen=True)
class Arrangement:
    """rows: data are rows. sizes: from the input to the output, None where nothing tells."""

    rows: bool
    sizes: tuple[Size, ...]
    batch: bool = False
    """The input is a matrix, an example a row or a column."""
    assumed: bool = False
    """That the output is one number is told by its being a sigmoid alone."""


def arrange(
    weights: Sequence[Weight], sizes: Sequence[Size], rows: bool, span: Span, batch: Literal | None = None
) -> Arrangement:
    """The arrangement that fits all weights. rows: the text says that data are rows. batch: a matrix of several inputs.

    Raises Unclear: `sizes-clash` where none fits, `orientation-not-told` where a batch fits both ways.
    """
    lengths = (None, None) if batch is None else (len(batch.rows), len(batch.rows[0]))
    starts = [sizes if n is None else [n, *sizes[1:]] for n in lengths]
    fits = [sizes[0] in (None, n) or n is None for n in lengths]
    columns, across = (
        _fit(weights, start, turned) if fit else None for start, fit, turned in zip(starts, fits, (False, True), strict=True)
    )
    if batch is not None and columns is not None and across is not None and not rows:
        message = "the shapes do not tell whether an example is a row or a column of the input"
        raise unclear("orientation-not-told", message, span, "say that the examples are rows, or write equations")
    if across is not None and (rows or columns is None):
        return Arrangement(True, tuple(across))
    if columns is not None and not rows:
        return Arrangement(False, tuple(columns))
    shapes = ", ".join(_shape_text(w) for w in weights if w is not None)
    told = ", ".join("?" if s is None else str(s) for s in sizes)
    message = f"weights of shapes {shapes} fit no network with layers of sizes {told}, from the input to the output"
    raise unclear("sizes-clash", message, span, "check the rows and columns of the weights")


def _fit(weights: Sequence[Weight], sizes: Sequence[Size], turned: bool) -> list[Size] | None:
    """The sizes once every weight is put in, None where it does not go; a vector goes either way."""
    found = [list(sizes)]
    for index, weight in enumerate(weights):
        more: list[list[Size]] = []
        for known in found:
            for after, before in _options(weight, turned):
                if known[index] in (None, before) and known[index + 1] in (None, after):
                    more.append([*known[:index], before, after, *known[index + 2 :]])
        found = (more if weight is not None else found)[:64]
    return found[0] if found else None


def _options(weight: Weight, turned: bool) -> list[tuple[Size, Size]]:
    """(units, inputs) that a weight may have."""
    if isinstance(weight, Literal):
        height, width = len(weight.rows), len(weight.rows[0])
        if SCALAR in weight.kinds:
            return [(1, 1)]
        if MATRIX not in weight.kinds or 1 in (height, width):
            long = height * width
            first, second = (1, long), (long, 1)
            return [first, second] if MATRIX not in weight.kinds or not turned else [second, first]
        return [(width, height) if turned else (height, width)]
    shape = [s if isinstance(s, int | str) else None for s in weight or ()]
    match shape:
        case [rows, columns]:
            return [(columns, rows) if turned else (rows, columns)]
        case [long]:
            return [(1, long)]
        case _:
            return [(1, 1)]


def _shape_text(weight: Literal | tuple[object, ...]) -> str:
    shape = (len(weight.rows), len(weight.rows[0])) if isinstance(weight, Literal) else weight
    return " x ".join(map(str, shape))


def length_of(value: Literal | None, shapes: Mapping[object, tuple[object, ...]], name: object) -> Size:
    """The length of a vector that is given or declared."""
    if value is not None:
        return len(value.rows) * len(value.rows[0])
    shape = shapes.get(name)
    first = shape[0] if shape and len(shape) == 1 else 1 if shape == () else None
    return first if isinstance(first, int | str) else None
