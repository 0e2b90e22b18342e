"""Columns of numbers from files: CSV and TSV with or without names and labels, NumPy's .npy, JSON lists and objects.

Numbers are read as they stand: nothing is filled in, and a cell that is no number is an error with its line and column.
"""

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from chainrule.errors import SheetError
from chainrule.evaluation.data.blocks import as_numbers
from chainrule.evaluation.data.table import Column, Table

MOST_BYTES = 500_000_000
"""Of a text; ten million rows of a number fit."""
MOST_BYTES_OF_ARRAYS = 4_000_000_000
"""Of an .npy file, which is read as it is."""


def read_columns(file: str, wanted: Sequence[str] = (), labels: str | None = None) -> tuple[Column, ...]:
    """The columns of numbers of a file, or the wanted ones, by name or by number from 1, in that order.

    labels: the column of labels; if left out, every column of text is. Raises SheetError.
    """
    try:
        most = MOST_BYTES_OF_ARRAYS if file.endswith(".npy") else MOST_BYTES
        if Path(file).stat().st_size > most:
            raise SheetError("data-too-large", f"{file} has more than {most // 1_000_000} MB")
        match Path(file).suffix.lower():
            case ".npy":
                columns = _from_array(file, np.load(file, mmap_mode="r", allow_pickle=False), ())
            case ".json":
                columns = _read_json(file)
            case _:
                with Path(file).open(encoding="utf-8-sig", newline="") as text:
                    return Table(file, text, labels).columns(wanted)
    except (OSError, EOFError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SheetError("unreadable-file", f"{file} cannot be read: {reason}") from error
    except (UnicodeDecodeError, csv.Error, ValueError, RecursionError) as error:
        raise SheetError("unreadable-data", f"{file} cannot be read: {error}") from error
    if wanted or labels:
        raise SheetError("unknown-column", f"{file} has no columns to choose from", hint="CSV and TSV files have columns")
    return columns


def _from_array(file: str, values: NDArray[Any], labels: tuple[str, ...]) -> tuple[Column, ...]:
    values = as_numbers(values)
    if not values.size:
        raise SheetError("empty-data", f"{file} has no numbers")
    return (Column(file, "", values, labels),)


def _read_json(file: str) -> tuple[Column, ...]:
    """A list of numbers, a list of rows, or an object of labels and numbers."""
    data = json.loads(Path(file).read_text(encoding="utf-8-sig"), object_pairs_hook=lambda pairs: _labelled(file, pairs))
    if isinstance(data, dict):
        numbers = cast("dict[str, Any]", data)
        return _from_array(file, np.asarray(list(numbers.values())), tuple(numbers))
    if not isinstance(data, list):
        raise SheetError("unreadable-data", f"{file} is no list of numbers and no object of labels and numbers")
    return _from_array(file, np.asarray(cast("list[Any]", data)), ())


def _labelled(file: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    numbers = dict(pairs)
    if len(numbers) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise SheetError("duplicate-label", f"{file}: the outcome {twice} is there twice")
    return numbers
