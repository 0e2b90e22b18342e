r"""Derivatives at arguments, `\nabla f(1, 2)`: the point is that of the definition's head, and the array of all
comes last; expected values by hand."""

from math import log

import pytest

from chainrule.errors import NameFault
from chainrule.surface.entry import parse
from tests.solving.sheets import errors, solve

POWERS = "Let $f(x, y) = x^2 y$. "
NEGENTROPY = r"Let $F(u) = \sum_i u_i \log u_i$ and $q = (0.3, 0.7)$. "


def values(text: str) -> list[object]:
    problem = solve(text)
    assert problem.status == "solved", problem.diagnostics
    return [answer.value for answer in problem.answers]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (r"Find $\nabla f(1, 2)$.", [4, 1, [4, 1]]),
        (r"Compute the gradient $\nabla f(-1, 3)$.", [-6, 1, [-6, 1]]),
        (r"Compute $\nabla f(a, b)$ with $a = 1$ and $b = 2$.", [4, 1, [4, 1]]),
        (r"Compute $\nabla^2 f(1, 2)$.", [4, 2, 0, [[4, 2], [2, 0]]]),
        (r"Compute $\nabla_x f(1, 2)$.", [4]),
        (r"Compute $\frac{\partial f(1, 2)}{\partial y}$.", [1]),
        (r"Compute $\nabla f(2, y)$ with $y = 5$.", [20, 4, [20, 4]]),
    ],
)
def test_a_point_by_its_arguments(asked: str, expected: list[float]) -> None:
    assert values(POWERS + asked) == expected


@pytest.mark.parametrize(
    "asked", [r"Compute $\nabla F(q)$.", r"Compute $\frac{\partial F(q)}{\partial q}$.", r"Find $\nabla_q F(q)$."]
)
def test_a_gradient_at_a_name(asked: str) -> None:
    [gradient] = values(NEGENTROPY + asked)
    assert gradient == pytest.approx([log(0.3) + 1, log(0.7) + 1], rel=1e-14)


def test_a_quantity_at_its_own_head_is_itself() -> None:
    problem = solve(r"Let $f(x) = x^3$ with $x = 2$. Compute $\nabla f(x)$.")
    assert [answer.value for answer in problem.answers] == [12]
    assert problem.answers[0].formula.text == "3 x^2"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (r"Compute $\nabla f(1)$.", "argument-count"),
        (r"Compute $\nabla f(1, 2)$ and $\nabla f(3, 4)$.", "several-points"),
    ],
)
def test_arguments_that_make_no_point(asked: str, code: str) -> None:
    problem = solve(POWERS + asked)
    assert errors(problem) == [code]
    assert not problem.answers


def test_a_gradient_by_a_part_at_given_values() -> None:
    """dD/dq_2 = -p_2/q_2."""
    run = parse(r"L = D_{KL}(p \| q)").at({"p": [0.2, 0.8], "q": [0.5, 0.5]})
    assert run.gradient("L", "q_2") == pytest.approx(-1.6, rel=1e-15)
    assert run.gradient("L", "p_1") == pytest.approx(log(0.4) + 1, rel=1e-15)
    with pytest.raises(NameFault):
        run.gradient("L", "zeta")


# --- divergences of families differentiated -----------------------------------------------------------------

GAUSSIANS = r"Let $q = N(\mu, \sigma^2)$ with $\mu = 0.8$ and $\sigma = 0.6$, and $p = N(0, 1)$."


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (r"$d KL(q \| p) / d \mu$", 0.8),
        (r"$\frac{d}{d\sigma} KL(q \| p)$", 0.6 - 1 / 0.6),
        (r"the derivative of $KL(q \| p)$ by $\sigma$", 0.6 - 1 / 0.6),
        (r"gradient of the KL divergence of $q$ from $p$ with respect to $\mu$", 0.8),
    ],
)
def test_an_item_without_a_verb(asked: str, expected: float) -> None:
    [value] = values(f"{GAUSSIANS}\n\na) {asked}")
    assert value == pytest.approx(expected, rel=1e-13)


PLAIN = "Let q = N(m, s^2) with m = 0.8 and s = 0.6, and p = N(0, 1)."


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("d KL(q || p) / d m", 0.8),
        ("dKL(q || p)/dm", 0.8),
        ("d/ds KL(q || p)", 0.6 - 1 / 0.6),
        ("∂ KL(q || p) / ∂ s", 0.6 - 1 / 0.6),
        ("d H(q) / d s", 1 / 0.6),
    ],
)
def test_an_item_in_plain_text(asked: str, expected: float) -> None:
    [value] = values(f"{PLAIN}\n\na) {asked}")
    assert value == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize(
    "asked",
    [
        "Compute the gradient of $f$ with momentum 0.9.",
        "Compute the derivative of $f$ with a penalty of 2.",
        "the derivative of $f$ with momentum 0.9",
    ],
)
def test_a_number_that_nothing_reads_is_not_passed_over(asked: str) -> None:
    problem = solve(f"Let $f = w^2$ with $w = 3$.\n\na) {asked}")
    assert errors(problem) == ["task-not-understood"]
    assert not problem.answers


@pytest.mark.parametrize("said", ["The gradient of $f$ vanishes at the minimum.", "The derivative of $f$ is continuous."])
def test_a_part_that_states_something_of_a_derivative_asks_nothing(said: str) -> None:
    problem = solve(f"Let $f = w^2$ with $w = 3$.\n\na) {said}\n\nb) Compute $f$.")
    assert [answer.value for answer in problem.answers] == [9]


@pytest.mark.parametrize(
    "asked", ["Compute $\\nabla f$. Evaluate it at $(1, 0)$.", "Find $\\nabla f$, then evaluate it at the point $(1, 0)$."]
)
def test_a_point_of_the_only_function_behind_a_pronoun(asked: str) -> None:
    # f = x^2 y + sin y: (2 x y, x^2 + cos y) = (0, 2)
    problem = solve(f"Consider $f(x, y) = x^2 y + \\sin(y)$. {asked}")
    assert [answer.value for answer in problem.answers if isinstance(answer.value, float)] == [0, 2]
