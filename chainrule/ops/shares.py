"""What formulas with a softmax or a sigmoid are computed by: small entries keep their digits beside a share close to one."""

from typing import Any

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation, generated_name
from chainrule.ops.activation import sigmoid, sigmoid_value
from chainrule.ops.arithmetic import divide, log, power
from chainrule.ops.information.sums import are_near, careful, log_ratio
from chainrule.ops.normalisation import log_softmax_value, softmax
from chainrule.ops.properties import SMOOTH, WHOLE
from chainrule.syntax.tree import Name

ONE = build.constant(1)
HALF = -0.6931471805599453
"""The logarithm of one half."""


def _shares_plus_value(xp: Any, z: Any, weight: Any, rest: Any) -> Any:
    logs = log_softmax_value(xp, z)
    beyond = weight * xp.expm1(logs) + (weight + rest)
    return xp.where(logs > HALF, beyond, weight * xp.exp(logs) + rest)


def _shares_plus_plain(xp: Any, z: Any, weight: Any, rest: Any) -> Any:
    return weight * xp.exp(log_softmax_value(xp, z)) + rest


def _centred_shares_value(xp: Any, z: Any, x: Any) -> Any:
    shares = xp.exp(log_softmax_value(xp, z))
    moved = x - x[xp.argmax(z)]
    return xp.where(shares == 0, 0.0, shares * (moved - xp.sum(xp.where(shares == 0, 0.0, shares * moved))))


def _centred_shares_plain(xp: Any, z: Any, x: Any) -> Any:
    shares = xp.exp(log_softmax_value(xp, z))
    return shares * (x - xp.sum(shares * x))


def _ratio_excess_value(xp: Any, p: Any, q: Any, exponent: Any) -> Any:
    near = are_near(xp, p, q) & (q > 0)
    close = xp.expm1(exponent * log_ratio(xp, xp.where(near, p, 1.0), xp.where(near, q, 1.0)))
    return xp.where(near, close, (p / q) ** exponent - 1.0)


def _ratio_excess_limit_value(xp: Any, p: Any, q: Any, exponent: Any) -> Any:
    return xp.where(p == 0, -1.0, _ratio_excess_value(xp, p, q, exponent))


def _ratio_excess_plain(xp: Any, p: Any, q: Any, exponent: Any) -> Any:
    return (p / q) ** exponent - 1.0


def _centred(z: Node, x: Node) -> Node:
    return build.multiply(softmax(z), build.subtract(x, build.inner(softmax(z), x)))


def _weighed(y_bar: Node, z: Node, x: Node) -> Node:
    """The gradient of <y_bar, p .* (x - p^T x)> by p: y_bar .* (x - p^T x) - (y_bar^T p) x."""
    mean = build.inner(softmax(z), x)
    return build.subtract(build.multiply(y_bar, build.subtract(x, mean)), build.multiply(build.inner(y_bar, softmax(z)), x))


def _ratio_power(p: Node, q: Node, exponent: Node) -> Node:
    return power(divide(p, q), exponent)


def _shares_apart_value(xp: Any, z: Any, w: Any) -> Any:
    above, below = log_softmax_value(xp, z), log_softmax_value(xp, w)
    beyond = xp.expm1(above) - xp.expm1(below)
    return xp.where((above > HALF) & (below > HALF), beyond, xp.exp(above) - xp.exp(below))


def _sigmoid_plus_value(xp: Any, z: Any, weight: Any, rest: Any) -> Any:
    """Of positive z by what sigma(z) lacks to one."""
    lack = xp.exp(-xp.abs(z)) / (1.0 + xp.exp(-xp.abs(z)))
    return xp.where(z > 0, (weight + rest) - weight * lack, weight * lack + rest)


def _sigmoid_plus_plain(xp: Any, z: Any, weight: Any, rest: Any) -> Any:
    return weight * sigmoid_value(xp, z) + rest


SHARES_APART = Operation(
    name="softmax_minus_softmax",
    arguments=("z", "w"),
    signature="n n -> n",
    because="It is softmax(z) - softmax(w).",
    value=careful(_shares_apart_value, _shares_apart_value),
    definition=lambda z, w: build.subtract(softmax(z), softmax(w)),
    pullbacks=(
        lambda y_bar, y, arguments: _centred(arguments[0], y_bar),
        lambda y_bar, y, arguments: build.scale(-1, _centred(arguments[1], y_bar)),
    ),
    spellings=("softmaxapart", "softmax_minus_softmax"),
    function=Name("softmaxapart"),
    numpy=lambda z, w: f"_shares_apart({z}, {w})",
    numpy_functions=(_shares_apart_value,),
    properties=WHOLE,
    source="Bishop, Pattern Recognition and Machine Learning, 4.109",
    example=("softmaxapart([0, 0], [1, 1])", (0.0, 0.0)),
)

SHARES_PLUS = Operation(
    name="softmax_plus",
    arguments=("z", "weight", "rest"),
    signature="n . n -> n",
    because="It is w softmax(z) + r.",
    value=careful(_shares_plus_value, _shares_plus_plain),
    definition=lambda z, weight, rest: build.add(build.multiply(weight, softmax(z)), rest),
    pullbacks=(
        lambda y_bar, y, arguments: build.multiply(arguments[1], _centred(arguments[0], y_bar)),
        lambda y_bar, y, arguments: build.inner(y_bar, softmax(arguments[0])),
        lambda y_bar, y, arguments: y_bar,
    ),
    spellings=("softmaxplus", "softmax_plus"),
    function=Name("softmaxplus"),
    numpy=lambda z, weight, rest: f"_shares_plus({z}, {weight}, {rest})",
    numpy_functions=(_shares_plus_value,),
    properties=WHOLE,
    source="Bishop, Pattern Recognition and Machine Learning, 4.109",
    example=("softmaxplus([0, 0], 2, [1, 0])", (2.0, 1.0)),
)

SIGMOID_PLUS = Operation(
    name="sigmoid_plus",
    arguments=("z", "weight", "rest"),
    signature="S S S -> S",
    because="It is w sigma(z) + r.",
    value=careful(_sigmoid_plus_value, _sigmoid_plus_plain),
    definition=lambda z, weight, rest: build.add(build.multiply(weight, sigmoid(z)), rest),
    partials=(
        lambda z, weight, rest: build.multiply(weight, sigmoid(z), sigmoid(build.scale(-1, z))),
        lambda z, weight, rest: sigmoid(z),
        lambda z, weight, rest: ONE,
    ),
    spellings=("sigmoidplus", "sigmoid_plus"),
    function=Name("sigmoidplus"),
    numpy=lambda z, weight, rest: f"_sigmoid_plus({z}, {weight}, {rest})",
    numpy_functions=(_sigmoid_plus_value,),
    properties=SMOOTH,
    source="Bishop, Pattern Recognition and Machine Learning, 4.91",
    example=("sigmoidplus(0, 2, 1)", 2.0),
)

CENTRED_SHARES = Operation(
    name="centred_softmax",
    arguments=("z", "x"),
    signature="n n -> n",
    because="With p = softmax(z) it is p times (x minus its mean under p).",
    value=careful(_centred_shares_value, _centred_shares_plain),
    definition=_centred,
    pullbacks=(
        lambda y_bar, y, arguments: _centred(arguments[0], _weighed(y_bar, *arguments)),
        lambda y_bar, y, arguments: _centred(arguments[0], y_bar),
    ),
    spellings=("centredsoftmax", "centred_softmax"),
    function=Name("centredsoftmax"),
    numpy=lambda z, x: f"_centred_shares({z}, {x})",
    numpy_functions=(_centred_shares_value,),
    domain=((-1.0, 1.0), (-1.0, 1.0)),
    properties=WHOLE,
    source="Bishop, Pattern Recognition and Machine Learning, 4.106",
    example=("centredsoftmax([0, 0], [1, 3])", (-0.5, 0.5)),
)


def _excess(name: str, word: str, value: Any, because: str) -> Operation:
    return Operation(
        name=name,
        arguments=("p", "q", "exponent"),
        signature="S S S -> S",
        because=because,
        value=careful(value, _ratio_excess_plain),
        definition=lambda p, q, exponent: build.subtract(_ratio_power(p, q, exponent), ONE),
        partials=(
            lambda p, q, exponent: build.multiply(exponent, divide(_ratio_power(p, q, exponent), p)),
            lambda p, q, exponent: build.scale(-1, build.multiply(exponent, divide(_ratio_power(p, q, exponent), q))),
            lambda p, q, exponent: build.multiply(_ratio_power(p, q, exponent), log(divide(p, q))),
        ),
        spellings=(word, name),
        function=Name(word),
        numpy=lambda p, q, exponent: f"{generated_name(value)}({p}, {q}, {exponent})",
        numpy_functions=(value,),
        domain=((0.1, 3.0),),
        properties=SMOOTH,
        source="Abramowitz and Stegun, 4.2.1",
        example=(f"{word}(2, 1, 2)", 3.0),
    )


RATIO_EXCESS = _excess("ratio_excess", "RatioExcess", _ratio_excess_value, "(p / q)^k - 1 is differentiated as a power.")
RATIO_EXCESS_LIMIT = _excess(
    "ratio_excess_limit", "RatioExcessLimit", _ratio_excess_limit_value, "(p / q)^k - 1 is differentiated as a power."
)
"""With -1 where p is 0, also if q is: the limit for q going to 0."""
