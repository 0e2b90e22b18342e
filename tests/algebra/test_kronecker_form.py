r"""Arrays of rank four as matrices: texts by hand, and H vec(D) against the contraction of the array with D."""

from fractions import Fraction

import numpy as np
import pytest

from chainrule.algebra.kronecker_form import as_matrix, kronecker_factors, kronecker_form
from chainrule.algebra.matrix_form import matrix_form
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.build import contract, matmul, transpose
from chainrule.graph.node import Node
from chainrule.ops.arithmetic import exp, power
from chainrule.typesetting import latex

SIZES = {"m": 2, "n": 3, "p": 4, "q": 5}
A, B = build.variable("A", ("m", "p")), build.variable("B", ("n", "q"))
C, D = build.variable("C", ("m", "p")), build.variable("D", ("n", "q"))
X, Y = build.variable("X", ("m", "n")), build.variable("Y", ("p", "q"))
V, s = build.variable("V", ("q", "n")), build.variable("s")
S, x, y = build.variable("S", ("m", "m")), build.variable("x", ("m",)), build.variable("y", ("n",))
m, n = build.dimension("m"), build.dimension("n")
PAIR = [[0, 2], [1, 3]]


def pair(left: Node, right: Node) -> Node:
    """H[i, a, j, b] = right[i, j] left[a, b]."""
    return contract([right, left], PAIR, range(4))


EYE = contract([], [], [0, 0], {0: n})
EYE_M = contract([], [], [0, 0], {0: m})
TWO_IDENTITIES = pair(EYE, EYE_M)
VEC_VEC = contract([X, X], [[0, 1], [2, 3]], range(4))

FORMS: list[tuple[Node, str]] = [
    (pair(B, A), r"B \otimes A"),
    (build.scale(2, pair(B, A)), r"2 B \otimes A"),
    (build.scale(-2, pair(B, A)), r"-2 B \otimes A"),
    (pair(transpose(V), A), r"V^\top \otimes A"),
    (pair(matmul(transpose(V), V), S), r"V^\top V \otimes S"),
    (contract([S], [[0, 2]], [0, 1, 2, 1], {1: n}), r"I \otimes S"),
    (contract([V], [[3, 1]], [0, 1, 0, 3], {0: m}), r"V^\top \otimes I"),
    (TWO_IDENTITIES, "I"),
    (contract([power(s, -1), S], [[], [0, 2]], [0, 1, 2, 1], {1: n}), r"\frac{I}{s} \otimes S"),
    (build.add(pair(B, A), pair(B, C)), r"B \otimes (A + C)"),
    (build.add(pair(B, A), pair(D, A)), r"(B + D) \otimes A"),
    (build.subtract(pair(B, A), pair(D, C)), r"B \otimes A - D \otimes C"),
    (contract([X, Y], [[0, 1], [2, 3]], range(4)), r"\operatorname{vec}(X) \operatorname{vec}(Y)^\top"),
    (contract([x, y, x, y], [[0], [1], [2], [3]], range(4)), r"y y^\top \otimes x x^\top"),
    (contract([exp(X)], [[0, 1]], [0, 1, 0, 1]), r"\operatorname{diag}(\operatorname{vec}(\exp(X)))"),
    (
        build.multiply(s, build.subtract(TWO_IDENTITIES, VEC_VEC)),
        r"s I - s \operatorname{vec}(X) \operatorname{vec}(X)^\top",
    ),
]


def values(node: Node) -> tuple[np.ndarray, np.ndarray]:
    """The array of rank four, and the matrix form."""
    random = np.random.default_rng(1)
    form = kronecker_form(node)
    assert form is not None
    point = {
        v: random.uniform(0.5, 2, [SIZES[next(iter(d.symbols))] for d in v.shape])
        for v in (A, B, C, D, X, Y, V, S, x, y, s)
    }  # fmt: skip
    array, matrix = evaluate([node, form], point, SIZES)
    return array, matrix


@pytest.mark.parametrize(("node", "text"), FORMS, ids=[text for _, text in FORMS])
def test_the_text_is_as_by_hand(node: Node, text: str) -> None:
    form = kronecker_form(node)
    assert form is not None
    assert latex(matrix_form(form)) == text


@pytest.mark.parametrize("node", [node for node, _ in FORMS], ids=[text for _, text in FORMS])
def test_the_matrix_acts_on_vec_as_the_array_on_matrices(node: Node) -> None:
    array, matrix = values(node)
    direction = np.random.default_rng(2).normal(size=array.shape[2:])
    wanted = np.einsum("iajb,jb->ia", array, direction)
    np.testing.assert_allclose(matrix @ direction.reshape(-1, order="F"), wanted.reshape(-1, order="F"), rtol=1e-12)


@pytest.mark.parametrize("node", [node for node, _ in FORMS], ids=[text for _, text in FORMS])
def test_the_array_as_a_matrix_is_stacked_by_columns(node: Node) -> None:
    array, matrix = values(node)
    order = array.transpose(1, 0, 3, 2).reshape(matrix.shape)
    np.testing.assert_allclose(order, matrix, rtol=1e-12)


def test_the_array_brought_to_a_matrix_is_the_form() -> None:
    node = contract([A, B, X], [[0, 2], [1, 3], [0, 1]], range(4))
    point = {v: np.random.default_rng(3).normal(size=[SIZES[next(iter(d.symbols))] for d in v.shape]) for v in (A, B, X)}
    array, matrix = evaluate([node, as_matrix(node)], point, SIZES)
    np.testing.assert_allclose(array.transpose(1, 0, 3, 2).reshape(matrix.shape), matrix)


NOT_SPLIT: list[Node] = [
    contract([build.variable("P", ("m", "q")), build.variable("Q", ("n", "p"))], [[0, 3], [1, 2]], range(4)),
    contract([A, B, X], [[0, 2], [1, 3], [0, 1]], range(4)),
    build.add(pair(B, A), contract([A, B, X], [[0, 2], [1, 3], [0, 1]], range(4))),
    build.zeros(TWO_IDENTITIES.shape),
    build.variable("H", ("m", "n", "m", "n")),
    contract([A, y], [[0, 2], [1]], [0, 1, 2]),
    A,
]


@pytest.mark.parametrize("node", NOT_SPLIT)
def test_what_does_not_split_has_no_such_form(node: Node) -> None:
    assert kronecker_form(node) is None


def test_the_factors_are_those_of_the_sum() -> None:
    factors = kronecker_factors(build.subtract(build.scale(2, pair(B, A)), pair(D, C)))
    assert factors == ((Fraction(2), B, A), (Fraction(-1), D, C))
    assert kronecker_factors(contract([X, X], [[0, 1], [2, 3]], range(4))) is None
    assert kronecker_factors(contract([exp(X)], [[0, 1]], [0, 1, 0, 1])) is None
    assert kronecker_factors(A) is None


def test_a_scalar_factor_goes_to_the_left() -> None:
    (only,) = kronecker_factors(contract([s, A, B], [[], *PAIR], range(4))) or ()
    assert only == (Fraction(1), build.multiply(s, B), A)


def test_terms_that_cancel_are_gone() -> None:
    split = build.subtract(pair(build.add(B, D), A), pair(B, A))
    rest = build.add(split, build.scale(-1, pair(D, A)))
    assert kronecker_factors(rest) == ()
