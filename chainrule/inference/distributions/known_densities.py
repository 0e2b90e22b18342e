r"""Which family a formula of a density is of, parameters included: `\lambda e^{-\lambda x}` over x >= 0 is an exponential one.

The parameters are read off the slope of the logarithm. What was read off counts only where the formula and the density of the
family are equal at random points and parameters; so nothing is recognised by its letters or its looks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isclose, isfinite, log
from random import Random

from chainrule.algebra.normal_form import normal_form
from chainrule.calculus.jacobian import gradient
from chainrule.errors import ChainruleError
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.node import Apply, Node, Variable, postorder
from chainrule.graph.walk import leaves, substitute
from chainrule.ops.arithmetic import divide, reciprocal
from chainrule.ops.arithmetic import log as logarithm
from chainrule.ops.comparison import ABS, WHERE
from chainrule.probability.families.continuous import EXPONENTIAL, LAPLACE, NORMAL, UNIFORM
from chainrule.probability.families.domains import check_parameters
from chainrule.probability.families.family import Family, Point
from chainrule.probability.families.gamma import BETA, GAMMA
from chainrule.probability.integration.masses import log_of

DRAWS, PLACES, ENOUGH = 24, 4, 12
"""How often parameters are drawn, at how many places each the densities are compared, and how often this must be done."""
CLOSE = 1e-9
SMALLEST, TINY = -700.0, 1e-300
"""A density whose logarithm is below is too small for a number."""
WIDER = 10.0
"""By so much the places of every second draw are farther away."""


@dataclass(frozen=True)
class Known:
    """A member of a family, with a node for each of its parameters."""

    family: Family
    parameters: tuple[Node, ...]


def known_density(body: Node, x: Variable, ends: tuple[Node | None, Node | None]) -> Known | None:
    """The family that a density of x between these ends is of; None where it is none that is known.

    A density by cases is of none: that it is equal to a family at some places says nothing of others.
    """
    if is_piecewise(body):
        return None
    for candidate in _candidates(body, x, ends):
        parameters = tuple(map(normal_form, candidate.parameters))
        moving = any(x in leaves(build.named("parameter", node)) for node in parameters)
        if not moving and _is_equal(body, x, ends, Known(candidate.family, parameters)):
            return Known(candidate.family, parameters)
    return None


def _candidates(body: Node, x: Variable, ends: tuple[Node | None, Node | None]) -> Iterator[Known]:
    """Those whose support these ends are."""
    lower, upper = ends
    try:
        if lower is not None and upper is not None:
            yield Known(UNIFORM, (lower, upper))
        slope = normal_form(gradient(log_of(body), x))
        if lower is None and upper is None:
            yield from _over_reals(body, x, slope)
        elif lower is not None and build.is_zero(lower):
            yield from _over_half_line(x, slope) if upper is None else _over_unit(x, slope)
    except ChainruleError:  # it cannot be differentiated, or a slope is zero
        return


def _over_reals(body: Node, x: Variable, slope: Node) -> Iterator[Known]:
    """A normal density has an affine slope, and a Laplace density the same one wherever its absolute value is not turned."""
    turned = [node for node in postorder(body) if isinstance(node, Apply) and node.operation is ABS]
    if len(turned) == 1:
        (inside,) = turned[0].arguments
        steep = normal_form(gradient(log_of(substitute(body, {turned[0]: inside})), x))
        place = build.scale(-1, divide(_at(inside, x, 0), normal_form(gradient(inside, x))))
        yield from (Known(LAPLACE, (place, build.scale(sign, reciprocal(steep)))) for sign in (-1, 1))
    elif not turned:
        variance = build.scale(-1, reciprocal(normal_form(gradient(slope, x))))
        yield Known(NORMAL, (build.multiply(_at(slope, x, 0), variance), variance))


def _over_half_line(x: Variable, slope: Node) -> Iterator[Known]:
    """Of an exponential density -rate, of a gamma density (shape - 1) / x - rate."""
    yield Known(EXPONENTIAL, (build.scale(-1, slope),))
    first, second = _at(slope, x, 1), _at(slope, x, 2)
    shape = normal_form(build.scale(2, build.subtract(first, second)))
    yield Known(GAMMA, (build.add(shape, build.constant(1)), build.subtract(shape, first)))


def _over_unit(x: Variable, slope: Node) -> Iterator[Known]:
    """Of a beta density (alpha - 1) / x - (beta - 1) / (1 - x); without parameters it is left a polynomial."""
    half, quarter = _at(slope, x, Fraction(1, 2)), _at(slope, x, Fraction(1, 4))
    second = normal_form(build.scale(Fraction(3, 8), build.subtract(quarter, build.scale(2, half))))
    first = build.add(second, build.scale(Fraction(1, 2), half))
    one = build.constant(1)
    if leaves(build.named("slope", build.add(half, quarter))):
        yield Known(BETA, (build.add(first, one), build.add(second, one)))


def _at(node: Node, x: Variable, place: int | Fraction) -> Node:
    return normal_form(substitute(node, {x: build.constant(place)}))


def _is_equal(body: Node, x: Variable, ends: tuple[Node | None, Node | None], known: Known) -> bool:
    """Whether the densities are equal, wherever the parameters are in their domain."""
    names = [leaf for leaf in leaves(build.named("density", build.add(body, *known.parameters))) if leaf is not x]
    place = Point(x, logarithm(x), logarithm(build.subtract(build.constant(1), x)))
    theirs = known.family.log_density(place, *known.parameters)
    random = Random(1)
    compared = 0
    for _ in range(DRAWS):
        values: dict[Node, float] = {name: random.uniform(-2.0, 2.0) for name in names}
        if not are_parameters(known, values):
            continue
        found = equal_places(body, theirs, [{**values, x: _drawn(ends, values, random)} for _ in range(PLACES)])
        if found is None:
            return False
        compared += found
    return compared >= ENOUGH


def is_piecewise(body: Node) -> bool:
    """Whether it has cases, an indicator or a maximum in it; an absolute value is what Laplace densities have."""
    made = [node.operation for node in postorder(body) if isinstance(node, Apply)]
    return any(operation is WHERE or (operation.kink is not None and operation is not ABS) for operation in made)


def equal_places(body: Node, theirs: Node, points: Sequence[dict[Node, float]]) -> int | None:
    """At how many of these points a formula has the logarithm `theirs`; None where it has not, zeros included.

    A formula that is negative at all of them has other parameters, such as a deviation below zero, and they do not count.
    """
    pairs = [tuple(float(value) for value in evaluate([body, theirs], point)) for point in points]
    if all(own < 0 for own, _ in pairs) or not all(isfinite(own) for own, _ in pairs):
        return 0
    told = [(own, other) for own, other in pairs if abs(own) > TINY or not other < SMALLEST]
    equal = all(own > 0 and isclose(log(own), other, rel_tol=CLOSE, abs_tol=CLOSE) for own, other in told)
    return len(told) if equal else None


def are_parameters(known: Known, values: dict[Node, float]) -> bool:
    """Whether the parameters are in their domains where names have these values."""
    numbers = evaluate(known.parameters, values)
    try:
        check_parameters(known.family, numbers)
    except ChainruleError:
        return False
    return True


def _drawn(ends: Sequence[Node | None], values: dict[Node, float], random: Random) -> float:
    """A place between the ends."""
    lower, upper = (None if end is None else float(evaluate([end], values)[0]) for end in ends)
    if lower is not None and upper is not None:
        return lower + (upper - lower) * random.uniform(0.05, 0.95)
    width = random.choice((1.0, WIDER))
    return width * random.uniform(-3.0, 3.0) if lower is None else lower + width * random.uniform(0.05, 4.0)
