"""Inverse, pseudoinverse, determinant and its logarithm. A matrix that has none of them evaluates to nan, as log(-1) does."""

from fractions import Fraction
from typing import Any

from chainrule.errors import ShapeError
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation, Property
from chainrule.ops.arithmetic import reciprocal
from chainrule.ops.construction import Construction
from chainrule.ops.properties import WHOLE
from chainrule.ops.reduction import norm
from chainrule.syntax.tree import Call, Name, Number, Sum, Superscript, Tree

TOP = Name("\\top")
ONE = Number(Fraction(1))


def inverse(matrix: Node) -> Node:
    """(n, n) -> (n, n). The matrix inverse."""
    return build.apply(INVERSE, matrix)


def determinant(matrix: Node) -> Node:
    """(n, n) -> scalar."""
    return build.apply(DET, matrix)


def log_determinant(matrix: Node) -> Node:
    """(n, n) -> scalar. The logarithm of a determinant that is positive."""
    return build.apply(LOGDET, matrix)


def solve(matrix: Node, right: Node) -> Node:
    """(n, n), (n, ...) -> (n, ...). The solution x of A x = b: the inverse of A times b.

    Raises ShapeError where b is a scalar or its first dimension is another.
    """
    if not right.shape:
        raise ShapeError("argument-rank", "solve wants its argument b to be a vector or a matrix; it is a scalar")
    return build.matmul(inverse(matrix), right)


def adjugate(matrix: Node) -> Node:
    """(n, n) -> (n, n). The transposed cofactors, of an invertible matrix: its determinant times its inverse."""
    return build.multiply(determinant(matrix), inverse(matrix))


def _regularity(matrix: Node) -> Node:
    """10^4 over the condition number, in the norm of the entries: near a singular matrix a value has no digits."""
    return build.scale(10**4, reciprocal(build.multiply(norm(matrix), norm(inverse(matrix)))))


def matrix_power(matrix: Node, exponent: int) -> Node:
    """(n, n) -> (n, n). A A ... A; for a negative exponent the power of the inverse, for zero the identity."""
    if exponent < 0:
        return matrix_power(inverse(matrix), -exponent)
    length = matrix.shape[0]
    result = build.contract([], [], (0, 0), {0: length}) if exponent == 0 else matrix
    for _ in range(exponent - 1):
        result = build.matmul(result, matrix)
    return result


def _inverse_value(xp: Any, x: Any) -> Any:
    try:
        return xp.linalg.inv(x)
    except xp.linalg.LinAlgError:
        return xp.full_like(x, xp.nan)


def _logdet_value(xp: Any, x: Any) -> Any:
    sign, size = xp.linalg.slogdet(x)
    if not sign.real > 0:
        return xp.float64(xp.nan)
    return size + xp.log(sign) if xp.iscomplexobj(sign) else size


def _inverse_pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    """- Y^T y_bar Y^T."""
    return build.scale(-1, build.contract([y, y_bar, y], [(0, 2), (0, 1), (3, 1)], (2, 3)))


def _product(*matrices: Node) -> Node:
    first, *rest = matrices
    for matrix in rest:
        first = build.matmul(first, matrix)
    return first


def _pinv_value(xp: Any, x: Any) -> Any:
    if not xp.iscomplexobj(x):
        return xp.linalg.pinv(x)
    # No conjugates, so that it is analytic where the rank is full.
    turned = x.T
    return _inverse_value(xp, turned @ x) @ turned if len(x) >= len(turned) else turned @ _inverse_value(xp, x @ turned)


def _pinv_pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    """- Y^T y_bar Y^T + (I - X Y) y_bar^T Y Y^T + Y^T Y y_bar^T (I - Y X)."""
    (x,) = arguments
    turned, above = build.transpose(y), build.transpose(y_bar)
    left, right = _product(above, y, turned), _product(turned, y, above)
    return build.add(
        build.scale(-1, _product(turned, y_bar, turned)),
        build.subtract(left, _product(x, y, left)),
        build.subtract(right, _product(right, y, x)),
    )


def _det_pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return build.multiply(y_bar, y, build.transpose(inverse(arguments[0])))


def _logdet_pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return build.multiply(y_bar, build.transpose(inverse(arguments[0])))


def _inverse_tree(x: Tree) -> Tree:
    r"""`X^{-1}`, and `X^{-\top}` for the inverse of a transpose."""
    if isinstance(x, Superscript) and x.exponent == TOP:
        return Superscript(x.base, Sum((-1,), (TOP,)))
    return Superscript(x, Sum((-1,), (ONE,)))


INVERSE = Operation(
    name="inverse",
    arguments=("X",),
    signature="n,n -> n,n",
    because="X X^{-1} = I gives d(X^{-1}) = -X^{-1} dX X^{-1}: the upstream gradient stands between -X^{-T} and X^{-T}.",
    value=_inverse_value,
    margin=_regularity,
    pullbacks=(_inverse_pullback,),
    spellings=("inv",),
    function=Name("inv"),
    tree=_inverse_tree,
    turned=_inverse_tree,
    numpy=lambda x: f"np.linalg.inv({x})",
    properties=WHOLE | {Property.TURNS, Property.INVOLUTION, Property.RECIPROCAL, Property.SERIES},
    source="Petersen and Pedersen, The Matrix Cookbook, 40 and 59; Giles, 2008, 2.2.3",
    example=("inv([[2, 1], [1, 1]])", ((1.0, -1.0), (-1.0, 2.0))),
)

DET = Operation(
    name="det",
    arguments=("X",),
    signature="n,n -> .",
    because="Jacobi's formula: the gradient of the determinant is the determinant times the transposed inverse.",
    value=lambda xp, x: xp.linalg.det(x),
    margin=_regularity,
    pullbacks=(_det_pullback,),
    spellings=("det",),
    function=Name("det"),
    numpy=lambda x: f"np.linalg.det({x})",
    properties=WHOLE | {Property.SAME_TURNED},
    source="Petersen and Pedersen, The Matrix Cookbook, 49; Giles, 2008, 2.2.4",
    example=("det([[1, 2], [3, 4]])", -2.0),
)

LOGDET = Operation(
    name="logdet",
    arguments=("X",),
    signature="n,n -> .",
    because="The gradient of the logarithm of the determinant is the transposed inverse.",
    value=_logdet_value,
    margin=_regularity,
    pullbacks=(_logdet_pullback,),
    spellings=("logdet",),
    function=Name("logdet"),
    tree=lambda x: Call(Name("log"), (Call(Name("det"), (x,)),)),
    numpy=lambda x: f"_logdet({x})",
    numpy_helpers='''
def _logdet(x):
    """The logarithm of a positive determinant, without the determinant itself, which may overflow."""
    sign, size = np.linalg.slogdet(x)
    return size if sign > 0 else np.nan
''',
    properties=WHOLE | {Property.SAME_TURNED},
    source="Petersen and Pedersen, The Matrix Cookbook, 57; Boyd and Vandenberghe, Convex Optimization, A.4.1",
    example=("logdet([[2, 1], [1, 1]])", 0.0),
)

PINV = Operation(
    name="pinv",
    arguments=("X",),
    signature="m,n -> n,m",
    because="The derivative of the pseudoinverse at constant rank has three terms (Golub and Pereyra): the first is that of "
    "the inverse, the others are zero for an invertible matrix.",
    value=_pinv_value,
    pullbacks=(_pinv_pullback,),
    spellings=("pinv",),
    function=Name("pinv"),
    turned=lambda x: Call(Name("pinv"), (x,)),
    numpy=lambda x: f"np.linalg.pinv({x})",
    properties=WHOLE | {Property.TURNS, Property.INVOLUTION},
    source="Golub and Pereyra, The Differentiation of Pseudo-Inverses, 1973, 4.12",
    example=("pinv([[3], [4]])", ((0.12, 0.16),)),
)

ADJUGATE = Construction(
    name="adjugate",
    arguments=("X",),
    signature="n,n -> n,n",
    build=adjugate,
    spellings=("adj", "adjugate"),
    example=("adj([[1, 2], [3, 4]])", ((4.0, -2.0), (-3.0, 1.0))),
)

COFACTORS = Construction(
    name="cofactors",
    arguments=("X",),
    signature="n,n -> n,n",
    build=lambda matrix: build.transpose(adjugate(matrix)),
    spellings=("cof", "cofactor", "cofactors"),
    example=("cof([[1, 2], [3, 4]])", ((4.0, -3.0), (-2.0, 1.0))),
)

SOLVE = Construction(
    name="solve",
    arguments=("A", "b"),
    signature="n,n S -> S",
    build=solve,
    spellings=("solve",),
    example=("solve([[2, 0], [0, 4]], [2, 8])", (1.0, 2.0)),
)
