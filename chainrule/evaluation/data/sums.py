"""The sums that information quantities are made of, each block of one or two distributions visited once."""

import math
from collections.abc import Collection
from typing import Literal, TypeAlias

import numpy as np

from chainrule.errors import EvaluationError
from chainrule.evaluation.data.blocks import BLOCK, Block
from chainrule.evaluation.data.terms import LEAST, MOST, balanced_divergence, divergence, log_ratio

Name: TypeAlias = Literal[
    "plogp",
    "qlogq",
    "plogr",
    "forward",
    "backward",
    "mixed",
    "apart",
    "roots",
    "chi",
    "chi_backward",
    "total_p",
    "total_q",
    "gap",
]
LOGS = {"plogr", "forward", "backward"}
PIECE = 8192
"""Entries for which a product is one thread's work, and arrays that are made on the way stay in the cache."""

SMALL = 1e-100
"""Of a block's total: LEAST is nothing beside it."""

CLOSE = 1e-2
"""Where a block's divergence is below this part of its total, its terms are found through the series."""


class Total:
    """A sum of doubles with what rounding took from it (Neumaier, 1974)."""

    __slots__ = ("_rest", "_sum")

    def __init__(self) -> None:
        self._sum = self._rest = 0.0

    def add(self, term: float) -> None:
        total = self._sum + term
        larger, smaller = (self._sum, term) if abs(self._sum) >= abs(term) else (term, self._sum)
        if math.isfinite(total):
            self._rest += larger - total + smaller
        self._sum = total

    @property
    def value(self) -> float:
        return self._sum + self._rest


class Sums:
    """What has been added up over p, or over p and q times `ratio`. `wanted`: the names of the sums that are to be found.

    total_p, total_q and gap, the sum of q - p, are always found. plogp, qlogq: entropies. plogr: p log(p/q) where both are
    positive. forward, backward: d(p, q), d(q, p), without infinite terms. mixed: the Jensen-Shannon divergence. apart: |p - q|.
    roots: (sqrt p - sqrt q)^2. chi, chi_backward: (p - q)^2/q, (q - p)^2/p, without infinite terms.
    support_p, support_q: entries that are not 0; alone_p, alone_q: the first of them where the other one is 0.
    """

    def __init__(self, wanted: Collection[Name], ratio: float = 1.0) -> None:
        self.ratio, self.count, self.support_p, self.support_q = ratio, 0, 0, 0
        self.alone_p: int | None = None
        self.alone_q: int | None = None
        self._wanted, self._has_zeros = frozenset(wanted), False
        self._totals: dict[Name, Total] = {name: Total() for name in ("total_p", "total_q", "gap", *wanted)}
        self._scaled, self._log, self._term = (np.empty(BLOCK) for _ in range(3))

    def __getitem__(self, name: Name) -> float:
        return self._totals[name].value

    def add(self, p: Block, q: Block | None = None) -> None:
        """One block. Raises EvaluationError for an entry that is no probability, with its index."""
        if self._add_quickly(p, q):
            self.count += len(p)
            return
        for start in range(0, len(p), PIECE):  # what is made on the way is short enough to stay in the cache
            end = start + PIECE
            self._add_carefully(p[start:end], None if q is None else q[start:end])
            self.count += len(p[start:end])

    def _add_quickly(self, p: Block, q: Block | None) -> bool:
        """An entropy or one divergence where q is positive and the two are not close; nothing is added for other blocks.

        Negative numbers, NaN, and zeros of q make a sum of products with logarithms infinite or NaN, which is how they are
        noticed. So do zeros of p, for which logarithms are then taken of LEAST: what is below it is nothing in the sum.
        """
        if not self._wanted <= {"plogp", "forward"} or self.ratio != 1 or (q is not None) != ("forward" in self._wanted):
            return False
        logs = self._logs_times_p(p, q, self._has_zeros)
        if not self._has_zeros and not all(map(math.isfinite, logs.values())):
            self._has_zeros = True
            logs = self._logs_times_p(p, q, floor=True)
        total = _sum(p)
        if not all(map(math.isfinite, logs.values())) or not SMALL < total < MOST:
            return False
        is_checked = "plogp" in logs and not self._has_zeros  # a negative number has no logarithm
        if not is_checked and not float(np.minimum.reduce(p)) >= 0:
            return False
        added: dict[Name, float] = {**logs, "total_p": total}
        if q is not None:
            added["total_q"] = _sum(q)
            added["gap"] = added["total_q"] - total
            added["forward"] += added["gap"]
            if not CLOSE * total < added["forward"] < MOST:
                return False
            self.support_q += len(q)
        self.support_p += int(np.count_nonzero(p)) if self._has_zeros else len(p)
        for name, term in added.items():
            self._add(name, term)
        return True

    def _logs_times_p(self, p: Block, q: Block | None, floor: bool) -> "dict[Name, float]":
        log = self._log[: len(p)]
        found: dict[Name, float] = {}
        above = np.maximum(p, LEAST, out=self._term[: len(p)]) if floor else p
        if q is not None:
            found["forward"] = _dot(p, np.log(np.divide(above, q, out=log), out=log))
        if "plogp" in self._wanted:
            found["plogp"] = _dot(p, np.log(above, out=log))
        return found

    def _add_carefully(self, p: Block, q: Block | None) -> None:
        least_p = self._least(p, "first" if q is not None else "only")
        inside_p = p if least_p > 0 else p[p > 0]
        self.support_p += len(inside_p)
        if "plogp" in self._wanted:
            self._add("plogp", self._entropy(inside_p))
        if q is None:
            self._add("total_p", _sum(p))
            return
        if self.ratio != 1:
            q = np.multiply(q, self.ratio, out=self._scaled[: len(q)])
        least_q = self._least(q, "second")
        inside_q = q if least_q > 0 else q[q > 0]
        self.support_q += len(inside_q)
        if "qlogq" in self._wanted:
            self._add("qlogq", self._entropy(inside_q))
        if least_p > 0 and least_q > 0:
            self._add_pair(p, q, least_p, least_q)
        else:
            self._add_with_zeros(p, q)

    def _add(self, name: Name, term: float) -> None:
        self._totals[name].add(term)

    def _least(self, block: Block, side: str) -> float:
        """The smallest entry. Raises EvaluationError `negative-probability`, `not-a-number`."""
        least = float(np.minimum.reduce(block))
        if least >= 0:
            return least
        index = int(np.flatnonzero(~(block >= 0))[0])
        which = "the distribution" if side == "only" else f"the {side} distribution"
        place = f"entry {self.count + index} of {which}, counted from 0,"
        if math.isnan(block[index]):
            raise EvaluationError("not-a-number", f"{place} is not a number")
        raise EvaluationError("negative-probability", f"{place} is {block[index]:g}; none may be negative")

    def _entropy(self, positive: Block) -> float:
        return _dot(positive, np.log(positive, out=self._log[: len(positive)]))

    def _add_with_zeros(self, p: Block, q: Block) -> None:
        """A block where one of the two is 0 somewhere. There d(p, 0) is infinite and d(0, q) = q."""
        alone_p, alone_q = (p > 0) & (q == 0), (q > 0) & (p == 0)
        if self.alone_p is None and alone_p.any():
            self.alone_p = self.count + int(alone_p.argmax())
        if self.alone_q is None and alone_q.any():
            self.alone_q = self.count + int(alone_q.argmax())
        rest_p, rest_q = _sum(p[alone_p]), _sum(q[alone_q])
        terms: dict[Name, float] = {"total_p": rest_p, "total_q": rest_q, "gap": rest_q - rest_p}
        terms |= {"forward": rest_q, "chi": rest_q, "backward": rest_p, "chi_backward": rest_p}
        terms |= {"apart": rest_p + rest_q, "roots": rest_p + rest_q, "mixed": (rest_p + rest_q) * math.log(2) / 2}
        for name in terms.keys() & self._totals.keys():
            self._add(name, terms[name])
        both = (p > 0) & (q > 0)
        p, q = p[both], q[both]
        if len(p):
            self._add_pair(p, q, float(p.min()), float(q.min()))

    def _add_pair(self, p: Block, q: Block, least_p: float, least_q: float) -> None:
        """A block of positive entries."""
        total_p, total_q = _sum(p), _sum(q)
        least, most = min(least_p, least_q), max(total_p, total_q)
        gap = self._add_divergences(p, q, total_p, total_q, least, most) if self._wanted & LOGS else _sum(q - p)
        self._add("total_p", total_p)
        self._add("total_q", total_q)
        self._add("gap", gap)
        if "mixed" in self._wanted:
            self._add("mixed", _sum(balanced_divergence(p, q, least, most)))
        if self._wanted & {"apart", "roots", "chi", "chi_backward"}:
            self._add_distances(p, q)

    def _add_divergences(self, p: Block, q: Block, total_p: float, total_q: float, least: float, most: float) -> float:
        """Adds up log(p/q), and returns the sum of q - p, by entries where the two are close."""
        log = log_ratio(p, q, least, most, self._log[: len(p)])
        term = self._term[: len(p)]
        plogr = _sum(np.multiply(p, log, out=term)) if self._wanted & {"plogr", "forward"} else 0.0
        gap = total_q - total_p
        found: dict[Name, float] = {"plogr": plogr, "forward": plogr + gap}
        if "backward" in self._wanted:
            found["backward"] = -_sum(np.multiply(q, log, out=term)) - gap
        if any(found[name] < CLOSE * total_p for name in self._wanted & {"forward", "backward"}):
            gap = _sum(q - p)
            found |= {"forward": _sum(divergence(p, q, log)), "backward": _sum(divergence(q, p, -log))}
        for name in found.keys() & self._wanted:
            self._add(name, found[name])
        return gap

    def _add_distances(self, p: Block, q: Block) -> None:
        """Adds up what is made of p - q."""
        apart = q - p
        if "apart" in self._wanted:
            self._add("apart", _sum(np.abs(apart)))
        if "roots" in self._wanted:
            self._add("roots", _sum((apart / (np.sqrt(p) + np.sqrt(q))) ** 2))
        if "chi" in self._wanted:
            self._add("chi", _sum(apart / q * apart))
        if "chi_backward" in self._wanted:
            self._add("chi_backward", _sum(apart / p * apart))


def _dot(a: Block, b: Block) -> float:
    """In pieces for which no linear algebra library starts threads."""
    return sum(float(a[i : i + PIECE] @ b[i : i + PIECE]) for i in range(0, len(a), PIECE))


def _sum(block: Block) -> float:
    return float(np.add.reduce(block))
