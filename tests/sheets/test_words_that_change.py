"""Words that change a loss, an input or the biases of a network in prose are read or refused, never passed over."""

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.source import Source

_BASE = (
    "A network has two inputs, one hidden layer with two ReLU units and a linear output. All weights are 1, no biases."
    " The loss is {}. The target is 4. {}"
)
_ASKED = "Compute the loss for $x = (1, 2)$."
_SIZES = "A network with 2 inputs, 3 hidden units and 1 output has {}. How many parameters does it have?"


def _numbers(text: str) -> list[object]:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    return [answer.value for answer in problem.answers]


@pytest.mark.parametrize(
    "loss",
    [
        "three times the squared error",
        "0.1 times the squared error",
        "one quarter of the squared error",
        "the negative squared error",
        "the root mean squared error",
        "the logarithm of the squared error",
        "the squared error minus 1",
        "the squared error divided by the target",
        "the squared error plus the sum of the squared weights",
        "the squared error, weighted by 2",
        "the squared error, clipped at 1",
        "the squared error with weight decay 0.1",
        "the absolute error, squared",
        "the penalised squared error",
    ],
)
def test_a_changed_loss_has_no_number(loss: str) -> None:
    assert _numbers(_BASE.format(loss, _ASKED)) == []


@pytest.mark.parametrize(
    ("loss", "value"),  # the output is 6, the target 4
    [
        ("the squared error", 4),
        ("half the squared error", 2),
        ("the squared error with the factor 1/2", 2),
        ("the squared error between the output and the target", 4),
        ("the absolute error", 2),
    ],
)
def test_a_plain_loss_has_its_number(loss: str, value: float) -> None:
    assert _numbers(_BASE.format(loss, _ASKED)) == [value]


@pytest.mark.parametrize("change", ["scaled by 2", "normalized to unit length", "plus noise $(0.1, 0.1)$"])
def test_a_changed_input_has_no_loss(change: str) -> None:
    assert _numbers(_BASE.format("the squared error", f"The input is $(1, 2)$ {change}. Compute the loss.")) == []


@pytest.mark.parametrize(
    "change",
    [
        "The input $(1, 2)$ is fed in. The output is multiplied by 3.",
        "The input is $(1, 2)$. The first hidden unit is switched off.",
        "The input is $(1, 2)$. The hidden activations are normalised to sum to one.",
        "The input (1, 2) is first normalised to unit length.",
        "The input is (1, 2) after subtracting the mean.",
        "The input is (1, 2) with the order reversed.",
        "The input is (1, 2). The output is fed into a second neuron with weight 2.",
    ],
)
def test_a_changed_part_has_no_loss(change: str) -> None:
    assert _numbers(_BASE.format("the squared error", f"{change} Compute the loss.")) == []


def test_a_part_that_is_only_spoken_of_is_no_other_one() -> None:
    """Hidden 3 and 3, output 6, (6 - 4)^2."""
    said = "The input is (1, 2). Both hidden units are connected to the output. The output is compared with the target."
    assert _numbers(_BASE.format("the squared error", f"{said} Compute the loss.")) == [4]


@pytest.mark.parametrize(
    ("biases", "count"),  # 2 * 3 + 3 weights, 3 hidden biases, 1 output bias
    [
        ("no biases", 9),
        ("no biases in the output layer", 12),
        ("no biases in the hidden layer", 10),
        ("biases only in the hidden layer", 12),
        ("biases in the output layer only", 10),
    ],
)
def test_biases_of_some_layers_are_counted(biases: str, count: int) -> None:
    assert _numbers(_SIZES.format(biases)) == [count]


def test_weights_and_biases_are_counted_apart() -> None:
    assert _numbers("A 4-3-2 network. How many weights and how many biases does it have?") == [18, 5]


@pytest.mark.parametrize("second", ["another with two tanh units", "one hidden layer with two ReLU units"])
def test_a_second_hidden_layer_is_not_dropped(second: str) -> None:
    text = f"A network has two inputs, one hidden layer with two ReLU units and {second} and one linear output."
    assert _numbers(f"{text} How many parameters does it have?") == []


@pytest.mark.parametrize(
    "target",
    ["4 for the first example and 5 for the second", "4, smoothed by 0.1", "4 with label noise 0.1", "4 and 5"],
)
def test_of_two_targets_none_is_taken(target: str) -> None:
    said = f"The loss is the squared error. The target is {target}."
    words = "A network has two inputs, one hidden layer with two ReLU units and a linear output. All weights are 1, no biases."
    assert _numbers(f"{words} {said} Compute the loss for $x = (1, 2)$.") == []
    (problem,) = solve_sheet(Source("sheet.md", f"Let $a = w x$ with $w = x = 1$. {said} Compute the loss.")).problems
    assert [answer.value for answer in problem.answers] == []


def test_a_network_without_a_hidden_layer_is_one_layer() -> None:
    assert _numbers("A network has 3 inputs, 2 outputs and no hidden layer. How many parameters does it have?") == [8]


def test_a_network_of_another_problem_without_its_hidden_layer_is_refused() -> None:
    text = "## Problem 1\n\n" + _BASE.format("the squared error", _ASKED)
    other = "\n\n## Problem 2\n\nTake the network of Problem 1 without the hidden layer. " + _ASKED
    first, second = solve_sheet(Source("sheet.md", text + other)).problems
    assert ([answer.value for answer in first.answers], second.answers) == ([4], ())


def test_the_weights_of_an_output_by_name_are_no_matrices() -> None:
    said = "A network has two inputs, one hidden layer with two sigmoid units and one linear output, no biases."
    text = f"{said} The output weights are $w_5$ and $w_6$. Compute the derivative of the output with respect to $w_5$."
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    assert problem.answers == ()


_AFFINE = r"Let $y = W x + b$ with $W \in \mathbb{R}^{3 \times 3}$, $b \in \mathbb{R}^3$. "


@pytest.mark.parametrize("held", ["is not trained", "is fixed", "stays constant", "is a constant vector"])
def test_what_is_held_is_no_parameter(held: str) -> None:
    assert _numbers(f"{_AFFINE}Here $b$ {held}. How many parameters does the model have?") == [9]


@pytest.mark.parametrize("said", ["$W$ is symmetric.", "$W$ is diagonal.", "All entries of $W$ are shared."])
def test_entries_that_depend_on_others_are_not_counted(said: str) -> None:
    assert _numbers(f"{_AFFINE}{said} How many parameters does the model have?") == []


@pytest.mark.parametrize(
    "said",
    [
        "The loss has a factor of 3.",
        "A weight decay term with factor 0.1 is added.",
        "Weight decay with $\\lambda = 0.1$ is used.",
        "In addition, the weights are penalised by their squares.",
        "A ridge penalty is added.",
    ],
)
def test_what_a_sentence_adds_to_the_loss_is_not_passed_over(said: str) -> None:
    assert _numbers(_BASE.format("the squared error", f"{said} {_ASKED}")) == []
    assert _numbers(_BASE.format("the squared error", f"{said} Compute the output for $x = (1, 2)$."))[-1] == 6


@pytest.mark.parametrize("said", ["There is no weight decay.", "No regularisation is used.", "We use no penalty."])
def test_what_is_not_added_changes_nothing(said: str) -> None:
    assert _numbers(_BASE.format("the squared error", f"{said} {_ASKED}")) == [4]


def test_a_loss_of_an_output_without_a_name_is_not_that_of_another_quantity() -> None:
    said = r"Let $z = w x$ with $w = 2$, $x = 1$. The output is $\sigma(z)$. The target is 1. The loss is the squared error."
    assert _numbers(f"{said} Compute the loss.") == []
