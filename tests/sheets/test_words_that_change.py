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
