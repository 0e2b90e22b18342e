r"""Sentences of textbooks that change what a formula means: sizes and ranks in words, a loss behind a step. By hand."""

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source


def solve(text: str) -> ProblemSolution:
    return solve_sheet(Source("sheet.md", text)).problems[0]


@pytest.mark.parametrize(
    "said",
    [
        "where $W$ is a matrix with $m$ rows and $h$ columns",
        "where $W$ has 2 rows and three columns",
        "for a matrix $W$ with $m$ rows and $h$ columns",
        "where $x$ is a row vector with $m$ features",
        "where $x$ and $b$ are row vectors with $m$ entries",
        "where $x$ is a row vector",
    ],
)
def test_sizes_in_words(said: str) -> None:
    """With y = x W + b and L = 1/2 |y - t|^2 it is dL/dW = x^T (y - t), a matrix."""
    task = r"The loss is $L = \frac12 \sum_j (y_j - t_j)^2$. Compute $\frac{\partial L}{\partial W}$."
    (answer,) = solve(f"Let $y = x W + b$, {said}. {task}").answers
    assert answer.formula.text == "x * (y - t)^T"


@pytest.mark.parametrize("said", ["a vector with 2 nonzero entries", "a vector with 2 ones", "a vector of length 2 plus $k$"])
def test_numbers_that_are_no_sizes(said: str) -> None:
    problem = solve(f"Let $x$ be {said} and $f = \\|x\\|^2$. What is the shape of $\\frac{{\\partial f}}{{\\partial x}}$?")
    assert (2,) not in [answer.shape for answer in problem.answers]


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("For any vector $x$ and any constant $c$, show", True),
        ("Let $x$ be a vector and $c$ a number that is added to each entry. Show", True),
        ("Let $x$ be a vector and let $c$ be a constant. Show", True),
        ("Let $x$ be a vector and let $c$ be a constant vector. Show", False),
    ],
)
def test_constants_are_scalars(said: str, holds: bool) -> None:
    """The softmax does not change where one number is added to all entries."""
    (answer,) = solve(f"{said} that $\\text{{softmax}}(x) = \\text{{softmax}}(x + c)$.").answers
    assert ("does not hold" in answer.formula.text) is not holds


def test_a_constant_beside_a_layer_is_a_vector() -> None:
    """2 A^T (A x - b), and not a number taken from every entry of A x."""
    (answer,) = solve(r"Let $f = \|A x - b\|^2$, where $b$ is a constant. Compute $\nabla_x f$.").answers
    assert answer.formula.text == "2 A^T (A x - b)"


def test_a_constant_matrix_stays_a_matrix() -> None:
    (answer,) = solve(r"Let $f = x^T A x$, where $A$ is constant. Compute $\frac{df}{dx}$.").answers
    assert answer.formula.text == "(A + A^T) x"


_STEP = "Let $J = (w x - y)^2$ with $w = 1$, $x = 2$, $y = 3$. Do one step of gradient descent with learning rate 0.1."


@pytest.mark.parametrize(
    "asked", ["Compute the loss with the new weights.", "What is the loss at that point?", "What is $J$ now?"]
)
def test_the_loss_behind_a_step(asked: str) -> None:
    """dJ/dw = 2 (2 - 3) 2 = -4, w = 1.4, J = (2.8 - 3)^2."""
    *_, answer = solve(f"{_STEP} {asked}").answers
    assert answer.value == pytest.approx(0.04)


def test_a_loss_that_may_be_either_is_refused() -> None:
    problem = solve(f"{_STEP} Then compute the loss.")
    assert "task-not-understood" in [d.code for d in problem.diagnostics]
    assert not {"J", "J^new"}.intersection(answer.symbol.text for answer in problem.answers)


def test_an_output_that_is_broken_is_not_replaced_by_an_inner_name() -> None:
    problem = solve("Let $q = x + y$, $f = q z$ and $f = x$ with $x = -2$, $y = 5$, $z = -4$. Perform the backward pass.")
    assert not problem.answers
    assert "broken-definition" in [d.code for d in problem.diagnostics]
