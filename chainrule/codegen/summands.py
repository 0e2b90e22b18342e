"""What a program sums or integrates for each quantity, as text in lp and lq, the log densities by du, and slope, log(dx/du).

Of distributions over the same outcomes that are near each other, the terms are never negative, so that no digit is lost; else
what only one of them has is taken into account by what is missing to one.
"""

from dataclasses import dataclass, replace

from chainrule.errors import CodeError
from chainrule.probability.integration.estimate import Question

NEAR = 0.1
P, Q = "np.exp(lp)", "np.exp(lq)"
MIDDLE = "np.logaddexp(lp, lq) - math.log(2.0)"
HALVES = f"0.5 * (_times({P}, lp - ({MIDDLE})) + _times({Q}, lq - ({MIDDLE})))"


@dataclass(frozen=True)
class Term:
    """text: of one place. outer: what is made of `total`. of_logs: text is a logarithm, and total that of the sum.
    has_corners: where p is equal to q. of_largest: total is that of the largest text, of outcomes that are integers.
    """

    text: str
    outer: str = "total"
    of_logs: bool = False
    has_corners: bool = False
    of_largest: bool = False


TERMS = {
    "entropy": Term(f"-_times({P}, lp - slope)"),
    "cross_entropy": Term(f"-_times({P}, lq - slope)"),
    "perplexity": Term(f"-_times({P}, lp - slope)", "np.exp(total)"),
    "cross_perplexity": Term(f"-_times({P}, lq - slope)", "np.exp(total)"),
    "kl": Term(f"_times({P}, lp - lq)"),
    "jeffreys": Term(f"_times({P} - {Q}, lp - lq)"),
    "jensen_shannon": Term(f"{HALVES} - 0.5 * math.log(2.0) * ({P} + {Q})", "math.log(2.0) + total"),
    "jensen_shannon_distance": Term(
        f"{HALVES} - 0.5 * math.log(2.0) * ({P} + {Q})", "np.sqrt(max(math.log(2.0) + total, 0.0))"
    ),
    "total_variation": Term(f"np.minimum({P}, {Q})", "1.0 - total", has_corners=True),
    "bhattacharyya_coefficient": Term("0.5 * lp + 0.5 * lq", "np.exp(total)", of_logs=True),
    "bhattacharyya": Term("0.5 * lp + 0.5 * lq", "-total", of_logs=True),
    "squared_hellinger": Term("0.5 * lp + 0.5 * lq", "-np.expm1(total)", of_logs=True),
    "hellinger": Term("0.5 * lp + 0.5 * lq", "np.sqrt(max(-np.expm1(total), 0.0))", of_logs=True),
    "chi_squared": Term("2.0 * lp - lq", "np.expm1(total)", of_logs=True),
    "renyi": Term("{a} * lp + (1.0 - {a}) * lq", "total / ({a} - 1.0)", of_logs=True),
    "alpha_divergence": Term("{a} * lp + (1.0 - {a}) * lq", "np.expm1(total) / ({a} * ({a} - 1.0))", of_logs=True),
    "min_entropy": Term("lp", "-total", of_largest=True),
    "renyi_entropy": Term("{a} * (lp - slope) + slope", "total / (1.0 - {a})", of_logs=True),
    "tsallis_entropy": Term("{a} * (lp - slope) + slope", "np.expm1(total) / (1.0 - {a})", of_logs=True),
}

APART = "(lq - lp)"
CLOSE = f"0.5 * {P} * ({APART} * np.expm1({APART}) / 2 - (1 + np.exp({APART})) * np.log1p(2 * np.sinh({APART} / 4) ** 2))"
SMALL = f"np.where(np.abs({APART}) < 0.5, {CLOSE}, {HALVES})"
ROOTS = "0.5 * np.square(_difference(0.5 * lp, 0.5 * lq))"
EXCESS = "_difference({a} * lp + (1.0 - {a}) * lq, lp) - (1.0 - {a}) * _difference(lq, lp)"
NEAR_TERMS = {
    "kl": Term(f"_difference(lq, lp) - _times({P}, lq - lp)"),
    "jensen_shannon": Term(SMALL),
    "jensen_shannon_distance": Term(SMALL, "np.sqrt(max(total, 0.0))"),
    "total_variation": Term("0.5 * np.abs(_difference(lp, lq))", has_corners=True),
    "bhattacharyya": Term(ROOTS, "-np.log1p(-total)"),
    "squared_hellinger": Term(ROOTS),
    "hellinger": Term(ROOTS, "np.sqrt(total)"),
    "chi_squared": Term("np.square(_difference(lp - 0.5 * lq, 0.5 * lq))"),
    "renyi": Term(EXCESS, "np.log1p(total) / ({a} - 1.0)"),
    "alpha_divergence": Term(EXCESS, "total / ({a} * ({a} - 1.0))"),
}
SHANNON = {"renyi": "kl", "renyi_entropy": "entropy", "tsallis_entropy": "entropy", "alpha_divergence": "kl"}
"""What a quantity of order 1 is."""


def term_of(quantity: str, question: Question, value: float) -> Term:
    """What is summed or integrated. Raises CodeError `no-code` for an alpha divergence of order 0."""
    if question.order == 1 and quantity in SHANNON:
        quantity = SHANNON[quantity]
    if quantity == "alpha_divergence" and question.order == 0:
        raise CodeError("no-code", "the alpha divergence of order 0 is that of Kullback and Leibler turned round")
    if quantity not in TERMS:
        raise CodeError("no-code", f"none is written for the {quantity.replace('_', '-')}, which is no sum and no integral")
    near = question.one_support and abs(value) < NEAR and quantity in NEAR_TERMS
    term = (NEAR_TERMS if near else TERMS)[quantity]
    order = repr(question.order)
    order = f"({order})" if order.startswith("-") else order
    return replace(term, text=term.text.replace("{a}", order), outer=term.outer.replace("{a}", order))
