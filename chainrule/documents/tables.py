"""The table of a sum: aligned columns for a terminal, rows of formulas for Markdown."""

from collections.abc import Iterator, Sequence

from chainrule.documents.lines import PLAIN, QUIET, SYMBOL, Line, indented
from chainrule.documents.mathblock import inline
from chainrule.documents.outline import Level
from chainrule.documents.wrapping import columns, wrap
from chainrule.solving.answer import Formula, Table

MOST_ROWS = 12  # unless all are wanted
INDENT, WIDE, NARROW = 4, 3, 2


def rows_shown(table: Table, level: Level) -> tuple[tuple[Formula, ...], ...]:
    """All rows, or the first ones of a long table."""
    return table.rows if level == "all" else table.rows[:MOST_ROWS]


def left_out(table: Table, level: Level) -> str:
    """What is said below a table that was cut; nothing where it was not."""
    more = len(table.rows) - len(rows_shown(table, level))
    return f"and {more} more row{'s' * (more > 1)}, shown by --level all" if more else ""


def table_lines(table: Table, level: Level, width: int) -> Iterator[Line]:
    """Columns with their numbers below each other; where they do not fit, a line for each row: label: term = value."""
    rows = [[cell.unicode for cell in row] for row in rows_shown(table, level)]
    total = [cell.unicode if cell is not None else "" for cell in table.total]
    heading = [cell.unicode for cell in table.headings]
    short = [*heading[:-2], "term", ""] if total else [*heading[:-1], "term"]
    for first, gap in ((heading, WIDE), (short, WIDE), (short, NARROW)):
        every = [first, *rows, *([total] if total else [])]
        if INDENT + sum(_widths(every)) + gap * (len(first) - 1) <= width:
            yield from _columns(every, bool(total), gap, left_out(table, level))
            return
    yield from _listed(table, level, width)


def _columns(every: Sequence[Sequence[str]], has_total: bool, gap: int, more: str) -> Iterator[Line]:
    """The heading, a rule, the rows, what is left out; a rule and the total."""
    widths = _widths(every)
    rule = "─" * (sum(widths) + gap * (len(widths) - 1))
    yield _line(every[0], widths, gap, SYMBOL)
    yield [(" " * INDENT, PLAIN), (rule, QUIET)]
    for row in every[1:-1] if has_total else every[1:]:
        yield _line(row, widths, gap)
    yield from indented([more] if more else [], INDENT, style=QUIET)
    if has_total:
        yield [(" " * INDENT, PLAIN), (rule, QUIET)]
        yield _line(every[-1], widths, gap)


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(columns, cells)) for cells in zip(*rows, strict=True)]


def _line(cells: Sequence[str], widths: Sequence[int], gap: int, style: str = PLAIN) -> Line:
    """The label to the left, everything else to the right."""
    texts = [
        " " * (room - columns(cell)) * (k > 0) + cell + " " * (room - columns(cell)) * (k == 0)
        for k, (cell, room) in enumerate(zip(cells, widths, strict=True))
    ]
    return [(" " * INDENT, PLAIN), ((" " * gap).join(texts), style)]


def _listed(table: Table, level: Level, width: int) -> Iterator[Line]:
    for label, *cells in rows_shown(table, level):
        said = " = ".join(cell.unicode for cell in (cells[-2:] if table.total else cells[-1:]))
        yield from indented(wrap(f"{label.unicode}: {said}", width - INDENT - 2), INDENT, INDENT + 2)
    yield from indented([left_out(table, level)] if left_out(table, level) else [], INDENT, style=QUIET)


def table_markdown(table: Table, level: Level) -> str:
    """A table whose cells are formulas; the last row has the sums."""
    rows = [list(table.headings), *map(list, rows_shown(table, level)), *([list(table.total)] if table.total else [])]
    texts = [[inline(cell.latex) if cell is not None and cell.latex else "" for cell in row] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in texts]
    marks = f"| {' | '.join([':--', *['--:'] * (len(table.headings) - 1)])} |"
    return "\n".join([lines[0], marks, *lines[1:]])
