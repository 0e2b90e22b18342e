"""Dimensions are polynomials: their arithmetic against that of integers, their text, their clashes."""

import pickle
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.errors import ShapeError
from chainrule.graph.dimension import Dimension, DimensionClash, clash, dimension, shape_text

M, N, K = dimension("m"), dimension("n"), dimension("k")
ONE = dimension(1)

polynomials = st.recursive(
    st.sampled_from([M, N, K]) | st.integers(-3, 3).map(dimension),
    lambda inner: st.tuples(st.sampled_from("+-*"), inner, inner).map(lambda t: combine(*t)),
    max_leaves=6,
)


def combine(operator: str, a: Dimension, b: Dimension) -> Dimension:
    return a + b if operator == "+" else a - b if operator == "-" else a * b


@given(polynomials, polynomials, st.tuples(*[st.integers(0, 9)] * 3))
def test_the_arithmetic_is_that_of_the_sizes(a: Dimension, b: Dimension, found: tuple[int, int, int]) -> None:
    sizes = dict(zip("mnk", found, strict=True))
    assert (a + b).size(sizes) == a.size(sizes) + b.size(sizes)
    assert (a - b).size(sizes) == a.size(sizes) - b.size(sizes)
    assert (a * b).size(sizes) == a.size(sizes) * b.size(sizes)


@given(polynomials, polynomials, polynomials)
def test_equal_polynomials_are_equal_dimensions(a: Dimension, b: Dimension, c: Dimension) -> None:
    assert (a + b) * c == c * b + a * c
    assert hash((a + b) * c) == hash(c * b + a * c)
    assert (a - a).number == 0


@given(polynomials, polynomials, st.tuples(*[st.integers(0, 9)] * 3))
def test_substitution_is_evaluation_in_two_steps(a: Dimension, b: Dimension, found: tuple[int, int, int]) -> None:
    sizes = dict(zip("mnk", found, strict=True))
    assert a.substitute({"n": b}).size(sizes) == a.size({**sizes, "n": b.size(sizes)})


def test_substitution_is_simultaneous_and_leaves_the_rest() -> None:
    assert (M + N + N).substitute({"m": N, "n": M}) == N + M + M
    assert M.substitute({"n": K}) is M


def test_numbers_and_symbols() -> None:
    assert dimension(3).number == 3
    assert dimension(0).number == 0
    assert (N + ONE).number is None
    assert (M * N + M).symbols == {"m", "n"}
    assert dimension(N) is N
    with pytest.raises(KeyError, match="n"):
        (M + N).size({"m": 2})


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (N - K + ONE, "-k + n + 1"),
        (M * N, "m n"),
        (M * N + M + dimension(2), "m n + m + 2"),
        (N + N - ONE, "2 n - 1"),
        (dimension(0), "0"),
        (dimension(4), "4"),
        (dimension(0) - N, "-n"),
        (N * N, "n n"),
    ],
)
def test_the_text(found: Dimension, text: str) -> None:
    assert str(found) == text
    assert repr(found) == f"Dimension({text})"


def test_the_text_of_shapes() -> None:
    assert shape_text(()) == "scalar"
    assert shape_text((dimension(3),)) == "(3)"
    assert shape_text((M, N + ONE)) == "(m, n + 1)"


def test_a_clash_points_at_the_first_axis_that_differs() -> None:
    found = clash("code", "text", (M, N), (M, K))
    assert isinstance(found, DimensionClash)
    assert (found.left, found.right, found.code, found.message) == (N, K, "code", "text")
    other = clash("code", "text", (M,), (M, N))
    assert type(other) is ShapeError


def test_a_symbol_is_solved_for_where_the_polynomial_is_zero() -> None:
    p, k, m = dimension("p"), dimension("k"), dimension("m")
    assert (p * k - m * k).solved_for("p") == m
    assert (m * k - p * k).solved_for("p") == m
    assert (p + m - dimension(1)).solved_for("p") == dimension(1) - m
    assert (dimension(2) * p - dimension(6)).solved_for("p") == dimension(3)


def test_no_symbol_is_solved_for_where_no_polynomial_says_it() -> None:
    p, k, m = dimension("p"), dimension("k"), dimension("m")
    for zero in (p * k - m, p * p - m, dimension(2) * p - dimension(3), p * k + p - m, m - k, dimension(4)):
        assert zero.solved_for("p") is None


def test_equal_dimensions_are_one_object() -> None:
    total = M * N + ONE
    assert total is ONE + N * M
    assert total is not M * N
    assert pickle.loads(pickle.dumps(total)) is total
    assert deepcopy((total, M)) == (total, M)
