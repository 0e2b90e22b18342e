"""Tables of records, one in every row: how often each combination of values stands there, divided by the number of rows."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from chainrule.inference.distributions.grids import Reading, Rows
from chainrule.inference.distributions.heads import Cell, label_in, word_of
from chainrule.inference.distributions.labels import label_of
from chainrule.inference.literals import number
from chainrule.source import Source
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Number, Text, Tree

_COUNTERS = frozenset(("#", "no", "nr", "id", "index", "row", "record", "example", "sample", "instance", "case"))
FEWEST = 3
MOST_RECORDS = 10_000


def read_records(rows: Rows, reading: Reading) -> bool:
    """The distribution of the columns of a table whose rows are records: words under words, some of which stand there again.

    A column that only counts or names the records is no variable.
    """
    header, *records = rows
    if not FEWEST <= len(records) <= MOST_RECORDS or any(cell is None for row in rows for cell in row[1:]):
        return False
    columns = [at for at in range(len(header)) if not _counts_records(header[at], [row[at] for row in records])]
    names = [_name(header[at]) for at in columns]
    cells = [[row[at] for at in columns] for row in records]
    if len(columns) < 2 or None in names or len(set(names)) < len(names) or not _are_records(cells):
        return False
    variables = tuple(name for name in names if name is not None)
    labels = [tuple(label_of(label_in(cell)[0]) for cell in row if cell is not None) for row in cells]
    counted = Counter(labels)
    letter = Name("p", span=Source("table", "p").span())
    head = Juxtaposition((letter, Bracket("(", variables, (",",) * (len(variables) - 1))), span=reading.span)
    pairs = [(Bracket("(", row, (",",) * (len(row) - 1)), _share(count, len(records))) for row, count in counted.items()]
    said = ", ".join(name.text for name in variables)
    reading.note("records-counted", f"p({said}) is how often each combination stands in the {len(records)} rows of this table")
    reading.define(head, pairs)
    return True


def _share(count: int, total: int) -> Number:
    value = Fraction(count, total)
    return Number(value, str(value))


def _name(cell: Cell) -> Name | None:
    """The variable that a header names: a letter, or one word or more."""
    match cell:
        case Name(text=text) | Text(text=text) if text.strip() and text.strip()[0].isalpha():
            return Name(text.strip(), span=cell.span)
        case _:
            return None


def _counts_records(header: Cell, column: Sequence[Cell]) -> bool:
    """Whether a column has a name of its own for every record, or counts them."""
    values = [number(cell) if cell is not None else None for cell in column]
    counts = values == [Fraction(k) for k in range(1, len(column) + 1)]
    named = header is None or (word_of(header) or "").rstrip(".") in _COUNTERS or set(values) == {None}
    return counts or (named and len(set(column)) == len(column))


def _are_records(cells: Sequence[Sequence[Cell]]) -> bool:
    """Whether every cell is a word or a number, some column has words alone, and a value stands in several rows."""
    columns = list(zip(*cells, strict=True))
    plain = all(_is_label(cell) for row in cells for cell in row)
    wordy = any(all(cell is not None and number(cell) is None for cell in column) for column in columns)
    return plain and wordy and all(len(set(column)) < len(column) for column in columns)


def _is_label(cell: Cell) -> bool:
    tree: Tree | None = cell
    return isinstance(tree, Name | Text) or (tree is not None and number(tree) is not None)
