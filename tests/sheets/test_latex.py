"""LaTeX's macros and comments: what they become, and that every place is one of the document."""

import time
from itertools import pairwise

import pytest

from chainrule.errors import Diagnostic
from chainrule.sheets import Math, Problem, read_sheet
from chainrule.sheets.latex import read_latex, read_latex_parts
from chainrule.sheets.latex_expansion import expand_macros
from chainrule.source import Source


def expand(text: str) -> str:
    """What is left of a text in one line."""
    return " ".join(expand_macros(Source("x.tex", text)).source.text.split())


def read_tex(text: str) -> Problem:
    (problem,) = read_sheet(Source("x.tex", text)).problems
    return problem


def formulas(problem: Problem) -> list[str]:
    return [item.span.text for item in problem.items if isinstance(item, Math)]


def place(diagnostic: Diagnostic) -> tuple[str, int, int]:
    assert diagnostic.span is not None
    return diagnostic.code, diagnostic.span.line, diagnostic.span.column


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\newcommand{\R}{\mathbb{R}} $\R^n$", r"$\mathbb{R}^n$"),
        (r"\newcommand\R{\mathbb{R}} $\R$", r"$\mathbb{R}$"),
        (r"\newcommand*{\x}[1]{x_{#1}} $\x{10} \x3$", r"$x_{10} x_{3}$"),
        (r"\newcommand{\p}[2][L]{\frac{d #1}{d #2}} \p{w} \p[f]{x}", r"\frac{d L}{d w} \frac{d f}{d x}"),
        (r"\def\W#1#2{W^{(#1)}_{#2}} \W{1}{ij}", r"W^{(1)}_{ij}"),
        (r"\def\a{\theta} $\a x$ \a1 \a", r"$\theta x$ \theta1 \theta"),
        (r"\newcommand{\sq}[1]{\nrm{#1}^2}\newcommand{\nrm}[1]{\|#1\|} \sq{a - b}", r"\|a - b\|^2"),
        (r"\DeclareMathOperator{\KL}{KL} \KL(P)", r"\operatorname{KL}(P)"),
        (r"\DeclareMathOperator*{\am}{arg\,min} \am", r"\operatorname{argmin}"),
        (r"\DeclarePairedDelimiter{\abs}{|}{|} \abs{x} \abs*{y}", "| x | | y |"),
        (r"\newcommand{\a}{1}\renewcommand{\a}{2} \a", "2"),
        (r"\newcommand{\a}{1}\providecommand{\a}{2}\providecommand{\b}{3} \a\b", "13"),
        (r"\let\old\phi \renewcommand{\phi}{\old x} \phi y", r"\phi x y"),
        (r"\let\e=\varepsilon \e", r"\varepsilon"),
        (r"\NewDocumentCommand{\f}{O{q} m}{#1(#2)} \f{x} \f[r]{y}", "q(x) r(y)"),
        (r"\newcommand{\f}[1]{\theta#1} \f{y} \f{2}", r"\theta y \theta2"),
        (r"\newcommand{\g}{\f}\newcommand{\f}[1]{<#1>} \g{x}", "<x>"),
        (r"\newcommand{\T}{^\top} $W\T x$", r"$W^\top x$"),
        (r"\a \newcommand{\a}{x} \a", r"\a x"),
        (r"\newcommand{\h}{##} \h", "#"),
        (r"\newcommand{\sp}[1]{\sqrt{#1}} \sp {a {b} c}", r"\sqrt{a {b} c}"),
        (r"\newcommand{\%}{x} \% 50\\%", r"x 50\\%"),
    ],
)
def test_macros_are_expanded(text: str, expected: str) -> None:
    assert expand(text) == expected


def test_a_macro_in_a_formula_is_placed_at_its_use_and_an_argument_where_it_stands() -> None:
    text = "\\newcommand{\\pd}[2]{\\frac{\\partial #1}{\\partial #2}}\nFind\n  $u + \\pd{L}{w}$.\n"
    source = expand_macros(Source("x.tex", text)).source
    fraction = source.text.index("\\frac")
    assert source.position(fraction) == (3, 8)
    assert source.position(source.text.index("{L}") if "{L}" in source.text else source.text.index("L}")) == (3, 12)
    assert source.position(source.text.index("w}")) == (3, 15)
    whole = source.span(fraction, source.text.index("$.") + 0)
    assert whole.excerpt() == "3 |   $u + \\pd{L}{w}$.\n  |        ^^^^^^^^^"


def test_a_formula_that_cannot_be_read_is_shown_at_the_macro() -> None:
    text = "\\newcommand{\\bad}{x +}\n\nLet $y = \\bad$. Compute $y$.\n"
    from chainrule.pipeline import check_sheet

    (missing,) = [each for each in check_sheet(Source("x.tex", text)) if each.code == "missing-operand"]
    assert place(missing) == ("missing-operand", 3, 10)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("\\def\\a{\\a}\n$\\a$", "recursive-macro", 2, 2),
        ("\\def\\a{\\b}\\def\\b{x\\a}\n\n  \\a", "recursive-macro", 3, 3),
        ("\\newcommand{\\f}[1]{\\sin #1}\n$\\f$ and $\\f", "macro-without-argument", 2, 11),
        ("\\newcommand{\\f}[2]{#1#2}\nLet $\\f{a}$, \\(\\f b\\)", "macro-without-argument", 2, 6),
        ("a\n\\def\\f#1.{x}\n", "macro-not-understood", 2, 1),
        ("\\newcommand{\\f}[x]{y}", "macro-not-understood", 1, 1),
    ],
)
def test_macros_that_fail_are_said_where_they_stand(text: str, code: str, line: int, column: int) -> None:
    assert (code, line, column) in [place(fault) for fault in expand_macros(Source("x.tex", text)).faults]


def test_a_macro_that_doubles_is_cut() -> None:
    names = "abcdefghijklmnopqrstuvwxyz"
    doubling = "".join(f"\\def\\{b}{{\\{a}\\{a}}}" for a, b in pairwise(names))
    begun = time.perf_counter()
    expanded = expand_macros(Source("x.tex", f"\\def\\a{{x}}{doubling}\n$\\z$ $\\c$"))
    assert [place(fault) for fault in expanded.faults] == [("recursive-macro", 2, 2)]
    assert expanded.source.text.endswith("$\\z$ $xxxx$")
    assert time.perf_counter() - begun < 2


def test_comments_and_verbatim_are_left_out() -> None:
    problem = read_tex(
        "Compute $a$ % $b$\n% $c$\nand $d$ at 50\\%, $e$.\n\\begin{verbatim}\n$f$\n\\end{verbatim}\n"
        "\\iffalse $g$ \\fi $h$ \\begin{lstlisting}[language=C]\n$i$\n\\end{lstlisting}\\begin{comment}$j$\\end{comment}"
    )
    assert formulas(problem) == ["a", "d", "e", "h"]
    assert [(item.span.line, item.span.column) for item in problem.items if isinstance(item, Math)] == [
        (1, 10),
        (3, 6),
        (3, 19),
        (7, 19),
    ]


def test_an_environment_that_is_never_closed_is_an_error_and_read_on() -> None:
    problem = read_tex("$a$\n\\begin{verbatim}\nCompute $b$.")
    assert [place(fault) for fault in problem.diagnostics] == [("unclosed-environment", 2, 1)]
    assert formulas(problem) == ["a", "b"]


def test_preamble_and_what_follows_the_document_are_skipped() -> None:
    problem = read_tex(
        "\\documentclass{article}\n\\newcommand{\\q}{z}\n\\title{$no$}\n\\begin{document}\nFind $\\q$.\n\\end{document}\n$no$\n"
    )
    assert formulas(problem) == ["z"]
    assert [(task.span.line, task.span.column) for task in problem.tasks] == [(5, 1)]


def test_quotation_marks_are_no_code() -> None:
    assert formulas(read_tex("The ``loss'' $a$ and ``cost'' $b$ of `one' $c$.")) == ["a", "b", "c"]


def test_macros_of_markdown_are_expanded_outside_code() -> None:
    text = "$$\n\\newcommand{\\v}{\\mathbf{v}}\n$$\nFind $\\v$. `\\v`\n\n```\n\\newcommand{\\v}{no} \\v\n```\nand $\\v$\n"
    written, faults = read_latex_parts(Source("x.md", text))
    assert faults == []
    assert written.text == "$$\n\n$$\nFind $\\mathbf{v}$. `\\v`\n\n```\n\\newcommand{\\v}{no} \\v\n```\nand $\\mathbf{v}$\n"


def test_markdown_without_latex_text_is_the_document_itself() -> None:
    source = Source("x.md", "# Problem 1\n\n\\[ a = \\begin{cases} 1 \\end{cases} \\]\n\\begin{align} b \\end{align}")
    assert read_latex_parts(source) == (source, [])


UNITS = (
    *("\\begin{enumerate}", "\\begin{itemize}\\item[{]}", "{", "\\textbf{", "\\section{", "\\\\[", "\\newcommand{\\a}{"),
    *("\\def\\a{\\a}\\a ", "\\begin{verbatim}", "`", "$", "\\begin{tabular}", "\\begin{solution}", "\\iffalse ", "%\n"),
    *("\\begin{problem}", "\\question ", "\\begin{align}", "\\item", "\\end{enumerate}", "\\newcommand{\\f}[9]{#1}\\f{"),
)


@pytest.mark.parametrize("unit", UNITS)
def test_bombs_end_soon_with_few_diagnostics(unit: str) -> None:
    begun = time.process_time()
    for read in (read_latex, read_latex_parts):
        written, faults = read(Source("x.tex", unit * (30_000 // len(unit))))
        assert len(faults) <= 300
        assert len(written.text) <= 200_000
    assert time.process_time() - begun < 8


@pytest.mark.parametrize("unit", UNITS)
def test_bombs_are_sheets(unit: str) -> None:
    assert read_sheet(Source("x.tex", unit * 100)).problems
