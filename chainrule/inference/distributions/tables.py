r"""Statements about distributions in one form: `P = \{A: 0.6, B: 0.4\}`, however the text writes the table.

LaTeX arrays are read here, and sets whose pairs are written otherwise. Joint matrices `p(x, y) = [...]` have no labels and
are left to `statements.py`.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction

from chainrule.errors import Diagnostic
from chainrule.inference.distributions.agreement import without_contradictions
from chainrule.inference.distributions.assignments import complements, merged, without_supports
from chainrule.inference.distributions.braces import with_lists, without_decimal_commas
from chainrule.inference.distributions.conditional_tables import read_conditional
from chainrule.inference.distributions.conditionals import tables_of_variables
from chainrule.inference.distributions.declared_values import with_variables
from chainrule.inference.distributions.grids import Reading, Rows, read_columns, read_unlabelled, read_values
from chainrule.inference.distributions.heads import Cell, head_of, spoken_of
from chainrule.inference.distributions.joint import read_joint
from chainrule.inference.distributions.labelled_matrices import with_values
from chainrule.inference.distributions.matrices import oriented, with_head, with_links
from chainrule.inference.distributions.named_instances import masses_apart
from chainrule.inference.distributions.named_rows import read_named, read_single
from chainrule.inference.distributions.orientation import words_beside
from chainrule.inference.distributions.spelled import in_one_spelling
from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, is_probability
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Dots, Juxtaposition, Matrix, Number, Relation, Subscript, Text, Tree

MAPS = frozenset((":", "\\mapsto", "\\to", "="))
MOST_OUTCOMES = 10_000
"""So many outcomes are written out for dots."""
_Way = Callable[[Rows, Reading], bool]


def read_grid(
    rows: Rows,
    span: Span | None,
    head: Tree | None = None,
    name: Tree | None = None,
    words: str = "",
    taken: frozenset[Tree] = frozenset(),
) -> Reading | None:
    """What a table says; None where it cannot be understood.

    head: of the equation whose right side it is. name: what the text calls it, if it has no name of its own. words: those
    beside it. taken: the names of other tables.
    """
    rows = tuple(row for row in rows if any(cell is not None for cell in row))
    if len(rows) < 2:
        return None
    reading = Reading(span, name, words, taken)
    if read_conditional(rows, reading) or read_joint(rows, reading, head):
        return reading
    turned: Rows = tuple(zip(*rows, strict=True))
    ways = sorted((rows, turned), key=lambda way: -_sure(way[0]))
    attempts: list[tuple[_Way, Rows]] = [(read_unlabelled, rows), (read_unlabelled, turned)]
    attempts += [*((read_columns, way) for way in ways), (read_values, rows), (read_named, rows), (read_single, rows)]
    for attempt, way in attempts:
        reading = Reading(span, name, words, taken)
        if attempt(way, reading):
            return reading
    return None


def _sure(header: tuple[Cell, ...]) -> int:
    """How many cells of a header are called distributions."""
    heads = map(head_of, header[1:])
    return sum(head is not None and head.sure for head in heads)


def in_one_form(statements: Iterable[Tree]) -> tuple[list[Tree], list[Diagnostic]]:
    """The statements with every table as a set of labels, and what is said of them."""
    found: list[Tree] = []
    said: list[Diagnostic] = []
    headed, named = with_head(masses_apart(in_one_spelling(statements)))
    linked, settled = with_links(headed)
    plain, commas = without_decimal_commas(linked)
    statements, listed = with_lists(plain)
    name = spoken_of(statements)
    for statement in statements:
        head, body = _sides(statement)
        table = _labelled_set(head, body) if head is not None else None
        reading = (
            read_grid(_cells(body), body.span, head, name, words_beside(body.span))
            if isinstance(body, Matrix) and body.environment == "array"
            else None
        )
        is_open = head is not None and table is None and reading is None and not any(statement is each for each in settled)
        unlabelled = oriented(head, body) if head is not None and is_open else None
        if table is not None and isinstance(statement, Relation):
            found.append(replace(statement, sides=(statement.sides[0], table)))
        elif reading is not None:
            found += reading.statements
            said += reading.diagnostics
        elif unlabelled is not None:
            found += unlabelled.statements
            said += unlabelled.diagnostics
        else:
            found.append(statement)
    found, unfit = with_values(found)
    found, more = tables_of_variables(found)
    rest, others = complements(found)
    agreeing, against = without_contradictions(merged([*found, *rest]))
    whole, placed = with_variables(without_supports(agreeing))
    return whole, [*named, *commas, *listed, *said, *unfit, *more, *others, *against, *placed]


def _cells(array: Matrix) -> Rows:
    """The cells of an array, whose corner may be empty."""
    return tuple(tuple(None if cell == Text("") else cell for cell in row) for row in array.rows)


def _sides(statement: Tree) -> tuple[Tree | None, Tree]:
    """The head and the body of an equation of two sides; no head for anything else."""
    if isinstance(statement, Relation) and len(statement.sides) == 2 and statement.operators[0] in ("=", ":="):
        return statement.sides
    return None, statement


def _labelled_set(head: Tree, body: Tree) -> Bracket | None:
    r"""`\{(A, 0.6), (B, 0.4)\}`, `\{A \mapsto 0.6\}`, `\{A = 0.6\}`, `(A: 0.6, B: 0.4)` as `\{A: 0.6, B: 0.4\}`."""
    if not isinstance(body, Bracket) or body.kind not in "{([" or not body.items:
        return None
    found = [pair for pair in map(_pair, _written_out(body.items)) if pair is not None]
    plain = body.kind == "{" and all(isinstance(item, Relation) and item.operators == (":",) for item in body.items)
    numbers = [value for value in (number(pair.sides[1]) for pair in found) if value is not None]
    whole = len(numbers) == len(found) and sum(numbers) == 1 and min(numbers, default=-1) >= 0
    if len(found) < len(_written_out(body.items)) or not (plain or whole or _is_distribution(head)):
        return None
    return replace(body, kind="{", items=tuple(found), separators=(",",) * (len(found) - 1))


def _written_out(items: tuple[Tree, ...]) -> tuple[Tree, ...]:
    r"""`1: 1/6, \ldots, 6: 1/6` with every whole number between as an outcome of the same value."""
    at = next((i for i, item in enumerate(items) if isinstance(item, Dots)), None)
    pairs = [_pair(item) for item in items if not isinstance(item, Dots)]
    if not at or at + 2 != len(items) or any(pair is None for pair in pairs):
        return items
    known = [pair for pair in pairs if pair is not None]
    labels = [number(pair.sides[0]) for pair in known]
    *before, last = (int(label) for label in labels if label is not None and label.denominator == 1)
    counted = len(before) + 1 == len(known) and before == list(range(before[0], before[0] + len(before)))
    if not counted or len({pair.sides[1] for pair in known}) > 1 or not 0 < last - before[-1] <= MOST_OUTCOMES:
        return items
    value = known[0].sides[1]
    between = (Relation((":",), (Number(Fraction(n)), value), span=known[0].span) for n in range(before[-1] + 1, last))
    return (*known[:-1], *between, known[-1])


def _is_distribution(head: Tree) -> bool:
    name = head.items[0] if isinstance(head, Juxtaposition) else head
    return could_be_name(name) and is_probability(name)


def _pair(item: Tree) -> Relation | None:
    """One outcome with its value."""
    match item:
        case Relation(operators=("=",), sides=(Subscript(base=base, items=(label,)), value)) if is_probability(base):
            return Relation((":",), (label, value), span=item.span)  # `p_0 = 0.9`: the probability of 0
        case Relation(operators=(operator,), sides=(_, _)) if operator in MAPS:
            return replace(item, operators=(":",))
        case Relation(operators=("=", ":"), sides=(_, label, value)):
            return Relation((":",), (label, value), span=item.span)
        case Bracket(kind="(", items=(label, value)):
            return Relation((":",), (label, value), span=item.span)
        case _:
            return None
