"""The largest and the smallest entry of every row of a matrix."""

from typing import Any

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation
from chainrule.ops.properties import WHOLE
from chainrule.syntax.tree import Name

Rows = tuple[tuple[float, ...], ...]


def largest_of_rows(matrix: Node) -> Node:
    """(m, n) -> (m)."""
    return build.apply(ROWMAX, matrix)


def smallest_of_rows(matrix: Node) -> Node:
    """(m, n) -> (m)."""
    return build.apply(ROWMIN, matrix)


def _entries_apart(x: Node) -> Node:
    """(m, n, n): the differences of the entries of each row, one on the diagonal; zero where two entries are equal."""
    extents = dict(enumerate((*x.shape, x.shape[1])))
    return build.add(
        build.contract([x], [(0, 1)], (0, 1, 2), extents),
        build.scale(-1, build.contract([x], [(0, 2)], (0, 1, 2), extents)),
        build.contract([], [], (0, 1, 1), {0: x.shape[0], 1: x.shape[1]}),
    )


def _extreme(name: str, position: str, words: str, example: tuple[float, ...], places: Rows) -> tuple[Operation, Operation]:
    """The extreme entry of each row, and the operation that is one at the first of them in its row and zero elsewhere."""

    def place(xp: Any, x: Any) -> Any:
        found = getattr(xp, position)(x.real, axis=1)
        return (xp.arange(x.shape[1]) == found[:, None]) * 1.0

    def value(xp: Any, x: Any) -> Any:
        return xp.sum(xp.where(place(xp, x) > 0, x, 0.0), axis=1)

    def pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
        return build.contract([y_bar, build.apply(indicator, arguments[0])], [(0,), (0, 1)], (0, 1))

    indicator = Operation(
        name=f"rowhard{name}",
        arguments=("X",),
        signature="m,n -> m,n",
        because=f"Which entry of a row is the {words} does not change with a small step: the derivative is zero.",
        value=place,
        pullbacks=(None,),
        spellings=(f"rowhard{name}",),
        function=Name(f"rowhard{name}"),
        numpy=lambda x: f"_rowhard{name}({x})",
        numpy_helpers=f'''
def _rowhard{name}(x):
    """One at the first {words} entry of each row, zero elsewhere."""
    x = np.asarray(x)
    return 1.0 * (np.arange(x.shape[1]) == np.{position}(x, axis=1)[:, None])
''',
        kink=_entries_apart,
        at_kink=f"of several {words} entries of a row the first one counts",
        properties=WHOLE,
        source="ONNX operators, Hardmax",
        example=(f"rowhard{name}([[3, 4], [12, 5]])", places),
    )
    entries = Operation(
        name=f"row{name}",
        arguments=("X",),
        signature="m,n -> m",
        because=f"Only the {words} entry of a row passes the derivative on; of several it is the first.",
        value=value,
        pullbacks=(pullback,),
        spellings=(f"row{name}",),
        function=Name(f"row{name}"),
        numpy=lambda x: f"np.{name}({x}, axis=1)",
        kink=_entries_apart,
        at_kink=f"of several {words} entries of a row the first one counts",
        properties=WHOLE,
        source="Boyd and Vandenberghe, Subgradients (lecture notes), section 2",
        example=(f"row{name}([[3, 4], [12, 5]])", example),
    )
    return entries, indicator


ROWMAX, ROWHARDMAX = _extreme("max", "argmax", "largest", (4.0, 12.0), ((0.0, 1.0), (1.0, 0.0)))
ROWMIN, ROWHARDMIN = _extreme("min", "argmin", "smallest", (3.0, 5.0), ((1.0, 0.0), (0.0, 1.0)))
