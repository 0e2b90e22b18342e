"""Tables of text, CSV and TSV, with or without names and labels, read row by row."""

import csv
import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, islice
from typing import Any, TextIO

import numpy as np
from numpy.typing import NDArray

from chainrule.errors import SheetError

SEPARATORS = ("\t", ";", ",")
LONGEST_LINE = 1_000_000  # that the separator is looked for in
LONGEST = 100
"""Characters of a fraction."""
DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
ABOVE_LABELS = frozenset(
    ("year", "years", "month", "date", "label", "labels", "outcome", "outcomes", "class", "category", "name", "symbol", "id")
)
YEARS = range(1900, 2100)


@dataclass(frozen=True)
class Column:
    """Numbers, their name in the file (its number, counted from 1, where there is none) and the labels of their rows.

    values: (n,), or (n, m) of a file that is a matrix.
    """

    file: str
    name: str
    values: NDArray[Any]
    labels: tuple[str, ...] = ()


class Table:
    """A CSV or TSV file, read row by row. Its first row has names where a cell above numbers is none."""

    def __init__(self, file: str, text: TextIO, labels: str | None) -> None:
        self._file = file
        first = text.readline(LONGEST_LINE)
        text.seek(0)
        separator = next((each for each in SEPARATORS if each in first), ",")
        self._rows = csv.reader(text, delimiter=separator, skipinitialspace=True, strict=True)
        rows = self._filled()
        start = list(islice(rows, 2))
        if not start:
            raise SheetError("empty-data", f"{file} has no numbers")
        pairs = list(zip(start[0][1], start[-1][1], strict=False))
        named = any(_number(below) is not None and _number(name) is None for name, below in pairs)
        named = named or any(not name and below for name, below in pairs)  # an empty corner
        if not named and len(start) > 1:
            self._refuse_numbers_as_names(start[0][1])
        self._width = len(start[0][1])
        self._names = start[0][1] if named else [str(i + 1) for i in range(self._width)]
        self._label = None if labels is None else self._find(labels)
        self._points = any("." in cell for _, row in start for cell in row if _number(cell) is not None)
        self._numeric = [i for i, cell in enumerate(start[named][1]) if _number(cell) is not None and i != self._label]
        self._start, self._rest = start[named:], rows

    def columns(self, wanted: Sequence[str]) -> tuple[Column, ...]:
        chosen = [self._find(name) for name in wanted] or self._numeric
        if not chosen:
            raise SheetError("no-numbers", f"{self._file} has no column of numbers")
        if self._label is not None:
            texts = [self._label]
        else:
            texts = [i for i in range(self._width) if i not in self._numeric and i not in chosen]
        numbers = {i: array("d") for i in chosen}
        lines: dict[str, int] = {}
        for line, row in chain(self._start, self._rest):
            if len(row) != self._width:
                raise SheetError("ragged-row", f"{self._file}, line {line}: there are {len(row)} cells, not {self._width}")
            for i, column in numbers.items():
                column.append(self._checked(row[i], line, i))
            label = ", ".join(self._text(row[i], line, i) for i in texts)
            if texts and label in lines:
                raise SheetError("duplicate-label", f"{self._file}, line {line}: {label} is in line {lines[label]} too")
            if texts:
                lines[label] = line
        if not (wanted or len(chosen) == 1):
            self._refuse_numbering(numbers)
        found = {i: np.frombuffer(column, dtype=np.float64) for i, column in numbers.items()}
        return tuple(Column(self._file, self._names[i], found[i], tuple(lines)) for i in chosen)

    def _refuse_numbers_as_names(self, row: Sequence[str]) -> None:
        """A first row `year,2020,2021` may be counts, but more likely has the names of the columns."""
        texts = [cell for cell in row if _number(cell) is None]
        numbers = [number for cell in row if (number := _number(cell)) is not None]
        counted = len(numbers) > 1 and all(value == numbers[0] + step for step, value in enumerate(numbers))
        dated = len(set(numbers)) == len(numbers) > 1 and all(value in YEARS for value in numbers)
        if texts and numbers and (counted or dated or texts[0].lower() in ABOVE_LABELS):
            raise SheetError(
                "numbered-columns",
                f"the first row of {self._file} is {', '.join(row)}: names of columns or numbers?",
                hint="let the names begin with a letter, n2020, or put a row of names above it",
            )

    def _refuse_numbering(self, numbers: Mapping[int, Sequence[float]]) -> None:
        """A column 0, 1, 2, ... beside others may be counts, but more likely says which outcome a row is of."""
        for i, column in numbers.items():
            if len(column) > 1 and all(value == column[0] + step for step, value in enumerate(column)):
                name = self._names[i]
                raise SheetError(
                    "numbered-outcomes",
                    f"column {name} of {self._file} is {column[0]:g}, {column[1]:g}, ...: outcomes or counts?",
                    hint=f"--labels {name} if it names the outcomes; --columns P,Q if it is a distribution",
                )

    def _filled(self) -> Iterator[tuple[int, list[str]]]:
        """The rows that are not blank, with the lines they end on."""
        for row in self._rows:
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield self._rows.line_num, cells

    def _find(self, name: str) -> int:
        if name in self._names:
            if self._names.count(name) > 1:
                raise SheetError("ambiguous-column", f"{self._file} has several columns {name}", hint="give its number")
            return self._names.index(name)
        if name.isascii() and name.isdigit() and 1 <= int(name) <= self._width:
            return int(name) - 1
        raise SheetError("unknown-column", f"{self._file} has no column {name}", hint=f"there are {', '.join(self._names)}")

    def _text(self, cell: str, line: int, i: int) -> str:
        """A label. Raises SheetError for a number that may be meant as one, in a column that nobody said has labels."""
        if self._label is None and not self._points and DECIMAL_COMMA.fullmatch(cell):
            place = f"{self._file}, line {line}, column {self._names[i]}"
            hint = f"write {cell.replace(',', '.')}, or --labels {self._names[i]} if the column names the outcomes"
            raise SheetError("decimal-comma", f"{place}: {cell} is a number with a decimal comma, or a text", hint=hint)
        if self._label is None and _number(cell) is not None:
            place = f"{self._file}, line {line}, column {self._names[i]}"
            hint = f"--labels {self._names[i]} if the column names the outcomes"
            raise SheetError("mixed-column", f"{place}: {cell} is a number in a column that begins with a text", hint=hint)
        return cell

    def _checked(self, cell: str, line: int, i: int) -> float:
        """The number of a cell. Raises SheetError for one that is no probability and no count."""
        value = _number(cell)
        place = f"{self._file}, line {line}, column {self._names[i]}"
        if value is None:
            raise SheetError("not-numbers", f"{place}: {cell!r} is no number" if cell else f"{place}: there is no number")
        if not 0 <= value < float("inf"):
            is_negative = value < 0
            said = "is negative" if is_negative else "is not a finite number"
            raise SheetError("negative-probability" if is_negative else "not-a-number", f"{place}: {cell} {said}")
        return value


def _number(cell: str) -> float | None:
    """A decimal number, or a fraction 1/3; None for anything else."""
    if "_" in cell or not cell.isascii():
        return None
    try:
        return float(cell)
    except ValueError:
        pass
    try:
        return float(Fraction(cell)) if len(cell) < LONGEST else None
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
