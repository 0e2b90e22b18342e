"""Products whose parts leave the range of numbers where the product does not, and those that an absent outcome makes zero."""

from collections.abc import Callable, Sequence
from itertools import repeat

from chainrule.algebra.powers import base_and_exponent, integer
from chainrule.graph import build
from chainrule.graph.node import Add, Apply, Constant, Contract, Node
from chainrule.ops.arithmetic import LOG, divide
from chainrule.ops.information.divergences import KL
from chainrule.ops.information.entropy import ENTROPY
from chainrule.ops.loss import CROSS_ENTROPY
from chainrule.ops.ratios import LOG1P, LOG_RATIO, LOG_SHARE, LOG_SHARE_LIMIT, PRESENT, present, share, weighed
from chainrule.ops.times_log import TIMES_LOG, times_log

INFINITE = (LOG, LOG1P, LOG_RATIO, LOG_SHARE, LOG_SHARE_LIMIT)
"""The logarithms that are infinite somewhere."""
MOST_DIVISIONS = 4
Indices = tuple[int, ...]


def steady_product(node: Contract) -> Node | None:
    """The product with t log x as one operation, or with p p / q^2 as (p / q) (p / q); None where it has neither."""
    return _as_quantity(node) or _of_ratios(node) or _with_logarithm(node)


def _as_quantity(node: Contract) -> Node | None:
    """The sum of t log x over a vector as the entropy, cross-entropy or divergence that it is, which is rounded once."""
    if node.output or len(node.extents) != 1 or any(own != (0,) for own in node.indices):
        return None
    found = _weighed(node)
    if found is None:
        return None
    t, p, q = found
    if p is None:
        return build.scale(-1, build.apply(ENTROPY, t) if t is q else build.apply(CROSS_ENTROPY, t, q))
    return build.apply(KL, p, q) if p is t else None


def _weighed(node: Contract) -> tuple[Node, Node | None, Node] | None:
    """(t, p, q) where t log(p / q) is summed, however that stands there; (t, None, q) for t log q."""
    match node.factors:
        case (Apply(operation=operation, arguments=(t, q)),) if operation is TIMES_LOG:
            return t, None, q
        case (Apply(operation=operation, arguments=(t, logarithm)),) if operation is PRESENT:
            ratio = _ratio(logarithm)
            return None if ratio is None else (t, *ratio)
        case (Add(terms=((c, Apply(arguments=(t, p)) as first), (d, Apply(arguments=(other, q)) as second))),) if c == -d == 1:
            return (t, p, q) if first.operation is second.operation is TIMES_LOG and t is other else None
        case (left, right):
            for t, logarithm in ((left, right), (right, left)):
                ratio = _ratio(logarithm)
                if ratio is not None and not _divides(t):
                    return t, *ratio
        case _:
            pass
    return None


def _ratio(node: Node) -> tuple[Node | None, Node] | None:
    """(p, q) of log(p / q) and of log p - log q; (None, q) of log q."""
    match node:
        case Apply(operation=operation, arguments=(p, q)) if operation is LOG_RATIO:
            return p, q
        case Apply(operation=operation, arguments=(q,)) if operation is LOG:
            return None, q
        case Add(terms=((c, Apply() as first), (d, Apply() as second))) if (c, d) == (1, -1):
            return (first.arguments[0], second.arguments[0]) if first.operation is second.operation is LOG else None
        case _:
            return None


def _of_ratios(node: Contract) -> Node | None:
    for k, (factor, own) in enumerate(zip(node.factors, node.indices, strict=True)):
        base, exponent = base_and_exponent(factor)
        times = integer(exponent)
        above = [i for i, its in enumerate(node.indices) if its == own and not _is_power(node.factors[i])]
        if times is not None and 1 < -times <= len(above):
            taken = above[:-times]
            return _with([divide(node.factors[i], base) for i in taken], repeat(own, len(taken)), node, {k, *taken})
    return None


def _with_logarithm(node: Contract) -> Node | None:
    """A product with a logarithm, or with a sum that has one, beside factors of the same indices: t log x."""
    for k, (factor, own) in enumerate(zip(node.factors, node.indices, strict=True)):
        terms = factor.terms if isinstance(factor, Add) else ((1, factor),)
        if not any(_is_logarithm(n) for _, n in terms):
            continue
        others = [i for i, its in enumerate(node.indices) if i != k and its == own and not _divides(node.factors[i])]
        if not others:
            continue
        beside = [node.factors[i] for i in others]
        found = build.linear([(c, _times(beside, n)) for c, n in terms], factor.shape)
        return _with([found], [own], node, {k, *others})
    return None


def _is_logarithm(node: Node) -> bool:
    return isinstance(node, Apply) and node.operation in INFINITE


def _is_power(node: Node) -> bool:
    return base_and_exponent(node)[0] is not node


def _divides(node: Node) -> bool:
    exponent = base_and_exponent(node)[1]
    return isinstance(exponent, Constant) and exponent.value < 0


def _times(factors: Sequence[Node], n: Node) -> Node:
    """Entry by entry, 0 where a factor is 0 and n is a number, or is log(0 / 0) as that factor is one of the numerator."""
    t = build.multiply(*factors)
    if isinstance(n, Apply) and n.operation is LOG:
        return times_log(t, n.arguments[0])
    if not isinstance(n, Apply) or n.operation not in INFINITE:
        return build.multiply(t, n)
    if n.operation is LOG1P:
        return weighed(t, n)
    zeros = _zeros(n.arguments[0])
    held = [f for f in factors if zeros & _zeros(f)]
    if not held:
        return weighed(t, n)
    others = [f for f in factors if f not in held]
    found = present(build.multiply(*held), n)
    return weighed(build.multiply(*others), found) if others else found


def _zeros(node: Node) -> set[Node]:
    """What makes it zero, entry by entry: itself and its factors, of powers the bases."""
    whole = build.split_coefficient(node)[1]
    held = [whole]
    if isinstance(whole, Contract):
        held += [f for f, own in zip(whole.factors, whole.indices, strict=True) if own == whole.output]
    return {base_and_exponent(f)[0] for f in held if not _divides(f)}


def quotient(node: Contract, is_still: Callable[[Node], bool], may_vanish: Callable[[Node], bool]) -> Node | None:
    """The product with t / x as one operation that is 0 where t is, for a t that stands still and an x that may vanish."""
    for k, (factor, own) in enumerate(zip(node.factors, node.indices, strict=True)):
        base, exponent = base_and_exponent(factor)
        times = integer(exponent)
        if times is None or not 0 < -times <= MOST_DIVISIONS or not may_vanish(base):
            continue
        taken = [i for i, f in enumerate(node.factors) if node.indices[i] in (own, ()) and _counts(f) and is_still(f)]
        if taken:
            return _with([_divided([node.factors[i] for i in taken], base, -times)], [own], node, {k, *taken})
    return None


def _counts(factor: Node) -> bool:
    return not isinstance(factor, Constant) and not _divides(factor)


def _divided(above: Sequence[Node], below: Node, times: int) -> Node:
    """The product of some factors divided several times: a factor that stands there as often, each time by itself."""
    if times == len(above) and len(set(above)) == 1:
        return build.multiply(*(share(t, below) for t in above))
    found = build.multiply(*above)
    for _ in range(times):
        found = share(found, below)
    return build.lift(found, below.shape)


def _with(made: Sequence[Node], own: "Sequence[Indices] | repeat[Indices]", node: Contract, without: set[int]) -> Node:
    """The product with some of its factors replaced."""
    rest = [i for i in range(len(node.factors)) if i not in without]
    factors = [*made, *(node.factors[i] for i in rest)]
    return build.contract(factors, [*own, *(node.indices[i] for i in rest)], node.output, dict(enumerate(node.extents)))
