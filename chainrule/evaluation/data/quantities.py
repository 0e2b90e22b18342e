"""Information quantities of long arrays, in one pass, block by block: nothing as long as the arrays is made.

Distributions are taken as they are where they are probabilities, else divided by their totals, which costs no pass of its own:
with totals P and Q, and u = Q/P - 1, KL(p/P, q/Q) = (sum of d(p, q))/P - (u - log(1 + u)), where d(p, q) = p log(p/q) - p + q;
of counts that is (1/P) sum p log(p/q) - log(P/Q). The mixture of the Jensen-Shannon divergence and the differences of the
total variation distance do need totals first: for them there is a second pass where the totals differ.
"""

import math
from collections.abc import Collection

import numpy as np

from chainrule.errors import EvaluationError
from chainrule.evaluation.data.blocks import Block, Data, blocks, is_stream
from chainrule.evaluation.data.sums import Name, Sums

SAME = 1e-13  # totals that differ by less, relatively, are the same
FARTHEST = 1e290  # totals with a larger quotient make sums of (p - q)^2 / q overflow

NEEDS: dict[str, tuple[Name, ...]] = {
    "entropy": ("plogp",),
    "entropy_q": ("qlogq",),
    "cross_entropy": ("plogp", "forward"),
    "cross_entropy_reversed": ("qlogq", "backward"),
    "kl": ("forward",),
    "kl_reversed": ("backward",),
    "jensen_shannon": ("mixed",),
    "total_variation": ("apart",),
    "hellinger": ("roots",),
    "chi_squared": ("chi",),
    "chi_squared_reversed": ("chi_backward",),
    "perplexity": ("plogp",),
    "perplexity_q": ("qlogq",),
}


def add_up(p: Data, q: Data | None, names: Collection[str]) -> Sums:
    """One pass. Raises EvaluationError for entries that are no probabilities or counts, for sides of different lengths, and for
    totals too far apart.
    """
    sums: Sums | None = None
    wanted: set[Name] = {need for name in names for need in NEEDS[name]}
    with np.errstate(all="ignore"):  # what is infinite or not a number is looked for, block by block
        for block in blocks(p) if q is None else blocks(p, q):
            sums = sums or Sums(wanted, _first_ratio(*block))
            sums.add(*block)
    if sums is None or not sums.count:
        raise EvaluationError("empty-distribution", "a distribution has no entries")
    for total in (sums["total_p"], sums["total_q"]) if q is not None else (sums["total_p"],):
        if not math.isfinite(total):
            raise EvaluationError("infinite-total", "the entries of a distribution have no finite sum")
        if total == 0:
            raise EvaluationError("zero-total", "all entries of a distribution are 0")
    if q is not None and not 1 / FARTHEST < sums["total_p"] / sums["total_q"] * sums.ratio < FARTHEST:
        raise EvaluationError(
            "totals-too-far-apart",
            f"the entries sum to {sums['total_p']:g} and {sums['total_q'] / sums.ratio:g}: squares and quotients of numbers so "
            "far apart are beyond double precision",
            hint="multiply the entries of one of them by a number that brings its sum near the other",
        )
    return sums


def with_equal_totals(sums: Sums, p: Data, q: Data, names: Collection[str]) -> Sums:
    """The sums after a second pass, with q in the proportion that makes the totals equal, where a quantity depends on it."""
    if abs(sums["gap"]) <= SAME * sums["total_p"] or not {"jensen_shannon", "total_variation"} & set(names):
        return sums
    if is_stream(p) or is_stream(q):
        raise EvaluationError(
            "totals-needed",
            "the Jensen-Shannon divergence and the total variation distance need the totals first, and a stream is read once",
            hint="give arrays, or chunks of probabilities",
        )
    wanted: set[Name] = {need for name in names for need in NEEDS[name]}
    again = Sums(wanted, sums["total_p"] / (sums["total_q"] / sums.ratio))
    with np.errstate(all="ignore"):
        for block in blocks(p, q):
            again.add(*block)
    return again


def values(sums: Sums, names: Collection[str], normalized: bool) -> dict[str, float]:
    """The quantities in nats, from their sums. normalized: of p and q divided by their totals, which need not be equal."""
    return {name: _value(name, sums, normalized) for name in names}


def _first_ratio(p: Block, q: Block | None = None) -> float:
    """A power of two that brings counts q to the size of p; 1 for what may be probabilities. Multiplying by it is exact."""
    if q is None:
        return 1.0
    total_p, total_q = float(p.sum()), float(q.sum())
    if max(total_p, total_q) < 2 or not 0 < total_p / (total_q or math.inf) < math.inf:
        return 1.0
    return 2.0 ** round(math.log2(total_p / total_q))


def _value(name: str, sums: Sums, normalized: bool) -> float:
    P, Q, gap = (sums["total_p"], sums["total_q"], sums["gap"]) if normalized else (1.0, 1.0, 0.0)
    match name:
        case "entropy":
            found = math.log(P) - sums["plogp"] / P
        case "entropy_q":
            found = math.log(Q) - sums["qlogq"] / Q
        case "perplexity":
            return math.exp(_value("entropy", sums, normalized))
        case "perplexity_q":
            return math.exp(_value("entropy_q", sums, normalized))
        case "kl":
            found = math.inf if sums.alone_p is not None else sums["forward"] / P - _excess(gap / P)
        case "kl_reversed":
            found = math.inf if sums.alone_q is not None else sums["backward"] / Q - _excess(-gap / Q)
        case "cross_entropy":
            found = _value("entropy", sums, normalized) + _value("kl", sums, normalized)
        case "cross_entropy_reversed":
            found = _value("entropy_q", sums, normalized) + _value("kl_reversed", sums, normalized)
        case "jensen_shannon":
            found = min(sums["mixed"] / P, math.log(2))
        case "total_variation":
            found = min(sums["apart"] / (2 * P), 1.0)
        case "hellinger":
            roots = sums["roots"] - (gap / (math.sqrt(P) + math.sqrt(Q))) ** 2
            found = min(math.sqrt(max(roots, 0.0) / (2 * math.sqrt(P) * math.sqrt(Q))), 1.0)
        case "chi_squared":
            found = math.inf if sums.alone_p is not None else Q / P * (sums["chi"] / P) - (gap / P) ** 2
        case _:
            found = math.inf if sums.alone_q is not None else P / Q * (sums["chi_backward"] / Q) - (gap / Q) ** 2
    return max(found, 0.0) + 0.0


def _excess(u: float) -> float:
    """u - log(1 + u), which is u^2/2 - u^3/3 + ... where u is small."""
    if abs(u) > 0.01:
        return u - math.log1p(u)
    return sum((-u) ** k / k for k in range(9, 1, -1))
