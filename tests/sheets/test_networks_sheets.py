"""Whole sheets whose network is in words: their numbers against NumPy, gradients against central differences."""

from collections.abc import Callable

import numpy as np
import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import Answer, ProblemSolution
from chainrule.source import Source


def solve(text: str) -> ProblemSolution:
    [problem] = solve_sheet(Source("sheet.md", text)).problems
    assert problem.status == "solved", problem.diagnostics
    return problem


def value(problem: ProblemSolution, symbol: str) -> np.ndarray:
    [answer] = [a for a in problem.answers if a.kind == "value" and a.symbol.text == symbol]
    return np.array(answer.value)


def gradient(problem: ProblemSolution, of: str, wrt: str) -> np.ndarray:
    [answer] = [a for a in problem.answers if isinstance(a, Answer) and (a.of, a.wrt) == (of, wrt)]
    return np.array(answer.value)


def differences(f: Callable[[np.ndarray], float], at: np.ndarray) -> np.ndarray:
    """The gradient of f by central differences, in the shape of its argument."""
    found = np.zeros(at.shape)
    for index in np.ndindex(at.shape):
        step = np.zeros(at.shape)
        step[index] = 1e-6
        found[index] = (f(at + step) - f(at - step)) / 2e-6
    return found


def sigmoid(z: np.ndarray | float) -> np.ndarray:
    return 1 / (1 + np.exp(-np.asarray(z)))


def softmax(z: np.ndarray) -> np.ndarray:
    e = np.exp(z - z.max())
    return e / e.sum()


def relu(z: np.ndarray) -> np.ndarray:
    return np.maximum(z, 0)


def near(found: np.ndarray, expected: object) -> bool:
    return np.asarray(found).shape == np.asarray(expected).shape and np.allclose(found, np.asarray(expected), atol=1e-8)


def test_values_in_prose_alone() -> None:
    problem = solve(r"""# Exercise 1
A fully connected network has two inputs, one hidden layer with two tanh units and a single linear output.
All weights are initialised to 0.5 and all biases are zero. The input is $(1, -2)$ and the target is 0.5.
The loss is half the squared error.

a) Compute the output.
b) Compute the loss.
c) Compute the gradient of the loss with respect to all weights.
""")
    half = np.full((2, 2), 0.5)
    x, v = np.array([1.0, -2.0]), np.array([0.5, 0.5])

    def loss(w: np.ndarray, v: np.ndarray) -> float:
        return 0.5 * float((0.5 - v @ np.tanh(w @ x)) ** 2)

    assert near(value(problem, "y_hat"), v @ np.tanh(half @ x))
    assert near(value(problem, "L"), loss(half, v))
    assert near(gradient(problem, "L", "W^{(1)}"), differences(lambda w: loss(w, v), half))
    assert near(gradient(problem, "L", "W^{(2)}"), differences(lambda u: loss(half, u), v))


def test_row_vectors_where_the_shapes_demand_them() -> None:
    problem = solve(r"""# Problem 1
The network takes a row vector, has one hidden layer of ReLU units and a softmax output layer:
$$ x = \begin{bmatrix} 1 & 2 \end{bmatrix}, \quad W_1 = \begin{bmatrix} 1 & 0 & -1 \\ 0.5 & 1 & 2 \end{bmatrix}, \quad
b_1 = \begin{bmatrix} 0 & 0.1 & -0.2 \end{bmatrix} $$
$$ W_2 = \begin{bmatrix} 1 & 0 \\ 0 & 1 \\ 0.5 & -0.5 \end{bmatrix}, \quad b_2 = \begin{bmatrix} 0 & 0 \end{bmatrix} $$
The true label is $y = (1, 0)$ and the loss is the cross-entropy.

1. Perform a forward pass.
2. Compute $\frac{\partial L}{\partial W_2}$.
""")
    x, w1, b1 = np.array([1.0, 2]), np.array([[1, 0, -1], [0.5, 1, 2]]), np.array([0, 0.1, -0.2])
    w2, y = np.array([[1, 0], [0, 1], [0.5, -0.5]]), np.array([1.0, 0])
    h = relu(x @ w1 + b1)
    assert near(value(problem, "y_hat"), softmax(h @ w2))
    assert near(value(problem, "L"), -np.log(softmax(h @ w2)[0]))
    assert near(gradient(problem, "L", "W_2"), differences(lambda w: float(-y @ np.log(softmax(h @ w))), w2))


def test_a_single_neuron_with_scalar_weights() -> None:
    problem = solve(r"""# Problem 2
A single neuron with sigmoid activation has inputs $x_1 = 1$, $x_2 = 2$, weights $w_1 = 0.3$, $w_2 = -0.1$ and bias $b = 0.2$.
It is trained with the binary cross-entropy loss on the label $y = 1$.

(a) Compute the output $\hat y$.
(b) Compute the loss.
(c) Compute $\frac{\partial L}{\partial w_1}$ and $\frac{\partial L}{\partial b}$.
""")
    p = float(sigmoid(0.3 - 0.2 + 0.2))
    assert near(value(problem, "y_hat"), p)
    assert near(value(problem, "L"), -np.log(p))
    assert near(gradient(problem, "L", "w_1"), p - 1)
    assert near(gradient(problem, "L", "b"), p - 1)


def test_the_names_of_the_sheet_are_kept() -> None:
    problem = solve(r"""# Problem 3
You are given a two-layer network:

- hidden layer: 2 neurons, sigmoid activation
- output layer: 1 neuron, linear activation
- loss: mean squared error

with $\mathbf{W}^{[1]} = \begin{bmatrix} 0.1 & 0.2 \\ 0.3 & 0.4 \end{bmatrix}$,
$\mathbf{b}^{[1]} = \begin{bmatrix} 0.1 \\ 0.1 \end{bmatrix}$, $\mathbf{W}^{[2]} = \begin{bmatrix} 0.5 & 0.6 \end{bmatrix}$,
$b^{[2]} = 0.2$, $\mathbf{x} = \begin{bmatrix} 1 \\ 0.5 \end{bmatrix}$ and $y_\text{true} = 1$.

a) Calculate the prediction.
b) What is the loss?
c) Compute the gradient of the loss with respect to $\mathbf{W}^{[1]}$.
""")
    w, x, v = np.array([[0.1, 0.2], [0.3, 0.4]]), np.array([1, 0.5]), np.array([0.5, 0.6])

    def output(w: np.ndarray) -> float:
        return float(v @ sigmoid(w @ x + 0.1) + 0.2)

    assert near(value(problem, "y_hat"), output(w))
    assert near(value(problem, "L"), (1 - output(w)) ** 2)
    assert near(gradient(problem, "L", r"\mathbf{W}^{[1]}"), differences(lambda u: (1 - output(u)) ** 2, w))


def test_a_residual_connection_without_biases() -> None:
    problem = solve(r"""# Problem 5
A network without biases has one hidden layer of two ReLU units with a residual connection around the hidden layer, and one
linear output unit. The hidden weights are $V = \begin{bmatrix} 1 & -1 \\ 2 & 0.5 \end{bmatrix}$, the output weights
$w = (1, 2)$. The input is $x = (1, 3)$.

a) Compute the output.
b) Compute the gradient of the output with respect to $V$.
""")
    assert near(value(problem, "y_hat"), 1 * (1 + 0) + 2 * (3 + 3.5))
    assert near(gradient(problem, r"\hat{y}", "V"), [[0, 0], [2, 6]])


def test_deep_with_one_number_for_all_weights() -> None:
    problem = solve("""# Problem 6
A small MLP with 2 inputs, two hidden layers of 2 units each and one output uses tanh everywhere. There are no biases. Every
weight equals 0.25. The input is (1, 1).

a) Compute the output.
""")
    assert near(value(problem, "y_hat"), np.tanh(0.5 * np.tanh(0.5 * np.tanh(0.5))))


def test_a_linear_classifier_with_hinge_loss() -> None:
    problem = solve(r"""# Problem 7
A linear classifier: a single-layer network with linear activation, weight vector $w = (2, -1)$, bias $b = 0.5$. It is trained
with the hinge loss. For $x = (1, 1)$ and the label $y = -1$:

a) Compute the loss.
b) Compute the gradient of the loss with respect to $w$.
""")
    assert near(value(problem, "L"), 2.5)
    assert near(gradient(problem, "L", "w"), [1, 1])


def test_sizes_with_dashes_and_a_softmax() -> None:
    problem = solve(r"""# Problem 8
Consider a 2-2-2 network with sigmoid hidden units and a softmax output. Its weights are
$W_1 = \begin{bmatrix} 0.15 & 0.2 \\ 0.25 & 0.3 \end{bmatrix}$, $W_2 = \begin{bmatrix} 0.4 & 0.45 \\ 0.5 & 0.55 \end{bmatrix}$,
its biases $b_1 = [0.35, 0.35]$, $b_2 = [0.6, 0.6]$; $x = [0.05, 0.1]$ and the one-hot target $t = [0, 1]$. The loss is the
cross-entropy.

a) Run a forward pass.
b) Compute $\frac{\partial L}{\partial W_1}$ and $\frac{\partial L}{\partial b_2}$.
""")
    w1, w2 = np.array([[0.15, 0.2], [0.25, 0.3]]), np.array([[0.4, 0.45], [0.5, 0.55]])
    x, t = np.array([0.05, 0.1]), np.array([0.0, 1])

    def output(w: np.ndarray) -> np.ndarray:
        return softmax(w2 @ sigmoid(w @ x + 0.35) + 0.6)

    assert near(value(problem, "y_hat"), output(w1))
    assert near(gradient(problem, "L", "W_1"), differences(lambda w: float(-np.log(output(w)[1])), w1))
    assert near(gradient(problem, "L", "b_2"), output(w1) - t)


def test_regression_with_the_huber_loss() -> None:
    problem = solve(r"""# Problem 9
A regression network has one hidden layer with the softplus activation, a linear output, and is trained with the Huber loss
with $\delta = 1$. The weights are $W_1 = \begin{bmatrix} 1 & 2 \\ -1 & 1 \end{bmatrix}$ and
$W_2 = \begin{bmatrix} 1 & -1 \end{bmatrix}$, the biases $b_1 = (0, 0.5)$, $b_2 = 0.1$, the input $x = (0.5, -0.5)$ and the
target $t = 3$.

a) Compute the prediction.
b) Compute the loss.
c) Compute the gradient of the loss with respect to $W_2$.
""")
    h = np.log1p(np.exp(np.array([-0.5, -1.0 + 0.5])))
    assert near(value(problem, "y_hat"), h[0] - h[1] + 0.1)
    assert near(value(problem, "L"), 2.9 - 0.5 + h[1] - h[0])
    assert near(gradient(problem, "L", "W_2"), -h)


def test_a_loss_in_words_beside_formulas_and_a_target_for_each_part() -> None:
    problem = solve(r"""# Problem 4
Let $\hat y = \sigma(w^\top x + b)$ with $w = (1, -1)$, $x = (0.5, 0.25)$, $b = 0$. Use the squared error as the loss $J$.

a) Compute the loss for $y = 1$.
b) Compute $\frac{\partial J}{\partial w}$ for $y = 0$.
""")
    p = float(sigmoid(0.25))
    assert near(value(problem, "J"), (1 - p) ** 2)
    assert near(gradient(problem, "J", "w"), 2 * p * p * (1 - p) * np.array([0.5, 0.25]))


def test_the_loss_of_a_later_part_is_no_part_of_the_forward_pass() -> None:
    problem = solve(r"""# Problem 1
A network without biases has one tanh hidden layer and a linear output unit, $W_1 = [[1, 0], [0, 2]]$, $W_2 = [[1, 1]]$, and
its input is $x = (0.5, 1)$.

1. Perform a forward pass.
2. With the loss $E = (t - \hat y)^2$ and $t = 0$, compute the loss.
""")
    y = np.tanh(0.5) + np.tanh(2)
    [output] = [a for a in problem.answers if a.symbol.text == "y_hat"]
    [loss] = [a for a in problem.answers if a.symbol.text == "E"]
    assert (output.part, loss.part) == ("1", "2")
    assert near(np.array(output.value), y)
    assert near(np.array(loss.value), y**2)


@pytest.mark.parametrize("words", ["input $[2, -1]$", "input vector (2, -1)", "inputs 2 and -1", "input: [2, -1]"])
def test_inputs_in_prose(words: str) -> None:
    text = f"# Problem 1\nA bias-free 2-1 network has linear activation, weights 0.5 and {words}."
    problem = solve(text + "\n\na) Compute the output.\n")
    assert near(value(problem, "y_hat"), 0.5)


def test_what_formulas_define_entry_by_entry_is_described_no_other_way() -> None:
    """h = sigma(W x + b) by hand: the words leave the biases out, the formula does not."""
    text = r"""# Problem 1
A network with two hidden units with the logistic activation and one linear output computes
$$h_j = \sigma\Big(\sum_{i=1}^{2} w_{ji} x_i + b_j\Big), \qquad \hat{y} = \sum_{j=1}^{2} v_j h_j + c.$$
The weights are $w = \begin{pmatrix} 0.3 & -0.1 \\ 0.7 & 0.2\end{pmatrix}$, $b = (0.1, -0.2)$, $v = (1.5, -0.5)$, $c = 0.05$
and $x = (1, 2)$.

(a) Report $h$ and $\hat y$.
"""
    [problem] = solve_sheet(Source("sheet.md", text)).problems
    hidden, output = (answer.value for answer in problem.answers)
    assert hidden == pytest.approx([0.549833997312478, 0.710949502625004], rel=1e-12)
    assert output == pytest.approx(0.5192762446562149, rel=1e-12)
