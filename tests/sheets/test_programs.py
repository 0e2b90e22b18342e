"""What is asked of a program, and what is an instruction about the sheet: by hand, in wordings of different people."""

import pytest

from chainrule.sheets import read_sheet
from chainrule.source import Source

GIVEN = "# Problem 1\nLet $P = (0.6, 0.4)$, $w = 2$ and $y = w^2$.\n\n"

WITH_A_PROGRAM = {
    "Write a Python function that computes $y$.": "value",
    "Write code to compute $y$.": "value",
    "Write a program for computing $y$.": "value",
    "Write a short NumPy script which calculates $y$ and prints it.": "value",
    "Implement $y$ in Python.": "value",
    "Compute $y$ with Python code.": "value",
    "Compute $y$ by hand and in code.": "value",
    "Implement the forward pass in NumPy.": "forward",
    "Implement the backward pass in Python.": "backward",
    "Write a function in Python to calculate $\\frac{dy}{dw}$.": "derivative",
    "Write Python code for the entropy of $P$.": "information",
}


def forms(text: str) -> list[str]:
    return [task.form for task in read_sheet(Source("sheet.md", GIVEN + text)).problems[0].tasks]


@pytest.mark.parametrize("text", WITH_A_PROGRAM)
def test_what_a_program_computes_is_asked_for_too(text: str) -> None:
    assert forms(text) == [WITH_A_PROGRAM[text], "code"]


@pytest.mark.parametrize(
    "text", ["Implement it in Python.", "Write the code version.", "Give a program.", "Code this in NumPy."]
)
def test_a_program_of_what_was_asked(text: str) -> None:
    assert forms(f"Compute $y$. {text}") == ["value", "code"]


def test_backpropagation_is_implemented_on_paper_where_no_language_is_named() -> None:
    assert forms("Implement backpropagation.") == ["backward"]


@pytest.mark.parametrize("text", ["Write Julia code for $y$.", "Implement $y$ in C++.", "Write a program that plots $y$."])
def test_programs_that_cannot_be_written(text: str) -> None:
    assert forms(text) == ["unknown"]


@pytest.mark.parametrize(
    "text",
    [
        "correct this markdown code",
        "Fix the formatting of this notebook.",
        "Clean up the LaTeX",
        "Correct the typos.",
        "Correct these typos.",
        "Correct any typos in the notebook.",
    ],
)
def test_an_instruction_about_the_sheet_is_no_task(text: str) -> None:
    (problem,) = read_sheet(Source("sheet.md", f"{GIVEN}Compute $y$. {text}")).problems
    assert [task.form for task in problem.tasks] == ["value"]
    (said,) = problem.diagnostics
    assert (said.code, said.severity) == ("stray-instruction", "warning")
    assert said.span is not None
    assert said.span.text == text.rstrip(".")


@pytest.mark.parametrize(
    "text", ["Correct the code.", "Correct this formula.", "Fix the gradient $w$ in the notebook.", "Improve the model."]
)
def test_what_may_be_a_question_of_the_problem_stays_one(text: str) -> None:
    assert forms(text) == ["unknown"]
