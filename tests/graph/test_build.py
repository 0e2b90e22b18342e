"""What the constructors make: shapes, what settles at once, and the errors where dimensions do not fit."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from chainrule.errors import ShapeError
from chainrule.graph import build
from chainrule.graph.dimension import DimensionClash, dimension
from chainrule.graph.node import Add, Constant, Contract, Node
from chainrule.ops.arithmetic import exp

X, Y = build.variable("x"), build.variable("y")
U, V = build.variable("u", ("n",)), build.variable("v", ("n",))
T = build.variable("t", ("m",))
W = build.variable("W", ("m", "n"))
A = build.variable("A", ("n", "n"))
M, N = dimension("m"), dimension("n")
HALF = Fraction(1, 2)


def contraction(node: Node) -> tuple[object, ...]:
    assert isinstance(node, Contract)
    return node.factors, node.indices, node.output, node.extents


def test_like_terms_are_collected_and_zeros_vanish() -> None:
    assert build.add(X, Y, X) is build.linear([(2, X), (1, Y)], ())
    assert build.subtract(X, X) is build.constant(0)
    assert build.subtract(V, V) is build.zeros(V.shape)
    assert build.add(X, build.constant(0)) is X
    assert build.add(build.constant(2), X, build.constant(-2)) is X
    assert build.add(build.constant(HALF), build.constant(HALF)) is build.constant(1)
    assert build.scale(2, build.scale(HALF, X)) is X
    assert build.scale(0, V) is build.zeros(V.shape)
    assert build.add(V, build.zeros(V.shape)) is V


def test_the_order_of_terms_is_that_of_writing() -> None:
    found = build.add(Y, build.constant(1), X)
    assert isinstance(found, Add)
    assert [n for _, n in found.terms] == [Y, build.constant(1), X]


def test_a_scalar_is_added_to_each_entry() -> None:
    found = build.add(V, X)
    assert found.shape == (N,)
    assert found is build.add(V, build.lift(X, V.shape))


def test_coefficients_move_to_the_front_of_a_product() -> None:
    assert build.multiply(build.scale(2, X), build.scale(HALF, Y)) is build.multiply(X, Y)
    assert build.multiply(build.constant(3), X) is build.scale(3, X)
    assert build.matmul(build.scale(-1, W), V) is build.scale(-1, build.matmul(W, V))
    assert build.split_coefficient(build.scale(5, X)) == (5, X)
    assert build.split_coefficient(build.constant(5)) == (5, build.constant(1))
    assert build.split_coefficient(build.add(X, Y)) == (1, build.add(X, Y))


def test_a_product_with_zero_is_zero_and_with_one_factor_that_factor() -> None:
    assert build.matmul(build.zeros(W.shape), V) is build.zeros((M,))
    assert build.multiply(X, build.constant(0)) is build.constant(0)
    assert build.multiply(X, build.constant(1)) is X
    assert build.multiply(V, build.constant(1)) is V
    assert build.multiply() is build.constant(1)
    assert build.total(X) is X
    assert build.transpose(V) is V


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (lambda: build.matmul(W, V), ((W, V), ((0, 1), (1,)), (0,), (M, N))),
        (lambda: build.matmul(T, W), ((T, W), ((0,), (0, 1)), (1,), (M, N))),
        (lambda: build.matmul(U, V), ((U, V), ((0,), (0,)), (), (N,))),
        (lambda: build.matmul(W, A), ((W, A), ((0, 1), (1, 2)), (0, 2), (M, N, N))),
        (lambda: build.outer(T, V), ((T, V), ((0,), (1,)), (0, 1), (M, N))),
        (lambda: build.multiply(U, V), ((U, V), ((0,), (0,)), (0,), (N,))),
        (lambda: build.multiply(X, V), ((X, V), ((), (0,)), (0,), (N,))),
        (lambda: build.inner(W, W), ((W, W), ((0, 1), (0, 1)), (), (M, N))),
        (lambda: build.transpose(W), ((W,), ((0, 1),), (1, 0), (M, N))),
        (lambda: build.total(W), ((W,), ((0, 1),), (), (M, N))),
        (lambda: build.total(W, [0]), ((W,), ((0, 1),), (1,), (M, N))),
        (lambda: build.ones((M, N)), ((), (), (0, 1), (M, N))),
        (lambda: build.broadcast(V, (M, N), [1]), ((V,), ((0,),), (1, 0), (N, M))),
        (lambda: build.contract([A], [[7, 7]], []), ((A,), ((0, 0),), (), (N,))),
        (lambda: build.contract([V], [[3]], [3, 3]), ((V,), ((0,),), (0, 0), (N,))),
        (lambda: build.contract([], [], [5, 5], {5: N}), ((), (), (0, 0), (N,))),
        (lambda: build.contract([X], [[]], [], {9: N}), ((X,), ((),), (), (N,))),
        (lambda: build.entry(W, 1), ((W, build.unit(1, "m")), ((0, 1), (0,)), (1,), (M, N))),
        (lambda: build.entry(W, 1, axis=1), ((W, build.unit(1, "n")), ((0, 1), (1,)), (0,), (M, N))),
    ],
)
def test_the_products(made: Callable[[], Node], expected: tuple[object, ...]) -> None:
    assert contraction(made()) == expected


def test_the_names_of_indices_do_not_matter() -> None:
    assert build.contract([W, V], [[8, 3], [3]], [8]) is build.matmul(W, V)


@pytest.mark.parametrize(
    ("shape", "made"),
    [
        ((M,), lambda: build.matmul(W, V)),
        ((M, N), lambda: build.outer(T, V)),
        ((N, M), lambda: build.transpose(W)),
        ((N,), lambda: build.contract([A], [[0, 0]], [0])),
        ((N,), lambda: build.entry(W, 0)),
        ((dimension(2), N), lambda: build.stack([U, V])),
        ((dimension(3),), lambda: build.stack([X, Y, X])),
        ((dimension(4),), lambda: build.unit(0, 4)),
        ((M, N), lambda: exp(W)),
        ((), lambda: build.size("n")),
    ],
)
def test_shapes(shape: tuple[object, ...], made: Callable[[], Node]) -> None:
    assert made().shape == shape


def test_a_dimension_that_is_a_number_is_a_number() -> None:
    found = build.size(dimension("n") - dimension("n") + dimension(3))
    assert isinstance(found, Constant)
    assert found.value == 3


def test_zeros_and_ones_of_a_scalar_are_numbers() -> None:
    assert build.zeros(()) is build.constant(0)
    assert build.ones(()) is build.constant(1)
    assert build.is_zero(build.zeros(W.shape))
    assert not build.is_zero(build.ones(W.shape))


@pytest.mark.parametrize(
    ("code", "left", "right", "made"),
    [
        ("product-shapes", N, M, lambda: build.matmul(W, T)),
        ("product-shapes", M, N, lambda: build.inner(T, V)),
        ("product-shapes", M, N, lambda: build.contract([W], [[0, 0]], [])),
        ("different-shapes", M, N, lambda: build.add(T, V)),
        ("different-shapes", M, N, lambda: build.multiply(T, V)),
        ("sum-shapes", N, M, lambda: build.linear([(1, V), (1, T)], V.shape)),
        ("list-shapes", M, N, lambda: build.stack([T, V])),
    ],
)
def test_dimensions_that_do_not_fit(code: str, left: object, right: object, made: Callable[[], Node]) -> None:
    with pytest.raises(DimensionClash) as caught:
        made()
    assert caught.value.code == code
    assert (caught.value.left, caught.value.right) == (left, right)


@pytest.mark.parametrize(
    ("code", "made"),
    [
        ("different-shapes", lambda: build.add(W, V)),
        ("list-shapes", lambda: build.stack([X, V])),
        ("list-shapes", lambda: build.stack([])),
    ],
)
def test_ranks_that_do_not_fit(code: str, made: Callable[[], Node]) -> None:
    with pytest.raises(ShapeError) as caught:
        made()
    assert caught.value.code == code
    assert not isinstance(caught.value, DimensionClash)
