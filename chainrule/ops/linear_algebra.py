"""Words of linear algebra that are contractions: trace, diagonals, inner and outer product."""

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.ops.construction import Construction


def trace(matrix: Node) -> Node:
    """(n, n) -> scalar. The sum of the diagonal."""
    return build.contract([matrix], [(0, 0)], ())


def diag(vector: Node) -> Node:
    """(n) -> (n, n). The matrix with the vector on its diagonal."""
    return build.contract([vector], [(0,)], (0, 0))


def diagonal(matrix: Node) -> Node:
    """(n, n) -> (n). The diagonal of a matrix."""
    return build.contract([matrix], [(0, 0)], (0,))


TRACE = Construction("trace", ("matrix",), "n,n -> ", trace, ("tr", "Tr", "trace"), example=("trace([[1, 2], [3, 4]])", 5.0))
DIAG = Construction("diag", ("vector",), "n -> n,n", diag, ("diag",), example=("diag([2, 3])", ((2.0, 0.0), (0.0, 3.0))))
DIAGONAL = Construction(
    "diagonal", ("matrix",), "n,n -> n", diagonal, ("diagonal",), example=("diagonal([[1, 2], [3, 4]])", (1.0, 4.0))
)
INNER = Construction("inner", ("a", "b"), "S S -> .", build.inner, ("inner",), example=("inner([1, 2], [3, 4])", 11.0))
OUTER = Construction(
    "outer", ("a", "b"), "m n -> m,n", build.outer, ("outer",), example=("outer([1, 2], [3, 4])", ((3.0, 4.0), (6.0, 8.0)))
)
