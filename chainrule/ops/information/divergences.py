"""Relative entropies: Kullback-Leibler, Jeffreys, Jensen-Shannon. In nats; 0 log 0 is 0, and p log(p / 0) is infinite.

They keep their digits for nearly equal distributions. Where the entries of P and of Q have one sum up to their rounding, as
those of distributions have, the sums are taken to be equal, so that a divergence of 1e-30 is exact too. Other arguments are
summed as the definition says.
"""

from typing import Any

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation
from chainrule.ops.arithmetic import divide, log
from chainrule.ops.exponential import sqrt
from chainrule.ops.information.sums import (
    HALF,
    after,
    are_equal_sums,
    are_near,
    careful,
    contrast,
    log_ratio,
    precise_sum,
    quantity_tree,
    relative_terms,
    times_log,
)
from chainrule.ops.properties import WHOLE
from chainrule.syntax.tree import Name, Subscript

ONE = build.constant(1)


def kl(p: Node, q: Node) -> Node:
    """p (n), q (n) -> scalar. The Kullback-Leibler divergence of q from p."""
    return build.apply(KL, p, q)


def jensen_shannon(p: Node, q: Node) -> Node:
    """p (n), q (n) -> scalar."""
    return build.apply(JENSEN_SHANNON, p, q)


def kl_value(xp: Any, p: Any, q: Any) -> Any:
    """Of real arguments."""
    terms = relative_terms(xp, p, q)
    if are_equal_sums(xp, p, q):
        return precise_sum(xp, terms)
    near = are_near(xp, p, q)
    whole = xp.where(near, terms, times_log_ratio(xp, p, q))
    return precise_sum(xp, whole, xp.where(near, p, 0.0), xp.where(near, -q, 0.0))


def times_log_ratio(xp: Any, p: Any, q: Any) -> Any:
    """p log(p / q), and 0 where p is 0."""
    return xp.where(p == 0, 0.0, p * log_ratio(xp, p, q))


def _kl_plain(xp: Any, p: Any, q: Any) -> Any:
    return xp.sum(times_log(xp, p, p / q))


def _kl(p: Node, q: Node) -> Node:
    return build.inner(p, log(divide(p, q)))


def _kl_by_p(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q = arguments
    return build.multiply(y_bar, build.add(log(divide(p, q)), ONE))


def _kl_by_q(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q = arguments
    return build.scale(-1, build.multiply(y_bar, divide(p, q)))


def _jeffreys_value(xp: Any, p: Any, q: Any) -> Any:
    return precise_sum(xp, xp.where(p == q, 0.0, (p - q) * log_ratio(xp, p, q)))


def _jeffreys_plain(xp: Any, p: Any, q: Any) -> Any:
    return xp.sum((p - q) * xp.log(p / q))


def _jeffreys(p: Node, q: Node) -> Node:
    return build.inner(build.subtract(p, q), log(divide(p, q)))


def _jeffreys_by_p(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q = arguments
    return build.multiply(y_bar, build.subtract(build.add(log(divide(p, q)), ONE), divide(q, p)))


def _jeffreys_by_q(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q = arguments
    return _jeffreys_by_p(y_bar, y, (q, p))


def _jensen_shannon_value(xp: Any, p: Any, q: Any) -> Any:
    """m/2 ((1 + s) log(1 + s) + (1 - s) log(1 - s)) in every entry, m their mean and s their contrast."""
    s = contrast(xp, p, q)
    near = xp.abs(s) < 0.5
    small = xp.where(near, s, 0.0)
    far = times_log(xp, 1.0 + s, 1.0 + s) + times_log(xp, 1.0 - s, 1.0 - s)
    return precise_sum(xp, 0.25 * (p + q) * xp.where(near, xp.log1p(-small * small) + 2.0 * small * xp.arctanh(small), far))


def _jensen_shannon_plain(xp: Any, p: Any, q: Any) -> Any:
    m = 0.5 * (p + q)
    return 0.5 * (_kl_plain(xp, p, m) + _kl_plain(xp, q, m))


def _middle(p: Node, q: Node) -> Node:
    return build.scale(HALF, build.add(p, q))


def _jensen_shannon(p: Node, q: Node) -> Node:
    m = _middle(p, q)
    return build.scale(HALF, build.add(_kl(p, m), _kl(q, m)))


def _jensen_shannon_by_p(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q = arguments
    return build.scale(HALF, build.multiply(y_bar, log(divide(p, _middle(p, q)))))


def _jensen_shannon_by_q(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q = arguments
    return _jensen_shannon_by_p(y_bar, y, (q, p))


def _distance_by_p(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return _jensen_shannon_by_p(divide(y_bar, build.scale(2, y)), y, arguments)


def _distance_by_q(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return _jensen_shannon_by_q(divide(y_bar, build.scale(2, y)), y, arguments)


KL = Operation(
    name="kl",
    arguments=("p", "q"),
    signature="n n -> .",
    because="The Kullback-Leibler divergence is the sum of p log(p / q).",
    reasons=(
        "The derivative of p log(p / q) by p is log(p / q) + 1, entry by entry.",
        "The derivative of p log(p / q) by q is -p / q, entry by entry.",
    ),
    value=careful(kl_value, _kl_plain),
    definition=_kl,
    pullbacks=(_kl_by_p, _kl_by_q),
    spellings=("KLDivergence", "kl_divergence"),
    function=Name("KLDivergence"),
    tree=quantity_tree(Subscript(Name("D"), (Name("KL"),)), "||"),
    numpy=lambda p, q: f"_kl({p}, {q})",
    numpy_functions=(kl_value,),
    domain=((0.1, 0.9),),
    properties=WHOLE,
    source="Cover and Thomas, Elements of Information Theory, 2.26",
    example=("KLDivergence([0, 1], [0.5, 0.5])", 0.6931471805599453),
)

JEFFREYS = Operation(
    name="jeffreys",
    arguments=("p", "q"),
    signature="n n -> .",
    because="The Jeffreys divergence is the sum of (p - q) log(p / q).",
    reasons=(
        "The derivative of (p - q) log(p / q) by p is log(p / q) + 1 - q / p, entry by entry.",
        "The derivative of (p - q) log(p / q) by q is log(q / p) + 1 - p / q, entry by entry.",
    ),
    value=careful(_jeffreys_value, _jeffreys_plain),
    definition=_jeffreys,
    pullbacks=(_jeffreys_by_p, _jeffreys_by_q),
    spellings=("jeffreys", "Jeffreys"),
    function=Name("Jeffreys"),
    tree=quantity_tree(Subscript(Name("D"), (Name("J"),)), "||"),
    numpy=lambda p, q: f"_jeffreys({p}, {q})",
    numpy_functions=(_jeffreys_value,),
    domain=((0.1, 0.9),),
    properties=WHOLE,
    source="Jeffreys, An invariant form for the prior probability in estimation problems, 1946",
    example=("jeffreys([0.2, 0.8], [0.8, 0.2])", 1.6635532333438687),
)

JENSEN_SHANNON = Operation(
    name="jensen_shannon",
    arguments=("p", "q"),
    signature="n n -> .",
    because="The Jensen-Shannon divergence is the mean of the divergences of P and of Q to M = (P + Q) / 2.",
    reasons=(
        "The derivative of the Jensen-Shannon divergence by p is log(p / m) / 2: what m = (p + q) / 2 contributes cancels.",
        "The derivative of the Jensen-Shannon divergence by q is log(q / m) / 2: what m = (p + q) / 2 contributes cancels.",
    ),
    value=careful(_jensen_shannon_value, _jensen_shannon_plain),
    definition=_jensen_shannon,
    pullbacks=(_jensen_shannon_by_p, _jensen_shannon_by_q),
    spellings=("JensenShannon", "jensen_shannon"),
    function=Name("JensenShannon"),
    tree=quantity_tree(Name("JSD"), "||"),
    numpy=lambda p, q: f"_jensen_shannon({p}, {q})",
    numpy_functions=(_jensen_shannon_value,),
    domain=((0.1, 0.9),),
    properties=WHOLE,
    source="Lin, Divergence measures based on the Shannon entropy, 1991",
    example=("JensenShannon([1, 0], [0, 1])", 0.6931471805599453),
)

JENSEN_SHANNON_DISTANCE = Operation(
    name="jensen_shannon_distance",
    arguments=("p", "q"),
    signature="n n -> .",
    because="The Jensen-Shannon distance is the square root of the Jensen-Shannon divergence.",
    value=careful(after("sqrt", _jensen_shannon_value), after("sqrt", _jensen_shannon_plain)),
    definition=lambda p, q: sqrt(jensen_shannon(p, q)),
    pullbacks=(_distance_by_p, _distance_by_q),
    spellings=("JSDistance", "jensen_shannon_distance"),
    function=Name("JSDistance"),
    numpy=lambda p, q: f"np.sqrt(_jensen_shannon({p}, {q}))",
    numpy_functions=(_jensen_shannon_value,),
    domain=((0.1, 0.9),),
    properties=WHOLE,
    source="Endres and Schindelin, A new metric for probability distributions, 2003",
    example=("jensen_shannon_distance([1, 0], [0, 1])", 0.8325546111576977),
)
