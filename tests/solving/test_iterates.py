r"""Values behind steps of gradient descent by their names, `\theta_3`; and what another part defines, "the Hessian of $f$ from
(i)".

What is expected is worked out by hand, or by a loop over the gradient by hand.
"""

import numpy as np
import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import Answer, ProblemSolution
from chainrule.source import Source

PARABOLA = "Let $f(x) = x^2 + 3x$. "
"""From 1 with the rate 0.1: 1 - 0.5 = 0.5, 0.5 - 0.4 = 0.1; f(0.1) = 0.31."""
SQUARES = "Let $J(w) = \\frac12 \\|X w - y\\|^2$ with $X = \\begin{pmatrix} 1 & 2 \\\\ 0 & 1 \\end{pmatrix}$, $y = (1, 2)^T$. "


def solve(text: str) -> ProblemSolution:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    return problem


def values(problem: ProblemSolution) -> dict[str, object]:
    return {answer.symbol.text: answer.value for answer in problem.answers if answer.kind == "value"}


def descended(steps: int) -> tuple[list[float], float]:
    """The weights after so many steps with the rate 0.1 from the origin, and J there."""
    X, y, w = np.array([[1.0, 2], [0, 1]]), np.array([1.0, 2]), np.zeros(2)
    for _ in range(steps):
        w = w - 0.1 * X.T @ (X @ w - y)
    return w.tolist(), float(0.5 * np.sum((X @ w - y) ** 2))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "Start at $x_0 = 1$ and perform two steps of gradient descent with learning rate 0.1. What is $x_2$?",
            {"x_1": 0.5, "x_2": 0.1},
        ),
        (
            "Let $x^{(0)} = 1$. Do two gradient steps of size 0.1. Give $x^{(2)}$ and $f(x^{(2)})$.",
            {"x^(2)": 0.1, "f(x^(2))": 0.31},
        ),
        (
            "We start at $x_0 = 1$.\n\n(a) Make two steps of gradient descent with learning rate 0.1.\n\n(b) Compute $f(x_2)$.",
            {"f(x_2)": 0.31},
        ),
        (
            "Take two steps of gradient descent from $x = 1$ with step size 0.1. What are $x_1$ and $x_2$?",
            {"x_{t=1}": 0.5, "x_{t=2}": 0.1},
        ),
    ],
)
def test_a_value_behind_steps_by_its_number(said: str, expected: dict[str, float]) -> None:
    problem = solve(PARABOLA + said)
    found = values(problem)
    assert problem.status == "solved"
    assert {name: found[name] for name in expected} == pytest.approx(expected)


def test_vectors_behind_steps() -> None:
    said = "Run three iterations of gradient descent from $w_0 = (0, 0)^T$ with step size $0.1$. Report $w_3$ and $J(w_3)$."
    found = values(solve(SQUARES + said))
    weights, loss = descended(3)
    assert found["w_3"] == pytest.approx(weights)
    assert found["J(w_3)"] == pytest.approx(loss)


def test_a_gradient_behind_a_step() -> None:
    steps = "a) Starting from $w_0 = (0, 0)^T$, perform one step of gradient descent with learning rate 0.1 to obtain $w_1$."
    problem = solve(f"{SQUARES}\n\n{steps}\n\nb) Compute the gradient of $J$ at $w_1$.")
    assert values(problem)["w_1"] == pytest.approx([0.1, 0.4])
    assert problem.answers[-1].value == pytest.approx([-0.1, -1.8])  # X^T (X w - y) with X w - y = (-0.1, -1.6)


@pytest.mark.parametrize("asked", ["what is the loss", "what value does $J$ have"])
def test_one_sentence_asks_of_one_moment(asked: str) -> None:
    steps = "Start at $w = (0, 0)^T$. Perform two steps of gradient descent on $w$ with learning rate 0.1."
    found = values(solve(f"{SQUARES}{steps} What is $w$ afterwards, and {asked}?"))
    assert found["J_{t=2}"] == pytest.approx(descended(2)[1])


@pytest.mark.parametrize(
    "said",
    [
        "Start at $x_0 = 1$ and perform two steps of gradient descent with learning rate 0.1. What is $f(x_3)$?",
        "Take two steps from $x = 1$ with step size 0.1. What is $x$ afterwards, and what was $f$ at the beginning?",
    ],
)
def test_what_steps_do_not_lead_to_is_no_answer(said: str) -> None:
    problem = solve(PARABOLA + said)
    assert problem.status != "solved"
    assert not any("f" in answer.symbol.text for answer in problem.answers)


def test_a_weight_with_a_number_is_none_behind_steps() -> None:
    text = "Let $L = (w_1 x + w_2 - t)^2$ with $w_1 = 1$, $w_2 = 0.5$, $x = 2$, $t = 1$. "
    problem = solve(f"{text}Perform one gradient descent step on $w_1$ and $w_2$ with step size 0.05. What is $w_1$?")
    assert "w_1" not in values(problem)
    assert any(each.code == "task-not-understood" for each in problem.diagnostics)


PARTS = "a) Compute the derivative of $f(x) = x^2$.\n\nb) Compute the derivative of $f(x) = x^3$.\n\nc) "


def last(text: str) -> Answer:
    return solve(text).answers[-1]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Evaluate $f$ from (a) at $x = 2$.", 4),
        ("Evaluate $f$ from part b) at $x = 2$.", 8),
        ("Evaluate $f$ at $x = 2$.", 8),
        ("What is the second derivative of $f$ of part (a)?", 2),
        ("Find the second derivative of the function $f$ from (b) at $x = 2$.", 12),
    ],
)
def test_a_formula_of_another_part(asked: str, expected: float) -> None:
    assert last(PARTS + asked).value == expected


def test_a_part_that_is_not_there() -> None:
    problem = solve(f"{PARTS}Compute the second derivative of $f$ from part (g).")
    assert any("there is no part g" in each.message for each in problem.diagnostics)
    assert len(problem.answers) == 2


def test_gradients_that_are_announced() -> None:
    items = "(i) $\\nabla_x f$ for $f(x) = x^\\top A x$.\n\n(ii) $\\nabla_X g$ for $g(X) = \\operatorname{tr}(C X D)$."
    third = "(iii) $h(z) = \\cos z$ with respect to $z$.\n\n(iv) What is the Hessian of $f$ from (i)?"
    problem = solve(f"Find the following gradients. Each has the shape of its variable.\n\n{items}\n\n{third}")
    assert problem.status == "solved"
    assert [answer.part for answer in problem.answers] == ["i", "ii", "iii", "iv"]
    assert {answer.kind for answer in problem.answers} == {"derivative"}


def test_the_outputs_by_their_indices() -> None:
    text = "Let $y_i = 2 (x_i - 3)$ for $i = 1, \\dots, 3$ with $x = (1, 2, 6)$. Compute the outputs $y_1, \\dots, y_3$."
    assert values(solve(text)) == {"y_1": -4, "y_2": -2, "y_3": 6}


def test_a_list_is_the_row_of_a_matrix() -> None:
    text = (
        "Let $h = W x + b$ and $r = W^T h + c$. $W$ is a $1 \\times 2$ matrix, $b$ is a number. $x = [0.5, -1]^T$, $b = 0.2$, "
    )
    found = values(solve(f"{text}$W = [0.4, 0.9]$, $c = [0.1, -0.3]^T$. Compute $r$."))
    assert found["r"] == pytest.approx([-0.1, -0.75])  # W x + b = -0.5


@pytest.mark.parametrize(
    "said",
    [
        "We minimise $f$ by gradient descent from $w_0 = 0$ with learning rate $0.1$.",
        "We run gradient descent, starting at $w_0 = 0$, with step size $0.1$.",
        "Gradient descent with learning rate $0.1$ starts at $w_0 = 0$.",
    ],
)
def test_steps_of_a_stated_descent_are_counted_by_the_name_that_is_asked(said: str) -> None:
    # f' = 2 (w - 3): 0, 0.6, 1.08, 1.464
    problem = solve(f"Let $f(w) = (w - 3)^2$. {said}\n\n(a) Compute $w_1$.\n\n(b) What are $w_2$ and $w_3$?")
    found = {(answer.part, answer.symbol.text): answer.value for answer in problem.answers if answer.part}
    assert found == {("a", "w_1"): pytest.approx(0.6), ("b", "w_2"): pytest.approx(1.08), ("b", "w_3"): pytest.approx(1.464)}


@pytest.mark.parametrize(
    "said",
    [
        "We minimise $f$ by gradient descent with momentum 0.9 from $w_0 = 0$ with learning rate $0.1$.",
        "We minimise $f$ by gradient descent from $w_0 = 0$ with a rate of $0.1$ that is halved after each step.",
        "We maximise $f$ by gradient ascent from $w_0 = 0$ with learning rate $0.1$.",
    ],
)
def test_other_methods_give_no_iterates(said: str) -> None:
    problem = solve(f"Let $f(w) = (w - 3)^2$. {said} Compute $w_1$.")
    assert not problem.answers
    assert any(each.severity == "error" for each in problem.diagnostics)
