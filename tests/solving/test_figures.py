"""Pictures: what is said where their content is needed, and equations in their place."""

from pathlib import Path

import pytest

import chainrule as cr
from chainrule.errors import ChainruleError, Diagnostic, SheetError
from chainrule.pipeline import check_sheet, solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source
from tests.solving.sheets import entry, errors, solve

DRAWN = "# Problem 4\n\n![net](attachment:net.png)\n\nCompute $\\frac{\\partial L}{\\partial w}$.\n\n![end](end.png)\n"
NETWORK = Source("net.tex", "% the picture\nh = \\sigma(w x) \\\\\nL = h^2\n")


def solve_with(text: str, **figures: str | Source) -> list[ProblemSolution]:
    """The problems of a sheet; figures by number behind an underscore."""
    sources = {key[1:]: each if isinstance(each, Source) else Source(f"{key}.tex", each) for key, each in figures.items()}
    return list(solve_sheet(Source("sheet.md", text), None, sources).problems)


def missing(problem: ProblemSolution) -> list[Diagnostic]:
    return [d for d in problem.diagnostics if d.code == "missing-figure"]


def test_a_picture_that_is_needed_is_an_error_where_it_stands() -> None:
    problem = solve(DRAWN)
    assert problem.status == "unsolved"
    assert errors(problem) == ["missing-figure"]
    [found] = missing(problem)
    assert found.span is not None
    assert (found.span.line, found.span.column) == (3, 1)
    assert "net.png" in found.message
    assert "L" in found.message.split()
    assert "--figure 4=FILE" in (found.hint or "")


def test_equations_stand_for_the_picture() -> None:
    """L = sigma(w x)^2 with w x = 0: dL/dw = 2 (1/2) (1/4) x."""
    [problem] = solve_with(DRAWN, _4=NETWORK)
    assert (problem.status, errors(problem)) == ("solved", [])
    [answer] = problem.answers
    assert entry(answer)(0.0, 3.0) == pytest.approx(0.75, rel=1e-14)
    assert [equation.latex.split(" =")[0] for equation in problem.equations] == ["h", "L"]


@pytest.mark.parametrize("block", ["h = \\sigma(w x) \\\\ L = h^2", "h = sigma(w x)\nL = h^2"])
def test_equations_in_a_fence_stand_for_the_picture(block: str) -> None:
    fence = f"```equations\n{block}\n```\n"
    for text in (DRAWN + fence, DRAWN.replace("![net](attachment:net.png)", fence), fence + DRAWN):
        problem = solve(text)
        assert (problem.status, errors(problem)) == ("solved", [])
        assert entry(problem.answers[0])(0.0, 3.0) == pytest.approx(0.75, rel=1e-14)


def test_other_fences_are_code() -> None:
    assert errors(solve(DRAWN + "```\nL = w x\n```\n")) == ["missing-figure"]


NEEDLESS = {
    "decorative": "![logo](logo.png)\n\nLet $f = x^2$. Compute $\\frac{df}{dx}$.\n",
    "trailing": "Let $f = x^2$. Compute $\\frac{df}{dx}$.\n\n![solution](a.png) <img src='b.png'>\n",
    "of another problem": "# Problem 1\nLet $f = x^2$. Compute $\\frac{df}{dx}$.\n# Problem 2\n![net](net.png)\n",
    "an input that nothing defines": "![net](net.png)\nLet $f = x^2 t$. Compute $\\frac{df}{dx}$.\n",
}


@pytest.mark.parametrize("text", NEEDLESS.values(), ids=NEEDLESS)
def test_a_picture_that_is_not_needed_blocks_nothing(text: str) -> None:
    problem, *_ = solve_with(text)
    assert problem.status == "solved"
    assert errors(problem) == []


def test_only_the_tasks_that_need_the_picture_are_open() -> None:
    text = "Let $f = x^2$. ![net](net.png)\n\n(a) Compute $\\frac{df}{dx}$.\n\n(b) Compute $\\frac{dg}{dx}$.\n"
    problem = solve(text)
    assert problem.status == "partial"
    assert [len(task.answers) for task in problem.tasks] == [1, 0]
    assert errors(problem) == ["missing-figure"]


WANTED = {
    "a graph": "Draw the computational graph.",
    "a forward pass": "Perform the forward pass.",
    "a derivative in words": "Compute the gradient of the loss with respect to the weights.",
    "a derivative of an input": "Let $y \\in \\mathbb{R}$ and $x \\in \\mathbb{R}$. Compute $\\frac{dy}{dx}$.",
    "a value": "Compute the value of $y$.",
    "a network of given arrays": "Let $W = [[1, 2], [3, 4]]$, $x = [1, 2]$ and $s = 2 t$. Perform the forward pass.",
}


@pytest.mark.parametrize("text", WANTED.values(), ids=WANTED)
def test_what_may_be_in_the_picture(text: str) -> None:
    assert "missing-figure" in errors(solve(f"![net](net.png)\n\n{text}\n"))


def test_without_equations_there_is_no_graph_and_no_forward_pass() -> None:
    problem = solve("Draw the computational graph. Perform the forward pass.\n")
    assert (problem.status, errors(problem)) == ("unsolved", ["no-equations", "no-equations"])


def test_the_picture_before_the_task_is_named_else_the_one_behind_it() -> None:
    asked = "Compute $\\frac{dy}{dx}$."
    for text, line in ((f"![a](a.png)\n\n![b](b.png)\n\n{asked}\n\n![c](c.png)\n", 3), (f"{asked}\n\n![c](c.png)\n", 3)):
        [found] = missing(solve(text))
        assert found.span is not None
        assert found.span.line == line
    assert "c.png" in found.message


def test_one_error_a_picture_names_all_that_is_missing() -> None:
    text = "![a](a.png)\n\n(a) Compute $\\frac{dy}{dx}$.\n\n(b) Compute $\\frac{dz}{dx}$.\n\n(c) Compute $\\frac{dy}{dx}$.\n"
    [found] = missing(solve(text))
    assert found.message.endswith(": y; z")


def test_a_symbol_that_the_figure_does_not_define_either() -> None:
    [problem] = solve_with(DRAWN, _4="h = w x")
    assert errors(problem) == ["undefined-symbol"]


def test_a_mistake_in_a_figure_is_placed_in_its_file() -> None:
    [problem] = solve_with(DRAWN, _4=Source("net.tex", "h = w x \\\\\nL = \\frac{h}{\n"))
    fault, broken = [d for d in problem.diagnostics if d.severity == "error"]
    assert fault.span is not None
    assert (fault.span.source.name, fault.span.line, fault.span.column) == ("net.tex", 2, 13)
    assert "(net.tex, line 2)" in broken.message


@pytest.mark.parametrize("text", ["", "% nothing\n"])
def test_an_empty_figure(text: str) -> None:
    [problem] = solve_with(DRAWN, _4=text)
    assert "empty-figure" in errors(problem)


def test_a_tex_file_is_latex_and_another_one_what_it_looks_like() -> None:
    """`wx` is one word in plain text and two letters in LaTeX."""
    for name, needs in (("a.tex", ["w", "x"]), ("a.txt", ["wx"])):
        [problem] = solve_with("# Problem 4\nCompute the value of $L$.\n", _4=Source(name, "L = wx"))
        assert [need.latex for need in problem.answers[0].needs] == needs


@pytest.mark.parametrize(
    ("text", "number", "message"),
    [
        (DRAWN, "5", "there is no problem 5 in sheet.md"),
        ("# Problem 1\n$a$\n# Problem 1\n$b$\n", "1", "there is more than one problem 1 in sheet.md"),
    ],
)
def test_a_figure_of_no_problem(text: str, number: str, message: str) -> None:
    with pytest.raises(SheetError) as caught:
        solve_sheet(Source("sheet.md", text), None, {number: NETWORK})
    assert (caught.value.code, caught.value.message) == ("unknown-problem", message)
    assert (caught.value.hint or "").startswith("its problems are ")


def test_the_equations_of_a_fence_are_checked() -> None:
    found = check_sheet(Source("sheet.md", "```equations\nf = x +\n```\n"))
    assert [(d.severity, d.span.line if d.span else 0) for d in found] == [("error", 2)]


def test_figures_in_python(tmp_path: Path) -> None:
    sheet, figure = tmp_path / "sheet.md", tmp_path / "net.tex"
    sheet.write_text(DRAWN, encoding="utf-8")
    figure.write_text(NETWORK.text, encoding="utf-8")
    for file in (figure, str(figure)):
        assert [p.status for p in cr.solve(sheet, figures={"4": file}).solution.problems] == ["solved"]
    with pytest.raises(ChainruleError, match="cannot be read"):
        cr.solve(sheet, figures={"4": tmp_path / "none.tex"})
