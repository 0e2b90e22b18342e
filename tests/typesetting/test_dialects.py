"""Every kind of tree in every target, against text written by hand."""

from fractions import Fraction

import pytest

from chainrule.errors import ChainruleError
from chainrule.syntax.tree import (
    Accent,
    BigOperator,
    Bracket,
    Call,
    CasesTree,
    Derivative,
    Dots,
    EvaluatedAt,
    Font,
    Juxtaposition,
    Matrix,
    Name,
    Prime,
    Product,
    Quotient,
    Relation,
    Sum,
    Superscript,
    Text,
    Tree,
    walk,
)
from chainrule.typesetting import latex, plain, typst

from .reading import read
from .trees import (
    A,
    B,
    L,
    W,
    a,
    alpha,
    b,
    f,
    i,
    j,
    k,
    layer,
    m,
    minus,
    n,
    neg,
    num,
    p,
    paren,
    power,
    q,
    r,
    side,
    sigma,
    sub,
    top,
    total,
    x,
    y,
    y_hat,
    z,
)

KINDS = [
    # numbers
    (num(3), "3", "3", "3"),
    (num(-3), "-3", "-3", "-3"),
    (num("0.50"), "0.50", "0.50", "0.50"),
    (num(Fraction(1, 2)), r"\frac{1}{2}", "1/2", "frac(1, 2)"),
    (num(Fraction(-2, 3)), r"-\frac{2}{3}", "-2/3", "-frac(2, 3)"),
    (num(Fraction(1, 20), "5\\%"), r"5\%", "5%", "5%"),
    (num(Fraction(12, 10**6), "1.2e-05"), r"1.2 \cdot 10^{-5}", "1.2e-5", "1.2 dot.op 10^(-5)"),
    (num(3000, "3E+3"), r"3 \cdot 10^{3}", "3e3", "3 dot.op 10^(3)"),
    (num(1000, "1{,}000"), "1000", "1000", "1000"),
    # names
    (x, "x", "x", "x"),
    (alpha, r"\alpha", "alpha", "alpha"),
    (Name("\\epsilon"), r"\epsilon", "epsilon", "epsilon.alt"),
    (Name("\\ell"), r"\ell", "ℓ", "ell"),
    (Name("\\infty"), r"\infty", "∞", "infinity"),
    (Name("loss"), r"\text{loss}", "loss", '"loss"'),
    (Name("W1"), r"\text{W1}", "W1", '"W1"'),
    (Name("leaky_relu"), r"\text{leaky\_relu}", r"\text{leaky_relu}", '"leaky_relu"'),
    (Name("alpha"), r"\text{alpha}", r"\text{alpha}", '"alpha"'),
    # accents and fonts
    (y_hat, r"\hat{y}", "y_hat", "hat(y)"),
    (Accent("bar", x), r"\bar{x}", "x_bar", "macron(x)"),
    (Accent("hat", sub(x, i)), r"\hat{x_i}", "x_i_hat", "hat(x_(i))"),
    (sub(Accent("hat", x), i), r"\hat{x}_i", "x_hat_i", "hat(x)_(i)"),
    (Accent("overline", total(x, y)), r"\overline{x + y}", "(x + y)_overline", "overline(x + y)"),
    (Font("mathbf", x), r"\mathbf{x}", "𝐱", "upright(bold(x))"),
    (Font("mathcal", L), r"\mathcal{L}", "ℒ", "cal(L)"),
    (Font("mathbb", Name("R")), r"\mathbb{R}", "ℝ", "bb(R)"),
    (Font("mathfrak", Name("g")), r"\mathfrak{g}", "𝔤", "frak(g)"),
    (Font("mathbf", num(1)), r"\mathbf{1}", "𝟏", "upright(bold(1))"),
    (Font("boldsymbol", sigma), r"\boldsymbol{\sigma}", "𝝈", "bold(sigma)"),
    (Font("mathbf", sub(x, num(1))), r"\mathbf{x_1}", r"\mathbf{x_1}", "upright(bold(x_(1)))"),
    # scripts
    (sub(Name("w"), num(1)), "w_1", "w_1", "w_(1)"),
    (sub(Name("w"), num(12)), "w_{12}", "w_12", "w_(12)"),
    (sub(W, side(Name("h"), Name("h"))), "W_{hh}", "W_hh", "W_(h h)"),
    (sub(A, side(i, alpha)), r"A_{i \alpha}", "A_{i alpha}", "A_(i alpha)"),
    (sub(A, Name("*"), j), "A_{*, j}", "A_{*, j}", r"A_(\*, j)"),
    (sub(x, Relation((":",), (num(1), m))), "x_{1:m}", "x_{1:m}", "x_(1:m)"),
    (sub(A, Relation((":",), (num(1), m)), Name("*")), "A_{1:m, *}", "A_{1:m, *}", r"A_(1:m, \*)"),
    (sub(y, Name("true")), r"y_{\text{true}}", "y_true", 'y_("true")'),
    (sub(x, total(i, num(1))), "x_{i + 1}", "x_{i + 1}", "x_(i + 1)"),
    (power(x, 2), "x^2", "x^2", "x^(2)"),
    (power(x, num(-1)), "x^{-1}", "x^(-1)", "x^(-1)"),
    (power(x, top), r"x^\top", "x^T", "x^(top)"),
    (power(Name("e"), neg(a)), "e^{-a}", "e^(-a)", "e^(-a)"),
    (power(sub(x, i), 2), "x_i^2", "x_i^2", "x_(i)^(2)"),
    (power(y, Name("*")), "y^*", "y^*", r"y^(\*)"),
    (Superscript(x, num(2), ".^"), r"x^{\odot 2}", "x.^2", "x^(dot.o 2)"),
    (layer(W, 1), "W^{(1)}", "W^(1)", "W^((1))"),
    (power(layer(W, 2), top), r"{W^{(2)}}^\top", "(W^(2))^T", "scripts(W^((2)))^(top)"),
    (Prime(f), "f'", "f'", "f'"),
    (Prime(f, 2), "f''", "f''", "f''"),
    (power(Prime(f), 2), "{f'}^2", "(f')^2", "scripts(f')^(2)"),
    (Prime(sub(sigma, num(1))), r"\sigma_1'", "sigma_1'", "sigma_(1)^(prime)"),
    # brackets
    (paren(a, b), "(a, b)", "(a, b)", "(a, b)"),
    (Bracket("[", (a, b), (";",)), "[a; b]", "[a; b]", "[a; b]"),
    (Bracket("{", (a,)), r"\{a\}", r"\{a\}", "{a}"),
    (Bracket("{", (a, b)), r"\{a, b\}", "{a, b}", "{a, b}"),
    (Bracket("|", (x,)), r"\lvert x \rvert", "|x|", "lr(| x |)"),
    (Bracket("||", (x,)), r"\lVert x \rVert", "||x||", "lr(‖ x ‖)"),
    (Bracket("<", (x, y)), r"\langle x, y \rangle", "⟨x, y⟩", "lr(chevron.l x, y chevron.r)"),
    (paren(Quotient(a, b)), r"\left(\frac{a}{b}\right)", "(a/b)", "(frac(a, b))"),
    # calls
    (Call(Name("exp"), (x,)), r"\exp(x)", "exp(x)", "exp(x)"),
    (Call(Name("max"), (num(0), n)), r"\max(0, n)", "max(0, n)", "max(0, n)"),
    (Call(Name("softplus"), (x,)), r"\operatorname{softplus}(x)", "softplus(x)", 'op("softplus")(x)'),
    (Call(Prime(Name("relu")), (x,)), r"\operatorname{relu}'(x)", "relu'(x)", 'op("relu")^(prime)(x)'),
    (Call(Prime(sigma), (p,)), r"\sigma'(p)", "sigma'(p)", "sigma'(p)"),
    (Call(sub(Name("log"), num(2)), (x,)), r"\log_2(x)", "log_2(x)", "log_(2)(x)"),
    (Call(power(Name("sin"), 2), (x,)), r"\sin^2(x)", "sin^2(x)", "sin^(2)(x)"),
    (Call(Name("sqrt"), (total(x, y),)), r"\sqrt{x + y}", "sqrt(x + y)", "sqrt(x + y)"),
    (Call(Name("binom"), (n, k)), r"\binom{n}{k}", "binom(n, k)", "binom(n, k)"),
    (Call(Name("factorial"), (n,)), "n!", "n!", "n!"),
    (Call(Name("factorial"), (total(n, num(1)),)), "(n + 1)!", "(n + 1)!", "(n + 1)!"),
    # products
    (side(W, x), "W x", "W x", "W x"),
    (side(num(2), num(3)), r"2 \cdot 3", "2 * 3", "2 dot.op 3"),
    (side(x, power(num(2), n)), r"x \cdot 2^n", "x * 2^n", "x dot.op 2^(n)"),
    (side(q, total(x, num(1))), r"q \cdot (x + 1)", "q * (x + 1)", "q dot.op (x + 1)"),
    (side(q, Bracket("[", (a, b))), "q[a, b]", "q [a, b]", "q[a, b]"),
    (side(q, paren(total(x, num(1)))), "q(x + 1)", "q(x + 1)", "q(x + 1)"),
    (side(power(W, top), minus(y, z)), r"W^\top (y - z)", "W^T (y - z)", "W^(top) (y - z)"),
    (side(num(2), total(x, y)), "2 (x + y)", "2 (x + y)", "2 (x + y)"),
    (side(Font("mathbb", num(1)), Bracket("[", (Relation((">",), (n, num(0))),))),
     r"\mathbb{1}[n > 0]", "1[n > 0]", "bb(1)[n > 0]"),
    (Product("\\cdot", (a, b)), r"a \cdot b", "a * b", "a dot.op b"),
    (Product("*", (a, b)), r"a \cdot b", "a * b", "a dot.op b"),
    (Product("\\odot", (a, b)), r"a \odot b", "a .* b", "a dot.o b"),
    (Product(".*", (a, b)), r"a \odot b", "a .* b", "a dot.o b"),
    (Product("\\otimes", (a, b)), r"a \otimes b", "a ⊗ b", "a times.o b"),
    (Product("\\times", (m, n)), r"m \times n", "m × n", "m times n"),
    (Product("@", (A, x)), r"A \cdot x", "A @ x", "A dot.op x"),
    # quotients
    (Quotient(total(a, b), Name("c")), r"\frac{a + b}{c}", "(a + b)/c", "frac(a + b, c)"),
    (Quotient(a, side(b, x), inline=True), "a / (b x)", "a/(b x)", r"a \/ (b x)"),
    (Quotient(a, b, operator="./"), r"a \oslash b", "a ./ b", "a ⊘ b"),
    # sums
    (minus(total(a, b), p), "(a + b) - p", "(a + b) - p", "(a + b) - p"),
    (Sum((-1, 1, -1), (a, b, p)), "-a + b - p", "-a + b - p", "-a + b - p"),
    (total(num(-3), x), "-3 + x", "-3 + x", "-3 + x"),
    # matrices
    (Matrix(((a, b), (x, y))), r"\begin{bmatrix} a & b \\ x & y \end{bmatrix}", "[a, b; x, y]", 'mat(delim: "[", a, b; x, y)'),
    (Matrix(((a,), (b,))), r"\begin{bmatrix} a \\ b \end{bmatrix}", "[a; b]", 'mat(delim: "[", a; b)'),
    (Matrix(((a, b),), "pmatrix"), r"\begin{pmatrix} a & b \end{pmatrix}", "[[a, b]]", 'mat(delim: "(", a, b)'),
    (Matrix(((a, b), (x, y)), "vmatrix"),
     r"\begin{vmatrix} a & b \\ x & y \end{vmatrix}", "|[a, b; x, y]|", 'mat(delim: "|", a, b; x, y)'),
    # big operators
    (BigOperator("sum", Relation(("=",), (i, num(1))), n, sub(x, i)),
     r"\sum_{i=1}^{n} x_i", "sum_{i=1}^{n} x_i", "sum_(i=1)^(n) x_(i)"),
    (BigOperator("prod", k, None, p), r"\prod_{k} p", "prod_{k} p", "product_(k) p"),
    (BigOperator("max", k, None, sub(x, k)), r"\max_{k} x_k", "max_{k} x_k", "max_(k) x_(k)"),
    (BigOperator("argmax", k, None, p), r"\operatorname{argmax}_{k} p", "argmax_{k} p", 'op("argmax", limits: #true)_(k) p'),
    (BigOperator("E", x, None, Bracket("[", (x,))), r"\mathbb{E}_{x}[x]", "𝔼_{x}[x]", "bb(E)_(x)[x]"),
    (BigOperator("E", x, None, power(x, 2)), r"\mathbb{E}_{x}(x^2)", "𝔼_{x}(x^2)", "bb(E)_(x)(x^(2))"),
    # relations, cases, derivatives
    (Relation(("=", "="), (a, b, p)), "a = b = p", "a = b = p", "a = b = p"),
    (Relation(("\\in",), (x, Font("mathbb", Name("R")))), r"x \in \mathbb{R}", "x in ℝ", "x in bb(R)"),
    (Relation(("\\le",), (x, y)), r"x \le y", "x <= y", "x <= y"),
    (
        CasesTree(((x, Relation((">",), (x, num(0)))), (num(0), None))),
        r"\begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}",
        r"\begin{cases} x & if x > 0 \\ 0 & otherwise \end{cases}",
        'cases(x & "if" x > 0, 0 & "otherwise")',
    ),
    (Derivative("partial", r, (m,)), r"\frac{\partial r}{\partial m}", "dr/dm", "frac(partial r, partial m)"),
    (Derivative("d", L, (Name("w"),)), r"\frac{d L}{d w}", "dL/dw", "frac(d L, d w)"),
    (Derivative("partial", None, (x,)), r"\frac{\partial}{\partial x}", "d/dx", "frac(partial, partial x)"),
    (Derivative("partial", L, (x, y)),
     r"\frac{\partial^2 L}{\partial x \partial y}", "∂^2 L/(∂x ∂y)", "frac(partial^(2) L, partial x partial y)"),
    (Derivative("partial", L, (x, x)),
     r"\frac{\partial^2 L}{\partial x^2}", "d^2 L/dx^2", "frac(partial^(2) L, partial x^(2))"),
    (Derivative("partial", L, (layer(W, 1),)),
     r"\frac{\partial L}{\partial W^{(1)}}", "∂L/∂W^(1)", "frac(partial L, partial W^((1)))"),
    (Derivative("partial", y_hat, (sub(Name("w"), num(1)),)),
     r"\frac{\partial \hat{y}}{\partial w_1}", "dy_hat/dw_1", "frac(partial hat(y), partial w_(1))"),
    (Derivative("nabla", L, (W,)), r"\nabla_W L", "∇_W L", "nabla_(W) L"),
    (Derivative("nabla", L, (x, x)), r"\nabla_x^2 L", "∇_x^2 L", "nabla_(x)^(2) L"),
    (Derivative("nabla", side(W, x), (x,)), r"\nabla_x (W x)", "∇_x (W x)", "nabla_(x) (W x)"),
    (EvaluatedAt(Derivative("partial", f, (x,)), (Relation(("=",), (x, num(0))), Relation(("=",), (y, num(1))))),
     r"\left. \frac{\partial f}{\partial x} \right|_{x = 0, y = 1}", "(df/dx)|_{x = 0, y = 1}",
     "lr(frac(partial f, partial x) |)_(x = 0, y = 1)"),
    # conditions, sets, intervals
    (side(p, Bracket("(", (y, x), ("|",))), r"p(y \mid x)", "p(y | x)", "p(y divides x)"),
    (Bracket("(", (p, q), ("||",)), r"(p \parallel q)", "(p || q)", "(p parallel q)"),
    (Bracket("{", (Relation((":",), (A, num("0.6"))), Relation((":",), (B, num("0.4"))))),
     r"\{A: 0.6, B: 0.4\}", "{A: 0.6, B: 0.4}", "{A: 0.6, B: 0.4}"),
    (Relation(("\\in",), (x, Bracket("[)", (num(0), num(1))))), r"x \in [0, 1)", "x in [0, 1)", "x in [0, 1)"),
    (sub(Bracket("[", (z,)), Name("+")), "[z]_{+}", "[z]_{+}", "[z]_(+)"),
    (Relation(("\\leftarrow",), (a, b)), r"a \leftarrow b", "a ← b", "a <- b"),
    # prose and dots
    (Text("by row"), r"\text{by row}", r"\text{by row}", '"by row"'),
    (total(a, Dots(), b), r"a + \ldots + b", "a + ... + b", "a + dots + b"),
]  # fmt: skip


@pytest.mark.parametrize(("tree", "in_latex", "in_plain", "in_typst"), KINDS, ids=[row[1] for row in KINDS])
def test_each_kind(tree: Tree, in_latex: str, in_plain: str, in_typst: str) -> None:
    assert latex(tree) == in_latex
    assert plain(tree) == in_plain
    assert typst(tree) == in_typst


def test_every_kind_is_in_the_table() -> None:
    assert {type(tree) for row in KINDS for tree in walk(row[0])} == {
        kind for kind in Tree.__subclasses__() if kind.__module__ == Tree.__module__
    }


PARENTHESES = [
    (side(neg(x), y), "(-x) y"),
    (side(y, neg(x)), r"y \cdot (-x)"),
    (side(num(-3), x), "(-3) x"),
    (Product("\\odot", (minus(a, b), x)), r"(a - b) \odot x"),
    (Product("\\odot", (side(W, x), Product("\\odot", (a, b)))), r"W x \odot (a \odot b)"),
    (Product("\\cdot", (a, Product("\\odot", (x, y)))), r"a \cdot (x \odot y)"),
    (Product("\\odot", (a, side(q, total(x, y)))), r"a \odot (q \cdot (x + y))"),
    (minus(a, minus(b, x)), "a - (b - x)"),
    (minus(a, side(b, x)), "a - b x"),
    (minus(a, neg(b)), "a - (-b)"),
    (total(a, num(-3)), "a + (-3)"),
    (power(side(W, x), top), r"(W x)^\top"),
    (power(Quotient(a, b), 2), r"\left(\frac{a}{b}\right)^2"),
    (power(power(x, 2), 2), "(x^2)^2"),
    (power(num(Fraction(1, 2)), n), r"\left(\frac{1}{2}\right)^n"),
    (power(num(-2), 2), "(-2)^2"),
    (neg(power(x, 2)), "-x^2"),
    (power(Call(Name("exp"), (x,)), 2), r"(\exp(x))^2"),
    (side(BigOperator("sum", i, None, sub(x, i)), y), r"\left(\sum_{i} x_i\right) y"),
    (side(y, BigOperator("sum", i, None, sub(x, i))), r"y \sum_{i} x_i"),
    (Product("\\cdot", (side(y, BigOperator("sum", i, None, sub(x, i))), z)), r"\left(y \sum_{i} x_i\right) \cdot z"),
    (total(BigOperator("sum", i, None, sub(x, i)), y), r"\sum_{i} x_i + y"),
    (BigOperator("sum", i, None, total(sub(x, i), y)), r"\sum_{i} (x_i + y)"),
    (side(Derivative("nabla", L, (W,)), x), r"(\nabla_W L) x"),
    (side(Derivative("partial", r, (q,)), Derivative("partial", q, (p,))),
     r"\frac{\partial r}{\partial q} \frac{\partial q}{\partial p}"),
    (side(Derivative("partial", r, (q,)), total(x, y)), r"\frac{\partial r}{\partial q} \cdot (x + y)"),
    (paren(total(x, y)), "(x + y)"),
    (power(paren(total(x, y)), 2), "(x + y)^2"),
    (side(power(A, neg(num(1))), minus(x, y)), "A^{-1} (x - y)"),
    (side(power(x, 2), minus(x, y)), r"x^2 \cdot (x - y)"),
    (side(layer(W, 1), total(x, y)), r"W^{(1)} \cdot (x + y)"),
]  # fmt: skip


@pytest.mark.parametrize(("tree", "text"), PARENTHESES, ids=[row[1] for row in PARENTHESES])
def test_parentheses(tree: Tree, text: str) -> None:
    assert latex(tree) == text


@pytest.mark.parametrize("text", ["q(x + 1)", "q (x + 1)", r"\sigma(p) x", r"\mathbf{h}(x)", "2 (x + 1) (y - z)"])
def test_spaces_before_parentheses_stay_as_written(text: str) -> None:
    assert latex(read(text, "latex")) == text


def test_an_answer_as_on_paper() -> None:
    indicator = Font("mathbb", num(1)), Bracket("[", (Relation((">",), (n, num(0))),))
    tree = total(q, side(x, z, Call(Prime(sigma), (p,)), *indicator))
    assert latex(tree) == r"q + x z \sigma'(p) \mathbb{1}[n > 0]"
    assert plain(tree) == "q + x z sigma'(p) 1[n > 0]"


@pytest.mark.parametrize(
    "tree",
    [
        Sum((), ()),
        Product("\\cdot", ()),
        Juxtaposition(()),
        Relation((), ()),
        Matrix(()),
        CasesTree(()),
        Derivative("d", x, ()),
    ],
)
def test_nothing_is_not_printed_as_nothing(tree: Tree) -> None:
    with pytest.raises(ChainruleError) as caught:
        latex(total(x, tree))
    assert caught.value.code == "empty-formula"


@pytest.mark.parametrize(
    ("tree", "says"),
    [
        (Product("\\uplus", (a, b)), r"LaTeX has no spelling for the operator '\\uplus'"),
        (Accent("wavy", x), "LaTeX has no spelling for the accent 'wavy'"),
        (Font("mathzz", x), "LaTeX has no spelling for the font 'mathzz'"),
        (Matrix(((x,),), "array of trees"), "LaTeX has no spelling for the matrix 'array of trees'"),
    ],
)
def test_what_has_no_spelling_is_refused(tree: Tree, says: str) -> None:
    with pytest.raises(ChainruleError) as caught:
        latex(tree)
    assert (caught.value.code, caught.value.message) == ("no-spelling", says)


def test_typst_refuses_a_command_it_does_not_know() -> None:
    with pytest.raises(ChainruleError, match="Typst has no spelling for the symbol"):
        typst(Name("\\weierstrass"))
