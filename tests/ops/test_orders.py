"""Divergences and entropies at the orders 0, 1 and infinity, and their derivatives by the order; expected values by mpmath."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from mpmath import mp, mpf

import chainrule as cr
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.operation import Operation
from chainrule.ops.information.infinite import MAX_DIVERGENCE, MIN_ENTROPY
from chainrule.ops.information.orders import ALPHA_DIVERGENCE, RENYI
from chainrule.ops.information.powers import RENYI_ENTROPY, TSALLIS_ENTROPY
from chainrule.ops.information.slopes import SLOPES

P, Q = (0.25, 0.25, 0.5), (0.5, 0.375, 0.125)
p, q, a = build.variable("p", ("n",)), build.variable("q", ("n",)), build.variable("a")
Quantity = Callable[[mpf], mpf]


@pytest.fixture(autouse=True)
def many_digits() -> Iterator[None]:
    with mp.workdps(60):
        yield


def renyi(order: mpf) -> mpf:
    return mp.log(sum(mpf(x) ** order * mpf(y) ** (1 - order) for x, y in zip(P, Q, strict=True))) / (order - 1)


def alpha(order: mpf) -> mpf:
    powers = sum(mpf(x) ** order * mpf(y) ** (1 - order) for x, y in zip(P, Q, strict=True))
    return (1 - powers) / (order * (1 - order))


def renyi_entropy(order: mpf) -> mpf:
    return mp.log(sum(mpf(x) ** order for x in P)) / (1 - order)


def tsallis(order: mpf) -> mpf:
    return (1 - sum(mpf(x) ** order for x in P)) / (order - 1)


def by_order(quantity: Quantity, order: float) -> float:
    """The derivative by a central difference of 60 digits, a little beside the order, where the formula is no 0 / 0."""
    step = mpf(10) ** -15
    return float((quantity(mpf(order) + step) - quantity(mpf(order) - step)) / (2 * step))


def number(operation: Operation, order: float) -> float:
    two = operation in (RENYI, ALPHA_DIVERGENCE)
    node = build.apply(SLOPES[operation], *((p, q) if two else (p,)), a)
    return float(evaluate([node], {p: P, q: Q, a: order})[0])


@pytest.mark.parametrize("order", [0.01, 0.3, 0.999, 1 - 1e-9, 1.0, 1 + 1e-9, 1.01, 2.0, 7.5])
@pytest.mark.parametrize(
    ("operation", "quantity"),
    [(RENYI, renyi), (ALPHA_DIVERGENCE, alpha), (RENYI_ENTROPY, renyi_entropy), (TSALLIS_ENTROPY, tsallis)],
)
def test_the_derivative_by_the_order(operation: Operation, quantity: Quantity, order: float) -> None:
    assert number(operation, order) == pytest.approx(by_order(quantity, order), rel=1e-12)


def test_at_order_one_it_is_half_the_variance_of_the_log_ratio() -> None:
    ratios = np.log(np.divide(P, Q))
    mean = np.dot(P, ratios)
    assert number(RENYI, 1.0) == pytest.approx(np.dot(P, (ratios - mean) ** 2) / 2, rel=1e-14)


@pytest.mark.parametrize("order", [1.0, 1 + 1e-9])
@pytest.mark.parametrize(
    ("formula", "quantity"),
    [
        (r"L = D_\alpha(p \| q)", renyi),
        (r"L = \mathrm{Amari}(p, q, \alpha)", alpha),
        (r"L = \mathrm{RenyiEntropy}(p, \alpha)", renyi_entropy),
        (r"L = \mathrm{TsallisEntropy}(p, \alpha)", tsallis),
    ],
)
def test_the_formula_has_its_number_at_order_one(formula: str, quantity: Quantity, order: float) -> None:
    values: dict[str, object] = {"p": P, "q": Q, r"\alpha": order}
    known = {name: value for name, value in values.items() if name != "q" or "q" in formula}
    net = cr.parse(formula, shapes={name: ("n",) for name in known if len(name) == 1})
    expected = pytest.approx(by_order(quantity, order), rel=1e-12)
    assert net.derivative("L", r"\alpha").at(known) == expected  # pyright: ignore[reportArgumentType]
    assert net.at(known).gradient("L", r"\alpha") == expected  # pyright: ignore[reportArgumentType]


def test_an_absent_outcome_does_not_count() -> None:
    node = build.apply(SLOPES[RENYI], p, q, a)
    with_zero = evaluate([node], {p: (*P, 0.0), q: (*Q, 0.0), a: 1.0})[0]
    assert float(with_zero) == number(RENYI, 1.0)


def test_order_infinity_is_the_limit() -> None:
    found = float(evaluate([build.apply(MAX_DIVERGENCE, p, q)], {p: P, q: Q})[0])
    assert found == np.log(4)
    assert float(renyi(mpf(10) ** 4)) == pytest.approx(found, rel=1e-3)
    assert float(evaluate([build.apply(MIN_ENTROPY, p)], {p: P})[0]) == np.log(2)


def test_order_infinity_leaves_out_what_is_absent() -> None:
    node = build.apply(MAX_DIVERGENCE, p, q)
    assert float(evaluate([node], {p: (0.5, 0.5, 0), q: (0.25, 0.75, 0)})[0]) == np.log(2)
    assert float(evaluate([node], {p: (0.5, 0.5), q: (1.0, 0)})[0]) == np.inf


def test_order_infinity_has_a_subgradient() -> None:
    net = cr.parse(r"L = D_\infty(p \| q)", shapes={"p": ("n",), "q": ("n",)})
    values = {"p": [0.5, 0.5, 0], "q": [0.25, 0.75, 0]}
    assert net.derivative("L", "p").at(values).tolist() == [2, 0, 0]
    assert net.derivative("L", "q").at(values).tolist() == [-4, 0, 0]
    assert "of several largest ratios p / q the first one counts" in net.derivative("L", "p").conventions
