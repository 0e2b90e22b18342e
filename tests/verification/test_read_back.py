"""Printed, read back, equal: for every operation of the table, on scalars, vectors and matrices, and its derivatives."""

import pytest

from chainrule.algebra.normal_form import normal_form
from chainrule.calculus.reverse import backpropagate
from chainrule.graph import build
from chainrule.graph.node import Variable
from chainrule.graph.operation import Operation
from chainrule.graph.signature import read_signature
from chainrule.inference.network import Network
from chainrule.inference.resolve import Reader
from chainrule.ops.table import operations, spellings
from chainrule.verification.gate import Gate


def network(*variables: Variable) -> Network:
    names = {v.symbol: v for v in variables}
    reader = Reader({name: name for name in names}, table=spellings())
    return Network(dict(names), {}, {}, frozenset(), {}, {}, (), reader)


def arguments(operation: Operation, shape: tuple[str, ...]) -> list[Variable]:
    """x, y, z ... in the shapes the signature wants, S being `shape`."""
    patterns = read_signature(operation.signature).arguments
    return [build.variable("xyzw"[i], shape if pattern is None else pattern) for i, pattern in enumerate(patterns)]


SHAPES = [(), ("n",), ("m", "n")]
OF_DISTRIBUTIONS = {"entropy", "perplexity", "renyi_entropy", "tsallis_entropy"}
"""Of a number they have no text: it is read as a distribution of two outcomes, or refused."""
APPLICATIONS = [
    pytest.param(operation, shape, id=f"{operation.name}-{len(shape)}")
    for operation in operations()
    for shape in (SHAPES if None in read_signature(operation.signature).arguments else [()])
    if shape or operation.name not in OF_DISTRIBUTIONS
]


@pytest.mark.parametrize(("operation", "shape"), APPLICATIONS)
def test_an_application_reads_back(operation: Operation, shape: tuple[str, ...]) -> None:
    given = arguments(operation, shape)
    node = normal_form(build.apply(operation, *given))
    shown = Gate(network(*given)).show(node)
    assert shown.latex
    assert shown.plain
    assert shown.unicode


DIFFERENTIABLE = [case for case in APPLICATIONS if case.values[0].partials or case.values[0].pullbacks]


@pytest.mark.parametrize(("operation", "shape"), DIFFERENTIABLE)
def test_its_gradients_read_back(operation: Operation, shape: tuple[str, ...]) -> None:
    given = arguments(operation, shape)
    node = build.apply(operation, *given)
    weight = build.variable("u", node.shape)
    gate = Gate(network(*given, weight))
    swept = backpropagate(build.inner(weight, node))
    for variable in given:
        shown = gate.show(normal_form(swept.gradient(variable)))
        assert shown.latex
