"""Steps of gradient descent in words. What is expected is worked out by hand or by a loop over the derivative by hand."""

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source

# L = (w x + b - y)^2 at w = 0.5, x = 2, b = 0.1, y = 1.5: z = 1.1, dL/dw = 2 (1.1 - 1.5) 2 = -1.6, dL/db = -0.8
NETWORK = "Let $z = w x + b$ and $L = (z - y)^2$ with $w = 0.5$, $x = 2$, $b = 0.1$, $y = 1.5$. "
W, B = 0.5 + 0.1 * 1.6, 0.1 + 0.1 * 0.8
LOSS = (W * 2 + B - 1.5) ** 2


def solve(text: str) -> ProblemSolution:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    return problem


def values(problem: ProblemSolution) -> dict[str, object]:
    return {answer.symbol.text: answer.value for answer in problem.answers if answer.kind == "value"}


@pytest.mark.parametrize(
    "request_",
    [
        "Perform one step of gradient descent with learning rate $\\eta = 0.1$.",
        "Do a gradient descent step with a learning rate of 0.1.",
        "Using a step size of 0.1, perform one gradient step.",
        "What are the new parameters after one SGD update with learning rate 0.1?",
        "Update $w$ and $b$ by gradient descent ($\\alpha = 0.1$).",
        "Apply one update of stochastic gradient descent to all weights and biases with $\\eta = 0.1$.",
        "Take a gradient step on $w$ and $b$ with step size 0.1.",
        "Let $\\eta = 0.1$. Update the parameters using one iteration of batch gradient descent.",
    ],
)
def test_one_step(request_: str) -> None:
    problem = solve(NETWORK + request_)
    assert problem.status == "solved"
    assert values(problem) == {"w^new": pytest.approx(W, rel=1e-12), "b^new": pytest.approx(B, rel=1e-12)}


@pytest.mark.parametrize(
    "asked",
    [
        "Perform one step of gradient descent with learning rate 0.1 and compute the new loss.",
        "Perform one step of gradient descent with learning rate 0.1. What is the new loss?",
        "(a) Perform one step of gradient descent with learning rate 0.1.\n\n(b) Compute the loss after this step.",
        "Compute the new weights, the new biases and the new loss after one step of gradient descent with learning rate 0.1.",
    ],
)
def test_the_loss_after_the_step(asked: str) -> None:
    found = values(solve(NETWORK + asked))
    assert found["w^new"] == pytest.approx(W, rel=1e-12)
    assert found["L^new"] == pytest.approx(LOSS, rel=1e-12)


def test_only_what_is_named_moves() -> None:
    problem = solve(NETWORK + "Update $w$ using one step of gradient descent with learning rate 0.1 and give the new loss.")
    assert values(problem) == {
        "w^new": pytest.approx(W, rel=1e-12),
        "L^new": pytest.approx((W * 2 + 0.1 - 1.5) ** 2, rel=1e-12),
    }


@pytest.mark.parametrize("head", ["J", "J(w)"])
def test_hyperparameters_do_not_move(head: str) -> None:
    """dJ/dw = 2 (2 - 3) 2 + 2 * 0.5 * 1 = -3 at w = 1."""
    text = f"Let ${head} = (w x - y)^2 + \\lambda w^2$ with $x = 2$, $y = 3$, $\\lambda = 0.5$, $w = 1$. "
    found = values(solve(text + "Perform one step of gradient descent with learning rate 0.1."))
    assert found == {"w^new": pytest.approx(1.3, rel=1e-12)}


def test_several_steps_go_on_from_each_other() -> None:
    problem = solve("Let $f(x) = x^2 - 4x$ and $x_0 = 1$. Do 3 steps of gradient descent with step size 0.1.")
    x, expected = 1.0, {}
    for step in (1, 2, 3):
        x -= 0.1 * (2 * x - 4)
        expected[f"x_{step}"] = pytest.approx(x, rel=1e-12)
    assert values(problem) == expected


def test_several_steps_move_all_variables_at_once() -> None:
    problem = solve(NETWORK + "Perform two steps of gradient descent with learning rate 0.1. What is the final loss?")
    w, b = 0.5, 0.1
    for _ in range(2):
        slope = 2 * (w * 2 + b - 1.5)
        w, b = w - 0.1 * slope * 2, b - 0.1 * slope
    found = list(values(problem).values())
    assert found[-3:] == [
        pytest.approx(w, rel=1e-12),
        pytest.approx(b, rel=1e-12),
        pytest.approx((w * 2 + b - 1.5) ** 2, rel=1e-9),
    ]


def test_a_step_of_arrays() -> None:
    """L = |W x - y|^2: dL/dW = 2 (W x - y) x^T with W x - y = (1 - 1, 4 - 1) = (0, 3)."""
    text = "Let $L = \\|W x - y\\|^2$ with $W = \\begin{pmatrix}1 & 0\\\\0 & 2\\end{pmatrix}$, $x = (1, 2)$, $y = (1, 1)$. "
    problem = solve(text + "Perform one step of gradient descent on $W$ with learning rate 0.5.")
    assert values(problem) == {"W^new": [[1.0, 0.0], [-3.0, -4.0]]}


def test_without_numbers_the_formula_is_given() -> None:
    problem = solve("Let $L = (w x - y)^2$. Perform one step of gradient descent on $w$.")
    (_, new) = problem.answers
    assert new.formula.text == "w + 2 eta x * (y - w x)"
    assert new.value is None
    assert [need.latex for need in new.needs] == ["w", "x", "y", "\\eta"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (NETWORK + "Perform gradient descent with learning rate 0.1 until convergence.", "task-not-understood"),
        (NETWORK + "Perform one step of gradient descent with momentum 0.9.", "task-not-understood"),
        (NETWORK + "Perform one step of Adam with learning rate 0.1.", "task-not-understood"),
        (NETWORK + "What is the new loss?", "task-not-understood"),
        (
            NETWORK + "Perform a gradient step on $w$ with learning rate 0.1 and on $b$ with learning rate 0.2.",
            "task-not-understood",
        ),
        (NETWORK + "Perform one step of gradient descent from $v_0 = 1$ with $\\beta = 0.1$.", "task-not-understood"),
        (NETWORK + "Perform 1000 steps of gradient descent with learning rate 0.1.", "too-many-steps"),
        ("Let $h = W x$. Perform one step of gradient descent with learning rate 0.1.", "no-target"),
    ],
)
def test_what_is_no_plain_descent_is_refused(text: str, code: str) -> None:
    problem = solve(text)
    assert problem.status != "solved"
    assert code in [each.code for each in problem.diagnostics if each.severity == "error"]
