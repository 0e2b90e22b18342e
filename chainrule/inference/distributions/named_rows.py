"""Tables whose rows or columns are distributions with words for names, and tables of one row of probabilities below words."""

from collections.abc import Sequence
from fractions import Fraction

from chainrule.inference.distributions.grids import INVENTED, Reading, Row, Rows
from chainrule.inference.distributions.heads import Cell, is_margin, is_value, label_in, word_of
from chainrule.inference.distributions.labels import said
from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name
from chainrule.syntax.tree import Name, Text, Tree

NEAR = Fraction(15, 100)
"""So far from 1 may the other distributions of a table sum; then they are mistaken."""


def read_named(rows: Rows, reading: Reading) -> bool:
    """Distributions named by the words of one border, `train` and `test`, over the outcomes of the other one.

    Which border has the names is told by what sums to 1; where both do, nothing is read.
    """
    turned: Rows = tuple(zip(*rows, strict=True))
    fitting = [way for way in (rows, turned) if _is_named(way)]
    if len(fitting) != 1:
        return False
    (way,) = fitting
    labels = [label_in(cell)[0] for cell in way[0][1:] if cell is not None]
    for first, *values in way[1:]:
        name = _name(first)
        if name is not None:
            reading.define(name, [(label, value) for label, value in zip(labels, values, strict=True) if value is not None])
    return True


def read_single(rows: Rows, reading: Reading) -> bool:
    """One row of probabilities below the words of their outcomes."""
    if len(rows) != 2 or any(word_of(cell) is None or is_margin(cell) for cell in rows[0]):
        return False
    values = _numbers(rows[1])
    taken = {name for name in (*reading.taken, reading.name) if name is not None}
    letter = reading.name or next((name for name in INVENTED if name not in taken), None)
    if values is None or len(values) < 2 or min(values) < 0 or sum(values) != 1 or letter is None:
        return False
    if reading.name is None:
        reading.note("table-named", f"the distribution of this table is called {said(letter)} here")
    labels = [label_in(cell)[0] for cell in rows[0] if cell is not None]
    reading.define(letter, [(label, value) for label, value in zip(labels, rows[1], strict=True) if value is not None])
    return True


def _is_named(rows: Rows) -> bool:
    """Whether rows have names in words, one and more of them sum to 1 and the others nearly so."""
    header, *below = rows
    names = [_name(row[0]) for row in below]
    outcomes = header[1:]
    if len(outcomes) < 2 or None in (*names, *outcomes) or len(set(names)) < len(names) or any(map(is_margin, outcomes)):
        return False
    if len(set(outcomes)) < len(outcomes) or any(is_margin(row[0]) for row in below) or not all(map(_is_label, outcomes)):
        return False
    found = [_numbers(row[1:]) for row in below]
    totals = [sum(values) for values in found if values is not None]
    return len(totals) == len(below) and 1 in totals and all(abs(total - 1) <= NEAR for total in totals)


def _is_label(cell: Cell) -> bool:
    return word_of(cell) is not None or (cell is not None and could_be_name(cell))


def _name(cell: Cell) -> Tree | None:
    """The name that a border cell gives: words, put together, or a capital letter."""
    match cell:
        case Text(text=text) if text.strip()[:1].isalpha() and text.replace(" ", "").isalnum():
            return Name(text.replace(" ", ""), span=cell.span)
        case Name(text=text) if len(text) > 1 or text.isupper():
            return cell
        case _:
            return None


def _numbers(row: Row | Sequence[Cell]) -> list[Fraction] | None:
    values = [number(cell) for cell in row if cell is not None and is_value(cell)]
    known = [value for value in values if value is not None]
    return known if len(known) == len(row) else None
