"""Joint distributions as tables: outcomes of one random variable down, of the other across, perhaps with the sums of both."""

from collections.abc import Sequence
from fractions import Fraction

from chainrule.inference.distributions.grids import Reading, Row, Rows
from chainrule.inference.distributions.heads import (
    Cell,
    corner_variables,
    head_of,
    is_margin,
    is_value,
    is_variable,
    joint_head,
    label_in,
)
from chainrule.inference.distributions.labels import pair_of, said, variable_of
from chainrule.inference.literals import number
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Tree

DEFAULT = (Name("X"), Name("Y"))


def read_joint(rows: Rows, reading: Reading, head: Tree | None = None) -> bool:
    """A joint table. head: what it is said to be, `p(x, y) = ...`; else the corner says it, `X \\backslash Y`.

    Sums at the border are compared with the cells. Counts are divided by their sum.
    """
    corner = rows[0][0]
    if corner is not None and not isinstance(corner, Name) and number(corner) is not None:
        return False
    inner, sums = _inside(rows)
    labels = [[label_in(cell) for cell in cells if cell is not None] for cells in _borders(inner)]
    if not _is_joint(inner, labels, head, sums):
        return False
    named = joint_head(head) or joint_head(corner)
    axes = _variables(corner, named, labels, reading)
    down, across = ([label for label, _ in axis] for axis in labels)
    pairs = [(pair_of(first, second), inner[i][j]) for i, first in enumerate(down, 1) for j, second in enumerate(across, 1)]
    values = [reading.value_in(cell, said(label)) for label, cell in pairs]
    if named is None:
        named = Juxtaposition((Name("p"), Bracket("(", axes, (",",), span=reading.span)), span=reading.span)
        reading.note("table-named", f"this joint distribution is called {said(named.items[0])} here")
    counted = reading.counted(values, "the table")
    _check(rows, inner, counted if all(each is cell for each, cell in zip(counted, values, strict=True)) else values, reading)
    bracket = named.items[1]
    turned = isinstance(bracket, Bracket) and bracket.items == axes[::-1] and axes[0] != axes[1]
    labelled = [pair_of(*label.items[::-1]) if turned else label for label, _ in pairs]
    reading.define(named, list(zip(labelled, counted, strict=True)))
    return True


def _inside(rows: Rows) -> tuple[Rows, bool]:
    """The table without its sums, and whether it has them on both sides."""
    down, across = _is_sum(rows[-1][0]), _is_sum(rows[0][-1])
    kept = rows[:-1] if down else rows
    return tuple(row[:-1] if across else row for row in kept), down and across


def _is_sum(cell: Cell) -> bool:
    """Whether a border cell says that its row or column is a sum."""
    head = head_of(cell)
    return is_margin(cell) or (head is not None and head.sure)


def _borders(rows: Rows) -> tuple[Row, Row]:
    return tuple(row[0] for row in rows[1:]), rows[0][1:]


def _is_joint(rows: Rows, labels: Sequence[Sequence[tuple[Tree, Tree | None]]], head: Tree | None, sums: bool) -> bool:
    """Whether the inside is numbers between labels, and something says that they are probabilities of pairs."""
    down, across = _borders(rows)
    cells = [cell for row in rows[1:] for cell in row[1:]]
    if len(down) == 0 or len(across) == 0 or None in (*down, *across) or not any(cells):
        return False
    if any(cell is not None and not is_value(cell) for cell in cells) or any(map(_is_sum, (*down, *across))):
        return False
    corner = rows[0][0]
    if joint_head(head) or corner_variables(corner) or joint_head(corner):
        return True
    if all(variable is not None for _, variable in labels[1]) and (corner is not None or labels[0][0][1] is not None):
        return True
    numbers = [number(cell) for cell in cells if cell is not None]
    total = sum((value for value in numbers if value is not None), Fraction(0))
    plainly = total == 1 and None not in numbers and min(len(down), len(across)) > 1
    return (corner is None or is_variable(corner)) and (plainly or (sums and None not in numbers))


def _variables(
    corner: Cell, named: Juxtaposition | None, labels: Sequence[Sequence[tuple[Tree, Tree | None]]], reading: Reading
) -> tuple[Tree, Tree]:
    """The random variables of the rows and of the columns."""
    of_corner = corner_variables(corner)
    if of_corner is not None:
        return of_corner
    down, across = (axis[0][1] for axis in labels)
    if down is None and is_variable(corner) and corner is not None:
        down = variable_of(corner)
    bracket = named.items[1] if named is not None else None
    first, second = bracket.items if isinstance(bracket, Bracket) else DEFAULT
    if named is None and (down is None or across is None):
        reading.note("table-named", f"the rows of this table are called {said(down or first)}, its columns {said(across or second)}")
    if down == second or across == first:
        first, second = second, first
    return down or first, across or second


def _check(rows: Rows, inner: Rows, values: Sequence[Tree], reading: Reading) -> None:
    """Compare the sums at the border with those of the cells."""
    width = len(inner[0]) - 1
    table = [values[start : start + width] for start in range(0, len(values), width)]
    if len(rows[0]) > len(inner[0]):
        for row, cells in zip(rows[1:], table, strict=False):
            reading.check_sum(row[-1], cells, f"the row of {said(row[0])}" if row[0] is not None else "a row")
    if len(rows) > len(inner):
        for at, cells in enumerate(zip(*table, strict=True), 1):
            label = rows[0][at]
            reading.check_sum(rows[-1][at], cells, f"the column of {said(label)}" if label is not None else "a column")
        if len(rows[0]) > len(inner[0]):
            reading.check_sum(rows[-1][-1], values, "the table")
