"""Requests in the wordings of real courses, "evaluate both", "all four inputs", "what does the model predict?", by hand."""

import math
from typing import Any

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.source import Source

LINE = "Let $J = (w x - y)^2$ with $w = 1$, $x = 2$, $y = 3$. "
BOTH = r"Derive $\frac{\partial J}{\partial w}$ and $\frac{\partial J}{\partial x}$. "
GATES = "Let $f = (a + b) (c + d)$ with $a = 1$, $b = 2$, $c = 3$, $d = 4$. "
NEURON = r"Let $z = w x + b$ and $\hat y = \tanh(z)$ with $w = 2$, $x = 1$, $b = -1$. "
STEP = LINE + "Do one step of gradient descent on $w$ with learning rate 0.1. "
PAIR = "Let $p = (r, 1 - r)$ and $q = (s, 1 - s)$. "
LAYERS = (
    "A network has two inputs, one hidden layer with two neurons and one output. {} No biases."
    r" $W = \begin{{pmatrix}}1&-1\\2&1\end{{pmatrix}}$, $v = (2, 3)$. What is the output for the input $(1, 2)$?"
)


def read(text: str) -> tuple[dict[str, Any], list[str]]:
    """The values by symbol, and the codes of the errors."""
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    values = {each.symbol.text: each.value for each in problem.answers}
    return values, [each.code for each in problem.diagnostics if each.severity == "error"]


GRADIENTS = {"dJ/dw": -4.0, "dJ/dx": -2.0}
ALL_FOUR = {"df/da": 7.0, "df/db": 7.0, "df/dc": 3.0, "df/dd": 3.0}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (LINE + BOTH + "Evaluate both.", GRADIENTS),
        (LINE + BOTH + "Evaluate them numerically.", GRADIENTS),
        (LINE + r"Derive $\frac{\partial J}{\partial w}$ and evaluate it.", {"dJ/dw": -4.0}),
        (LINE + "\n\na) Derive $\\frac{\\partial J}{\\partial w}$.\n\nb) Evaluate it.", {"dJ/dw": -4.0}),
        ("Let $J = (w x - y)^2$. " + BOTH + "Evaluate both for $w = 1$, $x = 2$, $y = 3$.", GRADIENTS),
        (GATES + "Compute the gradient with respect to all four inputs.", ALL_FOUR),
        (GATES + "Compute the four partial derivatives of $f$.", ALL_FOUR),
        (GATES + "Compute the partial derivatives of $f$. Compute all four.", ALL_FOUR),
        (NEURON + "What does the model predict?", {r"y_hat": math.tanh(1)}),
        (NEURON.replace("$x = 1$, ", "") + "What does the neuron output for $x = 2$?", {r"y_hat": math.tanh(3)}),
        (NEURON + "What is the predicted output after the forward pass?", {r"y_hat": math.tanh(1)}),
        (LINE + r"By how much does it miss, i.e. what is $\delta = w x - y$?", {"delta": -1.0}),
        (r"Let $p = \mathrm{softmax}(z)$ with $z = (0, \log 3)$. What is the probability $p_2$ of class 2?", {"p_2": 0.75}),
        (
            r"Let $p = \mathrm{softmax}(z)$ with $z = (0, \log 3)$. What is the probability $p_1$ of the first class?",
            {"p_1": 0.25},
        ),
        (STEP + "What is the loss afterwards?", {"J^new": 0.04}),
        (STEP + "What is the loss then?", {"J^new": 0.04}),
        (STEP + "Compute the loss after this step.", {"J^new": 0.04}),
        (LINE + "Make one step of gradient descent on $w$ with $\\varepsilon = 0.5$ for these values.", {"w^new": 3.0}),
        ("Let $f = w^2 x$. Evaluate $f$ at $w = 3$, $x = 4$. Compute $\\nabla_w f$ there.", {"df/dw": 24.0}),
        (LAYERS.format("Hidden and output layers use the ReLU activation."), {"y_hat": 12.0}),
        (LAYERS.format("The hidden layer and the output layer both use the ReLU activation."), {"y_hat": 12.0}),
        (LAYERS.format("The ReLU function is used as the activation throughout."), {"y_hat": 12.0}),
        ("A fully connected 4-3-2 ReLU network. How many parameters (including biases) are there in the entire network?", {}),
    ],
)
def test_a_wording_of_real_courses(text: str, wanted: dict[str, float]) -> None:
    values, errors = read(text)
    assert not errors
    assert {name: values[name] for name in wanted} == {name: pytest.approx(value) for name, value in wanted.items()}
    if not wanted:
        assert list(values.values()) == [4 * 3 + 3 + 3 * 2 + 2]


@pytest.mark.parametrize(
    "text",
    [
        LINE + r"Derive $\frac{\partial J}{\partial w}$. Evaluate both.",
        LINE + r"Derive $\frac{\partial J}{\partial w}$. $J$ has a minimum. Evaluate it.",
        LINE + r"Derive $\frac{\partial J}{\partial w}$. Evaluate it at its minimum.",
        GATES + "Compute the gradient with respect to all five inputs.",
        GATES + "Compute the three partial derivatives of $f$.",
        NEURON + "What does the model predict after one step of gradient descent?",
        r"Let $p = \mathrm{softmax}(z)$ with $z = (0, 1)$. What is the probability $p_2$ of class 1?",
        STEP + "Compute $J$ again.",
        STEP + r"Compute $\frac{\partial J}{\partial w}$ there.",
        LAYERS.format("The hidden layer and the output layer use the ReLU activation and the sigmoid."),
        LAYERS.format("The ReLU function is not used as the activation throughout."),
    ],
)
def test_what_only_looks_like_it_stays_open(text: str) -> None:
    values, errors = read(text)
    assert errors
    assert "J" not in values


def test_weights_of_further_layers_are_weights() -> None:
    values, _ = read(
        r"Let $h = \mathrm{relu}(W x)$, $y = v^T h$, $L = (y - 1)^2$ with $W = \begin{pmatrix}1&-1\\2&1\end{pmatrix}$,"
        " $v = (2, 3)$, $x = (1, 2)$. Find the gradient of the loss $L$ with respect to all weights."
    )
    assert {name: each if isinstance(each, list) else each.tolist() for name, each in values.items()} == {
        "dL/dW": [[0, 0], [66, 132]],
        "dL/dv": [0, 88],
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (PAIR + r"Compute $D(p \| q)$ in bits for the case $r = 1/2$ and $s = 1/4$.", 0.5 + 0.5 * math.log2(2 / 3)),
        (PAIR + r"Compute $D(p \| q)$ in bits for $r = 1/2$, $s = 1/4$.", 0.5 + 0.5 * math.log2(2 / 3)),
        ("Let $p = (r, 1 - r)$. Compute the entropy of $p$ in bits for the case $r = 1/2$.", 1.0),
        (r"Let $P = \{\text{sun: } 0.25, \text{no sun: } 0.75\}$. What is $H(P)$ in bits?", 2 - 0.75 * math.log2(3)),
        ("Event A has probability 0.25. How many bits of information does A carry?", 2.0),
        ("The event $A$ occurs with probability $1/8$. How many bits of information does $A$ carry?", 3.0),
        ("An event A has probability 0.25 and an event B has probability 0.5. How many bits of information does B carry?", 1.0),
    ],
)
def test_information_in_bits(text: str, wanted: float) -> None:
    values, errors = read(text)
    assert not errors
    assert list(values.values()) == [pytest.approx(wanted)]


def test_how_much_another_event_carries() -> None:
    text = "Event A has probability 0.25 and event B has probability 0.5. How many bits does A carry, and how many does B?"
    values, errors = read(text)
    assert not errors
    assert list(values.values()) == [2.0, 1.0]
    values, errors = read(text.replace("does B?", "does C?"))
    assert errors == ["task-not-understood"]
    for said in ("0.25. Event A has probability 0.5", "0.25 or 0.5", "0.25 when B happened"):
        values, errors = read(f"Event A has probability {said}. How many bits does A carry?")
        assert not values
        assert errors == ["task-not-understood"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"The cost of linear regression is $J(\theta) = \frac12 \|X\theta - y\|^2$.", "X^T (X theta - y)"),
        (
            r"Ridge regression is linear regression with $J(w) = \|A w - b\|^2 + \lambda \|w\|^2$.",
            "2 A^T (A w - b) + 2 lambda w",
        ),
    ],
)
def test_the_name_of_a_method_adds_nothing_to_a_loss_in_full(text: str, wanted: str) -> None:
    (problem,) = solve_sheet(Source("sheet.md", text + " Derive the gradient of $J$.")).problems
    assert wanted in [each.formula.text for each in problem.answers]
    assert not [each for each in problem.diagnostics if each.code.startswith("network") or each.severity == "error"]


def test_the_name_of_a_method_is_read_where_the_loss_needs_it() -> None:
    values, errors = read(
        r"Linear regression has the loss $L = \frac12 (\hat y - y)^2$. The weights are $w = (1, 2)$, the bias is 1,"
        " the input is $x = (1, 1)$, the target is $y = 2$. Compute $L$."
    )
    assert not errors
    assert values["L"] == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Let $h = w x$, $y_1 = 2 h$, $y_2 = 3 h$ and $L = (y_2 - 5)^2$. ", "L"),
        ("Let $z = w x$ have the energy $E = (z - 1)^2$. The loss is $A = w^2$. ", "A"),
        ("Let $z = w x$ and $E = (z - 1)^2$, $A = w^2$. The error is $E$. ", "E"),
    ],
)
def test_the_loss_is_what_the_text_calls_so(text: str, name: str) -> None:
    values, errors = read(text + "With $w = 3$ and $x = 2$, compute the loss.")
    assert not errors
    assert list(values) == [name]


def test_a_letter_that_may_be_an_energy_is_no_loss() -> None:
    assert "no-target" in read("Let $z = w x$, $E = (z - 1)^2$ and $A = w^2$ with $w = 1$, $x = 2$. Compute the loss.")[1]
    text = "Let $L = 2 w$ be the length and $A = w^2$ the area; $A$ is the loss. $w = 3$. Compute the loss."
    assert "no-target" in read(text)[1]


@pytest.mark.parametrize(
    "said",
    [
        "The loss is not $A$.",
        "The loss depends on $A$.",
        "$A$ is a bound on the loss.",
        "$A$ is the loss term of another task.",
    ],
)
def test_words_beside_a_loss_that_do_not_call_it_so(said: str) -> None:
    assert "no-target" in read(f"Let $A = w x$ and $B = w^2 x$ with $w = 1$, $x = 2$. {said} Compute the loss.")[1]


def test_the_loss_of_another_problem_is_none_of_this_one() -> None:
    text = (
        "# Problem 1\nLet $A = z^2$ with $z = 1$. Compute $A$. The loss is $A$.\n\n"
        "# Problem 2\nLet $A = w x$ and $B = w^2$ with $w = 1$, $x = 2$. Compute the loss."
    )
    _, problem = solve_sheet(Source("sheet.md", text)).problems
    assert "no-target" in [each.code for each in problem.diagnostics]


@pytest.mark.parametrize(
    "request_",
    [
        r"Give the backprop equations for $\frac{\partial E}{\partial w}$.",
        r"Express $\frac{\partial E}{\partial w}$ using backpropagation rules.",
    ],
)
def test_backprop_equations_need_no_derivative_asked_before(request_: str) -> None:
    values, errors = read(r"Let $y = w x$ and $E = \frac12 (y - t)^2$ with $w = 1$, $x = 2$, $t = 1$. " + request_)
    assert not errors
    assert values == {"dE/dw": 2.0}


@pytest.mark.parametrize(
    "text",
    [
        "Let $y = x^2$. Compute $y$ at $x = 1$ in full and at $x = 2$ in full.",
        "Let $f(p) = p^T p$. Compute the gradient of $f$ with respect to $p$. Then project $p$ minus it onto the simplex.",
    ],
)
def test_nothing_of_a_request_is_dropped(text: str) -> None:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    assert "error" in {each.severity for each in problem.diagnostics}


@pytest.mark.parametrize("ask", [", and its gradient", ". Compute its gradient", ", and then its gradient"])
def test_its_gradient_where_the_distributions_are_given_in_the_request(ask: str) -> None:
    """KL has the gradient -p/q by q."""
    text = f"Compute the KL divergence between $P = (0.5, 0.5)$ and $Q = (0.8, 0.2)${ask} with respect to $Q$."
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    assert problem.answers[-1].value == pytest.approx([-0.625, -2.5])


def test_a_point_at_which_two_variables_are_the_same_number() -> None:
    """d(x^2 y)/dx = 2 x y."""
    values, errors = read(r"Let $f = x^2 y$. Compute $\frac{\partial f}{\partial x}$ at $x = y = 3$.")
    assert (list(values.values()), errors) == ([18], [])


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [("Compute the output.", 1 / (1 + math.exp(-2))), ("What is the output for $x = 0$?", 0.5)],
)
def test_an_output_that_is_said_without_a_name(asked: str, wanted: float) -> None:
    given = "" if "0" in asked else ", $x = 1$"
    values, errors = read(rf"Let $z = w x$ with $w = 2${given}. The output is $\sigma(z)$. {asked}")
    assert (list(values.values()), errors) == ([pytest.approx(wanted)], [])
