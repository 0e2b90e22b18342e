"""Counts of parameters, each in several wordings. The sums are worked out by hand."""

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import Answer, ProblemSolution
from chainrule.source import Source

# 4 -> 3 -> 2: 3 * 4 + 3 = 15 and 2 * 3 + 2 = 8
LAYERS = "Consider a fully connected network with 4 inputs, one hidden layer of 3 ReLU units and 2 linear output units. "
# h: m x d and m, y: k x m and k
EQUATIONS = (
    "Let $h = \\tanh(W^{(1)} x + b^{(1)})$ and $y = W^{(2)} h + b^{(2)}$, where $x \\in \\mathbb{R}^d$, $h \\in \\mathbb{R}^m$"
    " and $y \\in \\mathbb{R}^k$. "
)


def solve(text: str) -> ProblemSolution:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    return problem


def only(problem: ProblemSolution) -> Answer:
    (answer,) = problem.answers
    assert problem.status == "solved"
    assert answer.kind == "value"
    return answer


def errors(problem: ProblemSolution) -> list[str]:
    return [d.code for d in problem.diagnostics if d.severity == "error"]


@pytest.mark.parametrize(
    "asked",
    [
        "How many parameters does the network have?",
        "How many trainable parameters are there in total?",
        "Count the parameters.",
        "Count the number of weights and biases.",
        "What is the total number of weights and biases in this network?",
        "Compute the number of learnable parameters of the model.",
        "How many weights and biases does it have?",
        "Determine the total number of parameters (including biases).",
        "How many parameters must be learned?",
    ],
)
def test_all_parameters(asked: str) -> None:
    answer = only(solve(LAYERS + asked))
    assert answer.value == 15 + 8
    assert answer.formula.text == "3 * 4 + 3 + 2 * 3 + 2"


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("How many parameters are in the first layer?", 15),
        ("How many parameters does the hidden layer have?", 15),
        ("How many parameters are there in the output layer?", 8),
        ("Calculate the number of parameters in layer 2.", 8),
        ("How many weights does the network have?", 12 + 6),
        ("How many parameters are there, not counting the biases?", 12 + 6),
        ("What is the number of parameters excluding biases?", 12 + 6),
        ("How many biases are there?", 3 + 2),
        ("How many weights does the last layer have?", 6),
        ("How many weights does the last hidden layer have?", 12),
        ("What is the parameter count of the second layer?", 8),
    ],
)
def test_some_of_them(asked: str, count: int) -> None:
    assert only(solve(LAYERS + asked)).value == count


def test_the_entries_of_one_array() -> None:
    text = "Let $y = W x + b$ with $W \\in \\mathbb{R}^{3 \\times 4}$. How many entries does $W$ have? "
    assert [answer.value for answer in solve(text + "How many elements are in $b$?").answers] == [12, 3]


def test_layer_by_layer() -> None:
    answers = solve(LAYERS + "How many parameters does each layer have?").answers
    assert [answer.value for answer in answers] == [15, 8]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("How many parameters does a fully connected 784-256-10 network have?", 203530),  # 256*784 + 256 + 10*256 + 10
        ("How many parameters does a fully connected 784-256-10 network without biases have?", 203264),
        ("A 2-3-1 network has no biases. How many parameters are there?", 9),
        ("Consider an MLP with layers of sizes 5, 4, 3 and 2. Count its weights and biases.", 24 + 15 + 8),
        (
            "A network has 10 inputs, two hidden layers with 8 units each and one output unit. How many parameters are there?",
            169,
        ),
        (
            "A single neuron has inputs $x_1$, $x_2$, weights $w_1$, $w_2$, bias $b$ and a sigmoid. Count the parameters.",
            3,
        ),
    ],
)
def test_networks_in_words_need_no_activations(text: str, count: int) -> None:
    assert only(solve(text)).value == count


def test_sizes_may_be_letters() -> None:
    answer = only(solve(EQUATIONS + "What is the total number of parameters?"))
    assert answer.value is None
    assert answer.formula.latex == "m \\cdot d + m + k \\cdot m + k"
    assert [need.text for need in answer.needs] == ["d", "k", "m"]


def test_scalar_weights_count_one_each() -> None:
    text = (
        "Let $h_1 = \\sigma(w_1 x_1 + w_2 x_2)$, $h_2 = \\sigma(w_3 x_1 + w_4 x_2)$ and $y = \\sigma(w_5 h_1 + w_6 h_2)$. "
        "How many weights does the network have? How many weights are in the output layer?"
    )
    assert [answer.value for answer in solve(text).answers] == [6, 2]


def test_states_are_no_parameters() -> None:
    text = "Let $h_t = \\tanh(W h_{t-1} + U x_t + b)$ with $h_t \\in \\mathbb{R}^5$ and $x_t \\in \\mathbb{R}^3$. "
    assert only(solve(text + "How many parameters does the cell have?")).value == 25 + 15 + 5


def test_words_say_what_is_a_parameter() -> None:
    text = "With weights $A$, bias $c$ and input $u$, let $z = A u + c$, where $A \\in \\mathbb{R}^{3 \\times 2}$. "
    assert only(solve(text + "How many parameters are there?")).value == 9


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Let $z = A u + c$ with $A \\in \\mathbb{R}^{3 \\times 2}$. How many parameters are there?", "parameters-unclear"),
        ("Let $h = \\tanh(W x)$ with $x \\in \\mathbb{R}^3$. How many parameters does it have?", "size-not-told"),
        ("A two-layer ReLU network has a linear output. How many parameters does it have?", "size-not-told"),
        (
            "Let $y = W x$ with $W \\in \\mathbb{R}^{3 \\times 2}$. How many parameters (including biases) are there?",
            "no-biases",
        ),
        ("Let $y = 2 x$. How many parameters are there?", "no-parameters"),
        ("A convolutional network has 3 layers. How many parameters does it have?", "unsupported-network"),
        (EQUATIONS + "How many parameters are in layer 3?", "no-such-layer"),
        (EQUATIONS + "The first layer is frozen. How many trainable parameters are there?", "task-not-understood"),
        (EQUATIONS + "How many multiplications does the network need?", "task-not-understood"),
    ],
)
def test_what_cannot_be_counted_is_said(text: str, code: str) -> None:
    problem = solve(text)
    assert problem.status == "unsolved"
    assert code in errors(problem)
    assert not problem.answers


def test_a_second_bias_is_what_is_added_to_a_product_with_weights() -> None:
    """W: 4, U: 6, b: 2, V: 2, c: 1."""
    text = "Let $h_t = \\tanh(W h_{t-1} + U x_t + b)$ and $y_t = V h_t + c$ with $x_t \\in \\mathbb{R}^3$"
    asked = ", $h_t \\in \\mathbb{R}^2$ and $y_t \\in \\mathbb{R}$. How many parameters does it have in total?"
    assert only(solve(text + asked)).value == 15
    assert only(solve(f"{text}{asked} Here $c$ is a constant input.")).value == 14


def test_how_many_of_them() -> None:
    text = "# Problem 1\nA fully connected network 3-4-2 has biases.\n\n(a) How many parameters does it have?\n\n"
    problem = solve(f"{text}(b) How many of them are in the first layer?\n\n(c) How many of these are biases?")
    assert [answer.value for answer in problem.answers] == [3 * 4 + 4 + 4 * 2 + 2, 16, 4]


def test_how_many_of_what_nobody_counted_is_not_understood() -> None:
    problem = solve("A fully connected network 3-4-2 has biases. How many of them are in the first layer?")
    assert problem.answers == ()
    assert errors(problem) == ["task-not-understood"]


@pytest.mark.parametrize("network", ["a fully connected network 3-4-2 without biases", "a dense 3-4-2 network without biases"])
def test_the_sizes_may_follow_the_network(network: str) -> None:
    assert only(solve(f"How many parameters has {network}?")).value == 20
