"""The logarithm of the gamma function and its derivatives, the polygamma functions, of positive arguments.

The derivatives are the recurrence to arguments above 16 and the asymptotic series there, which leaves an error of a few 1e-16
beside the largest of what is added.
"""

import math
from fractions import Fraction
from functools import cache
from typing import Any

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation
from chainrule.ops.construction import Construction
from chainrule.ops.properties import SMOOTH
from chainrule.syntax.tree import Bracket, Name, Number, Superscript

SHIFT = 16
OVERFLOW = 2.5e305
"""Up to here log_gamma is in range."""
BERNOULLI = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798, -174611 / 330)
"""B_2, B_4, ..., B_20."""
NAMES = (
    ("digamma", -0.5772156649015329),
    ("trigamma", math.pi**2 / 6),
    ("tetragamma", -2.404113806319188),
    ("pentagamma", math.pi**4 / 15),
    ("hexagamma", -24.886266123440878),
)
"""The polygamma functions that have a name, with their values at 1."""


def log_gamma(x: Node) -> Node:
    """S -> S. log of the gamma function's magnitude."""
    return build.apply(LOG_GAMMA, x)


def digamma(x: Node) -> Node:
    """S -> S. The derivative of log_gamma."""
    return build.apply(polygamma(0), x)


def trigamma(x: Node) -> Node:
    """S -> S. The derivative of digamma."""
    return build.apply(polygamma(1), x)


def log_beta(a: Node, b: Node) -> Node:
    """S S -> S. log of the beta function."""
    return build.subtract(build.add(log_gamma(a), log_gamma(b)), log_gamma(build.add(a, b)))


def _log_gamma_value(xp: Any, x: Any) -> Any:
    """The C library's on the real axis; off it what Stirling's series changes along the imaginary part is added."""
    real = xp.vectorize(_real_log_gamma, otypes=[float])(x.real)
    return real + (_stirling(xp, x) - _stirling(xp, x.real)) if xp.iscomplexobj(x) else real[()]


def _real_log_gamma(x: float) -> float:
    pole = x <= 0 and x == math.floor(x)
    return math.inf if pole or x > OVERFLOW else math.lgamma(x)


def _stirling(xp: Any, x: Any) -> Any:
    """Abramowitz and Stegun, 6.1.40, at x + 16, less the logarithms of x, x + 1, ..., x + 15; less the constant."""
    z = x + SHIFT
    total = (z - 0.5) * xp.log(z) - z
    for j, b in enumerate(BERNOULLI, 1):
        total = total + b / (2 * j * (2 * j - 1) * z ** (2 * j - 1))
    for j in range(SHIFT):
        total = total - xp.log(x + j)
    return total


def _polygamma_value(order: int) -> Any:
    def value(xp: Any, x: Any) -> Any:
        with xp.errstate(all="ignore"):
            z = x + SHIFT
            total = _asymptotic(xp, z, order)
            for j in reversed(range(SHIFT)):
                total = total - (-1) ** order * math.factorial(order) / (x + j) ** (order + 1)
        return xp.where(x.real > 0, total, xp.nan)[()]

    return value


def _asymptotic(xp: Any, z: Any, k: int) -> Any:
    """Abramowitz and Stegun, 6.3.18 and 6.4.11."""
    sign = (-1) ** (k + 1)
    total: Any = 0.0
    for j, b in reversed(list(enumerate(BERNOULLI, 1))):
        total = total + sign * b * math.factorial(2 * j + k - 1) / (math.factorial(2 * j) * z ** (2 * j + k))
    first = xp.log(z) if k == 0 else sign * math.factorial(k - 1) / z**k
    return first + (sign * math.factorial(k) / (2 * z ** (k + 1)) + total)


CODE = '''
_BERNOULLI = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798, -174611 / 330)


def _polygamma(k, x):
    """The k-th derivative of the digamma function of positive arguments, by its asymptotic series at x + 16."""
    x = np.asarray(x, dtype=float)
    z, sign, whole, total = x + 16.0, (-1) ** (k + 1), math.factorial(k), 0.0
    with np.errstate(all="ignore"):
        for j, b in reversed(list(enumerate(_BERNOULLI, 1))):
            total = total + sign * b * math.factorial(2 * j + k - 1) / (math.factorial(2 * j) * z ** (2 * j + k))
        first = np.log(z) if k == 0 else sign * math.factorial(k - 1) / z**k
        total = first + (sign * whole / (2 * z ** (k + 1)) + total)
        for j in reversed(range(16)):
            total = total + sign * whole / (x + j) ** (k + 1)
    return np.where(x > 0, total, np.nan)
'''

LOG_GAMMA = Operation(
    name="log_gamma",
    arguments=("x",),
    signature="S -> S",
    because="The derivative of the logarithm of the gamma function is the digamma function.",
    value=_log_gamma_value,
    partials=(digamma,),
    spellings=("log_gamma", "loggamma", "lgamma", "gammaln"),
    function=Name("lgamma"),
    numpy=lambda x: f"_log_gamma({x})",
    numpy_helpers="""
def _log_gamma_of_one(x):
    pole = x <= 0 and x == math.floor(x)
    return math.inf if pole or x > 2.5e305 else math.lgamma(x)


_log_gamma = np.vectorize(_log_gamma_of_one, otypes=[float])
""",
    domain=((0.2, 4.0),),
    properties=SMOOTH,
    source="Abramowitz and Stegun, 6.1.40 and 6.3.1",
    example=("lgamma(3)", 0.6931471805599453),
)


@cache
def polygamma(order: int) -> Operation:
    """The derivative of that order of the digamma function: the same record for equal orders. Five of them have names."""
    named = order < len(NAMES)
    name, example = NAMES[order] if named else (f"polygamma_{order}", 0.0)
    return Operation(
        name=name,
        arguments=("x",),
        signature="S -> S",
        because=f"The derivative of the polygamma function of order {order} is the one of order {order + 1}.",
        value=_polygamma_value(order),
        partials=(lambda x: build.apply(polygamma(order + 1), x),),
        spellings=(name,),
        function=Name(name) if named else Superscript(Name("\\psi"), Bracket("(", (Number(Fraction(order)),))),
        numpy=lambda x: f"_polygamma({order}, {x})",
        numpy_helpers=CODE,
        domain=((0.2, 4.0),),
        properties=SMOOTH,
        source="Abramowitz and Stegun, 6.3.18, 6.4.6 and 6.4.11",
        example=(f"{name}(1)", example) if named else None,
        made_by=None if named else (polygamma, (order,)),
    )


POLYGAMMAS = tuple(map(polygamma, range(len(NAMES))))
"""Those of the table."""

LOG_BETA = Construction(
    name="log_beta",
    arguments=("a", "b"),
    signature="S S -> S",
    build=log_beta,
    spellings=("log_beta", "logbeta", "lbeta", "betaln"),
    elementwise=True,
    domain=((0.2, 4.0),),
    example=("log_beta(2, 3)", -2.4849066497880004),
)
