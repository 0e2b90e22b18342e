"""The distributions that a command was given as files: which columns they are, and which rows are the same outcome."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from chainrule.errors import SheetError
from chainrule.evaluation.data.files import read_columns
from chainrule.evaluation.data.measures import Measures, info
from chainrule.evaluation.data.table import Column

FEW = 5
"""Outcomes that a remark names; of more it gives the number."""


@dataclass(frozen=True)
class Sides:
    """One or two distributions, their rows in the order of `labels` where there are any, and what is to be said of them."""

    p: Column
    q: Column | None = None
    labels: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_sides(files: Sequence[str], columns: Sequence[str] = (), labels: str | None = None, joint: bool = False) -> Sides:
    """P and Q from one file or two. columns: that of P, or those of P and Q. joint: the columns are those of one matrix.

    Raises SheetError where it is not clear which columns are meant, and where the outcomes of two files do not match.
    """
    if joint:
        if len(files) > 1:
            raise SheetError("one-file", "a joint distribution is one file")
        return _joint(read_columns(files[0], columns, labels))
    if len(files) == 1:
        first, *others = found = read_columns(files[0], columns, labels)
        if len(others) > 1:
            raise _unclear(found)
        return Sides(first, others[0] if others else None, first.labels)
    wanted = [columns[:1], columns[-1:]]
    sides = [read_columns(file, column, labels) for file, column in zip(files, wanted, strict=True)]
    for found in sides:
        if len(found) > 1:
            raise _unclear(found)
    return _aligned(sides[0][0], sides[1][0])


def measure_sides(sides: Sides, *, unit: str, counts: bool | None, normalize: bool) -> Measures:
    """All their information quantities. Raises EvaluationError."""
    return info(sides.p.values, None if sides.q is None else sides.q.values, unit=unit, counts=counts, normalize=normalize)


def _unclear(columns: Sequence[Column]) -> SheetError:
    names = ", ".join(column.name for column in columns)
    message = f"{columns[0].file} has {len(columns)} columns of numbers, {names}"
    hint = "--column NAME is one distribution, --columns NAME,NAME two, --joint a matrix of all"
    return SheetError("which-column", message, hint=hint)


def _joint(columns: Sequence[Column]) -> Sides:
    first = columns[0]
    if len(columns) == 1 and first.values.ndim == 2:
        return Sides(first)
    if len(columns) == 1:
        raise SheetError("no-matrix", f"{first.file} has one column of numbers, a joint distribution has several")
    return Sides(replace(first, name="", values=np.column_stack([column.values for column in columns])))


def _aligned(p: Column, q: Column) -> Sides:
    """By label where both have labels, else by position."""
    if p.labels == q.labels:
        return Sides(p, q, p.labels)
    if not (p.labels and q.labels):
        one, other = (p, q) if p.labels else (q, p)
        if len(p.values) != len(q.values):
            message = f"{p.file} has {len(p.values)} rows and {q.file} has {len(q.values)}"
            raise SheetError("different-lengths", message, hint="rows are matched by label where both files have labels")
        return Sides(p, q, one.labels, (f"{other.file} has no labels, so its rows are taken in the order of {one.file}",))
    labels = tuple(dict.fromkeys((*p.labels, *q.labels)))
    notes = [note for column in (p, q) if (note := _missing(column, labels))]
    return Sides(_spread(p, labels), _spread(q, labels), labels, tuple(notes))


def _spread(column: Column, labels: Sequence[str]) -> Column:
    """The column in the order of these labels, 0 where it has no such outcome."""
    rows = {label: row for row, label in enumerate(labels)}
    values = np.zeros(len(labels))
    values[[rows[label] for label in column.labels]] = column.values
    return replace(column, values=values, labels=tuple(labels))


def _missing(column: Column, labels: Sequence[str]) -> str:
    present = set(column.labels)
    missing = [label for label in labels if label not in present]
    if not missing:
        return ""
    named = ", ".join(missing) if len(missing) <= FEW else f"{', '.join(missing[:FEW])} and {len(missing) - FEW} more"
    return f"not in {column.file}, so of probability 0 there: {named}"
