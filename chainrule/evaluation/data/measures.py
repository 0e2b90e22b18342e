"""What data say: the information quantities of arrays of probabilities or counts, with what was done to the numbers."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias, cast

import numpy as np
from numpy.typing import ArrayLike

from chainrule.errors import EvaluationError
from chainrule.evaluation.data.blocks import Data, as_numbers, blocks, is_stream
from chainrule.evaluation.data.joint import JOINT, joint_values
from chainrule.evaluation.data.quantities import NEEDS, add_up, values, with_equal_totals

Scaling: TypeAlias = Literal["as given", "counts", "normalized"]

TOLERANCE = 1e-9
OF_ONE = ("entropy", "perplexity")
PLAIN = {"total_variation", "hellinger", "chi_squared", "chi_squared_reversed", "perplexity", "perplexity_q"}
"""Quantities without a unit."""


@dataclass(frozen=True)
class Side:
    """What is known of one distribution. total: the sum of its numbers. support: how many of them are not 0.

    scaling: whether they were taken as they are, or divided by their sum as counts or because that was asked for.
    """

    total: float
    support: int
    scaling: Scaling


@dataclass(frozen=True, kw_only=True)
class Measures:
    """Information quantities of p, or of p and q; None for what was not asked for. `reversed` is of q and p.

    Of a joint distribution, a matrix, `entropy` is that of its cells, and the last five are found too.
    alone_p: index of the first outcome with p > 0 = q, if `kl` or another quantity that it makes infinite was asked for;
    alone_q: of the first with q > 0 = p, which makes `kl_reversed` infinite.
    """

    unit: str
    outcomes: int
    p: Side
    q: Side | None = None
    alone_p: int | None = None
    alone_q: int | None = None
    entropy: float | None = None
    entropy_q: float | None = None
    cross_entropy: float | None = None
    cross_entropy_reversed: float | None = None
    kl: float | None = None
    kl_reversed: float | None = None
    jensen_shannon: float | None = None
    total_variation: float | None = None
    hellinger: float | None = None
    chi_squared: float | None = None
    chi_squared_reversed: float | None = None
    perplexity: float | None = None
    perplexity_q: float | None = None
    mutual_information: float | None = None
    entropy_rows: float | None = None
    entropy_columns: float | None = None
    rows_given_columns: float | None = None
    columns_given_rows: float | None = None


def info(
    p: Data,
    q: Data | None = None,
    *,
    unit: str = "nats",
    quantities: Collection[str] | None = None,
    counts: bool | None = None,
    normalize: bool = False,
) -> Measures:
    """The information quantities of probabilities or counts: of p, of p and q, or of a matrix p as a joint distribution.

    p, q: arrays of one shape, nested lists, or iterators of chunks. unit: "nats", "bits" or "base b".
    quantities: the names of those to find, all if left out; they share one pass over the data, block by block.
    counts: whether the numbers are counts, which are divided by their sum; if left out, whole numbers with a sum above 1 are.
    normalize: divide by the sum what does not sum to 1.
    Raises EvaluationError: `negative-probability`, `not-a-number`, `different-lengths`, `empty-distribution`, `zero-total`,
    `not-normalized`, `unknown-unit`, `unknown-quantity`.
    """
    log_base = _log_base(unit)
    joint = q is None and not is_stream(p) and as_numbers(cast("ArrayLike", p)).ndim == 2
    names = _names(quantities, q is not None, joint)
    plain = [name for name in names if name not in JOINT]
    sums = add_up(p, q, plain)
    of_p = Side(
        sums["total_p"], sums.support_p, _scaling(p, sums["total_p"], "first" if q is not None else "only", counts, normalize)
    )
    of_q: Side | None = None
    if q is not None:
        total = sums["total_q"] / sums.ratio
        of_q = Side(total, sums.support_q, _scaling(q, total, "second", counts, normalize))
    normalized = any(side.scaling != "as given" for side in (of_p, of_q) if side is not None)
    if q is not None and normalized:
        sums = with_equal_totals(sums, p, q, plain)
    found = values(sums, plain, normalized)
    if joint and set(names) & set(JOINT):
        found |= {name: value for name, value in joint_values(as_numbers(cast("ArrayLike", p))).items() if name in names}
    found = {name: value if name in PLAIN else value / log_base for name, value in found.items()}
    return Measures(
        unit=unit,
        outcomes=sums.count,
        p=of_p,
        q=of_q,
        alone_p=sums.alone_p if {"kl", "cross_entropy", "chi_squared"} & set(names) else None,
        alone_q=sums.alone_q if {"kl_reversed", "cross_entropy_reversed", "chi_squared_reversed"} & set(names) else None,
        **found,
    )


def _names(quantities: Collection[str] | None, two: bool, joint: bool) -> list[str]:
    known = [name for name in NEEDS if two or name in OF_ONE] + (list(JOINT) if joint else [])
    if quantities is None:
        return known
    unknown = [name for name in quantities if name not in known]
    if unknown:
        what = "two distributions" if two else "a joint distribution" if joint else "one distribution"
        raise EvaluationError(
            "unknown-quantity", f"{', '.join(unknown)} is no quantity of {what}", hint=f"there are {', '.join(known)}"
        )
    return list(dict.fromkeys(quantities))


def _log_base(unit: str) -> float:
    """The natural logarithm of the unit's base. Raises EvaluationError `unknown-unit`."""
    if unit == "nats":
        return 1.0
    try:
        base = 2.0 if unit == "bits" else float(Fraction(unit.removeprefix("base ")))
    except (ValueError, ZeroDivisionError, OverflowError):
        base = math.nan
    if not (base > 0 and base != 1 and math.isfinite(base)):
        raise EvaluationError("unknown-unit", f"{unit!r} is no unit of information", hint="units are nats, bits and base 10")
    return math.log(base)


def _scaling(data: Data, total: float, which: str, counts: bool | None, normalize: bool) -> Scaling:
    """What is to be done with numbers of this sum. Raises EvaluationError `not-normalized`."""
    if counts:
        return "counts"
    if abs(total - 1) <= _tolerance(data):
        return "as given"
    if counts is None and total > 1 and not is_stream(data) and _is_whole(data):
        return "counts"
    if normalize:
        return "normalized"
    name = "the distribution" if which == "only" else f"the {which} distribution"
    raise EvaluationError(
        "not-normalized",
        f"the probabilities of {name} sum to {total:.15g}, not to 1",
        hint="normalize=True (--normalize) divides them by their sum, counts=True (--counts) takes them as counts",
    )


def _tolerance(data: Data) -> float:
    """How far from 1 rounding may take a sum; numbers of 32 bits are rounded to 7 digits."""
    kind = np.dtype(getattr(data, "dtype", np.float64))
    return max(TOLERANCE, 4 * float(np.finfo(kind).eps)) if kind.kind == "f" else TOLERANCE


def _is_whole(data: Data) -> bool:
    if np.dtype(getattr(data, "dtype", np.float64)).kind in "biu":
        return True
    return all(bool((block == np.rint(block)).all()) for (block,) in blocks(data))
