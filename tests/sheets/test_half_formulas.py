"""Equations with only their left side between dollars; values by hand."""

from math import log

import pytest

from chainrule.sheets.half_formulas import with_whole_equations
from chainrule.source import Source
from tests.sheets.information.answers import solved, values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Let $x$ = 3 and $y = x^2$. Compute $y$.", 9.0),
        ("Let $x$ = -0.5, $y$ = 4 and $z = x y$. Compute $z$.", -2.0),
        ("Compute $y = x^2$ at \\(x\\) = 3.", 9.0),
        ("Let $p$ = (0.5, 0.5) and $q$ = (0.25, 0.75). Compute $D_{KL}(p \\| q)$.", 0.5 * log(2) + 0.5 * log(2 / 3)),
        ("Let $P$ = {rain: 0.5, no rain: 0.5}. Compute $H(P)$.", log(2)),
    ],
)
def test_the_value_belongs_to_the_name(text: str, expected: float) -> None:
    assert values(text) == [pytest.approx(expected)]


@pytest.mark.parametrize(
    "text",
    [
        "Suppose $n$ = 10 samples are drawn.",
        "`$p$ = 3` is code.",
        "Let $x$ = 2 + a.",
        "Here $x \\in A$ = 3.",
        "It costs $5 = 5.",
    ],
)
def test_what_goes_on_stays_as_it_is(text: str) -> None:
    source = Source("sheet.md", text)
    assert with_whole_equations(source) is source


def test_places_are_those_of_the_file() -> None:
    problem = solved("Let $x$ = 3 and\n$y$ = 4.\n\nCompute $w$.")
    (fault,) = [each for each in problem.diagnostics if each.severity == "error"]
    assert fault.span is not None
    assert fault.span.line == 4
