r"""Whether a formula is convex in some of its inputs, by the rules of composition: what they do not show stays open.

Sums with weights that are not negative keep convexity, so does an increasing convex function of it, and a convex function of
what is affine. $\log \sum_i e^{z_i}$ is convex because sums and products of functions whose logarithm is convex have one too.
The logarithm of a sigmoid, of what it leaves to 1 and of an entry of a softmax is concave.
Source: Boyd and Vandenberghe, Convex Optimization, sections 3.2 and 3.5.
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, replace
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

    log_convex, log_concave: it is positive, and its logarithm is. small: it is at most 1.
    """

    curve: Curve
    sign: int = 0
    log_convex: bool = False
    log_concave: bool = False
    small: bool = False

    @property
    def flat(self) -> bool:
        return self.curve in ("constant", "affine")

    @property
    def bends_up(self) -> bool:
        return self.flat or self.curve == "convex"

    @property
    def bends_down(self) -> bool:
        return self.flat or self.curve == "concave"


Cases = Callable[[Apply, Mapping[Node, Shape]], Curve | None]
"""What is found of a definition by cases once the shapes of its operands are known."""


def curve_of(
    root: Node, variables: Set[Node], signs: Mapping[Node, int], shares: Set[Node] = frozenset(), cases: Cases | None = None
) -> Curve:
    """What is found of a node as a function of these variables. signs: 1 or -1 of inputs whose sign is known. shares: inputs
    between 0 and 1.
    """
    return shape_of(root, variables, signs, shares, cases).curve


def shape_of(
    root: Node, variables: Set[Node], signs: Mapping[Node, int], shares: Set[Node] = frozenset(), cases: Cases | None = None
) -> Shape:
    """What `curve_of` finds, with the sign."""
    known: dict[Node, Shape] = {}
    for node in postorder(root):
        shape = _shape(node, variables, signs, shares, known)
        if cases is not None and shape.curve == "open" and isinstance(node, Apply) and node.operation.name in CASES:
            shape = replace(shape, curve=cases(node, known) or "open")
        known[node] = shape
    return known[root]


CASES = frozenset(("where", "last_case"))


def _shape(
    node: Node, variables: Set[Node], signs: Mapping[Node, int], shares: Set[Node], known: Mapping[Node, Shape]
) -> Shape:
    if node in variables:
        return Shape("affine", signs.get(node, 0))
    match node:
        case Variable(facts=facts):
            share = node in shares
            return Shape("constant", 1 if Fact.POSITIVE in facts or share else signs.get(node, 0), small=share)
        case Constant(value=value):
            return Shape("constant", 1 if value >= 0 else -1, value > 0, value > 0, value <= 1)
        case Size() | Unit() | Selection():
            return Shape("constant", 1)
        case Named(body=body):
            return known[body]
        case Add(terms=terms):
            if (rest := _left_to_one(node)) is not None and known[rest].small:
                curve = known[rest].curve
                within, concave = known[rest].sign > 0, _is_sigmoid_of_affine(rest, known)
                return Shape(_TURNED.get(curve, curve), 1, log_concave=concave, small=within)
            return _sum([_times(known[term], [Shape("constant", 1 if c > 0 else -1, c > 0)]) for c, term in terms])
        case Stack(items=items):
            return _sum([known[item] for item in items])
        case Contract():
            return _product(node, known)
        case Apply():
            return _applied(node, known)
        case _:
            return Shape("open")


def _left_to_one(node: Add) -> Node | None:
    """The x of `1 - x`; None for any other sum."""
    fixed = sum((c * term.value for c, term in node.terms if isinstance(term, Constant)), Fraction(0))
    moving = [(c, term) for c, term in node.terms if not isinstance(term, Constant)]
    return moving[0][1] if fixed == 1 and len(moving) == 1 and moving[0][0] == -1 else None


def _is_sigmoid_of_affine(node: Node, known: Mapping[Node, Shape]) -> bool:
    while isinstance(node, Named):
        node = node.body
    return isinstance(node, Apply) and node.operation.name == "sigmoid" and known[node.arguments[0]].flat


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


def _product(node: Contract, known: Mapping[Node, Shape]) -> Shape:
    """A product whose factors depend on the variables in one place, or are the square of one."""
    pairs = list(zip(node.factors, node.indices, strict=True))
    moving = [pair for pair in pairs if known[pair[0]].curve != "constant"]
    still = [pair for pair in pairs if known[pair[0]].curve == "constant"]
    squares = [pair for pair in dict.fromkeys(still) if still.count(pair) % 2]
    weights = [known[factor] for factor, _ in squares]
    log_concave = _is_log_concave(node, known)
    if not moving:
        sign = 1
        for weight in weights:
            sign *= weight.sign
        return Shape("constant", sign, all(known[factor].log_convex for factor, _ in pairs), log_concave)
    if len(moving) == 1:
        return replace(_times(known[moving[0][0]], weights), log_concave=log_concave)
    if len(moving) == 2 and moving[0] == moving[1]:
        return replace(_times(_square(known[moving[0][0]]), weights), log_concave=log_concave)
    if len(moving) == 2 and moving[0][1] == moving[1][1] and _is_x_log_x(moving[0][0], moving[1][0], known):
        return _times(Shape("convex"), weights)
    log_convex = all(known[factor].log_convex for factor, _ in pairs)
    return Shape("open", 1 if log_convex or log_concave else 0, log_convex, log_concave)


def _is_x_log_x(one: Node, other: Node, known: Mapping[Node, Shape]) -> bool:
    """Whether it is x and its own logarithm, or that of a multiple of it, for an affine x."""
    affine, logarithm = (one, other) if known[one].flat else (other, one)
    if not known[affine].flat or not isinstance(logarithm, Apply) or logarithm.operation.name != "log":
        return False
    (inside,) = logarithm.arguments
    if isinstance(inside, Add) and len(inside.terms) == 1 and inside.terms[0][0] > 0:
        inside = inside.terms[0][1]
    if (
        isinstance(inside, Contract)
        and affine in inside.factors
        and inside.output == inside.indices[inside.factors.index(affine)]
    ):
        others = [each for each in inside.factors if each is not affine]
        alike = len(inside.extents) == len(inside.output) and len(others) == len(inside.factors) - 1
        return alike and all(known[each].curve == "constant" for each in others)
    return inside is affine


def _is_log_concave(node: Contract, known: Mapping[Node, Shape]) -> bool:
    """Whether each entry is a product of factors whose logarithms are concave: nothing but unit vectors is summed over."""
    pairs = zip(node.factors, node.indices, strict=True)
    chosen = {index for factor, own in pairs if isinstance(factor, Unit) for index in own}
    summed = {*range(len(node.extents))} - set(node.output)
    return summed <= chosen and all(isinstance(factor, Unit) or known[factor].log_concave for factor in node.factors)


def _square(one: Shape) -> Shape:
    rising = one.bends_up and one.sign > 0
    falling = (one.flat or one.curve == "concave") and one.sign < 0
    return Shape("convex" if one.flat or rising or falling else "open", 1)


def _applied(node: Apply, known: Mapping[Node, Shape]) -> Shape:
    name, arguments = node.operation.name, [known[each] for each in node.arguments]
    first = arguments[0]
    sign = 1 if name in _NOT_NEGATIVE else 0
    small = name in ("sigmoid", "softmax")
    if all(each.curve == "constant" for each in arguments):
        return Shape("constant", _sign_of_power(first, _exponent(node)) if name == "power" else sign, small=small)
    if name in _INCREASING and all(each.bends_up for each in arguments):
        known_sign = 1 if name == "maximum" and any(each.sign > 0 for each in arguments) else sign
        return Shape("convex", known_sign, name == "exp", name == "exp" and first.flat)
    if name in _EVEN and (first.flat or (first.curve == "convex" and first.sign > 0)):
        return Shape("convex", 1)
    if name == "power":
        return _power(first, _exponent(node))
    if name == "minimum" and all(each.bends_down for each in arguments):
        return Shape("concave")
    if name == "log" and first.log_convex:
        return Shape("affine" if first.log_concave else "convex")
    if (name in ("log", "sqrt") and first.bends_down) or (name == "log" and first.log_concave):
        return Shape("concave", 1 if name == "sqrt" else 0)
    concave = (name in ("sigmoid", "exp") and first.bends_down) or (name == "softmax" and first.flat)
    return Shape("open", sign, log_concave=concave, small=small)


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
