"""Laws of information, on random distributions as data: what holds for all of them, whatever the numbers."""

import math
from typing import Any, TypeAlias
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from chainrule.evaluation.data import blocks, sums
from chainrule.evaluation.data.measures import Measures, info
from chainrule.evaluation.data.quantities import NEEDS

Weights: TypeAlias = NDArray[np.float64]

ROUNDING = 1e-13
ENTRY = st.one_of(st.just(0.0), st.floats(1e-30, 1.0), st.floats(0.1, 1.0))


@st.composite
def several(draw: st.DrawFn, number: int, positive: bool = False) -> list[Weights]:
    """Distributions over the same outcomes, of sum 1 up to rounding."""
    outcomes = draw(st.integers(1, 8))
    entry = st.floats(1e-6, 1.0) if positive else ENTRY
    sides = [np.array(draw(st.lists(entry, min_size=outcomes, max_size=outcomes))) for _ in range(number)]
    assume(all(side.sum() > 1e-9 for side in sides))
    return [side / side.sum() for side in sides]


def value(found: float | None) -> float:
    assert found is not None
    return found


def kl(p: Any, q: Any) -> float:
    return value(info(p, q, quantities=["kl"]).kl)


@given(several(2))
def test_bounds(pair: list[Weights]) -> None:
    found = info(*pair)
    for name in NEEDS:
        assert getattr(found, name) >= 0, name
        assert math.copysign(1, getattr(found, name)) == 1, name
    variation, hellinger = value(found.total_variation), value(found.hellinger)
    assert value(found.jensen_shannon) <= math.log(2)
    assert variation <= 1
    assert hellinger <= 1
    assert hellinger**2 <= variation + ROUNDING
    assert variation <= math.sqrt(2) * hellinger + ROUNDING
    assert 2 * variation**2 <= value(found.kl) + ROUNDING  # Pinsker
    assert value(found.kl) <= math.log1p(value(found.chi_squared)) + ROUNDING
    assert value(found.entropy) <= math.log(len(pair[0])) + ROUNDING
    assert value(found.perplexity) <= len(pair[0]) * (1 + ROUNDING)


@given(several(1))
def test_a_distribution_is_at_no_distance_from_itself(single: list[Weights]) -> None:
    found = info(single[0], single[0].copy())
    assert {found.kl, found.jensen_shannon, found.total_variation, found.hellinger, found.chi_squared} == {0}


@given(several(2))
def test_cross_entropy_is_entropy_and_divergence(pair: list[Weights]) -> None:
    p, q = pair
    found = info(p, q)
    with np.errstate(divide="ignore"):
        direct = -sum(a * math.log(b) if b else -math.inf for a, b in zip(p, q, strict=True) if a)
    assert value(found.cross_entropy) == pytest.approx(direct, rel=1e-12, abs=1e-13)


@given(several(2))
def test_reversed_is_of_the_two_in_the_other_order(pair: list[Weights]) -> None:
    one, other = info(*pair), info(*reversed(pair))
    for name in ("kl", "cross_entropy", "chi_squared"):
        assert getattr(one, f"{name}_reversed") == pytest.approx(getattr(other, name), rel=1e-12, abs=1e-18), name
    for name in ("jensen_shannon", "total_variation", "hellinger"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), rel=1e-14, abs=0), name


@given(several(2), st.data())
def test_relabelling_changes_nothing(pair: list[Weights], data: st.DataObject) -> None:
    order = np.array(data.draw(st.permutations(range(len(pair[0])))))
    one, other = info(*pair), info(pair[0][order], pair[1][order])
    for name in NEEDS:
        assert getattr(other, name) == pytest.approx(getattr(one, name), rel=1e-12, abs=1e-15), name
    for found, (p, q) in ((one, pair), (other, [side[order] for side in pair])):
        first = next((i for i in range(len(p)) if p[i] > 0 == q[i]), None)
        assert found.alone_p == first


@given(several(2), st.data())
def test_merging_outcomes_brings_distributions_no_further_apart(pair: list[Weights], data: st.DataObject) -> None:
    groups = data.draw(st.lists(st.integers(0, 2), min_size=len(pair[0]), max_size=len(pair[0])))
    merged = [np.bincount(groups, weights=side, minlength=3) for side in pair]
    one, other = info(*pair), info(*merged)
    for name in ("kl", "jensen_shannon", "total_variation", "hellinger", "chi_squared"):
        assert getattr(other, name) <= getattr(one, name) * (1 + ROUNDING) + 1e-7 * (name == "hellinger") + ROUNDING, name
    assert value(other.entropy) <= value(one.entropy) + ROUNDING


@given(several(4), st.floats(0, 1))
def test_the_divergence_is_convex_in_the_pair(four: list[Weights], part: float) -> None:
    p, q, r, s = four
    mixed = kl(part * p + (1 - part) * r, part * q + (1 - part) * s)
    ends = [weight * kl(*pair) if weight else 0.0 for weight, pair in ((part, (p, q)), (1 - part, (r, s)))]
    assert mixed <= sum(ends) * (1 + ROUNDING) + ROUNDING


@given(several(2, positive=True), several(2, positive=True))
def test_divergence_of_independent_pairs_is_the_sum(first: list[Weights], second: list[Weights]) -> None:
    joined = [np.outer(a, b) for a, b in zip(first, second, strict=True)]
    assert kl(*joined) == pytest.approx(kl(*first) + kl(*second), rel=1e-11, abs=1e-13)


@given(st.integers(1, 5), st.integers(1, 5), st.data())
def test_chain_rules_of_a_joint_distribution(rows: int, columns: int, data: st.DataObject) -> None:
    cells = data.draw(st.lists(st.integers(0, 50), min_size=rows * columns, max_size=rows * columns))
    assume(sum(cells) > 0)
    found = info(np.array(cells).reshape(rows, columns), counts=True)
    joint, of_rows, of_columns = value(found.entropy), value(found.entropy_rows), value(found.entropy_columns)
    assert joint == pytest.approx(of_rows + value(found.columns_given_rows), abs=ROUNDING)
    assert joint == pytest.approx(of_columns + value(found.rows_given_columns), abs=ROUNDING)
    assert value(found.mutual_information) == pytest.approx(of_rows + of_columns - joint, abs=ROUNDING)
    assert 0 <= value(found.mutual_information) <= min(of_rows, of_columns) + ROUNDING


COUNTS = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), min_size=1, max_size=20)


@given(COUNTS, st.integers(1, 10**6), st.integers(1, 10**6))
def test_counts_have_no_scale(pairs: list[tuple[int, int]], a: int, b: int) -> None:
    p, q = np.array(pairs).T
    assume(p.sum() and q.sum())
    one, other = info(p, q, counts=True), info(a * p, b * q, counts=True)
    shares = info(p / p.sum(), q / q.sum())
    for name in NEEDS:
        wanted = pytest.approx(getattr(one, name), rel=1e-11, abs=1e-14)
        assert getattr(other, name) == wanted, name
        assert getattr(shares, name) == wanted, name
    quick = info(a * p, b * q, counts=True, quantities=["kl"]).kl
    assert quick == pytest.approx(one.kl, rel=1e-11, abs=1e-13)


@settings(max_examples=50)
@given(several(2), st.integers(1, 9))
def test_the_length_of_blocks_does_not_matter(pair: list[Weights], length: int) -> None:
    def all_of() -> list[Measures]:
        return [info(*pair), info(*pair, quantities=["kl"]), info(pair[0])]

    whole = all_of()
    with patch.object(blocks, "BLOCK", length), patch.object(sums, "BLOCK", length):
        pieces = all_of()
    for one, other in zip(whole, pieces, strict=True):
        assert (one.alone_p, one.alone_q, one.p.support, one.outcomes) == (
            other.alone_p,
            other.alone_q,
            other.p.support,
            other.outcomes,
        )
        for name in NEEDS:
            if getattr(one, name) is not None:
                assert getattr(other, name) == pytest.approx(getattr(one, name), rel=1e-11, abs=1e-15), name
