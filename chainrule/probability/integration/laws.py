"""Distributions of a problem -> laws in numbers."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import numpy as np

from chainrule.errors import EvaluationError
from chainrule.evaluation.array import Array, Given
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.probability.distribution import Distribution
from chainrule.probability.families.domains import check_parameter, check_parameters
from chainrule.probability.families.family import Family
from chainrule.probability.integration.halves import Divergent, halves_of
from chainrule.probability.integration.integrals import region_of
from chainrule.probability.integration.integrands import SIGNED
from chainrule.probability.integration.law import Coordinates, Densities, Floats, Law, law_of_family, law_of_table
from chainrule.probability.integration.quadrature import Total
from chainrule.source import Span
from chainrule.syntax.tree import Number, Sum, Tree

UNITY = 1e-9
"""How far the integral of a density may be from 1."""


def law_of(distribution: Distribution, values: Given | None, sizes: Mapping[str, int] | None) -> Law:
    """The law of a distribution over numbers.

    A table has outcomes that are whole numbers, or none named, which counts them from 1. Raises EvaluationError
    `no-estimate` where the outcomes are no numbers, and what `evaluate` and `check_parameters` raise.
    """
    if distribution.family is not None:
        return _of_family(distribution.family, distribution, values, sizes)
    if distribution.probabilities is None or len(distribution.probabilities.shape) != 1:
        raise EvaluationError("no-estimate", "nothing says what the outcomes of the distribution are", distribution.symbol.span)
    [found] = evaluate([distribution.probabilities], values or {}, sizes)
    return _of_table(distribution, np.asarray(found, dtype=float))


def _of_table(distribution: Distribution, probabilities: Floats) -> Law:
    outcomes = _outcomes(distribution, len(probabilities))
    if not np.all(probabilities >= 0) or abs(float(np.sum(probabilities)) - 1.0) > 1e-9:
        message = f"the probabilities sum to {float(np.sum(probabilities)):.12g}, or one of them is negative"
        raise EvaluationError("not-normalised", message, distribution.symbol.span)
    order = np.argsort(outcomes)
    return law_of_table(np.array(outcomes, dtype=float)[order], probabilities[order])


def _outcomes(distribution: Distribution, count: int) -> list[int]:
    if not distribution.labels:
        return list(range(1, count + 1))
    numbers = [_whole(label) for label in distribution.labels[0]]
    found = [number for number in numbers if number is not None]
    if len(found) != len(numbers):
        message = "the outcomes of a table are not whole numbers, as those of the other distribution are"
        raise EvaluationError("no-estimate", message, distribution.symbol.span)
    return found


def _whole(label: Tree) -> int | None:
    match label:
        case Number(value=value) if value.denominator == 1:
            return int(value)
        case Sum(signs=(-1,), terms=(Number(value=value),)) if value.denominator == 1:
            return -int(value)
        case _:
            return None


def _of_family(family: Family, distribution: Distribution, values: Given | None, sizes: Mapping[str, int] | None) -> Law:
    found = checked_parameters(family, distribution, values, sizes)
    if family.support.kind == "categories":
        return law_of_table(np.arange(1.0, len(found[0]) + 1.0), found[0])
    if family.support.kind in ("simplex", "vectors"):
        message = f"the {family.title} distribution is over vectors: where there is no closed form, nothing is computed"
        raise EvaluationError("no-estimate", message, distribution.symbol.span)
    return divided(law_of_numbers(family, tuple(map(float, found))), distribution.total, distribution.symbol.span)


def law_of_numbers(family: Family, parameters: tuple[float, ...]) -> Law:
    """The law of a family over numbers. Raises EvaluationError `parameter-domain`, `no-estimate` of one over vectors."""
    if family.law is not None:
        return family.law(parameters)
    if family.support.kind not in ("integers", "interval"):
        raise EvaluationError("no-estimate", f"the {family.title} distribution has no density of one number")
    check_parameters(family, [np.asarray(each) for each in parameters])
    ends = family.support.ends(tuple(build.constant(Fraction(each)) for each in parameters))
    lower, upper = (
        default if end is None else float(evaluate([end], {})[0]) for end, default in zip(ends, (-np.inf, np.inf), strict=True)
    )
    return law_of_family(family, parameters, (lower, upper))


def integral_of(distribution: Distribution, values: Given | None, sizes: Mapping[str, int] | None) -> Total | Divergent | None:
    """What the density integrates to that the text gives; None of every other distribution, which integrates to one."""
    family = distribution.family
    if family is None or family.law is None:
        return None
    law = family.law(tuple(map(float, checked_parameters(family, distribution, values, sizes))))
    return None if law.corners is None else total_of(law)


def total_of(law: Law) -> Total | Divergent:
    """What the probabilities or the density add up to."""
    if law.chart == "integers":
        region = region_of(law, law, 1.0)
        return Total(0.0, 0.0, 0.0) if region is None else region.total(SIGNED["p"])
    halves = halves_of(law, law, 1.0)
    return Total(0.0, 0.0, 0.0) if halves is None else halves.total(SIGNED["p"])


def divided(law: Law, by: float = 1.0, span: Span | None = None) -> Law:
    """The law of a density that integrates to that number, divided so that it integrates to one.

    Raises EvaluationError `not-normalised`.
    """
    if law.corners is None:
        return law
    total = total_of(law)
    if isinstance(total, Divergent) or not abs(total.value / by - 1.0) <= UNITY + total.error:
        found = "is infinite" if isinstance(total, Divergent) else f"is {total.value:.12g}, not 1"
        what = "sum of the probabilities" if law.chart == "integers" else "integral of the density"
        raise EvaluationError("not-normalised", f"the {what} {found}", span)
    shift = np.log(total.value)

    def density(at: Coordinates) -> Densities:
        made = law.density(at)
        return replace(made, log=made.log - shift)

    return replace(law, density=density)


def checked_parameters(
    family: Family, distribution: Distribution, values: Given | None, sizes: Mapping[str, int] | None
) -> list[Array]:
    """The numbers of the parameters of the family. Raises EvaluationError `missing-value`, `parameter-domain`."""
    found = evaluate([*distribution.parameters, *(node for _, node in distribution.given)], values or {}, sizes)
    numbers = [np.asarray(value, dtype=float) for value in found]
    own = numbers[: len(distribution.parameters)]
    for (parameter, _), number in zip(distribution.given, numbers[len(own) :], strict=True):
        check_parameter(family, parameter, number)
    check_parameters(family, own)
    return own
