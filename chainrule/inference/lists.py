r"""Lists and matrices whose entries may be arrays: `[w_1, w_2]`, `[h_{t-1}, x_t]`, `[h; x]`, block matrices.

Scalars and vectors side by side in a list are one vector, vectors in a row of a matrix are its columns, transposed
vectors below each other are its rows, and matrices are put beside and below each other as they stand.
"""

from typing import TYPE_CHECKING, TypeGuard

from chainrule.errors import SyntaxFault
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.inference.literals import FLAT, Rows, rows_of
from chainrule.inference.ranks import ANY, EQUAL, MATRIX, ROW, SCALAR, VECTOR, Table, Unknown
from chainrule.inference.symbols import Symbol, span_text
from chainrule.ops.joining import concatenate, concatenate_columns
from chainrule.syntax.tree import Bracket, Matrix, Tree

if TYPE_CHECKING:
    from chainrule.inference.constrain import Typing
    from chainrule.inference.elaborate import Elaborator

GROUPED: Table = EQUAL | {(SCALAR, VECTOR), (SCALAR, MATRIX)}
"""`[a]`: a bracket around a, or a list of one entry."""
IN_LIST: Table = frozenset({(SCALAR, VECTOR), (VECTOR, VECTOR), (ROW, MATRIX), (MATRIX, MATRIX)})
"""An entry of a list or of one column, and the whole."""
IN_ROW: Table = frozenset({(SCALAR, VECTOR), (SCALAR, MATRIX), (VECTOR, MATRIX), (MATRIX, MATRIX)})
"""An entry of a bracket of one row, and the whole."""
IN_BLOCKS: Table = frozenset((kind, MATRIX) for kind in ANY)


def constrain_list(typing: "Typing", tree: Bracket | Matrix, own: Unknown) -> None:
    """The constraints between the entries of a list or matrix and the whole. Raises SyntaxFault for sets and the like."""
    if _is_group(tree):
        typing.require(GROUPED, tree.items, own, tree)
        return
    rows, kinds = _rows(tree)
    if len(rows) == 1 and len(rows[0]) == 1:
        typing.only(typing.constrain(rows[0][0]), (SCALAR,), rows[0][0])
        typing.only(own, tuple(kinds), tree)
        return
    table = IN_LIST if len(rows[0]) == 1 else IN_ROW if len(rows) == 1 else IN_BLOCKS
    if kinds == FLAT:
        typing.flat.append(own)
        table |= {(SCALAR, MATRIX)}
    for row in rows:
        for entry in row:
            typing.require(table, (entry,), own, tree)


def list_node(elaborator: "Elaborator", tree: Bracket | Matrix) -> Node:
    """The node of a list or matrix. Raises ShapeError where its entries do not go together."""
    kind = elaborator.typing.kind
    if _is_group(tree) and kind(tree.items[0]) == kind(tree):
        return elaborator.node(tree.items[0])
    rows = ((tree.items[0],),) if _is_group(tree) else _rows(tree)[0]
    nodes = [[elaborator.node(entry) for entry in row] for row in rows]
    found = {kind(entry) for row in rows for entry in row}
    if kind(tree) == SCALAR:
        return nodes[0][0]
    if found == {SCALAR} and kind(tree) == MATRIX:
        return build.stack([build.stack(row) for row in nodes])
    if found == {SCALAR}:
        return build.stack([entry for row in nodes for entry in row])
    if kind(tree) == VECTOR:
        return concatenate([entry for row in nodes for entry in row])
    if isinstance(tree, Bracket) and ";" not in tree.separators and found == {MATRIX} and len(rows[0]) == 1:
        return concatenate_columns([entry for row in nodes for entry in row])
    oriented = [
        [_block(node, kind(entry)) for entry, node in zip(row, made, strict=True)]
        for row, made in zip(rows, nodes, strict=True)
    ]
    beside = [row[0] if len(row) == 1 else concatenate_columns(row) for row in oriented]
    return beside[0] if len(beside) == 1 else concatenate(beside)


def column_of(tree: Tree) -> list[Tree]:
    """The names in a list or in a matrix of one column that has nothing but names in it; none for any other tree."""
    if not isinstance(tree, Bracket | Matrix) or (isinstance(tree, Bracket) and _is_group(tree)):
        return []
    rows, _ = _rows(tree)
    names = [entry.name for row in rows for entry in row if isinstance(entry, Symbol)]
    return names if len(rows) == len(names) > 1 else []


def _block(node: Node, kind: str) -> Node:
    """A block as a matrix: a scalar (1, 1), a row (1, n), a column (n, 1)."""
    if kind == SCALAR:
        return build.stack([build.stack([node])])
    if kind == VECTOR:
        return build.transpose(build.stack([node]))
    return build.stack([node]) if kind == ROW else node


def _is_group(tree: Bracket | Matrix) -> TypeGuard[Bracket]:
    return isinstance(tree, Bracket) and len(tree.items) == 1 and not isinstance(tree.items[0], Bracket)


def _rows(tree: Bracket | Matrix) -> tuple[Rows, frozenset[str]]:
    table = rows_of(tree)
    if table is None:
        raise SyntaxFault("unreadable-list", f"chainrule cannot compute with {span_text(tree.span)}", tree.span)
    return table
