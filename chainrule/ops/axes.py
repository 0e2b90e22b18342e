"""Reductions along one axis of a matrix: of each column (axis 0) or of each row (axis 1). Axes are counted from 0.

Axis 0 of a vector is the whole vector, and so is the last axis. None of these words is written by itself: `sum(A, axis=0)` is.
"""

from collections.abc import Callable
from dataclasses import dataclass

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.ops.arithmetic import reciprocal, square
from chainrule.ops.comparison import absolute
from chainrule.ops.construction import Construction
from chainrule.ops.entries import largest, smallest
from chainrule.ops.exponential import sqrt
from chainrule.ops.extremes import largest_of_rows, smallest_of_rows
from chainrule.ops.normalisation import LOG_SOFTMAX_ROWS, LOGSUMEXP_ROWS, SOFTMAX_ROWS, log_softmax, logsumexp, softmax
from chainrule.ops.reduction import deviation, mean, norm, norm1, variance

Unary = Callable[[Node], Node]
Value = float | tuple[float, ...] | tuple[tuple[float, ...], ...]

# By mpmath, of the vector [3, 4] and of the rows and columns of [[3, 4], [5, 12]].
HALF = -0.6931471805599453
HALVES: tuple[Value, Value, Value] = ((HALF, HALF), ((HALF, HALF), (HALF, HALF)), ((HALF, HALF), (HALF, HALF)))
LOGSUMEXPS: tuple[Value, Value, Value] = (
    4.313261687518223,
    (4.313261687518223, 12.000911466453774),
    (5.126928011042972, 12.000335406372896),
)
SOFTMAXES: tuple[Value, Value, Value] = (
    (0.2689414213699951, 0.7310585786300049),
    ((0.2689414213699951, 0.7310585786300049), (0.0009110511944006454, 0.9990889488055994)),
    ((0.11920292202211756, 0.0003353501304664781), (0.8807970779778824, 0.9996646498695335)),
)


def row_sums(matrix: Node) -> Node:
    """(m, n) -> (m)."""
    return build.total(matrix, (1,))


def row_means(matrix: Node) -> Node:
    """(m, n) -> (m). The sums of the rows divided by the number of columns."""
    return build.multiply(reciprocal(build.size(matrix.shape[1])), row_sums(matrix))


def row_variances(matrix: Node) -> Node:
    """(m, n) -> (m). Divided by the number of columns, not by one less."""
    means = build.broadcast(row_means(matrix), matrix.shape, (0,))
    return row_means(square(build.subtract(matrix, means)))


def row_norms(matrix: Node) -> Node:
    """(m, n) -> (m). The 2-norm of every row."""
    return sqrt(row_sums(square(matrix)))


def _of_columns(of_rows: Unary) -> Unary:
    """(m, n) -> (n), or (m, n) again for what keeps its shape."""

    def of_columns(matrix: Node) -> Node:
        found = of_rows(build.transpose(matrix))
        return build.transpose(found) if len(found.shape) == 2 else found

    return of_columns


@dataclass(frozen=True)
class AlongAxis:
    """One word along an axis of a vector or a matrix.

    first: axis 0, of the whole vector or of each column; last: of the whole vector or of each row; rows: axis 1.
    columns: what `first` means of a matrix.
    """

    first: Construction
    last: Construction
    columns: Construction
    rows: Construction


def _along(
    word: str,
    of_vector: Unary,
    of_rows: Unary,
    examples: tuple[Value, Value, Value],
    *,
    keeps: bool = False,
    of: tuple[str, str] = ("[3, 4]", "[[3, 4], [5, 12]]"),
) -> AlongAxis:
    """examples: the values of the vector in `of`, and of the rows and columns of the matrix in it. keeps: the shape."""
    of_one, of_row, of_column = ("n -> n", "m,n -> m,n", "m,n -> m,n") if keeps else ("n -> .", "m,n -> m", "m,n -> n")

    def made(where: str, signature: str, meaning: Unary, argument: str, value: Value) -> Construction:
        name = f"{word}_{where}"
        return Construction(name, ("x",), signature, meaning, (name,), example=(f"{name}({argument})", value))

    vector, matrix = of
    return AlongAxis(
        made("axis_0", of_one, of_vector, vector, examples[0]),
        made("last_axis", of_one, of_vector, vector, examples[0]),
        made("of_columns", of_column, _of_columns(of_rows), matrix, examples[2]),
        made("of_rows", of_row, of_rows, matrix, examples[1]),
    )


def _softmax_of_rows(matrix: Node) -> Node:
    return build.apply(SOFTMAX_ROWS, matrix)


def _logsumexp_of_rows(matrix: Node) -> Node:
    return build.apply(LOGSUMEXP_ROWS, matrix)


def _log_softmax_of_rows(matrix: Node) -> Node:
    return build.apply(LOG_SOFTMAX_ROWS, matrix)


ALONG = {
    "sum": _along("sum", build.total, row_sums, (7.0, (7.0, 17.0), (8.0, 16.0))),
    "mean": _along("mean", mean, row_means, (3.5, (3.5, 8.5), (4.0, 8.0))),
    "variance": _along("variance", variance, row_variances, (0.25, (0.25, 12.25), (1.0, 16.0))),
    "standard_deviation": _along(
        "standard_deviation", deviation, lambda x: sqrt(row_variances(x)), (0.5, (0.5, 3.5), (1.0, 4.0))
    ),
    "max": _along("max", largest, largest_of_rows, (4.0, (4.0, 12.0), (5.0, 12.0))),
    "min": _along("min", smallest, smallest_of_rows, (3.0, (3.0, 5.0), (3.0, 4.0))),
    "norm": _along("norm", norm, row_norms, (5.0, (5.0, 13.0), (5.830951894845301, 12.649110640673518))),
    "norm1": _along("norm1", norm1, lambda x: row_sums(absolute(x)), (7.0, (7.0, 17.0), (8.0, 16.0))),
    "logsumexp": _along("logsumexp", logsumexp, _logsumexp_of_rows, LOGSUMEXPS),
    "softmax": _along("softmax", softmax, _softmax_of_rows, SOFTMAXES, keeps=True),
    "log_softmax": _along(
        "log_softmax", log_softmax, _log_softmax_of_rows, HALVES, keeps=True, of=("[0, 0]", "[[0, 0], [0, 0]]")
    ),
}
"""By the name of the record that the word is without an axis."""
