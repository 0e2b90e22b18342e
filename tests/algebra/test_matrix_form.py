"""Matrix form: what is printed, that it means the node, and that it is no longer than it need be."""

import re
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.algebra.matrix_form import Writer, matrix_form
from chainrule.algebra.normal_form import normal_form
from chainrule.errors import VerificationError
from chainrule.evaluation.definition import defined_value as value
from chainrule.graph import build
from chainrule.graph.build import (
    add,
    constant,
    contract,
    entry,
    inner,
    matmul,
    multiply,
    outer,
    scale,
    subtract,
    total,
    transpose,
)
from chainrule.graph.node import Contract, Node
from chainrule.ops.activation import SIGMOID
from chainrule.ops.arithmetic import divide, exp, log, power
from chainrule.ops.comparison import positive
from chainrule.syntax.tree import Accent, Bracket, Call, Font, Juxtaposition, Name, Number, Product, Sum, Superscript, Tree
from chainrule.typesetting.latex import latex
from tests.algebra.reading import Reading

a, b, c = (build.variable(s) for s in "abc")
x, y, z = (build.variable(s, ("n",)) for s in "xyz")
d, delta = build.variable("d", ("m",)), build.variable("\\delta", ("m",))
A, B, C = (build.variable(s, ("n", "n")) for s in "ABC")
W, X = build.variable("W", ("m", "n")), build.variable("X", ("m", "n"))
y_hat = build.variable(Accent("hat", Name("y")), ("n",))
n, m = build.dimension("n"), build.dimension("m")
ONES = build.ones((n,))


def sigma(node: Node) -> Node:
    return build.apply(SIGMOID, node)


READINGS: list[tuple[Node, str]] = [
    (outer(delta, x), r"\delta x^\top"),
    (matmul(transpose(W), delta), r"W^\top \delta"),
    (multiply(y, sigma(z)), r"y \odot \sigma(z)"),
    (multiply(sigma(z), matmul(transpose(W), delta)), r"(W^\top \delta) \odot \sigma(z)"),
    (inner(x, y), r"x^\top y"),
    (add(A, transpose(A)), r"A + A^\top"),
    (matmul(A, B), "A B"),
    (matmul(transpose(X), multiply(X, build.broadcast(d, X.shape, (0,)))), r"X^\top \operatorname{diag}(d) X"),
    (contract([A, B], [[0, 1], [1, 0]], []), r"\operatorname{tr}(A B)"),
    (total(x), r"\mathbf{1}^\top x"),
    (total(A), r"\mathbf{1}^\top A \mathbf{1}"),
    (build.broadcast(x, (n, m), (0,)), r"x \mathbf{1}^\top"),
    (build.broadcast(x, (m, n), (1,)), r"\mathbf{1} x^\top"),
    (matmul(x, matmul(A, x)), r"x^\top A x"),
    (matmul(x, A), r"A^\top x"),
    (matmul(A, matmul(B, C)), "A B C"),
    (matmul(transpose(C), matmul(transpose(B), transpose(A))), r"(A B C)^\top"),
    (contract([A], [[0, 0]], [0]), r"\operatorname{diagonal}(A)"),
    (contract([x], [[0]], [0, 0]), r"\operatorname{diag}(x)"),
    (contract([], [], [0, 0], {0: n}), "I"),
    (outer(x, sigma(y)), r"x \cdot (\sigma(y))^\top"),
    (matmul(transpose(X), subtract(matmul(X, x), d)), r"X^\top (X x - d)"),
    (multiply(A, transpose(B)), r"A \odot B^\top"),
    (sigma(transpose(A)), r"\sigma(A^\top)"),
    (subtract(y_hat, y), r"\hat{y} - y"),
    (subtract(ONES, x), r"\mathbf{1} - x"),
    (power(x, 2), r"x^{\odot 2}"),
    (divide(x, y), r"x \oslash y"),
    (power(y, -1), r"\mathbf{1} \oslash y"),
    (power(y, -2), r"\mathbf{1} \oslash y^{\odot 2}"),
    (multiply(x, z, power(y, -1)), r"(x \odot z) \oslash y"),
    (divide(A, transpose(B)), r"A \oslash B^\top"),
    (divide(matmul(A, x), inner(x, x)), r"\frac{A x}{x^\top x}"),
    (divide(subtract(x, y), a), r"\frac{1}{a} (x - y)"),
    (divide(matmul(A, x), build.size("n")), r"\frac{1}{n} A x"),
    (divide(build.scale(2, matmul(A, x)), build.size("n")), r"\frac{2}{n} A x"),
    (divide(x, a), r"\frac{x}{a}"),
    (total(divide(x, y)), r"\mathbf{1}^\top (x \oslash y)"),
    (contract([A, B], [[0, 0], [0, 0]], []), r"\operatorname{tr}(A \odot B)"),
    (contract([A, B, C], [[0, 1], [1, 0], [1, 0]], []), r"\operatorname{tr}((B \odot C) A)"),
    (matmul(transpose(add(A, B)), x), r"(A + B)^\top x"),
    (transpose(add(A, B)), r"A^\top + B^\top"),
    (power(A, 3), r"A^{\odot 3}"),
    (power(a, 2), "a^2"),
    (entry(x, 1), "x_2"),
    (entry(W, 1), "W_{2, *}"),
    (entry(W, 0, 1), "W_{*, 1}"),
    (entry(entry(W, 1), 0), "W_{2, 1}"),
    (build.unit(2, n), "e_3"),
    (build.stack([a, b]), r"\begin{bmatrix} a \\ b \end{bmatrix}"),
    (build.stack([build.stack([a, b]), build.stack([b, c])]), r"\begin{bmatrix} a & b \\ b & c \end{bmatrix}"),
    (add(a, multiply(c, b, positive(a), sigma(b))), r"a + b c \sigma(b) \mathbb{1}[a > 0]"),
    (divide(multiply(a, b), c), r"\frac{a b}{c}"),
    (scale(Fraction(1, 2), divide(a, b)), r"\frac{a}{2 b}"),
    (scale(Fraction(1, 2), x), r"\frac{1}{2} x"),
    (scale(Fraction(3, 5), x), "0.6 x"),
    (scale(Fraction(2, 7), x), r"\frac{2}{7} x"),
    (scale(-1, multiply(a, b)), "-a b"),
    (scale(-1, add(a, b)), "-a - b"),
    (scale(2, subtract(x, y)), "2 (x - y)"),
    (divide(total(x), build.size(n)), r"\frac{\mathbf{1}^\top x}{n}"),
    (multiply(inner(x, y), z), "(x^\\top y) z"),
    (matmul(outer(x, y), z), "(y^\\top z) x"),
    (multiply(a, inner(x, y)), "a x^\\top y"),
    (multiply(a, subtract(b, c)), r"a \cdot (b - c)"),
    (total(contract([], [], [0], {0: n})), "n"),
    (build.zeros((n,)), r"\mathbf{0}"),
    (add(multiply(a, log(b)), multiply(subtract(constant(1), a), log(c))), r"a \log(b) + (1 - a) \log(c)"),
]


@pytest.mark.parametrize(("node", "text"), READINGS, ids=[text for _, text in READINGS])
def test_readings(node: Node, text: str) -> None:
    assert latex(matrix_form(normal_form(node))) == text


def test_numbers_are_spelled_as_the_person_did() -> None:
    spelled = matrix_form(scale(Fraction(1, 2), x), {Fraction(1, 2): "0.50"})
    assert latex(spelled) == "0.50 x"
    assert spelled == Juxtaposition((Number(Fraction(1, 2)), Name("x")))


def test_transposed_names_keep_their_layer_inside() -> None:
    layer = Superscript(Name("W"), Number(Fraction(1)))
    assert matrix_form(transpose(build.variable(layer, (m, n)))) == Superscript(layer, Name("\\top"))


def test_a_named_quantity_prints_as_its_symbol() -> None:
    assert matrix_form(add(build.named("q", multiply(a, b)), c)) == Sum((1, 1), (Name("c"), Name("q")))


@pytest.mark.parametrize(
    "node",
    [
        contract([A, B, C], [[0, 3], [1, 3], [2, 3]], [0, 1, 2]),
        contract([A, B, C, A, B, C], [[0, 1], [0, 2], [0, 3], [1, 2], [2, 3], [3, 1]], []),
        contract([build.variable("T", (n, n, n)), x], [[0, 1, 2], [2]], [0, 1]),
        build.stack([A, B]),
    ],
    ids=["rank three", "four matrices all joined", "a third-order array", "a list of matrices"],
)
def test_what_is_no_product_of_matrices_is_refused(node: Node) -> None:
    with pytest.raises(VerificationError) as caught:
        matrix_form(node)
    assert caught.value.code == "no-matrix-form"


def test_deep_and_long_formulas_are_refused() -> None:
    deep: Node = a
    for _ in range(100_000):
        deep = exp(deep)
    shared: Node = a
    for _ in range(40):
        shared = sigma(multiply(shared, add(shared, b)))
    for node in (deep, shared):
        with pytest.raises(VerificationError) as caught:
            matrix_form(node)
        assert caught.value.code == "too-long-to-print"


SIZES = {"n": 2, "m": 3, "k": 4}
LENGTH = {s: i for i, s in enumerate("nmk")}


def symbol(name: str, shape: str) -> tuple[Node, Tree]:
    tree = Name(f"{name}{shape}")
    return build.variable(tree, tuple(shape)), tree


def values(seed: int) -> tuple[dict[Node, np.ndarray], dict[Tree, np.ndarray]]:
    """Random values of all symbols, as arrays of their rank for nodes and as columns for trees."""
    random = np.random.default_rng(seed)
    nodes: dict[Node, np.ndarray] = {}
    trees: dict[Tree, np.ndarray] = {}
    shapes = ["", *"nmk", *(p + q for p in "nmk" for q in "nmk")]
    for name in "ABC":
        for shape in shapes:
            node, tree = symbol(name, shape)
            nodes[node] = random.uniform(-1, 1, [SIZES[s] for s in shape])
            trees[tree] = nodes[node].reshape(-1, 1) if len(shape) == 1 else nodes[node] if shape else float(nodes[node])
    return nodes, trees


Built = tuple[Node, Tree]


def atoms(shape: str) -> st.SearchStrategy[Built]:
    """A matrix or its transpose, a vector, or a scalar."""
    plain = st.sampled_from("ABC").map(lambda name: symbol(name, shape))
    if len(shape) < 2:
        return plain
    other = st.sampled_from("ABC").map(lambda name: symbol(name, shape[::-1]))
    return st.one_of(plain, other.map(lambda built: (transpose(built[0]), Superscript(built[1], Name("\\top")))))


@st.composite
def built(draw: st.DrawFn, shape: str, depth: int = 2) -> Built:
    """A product, Hadamard product, sum or function value of the shape, with the tree a person would write for it."""
    if not depth:
        return draw(atoms(shape))
    smaller = {s: built(s, depth - 1) for s in (shape, *(p + q for p in "nmk" for q in "nmk"), *"nmk")}
    kind = draw(st.sampled_from(["atom", "odot", "sum", "sigma", *["product"] * 3]))
    match kind:
        case "product" if len(shape) == 2:
            inside = draw(st.sampled_from("nmk"))
            return joined(draw(smaller[shape[0] + inside]), draw(smaller[inside + shape[1]]))
        case "product" if len(shape) == 1:
            inside = draw(st.sampled_from("nmk"))
            return joined(draw(smaller[shape + inside]), draw(smaller[inside]))
        case "product":
            (left, left_tree), right = draw(atoms(draw(st.sampled_from("nmk")))), None
            right = draw(smaller[str(left.shape[0])])
            return matmul(left, right[0]), beside(Superscript(left_tree, Name("\\top")), right[1])
        case "odot" if shape:
            (left, left_tree), (right, right_tree) = draw(smaller[shape]), draw(smaller[shape])
            return multiply(left, right), Product("\\odot", (apart(left_tree), apart(right_tree)))
        case "sum":
            (left, left_tree), (right, right_tree) = draw(smaller[shape]), draw(smaller[shape])
            return subtract(left, right), Sum((1, -1), (left_tree, right_tree))
        case "sigma":
            node, tree = draw(smaller[shape])
            return sigma(node), Call(Name("\\sigma"), (tree,))
        case _:
            return draw(atoms(shape))


def apart(tree: Tree) -> Tree:
    """A matrix product among elementwise factors stands in parentheses, which readers prefer."""
    return Bracket("(", (tree,)) if isinstance(tree, Juxtaposition) else tree


def joined(left: Built, right: Built) -> Built:
    return matmul(left[0], right[0]), beside(left[1], right[1])


def beside(left: Tree, right: Tree) -> Tree:
    items = [tree.items if isinstance(tree, Juxtaposition) else (tree,) for tree in (left, right)]
    return Juxtaposition((*items[0], *items[1]))


def tokens(tree: Tree) -> int:
    r"""The length on paper: letters, signs, parentheses; `^\top` is one, and a dot that typesetting puts in is none."""
    return len(re.findall(r"\\[a-zA-Z]+|[^\s{}^_]", re.sub(r"\\text{\w+}", "x", latex(tree).replace("\\cdot", ""))))


def bare_tokens(tree: Tree) -> int:
    return tokens(tree) - sum(latex(tree).count(mark) for mark in "()")


def shuffled(node: Node, random: Random) -> Node:
    """The contraction with its factors in another order and its indices renamed."""
    if not isinstance(node, Contract):
        return node
    places = random.sample(range(len(node.factors)), len(node.factors))
    names = random.sample(range(50), len(node.extents))
    return contract(
        [node.factors[p] for p in places],
        [[names[i] for i in node.indices[p]] for p in places],
        [names[i] for i in node.output],
        {names[i]: extent for i, extent in enumerate(node.extents)},
    )


def check_meaning(node: Node, tree: Tree, seed: int = 0) -> None:
    nodes, trees = values(seed)
    wanted = value(node, SIZES, nodes)
    extent = None if not node.shape else (wanted.shape[0], 1) if wanted.ndim == 1 else wanted.shape
    read = Reading(trees).value(tree, extent)
    np.testing.assert_allclose(np.reshape(read, wanted.shape), wanted, rtol=1e-9, atol=1e-9)


@settings(max_examples=200)
@given(st.sampled_from(["", "n", "m", "nm", "kk"]).flatmap(built))
def test_the_print_means_the_node(made: Built) -> None:
    node, tree = made
    check_meaning(node, tree)
    check_meaning(node, matrix_form(node))
    check_meaning(node, matrix_form(normal_form(node)))


@settings(max_examples=300)
@given(st.sampled_from(["", "n", "nm"]).flatmap(built), st.randoms(use_true_random=False))
def test_the_print_is_no_longer_than_what_was_written(made: Built, random: Random) -> None:
    node, tree = made
    again = matrix_form(shuffled(normal_form(node), random))
    # `A (u - v)` is the shorter way to write `A u - A v`, parentheses apart.
    assert tokens(again) <= tokens(tree) or bare_tokens(again) <= bare_tokens(tree), latex(again)


@settings(max_examples=100)
@given(st.sampled_from(["", "n", "nm"]).flatmap(built), st.randoms(use_true_random=False))
def test_the_print_does_not_depend_on_the_order(made: Built, random: Random) -> None:
    node = normal_form(made[0])
    assert matrix_form(shuffled(node, random)) == matrix_form(node)


MATRICES = st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=5)


@settings(max_examples=300)
@given(
    MATRICES, st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 3)), max_size=3), st.lists(st.integers(0, 4), max_size=2)
)
def test_any_contraction_is_printed_right_or_refused(
    matrices: list[tuple[str, int, int]], vectors: list[tuple[str, int]], output: list[int]
) -> None:
    """Indices repeated, summed, in the output alone: index i runs over the size of its letter."""
    letters = "nmknm"
    factors = [symbol(name, letters[i] + letters[j])[0] for name, i, j in matrices]
    factors += [symbol(name, letters[i])[0] for name, i in vectors]
    own = [[i, j] for _, i, j in matrices] + [[i] for _, i in vectors]
    node = contract(factors, own, output, {i: build.dimension(letters[i]) for i in output})
    for form in (node, normal_form(node)):
        try:
            tree = matrix_form(form)
        except VerificationError:
            degrees = [sum(i in (p, q) for _, p, q in matrices) for i in range(4)]
            assert max(degrees) > 2
        else:
            nodes, trees = values(1)
            trees |= {Name(s): float(size) for s, size in SIZES.items()}
            wanted = value(node, SIZES, nodes)
            extent = None if not output else (wanted.shape[0], 1) if wanted.ndim == 1 else wanted.shape
            np.testing.assert_allclose(
                np.reshape(Reading(trees).value(tree, extent), wanted.shape), wanted, rtol=1e-9, atol=1e-9
            )


def test_entries_rows_and_columns_mean_what_they_say() -> None:
    nodes, trees = values(2)
    matrix, name = symbol("A", "nm")
    vector, _ = symbol("B", "m")
    for node in (
        entry(matrix, 1),
        entry(matrix, 2, 1),
        entry(entry(matrix, 1), 2),
        matmul(entry(matrix, 1), vector),
        contract([matrix, build.unit(1, "n"), vector], [[0, 1], [0], [1]], [0]),
        contract([build.unit(0, "n"), build.unit(2, "m")], [[0], [1]], [0, 1]),
    ):
        check_meaning(node, matrix_form(node), seed=2)
    assert nodes[matrix].shape == trees[name].shape == (2, 3)


def test_ones_come_from_their_use() -> None:
    row, _ = symbol("A", "n")
    node = add(build.broadcast(row, (n, m), (0,)), build.ones((n, m)))
    assert latex(matrix_form(node)) == r"\mathbf{1} \mathbf{1}^\top + \text{An} \mathbf{1}^\top"
    check_meaning(node, matrix_form(node))
    assert matrix_form(ONES) == Font("mathbf", Number(Fraction(1)))


def test_a_writer_of_several_nodes_writes_each_as_if_alone() -> None:
    product = matmul(A, x)
    expected = {product: "A x", matmul(transpose(A), product): r"A^\top A x", add(product, y): "A x + y", A: "A"}
    writer = Writer({})
    for _ in range(2):
        for node, text in expected.items():
            assert latex(writer.form(node)) == text
    assert latex(writer.transposed(A)) == r"A^\top"


def test_what_is_too_deep_is_refused_each_time() -> None:
    deep: Node = a
    for _ in range(70):
        deep = exp(deep)
    writer = Writer({})
    for _ in range(2):
        with pytest.raises(VerificationError) as caught:
            writer.form(deep)
        assert caught.value.code == "too-long-to-print"
