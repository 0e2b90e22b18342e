"""The same value by operations that neither overflow nor meet 0 log 0 and keep their digits, for numbers and programs.

Not a simplification: log softmax(z) is longer than what a person wrote, and as a formula no better.
"""

from collections.abc import Callable, Collection, Sequence
from typing import cast

from chainrule.algebra.normal_form import normal_form
from chainrule.algebra.powers import base_and_exponent, integer
from chainrule.algebra.steady_logarithms import argument, steady_logarithm
from chainrule.algebra.steady_logistic import complement, steady_difference, tanh_slope
from chainrule.algebra.steady_powers import found_powers
from chainrule.algebra.steady_products import quotient, steady_product
from chainrule.algebra.steady_shares import found_shares
from chainrule.graph import build
from chainrule.graph.node import Add, Apply, Constant, Contract, Named, Node, Stack, operands, postorder
from chainrule.graph.operation import Operation
from chainrule.graph.walk import expand, rebuild, substitute
from chainrule.ops.activation import SIGMOID, SOFTPLUS, sigmoid
from chainrule.ops.arithmetic import LOG, log
from chainrule.ops.exponential import TANH
from chainrule.ops.information.divergences import KL
from chainrule.ops.information.entropy import ENTROPY
from chainrule.ops.information.slopes import SLOPES
from chainrule.ops.loss import (
    BINARY_CROSS_ENTROPY,
    BINARY_CROSS_ENTROPY_WITH_LOGITS,
    CROSS_ENTROPY,
    CROSS_ENTROPY_WITH_LOGITS,
)
from chainrule.ops.normalisation import LOG_SOFTMAX, SOFTMAX, log_softmax
from chainrule.ops.ratios import LOG1P, LOG_RATIO, LOG_SHARE, LOG_SHARE_LIMIT, PRESENT, SHARE, WEIGHED, log_share_limit
from chainrule.ops.shares import CENTRED_SHARES, RATIO_EXCESS, RATIO_EXCESS_LIMIT
from chainrule.ops.times_log import TIMES_LOG

NO_CUTS: frozenset[Node] = frozenset()
LOGARITHMIC = (
    LOG,
    LOG1P,
    LOG_RATIO,
    LOG_SHARE,
    LOG_SHARE_LIMIT,
    PRESENT,
    WEIGHED,
    SHARE,
    TIMES_LOG,
    ENTROPY,
    BINARY_CROSS_ENTROPY,
    SOFTPLUS,
    LOG_SOFTMAX,
    CENTRED_SHARES,
    RATIO_EXCESS,
    RATIO_EXCESS_LIMIT,
)


def steady(root: Node, cuts: Collection[Node] = NO_CUTS, *, apart: bool = False, complements: bool = False) -> Node:
    """The graph in operations that keep their digits. cuts: nodes whose values are given.

    apart: also the logarithm of a product as a sum, which has fewer digits and a wider range. complements: 1 - sigma(x) as
    sigma(-x) also where nothing is the logarithm of it.
    """

    def into(node: Node) -> tuple[Node, ...]:
        return () if node in cuts else operands(node)

    order = postorder(root, into=into)
    complements = complements or any(map(is_logarithmic, order))
    for find in (_slopes, found_shares, _powers):
        found = find(order, normal_form)
        if found:
            root = substitute(root, found)
            order = postorder(root, into=into)
    made: dict[Node, Node] = {}
    for node in order:
        old = into(node)
        new = tuple(made[o] for o in old)
        same = node if all(a is b for a, b in zip(old, new, strict=True)) else rebuild(node, new)
        made[node] = same if node in cuts else _rewritten(same, complements=complements, apart=apart)
    return made[root]


def _slopes(order: Sequence[Node], simplify: Callable[[Node], Node]) -> dict[Node, Node]:
    """The formulas among the nodes that are the derivative of a quantity by its order, with that as one operation."""
    found: dict[Node, Node] = {}
    for node in order:
        slope = SLOPES.get(node.operation) if isinstance(node, Apply) else None
        if not isinstance(node, Apply) or slope is None or slope.definition is None or isinstance(node.arguments[-1], Constant):
            continue
        written = cast("Callable[..., Node]", slope.definition)(*node.arguments)
        for form in (written, simplify(written)):
            coefficient, body = build.split_coefficient(form)
            found[body] = build.scale(1 / coefficient, build.apply(slope, *node.arguments))
    return {node: found[node] for node in order if node in found}


def _powers(order: Sequence[Node], _simplify: Callable[[Node], Node]) -> dict[Node, Node]:
    return found_powers(order)


def _rewritten(node: Node, *, complements: bool, apart: bool) -> Node:
    match node:
        case Apply(operation=operation, arguments=(x,)) if operation is LOG:
            return steady_logarithm(x, apart=apart) or node
        case Apply(operation=operation, arguments=(Stack(items=items),)) if operation is ENTROPY:
            return _entropy(items) or node
        case Apply(operation=operation, arguments=(p,)) if operation is ENTROPY and argument(p, SOFTMAX) is not None:
            return build.scale(-1, build.inner(p, steady_logarithm(p, apart=False) or log(p)))
        case Apply(arguments=(x,)) if complements and _is_slope(node, SIGMOID):
            return build.multiply(sigmoid(x), sigmoid(build.scale(-1, x)))
        case Apply(arguments=(x,)) if complements and _is_slope(node, TANH):
            return tanh_slope(x)
        case Apply(operation=operation, arguments=(t, p)) if (z := argument(p, SOFTMAX)) is not None:
            if operation is CROSS_ENTROPY:
                return build.apply(CROSS_ENTROPY_WITH_LOGITS, t, z)
            if operation is KL and (w := argument(t, SOFTMAX)) is not None:
                return build.inner(t, build.subtract(log_softmax(w), log_softmax(z)))
            if operation is KL:
                return build.subtract(build.apply(CROSS_ENTROPY_WITH_LOGITS, t, z), build.apply(ENTROPY, t))
        case Apply(operation=operation, arguments=(t, p)) if operation is BINARY_CROSS_ENTROPY:
            z = argument(p, SIGMOID)
            return node if z is None else build.apply(BINARY_CROSS_ENTROPY_WITH_LOGITS, t, z)
        case Add():
            return (complement(node) if complements else None) or steady_difference(node) or node
        case Contract():
            return steady_product(node) or node
        case _:
            pass
    return node


def is_logarithmic(node: Node) -> bool:
    """Whether it has to do with probabilities: then it should have its digits near zero and one."""
    return isinstance(node, Apply) and node.operation in LOGARITHMIC


def _entropy(items: Sequence[Node]) -> Node | None:
    """The entropy of a list of probabilities term by term, where the logarithm of one of them has a better form."""
    if any(item.shape for item in items) or all(steady_logarithm(item, apart=False) is None for item in items):
        return None
    terms = [build.multiply(item, steady_logarithm(item, apart=False) or log(item)) for item in items]
    weighed = [steady_product(term) or term if isinstance(term, Contract) else term for term in terms]
    return build.linear([(-1, term) for term in weighed], ())


def _is_slope(node: Apply, operation: Operation) -> bool:
    """Whether it is the derivative of that operation, sigma'(x)."""
    return node.operation.made_by is not None and node.operation.made_by[1] == (operation,)


def at_edges(derivative: Node, target: Node, by: Sequence[Node]) -> Node:
    """The derivative with t / x as 0 where t is 0, for a t that does not move with `by`: then nothing moves with it there.

    So it is of p log q, which is 0 for every q where p is 0. What the target itself divides by stays as it is: there 0 / 0
    is no number.
    """
    order = postorder(derivative)
    powers = {base: n for n in order for base, times in [base_and_exponent(n)] if (integer(times) or 0) < 0}
    if not powers:
        return derivative
    divisors = _divisors(target)
    moving = _moving(order, by)
    divided = found_powers(order, lambda node: node not in moving)
    if divided:
        derivative = substitute(derivative, divided)
        order = postorder(derivative)
        moving = _moving(order, by)
    made: dict[Node, Node] = {}
    for node in order:
        old = operands(node)
        new = tuple(made[o] for o in old)
        found = node if all(a is b for a, b in zip(old, new, strict=True)) else rebuild(node, new)
        if (x := argument(node, LOG)) is not None:
            found = _limit(x, moving) or node
        if isinstance(node, Contract) and isinstance(found, Contract):
            still = {m for o, m in zip(old, new, strict=True) if o not in moving}
            found = quotient(found, still.__contains__, lambda x: normal_form(expand(x)) not in divisors) or found
        made[node] = found
    return made[derivative]


def _limit(x: Node, moving: Collection[Node]) -> Node | None:
    """log x for an x = p / (w p + r) of which p moves: at p = 0 without an r it has the limit -log w."""
    match steady_logarithm(x, apart=False):
        case Apply(operation=operation, arguments=(p, rest, weight)) if operation is LOG_SHARE and p in moving:
            return log_share_limit(p, rest, weight)
        case _:
            return None


def _moving(order: Sequence[Node], by: Sequence[Node]) -> set[Node]:
    """The nodes that change with a small step of the variables: an indicator does not."""
    found = set(by)
    for node in order:
        rules = (*node.operation.partials, *node.operation.pullbacks) if isinstance(node, Apply) else ()
        stands = bool(rules) and not any(rules)
        if not stands and any(operand in found for operand in operands(node)):
            found.add(node)
    return found


def _divisors(target: Node) -> set[Node]:
    """What a quantity divides by, other than inside of a logarithm."""
    whole = expand(target.body if isinstance(target, Named) else target)
    steadied = (steady(whole), steady(normal_form(whole)))
    bases = {base_and_exponent(n)[0] for n in postorder(*steadied) if (integer(base_and_exponent(n)[1]) or 0) < 0}
    return {normal_form(base) for base in bases}
