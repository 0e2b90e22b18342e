"""What is taken where a derivative jumps: the conventions of the project, in values, derivatives and complex steps."""

import numpy as np
import pytest

from chainrule.evaluation.differences import derivative_numeric
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.ops import find_operation
from chainrule.ops.table import operations

# (operation, the arguments at the kink, the derivative by each argument)
CONVENTIONS = [
    ("relu", (0.0,), (0.0,)),
    ("leaky_relu", (0.0, 0.25), (0.25, 0.0)),
    ("elu", (0.0, 0.5), (0.5, 0.0)),
    ("abs", (0.0,), (0.0,)),
    ("sign", (0.0,), (0.0,)),
    ("maximum", (2.0, 2.0), (1.0, 0.0)),
    ("minimum", (2.0, 2.0), (1.0, 0.0)),
    ("greater", (2.0, 2.0), (0.0, 0.0)),
    ("equal", (2.0, 2.0), (0.0, 0.0)),
    ("where", (0.0, 3.0, 4.0), (0.0, 0.0, 1.0)),
    ("where", (-1.0, 3.0, 4.0), (0.0, 1.0, 0.0)),
]


@pytest.mark.parametrize(("name", "at", "expected"), CONVENTIONS)
def test_the_derivative_at_the_kink(name: str, at: tuple[float, ...], expected: tuple[float, ...]) -> None:
    record = find_operation(name)
    variables = [build.variable(a) for a in record.arguments]
    values = dict(zip(variables, at, strict=True))
    node = build.apply(record, *variables)
    for partial, variable, wanted in zip(record.partials, variables, expected, strict=True):
        assert wanted == (0.0 if partial is None else evaluate([partial(*variables)], values)[0])
        assert derivative_numeric(node, variable, values, method="complex step").value == wanted


def test_a_zero_entry_of_norm1_has_derivative_zero() -> None:
    x = build.variable("x", ("n",))
    value = derivative_numeric(build.apply(find_operation("norm1"), x), x, {x: [0.0, -3.0, 2.0]}).value
    np.testing.assert_array_equal(value, [0.0, -1.0, 1.0])


def test_the_operations_with_a_kink() -> None:
    with_kink = {record.name for record in operations() if record.kink}
    assert with_kink >= {name for name, _, _ in CONVENTIONS if name != "where"} | {"norm", "norm1"}
    assert not with_kink & {"exp", "log", "power", "sigmoid", "softplus", "silu", "gelu", "softmax", "squared_norm", "where"}
    assert find_operation("relu").at_kink == "relu'(0) = 0"
