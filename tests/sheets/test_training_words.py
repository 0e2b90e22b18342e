"""Words about steps of gradient descent outside their request: what is not understood leaves the steps open."""

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source

STEP = "Perform one step of gradient descent with learning rate 0.1."
BOWL = "$L = u^2 + v^2$, $u = 1$, $v = 2$."
FIT = r"Let $L(w) = \frac{1}{2} \sum_{i=1}^2 (w x_i - y_i)^2$ with $x = (1, 2)$, $y = (1, 1)$, $w = 0$."
LINE = "Let $L = (w x + b - y)^2$ with $x = 2$, $y = 1$, $w = 1$, $b = 0$."
MATRIX = r"Let $L = \|X w - y\|^2$, $X = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$, $y = (1, 1)$, $w = (0, 0)$."


def solve(text: str) -> ProblemSolution:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    return problem


def new_values(problem: ProblemSolution) -> dict[str, object]:
    return {a.symbol.text: a.value for a in problem.answers if a.kind == "value"}


@pytest.mark.parametrize(
    "said",
    [
        "The parameter $v$ is frozen.",
        "Here $v$ is a constant and not trained.",
        "$v$ is a constant.",
        "Freeze $v$.",
        "Keep $v$ fixed.",
        "Only $u$ changes.",
        "We do not change $v$.",
        "Here $v$ is not a parameter.",
        "The value of $v$ never changes.",
        "We train on $u$ alone.",
        "$u$ and $v$ are tied.",
        "The momentum is 0.9.",
        "The learning rate is 0.1 and the momentum is 0.9.",
        "There is a weight decay of 0.1.",
        "Weights are updated only when the gradient is negative.",
        "The weight is constrained to $u \\geq 0.9$.",
        "Here $u \\geq 0.9$.",
        "$u \\in [0.9, 2]$.",
        "After each step $u$ is rounded to one decimal.",
        "Gradients are clipped to $[-1, 1]$.",
        "The learning rate for $v$ is 0.2.",
        "The learning rate is halved after each step.",
        "The reward $L$ is to be maximised.",
        "We use half the gradient.",
        "The loss is multiplied by two.",
        "The model is trained with early stopping.",
        "We train the model with dropout.",
        "The output layer is trained by gradient descent.",
        "$u \\in \\{-1, 1\\}$.",
        "The loss is regularised with an L2 penalty of strength 0.5.",
    ],
)
@pytest.mark.parametrize("order", ["{0} {1} {2}", "{0} {2} {1}"])
def test_what_is_said_of_training_is_never_passed_over(said: str, order: str) -> None:
    problem = solve(order.format(BOWL, said, STEP))
    assert new_values(problem) == {}
    assert "task-not-understood" in [each.code for each in problem.diagnostics]


@pytest.mark.parametrize(
    "said",
    [
        "The model is trained by gradient descent.",
        "We use a constant learning rate.",
        "The weights are $u$ and $v$.",
        "The parameters are $u$ and $v$.",
        "The learning rate is 0.1 in this exercise.",
        "We minimise $L$ by gradient descent.",
        "A spam filter without a kernel is trained on e-mails to detect junk by minimising $L$.",
        "The training images are small, and there are three training pairs.",
        "Currently, $u$ and $v$ are as above.",
        "The labels are $t_n \\in \\{-1, +1\\}$, and the threshold is $\\delta > 0$.",
        "The bias is not regularised.",
        "$v$ is not penalised.",
        "Let $\\eta > 0$ be the learning rate.",
    ],
)
def test_plain_words_about_training_change_nothing(said: str) -> None:
    """u - 0.1 * 2u = 0.8, v - 0.1 * 2v = 1.6."""
    assert new_values(solve(f"{BOWL} {said} {STEP}")) == {"u^new": pytest.approx(0.8), "v^new": pytest.approx(1.6)}


def test_the_one_parameter_moves() -> None:
    assert new_values(solve(f"{BOWL} The parameter is $u$. {STEP}")) == {"u^new": pytest.approx(0.8)}


@pytest.mark.parametrize("text", [FIT, MATRIX])
@pytest.mark.parametrize("steps", ["epoch of stochastic gradient descent", "SGD step", "step of SGD"])
def test_a_stochastic_step_of_several_examples_is_refused(text: str, steps: str) -> None:
    problem = solve(f"{text} Perform one {steps} with learning rate 0.1.")
    assert new_values(problem) == {}
    assert [each for each in problem.diagnostics if each.severity == "error"]


def test_a_start_against_the_given_values_is_refused() -> None:
    assert new_values(solve(f"{LINE} {STEP[:-1]} from $(b, w) = (1, 2)$.")) == {}


def test_a_start_in_another_order() -> None:
    """At w = 2, b = 1: 2 (4 + 1 - 1) = 8, so w = 2 - 1.6 and b = 1 - 0.8."""
    text = LINE.replace(", $w = 1$, $b = 0$", "")
    found = new_values(solve(f"{text} {STEP[:-1]} from $(b, w) = (1, 2)$."))
    assert found == {"w^new": pytest.approx(0.4), "b^new": pytest.approx(0.2)}


@pytest.mark.parametrize(
    "point", ["at the point where $x = 1$ and $y = 2x$", "at $x = 1$, $y = 2x$", "at $(x, y)$ with $y = 2x$"]
)
def test_a_number_of_a_point_is_no_definition(point: str) -> None:
    """The partial derivatives of x^2 y at (1, 2) are 4 and 1, and not those of 2 x^3."""
    problem = solve(f"Let $f(x, y) = x^2 y$. Compute the gradient of $f$ {point}.")
    assert problem.answers == ()


@pytest.mark.parametrize("made", ["sum", "product", "average", "maximum"])
def test_one_number_of_several_derivatives_is_not_each_of_them(made: str) -> None:
    text = "Let $f = x y z$ with $x = 1$, $y = 2$, $z = 3$. "
    problem = solve(f"{text}Compute the {made} of all three partial derivatives.")
    assert problem.answers == ()
    assert "task-not-understood" in [each.code for each in problem.diagnostics]


@pytest.mark.parametrize(
    ("asked", "value"),  # w - v shrinks by the factor 0.6 a step and w + v stays 4
    [
        ("What is $w$ after the second step?", 2.36),
        ("What is $w$ after three steps?", 2.216),
        ("What is the final $w$ after two more steps?", 2.216),
        ("What is the loss after 5 steps?", (2 * 0.6**5) ** 2),
        ("What is the new $w$ after another step?", 2.36),
    ],
)
@pytest.mark.parametrize("count", ["one step", "three steps"])
def test_the_number_of_steps_behind_which_something_is_asked(asked: str, value: float, count: str) -> None:
    rest = {"another": 2 + 0.6**4, "two more": 2 + 0.6**5}
    later = next((each for word, each in rest.items() if word in asked), value)
    problem = solve(f"Let $L = (w - v)^2$ with $w = 3$, $v = 1$. {STEP.replace('one step', count)} {asked}")
    assert problem.answers[problem.tasks[-1].answers[-1]].value == pytest.approx(value if count == "one step" else later)


@pytest.mark.parametrize(
    "asked", ["What is the new loss with learning rate 0.2?", "What is the new $w$ starting from $w = 5$?"]
)
def test_what_other_steps_lead_to_is_not_what_these_do(asked: str) -> None:
    problem = solve(f"Let $L = (w - v)^2$ with $w = 3$, $v = 1$. {STEP} {asked}")
    assert problem.tasks[-1].answers == ()


# J = (u v - 3)^2 at u = 1, v = 2: dJ/du = 2 (2 - 3) 2 = -4, so u = 1.8 and J = 0.6^2
PRODUCT = "Let $J = (u v - 3)^2$ with $u = 1$ and $v = 2$. "


@pytest.mark.parametrize(
    "made",
    [
        "Do one step of gradient descent with learning rate 0.2 on $u$ only ($v$ stays fixed).",
        "Perform a single gradient step with respect to $u$ alone, with step size 0.2.",
        "Perform one step of gradient descent on only $u$ with learning rate 0.2.",
        "Perform one step of gradient descent on $u$ with learning rate 0.2 (do not update $v$).",
        "Perform one step of gradient descent on $u$ with learning rate 0.2, where $v$ is held fixed.",
        "Perform one step of gradient descent with learning rate 0.2 on $u$ only (with $v$ kept at its value).",
        "Perform one step of gradient descent on $u$ with learning rate 0.2; $v$ is not updated.",
        "Update only $u$ by one step of gradient descent with learning rate 0.2.",
    ],
)
def test_one_variable_moves_and_another_stays(made: str) -> None:
    problem = solve(f"{PRODUCT}{made} What is $J$ after the step?")
    found = {answer.symbol.text: answer.value for answer in problem.answers if answer.kind == "value"}
    assert found == {"u^new": pytest.approx(1.8), "J^new": pytest.approx(0.36)}


@pytest.mark.parametrize(
    "made",
    [
        "Perform one step of gradient descent with learning rate 0.2 on $u$ only ($u$ stays fixed).",
        "Perform one step of gradient descent with learning rate 0.2 ($v$ stays fixed).",
        "Perform one step of gradient descent on $u$ with learning rate 0.2. $u$ is kept fixed.",
        "Perform one step of gradient descent with learning rate 0.2 on $u$ only ($v$ moves twice as far).",
    ],
)
def test_what_moves_is_not_what_stays(made: str) -> None:
    problem = solve(f"{PRODUCT}{made}")
    assert not problem.answers
    assert [d for d in problem.diagnostics if d.severity == "error"]


@pytest.mark.parametrize(
    "said", ["Learning rate 0.1.", "The step size is 0.1.", "Step size: 0.1.", "We use a learning rate of 0.1."]
)
def test_the_rate_in_a_sentence_of_its_own(said: str) -> None:
    (problem,) = solve_sheet(
        Source("s.md", f"$E = (w - 2)^2$, $w = 1$. {said} What is $w$ after one step of gradient descent?")
    ).problems
    assert problem.answers[-1].value == pytest.approx(1.2)  # pyright: ignore[reportUnknownMemberType]


def test_a_rate_of_which_more_is_said_is_refused() -> None:
    said = "The learning rate is 0.1 and is halved after each step. Compute $w$ after two steps of gradient descent."
    (problem,) = solve_sheet(Source("s.md", f"$E = (w - 2)^2$, $w = 1$. {said}")).problems
    assert not problem.answers


NEURON = "Let $z = w x + b$ and $L = (z - y)^2$ with $w = 0.5$, $x = 2$, $b = 0.1$, $y = 1.5$. "


@pytest.mark.parametrize(
    "stated",
    [
        "The weight $w$ is updated by gradient ascent with learning rate 0.1. What is the new $w$?",
        "The weight $w$ is updated by gradient descent with momentum 0.9 and learning rate 0.1. What is the new $w$?",
        "The parameters are updated by gradient descent with learning rate 0.1 until convergence. What is the new $w$?",
        "The weight $w$ is updated by gradient descent with learning rate 0.1. What is the final $w$?",
        "The weight $w$ is updated by gradient descent with learning rate 0.1. Compute the loss.",
    ],
)
def test_other_steps_that_are_said_to_be_made(stated: str) -> None:
    assert solve(NEURON + stated).answers == ()
