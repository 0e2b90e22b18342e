"""A term mapped over indices gives, at every value of them, what the term gives there."""

from itertools import product

import numpy as np
import pytest

from chainrule.errors import ShapeError
from chainrule.evaluation.array import Array
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.mapped import Mapped, map_over
from chainrule.graph.node import Node, Variable
from chainrule.graph.operation import Operation
from chainrule.ops.arithmetic import divide, exp, log, power
from chainrule.ops.inverse import determinant
from chainrule.ops.normalisation import log_softmax, logsumexp, softmax
from chainrule.ops.reduction import norm
from chainrule.ops.table import operations

A = build.variable("A", [2, 3])
X = build.variable("X", ["n", 3])
Y = build.variable("Y", ["m", 3])
U = build.variable("u", ["n"])
W = build.variable("w", [3])

x = build.variable("x element", [3])
y = build.variable("y element", [3])
u = build.variable("u element")
ELEMENTS = {x: Mapped(X, ("i",)), y: Mapped(Y, ("j",)), u: Mapped(U, ("i",))}
SIZES = {"i": 4, "j": 5}

TERMS = {
    "an element": x,
    "a product of linear algebra": build.matmul(A, x),
    "an inner product": build.inner(W, x),
    "a sum with an element of the other index": build.add(x, y, W),
    "a scalar beside a vector": build.multiply(u, W),
    "an operation beside a number": divide(exp(u), build.constant(2)),
    "an operation with a scalar element and a vector": power(exp(W), u),
    "an operation of two elements": power(exp(x), y),
    "a list": build.stack([u, build.constant(2), build.inner(x, y)]),
    "a list of vectors": build.stack([x, y]),
    "through a definition": softmax(build.matmul(A, x)),
    "through definitions in definitions": log_softmax(build.subtract(x, y)),
    "to a scalar": logsumexp(x),
    "a norm": norm(build.subtract(x, y)),
    "what does not depend on the indices": log(build.inner(W, W)),
    "a broadcast": build.add(build.lift(u, W.shape), W),
    "an outer product": build.outer(x, y),
}


def inputs() -> dict[Node, Array]:
    random = np.random.default_rng(0)
    shapes = {A: (2, 3), X: (4, 3), Y: (5, 3), U: (4,), W: (3,)}
    return {node: random.uniform(0.2, 1.5, shape) for node, shape in shapes.items()}


@pytest.mark.parametrize("term", TERMS.values(), ids=TERMS.keys())
def test_every_element_is_the_term_at_it(term: Node) -> None:
    values = inputs()
    mapped = map_over(term, ELEMENTS)
    (whole,) = evaluate([mapped.node], values)
    assert mapped.element == term.shape
    assert whole.shape[: len(mapped.indices)] == tuple(SIZES[str(index)] for index in mapped.indices)
    for at in product(*(range(SIZES[str(index)]) for index in mapped.indices)):
        place = dict(zip(map(str, mapped.indices), at, strict=True))
        own = {**values, x: values[X][place.get("i", 0)], y: values[Y][place.get("j", 0)], u: values[U][place.get("i", 0)]}
        (expected,) = evaluate([term], own)
        np.testing.assert_allclose(whole[at], expected, rtol=1e-13)


def test_what_has_no_index_stays_the_same_node() -> None:
    term = log(build.inner(W, W))
    assert map_over(term, ELEMENTS) == Mapped(term)


def test_an_index_is_not_captured_by_the_indices_of_a_product() -> None:
    """Twice under one index, and summed over an axis of the same length."""
    term = build.multiply(build.inner(x, x), build.inner(x, W))
    values = inputs()
    (found,) = evaluate([map_over(term, ELEMENTS).node], values)
    np.testing.assert_allclose(found, np.sum(values[X] ** 2, axis=1) * (values[X] @ values[W]), rtol=1e-13)


def vector_operations() -> list[Operation]:
    """Those of one vector to a scalar or a vector."""
    return [o for o in operations() if o.signature in ("n -> n", "n -> .", "n -> ", "S -> .") and not o.elementwise]


@pytest.mark.parametrize("operation", vector_operations(), ids=lambda operation: operation.name)
def test_every_operation_of_a_vector(operation: Operation) -> None:
    """Row by row, or a refusal that says which operation it is."""
    element = build.variable("element", [3])
    rows = build.variable("rows", [2, 3])
    low, high = operation.domain[0]
    values = np.random.default_rng(1).uniform(low, high, (2, 3))
    mapped = map_over(build.apply(operation, element), {element: Mapped(rows, ("i",))})
    (found,) = evaluate([mapped.node], {rows: values})
    for row, result in zip(values, found, strict=True):
        (expected,) = evaluate([build.apply(operation, element)], {element: row})
        np.testing.assert_allclose(result, expected, rtol=1e-12, atol=1e-12)


def matrices(length: int | str) -> tuple[Variable, dict[Node, Mapped]]:
    element = build.variable("matrix", [2, 2])
    return element, {element: Mapped(build.variable("matrices", [length, 2, 2]), ("i",))}


def test_an_operation_without_a_definition_goes_element_by_element() -> None:
    element, elements = matrices(3)
    mapped = map_over(determinant(element), elements)
    values = np.random.default_rng(2).normal(size=(3, 2, 2))
    (found,) = evaluate([mapped.node], {elements[element].node: values})
    np.testing.assert_allclose(found, np.linalg.det(values), rtol=1e-12)


def test_it_is_refused_for_an_unknown_number_of_elements() -> None:
    element, elements = matrices("n")
    with pytest.raises(ShapeError, match="det cannot be computed for a whole axis") as caught:
        map_over(determinant(element), elements)
    assert caught.value.code == "no-mapping"
