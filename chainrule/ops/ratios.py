"""Logarithms of ratios, and products that count as nothing where their first factor is zero.

What a formula with log(p / q), p / m or t log x is computed by, so that it keeps its digits where p and q are close, is in
range where p / q is not, and has its limit where an outcome is absent: there t x and t / x stay 0 whatever becomes of x.
"""

from typing import Any

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation
from chainrule.ops.arithmetic import divide, log, reciprocal
from chainrule.ops.information.sums import careful
from chainrule.ops.information.sums import log_ratio as log_ratio_value
from chainrule.ops.properties import SMOOTH
from chainrule.syntax.tree import Name

ONE = build.constant(1)


def log1p(x: Node) -> Node:
    """S -> S. log(1 + x)."""
    return build.apply(LOG1P, x)


def log_ratio(p: Node, q: Node) -> Node:
    """S, S -> S. log(p / q)."""
    return build.apply(LOG_RATIO, p, q)


def log_share(p: Node, rest: Node, weight: Node) -> Node:
    """S, S, S -> S. log(p / (weight p + rest))."""
    return build.apply(LOG_SHARE, p, rest, weight)


def log_share_limit(p: Node, rest: Node, weight: Node) -> Node:
    """S, S, S -> S. log(p / (weight p + rest)); where p and the rest are 0, its limit for p going to 0, -log(weight)."""
    return build.apply(LOG_SHARE_LIMIT, p, rest, weight)


def present(t: Node, x: Node) -> Node:
    """S, S -> S. t x; 0 where t is 0, also if x is no number."""
    return build.apply(PRESENT, t, x)


def weighed(t: Node, x: Node) -> Node:
    """S, S -> S. t x; 0 where t is 0 and x is a number or infinite."""
    return build.apply(WEIGHED, t, x)


def share(t: Node, x: Node) -> Node:
    """S, S -> S. t / x; 0 where t is 0."""
    return build.apply(SHARE, t, x)


def _log_ratio_plain(xp: Any, p: Any, q: Any) -> Any:
    return xp.log(p / q)


def _log_share_plain(xp: Any, p: Any, rest: Any, weight: Any) -> Any:
    return xp.log(p / (weight * p + rest))


def _log_share_value(xp: Any, p: Any, rest: Any, weight: Any) -> Any:
    whole = weight * p + rest
    near = (p <= 2.0 * whole) & (whole <= 2.0 * p) & (p > 0)
    difference = xp.where(near, ((1.0 - weight) * p - rest) / (p + whole), 0.0)
    far = log_ratio_value(xp, p, whole)
    alone = 0.0 - xp.log(weight) + 0.0 * (p + rest)
    alone = xp.where(p == 0, xp.nan, alone)
    return xp.where(rest == 0, alone, xp.where(near, 2.0 * xp.arctanh(difference), far))


def _log_share_limit_value(xp: Any, p: Any, rest: Any, weight: Any) -> Any:
    gone = (p == 0) & (rest == 0)
    return _log_share_value(xp, xp.where(gone, 1.0, p), rest, weight)


def _present_value(xp: Any, t: Any, x: Any) -> Any:
    return xp.where(t == 0, 0.0, t * x)


def _weighed_value(xp: Any, t: Any, x: Any) -> Any:
    return xp.where((t == 0) & ~xp.isnan(x), 0.0, t * x)


def _share_value(xp: Any, t: Any, x: Any) -> Any:
    return xp.where(t == 0, 0.0, t / x)


def _log_share(p: Node, rest: Node, weight: Node) -> Node:
    return log(divide(p, _whole(p, rest, weight)))


def _whole(p: Node, rest: Node, weight: Node) -> Node:
    return build.add(build.multiply(weight, p), rest)


LOG1P = Operation(
    name="log1p",
    arguments=("x",),
    signature="S -> S",
    because="The derivative of log(1 + x) is one over 1 + x.",
    value=lambda xp, x: xp.log1p(x),
    definition=lambda x: log(build.add(ONE, x)),
    partials=(lambda x: reciprocal(build.add(ONE, x)),),
    spellings=("log1p",),
    function=Name("log1p"),
    numpy=lambda x: f"np.log1p({x})",
    domain=((-0.5, 3.0),),
    properties=SMOOTH,
    source="Abramowitz and Stegun, 4.1.24",
    example=("log1p(0)", 0.0),
)

LOG_RATIO = Operation(
    name="log_ratio",
    arguments=("p", "q"),
    signature="S S -> S",
    because="log(p / q) is log p - log q.",
    reasons=("The derivative of log(p / q) by p is 1 / p.", "The derivative of log(p / q) by q is -1 / q."),
    value=careful(log_ratio_value, _log_ratio_plain),
    definition=lambda p, q: log(divide(p, q)),
    partials=(lambda p, q: reciprocal(p), lambda p, q: build.scale(-1, reciprocal(q))),
    spellings=("LogRatio", "log_ratio"),
    function=Name("LogRatio"),
    numpy=lambda p, q: f"_log_ratio({p}, {q})",
    numpy_functions=(log_ratio_value,),
    domain=((0.1, 3.0),),
    properties=SMOOTH,
    source="Abramowitz and Stegun, 4.1.7; close to one by 4.6.22",
    example=("LogRatio(2, 2)", 0.0),
)

LOG_SHARE = Operation(
    name="log_share",
    arguments=("p", "rest", "weight"),
    signature="S S S -> S",
    because="log(p / (w p + r)) is log p - log(w p + r).",
    value=careful(_log_share_value, _log_share_plain),
    definition=_log_share,
    partials=(
        lambda p, rest, weight: divide(rest, build.multiply(p, _whole(p, rest, weight))),
        lambda p, rest, weight: build.scale(-1, reciprocal(_whole(p, rest, weight))),
        lambda p, rest, weight: build.scale(-1, divide(p, _whole(p, rest, weight))),
    ),
    spellings=("LogShare", "log_share"),
    function=Name("LogShare"),
    numpy=lambda p, rest, weight: f"_log_share({p}, {rest}, {weight})",
    numpy_functions=(_log_share_value,),
    domain=((0.1, 0.9),),
    properties=SMOOTH,
    source="Lin, Divergence measures based on the Shannon entropy, 1991",
    example=("LogShare(2, 1, 0.5)", 0.0),
)

LOG_SHARE_LIMIT = Operation(
    name="log_share_limit",
    arguments=("p", "rest", "weight"),
    signature="S S S -> S",
    because="log(p / (w p + r)) is log p - log(w p + r).",
    value=careful(_log_share_limit_value, _log_share_plain),
    definition=_log_share,
    partials=(
        lambda p, rest, weight: divide(rest, build.multiply(p, _whole(p, rest, weight))),
        lambda p, rest, weight: build.scale(-1, reciprocal(_whole(p, rest, weight))),
        lambda p, rest, weight: build.scale(-1, divide(p, _whole(p, rest, weight))),
    ),
    spellings=("LogShareLimit", "log_share_limit"),
    function=Name("LogShareLimit"),
    numpy=lambda p, rest, weight: f"_log_share_limit({p}, {rest}, {weight})",
    numpy_functions=(_log_share_limit_value,),
    domain=((0.1, 0.9),),
    properties=SMOOTH,
    source="Lin, Divergence measures based on the Shannon entropy, 1991",
    example=("LogShareLimit(2, 1, 0.5)", 0.0),
)

PRESENT = Operation(
    name="multiply_no_nan",
    arguments=("factor", "x"),
    signature="S S -> S",
    because="The derivative of a product by one factor is the other factor.",
    value=careful(_present_value, _present_value),
    definition=build.multiply,
    partials=(lambda t, x: x, lambda t, x: t),
    spellings=("xmuly", "multiply_no_nan"),
    function=Name("xmuly"),
    numpy=lambda t, x: f"_present({t}, {x})",
    numpy_functions=(_present_value,),
    properties=SMOOTH,
    source="Cover and Thomas, Elements of Information Theory, 2.1",
    example=("xmuly(2, 3)", 6.0),
)

WEIGHED = Operation(
    name="multiply_by_weight",
    arguments=("factor", "x"),
    signature="S S -> S",
    because="The derivative of a product by one factor is the other factor.",
    value=careful(_weighed_value, _weighed_value),
    definition=build.multiply,
    partials=(lambda t, x: x, lambda t, x: t),
    spellings=("WeightTimes", "multiply_by_weight"),
    function=Name("WeightTimes"),
    numpy=lambda t, x: f"_weighed({t}, {x})",
    numpy_functions=(_weighed_value,),
    properties=SMOOTH,
    source="Cover and Thomas, Elements of Information Theory, 2.1",
    example=("multiply_by_weight(2, 3)", 6.0),
)

SHARE = Operation(
    name="divide_no_nan",
    arguments=("factor", "x"),
    signature="S S -> S",
    because="The derivative of t / x is 1 / x by t, and -t / x^2 by x.",
    reasons=("The derivative of t / x by t is 1 / x.", "The derivative of t / x by x is -t / x^2."),
    value=careful(_share_value, _share_value),
    definition=divide,
    partials=(lambda t, x: reciprocal(x), lambda t, x: build.scale(-1, divide(t, build.multiply(x, x)))),
    spellings=("xdivy",),
    function=Name("xdivy"),
    numpy=lambda t, x: f"_share({t}, {x})",
    numpy_functions=(_share_value,),
    domain=((0.1, 3.0),),
    properties=SMOOTH,
    source="Cover and Thomas, Elements of Information Theory, 2.1",
    example=("xdivy(3, 2)", 1.5),
)
