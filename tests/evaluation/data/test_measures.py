"""Information quantities of arrays beside mpmath at 30 digits, SciPy and the operations of formulas; their edges, exactly."""

import math
import tracemalloc
from collections.abc import Iterator, Sequence
from dataclasses import fields
from fractions import Fraction
from pathlib import Path
from typing import Any

import mpmath
import numpy as np
import pytest
import scipy.special
import scipy.stats

import chainrule as cr
import chainrule.ops.table
from chainrule.errors import EvaluationError
from chainrule.evaluation.data.blocks import BLOCK
from chainrule.evaluation.data.measures import Measures, info
from chainrule.evaluation.data.quantities import NEEDS
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.probability.quantities import QUANTITIES

mpmath.mp.dps = 30
Pair = tuple[Sequence[float], Sequence[float]]
RANDOM = np.random.default_rng(5)
SKEWED = RANDOM.dirichlet(np.full(300, 0.3)) + 1e-12


def shares(numbers: Sequence[float]) -> list[Any]:
    total = mpmath.fsum(mpmath.mpf(x) for x in map(float, numbers))
    return [mpmath.mpf(x) / total for x in map(float, numbers)]


def divergence(p: list[Any], q: list[Any]) -> Any:
    if any(a and not b for a, b in zip(p, q, strict=True)):
        return mpmath.inf
    return mpmath.fsum(a * mpmath.log(a / b) for a, b in zip(p, q, strict=True) if a)


def chi_squared(p: list[Any], q: list[Any]) -> Any:
    if any(a and not b for a, b in zip(p, q, strict=True)):
        return mpmath.inf
    return mpmath.fsum((a - b) ** 2 / b for a, b in zip(p, q, strict=True) if b)


def by_definition(numbers_p: Sequence[float], numbers_q: Sequence[float]) -> dict[str, Any]:
    """Every quantity of the two, each divided by its sum, at 30 digits (60 on the way)."""
    with mpmath.workdps(60):
        p, q = shares(numbers_p), shares(numbers_q)
        middle = [(a + b) / 2 for a, b in zip(p, q, strict=True)]
        entropies = [-mpmath.fsum(x * mpmath.log(x) for x in side if x) for side in (p, q)]
        overlap = mpmath.fsum(mpmath.sqrt(a * b) for a, b in zip(p, q, strict=True))
        return {
            "entropy": entropies[0],
            "entropy_q": entropies[1],
            "cross_entropy": entropies[0] + divergence(p, q),
            "cross_entropy_reversed": entropies[1] + divergence(q, p),
            "kl": divergence(p, q),
            "kl_reversed": divergence(q, p),
            "jensen_shannon": (divergence(p, middle) + divergence(q, middle)) / 2,
            "total_variation": mpmath.fsum(abs(a - b) for a, b in zip(p, q, strict=True)) / 2,
            "hellinger": mpmath.sqrt(1 - overlap),
            "chi_squared": chi_squared(p, q),
            "chi_squared_reversed": chi_squared(q, p),
            "perplexity": mpmath.exp(entropies[0]),
            "perplexity_q": mpmath.exp(entropies[1]),
        }


CASES: dict[str, Pair] = {
    "two": ([0.3, 0.7], [0.6, 0.4]),
    "eighths": ([0.5, 0.25, 0.125, 0.125], [0.25] * 4),
    "zeros on both sides": ([0.5, 0.5, 0.0, 0.0], [0.5, 0.0, 0.0, 0.5]),
    "one-hot": ([0, 1, 0], [0.2, 0.5, 0.3]),
    "counts": ([10, 20, 30, 0], [500, 20, 1, 7]),
    "counts of other sizes": ([1e9, 3e9, 2e9], [3, 5, 9]),
    "skewed": (SKEWED / SKEWED.sum(), np.full(300, 1 / 300)),
    "long": tuple(x / x.sum() for x in RANDOM.random((2, 3000)) + 1e-3),
    "tiny parts": ([0.5, 1e-300, 0.5], [1 - 2**-53, 1e-320, 2**-53]),
    "far apart": ([1e-308, 1.0], [1.0, 1e-308]),
    "partly close": ([0.25, 0.25, 0.4, 0.1], [0.25, 0.25 + 2**-50, 0.4 - 2**-50, 0.1]),
}


@pytest.mark.parametrize("name", CASES)
def test_every_quantity_is_that_of_its_definition(name: str) -> None:
    found, wanted = info(*CASES[name], normalize=True), by_definition(*CASES[name])
    for quantity, value in wanted.items():
        ours = getattr(found, quantity)
        if mpmath.isinf(value) or (value == 0):
            assert ours == float(value), quantity
        else:
            assert ours == pytest.approx(float(value), rel=2e-13, abs=0), quantity
    for quantity in ("entropy", "kl", "cross_entropy", "kl_reversed"):  # by themselves they may take a shorter way
        alone = getattr(info(*CASES[name], normalize=True, quantities=[quantity]), quantity)
        assert alone == pytest.approx(float(wanted[quantity]), rel=2e-13, abs=1e-15), quantity


@pytest.mark.parametrize("step", [2.0**-10, 2.0**-26, 2.0**-40, 2.0**-53])
def test_close_distributions_keep_their_digits(step: float) -> None:
    p, q = [0.5, 0.25, 0.25], [0.5, 0.25 + step, 0.25 - step]
    found, wanted = info(p, q), by_definition(p, q)
    for quantity in ("kl", "kl_reversed", "jensen_shannon", "total_variation", "hellinger", "chi_squared"):
        assert getattr(found, quantity) == pytest.approx(float(wanted[quantity]), rel=1e-14, abs=0), quantity
    assert 0 < found.kl < step  # type: ignore[operator]


def test_scipy_says_the_same() -> None:
    p, q = (x / x.sum() for x in RANDOM.random((2, 50_000)))
    found = info(p, q)
    assert found.entropy == pytest.approx(scipy.stats.entropy(p), rel=1e-13)
    assert found.kl == pytest.approx(scipy.stats.entropy(p, q), rel=1e-12)
    assert found.kl_reversed == pytest.approx(scipy.special.rel_entr(q, p).sum(), rel=1e-12)
    counts = RANDOM.integers(1, 90, (2, 1000))
    assert info(*counts, unit="bits").kl == pytest.approx(scipy.stats.entropy(*counts, base=2), rel=1e-12)


ROWS = ("entropy", "cross_entropy", "kl", "jensen_shannon", "total_variation", "hellinger", "chi_squared", "perplexity")


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("case", ["two", "eighths", "zeros on both sides", "one-hot", "partly close", "skewed"])
def test_the_operations_of_formulas_say_the_same(name: str, case: str) -> None:
    """What a sheet gives for two vectors, `chainrule info` gives for them as data."""
    [quantity] = [each for each in QUANTITIES if each.name == name]
    sides = dict(zip("pq", CASES[case], strict=True))
    inputs = {symbol: build.variable(symbol, ("n",)) for symbol in list(sides)[: quantity.distributions]}
    node = build.apply(quantity.operation, *inputs.values())
    value = float(evaluate([node], {node: np.asarray(sides[symbol], float) for symbol, node in inputs.items()})[0])
    assert getattr(info(*CASES[case]), name) == pytest.approx(value, rel=1e-13, abs=0)


def test_edges() -> None:
    found = info([0.5, 0.5, 0.0], [1.0, 0.0, 0.0])
    assert (found.kl, found.cross_entropy, found.chi_squared, found.alone_p) == (math.inf, math.inf, math.inf, 1)
    assert found.alone_q is None
    assert found.kl_reversed == pytest.approx(math.log(2), rel=1e-15)
    assert (found.p.support, found.q and found.q.support, found.outcomes) == (2, 1, 3)
    same = info([0.2, 0.8], [0.2, 0.8])
    zero = ("kl", "kl_reversed", "jensen_shannon", "total_variation", "hellinger", "chi_squared", "chi_squared_reversed")
    for value in (*(getattr(same, name) for name in zero), info([0.0, 1.0]).entropy, info([7], [3]).kl):
        assert (value, math.copysign(1, value)) == (0, 1)
    apart = info([1, 0], [0, 1], unit="bits")
    assert (apart.jensen_shannon, apart.total_variation, apart.hellinger) == (1, 1, 1)


def test_proportional_counts_are_one_distribution() -> None:
    found = info([3, 30, 300], [1, 10, 100])
    assert (found.kl, found.jensen_shannon, found.total_variation, found.chi_squared) == (0, 0, 0, 0)
    assert (found.p.scaling, found.p.total, found.q and found.q.total) == ("counts", 333, 111)
    assert info([3, 30, 300], [1, 10, 100], quantities=["kl"]).kl == pytest.approx(0, abs=1e-15)


def test_the_first_outcome_that_is_alone_is_found_in_a_late_block() -> None:
    p, q = np.full(2 * BLOCK + 10, 1.0), np.full(2 * BLOCK + 10, 1.0)
    q[[BLOCK + 7, BLOCK + 9]] = 0
    p[2 * BLOCK + 3] = 0
    found = info(p, q, counts=True)
    assert (found.alone_p, found.alone_q) == (BLOCK + 7, 2 * BLOCK + 3)


def chunks(values: np.ndarray[Any, Any], *cuts: int) -> Iterator[np.ndarray[Any, Any]]:
    return iter(np.split(values, cuts))


def test_streams_are_arrays_in_chunks() -> None:
    p, q = (x / x.sum() for x in RANDOM.random((2, 2 * BLOCK + 100)))
    whole = info(p, q)
    parts = info(chunks(p, 5, 5, BLOCK, BLOCK + 1), chunks(q, 1000, 2 * BLOCK))
    for name in NEEDS:
        assert getattr(parts, name) == pytest.approx(getattr(whole, name), rel=1e-13), name
    with pytest.raises(EvaluationError, match="more entries"):
        info(chunks(p, 10), chunks(q[:-1], 10))
    counts = RANDOM.integers(1, 9, (2, 100))
    found = info(
        iter(counts[0].reshape(4, 25)), iter(7 * counts[1].reshape(4, 25)), counts=True, quantities=["kl", "hellinger"]
    )
    assert found.kl == pytest.approx(scipy.stats.entropy(*counts), rel=1e-12)
    with pytest.raises(EvaluationError) as raised:
        info(iter(counts[0].reshape(4, 25)), iter(7 * counts[1].reshape(4, 25)), counts=True)
    assert raised.value.code == "totals-needed"


def test_every_kind_of_array(tmp_path: Path) -> None:
    p, q = np.array([[0.5, 0.125], [0.25, 0.125]]), np.full((2, 2), 0.25)
    wanted = info(p.ravel(), q.ravel()).kl
    np.save(tmp_path / "p.npy", p)
    mapped = np.load(tmp_path / "p.npy", mmap_mode="r")
    kinds = [p.astype(np.float32), p.astype(np.float16), np.asfortranarray(p), mapped, p.tolist(), p.astype(np.longdouble)]
    kinds += [np.repeat(p, 2, axis=1)[:, ::2], [[Fraction(1, 2), Fraction(1, 8)], [Fraction(1, 4), Fraction(1, 8)]]]
    for each in kinds:
        assert info(each, q).kl == wanted
    assert info((8 * p).astype(np.uint8), q.astype(np.float32)).kl == wanted
    assert info(np.array([True, False])).entropy == 0


def test_numbers_of_32_bits_may_miss_1_by_their_rounding() -> None:
    p = RANDOM.random(1000).astype(np.float32)
    assert info(p / p.sum()).p.scaling == "as given"
    with pytest.raises(EvaluationError, match="sum to 1\\.0000001"):
        info([0.5, 0.5000001])


def test_no_array_of_the_length_of_the_data_is_made() -> None:
    p, q = (x / x.sum() for x in RANDOM.random((2, 3_000_000)))
    p[::7] = 0
    tracemalloc.start()
    info(p, q, normalize=True)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < p.nbytes / 4


def test_units_and_names() -> None:
    assert info([0.25] * 4, unit="bits").entropy == 2
    assert info([0.25] * 4, unit="base 4").entropy == 1
    assert info([0.25] * 4, unit="bits").perplexity == pytest.approx(4, rel=1e-15)
    found = info([0.5, 0.5], [0.25, 0.75], quantities=["kl"])
    given = {field.name for field in fields(Measures) if getattr(found, field.name) is not None}
    assert given == {"unit", "outcomes", "p", "q", "kl"}
    assert cr.info is info


def test_joint_distributions() -> None:
    joint = np.array([[1, 2, 1], [0, 4, 8]])
    cells = [[Fraction(int(x), 16) for x in row] for row in joint]
    rows, columns = [sum(row) for row in cells], [sum(column) for column in zip(*cells, strict=True)]
    terms = [(x, x / (a * b)) for row, a in zip(cells, rows, strict=True) for x, b in zip(row, columns, strict=True) if x]
    mutual = float(
        mpmath.fsum(
            mpmath.mpf(x.numerator) / x.denominator * mpmath.log(mpmath.mpf(r.numerator) / r.denominator) for x, r in terms
        )
    )
    found = info(joint)
    assert found.mutual_information == pytest.approx(mutual, rel=1e-14)
    assert found.entropy_rows == pytest.approx(scipy.stats.entropy([4, 12]), rel=1e-14)
    assert found.entropy_columns == pytest.approx(scipy.stats.entropy([1, 6, 9]), rel=1e-14)
    assert found.rows_given_columns == pytest.approx(
        scipy.stats.entropy(joint.ravel()) - scipy.stats.entropy([1, 6, 9]), rel=1e-13
    )
    assert found.columns_given_rows == pytest.approx(
        scipy.stats.entropy(joint.ravel()) - scipy.stats.entropy([4, 12]), rel=1e-13
    )
    fixed = info(np.diag([0.5, 0.25, 0.25]), unit="bits")
    assert (fixed.mutual_information, fixed.rows_given_columns, fixed.columns_given_rows) == (1.5, 0, 0)
    assert info(np.full((300, 200), 1), unit="bits").mutual_information == pytest.approx(0, abs=1e-15)


@pytest.mark.parametrize(
    ("p", "q", "code", "said"),
    [
        ([0.5, -0.1, 0.6], None, "negative-probability", "entry 1 of the distribution, counted from 0, is -0.1"),
        ([0.5, 0.5], [1.5, -0.5], "negative-probability", "entry 1 of the second distribution"),
        ([-0.5, 1.5], [-0.5, 1.5], "negative-probability", "entry 0 of the first distribution"),
        ([0.5, math.nan], [0.5, 0.5], "not-a-number", "entry 1 of the first distribution"),
        ([0.5, 0.5], [math.nan, 0.5], "not-a-number", "entry 0 of the second distribution"),
        ([math.inf, 0.5], None, "infinite-total", "no finite sum"),
        ([0.5, 0.5], [0.5, math.inf], "infinite-total", "no finite sum"),
        ([0.5, 0.5], [0.5, 0.25, 0.25], "different-lengths", r"\(2,\) and \(3,\)"),
        ([], None, "empty-distribution", "no entries"),
        ([0, 0], None, "zero-total", "are 0"),
        ([1e10, 1e10], [1e-300, 2e-300], "totals-too-far-apart", "2e\\+10 and 3e-300"),
        ([0.5, 0.4], None, "not-normalized", "sum to 0.9, not to 1"),
        ([0.5, 0.5], [0.5, 0.6], "not-normalized", "second distribution sum to 1.1"),
        ([0.5, 1j], None, "not-numbers", "complex"),
        (["a", "b"], None, "not-numbers", "real numbers"),
        ([[0.5], [0.25, 0.25]], None, "not-numbers", "equally long"),
        (np.ma.array([0.5, 0.5], mask=[0, 1]), None, "not-numbers", "masked"),  # pyright: ignore
    ],
)
@pytest.mark.parametrize("quantities", [None, ["entropy"], ["kl"]])
def test_what_is_no_distribution_is_an_error(p: Any, q: Any, code: str, said: str, quantities: list[str] | None) -> None:
    if quantities == ["kl"] and q is None:
        q, said = p, said.replace("the distribution", "the first distribution")
    with pytest.raises(EvaluationError, match=said) as raised:
        info(p, q, quantities=quantities)
    assert raised.value.code == code


def test_other_wrong_arguments() -> None:
    for unit in ("dits", "base 1", "base -2", "base 1/0"):
        with pytest.raises(EvaluationError, match="no unit"):
            info([1.0], unit=unit)
    with pytest.raises(EvaluationError, match="kl is no quantity of one distribution"):
        info([1.0], quantities=["kl"])
    assert info([0.5, 0.4], normalize=True).p.scaling == "normalized"
    assert info([2, 3], normalize=True).p.scaling == "counts"
    with pytest.raises(EvaluationError, match="sum to 5"):
        info([2, 3], counts=False)
    assert info([2.5, 3.5], counts=True).entropy == pytest.approx(scipy.stats.entropy([2.5, 3.5]), rel=1e-15)
