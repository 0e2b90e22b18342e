"""Quantities of information against mpmath, from their definitions: zeros, 1e-300, nearly equal distributions."""

import math
import warnings
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from mpmath import mp, mpf

from chainrule.calculus.reverse import backpropagate
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.ops import find_operation
from chainrule.ops.information.entropy import entropy
from tests.ops.every import run_code

Numbers = Sequence[float]


@pytest.fixture(autouse=True)
def digits() -> Iterator[None]:
    """So many that a sum of 1 and 1e-300 keeps the digits of both."""
    with mp.workdps(700):
        yield


def quotient(p: Any, q: Any) -> Any:
    """p log(p/q) as its limits have it."""
    if p == 0:
        return mpf(0)
    return mp.inf if q == 0 else p * mp.log(p / q)


def kl(p: Any, q: Any) -> Any:
    return sum(map(quotient, p, q), mpf(0))


def middle(p: Any, q: Any) -> Any:
    return [(a + b) / 2 for a, b in zip(p, q, strict=True)]


def jensen_shannon(p: Any, q: Any) -> Any:
    return (kl(p, middle(p, q)) + kl(q, middle(p, q))) / 2


def chi_squared(p: Any, q: Any) -> Any:
    return sum((mp.inf if b == 0 else (a - b) ** 2 / b) if a != b else mpf(0) for a, b in zip(p, q, strict=True))


def affinity(p: Any, q: Any) -> Any:
    return sum(mp.sqrt(a * b) for a, b in zip(p, q, strict=True))


def squared_hellinger(p: Any, q: Any) -> Any:
    return sum((mp.sqrt(a) - mp.sqrt(b)) ** 2 for a, b in zip(p, q, strict=True)) / 2


def bhattacharyya(p: Any, q: Any) -> Any:
    return -mp.log(affinity(p, q)) if affinity(p, q) else mp.inf


PAIRS: dict[str, Callable[[Any, Any], Any]] = {
    "cross_entropy": lambda p, q: (
        -sum(mp.mpf(0) if a == 0 else -mp.inf if b == 0 else a * mp.log(b) for a, b in zip(p, q, strict=True))
    ),
    "cross_perplexity": lambda p, q: mp.exp(PAIRS["cross_entropy"](p, q)),
    "kl": kl,
    "jeffreys": lambda p, q: kl(p, q) + kl(q, p),
    "jensen_shannon": jensen_shannon,
    "jensen_shannon_distance": lambda p, q: mp.sqrt(jensen_shannon(p, q)),
    "total_variation": lambda p, q: sum(abs(a - b) for a, b in zip(p, q, strict=True)) / 2,
    "hellinger": lambda p, q: mp.sqrt(squared_hellinger(p, q)),
    "squared_hellinger": squared_hellinger,
    "bhattacharyya_coefficient": affinity,
    "bhattacharyya": bhattacharyya,
    "chi_squared": chi_squared,
}

EXACT: dict[str, tuple[Numbers, Numbers]] = {
    "far": ([0.5, 0.25, 0.25], [0.125, 0.125, 0.75]),
    "zeros in both": ([0.0, 0.25, 0.75, 0.0], [0.0, 0.5, 0.25, 0.25]),
    "q lacks an outcome": ([0.5, 0.5, 0.0], [0.0, 0.5, 0.5]),
    "nothing in common": ([1.0, 0.0], [0.0, 1.0]),
    "one hot": ([0.0, 1.0, 0.0], [0.25, 0.5, 0.25]),
    "equal": ([0.25, 0.75], [0.25, 0.75]),
    "equal with zeros": ([0.0, 1.0], [0.0, 1.0]),
    "an ulp apart": ([0.5 + 2**-53, 0.5 - 2**-53], [0.5, 0.5]),
    "1e-10 apart": ([0.5 + 2**-33, 0.5 - 2**-33], [0.5, 0.5]),
    "a fifth apart": ([0.625, 0.375], [0.5, 0.5]),
    "twice": ([0.5, 0.5], [0.25, 0.75]),
    "no distributions": ([2.0, 3.0, 1e-300], [1.5, 4.0, 2e-300]),
    "tiny, no distributions": ([1e-300, 0.0], [1.0, 1.0]),
}
"""Numbers that binary fractions are: of what is called a distribution the sum is exactly 1."""


def exactly(values: Numbers) -> list[Any]:
    return [mpf(v) for v in values]


def close(found: float, expected: Any, relative: float = 4e-15) -> bool:
    if mp.isinf(expected):
        return found == float(expected)
    return abs(mpf(float(found)) - expected) <= relative * abs(expected) + mpf(2) ** -1074


def value(name: str, *arguments: Any) -> float:
    """The value of the node; nothing warns, and a zero is no -0.0."""
    arrays = [np.asarray(a, dtype=float) for a in arguments]
    variables = [build.variable(f"x_{k}", a.shape) for k, a in enumerate(arrays)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        [found] = evaluate([build.apply(find_operation(name), *variables)], dict(zip(variables, arrays, strict=True)))
    assert not (found == 0 and math.copysign(1.0, float(found)) < 0)
    return float(found)


def code(name: str, *arguments: Any) -> float:
    arrays = [np.asarray(a, dtype=float) if isinstance(a, list) else a for a in arguments]
    return float(run_code(find_operation(name))(*arrays))


@pytest.mark.parametrize("computed", [value, code])
@pytest.mark.parametrize("case", EXACT)
@pytest.mark.parametrize("name", PAIRS)
def test_pairs(name: str, case: str, computed: Callable[..., float]) -> None:
    p, q = EXACT[case]
    expected = PAIRS[name](exactly(p), exactly(q))
    assert close(computed(name, p, q), expected), (computed(name, p, q), expected)


@pytest.mark.parametrize("computed", [value, code])
@pytest.mark.parametrize("name", ["entropy", "perplexity"])
@pytest.mark.parametrize("p", [[1.0, 0.0], [0.5, 0.5], [1e-300, 1.0], [0.25, 0.0, 0.75], [1 - 2**-50, 2**-50], [0.0, 0.0]])
def test_entropy(name: str, p: list[float], computed: Callable[..., float]) -> None:
    entropy = -sum(quotient(a, mpf(1)) for a in exactly(p))
    assert close(computed(name, p), entropy if name == "entropy" else mp.exp(entropy))


@pytest.mark.parametrize("p", [0.0, 1e-300, 0.5, 1 - 2**-53, 1.0])
def test_surprisal(p: float) -> None:
    assert close(value("surprisal", p), mp.inf if p == 0 else -mp.log(mpf(p)))


@pytest.mark.parametrize("name", ["kl", "jeffreys", "jensen_shannon", "squared_hellinger", "bhattacharyya", "chi_squared"])
@pytest.mark.parametrize("step", [Fraction(1, 10**k) for k in (2, 5, 8, 12)])
def test_decimals_that_are_rounded(name: str, step: Fraction) -> None:
    """The sums of such doubles differ from one by roundings, which a divergence of about step^2 does not show."""
    p = [Fraction(1, 10), Fraction(2, 10), Fraction(7, 10)]
    q = [Fraction(1, 10) + step, Fraction(2, 10) + step, Fraction(7, 10) - 2 * step]
    exact = [[mpf(x.numerator) / x.denominator for x in each] for each in (p, q)]
    expected = PAIRS[name](*exact)
    rounding = 4 * 2**-53 / float(step)
    for computed in (value, code):
        found = computed(name, [float(x) for x in p], [float(x) for x in q])
        assert close(found, expected, 1e-14 + rounding)


def power_sum(p: Any, q: Any, a: Any) -> Any:
    total = mpf(0)
    for x, y in zip(p, q, strict=True):
        if x == 0:
            continue
        if y == 0:
            total += mp.inf if a > 1 else 0
        else:
            total += x**a * y ** (1 - a)
    return total


def renyi(p: Any, q: Any, a: Any) -> Any:
    if a == 1:
        return kl(p, q)
    s = power_sum(p, q, a)
    return mp.log(s) / (a - 1) if s and not mp.isinf(s) else mp.inf


def alpha_divergence(p: Any, q: Any, a: Any) -> Any:
    if a == 1:
        return kl(p, q) - sum(p) + sum(q)
    if a == 0:
        return alpha_divergence(q, p, 1)
    return (a * sum(p) + (1 - a) * sum(q) - power_sum(p, q, a)) / (a * (1 - a))


ORDERS = [0.0, 0.25, 0.5, 1 - 2**-30, 1.0, 1 + 2**-40, 2.0, 30.0]


@pytest.mark.parametrize("computed", [value, code])
@pytest.mark.parametrize("case", EXACT)
@pytest.mark.parametrize("order", ORDERS)
def test_renyi_divergence(case: str, order: float, computed: Callable[..., float]) -> None:
    p, q = EXACT[case]
    if sum(p) != 1 and 0 < abs(order - 1) < 0.1:
        return  # close to a pole: there is no limit at 1 unless p sums to one
    expected = renyi(exactly(p), exactly(q), mpf(order))
    relative = 1e-13 if sum(p) != 1 else 2e-14
    assert close(computed("renyi", p, q, order), expected, relative), (computed("renyi", p, q, order), expected)


@pytest.mark.parametrize("computed", [value, code])
@pytest.mark.parametrize("case", EXACT)
@pytest.mark.parametrize("order", ORDERS)
def test_alpha_divergence(case: str, order: float, computed: Callable[..., float]) -> None:
    p, q = EXACT[case]
    expected = alpha_divergence(exactly(p), exactly(q), mpf(order))
    found = computed("alpha_divergence", p, q, order)
    assert close(found, expected, 2e-14), (found, expected)


@pytest.mark.parametrize("computed", [value, code])
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("p", [[0.5, 0.5], [0.25, 0.75], [1.0, 0.0], [0.0, 0.125, 0.875], [1 - 2**-50, 2**-50]])
def test_entropies_with_an_order(p: list[float], order: float, computed: Callable[..., float]) -> None:
    exact, a = exactly(p), mpf(order)
    with mp.workdps(60):
        entropy = -sum(quotient(x, mpf(1)) for x in exact)
        s = sum(x**a for x in exact if x)
        renyi_entropy = entropy if a == 1 else mp.log(s) / (1 - a)
        tsallis_entropy = entropy if a == 1 else (1 - s) / (a - 1)
    assert close(computed("renyi_entropy", p, order), renyi_entropy, 2e-14)
    assert close(computed("tsallis_entropy", p, order), tsallis_entropy, 2e-14)


JOINT: dict[str, list[list[float]]] = {
    "independent": [[0.0625, 0.1875], [0.1875, 0.5625]],
    "equal": [[0.5, 0.0], [0.0, 0.5]],
    "an empty row": [[0.25, 0.25], [0.0, 0.0], [0.125, 0.375]],
    "an empty column": [[0.25, 0.0, 0.25], [0.125, 0.0, 0.375]],
    "nearly independent": [[0.25 + 2**-40, 0.25 - 2**-40], [0.25 - 2**-40, 0.25 + 2**-40]],
    "no distribution": [[0.5, 1.0, 2.0], [0.25, 0.125, 3.0]],
}


def sums(p: Any) -> tuple[list[Any], list[Any]]:
    return [sum(row) for row in p], [sum(column) for column in zip(*p, strict=True)]


@pytest.mark.parametrize("computed", [value, code])
@pytest.mark.parametrize("case", JOINT)
def test_of_joint_distributions(case: str, computed: Callable[..., float]) -> None:
    with mp.workdps(700):
        p = [exactly(row) for row in JOINT[case]]
        rows, columns = sums(p)
        entries = [(p[i][j], rows[i], columns[j]) for i in range(len(rows)) for j in range(len(columns))]
        expected = {
            "mutual_information": sum(quotient(x, r * c) for x, r, c in entries),
            "conditional_entropy": -sum(quotient(x, r) for x, r, _ in entries),
            "conditional_entropy_of_rows": -sum(quotient(x, c) for x, _, c in entries),
            "entropy": -sum(quotient(x, mpf(1)) for x, _, _ in entries),
        }
    for name, exact in expected.items():
        relative = 1e-3 if case == "nearly independent" and name == "mutual_information" else 1e-14
        assert close(computed(name, JOINT[case]), exact, relative), (name, computed(name, JOINT[case]), exact)


NEAR_ONE = {
    "kl": ([1.0, 2.0**-1000], [1.0, 2.0**-900]),
    "jensen_shannon": ([1.0, 2.0**-1000], [1.0, 2.0**-900]),
    "chi_squared": ([1.0, 2.0**-1000], [1.0, 2.0**-900]),
    "squared_hellinger": ([1.0, 2.0**-1000], [1.0, 2.0**-900]),
    "bhattacharyya": ([1.0, 2.0**-1000], [1.0, 2.0**-900]),
}


@pytest.mark.parametrize("computed", [value, code])
@pytest.mark.parametrize("name", NEAR_ONE)
def test_a_large_entry_that_is_rounded_to_one(name: str, computed: Callable[..., float]) -> None:
    """The first entries are 1 less the second ones, which no double is."""
    p, q = NEAR_ONE[name]
    expected = PAIRS[name](*([1 - mpf(x[1]), mpf(x[1])] for x in (p, q)))
    assert close(computed(name, p, q), expected)


@pytest.mark.parametrize("computed", [value, code])
def test_the_mutual_information_of_a_rare_outcome(computed: Callable[..., float]) -> None:
    rare = mpf(2) ** -1000
    expected = -rare * mp.log(rare) - (1 - rare) * mp.log(1 - rare)
    assert close(computed("mutual_information", [[2.0**-1000, 0.0], [0.0, 1.0]]), expected)
    assert computed("mutual_information", [[1.0, 2.0**-1000], [0.0, 0.0]]) == 0.0


def test_independence_of_decimals_is_exact() -> None:
    for computed in (value, code):
        assert computed("mutual_information", [[0.06, 0.14], [0.24, 0.56]]) == 0.0


P, Q = np.array([0.5, 0.25, 0.25]), np.array([0.25, 0.25, 0.5])
LOG2 = math.log(2)
SLOPES: dict[str, tuple[Any, Any]] = {
    "cross_entropy": ([2 * LOG2, 2 * LOG2, LOG2], [-2, -1, -0.5]),
    "kl": ([1 + LOG2, 1, 1 - LOG2], [-2, -1, -0.5]),
    "jeffreys": ([LOG2 + 0.5, 0, -LOG2 - 1], [-LOG2 - 1, 0, LOG2 + 0.5]),
    "jensen_shannon": (
        [math.log(4 / 3) / 2, 0, math.log(2 / 3) / 2],
        [math.log(2 / 3) / 2, 0, math.log(4 / 3) / 2],
    ),
    "squared_hellinger": (
        [(1 - math.sqrt(0.5)) / 2, 0, (1 - math.sqrt(2)) / 2],
        [(1 - math.sqrt(2)) / 2, 0, (1 - math.sqrt(0.5)) / 2],
    ),
    "bhattacharyya_coefficient": (
        [math.sqrt(0.5) / 2, 0.5, math.sqrt(2) / 2],
        [math.sqrt(2) / 2, 0.5, math.sqrt(0.5) / 2],
    ),
    "chi_squared": ([2, 0, -1], [-3, 0, 0.75]),
}
"""By hand, at P and Q."""


@pytest.mark.parametrize("name", SLOPES)
def test_gradients_by_hand(name: str) -> None:
    p, q = build.variable("p", (3,)), build.variable("q", (3,))
    slopes = backpropagate(build.apply(find_operation(name), p, q), [p, q])
    found = evaluate([slopes.gradient(p), slopes.gradient(q)], {p: P, q: Q})
    np.testing.assert_allclose(found, SLOPES[name], rtol=1e-14, atol=1e-15)


def test_the_gradient_of_total_variation_is_half_a_sign() -> None:
    p, q = build.variable("p", (3,)), build.variable("q", (3,))
    slopes = backpropagate(build.apply(find_operation("total_variation"), p, q), [p, q])
    found = evaluate([slopes.gradient(p), slopes.gradient(q)], {p: P, q: Q})
    np.testing.assert_array_equal(found, [[0.5, 0.0, -0.5], [-0.5, 0.0, 0.5]])


def test_the_gradient_of_the_entropy() -> None:
    p = build.variable("p", (3,))
    [found] = evaluate([backpropagate(entropy(p), [p]).gradient(p)], {p: P})
    np.testing.assert_allclose(found, [LOG2 - 1, 2 * LOG2 - 1, 2 * LOG2 - 1], rtol=1e-14)


def test_the_gradient_of_mutual_information() -> None:
    """log(p / (r c)) - 1 in a joint distribution with marginals (1/2, 1/2)."""
    p = build.variable("p", (2, 2))
    node = build.apply(find_operation("mutual_information"), p)
    [found] = evaluate([backpropagate(node, [p]).gradient(p)], {p: [[0.375, 0.125], [0.125, 0.375]]})
    near, far = math.log(1.5) - 1, math.log(0.5) - 1
    np.testing.assert_allclose(found, [[near, far], [far, near]], rtol=1e-14)


@pytest.mark.parametrize("order", [1, 2])
def test_gradients_of_divergences_with_an_order(order: int) -> None:
    """Of order 1 those of the Kullback-Leibler divergence; of order 2, log of the sum of p^2 / q, which is 11/8 here."""
    p, q = build.variable("p", (3,)), build.variable("q", (3,))
    slopes = backpropagate(build.apply(find_operation("renyi"), p, q, build.constant(order)), [p, q])
    found = evaluate([slopes.gradient(p), slopes.gradient(q)], {p: P, q: Q})
    expected: Any = SLOPES["kl"] if order == 1 else ([32 / 11, 16 / 11, 8 / 11], [-32 / 11, -8 / 11, -2 / 11])
    np.testing.assert_allclose(found, expected, rtol=1e-14)


@pytest.mark.parametrize("order", [0, 1])
def test_gradients_of_the_alpha_divergence_at_its_limits(order: int) -> None:
    """Of sum p log(p/q) - p + q, and of the same of q and p."""
    p, q = build.variable("p", (3,)), build.variable("q", (3,))
    slopes = backpropagate(build.apply(find_operation("alpha_divergence"), p, q, build.constant(order)), [p, q])
    found = evaluate([slopes.gradient(p), slopes.gradient(q)], {p: P, q: Q})
    expected = ([LOG2, 0, -LOG2], [-1, 0, 0.5]) if order else ([0.5, 0, -1], [-LOG2, 0, LOG2])
    np.testing.assert_allclose(found, expected, rtol=1e-14, atol=1e-15)


@pytest.mark.parametrize("name", ["renyi_entropy", "tsallis_entropy"])
def test_gradients_of_entropies_of_order_one_are_those_of_the_entropy(name: str) -> None:
    p = build.variable("p", (3,))
    node = build.apply(find_operation(name), p, build.constant(1))
    [found] = evaluate([backpropagate(node, [p]).gradient(p)], {p: P})
    np.testing.assert_allclose(found, [LOG2 - 1, 2 * LOG2 - 1, 2 * LOG2 - 1], rtol=1e-14)


@pytest.mark.parametrize("computed", [value, code])
@pytest.mark.parametrize(("t", "p"), [([0.0, 1.0], [1.0, 0.0]), ([1.0, 0.0], [1.0, 0.0]), ([0.25, 0.75], [0.5, 1e-300])])
def test_focal_loss(t: list[float], p: list[float], computed: Callable[..., float]) -> None:
    pairs = zip(exactly(t), exactly(p), strict=True)
    expected = sum((mp.inf if b == 0 else -a * (1 - b) ** 2 * mp.log(b) for a, b in pairs if a), mpf(0))
    assert close(computed("focal_loss", t, p, 2.0), expected)


@pytest.mark.parametrize("computed", [value, code])
@pytest.mark.parametrize("p", [1e-300, 2.0**-40, 0.5, 1 - 2.0**-40, 1.0])
def test_binary_losses_beside_zero_and_one(p: float, computed: Callable[..., float]) -> None:
    x = mpf(p)
    log, log_rest = mp.log(x), (mp.log(1 - x) if p != 1 else -mp.inf)
    for t in (0.0, 0.5, 1.0):
        hit, miss = (0 if t == 0 else t * log), (0 if t == 1 else (1 - t) * log_rest)
        assert close(computed("binary_cross_entropy", t, p), -hit - miss)
        assert close(computed("binary_focal_loss", t, p, 2.0), -hit * (1 - x) ** 2 - miss * x**2, 1e-14)
