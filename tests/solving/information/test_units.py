"""Units of information: how they are typed, and quantities in equations measured in one."""

import math

import pytest

import chainrule as cr
from chainrule.pipeline import solve_equations
from chainrule.solving.information.units import base_of, read_unit
from tests.solving.sheets import entry


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("bits", "bits"),
        ("2", "bits"),
        ("base 2", "bits"),
        ("NATS", "nats"),
        ("e", "nats"),
        ("10", "base 10"),
        ("base 3", "base 3"),
        ("1.5", "base 3/2"),
    ],
)
def test_what_a_person_types(typed: str, unit: str) -> None:
    assert read_unit(typed) == unit


@pytest.mark.parametrize("typed", ["", "metres", "0", "1", "-2", "1/0", "bit s"])
def test_what_is_no_unit(typed: str) -> None:
    with pytest.raises(cr.ChainruleError, match="is no unit of information"):
        _ = read_unit(typed)


def test_bases() -> None:
    assert [base_of(unit).number for unit in ("nats", "bits", "base 3/2")] == [None, 2, pytest.approx(1.5)]


@pytest.mark.parametrize("equations", ["D_KL(p || q)", "3 D_KL(p || q)", "D_KL(p || q) + H(p)", "L = 2 D_KL(p || q) - 1"])
def test_equations_measured_in_bits(equations: str) -> None:
    given = {"p": "[0.5, 0.5]", "q": "[0.25, 0.75]"}
    values: list[list[float]] = []
    for unit in (None, "bits"):
        [problem] = solve_equations(equations, ["q"], None, {}, given, unit=unit).problems
        assert problem.status == "solved", problem.diagnostics
        [answer] = problem.answers
        assert entry(answer)() == pytest.approx(answer.value)
        values.append([float(x) for x in entry(answer)()])
    assert values[1] == pytest.approx([x / math.log(2) for x in values[0]], rel=1e-12)


def test_a_unit_where_nothing_is_measured_is_an_error() -> None:
    with pytest.raises(cr.ChainruleError, match="no entropy or divergence"):
        _ = solve_equations("y = x^2", ["x"], None, {}, {}, unit="bits")
