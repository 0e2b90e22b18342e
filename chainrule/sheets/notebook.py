"""A Jupyter notebook to the text of its Markdown cells. Code cells and their output are neither run nor read.

The text is that of the Markdown cells in order, an empty line between them, and each line is counted in it; the cells of the
source say which cell a line is in. Attachments are known by name alone: what a cell carries of them is not looked at.
"""

import json
from typing import cast

from chainrule.errors import SheetError
from chainrule.source import Cell, Source

_OLDEST = 4
_BETWEEN = "\n\n"


def read_notebook(source: Source) -> Source:
    """The Markdown of a notebook in nbformat 4, with its cells. Raises SheetError (`not-a-notebook`)."""
    written = [
        (number, text) for number, cell in enumerate(_cells(source), start=1) if (text := _markdown(source, number, cell))
    ]
    cells: list[Cell] = []
    start = 0
    for number, text in written:
        cells.append(Cell(start, number))
        start += len(text) + len(_BETWEEN)
    return Source(source.name, _BETWEEN.join(text for _, text in written), cells=tuple(cells or [Cell(0, 1)]))


def _fault(source: Source, message: str) -> SheetError:
    return SheetError("not-a-notebook", f"{source.name} is no notebook: {message}", hint="save it as .ipynb from Jupyter")


def _cells(source: Source) -> list[object]:
    try:
        found: object = json.loads(source.text, parse_int=_harmless, parse_float=_harmless)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise _fault(source, f"its JSON is broken at {place}: {error.msg}") from error
    except RecursionError as error:
        raise _fault(source, "its JSON is nested too deeply") from error
    if not isinstance(found, dict):
        raise _fault(source, "its JSON is not an object")
    notebook = cast("dict[str, object]", found)
    if notebook.get("nbformat") is None or "cells" not in notebook:
        raise _fault(source, f"it has no cells of nbformat {_OLDEST}")
    cells = notebook["cells"]
    if not isinstance(cells, list):
        raise _fault(source, "its cells are not a list")
    return cast("list[object]", cells)


def _harmless(_digits: str) -> int:
    """For a number: none in a notebook is needed, and a very long one would take long."""
    return 0


def _markdown(source: Source, number: int, cell: object) -> str:
    """The text of a Markdown cell, "" of another one."""
    if not isinstance(cell, dict):
        raise _fault(source, f"cell {number} is not an object")
    content = cast("dict[str, object]", cell)
    if content.get("cell_type") != "markdown":
        return ""
    written = content.get("source", "")
    lines = cast("list[object]", written) if isinstance(written, list) else [written]
    if not all(isinstance(line, str) for line in lines):
        raise _fault(source, f"the source of cell {number} is not text")
    return "".join(cast("list[str]", lines)).replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
