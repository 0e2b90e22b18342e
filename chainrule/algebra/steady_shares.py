"""Sums in which something close to one is taken from one: softmax(z) - t, p (x - p^T x) of a softmax p, 1 - p / q."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from chainrule.algebra.folding import log_odds
from chainrule.algebra.powers import base_and_exponent
from chainrule.algebra.steady_logarithms import argument, is_one
from chainrule.graph import build
from chainrule.graph.node import Add, Apply, Constant, Contract, Node
from chainrule.ops.normalisation import SOFTMAX
from chainrule.ops.ratios import SHARE
from chainrule.ops.shares import CENTRED_SHARES, RATIO_EXCESS, RATIO_EXCESS_LIMIT, SHARES_APART, SHARES_PLUS

Terms = list[tuple[Fraction, Node]]


def found_shares(order: Sequence[Node], simplify: Callable[[Node], Node]) -> dict[Node, Node]:
    """The sums among the nodes that lose their digits, each with the one operation that it is."""
    has_shares = any(argument(node, SOFTMAX) is not None for node in order)
    found: dict[Node, Node] = {}
    for node in order:
        made = (_centred(node, simplify) or _plus(node)) if has_shares and len(node.shape) == 1 else None
        made = made or (_with_excess(node) or log_odds(node) if isinstance(node, Add) else None)
        if made is not None:
            found[node] = made
    return found


def _centred(node: Node, simplify: Callable[[Node], Node]) -> Node | None:
    """p .* x - (p^T x) p as one operation of z and x; None where it is nothing of the kind."""
    terms = _terms(node)
    for shares in dict.fromkeys(f for _, term in terms[:1] for f in _factors(term) if argument(f, SOFTMAX) is not None):
        parts = [(c, _without(term, shares)) for c, term in terms]
        moving = [(c, rest) for c, rest in parts if rest is not None and rest.shape]
        level = [(c, rest) for c, rest in parts if rest is not None and not rest.shape]
        if not moving or not level or len(moving) + len(level) < len(parts):
            continue
        x = build.linear(moving, node.shape)
        if build.is_zero(simplify(build.add(build.inner(shares, x), build.linear(level, ())))):
            return build.apply(CENTRED_SHARES, argument(shares, SOFTMAX) or shares, x)
    return None


def _terms(node: Node) -> Terms:
    """The terms of a sum, or of a product with a sum in it multiplied out."""
    if isinstance(node, Add):
        return list(node.terms)
    if isinstance(node, Contract):
        for k, (factor, own) in enumerate(zip(node.factors, node.indices, strict=True)):
            if isinstance(factor, Add) and own == node.output:
                return [(c, _with(node, k, term)) for c, term in factor.terms]
    return []


def _with(node: Contract, place: int, term: Node | None) -> Node:
    """The product with another factor in the place of one, or without it and, where nothing else has it, without its index."""
    pairs = [pair for i, pair in enumerate(zip(node.factors, node.indices, strict=True)) if i != place]
    if term is not None:
        return build.contract(
            [*(f for f, _ in pairs), term],
            [*(own for _, own in pairs), node.indices[place]],
            node.output,
            dict(enumerate(node.extents)),
        )
    output = node.output if any(set(node.output) & set(own) for _, own in pairs) else ()
    extents = {i: d for i, d in enumerate(node.extents) if i not in node.output or output}
    return build.contract([f for f, _ in pairs], [own for _, own in pairs], output, extents)


def _factors(term: Node) -> tuple[Node, ...]:
    return term.factors if isinstance(term, Contract) else (term,)


def _without(term: Node, shares: Node) -> Node | None:
    """What the shares are multiplied with entry by entry: a vector, or a number; None where they are not."""
    if term is shares:
        return build.constant(1)
    if not isinstance(term, Contract):
        return None
    places = [k for k, f in enumerate(term.factors) if f is shares and term.indices[k] == term.output]
    return _with(term, places[0], None) if places else None


def _plus(node: Node) -> Node | None:
    """w softmax(z) + r, where the softmax stands once."""
    if not isinstance(node, Add):
        return None
    weights = [(c, term, _weight(term)) for c, term in node.terms]
    found = [(c, term, weight) for c, term, weight in weights if weight is not None]
    if len(found) == 2 and build.is_zero(build.add(*(build.scale(c, weight) for c, _, (weight, _) in found))):
        (c, one, (weight, z)), (_, other, (_, w)) = found
        rest = [(d, term) for d, term in node.terms if term is not one and term is not other]
        apart = build.multiply(build.scale(c, weight), build.apply(SHARES_APART, z, w))
        return build.linear([*rest, (Fraction(1), apart)], node.shape)
    if len(found) != 1 or len(node.terms) < 2:
        return None
    ((c, term, (weight, z)),) = found
    rest = build.linear([(d, other) for d, other in node.terms if other is not term], node.shape)
    return build.apply(SHARES_PLUS, z, build.scale(c, weight), rest)


def _weight(term: Node) -> tuple[Node, Node] | None:
    """(w, z) of w softmax(z), w a number."""
    for factor in _factors(term):
        z = argument(factor, SOFTMAX)
        weight = _without(term, factor) if z is not None else None
        if z is not None and weight is not None and not weight.shape:
            return weight, z
    return None


def _with_excess(node: Add) -> Node | None:
    """The sum with 1 - (p / q)^k in it as one operation."""
    for c, one in node.terms:
        for d, term in node.terms:
            ratio = _ratio(term) if c == -d and is_one(one) and term is not one else None
            if ratio is not None:
                rest = [(e, other) for e, other in node.terms if other is not one and other is not term]
                return build.linear([*rest, (d, ratio)], node.shape)
    return None


def _ratio(term: Node) -> Node | None:
    """(p / q)^k - 1 of a term (p / q)^k, entry by entry."""
    base, exponent = base_and_exponent(term)
    if isinstance(base, Apply) and base.operation is SHARE:
        return build.apply(RATIO_EXCESS_LIMIT, *base.arguments, exponent)
    product = base if isinstance(base, Contract) else term
    if not isinstance(product, Contract) or not product.factors or any(own != product.output for own in product.indices):
        return None
    if all(factor is product.factors[0] for factor in product.factors):
        inner = _ratio(product.factors[0])
        if isinstance(inner, Apply) and exponent is build.NUMBER_ONE:
            return build.apply(inner.operation, *inner.arguments[:2], build.scale(len(product.factors), inner.arguments[2]))
        return None
    powers: dict[Node, Node] = {}
    for factor in product.factors:
        own, k = base_and_exponent(factor)
        powers[own] = build.add(powers[own], k) if own in powers else k
    above = next((k for k in powers.values() if not (isinstance(k, Constant) and k.value < 0)), None)
    if above is None or any(k is not above and k is not build.scale(-1, above) for k in powers.values()):
        return None
    p, q = ([own for own, k in powers.items() if (k is above) is wanted] for wanted in (True, False))
    if not q:
        return None
    whole = build.multiply(above, exponent) if product is base else above
    return build.apply(RATIO_EXCESS, build.multiply(*p), build.multiply(*q), whole)
