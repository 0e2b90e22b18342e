"""The error function, which the exact gelu is made of."""

import math
from typing import Any

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation
from chainrule.ops.arithmetic import divide, exp, square
from chainrule.ops.exponential import sqrt
from chainrule.ops.properties import SMOOTH
from chainrule.ops.trigonometric import pi
from chainrule.syntax.tree import Name

TERMS = 26
"""Of the series off the real axis: exp(-n^2/4) is 4e-74 after the last, enough for imaginary parts up to about 5."""


def erf(x: Node) -> Node:
    return build.apply(ERF, x)


def erf_value(xp: Any, x: Any) -> Any:
    """The C library's on the real axis; off it Abramowitz and Stegun, 7.1.29, which is exact to about 1e-16."""
    real = xp.vectorize(math.erf, otypes=[float])(x.real)
    return real + _off_axis(xp, x.real, x.imag) if xp.iscomplexobj(x) else real


def _off_axis(xp: Any, x: Any, y: Any) -> Any:
    """erf(x + iy) - erf(x)."""
    n = xp.arange(1.0, TERMS + 1.0).reshape((-1,) + (1,) * xp.ndim(x))
    away = xp.where(x == 0, 1.0, x)  # at x = 0 the first term is its limit, i y / pi
    turn = xp.where(x == 0, 1j * y / xp.pi, (2.0 * xp.sin(x * y) ** 2 + 1j * xp.sin(2.0 * x * y)) / (2.0 * xp.pi * away))
    real = 2.0 * x - 2.0 * x * xp.cosh(n * y) * xp.cos(2.0 * x * y) + n * xp.sinh(n * y) * xp.sin(2.0 * x * y)
    imaginary = 2.0 * x * xp.cosh(n * y) * xp.sin(2.0 * x * y) + n * xp.sinh(n * y) * xp.cos(2.0 * x * y)
    weights = xp.exp(-(n**2) / 4.0) / (n**2 + 4.0 * x**2)
    return xp.exp(-(x**2)) * (turn + 2.0 / xp.pi * xp.sum(weights * (real + 1j * imaginary), axis=0))


def _erf_by_x(x: Node) -> Node:
    return divide(build.scale(2, exp(build.scale(-1, square(x)))), sqrt(pi()))


ERF = Operation(
    name="erf",
    arguments=("x",),
    signature="S -> S",
    because="The error function is the integral of 2 exp(-x^2) / sqrt(pi).",
    value=erf_value,
    partials=(_erf_by_x,),
    spellings=("erf",),
    function=Name("erf"),
    numpy=lambda x: f"_erf({x})",
    numpy_helpers="""
_erf = np.vectorize(math.erf, otypes=[float])
""",
    properties=SMOOTH,
    source="Abramowitz and Stegun, 7.1.1 and 7.1.29",
    example=("erf(0)", 0.0),
)
