"""Unit vectors at an index that has no number: its value is counted from 1, in code from 0; there is no derivative by it."""

import pickle

import numpy as np
import pytest

from chainrule.algebra.matrix_form import matrix_form
from chainrule.algebra.normal_form import normal_form
from chainrule.calculus.jacobian import gradient
from chainrule.codegen.numpy import numpy_program
from chainrule.errors import DerivativeError, EvaluationError, ShapeError
from chainrule.evaluation.run import evaluate
from chainrule.evaluation.sample import sample
from chainrule.graph import build
from chainrule.graph.dimension import dimension
from chainrule.graph.node import Unit, operands, postorder
from chainrule.graph.walk import index_variables, resize, substitute
from chainrule.ops.arithmetic import log
from chainrule.typesetting import latex

X = build.variable("x", ["n"])
A = build.variable("A", ["m", "n"])
J, K = build.variable("j"), build.variable("k")
VALUES = {X: np.array([1.0, 2.0, 4.0, 8.0]), K: np.array(3.0), J: np.array(1.0)}


def test_the_index_is_an_operand() -> None:
    unit = build.unit(K, "n")
    assert operands(unit) == (K,)
    assert build.unit(K, "n") is unit
    assert pickle.loads(pickle.dumps(unit)) is unit
    assert index_variables(postorder(build.entry(X, K))) == {K: [dimension("n")]}


def test_a_constant_in_its_place_is_a_position() -> None:
    entry = build.entry(X, K)
    assert substitute(entry, {K: build.constant(2)}) is build.entry(X, 1)
    assert substitute(entry, {K: J}) is build.entry(X, J)


@pytest.mark.parametrize("wrong", [build.constant(0), build.add(K, J), X])
def test_nothing_else_picks_an_entry(wrong: object) -> None:
    with pytest.raises(ShapeError) as caught:
        build.unit(wrong, "n")  # pyright: ignore[reportArgumentType]
    assert caught.value.code == "no-such-entry"


def test_sizes_are_put_in_around_it() -> None:
    unit = build.unit(K, "n")
    assert resize([unit], {"n": dimension(4)})[unit] is build.unit(K, 4)


def test_it_is_counted_from_one() -> None:
    (found,) = evaluate([build.entry(X, K)], VALUES)
    assert found == 4.0


@pytest.mark.parametrize("value", [0.0, 5.0, 1.5])
def test_there_is_no_such_entry(value: float) -> None:
    with pytest.raises(EvaluationError) as caught:
        evaluate([build.entry(X, K)], {**VALUES, K: np.array(value)})
    assert caught.value.code == "no-such-entry"


def test_a_sample_is_a_whole_number_in_range() -> None:
    seen: set[float] = set()
    for seed in range(30):
        point = sample([build.entry(build.entry(A, J), K)], seed)
        rows, columns = point.sizes["m"], point.sizes["n"]
        assert point.values[J] in range(1, rows + 1)
        assert point.values[K] in range(1, columns + 1)
        seen.add(float(point.values[K]))
    assert len(seen) > 1


def test_sampled_sizes_have_the_entries_that_numbers_pick() -> None:
    point = sample([build.add(build.entry(X, K), build.entry(X, 6))])
    assert point.sizes["n"] >= 7


def test_print() -> None:
    assert latex(matrix_form(build.entry(X, K))) == "x_k"
    assert latex(matrix_form(build.entry(A, J, 1))) == "A_{*, j}"
    assert latex(matrix_form(normal_form(gradient(log(build.entry(X, K)), X)))) == "\\frac{1}{x_k} e_k"


def test_two_indices_may_be_equal_or_not() -> None:
    """The product of e_j and e_k is zero only where their numbers differ."""
    product = normal_form(build.inner(build.unit(K, 4), build.unit(J, 4)))
    for k, j in ((1.0, 1.0), (2.0, 3.0)):
        (found,) = evaluate([product], {K: np.array(k), J: np.array(j)})
        assert found == (k == j)
    assert normal_form(build.inner(build.unit(1, 4), build.unit(2, 4))) is build.constant(0)


def test_the_gradient_is_at_the_entry() -> None:
    (found,) = evaluate([gradient(log(build.entry(X, K)), X)], VALUES)
    np.testing.assert_allclose(found, [0, 0, 0.25, 0])


def test_there_is_no_derivative_by_an_index() -> None:
    with pytest.raises(DerivativeError) as caught:
        gradient(build.multiply(K, build.entry(X, K)), K)
    assert caught.value.code == "derivative-by-index"


def test_in_code_it_is_counted_from_zero_and_as_a_number_from_one() -> None:
    program = numpy_program("f", build.multiply(K, build.entry(X, K)), [X, K], {})
    space: dict[str, object] = {}
    exec(program.source, space)
    f = space["f"]
    assert callable(f)
    assert f([1.0, 2.0, 4.0, 8.0], 2) == 3 * 4.0
    assert list(program.parameters) == ["x", "k"]


def test_a_given_index_is_a_default_counted_from_zero() -> None:
    program = numpy_program("f", build.entry(X, K), [X], {K: 3})
    space: dict[str, object] = {}
    exec(program.source, space)
    f = space["f"]
    assert callable(f)
    assert f([1.0, 2.0, 4.0, 8.0]) == 4.0


def test_a_unit_vector_alone_in_code() -> None:
    program = numpy_program("f", build.unit(K, 3), [K], {})
    space: dict[str, object] = {}
    exec(program.source, space)
    f = space["f"]
    assert callable(f)
    assert list(f(1)) == [0.0, 1.0, 0.0]


def test_only_indices_are_units_of_variables() -> None:
    found = [node for node in postorder(build.entry(A, J)) if isinstance(node, Unit)]
    assert [unit.position for unit in found] == [J]
