"""A density that a text gives by a formula, as a family of its own: its parameters are the names in the formula."""

import math
from collections.abc import Sequence
from fractions import Fraction

from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.node import Node, Variable
from chainrule.graph.walk import substitute
from chainrule.ops.arithmetic import square
from chainrule.probability.families.continuous import DENSITY, REALS
from chainrule.probability.families.family import Family, Parameter, Parametrisation
from chainrule.probability.families.supports import Support
from chainrule.probability.integration import masses
from chainrule.probability.integration.halves import Divergent, halves_of
from chainrule.probability.integration.law import Coordinates, Floats, Law
from chainrule.probability.integration.laws import divided, law_of_numbers
from chainrule.probability.integration.pieces import Formula, law_of_formula


def family_of_density(
    title: str, body: Node, x: Variable, ends: tuple[Node | None, Node | None], names: Sequence[Variable]
) -> Family:
    """The family of a density, a scalar of the scalar x and of these names, between two ends; None: there is none."""
    parameters = tuple(Parameter(f"{k}", name.symbol, "real", ()) for k, name in enumerate(names, 1))

    def law(values: tuple[float, ...]) -> Law:
        known: dict[Node, Node] = {n: build.constant(Fraction(v)) for n, v in zip(names, values, strict=True)}
        lower, upper = (None if end is None else float(evaluate([substitute(end, known)], {})[0]) for end in ends)
        low, high = -math.inf if lower is None else lower, math.inf if upper is None else upper
        return law_of_formula(substitute(body, known), x, low, high)

    return Family(
        name="density",
        title=title,
        spellings=(),
        words=(),
        parametrisations=(Parametrisation(parameters),),
        support=Support("interval", lambda: REALS),
        convention=DENSITY,
        law=law,
    )


def expectation(density: Family, parameters: tuple[float, ...], of: Node, x: Variable) -> float:
    """Of a scalar node of x alone, under a density that a text gives; it may be infinite.

    Raises EvaluationError `no-convergence` where it has no value, and what the law of the density raises.
    """
    law = divided(law_of_numbers(density, parameters))
    if density.support.discrete:
        return masses.expectation(law, of, x)
    halves = halves_of(law, law, 1.0)
    function = Formula(of, x)

    def weight(place: Coordinates) -> tuple[Floats, Floats]:
        found = function.at(place)
        return found.sign, found.log

    found = None if halves is None else halves.expectation(weight)
    if isinstance(found, Divergent):
        return found.sign * math.inf
    return 0.0 if found is None else found.value


def variance(density: Family, parameters: tuple[float, ...], of: Node, x: Variable) -> float:
    """Of a scalar node of x alone: the mean of its squared distance from its mean."""
    mean = expectation(density, parameters, of, x)
    if density.support.discrete:
        return expectation(density, parameters, square(of), x) - mean * mean
    if math.isinf(mean):
        return math.inf
    return expectation(density, parameters, square(build.subtract(of, build.constant(Fraction(mean)))), x)
