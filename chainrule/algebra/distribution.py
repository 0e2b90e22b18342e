"""Multiplying out, where that makes a term shorter: p (1 - t/p) = p - t, and (I - p 1^T) diag(p) = diag(p) - p p^T.

What comes out is simplified before it is measured, so `simplify` is handed in: the normal form itself.
"""

from collections.abc import Callable
from fractions import Fraction

from chainrule.algebra.folding import exponential_meets_sigmoid, with_complements
from chainrule.algebra.length import length
from chainrule.algebra.powers import base_and_exponent, integer
from chainrule.graph import build
from chainrule.graph.dimension import Shape
from chainrule.graph.node import Add, Apply, Contract, Node, Variable
from chainrule.graph.operation import Property
from chainrule.graph.walk import opaque
from chainrule.ops.arithmetic import power as power_of

AROUND = 2
"""The length of a pair of parentheses and of a diagonal, as `length` counts them."""

MOST_TERMS = 24
"""What has more terms multiplied out is left as it is."""

MOST_SYMBOLS = 2000
"""So is what is longer, which nobody reads: `a_n = c a_{n-1} (1 - a_{n-1})` put into itself doubles at each of 200 levels."""

Terms = list[tuple[Fraction, Node]]
Simplify = Callable[[Node], Node]


def multiplied_out(node: Node, simplify: Simplify, normal_form: Simplify) -> Node | None:
    """The product with one of its sums multiplied out, or all of them, or the sum with all in its terms, if that is shorter.

    normal_form: of the smaller products inside this one.
    """
    if length(node) > MOST_SYMBOLS:
        return None
    match node:
        case Contract():
            places = _that_may_cancel(node)
            for place in places:
                made = _inside(node, place, normal_form)
                if made is not None:
                    return made
            ways = [_simplified(_over(node, place), simplify) for place in places]
            ways += [_expanded(way, simplify) for way in ways]
        case Add() if 1 < len(node.terms) <= MOST_TERMS:
            ways = _ways_of_sum(node, simplify)
        case _:
            return None
    for terms in ways:
        if terms is not None:
            made = simplify(build.linear(terms, node.shape))
            if length(made) < length(node):
                return made
    return None


def _ways_of_sum(node: Add, simplify: Simplify) -> list[Terms | None]:
    ways: list[Terms | None] = []
    if any(_has_sums(n) for _, n in node.terms) and _meet(node):
        flat = _expanded(list(node.terms), simplify)
        # Where no two terms come together a residual would be torn apart: 2 A^T (A x - b) + 2 c x stays.
        ways.append(flat if flat is not None and len({n for _, n in flat}) < len(flat) else None)
    turned = with_complements(node)
    if turned is not None:
        ways.append(_expanded([(Fraction(1), turned)], simplify))
    for base, power in _denominators(node):
        numerator = _expanded([(c, _times(n, base, power)) for c, n in node.terms], simplify)
        if numerator is not None:
            total = simplify(build.linear(numerator, node.shape))
            ways.append([(Fraction(1), simplify(_times(total, base, -power)))])
    return ways


def _denominators(node: Add) -> list[tuple[Node, int]]:
    """What several terms are divided by in different powers, with the highest: 1/(1 + x^2) - 2 x^2/(1 + x^2)^2."""
    found: dict[Node, set[int]] = {}
    for _, term in node.terms:
        for factor, own in _places(term):
            base, exponent = base_and_exponent(factor)
            power = integer(exponent)
            if power is not None and power < 0 and len(own) == len(node.shape):
                found.setdefault(base, set()).add(-power)
    return [(base, max(powers)) for base, powers in found.items() if len(powers) > 1]


def _places(term: Node) -> list[tuple[Node, tuple[int, ...]]]:
    """The factors of a term that meet each axis of the output in order, or none of them."""
    if not isinstance(term, Contract):
        return [(term, tuple(range(len(term.shape))))]
    return [(f, own) for f, own in zip(term.factors, term.indices, strict=True) if own == term.output]


def _times(term: Node, base: Node, power: int) -> Node:
    """The term times a power of `base`, entry by entry."""
    return build.multiply(term, power_of(base, power))


def _simplified(terms: Terms, simplify: Simplify) -> Terms:
    return [(c, simplify(n)) for c, n in terms]


def _over(node: Contract, place: int) -> Terms:
    """The product over each term of one of its factors."""
    total = node.factors[place]
    assert isinstance(total, Add)
    extents = dict(enumerate(node.extents))
    return [
        (c, build.contract([*node.factors[:place], n, *node.factors[place + 1 :]], node.indices, node.output, extents))
        for c, n in total.terms
    ]


def _inside(node: Contract, place: int, normal_form: Simplify) -> Node | None:
    """The product where a sum and the factors beside it, entry by entry, are shorter multiplied out by themselves.

    That is so in most products where anything cancels, and the same few factors stand in many products.
    """
    own = node.indices[place]
    near = [k for k, its in enumerate(node.indices) if its == own]
    if not 1 < len(near) < len(node.factors) or len(set(own)) < len(own):
        return None
    part = build.contract([node.factors[k] for k in near], [own] * len(near), own)
    made = normal_form(part)
    if length(made) >= length(part):
        return None
    others = [k for k in range(len(node.factors)) if k not in near]
    indices = [own, *(node.indices[k] for k in others)]
    return build.contract([made, *(node.factors[k] for k in others)], indices, node.output, dict(enumerate(node.extents)))


def _has_sums(node: Node) -> bool:
    return isinstance(node, Contract) and any(isinstance(f, Add) for f in node.factors)


def _meet(node: Add) -> bool:
    """Whether terms have anything in common that could cancel: most sums of products have not, and are not looked at."""
    seen: set[Node] = set()
    for _, term in node.terms:
        own = _atoms(term)
        if seen & own:
            return True
        seen |= own
    return False


def _atoms(term: Node) -> set[Node]:
    """The factors of a term, and those of the terms of its sums."""
    factors = term.factors if isinstance(term, Contract) else (term,)
    inside = [n for f in factors for n in ((m for _, m in f.terms) if isinstance(f, Add) else (f,))]
    flat = [f for n in inside for f in (n.factors if isinstance(n, Contract) else (n,))]
    return {base_and_exponent(f)[0] for f in flat}


def _that_may_cancel(node: Contract) -> list[int]:
    """The places of sums that have a term which shrinks when another factor meets it.

    Such terms are those with a scalar in front inside a scalar, those with a negative power of what another factor is made
    of, and those without factors of their own (the identity, ones) where the other factors are short or may cancel.
    """
    sums = [k for k, factor in enumerate(node.factors) if isinstance(factor, Add)]
    if not sums:
        return []
    others = {base_and_exponent(f)[0] for f in node.factors}
    reached = others | {a for f in others for a in opaque(f) if not isinstance(f, Add)}
    return [
        k
        for k in sums
        if any(_shrinks(n, reached, node.shape) for _, n in _terms(node.factors[k]))
        or exponential_meets_sigmoid(node, k)
        or (_has_ones(node, k) and _is_open(node, k))
    ]


def _has_ones(node: Contract, place: int) -> bool:
    """Does a term of that sum have an axis that none of its factors carries?"""
    return any(map(_ones, (n for _, n in _terms(node.factors[place]))))


def _ones(term: Node) -> int:
    """The length of the ones, or the identity, in a term: what they save where another factor stands in their place."""
    if not isinstance(term, Contract):
        return 0
    spread = len(set(term.output) - {i for own in term.indices for i in own})
    return 2 * spread if term.factors else spread


def _is_open(node: Contract, place: int) -> bool:
    """Whether the product over each term of that sum may be shorter, by what cancels or because the other factors are short.

    A term saves the parentheses and its ones, and repeats the other factors.
    """
    others = [f for k, f in enumerate(node.factors) if k != place]
    terms = _terms(node.factors[place])
    parts = [*others, *(f for _, n in terms for f in (n.factors if isinstance(n, Contract) else (n,)))]
    if any(isinstance(f, Add) for f in others) or any(map(_cancels, parts)):
        return True
    return (len(terms) - 1) * sum(map(length, others)) <= AROUND + sum(_ones(n) for _, n in terms)


def _cancels(part: Node) -> bool:
    """An inverse, or a variable of which something is declared."""
    if isinstance(part, Apply):
        return Property.RECIPROCAL in part.operation.properties
    return isinstance(part, Variable) and bool(part.facts)


def _terms(total: Node) -> Terms:
    return list(total.terms) if isinstance(total, Add) and len(total.terms) <= MOST_TERMS else []


def _shrinks(term: Node, reached: set[Node], shape: Shape) -> bool:
    parts = term.factors if isinstance(term, Contract) else (term,)
    if isinstance(term, Contract) and not shape and term.shape and () in term.indices:
        return True  # a trace or an inner product of something with a scalar in front
    for part in parts:
        base, exponent = base_and_exponent(part)
        power = integer(exponent)
        if power is not None and power < 0 and _touches(base, reached):
            return True
    return False


def _touches(base: Node, reached: set[Node]) -> bool:
    """Is it one of the nodes, or made of one: 1/(1 - sigma(z)) meets sigma'(z), both of which are made of z."""
    if base in reached:
        return True
    inside = [n for _, n in base.terms] if isinstance(base, Add) else [base]
    return any(n in reached or (isinstance(n, Apply) and any(a in reached for a in n.arguments)) for n in inside)


def _expanded(terms: Terms, simplify: Simplify) -> Terms | None:
    """The terms with the sums among their factors multiplied out, None where there are too many."""
    done: Terms = []
    waiting = terms[::-1]
    while waiting:
        c, n = waiting.pop()
        place = _first_sum(n)
        if isinstance(n, Add):
            waiting.extend((c * d, m) for d, m in reversed(n.terms))
        elif isinstance(n, Contract) and place is not None:
            waiting.extend((c * d, m) for d, m in reversed(_simplified(_over(n, place), simplify)))
        else:
            done.append((c, n))
        if len(done) + len(waiting) > MOST_TERMS:
            return None
    return done


def _first_sum(node: Node) -> int | None:
    if not isinstance(node, Contract):
        return None
    return next((k for k, factor in enumerate(node.factors) if isinstance(factor, Add)), None)
