r"""Statements about distributions in one form: `P = \{A: 0.6, B: 0.4\}`, however the text writes the table.

LaTeX arrays are read here, and sets whose pairs are written otherwise. Joint matrices `p(x, y) = [...]` have no labels and
are left to `statements.py`.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from chainrule.errors import Diagnostic
from chainrule.inference.distributions.grids import Reading, Rows, read_columns, read_unlabelled, read_values
from chainrule.inference.distributions.heads import Cell, head_of
from chainrule.inference.distributions.joint import read_joint
from chainrule.inference.symbols import could_be_name, is_probability
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Juxtaposition, Matrix, Relation, Tree

MAPS = frozenset(("\\mapsto", "\\to", "="))
_Way = Callable[[Rows, Reading], bool]


def read_grid(rows: Rows, span: Span | None, head: Tree | None = None) -> Reading | None:
    """What a table says; None where it cannot be understood. head: of the equation whose right side it is."""
    rows = tuple(row for row in rows if any(cell is not None for cell in row))
    if len(rows) < 2 or len(rows[0]) < 2:
        return None
    reading = Reading(span)
    if read_joint(rows, reading, head):
        return reading
    turned: Rows = tuple(zip(*rows, strict=True))
    ways = sorted((rows, turned), key=lambda way: -_sure(way[0]))
    attempts: list[tuple[_Way, Rows]] = [(read_unlabelled, rows), *((read_columns, way) for way in ways), (read_values, rows)]
    for attempt, way in attempts:
        reading = Reading(span)
        if attempt(way, reading):
            return reading
    return None


def _sure(header: tuple[Cell, ...]) -> int:
    """How many cells of a header are called distributions."""
    heads = map(head_of, header[1:])
    return sum(head is not None and head.sure for head in heads)


def with_tables(statements: Iterable[Tree]) -> tuple[list[Tree], list[Diagnostic]]:
    """The statements with every table in the one form, and what is said of them."""
    found: list[Tree] = []
    said: list[Diagnostic] = []
    for statement in statements:
        head, body = _sides(statement)
        table = _labelled_set(head, body) if head is not None else None
        reading = read_grid(body.rows, body.span, head) if isinstance(body, Matrix) and body.environment == "array" else None
        if table is not None and isinstance(statement, Relation):
            found.append(replace(statement, sides=(statement.sides[0], table)))
        elif reading is not None:
            found += reading.statements
            said += reading.diagnostics
        else:
            found.append(statement)
    return found, said


def _sides(statement: Tree) -> tuple[Tree | None, Tree]:
    """The head and the body of an equation of two sides; no head for anything else."""
    if isinstance(statement, Relation) and len(statement.sides) == 2 and statement.operators[0] in ("=", ":="):
        return statement.sides
    return None, statement


def _labelled_set(head: Tree, body: Tree) -> Bracket | None:
    r"""`\{(A, 0.6), (B, 0.4)\}`, `\{A \mapsto 0.6\}`, `\{A = 0.6\}`, `(A: 0.6, B: 0.4)` as `\{A: 0.6, B: 0.4\}`."""
    if not isinstance(body, Bracket) or body.kind not in "{([" or not body.items:
        return None
    probable = _is_distribution(head)
    pairs = [_pair(item, body.kind == "{" and probable) for item in body.items]
    if any(pair is None for pair in pairs) or (body.kind != "{" and not probable):
        return None
    return replace(body, kind="{", items=tuple(pair for pair in pairs if pair is not None))


def _is_distribution(head: Tree) -> bool:
    name = head.items[0] if isinstance(head, Juxtaposition) else head
    return could_be_name(name) and is_probability(name)


def _pair(item: Tree, loosely: bool) -> Relation | None:
    """One outcome with its value. loosely: pairs in parentheses and equations are outcomes too."""
    match item:
        case Relation(operators=(operator,), sides=(_, _)) if operator == ":" or (operator in MAPS and loosely):
            return replace(item, operators=(":",))
        case Relation(operators=("=", ":"), sides=(_, label, value)) if loosely:
            return Relation((":",), (label, value), span=item.span)
        case Bracket(kind="(", items=(label, value)) if loosely:
            return Relation((":",), (label, value), span=item.span)
        case _:
            return None
