"""Random points: inside domains, away from kinks, all sizes different, the same for the same seed."""

import numpy as np
import pytest

from chainrule.errors import EvaluationError
from chainrule.evaluation.run import evaluate
from chainrule.evaluation.sample import sample, sample_sizes
from chainrule.graph import build
from chainrule.graph.dimension import dimension
from chainrule.ops.activation import maximum, relu
from chainrule.ops.arithmetic import log
from chainrule.ops.comparison import absolute
from chainrule.ops.exponential import sqrt
from chainrule.ops.inverse import determinant, inverse
from chainrule.ops.reduction import norm

X, Y = build.variable("x"), build.variable("y")
V = build.variable("v", ("n",))
W = build.variable("W", ("m", "n"))


def test_sizes_are_all_different_and_values_fit_them() -> None:
    point = sample([build.matmul(W, V), build.variable("u", ("k",))], seed=4)
    assert len(set(point.sizes.values())) == 3
    assert min(point.sizes.values()) >= 2
    assert point.values[W].shape == (point.sizes["m"], point.sizes["n"])
    assert point.values[V].shape == (point.sizes["n"],)


def test_a_number_among_the_shapes_is_no_symbols_size() -> None:
    for seed in range(20):
        assert sample([build.variable("A", ("n", 3))], seed).sizes["n"] != 3


def test_dimensions_stay_positive() -> None:
    n, k = dimension("n"), dimension("k")
    for seed in range(20):
        sizes = sample_sizes([build.variable("c", (n - k - dimension(1),))], seed, {})
        assert sizes["n"] - sizes["k"] - 1 >= 1
    with pytest.raises(EvaluationError) as caught:
        sample_sizes([build.variable("c", (dimension(1) - n,))], 0, {})
    assert caught.value.code == "no-sample-sizes"


def test_the_sizes_of_terms_are_drawn_too() -> None:
    assert sample([build.multiply(X, build.size("k"))]).sizes.keys() == {"k"}
    assert sample([build.contract([X], [()], [], {0: dimension("k")})]).sizes.keys() == {"k"}


@pytest.mark.parametrize(
    "node",
    [
        log(V),
        sqrt(build.subtract(build.constant(1), V)),
        log(build.scale(-1, X)),
        build.multiply(log(X), log(build.scale(-1, Y))),
        log(build.subtract(X, build.constant(1))),
        build.multiply(log(V), log(build.subtract(build.constant(1), V))),
    ],
)
def test_domains_are_met(node: object) -> None:
    for seed in range(5):
        point = sample([node], seed)
        assert np.all(np.isfinite(evaluate([node], point.values, point.sizes)[0]))


def test_kinks_are_avoided() -> None:
    """Of 200 entries in (-1, 1) one is within 1e-3 of zero one time in six."""
    wide = build.variable("u", (200,))
    for seed in range(10):
        assert np.min(np.abs(sample([relu(wide)], seed).values[wide])) >= 1e-3


def test_a_norm_that_is_always_zero_has_no_point() -> None:
    """relu(x) + relu(-x) - |x| = 0."""
    zero = build.add(relu(X), relu(build.scale(-1, X)), build.scale(-1, absolute(X)))
    with pytest.raises(EvaluationError) as caught:
        sample([norm(build.multiply(V, zero))])
    assert caught.value.code == "no-sample-point"


def test_a_point_where_everything_is_a_kink_does_not_exist() -> None:
    with pytest.raises(EvaluationError) as caught:
        sample([maximum(X, build.multiply(X, build.constant(1)))])
    assert caught.value.code == "no-sample-point"


def test_given_values_stay_and_cut() -> None:
    q = build.named("q", log(X))
    point = sample([build.multiply(q, V)], values={q: -2.0, V: [1.0, 2.0]})
    assert X not in point.values
    assert point.values[q] == -2.0
    assert point.sizes == {"n": 2}


def test_the_seed_decides() -> None:
    assert sample([X], 1).values[X] == sample([X], 1).values[X]
    assert sample([X], 1).values[X] != sample([X], 2).values[X]


def test_without_variables_there_is_one_point() -> None:
    assert sample([build.constant(3)]).values == {}


@pytest.mark.parametrize("seed", range(6))
def test_a_matrix_that_is_inverted_is_regular(seed: int) -> None:
    """X^T X is singular wherever X has more columns than rows, so other sizes are drawn there."""
    point = sample([inverse(build.matmul(build.transpose(W), W))], seed)
    value = np.asarray(point.values[W])
    assert point.sizes["m"] > point.sizes["n"]
    assert np.linalg.cond(value.T @ value) < 1e7


def test_a_matrix_that_is_always_singular_has_no_point() -> None:
    vector = build.variable("x", (3,))
    with pytest.raises(EvaluationError) as caught:
        sample([determinant(build.outer(vector, vector))])
    assert caught.value.code == "no-sample-point"
