"""Rules for contractions: one flat product, its independent scalar parts apart, powers collected, factors in order."""

from collections import Counter
from collections.abc import Callable
from fractions import Fraction

from chainrule.algebra.index import UnionFind, components, joined
from chainrule.algebra.key import key
from chainrule.algebra.order import ordered
from chainrule.algebra.powers import base_and_exponent, collected, integer
from chainrule.algebra.signs import split_content
from chainrule.algebra.symmetry import is_symmetric, sides_in_order
from chainrule.graph import build
from chainrule.graph.dimension import Dimension
from chainrule.graph.node import Add, Apply, Contract, Node, Stack, Unit
from chainrule.graph.operation import Property
from chainrule.graph.step import Rule
from chainrule.ops.arithmetic import power

FACTORS = 32
"""A product takes up the products among its factors while it has at most so many factors."""

Factor = tuple[Node, tuple[int, ...]]


def _again(node: Contract, factors: list[Factor]) -> Node:
    """The contraction with other factors over the same indices."""
    return build.contract([f for f, _ in factors], [own for _, own in factors], node.output, dict(enumerate(node.extents)))


def _factors(node: Contract) -> list[Factor]:
    return list(zip(node.factors, node.indices, strict=True))


def _merge(node: Node) -> Node | None:
    """A product inside a product is one product, the smallest ones first while the whole stays within FACTORS."""
    if not isinstance(node, Contract):
        return None
    inner = [f for f in node.factors if isinstance(f, Contract) and not _is_scalar_part(f)]
    count = len(node.factors)
    taken: set[Node] = set()
    for factor in sorted(inner, key=lambda f: (len(f.factors), key(f))):
        count += len(factor.factors) - 1
        if count > FACTORS:
            break
        taken.add(factor)
    return spliced(node, taken.__contains__) if taken else None


def _is_scalar_part(node: Contract) -> bool:
    """Is this a scalar with sums of its own, such as x^T y? Such a one stays a factor by itself."""
    return not node.shape and bool(node.extents)


def gather_product(node: Contract, used_once: Callable[[Node], bool]) -> Node:
    """The product with the products in it that nothing else uses, at any depth, within FACTORS: a short cut past `_merge`."""
    count = len(node.factors)

    def take(factor: Node) -> bool:
        nonlocal count
        if not isinstance(factor, Contract) or _is_scalar_part(factor) or not used_once(factor):
            return False
        fits = count + len(factor.factors) - 1 <= FACTORS
        count += len(factor.factors) - 1 if fits else 0
        return fits

    return spliced(node, take)


def spliced(node: Contract, take: Callable[[Node], bool]) -> Node:
    """The factors of the products taken side by side with the others, their output indices renamed to those they met.

    An index repeated in an inner output (a delta) makes the indices it met one.
    """
    names = UnionFind()
    extents: dict[int, Dimension] = dict(enumerate(node.extents))
    factors: list[Factor] = []
    waiting = _factors(node)[::-1]
    while waiting:
        factor, own = waiting.pop()
        if not isinstance(factor, Contract) or not take(factor):
            factors.append((factor, own))
            continue
        shift = len(extents)
        extents.update({shift + j: d for j, d in enumerate(factor.extents)})
        for met, output in zip(own, factor.output, strict=True):
            names.unite(met, shift + output)
        waiting.extend((f, tuple(shift + j for j in inner)) for f, inner in reversed(_factors(factor)))
    if len(extents) == len(node.extents) and len(factors) == len(node.factors):
        return node
    return build.contract(
        [f for f, _ in factors],
        [[names.find(j) for j in own] for _, own in factors],
        [names.find(j) for j in node.output],
        {names.find(j): d for j, d in extents.items()},
    )


def _sizes(node: Node) -> Node | None:
    """A summed index that no factor carries is a factor of its size."""
    if not isinstance(node, Contract):
        return None
    used = {i for own in (*node.indices, node.output) for i in own}
    free = [d for i, d in enumerate(node.extents) if i not in used]
    if not free:
        return None
    factors = [*_factors(node), *((build.size(d), ()) for d in free)]
    kept = {i: d for i, d in enumerate(node.extents) if i in used}
    return build.contract([f for f, _ in factors], [own for _, own in factors], node.output, kept)


def _units(node: Node) -> Node | None:
    """Unit vectors: against a list they pick the item, against each other they are one or zero, summed alone they are one."""
    if not isinstance(node, Contract):
        return None
    factors = _factors(node)
    units = [(f, own) for f, own in factors if isinstance(f, Unit)]
    if not units:
        return None
    at = {own[0]: f.position for f, own in units if isinstance(f.position, int)}
    if any(isinstance(f.position, int) and at[own[0]] != f.position for f, own in units):
        return build.zeros(node.shape)
    kept: list[Factor] = []
    for factor, own in factors:
        if isinstance(factor, Stack) and own[0] in at:
            kept.append((factor.items[at[own[0]]], own[1:]))
        elif not (isinstance(factor, Unit) and (factor, own) in kept):
            kept.append((factor, own))
    used = [i for _, own in kept for i in own] + list(node.output)
    alone = {own[0] for f, own in kept if isinstance(f, Unit) and used.count(own[0]) == 1}
    final = [(f, own) for f, own in kept if not (isinstance(f, Unit) and own[0] in alone)]
    if final == factors:
        return None
    extents = {i: d for i, d in enumerate(node.extents) if i not in alone}
    return build.contract([f for f, _ in final], [own for _, own in final], node.output, extents)


def _pinned(node: Node) -> Node | None:
    """x_i times e_k at i, with more at i: the entry x_k is a scalar in front."""
    if not isinstance(node, Contract):
        return None
    factors = _factors(node)
    at = {own[0]: f.position for f, own in factors if isinstance(f, Unit)}
    met = Counter(i for own in (*node.indices, node.output) for i in set(own))
    taken = [k for k, (f, own) in enumerate(factors) if len(own) == 1 and own[0] in at and not isinstance(f, Unit | Stack)]
    place = next((k for k in taken if met[factors[k][1][0]] > 2), None)
    if place is None:
        return None
    factor, (index,) = factors[place]
    scalar = build.entry(factor, at[index])
    return _again(node, [*factors[:place], (scalar, ()), *factors[place + 1 :]])


def _entries_of_functions(node: Node) -> Node | None:
    """f(x) with e_k at one of its axes: f of the entry of x, where f works entry by entry."""
    if not isinstance(node, Contract):
        return None
    factors = _factors(node)
    at = {own[0]: f.position for f, own in factors if isinstance(f, Unit)}
    for place, (factor, own) in enumerate(factors):
        axis = next((k for k, i in enumerate(own) if i in at), None)
        if axis is None or not isinstance(factor, Apply) or not factor.operation.elementwise:
            continue
        parts = (build.entry(a, at[own[axis]], axis) if a.shape else a for a in factor.arguments)
        made = build.apply(factor.operation, *parts)
        return _again(node, [*factors[:place], (made, own[:axis] + own[axis + 1 :]), *factors[place + 1 :]])
    return None


def _content(node: Node) -> Node | None:
    """A number or a minus that all terms of a factor share goes to the front."""
    if not isinstance(node, Contract) or not any(isinstance(f, Add) for f in node.factors):
        return None
    coefficient = Fraction(1)
    factors: list[Factor] = []
    for factor, own in _factors(node):
        content, rest = split_content(factor) if isinstance(factor, Add) else (Fraction(1), factor)
        coefficient *= content
        factors.append((rest, own))
    return None if coefficient == 1 else build.scale(coefficient, _again(node, factors))


def _powers(node: Node) -> Node | None:
    """Powers of equal factors at equal indices become one; the square of an array stays a product of two."""
    if not isinstance(node, Contract):
        return None
    groups: dict[Factor, list[Node]] = {}
    for factor, own in _factors(node):
        base, exponent = base_and_exponent(factor)
        groups.setdefault((base, own), []).append(exponent)
    if len(groups) == len(node.factors):
        return None
    factors: list[Factor] = []
    for (base, own), exponents in groups.items():
        factors.extend((f, own) for f in _collected(base, exponents))
    return None if Counter(factors) == Counter(_factors(node)) else _again(node, factors)


def _collected(base: Node, exponents: list[Node]) -> list[Node]:
    total = build.add(*exponents)
    if build.is_zero(total) and any(integer(e) is None for e in exponents):
        # x^a x^-a is one only where x^a exists; that is plain for integers alone
        return [power(base, e) for e in exponents]
    count = integer(total)
    return [power(base, total)] if count is None else collected(base, count)


def _split(node: Node) -> Node | None:
    """A part with no index in the output and none shared with the rest is a scalar factor of its own."""
    if not isinstance(node, Contract) or not node.extents:
        return None
    parts = components(node)
    apart = [part for part in parts if part.indices and not part.indices & set(node.output)]
    if not apart or (len(parts) == 1 and not node.output):
        return None
    factors = _factors(node)
    gone = {i for part in apart for i in part.factors}
    new = [place for i, place in enumerate(factors) if i not in gone]
    for part in apart:
        own = [factors[i] for i in part.factors]
        extents = {i: node.extents[i] for i in part.indices}
        new.append((build.contract([f for f, _ in own], [i for _, i in own], (), extents), ()))
    kept = {i: d for i, d in enumerate(node.extents) if not any(i in part.indices for part in apart)}
    return build.contract([f for f, _ in new], [own for _, own in new], node.output, kept)


def _reciprocals(node: Node) -> Node | None:
    """X^{-1} X is the identity: the two leave, and the indices at their ends are one."""
    if not isinstance(node, Contract):
        return None
    factors = _factors(node)
    uses = Counter(i for own in (*node.indices, node.output) for i in own)
    for place, (factor, own) in enumerate(factors):
        if not isinstance(factor, Apply) or Property.RECIPROCAL not in factor.operation.properties:
            continue
        for other, (base, its) in enumerate(factors):
            for end in (0, 1):
                if base is not factor.arguments[0] or uses[own[end]] != 2 or own[0] == own[1]:
                    continue
                if own[end] == its[1 - end]:
                    return joined(node, {place, other}, (own[1 - end], its[end]), own[end])
                if own[end] == its[end] and is_symmetric(base):
                    return joined(node, {place, other}, (own[1 - end], its[1 - end]), own[end])
    return None


def _symmetric(node: Node) -> Node | None:
    made = sides_in_order(node)
    return None if made is node else made


def _order(node: Node) -> Node | None:
    made = ordered(node)
    return None if made is node else made


PRODUCT_RULES = (
    Rule("flat-product", _merge, "a product inside a product is one product"),
    Rule("size", _sizes, "summing what does not depend on the index multiplies by the number of terms"),
    Rule("entry", _units, "a unit vector picks an entry"),
    Rule("entry-of-function", _entries_of_functions, "an entry of f(x) is f of that entry of x, where f works entry by entry"),
    Rule("entry-in-front", _pinned, "x_i e_k = x_k e_k"),
    Rule("common-number", _content, "x (2 a - 2 b) = 2 x (a - b)"),
    Rule("powers", _powers, "x^a x^b = x^(a + b)"),
    Rule("scalar-part", _split, "a factor that shares no index with the others is a scalar in front"),
    Rule("reciprocal", _reciprocals, "a matrix times its inverse is the identity"),
    Rule("order-of-factors", _order, ""),
    Rule("symmetric", _symmetric, "a symmetric matrix is its own transpose"),
)
