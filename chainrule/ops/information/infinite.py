"""Rényi's divergence and entropy of order infinity: of the outcome where p / q, or p, is largest."""

from typing import Any

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation
from chainrule.ops.arithmetic import divide, log, reciprocal
from chainrule.ops.entries import HARDMAX, MAX_ENTRY, entries_apart
from chainrule.ops.information.sums import careful, log_ratio, quantity_tree
from chainrule.ops.properties import WHOLE
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Subscript, Tree

INFINITY = (Name("\\infty"),)


def ratios_value(xp: Any, p: Any, q: Any) -> Any:
    """log(p / q) where there is an outcome."""
    return xp.where(p == 0, -xp.inf, log_ratio(xp, p, q))


def max_divergence_value(xp: Any, p: Any, q: Any) -> Any:
    return xp.max(ratios_value(xp, p, q)) + 0.0


def _max_divergence_plain(xp: Any, p: Any, q: Any) -> Any:
    return xp.log(p / q)[xp.argmax(ratios_value(xp, p.real, q.real))]


def largest_ratio_value(xp: Any, p: Any, q: Any) -> Any:
    return 1.0 * (xp.arange(p.size) == xp.argmax(ratios_value(xp, p.real, q.real)))


def min_entropy_value(xp: Any, p: Any) -> Any:
    return 0.0 - xp.log(xp.max(p))


def _min_entropy_plain(xp: Any, p: Any) -> Any:
    return -xp.log(p[xp.argmax(p.real)])


def _largest(p: Node, q: Node) -> Node:
    return build.apply(LARGEST_RATIO, p, q)


def _divergence_by_p(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return build.multiply(y_bar, _largest(*arguments), reciprocal(arguments[0]))


def _divergence_by_q(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return build.scale(-1, build.multiply(y_bar, _largest(*arguments), reciprocal(arguments[1])))


def _entropy_by_p(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    (p,) = arguments
    return build.scale(-1, build.multiply(y_bar, build.apply(HARDMAX, p), reciprocal(build.apply(MAX_ENTRY, p))))


def _apart(p: Node, q: Node) -> Node:
    """(n, n): the differences of the ratios, one on the diagonal; zero where two ratios are equal."""
    return entries_apart(divide(p, q))


def _entropy_tree(p: Tree) -> Tree:
    return Juxtaposition((Subscript(Name("H"), INFINITY), Bracket("(", (p,))))


LARGEST_RATIO = Operation(
    name="largest_ratio",
    arguments=("p", "q"),
    signature="n n -> n",
    because="Which ratio is the largest does not change with a small step: the derivative is zero.",
    value=careful(largest_ratio_value, largest_ratio_value),
    pullbacks=(None, None),
    spellings=("LargestRatio", "largest_ratio"),
    function=Name("LargestRatio"),
    numpy=lambda p, q: f"_largest_ratio({p}, {q})",
    numpy_functions=(largest_ratio_value,),
    domain=((0.1, 0.9),),
    kink=_apart,
    at_kink="of several largest ratios p / q the first one counts",
    properties=WHOLE,
    source="ONNX operators, Hardmax",
    example=("LargestRatio([3], [2])", (1.0,)),
)

MAX_DIVERGENCE = Operation(
    name="max_divergence",
    arguments=("p", "q"),
    signature="n n -> .",
    because="The Rényi divergence of order infinity is the largest log(p / q).",
    reasons=(
        "Only the outcome with the largest p / q counts: there log(p / q) has the derivative 1 / p by p.",
        "Only the outcome with the largest p / q counts: there log(p / q) has the derivative -1 / q by q.",
    ),
    value=careful(max_divergence_value, _max_divergence_plain),
    pullbacks=(_divergence_by_p, _divergence_by_q),
    spellings=("MaxDivergence", "max_divergence"),
    function=Name("MaxDivergence"),
    tree=quantity_tree(Subscript(Name("D"), INFINITY), "||"),
    numpy=lambda p, q: f"_max_divergence({p}, {q})",
    numpy_functions=(max_divergence_value,),
    domain=((0.1, 0.9),),
    kink=_apart,
    at_kink="of several largest ratios p / q the first one counts",
    properties=WHOLE,
    source="van Erven and Harremoës, Rényi divergence and Kullback-Leibler divergence, 2014, theorem 6",
    example=("MaxDivergence([0.5, 0.5], [0.25, 0.75])", 0.6931471805599453),
)

MIN_ENTROPY = Operation(
    name="min_entropy",
    arguments=("p",),
    signature="n -> .",
    because="The min-entropy is -log of the largest probability, the only one that passes the derivative on.",
    value=careful(min_entropy_value, _min_entropy_plain),
    definition=lambda p: build.scale(-1, log(build.apply(MAX_ENTRY, p))),
    pullbacks=(_entropy_by_p,),
    spellings=("MinEntropy", "min_entropy"),
    function=Name("MinEntropy"),
    tree=_entropy_tree,
    numpy=lambda p: f"_min_entropy({p})",
    numpy_functions=(min_entropy_value,),
    domain=((0.1, 0.9),),
    kink=entries_apart,
    at_kink="of several largest entries the first one counts",
    properties=WHOLE,
    source="Rényi, On measures of entropy and information, 1961",
    example=("MinEntropy([0.5, 0.25, 0.25])", 0.6931471805599453),
)
