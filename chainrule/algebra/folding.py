r"""Rules that find functions again in their written-out forms: the sigmoid in 1/(1 + e^{-x}), softmax in e^z / (1^T e^z).

What a product has of e^u, 1 + e^u, sigma(u), 1 - sigma(u), sigma'(u), and all of these at -u, is s^a r^b with s = sigma(u) and
r = sigma(-u): e^u = s/r, 1 + e^u = 1/r, 1 - s = r, sigma'(u) = s r. The product is written anew from a and b.
"""

from collections.abc import Iterable, Iterator
from math import prod
from typing import NamedTuple

from chainrule.algebra.key import key
from chainrule.algebra.length import length
from chainrule.algebra.powers import base_and_exponent, collected, integer
from chainrule.algebra.signs import negated
from chainrule.graph import build
from chainrule.graph.node import Add, Apply, Constant, Contract, Node
from chainrule.graph.operation import Operation
from chainrule.graph.step import Rule
from chainrule.graph.walk import substitute
from chainrule.ops.activation import SIGMOID, sigmoid
from chainrule.ops.arithmetic import EXP, LOG, power
from chainrule.ops.normalisation import LOG_SOFTMAX, LOGSUMEXP, SOFTMAX, SOFTMAX_ROWS
from chainrule.ops.reduction import NORM

Factor = tuple[Node, tuple[int, ...]]


BOTH = frozenset((1, -1))


class Logistic(NamedTuple):
    """A factor as sigma(base)^s sigma(-base)^r.

    slope: sigma' where the factor is that. signs: 1 and -1 where a sigma stands at base and at -base, both for exponentials.
    factor: -1 for sigma - 1.
    """

    base: Node
    s: int
    r: int
    slope: Operation | None = None
    signs: frozenset[int] = BOTH
    factor: int = 1


def _is(node: Node, operation: Operation) -> bool:
    return isinstance(node, Apply) and node.operation is operation


def _is_one(node: Node) -> bool:
    """The number one, or an array of ones."""
    if isinstance(node, Constant):
        return node.value == 1
    return isinstance(node, Contract) and not node.factors and len(set(node.output)) == len(node.output) == len(node.extents)


def _unsigned(argument: Node) -> tuple[int, Node]:
    """(sign, base) with argument = sign times base; the same base for -argument."""
    turned = negated(argument)
    return min((*_weight(argument), 1, argument), (*_weight(turned), -1, turned))[3:]


def _weight(node: Node) -> tuple[int, int, bytes]:
    """The length, how many terms have a minus, and what leaves no ties."""
    return length(node), sum(c < 0 for c, _ in node.terms) if isinstance(node, Add) else 0, key(node)


def _logistic(factor: Node) -> Logistic | None:
    base, exponent = base_and_exponent(factor)
    times = integer(exponent)
    found = _simple(base) if times is not None else None
    if found is None or times is None:
        return None
    return Logistic(found.base, found.s * times, found.r * times, found.slope, found.signs, found.factor ** abs(times))


def _simple(node: Node) -> Logistic | None:
    match node:
        case Apply(operation=operation, arguments=(argument,)):
            sign, base = _unsigned(argument)
            if operation is SIGMOID:
                return _at(sign, base, 1, 0, signs=frozenset((sign,)))
            if operation is EXP:
                return _at(sign, base, 1, -1)
            if operation.made_by is not None and operation.made_by[1] == (SIGMOID,):
                return Logistic(base, 1, 1, operation, frozenset((sign,)))
        case Add(terms=((c, one), (d, other))):
            if _is_one(other):
                (c, one), (d, other) = (d, other), (c, one)
            if not (_is_one(one) and abs(c) == 1 and isinstance(other, Apply) and other.operation in (SIGMOID, EXP)):
                return None
            sign, base = _unsigned(other.arguments[0])
            if other.operation is SIGMOID and (c, d) == (-1, 1):
                return _at(sign, base, 0, 1, signs=frozenset((sign,)))._replace(factor=-1)
            if c != 1:
                return None
            if other.operation is EXP and d == 1:
                return _at(sign, base, 0, -1)
            if other.operation is SIGMOID and d == -1:
                return _at(sign, base, 0, 1, signs=frozenset((sign,)))
        case _:
            pass
    return None


def _at(sign: int, base: Node, s: int, r: int, signs: frozenset[int] = BOTH) -> Logistic:
    return Logistic(base, s, r, None, signs) if sign > 0 else Logistic(base, r, s, None, signs)


def _sigmoid_of_exp(node: Node) -> Node | None:
    """1/(1 + e^u) is sigma(-u)."""
    base, exponent = base_and_exponent(node)
    times = integer(exponent)
    if times is None or times >= 0 or not isinstance(base, Add):
        return None
    found = _simple(base)
    if found is None or found.s + found.r != -1:
        return None
    argument = found.base if found.s else negated(found.base)
    return power(sigmoid(argument), -times)


def _logistic_product(node: Node) -> Node | None:
    """What belongs to one argument at one place is written in the shortest way."""
    if not isinstance(node, Contract):
        return None
    factors = list(zip(node.factors, node.indices, strict=True))
    groups: dict[Factor, list[tuple[Factor, Logistic]]] = {}
    for place in factors:
        found = _logistic(place[0])
        if found is not None:
            groups.setdefault((found.base, place[1]), []).append((place, found))
    changed, sign = False, 1
    for (base, own), members in groups.items():
        before = [place[0] for place, _ in members]
        after = _shortest(base, [found for _, found in members]) if len(members) > 1 else before
        if _cost(after) < _cost(before):
            changed = True
            sign *= prod(found.factor for _, found in members)
            gone = [place for place, _ in members]
            factors = [place for place in factors if place not in gone] + [(f, own) for f in after]
    if not changed:
        return None
    made = build.contract([f for f, _ in factors], [own for _, own in factors], node.output, dict(enumerate(node.extents)))
    return build.scale(sign, made)


def _cost(factors: Iterable[Node]) -> int:
    """The length of a product; exponents count one more, exponentials two."""
    total = 0
    for factor in factors:
        base, exponent = base_and_exponent(factor)
        total += 1 + length(base) + (integer(exponent) != 1) + 2 * _is(base, EXP)
    return total


def _shortest(base: Node, members: list[Logistic]) -> list[Node]:
    s, r = sum(m.s for m in members), sum(m.r for m in members)
    slope = next((m.slope for m in members if m.slope is not None), None)
    signs = frozenset[int]().union(*(m.signs for m in members))
    ways = [list(_written(base, s - k, r + k, k, slope, signs)) for k in dict.fromkeys((0, s, -r))]
    return min(ways, key=_cost)


def _written(base: Node, s: int, r: int, exps: int, slope: Operation | None, signs: frozenset[int]) -> Iterator[Node]:
    """e^(exps base) sigma(base)^s sigma(-base)^r; 1 - sigma where sigma stands at the other sign alone."""
    if exps:
        yield from collected(build.apply(EXP, base if exps > 0 else negated(base)), abs(exps))
    if s > 0 and r > 0 and slope is not None:
        yield from collected(build.apply(slope, base), both := min(s, r))
        s, r = s - both, r - both
    one = build.lift(build.constant(1), base.shape)
    at, opposite = sigmoid(base), sigmoid(negated(base))
    # Both at once are sigma (1 - sigma), as the derivative of the sigmoid is written.
    complement = -1 not in signs or (s > 0 and r > 0)
    yield from collected(build.subtract(one, opposite) if 1 not in signs and s == 1 else at, s)
    yield from collected(build.subtract(one, at) if complement and r == 1 else opposite, r)


def exponential_meets_sigmoid(node: Contract, place: int) -> bool:
    """Is there a factor e^u beside the sum at a place, with sigma(u) or sigma(-u) in its terms: e^u sigma(-u) is sigma(u)."""
    total = node.factors[place]
    arguments = {_unsigned(f.arguments[0])[1] for f in node.factors if isinstance(f, Apply) and f.operation is EXP}
    if not arguments or not isinstance(total, Add):
        return False
    parts = [f for _, n in total.terms for f in (n.factors if isinstance(n, Contract) else (n,))]
    found = [_logistic(part) for part in parts]
    return any(each is not None and each.base in arguments for each in found)


def with_complements(node: Add) -> Node | None:
    """The sum with 1 - sigma(u) for every sigma(-u), where sigma(u) is a factor of some term too; None where there is none."""
    found = [f for _, n in node.terms for f in (n.factors if isinstance(n, Contract) else (n,)) if _is(f, SIGMOID)]
    replaced: dict[Node, Node] = {}
    for factor in found:
        opposite = sigmoid(negated(factor.arguments[0])) if isinstance(factor, Apply) else factor
        if opposite in found and (length(factor), key(factor)) < (length(opposite), key(opposite)):
            replaced[opposite] = build.subtract(build.lift(build.constant(1), factor.shape), factor)
    return substitute(node, replaced) if replaced else None


def _softmax(node: Node) -> Node | None:
    """e^z over the sum of its entries, or of each row's, is softmax(z)."""
    if not isinstance(node, Contract):
        return None
    factors = list(zip(node.factors, node.indices, strict=True))
    for k, (below, its) in enumerate(factors):
        base, exponent = base_and_exponent(below)
        times = integer(exponent)
        argument = _summed_exp(base) if times is not None and times < 0 else None
        if argument is None or times is None or not isinstance(base, Contract):
            continue
        kept = base.output
        for m, (above, own) in enumerate(factors):
            if not (_is(above, EXP) and isinstance(above, Apply) and above.arguments[0] is argument):
                continue
            if tuple(own[axis] for axis in kept) != its:
                continue
            rest = [place for n, place in enumerate(factors) if n not in (k, m)]
            rest += [(_shares(argument, kept), own), (power(base, times + 1), its)]
            extents = dict(enumerate(node.extents))
            return build.contract([f for f, _ in rest], [o for _, o in rest], node.output, extents)
    return None


def _summed_exp(node: Node) -> Node | None:
    """z of the sum of e^z over a vector, or over one axis of a matrix."""
    if not isinstance(node, Contract) or len(node.factors) != 1 or len(node.output) != len(node.extents) - 1:
        return None
    (inside,), (own,) = node.factors, node.indices
    if not (isinstance(inside, Apply) and inside.operation is EXP) or len(set(own)) < len(own) or len(own) > 2:
        return None
    return inside.arguments[0] if set(node.output) < set(own) else None


def _shares(argument: Node, kept: tuple[int, ...]) -> Node:
    if not kept:
        return build.apply(SOFTMAX, argument)
    return (
        build.apply(SOFTMAX_ROWS, argument)
        if kept == (0,)
        else build.transpose(build.apply(SOFTMAX_ROWS, build.transpose(argument)))
    )


def _sum_of_exp(node: Node) -> Node | None:
    """e^z over softmax(z) is the sum of e^z."""
    if not isinstance(node, Contract):
        return None
    factors = list(zip(node.factors, node.indices, strict=True))
    for k, (below, its) in enumerate(factors):
        shares, exponent = base_and_exponent(below)
        times = integer(exponent)
        if not (isinstance(shares, Apply) and shares.operation in (SOFTMAX, SOFTMAX_ROWS)) or times is None or times >= 0:
            continue
        above = build.apply(EXP, *shares.arguments)
        if (above, its) in factors:
            axes = its[:-1]
            summed = build.total(above, [len(axes)])
            rest = [place for n, place in enumerate(factors) if n != k and n != factors.index((above, its))]
            rest += [(summed, axes), *((f, its) for f in collected(shares, times + 1))]
            return build.contract([f for f, _ in rest], [o for _, o in rest], node.output, dict(enumerate(node.extents)))
    return None


def _log_of_sum(node: Node) -> Node | None:
    """The logarithm of the sum of e^z is logsumexp(z), and that of softmax(z) is logsoftmax(z)."""
    if not (isinstance(node, Apply) and node.operation is LOG):
        return None
    inside = node.arguments[0]
    if _is(inside, SOFTMAX) and isinstance(inside, Apply):
        return build.apply(LOG_SOFTMAX, *inside.arguments)
    argument = _summed_exp(inside)
    return build.apply(LOGSUMEXP, argument) if argument is not None and len(argument.shape) == 1 else None


def _log_softmax(node: Node) -> Node | None:
    """z - logsumexp(z) is logsoftmax(z)."""
    if not isinstance(node, Add) or len(node.shape) != 1:
        return None
    totals = {n: c for c, n in node.terms}
    for n, c in totals.items():
        inside = n.factors[0] if isinstance(n, Contract) and len(n.factors) == 1 and not n.indices[0] else None
        if isinstance(inside, Apply) and inside.operation is LOGSUMEXP and totals.get(inside.arguments[0]) == -c:
            rest = [(d, m) for d, m in node.terms if m not in (n, inside.arguments[0])]
            return build.linear([*rest, (-c, build.apply(LOG_SOFTMAX, *inside.arguments))], node.shape)
    return None


def log_odds(node: Node) -> Node | None:
    """The sum with -x for log(1 - sigma(x)) - log(sigma(x)); None where they are not in it."""
    if not isinstance(node, Add):
        return None
    found = [(c, n, _logistic(n.arguments[0])) for c, n in node.terms if isinstance(n, Apply) and n.operation is LOG]
    for c, n, one in found:
        for d, m, other in found:
            if one is None or other is None or c != -d or one.base is not other.base or {one.factor, other.factor} != {1}:
                continue
            if (one.s, one.r, other.s, other.r) == (1, 0, 0, 1):
                rest = [(e, each) for e, each in node.terms if each not in (n, m)]
                return build.linear([*rest, (c, one.base)], node.shape)
    return None


def _square_of_norm(node: Node) -> Node | None:
    """x^T x beside a power of ||x|| is its square."""
    if not isinstance(node, Contract):
        return None
    for place, (factor, own) in enumerate(zip(node.factors, node.indices, strict=True)):
        base, exponent = base_and_exponent(factor)
        times = integer(exponent)
        if own or times is None or not (isinstance(base, Apply) and base.operation is NORM):
            continue
        square = build.inner(base.arguments[0], base.arguments[0])
        found = next((k for k, f in enumerate(node.factors) if f is square), None)
        if found is not None:
            factors = [f for k, f in enumerate(node.factors) if k not in (place, found)]
            lists = [its for k, its in enumerate(node.indices) if k not in (place, found)]
            extents = dict(enumerate(node.extents))
            return build.contract([*factors, power(base, times + 2)], [*lists, ()], node.output, extents)
    return None


FOLDED_PRODUCTS = (
    Rule("squared-norm", _square_of_norm, "x^T x = ||x||^2"),
    Rule("sigmoid", _logistic_product, "e^x / (1 + e^x) = sigma(x), sigma'(x) = sigma(x) (1 - sigma(x))"),
    Rule("softmax", _softmax, "e^z over the sum of its entries is softmax(z)"),
    Rule("sum-of-exponentials", _sum_of_exp, "e^z over softmax(z) is the sum of the entries of e^z"),
)
FOLDED_FUNCTIONS = (
    Rule("sigmoid", _sigmoid_of_exp, "1/(1 + e^(-x)) = sigma(x)"),
    Rule("logsumexp", _log_of_sum, "log of a sum of exponentials is logsumexp, log of softmax is logsoftmax"),
)
FOLDED_SUMS = (Rule("logsoftmax", _log_softmax, "z - logsumexp(z) = logsoftmax(z)"),)
