"""Values as formulas: six digits, matrices in brackets, long ones with an ellipsis."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from chainrule.errors import EvaluationError
from chainrule.solving.answer import Formula, Value

T = TypeVar("T")

DIGITS = 6
MOST_ENTRIES = 10  # of a row or column; of longer ones the first eight and the last are shown
SAME = 1e-12  # a relative difference of rounding errors


def not_a_number() -> EvaluationError:
    """The error for a value that is not a number: nothing may be shown for it."""
    return EvaluationError("not-a-number", "a value that is not a number cannot be given as an answer")


def is_exact(value: Value) -> bool:
    """Whether the digits shown are all there are, rounding errors aside."""
    return all(math.isinf(x) or math.isclose(float(f"{x:.{DIGITS}g}"), x, rel_tol=SAME) for x in entries(value))


def entries(value: Value) -> Iterator[float]:
    """All numbers of a value, in reading order."""
    if isinstance(value, list):
        for item in value:
            yield from entries(item)
    else:
        yield value


def number(value: float) -> Formula:
    """One number; infinity as a symbol. Raises EvaluationError for NaN."""
    if math.isnan(value):
        raise not_a_number()
    if math.isinf(value):
        sign = "-" if value < 0 else ""
        return Formula(f"{sign}\\infty", f"{sign}∞", f"{sign}∞")
    mantissa, _, exponent = f"{value + 0.0:.{DIGITS}g}".partition("e")  # + 0.0 turns -0.0 into 0.0
    if not exponent:
        return Formula(mantissa, mantissa, mantissa)
    text = f"{mantissa}e{int(exponent)}"
    return Formula(f"{mantissa} \\cdot 10^{{{int(exponent)}}}", text, text)


def formula(value: Value) -> Formula:
    """A number, a vector as a list, a matrix in LaTeX's brackets (in text: a list of rows), anything deeper as nested lists."""
    text = _nested_text(value)
    cells = _cells(value)
    return Formula(_matrix_latex(cells) if cells else _nested_latex(value), text, text)


def stacked(value: Value) -> tuple[str, ...]:
    """A matrix of several rows as lines of text, columns aligned, in tall brackets; nothing for anything else."""
    cells = _cells(value)
    if len(cells) < 2:
        return ()
    widths = [max(len(row[j].text) for row in cells) for j in range(len(cells[0]))]
    rows = ["  ".join(cell.text.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in cells]
    left = ["⎡", *"⎢" * (len(rows) - 2), "⎣"]
    right = ["⎤", *"⎥" * (len(rows) - 2), "⎦"]
    return tuple(f"{a} {row} {b}" for a, row, b in zip(left, rows, right, strict=True))


def _cells(value: Value) -> list[list[Formula]]:
    """The cells of a matrix to be shown, shortened both ways; none if the value is no matrix."""
    rows = _rows(value) if isinstance(value, list) else []
    cells = [_shorten([number(x) for x in row], Formula("\\cdots", "…", "…")) for row in rows]
    return _shorten(cells, [Formula("\\vdots", "⋮", "⋮")] * len(cells[0])) if cells else []


def _rows(value: list[Value]) -> list[list[float]]:
    """The rows of a matrix; none if the value is no matrix, or one without entries."""
    rows: list[list[float]] = [[x for x in row if not isinstance(x, list)] for row in value if isinstance(row, list)]
    is_matrix = len(rows) == len(value) and [len(row) for row in rows] == [len(row) for row in value if isinstance(row, list)]
    return rows if is_matrix and all(rows) else []


def _shorten(items: Sequence[T], ellipsis: T) -> list[T]:
    return list(items) if len(items) <= MOST_ENTRIES else [*items[: MOST_ENTRIES - 2], ellipsis, items[-1]]


def _matrix_latex(cells: Iterable[Iterable[Formula]]) -> str:
    rows = " \\\\ ".join(" & ".join(cell.latex for cell in row) for row in cells)
    return f"\\begin{{bmatrix}} {rows} \\end{{bmatrix}}"


def _nested_latex(value: Value) -> str:
    if not isinstance(value, list):
        return number(value).latex
    items = _shorten([_nested_latex(item) for item in value], "\\ldots")
    return f"\\left[{', '.join(items)}\\right]"


def _nested_text(value: Value) -> str:
    if not isinstance(value, list):
        return number(value).text
    return f"[{', '.join(_shorten([_nested_text(item) for item in value], '…'))}]"
