"""One answer for each of several points: values of a parameter, temperatures, orders."""

from math import log, log2, pi

import pytest

from chainrule.solving.answer import ProblemSolution
from tests.solving.sheets import errors, solve

COIN = "Let $X \\sim \\mathrm{Bernoulli}(p)$. "
TABLE = "Let $P = (0.5, 0.25, 0.25)$ and $Q = (0.2, 0.3, 0.5)$. "


def h(p: float) -> float:
    return -p * log2(p) - (1 - p) * log2(1 - p)


def numbers(problem: ProblemSolution) -> list[object]:
    assert problem.status == "solved", problem.diagnostics
    return [answer.value for answer in problem.answers]


@pytest.mark.parametrize(
    "request_",
    [
        "Compute $H(X)$ in bits at $p = 0.1$, $0.5$, and $0.9$.",
        "Compute $H(X)$ in bits for $p = 0.1$, $p = 0.5$ and $p = 0.9$.",
        "Compute the entropy of $X$ in bits for $p = 0.1, 0.5, 0.9$.",
        "Compute the entropy of $X$ for p = 0.1, 0.5, and 0.9 (in bits).",
        "For $p = 0.1$, $0.5$ and $0.9$, compute the entropy of $X$ in bits.",
        "What is the entropy of $X$ in bits when $p = 0.1$, when $p = 0.5$, and when $p = 0.9$?",
        "Evaluate the entropy of $X$ in bits for $p\\in\\{1/10,\\ 1/2,\\ 9/10\\}$.",
        "Find the entropy of $X$ in bits for each of the values $p = \\frac{1}{10}$, $\\frac12$ and $\\frac{9}{10}$.",
        "Find the entropy of $X$ in bits, first for $p = 0.1$, then for $p = 0.5$ and finally for $p = 0.9$.",
        "Find the entropy of $X$ in bits as $p$ takes the values 0.1, 0.5 and 0.9.",
        "Find the entropy of $X$ in bits for the success probabilities $p = 0.1$ and $p = 0.5$ and $p = 0.9$.",
    ],
)
def test_a_parameter_has_several_values(request_: str) -> None:
    problem = solve(COIN + request_)
    assert numbers(problem) == [pytest.approx(h(0.1)), pytest.approx(1), pytest.approx(h(0.1))]
    points = [[said for said in answer.conventions if said.startswith("at ")] for answer in problem.answers]
    assert [point for (point,) in points] in (
        ["at p = 0.1", "at p = 0.5", "at p = 0.9"],
        ["at p = 1/10", "at p = 1/2", "at p = 9/10"],
    )
    assert [task.answers for task in problem.tasks] == [(0,), (1,), (2,)]


@pytest.mark.parametrize(
    "request_",
    [
        "Compute the Rényi entropy of orders 0, 1, 2 and $\\infty$ of $P$ in bits.",
        "Compute the Rényi entropies of orders 0, 1, 2 and infinity of $P$ in bits.",
        "Compute the Rényi entropy $H_\\alpha(P)$ in bits for $\\alpha = 0, 1, 2, \\infty$.",
        "Compute $H_{\\alpha}(P)$ in bits for $\\alpha \\in \\{0, 1, 2, \\infty\\}$.",
        "Compute the Rényi entropy of order $\\alpha$ of $P$ in bits, for $\\alpha = 0$, $1$, $2$ and $\\infty$.",
        (
            "Compute the Rényi entropy of $P$ in bits for $\\alpha = 0$, $\\alpha \\to 1$, $\\alpha = 2$ and"
            " $\\alpha \\to \\infty$."
        ),
        "Compute the Rényi entropy of order 0, of order 1, of order 2 and of order $\\infty$ of $P$ in bits.",
    ],
)
def test_several_orders(request_: str) -> None:
    problem = solve(TABLE + request_)
    assert numbers(problem) == [pytest.approx(value) for value in (log2(3), 1.5, -log2(0.375), 1)]
    assert [answer.symbol.text for answer in problem.answers] == ["H_0(P)", "H_1(P)", "H_2(P)", "H_∞(P)"]


def test_orders_of_divergences() -> None:
    problem = solve(TABLE + "Compute the Rényi divergence of $P$ from $Q$ of orders $2$ and $3$ in bits.")
    second = log2(0.25 / 0.2 + 0.0625 / 0.3 + 0.0625 / 0.5)
    third = 0.5 * log2(0.125 / 0.04 + 0.015625 / 0.09 + 0.015625 / 0.25)
    assert numbers(problem) == [pytest.approx(second), pytest.approx(third)]
    problem = solve(TABLE + "Compute $D_\\alpha(P \\| Q)$ in bits for $\\alpha = 2$ and $\\alpha = \\infty$.")
    assert numbers(problem) == [pytest.approx(second), pytest.approx(log2(2.5))]


def test_orders_stand_beside_other_quantities() -> None:
    problem = solve(TABLE + "Compute the entropy of $P$ and the Tsallis entropy of orders 2 and 3 of $P$.")
    assert numbers(problem) == [pytest.approx(1.5 * log(2)), pytest.approx(0.625), pytest.approx((1 - 0.15625) / 2)]


def test_temperatures_and_what_depends_on_them() -> None:
    logits = "Let $z = (\\log 4, 0)$ and $p = \\mathrm{softmax}(z / T)$. "
    problem = solve(logits + "Compute the entropy of $p$ in bits for T = 1, 2 and 0.5.")
    assert numbers(problem) == [pytest.approx(h(p)) for p in (4 / 5, 2 / 3, 16 / 17)]
    problem = solve(logits + "Compute $p$ and its entropy in bits for $T = 1$ and $T = 2$.")
    first, one, second, two = numbers(problem)
    assert (first, second) == (pytest.approx([4 / 5, 1 / 5]), pytest.approx([2 / 3, 1 / 3]))
    assert (one, two) == (pytest.approx(h(4 / 5)), pytest.approx(h(2 / 3)))


@pytest.mark.parametrize("points", ["$p = 0.1, q = 0.2$ and for $p = 0.3, q = 0.4$", "$(p, q) = (0.1, 0.2)$ and $(0.3, 0.4)$"])
def test_points_of_two_parameters(points: str) -> None:
    text = "Let $P = \\mathrm{Bern}(p)$ and $Q = \\mathrm{Bern}(q)$. Compute $D_{KL}(P \\| Q)$ in bits for "
    one = 0.1 * log2(0.1 / 0.2) + 0.9 * log2(0.9 / 0.8)
    two = 0.3 * log2(0.3 / 0.4) + 0.7 * log2(0.7 / 0.6)
    assert numbers(solve(f"{text}{points}.")) == [pytest.approx(one), pytest.approx(two)]


def test_points_of_a_variance() -> None:
    text = "Let $Z \\sim \\mathcal{N}(0, \\sigma^2)$. Compute the differential entropy of $Z$ for "
    expected = [pytest.approx(0.5 * log(2 * pi * 2.718281828459045 * variance)) for variance in (1, 4)]
    assert numbers(solve(text + "$\\sigma^2 = 1$ and $\\sigma^2 = 4$.")) == expected
    assert numbers(solve(text + "$\\sigma = 1$ and $2$.")) == expected


@pytest.mark.parametrize(
    "verb", ["Compute $\\frac{dH}{dp}$", "Evaluate dH/dp", "Compute the derivative of $H$ with respect to $p$"]
)
def test_derivatives_at_several_points(verb: str) -> None:
    problem = solve(f"Let $H = -p \\log p - (1 - p) \\log(1 - p)$. {verb} at $p = 0.25$ and $p = 0.5$.")
    assert numbers(problem) == [pytest.approx(log(3)), pytest.approx(0)]
    assert [answer.conventions[-1] for answer in problem.answers] == ["at p = 0.25", "at p = 0.5"]


def test_a_quantity_and_its_derivative_at_several_points() -> None:
    problem = solve("Let $L = (w x - 1)^2$, $x = 2$. Compute $L$ and $\\frac{dL}{dw}$ for $w = 0$ and $w = 1$.")
    assert sorted(numbers(problem)) == [-4, 1, 1, 4]


def test_what_was_found_is_evaluated_at_points() -> None:
    problem = solve(
        f"{COIN}\n\n(a) Find the entropy of $X$ in bits as a function of $p$.\n\n(b) Evaluate it for $p = 0.1$, $0.2$, $0.5$."
    )
    assert numbers(problem) == [None, pytest.approx(h(0.1)), pytest.approx(h(0.2)), 1]
    assert [task.answers for task in problem.tasks] == [(0,), (1,), (2,), (3,)]


@pytest.mark.parametrize(
    "request_",
    [
        "Compute $H(X)$ for $p = 0.1, 0.2, \\dots, 0.9$.",
        "Compute the entropy of $X$ for $p = 0.1$ and something near $0.2$.",
        "Perform a forward pass for $p = 0.1$ and $p = 0.2$.",
    ],
)
def test_points_that_are_not_understood_are_named(request_: str) -> None:
    problem = solve(COIN + request_)
    assert problem.status == "unsolved"
    assert "task-not-understood" in errors(problem)


def test_a_point_that_changes_nothing_is_refused() -> None:
    problem = solve(TABLE + "Compute $H(P)$ for $r = 0.1$ and $r = 0.2$.")
    assert (problem.status, errors(problem)) == ("unsolved", ["unused-given", "unused-given"])


def test_a_definition_over_outcomes_lists_no_points() -> None:
    text = "Compute the entropy of $P$ in bits, where $P(k) = k/6$ for $k = 1, 2, 3$."
    assert numbers(solve(text)) == [pytest.approx(-log2(1 / 6) / 6 - log2(1 / 3) / 3 - log2(1 / 2) / 2)]
