"""Sizes read off arrays, by solving for one symbol at a time."""

import numpy as np
import pytest

from chainrule.errors import EvaluationError, ShapeError
from chainrule.evaluation.sizes import array_shape, read_sizes
from chainrule.graph import build
from chainrule.graph.dimension import Dimension, dimension

M, N, K = dimension("m"), dimension("n"), dimension("k")
ONE = dimension(1)


def read(*pairs: tuple[tuple[Dimension | int | str, ...], tuple[int, ...]], **sizes: int) -> dict[str, int]:
    return read_sizes({build.variable(f"x_{i}", shape): np.zeros(found) for i, (shape, found) in enumerate(pairs)}, sizes)


def test_symbols_are_read_off() -> None:
    assert read((("m", "n"), (2, 3)), ((3,), (3,))) == {"m": 2, "n": 3}
    assert read((("n",), (3,)), k=5) == {"n": 3, "k": 5}


def test_polynomials_are_solved_when_one_symbol_is_left() -> None:
    assert read(((M + N,), (7,)), ((N,), (3,))) == {"m": 4, "n": 3}
    assert read(((N - K + ONE,), (4,)), ((K,), (3,))) == {"k": 3, "n": 6}
    assert read(((M * N,), (12,)), (("m",), (3,))) == {"m": 3, "n": 4}
    assert read(((N + N,), (8,))) == {"n": 4}
    assert read(((N * N,), (9,)), (("n",), (3,))) == {"n": 3}


def test_what_cannot_be_solved_is_left_open() -> None:
    assert read(((M * N,), (12,))) == {}
    assert read(((N * N,), (9,))) == {}


@pytest.mark.parametrize(
    "pairs",
    [
        [(("n",), (3,)), (("n",), (4,))],
        [((3,), (4,))],
        [(("n", "n"), (2, 3))],
        [((N + N,), (7,)), (("n",), (3,))],
        [((M + N,), (2,)), (("n",), (2,)), (("m",), (1,))],
        [(("n",), ())],
        [((), (1,))],
    ],
)
def test_clashes(pairs: list[tuple[tuple[Dimension | int | str, ...], tuple[int, ...]]]) -> None:
    with pytest.raises(ShapeError) as caught:
        read(*pairs)
    assert caught.value.code == "value-shape"


def test_a_clash_names_the_symbol_both_shapes_and_the_sizes() -> None:
    with pytest.raises(ShapeError, match=r"the value of b is \(4\), but its shape is \(n\) with n = 3"):
        read_sizes({build.variable("a", ("n",)): np.zeros(3), build.variable("b", ("n",)): np.zeros(4)})


def test_shapes_in_numbers() -> None:
    assert array_shape((M * N, ONE), {"m": 2, "n": 3}) == (6, 1)
    with pytest.raises(EvaluationError, match="the size k is not known"):
        array_shape((K,), {})
