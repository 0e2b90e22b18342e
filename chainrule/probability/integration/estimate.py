"""Quantities of distributions in numbers, without closed forms: by summation over integers and by quadrature.

The error bound has the error of the rule, what is left out beyond the ends (all densities here are concave in the coordinate
of their chart on the log scale, so what lies beyond a point is at most its density times the width so far), and rounding.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Literal

from chainrule.errors import EvaluationError
from chainrule.evaluation.array import Given
from chainrule.probability.cells.conditions import arguments_of, cell_of, diverging_value, failing_condition
from chainrule.probability.distribution import Distribution
from chainrule.probability.integration.halves import Divergent, Halves, halves_of
from chainrule.probability.integration.integrals import Region, region_of
from chainrule.probability.integration.integrands import SIGNED
from chainrule.probability.integration.law import ROUNDING, Law
from chainrule.probability.integration.laws import law_of
from chainrule.probability.integration.suprema import log_of_density, log_of_ratio, supremum

Method = Literal["sum", "integral", "largest", "support", "closed form"]
HALF_LOG_TWO = 0.5 * math.log(2.0)
NEAR = 0.5


@dataclass(frozen=True)
class Estimate:
    """A number in nats, or plain; infinite where it is.

    error: a bound of what it is wrong by. method: "support" where it follows from where the distributions live alone, "largest"
    of what is searched for. reason: why it is infinite, in a sentence.
    """

    value: float
    error: float
    method: Method
    reason: str = ""


def estimate(
    quantity: str,
    p: Distribution,
    q: Distribution | None = None,
    order: float | Fraction | None = None,
    values: Given | None = None,
    sizes: Mapping[str, int] | None = None,
) -> Estimate:
    """The quantity (its row name) of distributions over numbers whose parameters have values.

    values, sizes: of the variables in the parameters, as for `evaluate`. Raises EvaluationError: `missing-value`,
    `parameter-domain`, `no-estimate` (of vectors, of a discrete and a continuous distribution, of another quantity),
    `order-domain`, `too-many-terms`, `no-convergence`.
    """
    order = None if order is None else checked_order(quantity, order)
    found = cell_of(quantity, p, q)
    if found is not None:
        failing = failing_condition(found, arguments_of(p, q, order), values, sizes)
        if failing is not None and failing.infinite:
            return Estimate(diverging_value(found, order), 0.0, "closed form", DIVERGES)
    return question_of(p, q, order, values, sizes).answer(quantity)


def question_of(
    p: Distribution,
    q: Distribution | None,
    order: float | Fraction | None,
    values: Given | None,
    sizes: Mapping[str, int] | None,
) -> "Question":
    """The distributions in numbers. Raises what `estimate` does."""
    first = law_of(p, values, sizes)
    second = law_of(q, values, sizes) if q is not None else first
    if (first.chart == "integers") != (second.chart == "integers"):
        message = "one of the distributions is discrete and the other is continuous: no quantity of both is computed"
        raise EvaluationError("no-estimate", message)
    return Question(first, second, 1.0 if order is None else float(order))


def checked_order(quantity: str, order: float | Fraction) -> float | Fraction:
    """Raises EvaluationError `order-domain` for an order that is negative, where it has a sign, or not finite."""
    if not math.isfinite(order) or (order < 0 and quantity != "alpha_divergence"):
        raise EvaluationError(
            "order-domain", f"the order of the {quantity} must be finite and not negative; it is {float(order):g}"
        )
    return order


@dataclass(frozen=True)
class Question:
    """Two laws and an order; each quantity has an answer."""

    p: Law
    q: Law
    order: float

    def answer(self, quantity: str) -> Estimate:
        """Raises EvaluationError `no-estimate` for a quantity that is none of these."""
        if quantity in IMAGES:
            return _image(self.answer(IMAGES[quantity][0]), IMAGES[quantity][1])
        if quantity not in ANSWERS:
            raise EvaluationError("no-estimate", f"the {quantity} is neither summed nor integrated")
        return ANSWERS[quantity](self)

    @cached_property
    def region(self) -> Region | Halves | None:
        if self.method == "integral" and not (self.p.is_concave and self.q.is_concave):
            return halves_of(self.p, self.q, self.order)
        return region_of(self.p, self.q, self.order)

    @cached_property
    def pieces(self) -> Region | Halves | None:
        """What both have, in pieces from one peak or end to the next one; of integers as they are."""
        return self.region if self.method == "sum" else halves_of(self.p, self.q, self.order)

    @property
    def method(self) -> Method:
        return "sum" if self.p.chart == "integers" else "integral"

    @property
    def one_support(self) -> bool:
        if isinstance(self.region, Halves):
            return self.region.one_support
        return (self.p.lower, self.p.upper) == (self.q.lower, self.q.upper)

    def turned(self) -> "Question":
        return Question(self.q, self.p, 1.0 - self.order)

    def total(self, name: str) -> Estimate:
        """The sum or integral over what both have; 0 where that is nothing."""
        if self.region is None:
            return Estimate(0.0, 0.0, "support")
        found = self.region.total(SIGNED[name])
        if isinstance(found, Divergent):
            return Estimate(found.sign * math.inf, 0.0, self.method, found.reason)
        return Estimate(found.value + 0.0, found.error, self.method)

    def outside(self, name: str) -> Estimate:
        """The probability that p or q has where the other has none at all."""
        if self.one_support:
            return Estimate(0.0, 0.0, "support")
        inside = self.total(name)
        return Estimate(max(1.0 - inside.value, 0.0), inside.error + ROUNDING, inside.method)

    def log_total(self, name: str) -> Estimate:
        if self.region is None:
            return Estimate(-math.inf, 0.0, "support", APART)
        found = self.region.log_total(name)
        if isinstance(found, Divergent):
            return Estimate(math.inf, 0.0, self.method, found.reason)
        log, error = found
        return Estimate(log, error, self.method, DIVERGES if log == math.inf else "")

    def uncovered(self) -> str:
        """Where p has probability and q has none, in a sentence; empty where there is no such outcome."""
        if self.p.lower < self.q.lower:
            return _missing(self.p.lower if self.method == "sum" else None, f"below {self.q.lower:g}")
        if self.p.upper > self.q.upper:
            first = self.q.upper + 1 if self.method == "sum" else None
            return _missing(first, f"above {self.q.upper:g}")
        if isinstance(self.region, Halves):
            where = self.region.uncovered()
            return _missing(None, where) if where else ""
        found = self.region.uncovered() if self.region is not None and self.method == "sum" else None
        return "" if found is None else _missing(found, "")


APART = "the two distributions have no outcome in common"
TOO_LARGE = "it is larger than the largest number in double precision"
DIVERGES = "the sum or integral diverges"


def _missing(outcome: float | None, where: str) -> str:
    place = where if outcome is None else f"at {outcome:g}"
    return f"the first distribution has probability {place}, and the second has none there"


def _infinite(reason: str) -> Estimate:
    return Estimate(math.inf, 0.0, "support", reason)


def _combined(*parts: tuple[float, Estimate]) -> Estimate:
    """The sum of factors times estimates."""
    methods: list[Method] = [part.method for _, part in parts if part.method != "support"]
    infinite = next((part for _, part in parts if math.isinf(part.value)), None)
    if infinite is not None:
        return infinite
    value = math.fsum(factor * part.value for factor, part in parts)
    error = math.fsum(abs(factor) * part.error for factor, part in parts) + ROUNDING * abs(value)
    return Estimate(value + 0.0, error, methods[0] if methods else "support")


def _image(inside: Estimate, function: Callable[[float], float]) -> Estimate:
    """An increasing function of an estimate that is not negative where the function needs it."""
    value = function(inside.value)
    if not math.isfinite(value):
        return replace(inside, value=value, error=0.0, reason=inside.reason or TOO_LARGE)
    error = max(abs(function(inside.value + sign * inside.error) - value) for sign in (-1.0, 1.0))
    return Estimate(value, error + ROUNDING * abs(value), inside.method, inside.reason)


def _divided(inside: Estimate, divisor: float) -> Estimate:
    value = inside.value / divisor + 0.0
    return replace(
        inside, value=value, error=inside.error / abs(divisor) + (4 * ROUNDING * abs(value) if inside.error else 0.0)
    )


def _root(x: float) -> float:
    return math.sqrt(max(x, 0.0))


def _exponential(x: float) -> float:
    return math.exp(x) if x < 709.7 else math.inf


def _cross_entropy(question: Question) -> Estimate:
    reason = question.uncovered()
    return _infinite(reason) if reason else question.total("cross_entropy")


def _kl(question: Question) -> Estimate:
    reason = question.uncovered()
    return _infinite(reason) if reason else question.total("kl" if question.one_support else "plain kl")


def _jeffreys(question: Question) -> Estimate:
    reason = question.uncovered() or question.turned().uncovered()
    return _infinite(reason) if reason else question.total("jeffreys")


def _with_outside(name: str, factor: float) -> Callable[[Question], Estimate]:
    """What each distribution has where the other has nothing counts by a factor."""
    return lambda question: _combined(
        (1.0, question.total(name)), (factor, question.outside("p")), (factor, question.outside("q"))
    )


def _chi_squared(question: Question) -> Estimate:
    """Twice the alpha divergence of order 2."""
    return _divided(_alpha_divergence(replace(question, order=2.0)), 0.5)


def _bhattacharyya(question: Question) -> Estimate:
    """Half of the Rényi divergence of order 1/2."""
    return _divided(_renyi(replace(question, order=0.5)), 2.0)


def _renyi(question: Question) -> Estimate:
    if question.order == 1:
        return _kl(question)
    return _excess_or_log(question, math.log1p, lambda log: log, question.order - 1.0)


def _alpha_divergence(question: Question) -> Estimate:
    if question.order < 0.5:
        return _alpha_divergence(question.turned())
    if question.order == 1:
        return _kl(question)
    return _excess_or_log(question, lambda x: x, _minus_one, question.order * (question.order - 1.0))


def _min_entropy(question: Question) -> Estimate:
    """Minus the log of the largest density."""
    if isinstance(question.pieces, Halves | Region):
        found = supremum(question.pieces, log_of_density)
        reason = f"the density has no bound {found.where}" if found.where else ""
        return Estimate(-found.value + 0.0, found.error, "largest", reason)
    raise AssertionError("a law has outcomes in common with itself")


def _max_divergence(question: Question) -> Estimate:
    """The log of the largest ratio."""
    reason = question.uncovered()
    if reason or question.pieces is None:
        return _infinite(reason or APART)
    found = supremum(question.pieces, log_of_ratio)
    reason = f"the ratio of the densities has no bound {found.where}" if found.where else ""
    return Estimate(found.value + 0.0, found.error, "largest", reason)


def _minus_one(log: float) -> float:
    return math.expm1(log) if log < 709.7 else math.inf


def _excess_or_log(
    question: Question, of_excess: Callable[[float], float], of_log: Callable[[float], float], divisor: float
) -> Estimate:
    """A function of the integral of p^alpha q^(1 - alpha): from how far it is from 1 where it is near, else from its log."""
    reason = question.uncovered() if question.order > 1 else ""
    if reason:
        return _infinite(reason)
    found, order = question.log_total("affinity"), question.order
    if abs(found.value) < NEAR:
        outside = (-order, question.outside("p")), (order - 1.0, question.outside("q"))
        image = _image(_combined((1.0, question.total("excess")), *outside), of_excess)
    else:
        image = _image(found, of_log)
    return _divided(image, divisor)


def _of_powers(of_log: Callable[[float], float]) -> Callable[[Question], Estimate]:
    def answer(question: Question) -> Estimate:
        if question.order == 1:
            return question.total("entropy")
        image = _image(question.log_total("power"), of_log)
        divisor = 1.0 - question.order
        return _divided(image, divisor)

    return answer


IMAGES: dict[str, tuple[str, Callable[[float], float]]] = {
    "perplexity": ("entropy", _exponential),
    "cross_perplexity": ("cross_entropy", _exponential),
    "jensen_shannon_distance": ("jensen_shannon", _root),
    "hellinger": ("squared_hellinger", _root),
}
"""Quantities that are functions of others."""

ANSWERS: dict[str, Callable[[Question], Estimate]] = {
    "entropy": lambda question: question.total("entropy"),
    "cross_entropy": _cross_entropy,
    "kl": _kl,
    "jeffreys": _jeffreys,
    "jensen_shannon": _with_outside("jensen_shannon", HALF_LOG_TWO),
    "total_variation": _with_outside("total_variation", 0.5),
    "squared_hellinger": _with_outside("squared_hellinger", 0.5),
    "bhattacharyya_coefficient": lambda question: _image(replace(question, order=0.5).log_total("affinity"), _exponential),
    "bhattacharyya": _bhattacharyya,
    "chi_squared": _chi_squared,
    "renyi": _renyi,
    "alpha_divergence": _alpha_divergence,
    "min_entropy": _min_entropy,
    "max_divergence": _max_divergence,
    "renyi_entropy": _of_powers(lambda log: log),
    "tsallis_entropy": _of_powers(_minus_one),
}
"""Every quantity that is summed or integrated, or searched for, by its row name."""
LARGEST = ("min_entropy", "max_divergence")
"""Those that are the logarithm of a largest value."""
