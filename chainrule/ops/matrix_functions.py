"""The exponential, the sine and the cosine of a square matrix by their power series, which are not those of its entries.

The derivative of f at X along E, the Fréchet derivative, is written f'(X, E): linear in E, and f'(X) E where X and E commute.
The gradient of <U, f(X)> is f'(X^T, U) (Higham, Functions of Matrices, 3.2).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from chainrule.graph import build
from chainrule.graph.node import Apply, Node
from chainrule.graph.operation import Operation, Property, Pullback, Pushforward
from chainrule.ops.commuting import commutes
from chainrule.ops.matrix_series import (
    COSM_CODE,
    DERIVATIVE_CODE,
    EXPM_CODE,
    SINM_CODE,
    along_value,
    cosm_value,
    every_value,
    expm_value,
    sinm_value,
)
from chainrule.ops.properties import WHOLE
from chainrule.syntax.tree import Name, Prime

IDENTITY, ZERO = ((1.0, 0.0), (0.0, 1.0)), ((0.0, 0.0), (0.0, 0.0))
BLOCK = "f of [[X, E], [0, X]] has the derivative along E in its upper right corner."


@dataclass(frozen=True, eq=False)
class MatrixFunction:
    """A power series of a square matrix.

    value: (array namespace, matrix) -> matrix. slope: the coefficient and the name of the series that is its derivative.
    code: the text of `_name(x)`. at_zero: of a zero matrix.
    """

    name: str
    value: Callable[[Any, Any], Any]
    slope: tuple[int, str]
    code: str
    at_zero: tuple[tuple[float, ...], ...]
    source: str = "Higham, Functions of Matrices, 3.2 and chapters 10 and 12"


FUNCTIONS = {
    function.name: function
    for function in (
        MatrixFunction("expm", expm_value, (1, "expm"), EXPM_CODE, IDENTITY),
        MatrixFunction("sinm", sinm_value, (1, "cosm"), SINM_CODE, ZERO),
        MatrixFunction("cosm", cosm_value, (-1, "sinm"), COSM_CODE, IDENTITY),
    )
}


def matrix_exponential(matrix: Node) -> Node:
    """(n, n) -> (n, n)."""
    return build.apply(EXPM, matrix)


def matrix_sine(matrix: Node) -> Node:
    """(n, n) -> (n, n)."""
    return build.apply(SINM, matrix)


def matrix_cosine(matrix: Node) -> Node:
    """(n, n) -> (n, n)."""
    return build.apply(COSM, matrix)


@cache
def along(name: str, order: int) -> Operation:
    """The derivative of that order along as many directions, (n, n), (n, n), ... -> (n, n); of order 0 the function itself."""
    function = FUNCTIONS[name]
    names = ("X", *(("E",) if order == 1 else (f"E_{k + 1}" for k in range(order))))

    def value(xp: Any, x: Any, *directions: Any) -> Any:
        return along_value(xp, function.value, x, *directions) if order else function.value(xp, x)

    def definition(matrix: Node, *directions: Node) -> Node:
        every = build.apply(by_entries(name, order), matrix)
        pairs = [(2 * k + 2, 2 * k + 3) for k in range(order)]
        return build.contract([every, *directions], [range(2 * order + 2), *pairs], (0, 1))

    def numpy(x: str, *directions: str) -> str:
        return f"_{name}_along({', '.join((x, *directions))})" if order else f"_{name}({x})"

    whole = f"The derivative of {name} at X along E: {BLOCK} Its gradient is the derivative at the transpose of X"
    return Operation(
        name=name + "'" * order + "(X, E)" * bool(order),
        arguments=names,
        signature=" ".join(["n,n"] * (1 + order)) + " -> n,n",
        because=f"{whole}, along the upstream gradient.",
        value=value,
        definition=definition if order else None,
        pullbacks=tuple(_pullback(name, order, k) for k in range(1 + order)),
        pushforwards=tuple(_pushforward(name, order, k) for k in range(1 + order)),
        spellings=(name,) if not order else (),
        function=Prime(Name(name), order) if order else Name(name),
        numpy=numpy,
        numpy_helpers=function.code + (DERIVATIVE_CODE.replace("NAME", name) if order else ""),
        domain=((-0.5, 0.5),),
        properties=WHOLE | ({Property.TURNS} if order else {Property.TURNS, Property.SERIES}),
        source=function.source,
        example=(f"{name}([[0, 0], [0, 0]])", function.at_zero) if not order else None,
        primed=partial(along, name) if not order else None,
        made_by=(along, (name, order)) if order else None,
    )


def _pullback(name: str, order: int, k: int) -> Pullback:
    """Of the matrix (k = 0) or of a direction: the same at the transposes, the upstream gradient a direction."""

    def rule(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
        matrix, *directions = arguments
        if order == 0 and commutes(y_bar, build.transpose(matrix)):
            return build.matmul(y_bar, build.transpose(_slope(name, y, matrix)))
        turned = [build.transpose(each) for each in directions]
        if k:
            turned[k - 1] = y_bar
        else:
            turned.append(y_bar)
        return build.apply(along(name, len(turned)), build.transpose(matrix), *turned)

    return rule


def _pushforward(name: str, order: int, k: int) -> Pushforward:
    def rule(tangent: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
        matrix, *directions = arguments
        if order == 0 and commutes(tangent, matrix):
            return build.matmul(tangent, _slope(name, y, matrix))
        if k:
            directions[k - 1] = tangent
        else:
            directions.append(tangent)
        return build.apply(along(name, len(directions)), matrix, *directions)

    return rule


def _slope(name: str, result: Node, matrix: Node) -> Node:
    """The derivative of the series at the matrix, by the name of its value where the exponential has one."""
    coefficient, slope = FUNCTIONS[name].slope
    return result if slope == name else build.scale(coefficient, build.apply(along(slope, 0), matrix))


def directions_of(node: Node) -> tuple[Node, ...]:
    """E of f'(X, E), E and F of f''(X, E, F); none of any other node."""
    made_by = node.operation.made_by if isinstance(node, Apply) else None
    return node.arguments[1:] if isinstance(node, Apply) and made_by is not None and made_by[0] is along else ()


def has_all_directions(node: Apply) -> bool:
    """Is this the array of all derivatives of some order?"""
    return node.operation.made_by is not None and node.operation.made_by[0] is by_entries


def with_commuting_direction(node: Node) -> Node | None:
    """f'(X) E for f'(X, E) where E commutes with X, and with the other directions; None where none does."""
    directions = directions_of(node)
    if not directions or not isinstance(node, Apply) or node.operation.made_by is None:
        return None
    name, order = node.operation.made_by[1]
    matrix = node.arguments[0]
    coefficient, slope = FUNCTIONS[name].slope
    for k, direction in enumerate(directions):
        others = directions[:k] + directions[k + 1 :]
        if all(commutes(direction, other) for other in (matrix, *others)):
            rest = build.apply(along(slope, order - 1), matrix, *others)
            return build.scale(coefficient, build.matmul(direction, rest))
    return None


@cache
def by_entries(name: str, order: int) -> Operation:
    """The array of all derivatives of that order, (n, n) -> (n, n, n, n, ...): output dimensions, then input dimensions."""
    function = FUNCTIONS[name]

    def along_directions(arguments: tuple[Node, ...], directions: Sequence[Node]) -> Node:
        return build.apply(along(name, order), *arguments, *directions)

    def pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
        above = build.apply(by_entries(name, order + 1), *arguments)
        axes = range(len(above.shape))
        return build.contract([above, y_bar], [axes, axes[:-2]], axes[-2:])

    return Operation(
        name=name + "'" * order,
        arguments=("X",),
        signature=f"n,n -> {','.join('n' * (2 + 2 * order))}",
        because=f"The array of the derivatives of {name} by the entries of X: {BLOCK}",
        value=lambda xp, x: every_value(xp, function.value, x, order),
        pullbacks=(pullback,),
        function=Prime(Name(name), order),
        numpy=lambda x: f"_{name}_derivative({x}, {order})",
        numpy_helpers=function.code + DERIVATIVE_CODE.replace("NAME", name),
        domain=((-0.5, 0.5),),
        properties=WHOLE,
        source=function.source,
        along=along_directions,
        made_by=(by_entries, (name, order)),
    )


EXPM, SINM, COSM = (along(name, 0) for name in FUNCTIONS)
