"""Joint distributions as tables: outcomes of one random variable down, of the other across, perhaps with the sums of both."""

from collections.abc import Sequence
from fractions import Fraction

from chainrule.inference.distributions.grids import Reading, Row, Rows
from chainrule.inference.distributions.heads import (
    Cell,
    corner_variables,
    head_of,
    is_conditional_head,
    is_margin,
    is_value,
    is_variable,
    joint_head,
    label_in,
    word_of,
)
from chainrule.inference.distributions.labels import pair_of, said, variable_of
from chainrule.inference.distributions.orientation import (
    axes_in_words,
    letter_of,
    letter_of_labels,
    lettered,
    letters_of_pair,
    variables_in_words,
    variables_of_labels,
)
from chainrule.inference.literals import number
from chainrule.source import Source
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Text, Tree

DEFAULT = (Name("X"), Name("Y"))
Axes = tuple[Tree, Tree]
Labels = Sequence[Sequence[tuple[Tree, Tree | None]]]


def read_joint(rows: Rows, reading: Reading, head: Tree | None = None) -> bool:
    """A joint table. head: what it is said to be, `p(x, y) = ...`; else the corner says it, `X \\backslash Y`.

    Sums at the border are compared with the cells. Counts are divided by their sum.
    """
    corner = rows[0][0]
    if corner is not None and not isinstance(corner, Name) and number(corner) is not None:
        return False
    inner, sums = _inside(rows)
    labels = [[label_in(cell) for cell in cells if cell is not None] for cells in _borders(inner)]
    named = joint_head(head) or joint_head(corner) or joint_head(reading.name)
    spoken = _spoken(inner, reading)
    if not (_is_joint(inner, labels, head, sums) or (_is_of_words(inner) and (spoken or named))):
        return False
    told = _told(inner[0][0], named, labels, reading, spoken)
    if told is None or (spoken is not None and _by_labels(inner, reading) not in (None, spoken)):
        reading.refuse_axes()
        return True
    axes = told or _by_sums(inner, named)
    if axes is None:
        return False
    if named is None:
        named = _called(axes, reading)
    down, across = ([label for label, _ in axis] for axis in labels)
    pairs = [pair_of(first, second) for first in down for second in across]
    cells = [cell for row in inner[1:] for cell in row[1:]]
    values = [reading.value_in(cell, said(named), said(pair)) for cell, pair in zip(cells, pairs, strict=True)]
    counted = values if is_conditional_head(named) else reading.counted(values, "the table")
    _check(rows, inner, values, reading)
    bracket = named.items[1]
    turned = isinstance(bracket, Bracket) and bracket.items == axes[::-1] and axes[0] != axes[1]
    written = [pair_of(*pair.items[::-1]) for pair in pairs] if turned else pairs
    reading.define(named, list(zip(written, counted, strict=True)))
    return True


def _spoken(rows: Rows, reading: Reading) -> Axes | None:
    """The variables that the words beside a table give to its rows and columns, or to the word in its corner."""
    corner = rows[0][0]
    word = word_of(corner)
    if corner is not None and word is None:
        return None
    return variables_in_words(reading.words, word or "") or _by_labels(rows, reading)


def _by_labels(rows: Rows, reading: Reading) -> Axes | None:
    """The variables that the words beside a table without a corner give to its labels."""
    down, across = ([word_of(cell) for cell in cells] for cells in _borders(rows))
    if rows[0][0] is not None or None in (*down, *across):
        return None
    return variables_of_labels(reading.words, *([each for each in cells if each is not None] for cells in (down, across)))


def _is_of_words(rows: Rows) -> bool:
    """Whether numbers that are counts or sum to 1 stand below two words and more, beside words, with nothing else in the
    corner.
    """
    corner = () if rows[0][0] is None else rows[0][:1]
    borders = (*corner, *(cell for border in _borders(rows) for cell in border))
    found = [[number(cell) if cell is not None else None for cell in row[1:]] for row in rows[1:]]
    values = [value for row in found for value in row if value is not None]
    if any(map(_is_sum, borders)) or any(word_of(cell) is None for cell in borders) or len(found) < 2 or len(found[0]) < 2:
        return False
    return len(values) == len(found) * len(found[0]) and (sum(values) == 1 or all(value.denominator == 1 for value in values))


def _called(axes: Axes, reading: Reading) -> Juxtaposition:
    """The head of a joint distribution without one: the letter of the words above it, else p, which is said."""
    above = reading.name
    letter = Name("p", span=Source("table", "p").span())
    if above is not None:
        letter = above.items[0] if isinstance(above, Juxtaposition) else above
    else:
        reading.note("table-named", "this joint distribution is called p here")
    return Juxtaposition((letter, Bracket("(", axes, (",",))), span=reading.span)


def _of_labels(labels: Labels, corner: Cell) -> tuple[Tree | None, Tree | None]:
    """The random variables that the labels themselves name, `X = 0`, and a corner with one letter, or a word where the columns
    have a variable.
    """
    down, across = (axis[0][1] for axis in labels)
    if down is None and isinstance(corner, Text) and corner.text.isalpha() and across is not None:
        return Name(corner.text, span=corner.span), across
    return variable_of(corner) if down is None and corner is not None and is_variable(corner) else down, across


def _told(
    corner: Cell, named: Juxtaposition | None, labels: Labels, reading: Reading, spoken: Axes | None
) -> Axes | tuple[()] | None:
    """The random variables of the rows and of the columns, as the corner, the labels and the words beside the table say.

    spoken: those that words give it. Where none says it the rows have the first one, which is noted; of `p(Y \\mid X)` nothing
    is told then. None where they contradict each other, or words are not clear and nothing else says it.
    """
    conditional = named is not None and is_conditional_head(named)
    bracket = named.items[1] if named is not None else None
    down, across = (letter_of(each, reading.words) for each in _of_labels(labels, corner))
    pair = letters_of_pair(reading.words)
    pair = pair if pair is not None and (down in pair or across in pair) else DEFAULT
    first, second = bracket.items if isinstance(bracket, Bracket) else spoken or pair
    of_corner = lettered(corner_variables(corner), reading.words)
    of_labels = _completed(down, across, (first, second))
    rows, columns = (letter_of_labels(tuple(label for label, _ in axis), (first, second)) for axis in labels)
    of_letters = None if rows == columns else _completed(rows, columns, (first, second))
    known = of_corner or of_labels or of_letters or (first, second)
    of_words, clear = axes_in_words(reading.words, known)
    found = {axes for axes in (of_corner, of_labels, of_letters, spoken, *of_words) if axes is not None}
    if len(found) > 1 or not (found or clear or conditional):
        return None
    if not found and conditional:
        return ()
    if not found:
        message = f"the rows of this table are taken for the values of {said(first)}, its columns for those of {said(second)}"
        reading.note("variables-by-place", message)
    return found.pop() if found else (first, second)


def _completed(down: Tree | None, across: Tree | None, variables: Axes) -> Axes | None:
    """The variables of both borders where one of them at least says its own."""
    if down is None and across is None:
        return None
    first, second = variables
    if down == second or across == first:
        first, second = second, first
    return down or first, across or second


def _by_sums(rows: Rows, named: Juxtaposition | None) -> Axes | None:
    """The variables of `p(Y \\mid X)`: what sums to 1 tells them; None where nothing does."""
    bracket = named.items[1] if named is not None else None
    first, second = bracket.items if isinstance(bracket, Bracket) else DEFAULT
    inside = [row[1:] for row in rows[1:]]
    if _sum_to_one(inside):
        return second, first
    return (first, second) if _sum_to_one(list(zip(*inside, strict=True))) else None


def _sum_to_one(rows: Sequence[Row]) -> bool:
    numbers = [[number(cell) for cell in row if cell is not None] for row in rows]
    return all(None not in row and sum(value for value in row if value is not None) == 1 for row in numbers)


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


def _is_joint(rows: Rows, labels: Labels, head: Tree | None, sums: bool) -> bool:
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
