"""Operations on matrices in normal form and in print: textbook results, and what the print means."""

from collections.abc import Callable
from re import sub

import pytest

from chainrule.algebra.matrix_form import matrix_form
from chainrule.algebra.normal_form import normal_form
from chainrule.algebra.symmetry import is_symmetric
from chainrule.calculus.jacobian import gradient
from chainrule.errors import VerificationError
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.ops.inverse import determinant, inverse, log_determinant, matrix_power, solve
from chainrule.ops.joining import concatenate, concatenate_columns, kron, vec
from chainrule.ops.linear_algebra import trace
from chainrule.ops.matrix_functions import matrix_exponential
from chainrule.typesetting import latex

A, B, X = (build.variable(name, ("n", "n")) for name in "ABX")
M, Q = build.variable("M", ("m", "n")), build.variable("Q", ("n", "q"))
P = build.variable("P", ("p", "q"))
x, y, d = build.variable("x", ("n",)), build.variable("y", ("k",)), build.variable("d", ("m",))
W = build.variable("W", ("m", concatenate([x, y]).shape[0]))
T = build.transpose


def times(*factors: Node) -> Node:
    result = factors[0]
    for factor in factors[1:]:
        result = build.matmul(result, factor)
    return result


def text(node: Node) -> str:
    """Without the dots that keep a product from reading as a call, and without spaces about a colon."""
    return sub(" *: *", ":", latex(matrix_form(normal_form(node))).replace(" \\cdot ", " "))


LOSS = build.inner(d, times(W, concatenate([x, y])))

PRINTS: list[tuple[Callable[[], Node], str]] = [
    (lambda: T(inverse(X)), "X^{-\\top}"),
    (lambda: inverse(T(X)), "X^{-\\top}"),
    (lambda: T(solve(A, Q)), "Q^\\top A^{-\\top}"),
    (lambda: inverse(inverse(X)), "X"),
    (lambda: times(A, inverse(X), X, B), "A B"),
    (lambda: times(A, X, inverse(X)), "A"),
    (lambda: trace(times(inverse(X), X)), "n"),
    (lambda: times(T(X), T(inverse(X))), "I"),
    (lambda: T(inverse(build.add(A, B))), "(A + B)^{-\\top}"),
    (lambda: determinant(T(X)), "\\det(X)"),
    # Petersen and Pedersen, The Matrix Cookbook: 49, 57, 61, 63, 124, 53
    (lambda: gradient(determinant(X), X), "\\det(X) X^{-\\top}"),
    (lambda: gradient(log_determinant(X), X), "X^{-\\top}"),
    (lambda: gradient(build.inner(x, solve(X, x)), X), "-X^{-\\top} x x^\\top X^{-\\top}"),
    (lambda: gradient(trace(times(A, inverse(X), B)), X), "-X^{-\\top} A^\\top B^\\top X^{-\\top}"),
    (lambda: gradient(log_determinant(times(T(M), M)), M), "2 M (M^\\top M)^{-1}"),
    (lambda: gradient(trace(matrix_power(X, 2)), X), "2 X^\\top"),
    (lambda: gradient(trace(matrix_power(X, 5)), X), "5 (X^4)^\\top"),
    (lambda: gradient(trace(inverse(X)), X), "-(X^{-2})^\\top"),
    (lambda: gradient(trace(matrix_exponential(X)), X), "\\operatorname{expm}(X)^\\top"),
    (lambda: matrix_power(X, 3), "X^3"),
    (lambda: matrix_power(X, -2), "X^{-2}"),
    (lambda: matrix_power(X, 0), "I"),
    (lambda: times(W, concatenate([x, y])), "W \\begin{bmatrix} x \\\\ y \\end{bmatrix}"),
    (lambda: gradient(LOSS, x), "W_{*, 1:n}^\\top d"),
    (lambda: gradient(LOSS, y), "W_{*, n + 1:k + n}^\\top d"),
    (lambda: concatenate([x, y, x]), "\\begin{bmatrix} x \\\\ y \\\\ x \\end{bmatrix}"),
    (lambda: concatenate_columns([A, Q]), "\\begin{bmatrix} A & Q \\end{bmatrix}"),
    (lambda: T(concatenate([A, M])), "\\begin{bmatrix} A \\\\ M \\end{bmatrix}^\\top"),
    (lambda: build.part(x, 1, 2), "x_{2:3}"),
    (lambda: build.placed(x, 0, 9), "\\begin{bmatrix} I \\\\ \\mathbf{0} \\end{bmatrix} x"),
    (lambda: kron(T(A), T(P)), "A^\\top \\otimes P^\\top"),
    (lambda: times(kron(A, P), vec(build.variable("Y", ("q", "n")))), "(A \\otimes P) \\operatorname{vec}(Y)"),
]


@pytest.mark.parametrize(("made", "expected"), PRINTS)
def test_how_it_prints(made: Callable[[], Node], expected: str) -> None:
    assert text(made()) == expected


@pytest.mark.parametrize("node", [build.contract([d, build.selection("m", (2, 3), 0, (4, 1))], [(0,), (0, 1, 2)], (1, 2))])
def test_what_has_no_matrix_form(node: Node) -> None:
    with pytest.raises(VerificationError):
        matrix_form(node)


@pytest.mark.parametrize(
    ("node", "symmetric"),
    [
        (A, False),
        (M, False),
        (times(A, A), False),
        (times(T(M), M), True),
        (times(A, T(A)), True),
        (build.add(A, T(A)), True),
        (build.add(A, times(A, A)), False),
        (build.subtract(A, T(A)), False),
        (inverse(times(T(M), M)), True),
        (build.named("S", normal_form(times(T(M), M))), True),
        (build.outer(x, x), True),
        (times(A, inverse(build.add(B, T(B))), T(A)), True),
    ],
)
def test_which_matrices_are_symmetric(node: Node, symmetric: bool) -> None:
    assert is_symmetric(normal_form(node)) is symmetric


def test_terms_that_differ_by_a_symmetric_transpose_are_collected() -> None:
    s = inverse(times(T(M), M))
    total = build.add(times(M, s), times(M, T(s)))
    assert normal_form(total) is normal_form(build.scale(2, times(M, s)))
