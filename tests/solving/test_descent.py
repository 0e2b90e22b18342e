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


@pytest.mark.parametrize(
    "asked",
    [
        "One step of gradient descent with learning rate 0.1 is performed. What is the loss now?",
        "Suppose we take one gradient step with step size 0.1. What is $L$ at the new point?",
        "$w$ and $b$ are updated once by gradient descent with $\\eta = 0.1$. Compute the loss with the updated weights.",
        "Do one gradient step with learning rate 0.1. What is the loss on the same example afterwards?",
        "Make one step of gradient descent with learning rate 0.1. What are $w$ and $L$ afterwards?",
    ],
)
def test_steps_that_are_stated_and_what_stands_behind_them(asked: str) -> None:
    found = values(solve(NETWORK + asked))
    assert found["L^new"] == pytest.approx(LOSS, abs=1e-15)
    assert not {"L", "w", "b"} & found.keys()


@pytest.mark.parametrize(
    "asked",
    [
        "In the lecture two steps of gradient descent are made with learning rate 0.5. What is the loss now?",
        "Two steps of gradient descent are made with learning rate 0.1, only on $b$. What is $b$ now?",
        "We make a gradient descent step with learning rate 0.1 and momentum 0.9. What is $w$ afterwards?",
        "Do one step of gradient descent with learning rate 0.1. What is the loss on a new example now?",
    ],
)
def test_stated_steps_that_are_not_understood_are_said(asked: str) -> None:
    problem = solve(NETWORK + asked)
    assert "task-not-understood" in [each.code for each in problem.diagnostics]
    assert not {"L", "w", "b", "L^new"} & values(problem).keys()


def test_weights_that_nothing_is_called_do_not_move() -> None:
    problem = solve("Let $L = (y - \\hat y)^2$ with $y = 1$. Update all weights with one gradient step, learning rate 0.1.")
    assert problem.answers == ()
    assert "not-moved" in [each.code for each in problem.diagnostics]


@pytest.mark.parametrize("point", ["at the starting point", "at the current parameters", "for the given values"])
def test_the_starting_point_is_that_of_the_text(point: str) -> None:
    (answer,) = solve(NETWORK + f"Compute $\\frac{{\\partial L}}{{\\partial w}}$ {point}.").answers
    assert answer.value == pytest.approx(-1.6)


def test_the_current_point_behind_steps_is_another_one() -> None:
    steps = "Do one step of gradient descent with learning rate 0.1. "
    problem = solve(f"{NETWORK}{steps}Compute the gradient of $L$ with respect to $w$ at the current point.")
    assert "task-not-understood" in [each.code for each in problem.diagnostics]


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


# w = 1, x = 2, y = 3: h = 2, L = 1, dL/dw = 2 (2 - 3) 2 = -4, so w = 1.4, h = 2.8, L = 0.04; then dL/dw = -0.8, w = 1.48
SMALL = "# Problem 1\nLet $h = w x$ and $L = (h - y)^2$ with $w = 1$, $x = 2$ and $y = 3$.\n\n"
ONE = "(a) Perform one step of gradient descent on $w$ with learning rate 0.1."


@pytest.mark.parametrize(
    ("asked", "last"),
    [
        (f"{ONE} Give the new $w$, the new $h$ and the new error $L$.", [1.4, 2.8, 0.04]),
        (f"{ONE}\n\n(b) State the updated prediction $h$.", [1.4, 2.8]),
        (f"{ONE}\n\n(b) Do another step.", [1.4, 1.4, 1.48]),
        (f"{ONE}\n\n(b) Do one step of gradient descent from there with the same learning rate.", [1.4, 1.4, 1.48]),
        (f"{ONE} Then take one more step. What is the new $h$?", [1.4, 1.4, 1.48, 2.96]),
        ("(a) Starting from the given $w$, carry out one step of gradient descent on $w$ with step size $0.1$.", [1.4]),
        ("(a) Simultaneously update $w$ and $x$ once with learning rate $0.1$.", [1.4, 2.2]),
        ("(a) What are $w$ and $x$ after a single update of $w$ and $x$ with step size $0.1$?", [1.4, 2.2]),
    ],
)
def test_what_steps_lead_to(asked: str, last: list[float]) -> None:
    problem = solve(SMALL + asked)
    assert problem.status == "solved", problem.diagnostics
    found = [answer.value for answer in problem.answers if answer.kind == "value"]
    assert found == pytest.approx(last, rel=1e-12)


@pytest.mark.parametrize(
    "asked",
    [
        f"{ONE} Give the new $h$ and the new $y$.",  # y does not move
        f"{ONE}\n\n(b) Do another step with learning rate 0.5.",
        f"{ONE}\n\n(b) Give the new loss and its gradient.",
        "(a) Perform one step of gradient descent with learning rate 0.1 on $w$ and then on $x$.",
        "(a) What is twice the new $w$ after one step of gradient descent with learning rate 0.1?",
        "(a) Perform one step of gradient descent with learning rate 0.1 starting from $q$.",
        "(a) Perform one step of gradient descent with learning rate 0.1 and weight decay 0.1.",
    ],
)
def test_what_is_not_known_of_steps_is_said(asked: str) -> None:
    problem = solve(SMALL + asked)
    assert problem.status != "solved"
    assert [d for d in problem.diagnostics if d.severity == "error"]


@pytest.mark.parametrize("start", ["$(4, -2)$", "$(x, y) = (4, -2)$", "the point $(4, -2)$"])
def test_where_steps_start(start: str) -> None:
    """f_x = 2x - y = 10, f_y = 6y - x = -16: (3, -0.4); then f_x = 6.4, f_y = -5.4: (2.36, 0.14)."""
    function = "# Problem 1\nLet $f(x, y) = x^2 + 3 y^2 - x y$.\n\n"
    steps = (
        f"(a) Starting at {start}, carry out two steps of gradient descent with step size $0.1$. What are the new $x$ and $y$?"
    )
    found = [answer.value for answer in solve(function + steps).answers if answer.kind == "value"]
    assert found == pytest.approx([3.0, -0.4, 2.36, 0.14], rel=1e-12)


def test_steps_start_at_the_point_of_the_part_before() -> None:
    """At (1, 2): f_x = 0, f_y = 11."""
    function = "# Problem 1\nLet $f(x, y) = x^2 + 3 y^2 - x y$.\n\n(a) Compute the gradient of $f$ at $(1, 2)$.\n\n"
    problem = solve(
        f"{function}(b) Do one step of gradient descent from there with learning rate 0.1.\n\n(c) What is the new $f$?"
    )
    gradient, *steps = values(problem).values()
    assert gradient == [0, 11]
    assert steps == pytest.approx([1.0, 0.9, 1 + 3 * 0.81 - 0.9], rel=1e-12)


# y = w.x + b = 3.5 at w = (1, 2), x = (1, 1), b = 0.5, t = 1: dL/dw = 2 (3.5 - 1) x = (5, 5), dL/db = 5
ARRAYS = "# Problem 1\nLet $y = w^T x + b$ and $L = (y - t)^2$ with $w = (1, 2)$, $x = (1, 1)$, $b = 0.5$, $t = 1$.\n\n(a) "
BOTH = {"w^new": [0.5, 1.5], "b^new": 0.0}


@pytest.mark.parametrize(
    "moved",
    [
        "the weights and the bias",
        "the bias and the weights",
        "both the weights and the bias",
        "$w$ and the bias",
        "the bias and the weight vector $w$",
        "the weights $w$ and the bias",
        "the weights, and on the bias,",
        "the loss with respect to the weights $w$ and the bias",
    ],
)
def test_all_that_is_named_moves(moved: str) -> None:
    problem = solve(f"{ARRAYS}Perform one step of gradient descent on {moved} with learning rate 0.1.")
    assert problem.status == "solved", problem.diagnostics
    assert values(problem) == BOTH


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("on the bias with learning rate 0.1", {"b^new": 0.0}),
        ("on the weights with learning rate 0.1", {"w^new": [0.5, 1.5]}),
        ("on the weights and the bias with learning rate 0.1. Give the new values of the bias", {"b^new": 0.0}),
        (
            "on the weights and the bias with learning rate 0.1. Give the new $w$ and the new bias and the new loss",
            {**BOTH, "L^new": 1.0},
        ),
    ],
)
def test_a_word_moves_what_it_names(asked: str, expected: dict[str, object]) -> None:
    """The new loss: y = 0.5 + 1.5 + 0 = 2, (2 - 1)^2."""
    problem = solve(f"{ARRAYS}Perform one step of gradient descent {asked}.")
    assert values(problem) == (expected if "Give" not in asked else {**BOTH, **expected})


def test_weights_of_other_letters_leave_the_bias() -> None:
    text = ARRAYS.replace("w^T", "a^T").replace("w =", "a =")
    assert values(solve(f"{text}Perform one step of gradient descent on the weights with learning rate 0.1.")) == {
        "a^new": [0.5, 1.5]
    }


@pytest.mark.parametrize(
    "asked",
    [
        "Perform one step of gradient descent on the weights and bias of the output layer with learning rate 0.1.",
        "Perform one step of gradient descent on the output weights with learning rate 0.1.",
        "Perform one step of gradient descent on the weights and the temperature with learning rate 0.1.",
        "Perform one step of gradient descent on the first weight and the bias with learning rate 0.1.",
        "Perform one step of gradient descent on everything but the bias with learning rate 0.1.",
        "Perform one step of gradient descent on the output with learning rate 0.1.",
    ],
)
def test_what_names_a_part_moves_nothing(asked: str) -> None:
    problem = solve(ARRAYS + asked)
    assert problem.answers == ()
    assert [d for d in problem.diagnostics if d.code == "task-not-understood"]


def test_a_bias_that_nothing_is_called_does_not_move() -> None:
    text = ARRAYS.replace("+ b", "+ c").replace("b =", "c =")
    problem = solve(f"{text}Perform one step of gradient descent on the bias with learning rate 0.1.")
    assert problem.answers == ()
    assert [d.code for d in problem.diagnostics if d.severity == "error"] == ["no-bias"]


def test_a_new_value_of_what_does_not_move_is_said() -> None:
    problem = solve(f"{ARRAYS}Perform one step of gradient descent on the weights with learning rate 0.1. Give the new bias.")
    assert "not-moved" in [d.code for d in problem.diagnostics if d.severity == "error"]


NEURON = (
    "# Problem 1\nA single neuron with ReLU activation has two inputs, the weights 2 and -1 and the bias 0.5. "
    "{}For the input (1, 2) the target is 1.5.\n\n(a) "
)


@pytest.mark.parametrize("asked", ["on the weights and the bias ", "on all parameters ", ""])
def test_steps_of_a_network_in_words(asked: str) -> None:
    """z = 2 - 2 + 0.5 = 0.5, L = (0.5 - 1.5)^2 / 2, dL/dz = -1."""
    text = NEURON.format("The loss is half the squared error. ")
    problem = solve(f"{text}Perform one step of gradient descent {asked}with learning rate 0.5.")
    assert problem.status == "solved", problem.diagnostics
    assert list(values(problem).values()) == [[2.5, 0.0], 1.0]


def test_steps_of_a_network_without_a_loss_are_refused() -> None:
    problem = solve(f"{NEURON.format('')}Perform one step of gradient descent with learning rate 0.5.")
    assert problem.answers == ()
    assert "loss-not-named" in [d.code for d in problem.diagnostics]


def test_steps_go_down_the_loss_in_words() -> None:
    """p = 2, L = (p - 5)^2, dL/dw = 2 (-3) 2: never down p itself."""
    text = "Let $p = w x$ with $w = 1$, $x = 2$. The loss is the squared error and the target is 5. "
    assert values(solve(f"{text}Do one step of gradient descent on $w$ with step size 0.1.")) == {"w^new": pytest.approx(2.2)}


_STEPPED = "Let $J = (w x - y)^2$, $w = 1$, $x = 2$, $y = 3$."


@pytest.mark.parametrize(
    "said",
    [
        "Do one step of gradient descent with learning rate 0.1. Do the second step with learning rate 0.2. What is $w$ now?",
        "Do one step of gradient descent with learning rate 0.1. What is $w$?",
        "Do a step of Adam with learning rate 0.1. What is $J$ now?",
        "Do one step of gradient descent with learning rate 0.1. Then another step with learning rate 0.05. What is $w$?",
        "Do one step of gradient descent with learning rate 0.1. By how much has $w$ changed?",
        "Do one step of gradient descent with learning rate 0.1. Did the loss decrease?",
        "Update $w$ with learning rate 0.1, then update $x$ with the new $w$.",
        "$J$ is to be maximised. Update $w$ with learning rate 0.1.",
    ],
)
def test_what_stands_behind_steps_is_never_the_start(said: str) -> None:
    """Neither w = 1 nor J = 1 is an answer: the last request is refused, and where a step is not understood what follows it."""
    solution = solve(f"{_STEPPED} {said}")
    assert any(each.code == "task-not-understood" for each in solution.diagnostics)
    assert not any(answer.symbol.latex in ("w", "J") or answer.value == 1.0 for answer in solution.answers)


def test_a_value_in_another_part_is_that_of_the_text() -> None:
    solution = solve(f"{_STEPPED}\n\na) Do one step of gradient descent with learning rate 0.1.\n\nb) What is $J$?")
    assert solution.answers[-1].value == 1.0


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (
            "The weight $w$ is updated by gradient descent with learning rate $\\alpha = 0.1$. Give the new value of $w$.",
            {"w^new": W},
        ),
        ("Both $w$ and $b$ are updated by gradient descent with step size 0.1. What is the new $b$?", {"b^new": B}),
        ("The weight is updated using gradient descent and a learning rate of 0.1. (a) Compute the new loss.", {"w^new": W}),
        ("We use gradient descent with learning rate 0.1. What is the updated $w$?", {"w^new": W}),
    ],
)
def test_steps_that_are_said_to_be_made(stated: str, expected: dict[str, float]) -> None:
    found = values(solve(NETWORK + stated))
    assert {name: found[name] for name in expected} == pytest.approx(expected)
    if "loss" in stated:  # of the weight alone: 2 * 0.66 + 0.1 - 1.5
        assert found["L^new"] == pytest.approx((2 * W + 0.1 - 1.5) ** 2)
