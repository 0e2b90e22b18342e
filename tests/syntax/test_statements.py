"""Where one statement ends and the next begins, and what is lost when one of them cannot be read."""

from collections.abc import Callable

import pytest

from chainrule.errors import SyntaxFault
from chainrule.source import Source
from chainrule.syntax.parser import Reading, parse_expression, parse_statements
from chainrule.syntax.tree import Tree
from chainrule.syntax.vocabulary import Vocabulary

Read = Callable[[str, str], Reading]
Write = Callable[[Tree], str]

LATEX = [
    (r"y = 0.3, \quad w_1 = 0.8", ["(y = 3/10)", "((_ w 1) = 4/5)"]),
    (r"y = 0.3, w = 0.8.", ["(y = 3/10)", "(w = 4/5)"]),
    (r"x, y, z", ["x", "y", "z"]),
    (r"a = 1; b = 2;", ["(a = 1)", "(b = 2)"]),
    (r"a = 1 \quad b = 2", ["(a = 1)", "(b = 2)"]),
    (r"a \quad = \quad 1", ["(a = 1)"]),
    (r"\frac{\partial r}{\partial x}, \quad \frac{\partial r}{\partial y}.", ["(d:partial r x)", "(d:partial r y)"]),
    (r"a = 1 \\ b = 2", ["(a = 1)", "(b = 2)"]),
    (r"a = 1 \\[2pt] [b, c] = d", ["(a = 1)", "(([ b c) = d)"]),
    (r"a = b \\ + c", ["(a = (+b +c))"]),
    (r"a = b + \\ c", ["(a = (+b +c))"]),
    (r"a = b \\ - c", ["(a = (+b -c))"]),
    (r"a = b \\ -c = d", ["(a = b)", "((-c) = d)"]),
    (r"\begin{aligned} a &= b \\ &= c \end{aligned}", ["(a = b = c)"]),
    (r"\begin{aligned} a &= b \\ &\quad + c, \\ d &= e \end{aligned}", ["(a = (+b +c))", "(d = e)"]),
    (r"\begin{align*} a &= 1 & b &= 2 \\ c &= 3 & d &= 4 \end{align*}", ["(a = 1)", "(b = 2)", "(c = 3)", "(d = 4)"]),
    (r"\begin{alignat}{2} a &= 1 & b &= 2 \end{alignat}", ["(a = 1)", "(b = 2)"]),
    (r"\begin{eqnarray} a &=& b \\ c &=& d \end{eqnarray}", ["(a = b)", "(c = d)"]),
    (r"\begin{gather} a = 1 \\ b = 2 \end{gather}", ["(a = 1)", "(b = 2)"]),
    (r"\begin{equation} \begin{split} a &= 1 \label{eq:a} \\ b &= 2 \tag{3} \end{split} \end{equation}",
     ["(a = 1)", "(b = 2)"]),
    (r"\begin{cases} y = x \\ z = y \end{cases}", ["(y = x)", "(z = y)"]),
    (r"\left\{ \begin{aligned} y &= x \\ z &= y \end{aligned} \right.", ["(y = x)", "(z = y)"]),
    (r"\begin{aligned} A &= \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} \\ b &= 1 \end{aligned}",
     ["(A = (bmatrix [1 2] [3 4]))", "(b = 1)"]),
    (r"q = \sigma(p), \quad \text{where } \sigma(a) = a", ["(q = (jux \\sigma (( p)))", "((jux \\sigma (( a)) = a)"]),
    (r"a = 1 \text{ and } b = 2", ["(a = 1)", "(b = 2)"]),
    (r"a = 1 where b = 2", ["(a = 1)", "(b = 2)"]),
    (r"a = 1 \text{ is the rate}, b = 2", ["(a = 1)", "'is the rate'", "(b = 2)"]),
    (r"a = 1 \implies b = 2", ["(a = 1)", "(b = 2)"]),
    (r"x, y \in \mathbb{R}^n", ["(x \\in (^ (mathbb R) n))", "(y \\in (^ (mathbb R) n))"]),
    (r"a = 1, x, y \in S", ["(a = 1)", "(x \\in S)", "(y \\in S)"]),
    (r"x, y > 0", ["(x > 0)", "(y > 0)"]),
    (r"x_1, x_2 = 1, 2", ["((_ x 1) = 1)", "((_ x 2) = 2)"]),
    (r"i = 1, \dots, n", ["(i \\in ({ 1 ... n))"]),
    (r"h_i = x_i \text{ for } i = 1, 2, \dots, n", ["((_ h i) = (_ x i))", "(i \\in ({ 1 2 ... n))"]),
    (r"Q(x) = \frac{1}{3}, \, \forall x \in \{0, 1\}", ["((jux Q (( x)) = (frac 1 3))", "(x \\in ({ 0 1))"]),
    (r"a &= b + c \\ &+ d \\ &\quad - e", ["(a = (+b +c +d -e))"]),
    (r"a &= b \\ &= c", ["(a = b = c)"]),
    (r"L = \begin{aligned}[t] & a + b \\ & + c \end{aligned} \\ d = 2", ["(L = (+a +b +c))", "(d = 2)"]),
    (r"\begin{array}{rcl} a &=& b \\ c &=& d \end{array}", ["(a = b)", "(c = d)"]),
    (r"\begin{array}{l} a = b \\ c = d \\ \end{array}", ["(a = b)", "(c = d)"]),
    (r"\begin{cases} x > 0 \\ y = 1 \end{cases}", ["(x > 0)", "(y = 1)"]),
    (r"a = 1 \hspace{1cm} b = 2", ["(a = 1)", "(b = 2)"]),
    (r"a = 1 \hspace{2pc} b = 2", ["(a = 1)", "(b = 2)"]),
    (r"a = 1 \hspace*{40 px} b = 2", ["(a = 1)", "(b = 2)"]),
    (r"a = 1 \hspace{.1\textwidth} b = 2", ["(a = 1)", "(b = 2)"]),
    (r"a = 1 \hskip 1.5em plus 1em b = 2", ["(a = 1)", "(b = 2)"]),
    (r"a = 1 \mkern36mu b = 2", ["(a = 1)", "(b = 2)"]),
    (r"a = 1 \enspace b = 2", ["(a = 1)", "(b = 2)"]),
    (r"a = 1 ~~~ b = 2", ["(a = 1)", "(b = 2)"]),
    (r"a = b \quad (1) \\ c = d \hfill (2.1)", ["(a = b)", "'(1)'", "(c = d)", "'(2.1)'"]),
    (r"a \quad (2)", ["a", "(( 2)"]),
    (r"$$ a = b $$", ["(a = b)"]),
    (r"\[ a = b \]", ["(a = b)"]),
    (r"\[ a = b \\[2pt] c = d \]", ["(a = b)", "(c = d)"]),
    (r"\( a \)", ["a"]),
    (r"i = 1, 2, 3", ["(i \\in ({ 1 2 3))"]),
    (r"i,j = 1, \dots, n", ["(i \\in ({ 1 ... n))", "(j \\in ({ 1 ... n))"]),
    (r"(i = 1, \ldots, n)", ["(i \\in ({ 1 ... n))"]),
    (r"x_i = i^2 \quad (i = 1, 2, 3)", ["((_ x i) = (^ i 2))", "(i \\in ({ 1 2 3))"]),
    (r"l = 1..L", ["(l \\in ({ 1 ... L))"]),
    (r"t = 1,2,3, \quad h_0 = 0", ["(t \\in ({ 1 2 3))", "((_ h 0) = 0)"]),
    (r"x_i = i^2 \text{ for } i = 1, 2", ["((_ x i) = (^ i 2))", "(i \\in ({ 1 2))"]),
    (r"x_i = i^2 \;\; \forall i", ["((_ x i) = (^ i 2))", r"'\\forall i'"]),
    (r"\forall i, j", [r"'\\forall i, j'"]),
    (r"\forall i, j \in S", ["(i \\in S)", "(j \\in S)"]),
    (r"\forall x \in X: f(x) > 0", [r"'\\forall x \\in X: f(x) > 0'"]),
    (r"a = 1, b = 2", ["(a = 1)", "(b = 2)"]),
    ("a = 1 % the rate\n, b = 2", ["(a = 1)", "(b = 2)"]),
    ("", []),
    (r"\quad . , ;", []),
]  # fmt: skip

PLAIN = [
    ("a = 1\nb = 2", ["(a = 1)", "(b = 2)"]),
    ("a = 1; b = 2", ["(a = 1)", "(b = 2)"]),
    ("a = b\n  + c", ["(a = (+b +c))"]),
    ("a = b +\nc", ["(a = (+b +c))"]),
    ("a = b\n\n-c", ["(a = b)", "(-c)"]),
    ("a = [1, 2,\n     3]\nb = 2", ["(a = ([ 1 2 3))", "(b = 2)"]),
    ("a = f(x\n  + y)", ["(a = (jux f (( (+x +y))))"]),
    ("x in R^n where y = 2 and z = 3", ["(x \\in (^ R n))", "(y = 2)", "(z = 3)"]),
    ("A = [1, 2;\n 3, 4]\nb = 1  # one, two; three", ["(A = (bmatrix [1 2] [3 4]))", "(b = 1)"]),
    ("h_t = h_{t-1} for t = 1 to T", ["((_ h t) = (_ h (+t -1)))", "(t \\in ({ 1 ... T))"]),
    ("z = x for i in 1..n", ["(z = x)", "(i \\in ({ 1 ... n))"]),
    ("h_i = x_i for all i in S", ["((_ h i) = (_ x i))", "(i \\in S)"]),
]


@pytest.mark.parametrize(("text", "trees"), LATEX)
def test_latex_statements(text: str, trees: list[str], read: Read, write: Write) -> None:
    reading = read(text, "latex")
    assert [write(statement) for statement in reading.statements] == trees
    assert not reading.diagnostics


@pytest.mark.parametrize(("text", "trees"), PLAIN)
def test_plain_statements(text: str, trees: list[str], read: Read, write: Write) -> None:
    reading = read(text, "plain")
    assert [write(statement) for statement in reading.statements] == trees
    assert not reading.diagnostics


LOSSES = [
    (r"a = 1 \\ b = (2 \\ c = 3", ["(a = 1)", "(c = 3)"], ["unclosed-parenthesis"]),
    (r"a = 1, b = ), c = 3", ["(a = 1)", "(c = 3)"], ["missing-operand"]),
    (r"\begin{aligned} a &= \foo \\ b &= 2 \end{aligned}", ["(b = 2)"], ["unknown-command"]),
    (r"a = \left( 1 \\ b = 2", ["(b = 2)"], ["unclosed-left"]),
    (r"a = x^{2 \\ b = \begin{bmatrix} 1 & ( \\ 2 & 3 \end{bmatrix} \\ c = 1", ["(c = 1)"],
     ["unclosed-brace", "unclosed-parenthesis"]),
    (r"\begin{aligned} a &= 1 \\ b &= 2", ["(a = 1)", "(b = 2)"], ["unclosed-environment"]),
    (r"a = 1 \text{ if } n > 0 \\ b = 2", ["(b = 2)"], ["condition-outside-cases"]),
    (r"y = 0,5; b = 2", ["(b = 2)"], ["ambiguous-list"]),
    (r"a = x + \\ b = 2", ["(b = 2)"], ["missing-operand"]),
    (r"a = (x + 1, \quad b = 2", ["(b = 2)"], ["unclosed-parenthesis"]),
    (r"A = \begin{bmatrix} 1 & 2 \\ 3 & 4 \\ b = 2", ["(b = 2)"], ["unclosed-environment"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "trees", "codes"), LOSSES)
def test_an_error_costs_its_own_statement_only(text: str, trees: list[str], codes: list[str], read: Read, write: Write) -> None:
    reading = read(text, "latex")
    assert [write(statement) for statement in reading.statements] == trees
    assert [(diagnostic.severity, diagnostic.code) for diagnostic in reading.diagnostics] == [("error", code) for code in codes]


def test_the_left_side_of_what_is_lost_is_kept(read: Read, write: Write) -> None:
    for text in (r"y = 0,5; b = 2", r"y = \frac{1}; b = 2"):
        assert [write(tree) for tree, _ in read(text, "latex").lost] == ["y"]


def test_only_the_span_is_read_and_places_are_those_of_the_whole_text(vocabulary: Vocabulary, write: Write) -> None:
    source = Source("sheet.md", "Let $a = x + y$ and\n$b = (c$.")
    first = parse_statements(source.span(5, 14), vocabulary, "latex")
    assert [write(statement) for statement in first.statements] == ["(a = (+x +y))"]
    assert first.statements[0].span == source.span(5, 14)
    second = parse_statements(source.span(21, 27), vocabulary, "latex")
    (error,) = second.diagnostics
    assert error.span is not None
    assert (error.span.line, error.span.column) == (2, 6)
    assert error.message == "the parenthesis opened at line 2, column 6 is never closed"


def test_an_expression_is_the_whole_span(vocabulary: Vocabulary, write: Write) -> None:
    assert write(parse_expression(Source("", "a + b").span(), vocabulary, "latex")) == "(+a +b)"
    assert write(parse_expression(Source("", "a = b = c").span(), vocabulary, "plain")) == "(a = b = c)"
    for text, code in [("a, b", "unexpected-token"), ("", "empty-formula"), ("a \\\\ b", None), ("a +", "missing-operand")]:
        if code:
            with pytest.raises(SyntaxFault) as caught:
                parse_expression(Source("", text).span(), vocabulary, "latex")
            assert caught.value.code == code
