"""Every kind inside every kind, and random trees: what is printed is read back as the same formula, in LaTeX and plain text."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.syntax.tree import (
    Accent,
    BigOperator,
    Bracket,
    Call,
    CasesTree,
    Derivative,
    EvaluatedAt,
    Font,
    Juxtaposition,
    Matrix,
    Name,
    Prime,
    Product,
    Quotient,
    Relation,
    Subscript,
    Sum,
    Superscript,
    Tree,
    walk,
)

from .reading import assert_reads_back
from .trees import (
    A,
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

TARGETS = ["latex", "plain", "unicode"]
POSITIVE = Relation((">",), (n, num(0)))

CHILDREN: dict[str, Tree] = {
    "number": num(3),
    "decimal": num("0.50"),
    "fraction": num(Fraction(1, 2)),
    "negative": num(-3),
    "negative fraction": num(Fraction(-2, 3)),
    "letter": x,
    "greek": alpha,
    "word": Name("loss"),
    "accent": y_hat,
    "font": Font("mathbf", x),
    "ones": Font("mathbf", num(1)),
    "indicator": side(Font("mathbb", num(1)), Bracket("[", (POSITIVE,))),
    "product with an indicator": side(x, Call(Prime(sigma), (p,)), Font("mathbb", num(1)), Bracket("[", (POSITIVE,))),
    "letter applied": side(f, paren(x)),
    "prime": Prime(f),
    "subscript": sub(x, i, j),
    "letters below": sub(W, side(Name("h"), Name("h"))),
    "subscript word": sub(y, Name("true")),
    "power": power(x, 2),
    "negative power": power(x, num(-1)),
    "transpose": power(W, top),
    "layer": layer(W, 1),
    "transposed layer": power(layer(W, 2), top),
    "indexed layer": sub(layer(W, 2), i),
    "power of a subscript": power(sub(x, i), 2),
    "power of a prime": power(Prime(f), 2),
    "power of a sum": power(total(x, y), 2),
    "power of e": power(Name("e"), neg(a)),
    "tower": power(power(x, 2), power(num(2), 3)),
    "elementwise power": Superscript(x, num(2), ".^"),
    "condition": side(p, Bracket("(", (y, x), ("|",))),
    "divergence": side(Name("KL"), Bracket("(", (p, q), ("||",))),
    "distribution": Bracket("{", (Relation((":",), (A, num("0.6"))), Relation((":",), (L, num("0.4"))))),
    "choose": Call(Name("binom"), (n, k)),
    "positive part": sub(Bracket("[", (z,)), Name("+")),
    "inverse transpose": power(W, neg(top)),
    "assignment": Relation(("\\leftarrow",), (x, y)),
    "value at a point": EvaluatedAt(Derivative("partial", f, (x,)), (Relation(("=",), (x, num(0))),)),
    "pair": paren(a, b),
    "list": Bracket("[", (a, b)),
    "set": Bracket("{", (a, b)),
    "absolute value": Bracket("|", (minus(x, y),)),
    "norm": Bracket("||", (side(W, x),)),
    "angles": Bracket("<", (x, y)),
    "call": Call(Name("exp"), (neg(x),)),
    "call of two": Call(Name("max"), (num(0), n)),
    "call of a prime": Call(Prime(sigma), (p,)),
    "root": Call(Name("sqrt"), (total(x, y),)),
    "juxtaposition": side(W, x),
    "juxtaposition with a sum": side(q, total(x, num(1))),
    "juxtaposed numbers": side(num(2), num(3)),
    "sum": total(x, y),
    "difference": minus(x, y),
    "leading minus": Sum((-1, 1), (x, y)),
    "negation": neg(x),
    "dot product": Product("\\cdot", (x, y)),
    "hadamard": Product("\\odot", (x, y)),
    "kronecker": Product("\\otimes", (x, y)),
    "quotient": Quotient(total(x, y), z),
    "inline quotient": Quotient(x, side(y, z), inline=True),
    "elementwise quotient": Quotient(x, y, inline=True, operator="./"),
    "relation": Relation(("=", "<"), (x, y, z)),
    "matrix": Matrix(((a, b), (x, y))),
    "column": Matrix(((a,), (b,))),
    "row": Matrix(((a, b),)),
    "determinant": Matrix(((a, b), (x, y)), "vmatrix"),
    "sum over i": BigOperator("sum", Relation(("=",), (i, num(1))), n, sub(x, i)),
    "sum of products": BigOperator("sum", i, None, Product("\\cdot", (sub(x, i), sub(y, i)))),
    "sum of sums": BigOperator("sum", i, None, total(sub(x, i), sub(y, i))),
    "maximum over k": BigOperator("max", k, None, sub(x, k)),
    "expectation": BigOperator("E", x, None, Bracket("[", (power(x, 2),))),
    "product ending in a sum over i": side(a, BigOperator("sum", i, None, sub(x, i))),
    "cases": CasesTree(((x, POSITIVE), (num(0), None))),
    "derivative": Derivative("partial", r, (m,)),
    "derivative by a layer": Derivative("partial", L, (layer(W, 1),)),
    "second derivative": Derivative("partial", L, (x, y)),
    "second derivative by one": Derivative("partial", L, (sub(x, i), sub(x, i))),
    "derivative of a product": Derivative("partial", side(W, x), (x,)),
    "gradient": Derivative("nabla", L, (W,)),
    "gradient of a product": Derivative("nabla", side(W, x), (x,)),
}  # fmt: skip

PARENTS: dict[str, Callable[[Tree], Tree]] = {
    "base of a power": lambda t: power(t, 2),
    "transposed": lambda t: power(t, top),
    "base of a layer": lambda t: layer(t, 1),
    "base of an elementwise power": lambda t: Superscript(t, num(2), ".^"),
    "exponent": lambda t: power(z, t),
    "subscripted": lambda t: sub(t, k),
    "in brackets": paren,
    "given": lambda t: side(p, Bracket("(", (y, t), ("|",))),
    "what is given it": lambda t: side(p, Bracket("(", (t, y), ("|",))),
    "second distribution": lambda t: side(Name("KL"), Bracket("(", (p, t), ("||",))),
    "with a probability": lambda t: Bracket("{", (Relation((":",), (a, t)), Relation((":",), (b, num("0.4"))))),
    "chosen": lambda t: Call(Name("binom"), (t, k)),
    "taken at a point": lambda t: EvaluatedAt(t, (Relation(("=",), (x, num(0))),)),
    "the point": lambda t: EvaluatedAt(f, (Relation(("=",), (x, t)),)),
    "in square brackets": lambda t: Bracket("[", (t, b)),
    "between bars": lambda t: Bracket("|", (t,)),
    "between double bars": lambda t: Bracket("||", (t,)),
    "argument": lambda t: Call(Name("exp"), (t,)),
    "second argument": lambda t: Call(Name("max"), (num(0), t)),
    "argument of sigma'": lambda t: Call(Prime(sigma), (t,)),
    "under a root": lambda t: Call(Name("sqrt"), (t,)),
    "first of a juxtaposition": lambda t: side(t, a),
    "last of a juxtaposition": lambda t: side(a, t),
    "amid a juxtaposition": lambda t: side(num(2), t, a),
    "after a sum": lambda t: side(total(x, y), t),
    "before a sum": lambda t: side(t, total(x, y)),
    "first factor": lambda t: Product("\\cdot", (t, a)),
    "last factor": lambda t: Product("\\cdot", (a, t)),
    "first of a hadamard": lambda t: Product("\\odot", (t, a)),
    "last of a hadamard": lambda t: Product("\\odot", (a, t)),
    "numerator": lambda t: Quotient(t, b),
    "denominator": lambda t: Quotient(b, t),
    "inline numerator": lambda t: Quotient(t, b, inline=True),
    "inline denominator": lambda t: Quotient(b, t, inline=True),
    "first term": lambda t: total(t, a),
    "last term": lambda t: total(a, t),
    "subtracted": lambda t: minus(a, t),
    "negated": neg,
    "entry": lambda t: Matrix(((a, t), (t, b))),
    "entry of a column": lambda t: Matrix(((t,), (b,))),
    "summed": lambda t: BigOperator("sum", i, None, t),
    "expected": lambda t: BigOperator("E", x, None, t),
    "upper bound": lambda t: BigOperator("sum", Relation(("=",), (i, num(1))), t, sub(x, i)),
    "left side": lambda t: Relation(("=",), (t, a)),
    "right side": lambda t: Relation(("=",), (a, t)),
    "differentiated": lambda t: Derivative("partial", t, (x,)),
    "nabla's operand": lambda t: Derivative("nabla", t, (x,)),
    "case": lambda t: CasesTree(((t, POSITIVE), (a, None))),
}  # fmt: skip


# A list is no argument of a root, and bounds and exponents hold no operators over an index and no conditions.
SCRIPTS = ("exponent", "upper bound", "the point")
NOT_WRITTEN = {("under a root", "pair")} | {
    (parent, child)
    for parent in SCRIPTS
    for child in CHILDREN
    if any(isinstance(tree, BigOperator) and tree.operator != "E" for tree in walk(CHILDREN[child]))
    or (parent != "exponent" and "indicator" in child)
}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("child", CHILDREN)
def test_alone(child: str, target: str) -> None:
    assert_reads_back(CHILDREN[child], target)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("parent", PARENTS)
def test_every_kind_inside_every_kind(parent: str, target: str) -> None:
    problems: list[str] = []
    for name, child in CHILDREN.items():
        if (parent, name) in NOT_WRITTEN:
            continue
        try:
            assert_reads_back(PARENTS[parent](child), target)
        except Exception as problem:
            problems.append(f"{name}: {type(problem).__name__}: {problem}")
    assert not problems, "\n\n".join(problems)


NAMES = st.sampled_from([x, y, z, W, alpha, Name("loss"), y_hat, Font("mathbf", x), sub(x, i), sub(W, num(1)), layer(W, 2)])
LEAVES = st.one_of(
    NAMES,
    st.integers(0, 99).map(num),
    st.integers(-9, 9).map(num),
    st.fractions(-2, 2, max_denominator=7).map(num),
    st.sampled_from(["0.5", "1.25", "10.0"]).map(num),
)
FUNCTIONS = st.sampled_from(
    [Name("exp"), Name("tanh"), Prime(sigma), Prime(f, 2), sub(Name("log"), num(2)), Prime(Name("relu"))]
)
EXPONENTS = st.sampled_from([top, num(2), num(-1), neg(n), total(n, num(1)), paren(num(3)), Quotient(num(1), num(2))])


def _compound(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    several = st.lists(inner, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        several.map(Juxtaposition),
        st.builds(Product, st.sampled_from(["\\cdot", "\\odot", "\\otimes", "\\times"]), several),
        several.flatmap(lambda terms: st.tuples(*[st.sampled_from([1, -1])] * len(terms)).map(lambda signs: Sum(signs, terms))),
        inner.map(neg),
        st.builds(Quotient, inner, inner, st.booleans()),
        st.builds(Superscript, inner, EXPONENTS),
        st.builds(Subscript, inner, st.sampled_from([(i,), (i, j), (num(1),)])),
        st.builds(Prime, inner),
        st.builds(Accent, st.sampled_from(["hat", "bar", "tilde"]), st.sampled_from([x, W, alpha, Font("mathbf", x)])),
        st.builds(lambda function, argument: Call(function, (argument,)), FUNCTIONS, inner),
        st.builds(lambda left, right: Call(Name("max"), (left, right)), inner, inner),
        st.builds(lambda kind, item: Bracket(kind, (item,)), st.sampled_from(["(", "|", "||"]), inner),
        st.builds(lambda first, second: Bracket("[", (first, second)), inner, inner),
        st.builds(
            lambda kind, separator, first, second: Bracket(kind, (first, second), (separator,)),
            st.sampled_from(["(", "{"]), st.sampled_from([",", ";", "|", "||"]), inner, inner,
        ),
        st.builds(lambda first: Bracket("{", (Relation((":",), (a, first)), Relation((":",), (b, num("0.5"))))), inner),
        st.builds(lambda body, at: EvaluatedAt(body, (Relation(("=",), (x, at)),)), inner, inner),
        st.builds(lambda above, below: Call(Name("binom"), (above, below)), inner, inner),
        st.builds(Relation, st.sampled_from([("=",), ("\\le",), ("\\leftarrow",), ("\\approx",)]), st.tuples(inner, inner)),
        st.builds(lambda left, right: Matrix(((left, right), (right, left))), inner, inner),
        st.builds(BigOperator, st.sampled_from(["sum", "prod", "max", "E"]), st.just(i), st.none(), inner),
        st.builds(lambda of, by: Derivative("partial", of, tuple(by)), inner, st.lists(NAMES, min_size=1, max_size=3)),
        st.builds(lambda of: Derivative("nabla", of, (W,)), inner),
        st.builds(lambda value: CasesTree(((value, POSITIVE), (num(0), None))), inner),
    )  # fmt: skip


TREES = st.recursive(LEAVES, _compound, max_leaves=12)


@settings(max_examples=300)
@given(tree=TREES, target=st.sampled_from(TARGETS))
def test_random_trees(tree: Tree, target: str) -> None:
    assert_reads_back(tree, target)
