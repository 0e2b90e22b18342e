"""The exponential, the sine and the cosine of a square matrix and their derivatives as numbers, and the code of the same.

The derivatives stand in the corners of larger matrices: f of [[X, E], [0, X]] has the derivative of f along E in its upper
right corner, and so on for more directions (Higham, Functions of Matrices, 3.2; Mathias, A Chain Rule for Matrix Functions,
1996).
"""

from collections.abc import Callable
from itertools import product
from typing import Any

from chainrule.errors import EvaluationError

COEFFICIENTS = (
    64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600, 670442572800,
    33522128640, 1323241920, 40840800, 960960, 16380, 182, 1,
)  # fmt: skip
"""Of the numerator of the Padé approximant [13/13] of exp, lowest power first."""

LARGEST_NORM = 5.37
"""Up to this 1-norm the approximant is exact to double precision; larger matrices are halved before."""

MOST_ENTRIES = 10**6


def expm_value(xp: Any, x: Any) -> Any:
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
    return expm_value(xp, xp.block([[zero, -x], [x, zero]]))


def sinm_value(xp: Any, x: Any) -> Any:
    return _turning(xp, x)[len(x) :, : len(x)]


def cosm_value(xp: Any, x: Any) -> Any:
    return _turning(xp, x)[: len(x), : len(x)]


def along_value(xp: Any, value: Callable[[Any, Any], Any], x: Any, *directions: Any) -> Any:
    """(n, n), directions (n, n) -> (n, n): the derivative of the function along each of them, one after the other."""
    n = len(x)
    if (n << len(directions)) ** 2 > MOST_ENTRIES:
        message = f"a derivative of order {len(directions)} of a {n} x {n} matrix takes too many entries"
        raise EvaluationError("too-large", message)
    block = x
    for k, direction in enumerate(directions):
        corner = xp.kron(xp.eye(2**k), direction)
        block = xp.block([[block, corner], [xp.zeros_like(block), block]])
    return value(xp, block)[:n, -n:]


def every_value(xp: Any, value: Callable[[Any, Any], Any], x: Any, order: int) -> Any:
    """(n, n) -> (n, n, n, n, ...): entry i, j differentiated by entry k, l, and so on."""
    n = len(x)
    if n ** (2 + 2 * order) > MOST_ENTRIES:
        raise EvaluationError("too-large", f"the derivative of order {order} of a {n} x {n} matrix has too many entries")
    result = xp.zeros((n, n) + (n, n) * order, dtype=x.dtype)
    units = xp.eye(n * n).reshape(n, n, n, n)
    for places in product(product(range(n), repeat=2), repeat=order):
        result[(slice(None), slice(None), *(i for place in places for i in place))] = along_value(
            xp, value, x, *(units[place] for place in places)
        )
    return result


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

def _NAME_along(x, *directions):
    """The derivative of a function of matrices along directions, from the corner of a block matrix."""
    n = len(x)
    block = x
    for k, direction in enumerate(directions):
        corner = np.kron(np.eye(2**k), direction)
        block = np.block([[block, corner], [np.zeros_like(block), block]])
    return _NAME(block)[:n, -n:]


def _NAME_derivative(x, order):
    """The array of derivatives of a function of matrices by its entries."""
    n = len(x)
    result = np.zeros((n, n) + (n, n) * order)
    units = np.eye(n * n).reshape(n, n, n, n)
    for places in np.ndindex(*(n, n) * order):
        directions = [units[places[2 * k], places[2 * k + 1]] for k in range(order)]
        result[(slice(None), slice(None), *places)] = _NAME_along(x, *directions)
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
