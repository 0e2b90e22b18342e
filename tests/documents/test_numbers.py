import math

import pytest

from chainrule.documents.numbers import formula, is_exact, number, stacked
from chainrule.errors import EvaluationError
from chainrule.solving.answer import Formula, Value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (3.0, "3"),
        (-0.25, "-0.25"),
        (0.47502081252106, "0.475021"),
        (1234567.0, "1.23457e6"),
        (0.0001, "0.0001"),
        (2e-9, "2e-9"),
        (-1.5e300, "-1.5e300"),
        (math.inf, "∞"),
        (-math.inf, "-∞"),
    ],
)
def test_a_number_has_six_digits(value: float, text: str) -> None:
    assert number(value).text == text


@pytest.mark.parametrize(("value", "latex"), [(2e-9, "2 \\cdot 10^{-9}"), (-math.inf, "-\\infty"), (0.5, "0.5")])
def test_a_number_in_latex(value: float, latex: str) -> None:
    assert number(value).latex == latex


@pytest.mark.parametrize("value", [math.nan, [1.0, math.nan], [[math.nan]]])
def test_nan_is_never_shown(value: Value) -> None:
    with pytest.raises(EvaluationError, match="not a number"):
        formula(value)


@pytest.mark.parametrize(
    ("value", "exact"), [(0.1 + 0.2, True), (1 / 3, False), ([0.5, [2.0]], True), ([0.5, [2 / 3]], False), (math.inf, True)]
)
def test_whether_all_digits_are_shown(value: Value, exact: bool) -> None:
    assert is_exact(value) is exact


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ([1.0, -0.5], Formula("\\left[1, -0.5\\right]", "[1, -0.5]", "[1, -0.5]")),
        (
            [[1.0, 2.0], [3.0, 4.0]],
            Formula("\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}", "[[1, 2], [3, 4]]", "[[1, 2], [3, 4]]"),
        ),
        ([[1.0, 2.0]], Formula("\\begin{bmatrix} 1 & 2 \\end{bmatrix}", "[[1, 2]]", "[[1, 2]]")),
        (
            [[[1.0]], [[2.0]]],
            Formula(
                "\\left[\\left[\\left[1\\right]\\right], \\left[\\left[2\\right]\\right]\\right]",
                "[[[1]], [[2]]]",
                "[[[1]], [[2]]]",
            ),
        ),
        ([], Formula("\\left[\\right]", "[]", "[]")),
        ([[], []], Formula("\\left[\\left[\\right], \\left[\\right]\\right]", "[[], []]", "[[], []]")),
    ],
)
def test_lists_and_matrices(value: Value, shown: Formula) -> None:
    assert formula(value) == shown


def test_a_long_vector_is_shortened() -> None:
    assert formula([float(i) for i in range(10)]).text == "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]"
    assert formula([float(i) for i in range(1000)]).text == "[0, 1, 2, 3, 4, 5, 6, 7, …, 999]"


def test_a_large_matrix_is_shortened_both_ways() -> None:
    large = stacked([[float(10 * i + j) for j in range(11)] for i in range(11)])
    assert len(large) == 10
    assert large[0] == "⎡   0    1    2    3    4    5    6    7  …   10 ⎤"
    assert large[8] == "⎢   ⋮    ⋮    ⋮    ⋮    ⋮    ⋮    ⋮    ⋮  ⋮    ⋮ ⎥"
    assert large[9] == "⎣ 100  101  102  103  104  105  106  107  …  110 ⎦"


def test_the_columns_of_a_stacked_matrix_are_aligned() -> None:
    assert stacked([[0.5, -10.0], [-0.25, 1.0], [0.0, 3.0]]) == ("⎡   0.5  -10 ⎤", "⎢ -0.25    1 ⎥", "⎣     0    3 ⎦")


@pytest.mark.parametrize("value", [1.0, [1.0, 2.0], [[1.0, 2.0]], [[[1.0]], [[2.0]]], [[], []]])
def test_only_matrices_of_several_rows_are_stacked(value: Value) -> None:
    assert stacked(value) == ()
