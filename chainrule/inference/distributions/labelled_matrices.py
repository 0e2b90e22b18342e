r"""Matrices of two variables whose values the text lists: `p(x, y) = [...]` for `x \in \{0, 1\}` and `y \in \{a, b\}`."""

from collections.abc import Sequence
from dataclasses import replace

from chainrule.errors import Diagnostic
from chainrule.inference.distributions.labels import pair_of, read_unlabelled, variable_of
from chainrule.inference.distributions.labels import said as text_of
from chainrule.inference.distributions.supports import Labels, Supports, supports_of
from chainrule.inference.symbols import could_be_name, key
from chainrule.syntax.tree import Bracket, Juxtaposition, Matrix, Relation, Tree


def with_values(statements: Sequence[Tree]) -> tuple[list[Tree], list[Diagnostic]]:
    """The statements with a table of labels for every matrix whose variables have values, and errors where these do not fit."""
    supports = supports_of(statements, {})
    found: list[Tree] = []
    said: list[Diagnostic] = []
    used: set[Tree] = set()
    for at, statement in enumerate(statements):
        labelled = _labelled(statement, at, supports)
        if isinstance(labelled, Diagnostic):
            said.append(labelled)
        elif labelled is not None and isinstance(statement, Relation):
            head = statement.sides[0]
            used |= {variable_of(each) for each in _variables(head)}
            found.append(labelled)
        else:
            found.append(statement)
    return [each for each in found if not _is_support(each, used)], said


def _labelled(statement: Tree, at: int, supports: Supports) -> Tree | Diagnostic | None:
    """The table of a matrix; None of what is none, or whose values are not listed, an error where they are too many or few."""
    match statement:
        case Relation(operators=("=" | ":=",), sides=(head, Matrix(rows=rows) as body)) if read_unlabelled(head, body):
            variables = _variables(head)
        case _:
            return None
    first, second = (_values(variable, at, supports) for variable in variables) if len(variables) == 2 else (None, None)
    if first is None or second is None:
        return None
    bracket = head.items[1] if isinstance(head, Juxtaposition) else None
    turned = isinstance(bracket, Bracket) and "|" in bracket.separators  # a row for each value of the condition
    across, down = (first, second) if turned else (second, first)
    for variable, listed, count in zip(variables, (first, second), _sizes(rows, turned=turned), strict=True):
        if len(listed) != count:
            message = f"{text_of(variable)} has {len(listed)} values, and the matrix {count} of them"
            return Diagnostic("error", "values-do-not-fit", message, body.span, "give it a row or column for each value")
    cells = [(a, b, cell) for a, row in zip(down, rows, strict=True) for b, cell in zip(across, row, strict=True)]
    pairs = tuple(Relation((":",), (pair_of(b, a) if turned else pair_of(a, b), cell), span=cell.span) for a, b, cell in cells)
    return replace(statement, sides=(head, Bracket("{", pairs, (",",) * (len(pairs) - 1), span=body.span)))


def _sizes(rows: Sequence[Sequence[Tree]], *, turned: bool) -> tuple[int, int]:
    """How many values of the first and of the second variable of the head a matrix has."""
    return (len(rows[0]), len(rows)) if turned else (len(rows), len(rows[0]))


def _variables(head: Tree) -> tuple[Tree, ...]:
    bracket = head.items[1] if isinstance(head, Juxtaposition) else None
    return tuple(map(key, bracket.items)) if isinstance(bracket, Bracket) else ()


def _values(variable: Tree, at: int, supports: Supports) -> Labels | None:
    """The values that the text lists of a variable, under its own letter or the small one."""
    own = [name for name in supports.letters if could_be_name(name) and variable_of(name) == variable_of(variable)]
    found = {labels for name in own if (labels := supports.of(name, at)) is not None}
    return found.pop() if len(found) == 1 else None


def _is_support(statement: Tree, used: set[Tree]) -> bool:
    match statement:
        case Relation(operators=("\\in",), sides=(variable, Bracket(kind="{"))):
            return could_be_name(variable) and variable_of(variable) in used
        case _:
            return False
