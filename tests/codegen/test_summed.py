"""Programs that sum and integrate, of families whose densities are far apart in their tails; expected values by mpmath."""

import warnings
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

import pytest
from mpmath import mp, mpf

from chainrule.pipeline import solve_sheet
from chainrule.source import Source

Density = Callable[[Any], Any]


@pytest.fixture(autouse=True)
def many_digits() -> Iterator[None]:
    with mp.workdps(30):
        yield


def normal(mean: str, deviation: str) -> Density:
    m, s = mpf(mean), mpf(deviation)
    return lambda x: mp.exp(-(((x - m) / s) ** 2) / 2) / (s * mp.sqrt(2 * mp.pi))


def laplace(scale: str) -> Density:
    b = mpf(scale)
    return lambda x: mp.exp(-abs(x) / b) / (2 * b)


def integral(of: Density) -> Any:
    return mp.quad(of, [-60, -20, -6, -2, 0, 2, 6, 20, 60])


def hellinger(p: Density, q: Density) -> Any:
    return integral(lambda x: (mp.sqrt(p(x)) - mp.sqrt(q(x))) ** 2) / 2


def renyi(p: Density, q: Density, order: str) -> Any:
    a = mpf(order)
    return mp.log(integral(lambda x: p(x) ** a * q(x) ** (1 - a))) / (a - 1)


def kl(p: Density, q: Density) -> Any:
    return integral(lambda x: p(x) * mp.log(p(x) / q(x)))


FAMILIES = {
    "N(0, 1)": lambda: normal("0", "1"),
    "N(0.1, 1.21)": lambda: normal("0.1", "1.1"),
    "\\mathrm{Laplace}(0, 1)": lambda: laplace("1"),
    "\\mathrm{Laplace}(0, 0.8)": lambda: laplace("0.8"),
}
QUANTITIES = {
    "H^2(P, Q)": hellinger,
    "D_{0.5}(P \\| Q)": lambda p, q: renyi(p, q, "0.5"),
    "D_2(P \\| Q)": lambda p, q: renyi(p, q, "2"),
    "D_{KL}(P \\| Q)": kl,
    "\\chi^2(P \\| Q)": lambda p, q: mp.expm1(renyi(p, q, "2")),
    "D_{0.9}(P \\| Q)": lambda p, q: renyi(p, q, "0.9"),
}
PAIRS = [
    ("N(0, 1)", "\\mathrm{Laplace}(0, 1)"),
    ("N(0, 1)", "\\mathrm{Laplace}(0, 0.8)"),
    ("N(0, 1)", "N(0.1, 1.21)"),
]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_the_program_finds_what_is_the_value(first: str, second: str) -> None:
    asked = " ".join(f"Compute ${quantity}$." for quantity in QUANTITIES)
    (problem,) = solve_sheet(Source("sheet.md", f"$P \\sim {first}$, $Q \\sim {second}$.\n\n{asked}\n")).problems
    assert len(problem.answers) == len(QUANTITIES)
    p, q = FAMILIES[first](), FAMILIES[second]()
    for answer, quantity in zip(problem.answers, QUANTITIES.values(), strict=True):
        expected = float(quantity(p, q))
        assert answer.code is not None
        assert answer.value == pytest.approx(expected, rel=1e-11)
        assert run(answer.code.numpy) == pytest.approx(expected, rel=1e-11)


def run(source: str) -> float:
    space: dict[str, Any] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        exec(compile(source, "<generated>", "exec"), space)
        return [value for value in space.values() if isinstance(value, FunctionType)][-1]()
