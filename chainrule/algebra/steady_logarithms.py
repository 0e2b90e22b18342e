"""Logarithms of what has its own logarithm, of ratios, and of numbers close to one."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from chainrule.algebra.powers import base_and_exponent
from chainrule.graph import build
from chainrule.graph.node import Add, Apply, Constant, Contract, Node, Unit
from chainrule.graph.operation import Operation
from chainrule.ops.activation import SIGMOID, SOFTPLUS
from chainrule.ops.arithmetic import EXP, LOG, divide
from chainrule.ops.normalisation import (
    LOG_SOFTMAX,
    LOG_SOFTMAX_ROWS,
    LOGSUMEXP,
    LOGSUMEXP_ROWS,
    SOFTMAX,
    SOFTMAX_ROWS,
)
from chainrule.ops.ratios import log1p, log_ratio, log_share

LOGARITHMS = {SOFTMAX: LOG_SOFTMAX, SOFTMAX_ROWS: LOG_SOFTMAX_ROWS}
OWN = (EXP, SIGMOID, *LOGARITHMS)
"""What has a logarithm that is no logarithm of a number."""


def argument(node: Node, operation: Operation) -> Node | None:
    """The z of softmax(z)."""
    return node.arguments[0] if isinstance(node, Apply) and node.operation is operation else None


def is_one(node: Node) -> bool:
    """The number one, or an array of ones."""
    return node is build.lift(build.constant(1), node.shape)


def beside_one(x: Node) -> Node | None:
    """u of 1 + u."""
    if not isinstance(x, Add) or not any(c == 1 and is_one(n) for c, n in x.terms):
        return None
    return build.linear([(c, n) for c, n in x.terms if not is_one(n)], x.shape)


def softplus(z: Node) -> Node:
    return build.apply(SOFTPLUS, z)


def steady_logarithm(x: Node, *, apart: bool) -> Node | None:
    """log x in operations that do not lose it; None where the logarithm as it is does as well.

    apart: also of products whose parts are in range where they are not.
    """
    for operation, logarithm in LOGARITHMS.items():
        if (z := argument(x, operation)) is not None:
            return build.apply(logarithm, z)
    if (z := argument(x, SIGMOID)) is not None:
        return build.scale(-1, softplus(build.scale(-1, z)))
    if (rest := beside_one(x)) is not None:
        z = argument(rest, EXP)
        return log1p(rest) if z is None else softplus(z)
    if isinstance(x, Contract) and (found := _of_sum(x) or _of_entry(x)) is not None:
        return found
    return _of_ratio(x, apart=apart)


def _log(x: Node) -> Node:
    if (z := argument(x, EXP)) is not None:
        return z
    return steady_logarithm(x, apart=False) or build.apply(LOG, x)


def _of_sum(x: Contract) -> Node | None:
    """The sum of e^z over a vector, or over the rows of a matrix."""
    z = argument(x.factors[0], EXP) if len(x.factors) == 1 else None
    if z is None or len(x.extents) != len(x.indices[0]) or len(set(x.indices[0])) < len(x.extents):
        return None
    if not x.output and len(x.extents) == 1:
        return build.apply(LOGSUMEXP, z)
    return build.apply(LOGSUMEXP_ROWS, z) if len(x.extents) == 2 and x.output == x.indices[0][:1] else None


def _of_entry(x: Contract) -> Node | None:
    """An entry of a softmax."""
    picked = [k for k, f in enumerate(x.factors) if not isinstance(f, Unit)]
    z = argument(x.factors[picked[0]], SOFTMAX) if len(picked) == 1 and not x.output else None
    if z is None:
        return None
    factors = [build.apply(LOG_SOFTMAX, z) if k == picked[0] else f for k, f in enumerate(x.factors)]
    return build.contract(factors, x.indices, x.output, dict(enumerate(x.extents)))


class _Part(NamedTuple):
    """A factor of a product entry by entry, as a power."""

    base: Node
    own: tuple[int, ...]
    exponent: Fraction


def _of_ratio(x: Node, *, apart: bool) -> Node | None:
    coefficient, product = build.split_coefficient(x)
    if not isinstance(product, Contract) or coefficient <= 0:
        return None
    parts = list(_parts(product))
    above, below = [p for p in parts if p.exponent == 1], [p for p in parts if p.exponent == -1]
    if not above or not below or not _is_entrywise(product) or len(above) + len(below) < len(parts):
        return None
    if apart or any(map(_has_own, below)):
        return _of_parts(coefficient, parts, product, apart=apart)
    numerator, denominator = _product(above, product), _product(below, product)
    return _of_share(coefficient, numerator, denominator) or log_ratio(build.scale(coefficient, numerator), denominator)


def _of_parts(coefficient: Fraction, parts: Sequence[_Part], product: Contract, *, apart: bool) -> Node:
    """The logarithms of the parts that have their own, and one of the rest: its parts need not be positive one by one.

    apart: a logarithm of every part.
    """
    taken = [p for p in parts if apart or _has_own(p)]
    rest = [p for p in parts if p not in taken]
    terms = [(p.exponent, _spread(_log(p.base), p.own, product)) for p in taken]
    above, below = ([p for p in rest if p.exponent == sign] for sign in (1, -1))
    left = build.scale(coefficient, _product(above, product))
    left = divide(left, _product(below, product)) if below else left
    return build.linear(terms if is_one(left) else [*terms, (Fraction(1), _log(left))], product.shape)


def _has_own(part: _Part) -> bool:
    return isinstance(part.base, Apply) and part.base.operation in OWN


def _is_entrywise(x: Contract) -> bool:
    """Whether it is a product entry by entry."""
    each = all(set(own) <= set(x.output) and len(set(own)) == len(own) for own in x.indices)
    return each and len(set(x.output)) == len(x.output) == len(x.extents)


def _parts(x: Contract) -> Iterable[_Part]:
    for factor, own in zip(x.factors, x.indices, strict=True):
        base, exponent = base_and_exponent(factor)
        yield _Part(base, own, exponent.value) if isinstance(exponent, Constant) else _Part(factor, own, Fraction(1))


def _product(parts: list[_Part], x: Contract) -> Node:
    return build.contract([p.base for p in parts], [p.own for p in parts], x.output, dict(enumerate(x.extents)))


def _spread(node: Node, own: tuple[int, ...], x: Contract) -> Node:
    """A function of one factor as an array of the shape of the product."""
    return build.contract([node], [own], x.output, dict(enumerate(x.extents)))


def _of_share(coefficient: Fraction, p: Node, whole: Node) -> Node | None:
    """log(c p / (a p + r)), which is log(p / (a/c p + r/c))."""
    if not isinstance(whole, Add):
        return None
    flat = [(c * d, n) for c, each in whole.terms for d, n in (each.terms if isinstance(each, Add) else ((1, each),))]
    weights = [(c, n, _weight(n, p)) for c, n in flat]
    weight = build.add(build.constant(0), *(build.scale(c / coefficient, w) for c, _, w in weights if w is not None))
    rest = build.linear([(c / coefficient, n) for c, n, w in weights if w is None], whole.shape)
    return None if all(w is None for _, _, w in weights) else log_share(p, rest, weight)


def _weight(node: Node, p: Node) -> Node | None:
    """The scalar w of w p."""
    if node is p:
        return build.constant(1)
    if not isinstance(node, Contract) or p not in node.factors:
        return None
    rest = [f for f in node.factors if f is not p]
    weight = build.multiply(*rest) if rest and not any(f.shape for f in rest) else None
    return weight if weight is not None and build.multiply(weight, p) is node else None
