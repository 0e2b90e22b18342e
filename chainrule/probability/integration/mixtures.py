"""A mixture of members of families, as a family of its own: its parameters are the weights, and those of its parts in turn."""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from chainrule.errors import EvaluationError
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.ops.arithmetic import square
from chainrule.probability.families.continuous import DENSITY, REALS
from chainrule.probability.families.family import Family, Parameter, Parametrisation, build_of
from chainrule.probability.families.supports import Support
from chainrule.probability.integration.law import Coordinates, Densities, Floats, Law
from chainrule.probability.integration.laws import law_of_numbers
from chainrule.syntax.tree import Name

UNITY = 1e-9
"""How far the sum of the weights may be from 1."""


def family_of_mixture(parts: Sequence[Family]) -> Family:
    """The family of mixtures of members of these families, all over integers or all over intervals."""
    weights = tuple(Parameter(f"weight {k}", Name("w"), "non-negative", ()) for k in range(1, len(parts) + 1))
    parameters = (*weights, *(each for part in parts for each in part.parameters))
    discrete = all(part.support.discrete for part in parts)

    def law(values: tuple[float, ...]) -> Law:
        own, rest = values[: len(parts)], list(values[len(parts) :])
        total = math.fsum(own)
        if not abs(total - 1.0) <= UNITY:
            raise EvaluationError("not-normalised", f"the weights of the mixture sum to {total:.12g}, not to 1")
        laws = [law_of_numbers(part, tuple([rest.pop(0) for _ in part.parameters])) for part in parts]
        return mixture([(weight, each) for weight, each in zip(own, laws, strict=True) if weight > 0])

    def mean(*values: Node) -> Node:
        return build.add(*(build.multiply(w, build_of(part.mean)(*own)) for w, part, own in _apart(parts, values) if part.mean))

    def variance(*values: Node) -> Node:
        """The mean of the squares less the square of the mean."""
        squares = [
            build.multiply(w, build.add(build_of(part.variance)(*own), square(build_of(part.mean)(*own))))
            for w, part, own in _apart(parts, values)
            if part.mean is not None and part.variance is not None
        ]
        return build.subtract(build.add(*squares), square(mean(*values)))

    return Family(
        name="mixture",
        title="mixture",
        spellings=(),
        words=(),
        parametrisations=(Parametrisation(parameters),),
        support=Support("integers" if discrete else "interval", lambda: REALS),
        convention="" if discrete else DENSITY,
        mean=mean if all(part.mean is not None for part in parts) else None,
        variance=variance if all(part.mean is not None and part.variance is not None for part in parts) else None,
        law=law,
    )


def _apart(parts: Sequence[Family], values: Sequence[Node]) -> Iterator[tuple[Node, Family, Sequence[Node]]]:
    """Each part with its weight and its parameters."""
    rest = list(values[len(parts) :])
    for weight, part in zip(values, parts, strict=False):
        yield weight, part, [rest.pop(0) for _ in part.parameters]


def mixture(parts: Sequence[tuple[float, Law]]) -> Law:
    """The law of a mixture. Raises EvaluationError `no-estimate` where some are over integers and others are not."""
    laws = tuple(law for _, law in parts)
    if len({law.chart == "integers" for law in laws}) > 1:
        raise EvaluationError("no-estimate", "a mixture of a discrete and a continuous distribution has no density")
    if len(laws) == 1:
        return laws[0]

    def density(at: Coordinates) -> Densities:
        each = [law.by(at) for law in laws]
        logs = np.array([found.log - at.log_slope + math.log(w) for found, (w, _) in zip(each, parts, strict=True)])
        shares, top = _shares(logs)
        rounding = sum((share * found.rounding for share, found in zip(shares, each, strict=True)), np.zeros(()))
        return Densities(np.log(np.sum(np.exp(logs - top), axis=0)) + top, np.asarray(rounding))

    lower, upper = min(law.lower for law in laws), max(law.upper for law in laws)
    return Law(lower, upper, "integers" if laws[0].chart == "integers" else "x", density, parts=laws)


def _shares(logs: Floats) -> tuple[Floats, Floats]:
    """What share each part has of the density, and the largest logarithm."""
    top = np.max(logs, axis=0)
    top = np.where(np.isfinite(top), top, 0.0)
    weights = np.exp(logs - top)
    with np.errstate(all="ignore"):
        return np.nan_to_num(weights / np.sum(weights, axis=0)), top
