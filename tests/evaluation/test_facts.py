"""Facts in numbers. What symmetric, orthogonal and so on mean is from linear algebra; examples by hand."""

import numpy as np
import pytest

from chainrule.evaluation.facts import can_hold, holds, satisfying
from chainrule.evaluation.run import evaluate
from chainrule.evaluation.sample import sample
from chainrule.graph import build
from chainrule.graph.facts import Fact

SQUARE, TALL, LONG = (3, 3), (4, 2), (5,)

TRUE: list[tuple[Fact, object]] = [
    (Fact.SYMMETRIC, [[1, 2], [2, 5]]),
    (Fact.DIAGONAL, [[1, 0], [0, 5]]),
    (Fact.POSITIVE_DEFINITE, [[2, 1], [1, 2]]),
    (Fact.ORTHOGONAL, [[0.6, 0.8], [-0.8, 0.6]]),
    (Fact.ORTHONORMAL_COLUMNS, [[0.6], [0.8], [0]]),
    (Fact.ORTHONORMAL_ROWS, [[0.6, 0.8, 0]]),
    (Fact.SUM_ONE, [0.2, 0.5, 0.3]),
    (Fact.UNIT_NORM, [0.6, -0.8]),
    (Fact.POSITIVE, [0.1, 2]),
]
FALSE: list[tuple[Fact, object]] = [
    (Fact.SYMMETRIC, [[1, 2], [3, 5]]),
    (Fact.SYMMETRIC, [[1, 2, 3], [2, 1, 1]]),
    (Fact.SYMMETRIC, [1, 2]),
    (Fact.DIAGONAL, [[1, 0], [1, 5]]),
    (Fact.POSITIVE_DEFINITE, [[1, 2], [2, 1]]),
    (Fact.POSITIVE_DEFINITE, [[2, 1], [0, 2]]),
    (Fact.ORTHOGONAL, [[1, 1], [0, 1]]),
    (Fact.ORTHOGONAL, [[0.6], [0.8]]),
    (Fact.ORTHONORMAL_COLUMNS, [[0.6, 0.8]]),
    (Fact.ORTHONORMAL_ROWS, [[0.6], [0.8]]),
    (Fact.SUM_ONE, [0.333, 0.333, 0.333]),
    (Fact.UNIT_NORM, [1, 1]),
    (Fact.POSITIVE, [0.1, 0]),
]


@pytest.mark.parametrize(("fact", "value"), TRUE)
def test_what_is_so(fact: Fact, value: list[float]) -> None:
    assert holds(fact, value)


@pytest.mark.parametrize(("fact", "value"), FALSE)
def test_what_is_not_so(fact: Fact, value: list[float]) -> None:
    assert not holds(fact, value)


@pytest.mark.parametrize(
    ("facts", "shape"),
    [
        *(({fact}, SQUARE) for fact in Fact),
        ({Fact.ORTHONORMAL_COLUMNS}, TALL),
        ({Fact.ORTHONORMAL_ROWS}, TALL[::-1]),
        ({Fact.SUM_ONE}, LONG),
        ({Fact.UNIT_NORM}, LONG),
        ({Fact.POSITIVE}, ()),
        ({Fact.SUM_ONE, Fact.UNIT_NORM}, LONG),
        ({Fact.SYMMETRIC, Fact.ORTHOGONAL}, SQUARE),
        ({Fact.SYMMETRIC, Fact.UNIT_NORM}, SQUARE),
        ({Fact.POSITIVE_DEFINITE, Fact.SYMMETRIC}, SQUARE),
        ({Fact.POSITIVE_DEFINITE, Fact.ORTHOGONAL}, SQUARE),
        ({Fact.DIAGONAL, Fact.POSITIVE_DEFINITE}, SQUARE),
    ],
)
def test_values_are_found(facts: set[Fact], shape: tuple[int, ...]) -> None:
    for low, high in ((-1, 1), (0.1, 1.5), (-1.5, -0.1)):
        drawn = np.asarray(np.random.default_rng(1).uniform(low, high, shape))
        made = satisfying(facts, drawn)
        assert made.shape == shape
        assert all(holds(fact, made) for fact in facts)


def test_there_are_none_for_some_shapes_and_sets() -> None:
    assert not can_hold({Fact.ORTHONORMAL_COLUMNS}, [2, 4])
    assert not can_hold({Fact.SYMMETRIC}, [2, 4])
    assert not can_hold({Fact.SYMMETRIC}, [4])
    assert not can_hold({Fact.DIAGONAL, Fact.POSITIVE}, [None, None])
    assert can_hold({Fact.DIAGONAL, Fact.ORTHOGONAL}, [None, None])


def test_sampled_points_satisfy_the_facts_and_sizes_allow_them() -> None:
    w = build.variable("W", ("m", "n"), frozenset({Fact.ORTHONORMAL_COLUMNS}))
    t = build.variable("t", ("n",), frozenset({Fact.SUM_ONE}))
    root = build.matmul(w, t)
    for seed in range(6):
        point = sample([root], seed)
        assert holds(Fact.ORTHONORMAL_COLUMNS, point.values[w])
        assert holds(Fact.SUM_ONE, point.values[t])
        assert point.sizes["m"] > point.sizes["n"]
        (value,) = evaluate([root], point.values, point.sizes)
        assert np.isclose(np.sum(value**2), np.sum(np.square(point.values[t])))
