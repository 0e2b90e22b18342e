"""The focal loss: cross-entropy in which what is predicted well weighs little, by the power g of what the prediction lacks."""

from typing import Any

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation
from chainrule.ops.arithmetic import divide, log, power
from chainrule.ops.information.sums import careful, precise_sum
from chainrule.ops.properties import LOSS, WHOLE
from chainrule.syntax.tree import Name

ONE = build.constant(1)


def _complement(x: Node) -> Node:
    return build.subtract(ONE, x)


def _weighted_log(p: Node, gamma: Node) -> Node:
    """(1 - p)^g log p."""
    return build.multiply(power(_complement(p), gamma), log(p))


def _by_p(p: Node, gamma: Node) -> Node:
    """The derivative of (1 - p)^g log p by p."""
    weight = build.multiply(gamma, power(_complement(p), build.subtract(gamma, ONE)), log(p))
    return build.subtract(divide(power(_complement(p), gamma), p), weight)


def _by_gamma(p: Node, gamma: Node) -> Node:
    """The derivative of (1 - p)^g log p by g."""
    return build.multiply(_weighted_log(p, gamma), log(_complement(p)))


def _of_both(part: Any, target: Node, p: Node, gamma: Node, sign: int = 1) -> Node:
    """-(t part(p) + sign (1 - t) part(1 - p))."""
    miss = build.scale(sign, build.multiply(_complement(target), part(_complement(p), gamma)))
    return build.scale(-1, build.add(build.multiply(target, part(p, gamma)), miss))


def _focal_terms(xp: Any, t: Any, p: Any, lack: Any, gamma: Any) -> Any:
    """t (1 - p)^g log p, and 0 where t is 0; lack: 1 - p."""
    gone = t == 0
    near_one = p.real > 0.5
    logs = xp.where(near_one, xp.log1p(xp.where(near_one, -lack, 0.0)), xp.log(xp.where(gone | near_one, 1.0, p)))
    return xp.where(gone, 0.0, t * lack**gamma * logs)


def _binary_focal_loss_value(xp: Any, target: Any, p: Any, gamma: Any) -> Any:
    return 0.0 - _focal_terms(xp, target, p, 1.0 - p, gamma) - _focal_terms(xp, 1.0 - target, 1.0 - p, p, gamma)


def _focal_loss_value(xp: Any, target: Any, p: Any, gamma: Any) -> Any:
    return 0.0 - precise_sum(xp, _focal_terms(xp, target, p, 1.0 - p, gamma))


def _focal_plain(xp: Any, target: Any, p: Any, gamma: Any) -> Any:
    return -xp.sum(_focal_terms(xp, target, p, 1.0 - p, gamma))


def _pullback_target(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    _, p, gamma = arguments
    return build.scale(-1, build.multiply(y_bar, _weighted_log(p, gamma)))


def _pullback_p(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    target, p, gamma = arguments
    return build.scale(-1, build.multiply(y_bar, target, _by_p(p, gamma)))


def _pullback_gamma(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    target, p, gamma = arguments
    return build.scale(-1, build.multiply(y_bar, build.inner(target, _by_gamma(p, gamma))))


FOCAL_LOSS = Operation(
    name="focal_loss",
    arguments=("target", "probability", "gamma"),
    signature="n n . -> .",
    because="The focal loss is the sum of -t (1 - p)^g log p; weights of the classes are factors of the target.",
    reasons=(
        "The derivative of -t (1 - p)^g log p by t is -(1 - p)^g log p, entry by entry.",
        "By the product rule: (1 - p)^g log p has derivative (1 - p)^g / p - g (1 - p)^(g - 1) log p by p.",
        "The derivative of (1 - p)^g by g is (1 - p)^g log(1 - p).",
    ),
    value=careful(_focal_loss_value, _focal_plain),
    definition=lambda target, p, gamma: build.scale(-1, build.inner(target, _weighted_log(p, gamma))),
    pullbacks=(_pullback_target, _pullback_p, _pullback_gamma),
    spellings=("FocalLoss", "focal_loss"),
    function=Name("FocalLoss"),
    numpy=lambda target, p, gamma: f"_focal_loss({target}, {p}, {gamma})",
    numpy_functions=(_focal_loss_value,),
    domain=((0.1, 0.9), (0.1, 0.9), (1.5, 3.0)),
    defaults=(2,),
    properties=WHOLE,
    source="Lin, Goyal, Girshick, He, Dollár, Focal Loss for Dense Object Detection, 2017, equation 4",
    example=("focal_loss([0, 1], [0.5, 0.5], 2)", 0.17328679513998632),
)

BINARY_FOCAL_LOSS = Operation(
    name="binary_focal_loss",
    arguments=("target", "probability", "gamma"),
    signature="S S S -> S",
    because="The binary focal loss is -(t (1 - p)^g log p + (1 - t) p^g log(1 - p)).",
    reasons=(
        "The derivative of the binary focal loss by t is p^g log(1 - p) - (1 - p)^g log p.",
        "By the product rule: (1 - p)^g log p has derivative (1 - p)^g / p - g (1 - p)^(g - 1) log p by p.",
        "The derivative of (1 - p)^g by g is (1 - p)^g log(1 - p), and that of p^g is p^g log p.",
    ),
    value=careful(_binary_focal_loss_value, _binary_focal_loss_value),
    definition=lambda target, p, gamma: _of_both(_weighted_log, target, p, gamma),
    partials=(
        lambda target, p, gamma: build.subtract(_weighted_log(_complement(p), gamma), _weighted_log(p, gamma)),
        lambda target, p, gamma: _of_both(_by_p, target, p, gamma, -1),
        lambda target, p, gamma: _of_both(_by_gamma, target, p, gamma),
    ),
    spellings=("BinaryFocalLoss", "binary_focal_loss"),
    function=Name("BinaryFocalLoss"),
    numpy=lambda target, p, gamma: f"_binary_focal_loss({target}, {p}, {gamma})",
    numpy_functions=(_binary_focal_loss_value,),
    domain=((0.1, 0.9), (0.1, 0.9), (1.5, 3.0)),
    defaults=(2,),
    properties=LOSS,
    source="Lin, Goyal, Girshick, He, Dollár, Focal Loss for Dense Object Detection, 2017, equation 4",
    example=("binary_focal_loss(1, 0.5, 2)", 0.17328679513998632),
)
