"""What could be read in two ways is read as on paper, or refused with both readings; the trees are written by hand."""

from collections.abc import Callable

import pytest

from chainrule.source import Source
from chainrule.syntax.parser import Reading, parse_statements
from chainrule.syntax.tree import Tree
from chainrule.syntax.vocabulary import Vocabulary

Read = Callable[[str, str], Reading]
Write = Callable[[Tree], str]

READ = [
    ("plain", "f = 2 x 1[x > 0]", r"(f = (jux 2 x (mathbb 1) ([ (x > 0))))"),
    ("plain", "f = 2 x 1[n > 0]", r"(f = (jux 2 x (mathbb 1) ([ (n > 0))))"),
    ("plain", "f = x + 2 x 10^2", r"(f = (+x +(jux 2 x (^ 10 2))))"),
    ("latex", "x + 2 x 10^2", r"(+x +(jux 2 x (^ 10 2)))"),
    ("latex", "2 x 10^2", r"(\times 2 (^ 10 2))"),
    ("plain", "2 x 3 + 4 x 5", r"(+(\times 2 3) +(\times 4 5))"),
    ("latex", r"x \in \mathbb{R}^{2 x 3}", r"(x \in (^ (mathbb R) (\times 2 3)))"),
    ("plain", "1e-3a", "(jux 1/1000 a)"),
    ("plain", "1e-12a", "(jux 1/1000000000000 a)"),
    ("plain", "2e3a", "(jux 2000 a)"),
    ("plain", "2e^x", "(jux 2 (^ e x))"),
    ("plain", "2 e a", "(jux 2 e a)"),
    ("plain", "2½a", "(jux (frac 5 2) a)"),
    ("latex", "2½a", "(jux (frac 5 2) a)"),
    ("plain", "x^2½", "(^ x (frac 5 2))"),
    ("latex", r"2 \frac{a}{b}", "(jux 2 (frac a b))"),
    ("latex", r"2\pi\frac{1}{2}", r"(jux 2 \pi (frac 1 2))"),
    ("latex", r"2.0 \frac{1}{2}", "(jux 2 (frac 1 2))"),
    ("latex", r"2 \cdot \frac{1}{2}", r"(\cdot 2 (frac 1 2))"),
    ("latex", r"\log\frac{a}{s} t", "(jux (call log (frac a s)) t)"),
    ("latex", r"\sin\frac{x}{2}\cos y", "(jux (call sin (frac x 2)) (call cos y))"),
    ("latex", r"\exp\frac{a}{b} \frac{c}{d}", "(jux (call exp (frac a b)) (frac c d))"),
    ("latex", r"\exp\frac{1}{2} x", "(call exp (jux (frac 1 2) x))"),
    ("latex", r"\log a \frac{b}{c}", "(call log (jux a (frac b c)))"),
    ("plain", "a == b == c", "(a = b = c)"),
    ("plain", "f = 1[x == y]", "(f = (jux (mathbb 1) ([ (x = y))))"),
    ("latex", r"\frac{dg}{dt}(a + b)", "(jux (d:d g t) (( (+a +b)))"),
    ("latex", r"\frac{d}{dt}(x)", "(jux (d:d _ t) (( x))"),
    ("latex", r"\frac{dg}{dt} \cdot (x)", r"(\cdot (d:d g t) (( x))"),
    ("latex", "x_{1:n - 1}", "(_ x (1 : (+n -1)))"),
    ("plain", "x_{1:n - 1}", "(_ x (1 : (+n -1)))"),
    ("plain", "w := w - g", r"(w \leftarrow (+w -g))"),
]

REFUSED = [
    ("plain", "x = 3; y = 2 x 10", "adjacent-numbers", "10"),
    ("plain", "1e a", "malformed-number", "1e"),
    ("plain", "0x10*a", "malformed-number", "0x10"),
    ("latex", "0x10 a", "malformed-number", "0x10"),
    ("plain", "5.a", "malformed-number", ".a"),
    ("latex", r"2\tfrac12 a", "mixed-number", r"2\tfrac12"),
    ("latex", r"y - 2 \frac{1}{2}", "mixed-number", r"2 \frac{1}{2}"),
    ("plain", "2 ½ a", "mixed-number", "2 ½"),
    ("plain", "f = x == y", "comparison-in-definition", "f = x == y"),
    ("plain", "f := x == y", "comparison-in-definition", "f := x == y"),
    ("latex", r"\frac{dg}{dt}(x)", "derivative-at-point", r"\frac{dg}{dt}(x)"),
    ("latex", r"\frac{\partial f}{\partial x}(1, x_0)", "derivative-at-point", r"\frac{\partial f}{\partial x}(1, x_0)"),
    ("plain", "dg/dt(-2)", "derivative-at-point", "dg/dt(-2)"),
    ("plain", "x mod 2", "unsupported-notation", "mod"),
    ("plain", "x mod n", "unsupported-notation", "mod"),
]

NUMPY = [
    ("y = np.exp(x[0])", "(y = (call exp (_ x 1)))"),
    ("y = x[1:3]**2", "(y = (^ (_ x (2 : 3)) 2))"),
    ("y = A[:, 1] @ A[1, :]", "(y = (@ (_ A : 2) (_ A 2 :)))"),
    ("y = w.T @ x[:3]", r"(y = (@ (^ w \top) (_ x (1 : 3))))"),
    ("y = W @ x[0:n]", "(y = (@ W (_ x (1 : n))))"),
    ("y = numpy.exp(x[i])", "(y = (call exp (_ x i)))"),
    ("h[t] = W @ h[t-1]", "((_ h t) = (@ W (_ h (+t -1))))"),
    ("y = W @ x_1", "(y = (@ W (_ x 1)))"),
    ("y = sum_(i=0)^2 x[i]**2", "(y = (sum (i = 0) 2 (^ (_ x i) 2)))"),
    ("y = x[1]  # not x**2", "(y = (_ x 1))"),
    ("y = x[1:3]", "(y = (_ x (1 : 3)))"),
]

NUMPY_REFUSED = [
    ("y = x[-1]**2", "negative-index", "-1"),
    ("y = x[:-1]**2", "negative-index", "-1"),
    ("y = x[1:]**2", "unsupported-notation", "1:"),
    ("y = x[0:4:2]**2", "unsupported-notation", "0:4"),
    ("y = x[n-1]**2", "computed-index", "n-1"),
    ("y = sum_(i=1)^2 x[i]**2", "computed-index", "i"),
    ("y = sum_(i=1)^2 x[i+1]**2", "computed-index", "i+1"),
    ("y = x[2*i]**2", "computed-index", "2*i"),
    ("y = x[i:i+2]**2", "computed-index", "i:i+2"),
]


@pytest.mark.parametrize(("notation", "formula", "tree"), READ)
def test_the_reading(notation: str, formula: str, tree: str, read: Read, write: Write) -> None:
    assert [write(each) for each in read(formula, notation).statements] == [tree]


def test_words_that_end_in_digits_are_words_in_latex_too(write: Write) -> None:
    words = Vocabulary.of(["norm", "norm1", "norm2", "log", "log1p"])
    formula = r"norm1(x) + \alpha norm2(x) + log1p(x) + log 2 x + log2x"
    (tree,) = parse_statements(Source("f", formula).span(), words, "latex").statements
    expected = r"(+(call norm1 x) +(jux \alpha (call norm2 x)) +(call log1p x) +(call log (jux 2 x)) +(call log (jux 2 x)))"
    assert write(tree) == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("L = -sum y_i log(p_i)", "(L = (-(sum _ _ (jux (_ y i) (call log (_ p i))))))"),
        ("E = sum (u - v)^2", "(E = (sum _ _ (^ (( (+u -v)) 2)))"),
        ("E = sum(u - v)^2", "(E = (^ (call sum (+u -v)) 2))"),
        ("E = np.sum(u) b", "(E = (jux (call sum u) b))"),
    ],
)
def test_a_sum_without_parentheses_runs_over_the_product(formula: str, expected: str, write: Write) -> None:
    (tree,) = parse_statements(Source("f", formula).span(), Vocabulary.of(["log", "sum"]), "plain").statements
    assert write(tree) == expected


def test_a_letter_of_another_formula_is_a_letter_here(write: Write) -> None:
    source = Source("sheet", "$x = 3$ and $y = 2 x 1.5 a$")
    reading = parse_statements(source.span(12, 27), Vocabulary.of([]), "plain")
    assert [diagnostic.code for diagnostic in reading.diagnostics] == ["adjacent-numbers"]


@pytest.mark.parametrize(("notation", "formula", "code", "about"), REFUSED)
def test_two_readings_are_refused(notation: str, formula: str, code: str, about: str, read: Read) -> None:
    (diagnostic,) = read(formula, notation).diagnostics
    assert (diagnostic.severity, diagnostic.code, diagnostic.span and diagnostic.span.text) == ("error", code, about)


@pytest.mark.parametrize(("formula", "tree"), NUMPY)
def test_numpy_counts_from_0(formula: str, tree: str, read: Read, write: Write) -> None:
    reading = read(formula, "plain")
    assert [write(each) for each in reading.statements] == [tree]


@pytest.mark.parametrize(("formula", "code", "about"), NUMPY_REFUSED)
def test_what_numpy_counts_from_the_end_is_refused(formula: str, code: str, about: str, read: Read) -> None:
    (diagnostic,) = read(formula, "plain").diagnostics
    assert (diagnostic.code, diagnostic.span and diagnostic.span.text) == (code, about)


def test_counting_from_0_is_said_once(read: Read) -> None:
    reading = read("y = W @ x[0] + x[1]\nz = x[2]", "plain")
    assert [(each.severity, each.code) for each in reading.diagnostics] == [("note", "zero-based")]
    assert read("z = x[2]", "plain").diagnostics == ()


def test_mod_is_said_to_be_unknown(read: Read) -> None:
    assert read("x mod 2", "plain").diagnostics[0].message == "mod, the remainder of a division, is not known"
