r"""The point where something is smallest or largest, and the index of what has one entry. All values by hand."""

import math

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.source import Source


def read(text: str) -> tuple[list[object], list[str]]:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    return [each.value for each in problem.answers], [each.code for each in problem.diagnostics if each.severity == "error"]


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("Let $f(w) = w^2 - 4w + 1$. Find the minimiser of $f$.", [2.0]),
        ("Let $f(w) = 6w - w^2$. Where is the maximum?", [3.0]),
        ("Let $f(x, y) = x^2 - y^2 + 2x$. Find the stationary point of $f$.", [-1.0, 0.0]),
        ("Let $f(w) = e^w - 2w$. Find the minimiser of $f$.", [math.log(2)]),
        ("Let $L(w) = (wx - y)^2$, $x = 2$, $y = 3$. Find $w$ that minimises $L$.", [1.5]),
        ("Let $f(w) = w^2 - 4w$ and $g(w) = w^2 + 2 w$. Find the minimiser of $f + g$.", [0.5]),
    ],
)
def test_the_only_point(text: str, point: list[float]) -> None:
    values, errors = read(text)
    assert values == pytest.approx(point, abs=1e-12)
    assert errors == []


@pytest.mark.parametrize(
    "text",
    [
        "Let $f(w) = w^2 - 4w + 1$. Where is the maximum?",  # there is none
        "Let $f(w) = w^4 - 2w^2$. Find the minimiser of $f$.",  # there are two
        "Let $f(x, y) = x^2 - y^2 + 2x$. Find the minimiser of $f$.",  # a saddle
        "Let $f(w) = 3 w + 1$. Find the stationary point of $f$.",
        r"Let $f(w) = (w-3)^2$ for $w \le 1$. Find the minimiser of $f$.",
        r"Let $f(x) = \log(1+e^{-x})$. Where is the minimum of $f$?",  # it is not reached
    ],
)
def test_points_that_are_not_decided(text: str) -> None:
    assert read(text) == ([], ["point-open"])


UNIT = r"Let $z_j = \sum_i W_{ji} x_i + b_j$, $a_j = \sigma(z_j)$ and $C = \frac12 \sum_j (a_j - y_j)^2$ with $x = (1, -0.5)$, "


def test_the_index_of_a_single_unit() -> None:
    values, errors = read(UNIT + r"$W = \begin{pmatrix} 1 & 2 \end{pmatrix}$, $b = 0.5$, $y = 1$. Compute $C$.")
    assert values == pytest.approx([(1 / (1 + math.exp(-0.5)) - 1) ** 2 / 2])
    assert errors == []


@pytest.mark.parametrize(
    "text",
    [
        UNIT + r"$W = \begin{pmatrix} 1 & 2 \end{pmatrix}$, $b = 0.5$, $y = (1, 0)$. Compute $C$.",
        r"Let $z_j = w_j + b_j$, $b = 0.5$ and $w \in \mathbb{R}^3$, and $L = \sum_j z_j$. Compute $\partial L/\partial w$.",
    ],
)
def test_a_number_beside_several_entries_is_refused(text: str) -> None:
    values, errors = read(text)
    assert values == []
    assert "shape-clash" in errors
