"""Networks in words: what each form is read as, written out by hand, and what is refused at its words."""

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source

FORWARD = "Perform a forward pass."


def solve(words: str, task: str = FORWARD) -> ProblemSolution:
    [problem] = solve_sheet(Source("sheet.md", f"# Problem 1\n{words}\n\na) {task}\n")).problems
    return problem


def equations(problem: ProblemSolution) -> list[str]:
    return [equation.text for equation in problem.equations]


def codes(problem: ProblemSolution) -> list[str]:
    return [d.code for d in problem.diagnostics if d.severity == "error"]


ONE_HIDDEN = "h = {}(W^(1) x + b^(1))"
OUT = "y_hat = W^(2) h + b^(2)"
RELU, TANH, SIGMOID = (ONE_HIDDEN.format(name) for name in ("relu", "tanh", "sigma"))

DESCRIBED = [
    ("A network has one hidden layer with ReLU activation and a linear output.", [RELU, OUT]),
    ("Take a neural net with a single tanh hidden layer; the output layer is linear.", [TANH, OUT]),
    ("Consider a two-layer network with tanh hidden units and a sigmoid output.", [TANH, f"y_hat = sigma({OUT[8:]})"]),
    (
        "A feedforward network with one hidden layer uses ReLU in the hidden layer and a softmax at the output.",
        [RELU, f"y_hat = softmax({OUT[8:]})"],
    ),
    (
        "We train a fully connected 784-256-10 network with ReLU hidden units and softmax outputs.",
        [RELU, f"y_hat = softmax({OUT[8:]})"],
    ),
    ("A fully connected $4 \\to 3 \\to 2$ network has sigmoid hidden units and a linear output layer.", [SIGMOID, OUT]),
    ("A 2-3-1 network with sigmoid activations in all layers and no biases.", ["h = sigma(W^(1) x)", "y_hat = sigma(W^(2) h)"]),
    (
        "An MLP has three inputs, two hidden layers with 4 sigmoid units each, and one linear output.",
        ["h^(1) = sigma(W^(1) x + b^(1))", "h^(2) = sigma(W^(2) h^(1) + b^(2))", "y_hat = W^(3) h^(2) + b^(3)"],
    ),
    (
        "A three-layer network with ReLU hidden layers and a linear output.",
        ["h^(1) = relu(W^(1) x + b^(1))", "h^(2) = relu(W^(2) h^(1) + b^(2))", "y_hat = W^(3) h^(2) + b^(3)"],
    ),
    (
        (
            "There are two hidden layers. The first hidden layer uses ReLU, the second hidden layer uses tanh, and the"
            " output is a sigmoid unit."
        ),
        ["h^(1) = relu(W^(1) x + b^(1))", "h^(2) = tanh(W^(2) h^(1) + b^(2))", "y_hat = sigma(W^(3) h^(2) + b^(3))"],
    ),
    (
        "- Input layer: 2 neurons\n- Hidden layer: 3 neurons, ReLU activation\n- Output layer: 1 neuron, sigmoid activation",
        [RELU, f"y_hat = sigma({OUT[8:]})"],
    ),
    ("- Hidden activation: tanh\n- Output activation: softmax", [TANH, f"y_hat = softmax({OUT[8:]})"]),
    ("- 2 inputs\n- one hidden layer with 3 ReLU neurons\n- one output neuron (linear)", [RELU, OUT]),
    ("The activation function of the hidden layer is ReLU; the output layer is linear.", [RELU, OUT]),
    ("ReLU is used in the hidden layer and a softmax in the output layer.", [RELU, f"y_hat = softmax({OUT[8:]})"]),
    (
        "The first layer has 3 units with tanh activation and the second layer has 1 unit with a sigmoid activation.",
        [TANH, f"y_hat = sigma({OUT[8:]})"],
    ),
    (
        "A multilayer perceptron with one hidden layer. Every layer uses the logistic sigmoid.",
        [SIGMOID, f"y_hat = sigma({OUT[8:]})"],
    ),
    ("A network with one hidden layer and tanh activations throughout.", [TANH, f"y_hat = tanh({OUT[8:]})"]),
    (
        "A net with one hidden layer of two units. The hidden units use the hyperbolic tangent, the output unit is linear.",
        [TANH, OUT],
    ),
    (
        "It has two inputs and one hidden layer of 3 tanh units followed by a softmax over 2 classes.",
        [TANH, f"y_hat = softmax({OUT[8:]})"],
    ),
    (
        "A small net has a hidden layer $g$ of rectified linear units without biases and a linear output $o$ without a bias.",
        ["g = relu(W^(1) x)", "o = W^(2) g"],
    ),
    (
        "There are no biases. The network has a hidden layer of 5 units with softplus activation and an identity output.",
        ["h = softplus(W^(1) x)", "y_hat = W^(2) h"],
    ),
    (
        "A bias-free network: a single hidden layer with GELU activation, a linear output, and no bias terms.",
        ["h = GELU(W^(1) x)", "y_hat = W^(2) h"],
    ),
    (
        "A two-layer ReLU network with a linear output and weights $W_1$, $W_2$ and biases $b_1$, $b_2$.",
        ["h = relu(W_1 x + b_1)", "y_hat = W_2 h + b_2"],
    ),
    (
        "A network with one hidden layer (tanh) and one output unit (linear). The weights are $V$ and $w$.",
        ["h = tanh(V x)", "y_hat = w^T h"],
    ),
    (
        (
            "A ReLU network with one hidden layer, a linear output, hidden weights $U$ with bias $c$, and output weights $v$"
            " without bias."
        ),
        ["h = relu(U x + c)", "y_hat = v^T h"],
    ),
    (
        "The input $u$ goes through a hidden layer $a$ with sigmoid activation; the linear output layer gives the output $y$.",
        ["a = sigma(W^(1) u + b^(1))", "y = W^(2) a + b^(2)"],
    ),
    (
        (
            "A network with one hidden layer of 2 ReLU units, a residual connection around the hidden layer, 2 inputs and a"
            " linear output unit."
        ),
        ["h = x + relu(W^(1) x + b^(1))", OUT],
    ),
    (
        "A single neuron with inputs $x_1$, $x_2$, weights $w_1$, $w_2$, bias $b$ and sigmoid activation.",
        ["y_hat = sigma(w_1 x_1 + w_2 x_2 + b)"],
    ),
    ("A single-layer network with weights $W$ and bias $b$ uses a softmax activation.", ["y_hat = softmax(W x + b)"]),
    ("A logistic regression model with weights $w$ and bias $b$.", ["y_hat = sigma(w^T x + b)"]),
    ("A softmax regression with weight matrix $W$.", ["y_hat = softmax(W x)"]),
    (
        "A network with hidden activation function $\\phi$, one hidden layer and a linear output.",
        ["h = phi(W^(1) x + b^(1))", OUT],
    ),
    ("A network with $d$ inputs, a single hidden layer of $H$ tanh units, and a linear output unit.", [TANH, OUT]),
]


@pytest.mark.parametrize(("words", "expected"), DESCRIBED)
def test_a_description_is_read_as_its_equations(words: str, expected: list[str]) -> None:
    problem = solve(words)
    assert equations(problem) == expected
    assert codes(problem) == []


LOSSES = [
    ("a linear output. The loss is the squared error.", "L = (y - y_hat)^2", "without a factor 1/2"),
    ("a linear output. The loss is half the squared error.", "L = (1/2) (y - y_hat)^2", "factor 1/2"),
    ("a linear output, trained with the L2 loss.", "L = (y - y_hat)^2", "without a factor 1/2"),
    ("a linear output. Its cost function is $\\frac{1}{2}$ the squared error.", "L = (1/2) (y - y_hat)^2", "factor 1/2"),
    ("a linear output. It is trained with the mean squared error on the target $t$.", "L = (t - y_hat)^2", "mean"),
    ("a sigmoid output and the binary cross-entropy loss.", "L = -(y log(y_hat) + (1 - y) log(1 - y_hat))", "labels 0 and 1"),
    ("a sigmoid output and the log loss.", "L = -(y log(y_hat) + (1 - y) log(1 - y_hat))", "labels 0 and 1"),
    ("a sigmoid output and the logistic loss.", "L = -(y log(y_hat) + (1 - y) log(1 - y_hat))", "labels 0 and 1"),
    ("a linear output and the logistic loss.", "L = log(1 + e^(-y y_hat))", "labels -1 and 1"),
    ("a linear output and the hinge loss.", "L = max(0, 1 - y y_hat)", "labels -1 and 1"),
    ("a linear output and the absolute error as the loss $J$.", "J = |y - y_hat|", "absolute"),
]


@pytest.mark.parametrize(("words", "expected", "convention"), LOSSES)
def test_a_loss_by_name_is_its_formula_with_its_convention(words: str, expected: str, convention: str) -> None:
    problem = solve(
        f"A network has 2 inputs, one hidden layer of 3 tanh units and one output unit, {words}", "Compute the loss."
    )
    assert equations(problem)[-1] == expected
    assert any(convention in d.message for d in problem.diagnostics if d.code == "network-convention")
    assert codes(problem) == []


def test_a_cross_entropy_of_a_softmax_is_the_sum_over_the_classes() -> None:
    problem = solve(
        "A network has one hidden layer with ReLU, a softmax output and the cross-entropy loss.", "Compute the loss."
    )
    assert equations(problem)[-1] == "L = -y^T log(y_hat)"


def test_the_words_of_an_equation_are_said_with_it() -> None:
    problem = solve("A network with\n\n- one ReLU hidden layer\n- a sigmoid output")
    said = [(d.message, d.span and d.span.line) for d in problem.diagnostics if d.code == "network-in-words"]
    assert said == [
        ('"one ReLU hidden layer" is read as h = \\mathrm{relu}(W^{(1)} x + b^{(1)})', 4),
        ('"a sigmoid output" is read as \\hat{y} = \\sigma(W^{(2)} h + b^{(2)})', 5),
    ]


REFUSED = [
    ("A network with one hidden layer of 3 units and a linear output.", "activation-not-named", "the hidden layer"),
    ("A network with one hidden layer with ReLU.", "activation-not-named", "the output layer"),
    ("A two-layer network with ReLU activations.", "activation-not-named", "the output layer"),
    ("A deep network with hidden layers of ReLU units and a softmax output.", "layers-not-told", "how many"),
    ("One hidden layer of ReLU units, tanh hidden units, and a linear output.", "contradictory-network", "differ"),
    ("A two-layer network: two hidden layers of ReLU units, a linear output.", "contradictory-network", "number of layers"),
    ("We have 3 hidden units with tanh activation, a linear output, and 2 hidden units.", "contradictory-network", "units"),
    ("A convolutional network: one hidden layer, ReLU hidden units, a linear output.", "unsupported-network", "convolutional"),
    (
        "One hidden layer of ReLU units, a linear output and a skip connection from the input to the output.",
        "unsupported-network",
        "skip connection",
    ),
    ("A network with one ReLU hidden layer, a linear output and weights $W_1$, $W_2$, $W_3$.", "weights-unclear", "3 weights"),
]


@pytest.mark.parametrize(("words", "code", "said"), REFUSED)
def test_what_is_missing_or_contradicts_itself_is_said_at_its_words(words: str, code: str, said: str) -> None:
    problem = solve(words)
    [error] = [d for d in problem.diagnostics if d.code == code]
    assert said in error.message
    assert error.span is not None
    assert error.span.line == 2
    assert problem.status == "unsolved"
    assert equations(problem) == []


def test_a_loss_that_is_asked_for_and_not_named_leaves_the_rest() -> None:
    text = (
        "# Problem 1\nA network has a ReLU hidden layer and a linear output.\n\na) Compute the output.\nb) Compute the loss.\n"
    )
    [problem] = solve_sheet(Source("sheet.md", text)).problems
    [error] = [d for d in problem.diagnostics if d.code == "loss-not-named"]
    assert error.span is not None
    assert error.span.line == 5
    assert problem.status == "partial"
    assert equations(problem) == [RELU, OUT]


def test_no_other_quantity_is_taken_for_a_loss_that_is_not_told() -> None:
    unnamed = solve("A network has a ReLU hidden layer and one linear output unit.", "Compute the gradient of the loss.")
    assert unnamed.answers == ()
    assert unnamed.status == "unsolved"
    unclear = solve("Let $p = w^\\top x$; use the binary cross-entropy loss and the hinge loss.", "Compute the loss.")
    assert "contradictory-network" in codes(unclear)
    assert unclear.answers == ()


def test_two_losses_are_a_contradiction() -> None:
    problem = solve(
        "One hidden layer with ReLU, a linear output, the hinge loss and the squared error loss.", "Compute the loss."
    )
    assert "contradictory-network" in codes(problem)


def test_equations_win_over_words() -> None:
    words = "A network with one hidden layer with ReLU activation and a linear output computes $z = \\tanh(U x)$."
    assert equations(solve(words, "Compute $z$.")) == ["z = tanh(U x)"]


def test_a_question_and_a_condition_describe_nothing() -> None:
    assert equations(solve("Would a hidden layer with ReLU and a linear output help?")) == []
    assert equations(solve("If a network has one hidden layer with ReLU and a linear output, it is piecewise linear.")) == []


def test_a_picture_may_hold_what_the_words_leave_out() -> None:
    problem = solve("A two-layer network with ReLU activations is shown below.\n\n![net.png](attachment:net.png)")
    assert codes(problem) == ["missing-figure"]


def test_the_loss_of_a_network_in_formulas_may_be_named() -> None:
    problem = solve("Let $p = \\sigma(w^\\top x)$ and use the squared error loss with target $t$.", "Compute the loss.")
    assert equations(problem) == ["p = sigma(w^T x)", "L = (t - p)^2"]


def test_sizes_that_clash_are_named() -> None:
    words = (
        "A network with one hidden layer of 3 ReLU units and a linear output has $W_1 = [[1, 2], [3, 4]]$, $W_2 = [[1, 1]]$."
    )
    problem = solve(words)
    assert "sizes-clash" in codes(problem)


def test_a_number_before_other_words_is_no_value() -> None:
    problem = solve("One hidden layer of 2 ReLU units, a linear output, 2 inputs. The weights are 2 x 2 matrices.")
    assert all(answer.value is None for answer in problem.answers)
