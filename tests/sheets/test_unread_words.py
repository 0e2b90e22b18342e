"""Words that are not read are said, in networks and in LaTeX."""

import pytest

from chainrule.errors import Diagnostic
from chainrule.pipeline import solve_sheet
from chainrule.sheets import read_sheet
from chainrule.sheets.sheet import Sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source

LAYERS = "one hidden layer with 3 sigmoid units and one linear output"
NETWORK = f"A network has 2 inputs, {LAYERS}. The loss is the squared error $L$."


def solve(text: str, name: str = "sheet.md") -> ProblemSolution:
    [problem] = solve_sheet(Source(name, text)).problems
    return problem


def said_of(sheet: Sheet) -> list[Diagnostic]:
    return [*sheet.diagnostics, *(each for problem in sheet.problems for each in problem.diagnostics)]


def latex(body: str) -> str:
    return f"\\documentclass{{article}}\n\\begin{{document}}\n\\section*{{Problem 1}}\n{body}\n\\end{{document}}\n"


@pytest.mark.parametrize(
    "said",
    [
        "The first layer is not trained.",
        "Only the last layer is trained.",
        "The hidden layer is frozen.",
        "We freeze the weights of the first layer.",
        "The weights of the hidden layer are kept fixed.",
        "All weights are frozen except the last layer.",
        "The first layer is never updated.",
    ],
)
def test_what_is_not_trained_is_said(said: str) -> None:
    problem = solve(f"{NETWORK} {said} Compute the gradients of $L$ with respect to all weights.")
    told = [d for d in problem.diagnostics if d.code in ("training-not-read", "words-unclear") and d.severity != "note"]
    assert any(said in diagnostic.message for diagnostic in told)


@pytest.mark.parametrize("said", ["The network is trained by gradient descent.", "All layers are trained.", ""])
def test_a_network_that_is_trained_as_a_whole_has_no_warning(said: str) -> None:
    problem = solve(f"{NETWORK} {said} Compute the gradients of $L$ with respect to all weights.")
    assert [d.code for d in problem.diagnostics if d.severity != "note"] == []
    assert problem.status == "solved"


@pytest.mark.parametrize(
    ("network", "said"),
    [
        (f"A network that is not fully connected has 2 inputs, {LAYERS}.", "not fully connected"),
        (f"A network has 2 inputs, {LAYERS}, where all weights are frozen except the last.", "except the last"),
        (
            "A network has 2 inputs, one hidden layer with 3 sigmoid units that is not dense and one linear output.",
            "not dense and",
        ),
    ],
)
def test_the_words_that_keep_a_network_from_being_read_are_named(network: str, said: str) -> None:
    problem = solve(f"{network} The loss is the squared error $L$. Compute the gradients of $L$ with respect to all weights.")
    assert problem.answers == ()
    assert any(d.code == "words-unclear" and f'"{said}"' in d.message for d in problem.diagnostics)


@pytest.mark.parametrize(
    ("end", "said"),
    [(" without bias", "every other layer has a bias, as nothing is said of it"), ("", "every layer has a bias")],
)
def test_the_note_on_biases_is_true(end: str, said: str) -> None:
    problem = solve(f"A network has 2 inputs, {LAYERS}{end}. The loss is the squared error. Compute the gradients of the loss.")
    assert sum(said in each.message for each in problem.diagnostics) == 1


@pytest.mark.parametrize(
    ("condition", "shown"),
    [(r"\ifx\a\b", r"\ifx\a\b"), (r"\ifhard", r"\ifhard"), (r"\ifdefined\a", r"\ifdefined\a"), (r"\ifnum\a<3", r"\ifnum\a<3")],
)
def test_a_condition_of_latex_is_said_not_to_be_understood(condition: str, shown: str) -> None:
    body = f"\\newcommand{{\\a}}{{1}}Let $x = 2$. {condition} Compute $x^2$. \\else Compute $x^3$. \\fi"
    sheet = read_sheet(Source("sheet.tex", latex(body)))
    found = [d for d in said_of(sheet) if d.code == "condition-not-understood"]
    assert [(d.severity, f"Whether {shown} holds" in d.message, d.span and d.span.line) for d in found] == [("error", True, 4)]
    assert len(sheet.problems[0].tasks) == 2


@pytest.mark.parametrize("body", [r"It holds iff $x = 2$.", r"\newif\ifhard Let $x = 2$.", r"$y = x \iff x = y$. Let $x = 2$."])
def test_what_only_looks_like_a_condition_is_none(body: str) -> None:
    sheet = read_sheet(Source("sheet.tex", latex(f"{body} Compute $x^2$.")))
    assert [d.code for d in said_of(sheet)] == []


@pytest.mark.parametrize("code", [r"\verb|$x=3$|", r"\verb+x=3+", r"\lstinline|$x$|"])
def test_code_before_a_task_does_not_hide_it(code: str) -> None:
    problem = solve(latex(f"Let $x=2$. {code} Compute $x^2$."), "sheet.tex")
    assert [getattr(answer, "value", None) for answer in problem.answers] == [4]


@pytest.mark.parametrize("words", [r"\textbf{flurb}", r"\emph{flurb}", r"{\bf flurb}"])
def test_the_text_of_a_person_is_quoted(words: str) -> None:
    source = Source("sheet.tex", latex(f"Let $P = (0.5, 0.5)$. Compute the {words} entropy of $P$."))
    [problem] = read_sheet(source).problems
    assert [task.span.written for task in problem.tasks] == [f"Compute the {words} entropy of $P$"]
    assert "**" not in problem.tasks[0].text


def test_what_is_written_of_a_span_is_the_use_of_a_macro() -> None:
    text = latex(r"\newcommand{\loss}{L}Let $x=2$ and $\loss = x^2$. Compute $\loss$.")
    [problem] = read_sheet(Source("sheet.tex", text)).problems
    assert [task.span.written for task in problem.tasks] == [r"Compute $\loss$"]
