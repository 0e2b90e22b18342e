r"""Whether what is defined by cases is convex, `\frac12 r^2` where `|r| \le \delta` and a line elsewhere.

A function of one number is convex where each of its pieces is, where the pieces meet without a step, and where the slope does
not fall as one passes from a piece to the next. So it is as a function of what is affine, put in the place of that number.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from operator import ge, gt, le, lt

from chainrule.algebra.curvature import CASES, Curve, Shape, shape_of
from chainrule.algebra.normal_form import normal_form
from chainrule.calculus.forward import pushforward
from chainrule.errors import ChainruleError
from chainrule.graph import build
from chainrule.graph.node import Add, Apply, Constant, Contract, Named, Node, Variable, operands, postorder
from chainrule.graph.walk import leaves, substitute
from chainrule.syntax.tree import Name

_COMPARISONS = {"greater": gt, "less": lt, "greater_equal": ge, "less_equal": le}
_MOST_PIECES = 6


class _Open(Exception):
    """It is not of the form that is decided here."""


@dataclass(frozen=True)
class _Comparison:
    """`u \\ge b`, or of |u|, with the threshold on the right."""

    name: str
    threshold: Node
    absolute: bool

    def holds(self, at: Fraction, places: Mapping[Node, Fraction]) -> bool:
        return _COMPARISONS[self.name](abs(at) if self.absolute else at, places[self.threshold])


@dataclass(frozen=True)
class _Piece:
    conditions: tuple[_Comparison, ...]
    body: Node


class CasesRule:
    """The rule for `curvature.curve_of`. signs, shares: what is known of the inputs."""

    def __init__(self, signs: Mapping[Node, int], shares: Set[Node]):
        self.signs = signs
        self.shares = shares

    def __call__(self, node: Apply, known: Mapping[Node, Shape]) -> Curve | None:
        """Convex or concave; None where that is not shown."""
        try:
            return self._curve(node, known)
        except (_Open, ChainruleError):
            return None

    def _curve(self, node: Apply, known: Mapping[Node, Shape]) -> Curve | None:
        argument, pieces = _read(node, known)
        moving = build.variable(Name("\\text{argument}"), argument.shape)
        pieces = [_Piece(each.conditions, substitute(each.body, {argument: moving})) for each in pieces]
        others = {leaf for each in pieces for leaf in leaves(each.body)} - {moving}
        if any(known[leaf].curve != "constant" for leaf in others) or not all(
            _is_entrywise(each.body, moving) for each in pieces
        ):
            return None
        places = self._places(pieces)
        order = sorted({*places.values(), *_mirrored(pieces, places)})
        if self._is_convex(pieces, moving, places, order):
            return "convex"
        turned = [_Piece(each.conditions, build.scale(-1, each.body)) for each in pieces]
        return "concave" if self._is_convex(turned, moving, places, order) else None

    def _places(self, pieces: Sequence[_Piece]) -> dict[Node, Fraction]:
        """Numbers for the thresholds in their order: their own, or 1 for the only letter, if that is positive."""
        thresholds = {each.threshold: each.absolute for piece in pieces for each in piece.conditions}
        letters = {each for each in thresholds if not isinstance(each, Constant)}
        found: dict[Node, Fraction] = {each: each.value for each in thresholds if isinstance(each, Constant)}
        if not letters:
            return found
        positive = [each for each in letters if self._sign(each) > 0]
        alone = len(thresholds) == 1 and not any(thresholds.values())
        if len(positive) == 1 and set(found.values()) <= {Fraction(0)}:
            found[positive[0]] = Fraction(1)
            for other in letters - set(positive):
                if not build.is_zero(normal_form(build.add(other, positive[0]))):
                    raise _Open
                found[other] = Fraction(-1)
            return found
        if not alone:
            raise _Open
        return {next(iter(letters)): Fraction(0)}

    def _sign(self, node: Node) -> int:
        return shape_of(normal_form(node), frozenset(), self.signs, self.shares).sign

    def _is_convex(
        self, pieces: Sequence[_Piece], moving: Variable, places: Mapping[Node, Fraction], order: Sequence[Fraction]
    ) -> bool:
        certain = all(isinstance(each, Constant) for each in places) or max(map(self._sign, places)) > 0
        between = [(a + b) / 2 for a, b in pairwise(order)]
        chosen = [_at(pieces, place, places) for place in (order[0] - 1, *between, order[-1] + 1)]
        for low, high, body in zip((None, *order), (*order, None), chosen, strict=True):
            side = 1 if low is not None and low >= 0 else -1 if high is not None and high <= 0 else 0
            signs = {**self.signs, moving: side if certain else 0}
            if not shape_of(body, {moving}, signs, self.shares).bends_up:
                return False
        nodes = {value: node for node, value in places.items()}
        for place, left, right in zip(order, chosen, chosen[1:], strict=False):
            if _at(pieces, place, places) not in (left, right):
                return False
            threshold = nodes[place] if place in nodes else build.scale(-1, nodes[-place])
            if left is not right and not self._meet(left, right, moving, threshold, place if certain else None):
                return False
        return True

    def _meet(self, left: Node, right: Node, moving: Variable, threshold: Node, place: Fraction | None) -> bool:
        """Whether two pieces have the same value where they meet, and the right one no smaller slope."""
        if place is not None:
            left = _without_absolute(left, moving, -1 if place <= 0 else 1)
            right = _without_absolute(right, moving, 1 if place >= 0 else -1)
        here: dict[Node, Node] = {moving: build.lift(threshold, moving.shape)}
        step = normal_form(substitute(build.subtract(right, left), here))
        if not build.is_zero(step):
            return False
        along: dict[Node, Node] = {moving: build.ones(moving.shape)}
        slopes = build.subtract(pushforward(right, along), pushforward(left, along))
        return self._sign(substitute(slopes, here)) > 0


def _mirrored(pieces: Sequence[_Piece], places: Mapping[Node, Fraction]) -> set[Fraction]:
    return {-places[each.threshold] for piece in pieces for each in piece.conditions if each.absolute}


def _read(node: Apply, known: Mapping[Node, Shape]) -> tuple[Node, list[_Piece]]:
    """The affine number that all conditions are of, and the pieces in their order. Raises _Open for other conditions."""
    pieces: list[_Piece] = []
    arguments: set[Node] = set()
    rest: Node = node
    while isinstance(rest, Apply) and rest.operation.name in CASES:
        condition, body = rest.arguments[:2]
        pieces.append(_Piece(tuple(_comparisons(condition, known, arguments)), body))
        rest = rest.arguments[2] if len(rest.arguments) > 2 else build.constant(0)
        if len(pieces) > _MOST_PIECES:
            raise _Open
    if _holds_everywhere(node):
        pieces.append(_Piece((), rest))
    if len(arguments) != 1:
        raise _Open
    argument = arguments.pop()
    if not known[argument].flat or argument.shape != node.shape:
        raise _Open
    return argument, pieces


def _holds_everywhere(node: Apply) -> bool:
    """Whether the last row of a definition by cases holds everywhere else."""
    rest: Node = node
    while isinstance(rest, Apply) and rest.operation.name == "where":
        rest = rest.arguments[2]
    return not (isinstance(rest, Apply) and rest.operation.name == "last_case")


def _comparisons(condition: Node, known: Mapping[Node, Shape], arguments: set[Node]) -> list[_Comparison]:
    """The comparisons that a condition joins, and what they are of. Raises _Open for other conditions."""
    if isinstance(condition, Contract):
        if len(condition.extents) > len(condition.output) or any(own != condition.output for own in condition.indices):
            raise _Open
        return [each for factor in condition.factors for each in _comparisons(factor, known, arguments)]
    if not isinstance(condition, Apply) or condition.operation.name not in _COMPARISONS:
        raise _Open
    left, right = condition.arguments
    name = condition.operation.name
    if known[left].curve == "constant":
        left, right = right, left
        name = name.replace("greater", "-").replace("less", "greater").replace("-", "less")
    if known[right].curve != "constant" or known[left].curve == "constant":
        raise _Open
    absolute = isinstance(left, Apply) and left.operation.name == "abs"
    arguments.add(operands(left)[0] if absolute else left)
    return [_Comparison(name, _plain(right), absolute)]


def _plain(threshold: Node) -> Node:
    """A number that is the same in all entries, as that number."""
    match threshold:
        case Contract(factors=(factor,), indices=((),)):
            return factor
        case Contract(factors=()):
            return build.constant(1)
        case _ if threshold.shape:
            raise _Open
        case _:
            return normal_form(threshold)


def _at(pieces: Sequence[_Piece], place: Fraction, places: Mapping[Node, Fraction]) -> Node:
    """The piece that holds at a number. Raises _Open where none does."""
    for piece in pieces:
        if all(each.holds(place, places) for each in piece.conditions):
            return piece.body
    raise _Open


def _without_absolute(node: Node, moving: Variable, side: int) -> Node:
    """A piece where its argument has one sign."""
    sized = [part for part in postorder(node) if isinstance(part, Apply) and part.operation.name == "abs"]
    return substitute(node, {part: build.scale(side, moving) for part in sized if part.arguments == (moving,)})


def _is_entrywise(node: Node, moving: Variable) -> bool:
    """Whether each entry depends on the same entry of the argument alone."""
    if not moving.shape:
        return True
    touched: set[Node] = {moving}
    for part in postorder(node):
        inside = [each for each in operands(part) if each in touched]
        if not inside:
            continue
        touched.add(part)
        if part.shape != moving.shape or not isinstance(part, Add | Apply | Contract | Named):
            return False
        if isinstance(part, Contract) and not all(
            own == part.output for factor, own in zip(part.factors, part.indices, strict=True) if factor in touched
        ):
            return False
        if isinstance(part, Apply) and not part.operation.signature.startswith("S"):
            return False
    return True
