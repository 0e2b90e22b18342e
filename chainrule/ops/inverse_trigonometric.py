r"""Inverse functions of the trigonometric and hyperbolic ones: `\arcsin x`, `\sin^{-1}(x)`, `artanh(x)`."""

from collections.abc import Callable
from fractions import Fraction

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation
from chainrule.ops.arithmetic import power, reciprocal, square
from chainrule.ops.properties import SMOOTH
from chainrule.syntax.tree import Name

ONE = build.constant(1)


def _one_minus_square(x: Node) -> Node:
    return build.subtract(ONE, square(x))


def _one_plus_square(x: Node) -> Node:
    return build.add(ONE, square(x))


def _reciprocal_root(x: Node) -> Node:
    return power(x, Fraction(-1, 2))


def _inverse(
    word: str,
    of: str,
    derivative: Callable[[Node], Node],
    because: str,
    numpy: str,
    domain: tuple[float, float],
    source: str,
    example: tuple[str, float],
    more: tuple[str, ...] = (),
) -> Operation:
    """The inverse function of the operation `of`; `numpy` is the function's name there and in the array namespace."""
    return Operation(
        name=word,
        arguments=("x",),
        signature="S -> S",
        because=because,
        value=lambda xp, x: getattr(xp, numpy)(x),
        partials=(derivative,),
        spellings=(word, *more),
        function=Name(word),
        numpy=lambda x: f"np.{numpy}({x})",
        domain=(domain,),
        properties=SMOOTH,
        inverse=of,
        source=source,
        example=example,
    )


ARCSIN = _inverse(
    "arcsin",
    "sin",
    lambda x: _reciprocal_root(_one_minus_square(x)),
    "The derivative of the arcsine is one over the root of one minus x squared.",
    "arcsin",
    (-0.9, 0.9),
    "Abramowitz and Stegun, 4.4.52",
    ("arcsin(0)", 0.0),
    ("asin",),
)
ARCCOS = _inverse(
    "arccos",
    "cos",
    lambda x: build.scale(-1, _reciprocal_root(_one_minus_square(x))),
    "The derivative of the arccosine is minus one over the root of one minus x squared.",
    "arccos",
    (-0.9, 0.9),
    "Abramowitz and Stegun, 4.4.53",
    ("arccos(1)", 0.0),
    ("acos",),
)
ARCTAN = _inverse(
    "arctan",
    "tan",
    lambda x: reciprocal(_one_plus_square(x)),
    "The derivative of the arctangent is one over one plus x squared.",
    "arctan",
    (-2.0, 2.0),
    "Abramowitz and Stegun, 4.4.54",
    ("arctan(0)", 0.0),
    ("atan",),
)
ARSINH = _inverse(
    "arsinh",
    "sinh",
    lambda x: _reciprocal_root(_one_plus_square(x)),
    "The derivative of arsinh is one over the root of one plus x squared.",
    "arcsinh",
    (-2.0, 2.0),
    "Abramowitz and Stegun, 4.6.37",
    ("arsinh(0)", 0.0),
    ("arcsinh", "asinh"),
)
ARCOSH = _inverse(
    "arcosh",
    "cosh",
    lambda x: _reciprocal_root(build.subtract(square(x), ONE)),
    "The derivative of arcosh is one over the root of x squared minus one.",
    "arccosh",
    (1.2, 3.0),
    "Abramowitz and Stegun, 4.6.38",
    ("arcosh(1)", 0.0),
    ("arccosh", "acosh"),
)
ARTANH = _inverse(
    "artanh",
    "tanh",
    lambda x: reciprocal(_one_minus_square(x)),
    "The derivative of artanh is one over one minus x squared.",
    "arctanh",
    (-0.9, 0.9),
    "Abramowitz and Stegun, 4.6.39",
    ("artanh(0)", 0.0),
    ("arctanh", "atanh"),
)
