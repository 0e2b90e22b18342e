"""Words that expand to nodes: the shape their signature promises, and what they expand to."""

from fractions import Fraction

import numpy as np
import pytest

from chainrule.evaluation.run import evaluate
from chainrule.evaluation.sizes import array_shape
from chainrule.graph import build
from chainrule.graph.node import Apply
from chainrule.graph.signature import result_shape
from chainrule.ops.activation import RELU
from chainrule.ops.comparison import GREATER, MAXIMUM
from chainrule.ops.construction import Construction
from chainrule.ops.reduction import mean
from chainrule.ops.table import constructions, spellings
from tests.ops.every import SIZES, cases

X = build.variable("x")
ZERO = build.constant(0)
A = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 9.0]])


@pytest.mark.parametrize("record", constructions(), ids=lambda c: c.name)
def test_the_shape_is_what_the_signature_says(record: Construction) -> None:
    for case in cases(record):
        node = record.build(*case.variables)
        assert node.shape == result_shape(record, tuple(v.shape for v in case.variables))
        [value] = evaluate([node], case.draw(3), SIZES)
        assert value.shape == array_shape(node.shape, SIZES)


def build_word(word: str, *arguments: object) -> object:
    record = spellings()[word]
    assert isinstance(record, Construction)
    return record.build(*arguments)


def test_a_mean_divides_by_the_number_of_entries() -> None:
    known = build.variable("A", (2, 3))
    assert mean(known) is build.scale(Fraction(1, 6), build.total(known))
    symbolic = build.variable("B", ("m", "n"))
    assert evaluate([mean(symbolic)], {symbolic: A}) == [4.0]
    assert mean(X) is X


def test_max_with_zero_is_relu_in_either_order() -> None:
    assert build_word("max", ZERO, X) is build.apply(RELU, X)
    assert build_word("max", X, ZERO) is build.apply(RELU, X)
    one = build.constant(1)
    assert build_word("max", one, X) is build.apply(MAXIMUM, one, X)


def test_a_step_is_the_indicator_of_the_positive() -> None:
    made = build_word("step", X)
    assert isinstance(made, Apply)
    assert made.operation is GREATER


def test_the_mean_squared_error_of_matrices() -> None:
    a, b = build.variable("A", ("m", "n")), build.variable("B", ("m", "n"))
    made = build_word("MSE", a, b)
    [value] = evaluate([made], {a: A, b: A + 2.0})
    assert value == 4.0
