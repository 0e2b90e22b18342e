"""Roots, logarithms of other bases, the hyperbolic functions: all made of exp, log and power."""

from fractions import Fraction

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation
from chainrule.ops.arithmetic import divide, exp, log, power, square
from chainrule.ops.construction import Construction
from chainrule.ops.properties import PRIMED, SMOOTH
from chainrule.syntax.tree import Name


def sqrt(x: Node) -> Node:
    """S -> S. The power 1/2."""
    return power(x, Fraction(1, 2))


def logarithm(x: Node, base: Node) -> Node:
    """S S -> S. The logarithm of x to a base."""
    return divide(log(x), log(base))


def _half(sign: int, x: Node) -> Node:
    """(exp(x) + sign exp(-x)) / 2."""
    return build.scale(Fraction(1, 2), build.add(exp(x), build.scale(sign, exp(build.scale(-1, x)))))


def sinh(x: Node) -> Node:
    return build.apply(SINH, x)


def cosh(x: Node) -> Node:
    return build.apply(COSH, x)


def tanh(x: Node) -> Node:
    return build.apply(TANH, x)


def _tanh_by_x(x: Node) -> Node:
    return build.subtract(build.constant(1), square(tanh(x)))


SINH = Operation(
    name="sinh",
    arguments=("x",),
    signature="S -> S",
    because="The derivative of sinh is cosh.",
    value=lambda xp, x: xp.sinh(x),
    definition=lambda x: _half(-1, x),
    partials=(cosh,),
    spellings=("sinh",),
    inverse="arsinh",
    function=Name("sinh"),
    numpy=lambda x: f"np.sinh({x})",
    properties=SMOOTH,
    source="Abramowitz and Stegun, 4.5.1 and 4.5.71",
    example=("sinh(0)", 0.0),
)

COSH = Operation(
    name="cosh",
    arguments=("x",),
    signature="S -> S",
    because="The derivative of cosh is sinh.",
    value=lambda xp, x: xp.cosh(x),
    definition=lambda x: _half(1, x),
    partials=(sinh,),
    spellings=("cosh",),
    inverse="arcosh",
    function=Name("cosh"),
    numpy=lambda x: f"np.cosh({x})",
    properties=SMOOTH,
    source="Abramowitz and Stegun, 4.5.2 and 4.5.72",
    example=("cosh(0)", 1.0),
)

TANH = Operation(
    name="tanh",
    arguments=("x",),
    signature="S -> S",
    because="The derivative of tanh is one minus its square.",
    value=lambda xp, x: xp.tanh(x),
    definition=lambda x: divide(_half(-1, x), _half(1, x)),
    partials=(_tanh_by_x,),
    spellings=("tanh",),
    inverse="artanh",
    function=Name("tanh"),
    numpy=lambda x: f"np.tanh({x})",
    properties=PRIMED,
    source="Abramowitz and Stegun, 4.5.3 and 4.5.73",
    example=("tanh(0)", 0.0),
)

SQRT = Construction(
    name="sqrt",
    arguments=("x",),
    signature="S -> S",
    build=sqrt,
    spellings=("sqrt",),
    elementwise=True,
    domain=((0.1, 3.0),),
    example=("sqrt(9)", 3.0),
)

LOG2 = Construction(
    name="log2",
    arguments=("x",),
    signature="S -> S",
    build=lambda x: logarithm(x, build.constant(2)),
    spellings=("log2", "lb"),
    elementwise=True,
    domain=((0.1, 3.0),),
    example=("log2(8)", 3.0),
)

LOG10 = Construction(
    name="log10",
    arguments=("x",),
    signature="S -> S",
    build=lambda x: logarithm(x, build.constant(10)),
    spellings=("log10", "lg"),
    elementwise=True,
    domain=((0.1, 3.0),),
    example=("log10(100)", 2.0),
)
