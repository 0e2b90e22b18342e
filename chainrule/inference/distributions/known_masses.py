r"""Which family a formula of probabilities is of: `(1 - p)^{k - 1} p` over k >= 1 is a geometric one.

The parameters are read off the first two probabilities. As of densities, what was read off counts only where the formula and
the family are equal at random parameters and places.
"""

from collections.abc import Iterator
from math import factorial
from random import Random

from chainrule.algebra.normal_form import normal_form
from chainrule.errors import ChainruleError
from chainrule.graph import build
from chainrule.graph.node import Apply, Constant, Node, Variable, postorder
from chainrule.graph.walk import leaves, substitute
from chainrule.inference.distributions.known_densities import DRAWS, ENOUGH, Known, are_parameters, equal_places, is_piecewise
from chainrule.ops.arithmetic import divide
from chainrule.ops.binomial import FACTORIAL
from chainrule.probability.families.discrete import GEOMETRIC, GEOMETRIC_FROM_ZERO, POISSON, complement
from chainrule.probability.families.family import Point

PLACES = (0, 1, 2, 3, 5, 9)
"""How far from the first one the probabilities are compared."""


def known_masses(body: Node, x: Variable, first: int) -> Known | None:
    """The family that a probability of the integers from `first` on is of; None where it is none that is known."""
    if is_piecewise(body):
        return None
    try:
        candidates = list(_candidates(body, x, first))
    except ChainruleError:
        return None
    return next((known for known in candidates if _is_equal(body, x, first, known)), None)


def _candidates(body: Node, x: Variable, first: int) -> Iterator[Known]:
    start, following = (_with_whole_factorials(substitute(body, {x: build.constant(first + k)})) for k in (0, 1))
    ratio = normal_form(divide(following, start))
    if first in (0, 1):
        family = GEOMETRIC if first == 1 else GEOMETRIC_FROM_ZERO
        yield Known(family, (normal_form(complement(ratio)),))
        yield Known(family, (normal_form(start),))
    if first == 0:
        yield Known(POISSON, (ratio,))


def _with_whole_factorials(node: Node) -> Node:
    """The factorials of small numbers as numbers."""
    known: dict[Node, Node] = {}
    for part in postorder(node):
        match part:
            case Apply(operation=operation, arguments=(Constant(value=value),)) if operation is FACTORIAL:
                if value.denominator == 1 and 0 <= value <= len(PLACES):
                    known[part] = build.constant(factorial(int(value)))
            case _:
                pass
    return substitute(node, known)


def _is_equal(body: Node, x: Variable, first: int, known: Known) -> bool:
    names = leaves(build.named("probability", build.add(body, *known.parameters)))
    others = [name for name in names if name is not x]
    place = Point(x, x, x)
    theirs = known.family.log_density(place, *known.parameters)
    random = Random(1)
    compared = 0
    for _ in range(DRAWS * 4):
        values: dict[Node, float] = {name: random.uniform(-0.5, 2.0) for name in others}
        if are_parameters(known, values):
            found = equal_places(body, theirs, [{**values, x: float(first + k)} for k in PLACES])
            if found is None:
                return False
            compared += found
    return compared >= ENOUGH
