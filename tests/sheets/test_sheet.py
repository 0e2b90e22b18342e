"""What a sheet says of itself: formats, places, texts of tasks and diagnostics."""

import pytest

from chainrule.errors import SheetError
from chainrule.sheets import Math, Problem, Prose, read_sheet
from chainrule.sheets.forms import FORMS, Form
from chainrule.source import Source


def read_problem(text: str) -> Problem:
    (problem,) = read_sheet(Source("sheet.md", text)).problems
    return problem


def test_an_unknown_format_is_an_error() -> None:
    with pytest.raises(SheetError) as caught:
        read_sheet(Source("scan.pdf", "x"))
    assert caught.value.code == "unknown-format"
    assert ".md" in (caught.value.hint or "")


def test_titles_are_plain_text() -> None:
    sheet = read_sheet(Source("sheet.md", "# **Problem 7:** *Deep* `nets` \\& more ##\n# Question\n# Exercise 2.1 (b)\n"))
    assert [(p.id, p.title, p.line) for p in sheet.problems] == [("7", "Deep nets & more", 1), ("2", "", 2), ("2.1", "(b)", 3)]


def test_problems_divide_the_document() -> None:
    text = "intro $a$\n\n# Problem 1\n$b$\n# Problem 2\n$c$\n"
    sheet = read_sheet(Source("sheet.md", text))
    assert [p.span.text for p in sheet.problems] == ["# Problem 1\n$b$\n", "# Problem 2\n$c$\n"]
    assert [item.span.text for item in sheet.preamble] == ["intro", "a"]


def test_faults_go_to_their_problem() -> None:
    sheet = read_sheet(Source("sheet.md", "a $b\n\n# Problem 1\n\n# Problem 2\nc $d\n"))
    assert [(d.code, d.span.line if d.span else 0) for d in sheet.diagnostics] == [("unclosed-dollar", 1)]
    assert [[d.code for d in p.diagnostics] for p in sheet.problems] == [[], ["unclosed-dollar"]]


def test_repeated_numbers_are_reported() -> None:
    sheet = read_sheet(Source("sheet.md", "# Problem 1\n# Problem 2\n# Problem 1\n"))
    assert [(d.code, d.severity, d.span.line if d.span else 0) for d in sheet.diagnostics] == [
        ("repeated-number", "warning", 1),
        ("repeated-number", "warning", 3),
    ]


def test_a_task_has_its_words_and_its_place() -> None:
    problem = read_problem(
        "Given $x = 2$, **compute** the\nloss $L$ (by hand), and the gradient of $L$ w.r.t. $x$. Draw the computational graph."
    )
    assert [task.text for task in problem.tasks] == [
        "compute the loss $L$ (by hand)",
        "the gradient of $L$ w.r.t. $x$",
        "Draw the computational graph",
    ]
    assert [task.span.text for task in problem.tasks] == [
        "compute** the\nloss $L$ (by hand)",
        "the gradient of $L$ w.r.t. $x$",
        "Draw the computational graph",
    ]
    assert [math.span.text for math in problem.tasks[0].math("asked")] == ["L"]
    assert [math.span.text for math in problem.tasks[1].math("of", "wrt")] == ["L", "x"]
    assert [math.span.text for math in problem.tasks[1].math("given")] == ["x = 2"]


def test_an_unknown_task_names_the_nearest_form() -> None:
    problem = read_problem("Compute the Hessian of the gradient $g$. Show that $f$ is monotone. Give the outputs of gate two.")
    assert [(task.form, task.nearest) for task in problem.tasks] == [
        ("unknown", "derivative"),
        ("unknown", None),
        ("unknown", "forward"),
    ]
    first, second, _ = problem.diagnostics
    assert first.message == "This task is not understood: Compute the Hessian of the gradient $g$"
    assert (
        first.hint == "The nearest form of task is derivative: Compute the gradient of the loss with respect to all parameters."
    )
    assert (first.code, second.code, second.hint) == ("task-not-understood", "task-not-understood", None)
    assert first.span is not None
    assert (first.span.line, first.span.column) == (1, 1)


@pytest.mark.parametrize("form", [form for form in FORMS if form.name != "repeat"], ids=lambda form: form.name)
def test_the_example_of_each_form_is_recognised(form: Form) -> None:
    assert [task.form for task in read_problem(form.example).tasks] == [form.name]


def test_the_example_of_evaluating_is_recognised() -> None:
    (form,) = [form for form in FORMS if form.name == "repeat"]
    assert [task.form for task in read_problem(form.example).tasks] == ["value", "value"]


def test_prose_is_plain_and_exact() -> None:
    problem = read_problem("> **Bold** and `code_x` of a\\_b\n> ends $x$ *here*.\n")
    prose = [(item.text, item.span.text) for item in problem.items if isinstance(item, Prose)]
    assert prose == [("Bold and code_x of a_b", "**Bold** and `code_x` of a\\_b"), ("ends", "ends"), ("here.", "*here*.")]


def test_carriage_returns_change_nothing_but_offsets() -> None:
    text = "# Problem 1: T\n\n- Find\n  $\n  x\n  + y\n  $\n\n(a) Find $z$.\n"
    plain, other = read_problem(text), read_problem(text.replace("\n", "\r\n"))
    for before, after in zip(plain.items, other.items, strict=True):
        assert (type(before), before.part) == (type(after), after.part)
        assert before.span.text == after.span.text.replace("\r", "")
    assert [task.form for task in plain.tasks] == [task.form for task in other.tasks] == ["value", "value"]


def test_illustrations_are_neither_asked_nor_given() -> None:
    problem = read_problem("Compute $y$ (e.g., $y = 3$ (or $y = 4$)) for $x = 1$ ($z$).")
    formulas = [item for item in problem.items if isinstance(item, Math)]
    assert [item.illustration for item in formulas] == [False, True, True, False, False]
    (task,) = problem.tasks
    assert [role.name for role in task.roles] == ["asked", "illustration", "illustration", "given", "mention"]


def test_a_line_that_lost_its_mark_opens_a_problem_beside_headings() -> None:
    sheet = read_sheet(Source("sheet.md", "Problem 39\n\n$a$\n\n# Problem 40\n$b$\n"))
    assert [(p.id, p.line) for p in sheet.problems] == [("39", 1), ("40", 5)]


def test_a_task_before_the_first_problem_is_an_error() -> None:
    text = "Let $L = d^2$. Find $\\frac{dL}{dd}$.\n\n# Problem 40\n$b$\n"
    (diagnostic,) = read_sheet(Source("sheet.md", text)).diagnostics
    assert (diagnostic.severity, diagnostic.code) == ("error", "task-before-problems")
    assert diagnostic.span is not None
    assert diagnostic.span.line == 1


def test_what_a_reminder_makes_a_condition_of_is_an_illustration() -> None:
    problem = read_problem("# Problem 1\nRecall that $A$ is symmetric if $A = A^T$. Let $B = B^T$ if $c = 1$.\n")
    maths = [item for item in problem.items if isinstance(item, Math)]
    assert [(item.span.text, item.illustration) for item in maths] == [
        ("A", False),
        ("A = A^T", True),
        ("B = B^T", False),
        ("c = 1", False),
    ]
