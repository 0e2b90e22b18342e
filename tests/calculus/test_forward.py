"""Forward mode: beside JAX's own forward mode and beside the reverse sweep, on random computations and every operation."""

from typing import Any

import jax
import numpy as np
import pytest
from hypothesis import given, settings

from chainrule.calculus.forward import pushforward
from chainrule.calculus.jacobian import jacobian
from chainrule.errors import DerivativeError
from chainrule.evaluation.compare import compare
from chainrule.evaluation.differences import directional_derivative
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.node import Node, Variable
from chainrule.graph.operation import Operation
from chainrule.ops import find_operation
from chainrule.ops.table import operations
from tests.calculus.programs import VARIABLES, Program, points, programs
from tests.ops.every import SIZES, Case, cases
from tests.test_laws import close, seeds, tame

CASES = [case for record in operations() if record.name not in ("binomial", "factorial") for case in cases(record)]
x = build.variable("x", ("n",))
y = build.variable("y", ("n",))


@settings(max_examples=40)
@given(programs(10), seeds, seeds)
def test_tangents_are_those_of_jax(program: Program, seed: int, other: int) -> None:
    values, directions = points(seed), points(other)
    output, expected, arrays = jax.jvp(program.last, tuple(values.values()), tuple(directions.values()), has_aux=True)
    tame((arrays, output, expected))
    tangents = {variable: build.variable(f"direction {k}", variable.shape) for k, variable in enumerate(VARIABLES.values())}
    found = pushforward(program.nodes()[-1], tangents)
    known: dict[Node, Any] = {**values, **{tangents[v]: array for v, array in directions.items()}}
    close(evaluate([found], known, SIZES)[0], expected)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_every_operation_along_a_direction_in_every_argument(case: Case) -> None:
    """Beside the numeric derivative along that direction, and beside the Jacobian of the reverse sweep times it."""
    assert isinstance(case.record, Operation)
    node = build.apply(case.record, *case.variables)
    values = case.draw(0)
    for variable in case.variables:
        direction = build.variable("the direction", variable.shape)
        moved = np.random.default_rng(5).normal(size=np.shape(values[variable]))
        rank = len(node.shape)
        own = range(rank, rank + len(variable.shape))
        product = build.contract([jacobian(node, variable), direction], [(*range(rank), *own), own], range(rank))
        forward, back = evaluate([pushforward(node, {variable: direction}), product], {**values, direction: moved}, SIZES)
        close(forward, back)
        assert compare(forward, directional_derivative(node, variable, moved, values, SIZES).value) < 1e-6


def test_the_graph_is_cut_at_what_moves() -> None:
    inner = build.named("h", build.multiply(x, x))
    v = build.variable("v", ("n",))
    assert pushforward(build.scale(3, inner), {inner: v}) is build.scale(3, v)
    assert pushforward(inner, {y: v}) is build.zeros(inner.shape)
    assert pushforward(x, {x: v}) is v


def test_what_has_no_derivative_is_refused() -> None:
    made = Operation("nothing known", ("a",), "n -> n", "", made_by=(lambda: None, ()))
    with pytest.raises(DerivativeError) as error:
        pushforward(build.apply(made, x), {x: y})
    assert error.value.code == "no-derivative"


def test_by_a_scalar_an_array_goes_forward() -> None:
    """d tanh(s x) / ds = x (1 - tanh^2), in as many nodes as there are steps: no axis is added."""
    s = build.variable("s")
    found = jacobian(build.apply(find_operation("tanh"), build.multiply(s, x)), s)
    at: dict[Variable, Any] = {s: 0.7, x: np.array([0.5, -1.0, 2.0])}
    [value] = evaluate([found], at)
    np.testing.assert_allclose(value, at[x] * (1 - np.tanh(0.7 * at[x]) ** 2), rtol=1e-13)
