"""Powers of p / q divided by the sum of p^a q^(1 - a), in logarithms: large orders and tiny entries stay in range."""

from typing import Any

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation
from chainrule.ops.arithmetic import divide, log, power
from chainrule.ops.information.sums import careful, log_ratio
from chainrule.ops.normalisation import logsumexp_value
from chainrule.ops.properties import WHOLE
from chainrule.syntax.tree import Name

ONE = build.constant(1)


def tilted_shares(p: Node, q: Node, exponent: Node, order: Node) -> Node:
    """p (n), q (n), two scalars -> (n). (p / q)^exponent, divided by the sum of p^order q^(1 - order)."""
    return build.apply(TILTED_SHARES, p, q, exponent, order)


def _tilted_shares_value(xp: Any, p: Any, q: Any, exponent: Any, order: Any) -> Any:
    """In the sum an outcome that p does not have counts nothing, also where q is 0."""
    weights = order * xp.log(p) + (1.0 - order) * xp.log(q) if order != 1 else xp.log(p)
    weights = xp.where((p == 0) & (order > 0), -xp.inf, weights)
    return xp.exp(exponent * log_ratio(xp, p, q) - logsumexp_value(xp, weights))


def _tilted_shares_plain(xp: Any, p: Any, q: Any, exponent: Any, order: Any) -> Any:
    return (p / q) ** exponent / xp.sum(p**order * q ** (1.0 - order))


def _definition(p: Node, q: Node, exponent: Node, order: Node) -> Node:
    weights = build.multiply(power(p, order), power(q, build.subtract(ONE, order)))
    return divide(power(divide(p, q), exponent), build.total(weights))


def _of_power(y_bar: Node, y: Node, times: Node, below: Node) -> Node:
    """What (p / q)^k contributes, k y / p by p."""
    return build.multiply(y_bar, times, divide(y, below))


def _by_p(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q, exponent, order = arguments
    whole = build.multiply(order, build.inner(y_bar, y), tilted_shares(p, q, build.subtract(order, ONE), order))
    return build.subtract(_of_power(y_bar, y, exponent, p), whole)


def _by_q(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q, exponent, order = arguments
    whole = build.multiply(build.subtract(ONE, order), build.inner(y_bar, y), tilted_shares(p, q, order, order))
    return build.scale(-1, build.add(_of_power(y_bar, y, exponent, q), whole))


def _by_exponent(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q, _, _ = arguments
    return build.inner(y_bar, build.multiply(y, log(divide(p, q))))


def _by_order(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q, _, order = arguments
    mean = build.inner(build.multiply(q, tilted_shares(p, q, order, order)), log(divide(p, q)))
    return build.scale(-1, build.multiply(build.inner(y_bar, y), mean))


TILTED_SHARES = Operation(
    name="tilted_shares",
    arguments=("p", "q", "exponent", "order"),
    signature="n n . . -> n",
    because="It is (p / q)^k, divided by the sum of p^a q^(1 - a): by the quotient rule.",
    value=careful(_tilted_shares_value, _tilted_shares_plain),
    definition=_definition,
    pullbacks=(_by_p, _by_q, _by_exponent, _by_order),
    spellings=("TiltedShares", "tilted_shares"),
    function=Name("TiltedShares"),
    numpy=lambda p, q, exponent, order: f"_tilted_shares({p}, {q}, {exponent}, {order})",
    numpy_functions=(_tilted_shares_value,),
    domain=((0.1, 0.9),),
    properties=WHOLE,
    source="van Erven and Harremoës, Rényi divergence and Kullback-Leibler divergence, 2014",
    example=("TiltedShares([1, 1], [1, 1], 2, 2)", (0.5, 0.5)),
)
