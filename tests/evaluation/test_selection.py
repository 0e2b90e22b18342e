"""Contractions with selections against the arrays of zeros and ones that they stand for, by plain loops."""

from itertools import product

import numpy as np
import pytest

from chainrule.errors import EvaluationError
from chainrule.evaluation.run import evaluate
from chainrule.evaluation.sample import sample
from chainrule.graph import build
from chainrule.graph.dimension import dimension
from chainrule.graph.node import Node, Selection

X = build.variable("x", ("n",))
A = build.variable("A", ("m", "n"))
B = build.variable("B", ("p", "q"))
VALUES = {
    X: np.array([3.0, 5.0, 7.0, 11.0]),
    A: np.arange(8.0).reshape(2, 4) + 1,
    B: np.arange(15.0).reshape(3, 5) - 4,
}


def by_loops(selection: Selection, shape: tuple[int, ...], offset: int, strides: tuple[int, ...]) -> np.ndarray:
    made = np.zeros(shape)
    for place in product(*(range(n) for n in shape[1:])):
        made[(offset + sum(s * i for s, i in zip(strides, place, strict=True)), *place)] = 1.0
    return made


WINDOWS = build.selection("n", (3, 2), 0, (1, 1))
"""(4, 3, 2): the windows of two entries of a vector of four."""


@pytest.mark.parametrize(
    ("indices", "output", "expected"),
    [
        ([(0, 1, 2), (0,)], (1, 2), "kij,k->ij"),
        ([(0, 1, 2), (0,)], (2, 1), "kij,k->ji"),
        ([(0, 1, 2), (0,)], (1,), "kij,k->i"),
        ([(0, 1, 2), (0,)], (), "kij,k->"),
        ([(0, 1, 2), (0,)], (0, 1, 2), "kij,k->kij"),
        ([(0, 1, 2), (0,)], (0,), "kij,k->k"),
        ([(0, 1, 2), (3,)], (0, 3), "kij,l->kl"),
        ([(0, 1, 2), (3,)], (0, 1), "kij,l->ki"),
        ([(0, 1, 1), (0,)], (1,), None),
    ],
)
def test_a_selection_in_a_product(indices: list[tuple[int, ...]], output: tuple[int, ...], expected: str | None) -> None:
    selection = build.selection("n", (2, 2), 0, (1, 1)) if expected is None else WINDOWS
    dense = by_loops(selection, (4, 2, 2) if expected is None else (4, 3, 2), 0, (1, 1))
    [value] = evaluate([build.contract([selection, X], indices, output)], VALUES)
    np.testing.assert_array_equal(value, np.einsum(expected or "kii,k->i", dense, VALUES[X]))


def test_selections_that_meet() -> None:
    """Of one index two selections; of a selection's index another selection."""
    rows, block = build.selection("n", (3, 2), 0, (1, 1)), build.selection("n", (2,), 1)
    windows, two = by_loops(rows, (4, 3, 2), 0, (1, 1)), by_loops(block, (4, 2), 1, (1,))
    made = build.contract([rows, block, X], [(0, 1, 2), (0, 3), (0,)], (1, 2, 3))
    np.testing.assert_array_equal(evaluate([made], VALUES)[0], np.einsum("kij,kl,k->ijl", windows, two, VALUES[X]))
    inner = build.selection(3, (2,), 1)
    made = build.contract([rows, inner, X], [(0, 1, 2), (1, 3), (0,)], (2, 3))
    first = by_loops(inner, (3, 2), 1, (1,))
    np.testing.assert_array_equal(evaluate([made], VALUES)[0], np.einsum("kij,il,k->jl", windows, first, VALUES[X]))


def test_it_has_a_value_by_itself() -> None:
    np.testing.assert_array_equal(evaluate([WINDOWS], VALUES)[0], by_loops(WINDOWS, (4, 3, 2), 0, (1, 1)))


def test_parts_and_places() -> None:
    assert build.part(X, 0, "n") is X
    assert build.placed(X, 0, "n") is X
    part, columns, placed = build.part(X, 1, 2), build.part(A, 1, 3, axis=1), build.placed(A, 1, 4)
    found = evaluate([part, columns, placed], VALUES)
    np.testing.assert_array_equal(found[0], [5.0, 7.0])
    np.testing.assert_array_equal(found[1], VALUES[A][:, 1:4])
    np.testing.assert_array_equal(found[2], np.vstack([np.zeros((1, 4)), VALUES[A], np.zeros((1, 4))]))


def test_a_large_vec_takes_no_large_array() -> None:
    """The selection would have 10^12 entries."""
    a = build.variable("a", (10**6,))
    back = build.contract([a, build.selection(10**6, (1000, 1000), 0, (1, 1000))], [(0,), (0, 1, 2)], (1, 2))
    [value] = evaluate([back], {a: np.arange(1e6)})
    assert value[3, 2] == 2003.0


@pytest.mark.parametrize(
    ("node", "code"), [(build.part(X, 3, 2), "no-such-entry"), (build.selection(10**6, (10**6,)), "too-large")]
)
def test_what_cannot_be_evaluated(node: Node, code: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        evaluate([node], VALUES)
    assert caught.value.code == code


def test_sampled_sizes_leave_room() -> None:
    """x_{4:6} needs at least six entries."""
    part = build.part(X, 3, 3)
    for seed in range(5):
        point = sample([part], seed)
        assert dimension("n").size(point.sizes) >= 6
