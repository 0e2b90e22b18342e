"""The same value by operations that neither overflow nor meet 0 log 0, for numbers that came out as no number.

Not a simplification: log softmax(z) is longer than what a person wrote, and as a formula no better.
"""

from fractions import Fraction

from chainrule.algebra.powers import base_and_exponent
from chainrule.graph import build
from chainrule.graph.node import Add, Apply, Constant, Contract, Node, Unit, operands, postorder
from chainrule.graph.operation import Operation
from chainrule.graph.walk import rebuild
from chainrule.ops.activation import SIGMOID, SOFTPLUS
from chainrule.ops.arithmetic import LOG, divide
from chainrule.ops.information.divergences import KL
from chainrule.ops.information.entropy import ENTROPY
from chainrule.ops.loss import (
    BINARY_CROSS_ENTROPY,
    BINARY_CROSS_ENTROPY_WITH_LOGITS,
    CROSS_ENTROPY,
    CROSS_ENTROPY_WITH_LOGITS,
)
from chainrule.ops.normalisation import LOG_SOFTMAX, SOFTMAX
from chainrule.ops.times_log import times_log

ONE = build.constant(1)


def steady(root: Node) -> Node:
    """The graph in operations that keep their digits."""
    made: dict[Node, Node] = {}
    for node in postorder(root):
        made[node] = _rewritten(rebuild(node, tuple(made[o] for o in operands(node))))
    return made[root]


def _rewritten(node: Node) -> Node:
    match node:
        case Apply(operation=operation, arguments=(x,)) if operation is LOG:
            return _log(x) or node
        case Apply(operation=operation, arguments=(t, p)) if (z := _argument(p, SOFTMAX)) is not None:
            if operation is CROSS_ENTROPY:
                return build.apply(CROSS_ENTROPY_WITH_LOGITS, t, z)
            if operation is KL:
                return build.subtract(build.apply(CROSS_ENTROPY_WITH_LOGITS, t, z), build.apply(ENTROPY, t))
        case Apply(operation=operation, arguments=(t, p)) if operation is BINARY_CROSS_ENTROPY:
            z = _argument(p, SIGMOID)
            return node if z is None else build.apply(BINARY_CROSS_ENTROPY_WITH_LOGITS, t, z)
        case Contract():
            return _of_ratios(node) or _product(node)
        case _:
            pass
    return node


def _argument(node: Node, operation: Operation) -> Node | None:
    """The z of softmax(z)."""
    return node.arguments[0] if isinstance(node, Apply) and node.operation is operation else None


def _log(x: Node) -> Node | None:
    """The logarithm of a softmax, of an entry of one, sigma(z) and 1 - sigma(z)."""
    if (z := _argument(x, SOFTMAX)) is not None:
        return build.apply(LOG_SOFTMAX, z)
    if (z := _argument(x, SIGMOID)) is not None:
        return build.scale(-1, build.apply(SOFTPLUS, build.scale(-1, z)))
    rest = build.linear([(1, ONE), *((-c, n) for c, n in x.terms)], x.shape) if isinstance(x, Add) and not x.shape else x
    if (z := _argument(rest, SIGMOID)) is not None:
        return build.scale(-1, build.apply(SOFTPLUS, z))
    if isinstance(x, Contract) and _is_entrywise(x):
        return build.linear([(c, _spread(build.apply(LOG, f), own, x)) for f, own, c in _with_exponents(x)], x.shape)
    if isinstance(x, Contract):
        picked = [k for k, f in enumerate(x.factors) if not isinstance(f, Unit)]
        z = _argument(x.factors[picked[0]], SOFTMAX) if len(picked) == 1 else None
        if z is not None and not x.output:
            factors = [build.apply(LOG_SOFTMAX, z) if k == picked[0] else f for k, f in enumerate(x.factors)]
            return build.contract(factors, x.indices, x.output, dict(enumerate(x.extents)))
    return None


def _is_entrywise(x: Contract) -> bool:
    """Whether it is a product entry by entry with a quotient in it, p / q, which is out of range sooner than its parts."""
    each = all(set(own) <= set(x.output) and len(set(own)) == len(own) for own in x.indices)
    whole = each and len(set(x.output)) == len(x.output) == len(x.extents) and len(x.factors) > 1
    return whole and any(c < 0 for _, _, c in _with_exponents(x))


def _with_exponents(x: Contract) -> list[tuple[Node, tuple[int, ...], Fraction]]:
    """The factors with their indices, powers as their base with the exponent."""
    found: list[tuple[Node, tuple[int, ...], Fraction]] = []
    for factor, own in zip(x.factors, x.indices, strict=True):
        base, exponent = base_and_exponent(factor)
        found.append((base, own, exponent.value) if isinstance(exponent, Constant) else (factor, own, Fraction(1)))
    return found


def _spread(node: Node, own: tuple[int, ...], x: Contract) -> Node:
    """A function of one factor as an array of the shape of the product."""
    return build.contract([node], [own], x.output, dict(enumerate(x.extents)))


def _of_ratios(node: Contract) -> Contract | None:
    """p p q^(-2) as (p / q) (p / q), whose parts are in range where p p is not; None where nothing is divided twice."""
    factors = _with_exponents(node)
    for k, (base, own, exponent) in enumerate(factors):
        above = [i for i, (_, its, c) in enumerate(factors) if its == own and c == 1]
        if exponent.denominator != 1 or not 1 < -exponent <= len(above):
            continue
        taken = above[: -int(exponent)]
        ratios = [divide(factors[i][0], base) for i in taken]
        rest = [i for i in range(len(factors)) if i != k and i not in taken]
        lists = [*(own for _ in taken), *(node.indices[i] for i in rest)]
        made = build.contract([*ratios, *(node.factors[i] for i in rest)], lists, node.output, dict(enumerate(node.extents)))
        return made if isinstance(made, Contract) else None
    return None


def _product(node: Contract) -> Node:
    """A product with a logarithm, or with a sum that has one, beside a factor of the same indices: t log x."""
    for k, (factor, own) in enumerate(zip(node.factors, node.indices, strict=True)):
        if not _has_log(factor):
            continue
        other = next((i for i, its in enumerate(node.indices) if i != k and its == own and not _has_log(node.factors[i])), None)
        if other is None:
            continue
        t = node.factors[other]
        terms = factor.terms if isinstance(factor, Add) else ((1, factor),)
        weighed = build.linear([(c, _times(t, n)) for c, n in terms], factor.shape)
        rest = [i for i in range(len(node.factors)) if i not in (k, other)]
        factors = [weighed, *(node.factors[i] for i in rest)]
        lists = [own, *(node.indices[i] for i in rest)]
        return build.contract(factors, lists, node.output, dict(enumerate(node.extents)))
    return node


def _has_log(node: Node) -> bool:
    return _argument(node, LOG) is not None or (
        isinstance(node, Add) and any(_argument(n, LOG) is not None for _, n in node.terms)
    )


def _times(t: Node, n: Node) -> Node:
    x = _argument(n, LOG)
    return times_log(t, x) if x is not None else build.multiply(t, n)
