"""Divergences with an order a: Rényi's, and the alpha divergence of Zhu and Rohwer. Both have KL(p || q) for a = 1.

With b = a - 1 and L = log(p / q) an entry of p^a q^(1 - a) is p exp(b L), so that

    (p^a q^(1 - a) - a p - (1 - a) q) / b = p (exp(b L) - 1) / b - (p - q),

which never is negative for a > 0 and goes over into p L - (p - q) at a = 1. Its sum over the entries is a times the alpha
divergence, and for distributions b times it is what the sum of p^a q^(1 - a) differs from 1 by.
"""

from typing import Any

from chainrule.graph import build
from chainrule.graph.node import Constant, Node
from chainrule.graph.operation import Operation
from chainrule.ops.arithmetic import divide, log, power
from chainrule.ops.information.divergences import kl, kl_value
from chainrule.ops.information.sums import are_one, careful, log_ratio, precise_sum, quantity_tree
from chainrule.ops.normalisation import logsumexp_value
from chainrule.ops.properties import WHOLE
from chainrule.syntax.tree import Call, Name, Number, Subscript, Tree

ONE = build.constant(1)
SMALL = 0.1
DEGREE = 20


def is_number(order: Node, value: int) -> bool:
    return isinstance(order, Constant) and order.value == value


def expm1_over(xp: Any, b: Any, x: Any) -> Any:
    """(exp(b x) - 1) / b, and x for b = 0."""
    return xp.expm1(b * x) / b if b != 0 else x


def _terms(xp: Any, p: Any, q: Any, a: Any) -> Any:
    """(p^a q^(1 - a) - a p - (1 - a) q) / (a - 1), p for q where both are 0."""
    if a == 0:
        return xp.where(p == 0, q, 0.0)
    b, r = a - 1.0, (p - q) / q
    near = xp.abs(r) * max(1.0, abs(a)) < SMALL
    small = xp.where(near, r, 0.0)
    series = xp.ones_like(r)
    for k in range(DEGREE, 2, -1):
        series = 1.0 + (a - k + 1.0) / k * small * series
    ratio = log_ratio(xp, p, q)
    gentle = p * expm1_over(xp, b, ratio) - (p - q)
    steep = (_products(xp, p, q, a) - p) / b - (p - q) if b != 0 else gentle
    far = xp.where((xp.abs(b * ratio) < 1.0) | (b == 0), gentle, steep)
    far = xp.where((p == 0) & (a > 0), q, far)
    return xp.where(p == q, 0.0, xp.where(near, 0.5 * a * q * small * small * series, far))


def _exponents(xp: Any, p: Any, q: Any, a: Any) -> Any:
    """log(p^a q^(1 - a)): a sum over the outcomes that p has, and infinite where q lacks one of them and a > 1."""
    gone = (p == 0) & ((a >= 0) | (q == 0))
    if a == 1:
        return xp.where(gone, -xp.inf, xp.log(p))
    return xp.where(gone, -xp.inf, a * xp.log(p) + (1.0 - a) * xp.log(q))


def _products(xp: Any, p: Any, q: Any, a: Any) -> Any:
    return xp.exp(_exponents(xp, p, q, a))


def _renyi_value(xp: Any, p: Any, q: Any, a: Any) -> Any:
    if a == 1:
        return kl_value(xp, p, q)
    exponents = _exponents(xp, p, q, a)
    if xp.max(exponents) == xp.inf or xp.max(exponents) == -xp.inf:
        return xp.max(exponents) / (a - 1.0)
    whole = logsumexp_value(xp, exponents)
    if xp.abs(whole) < 0.5 and are_one(xp, p) and are_one(xp, q):
        whole = xp.log1p((a - 1.0) * precise_sum(xp, _terms(xp, p, q, a)))
    return whole / (a - 1.0) + 0.0


def _renyi_plain(xp: Any, p: Any, q: Any, a: Any) -> Any:
    return xp.log(xp.sum(_products_plain(xp, p, q, a))) / (a - 1.0)


def _products_plain(xp: Any, p: Any, q: Any, a: Any) -> Any:
    return xp.where((p == 0) | (q == 0), 0.0, xp.exp(a * xp.log(p) + (1.0 - a) * xp.log(q)))


def alpha_value(xp: Any, p: Any, q: Any, a: Any) -> Any:
    """The divergence of order a of p and q is that of order 1 - a of q and p."""
    p, q, a = (q, p, 1.0 - a) if a < 0.5 else (p, q, a)
    return precise_sum(xp, _terms(xp, p, q, a)) / a


def _alpha_plain(xp: Any, p: Any, q: Any, a: Any) -> Any:
    return xp.sum(a * p + (1.0 - a) * q - _products_plain(xp, p, q, a)) / (a * (1.0 - a))


def _complement(order: Node) -> Node:
    return build.subtract(ONE, order)


def _powers(p: Node, q: Node, order: Node) -> Node:
    """p^a q^(1 - a), entry by entry."""
    return build.multiply(power(p, order), power(q, _complement(order)))


def _renyi(p: Node, q: Node, order: Node) -> Node:
    if is_number(order, 1):
        return kl(p, q)
    return divide(log(build.total(_powers(p, q, order))), build.subtract(order, ONE))


def _renyi_by_p(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q, order = arguments
    if is_number(order, 1):
        return build.multiply(y_bar, build.add(log(divide(p, q)), ONE))
    share = divide(power(divide(p, q), build.subtract(order, ONE)), build.total(_powers(p, q, order)))
    return build.multiply(y_bar, order, divide(share, build.subtract(order, ONE)))


def _renyi_by_q(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q, order = arguments
    share = divide(p, q) if is_number(order, 1) else divide(power(divide(p, q), order), build.total(_powers(p, q, order)))
    return build.scale(-1, build.multiply(y_bar, share))


def _renyi_by_order(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q, order = arguments
    products = _powers(p, q, order)
    mean = divide(build.inner(products, log(divide(p, q))), build.total(products))
    return build.multiply(y_bar, divide(build.subtract(mean, y), build.subtract(order, ONE)))


def _alpha(p: Node, q: Node, order: Node) -> Node:
    if is_number(order, 1):
        return build.add(kl(p, q), build.total(build.subtract(q, p)))
    if is_number(order, 0):
        return _alpha(q, p, ONE)
    mixed = build.add(build.multiply(order, build.total(p)), build.multiply(_complement(order), build.total(q)))
    return divide(build.subtract(mixed, build.total(_powers(p, q, order))), build.multiply(order, _complement(order)))


def _alpha_by_p(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q, order = arguments
    if is_number(order, 1):
        return build.multiply(y_bar, log(divide(p, q)))
    away = build.subtract(ONE, power(divide(p, q), build.subtract(order, ONE)))
    return build.multiply(y_bar, divide(away, _complement(order)))


def _alpha_by_q(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q, order = arguments
    if is_number(order, 0):
        return build.multiply(y_bar, log(divide(q, p)))
    return build.multiply(y_bar, divide(build.subtract(ONE, power(divide(p, q), order)), order))


def _alpha_by_order(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q, order = arguments
    moved = build.subtract(build.subtract(p, q), build.multiply(_powers(p, q, order), log(divide(p, q))))
    own = build.multiply(y, build.subtract(ONE, build.scale(2, order)))
    return build.multiply(y_bar, divide(build.subtract(build.total(moved), own), build.multiply(order, _complement(order))))


def _renyi_tree(p: Tree, q: Tree, order: Tree) -> Tree:
    r"""`D_2(p || q)`, `D_\alpha(p || q)`; an order that is computed is an argument."""
    if not isinstance(order, Number | Name) or (isinstance(order, Number) and order.value.denominator != 1):
        return Call(Name("Renyi"), (p, q, order))
    return quantity_tree(Subscript(Name("D"), (order,)), "||")(p, q)


RENYI = Operation(
    name="renyi",
    arguments=("p", "q", "order"),
    signature="n n . -> .",
    because="The Rényi divergence of order a is log(s) / (a - 1), s the sum of p^a q^(1 - a).",
    reasons=(
        "With s the sum of p^a q^(1 - a), the derivative of log(s) / (a - 1) by p is a (p / q)^(a - 1) / ((a - 1) s).",
        "With s the sum of p^a q^(1 - a), the derivative of log(s) / (a - 1) by q is -(p / q)^a / s.",
        "By the quotient rule: the derivative of log(s) by a is the mean of log(p / q) under p^a q^(1 - a) / s.",
    ),
    value=careful(_renyi_value, _renyi_plain),
    definition=_renyi,
    pullbacks=(_renyi_by_p, _renyi_by_q, _renyi_by_order),
    spellings=("renyi", "Renyi"),
    function=Name("Renyi"),
    tree=_renyi_tree,
    numpy=lambda p, q, order: f"_renyi({p}, {q}, {order})",
    numpy_functions=(_renyi_value,),
    domain=((0.1, 0.9), (0.1, 0.9), (1.5, 3.0)),
    margin=lambda p, q, order: build.subtract(order, ONE),
    properties=WHOLE,
    source="van Erven and Harremoës, Rényi divergence and Kullback-Leibler divergence, 2014",
    example=("renyi([1, 0], [0.5, 0.5], 2)", 0.6931471805599453),
)

ALPHA_DIVERGENCE = Operation(
    name="alpha_divergence",
    arguments=("p", "q", "order"),
    signature="n n . -> .",
    because="The alpha divergence of order a is the sum of (a p + (1 - a) q - p^a q^(1 - a)) / (a (1 - a)).",
    reasons=(
        "The derivative of the alpha divergence of order a by p is (1 - (p / q)^(a - 1)) / (1 - a), entry by entry.",
        "The derivative of the alpha divergence of order a by q is (1 - (p / q)^a) / a, entry by entry.",
        "By the quotient rule: the alpha divergence is the sum of a p + (1 - a) q - p^a q^(1 - a), divided by a (1 - a).",
    ),
    value=careful(alpha_value, _alpha_plain),
    definition=_alpha,
    pullbacks=(_alpha_by_p, _alpha_by_q, _alpha_by_order),
    convention="the alpha divergence is sum(a p + (1 - a) q - p^a q^(1 - a)) / (a (1 - a)), of p and q that need not sum to "
    "one; where they do it is (1 - sum p^a q^(1 - a)) / (a (1 - a)), whose derivatives along the simplex are the same",
    spellings=("alpha_divergence", "Amari"),
    function=Name("Amari"),
    numpy=lambda p, q, order: f"_alpha({p}, {q}, {order})",
    numpy_functions=(alpha_value,),
    domain=((0.1, 0.9), (0.1, 0.9), (1.5, 2.5)),
    margin=lambda p, q, order: build.multiply(order, _complement(order)),
    properties=WHOLE,
    source="Zhu and Rohwer, Information geometric measurements of generalisation, 1995",
    example=("alpha_divergence([1, 0], [0, 1], 0.5)", 4.0),
)
