r"""Arrays that the text gives entry by entry, `x_1 = 1, x_2 = 3` or `w_{11} = 0.3, ..., w_{22} = 0.2`, and uses as a whole."""

from collections.abc import Iterable, Mapping

from chainrule.inference.declarations import Declaration
from chainrule.inference.entry_lists import entries_among, matrix_of, vector_of
from chainrule.inference.gathered import Gathered, Resolved
from chainrule.inference.statements import Definition
from chainrule.inference.symbols import Symbol, entry_position, span_text
from chainrule.syntax.tree import Bracket, Matrix, Tree


def implied_lists(found: Gathered) -> list[Resolved]:
    """`z = [z_1, z_2]` where z_1, z_2 are defined or given and z is used but nowhere defined."""
    own = {e.name for e in found.equations} | found.givens.keys() | found.broken.keys()
    used = dict.fromkeys(name for e in found.equations for name in e.mentions if name not in own)
    unknown = (name for name in used if name not in found.reader.defined or name in found.declarations)
    lists = ((name, _array(name, found.reader.defined, found.declarations)) for name in unknown)
    return [_resolved(found, name, body) for name, body in lists if body is not None]


def _array(name: Tree, known: Iterable[Tree], declared: Mapping[Tree, Declaration]) -> Bracket | Matrix | None:
    """The list or the matrix of the entries of a name; None where some are missing, or are not those of its declared shape."""
    entries = entries_among(known, name)
    array = vector_of(name, entries) or matrix_of(entries)
    if isinstance(array, Bracket) and any(max(entry_position(e.items) or ()) > len(array.items) for e in entries):
        return None
    if array is None or name not in declared:
        return array
    shape = [size.number for size in declared[name].dimensions]
    rows = [len(array.rows), len(array.rows[0])] if isinstance(array, Matrix) else [len(array.items)]
    fits = len(shape) == len(rows) and all(size in (None, length) for size, length in zip(shape, rows, strict=True))
    return array if fits else None


def _resolved(found: Gathered, name: Tree, body: Bracket | Matrix) -> Resolved:
    rows = body.rows if isinstance(body, Matrix) else (body.items,)
    kind = "matrix" if isinstance(body, Matrix) else "list"
    message = f"{span_text(name.span)} is read as the {kind} of its {sum(map(len, rows))} entries"
    found.reader.note("implied-list", message, name)
    symbols = tuple(tuple(map(Symbol, row)) for row in rows)
    resolved = Matrix(symbols) if isinstance(body, Matrix) else Bracket("[", symbols[0])
    return Resolved(name, resolved, Definition(name, None, body, name.span))
