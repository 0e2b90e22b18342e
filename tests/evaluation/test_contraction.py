"""Contractions against the sum over all assignments of all indices, written out."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.errors import EvaluationError
from chainrule.evaluation.contraction import contract


def by_definition(arrays: list[Any], indices: list[tuple[int, ...]], output: tuple[int, ...], sizes: list[int]) -> Any:
    result = np.zeros([sizes[i] for i in output])
    for assignment in product(*map(range, sizes)):
        term = 1.0
        for array, own in zip(arrays, indices, strict=True):
            term *= array[tuple(assignment[i] for i in own)]
        result[tuple(assignment[i] for i in output)] += term
    return result


@st.composite
def contractions(draw: st.DrawFn) -> tuple[list[tuple[int, ...]], tuple[int, ...], list[int]]:
    """Index lists of any kind: repeated, shared, in the output alone, in no list."""
    sizes = draw(st.lists(st.integers(1, 3), max_size=5))
    own = st.lists(st.sampled_from(range(len(sizes))), max_size=3).map(tuple) if sizes else st.just(())
    return draw(st.lists(own, max_size=4)), draw(own), sizes


@given(contractions(), st.integers(0, 2**32 - 1))
def test_any_contraction(case: tuple[list[tuple[int, ...]], tuple[int, ...], list[int]], seed: int) -> None:
    indices, output, sizes = case
    random = np.random.default_rng(seed)
    arrays = [random.normal(size=[sizes[i] for i in own])[()] for own in indices]
    found = contract(arrays, indices, output, sizes)
    np.testing.assert_allclose(found, by_definition(arrays, indices, output, sizes), rtol=1e-12, atol=1e-13)
    assert np.shape(found) == tuple(sizes[i] for i in output)


A = np.array([[1.0, 2.0], [3.0, 4.0]])
V = np.array([5.0, 6.0])

FACTS = [
    ("matrix product", [A, A], [(0, 1), (1, 2)], (0, 2), [2, 2, 2], A @ A),
    ("transpose", [A], [(0, 1)], (1, 0), [2, 2], A.T),
    ("trace", [A], [(0, 0)], (), [2], 5.0),
    ("diagonal of a matrix", [A], [(0, 0)], (0,), [2], [1.0, 4.0]),
    ("diagonal matrix of a vector", [V], [(0,)], (0, 0), [2], [[5.0, 0.0], [0.0, 6.0]]),
    ("inner product", [V, V], [(0,), (0,)], (), [2], 61.0),
    ("outer product", [V, V], [(0,), (1,)], (0, 1), [2, 2], np.outer(V, V)),
    ("Hadamard product", [A, A], [(0, 1), (0, 1)], (0, 1), [2, 2], A * A),
    ("broadcast", [V], [(1,)], (0, 1), [3, 2], [[5.0, 6.0]] * 3),
    ("identity", [], [], (0, 0), [2], np.eye(2)),
    ("ones", [], [], (0,), [3], [1.0, 1.0, 1.0]),
    ("a factor of its size", [np.float64(2.0)], [()], (), [7], 14.0),
    ("sum of all", [A], [(0, 1)], (), [2, 2], 10.0),
    ("one factor twice in one index", [V, A], [(0,), (0, 1)], (1, 0), [2, 2], [[5.0, 18.0], [10.0, 24.0]]),
    ("nothing at all", [], [], (), [], 1.0),
]


@pytest.mark.parametrize(
    ("arrays", "indices", "output", "sizes", "expected"), [f[1:] for f in FACTS], ids=[f[0] for f in FACTS]
)
def test_the_products_of_linear_algebra(arrays: Any, indices: Any, output: Any, sizes: Any, expected: Any) -> None:
    np.testing.assert_array_equal(contract(arrays, indices, output, sizes), expected)


def test_a_product_of_more_matrices_than_there_are_letters() -> None:
    """300 rotations by a degree: more indices than einsum has names for; the result is the rotation by 300 degrees."""
    angle = np.deg2rad(1.0)
    rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    found = contract([rotation] * 300, [(i, i + 1) for i in range(300)], (0, 300), [2] * 301)
    np.testing.assert_allclose(found, [[0.5, np.sqrt(0.75)], [-np.sqrt(0.75), 0.5]], atol=1e-12)


def test_a_long_product_with_a_vector_never_makes_a_matrix() -> None:
    """x^T A_1 ... A_k y at a size at which one outer product of all would not fit in memory."""
    matrices = [np.eye(400)] * 6
    x = np.ones(400)
    found = contract([x, *matrices, x], [(0,), *((i, i + 1) for i in range(6)), (6,)], (), [400] * 7)
    assert found == 400.0


def test_too_many_indices_in_one_product() -> None:
    arrays = [np.ones((1,) * 30), np.ones((1,) * 30)]
    indices = [(0, 0, *range(1, 29)), (0, 0, *range(29, 57))]
    with pytest.raises(EvaluationError) as caught:
        contract(arrays, indices, (), [1] * 57)
    assert caught.value.code == "too-many-indices"


def test_complex_factors() -> None:
    np.testing.assert_array_equal(contract([A, V * 1j], [(0, 1), (1,)], (0,), [2, 2]), A @ V * 1j)
    np.testing.assert_array_equal(contract([V * 1j], [(0,)], (0, 0), [2]), np.diag(V) * 1j)
