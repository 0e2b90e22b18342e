"""The nonlinearities of networks."""

import math
from fractions import Fraction
from typing import Any

from chainrule.graph import build
from chainrule.graph.node import Constant, Node
from chainrule.graph.operation import Operation
from chainrule.ops.arithmetic import divide, exp, log, reciprocal, square
from chainrule.ops.comparison import MAXIMUM, MINIMUM, ZERO, positive, where
from chainrule.ops.construction import Construction
from chainrule.ops.error_function import erf, erf_value
from chainrule.ops.exponential import sqrt
from chainrule.ops.properties import ACTIVATION, PRIMED, SMOOTH
from chainrule.ops.trigonometric import pi
from chainrule.syntax.tree import Call, Name, Number, Quotient, Tree

ONE = build.constant(1)


def sigmoid(x: Node) -> Node:
    return build.apply(SIGMOID, x)


def relu(x: Node) -> Node:
    return build.apply(RELU, x)


def maximum(a: Node, b: Node) -> Node:
    """S S -> S. max(0, x), in either order, is relu."""
    for zero, other in ((a, b), (b, a)):
        if isinstance(zero, Constant) and zero.value == 0:
            return relu(other)
    return build.apply(MAXIMUM, a, b)


def sigmoid_value(xp: Any, x: Any) -> Any:
    small = xp.exp(xp.where(x.real > 0, -x, x))  # the exponential that does not overflow
    return xp.where(x.real > 0, 1.0, small) / (1.0 + small)


def _sigmoid_by_x(x: Node) -> Node:
    return build.multiply(sigmoid(x), build.subtract(ONE, sigmoid(x)))


def softplus_value(xp: Any, x: Any) -> Any:
    return xp.where(x.real > 0, x, 0.0) + xp.log1p(xp.exp(xp.where(x.real > 0, -x, x)))


def _silu_by_x(x: Node) -> Node:
    inner = build.add(ONE, build.multiply(x, build.subtract(ONE, sigmoid(x))))
    return build.multiply(sigmoid(x), inner)


def _elu_value(xp: Any, x: Any, alpha: Any) -> Any:
    return xp.where(x.real > 0, x, alpha * xp.expm1(xp.where(x.real > 0, 0.0, x)))


def _elu_by_alpha(x: Node, alpha: Node) -> Node:
    return where(positive(x), build.constant(0), build.subtract(exp(x), ONE))


def _leaky_value(xp: Any, x: Any, slope: Any) -> Any:
    return xp.where(x.real > 0, x, slope * x)


def _leaky_tree(x: Tree, slope: Tree) -> Tree:
    """The slope is not written where it is the usual 1/100."""
    usual = (Number(Fraction(1, 100)), Quotient(Number(Fraction(1)), Number(Fraction(100))))
    return Call(Name("LeakyReLU"), (x,) if slope in usual else (x, slope))


def _elu_tree(x: Tree, alpha: Tree) -> Tree:
    """Alpha is not written where it is the usual 1."""
    return Call(Name("elu"), (x,) if alpha == Number(Fraction(1)) else (x, alpha))


SIGMOID = Operation(
    name="sigmoid",
    arguments=("x",),
    signature="S -> S",
    because="The derivative of the sigmoid is the sigmoid times one minus the sigmoid.",
    value=sigmoid_value,
    definition=lambda x: reciprocal(build.add(ONE, exp(build.scale(-1, x)))),
    partials=(_sigmoid_by_x,),
    spellings=("sigmoid", "\\sigma", "logistic"),
    inverse="logit",
    function=Name("\\sigma"),
    numpy=lambda x: f"_sigmoid({x})",
    numpy_helpers='''
def _sigmoid(x):
    """1 / (1 + exp(-x)), by the exponential that does not overflow."""
    small = np.exp(-np.abs(x))
    return np.where(np.greater(x, 0), 1.0, small) / (1.0 + small)
''',
    properties=PRIMED,
    source="Goodfellow, Bengio, Courville, Deep Learning, 3.30 and 3.32",
    example=("sigmoid(0)", 0.5),
)

LOGIT = Operation(
    name="logit",
    arguments=("p",),
    signature="S -> S",
    because="The derivative of log(p / (1 - p)) is one over p times one minus p.",
    value=lambda xp, p: xp.log(p) - xp.log1p(-p),
    definition=lambda p: log(divide(p, build.subtract(ONE, p))),
    partials=(lambda p: reciprocal(build.multiply(p, build.subtract(ONE, p))),),
    spellings=("logit",),
    inverse="sigmoid",
    function=Name("logit"),
    numpy=lambda p: f"(np.log({p}) - np.log1p(-({p})))",
    domain=((0.1, 0.9),),
    properties=SMOOTH,
    source="Berkson, Application of the Logistic Function to Bio-Assay, 1944",
    example=("logit(0.5)", 0.0),
)

RELU = Operation(
    name="relu",
    arguments=("x",),
    signature="S -> S",
    because="relu passes the derivative on where its argument is positive, and stops it elsewhere.",
    value=lambda xp, x: xp.where(x.real > 0, x, 0.0),
    definition=lambda x: where(positive(x), x, build.constant(0)),
    partials=(positive,),
    spellings=("relu", "ReLU"),
    function=Name("relu"),
    tree=lambda x: Call(Name("max"), (ZERO, x)),
    numpy=lambda x: f"np.maximum({x}, 0.0)",
    kink=lambda x: x,
    at_kink="relu'(0) = 0",
    properties=ACTIVATION,
    source="Goodfellow, Bengio, Courville, Deep Learning, section 6.3",
    example=("relu(-3)", 0.0),
)

LEAKY_RELU = Operation(
    name="leaky_relu",
    arguments=("x", "slope"),
    signature="S S -> S",
    because="leaky relu passes the derivative on where its argument is positive, and its slope times it elsewhere.",
    value=_leaky_value,
    definition=lambda x, slope: where(positive(x), x, build.multiply(slope, x)),
    partials=(
        lambda x, slope: where(positive(x), ONE, slope),
        lambda x, slope: where(positive(x), build.constant(0), x),
    ),
    spellings=("leaky_relu", "LeakyReLU", "leakyrelu", "leakyReLU", "lrelu"),
    function=Name("LeakyReLU"),
    tree=_leaky_tree,
    numpy=lambda x, slope: f"np.where(np.greater({x}, 0), {x}, ({slope}) * ({x}))",
    defaults=(Fraction(1, 100),),
    domain=((-2.0, 2.0), (0.05, 0.5)),
    kink=lambda x, slope: x,
    at_kink="LeakyReLU'(0) is the slope of the negative side",
    properties=ACTIVATION,
    source="Maas, Hannun, Ng, Rectifier Nonlinearities Improve Neural Network Acoustic Models, 2013, 2.2",
    example=("leaky_relu(-3, 0.5)", -1.5),
)

ELU = Operation(
    name="elu",
    arguments=("x", "alpha"),
    signature="S S -> S",
    because="elu has derivative one where its argument is positive, and alpha times the exponential elsewhere.",
    value=_elu_value,
    definition=lambda x, alpha: where(positive(x), x, build.multiply(alpha, build.subtract(exp(x), ONE))),
    partials=(lambda x, alpha: where(positive(x), ONE, build.multiply(alpha, exp(x))), _elu_by_alpha),
    spellings=("elu", "ELU"),
    function=Name("elu"),
    tree=_elu_tree,
    numpy=lambda x, alpha: f"np.where(np.greater({x}, 0), {x}, ({alpha}) * np.expm1(np.minimum({x}, 0.0)))",
    defaults=(1,),
    domain=((-2.0, 2.0), (0.2, 2.0)),
    kink=lambda x, alpha: x,
    at_kink="elu'(0) = alpha",
    properties=PRIMED,
    source="Clevert, Unterthiner, Hochreiter, ELUs, ICLR 2016, equation 16",
    example=("elu(-1, 1)", -0.6321205588285577),
)

SOFTPLUS = Operation(
    name="softplus",
    arguments=("x",),
    signature="S -> S",
    because="The derivative of softplus is the sigmoid.",
    value=softplus_value,
    definition=lambda x: log(build.add(ONE, exp(x))),
    partials=(sigmoid,),
    spellings=("softplus",),
    function=Name("softplus"),
    numpy=lambda x: f"np.logaddexp(0.0, {x})",
    properties=ACTIVATION,
    source="Goodfellow, Bengio, Courville, Deep Learning, 3.31 and 3.36",
    example=("softplus(0)", 0.6931471805599453),
)

SILU = Operation(
    name="silu",
    arguments=("x",),
    signature="S -> S",
    because="x times the sigmoid of x, by the product rule.",
    value=lambda xp, x: x * sigmoid_value(xp, x),
    definition=lambda x: build.multiply(x, sigmoid(x)),
    partials=(_silu_by_x,),
    spellings=("silu", "SiLU", "swish"),
    function=Name("silu"),
    numpy=lambda x: f"(({x}) * _sigmoid({x}))",
    numpy_helpers=SIGMOID.numpy_helpers,
    properties=PRIMED,
    source="Elfwing, Uchibe, Doya, Sigmoid-Weighted Linear Units, Neural Networks 107, 2018, equations 4 and 5",
    example=("silu(0)", 0.0),
)


def _gelu_value(xp: Any, x: Any) -> Any:
    root = xp.sqrt(0.5)
    if xp.iscomplexobj(x):
        return 0.5 * x * (1.0 + erf_value(xp, x * root))
    # erfc keeps its digits where 1 + erf would cancel.
    return 0.5 * x * xp.vectorize(math.erfc, otypes=[float])(-x * root)


def _gelu_by_x(x: Node) -> Node:
    """Phi(x) + x phi(x), with the distribution function and the density of the standard normal."""
    density = divide(exp(build.scale(Fraction(-1, 2), square(x))), sqrt(build.scale(2, pi())))
    return build.add(_normal_distribution(x), build.multiply(x, density))


def _normal_distribution(x: Node) -> Node:
    return build.scale(Fraction(1, 2), build.add(ONE, erf(divide(x, sqrt(build.constant(2))))))


GELU = Operation(
    name="gelu",
    arguments=("x",),
    signature="S -> S",
    because="gelu(x) = x Phi(x): by the product rule Phi(x) + x phi(x), the normal distribution function and density.",
    value=_gelu_value,
    definition=lambda x: build.multiply(x, _normal_distribution(x)),
    partials=(_gelu_by_x,),
    spellings=("gelu", "GELU"),
    function=Name("gelu"),
    numpy=lambda x: f"_gelu({x})",
    numpy_helpers='''
def _gelu(x):
    """x times the standard normal distribution function, by erfc, which does not cancel."""
    tail = np.vectorize(math.erfc, otypes=[float])(-np.asarray(x) * np.sqrt(0.5))
    return 0.5 * x * tail
''',
    properties=PRIMED,
    source="Hendrycks, Gimpel, Gaussian Error Linear Units, arXiv 1606.08415, section 2",
    example=("gelu(0)", 0.0),
)

MAX = Construction(
    name="max",
    arguments=("a", "b"),
    signature="S S -> S",
    build=maximum,
    spellings=("max",),
    elementwise=True,
    example=("max(0, 3)", 3.0),
)

CLIP = Construction(
    name="clip",
    arguments=("x", "low", "high"),
    signature="S S S -> S",
    build=lambda x, low, high: build.apply(MINIMUM, build.apply(MAXIMUM, x, low), high),
    spellings=("clip", "clamp"),
    elementwise=True,
    example=("clip(3, 0, 1)", 1.0),
)

MIN = Construction(
    name="min",
    arguments=("a", "b"),
    signature="S S -> S",
    build=lambda a, b: build.apply(MINIMUM, a, b),
    spellings=("min",),
    elementwise=True,
    example=("min(0, 3)", 0.0),
)
