"""What changes a quantity or a given value is never passed over: such requests are refused, and what follows a change too."""

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source

NETWORK = "Let $y = w x + b$ with $w = 2$, $x = 3$, $b = 1$ and $L = (y - t)^2$ with $t = 5$. "


def solve(text: str) -> ProblemSolution:
    (problem,) = solve_sheet(Source("sheet.md", NETWORK + text)).problems
    return problem


@pytest.mark.parametrize(
    "text",
    [
        "What is the loss if the weight is doubled?",
        "Compute the loss when the target is zero.",
        "Compute the loss when $t$ is doubled.",
        "Compute $L$ with $w$ and $b$ swapped.",
        "Compute the loss using the absolute error instead of the squared error.",
        "Ignoring the bias, compute the loss.",
        "Compute twice the loss.",
        "Compute the derivative of twice the loss with respect to $w$.",
        "What is $w$ when the loss is minimal?",
        "Compute $y$ when $x$ equals 5.",
        "Compute the output for the inputs 1, 2 and 3.",
        "Compute the output for the input (2).",
        "Compute $y$ if we remove $b$.",
        "Compute the logit of $y$.",
        "Compute the sum of $y$.",
        "Compute the derivative of $L$ with respect to $w$ with momentum 0.9.",
        "Compute the gradient of $L$ with respect to $w$ by finite differences.",
    ],
)
def test_a_clause_that_changes_what_is_asked_is_not_passed_over(text: str) -> None:
    problem = solve(text)
    assert problem.answers == ()
    assert "task-not-understood" in [each.code for each in problem.diagnostics]


@pytest.mark.parametrize(
    "change",
    [
        "Suppose the input is doubled.",
        "The weight is then set to zero.",
        "The output is clipped to $[0, 5]$.",
        "Increase $w$ by 1.",
        "Angles are in degrees.",
        "Here $*$ denotes convolution.",
    ],
)
def test_nothing_is_answered_behind_a_change(change: str) -> None:
    problem = solve(f"{change} Compute the loss.")
    assert problem.answers == ()
    (said,) = [each.message for each in problem.diagnostics if each.code == "task-not-understood"]
    assert change.rstrip(".") in said


def test_what_stands_before_a_change_is_answered() -> None:
    problem = solve("Compute the loss. Suppose the input is doubled. Compute the loss.")
    assert [answer.value for answer in problem.answers] == [4]
    assert problem.status == "partial"


def test_a_change_in_a_part_is_of_that_part() -> None:
    problem = solve("\n\n(a) The input is doubled. Compute $L$.\n\n(b) Compute $L$.")
    assert [(answer.part, answer.value) for answer in problem.answers] == [("b", 4)]


@pytest.mark.parametrize(
    "text",
    [
        "Compute the loss for these values.",
        "Using the chain rule, compute the loss.",
        "Compute the value of $L$.",
        "For the given weights, evaluate $L$.",
        "What is the loss at this point?",
        "Compute $L$ by hand with the values above.",
    ],
)
def test_words_that_change_nothing(text: str) -> None:
    assert [answer.value for answer in solve(text).answers][-1:] == [4]


@pytest.mark.parametrize(
    "said",
    [
        "The weight is changed to 3.",
        "We replace the target by 4.",
        "The weight doubles.",
        "Now the weight is 3.",
        "The learning rate is reduced by a factor of 2.",
    ],
)
def test_a_given_thing_with_another_value_leaves_what_follows_open(said: str) -> None:
    text = f"# Problem 1\nLet $L = (w x - t)^2$ with $w = 2$, $x = 1$ and $t = 5$. {said} Compute $L$.\n"
    (problem,) = solve_sheet(Source("s.md", text)).problems
    assert problem.answers == ()
    assert "task-not-understood" in [each.code for each in problem.diagnostics]


@pytest.mark.parametrize("said", ["The weight is set to 2.", "The input is given.", "We want to know the loss."])
def test_a_given_thing_with_its_value_changes_nothing(said: str) -> None:
    text = f"# Problem 1\nLet $L = (w x - t)^2$ with $w = 2$, $x = 1$ and $t = 5$. {said} Compute $L$.\n"
    (problem,) = solve_sheet(Source("s.md", text)).problems
    assert [answer.value for answer in problem.answers] == [9]
