"""Losses by name, neurons and networks whose words say one thing at a time. The numbers are worked out by hand."""

from math import exp, log, tanh

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source

LOGITS = "The logits are $z = [2, -1, 0.5]^\\top$ and the target is $y = [1, 0, 0]^\\top$. "
SOFTMAX = log(exp(2) + exp(-1) + exp(0.5)) - 2
NEURON = "A neuron has inputs 1, -2 and 0.5, weights 0.4, 0.3 and -1 and bias 0.1. "
NET = "A network has 3 inputs, one hidden layer with 2 tanh units and 2 linear output units. "


def solve(text: str, name: str = "sheet.md") -> ProblemSolution:
    return solve_sheet(Source(name, text)).problems[-1]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (LOGITS + "The loss is the cross-entropy of $\\mathrm{softmax}(z)$ and $y$. Compute the loss.", SOFTMAX),
        (LOGITS + "The loss $\\ell$ is the cross-entropy between $y$ and $\\mathrm{softmax}(z)$. Compute $\\ell$.", SOFTMAX),
        ("$a = 3$. The loss is half the squared error between $a$ and the target $t = 1$. Compute the loss.", 2),
        ("For a true label y = -1 and score s = 0.3, what is the hinge loss?", 1.3),
        ("The true label is $-1$ and the score is $0.3$. Compute the hinge loss.", 1.3),
        ("The model has the prediction $\\hat y = 0.7$ for the target $y = 1$. What is the squared error?", 0.09),
        ("For a prediction of 2.5 and a target of 4, compute the absolute error.", 1.5),
        (NEURON + "Its activation is the sigmoid. What is its output?", 1 / (1 + exp(0.6))),
        (NEURON + "The activation function of the neuron is tanh. What is its output?", tanh(-0.6)),
        (NET + "The hidden units have biases, the output units do not. How many parameters does it have?", 12),
        (NET + "The output layer has biases while the hidden layer does not. How many parameters does it have?", 6 + 6),
        (NET + "The hidden units have a bias, the output units have none. How many parameters does it have?", 8 + 4),
    ],
)
def test_values(text: str, value: float) -> None:
    assert solve(text).answers[-1].value == pytest.approx(value, rel=1e-12)  # pyright: ignore[reportUnknownMemberType]


@pytest.mark.parametrize(
    "text",
    [
        "Let $u = (0.2, 0.8)$ and $v = (0.5, 0.5)$. The loss is the cross-entropy of $u$ and $v$. Compute the loss.",
        LOGITS + "The loss is not the cross-entropy of $\\mathrm{softmax}(z)$ with $y$. Compute the loss.",
        "The score is $s = 0.3$ and the label is $y = -1$. Compute the squared hinge loss.",
        "The scores are 0.3 and the score is 0.4, the label is $-1$. Compute the hinge loss.",
        "All weights have the value 0.5. The target is 1. Compute the squared error.",
        "A network has an output of 3 units. The target is 1. Compute the squared error.",
        NEURON + "The activation function is not tanh. What is its output?",
        NET + "The hidden units have biases, the second output unit does not. How many parameters does it have?",
    ],
)
def test_what_is_not_told_is_refused(text: str) -> None:
    problem = solve(text)
    assert not problem.answers
    assert any(d.severity == "error" for d in problem.diagnostics)


def test_the_thing_above_is_that_of_the_problem_before() -> None:
    text = (
        "**Problem 1.** A detector with the logit $z$ is trained with $\\ell = \\beta z^2$. Find $\\frac{d\\ell}{dz}$.\n\n"
        "**Problem 2.** For the detector above $z = w x$ with $w = 2$, $x = 3$ and $\\beta = 4$. What is the value of the loss?"
    )
    assert solve(text).answers[-1].value == 144


def test_a_remark_behind_a_request_is_no_item_of_the_one_before() -> None:
    text = "$L = (w x)^2 + w$, $w = 2$, $x = 3$.\n\ni. compute $L$,\n\nii. compute $dL/dw$. (Note that $w$ occurs twice.)"
    problem = solve(text)
    assert problem.status == "solved"
    assert [answer.value for answer in problem.answers] == [38, 37]


def test_names_of_plain_text_in_words_of_a_network() -> None:
    text = (
        "A network has two inputs, one hidden layer with two ReLU units and two linear outputs. Hidden units have biases,\n"
        "the output units do not. The hidden layer has the weight matrix W1 (one row per hidden unit) and the bias vector b1,\n"
        "the output layer has the weight matrix W2 (one row per output unit). Call the output vector o.\n\n"
        "    W1 = [[1, 2], [0, 1]]\n    b1 = [1, 0]\n    W2 = [[3, -1], [1, 1]]\n    x = [1, 1]\n    t = [10, 4]\n\n"
        "The loss is L = 1/2 * ||o - t||^2.\n\n(a) Compute L.\n"
    )
    assert solve(text, "sheet.txt").answers[-1].value == 1  # h = (4, 1), o = (11, 5)
