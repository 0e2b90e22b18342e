"""What power, exp and log make of exact numbers, and how a power prints."""

from fractions import Fraction

import pytest

from chainrule.errors import EvaluationError
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.node import Apply, Constant
from chainrule.ops.arithmetic import EXP, POWER, E, divide, exp, log, power, reciprocal, square
from chainrule.ops.exponential import logarithm, sqrt
from chainrule.syntax.tree import Call, Name, Number, Quotient, Sum, Superscript, Tree

X = build.variable("x")
V = build.variable("v", ("n",))


def number(value: int | str) -> Number:
    return Number(Fraction(value))


@pytest.mark.parametrize(
    ("base", "exponent", "expected"),
    [
        (2, 10, 1024),
        (Fraction(2, 3), -2, Fraction(9, 4)),
        (-2, 3, -8),
        (1, Fraction(1, 2), 1),
        (0, 3, 0),
        (0, Fraction(1, 2), 0),
        (7, 0, 1),
    ],
)
def test_powers_of_exact_numbers_are_exact(base: int, exponent: int, expected: int) -> None:
    assert power(build.constant(base), exponent) is build.constant(expected)


def test_a_power_too_long_to_write_out_stays_a_power() -> None:
    made = power(build.constant(10), 10**9)
    assert isinstance(made, Apply)
    assert evaluate([made], {}) == [float("inf")]


def test_an_irrational_power_stays_a_power() -> None:
    [value] = evaluate([power(build.constant(2), Fraction(1, 2))], {})
    assert value == pytest.approx(1.4142135623730951)


def test_trivial_exponents() -> None:
    assert power(V, 1) is V
    assert power(V, 0) is build.ones(V.shape)
    assert power(build.zeros(V.shape), 2) is build.zeros(V.shape)


@pytest.mark.parametrize("zero", [build.constant(0), build.zeros(V.shape)])
def test_dividing_by_zero_is_an_error(zero: Constant) -> None:
    with pytest.raises(EvaluationError) as caught:
        divide(X, zero)
    assert caught.value.code == "division-by-zero"


def test_e_is_the_base_of_exp_and_log() -> None:
    e = build.apply(E)
    assert power(e, X) is build.apply(EXP, X)
    assert power(e, 1) is e
    assert log(e) is build.constant(1)
    assert log(build.constant(1)) is build.constant(0)
    assert exp(build.constant(0)) is build.constant(1)
    assert exp(build.zeros(V.shape)) is build.ones(V.shape)


def test_roots_and_quotients_are_powers() -> None:
    assert sqrt(X) is build.apply(POWER, X, build.constant(Fraction(1, 2)))
    assert reciprocal(X) is build.apply(POWER, X, build.constant(-1))
    assert square(X) is build.apply(POWER, X, build.constant(2))
    assert divide(X, build.constant(4)) is build.scale(Fraction(1, 4), X)


def test_logarithms_of_any_base() -> None:
    assert evaluate([logarithm(X, build.constant(2))], {X: 32}) == [pytest.approx(5.0)]


@pytest.mark.parametrize(
    ("exponent", "expected"),
    [
        (number(2), Superscript(Name("x"), number(2))),
        (Name("n"), Superscript(Name("x"), Name("n"))),
        (number("1/2"), Call(Name("sqrt"), (Name("x"),))),
        (Quotient(number(1), number(2)), Call(Name("sqrt"), (Name("x"),))),
        (number(-1), Quotient(number(1), Name("x"))),
        (Sum((-1,), (number(1),)), Quotient(number(1), Name("x"))),
        (number(-2), Quotient(number(1), Superscript(Name("x"), number(2)))),
        (number("-1/2"), Quotient(number(1), Call(Name("sqrt"), (Name("x"),)))),
        (Sum((-1,), (Quotient(number(3), number(2)),)), Quotient(number(1), Superscript(Name("x"), number("3/2")))),
        (Sum((-1,), (Name("n"),)), Superscript(Name("x"), Sum((-1,), (Name("n"),)))),
        (Quotient(number(1), number(0)), Superscript(Name("x"), Quotient(number(1), number(0)))),
    ],
)
def test_how_a_power_prints(exponent: Tree, expected: Tree) -> None:
    assert POWER.tree is not None
    assert POWER.tree(Name("x"), exponent) == expected


@pytest.mark.parametrize(
    ("exponent", "expected"),
    [
        ("2", "np.square(x)"),
        ("2.0", "np.square(x)"),
        ("-1", "(1.0 / (x))"),
        ("(-1.0)", "(1.0 / (x))"),
        ("0.5", "np.sqrt(x)"),
        ("(1/2)", "np.sqrt(x)"),
        ("n", "np.float_power(x, n)"),
        ("-2", "np.float_power(x, -2)"),
    ],
)
def test_the_code_of_a_power(exponent: str, expected: str) -> None:
    assert POWER.numpy is not None
    assert POWER.numpy("x", exponent) == expected
