"""Entropies with an order a, Rényi's and Tsallis's: of the sum s of p^a. Both are the entropy for a = 1.

Zeros count nothing for a >= 0, so that order 0 counts the outcomes that have a probability.
"""

from typing import Any

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation
from chainrule.ops.arithmetic import divide, log, power
from chainrule.ops.information.entropy import cross_entropy_value, entropy
from chainrule.ops.information.orders import expm1_over, is_number
from chainrule.ops.information.sums import are_one, careful, precise_sum
from chainrule.ops.normalisation import logsumexp_value
from chainrule.ops.properties import WHOLE
from chainrule.syntax.tree import Name

ONE = build.constant(1)


def _powers_exponents(xp: Any, p: Any, a: Any) -> Any:
    """log(p^a)."""
    return xp.where((p == 0) & (a >= 0), -xp.inf, a * xp.log(p))


def _excess(xp: Any, p: Any, a: Any) -> Any:
    """The sum of (p^a - p) / (a - 1)."""
    return precise_sum(xp, xp.where((p == 0) & (a >= 0), 0.0, p * expm1_over(xp, a - 1.0, xp.log(p))))


def _renyi_entropy_value(xp: Any, p: Any, a: Any) -> Any:
    if a == 1:
        return cross_entropy_value(xp, p, p)
    whole = logsumexp_value(xp, xp.ravel(_powers_exponents(xp, p, a)))
    if xp.abs(whole) < 0.5 and are_one(xp, p):
        whole = xp.log1p((a - 1.0) * _excess(xp, p, a))
    return 0.0 - whole / (a - 1.0)


def _sum_plain(xp: Any, p: Any, a: Any) -> Any:
    return xp.sum(xp.where(p == 0, 0.0, xp.exp(a * xp.log(p))))


def _renyi_plain(xp: Any, p: Any, a: Any) -> Any:
    return xp.log(_sum_plain(xp, p, a)) / (1.0 - a)


def _tsallis_entropy_value(xp: Any, p: Any, a: Any) -> Any:
    if a == 1:
        return cross_entropy_value(xp, p, p)
    missing = 0.0 if are_one(xp, p) else precise_sum(xp, xp.ones(1), -p) / (a - 1.0)
    return missing - _excess(xp, p, a) + 0.0


def _tsallis_plain(xp: Any, p: Any, a: Any) -> Any:
    return (1.0 - _sum_plain(xp, p, a)) / (a - 1.0)


def _sum(p: Node, order: Node) -> Node:
    return build.total(power(p, order))


def _above_one(order: Node) -> Node:
    return build.subtract(order, ONE)


def _renyi(p: Node, order: Node) -> Node:
    if is_number(order, 1):
        return entropy(p)
    return divide(log(_sum(p, order)), build.subtract(ONE, order))


def _by_p(y_bar: Node, p: Node, order: Node) -> Node:
    """Of -s / (a - 1), and of the entropy at a = 1."""
    if is_number(order, 1):
        return build.scale(-1, build.multiply(y_bar, build.add(log(p), ONE)))
    slope = build.multiply(order, power(p, _above_one(order)))
    return build.scale(-1, build.multiply(y_bar, divide(slope, _above_one(order))))


def _by_order(y_bar: Node, y: Node, p: Node, order: Node, mean: Node) -> Node:
    return build.scale(-1, build.multiply(y_bar, divide(build.add(y, mean), _above_one(order))))


def _renyi_by_p(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, order = arguments
    return _by_p(y_bar if is_number(order, 1) else divide(y_bar, _sum(p, order)), p, order)


def _renyi_by_order(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, order = arguments
    mean = divide(build.inner(power(p, order), log(p)), _sum(p, order))
    return _by_order(y_bar, y, p, order, mean)


def _tsallis(p: Node, order: Node) -> Node:
    if is_number(order, 1):
        return entropy(p)
    return divide(build.subtract(ONE, _sum(p, order)), _above_one(order))


def _tsallis_by_p(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return _by_p(y_bar, *arguments)


def _tsallis_by_order(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, order = arguments
    return _by_order(y_bar, y, p, order, build.inner(power(p, order), log(p)))


RENYI_ENTROPY = Operation(
    name="renyi_entropy",
    arguments=("p", "order"),
    signature="S . -> .",
    because="The Rényi entropy of order a is log(s) / (1 - a), s the sum of p^a.",
    reasons=(
        "The derivative of log(s) / (1 - a), s the sum of p^a, by p is a p^(a - 1) / ((1 - a) s), entry by entry.",
        "The derivative of log(s) / (1 - a) by a is the mean of log p under p^a / s plus the entropy, divided by 1 - a.",
    ),
    value=careful(_renyi_entropy_value, _renyi_plain),
    definition=_renyi,
    pullbacks=(_renyi_by_p, _renyi_by_order),
    spellings=("renyi_entropy", "RenyiEntropy"),
    function=Name("RenyiEntropy"),
    numpy=lambda p, order: f"_renyi_entropy({p}, {order})",
    numpy_functions=(_renyi_entropy_value,),
    domain=((0.1, 0.9), (1.5, 3.0)),
    margin=lambda p, order: _above_one(order),
    properties=WHOLE,
    source="Rényi, On measures of entropy and information, 1961",
    example=("renyi_entropy([0.5, 0.5], 2)", 0.6931471805599453),
)

TSALLIS_ENTROPY = Operation(
    name="tsallis_entropy",
    arguments=("p", "order"),
    signature="S . -> .",
    because="The Tsallis entropy of order a is (1 - s) / (a - 1), s the sum of p^a.",
    reasons=(
        "The derivative of (1 - s) / (a - 1), s the sum of p^a, by p is -a p^(a - 1) / (a - 1), entry by entry.",
        "By the quotient rule: the derivative of s by a is the sum of p^a log p.",
    ),
    value=careful(_tsallis_entropy_value, _tsallis_plain),
    definition=_tsallis,
    pullbacks=(_tsallis_by_p, _tsallis_by_order),
    spellings=("tsallis_entropy", "TsallisEntropy"),
    function=Name("TsallisEntropy"),
    numpy=lambda p, order: f"_tsallis_entropy({p}, {order})",
    numpy_functions=(_tsallis_entropy_value,),
    domain=((0.1, 0.9), (1.5, 3.0)),
    margin=lambda p, order: _above_one(order),
    properties=WHOLE,
    source="Tsallis, Possible generalization of Boltzmann-Gibbs statistics, 1988",
    example=("tsallis_entropy([0.5, 0.5], 2)", 0.5),
)
