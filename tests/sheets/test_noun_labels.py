"""Nouns that only call something so are left out; words that make or pick something else keep a task open."""

import math

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source

# z = 1, p = sigmoid(1), E = (1 - 3)^2 = 4, dE/dw = 2 (z - 3) x = -8
TEXT = (
    "Let $z = w x + b$, $p = \\frac{1}{1 + e^{-z}}$, $\\hat r = z + 1$ and $E = (z - 3)^2$ "
    "with $w = 0.5$, $x = 2$, $b = 0$.\n\n"
)
P = 1 / (1 + math.exp(-1))


def solve(asked: str) -> ProblemSolution:
    (problem,) = solve_sheet(Source("sheet.md", f"# Problem 1\n{TEXT}(a) {asked}")).problems
    return problem


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Compute the policy $p$.", [P]),
        ("Compute the margin $z$ and the reconstruction $\\hat r$.", [1, 2]),
        ("What is the activity pattern $z$?", [1]),
        ("Find the predicted rating $\\hat r$, the code $z$ and the policy $p$.", [2, 1, P]),
        ("Compute the squared error $E$.", [4]),
        ("Compute the water level $z$ in the reservoir.", [1]),
        ("Compute the new hidden state $z$.", [1]),
        ("What margin $z$ does the perceptron have on this example?", [1]),
        ("What value of $E$ do you obtain?", [4]),
        ("Report the vector of raw scores $z$ and the cell output $\\hat r$ of the block.", [1, 2]),
        ("State the sensitivity of the energy to the weight, $\\frac{\\partial E}{\\partial w}$.", [-8]),
        ("Compute the derivative of the resulting energy $E$ with respect to the synaptic gain $w$.", [-8]),
        ("Find the (sub)gradient of $E$ with respect to $w$.", [-8]),
        ("What do you get for $z$ and for $E$?", [1, 4]),
        ("Report the score of the example, $z$, and the incurred energy, $E$.", [1, 4]),
        ("Give $z$, i.e. the score of the example, and $E$.", [1, 4]),
        ("Compute the local error signal $\\frac{\\partial E}{\\partial w}$ of this neuron.", [-8]),
        ("Compute the policy gradient $\\frac{\\partial E}{\\partial w}$.", [-8]),
        ("Compute the gradient of the energy $E$ with respect to the gain $w$.", [-8]),
        ("Compute the score, i.e. the gradient of $E$ with respect to $w$.", [-8]),
        ("Give the sensitivity, that is, the derivative of $E$ with respect to $w$.", [-8]),
        ("Compute $\\frac{\\partial E}{\\partial w}$, the Jacobian of the block.", [-8]),
        ("Compute $\\frac{\\partial E}{\\partial w}$, without assuming that $w$ is small.", [-8]),
    ],
)
def test_what_is_called_something(asked: str, expected: list[float]) -> None:
    problem = solve(asked)
    assert problem.status == "solved", problem.diagnostics
    assert sorted(answer.value for answer in problem.answers) == pytest.approx(sorted(expected), rel=1e-12)


@pytest.mark.parametrize(
    "asked",
    [
        "Compute the negative $z$.",
        "Compute the log $p$.",
        "Compute the average error $E$.",
        "Compute the optimal $z$.",
        "Compute the normalised $z$.",
        "Compute the square of the margin $z$.",
        "Compute minus the margin $z$.",
        "Compute the number of units $z$.",
        "Compute the rounded prediction $\\hat r$.",
        "Compute the best gain $w$.",
        "Compute the largest margin $z$.",
        "Compute the nearest margin $z$.",
        "Compute the poorest $z$.",
        "Compute the spread of scores $z$.",
        "Compute the derivative of the softened energy $E$ with respect to $w$.",
        "Compute the derivative of $E$ with respect to the second gain $w$.",
        "Give half the sensitivity of the energy, $\\frac{\\partial E}{\\partial w}$.",
        "Compute the softened output $z$.",
        "Compute the gain in the output $z$.",
        "What margin $z$ does the perceptron have after one step?",
        "Compute the output $z$ without the bias.",
        "Compute the margin $z$ of the second example.",
        "Compute the tail probability $p$.",
        "Compute the dual score $z$.",
        "Compute the adversarial margin $z$.",
        "Compute the bias-free output $z$.",
        "Compute the achievable loss $E$.",
        "Compute the energy $E$ on the held-out example.",
        "Compute the energy $E$ in joules.",
        "Compute the energy $E$ for large weights.",
        "Compute the energy $E$ for an input of ones.",
        "Compute the gradient $\\frac{\\partial E}{\\partial w}$ in percent.",
        "Compute the gradient $\\frac{\\partial E}{\\partial w}$ in the clipped model.",
        "Compute the derivative of $E$ with respect to $w$ in the limit.",
        "Compute the natural gradient $\\frac{\\partial E}{\\partial w}$.",
        "Compute the Fisher gradient $\\frac{\\partial E}{\\partial w}$.",
        "Compute the negative score, i.e. the gradient of $E$ with respect to $w$.",
        "Compute the score, i.e. minus the gradient of $E$ with respect to $w$.",
        "Compute $\\frac{\\partial E}{\\partial w}$, the Hessian of the block.",
        "Compute $\\frac{\\partial E}{\\partial w}$, without assuming that $w$ is constant.",
    ],
)
def test_what_makes_something_else_stays_open(asked: str) -> None:
    problem = solve(asked)
    assert problem.status != "solved"
    assert [d for d in problem.diagnostics if d.code == "task-not-understood"]


@pytest.mark.parametrize(
    "said",
    [
        "top score",
        "residual output",
        "entry product",
        "squared policy",
        "normalised output",
        "rounded output",
        "mean activation",
        "magnitude",
        "opposite",
    ],
)
def test_a_word_before_the_noun_is_not_passed_over(said: str) -> None:
    problem = solve(f"Compute the {said} $z$.\n\n(b) Is the {said} $z$ positive?")
    assert problem.answers == ()


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("The water level is $h = a / b$ with $a = 1$ and $b = 2$.", "water level"),
        ("Here $h$ is the water level, and $h = a / b$ with $a = 1$ and $b = 2$.", "water level"),
        ("Let $h = a / b$ with $a = 1$ and $b = 2$.", "response level"),
    ],
)
def test_a_text_may_call_a_name_by_two_nouns(text: str, asked: str) -> None:
    (problem,) = solve_sheet(Source("sheet.md", f"# Problem 1\n{text}\n\n(a) Compute the {asked} $h$.")).problems
    assert [answer.value for answer in problem.answers] == [0.5]


def test_an_ordinal_is_that_of_the_name() -> None:
    text = "# Problem 1\nLet $h_1 = 2 x$ and $h_2 = h_1 + x$ with $x = 1$.\n\n(a) Compute the second hidden state ${}$."
    (right,), (other,) = (solve_sheet(Source("s.md", text.replace("{}", name))).problems for name in ("h_2", "h_1"))
    assert [answer.value for answer in right.answers] == [3]
    assert other.answers == ()


def test_a_question_above_a_list_of_functions_is_asked_of_each() -> None:
    text = (
        "# Problem 1\nDifferentiate each of the following functions with respect to $x$ at $x = 2$.\n\n"
        "(a) $f(x) = x^3$\n\n(b) $g(x) = 1 / x$\n"
    )
    (problem,) = solve_sheet(Source("s.md", text)).problems
    assert [answer.formula.text for answer in problem.answers] == ["3 x^2", "-1/x^2"]


def test_a_question_that_is_not_understood_is_open_for_each_function() -> None:
    text = "# Problem 1\nFind the maximum of each of the following functions.\n\n(a) $f(x) = -x^2$\n\n(b) $g(x) = x - x^2$\n"
    (problem,) = solve_sheet(Source("s.md", text)).problems
    assert problem.answers == ()
    assert [d.span.line for d in problem.diagnostics if d.code == "task-not-understood" and d.span] == [4, 6]


def test_a_derivative_that_is_shown_is_a_statement_too() -> None:
    text = "# Problem 1\n(a) Prove that $\\frac{d}{dx} \\log(1 + e^x) = \\frac{1}{1 + e^{-x}}$ for $x \\in \\mathbb{R}$."
    (problem,) = solve_sheet(Source("s.md", text)).problems
    assert [answer.kind for answer in problem.answers] == ["derivative", "statement"]
    assert "holds" in problem.answers[1].formula.text
