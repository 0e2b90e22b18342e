"""Numbers that are certain to the last digit of a float: what they are held to is mpmath, or is known by hand."""

from decimal import Decimal
from fractions import Fraction

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.inference.literals import Exact
from chainrule.ops import find_operation
from chainrule.ops.activation import sigmoid
from chainrule.ops.arithmetic import divide, exp, log, power
from chainrule.ops.comparison import greater, where
from chainrule.ops.ratios import present, share
from chainrule.solving.balls import Arithmetic, Ball, sign_of
from chainrule.solving.enclosed import certain_number, certain_slopes, exact_number
from tests.solving.sheets import solve

a, b = build.variable("a"), build.variable("b")
p, q = build.variable("p", ("n",)), build.variable("q", ("n",))
HALF, TINY = Fraction(1, 2), Fraction(1, 10**300)
fractions = st.fractions(min_value=Fraction(1, 10**6), max_value=50, max_denominator=10**9)


def certain(node: Node, values: dict[Node, Exact]) -> float | None:
    found = certain_number(node, values, {"n": 2})
    return None if found is None else found[()]


def mp(value: Fraction) -> mpmath.mpf:
    return mpmath.mpf(value.numerator) / value.denominator


@given(fractions, fractions)
def test_a_ball_holds_the_true_number(x: Fraction, y: Fraction) -> None:
    """Of each rule, at few digits, beside the same at sixty: the error is a bound, and a near one."""
    few = Arithmetic(12)
    with mpmath.workdps(60):
        u, v = mp(x), mp(y)
        made = {
            few.log(few.ball(x)): mpmath.log(u),
            few.exp(few.ball(x)): mpmath.exp(u),
            few.power(few.ball(x), few.ball(y)): u**v,
            few.power(few.ball(x), Fraction(-3, 2)): u ** mpmath.mpf("-1.5"),
            few.power(few.ball(x), Fraction(1, 2)): mpmath.sqrt(u),
            few.add(few.ball(x), few.log(y)): u + mpmath.log(v),
            few.multiply(few.log(x), few.ball(y)): mpmath.log(u) * v,
            few.reciprocal(few.ball(x)): 1 / u,
        }
        for found, true in made.items():
            if isinstance(found, Ball):
                off = abs(mpmath.mpf(str(found.middle)) - true)
                assert off <= mpmath.mpf(str(found.error))
                assert found.error <= max(abs(found.middle), Decimal(300)) * Decimal("1e-7")
            else:
                assert found is not None
                assert mp(found) == true


def test_what_is_not_decided_is_no_number() -> None:
    arithmetic = Arithmetic(20)
    about_zero = Ball(Decimal(0), Decimal("1e-20"))
    assert sign_of(about_zero) is None
    assert arithmetic.log(about_zero) is None
    assert arithmetic.reciprocal(about_zero) is None
    assert arithmetic.reciprocal(Fraction(0)) is None
    assert arithmetic.power(Fraction(0), Fraction(0)) is None
    assert arithmetic.power(Fraction(-2), HALF) is None
    assert arithmetic.exp(Fraction(10**9)) is None
    assert arithmetic.add(None, Fraction(1)) is None


def test_exact_numbers_stay_exact() -> None:
    arithmetic = Arithmetic(20)
    assert arithmetic.add(Fraction(1, 10), Fraction(2, 10)) == Fraction(3, 10)
    assert arithmetic.power(Fraction(-2, 3), Fraction(-3)) == Fraction(-27, 8)
    assert arithmetic.log(Fraction(1)) == 0
    assert arithmetic.exp(Fraction(0)) == 1
    assert isinstance(arithmetic.power(Fraction(3, 7), Fraction(10**6)), Ball)


with mpmath.workdps(60):
    SIGMOIDS_APART = float(1 / (1 + mpmath.exp(-50)) - 1 / (1 + mpmath.exp(-51)))
CERTAIN = [
    (build.subtract(log(a), log(b)), HALF, HALF + TINY, -2e-300),
    (build.subtract(sigmoid(a), sigmoid(b)), Fraction(50), Fraction(51), SIGMOIDS_APART),
    (build.subtract(log(build.multiply(a, b)), build.add(log(a), log(b))), HALF, Fraction(7), 0.0),
    (build.add(a, b, build.constant(Fraction(-3, 10))), Fraction(1, 10), Fraction(2, 10), 0.0),
    (build.scale(-1, power(a, 2)), TINY, HALF, 0.0),
    (power(build.subtract(a, b), 3), Fraction(1), Fraction(3), -8.0),
    (where(greater(a, b), a, b), HALF, Fraction(7), 7.0),
    (present(a, log(b)), Fraction(0), Fraction(0), 0.0),
    (share(a, b), Fraction(0), Fraction(0), 0.0),
    (divide(exp(a), exp(b)), Fraction(2000), Fraction(1999), 2.718281828459045),
]


@pytest.mark.parametrize(("node", "x", "y", "expected"), CERTAIN)
def test_a_graph_keeps_every_digit(node: Node, x: Fraction, y: Fraction, expected: float) -> None:
    """By hand, as that log(1/2) - log(1/2 + t) is -2t for a tiny t, or by mpmath."""
    found = certain(node, {a: x, b: y})
    assert found == pytest.approx(expected, rel=1e-15, abs=0)
    assert str(found) != "-0.0"


UNCERTAIN = [
    (log(a), Fraction(-1)),
    (divide(a, a), Fraction(0)),
    (exp(a), Fraction(1000)),
    (build.apply(find_operation("sin"), a), HALF),
]


@pytest.mark.parametrize(("node", "x"), UNCERTAIN)
def test_what_has_no_certain_number_is_left(node: Node, x: Fraction) -> None:
    """No value, out of range, or no rule; nothing is made up."""
    assert certain(node, {a: x}) is None


def test_what_is_large_is_left() -> None:
    long: Exact = tuple(Fraction(1, k + 1) for k in range(10_000))
    assert certain_number(build.total(log(p)), {p: long}, {"n": 10_000}) is None


def test_the_largest_entry() -> None:
    near: Exact = (HALF - TINY, HALF)
    assert certain(build.apply(find_operation("max_entry"), p), {p: near}) == 0.5


def test_exact_numbers_are_of_sums_and_products_alone() -> None:
    assert exact_number(divide(a, b), {a: Fraction(1), b: Fraction(3)}) == Fraction(1, 3)
    assert exact_number(log(a), {a: Fraction(3)}) is None


def test_differences_of_many_digits() -> None:
    """Of the divergence (p log(p / q)) near p = q the slope by p is log(p / q) + 1, that of (p - q)^2 / q is 2 (p - q) / q."""
    off = Fraction(1, 10**12)
    values: dict[Node, Exact] = {p: (HALF + off, HALF - off), q: (HALF, HALF)}
    squares = build.total(divide(power(build.subtract(p, q), 2), q))
    found = certain_slopes(squares, p, values, {"n": 2})
    assert found == pytest.approx({(0,): 4e-12, (1,): -4e-12}, rel=1e-9)
    assert certain_slopes(squares, p, {p: (Fraction(0), Fraction(1)), q: (HALF, HALF)}, {"n": 2}) is None
    assert certain_slopes(log(a), b, {a: HALF}, {}) is None


NEAR = r"Let $p = (0.300000000001, 0.699999999999)$ and $q = (0.3, 0.7)$ be distributions."
EDGE = r"Let $p = (10^{-300}, 1 - 10^{-300})$ and $q = (2 \cdot 10^{-300}, 1 - 2 \cdot 10^{-300})$ be distributions."


def _numbers() -> dict[str, tuple[tuple[mpmath.mpf, ...], tuple[mpmath.mpf, ...]]]:
    off, tiny = mpmath.mpf(10) ** -12, mpmath.mpf(10) ** -300
    third, rest = mpmath.mpf(3) / 10, mpmath.mpf(7) / 10
    return {NEAR: ((third + off, rest - off), (third, rest)), EDGE: ((tiny, 1 - tiny), (2 * tiny, 1 - 2 * tiny))}


SLOPES = {
    r"D_{KL}(p \parallel q)": (lambda x, y: mpmath.log(x / y) + 1, lambda x, y: -x / y),
    r"\mathrm{JSD}(p \parallel q)": (
        lambda x, y: mpmath.log(2 * x / (x + y)) / 2,
        lambda x, y: mpmath.log(2 * y / (x + y)) / 2,
    ),
    r"D_J(p \parallel q)": (lambda x, y: mpmath.log(x / y) + 1 - y / x, lambda x, y: mpmath.log(y / x) + 1 - x / y),
    r"H^2(p, q)": (lambda x, y: (1 - mpmath.sqrt(y / x)) / 2, lambda x, y: (1 - mpmath.sqrt(x / y)) / 2),
    r"\chi^2(p \parallel q)": (lambda x, y: 2 * (x - y) / y, lambda x, y: 1 - (x / y) ** 2),
    "H(p, q)": (lambda x, y: -mpmath.log(y), lambda x, y: -x / y),
}
"""By p and by q, each entry by itself: the derivatives by hand."""


@pytest.mark.parametrize("form", SLOPES)
@pytest.mark.parametrize("point", [NEAR, EDGE])
def test_gradients_of_near_neighbours_keep_their_digits(point: str, form: str) -> None:
    tasks = "Compute $\\nabla_p L$.\n\nCompute $\\nabla_q L$.\n"
    answers = solve(f"# Problem 1\n{point}\n\nLet $L = {form}$.\n\n{tasks}").answers
    with mpmath.workdps(700):
        x, y = _numbers()[point]
        expected = [[float(slope(*pair)) for pair in zip(x, y, strict=True)] for slope in SLOPES[form]]
    assert [answer.value for answer in answers] == [pytest.approx(each, rel=1e-13, abs=0) for each in expected]


def test_the_slope_of_a_loss_beside_its_minimum() -> None:
    """(p - y) / (p (1 - p)) at p = y + 1e-12."""
    given = r"Let $y = 0.3$, $p = 0.300000000001$ and $L = -y \log p - (1 - y) \log(1 - p)$."
    [answer] = solve(f"# Problem 1\n{given}\n\nCompute $\\frac{{\\partial L}}{{\\partial p}}$.\n").answers
    assert answer.value == pytest.approx(4.761904761895692e-12, rel=1e-14)


def test_a_negative_quantity_that_is_zero_has_no_sign() -> None:
    given = r"Let $p = (0.3, 0.7)$ and $q = (0.3, 0.7)$ be distributions and $L = -D_{KL}(p \parallel q)$."
    [answer] = solve(f"# Problem 1\n{given}\n\nCompute $L$.\n").answers
    assert str(answer.value) == "0.0"
    assert answer.code is not None
    assert "return float(0.0 - " in answer.code.numpy
