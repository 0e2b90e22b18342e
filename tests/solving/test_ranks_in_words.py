"""Words that say what is a vector, a matrix or a number are believed. The derivatives are worked by hand."""

import pytest

from chainrule.sheets import read_sheet
from chainrule.sheets.facts import find_facts
from chainrule.solving.answer import Answer, ProblemSolution
from chainrule.source import Source
from tests.solving.sheets import solve


def derivative(problem: ProblemSolution) -> Answer:
    (found,) = [answer for answer in problem.answers if answer.kind == "derivative"]
    return found


def ranked(text: str) -> set[tuple[str, str]]:
    (problem,) = read_sheet(Source("sheet.md", text)).problems
    found, _ = find_facts(problem.items, problem.tasks)
    return {(each.math.span.text, each.fact) for each in found if isinstance(each.fact, str)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("where $x$ is a vector.", {("x", "vector")}),
        ("Let $f = a x$, where $x$ and $a$ are vectors.", {("x", "vector"), ("a", "vector")}),
        ("Consider a vector $x$ and a matrix $A$.", {("x", "vector"), ("A", "matrix")}),
        ("Here $c$ is a scalar and $A$ is a symmetric matrix.", {("c", "scalar"), ("A", "matrix")}),
        ("with a column vector $v$", {("v", "vector")}),
        ("$v$ is a vector of length 3.", {("v", "vector")}),
        ("for weight matrices $U$ and $V$", {("U", "matrix"), ("V", "matrix")}),
        ("If $x$ is a vector, this holds.", set()),
        ("where $x$ is not a vector", set()),
        ("Let $H$ be a vector space.", set()),
        ("the Hessian matrix $H$", set()),
    ],
)
def test_what_is_said(text: str, expected: set[tuple[str, str]]) -> None:
    assert ranked(text) == expected


@pytest.mark.parametrize("said", ["where $x$ is a vector", "for a vector $x$", "where $x$ and $y$ are vectors"])
def test_a_vector_makes_capitals_before_it_matrices(said: str) -> None:
    text = rf"Let $y = x + W_2\,\mathrm{{ReLU}}(W_1 x)$ {said}. Find the Jacobian $\partial y/\partial x$."
    found = derivative(solve(text))
    assert len(found.shape) == 2
    assert found.forms is not None
    assert found.forms.closed.text == "I + W_2 diag(1[W_1 x > 0]) W_1"


def test_a_matrix_in_small_letters() -> None:
    found = derivative(solve(r"Let $f = x^\top a x$ where $a$ is a matrix. Compute $\partial f/\partial a$."))
    assert len(found.shape) == 2
    assert found.forms is not None
    assert found.forms.closed.text == "x x^T"


def test_a_scalar_in_capital_letters() -> None:
    found = derivative(solve(r"Let $f = C \|x\|^2$ where $C$ is a scalar. Compute $\partial f/\partial C$."))
    assert found.shape == ()


def test_numbers_that_say_otherwise_win_and_it_is_said() -> None:
    problem = solve("Let $x = (1, 2)$ and $f = \\|x\\|^2$ where $x$ is a scalar. Compute $\\partial f/\\partial x$.")
    assert derivative(problem).value == [2, 4]
    assert "rank-contradicted" in [each.code for each in problem.diagnostics]
