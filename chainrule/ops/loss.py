"""Losses: squared error, cross-entropy and binary cross-entropy, from probabilities and from logits.

The target comes first, as in the cross-entropy of t and p; 0 log 0 is 0.
"""

from typing import Any

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation
from chainrule.ops.activation import sigmoid, softplus_value
from chainrule.ops.arithmetic import divide, log, square
from chainrule.ops.construction import Construction
from chainrule.ops.information.entropy import cross_entropy_plain, cross_entropy_value
from chainrule.ops.information.sums import careful
from chainrule.ops.normalisation import log_softmax, log_softmax_value, softmax
from chainrule.ops.properties import LOSS, WHOLE
from chainrule.ops.reduction import mean
from chainrule.syntax.tree import Name

ONE = build.constant(1)


def _complement(x: Node) -> Node:
    return build.subtract(ONE, x)


def _weighed_log(xp: Any, t: Any, p: Any) -> Any:
    """t log p, and 0 where t is 0, of p that are not negative."""
    return t * xp.log(xp.where((t == 0) & (xp.real(p) >= 0), 1.0, p))


def _squared_error_value(xp: Any, target: Any, prediction: Any) -> Any:
    return xp.sum((target - prediction) ** 2)


def _squared_error_pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    target, prediction = arguments
    return build.scale(2, build.multiply(y_bar, build.subtract(target, prediction)))


def _squared_error_pullback_prediction(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    target, prediction = arguments
    return build.scale(2, build.multiply(y_bar, build.subtract(prediction, target)))


def _cross_entropy_pullback_target(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return build.scale(-1, build.multiply(y_bar, log(arguments[1])))


def _cross_entropy_pullback_probability(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    target, probability = arguments
    return build.scale(-1, build.multiply(y_bar, divide(target, probability)))


def _cross_entropy_with_logits_value(xp: Any, target: Any, logits: Any) -> Any:
    return -xp.sum(xp.where(target == 0, 0.0, target * log_softmax_value(xp, logits)))


def _logits_pullback_target(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return build.scale(-1, build.multiply(y_bar, log_softmax(arguments[1])))


def _logits_pullback_logits(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    target, logits = arguments
    every = build.multiply(build.total(target), softmax(logits))
    return build.multiply(y_bar, build.subtract(every, target))


def _binary_cross_entropy_value(xp: Any, target: Any, probability: Any) -> Any:
    miss = (1.0 - target) * xp.log1p(xp.where((target == 1) & (xp.real(probability) <= 1), 0.0, -probability))
    return 0.0 - _weighed_log(xp, target, probability) - miss


def _binary(target: Node, probability: Node) -> Node:
    """-(t log p + (1 - t) log(1 - p))."""
    hit = build.multiply(target, log(probability))
    miss = build.multiply(_complement(target), log(_complement(probability)))
    return build.scale(-1, build.add(hit, miss))


def _binary_by_target(target: Node, probability: Node) -> Node:
    return build.subtract(log(_complement(probability)), log(probability))


def _binary_by_probability(target: Node, probability: Node) -> Node:
    miss = divide(_complement(target), _complement(probability))
    return build.subtract(miss, divide(target, probability))


def _binary_cross_entropy_with_logits_value(xp: Any, target: Any, logit: Any) -> Any:
    """softplus(z) - t z, as two terms that keep their digits where the loss is small."""
    return target * softplus_value(xp, -logit) + (1.0 - target) * softplus_value(xp, logit)


SQUARED_ERROR = Operation(
    name="squared_error",
    arguments=("target", "prediction"),
    signature="S S -> .",
    because="The derivative of a square is twice what is squared.",
    value=_squared_error_value,
    definition=lambda target, prediction: build.total(square(build.subtract(target, prediction))),
    pullbacks=(_squared_error_pullback, _squared_error_pullback_prediction),
    spellings=("squared_error", "SSE", "sse"),
    function=Name("SSE"),
    numpy=lambda target, prediction: f"np.sum(np.square(np.subtract({target}, {prediction})))",
    properties=WHOLE,
    source="Bishop, Pattern Recognition and Machine Learning, 5.11, without the factor 1/2",
    example=("squared_error([1, 2], [3, 5])", 13.0),
)

CROSS_ENTROPY = Operation(
    name="cross_entropy",
    arguments=("target", "probability"),
    signature="n n -> .",
    because="The cross-entropy is the sum of -t log p.",
    reasons=(
        "The derivative of -t log p by t is -log p, entry by entry.",
        "The derivative of -t log p by p is -t / p, entry by entry.",
    ),
    value=careful(cross_entropy_value, cross_entropy_plain),
    definition=lambda target, probability: build.scale(-1, build.inner(target, log(probability))),
    pullbacks=(_cross_entropy_pullback_target, _cross_entropy_pullback_probability),
    spellings=("cross_entropy", "CE", "crossentropy", "CrossEntropy"),
    function=Name("CE"),
    numpy=lambda target, probability: f"_cross_entropy({target}, {probability})",
    numpy_functions=(cross_entropy_value,),
    domain=((0.1, 0.9),),
    properties=WHOLE,
    source="Goodfellow, Bengio, Courville, Deep Learning, 3.51",
    example=("cross_entropy([0, 1], [0.5, 0.5])", 0.6931471805599453),
)

CROSS_ENTROPY_WITH_LOGITS = Operation(
    name="cross_entropy_with_logits",
    arguments=("target", "logits"),
    signature="n n -> .",
    because="The cross-entropy is the sum of -t log softmax(z).",
    reasons=(
        "The derivative of -t log p by t is -log p, entry by entry; here log p = logsoftmax(z).",
        "The gradient by the logits is sum(t) softmax(z) - t, which is softmax(z) - t where the targets sum to one.",
    ),
    value=_cross_entropy_with_logits_value,
    definition=lambda target, logits: build.scale(-1, build.inner(target, log(softmax(logits)))),
    pullbacks=(_logits_pullback_target, _logits_pullback_logits),
    spellings=("cross_entropy_with_logits", "CEwithLogits"),
    function=Name("CEwithLogits"),
    numpy=lambda target, logits: f"_cross_entropy_with_logits({target}, {logits})",
    numpy_functions=(_cross_entropy_with_logits_value,),
    domain=((0.1, 0.9), (-2.0, 2.0)),
    properties=WHOLE,
    source="Bishop, Pattern Recognition and Machine Learning, 4.108 and 4.109",
    example=("cross_entropy_with_logits([0, 1], [2, 2])", 0.6931471805599453),
)

BINARY_CROSS_ENTROPY = Operation(
    name="binary_cross_entropy",
    arguments=("target", "probability"),
    signature="S S -> S",
    because="The binary cross-entropy is -(t log p + (1 - t) log(1 - p)).",
    reasons=(
        "The derivative of -(t log p + (1 - t) log(1 - p)) by t is log(1 - p) - log p.",
        "The derivative of -(t log p + (1 - t) log(1 - p)) by p is (1 - t) / (1 - p) - t / p.",
    ),
    value=careful(_binary_cross_entropy_value, _binary_cross_entropy_value),
    definition=_binary,
    partials=(_binary_by_target, _binary_by_probability),
    spellings=("binary_cross_entropy", "BCE", "bce"),
    function=Name("BCE"),
    numpy=lambda target, probability: f"_binary_cross_entropy({target}, {probability})",
    numpy_functions=(_binary_cross_entropy_value,),
    domain=((0.1, 0.9),),
    properties=LOSS,
    source="Bishop, Pattern Recognition and Machine Learning, 4.90",
    example=("binary_cross_entropy(1, 0.5)", 0.6931471805599453),
)

BINARY_CROSS_ENTROPY_WITH_LOGITS = Operation(
    name="binary_cross_entropy_with_logits",
    arguments=("target", "logit"),
    signature="S S -> S",
    because="With p = sigmoid(z) the binary cross-entropy is softplus(z) - t z.",
    reasons=(
        "softplus(z) - t z has derivative -z by t.",
        "softplus(z) - t z has derivative sigmoid(z) - t by z.",
    ),
    value=_binary_cross_entropy_with_logits_value,
    definition=lambda target, logit: _binary(target, sigmoid(logit)),
    partials=(
        lambda target, logit: build.scale(-1, logit),
        lambda target, logit: build.subtract(sigmoid(logit), target),
    ),
    spellings=("binary_cross_entropy_with_logits", "BCEwithLogits"),
    function=Name("BCEwithLogits"),
    numpy=lambda target, logit: f"_binary_cross_entropy_with_logits({target}, {logit})",
    numpy_functions=(_binary_cross_entropy_with_logits_value,),
    domain=((0.1, 0.9), (-2.0, 2.0)),
    properties=LOSS,
    source="Bishop, Pattern Recognition and Machine Learning, 4.90 and 4.91",
    example=("binary_cross_entropy_with_logits(1, 0)", 0.6931471805599453),
)

MEAN_SQUARED_ERROR = Construction(
    name="mean_squared_error",
    arguments=("target", "prediction"),
    signature="S S -> .",
    build=lambda target, prediction: mean(square(build.subtract(target, prediction))),
    spellings=("mean_squared_error", "MSE", "mse"),
    example=("mse([1, 2], [3, 5])", 6.5),
)
