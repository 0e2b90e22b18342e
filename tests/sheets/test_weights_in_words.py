r"""Numbers and names of weights and biases by layer and by unit, in words: values by hand."""

import math

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import Answer, ProblemSolution
from chainrule.source import Source

NETWORK = "A network has two inputs, one hidden layer of two ReLU units and one linear output unit."
NO_BIAS = f"{NETWORK} There are no biases."


def solve(text: str) -> ProblemSolution:
    return solve_sheet(Source("sheet.md", f"# Problem 1\n\n{text}\n")).problems[-1]


def values(problem: ProblemSolution) -> dict[str, object]:
    return {each.symbol.latex: each.value for each in problem.answers if isinstance(each, Answer)}


def output(text: str) -> object:
    return values(solve(f"{text}\n\n(a) Compute the output.")).get("\\hat{y}")


def errors(text: str) -> list[str]:
    problem = solve(f"{text}\n\n(a) Compute the output.")
    return [each.code for each in problem.diagnostics if each.severity == "error"]


# relu(0.5 * 3) twice, times 0.25
BY_LAYER = [
    "All weights of the hidden layer are 0.5 and all weights of the output layer are 0.25.",
    "All weights are 0.5, those of the output layer are 0.25.",
    "The hidden weights are 0.5 and the output weights are 0.25.",
    "The hidden-layer weights all equal 0.5. The output-layer weights all equal 0.25.",
    "The weights from the inputs to the hidden layer are 0.5, and the weights from the hidden layer to the output are 0.25.",
    "The weights are 0.5 in the hidden layer and 0.25 in the output layer.",
]


@pytest.mark.parametrize("words", BY_LAYER)
def test_a_number_is_that_of_the_layer_it_is_said_of(words: str) -> None:
    assert output(f"{NO_BIAS} {words} The input is (2, 1).") == pytest.approx(0.75)


def test_what_is_said_of_one_layer_is_not_taken_for_the_other() -> None:
    text = f"{NO_BIAS} All hidden weights are 1. The input is (1, 2)."
    found = values(solve(f"{text}\n\n(a) Compute the output."))
    assert (found["h"], found["\\hat{y}"]) == ([3.0, 3.0], None)


BIASES = [
    ("All weights are 1. The hidden biases are 0.1 and the output bias is -0.3.", 5.9),
    (
        "The weights of the hidden layer are 1, its biases 0.1. The weights of the output layer are 1 and its bias is -0.3.",
        5.9,
    ),
    ("All weights are 1. The biases of the two hidden units are 0.1 and -0.1, the bias of the output unit is 0.5.", 6.5),
]


@pytest.mark.parametrize(("words", "expected"), BIASES)
def test_biases_of_layers_and_their_units(words: str, expected: float) -> None:
    assert output(f"{NETWORK} {words} The input is (1, 2).") == pytest.approx(expected)


# h = relu(0.1 + 0.4, 0.3 + 0.8) = (0.5, 1.1); 0.25 + 0.66
BY_UNIT = [
    (
        "The weights into the first hidden unit are 0.1 and 0.2, the weights into the second hidden unit are 0.3 and 0.4, and"
        " the output weights are 0.5 and 0.6."
    ),
    (
        "The weights into the first hidden unit are 0.1 and 0.2, those into the second are 0.3 and 0.4. The two output weights"
        " are 0.5 and 0.6."
    ),
    (
        "The first hidden unit has the weights 0.1 and 0.2, the second hidden unit has the weights 0.3 and 0.4. The output unit"
        " has the weights 0.5 and 0.6."
    ),
    "Hidden unit 1 has weights 0.1 and 0.2; hidden unit 2 has weights 0.3 and 0.4. The output weights are 0.5 and 0.6.",
    "The weights into $h_1$ are 0.1 and 0.2, those into $h_2$ are 0.3 and 0.4, the weights into the output are 0.5 and 0.6.",
    (
        "The weights from the inputs to the first hidden neuron are 0.1 and 0.2, and from the inputs to the second hidden"
        " neuron 0.3 and 0.4. The weights from the hidden neurons to the output are 0.5 and 0.6."
    ),
]


@pytest.mark.parametrize("words", BY_UNIT)
def test_weights_are_given_unit_by_unit(words: str) -> None:
    assert output(f"{NO_BIAS} {words} The input is (1, 2).") == pytest.approx(0.91)


def test_a_unit_has_weights_and_a_bias() -> None:
    words = (
        "The first hidden unit has the weights 0.1 and 0.2 and the bias 0.5, the second hidden unit has the weights 0.3 and 0.4"
        " and the bias -0.5. The output unit has the weights 0.5 and 0.6 and the bias 1."
    )
    assert output(f"{NETWORK} {words} The input is (1, 2).") == pytest.approx(1.86)  # h = (1, 0.6)


REFUSED = [
    ("All weights are 0.5. Those leading to the output are 0.25.", "words-unclear"),
    ("All weights are 0.5, the outermost ones 0.25.", "words-unclear"),
    ("The weights into the first hidden unit are 0.1 and 0.2. The output weights are 0.5 and 0.6.", "unsupported-network"),
    ("The weights of the hidden layer are 0.1, 0.2, 0.3 and 0.4 and the output weights are 1.", "weights-unclear"),
    ("The weights into the first hidden unit are 0.1, 0.2 and 0.3, those into the second are 0.1 and 0.2.", "weights-unclear"),
    ("The weight from the first input to the first hidden unit is 0.3, all other weights are 0.5.", "weights-unclear"),
    ("The weights from the first input are 0.1 and 0.2, the weights from the second input 0.3 and 0.4.", "words-unclear"),
    ("The weights into the third hidden unit are 0.1 and 0.2, all other weights are 1.", "contradictory-network"),
]


@pytest.mark.parametrize(("words", "code"), REFUSED)
def test_numbers_whose_weights_are_not_told_are_refused(words: str, code: str) -> None:
    text = f"{NO_BIAS} {words} The input is (1, 2)."
    assert (output(text), code in errors(text)) == (None, True)


UNMOVED = [
    "All weights are 0.5 and are trained with learning rate 0.1 for 3 epochs.",
    "It has 6 weights in all. All weights are 0.5.",
    "All weights are 0.5, as in the network of Figure 3.",
]


@pytest.mark.parametrize("words", UNMOVED)
def test_other_numbers_beside_weights_say_nothing_of_them(words: str) -> None:
    assert output(f"{NO_BIAS} {words} The input is (2, 1).") == pytest.approx(1.5)


def test_weights_named_one_by_one() -> None:
    """h = sigma(0.5), sigma(1.1); dL/dw_1 = (o - 1) w_5 h_1 (1 - h_1) x_1."""
    text = (
        "A 2-2-1 network has sigmoid hidden units and a linear output. There are no biases. The weights $w_1$ and $w_2$ lead"
        " into the first hidden unit, $w_3$ and $w_4$ into the second hidden unit, and $w_5$ and $w_6$ into the output."
        " $w_1 = 0.1$, $w_2 = 0.2$, $w_3 = 0.3$, $w_4 = 0.4$, $w_5 = 0.5$, $w_6 = 0.6$. The input is (1, 2), the target is 1,"
        " the loss is half the squared error.\n\n(a) Compute the output.\n\n(b) Compute $\\frac{\\partial L}{\\partial w_1}$."
    )
    problem = solve(text)
    h = [1 / (1 + math.exp(-z)) for z in (0.5, 1.1)]
    o = 0.5 * h[0] + 0.6 * h[1]
    found = values(problem)
    assert found["\\hat{y}"] == pytest.approx(o)
    assert found["\\frac{\\partial L}{\\partial w_1}"] == pytest.approx((o - 1) * 0.5 * h[0] * (1 - h[0]))
    shown = [each.message for each in problem.diagnostics if each.code == "network-in-words"]
    assert any("w_1 & w_2" in each for each in shown)


def test_names_that_leave_a_unit_out_are_refused() -> None:
    words = "The weights $w_1$ and $w_2$ lead into the first hidden unit, and $w_5$ and $w_6$ into the output."
    assert "weights-unclear" in errors(f"{NO_BIAS} {words} The input is (1, 2).")


@pytest.mark.parametrize("words", ["has one input $x$, with w = 0.5, b = -0.2", "has one input, with $w = 0.5$ and $b = -0.2$"])
def test_letters_with_values_beside_an_input_are_weights(words: str) -> None:
    text = f"A single sigmoid neuron {words}. The input is 2."
    assert output(text) == pytest.approx(1 / (1 + math.exp(-0.8)))


def test_a_list_before_a_target_is_the_input() -> None:
    text = "A single ReLU neuron has three inputs, the weights 0.5, -1 and 2 and the bias 0.5."
    assert output(f"{text} For the input (2, -1, 3) the target is 9.") == pytest.approx(8.5)


LATER = [
    ("Consider the network of Problem 1. The input is now (1, 1).", 1.0),
    ("Consider the network of Problem 1. The input is (1, 1).", 1.0),
    ("Consider the network of Problem 1 with all weights 0.25.", 0.375),
    ("Consider the network of Problem 1.", 1.5),
]


@pytest.mark.parametrize(("words", "expected"), LATER)
def test_a_later_problem_says_anew_what_it_takes_over(words: str, expected: float) -> None:
    first = f"{NO_BIAS} All weights are 0.5. The input is (2, 1).\n\n(a) Compute the output for the input (5, 5)."
    assert output(f"{first}\n\n# Problem 2\n\n{words}") == pytest.approx(expected)


def test_a_part_says_a_new_input() -> None:
    parts = "(a) Compute the output.\n\n(b) The input is now (1, 1). What is the output?"
    problem = solve(f"{NO_BIAS} All weights are 0.5. The input is $x = (2, 1)$.\n\n{parts}")
    found = [each.value for each in problem.answers if isinstance(each, Answer) and each.symbol.latex == "\\hat{y}"]
    assert found == pytest.approx([1.5, 1.0])


@pytest.mark.parametrize("data", ["28 x 28 pixels", "28x28 images", "10 classes", "60 by 40 by 3 pictures"])
def test_how_large_the_data_are_is_no_weight(data: str) -> None:
    """2 * 2 + 2 + 2 + 1."""
    text = f"A fully connected network for {data} has layers of sizes 2-2-1, with biases in every layer."
    problem = solve(f"{text}\n\n(a) How many parameters does the network have?")
    assert problem.status == "solved", problem.diagnostics
    assert [answer.value for answer in problem.answers] == [9]


def test_other_numbers_beside_weights_are_not_passed_over() -> None:
    text = "A fully connected network has layers of sizes 2-2-1, with biases in every layer, and 28 weights of each kind."
    assert solve(f"{text}\n\n(a) How many parameters does the network have?").answers == ()
