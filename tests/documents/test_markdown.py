from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from chainrule.documents.escaping import code_span, escape, escape_words
from chainrule.documents.markdown import save
from chainrule.documents.mathblock import aligned, equation, inline, lines_of, split_equation
from chainrule.drawing.picture import Picture
from chainrule.solving.answer import Formula, Solution, StepText
from chainrule.source import Source
from tests.documents.solutions import FIRST, GRADIENT, LOSS, SECOND, SLOPE, SOLUTION, SOURCE, formula, solution_with

MARKDOWN = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin)

EXPECTED = r"""# Solution of two.md

## Problem 1: A squared error

*Partial, 1 of 3 tasks open.*

$$
\begin{aligned}
e &= t - w x \\
L &= e^2
\end{aligned}
$$

![Computational graph of problem 1](out-problem-1.svg)

### Part a

$$
\begin{aligned}
e &= t - w x = 3 - 0.5 \cdot 2 = 2 \\
L &= e^2 = 2^2 = 4
\end{aligned}
$$

### Part b

$$
\begin{aligned}
\frac{\partial L}{\partial w} &= \frac{\partial L}{\partial e} \cdot (-x) \quad \text{(by backpropagation)} \\
&= -2 e x \quad \text{(in intermediate variables)} \\
&= -2 (t - w x) x \quad \text{(in closed form)} \\
&= -8
\end{aligned}
$$

1. The square differentiates to twice its argument.

   $$
   \frac{\partial L}{\partial e} = 2 e
   $$

2. w enters e by -w x.

   $$
   \frac{\partial L}{\partial w} = \frac{\partial L}{\partial e} \cdot (-x)
   $$

*Checked by complex step, largest relative error 3e-16.*

### Part c

**Open:** `What is the meaning of $L$ to a *goat*?`

### Remarks on the text

- **Warning** (line 12, column 4): this asks for nothing known [unknown-task] *Hint: ask for a value*

## Problem 2: A layer with $A$

*Unsolved.*

### Remarks on the text

- **Error** (line 16, column 12): a parenthesis is not closed [unclosed]
"""


def page(solution: Solution, folder: Path) -> str:
    save(solution, folder / "page.md")
    return (folder / "page.md").read_text(encoding="utf-8")


def test_the_whole_file_and_its_picture(tmp_path: Path) -> None:
    written = save(SOLUTION, tmp_path / "out.md")
    assert [path.name for path in written] == ["out.md", "out-problem-1.svg"]
    assert sorted(tmp_path.iterdir()) == sorted(written)
    assert written[0].read_text(encoding="utf-8") == EXPECTED
    assert ElementTree.parse(written[1]).getroot().tag == "{http://www.w3.org/2000/svg}svg"


def test_markdown_reads_it_as_it_was_meant() -> None:
    tokens = [token.type for token in MARKDOWN.parse(EXPECTED)]
    assert tokens.count("math_block") == 5
    assert tokens.count("ordered_list_open") == 1
    assert tokens.count("list_item_open") == 2 + 2
    assert tokens.count("heading_open") == 8
    assert tokens.count("bullet_list_open") == 2
    assert "code_block" not in tokens
    assert "table_open" not in tokens


def test_names_needs_conventions_and_values(tmp_path: Path) -> None:
    answer = replace(GRADIENT, needs=(formula("y"),), check=None)
    assert (
        page(solution_with(replace(answer, value=None)), tmp_path).partition("$$\n\nwhere")[2]
        == r"""

$$
\begin{aligned}
\delta &= g \odot 1[z \gt 0]
\end{aligned}
$$

No number yet: $y$ is not given.

Convention: relu'(0) = 0.
"""
    )
    assert r"&\approx \begin{bmatrix} 0.3 & -0.333333 \\ 0 & 2 \cdot 10^{-9} \end{bmatrix}" in page(
        solution_with(answer), tmp_path
    )


def test_levels(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    save(solution_with(SLOPE), path, "brief")
    brief = path.read_text(encoding="utf-8")
    assert "\\frac{\\partial L}{\\partial w} &= -2 e x = -8\n" in brief
    assert "1. " not in brief
    save(solution_with(SLOPE), path, "all")
    assert "1. The square differentiates to twice its argument. *(power)*\n" in path.read_text(encoding="utf-8")
    assert f"```python\n{SLOPE.code.numpy if SLOPE.code else ''}```" in path.read_text(encoding="utf-8")


def test_a_graph_without_a_picture_is_a_table(tmp_path: Path) -> None:
    text = page(Solution(SOURCE, (replace(FIRST, draw=lambda: None),)), tmp_path)
    table = text.partition("| Quantity")[2].split("\n")
    assert table[:5] == [
        " | Operation | Computed from | Value |",
        "| --- | --- | --- | --- |",
        "| $x$ | input |  | $2$ |",
        "| $w$ | input |  | $0.5$ |",
        "| $t$ | input |  | $3$ |",
    ]
    assert "| $e$ | - | $t$, $w$, $x$ | $2$ |" in table
    nodes = tuple(replace(node, value=None) for node in FIRST.graph.nodes)
    text = page(Solution(SOURCE, (replace(FIRST, draw=lambda: None, graph=replace(FIRST.graph, nodes=nodes)),)), tmp_path)
    assert "| $e$ | - | $t$, $w$, $x$ |\n" in text
    assert list(tmp_path.iterdir()) == [tmp_path / "page.md"]


def test_a_picture_that_cannot_be_drawn_is_said_and_made_up_for(tmp_path: Path) -> None:
    text = page(Solution(SOURCE, (replace(FIRST, draw=lambda: Picture("", (), ())),)), tmp_path)
    assert "*The graph is not drawn: there is no box to draw.*\n\n| Quantity" in text
    assert list(tmp_path.iterdir()) == [tmp_path / "page.md"]


def test_pictures_have_names_of_their_own_whatever_the_ids(tmp_path: Path) -> None:
    problems = tuple(replace(FIRST, id=name) for name in ("1", "1", "../2 b", "A", "a"))
    written = save(Solution(SOURCE, problems), tmp_path / "my page.md")
    assert [path.name for path in written[1:]] == [
        "my page-problem-1.svg",
        "my page-problem-1-2.svg",
        "my page-problem-..-2-b.svg",
        "my page-problem-A.svg",
        "my page-problem-a-2.svg",
    ]
    assert {path.parent for path in written} == {tmp_path}
    assert "](my%20page-problem-1-2.svg)" in written[0].read_text(encoding="utf-8")


def test_an_unusual_problem_breaks_no_markup(tmp_path: Path) -> None:
    problem = replace(
        SECOND,
        title="*a* <b> `c` [d](e) #1 | $x_1$ and $y_2$",
        equations=(formula("- x + y = 0"), formula("> 0"), Formula("a\n- b < c", "", "")),
        answers=(replace(LOSS, worked=(), steps=(StepText("r", formula("+ a"), formula("- b"), "# a\n- b"),)),),
        diagnostics=(),
    )
    source = Source("folder/*x*.md", "")
    text = page(Solution(source, (problem,)), tmp_path)
    tokens = [token.type for token in MARKDOWN.parse(text)]
    assert tokens.count("math_block") == 3
    assert tokens.count("heading_open") == 3
    assert tokens.count("bullet_list_open") == 0
    inside = [child.type for token in MARKDOWN.parse(text) for child in token.children or []]
    assert inside.count("math_inline") == 2
    assert not {"html_inline", "link_open", "code_inline"} & set(inside)
    assert inside.count("em_open") == 1  # the word on the standing


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a_b * c", "a\\_b \\* c"),
        ("cost $5", "cost \\$5"),
        ("by $a_1$ and b_1", "by $a_1$ and b\\_1"),
        ("two\nlines", "two lines"),
    ],
)
def test_escape(text: str, escaped: str) -> None:
    assert escape(text) == escaped


def test_a_label_has_no_formulas_whatever_its_dollars() -> None:
    assert escape_words("from $5 to $9 | <b> `x`") == "from \\$5 to \\$9 \\| \\<b\\> \\`x\\`"


@pytest.mark.parametrize(("text", "span"), [("a", "`a`"), ("a `b` c", "``a `b` c``"), ("``", "``` `` ```"), ("`", "`` ` ``")])
def test_code_span(text: str, span: str) -> None:
    assert code_span(text) == span
    (token,) = [child for token in MARKDOWN.parse(span) for child in token.children or []]
    assert (token.type, token.content) == ("code_inline", text)


@pytest.mark.parametrize(
    ("latex", "halves"),
    [
        ("m = x + y", ("m", "= x + y")),
        ("\\sum_{i=1}^n x_i = 1", ("\\sum_{i=1}^n x_i", "= 1")),
        ("a = b = c", ("a", "= b = c")),
        ("x > 0", ("", "x > 0")),
    ],
)
def test_split_equation(latex: str, halves: tuple[str, str]) -> None:
    assert split_equation(latex) == halves


def test_math_in_markdown() -> None:
    assert inline("\\|x\\| + |y| < 1") == "$\\Vert x\\Vert + \\vert y\\vert \\lt 1$"
    assert equation("- a") == "$$\n{} - a\n$$"
    assert equation("2 x") == "$$\n{} 2 x\n$$"
    assert aligned([("a", "= b"), ("", "= c")]) == "$$\n\\begin{aligned}\na &= b \\\\\n&= c\n\\end{aligned}\n$$"


TERM = "\\log\\left(\\frac{a + b}{c}\\right) x y z u v w r s t k l m n o p q"


@pytest.mark.parametrize(
    ("latex", "lines"),
    [
        ("a + b - c", ["a + b - c"]),
        (f"{TERM} + {TERM} - {TERM}", [f"{TERM} + {TERM}", f"- {TERM}"]),
        (f"({TERM} + {TERM} - {TERM})", [f"({TERM} + {TERM} - {TERM})"]),
        (f"= -{TERM} - {TERM} - {TERM}", [f"= -{TERM} - {TERM}", f"- {TERM}"]),
    ],
)
def test_a_long_formula_is_broken_between_its_terms(latex: str, lines: list[str]) -> None:
    assert lines_of(latex) == lines


def test_a_long_formula_is_not_broken_between_bars() -> None:
    barred = f"\\left. {TERM} + {TERM} \\right|_{{x = 0}}"
    assert lines_of(f"{barred} - {TERM}") == [barred, f"- {TERM}"]


def test_a_matrix_is_as_wide_as_its_longest_row() -> None:
    rows = " \\\\ ".join(["1 & 2 & 3 & 4 & 5"] * 12)
    latex = f"\\begin{{bmatrix}} {rows} \\end{{bmatrix}} + x"
    assert lines_of(latex) == [latex]


def test_the_formulas_of_a_sentence_are_formulas_and_its_words_are_escaped(tmp_path: Path) -> None:
    words = ("In a_b the gradient by ", formula("W", "W"), " is ", formula("\\delta x^\\top", "δ xᵀ"), ".")
    step = StepText("product", formula("y"), formula("z"), "In a_b the gradient by W is delta x^T.", words=words)
    save(solution_with(replace(GRADIENT, steps=(step,))), tmp_path / "out.md")
    assert "\nIn a\\_b the gradient by $W$ is $\\delta x^\\top$.\n" in (tmp_path / "out.md").read_text(encoding="utf-8")
