"""Distances of distributions that are no entropies: total variation, Hellinger, Bhattacharyya, chi-squared."""

from fractions import Fraction
from typing import Any

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation
from chainrule.ops.arithmetic import divide, log, reciprocal, square
from chainrule.ops.comparison import absolute, sign
from chainrule.ops.exponential import sqrt
from chainrule.ops.information.sums import HALF, after, are_one, careful, precise_sum, quantity_tree
from chainrule.ops.properties import WHOLE
from chainrule.syntax.tree import Name, Number, Superscript

ONE = build.constant(1)


def squared_hellinger(p: Node, q: Node) -> Node:
    """p (n), q (n) -> scalar. Half the sum of (sqrt p - sqrt q)^2."""
    return build.apply(SQUARED_HELLINGER, p, q)


def bhattacharyya_coefficient(p: Node, q: Node) -> Node:
    """p (n), q (n) -> scalar. The sum of sqrt(p q)."""
    return build.apply(BHATTACHARYYA_COEFFICIENT, p, q)


def _total_variation_value(xp: Any, p: Any, q: Any) -> Any:
    return 0.5 * precise_sum(xp, xp.abs(p - q))


def _total_variation_plain(xp: Any, p: Any, q: Any) -> Any:
    return 0.5 * xp.sum(xp.sign((p - q).real) * (p - q))


def _total_variation_by_p(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q = arguments
    return build.scale(HALF, build.multiply(y_bar, sign(build.subtract(p, q))))


def _total_variation_by_q(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q = arguments
    return _total_variation_by_p(y_bar, y, (q, p))


def _squared_hellinger_value(xp: Any, p: Any, q: Any) -> Any:
    """(p - q) / (sqrt p + sqrt q) is the difference of the roots, without cancellation."""
    return 0.5 * precise_sum(xp, xp.where(p == q, 0.0, (p - q) / (xp.sqrt(p) + xp.sqrt(q))) ** 2)


def _hellinger_plain(xp: Any, p: Any, q: Any) -> Any:
    return 0.5 * xp.sum((xp.sqrt(p) - xp.sqrt(q)) ** 2)


def _hellinger_by_p(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q = arguments
    return build.scale(HALF, build.multiply(y_bar, build.subtract(ONE, sqrt(divide(q, p)))))


def _hellinger_by_q(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q = arguments
    return _hellinger_by_p(y_bar, y, (q, p))


def _root_by_p(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return _hellinger_by_p(divide(y_bar, build.scale(2, y)), y, arguments)


def _root_by_q(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return _hellinger_by_q(divide(y_bar, build.scale(2, y)), y, arguments)


def _coefficient_value(xp: Any, p: Any, q: Any) -> Any:
    return precise_sum(xp, xp.sqrt(p) * xp.sqrt(q))


def _coefficient_plain(xp: Any, p: Any, q: Any) -> Any:
    return xp.sum(xp.sqrt(p) * xp.sqrt(q))


def _coefficient_by_p(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q = arguments
    return build.scale(HALF, build.multiply(y_bar, sqrt(divide(q, p))))


def _coefficient_by_q(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q = arguments
    return _coefficient_by_p(y_bar, y, (q, p))


def _bhattacharyya_value(xp: Any, p: Any, q: Any) -> Any:
    """Of distributions that are close, the coefficient is 1 less the squared Hellinger distance, which has more digits."""
    coefficient = _coefficient_value(xp, p, q)
    if coefficient > 0.5 and are_one(xp, p) and are_one(xp, q):
        return 0.0 - xp.log1p(-_squared_hellinger_value(xp, p, q))
    return 0.0 - xp.log(coefficient)


def _bhattacharyya_plain(xp: Any, p: Any, q: Any) -> Any:
    return -xp.log(_coefficient_plain(xp, p, q))


def _bhattacharyya_by_p(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q = arguments
    return _coefficient_by_p(build.scale(-1, divide(y_bar, bhattacharyya_coefficient(p, q))), y, (p, q))


def _bhattacharyya_by_q(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q = arguments
    return _coefficient_by_q(build.scale(-1, divide(y_bar, bhattacharyya_coefficient(p, q))), y, (p, q))


def _chi_squared_value(xp: Any, p: Any, q: Any) -> Any:
    """(p - q) / q before the product, so that no square underflows."""
    return precise_sum(xp, xp.where(p == q, 0.0, (p - q) / q * (p - q)))


def _chi_squared_plain(xp: Any, p: Any, q: Any) -> Any:
    return xp.sum((p - q) ** 2 / q)


def _chi_squared_by_p(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q = arguments
    return build.scale(2, build.multiply(y_bar, build.subtract(p, q), reciprocal(q)))


def _chi_squared_by_q(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    p, q = arguments
    return build.multiply(y_bar, build.subtract(ONE, square(divide(p, q))))


TOTAL_VARIATION = Operation(
    name="total_variation",
    arguments=("p", "q"),
    signature="n n -> .",
    because="The total variation distance is half the sum of |p - q|, and the derivative of |x| is the sign of x.",
    value=careful(_total_variation_value, _total_variation_plain),
    definition=lambda p, q: build.scale(HALF, build.total(absolute(build.subtract(p, q)))),
    pullbacks=(_total_variation_by_p, _total_variation_by_q),
    spellings=("TotalVariation", "total_variation"),
    function=Name("TotalVariation"),
    tree=quantity_tree(Name("TV"), ","),
    numpy=lambda p, q: f"(0.5 * np.sum(np.abs(np.subtract({p}, {q}))))",
    domain=((0.1, 0.9),),
    kink=build.subtract,
    at_kink="|p - q| has derivative 0 where p = q",
    properties=WHOLE,
    source="Levin, Peres, Wilmer, Markov Chains and Mixing Times, proposition 4.2",
    example=("TotalVariation([0.5, 0.5], [1, 0])", 0.5),
)

SQUARED_HELLINGER = Operation(
    name="squared_hellinger",
    arguments=("p", "q"),
    signature="n n -> .",
    because="The squared Hellinger distance is half the sum of (sqrt p - sqrt q)^2.",
    reasons=(
        "The derivative of (sqrt p - sqrt q)^2 / 2 by p is (1 - sqrt(q / p)) / 2, entry by entry.",
        "The derivative of (sqrt p - sqrt q)^2 / 2 by q is (1 - sqrt(p / q)) / 2, entry by entry.",
    ),
    value=careful(_squared_hellinger_value, _hellinger_plain),
    definition=lambda p, q: build.scale(HALF, build.total(square(build.subtract(sqrt(p), sqrt(q))))),
    pullbacks=(_hellinger_by_p, _hellinger_by_q),
    spellings=("SquaredHellinger", "squared_hellinger"),
    function=Name("SquaredHellinger"),
    numpy=lambda p, q: f"_squared_hellinger({p}, {q})",
    numpy_functions=(_squared_hellinger_value,),
    domain=((0.1, 0.9),),
    properties=WHOLE,
    source="Gibbs and Su, On choosing and bounding probability metrics, 2002",
    example=("squared_hellinger([1, 0], [0, 1])", 1.0),
)

HELLINGER = Operation(
    name="hellinger",
    arguments=("p", "q"),
    signature="n n -> .",
    because="The Hellinger distance is the square root of half the sum of (sqrt p - sqrt q)^2.",
    value=careful(after("sqrt", _squared_hellinger_value), after("sqrt", _hellinger_plain)),
    definition=lambda p, q: sqrt(squared_hellinger(p, q)),
    pullbacks=(_root_by_p, _root_by_q),
    spellings=("hellinger", "Hellinger"),
    function=Name("Hellinger"),
    numpy=lambda p, q: f"np.sqrt(_squared_hellinger({p}, {q}))",
    numpy_functions=(_squared_hellinger_value,),
    domain=((0.1, 0.9),),
    properties=WHOLE,
    source="Gibbs and Su, On choosing and bounding probability metrics, 2002",
    example=("hellinger([1, 0], [0, 1])", 1.0),
)

BHATTACHARYYA_COEFFICIENT = Operation(
    name="bhattacharyya_coefficient",
    arguments=("p", "q"),
    signature="n n -> .",
    because="The Bhattacharyya coefficient is the sum of sqrt(p q).",
    reasons=(
        "The derivative of sqrt(p q) by p is sqrt(q / p) / 2, entry by entry.",
        "The derivative of sqrt(p q) by q is sqrt(p / q) / 2, entry by entry.",
    ),
    value=careful(_coefficient_value, _coefficient_plain),
    definition=lambda p, q: build.total(sqrt(build.multiply(p, q))),
    pullbacks=(_coefficient_by_p, _coefficient_by_q),
    spellings=("BhattacharyyaCoefficient", "bhattacharyya_coefficient"),
    function=Name("BhattacharyyaCoefficient"),
    numpy=lambda p, q: f"np.sum(np.sqrt({p}) * np.sqrt({q}))",
    domain=((0.1, 0.9),),
    properties=WHOLE,
    source="Bhattacharyya, On a measure of divergence between two statistical populations, 1943",
    example=("bhattacharyya_coefficient([1, 0], [0.25, 0.75])", 0.5),
)

BHATTACHARYYA = Operation(
    name="bhattacharyya",
    arguments=("p", "q"),
    signature="n n -> .",
    because="The Bhattacharyya distance is -log of the sum of sqrt(p q).",
    value=careful(_bhattacharyya_value, _bhattacharyya_plain),
    definition=lambda p, q: build.scale(-1, log(bhattacharyya_coefficient(p, q))),
    pullbacks=(_bhattacharyya_by_p, _bhattacharyya_by_q),
    spellings=("Bhattacharyya", "bhattacharyya", "bhattacharyya_distance"),
    function=Name("Bhattacharyya"),
    numpy=lambda p, q: f"_bhattacharyya({p}, {q})",
    numpy_functions=(_bhattacharyya_value,),
    domain=((0.1, 0.9),),
    properties=WHOLE,
    source="Bhattacharyya, On a measure of divergence between two statistical populations, 1943",
    example=("bhattacharyya([1, 0], [0.25, 0.75])", 0.6931471805599453),
)

CHI_SQUARED = Operation(
    name="chi_squared",
    arguments=("p", "q"),
    signature="n n -> .",
    because="The chi-squared divergence is the sum of (p - q)^2 / q.",
    reasons=(
        "The derivative of (p - q)^2 / q by p is 2 (p - q) / q, entry by entry.",
        "The derivative of (p - q)^2 / q by q is 1 - (p / q)^2, entry by entry.",
    ),
    value=careful(_chi_squared_value, _chi_squared_plain),
    definition=lambda p, q: build.total(divide(square(build.subtract(p, q)), q)),
    pullbacks=(_chi_squared_by_p, _chi_squared_by_q),
    spellings=("ChiSquared", "chi_squared"),
    function=Name("ChiSquared"),
    tree=quantity_tree(Superscript(Name("\\chi"), Number(Fraction(2))), "||"),
    numpy=lambda p, q: f"_chi_squared({p}, {q})",
    numpy_functions=(_chi_squared_value,),
    domain=((0.1, 0.9),),
    properties=WHOLE,
    source="Gibbs and Su, On choosing and bounding probability metrics, 2002",
    example=("chi_squared([0.5, 0.5], [0.25, 0.75])", 0.3333333333333333),
)
