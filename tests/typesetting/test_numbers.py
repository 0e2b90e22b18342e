"""Numeric results: significant digits, vectors and matrices, and what is no number."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.errors import EvaluationError
from chainrule.syntax.tree import Bracket, Matrix, Name, Number, Sum
from chainrule.typesetting import array, digits, latex, plain

SHOWN = [
    (0.6852975, "0.6853"),
    (-0.00849931, "-0.008499"),
    (1.0, "1"),
    (0.3, "0.3"),
    (0.1 + 0.2, "0.3"),
    (0.99996, "1"),
    (-0.0, "0"),
    (0.0, "0"),
    (12.5, "12.5"),
    (123.456, "123.5"),
    (9999.6, "10000"),
    (12345.678, "12346"),
    (100000.0, "100000"),
    (1e11, "100000000000"),
    (1234567.8, "1.235e6"),
    (1.5e300, "1.5e300"),
    (1.2e-5, "1.2e-5"),
    (0.00001234, "1.234e-5"),
    (0.0001234, "0.0001234"),
    (2e-16, "2e-16"),
    (-3, "-3"),
    (Fraction(1, 3), "0.3333"),
    (float("inf"), "inf"),
    (float("-inf"), "-inf"),
]


@pytest.mark.parametrize(("value", "text"), SHOWN)
def test_four_digits(value: float, text: str) -> None:
    assert digits(value) == text


def test_as_many_digits_as_asked_for() -> None:
    assert digits(2 / 3, places=2) == "0.67"
    assert digits(2 / 3, places=8) == "0.66666667"
    assert digits(2e-7 / 3, places=1) == "7e-8"


@given(st.floats(-1e300, 1e300))
def test_what_is_shown_is_near(value: float) -> None:
    assert float(digits(value)) == pytest.approx(value, rel=5.01e-4, abs=0)


@pytest.mark.parametrize("shown", [digits, array])
def test_not_a_number_is_never_shown(shown) -> None:
    with pytest.raises(EvaluationError) as caught:
        shown(float("nan"))
    assert caught.value.code == "not-a-number"


def test_a_scalar() -> None:
    assert array(0.68529) == Number(Fraction(6853, 10000))
    assert latex(array(0.68529)) == "0.6853"
    assert latex(array(-1.2e-5)) == r"-1.2 \cdot 10^{-5}"
    assert latex(array(float("-inf"))) == r"-\infty"
    assert array(float("inf")) == Name("\\infty")
    assert isinstance(array(float("-inf")), Sum)


def test_a_vector_is_a_column() -> None:
    assert latex(array([0.5, -1])) == r"\begin{bmatrix} 0.5 \\ -1 \end{bmatrix}"
    assert plain(array((0.5, -1))) == "[0.5; -1]"


def test_a_matrix() -> None:
    assert latex(array([[1, 2.5], [3, 4]])) == r"\begin{bmatrix} 1 & 2.5 \\ 3 & 4 \end{bmatrix}"
    assert plain(array([[1, 2.5], [3, 4]])) == "[1, 2.5; 3, 4]"


def test_arrays_of_numpy() -> None:
    assert array(np.array([[1.0, 2.0], [3.0, 4.0]])) == array([[1, 2], [3, 4]])
    assert array(np.float64(0.5)) == array(0.5)
    assert array(np.array(2.0)) == array(2.0)


def test_higher_ranks_are_lists_of_matrices() -> None:
    tree = array([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])
    assert isinstance(tree, Bracket)
    assert [type(item) for item in tree.items] == [Matrix, Matrix]
    assert plain(tree) == "[[1, 2; 3, 4], [5, 6; 7, 8]]"
    columns = array([[[1], [2]], [[3], [4]]])
    assert isinstance(columns, Bracket)
    assert plain(columns) == "[[1; 2], [3; 4]]"


def test_empty_lists() -> None:
    assert plain(array([])) == "[]"
    assert plain(array([[], []])) == "[[], []]"
