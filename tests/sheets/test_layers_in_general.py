"""Layers that one formula gives for all, sizes of several layers in one list, and losses whose words are not understood."""

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source

RECURRENCE = "$a^{(l)} = \\sigma(W^{(l)} a^{(l-1)} + b^{(l)})$, $a^{(0)} = x$"
SIZES = "It has 5 inputs, two hidden layers of 4 and 3 units and 2 outputs."


def solve(text: str, name: str = "sheet.md") -> ProblemSolution:
    (problem,) = solve_sheet(Source(name, text)).problems
    return problem


def test_words_say_how_far_the_layers_go() -> None:
    """5 * 4 + 4 + 4 * 3 + 3 + 3 * 2 + 2 = 47."""
    asked = "How many parameters does it have? What is the shape of $W^{(2)}$? How many parameters belong to the last layer?"
    count, shape, last = solve(f"A network has the layers {RECURRENCE}. {SIZES} {asked}").answers
    assert (count.value, shape.shape, last.value) == (47.0, (3, 4), 8.0)


@pytest.mark.parametrize(
    ("layers", "count", "shape"),
    [
        ("$a_l = \\sigma(a_{l-1} W_l + b_l)$, $a_0 = x$", 47.0, (5, 4)),
        ("$a_l = \\sigma(W_l a_{l-1})$, $a_0 = x$", 38.0, (4, 5)),
    ],
)
def test_the_side_of_the_weights_and_the_biases_are_those_of_the_formula(
    layers: str, count: float, shape: tuple[int, int]
) -> None:
    problem = solve(f"A network has the layers {layers}. {SIZES} How many parameters does it have? What is the shape of $W_1$?")
    assert [(answer.value, answer.shape) for answer in problem.answers] == [(count, ()), (None, shape)]


@pytest.mark.parametrize(
    "text",
    [
        f"A network has the layers {RECURRENCE}, and no biases. {SIZES} How many parameters does it have?",
        f"A network has the layers {RECURRENCE}. It has 5 inputs and 2 outputs. How many parameters does it have?",
        "An MLP has 5 inputs, two hidden layers with 4, 3 and 2 neurons, and one output, with biases. How many weights has it?",
    ],
)
def test_what_words_and_formulas_do_not_tell_together_is_refused(text: str) -> None:
    problem = solve(text)
    assert problem.answers == ()
    assert [each for each in problem.diagnostics if each.severity == "error"]


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("5 inputs, two hidden layers with 4 and 3 ReLU units and 2 linear outputs, with biases everywhere", 47.0),
        ("5 inputs, three hidden layers with 4, 3 and 2 neurons respectively, and one output, all with biases", 50.0),
        ("5 inputs, two hidden layers with 4 units each, and one output, all with biases", 49.0),
    ],
)
def test_sizes_of_several_layers(said: str, count: float) -> None:
    """24 + 15 + 8, 24 + 15 + 8 + 3 and 24 + 20 + 5."""
    (answer,) = solve(f"A fully connected network has {said}. How many parameters does it have?").answers
    assert answer.value == count


def test_a_loss_in_words_that_are_not_understood_is_a_number_without_parameters() -> None:
    text = (
        "Let $X \\in \\mathbb{R}^{64 \\times 20}$, $H = \\mathrm{ReLU}(X W_1 + b_1)$, $P = \\mathrm{softmax}(H W_2 + b_2)$,"
        " where the softmax is taken over each row, $W_1 \\in \\mathbb{R}^{20 \\times 50}$,"
        " $b_1 \\in \\mathbb{R}^{1 \\times 50}$, $W_2 \\in \\mathbb{R}^{50 \\times 7}$, $b_2 \\in \\mathbb{R}^{1 \\times 7}$,"
        " and the loss $L$ is the cross-entropy"
        " averaged over the batch. What is the shape of $\\partial L / \\partial W_2$? How many parameters are there?"
    )
    shape, count = solve(text).answers
    assert (shape.shape, count.value) == ((50, 7), 1407.0)


def test_the_weights_of_a_layer_that_a_remark_describes() -> None:
    """Hidden (1.5, 2, 0) of (1.5, 2, -3.85), output 0.7 * 1.5 - 0.4 * 2 = 0.25."""
    text = (
        "A network has a single hidden layer of three ReLU units, two inputs, one linear output, and no biases. The weights"
        " from the inputs to the hidden layer are\n\n"
        "$$W = \\begin{bmatrix} 1 & -1 \\\\ 0.5 & 2 \\\\ -2 & 0.3 \\end{bmatrix}$$\n\n"
        "(row $i$ holds the weights into hidden unit $i$) and the weights from the hidden layer to the output are"
        " $v = [0.7, -0.4, 1.1]^T$. For $x = [2, 0.5]^T$ compute the output $\\hat y$."
    )
    assert solve(text).answers[-1].value == pytest.approx(0.25)


def test_a_derivative_and_what_its_entries_are() -> None:
    """E = |w x - t|^2 at w x = (3, 1), t = (1, 0): 2 (2, 1) x^T."""
    stated = (
        "Let $E = \\|w x - t\\|^2$ with $w = \\begin{pmatrix} 1 & 2 \\\\ 0 & 1\\end{pmatrix}$, $x = (1, 1)$, $t = (1, 0)$. "
    )
    asked = "Compute $\\partial E/\\partial w$, that is, the {} of all $\\partial E/\\partial {}_{{kj}}$."
    (answer,) = solve(stated + asked.format("matrix", "w")).answers
    assert answer.value == [[4.0, 4.0], [2.0, 2.0]]
    for other in (("sum", "w"), ("matrix", "v")):
        assert solve(stated + asked.format(*other)).answers == ()


def test_the_one_item_of_a_document_is_its_problem() -> None:
    problem = solve(
        "Quiz 3\n\n4. Let $a = w x$ with $w = 2$, $x = 3$.\n\n   (a) Compute $a$.\n   (b) Compute $\\frac{da}{dw}$.\n"
    )
    assert problem.id == "4"
    assert [(answer.part, answer.value) for answer in problem.answers] == [("a", 6.0), ("b", 3.0)]
