"""Sums in which a sigmoid close to one is taken from something: sigma(z) - y, 1 - sigma(z), softplus(z) - y z, 1 - tanh(z)."""

from fractions import Fraction

from chainrule.algebra.powers import base_and_exponent, integer
from chainrule.algebra.steady_logarithms import argument, is_one
from chainrule.graph import build
from chainrule.graph.node import Add, Contract, Node
from chainrule.ops.activation import SIGMOID, SOFTPLUS, sigmoid
from chainrule.ops.exponential import TANH
from chainrule.ops.loss import BINARY_CROSS_ENTROPY_WITH_LOGITS
from chainrule.ops.shares import SIGMOID_PLUS

Term = tuple[Fraction, Node]


def steady_difference(node: Add) -> Node | None:
    """The sum as the one operation that it is; None where nothing of this kind is in it."""
    return _with_logits(node) or _minus_one(node) or _sigmoid_plus(node)


def complement(node: Add) -> Node | None:
    """1 - sigma(z) as sigma(-z), of 1 - tanh(z) and of 1 - tanh(z)^2 the same by sigmoids; None of other sums."""
    if len(node.terms) != 2 or not any(c == 1 and is_one(n) for c, n in node.terms):
        return None
    ((c, rest),) = [(c, n) for c, n in node.terms if not is_one(n)] or [(Fraction(0), node)]
    if c == -1 and (z := argument(rest, SIGMOID)) is not None:
        return sigmoid(build.scale(-1, z))
    base, exponent = base_and_exponent(rest)
    z = argument(base, TANH)
    if z is None or c not in (1, -1):
        return None
    twice = build.scale(-2 if c == -1 else 2, z)
    if integer(exponent) == 1:
        return build.scale(2, sigmoid(twice))
    return tanh_slope(z) if (integer(exponent), c) == (2, -1) else None


def tanh_slope(z: Node) -> Node:
    """1 - tanh(z)^2."""
    return build.scale(4, build.multiply(sigmoid(build.scale(2, z)), sigmoid(build.scale(-2, z))))


def _with_logits(node: Add) -> Node | None:
    """c softplus(z) - c y z, the binary cross-entropy of y and sigma(z), beside other terms."""
    for c, term in node.terms:
        z = argument(term, SOFTPLUS)
        for d, other in node.terms if z is not None else ():
            y = _beside(other, z) if z is not None and d == -c else None
            if y is not None and z is not None:
                rest = [(e, each) for e, each in node.terms if each is not term and each is not other]
                return build.linear([*rest, (c, build.apply(BINARY_CROSS_ENTROPY_WITH_LOGITS, y, z))], node.shape)
    return None


def _minus_one(node: Add) -> Node | None:
    """c (sigma(z) - 1) as -c sigma(-z)."""
    if len(node.terms) != 2:
        return None
    for (c, term), (d, one) in (node.terms, node.terms[::-1]):
        z = argument(term, SIGMOID)
        if z is not None and c == -d > 0 and is_one(one):
            return build.scale(-c, sigmoid(build.scale(-1, z)))
    return None


def _sigmoid_plus(node: Add) -> Node | None:
    """w sigma(z) - r, where the sigmoid stands once and r is more than a number."""
    found = [(c, term, z, weight) for c, term in node.terms for z, weight in _weighted(term)]
    if len(found) != 1:
        return None
    ((c, term, z, weight),) = found
    rest = [(d, other) for d, other in node.terms if other is not term]
    if not any(c * d < 0 for d, _ in rest) or all(is_one(other) for _, other in rest):
        return None
    return build.apply(SIGMOID_PLUS, z, build.scale(c, weight), build.linear(rest, node.shape))


def _weighted(term: Node) -> list[tuple[Node, Node]]:
    """(z, w) of w sigma(z), entry by entry."""
    if (z := argument(term, SIGMOID)) is not None:
        return [(z, build.constant(1))]
    if not isinstance(term, Contract):
        return []
    logits = [argument(f, SIGMOID) if term.indices[k] == term.output else None for k, f in enumerate(term.factors)]
    return [(z, _without(term, k)) for k, z in enumerate(logits) if z is not None]


def _beside(term: Node, z: Node) -> Node | None:
    """y of y z, entry by entry."""
    if term is z:
        return build.lift(build.constant(1), z.shape)
    if not isinstance(term, Contract):
        return None
    places = [k for k, f in enumerate(term.factors) if f is z and term.indices[k] == term.output]
    return _without(term, places[0]) if places and len(term.factors) > 1 else None


def _without(term: Contract, place: int) -> Node:
    """The product without that factor, as an array of its shape."""
    pairs = [pair for k, pair in enumerate(zip(term.factors, term.indices, strict=True)) if k != place]
    factors, indices = [f for f, _ in pairs], [own for _, own in pairs]
    return build.contract(factors, indices, term.output, dict(enumerate(term.extents)))
