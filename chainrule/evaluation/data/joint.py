"""Mutual information and conditional entropies of a joint distribution, a matrix of probabilities or counts.

The mutual information is summed as the divergence from the product of the marginals, so that near independence it keeps
its digits; a conditional entropy as that of each cell to its row or column, so that it is 0 where one determines the other.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chainrule.evaluation.data.blocks import BLOCK, Block
from chainrule.evaluation.data.quantities import values
from chainrule.evaluation.data.sums import Sums

JOINT = ("mutual_information", "entropy_rows", "entropy_columns", "rows_given_columns", "columns_given_rows")


def joint_values(matrix: NDArray[Any]) -> dict[str, float]:
    """The quantities of JOINT in nats, of a matrix (n, m) with a positive sum. The matrix is read twice, piece by piece."""
    rows, columns = _marginals(matrix)
    total = float(rows.sum())
    product, in_row, in_column = Sums({"forward"}), Sums({"plogr"}), Sums({"plogr"})
    with np.errstate(all="ignore"):
        for i, j, cells in _pieces(matrix):
            row, column = rows[i][:, None], columns[j][None, :]
            product.add(cells.ravel(), (row * (column / total)).ravel())
            in_row.add(cells.ravel(), np.broadcast_to(row, cells.shape).ravel())
            in_column.add(cells.ravel(), np.broadcast_to(column, cells.shape).ravel())
    return {
        "mutual_information": values(product, ["kl"], normalized=True)["kl"],
        "entropy_rows": _entropy(rows),
        "entropy_columns": _entropy(columns),
        "rows_given_columns": max(0.0, -in_column["plogr"] / total) + 0.0,
        "columns_given_rows": max(0.0, -in_row["plogr"] / total) + 0.0,
    }


def _marginals(matrix: NDArray[Any]) -> tuple[Block, Block]:
    rows, columns = np.zeros(matrix.shape[0]), np.zeros(matrix.shape[1])
    for i, j, cells in _pieces(matrix):
        rows[i] += cells.sum(axis=1)
        columns[j] += cells.sum(axis=0)
    return rows, columns


def _entropy(marginal: Block) -> float:
    sums = Sums({"plogp"})
    with np.errstate(all="ignore"):
        for start in range(0, len(marginal), BLOCK):
            sums.add(marginal[start : start + BLOCK])
    return values(sums, ["entropy"], normalized=True)["entropy"]


def _pieces(matrix: NDArray[Any]) -> Iterator[tuple[slice, slice, Block]]:
    """Rectangles of at most BLOCK cells, in double precision, with their rows and columns."""
    width = min(matrix.shape[1], BLOCK)
    height = max(1, BLOCK // max(width, 1))
    for top in range(0, matrix.shape[0], height):
        for left in range(0, matrix.shape[1], width):
            i, j = slice(top, top + height), slice(left, left + width)
            yield i, j, matrix[i, j].astype(np.float64)
