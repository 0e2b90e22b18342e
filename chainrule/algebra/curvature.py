r"""Whether a formula is convex in some of its inputs, by the rules of composition: what they do not show stays open.

Sums with weights that are not negative keep convexity, so does an increasing convex function of it, and a convex function of
what is affine. $\log \sum_i e^{z_i}$ is convex because sums and products of functions whose logarithm is convex have one too.
Source: Boyd and Vandenberghe, Convex Optimization, sections 3.2 and 3.5.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from chainrule.graph.facts import Fact
from chainrule.graph.node import Add, Apply, Constant, Contract, Named, Node, Selection, Size, Stack, Unit, Variable, postorder

Curve = Literal["constant", "affine", "convex", "concave", "open"]
_TURNED: Mapping[Curve, Curve] = {"convex": "concave", "concave": "convex"}
_INCREASING = frozenset(("exp", "softplus", "relu", "logsumexp", "maximum"))
"""Convex, and not decreasing in any argument."""
_EVEN = frozenset(("abs", "norm", "norm1", "norm_inf", "squared_norm"))
"""Convex, and no smaller for a larger argument where that is not negative."""
_NOT_NEGATIVE = frozenset(
    ("exp", "softplus", "relu", "abs", "norm", "norm1", "norm_inf", "squared_norm", "sigmoid", "softmax", "cosh")
)


@dataclass(frozen=True)
class Shape:
    """Of every entry of a node. sign: 1 where it is never negative, -1 where it is never positive, 0 where that is open.

    log_convex: it is positive, and its logarithm convex.
    """

    curve: Curve
    sign: int = 0
    log_convex: bool = False

    @property
    def flat(self) -> bool:
        return self.curve in ("constant", "affine")

    @property
    def bends_up(self) -> bool:
        return self.flat or self.curve == "convex"


def curve_of(root: Node, variables: Set[Node], signs: Mapping[Node, int]) -> Curve:
    """What is found of a node as a function of these variables. signs: 1 or -1 of inputs whose sign is known."""
    known: dict[Node, Shape] = {}
    for node in postorder(root):
        known[node] = _shape(node, variables, signs, known)
    return known[root].curve


def _shape(node: Node, variables: Set[Node], signs: Mapping[Node, int], known: Mapping[Node, Shape]) -> Shape:
    if node in variables:
        return Shape("affine", signs.get(node, 0))
    match node:
        case Variable(facts=facts):
            return Shape("constant", 1 if Fact.POSITIVE in facts else signs.get(node, 0))
        case Constant(value=value):
            return Shape("constant", 1 if value >= 0 else -1, value > 0)
        case Size() | Unit() | Selection():
            return Shape("constant", 1)
        case Named(body=body):
            return known[body]
        case Add(terms=terms):
            return _sum([_times(known[term], [Shape("constant", 1 if c > 0 else -1, c > 0)]) for c, term in terms])
        case Stack(items=items):
            return _sum([known[item] for item in items])
        case Contract(factors=factors, indices=indices):
            return _product(factors, indices, known)
        case Apply():
            return _applied(node, known)
        case _:
            return Shape("open")


def _sum(terms: list[Shape]) -> Shape:
    bent: set[Curve] = {term.curve for term in terms if not term.flat}
    curve: Curve = "open"
    if not bent:
        curve = "affine" if any(term.curve == "affine" for term in terms) else "constant"
    elif len(bent) == 1:
        (curve,) = bent
    return Shape(curve, _common([term.sign for term in terms]), all(term.log_convex for term in terms))


def _common(signs: list[int]) -> int:
    return signs[0] if signs and len(set(signs)) == 1 else 0


def _times(one: Shape, weights: list[Shape]) -> Shape:
    """Something times what does not depend on the variables, and summed."""
    sign = 1
    for weight in weights:
        sign *= weight.sign
    curve = one.curve if one.flat else "open" if not sign else one.curve if sign > 0 else _TURNED.get(one.curve, "open")
    positive = one.log_convex and all(weight.log_convex or weight.sign > 0 for weight in weights)
    return Shape(curve, sign * one.sign, positive)


def _product(factors: tuple[Node, ...], indices: tuple[tuple[int, ...], ...], known: Mapping[Node, Shape]) -> Shape:
    """A product whose factors depend on the variables in one place, or are the square of one."""
    pairs = list(zip(factors, indices, strict=True))
    moving = [pair for pair in pairs if known[pair[0]].curve != "constant"]
    still = [pair for pair in pairs if known[pair[0]].curve == "constant"]
    squares = [pair for pair in dict.fromkeys(still) if still.count(pair) % 2]
    weights = [known[node] for node, _ in squares]
    if not moving:
        sign = 1
        for weight in weights:
            sign *= weight.sign
        return Shape("constant", sign, all(known[node].log_convex for node, _ in pairs))
    if len(moving) == 1:
        return _times(known[moving[0][0]], weights)
    if len(moving) == 2 and moving[0] == moving[1]:
        return _times(_square(known[moving[0][0]]), weights)
    log_convex = all(known[node].log_convex for node, _ in pairs)
    return Shape("open", 1 if log_convex else 0, log_convex)


def _square(one: Shape) -> Shape:
    rising = one.bends_up and one.sign > 0
    falling = (one.flat or one.curve == "concave") and one.sign < 0
    return Shape("convex" if one.flat or rising or falling else "open", 1)


def _applied(node: Apply, known: Mapping[Node, Shape]) -> Shape:
    name, arguments = node.operation.name, [known[each] for each in node.arguments]
    sign = 1 if name in _NOT_NEGATIVE else 0
    if all(each.curve == "constant" for each in arguments):
        return Shape("constant", _sign_of_power(arguments[0], _exponent(node)) if name == "power" else sign)
    if name in _INCREASING and all(each.bends_up for each in arguments):
        known_sign = 1 if name == "maximum" and any(each.sign > 0 for each in arguments) else sign
        return Shape("convex", known_sign, name == "exp")
    if name in _EVEN and (arguments[0].flat or (arguments[0].curve == "convex" and arguments[0].sign > 0)):
        return Shape("convex", 1)
    if name == "power":
        return _power(arguments[0], _exponent(node))
    if name == "minimum" and all(each.flat or each.curve == "concave" for each in arguments):
        return Shape("concave")
    if name == "log" and arguments[0].log_convex:
        return Shape("convex")
    if name in ("log", "sqrt") and (arguments[0].flat or arguments[0].curve == "concave"):
        return Shape("concave", 1 if name == "sqrt" else 0)
    return Shape("open", sign)


def _exponent(node: Apply) -> Fraction | None:
    exponent = node.arguments[1]
    return exponent.value if isinstance(exponent, Constant) else None


def _sign_of_power(base: Shape, exponent: Fraction | None) -> int:
    if exponent is None or exponent.denominator != 1:
        return max(base.sign, 0)
    return base.sign if exponent.numerator % 2 else 1


def _power(base: Shape, exponent: Fraction | None) -> Shape:
    if exponent is None or exponent.denominator != 1 or exponent < 2:
        return Shape("open")
    if exponent % 2 == 0:
        return _square(base)
    return Shape("convex" if base.bends_up and base.sign > 0 else "open", 1 if base.sign > 0 else 0)
