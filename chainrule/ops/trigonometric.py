"""sin, cos, tan and the number pi."""

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation
from chainrule.ops.arithmetic import divide, square
from chainrule.ops.properties import SMOOTH, WHOLE
from chainrule.syntax.tree import Name


def sin(x: Node) -> Node:
    return build.apply(SIN, x)


def cos(x: Node) -> Node:
    return build.apply(COS, x)


def tan(x: Node) -> Node:
    return build.apply(TAN, x)


def pi() -> Node:
    return build.apply(PI)


def _cos_by_x(x: Node) -> Node:
    return build.scale(-1, sin(x))


def _tan_by_x(x: Node) -> Node:
    return build.add(build.constant(1), square(tan(x)))


SIN = Operation(
    name="sin",
    arguments=("x",),
    signature="S -> S",
    because="The derivative of the sine is the cosine.",
    value=lambda xp, x: xp.sin(x),
    partials=(cos,),
    spellings=("sin",),
    inverse="arcsin",
    function=Name("sin"),
    numpy=lambda x: f"np.sin({x})",
    properties=SMOOTH,
    source="Abramowitz and Stegun, 4.3.105",
    example=("sin(0)", 0.0),
)

COS = Operation(
    name="cos",
    arguments=("x",),
    signature="S -> S",
    because="The derivative of the cosine is minus the sine.",
    value=lambda xp, x: xp.cos(x),
    partials=(_cos_by_x,),
    spellings=("cos",),
    inverse="arccos",
    function=Name("cos"),
    numpy=lambda x: f"np.cos({x})",
    properties=SMOOTH,
    source="Abramowitz and Stegun, 4.3.106",
    example=("cos(0)", 1.0),
)

TAN = Operation(
    name="tan",
    arguments=("x",),
    signature="S -> S",
    because="The derivative of the tangent is one plus its square.",
    value=lambda xp, x: xp.tan(x),
    definition=lambda x: divide(sin(x), cos(x)),
    partials=(_tan_by_x,),
    spellings=("tan",),
    inverse="arctan",
    function=Name("tan"),
    numpy=lambda x: f"np.tan({x})",
    domain=((-1.2, 1.2),),
    properties=SMOOTH,
    source="Abramowitz and Stegun, 4.3.107",
    example=("tan(0)", 0.0),
)

PI = Operation(
    name="pi",
    arguments=(),
    signature="-> .",
    because="pi is a number: its derivative is zero.",
    value=lambda xp: xp.float64(xp.pi),
    spellings=("\\pi", "pi"),
    function=Name("\\pi"),
    tree=lambda: Name("\\pi"),
    numpy=lambda: "np.pi",
    properties=WHOLE,
    source="Abramowitz and Stegun, 4.3.1",
    example=("pi", 3.141592653589793),
)
