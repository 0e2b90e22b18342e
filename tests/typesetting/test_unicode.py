"""Unicode text against formulas written by hand, as they stand on paper."""

from fractions import Fraction

import pytest

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
    Superscript,
    Tree,
)
from chainrule.typesetting import plain, unicode

from .reading import read
from .trees import (
    A,
    L,
    W,
    a,
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
    w,
    x,
    y,
    y_hat,
    z,
)

h, t = Name("h"), Name("t")

KINDS: list[tuple[Tree, str]] = [
    (num("0.50"), "0.50"),
    (num(Fraction(-2, 3)), "-2/3"),
    (num(Fraction(12, 10**6), "1.2e-05"), "1.2e-5"),
    # letters
    (sigma, "σ"),
    (Name("\\infty"), "∞"),
    (Name("loss"), "loss"),
    (Name("alpha"), r"\text{alpha}"),
    (y_hat, "ŷ"),
    (Accent("bar", x), "x̄"),
    (Accent("hat", Font("mathbf", x)), "𝐱̂"),
    (Accent("hat", Name("loss")), "loss_hat"),
    (Accent("hat", sub(x, i)), "xᵢ_hat"),
    (sub(y_hat, i), "ŷᵢ"),
    (Accent("bar", y_hat), "ŷ̄"),
    (Font("mathbb", Name("R")), "ℝ"),
    (Font("mathbf", sub(x, num(1))), r"\mathbf{x₁}"),
    # scripts
    (power(x, 2), "x²"),
    (power(x, num(-1)), "x⁻¹"),
    (power(x, top), "xᵀ"),
    (power(A, neg(top)), "A⁻ᵀ"),
    (power(x, n), "xⁿ"),
    (power(Name("e"), neg(z)), "e⁻ᶻ"),
    (power(Name("e"), neg(side(W, x))), "e⁻ᵂˣ"),
    (power(Name("e"), neg(side(q, x))), "e^(-q x)"),
    (power(Name("\\gamma"), Name("T")), "γ^T"),
    (layer(W, 1), "W⁽¹⁾"),
    (power(layer(W, 2), top), "(W⁽²⁾)ᵀ"),
    (Superscript(W, side(paren(num(2)), Name("T"))), "W⁽²⁾ᵀ"),
    (Superscript(h, paren(minus(t, num(1)))), "h⁽ᵗ⁻¹⁾"),
    (Superscript(x, Quotient(num(1), num(2))), "x^(1/2)"),
    (Superscript(x, num(2), ".^"), "x.^2"),
    (power(y, Name("*")), "y^*"),
    (sub(w, num(12)), "w₁₂"),
    (sub(W, side(h, h)), "Wₕₕ"),
    (sub(W, side(h, y)), "W_hy"),
    (sub(h, minus(t, num(1))), "hₜ₋₁"),
    (sub(A, i, j), "A_{i, j}"),
    (sub(y, Name("true")), "y_true"),
    (sub(x, Name("hh")), "x_hh"),
    (sub(x, Name("hat")), "x_{hat}"),
    (sub(Bracket("[", (z,)), Name("+")), "[z]₊"),
    (power(sub(x, i), 2), "xᵢ²"),
    (power(sub(Bracket("||", (x,)), num(2)), 2), "‖x‖₂²"),
    (Prime(f, 2), "f′′"),
    # brackets
    (Bracket("|", (side(W, Bracket("|", (x,))),)), "|(W |x|)|"),
    (Bracket("||", (minus(Bracket("|", (x,)), y),)), "‖(|x| - y)‖"),
    (Bracket("<", (x, y)), "⟨x, y⟩"),
    (Bracket("{", (num(1), Dots(), n), (",", ",")), "{1, …, n}"),
    (Bracket("[)", (num(0), num(1))), "[0, 1)"),
    (Bracket("(]", (num(0), num(1))), "(0, 1]"),
    (side(Name("P"), Bracket("(", (y, x), ("|",))), "P(y | x)"),
    (side(Name("P"), Bracket("(", (y, Bracket("|", (x,))), ("|",))), "P(y | (|x|))"),
    (Bracket("(", (Name("P"), Name("Q")), ("||",)), "(P ‖ Q)"),
    (Bracket("{", (Relation((":",), (A, num("0.6"))), Relation((":",), (W, num("0.3"))))), "{A: 0.6, W: 0.3}"),
    # operators
    (side(power(x, top), A, x), "xᵀ A x"),
    (Call(sigma, (total(side(layer(W, 1), x), b),)), "σ(W⁽¹⁾ x + b)"),
    (Call(Prime(sigma), (p,)), "σ′(p)"),
    (Call(Name("sqrt"), (total(x, y),)), "√(x + y)"),
    (Call(Name("binom"), (n, k)), "binom(n, k)"),
    (Product("\\odot", (a, b)), "a ⊙ b"),
    (Product("\\cdot", (a, b)), "a · b"),
    (Product("\\times", (m, n)), "m × n"),
    (side(num(2), num(3)), "2 · 3"),
    (Quotient(total(a, b), q), "(a + b)/q"),
    (Quotient(a, b, operator="./"), "a ⊘ b"),
    (Relation(("\\le",), (x, y)), "x ≤ y"),
    (Relation(("\\in",), (x, power(Font("mathbb", Name("R")), n))), "x ∈ ℝⁿ"),
    (Relation(("\\leftarrow",), (w, minus(w, side(Name("\\eta"), Derivative("nabla", L, (w,)))))), "w ← w - η · (∇_w L)"),
    (side(Font("mathbb", num(1)), Bracket("[", (Relation((">",), (n, num(0))),))), "𝟙[n > 0]"),
    (BigOperator("sum", Relation(("=",), (i, num(1))), n, sub(x, i)), "∑ᵢ₌₁ⁿ xᵢ"),
    (BigOperator("sum", i, None, side(sub(w, i), sub(x, i))), "∑ᵢ wᵢ xᵢ"),
    (BigOperator("prod", j, None, p), "∏ⱼ p"),
    (BigOperator("sum", y, None, sub(x, y)), "∑_y x_y"),
    (BigOperator("max", k, None, sub(x, k)), "maxₖ xₖ"),
    (BigOperator("sum", Relation(("\\ne",), (j, i)), None, sub(x, j)), "∑_{j ≠ i} xⱼ"),
    (BigOperator("E", x, None, Bracket("[", (power(x, 2),))), "𝔼ₓ[x²]"),
    # derivatives
    (Derivative("partial", L, (w,)), "∂L/∂w"),
    (Derivative("partial", L, (layer(W, 1),)), "∂L/∂W⁽¹⁾"),
    (Derivative("partial", L, (sub(x, i), sub(x, i))), "∂² L/∂xᵢ²"),
    (Derivative("partial", L, (x, y)), "∂² L/(∂x ∂y)"),
    (Derivative("d", r, (m,)), "dr/dm"),
    (Derivative("d", r, (sub(w, i),)), "∂r/∂wᵢ"),
    (Derivative("nabla", L, (x, x)), "∇ₓ² L"),
    (EvaluatedAt(Derivative("partial", f, (x,)), (Relation(("=",), (x, num(0))),)), "(∂f/∂x)|_{x = 0}"),
    # the rest
    (Matrix(((a, b), (x, y))), "[a, b; x, y]"),
    (Matrix(((a, b), (x, y)), "vmatrix"), "|[a, b; x, y]|"),
    (CasesTree(((x, Relation(("\\ge",), (x, num(0)))), (num(0), None))),
     r"\begin{cases} x & if x ≥ 0 \\ 0 & otherwise \end{cases}"),
    (total(a, Dots(), b), "a + … + b"),
]  # fmt: skip


@pytest.mark.parametrize(("tree", "text"), KINDS, ids=[row[1] for row in KINDS])
def test_each_kind(tree: Tree, text: str) -> None:
    assert unicode(tree) == text


def test_words_and_letters_stay_apart() -> None:
    """`W_{hh}` is two letters, `W_\\text{hh}` is a word, and so they are read back."""
    letters, word = sub(W, side(h, h)), sub(W, Name("hh"))
    assert read(unicode(letters), "plain") == letters
    assert read(unicode(word), "plain") == word


def test_a_raised_letter_t_is_no_transpose() -> None:
    for exponent in (top, Name("T")):
        assert read(unicode(power(x, exponent)), "plain") == power(x, exponent)


@pytest.mark.parametrize("letters", [2, 6, 7, 20])
def test_long_scripts_stay_on_the_line(letters: int) -> None:
    tree = power(x, Juxtaposition((n,) * letters))
    assert unicode(tree) == ("x" + "ⁿ" * letters if letters <= 6 else f"x^({' '.join('n' * letters)})")
    assert read(unicode(tree), "plain").exponent in (tree.exponent, paren(tree.exponent))  # pyright: ignore[reportAttributeAccessIssue]


def test_plain_text_is_as_it_was() -> None:
    tree = side(power(layer(W, 2), top), Product("\\odot", (y_hat, Call(Prime(sigma), (sub(z, i),)))))
    assert plain(tree) == "(W^(2))^T (y_hat .* sigma'(z_i))"
    assert unicode(tree) == "(W⁽²⁾)ᵀ (ŷ ⊙ σ′(zᵢ))"
