"""Networks drawn in Mermaid, DOT and TikZ."""

from math import tanh

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.source import Source
from tests.solving.sheets import entry, solve

ASKED = "\n\nCompute $\\frac{\\partial L}{\\partial w}$.\n"


def fenced(language: str, content: str, behind: str = ASKED) -> str:
    return f"# Problem 1\n\nThe network:\n\n```{language}\n{content}\n```\n{behind}"


MERMAID = r"""graph LR
  x["$$x$$"] --> h
  h("h = tanh(w x)") -->|squared| L{{"loss: $L = h^2$"}}
  classDef wide stroke-width:2px
  class h wide"""
CHAIN = r"""flowchart TD; x & w --> h["hidden<br>h = tanh(w x)"]:::wide; subgraph last
 h -- squared --> L[[L = h^2]]
 end %% the end"""
CIRCLES = """graph TD
  x((x)) ==> h(("h = tanh(w x)"))
  L[/"L = h^2"/]
  L <-- h"""
DOT = r"""// a comment
strict digraph "a net" {
  rankdir=LR; graph [bgcolor=white]
  node [shape=circle];
  x; h [shape=box, label="$h = \\tanh(w x)$"]; L [label="L = h^2"];
  subgraph cluster_inputs { x w } -> h
  h -> L [label="squared"]; /* done */
}"""
GRAPH = r'graph { x -- h -- L; h [label="h = tanh(w x)"]; L [label="L = h^2"] }'
TIKZ = r"""\begin{tikzpicture}[->, node distance=2cm]
  \node[circle, draw] (x) at (0, 0) {$x$};
  \node[circle, draw, right=of x] (h) {$h = \tanh(w x)$};  % hidden
  \node (L) at (4, 0) {$L = h^2$};
  \draw (x) -- node[midway, above] {$w$} (h.west);
  \path (h) edge[bend left] (L);
\end{tikzpicture}"""
DRAWINGS = [("mermaid", MERMAID), ("mermaid", CHAIN), ("mermaid", CIRCLES), ("dot", DOT), ("graphviz", GRAPH), ("tikz", TIKZ)]


@pytest.mark.parametrize(("language", "content"), DRAWINGS)
def test_the_formulas_of_nodes_are_the_network(language: str, content: str) -> None:
    """L = tanh(w x)^2, so dL/dw = 2 tanh(w x) (1 - tanh(w x)^2) x."""
    problem = solve(fenced(language, content))
    assert (problem.status, [each.code for each in problem.diagnostics]) == ("solved", [])
    h = tanh(0.5 * 3)
    assert entry(problem.answers[0])(0.5, 3.0) == pytest.approx(2 * h * (1 - h * h) * 3, rel=1e-12)


def test_a_drawing_in_latex_is_read() -> None:
    drawn = rf"\begin{{center}}{TIKZ}\end{{center}}"
    text = rf"\section*{{Problem 1}} The network is {drawn} Compute $\frac{{\partial L}}{{\partial w}}$."
    [problem] = solve_sheet(Source("sheet.tex", text)).problems
    h = tanh(0.5 * 3)
    assert entry(problem.answers[0])(0.5, 3.0) == pytest.approx(2 * h * (1 - h * h) * 3, rel=1e-12)


def test_places_are_those_of_the_document() -> None:
    problem = solve(fenced("dot", r'digraph { h [label="h = \\sigma(w x)"]; h -> L; L [label="L = h^2"] }'))
    [note] = [each for each in problem.diagnostics if each.code == "sigma-is-logistic"]
    assert note.span is not None
    assert (note.span.line, note.span.column) == (6, 25)


@pytest.mark.parametrize(
    ("language", "content", "why"),
    [
        ("mermaid", "graph LR\n x --> r[ReLU] --> L[L = r]", "'ReLU'"),
        ("mermaid", "sequenceDiagram\n A->>B: hello", "no flowchart"),
        ("mermaid", "graph LR\n x -->", "not understood"),
        ("mermaid", "graph LR\n x --> L[L = x", "not closed"),
        ("mermaid", 'graph LR\n x --> L["L = w * x, no wait"]', "no formula"),
        ("dot", "digraph { x -> L", "not closed"),
        ("dot", "digraph { x -> L [label=<b>] }", "'<b>] }'"),
        ("dot", "digraph { x:n -> L }", "port"),
        ("dot", "x -> L", "no graph"),
        ("tikz", r"\begin{tikzpicture} \foreach \i in {1,2} \node (\i) {$x_\i$}; \end{tikzpicture}", "foreach"),
        ("tikz", r"\begin{tikzpicture} \node (L) {$L = w", "{$L = w"),
    ],
)
def test_what_is_not_understood_is_a_picture(language: str, content: str, why: str) -> None:
    problem = solve(fenced(language, content))
    [fault] = [each for each in problem.diagnostics if each.code == "missing-figure"]
    assert problem.answers == ()
    assert why in fault.message


def test_a_picture_that_nothing_needs_blocks_nothing() -> None:
    problem = solve(fenced("mermaid", "graph LR\n x --> r[ReLU]", "\nLet $L = w^2$.\n" + ASKED))
    assert (problem.status, [each.code for each in problem.diagnostics]) == ("solved", [])


def codes(content: str, language: str = "mermaid") -> list[tuple[str, int]]:
    return [(each.code, each.span.line if each.span else 0) for each in solve(fenced(language, content)).diagnostics]


def test_arrows_and_formulas_that_contradict_each_other_are_said() -> None:
    assert codes("graph LR\n x --> h[h = w^2]\n h --> L[L = h]") == [("arrow-not-followed", 7)]
    assert codes("graph LR\n x --> h[h = w x]\n h --> L[L = h + x]") == [("arrow-missing", 8)]
    assert codes('digraph { h -> x; h [label="h = w"]; L [label="L = x h"]; x [label="x = h"]; x -> L }', "dot") == [
        ("arrow-missing", 6)
    ]
    assert codes("graph LR\n h[h = w x] --- x\n h --- L[L = h]") == []


TURNED = r"""\begin{tikzpicture}
  \node (x) {$x$}; \node (h) {$h = w x$}; \node (L) {$L = h^2$};
  \draw[->] (x) -- (h);
  \draw[<-] (h) -- (L);
\end{tikzpicture}"""


def test_the_head_of_an_arrow_is_read_with_a_blank_behind_its_options() -> None:
    assert codes(TURNED, "tikz") == [("arrow-not-followed", 9), ("arrow-missing", 7)]


@pytest.mark.parametrize(
    ("language", "content", "line"),
    [
        ("mermaid", "graph LR\n x --> h[h = w x]\n h -->|times 2| L[L = h]", 8),
        ("dot", 'digraph { x -> h [label="w"]; h [label="h = x"]\n h -> L\n L [label="L = w h"] }', 6),
        ("tikz", TURNED.replace("<-] (h) --", "->] (h) -- node[above] {$\\times 2$}"), 9),
        ("tikz", TURNED.replace("<-] (h) -- (L)", "->] (h) -- (L) node[above] {$3$}"), 9),
    ],
)
def test_signs_on_an_arrow_that_no_formula_has_are_said(language: str, content: str, line: int) -> None:
    """Such a factor would change the result, and what is computed is what the nodes say."""
    assert codes(content, language) == [("arrow-label-not-read", line)]


def test_two_formulas_of_one_name_are_refused() -> None:
    assert "defined-twice" in [code for code, _ in codes("graph LR\n x --> L[L = w x]\n x --> M[L = w + x]")]


@pytest.mark.parametrize("content", ["graph LR\n" + "a" * 100_000 + " --> " * 10_000, "graph LR\n a" + "[" * 100_000])
def test_malformed_drawings_end(content: str) -> None:
    assert solve(fenced("mermaid", content)).answers == ()
