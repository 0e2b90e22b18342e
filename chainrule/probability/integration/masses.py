"""Probabilities of the integers from one on, without end, that a text gives by a formula: a family of its own.

A sum over them is known where the log of the formula is a concave function: what lies beyond a point where it falls is then at
most a geometric series. That is seen term by term: straight lines and parabolas, log-gammas that count down, logarithms.
"""

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import cast

import numpy as np

from chainrule.errors import EvaluationError
from chainrule.evaluation.array import Scalar
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.mapped import Mapped, map_over
from chainrule.graph.node import Add, Apply, Constant, Contract, Node, Variable
from chainrule.graph.walk import leaves, substitute
from chainrule.ops.arithmetic import EXP, LOG, POWER, log
from chainrule.ops.binomial import BINOMIAL, FACTORIAL
from chainrule.ops.gamma import LOG_GAMMA
from chainrule.probability.families.discrete import log_choose, log_factorial
from chainrule.probability.families.family import Density, Family, Parameter, Parametrisation, Point
from chainrule.probability.families.supports import Support, at
from chainrule.probability.integration.integrals import blocks, region_of
from chainrule.probability.integration.law import Law, law_of_family
from chainrule.syntax.tree import Bracket, Dots, Number

MOST_DOUBLINGS, PLACES, TINY = 40, 16, 1e-12
"""How far it is looked whether the formula falls, and how many probabilities are looked at one by one."""
HIGHEST = 4
"""Of a polynomial that is expected."""


def family_of_masses(title: str, body: Node, x: Variable, first: int, names: Sequence[Variable]) -> Family:
    """The family of a probability, a scalar of the scalar x and of these names, of the integers from `first` on.

    Its law raises EvaluationError: `no-bound` where nothing tells how fast the probabilities fall, `negative-probability`,
    `not-normalised` where their sum is infinite.
    """
    logarithm = log_of(body)

    def log_at(point: Point, *values: Node) -> Node:
        return _over(substitute(logarithm, dict(zip(names, values, strict=True))), x, point.x)

    def law(values: tuple[float, ...]) -> Law:
        known: dict[Node, Node] = {n: build.constant(Fraction(v)) for n, v in zip(names, values, strict=True)}
        _require_bound(substitute(logarithm, known), x, first, title)
        return law_of_family(made, values, (float(first), math.inf), given=True)

    listed = Bracket("{", (Number(Fraction(first)), Number(Fraction(first + 1)), Dots()), (",", ","))
    parameters = tuple(Parameter(f"{k}", name.symbol, "real", ()) for k, name in enumerate(names, 1))
    made = Family(
        name="masses",
        title=title,
        spellings=(),
        words=(),
        parametrisations=(Parametrisation(parameters),),
        support=Support("integers", lambda: listed, at(first)),
        density=cast("Density", log_at),
        law=law,
    )
    return made


def expectation(law: Law, of: Node, x: Variable) -> float:
    """Of a polynomial of x under probabilities of which the log is concave: beyond twice their window nothing counts.

    Raises EvaluationError `no-convergence` for anything but a polynomial.
    """
    region = region_of(law, law, 1.0)
    degree = degree_in(of, x)
    if region is None or degree is None or degree > HIGHEST:
        raise EvaluationError("no-convergence", "the expectation of this function is not summed")
    left, right = region.hull
    at_places = build.variable("places", ("points",))
    values = build.lift(_over(of, x, at_places), at_places.shape)
    terms: list[float] = []
    for places in blocks(left, 2.0 * right - left):
        [weights] = evaluate([values], {at_places: places}, {"points": len(places)})
        terms += (np.exp(law.at("integers", places).log) * np.asarray(weights, dtype=float)).tolist()
    return math.fsum(terms)


def _over(node: Node, x: Variable, places: Node) -> Node:
    """The node with places for x: one, or a vector of them."""
    if not places.shape:
        return substitute(node, {x: places})
    return map_over(node, {x: Mapped(places, ("places",))}).node


def log_of(node: Node) -> Node:
    """The logarithm, of products, powers, factorials and binomial coefficients taken apart."""
    match node:
        case Contract(factors=factors, extents=()):
            return build.add(*map(log_of, factors))
        case Apply(operation=operation, arguments=(inside,)) if operation is EXP:
            return inside
        case Apply(operation=operation, arguments=(inside,)) if operation is FACTORIAL:
            return log_factorial(inside)
        case Apply(operation=operation, arguments=(above, below)) if operation is BINOMIAL:
            return log_choose(above, below)
        case Apply(operation=operation, arguments=(base, exponent)) if operation is POWER:
            return build.multiply(exponent, log_of(base))
        case _:
            coefficient, rest = build.split_coefficient(node)
            plain = coefficient == 1 or coefficient < 0
            return log(node) if plain else build.add(log(build.constant(coefficient)), log_of(rest))


def degree_in(node: Node, x: Variable) -> int | None:
    """The degree of a polynomial in x; None of anything else."""
    if node is x:
        return 1
    if x not in leaves(build.named("part", node)):
        return 0
    match node:
        case Add(terms=terms):
            degrees = [degree_in(term, x) for _, term in terms]
            return None if None in degrees else max(degree or 0 for degree in degrees)
        case Contract(factors=factors, extents=()):
            degrees = [degree_in(factor, x) for factor in factors]
            return None if None in degrees else sum(degree or 0 for degree in degrees)
        case Apply(operation=operation, arguments=(base, Constant(value=power))) if operation is POWER:
            degree = degree_in(base, x)
            return None if degree is None or power.denominator != 1 or power < 0 else degree * int(power)
        case _:
            return None


def _require_bound(logarithm: Node, x: Variable, first: int, title: str) -> None:
    """Raises EvaluationError where the probabilities are none, or their sum is not known to be finite."""
    numbers = _at(logarithm, x, [first + k for k in range(PLACES)])
    if np.isnan(numbers).any() or not np.isfinite(numbers[1:3]).any():
        raise EvaluationError("negative-probability", f"the formula of {title} is no probability everywhere from {first} on")
    if not all(_is_concave(coefficient, term, x, first) for coefficient, term in _terms(logarithm)):
        message = f"how fast the probabilities of {title} fall is not known, and so no sum over all integers from {first} on is"
        raise EvaluationError("no-bound", message, hint="write a member of a family, or a support that ends")
    for k in range(MOST_DOUBLINGS):
        before, after = _at(logarithm, x, [first + 2**k, first + 2**k + 1])
        if after < before or math.isinf(after):
            return
    raise EvaluationError("not-normalised", f"the sum of the probabilities of {title} is infinite, not 1")


def _at(node: Node, x: Variable, places: Sequence[int]) -> np.ndarray:
    known: list[dict[Node, Scalar]] = [{x: np.float64(place)} for place in places]
    with np.errstate(all="ignore"):
        return np.array([float(evaluate([node], each)[0]) for each in known])


def _terms(node: Node) -> Iterator[tuple[Fraction, Node]]:
    if isinstance(node, Add):
        for coefficient, term in node.terms:
            yield from ((coefficient * inner, part) for inner, part in _terms(term))
    else:
        yield build.split_coefficient(node)


def _is_concave(coefficient: Fraction, term: Node, x: Variable, first: int) -> bool:
    """Whether a multiple of a term is a concave function of x from `first` on."""
    degree = degree_in(term, x)
    if degree is not None and degree <= 1:
        return True
    if degree == 2:
        low, middle, high = _at(term, x, [first, first + 1, first + 2])
        return float(coefficient) * (low - 2 * middle + high) <= TINY
    match term:
        case Apply(operation=operation, arguments=(inside,)) if operation in (LOG, LOG_GAMMA) and degree_in(inside, x) == 1:
            start, following = _at(inside, x, [first, first + 1])
            rising = following > start and (start >= 0 if operation is LOG else start > 0)
            return bool(rising) and (coefficient > 0) == (operation is LOG)
        case _:
            return False
