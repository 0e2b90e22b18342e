""" "Evaluate it at ...": the formula that the text has just defined."""

from math import log

import pytest

from tests.sheets.information.answers import refusals, values

FOCAL = "The loss of an example is\n$$\\mathrm{FL}(p) = -(1 - p)^\\gamma \\log p .$$\n\n"
BREGMAN = (
    "The divergence of a convex function $G$ is $D_G(u, v) = G(u) - G(v) - \\nabla G(v)^\\top (u - v)$."
    " Evaluate it at $u = (0.6, 0.4)$ and $v = (0.3, 0.7)$ for\n\n"
)
U, V = (0.6, 0.4), (0.3, 0.7)


def test_each_part_has_its_own_values() -> None:
    points = [("0.9", 2), ("0.1", 2), ("0.9", 0)]
    asked = "\n".join(f"{k}. Evaluate it at $p = {p}$, $\\gamma = {gamma}$." for k, (p, gamma) in enumerate(points, 1))
    expected = [-(0.1**2) * log(0.9), -(0.9**2) * log(0.1), -log(0.9)]
    assert values(FOCAL + asked) == [pytest.approx(each, rel=1e-12) for each in expected]


def test_they_hold_for_their_part_alone() -> None:
    assert values(FOCAL + "1. Evaluate it at $p = 0.9$, $\\gamma = 2$.\n2. Derive $\\frac{d\\,\\mathrm{FL}}{dp}$.")[1] is None


def test_other_functions_in_each_part() -> None:
    asked = "a) $G(u) = \\|u\\|^2$,\n\nb) $G(u) = \\sum_i u_i \\log u_i$,\n\nc) $G(u) = -\\sum_i \\log u_i$."
    squares = sum((u - v) ** 2 for u, v in zip(U, V, strict=True))
    entropies = sum(u * log(u / v) for u, v in zip(U, V, strict=True))
    ratios = sum(u / v - log(u / v) - 1 for u, v in zip(U, V, strict=True))
    assert values(BREGMAN + asked) == [pytest.approx(each, rel=1e-12) for each in (squares, entropies, ratios)]


@pytest.mark.parametrize("it", ["it", "this expression", "the formula", "this function", "this"])
def test_words_for_it(it: str) -> None:
    assert values(f"The energy is $E(a, b) = a b^2$.\n\n(a) Evaluate {it} at $a = 2$ and $b = 3$.") == [18.0]


def test_of_two_formulas_none_is_taken() -> None:
    assert refusals("Let $f(x) = x^2$ and $g(x) = x^3$. Evaluate it at $x = 2$.") == ["task-not-understood"]


def test_a_result_that_was_asked_for_is_meant_first() -> None:
    text = "The tilt is $t(x) = x^3 - x$. Compute $\\frac{dt}{dx}$. Evaluate it at $x = 2$."
    assert values(text)[-1] == 11.0


@pytest.mark.parametrize(
    "asked",
    [
        "Find the derivative of $J$ with respect to $w$ and evaluate it at $w = 1$.",
        "\n\n1. Find $\\frac{dJ}{dw}$, then evaluate it for $w = 1$.",
        "\n\n(a) Find the derivative of $J$ with respect to $w$.\n\n(b) Evaluate it at $w = 1$.",
        "\n\n(a) Compute $J$ for $w = 2$.\n\n(b) Find $\\frac{dJ}{dw}$ and evaluate it at $w = 1$.",
    ],
)
def test_a_derivative_that_was_asked_for_is_meant_and_not_its_function(asked: str) -> None:
    assert values(f"Let $J(w) = w^2 + w$. {asked}")[-1] == 3.0
