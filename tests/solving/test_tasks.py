"""Tasks in words, solved: what the words name, by which variables a gradient goes, and what stays open."""

import pytest

from tests.solving.sheets import errors, solve

UNIT = "Let $z = w x + b$ and $L = (z - y)^2$ with $w = 1$, $x = 2$, $b = 0$ and $y = 1$.\n\n"
GRADIENTS = {"z": 2.0, "w": 4.0, "x": 2.0, "b": 2.0, "y": -2.0}
"""By hand: dL/dz = 2 (z - y) = 2, dz/dw = x, dz/dx = w."""


def found(text: str) -> list[tuple[object, object, object]]:
    problem = solve(text)
    assert problem.status == "solved", problem.diagnostics
    return [(a.of, a.wrt, a.value) for a in problem.answers]


@pytest.mark.parametrize(
    ("task", "names"),
    [
        ("Compute all gradients.", "w x b y"),
        ("Compute the gradient of $L$.", "w x b y"),
        ("Compute $\\nabla L$.", "w x b y"),
        ("Compute the gradients of all parameters.", "w b"),
        ("Compute the gradient of the loss with respect to the weights.", "w"),
        ("Compute the gradient of $L$ with respect to $x$ and the bias.", "x b"),
        ("Find the gradient of the loss with respect to the weights and biases.", "w b"),
        ("Find the gradients for every node.", "z w x b y"),
        ("Perform the backward pass.", "z w x b y"),
        ("Compute the gradient of the weight $w$ and the bias $b$.", "w b"),
        ("Compute the gradient of the loss with respect to the inputs.", "w x b y"),
    ],
)
def test_the_variables_that_words_name(task: str, names: str) -> None:
    assert found(UNIT + task) == [("L", name, GRADIENTS[name]) for name in names.split()]


def test_values_that_words_name() -> None:
    assert found(UNIT + "Compute the loss.") == [("L", None, 1.0)]
    for task in ("Do the forward pass.", "Find the value of each node.", "What is the output of the network?"):
        assert found(UNIT + task) == [("z", None, 2.0), ("L", None, 1.0)]


def test_its_gradient_is_that_of_what_was_asked_for() -> None:
    assert found(UNIT + "Compute $z$ and its gradient with respect to $w$.") == [("z", None, 2.0), ("z", "w", 2.0)]
    assert found(UNIT + "Compute the loss and its gradient with respect to $w$.") == [("L", None, 1.0), ("L", "w", 4.0)]


def test_several_outputs_are_listed() -> None:
    problem = solve("Let $f = x^2$ and $g = x^3$.\n\nCompute the loss. Compute all gradients.")
    assert errors(problem) == ["no-target", "no-target"]
    assert problem.status == "unsolved"
    assert "(f, g)" in problem.diagnostics[0].message


def test_the_output_of_a_network_with_a_loss_is_not_guessed() -> None:
    assert errors(solve(UNIT + "Compute the gradient of the output with respect to $w$.")) == ["no-target"]
    assert found("Let $o = w x$ with $x = 3$, $w = 1$.\n\nCompute the gradient of the output with respect to $w$.") == [
        ("o", "w", 3.0)
    ]


def test_where_no_letter_says_weight_all_parameters_are_meant() -> None:
    text = "Let $f = c x + d$ with $c = 2$, $x = 5$ and $d = 1$. Compute the gradient of $f$ with respect to the weights."
    assert found(text) == [("f", "c", 5.0), ("f", "d", 1.0)]
    assert found("Let $f = 3 x$. Compute the gradient of $f$ with respect to all parameters.") == [("f", "x", 3.0)]


def test_letters_are_told_without_accents_and_indices() -> None:
    text = "Let $f = \\hat{x}_1 w_2 + \\tilde{b}^{(1)}$ with $\\hat{x}_1 = 2$. Compute the gradient of $f$ with respect to "
    assert found(text + "all parameters.") == [("f", "w_2", 2.0), ("f", "\\tilde{b}^{(1)}", 1.0)]
    assert found(text + "the biases.") == [("f", "\\tilde{b}^{(1)}", 1.0)]


def test_a_gradient_goes_by_the_parameters_in_the_head() -> None:
    text = "Let $f(x, y) = c x^2 y$ with $c = 3$, $x = 1$ and $y = 2$. "
    both = [("f", "x", 12.0), ("f", "y", 3.0)]
    for task in ("$\\nabla f$", "$\\nabla f(x, y)$", "the gradient of $f$"):
        assert found(f"{text}Compute {task}.") == [*both, (None, None, [12.0, 3.0])]
    assert found(f"{text}Compute the partial derivatives of $f$.") == both


def test_a_hessian_in_words() -> None:
    """d2/dx2 x^2 y^3 = 2 y^3 = 16, d2/dxdy = 6 x y^2 = 24, d2/dy2 = 6 x^2 y = 12 at (1, 2)."""
    text = "Let $f = x^2 y^3$ with $x = 1$ and $y = 2$. "
    whole = [("f", ("x", "x"), 16.0), ("f", ("x", "y"), 24.0), ("f", ("y", "y"), 12.0)]
    whole.append((None, None, [[16.0, 24.0], [24.0, 12.0]]))
    assert found(text + "Compute the Hessian of $f$.") == whole
    assert found(text + "Compute the Hessian of $f$ with respect to $x$ and $y$.") == whole
    assert found(text + "Compute the second derivative of $f$ with respect to $y$.") == whole[2:3]


def test_a_jacobian_in_words() -> None:
    text = "Let $h = A x$ with $A = \\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}$ and $x = [1, 1]$. "
    assert found(text + "Compute the Jacobian of $h$ with respect to $x$.") == [("h", "x", [[1.0, 2.0], [3.0, 4.0]])]


def test_a_derivative_in_plain_text() -> None:
    assert found(UNIT + "Compute dL/dw and ∂L/∂b.") == [("L", "w", 4.0), ("L", "b", 2.0)]


def test_a_derivative_is_evaluated_where_the_task_says() -> None:
    problem = solve("Let $f = x^2 y$.\n\nCompute $\\frac{df}{dx}$ and evaluate it at $x = 1$, $y = 2$.")
    assert problem.status == "solved"
    assert [(a.wrt, a.value) for a in problem.answers] == [("x", 4.0)]
    assert [task.answers for task in problem.tasks] == [(0,), (0,)]


def test_a_given_value_that_cannot_be_used_leaves_the_task_open() -> None:
    problem = solve("Let $f = x^2$, where $x = 1$.\n\nCompute $\\frac{df}{dx}$. Here $x = 2$.")
    assert errors(problem) == ["two-values"]
    assert problem.status == "partial"


def test_a_derivative_is_evaluated_at_each_of_several_points() -> None:
    problem = solve("Let $f = x^2$.\n\nCompute $\\frac{df}{dx}$. Evaluate the derivative for $x = 1$ and for $x = 2$.")
    assert problem.status == "solved"
    assert [answer.value for answer in problem.answers] == [None, 2.0, 4.0]
    assert [answer.conventions for answer in problem.answers[1:]] == [("at x = 1",), ("at x = 2",)]


def test_an_unknown_value_leaves_nothing_open() -> None:
    problem = solve("Let $f = x^2$. Compute $\\frac{df}{dx}$.")
    assert (problem.status, problem.answers[0].value) == ("solved", None)


def test_a_derivative_by_what_has_no_influence_is_said() -> None:
    problem = solve("Let $f = x^2$ and $g = 3 q$.\n\nCompute $\\frac{df}{dq}$ and $\\frac{df}{dx}$.")
    assert [a.value for a in problem.answers] == [0.0, None]
    [warning] = [d for d in problem.diagnostics if d.severity == "warning"]
    assert (warning.code, warning.message) == ("no-dependence", "f does not depend on q: the derivative is zero")
    assert warning.span is not None
    assert warning.span.line == 3


def test_a_task_that_is_not_understood_is_open() -> None:
    problem = solve(UNIT + "Compute the loss and prove that $L > 0$. Compute the loss after one update.")
    assert problem.status == "partial"
    assert errors(problem) == ["task-not-understood", "task-not-understood"]


@pytest.mark.parametrize(
    "update", [r"w \leftarrow w - 0.1 \frac{\partial L}{\partial w}", r"w := w - 0.1 \frac{\partial L}{\partial w}"]
)
def test_an_update_that_is_asked_for_is_the_new_value(update: str) -> None:
    """L = (w x - y)^2: dL/dw = 2 (1 - 3) 2 = -8, so that w is 0.5 + 0.8."""
    problem = solve(f"Let $L = (w x - y)^2$ with $w = 0.5$, $x = 2$ and $y = 3$. Compute ${update}$.")
    (answer,) = problem.answers
    assert answer.value == pytest.approx(1.3, rel=1e-12)
