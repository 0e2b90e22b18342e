"""The sizes of dimensions, read off arrays."""

from collections.abc import Mapping

from chainrule.errors import EvaluationError, ShapeError
from chainrule.evaluation.array import Values
from chainrule.graph.dimension import Dimension, Shape, shape_text
from chainrule.graph.node import Named, Node, Variable
from chainrule.syntax.tree import Name, Number, Tree, walk


def read_sizes(values: Values, sizes: Mapping[str, int] | None = None) -> dict[str, int]:
    """The size symbols of the nodes' shapes solved from the arrays' shapes, on top of the sizes that are known.

    Raises ShapeError `value-shape` where an array does not fit its node, or two arrays disagree on a size.
    """
    known = dict(sizes or {})
    open_shapes: list[tuple[Node, Shape, tuple[int, ...]]] = []
    for node, value in values.items():
        if len(node.shape) != value.ndim:
            raise _misfit(node, value.shape)
        open_shapes.append((node, node.shape, value.shape))
    progress = True
    while progress:
        progress = False
        for _, shape, found in open_shapes:
            for dimension, size in zip(shape, found, strict=True):
                progress = solve_size(dimension, size, known) or progress
    for node, shape, found in open_shapes:
        for dimension, size in zip(shape, found, strict=True):
            if dimension.symbols <= known.keys() and dimension.size(known) != size:
                raise _misfit(node, found, {s: known[s] for s in sorted(dimension.symbols)})
    return known


def solve_size(dimension: Dimension, size: int, known: dict[str, int]) -> bool:
    """Whether the one unknown symbol of `dimension`, of degree one with a factor that divides, could be solved for."""
    unknown = [symbol for symbol in dimension.symbols if symbol not in known]
    if len(unknown) != 1:
        return False
    symbol = unknown[0]
    if any(monomial.count(symbol) > 1 for monomial, _ in dimension.terms):
        return False
    at_zero = dimension.size({**known, symbol: 0})
    slope = dimension.size({**known, symbol: 1}) - at_zero
    if slope == 0 or (size - at_zero) % slope:
        return False
    known[symbol] = (size - at_zero) // slope
    return True


def array_shape(shape: Shape, sizes: Mapping[str, int]) -> tuple[int, ...]:
    """The shape in numbers. Raises EvaluationError `missing-size` naming a symbol without a size."""
    try:
        return tuple(dimension.size(sizes) for dimension in shape)
    except KeyError as missing:
        raise EvaluationError(
            "missing-size", f"the size {missing.args[0]} is not known", hint="give a value with that dimension, or the size"
        ) from None


def _misfit(node: Node, found: tuple[int, ...], sizes: Mapping[str, int] | None = None) -> ShapeError:
    shape = f"({', '.join(map(str, found))})" if found else "scalar"
    where = f" with {', '.join(f'{s} = {n}' for s, n in sizes.items())}" if sizes else ""
    return ShapeError(
        "value-shape", f"the value of {node_text(node)} is {shape}, but its shape is {shape_text(node.shape)}{where}"
    )


def node_text(node: Node) -> str:
    """A node in a message: its symbol as the person wrote it, or the names that make it up."""
    return symbol_text(node.symbol) if isinstance(node, Variable | Named) else repr(node)


def symbol_text(symbol: Tree) -> str:
    """A symbol in a message, without layout: as it was written, else its names one after another."""
    if symbol.span is not None:
        return symbol.span.text
    return " ".join(_word(part) for part in walk(symbol) if isinstance(part, Name | Number))


def _word(tree: Name | Number) -> str:
    return tree.text if isinstance(tree, Name) else str(tree.value)
