"""Sums and entries by an index through the whole program: printed, read back, differentiated, as code."""

import numpy as np
import pytest

import chainrule as cr


def gradient(text: str, of: str, by: str) -> cr.Derivative:
    """The derivative, whose printed forms have been read back and whose numbers have been checked."""
    found = cr.parse(text).derivative(of, wrt=by)
    assert found.check is not None
    assert found.check.max_rel_err < 1e-9
    return found


@pytest.mark.parametrize(
    ("text", "by", "expected"),
    [
        (r"L = -\log p_k, p \in \mathbb{R}^n", "p", r"-\frac{1}{p_k} e_k"),
        (r"L = (A_{*,j})^\top b, A \in \mathbb{R}^{2 \times 3}", "A", r"b e_j^\top"),
        (r"L = x_j x_k, x \in \mathbb{R}^n", "x", r"x_j e_k + x_k e_j"),
        (r"L = \frac{1}{m} \sum_{i=1}^{m} (w^\top x^{(i)} - y^{(i)})^2", "w", r"\frac{2}{m} x^\top (x w - y)"),
        (r"L = \sum_i \sum_j A_{ij} x_i x_j", "A", r"x x^\top"),
        (r"L = \sum_i w_i x_i", "x", "w"),
        (r"L = \sum_i A_{ii}", "A", "I"),
    ],
)
def test_printed_gradients(text: str, by: str, expected: str) -> None:
    assert gradient(text, "L", by).latex == expected


def test_differences_of_neighbours() -> None:
    found = gradient(r"L = \sum_{i=1}^{n-1} (x_{i+1} - x_i)^2", "L", "x")
    space: dict[str, object] = {}
    exec(found.code("numpy"), space)
    x = np.array([1.0, 4.0, 2.0])
    function = space["derivative"]
    assert callable(function)
    np.testing.assert_allclose(function(x), [-6.0, 10.0, -4.0])


def test_code_counts_from_zero() -> None:
    found = gradient(r"p = \operatorname{softmax}(z), L = -\log p_k", "L", "z")
    assert found.needs == ("z", "k")
    space: dict[str, object] = {}
    exec(found.code("numpy"), space)
    function = space["derivative"]
    assert callable(function)
    np.testing.assert_allclose(function([0.0, 0.0], 1), [0.5, -0.5])


def test_a_value_of_the_index_counts_from_one() -> None:
    net = cr.parse(r"p = \operatorname{softmax}(z), L = -\log p_k", values={"k": 2, "z": [0.0, 0.0]})
    assert net.derivative("L", wrt="z").value == [0.5, -0.5]


def test_there_is_no_derivative_by_the_index() -> None:
    found = cr.parse(r"L = x_k, x \in \mathbb{R}^n").derivative("L", wrt="k")
    with pytest.raises(cr.ChainruleError) as caught:
        _ = found.latex
    assert caught.value.code == "derivative-by-index"
