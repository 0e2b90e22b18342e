"""The table of a sum: aligned columns for a terminal, rows of formulas for Markdown."""

import re
from collections.abc import Iterator, Sequence

from chainrule.documents.escaping import escape_words
from chainrule.documents.lines import PLAIN, QUIET, SYMBOL, Line, indented
from chainrule.documents.mathblock import inline
from chainrule.documents.outline import Level
from chainrule.documents.wrapping import columns, wrap
from chainrule.solving.answer import Formula, Table

MOST_ROWS = 20
"""A table with more is cut to its first rows and its last one, unless all are wanted."""
FIRST_ROWS = 10
INDENT, WIDE, NARROW = 4, 3, 2
VALUE = Formula("\\text{value}", "value", "value")
"""The heading of the column that has the value of each term."""
_DECIMAL = re.compile(r"(-?[0-9]+)(\.[0-9]+)?|-?(?:\\infty|∞|oo|inf)|")
_WORDS = re.compile(r"\\text\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")

Row = tuple[Formula, ...]


def rows_shown(table: Table, level: Level) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The rows above those that are left out, and the rows below them; all are above where none is."""
    if level == "all" or len(table.rows) <= MOST_ROWS:
        return table.rows, ()
    return table.rows[:FIRST_ROWS], table.rows[-1:]


def left_out(table: Table, level: Level) -> str:
    """What is said of the rows of a table that was cut; nothing where it was not."""
    above, below = rows_shown(table, level)
    more = len(table.rows) - len(above) - len(below)
    return f"{more} more rows, shown by --level all" if more else ""


def table_lines(table: Table, level: Level, width: int) -> Iterator[Line]:
    """Columns with their numbers below each other; where they do not fit, a line for each row: label: term = value."""
    above, below = ([[cell.unicode for cell in row] for row in rows] for rows in rows_shown(table, level))
    total = [cell.unicode if cell is not None else "" for cell in table.total]
    heading = [cell.unicode for cell in _headings(table)]
    short = [*heading[:-2], "term", heading[-1]] if total else [*heading[:-1], "term"]
    rows = [[in_words(row[0]), *row[1:]] for row in (*above, *below)]
    body = _aligned([*rows, *([total] if total else [])], " ", "")
    for first, gap in ((heading, WIDE), (short, WIDE), (short, NARROW)):
        every = [first, *body]
        if INDENT + sum(_widths(every)) + gap * (len(first) - 1) <= width:
            yield from _columns(every, bool(total), gap, len(above), left_out(table, level))
            return
    yield from _listed(table, level, width)


def joint_lines(table: Table, width: int) -> Iterator[Line]:
    """A joint distribution with its marginals; nothing where it is too wide."""
    rows = [[cell.unicode for cell in row] for row in table.rows]
    total = [cell.unicode if cell is not None else "" for cell in table.total]
    every = [
        [in_words(cell.unicode) for cell in table.headings],
        *_aligned([[in_words(r[0]), *r[1:]] for r in (*rows, total)], " ", ""),
    ]
    if INDENT + sum(_widths(every)) + WIDE * (len(total) - 1) <= width:
        yield from _columns(every, True, WIDE, len(rows), "")


def _headings(table: Table) -> list[Formula]:
    """Those of the table; the value of a term has one too."""
    *first, last = table.headings
    return [*first, last if last.latex else VALUE]


def in_words(label: str) -> str:
    """The label of an outcome as a reader writes it: words without the command that makes words of them."""
    return _WORDS.sub(lambda match: match[1], label)


def _aligned(rows: Sequence[Sequence[str]], space: str, point: str) -> list[list[str]]:
    """Rows whose columns of decimals have their points below each other: `space` for each digit that is missing on the
    right, `point` for a missing point. The label is left as it is, and so is a column that has anything else in it.
    """
    by_column = [list(cells) for cells in zip(*rows, strict=True)]
    return [list(row) for row in zip(*by_column[:1], *(_decimals(cells, space, point) for cells in by_column[1:]), strict=True)]


def _decimals(cells: Sequence[str], space: str, point: str) -> list[str]:
    if not all(map(_DECIMAL.fullmatch, cells)):
        return list(cells)
    places = [len(cell.partition(".")[2]) for cell in cells]
    most = max(places)
    padding = ((point or space) * (have == 0 < most) + (most - have) * space for have in places)
    return [cell + pad if cell else cell for cell, pad in zip(cells, padding, strict=True)]


def _columns(every: Sequence[Sequence[str]], has_total: bool, gap: int, above: int, more: str) -> Iterator[Line]:
    """The heading, a rule, the rows, in between what is left out; a rule and the total."""
    widths = _widths(every)
    rule = "─" * (sum(widths) + gap * (len(widths) - 1))
    yield _line(every[0], widths, gap, SYMBOL)
    yield [(" " * INDENT, PLAIN), (rule, QUIET)]
    for k, row in enumerate(every[1:-1] if has_total else every[1:]):
        if k == above:
            yield from indented([f"⋮ {more}"], INDENT, style=QUIET)
        yield _line(row, widths, gap)
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
    above, below = rows_shown(table, level)
    for k, (label, *cells) in enumerate((*above, *below)):
        if k == len(above):
            yield from indented([f"⋮ {left_out(table, level)}"], INDENT, style=QUIET)
        said = " = ".join(cell.unicode for cell in (cells[-2:] if table.total else cells[-1:]))
        yield from indented(wrap(f"{in_words(label.unicode)}: {said}", width - INDENT - 2), INDENT, INDENT + 2)


def table_markdown(table: Table, level: Level) -> str:
    """A table whose cells are formulas and whose labels are words; the last row has the sums."""
    above, below = rows_shown(table, level)
    total = [tuple(cell or Formula("", "", "") for cell in table.total)] if table.total else []
    numbers = _padded([[cell.latex for cell in row] for row in (*above, *below, *total)])
    labels = [_label(row[0]) for row in (*above, *below, *total)]
    texts = [[label, *map(_cell, row[1:])] for label, row in zip(labels, numbers, strict=True)]
    if below:
        texts.insert(len(above), ["$\\vdots$", *[""] * (len(table.headings) - 1)])
    marks = [":--", *["--:"] * (len(table.headings) - 1)]
    heading = [_label(cell) for cell in _headings(table)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (heading, marks, *texts))


def _padded(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Decimals below each other, by digits that take room and are not seen."""
    aligned = _aligned(rows, "0", ".")
    return [
        [new if new == old else f"{old}\\phantom{{{new[len(old) :]}}}" for new, old in zip(after, before, strict=True)]
        for after, before in zip(aligned, rows, strict=True)
    ]


def _label(label: Formula) -> str:
    """Words as words of the page, anything else as a formula."""
    words = _WORDS.fullmatch(label.latex)
    return _cell(label.latex) if words is None else escape_words(in_words(label.text))


def _cell(latex: str) -> str:
    return inline(latex) if latex else ""
