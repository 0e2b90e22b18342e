r"""Networks partly in words, numbers in prose, and what words change: numbers against NumPy and by hand."""

import numpy as np
import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import Answer, ProblemSolution
from chainrule.source import Source

WORDS = "A network has one hidden layer with two ReLU units and a single linear output unit."


def solve(text: str) -> ProblemSolution:
    [problem] = solve_sheet(Source("sheet.md", f"# Problem 1\n{text}\n")).problems
    return problem


def last(problem: ProblemSolution, part: str = "a") -> object:
    """The last value that a part is answered by; None where it is open."""
    task = next(task for task in problem.tasks if task.part == part)
    answers = [problem.answers[index] for index in task.answers]
    values = [answer.value for answer in answers if isinstance(answer, Answer) or hasattr(answer, "value")]
    return values[-1] if values else None


def errors(problem: ProblemSolution) -> list[str]:
    return [each.code for each in problem.diagnostics if each.severity == "error"]


def sigmoid(z: float) -> float:
    return float(1 / (1 + np.exp(-z)))


NUMBERS = [
    ("All weights are 1. The network does not have biases. The input is (1, 2).", 6.0),
    ("All weights are 1. Biases are not used. The input is (1, 2).", 6.0),
    ("The biases are zero, and all of the weights, each of which is 0.5, are fixed. The input is (1, 2).", 1.5),
    ("The input weights are 0.5 and the output weights are 2. The biases are zero. The input is (1, 2).", 6.0),
    ("All weights are 1. The biases are 0.1 in the hidden layer and 0.2 in the output layer. The input is $(1, 2)$.", 6.4),
    ("The weights are 1 in the hidden layer and 2 in the output layer, no biases, given the input (1, 2) with target 3.", 12.0),
]


@pytest.mark.parametrize(("words", "expected"), NUMBERS)
def test_numbers_in_prose(words: str, expected: float) -> None:
    assert last(solve(f"{WORDS} {words}\n\na) Compute the output.")) == pytest.approx(expected)


NEURONS = [
    ("A perceptron with a sigmoid activation has the weights 0.5, -1 and 2, the bias 0.1 and the inputs 1, 2 and 0.5.", -0.4),
    ("A network has three inputs and one sigmoid output. All weights are 0.5 and the bias is 0. The input is (1, 2, 3).", 3.0),
]


@pytest.mark.parametrize(("words", "inner"), NEURONS)
def test_lists_of_numbers_are_the_weights_of_one_neuron(words: str, inner: float) -> None:
    assert last(solve(f"{words}\n\na) Compute the output.")) == pytest.approx(sigmoid(inner))


REFUSED = [
    ("All weights are 1 except the first, which is 2. No biases. The input is (1, 2).", "words-unclear"),
    ("All weights are 1. Biases are zero except the output bias, which is 2. The input is (1, 2).", "words-unclear"),
    ("The output weights are 1, 2, 3 and 4. No biases. The input is (1, 2).", "weights-unclear"),
    ("The first hidden unit has weights 1 and 2. No biases. The input is (1, 2).", "unsupported-network"),
    ("All weights are 1 and all weights are 2. No biases. The input is (1, 2).", "contradictory-network"),
]


@pytest.mark.parametrize(("words", "code"), REFUSED)
def test_what_is_said_of_some_weights_alone_is_not_taken_for_all(words: str, code: str) -> None:
    problem = solve(f"{WORDS} {words}\n\na) Compute the output.")
    assert (last(problem), code in errors(problem)) == (None, True)


@pytest.mark.parametrize(
    "part",
    [
        "What is the output if the hidden layer uses tanh?",
        "Now the hidden layer uses tanh instead of ReLU. Compute the output.",
        "Replace the hidden layer by two tanh units. Compute the output.",
    ],
)
def test_a_part_with_another_network_is_not_answered_by_the_first(part: str) -> None:
    problem = solve(f"{WORDS} All weights are 1. No biases. The input is (1, 2).\n\na) Compute the output.\n\nb) {part}")
    assert last(problem, "b") is None
    assert problem.status != "solved"


@pytest.mark.parametrize("asked", ["What is the output for input (2, 2)?", "Compute the output for the input (2, 2)."])
def test_a_part_with_an_input_of_its_own(asked: str) -> None:
    problem = solve(f"{WORDS} All weights are 1. No biases. The input is (1, 2).\n\na) Compute the output.\n\nb) {asked}")
    assert (last(problem, "a"), last(problem, "b")) == (6.0, 8.0)


def test_an_input_in_a_formula_of_a_later_part() -> None:
    problem = solve(
        f"{WORDS} All weights are 1. No biases.\n\na) Compute the output for the input (2, 1).\n\n"
        f"b) Compute the output for $x = (3, 3)$."
    )
    assert (last(problem, "a"), last(problem, "b")) == (6.0, 12.0)


def test_a_word_about_what_is_asked_in_words_alone_changes_nothing() -> None:
    problem = solve(
        f"{WORDS} All weights are 1. No biases. The input is (1, 2).\n\na) Compute the output.\n\n"
        f"b) What happens if all weights are zero?"
    )
    assert last(problem) == 6.0


def test_an_output_in_words_over_a_hidden_layer_in_formulas() -> None:
    problem = solve(r"""The hidden layer computes $h = \tanh(W x)$. The output layer is one sigmoid unit with weights
$v$ and no bias.
The loss is the binary cross-entropy. $W = \begin{bmatrix} 1 & 2 \\ 0.5 & -1 \end{bmatrix}$, $v = (0.3, 0.7)$, $x = (1,
-1)$, $y = 1$.

a) Compute the loss.

b) Compute $\frac{\partial L}{\partial v}$.""")
    h = np.tanh(np.array([-1.0, 1.5]))
    p = sigmoid(float(h @ [0.3, 0.7]))
    assert last(problem) == pytest.approx(-np.log(p))
    assert last(problem, "b") == pytest.approx((p - 1) * h)


def test_rows_in_the_formulas_are_rows_in_the_words() -> None:
    problem = solve(r"""Let $h = \tanh(x W)$ be the hidden layer. A linear output layer has weights $V$ and biases $c$.
$W = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}$, $V = \begin{bmatrix} 1 & 2 \\ 0 & 1 \end{bmatrix}$, $c = (1, 1)$,
$x = (0.5, 0)$.

a) Compute the output.""")
    h = np.tanh([0.5, 1.0])
    assert last(problem) == pytest.approx(h @ np.array([[1, 2], [0, 1]]) + 1)


def test_a_hidden_layer_in_words_under_an_output_in_formulas() -> None:
    problem = solve(r"""The hidden layer of a network has two tanh units with weights $W =
\begin{bmatrix}1&2\\3&4\end{bmatrix}$ and bias
$b = (0, 1)$. The output is $\hat y = v^\top h + c$, with $v = (1, -1)$ and $c = 0.5$. The loss is the squared error
with target $y = 1$.
$x = (1, 0)$.

a) Compute $\hat y$.

b) Compute the loss.""")
    output = np.tanh(1) - np.tanh(4) + 0.5
    assert last(problem) == pytest.approx(output)
    assert last(problem, "b") == pytest.approx((1 - output) ** 2)


@pytest.mark.parametrize("formula", ["h = W x", "z = W x"])
def test_formula_and_words_that_differ_in_the_activation(formula: str) -> None:
    problem = solve(
        f"The hidden layer is ${formula}$ and uses ReLU. A linear output unit has weights $v$.\n\na) Compute the output."
    )
    assert "contradictory-network" in errors(problem)


FUNCTIONS = [
    ("where $\\sigma$ is the ReLU function", 5.0),
    ("with the hyperbolic tangent function $\\sigma$", np.tanh(5)),
    ("where $\\sigma$ denotes the leaky ReLU with slope 0.5", 5.0),
    ("and $\\sigma$ is the identity", 5.0),
    ("where $\\sigma$ is the logistic sigmoid", sigmoid(5)),
]


@pytest.mark.parametrize(("words", "expected"), FUNCTIONS)
def test_letters_of_functions_that_words_explain(words: str, expected: float) -> None:
    problem = solve(f"A unit computes $y = \\sigma(w x + b)$, {words}. $w = 2$, $b = -1$, $x = 3$.\n\na) Compute $y$.")
    assert last(problem) == pytest.approx(expected)


@pytest.mark.parametrize("words", ["the Heaviside function", "the leaky ReLU", "a maxout"])
def test_a_letter_of_an_unknown_function_is_never_the_sigmoid(words: str) -> None:
    problem = solve(f"A unit computes $y = \\sigma(w x)$, where $\\sigma$ is {words}. $w = 2$, $x = 3$.\n\na) Compute $y$.")
    assert last(problem) is None
    assert errors(problem)


LEAKY = ["with slope 0.1", "with a negative slope of 0.1", "($\\alpha = 0.1$)"]


@pytest.mark.parametrize("slope", LEAKY)
def test_a_leaky_relu_has_the_slope_that_is_said(slope: str) -> None:
    problem = solve(
        f"A neuron with leaky ReLU activation {slope} has weight $w = -1$ and no bias. $x = 2$.\n\na) Compute the output."
    )
    assert last(problem) == pytest.approx(-0.2)


def test_a_leaky_relu_without_a_slope() -> None:
    problem = solve("A neuron with leaky ReLU activation has weight $w = -1$ and no bias. $x = 2$.\n\na) Compute the output.")
    assert "activation-unclear" in errors(problem)


@pytest.mark.parametrize(
    "words",
    [
        "Training minimises $\\frac{1}{2}(y - \\hat y)^2 + \\lambda w^2$",
        "The loss is $\\frac{1}{2}(y - \\hat y)^2 + \\lambda w^2$",
        "We minimize the cost $\\frac{1}{2}(y - \\hat y)^2 + \\lambda w^2$",
    ],
)
def test_a_loss_as_an_expression(words: str) -> None:
    model = "A linear model has weight $w = 3$ and bias $b = 1$; $\\lambda = 0.5$, $x = 2$, $y = 4$."
    problem = solve(f"{model} {words}.\n\na) Compute the loss.\n\nb) Compute $\\frac{{\\partial L}}{{\\partial w}}$.")
    assert last(problem) == pytest.approx(0.5 * 9 + 0.5 * 9)
    assert last(problem, "b") == pytest.approx(3 * 2 + 3)


def test_a_hidden_layer_that_is_declared_by_its_entries() -> None:
    problem = solve(r"""A network has inputs $x = (x_1, x_2)$, one hidden layer $h = (h_1, h_2)$ with ReLU activation
and a linear output $y$.
$W_1 = \begin{bmatrix}1&-1\\2&0\end{bmatrix}$, $W_2 = \begin{bmatrix}1&1\end{bmatrix}$, no biases, $x_1 = 1$ and $x_2 = 3$.

a) Compute $h$.

b) Compute $y$.""")
    assert last(problem) == pytest.approx([0, 2])
    assert last(problem, "b") == pytest.approx(2)


def test_hidden_layers_that_are_named_in_a_list() -> None:
    problem = solve(r"""There are two hidden layers, $h_1$ and $h_2$, both with ReLU activation, and a linear output $y$.
$W_1 = \begin{bmatrix}1&0\\0&1\end{bmatrix}$, $W_2 = \begin{bmatrix}1&1\\1&-1\end{bmatrix}$, $w_3 = (1, 2)$, no biases,
$x = (3, 1)$.

a) Compute $h_2$.

b) Compute $y$.""")
    assert last(problem) == pytest.approx([4, 2])
    assert last(problem, "b") == pytest.approx(8)


def test_weights_with_their_layers_behind_them() -> None:
    problem = solve(r"""A network has one hidden layer with activation $g(z) = \max(0, z)$, and a linear output. The
weight matrices are
$A = \begin{bmatrix}2&0\\1&-3\end{bmatrix}$ for the hidden layer and $B = \begin{bmatrix}1&-1\end{bmatrix}$ for the
output layer, no biases.

a) Compute the output for $x = (1, 1)^\top$.""")
    assert last(problem) == pytest.approx(2)


def test_no_network_is_guessed_where_a_word_speaks_of_a_layer_that_is_not_understood() -> None:
    problem = solve(
        "A network has two inputs, a middle stage and one sigmoid output. All weights are 1, the input is (1, 2).\n\n"
        "a) Compute the output."
    )
    assert last(problem) is None
