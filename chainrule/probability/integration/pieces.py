"""The law of a density that a formula gives: where it has corners and peaks, and its logarithm beside each of them."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from chainrule.errors import EvaluationError
from chainrule.evaluation.run import compute
from chainrule.graph import build
from chainrule.graph.node import Add, Apply, Node, Variable, operands, postorder
from chainrule.graph.walk import rebuild
from chainrule.ops.comparison import ABS, INDICATORS
from chainrule.probability.integration.halves import FAR, Half, halves_between
from chainrule.probability.integration.law import ROUNDING, Coordinates, Densities, Floats, Law, beside
from chainrule.probability.integration.signed import Signed, signed_logarithm

DISTANCE = build.variable("distance from an anchor")
MOST_PEAKS = 64
ROUNDS = 2
ZOOMS, ZOOM = 12, 33
HIGHER = 1e-9
"""By so much a peak is above what is beside it, on the log scale."""
AFFINE = 1e-12
BISECTIONS = 80
BESIDE = -30.0
"""The log of a distance that is none."""
WIDE = np.exp(np.linspace(-40.0, 40.0, 641))


@dataclass(frozen=True)
class Formula:
    """A density: a scalar node of x alone."""

    body: Node
    x: Variable

    def at(self, found: Coordinates) -> Signed:
        """Its sign and logarithm at places that are told by their distance from an anchor."""
        assert found.log_distance is not None
        u = found.log_distance
        place = Signed(np.ones_like(u), u, np.full_like(u, ROUNDING))
        return signed_logarithm(_beside(self.body, self.x, found.anchor, found.sign), DISTANCE, place)


@lru_cache(maxsize=512)
def _beside(body: Node, x: Variable, anchor: float, sign: float) -> Node:
    """The sums are exact: 1 - x is the distance where x is that much below 1."""
    place = build.add(build.constant(Fraction(anchor)), build.scale(int(sign), DISTANCE))
    made: dict[Node, Node] = {x: place}
    for node in postorder(body):
        if node not in made:
            new = tuple(made[each] for each in operands(node))
            made[node] = _flat(node, new) if isinstance(node, Add) else node if new == operands(node) else rebuild(node, new)
    return made[body]


def _flat(node: Add, operands: Sequence[Node]) -> Node:
    """The sum, with the terms of sums in it as its own."""
    terms: list[tuple[Fraction, Node]] = []
    for (coefficient, _), operand in zip(node.terms, operands, strict=True):
        inside = operand.terms if isinstance(operand, Add) else ((Fraction(1), operand),)
        terms += [(coefficient * each, part) for each, part in inside]
    return build.linear(terms, node.shape)


def _with_differences(body: Node) -> Node:
    """The formula with each comparison a < b as one of a - b with 0, which is told exactly beside the place where it turns."""
    made: dict[Node, Node] = {}
    for node in postorder(body):
        new = tuple(made[each] for each in operands(node))
        if isinstance(node, Apply) and node.operation in INDICATORS:
            new = (build.subtract(*new), build.constant(0))
        made[node] = node if new == operands(node) else rebuild(node, new)
    return made[body]


def law_of_formula(body: Node, x: Variable, lower: float, upper: float) -> Law:
    """The law of a density between two ends, as far as it is not zero; nothing says here that it integrates to one.

    body: a scalar of x alone. Raises EvaluationError `negative-density`, and `no-estimate` where it is not known.
    """
    formula = Formula(_with_differences(body), x)
    corners = [place for place in _turns(formula) if lower < place < upper]
    lower, upper = _support(formula, lower, upper, corners)
    corners = [place for place in corners if lower < place < upper]
    for _ in range(ROUNDS):
        corners = sorted({*corners, *_peaks(formula, halves_between(lower, upper, corners))})
        if len(corners) > MOST_PEAKS:
            raise EvaluationError("no-convergence", "the density has too many peaks to be integrated")

    def density(found: Coordinates) -> Densities:
        made = _checked(formula.at(found), found)
        return Densities(made.log, made.error)

    return Law(lower, upper, "x", density, corners=tuple(corners))


def _checked(made: Signed, found: Coordinates) -> Signed:
    if np.any(made.sign < 0):
        raise EvaluationError("negative-density", f"the density is negative at {_place(found, made.sign < 0, made.log)}")
    if np.any(np.isnan(made.log) | (made.log == np.inf)):
        unknown = np.isnan(made.log) | (made.log == np.inf)
        raise EvaluationError("no-estimate", f"the density has no value at {_place(found, unknown, found.log_slope)}")
    return made


def _place(found: Coordinates, where: NDArray[np.bool_], size: Floats) -> str:
    """Of the places where that is so the one where it is largest; beside an anchor the anchor."""
    best = int(np.argmax(np.where(where, size, -np.inf)))
    assert found.log_distance is not None
    return f"{found.anchor if found.log_distance[best] < BESIDE else found.x[best]:.6g}"


def _turns(formula: Formula) -> Iterator[float]:
    """Where a comparison or an absolute value turns."""
    for node in postorder(formula.body):
        if isinstance(node, Apply) and (node.operation is ABS or node.operation in INDICATORS):
            yield from _zeros(node.arguments[0], formula.x)


def _zeros(node: Node, x: Variable) -> Sequence[float]:
    """Of an affine function of x by its values at 0 and 1, of any other where its sign changes."""

    def at(places: Floats) -> Floats:
        return np.broadcast_to(np.asarray(compute([node], {x: places}, {})[node], dtype=float), places.shape)

    start, end, check = at(np.array([0.0, 1.0, -3.0]))
    if start == end == check:
        return ()
    if abs(check - (4 * start - 3 * end)) <= AFFINE * (abs(start) + abs(end) + abs(check)):
        return (float(-start / (end - start)),)
    places = np.concatenate([-WIDE[::-1], [0.0], WIDE])
    signs = np.sign(at(places))
    exact = places[signs == 0].tolist()
    changed = np.flatnonzero(signs[:-1] * signs[1:] < 0)
    left, right, side = places[changed], places[changed + 1], signs[changed]
    for _ in range(BISECTIONS):
        middle = 0.5 * (left + right)
        on_left = np.sign(at(middle)) == side
        left, right = np.where(on_left, middle, left), np.where(on_left, right, middle)
    return (*exact, *right.tolist())


def _support(formula: Formula, lower: float, upper: float, corners: Sequence[float]) -> tuple[float, float]:
    """The ends without the stretches at both sides where the density is zero."""
    inside = sorted(set(corners))
    stretches = list(zip([lower, *inside], [*inside, upper], strict=True))
    positive = [(a, b) for a, b in stretches if any(_is_positive(formula, half) for half in halves_between(a, b, ()))]
    if not positive:
        raise EvaluationError("no-estimate", "the density is zero everywhere")
    return positive[0][0], positive[-1][1]


def _logs(formula: Formula, half: Half, u: Floats) -> Floats:
    found = beside(half.anchor, half.sign, u)
    return _checked(formula.at(found), found).log


def _is_positive(formula: Formula, half: Half) -> bool:
    return bool(np.any(_logs(formula, half, half.grid) > -np.inf))


def _peaks(formula: Formula, halves: Sequence[Half]) -> Iterator[float]:
    """The places inside where the density is larger than beside them."""
    for half in halves:
        grid = half.grid
        logs = _logs(formula, half, grid)
        with np.errstate(all="ignore"):
            above = (logs[1:-1] > logs[:-2] + HIGHER) & (logs[1:-1] > logs[2:] + HIGHER)
        for k in np.flatnonzero(above)[:MOST_PEAKS]:
            left, right = float(grid[k]), float(grid[k + 2])
            for _ in range(ZOOMS):
                finer = np.linspace(left, right, ZOOM)
                best = int(np.argmax(_logs(formula, half, finer)))
                left, right = float(finer[max(best - 1, 0)]), float(finer[min(best + 1, ZOOM - 1)])
            if abs(left) < FAR:
                yield half.anchor + half.sign * math.exp(0.5 * (left + right))
