"""The exponential, the sine and the cosine of a square matrix by their power series, which are not those of its entries."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from chainrule.errors import EvaluationError
from chainrule.graph import build
from chainrule.graph.node import Contract, Node
from chainrule.graph.operation import Operation, Property
from chainrule.ops.properties import WHOLE
from chainrule.syntax.tree import Name, Prime

COEFFICIENTS = (
    64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600, 670442572800,
    33522128640, 1323241920, 40840800, 960960, 16380, 182, 1,
)  # fmt: skip
"""Of the numerator of the Padé approximant [13/13] of exp, lowest power first."""

LARGEST_NORM = 5.37
"""Up to this 1-norm the approximant is exact to double precision; larger matrices are halved before."""

MOST_ENTRIES = 10**6


@dataclass(frozen=True, eq=False)
class MatrixFunction:
    """A power series of a square matrix.

    value: (array namespace, matrix) -> matrix. slope: the derivative of the series, for a scalar and so for a trace.
    code: the text of `_name(x)`. source, because: as of an Operation.
    """

    name: str
    value: Callable[[Any, Any], Any]
    slope: Callable[[Node], Node]
    code: str
    at_zero: tuple[tuple[float, ...], ...]
    source: str = "Higham, Functions of Matrices, 3.2 and chapters 10 and 12"

    @property
    def because(self) -> str:
        block = f"{self.name} of [[X, E], [0, X]] has the derivative in the direction E in its upper right corner."
        return f"{block} The gradient of the trace is the transpose of the derivative of the series."


def matrix_exponential(matrix: Node) -> Node:
    """(n, n) -> (n, n)."""
    return build.apply(EXPM, matrix)


def matrix_sine(matrix: Node) -> Node:
    """(n, n) -> (n, n)."""
    return build.apply(SINM, matrix)


def matrix_cosine(matrix: Node) -> Node:
    """(n, n) -> (n, n)."""
    return build.apply(COSM, matrix)


def _expm_value(xp: Any, x: Any) -> Any:
    size = float(xp.max(xp.sum(xp.abs(x), axis=0)))
    if not xp.isfinite(size):
        return xp.full_like(x, xp.nan)
    halvings = max(0, int(xp.ceil(xp.log2(max(size, 1e-300) / LARGEST_NORM))))
    x = x / 2.0**halvings
    power, even, odd = xp.eye(len(x)), 0.0, 0.0
    for c_even, c_odd in zip(COEFFICIENTS[::2], COEFFICIENTS[1::2], strict=True):
        even, odd = even + c_even * power, odd + c_odd * power
        power = power @ x @ x
    odd = x @ odd
    result = xp.linalg.solve(even - odd, even + odd)
    for _ in range(halvings):
        result = result @ result
    return result


def _turning(xp: Any, x: Any) -> Any:
    """exp([[0, -X], [X, 0]]) = [[cos X, -sin X], [sin X, cos X]]."""
    zero = xp.zeros_like(x)
    return _expm_value(xp, xp.block([[zero, -x], [x, zero]]))


def _sinm_value(xp: Any, x: Any) -> Any:
    return _turning(xp, x)[len(x) :, : len(x)]


def _cosm_value(xp: Any, x: Any) -> Any:
    return _turning(xp, x)[: len(x), : len(x)]


def _derivative_value(xp: Any, x: Any, function: MatrixFunction, order: int) -> Any:
    """(n, n, n, n, ...): entry i, j differentiated by entry k, l, and so on, each from the corner of a block matrix."""
    n = len(x)
    if n ** (2 + 2 * order) > MOST_ENTRIES:
        raise EvaluationError("too-large", f"the derivative of {function.name} of a {n} x {n} matrix has too many entries")
    result = xp.zeros((n, n) + (n, n) * order, dtype=x.dtype)
    for places in product(product(range(n), repeat=2), repeat=order):
        block = x
        for k, place in enumerate(places):
            direction = xp.zeros((n, n))
            direction[place] = 1.0
            corner = xp.kron(xp.eye(2**k), direction)
            block = xp.block([[block, corner], [xp.zeros_like(block), block]])
        result[(slice(None), slice(None), *(i for place in places for i in place))] = function.value(xp, block)[:n, -n:]
    return result


@cache
def derivative(name: str, order: int) -> Operation:
    """The derivative of that order, (n, n) -> (n, n, n, n, ...): output dimensions, then input dimensions."""
    indices = ",".join("n" * (2 + 2 * order))
    function = FUNCTIONS[name]

    def pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
        if order == 0 and _is_multiple_of_identity(y_bar):
            return _turned(y_bar, y if name == "expm" else function.slope(arguments[0]))
        above = build.apply(derivative(name, order + 1), *arguments)
        axes = range(len(above.shape))
        return build.contract([above, y_bar], [axes, axes[:-2]], axes[-2:])

    def value(xp: Any, x: Any) -> Any:
        return _derivative_value(xp, x, function, order) if order else function.value(xp, x)

    return Operation(
        name=name + "'" * order,
        arguments=("X",),
        signature=f"n,n -> {indices}",
        because=function.because,
        value=value,
        pullbacks=(pullback,),
        spellings=(name,) if not order else (),
        function=Prime(Name(name), order) if order else Name(name),
        numpy=(lambda x: f"_{name}_derivative({x}, {order})") if order else (lambda x: f"_{name}({x})"),
        numpy_helpers=function.code + (DERIVATIVE_CODE.replace("NAME", name) if order else ""),
        domain=((-0.5, 0.5),),
        properties=WHOLE | {Property.TURNS} if not order else WHOLE,
        source=function.source,
        example=(f"{name}([[0, 0], [0, 0]])", function.at_zero) if not order else None,
        made_by=(derivative, (name, order)) if order else None,
    )


def _is_multiple_of_identity(node: Node) -> bool:
    _, rest = build.split_coefficient(node)
    return isinstance(rest, Contract) and rest.output == (0, 0) and not any(rest.indices)


def _turned(y_bar: Node, slope: Node) -> Node:
    """For an upstream gradient c I, as of a trace: c times the transposed derivative of the series."""
    return build.contract([y_bar, slope], [(0, 1), (2, 1)], (0, 2))


EXPM_CODE = f'''
def _expm(x):
    """The exponential of a square matrix: Padé approximant [13/13] after halving, then squarings."""
    size = np.max(np.sum(np.abs(x), axis=0))
    halvings = max(0, int(np.ceil(np.log2(max(size, 1e-300) / {LARGEST_NORM}))))
    x = x / 2.0**halvings
    coefficients = {[float(c) for c in COEFFICIENTS]}
    power, even, odd = np.eye(len(x)), 0.0, 0.0
    for k in range(0, 14, 2):
        even, odd = even + coefficients[k] * power, odd + coefficients[k + 1] * power
        power = power @ x @ x
    odd = x @ odd
    result = np.linalg.solve(even - odd, even + odd)
    for _ in range(halvings):
        result = result @ result
    return result
'''

DERIVATIVE_CODE = '''

def _NAME_derivative(x, order):
    """The array of derivatives of a function of matrices, from the corners of block matrices."""
    n = len(x)
    result = np.zeros((n, n) + (n, n) * order)
    for places in np.ndindex(*(n, n) * order):
        block = x
        for k in range(order):
            direction = np.zeros((n, n))
            direction[places[2 * k : 2 * k + 2]] = 1.0
            corner = np.kron(np.eye(2**k), direction)
            block = np.block([[block, corner], [np.zeros_like(block), block]])
        result[(slice(None), slice(None), *places)] = _NAME(block)[:n, -n:]
    return result
'''

TURNING_CODE = (
    EXPM_CODE
    + '''

def _turning(x):
    """The exponential of [[0, -X], [X, 0]], which is [[cos X, -sin X], [sin X, cos X]]."""
    zero = np.zeros_like(x)
    return _expm(np.block([[zero, -x], [x, zero]]))
'''
)

SINM_CODE = (
    TURNING_CODE
    + '''

def _sinm(x):
    """The sine of a square matrix."""
    x = np.asarray(x, dtype=float)
    return _turning(x)[len(x):, :len(x)]
'''
)

COSM_CODE = (
    TURNING_CODE
    + '''

def _cosm(x):
    """The cosine of a square matrix."""
    x = np.asarray(x, dtype=float)
    return _turning(x)[:len(x), :len(x)]
'''
)

IDENTITY, ZERO = ((1.0, 0.0), (0.0, 1.0)), ((0.0, 0.0), (0.0, 0.0))

FUNCTIONS = {
    function.name: function
    for function in (
        MatrixFunction("expm", _expm_value, matrix_exponential, EXPM_CODE, IDENTITY),
        MatrixFunction("sinm", _sinm_value, matrix_cosine, SINM_CODE, ZERO),
        MatrixFunction("cosm", _cosm_value, lambda matrix: build.scale(-1, matrix_sine(matrix)), COSM_CODE, IDENTITY),
    )
}

EXPM, SINM, COSM = (derivative(name, 0) for name in FUNCTIONS)
