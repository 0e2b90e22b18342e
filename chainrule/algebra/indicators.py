"""Rules for indicators in products: they are 0 and 1, so once is enough, and relu(x) is zero where [x > 0] is."""

from collections import Counter

from chainrule.algebra.powers import base_and_exponent, integer
from chainrule.graph import build
from chainrule.graph.node import Apply, Contract, Node, operands, postorder
from chainrule.graph.step import Rule
from chainrule.graph.walk import rebuild
from chainrule.ops.activation import RELU
from chainrule.ops.arithmetic import power
from chainrule.ops.comparison import ABS, INDICATORS, SIGN, positive, sign

Factor = tuple[Node, tuple[int, ...]]


def _once(node: Node) -> Node | None:
    """Every indicator once, none beside a relu of the same argument."""
    if not isinstance(node, Contract):
        return None
    factors = list(zip(node.factors, node.indices, strict=True))
    kept: dict[Factor, None] = {}
    others: list[Factor] = []
    for factor, own in factors:
        base, exponent = base_and_exponent(factor)
        times = integer(exponent)
        if isinstance(base, Apply) and base.operation in INDICATORS and times is not None and times > 0:
            kept[base, own] = None
        else:
            others.append((factor, own))
    for factor, own in others:
        base, exponent = base_and_exponent(factor)
        times = integer(exponent)
        if isinstance(base, Apply) and base.operation is RELU and times is not None and times > 0:
            kept.pop((positive(base.arguments[0]), own), None)
    made = [*others, *kept]
    if len(made) == len(factors) and set(made) == set(factors):
        return None
    extents = dict(enumerate(node.extents))
    return build.contract([f for f, _ in made], [own for _, own in made], node.output, extents)


def _signs(node: Node) -> Node | None:
    """sign(x)/|x| is 1/x: both exist where x is not zero."""
    if not isinstance(node, Contract):
        return None
    factors = list(zip(node.factors, node.indices, strict=True))
    for k, (below, own) in enumerate(factors):
        base, exponent = base_and_exponent(below)
        times = integer(exponent)
        if not (isinstance(base, Apply) and base.operation is ABS) or times is None or times >= 0:
            continue
        (argument,) = base.arguments
        above = sign(argument), own
        if above in factors:
            rest = [place for m, place in enumerate(factors) if m not in (k, factors.index(above))]
            rest += [(power(base, times + 1), own), (power(argument, -1), own)]
            extents = dict(enumerate(node.extents))
            return build.contract([f for f, _ in rest], [its for _, its in rest], node.output, extents)
    return None


def without_squared_signs(root: Node) -> Node:
    """The graph with 1 for every sign(u)^2.

    They differ where u is zero. In a second derivative the sign has come from |u|, and where g(|u|) has a second derivative at
    u = 0 that is g''(0), with the factor 1.
    """
    made: dict[Node, Node] = {}
    for node in postorder(root):
        old = operands(node)
        new = tuple(made[o] for o in old)
        same = node if all(a is b for a, b in zip(old, new, strict=True)) else rebuild(node, new)
        made[node] = _without_pairs(same) if isinstance(same, Contract) else _even(same)
    return made[root]


def _even(node: Node) -> Node:
    base, exponent = base_and_exponent(node)
    times = integer(exponent)
    if times is None or times < 2 or not (isinstance(base, Apply) and base.operation is SIGN):
        return node
    return base if times % 2 else build.lift(build.constant(1), node.shape)


def _without_pairs(node: Contract) -> Node:
    """Factors sign(u) that stand twice at one place are left out in pairs."""
    counted = Counter(zip(node.factors, node.indices, strict=True))
    kept = [
        place
        for place, times in counted.items()
        for _ in range(times % 2 if isinstance(place[0], Apply) and place[0].operation is SIGN else times)
    ]
    if len(kept) == len(node.factors):
        return node
    return build.contract([f for f, _ in kept], [own for _, own in kept], node.output, dict(enumerate(node.extents)))


INDICATOR_RULES = (
    Rule("sign", _signs, "sign(x)/|x| = 1/x"),
    Rule("indicator", _once, "an indicator is 0 or 1: its square is itself, and relu(x) [x > 0] = relu(x)"),
)
