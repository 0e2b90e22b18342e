"""Products with selections of rank three told by vec, Kronecker products and vec undone: texts by hand, the same values."""

import numpy as np
import pytest

from chainrule.algebra.matrix_form import matrix_form
from chainrule.algebra.rearranged import rearranged, unvec_of
from chainrule.errors import VerificationError
from chainrule.evaluation.definition import defined_value
from chainrule.graph import build
from chainrule.graph.dimension import dimension
from chainrule.graph.node import Contract, Node, Variable
from chainrule.graph.walk import leaves
from chainrule.ops.joining import kron, unvec, vec
from chainrule.typesetting import plain

SIZES = {"m": 2, "n": 3, "p": 2, "q": 4}
M, N, P, Q = (dimension(d) for d in "mnpq")
A, X = build.variable("A", ("m", "n")), build.variable("X", ("p", "q"))
a, b, c = build.variable("a", (M * P,)), build.variable("b", (M * N,)), build.variable("c", (P + M * N,))
W, r = build.variable("W", (M * N, "p")), build.variable("r", ("p",))
COLUMNS = build.selection(M * N, (M, N), 0, (1, M))
ROWS = build.selection(M * N, (M, N), 0, (N, 1))
INSIDE = build.selection(P + M * N, (M, N), P, (1, M))
BLOCKS = (
    build.selection(M * P, (M, P), 0, (P, 1)),
    build.selection(N * Q, (N, Q), 0, (Q, 1)),
)
KRON = build.contract([A, X, *BLOCKS], [(0, 1), (2, 3), (4, 0, 2), (5, 1, 3)], (4, 5))

FORMS: list[tuple[Node, str]] = [
    (build.contract([A, COLUMNS], [(0, 1), (2, 0, 1)], (2,)), "vec(A)"),
    (build.contract([A, ROWS], [(0, 1), (2, 0, 1)], (2,)), "vec(A^T)"),
    (build.contract([b, COLUMNS], [(2,), (2, 0, 1)], (0, 1)), "unvec(b, m, n)"),
    (build.contract([b, COLUMNS], [(2,), (2, 0, 1)], (1, 0)), "unvec(b, m, n)^T"),
    (build.contract([b, ROWS], [(2,), (2, 0, 1)], (0, 1)), "unvec(b, n, m)^T"),
    (build.contract([W, r, COLUMNS], [(2, 3), (3,), (2, 0, 1)], (0, 1)), "unvec(W r, m, n)"),
    (build.contract([b, A, COLUMNS], [(2,), (0, 3), (2, 0, 1)], (3, 1)), "A^T unvec(b, m, n)"),
    (KRON, "A ⊗ X"),
    (build.contract([A, X, *BLOCKS], [(0, 1), (2, 3), (4, 0, 2), (5, 1, 3)], (5, 4)), "A^T ⊗ X^T"),
    (build.contract([b, A, COLUMNS], [(2,), (0, 1), (2, 0, 1)], ()), "b^T vec(A)"),
    (build.scale(3, unvec(b, M, N)), "3 unvec(b, m, n)"),
]


def value(node: Node) -> np.ndarray:
    random = np.random.default_rng(2)
    inputs = {
        leaf: random.normal(size=[d.size(SIZES) for d in leaf.shape])
        for leaf in sorted(leaves(build.named("root", node)), key=lambda leaf: repr(leaf.symbol))
        if isinstance(leaf, Variable)
    }
    return defined_value(node, SIZES, inputs)


@pytest.mark.parametrize(("node", "text"), FORMS, ids=[text for _, text in FORMS])
def test_text_and_value(node: Node, text: str) -> None:
    assert plain(matrix_form(node)) == text
    np.testing.assert_allclose(value(rearranged(node)), value(node), rtol=1e-12)


def test_a_part_of_a_vector() -> None:
    node = build.contract([c, INSIDE], [(2,), (2, 0, 1)], (0, 1))
    np.testing.assert_allclose(value(rearranged(node)), value(node), rtol=1e-12)
    assert plain(matrix_form(node)).startswith("unvec(c_{")


def test_it_is_what_numpy_says() -> None:
    """unvec undoes vec, whose columns are stacked."""
    entries = np.arange(6.0)
    np.testing.assert_array_equal(defined_value(unvec(b, M, N), SIZES, {b: entries}), entries.reshape(2, 3, order="F"))
    assert plain(matrix_form(rearranged(vec(unvec(b, M, N))))) == "vec(unvec(b, m, n))"
    made = unvec(b, M, N)
    assert isinstance(made, Contract)
    assert unvec_of(made) is b


def test_what_has_places_of_the_output_stays() -> None:
    """b_s at the places of A, not summed: no vec and no product."""
    node = build.contract([b, COLUMNS], [(2,), (2, 0, 1)], (0, 1, 2))
    assert rearranged(node) is node
    with pytest.raises(VerificationError):
        matrix_form(node)


def test_what_has_no_selection_is_left_alone() -> None:
    node = build.matmul(A, build.transpose(A))
    assert rearranged(node) is node
    assert rearranged(kron(A, X)) is kron(A, X)
