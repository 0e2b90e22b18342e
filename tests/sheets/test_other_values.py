"""Questions asked again for other values, and requests behind other words: "Now set $w = 5$", "..., giving the gradients".

All values by hand.
"""

import math

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.source import Source

LINE = "Let $y = w x$ with $w = 2$, $x = 3$. "
DEEP = r"Let $h = \tanh(w_1 x)$, $\hat y = w_2 h$ with $x = 1$. "
NET = r"Let $\hat y = w_2 w_1 x$, $x = 1$, $w_1 = 2$, $w_2 = 3$, trained on the target $y = 4$ using $\frac12(\hat y - y)^2$. "


def read(text: str) -> tuple[list[tuple[str | None, str, object]], list[str]]:
    """The numbers in order, with their parts and symbols, and the codes of the errors."""
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    values = [(each.part, each.symbol.text, each.value) for each in problem.answers]
    return values, [each.code for each in problem.diagnostics if each.severity == "error"]


@pytest.mark.parametrize(
    "further",
    [
        "What is $y$ when $w = 5$?",
        "And for $w = 5$?",
        "What if $w = 5$?",
        "Now repeat with $w = 5$.",
        "Now set $w = 5$ and answer again.",
        "Now set $w = 5$ and compute $y$ again.",
        "Now let $w = 5$. Compute $y$ again.",
        "Now set every weight to 5 and answer again.",
    ],
)
def test_another_value_holds_behind_it_alone(further: str) -> None:
    assert read(f"{LINE}What is $y$? {further}") == ([(None, "y", 6.0), (None, "y", 15.0)], [])


def test_a_part_asks_before_and_behind_a_change() -> None:
    text = f"{LINE}\n\n(a) Compute $y$. Then compute $y$ for $w = 5$.\n(b) What is $y$ if $x = 1$?"
    assert read(text) == ([("a", "y", 6.0), ("a", "y", 15.0), ("b", "y", 2.0)], [])


def test_all_questions_again() -> None:
    text = f"{LINE}\n\n(a) Compute $y$.\n(b) Compute $dy/dx$.\n(c) Answer both questions again for $w = 5$."
    assert read(text)[0] == [("a", "y", 6.0), ("b", "dy/dx", 2.0), ("c", "y", 15.0), ("c", "dy/dx", 5.0)]


def test_what_is_meant_behind_a_change_is_not_guessed() -> None:
    values, errors = read(f"{LINE}Compute $y$ for $w = 5$. What is $dy/dx$?")
    assert values == [(None, "y", 15.0)]
    assert errors == ["task-not-understood"]


def test_two_values_without_a_word_of_change() -> None:
    assert "two-values" in read(f"{LINE}Compute $y$. The weight is $w = 4$. Compute $dy/dx$.")[1]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("All weights are $0.5$. Compute $\\hat y$.", [0.5 * math.tanh(0.5)]),
        ("Every weight equals 0.5. Compute $\\hat y$.", [0.5 * math.tanh(0.5)]),
        ("If all weights are $2$, what is $\\hat y$?", [2 * math.tanh(2)]),
        ("Let $w_1 = 2$. All other weights are $0.5$. Compute $\\hat y$.", [0.5 * math.tanh(2)]),
        ("The weight is $0.5$. Compute $\\hat y$.", [None]),
    ],
)
def test_one_number_for_all_weights(said: str, expected: list[float | None]) -> None:
    found = [value for _, _, value in read(DEEP + said)[0]]
    for value, wanted in zip(found, expected, strict=True):
        assert (value is None and wanted is None) or value == pytest.approx(wanted)


def test_other_numbers_for_all_weights_are_not_the_first() -> None:
    found = read(f"{DEEP}All weights are $0.5$. Compute $\\hat y$. What is $\\hat y$ if all weights are $1$?")[0]
    assert [value for _, _, value in found] == [pytest.approx(0.5 * math.tanh(0.5)), pytest.approx(math.tanh(1))]


@pytest.mark.parametrize(
    "asked",
    [
        "After that perform a backward pass, giving the gradients for both weights.",
        "In a second step perform a backward pass.",
        "Following this, carry out the backward pass, reporting $\\partial L/\\partial w_1$.",
        "From this obtain $\\partial L/\\partial w_1$.",
    ],
)
def test_requests_behind_other_words(asked: str) -> None:
    values, errors = read(f"{NET}Perform a forward pass. {asked}")
    assert ("dL/dw_1", 6.0) in [each[1:] for each in values]
    assert ("L", 2.0) in [each[1:] for each in values]
    assert errors == []


def test_a_prediction_is_no_loss() -> None:
    plain = NET.replace(r", trained on the target $y = 4$ using $\frac12(\hat y - y)^2$", "")
    assert read(f"{plain}Compute the loss.") == ([], ["no-target"])
    assert [each[1:] for each in read(f"{NET}Compute the loss.")[0]] == [("L", 2.0)]


def test_results_of_parts_and_what_kind_they_are() -> None:
    quadratic = "Let $f(x, y) = x^2 + x y + 2 y^2$. "
    asked = "Derive the Hessian of $f$. Evaluate it at $(1, 1)$ and say whether it is positive definite there."
    values, errors = read(quadratic + asked)
    assert errors == []
    assert values[-2][2] == [[2.0, 1.0], [1.0, 4.0]]
    values, errors = read("Let $f(x) = x^3$.\n\n(a) Find $f'(x)$.\n(b) Evaluate your answer to (a) for $x = 2$.")
    assert errors == []
    assert values[-1][2] == 12.0


@pytest.mark.parametrize("labels", ["Labels are $\\pm 1$.", "Let $t \\in \\{\\pm 1\\}$.", "The label is $t = \\pm 1$."])
def test_both_signs_are_a_set(labels: str) -> None:
    assert read(f"{labels} {LINE}What is $y$?") == ([(None, "y", 6.0)], [])


@pytest.mark.parametrize("formula", ["$f = x^2 \\pm 1$", "$f = \\pm x$"])
def test_both_signs_in_a_formula_are_refused(formula: str) -> None:
    assert "unsupported-notation" in read(f"Let {formula} with $x = 2$. Compute $f$.")[1]


def test_a_relative_clause_says_what_a_derivative_is() -> None:
    values, errors = read("Let $z = A x$ with $A = [[1, 2], [0, 3]]$. Compute $\\partial z/\\partial x$, which should be $A$.")
    assert errors == []
    assert [each[1:] for each in values] == [("dz/dx", [[1.0, 2.0], [0.0, 3.0]])]


SUM = "Let $y = w_1 x_1 + w_2 x_2 + b$, $x_1 = 1$, $x_2 = 2$, $b = 1$, $w_1 = 0.5$, $w_2 = 0.25$. "


@pytest.mark.parametrize(
    ("further", "value"),
    [
        ("What is $y$ if every weight is 2?", 7.0),
        ("What is $y$ if all weights are 1/2?", 2.5),
        ("Now all weights are 1/2. What is $y$?", 2.5),
        ("Now set all weights to zero. What is $y$?", 1.0),
        ("What is $y$ if all weights are $-2$ and $b = 0$?", -6.0),
    ],
)
def test_one_number_for_all_weights_instead(further: str, value: float) -> None:
    assert read(SUM + further) == ([(None, "y", value)], [])


@pytest.mark.parametrize(
    "further",
    [
        "Now set all weights except $w_1$ to 1. What is $y$?",
        "Now set all weights of the first unit to 1. What is $y$?",
        "Now all weights are 2 times larger. What is $y$?",
        "What is $y$ if all weights are 2%?",
        "What is $y$ if not all weights are 2?",
    ],
)
def test_other_changes_of_weights_are_refused(further: str) -> None:
    assert read(f"{SUM}What is $y$? {further}") == ([(None, "y", 2.0)], ["task-not-understood"])


STEP = "Let $L = (w x + b - 1)^2$, $w = 1$, $b = 2$, $x = 3$. "


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        ("What is $L$ at $w = 0$? And $b$?", [1.0, 2.0]),
        (r"What is $\partial L/\partial w$? And $\partial L/\partial b$?", [24.0, 8.0]),
        ("Find the derivative of $L$ with respect to $w$. And with respect to $b$?", [24.0, 8.0]),
    ],
)
def test_another_thing_is_asked_further(asked: str, values: list[float]) -> None:
    found, errors = read(STEP + asked)
    assert ([value for _, _, value in found], errors) == (values, [])


def test_a_bare_name_behind_a_derivative_stays_open() -> None:
    found, errors = read(f"{STEP}Find the derivative of $L$ with respect to $w$. And $b$?")
    assert ([value for _, _, value in found], errors) == ([24.0], ["task-not-understood"])


GRAPH = "Let $w = 1$, $x = 2$, $y = w x$, $L = (y-3)^2$. "


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        ("Fill in the forward values at every node.", [2.0, 1.0]),
        ("Fill in the values of the gradients at every node.", [-2.0, -4.0, -2.0]),
        (r"Go backwards through the graph to obtain $\partial L/\partial w$.", [-4.0]),
        ("With these numbers compute $L$.", [1.0]),
    ],
)
def test_passes_in_other_words(asked: str, values: list[float]) -> None:
    found, errors = read(GRAPH + asked)
    assert ([value for _, _, value in found], errors) == (values, [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The distribution is $p = (0.2, 0.5, 0.4)$. What is $p_1$?", True),
        ("The distribution is $p = (0.2, 0.5, 0.3)$. What is $p_1$?", False),
        ("$p = (0.2, 0.5, 0.4)$ is not a distribution. What is $p_1$?", False),
        ("The distribution is computed from the logits $p = (0.2, 0.5, 0.4)$. What is $p_1$?", False),
    ],
)
def test_a_list_called_a_distribution_sums_to_one(text: str, said: bool) -> None:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    assert any(each.code == "called-distribution" for each in problem.diagnostics) == said
    assert [each.value for each in problem.answers] == [0.2]
