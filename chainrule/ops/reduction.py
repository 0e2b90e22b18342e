"""Sums, means and norms. A sum and a mean are constructions of the graph; a norm keeps its name."""

from fractions import Fraction
from math import prod
from typing import Any

from chainrule.graph import build
from chainrule.graph.dimension import dimension
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation
from chainrule.ops.arithmetic import reciprocal, square
from chainrule.ops.comparison import absolute, sign
from chainrule.ops.construction import Construction
from chainrule.ops.exponential import sqrt
from chainrule.ops.properties import WHOLE
from chainrule.syntax.tree import Bracket, Name, Number, Subscript, Superscript


def mean(x: Node) -> Node:
    """S -> scalar. The sum over all entries divided by their number."""
    count = prod(x.shape, start=dimension(1))
    return build.multiply(reciprocal(build.size(count)), build.total(x))


def variance(x: Node) -> Node:
    """S -> scalar. The mean of the squared deviations from the mean: divided by n, not by n - 1."""
    return mean(square(build.subtract(x, mean(x))))


def deviation(x: Node) -> Node:
    """S -> scalar. The square root of the variance."""
    return sqrt(variance(x))


def norm(x: Node) -> Node:
    """S -> scalar. The square root of the sum of the squares; of a matrix the Frobenius norm."""
    return build.apply(NORM, x)


def norm1(x: Node) -> Node:
    """S -> scalar. The sum of the absolute values of the entries."""
    return build.apply(NORM1, x)


def squared_norm(x: Node) -> Node:
    """S -> scalar. The sum of the squares of the entries."""
    return build.apply(SQUARED_NORM, x)


def _norm_value(xp: Any, x: Any) -> Any:
    """The largest entry taken out, so that no square overflows."""
    largest = xp.max(xp.abs(x.real))
    scale = xp.where((largest > 0) & xp.isfinite(largest), largest, 1.0)
    return scale * xp.sqrt(xp.sum((x / scale) ** 2))


def _norm1_value(xp: Any, x: Any) -> Any:
    return xp.sum(xp.sign(x.real) * x)


def _norm_pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return build.multiply(y_bar, reciprocal(y), arguments[0])


def _norm1_pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return build.multiply(y_bar, sign(arguments[0]))


def _squared_norm_pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return build.scale(2, build.multiply(y_bar, arguments[0]))


NORM = Operation(
    name="norm",
    arguments=("x",),
    signature="S -> .",
    because="The gradient of the norm is the unit vector x / |x|.",
    value=_norm_value,
    definition=lambda x: sqrt(build.inner(x, x)),
    pullbacks=(_norm_pullback,),
    spellings=("norm", "norm2", "normF"),
    function=Name("norm"),
    tree=lambda x: Bracket("||", (x,)),
    numpy=lambda x: f"_norm({x})",
    numpy_helpers='''
def _norm(x):
    """The square root of the sum of squares, with the largest entry taken out."""
    largest = np.max(np.abs(x))
    scale = largest if 0.0 < largest < np.inf else 1.0
    return scale * np.sqrt(np.sum(np.square(x / scale)))
''',
    kink=norm,
    at_kink="the norm has no derivative at 0",
    properties=WHOLE,
    source="Petersen and Pedersen, The Matrix Cookbook, 129",
    example=("norm([3, 4])", 5.0),
)

NORM1 = Operation(
    name="norm1",
    arguments=("x",),
    signature="S -> .",
    because="The gradient of the sum of absolute values is the sign, entry by entry.",
    value=_norm1_value,
    definition=lambda x: build.total(absolute(x)),
    pullbacks=(_norm1_pullback,),
    spellings=("norm1",),
    function=Name("norm1"),
    tree=lambda x: Subscript(Bracket("||", (x,)), (Number(Fraction(1)),)),
    numpy=lambda x: f"np.sum(np.abs({x}))",
    kink=lambda x: x,
    at_kink="an entry that is 0 has derivative 0",
    properties=WHOLE,
    source="Boyd and Vandenberghe, Subgradients (lecture notes), section 2",
    example=("norm1([3, -4])", 7.0),
)

SQUARED_NORM = Operation(
    name="squared_norm",
    arguments=("x",),
    signature="S -> .",
    because="The gradient of the squared norm is twice its argument.",
    value=lambda xp, x: xp.sum(x * x),
    definition=lambda x: build.inner(x, x),
    pullbacks=(_squared_norm_pullback,),
    spellings=("squared_norm", "normsq"),
    function=Name("normsq"),
    tree=lambda x: Superscript(Bracket("||", (x,)), Number(Fraction(2))),
    numpy=lambda x: f"np.sum(np.square({x}))",
    properties=WHOLE,
    source="Petersen and Pedersen, The Matrix Cookbook, 131",
    example=("squared_norm([3, 4])", 25.0),
)

SUM = Construction(
    name="sum",
    arguments=("x",),
    signature="S -> .",
    build=build.total,
    spellings=("sum",),
    example=("sum([1, 2, 4])", 7.0),
)

MEAN = Construction(
    name="mean",
    arguments=("x",),
    signature="S -> .",
    build=mean,
    spellings=("mean", "avg"),
    example=("mean([1, 2, 6])", 3.0),
)

VARIANCE = Construction(
    name="variance",
    arguments=("x",),
    signature="S -> .",
    build=variance,
    spellings=("var", "variance"),
    example=("variance([1, 2, 6])", 14 / 3),
)

DEVIATION = Construction(
    name="standard_deviation",
    arguments=("x",),
    signature="S -> .",
    build=deviation,
    spellings=("std", "standard_deviation"),
    example=("standard_deviation([1, 5])", 2.0),
)
