"""The condition of a conditional entropy is what stands behind the bar, in whatever letters it is written.

The joint distribution is [[0.1, 0.3], [0.6, 0]], so p(x) = (0.4, 0.6) and p(y) = (0.7, 0.3); expected values by hand:
H(X|Y) = 0.1 ln 7 + 0.6 ln(7/6) and H(Y|X) = 0.1 ln 4 + 0.3 ln(4/3).
"""

import math

import pytest

from tests.solving.sheets import errors, solve

TABLE = "| $p(x,y)$ | $y = 0$ | $y = 1$ |\n|---|---|---|\n| $x = 0$ | 0.1 | 0.3 |\n| $x = 1$ | 0.6 | 0 |\n\n"
OF_X = 0.1 * math.log(7) + 0.6 * math.log(7 / 6)
OF_Y = 0.1 * math.log(4) + 0.3 * math.log(4 / 3)


@pytest.mark.parametrize(
    ("asked", "value", "below"),
    [
        ("H[x|y]", OF_X, "p(y)"),
        ("H(x|y)", OF_X, "p(y)"),
        (r"H(x \mid y)", OF_X, "p(y)"),
        ("H(X|Y)", OF_X, "p(y)"),
        ("H[y|x]", OF_Y, "p(x)"),
        ("H(y|x)", OF_Y, "p(x)"),
        ("H(Y|X)", OF_Y, "p(x)"),
    ],
)
def test_the_condition_is_behind_the_bar(asked: str, value: float, below: str) -> None:
    problem = solve(TABLE + f"Compute ${asked}$.")
    assert errors(problem) == []
    (found,) = [each for each in problem.answers if each.table is not None]
    assert found.value == pytest.approx(value, rel=1e-12)
    assert found.table is not None
    assert below in [column.text.replace(" ", "") for column in found.table.headings]
    assert f"/{below}" in found.formula.text.replace(" ", "")


@pytest.mark.parametrize(
    ("asked", "heading"), [("H[x]", "p(x)"), ("H(x)", "p(x)"), ("H(X)", "p(x)"), ("H[y]", "p(y)"), ("H(Y)", "p(y)")]
)
def test_a_marginal_is_called_p(asked: str, heading: str) -> None:
    problem = solve(TABLE + f"Compute ${asked}$.")
    (found,) = [each for each in problem.answers if each.table is not None]
    assert found.table is not None
    assert found.table.headings[1].text.replace(" ", "") == heading
