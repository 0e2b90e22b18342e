r"""Tables of rows and cells: distributions in columns or rows, joint tables, and plain values.

A grid is a Markdown table or a LaTeX array. What it says becomes statements: `P(X) = \{0: 0.2, 1: 0.8\}` for a distribution,
`w = 0.3` for a value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from chainrule.errors import Diagnostic
from chainrule.inference.distributions.heads import (
    NAMES,
    VALUES,
    Cell,
    Head,
    corner_variables,
    head_of,
    is_margin,
    is_value,
    is_variable,
    joint_head,
    label_in,
    word_of,
)
from chainrule.inference.distributions.labels import said, variable_of
from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, key, span_text
from chainrule.source import Source, Span
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Number, Relation, Text, Tree

Row = tuple[Cell, ...]
Rows = tuple[Row, ...]
ZERO = Number(Fraction(0))
ROUGH = Fraction(1, 10)
"""A number with one decimal is not taken for one that was rounded."""
INVENTED = tuple(Name(letter, span=Source("table", letter).span()) for letter in "PQRM")
"""What distributions are called that words alone name."""


@dataclass
class Reading:
    """What a grid says; span: of the grid. name: what the words above it call the one distribution that it has no name for.

    words: those beside it, which may say what its rows and columns are. taken: the names of other tables.
    """

    span: Span | None
    name: Tree | None = None
    words: str = ""
    taken: frozenset[Tree] = frozenset()
    statements: list[Tree] = field(default_factory=list[Tree])
    diagnostics: list[Diagnostic] = field(default_factory=list[Diagnostic])

    def note(self, code: str, message: str, span: Span | None = None) -> None:
        self.diagnostics.append(Diagnostic("note", code, message, span or self.span))

    def refuse_axes(self) -> None:
        """Say that the random variables of the rows and columns are not clear."""
        self.diagnostics.append(axes_not_clear(self.span))

    def define(self, head: Tree, pairs: Sequence[tuple[Tree, Tree]]) -> None:
        r"""`head = \{label: value, ...\}`."""
        items = tuple(Relation((":",), pair, span=pair[1].span or pair[0].span) for pair in pairs)
        braces = Bracket("{", items, (",",) * (len(items) - 1), span=self.span)
        self.statements.append(Relation(("=",), (head, braces), span=self.span))

    def value_in(self, cell: Cell, name: str, label: str) -> Tree:
        """What stands in a cell of probabilities: 0, and a note that says so, where nothing does."""
        if cell is None:
            self.note("missing-outcome", f"{name} gives no probability to {label}: it is 0 there")
        return ZERO if cell is None else cell

    def check_sum(self, cell: Cell, values: Sequence[Tree], what: str) -> None:
        """Compare a margin with the sum that it says it is, as far as its digits go."""
        margin = None if cell is None else number(cell)
        found = [number(value) for value in values]
        if cell is None or margin is None or None in found:
            return
        total = sum((value for value in found if value is not None), Fraction(0))
        rounding = _last_digit(cell) / 2 + sum((digit / 2 for digit in map(_last_digit, values) if digit < ROUGH), Fraction(0))
        message = f"the sum of {what} is {_decimal(total)}, but the table says {_decimal(margin)}"
        if abs(total - margin) > rounding:
            hint = "one of the cells, or the sum, is mistaken; the cells are used"
            self.diagnostics.append(Diagnostic("error", "margin-mismatch", message, cell.span or self.span, hint))
        elif total != margin:
            self.note("margin-rounded", f"{message}, which is as close as its digits allow", cell.span)

    def counted(self, values: Sequence[Tree], what: str) -> list[Tree]:
        """Counts as probabilities, and a note that says so; anything but whole numbers above 1 in all stays as it is."""
        found = [number(value) for value in values]
        whole = [value for value in found if value is not None and value.denominator == 1 and value >= 0]
        total = sum(whole, Fraction(0))
        if len(whole) < len(values) or total <= 1:
            return list(values)
        self.note("counts-normalised", f"{what} has counts: each is divided by their sum, {total}")
        return [Number(each / total, span=value.span) for each, value in zip(whole, values, strict=True)]


def axes_not_clear(span: Span | None) -> Diagnostic:
    message = "it is not clear which random variable has the rows of this table and which its columns"
    hint = "say it in one way: the rows are the values of $X$, the columns those of $Y$"
    return Diagnostic("error", "axes-not-clear", message, span, hint)


def _last_digit(cell: Tree) -> Fraction:
    """One unit of the last digit of a number that was rounded; 0 for one that is exact."""
    digits = span_text(cell.span).strip("%$ ").partition(".")[2]
    return Fraction(1, 10 ** len(digits)) if digits.isdigit() else Fraction(0)


def _decimal(value: Fraction) -> str:
    return f"{float(value):.6g}"


def read_columns(rows: Rows, reading: Reading) -> bool:
    """A row an outcome, a column a distribution; the columns before the first distribution have the labels."""
    if corner_variables(rows[0][0]) is not None or any(word_of(row[0]) in VALUES for row in rows):
        return False
    outcomes = [row for row in rows[1:] if not is_margin(row[0])]
    found = _distributions(rows[0], outcomes)
    labels = _labels(rows[0], outcomes, min(found, default=0))
    if not found or labels is None or (word_of(rows[0][0]) in NAMES and not any(head.sure for head in found.values())):
        return False
    for at, head in _with_names(found, rows[0], reading).items():
        texts = map(said, labels)
        values = [reading.value_in(row[at], said(head), text) for row, text in zip(outcomes, texts, strict=True)]
        cells = values
        if found[at].counts:
            values = reading.counted(values, said(head) or span_text(head.span))
        variables = rows[0][: min(found)] if min(found) == 1 or _are_variables(rows[0][: min(found)], outcomes) else ()
        reading.define(_with_variables(head, variables), list(zip(labels, values, strict=True)))
        for row in rows[1:]:
            if is_margin(row[0]):
                reading.check_sum(row[at], cells, span_text(head.span) or said(head))
    for at, cell in enumerate(rows[0][min(found) :], min(found)):
        if at not in found and cell is not None:
            reading.note("column-not-read", f"nothing is read from {span_text(cell.span)} in this table", cell.span)
    return True


def _distributions(header: Row, outcomes: Sequence[Row]) -> dict[int, Head]:
    """The places of the distributions: what is called one, and columns of numbers with a name that sum to 1.

    Where nothing is called one all columns have to sum to 1.
    """
    found: dict[int, Head] = {}
    others = False
    for at, cell in enumerate(header[1:], 1):
        head, column = head_of(cell), [row[at] for row in outcomes]
        if head is None or not column or not all(value is None or is_value(value) for value in column):
            continue
        numbers = [number(value) for value in column if value is not None]
        total = sum((value for value in numbers if value is not None), Fraction(0))
        plainly = len(numbers) > 1 and total == 1 and all(value is not None and value >= 0 for value in numbers)
        if (head.sure and any(column)) or plainly:
            found[at] = head
        else:
            others = others or len(numbers) > 0
    return {} if others and not any(head.sure for head in found.values()) else found


def _labels(header: Row, outcomes: Sequence[Row], width: int) -> list[Tree] | None:
    """The outcome of each row: one cell, or a tuple of the values of several random variables."""
    several = width > 1 and _are_variables(header[:width], outcomes)
    labels: list[Tree] = []
    for row in outcomes:
        cells = [label_in(cell)[0] for cell in row[: width if several else 1] if cell is not None]
        if len(cells) < (width if several else 1):
            return None
        labels.append(cells[0] if len(cells) == 1 else Bracket("(", tuple(cells), (",",) * (len(cells) - 1)))
    return labels


def _are_variables(header: Row, outcomes: Sequence[Row]) -> bool:
    """Whether the columns of the labels have the values of a random variable each: letters head them, or names under which one
    value stands in several rows.
    """
    if all(map(is_variable, header)):
        return True
    first = [row[0] for row in outcomes]
    return all(map(_names_variable, header)) and len(set(first)) < len(first)


def _names_variable(cell: Cell) -> bool:
    return isinstance(cell, Name) or (isinstance(cell, Text) and cell.text.isalpha())


def _with_names(found: Mapping[int, Head], header: Row, reading: Reading) -> dict[int, Tree]:
    """The heads, with a letter for each that words alone name."""
    taken = {_letter(head.name) for head in found.values() if head.name is not None}
    others = {key(_letter(name)) for name in reading.taken}
    free = iter([name for name in INVENTED if name not in taken | others])
    named: dict[int, Tree] = {}
    if len(found) == 1 and reading.name is not None and not taken:
        several = isinstance(reading.name, Juxtaposition) and joint_head(reading.name) is not None
        return dict.fromkeys(found, _letter(reading.name) if several else reading.name)
    for at, head in found.items():
        name = head.name or next(free, None)
        if name is None:
            continue
        if head.name is None:
            cell = header[at]
            text = span_text(cell.span) if cell is not None else ""
            reading.note("table-named", f"the distribution under “{text}” is called {said(name)} here", cell and cell.span)
        named[at] = name
    return named


def _letter(head: Tree) -> Tree:
    return head.items[0] if isinstance(head, Juxtaposition) else head


def _with_variables(head: Tree, cells: Row) -> Tree:
    """`P` as `P(X)` where the columns of the labels are headed by random variables."""
    several = len(cells) > 1 and all(map(_names_variable, cells))
    if not cells or not could_be_name(head) or not (several or all(map(is_variable, cells))):
        return head
    named = [Name(cell.text, span=cell.span) if isinstance(cell, Text) else cell for cell in cells]
    variables = tuple(variable_of(cell) for cell in named if cell is not None)
    bracket = Bracket("(", variables, (",",) * (len(variables) - 1), span=head.span)
    return Juxtaposition((head, bracket), span=head.span)


def read_unlabelled(rows: Rows, reading: Reading) -> bool:
    """`P | Q` above the probabilities of outcomes without labels."""
    heads = [head_of(cell) for cell in rows[0]]
    columns = list(zip(*rows[1:], strict=True))
    if len(rows) < 3 or not all(head is not None and head.sure and head.name is not None for head in heads):
        return False
    if not all(is_value(cell) for column in columns for cell in column):
        return False
    for head, column in zip(heads, columns, strict=True):
        if head is not None and head.name is not None:
            values = tuple(cell for cell in column if cell is not None)
            listed = Bracket("(", values, (",",) * (len(values) - 1), span=reading.span)
            reading.statements.append(Relation(("=",), (head.name, listed), span=reading.span))
    return True


def read_values(rows: Rows, reading: Reading) -> bool:
    """Names above one row of values, or `symbol | value` with a row a name."""
    at = next((i for i, cell in enumerate(rows[0]) if i and word_of(cell) in VALUES), None)
    listed = at is not None and (word_of(rows[0][0]) in NAMES or rows[0][0] is None)
    pairs = [(row[0], row[at or 1]) for row in rows[1:]] if listed else list(zip(rows[0], rows[1], strict=True))
    if not listed and len(rows) > 2:
        return False
    equations: list[Tree] = []
    for name, value in pairs:
        plain = name is not None and not isinstance(name, Text | Number) and value is not None and is_value(value)
        if plain and name is not None and value is not None and (could_be_name(name) or isinstance(name, Juxtaposition)):
            equations.append(Relation(("=",), (name, value), span=value.span))
        elif not listed:
            return False
        elif name is not None:
            reading.note("row-not-read", f"nothing is read from the row of {span_text(name.span)}", name.span)
    reading.statements += equations
    return bool(equations)
