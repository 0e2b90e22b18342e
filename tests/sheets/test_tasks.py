"""How tasks are phrased. phrases.txt has a sentence, then, indented, the tasks that it asks, as in the cases."""

from pathlib import Path

import pytest

from chainrule.sheets import Problem, Task, read_sheet
from chainrule.sheets.groups import group_of
from chainrule.source import Source
from tests.sheets.test_cases import show_task


def read_phrases() -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in (Path(__file__).parent / "phrases.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            found[-1][1].append(line.strip())
        else:
            found.append((line, []))
    return found


PHRASES = read_phrases()


def read_problem(text: str) -> Problem:
    (problem,) = read_sheet(Source("sheet.md", text)).problems
    return problem


def tasks(text: str) -> list[str]:
    return [show_task(task).removeprefix("task ") for task in read_problem(text).tasks]


@pytest.mark.parametrize(("sentence", "expected"), PHRASES, ids=[sentence for sentence, _ in PHRASES])
def test_a_phrase_asks_these_tasks(sentence: str, expected: list[str]) -> None:
    assert tasks(sentence) == expected


def test_there_are_phrases() -> None:
    assert len(PHRASES) >= 140


@pytest.mark.parametrize(
    "lead", ["Answer the following:", "Answer the following questions.", "Compute:", "Do the following tasks."]
)
def test_items_are_asked_by_the_lead(lead: str) -> None:
    items = ["$\\frac{dL}{dw}$ and $\\frac{dL}{db}$", "the loss", "the loss $L$ and the gradient of $L$ by $x$"]
    assert tasks(f"{lead}\n\n1. {items[0]}\n2. {items[1]}\n3. {items[2]}\n") == [
        "derivative 1 asked \\frac{dL}{dw} ;; asked \\frac{dL}{db}",
        "value 2 asked *loss",
        "value 3 asked L",
        "derivative 3 of L ;; wrt x",
    ]


def test_a_lead_above_requests_asks_nothing_itself() -> None:
    assert tasks("Answer the following questions.\n\n1. Compute $L$.\n2. Draw the graph.\n") == ["value 1 asked L", "graph 2"]
    assert tasks("Compute the following:\n\n- Find $L$.\n- Draw the graph.\n") == ["value - asked L", "graph -"]


def test_a_lead_that_is_a_task_of_another_kind_stays_one() -> None:
    assert tasks("Prove that $L > 0$ and compute:\n\n- the loss $L$\n") == ["unknown - asked L > 0", "value - asked L"]
    assert tasks("Compute the following:\n")[0].startswith("unknown")


def test_derivatives_alone_in_a_part_are_asked_for() -> None:
    text = "(a) $\\frac{dL}{dw}$\n\n(b) $\\frac{dL}{db}$ and $\\frac{dL}{dx}$.\n"
    assert tasks(text) == ["derivative a asked \\frac{dL}{dw}", "derivative b asked \\frac{dL}{db} ;; asked \\frac{dL}{dx}"]
    assert tasks("Find the derivatives of $L$.\n\n1. $\\frac{dL}{dw}$\n") == [
        "derivative - of L",
        "derivative 1 asked \\frac{dL}{dw}",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a. Compute $L$.\nb. Compute $h$.",
        "**(a)** Compute $L$.\n\n**(b)** Compute $h$.",
        "a) Compute $L$.\n\nb) Compute $h$.",
        "Compute the following: (a) $L$; (b) $h$.",
    ],
)
def test_parts(text: str) -> None:
    assert tasks(text) == ["value a asked L", "value b asked h"]


def test_letters_inside_a_sentence_are_no_parts() -> None:
    assert tasks("Compute (a) $L$ and (b) $h$.") == ["value - asked L ;; asked h"]


@pytest.mark.parametrize("mark", ["## Q{}", "Q{}. ", "**Q{}.** ", "## Q.{}:", "**Q {}:** "])
def test_q_opens_a_problem(mark: str) -> None:
    text = f"{mark.format(1)}\nCompute $L$.\n\n{mark.format(2)}\nCompute $h$.\n"
    sheet = read_sheet(Source("sheet.md", text))
    assert [(p.id, [show_task(t) for t in p.tasks]) for p in sheet.problems] == [
        ("1", ["task value - asked L"]),
        ("2", ["task value - asked h"]),
    ]


def test_q_is_a_part_where_problems_are_said_in_words() -> None:
    assert tasks("# Problem 4\n\nQ1. Compute $L$.\n\nQ2. Compute $h$.\n") == ["value 1 asked L", "value 2 asked h"]


@pytest.mark.parametrize("text", ["dLoss/dw", "dL/dwx", "d/dx", "dL/dw1", "add/dw", "dL/dw/dx", "dL/dw^2", "and/or"])
def test_only_derivatives_by_plain_letters_are_read_in_prose(text: str) -> None:
    assert tasks(f"Compute {text}.")[0].startswith("unknown")


def test_the_text_of_a_task_keeps_its_dollars() -> None:
    problem = read_problem("Compute the determinant of $A$.\n\nFind:\n\n$$\n\\frac{dL}{dw}\n$$\n")
    first, second = problem.tasks
    assert (first.text, first.span.text) == ("Compute the determinant of $A$", "Compute the determinant of $A$")
    assert second.span.text.endswith("$$")
    assert read_problem("Prove \\(a\\).").tasks[0].span.text == "Prove \\(a\\)"


def test_a_long_task_is_cut_outside_its_formulas() -> None:
    formula = "$" + " + ".join(["x"] * 40) + "$"
    (found,) = read_problem(f"Compute the determinant of {formula} and of {formula}.").diagnostics
    assert found.message == "This task is not understood: Compute the determinant of ..."


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("Compute the norm of the gradient of $E$ with respect to $v$.", "Compute the gradient of $E$ with respect to $v$."),
        ("Compute the sign of $\\frac{dE}{dv}$.", "Compute $\\frac{dE}{dv}$."),
        ("Compute the determinant of $A$.", "Compute $A$."),
        ("Compute the determinant.", "Compute the loss."),
        ("Compute the norm of the gradient.", "Compute the gradient of the loss with respect to all parameters."),
    ],
)
def test_the_hint_uses_the_symbols_of_the_task(text: str, example: str) -> None:
    (found,) = read_problem(text).diagnostics
    assert (found.hint or "").endswith(f": {example}")


@pytest.mark.parametrize(
    ("nouns", "group"),
    [
        ("loss function", "loss"),
        ("total error", "loss"),
        ("final output", "output"),
        ("weight matrices", "weights"),
        ("output layer weights", "weights"),
        ("bias vector", "biases"),
        ("network parameters", "parameters"),
        ("input variables", "inputs"),
        ("intermediate variables", "nodes"),
        ("hidden state", None),
        ("hidden layer output", None),
        ("", None),
    ],
)
def test_nouns_name_groups(nouns: str, group: str | None) -> None:
    assert group_of(nouns.split()) == group


def test_what_is_evaluated_again_keeps_what_was_asked() -> None:
    problem = read_problem(
        "(a) Compute $f$ and $\\frac{df}{dx}$.\n\n(b) Evaluate the derivative at $x = 1$.\n\n(c) Evaluate them at $x = 2$.\n"
    )
    shown: list[tuple[str | None, str]] = [(task.part, task.form) for task in problem.tasks]
    assert shown == [("a", "derivative"), ("a", "value"), ("b", "derivative"), ("c", "derivative")]
    last: Task = problem.tasks[-1]
    assert [math.span.text for math in last.math("asked", "given")] == ["\\frac{df}{dx}", "x = 2"]
