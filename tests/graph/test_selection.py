"""Selections as nodes: shapes, interning, resizing, pickles; and results whose dimensions are polynomials."""

import pickle

import pytest

from chainrule.algebra.key import key
from chainrule.errors import ShapeError
from chainrule.graph import build
from chainrule.graph.dimension import dimension
from chainrule.graph.node import is_block
from chainrule.graph.walk import resize
from chainrule.ops.joining import CONCATENATE, KRON, VEC, VSTACK, concatenate

M, N = dimension("m"), dimension("n")
X, Y = build.variable("x", ("m",)), build.variable("y", ("n",))
A, B = build.variable("A", ("m", "n")), build.variable("B", ("p", "q"))


def test_a_selection_is_known_by_its_fields() -> None:
    made = build.selection(M * N, ("m", "n"), 0, (1, "m"))
    assert made.shape == (M * N, M, N)
    assert made is build.selection(M * N, ("m", "n"), 0, (1, "m"))
    other = build.selection(M * N, ("m", "n"), 0, ("n", 1))
    assert made is not other
    assert key(made) != key(other)
    assert pickle.loads(pickle.dumps(made)) is made


def test_blocks_lie_side_by_side() -> None:
    assert is_block(build.selection("n", (2,), 1))
    assert not is_block(build.selection("n", (2,), 0, (2,)))
    assert not is_block(build.selection("n", (2, 2), 0, (1, 1)))


def test_as_many_strides_as_axes() -> None:
    with pytest.raises(ShapeError, match="2 axes need as many strides, not 1"):
        build.selection("n", (2, 2))


def test_sizes_are_replaced_in_offsets_and_strides_too() -> None:
    made = build.selection(M + N, ("n",), "m")
    assert resize([made], {"m": dimension(2)})[made] is build.selection(N + dimension(2), ("n",), 2)
    flat = build.selection(M * N, ("m", "n"), 0, (1, "m"))
    assert resize([flat], {"m": dimension(2)})[flat] is build.selection(dimension(2) * N, (2, "n"), 0, (1, 2))


def test_dimensions_of_results() -> None:
    assert build.apply(CONCATENATE, X, Y).shape == (M + N,)
    assert build.apply(VEC, A).shape == (M * N,)
    assert build.apply(KRON, A, B).shape == (M * dimension("p"), N * dimension("q"))
    with pytest.raises(ShapeError, match="vstack wants its argument B"):
        build.apply(VSTACK, A, B)


def test_concatenation_of_several_and_of_scalars() -> None:
    c = build.variable("c")
    assert concatenate([X, c, Y]).shape == (M + N + dimension(1),)
    assert concatenate([A, A, A]).shape == (M * dimension(3), N)
    with pytest.raises(ShapeError, match="cannot be joined"):
        concatenate([X, A])
    with pytest.raises(ShapeError, match="nothing cannot be joined"):
        concatenate([])
