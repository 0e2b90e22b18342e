r"""Tables of conditional probabilities with a column for each outcome, `P(Y = 0 \mid X = x)` and `P(Y = 1 \mid X = x)`."""

from chainrule.inference.distributions.grids import Reading, Rows
from chainrule.inference.distributions.heads import Cell, is_value, label_in
from chainrule.inference.distributions.labels import label_of, pair_of, said, variable_of
from chainrule.inference.symbols import could_be_name, is_probability, key
from chainrule.syntax.tree import Bracket, Juxtaposition, Relation, Text, Tree


def read_conditional(rows: Rows, reading: Reading) -> bool:
    """Such a table, with the values of the condition in the first column."""
    header, *below = rows
    first, *columns = header
    heads = [_column(cell) for cell in columns]
    known = [head for head in heads if head is not None]
    if len(known) < len(heads) or len(known) < 2 or len({head[:3] for head in known}) > 1 or not below:
        return False
    letter, variable, condition, _ = known[0]
    if first is None or not could_be_name(first) or variable_of(first) != condition:
        return False
    labels = [row[0] for row in below]
    cells = [cell for row in below for cell in row[1:]]
    if any(label is None for label in labels) or any(cell is None or not is_value(cell) for cell in cells):
        return False
    head = Juxtaposition((letter, Bracket("(", (variable, condition), ("|",), span=reading.span)), span=reading.span)
    pairs = [
        (pair_of(label_of(outcome), label_in(row[0])[0]), reading.value_in(cell, said(head), said(label_of(outcome))))
        for row in below
        for (_, _, _, outcome), cell in zip(known, row[1:], strict=True)
        if row[0] is not None
    ]
    reading.define(head, pairs)
    return True


def _column(cell: Cell) -> tuple[Tree, Tree, Tree, Tree] | None:
    r"""The letter, Y, X and 0 of `P(Y = 0 \mid X = x)`; None for any other header."""
    match cell:
        case None | Text():
            return None
        case Juxtaposition(
            items=(letter, Bracket(kind="(", items=(Relation(operators=("=",), sides=(of, value)), by)) as bracket)
        ):
            pass
        case _:
            return None
    under = by.sides[0] if isinstance(by, Relation) and by.operators == ("=",) and could_be_name(by.sides[1]) else by
    if (
        not is_probability(letter)
        or bracket.separators not in (("|",), ("||",))
        or not (could_be_name(of) and could_be_name(under))
    ):
        return None
    return key(letter), variable_of(of), variable_of(under), value
