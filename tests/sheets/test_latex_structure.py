"""LaTeX's text as a sheet: problems, parts and pictures, in `.tex` files and inside Markdown."""

import pytest

from chainrule.sheets import Figure, Math, Problem, read_sheet
from chainrule.source import Source

Outline = list[tuple[str, str, list[tuple[str | None, str]]]]


def read(text: str, name: str = "x.tex") -> tuple[Problem, ...]:
    return read_sheet(Source(name, text)).problems


def outline(text: str, name: str = "x.tex") -> Outline:
    """Of each problem its number, its title, and the formulas with their parts."""
    return [
        (problem.id, problem.title, [(item.part, item.span.text) for item in problem.items if isinstance(item, Math)])
        for problem in read(text, name)
    ]


def faults(text: str, name: str = "x.tex") -> list[tuple[str, str, int, int]]:
    sheet = read_sheet(Source(name, text))
    found = [*sheet.diagnostics, *(each for problem in sheet.problems for each in problem.diagnostics)]
    return [(each.severity, each.code, each.span.line, each.span.column) for each in found if each.span is not None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\section*{Problem 1} $a$ \section*{Problem 2: \emph{Two}} $b$", [("1", "", ["a"]), ("2", "Two", ["b"])]),
        (r"\subsection{Exercise 2.4 (Entropy)} $a$", [("2.4", "(Entropy)", ["a"])]),
        (r"\section{Chains} $a$ \section{Nets} $b$", [("1", "Chains", ["a"]), ("2", "Nets", ["b"])]),
        (r"\begin{problem} $a$ \end{problem} \begin{problem}[Two] $b$ \end{problem}", [("1", "", ["a"]), ("2", "Two", ["b"])]),
        (r"\begin{exercise}{3.1} $a$ \end{exercise}", [("3.1", "", ["a"])]),
        (r"\begin{homeworkProblem}[Problem 7] $a$ \end{homeworkProblem}", [("7", "", ["a"])]),
        (r"\newtheorem{up}{Problem}[section] \begin{up} $a$ \end{up}", [("1", "", ["a"])]),
        (r"\paragraph{Problem 2.} $a$ \paragraph{Problem 3.} $b$", [("2", "", ["a"]), ("3", "", ["b"])]),
        ("\\textbf{Problem 2.} $a$\n\n{\\bf Problem 3} $b$", [("2", "", ["a"]), ("3", "", ["b"])]),
        (
            r"\begin{questions} \question[5] $a$ \titledquestion{T}[1] $b$ \end{questions}",
            [("1", "", ["a"]), ("2", "T", ["b"])],
        ),
        (
            r"\begin{enumerate}[label=\textbf{Problem \arabic*.}] \item $a$ \item $b$ \end{enumerate}",
            [("1", "", ["a"]), ("2", "", ["b"])],
        ),
        (r"\begin{itemize} \item[Problem 4.] $a$ \item[Problem 5.] $b$ \end{itemize}", [("4", "", ["a"]), ("5", "", ["b"])]),
        (r"\newcommand{\pr}[1]{\section*{Problem #1}} \pr{6} $a$ \pr{8} $b$", [("6", "", ["a"]), ("8", "", ["b"])]),
    ],
)
def test_problems(text: str, expected: list[tuple[str, str, list[str]]]) -> None:
    assert [(number, title, [each for _, each in found]) for number, title, found in outline(text)] == expected


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (r"\begin{enumerate} \item $a$ \item $b$ \end{enumerate} $c$", ["1", "2", None]),
        (r"\begin{enumerate}[label=(\alph*)] \item $a$ \item $b$ \end{enumerate} $c$", ["a", "b", None]),
        (r"\begin{enumerate}[(i)] \item $a$ \item $b$ \end{enumerate}", ["i", "ii"]),
        (r"\begin{enumerate}[a.] \item $a$ \item $b$ \end{enumerate}", ["a", "b"]),
        (r"\begin{enumerate}[label=\alph*), start=2] \item $a$ \item $b$ \end{enumerate}", ["b", "c"]),
        (r"\begin{enumerate}[leftmargin=*] \item $a$ \end{enumerate}", ["1"]),
        (r"\renewcommand{\theenumi}{\alph{enumi}} \begin{enumerate} \item $a$ \end{enumerate}", ["a"]),
        (r"\begin{enumerate} \item[(c)] $a$ \item[(d)] $b$ \end{enumerate}", ["c", "d"]),
        (
            r"\begin{enumerate} \item $a$ \begin{enumerate} \item $b$ \item $c$ \end{enumerate} \item $d$ \end{enumerate}",
            ["1", "1.a", "1.b", "2"],
        ),
        (
            r"\begin{enumerate} \item \begin{enumerate} \item $b$ \item $c$ \end{enumerate} \item $d$ \end{enumerate}",
            ["1.a", "1.b", "2"],
        ),
        (r"\begin{itemize} \item $a$ \item $b$ \end{itemize}", [None, None]),
        (r"\begin{description} \item[(a)] $a$ \item[(b)] $b$ \end{description}", ["a", "b"]),
        (r"\begin{parts} \part $a$ \part[2] $b$ \begin{subparts} \subpart $c$ \end{subparts} \end{parts}", ["a", "b", "b.i"]),
        (r"\paragraph{(a)} $a$ \paragraph{(b)} $b$", ["a", "b"]),
        ("\\paragraph{(a)} $a$\n\n\\textbf{(b)} $b$\n\n\\textbf{(c)} $c$", ["a", "b", "c"]),
        ("\\paragraph{(a)} $a$\n\n(i) $b$\n\n(ii) $c$\n\n\\paragraph{(b)} $d$", ["a", "a.i", "a.ii", "b"]),
        ("\\textbf{(a)} $a$\n\n\\textbf{(b)} $b$", ["a", "b"]),
        ("(a) $a$ \\\\\n(b) $b$ \\\\[2pt] (c) $c$", ["a", "b", "c"]),
        ("\\begin{enumerate}\n\\item\n\n$a$\n\nMore:\n\\[ b \\]\n\n\\item $c$\n\\end{enumerate}", ["1", "1", "2"]),
    ],
)
def test_parts(text: str, parts: list[str | None]) -> None:
    ((_, _, found),) = outline("\\section*{Problem 1}\n" + text)
    assert [part for part, _ in found] == parts


def test_displays_tables_and_pictures_stay() -> None:
    (problem,) = read(
        "\\begin{figure}[h]\\centering\\includegraphics[width=2cm]{img/net.pdf}\\caption{A net}\\end{figure}\n"
        "\\begin{tikzpicture}\\draw (0,0) -- $x$;\\end{tikzpicture}\n"
        "\\begin{gather*} a \\\\ b \\end{gather*}\n\\[ c \\] $$ d $$ \\( e \\)\n"
        "\\begin{tabular}{cc} $x$ & $y$ \\\\ 1 & 2 \\end{tabular}"
    )
    assert [item.name for item in problem.items if isinstance(item, Figure)] == ["img/net.pdf", "in tikz"]
    assert [item.span.text for item in problem.items if isinstance(item, Math) and item.display] == [
        "\\begin{gather*} a \\\\ b \\end{gather*}",
        "c",
        "d",
    ]
    assert [[cell.span.text for cell in row] for grid in problem.grids for row in grid.rows] == [["$x$", "$y$"], ["1", "2"]]


def test_words_are_plain() -> None:
    (problem,) = read(
        '\\noindent The {\\it na\\"{\\i}ve} G\\"odel--\\\'{e}tude~of \\underline{all}'
        "\\footnote{Or most.}: 5\\,\\% \\ldots\\vspace{2em}"
    )
    words = " ".join(item.text for item in problem.items if not isinstance(item, Math | Figure) and hasattr(item, "text"))
    assert words.split() == ["The", "naïve", "Gödel--étude", "of", "all", "Or", "most.", ":", "5", "%", "..."]


def test_places_are_those_of_the_file() -> None:
    text = (
        "\\section*{Problem 1}\n\\begin{enumerate}\n  \\item Let\n"
        "    % nothing\n    $y = 2 x$.\n  \\item Find   $y$.\n\\end{enumerate}\n"
    )
    (problem,) = read(text)
    assert [(item.span.line, item.span.column) for item in problem.items if isinstance(item, Math)] == [(5, 6), (6, 17)]
    assert [(task.part, task.span.line, task.span.column) for task in problem.tasks] == [("2", 6, 9)]
    assert problem.line == 1


def test_defects_are_said_where_they_stand() -> None:
    text = (
        "\\section*{Problem 1}\n$a$ and $b\n\n\\begin{enumerate}\n\\item $c$\n\n"
        "\\section*{Problem 2}\n\\end{itemize}\n\\input{more}\n"
    )
    assert faults(text) == [
        ("error", "unclosed-environment", 4, 1),
        ("warning", "unclosed-dollar", 2, 9),
        ("error", "stray-end", 8, 1),
        ("error", "other-file", 9, 1),
    ]


def test_solutions_are_left_out_and_said() -> None:
    text = "\\begin{questions}\n\\question Find $a$.\n\\begin{solution}\n$b = 2$\n\\end{solution}\n\\end{questions}"
    assert [found for _, _, found in outline(text)] == [[(None, "a")]]
    assert faults(text) == [("note", "solution-not-read", 3, 1)]


def test_references_are_numbers() -> None:
    text = "\\begin{problem}\\label{p} $a$ \\end{problem}\n\\begin{problem} As in Problem~\\ref{p} and \\ref{q}. \\end{problem}"
    assert [item.span.text for item in read(text)[1].items] == ["As in Problem 1 and \\ref{q}."]


def test_lists_nested_too_deeply_are_cut() -> None:
    text = "\\begin{itemize}\\item " * 40 + "$a$" + "\\end{itemize}" * 40 + "\n\n$b$"
    assert [found for _, _, found in outline(text)] == [[(None, "a"), (None, "b")]]
    assert [code for _, code, _, _ in faults(text)] == ["nested-too-deep"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "\\section*{Problem 4}\n\n\\begin{enumerate}\n\\item[(a)] $a$\n\\item[(b)] $b$\n\\end{enumerate}",
            [("4", [("a", "a"), ("b", "b")])],
        ),
        (
            "# Problem 3\n\n\\begin{enumerate}\n  \\item $a$\n  \\item *see* $b$\n\\end{enumerate}\n$c$",
            [("3", [("1", "a"), ("2", "b"), (None, "c")])],
        ),
        (
            "> # Problem 3\n>\n> \\begin{itemize}\n> \\item[(a)] $a$\n> \\end{itemize}\n> $b$",
            [("3", [("a", "a"), (None, "b")])],
        ),
        (
            "1. $a$\n   \\begin{enumerate}\n   \\item $b$\n   \\item $c$\n   \\end{enumerate}\n2. $d$",
            [("1", [("1", "a"), ("1.1", "b"), ("1.2", "c"), ("2", "d")])],
        ),
        (
            "\\begin{problem}\n$a$\n\\end{problem}\n\\begin{problem}\n$b$\n\\end{problem}",
            [("1", [(None, "a")]), ("2", [(None, "b")])],
        ),
        ("```\n\\begin{enumerate} \\item $x$\n```\n$a$", [("1", [(None, "a")])]),
    ],
)
def test_latex_in_markdown(text: str, expected: list[tuple[str, list[tuple[str | None, str]]]]) -> None:
    assert [(number, found) for number, _, found in outline(text, "x.md")] == expected
