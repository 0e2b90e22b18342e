"""The table of operations held to itself: each value to its definition, each derivative to its value, each example to both."""

import ast
from collections.abc import Callable, Iterator
from functools import partial
from math import isfinite

from chainrule.errors import ChainruleError
from chainrule.evaluation.array import Array, Scalar, Values, as_array
from chainrule.evaluation.cases import SIZES, Case, weights
from chainrule.evaluation.compare import compare
from chainrule.evaluation.differences import Method, derivative_numeric
from chainrule.evaluation.run import evaluate
from chainrule.evaluation.sizes import array_shape
from chainrule.graph import build
from chainrule.graph.dimension import dimension
from chainrule.graph.node import Node, Variable
from chainrule.graph.operation import Operation, Property
from chainrule.ops.construction import Construction
from chainrule.ops.table import spellings

SEEDS = range(3)
EXACT, CLOSE, COMPLEX, NUMERIC = 1e-15, 1e-13, 1e-12, 1e-7
"""How far an example, a definition, a definition at complex arguments and central differences may be off."""

Faults = Iterator[str]


def value_faults(case: Case) -> Faults:
    """The value has the shape of the node, in double precision, and is finite."""
    node = applied(case)
    for seed in SEEDS:
        (value,) = evaluate([node], case.draw(seed), SIZES)
        if value.shape != array_shape(node.shape, SIZES):
            yield f"{case.title}: the value has the shape {value.shape}"
        if value.dtype.kind != "f" or not all(map(isfinite, value.flat)):
            yield f"{case.title}: the value is {value}"


def definition_faults(case: Case) -> Faults:
    """The value is that of the definition; at complex arguments too, where a complex step is said to be exact."""
    meaning = _meaning(case)
    if meaning is None:
        return
    node = applied(case)
    for seed in SEEDS:
        yield from _compared(f"{case.title}: the value is not that of the definition", node, meaning, case.draw(seed), CLOSE)
        if Property.ANALYTIC in _properties(case):
            yield from _compared(f"{case.title}: not at complex arguments", node, meaning, case.draw_complex(seed), COMPLEX)


def derivative_faults(case: Case, method: Method = "complex step") -> Faults:
    """By random projection: the cotangent under a random y_bar is the gradient of <y_bar, y>."""
    if isinstance(case.record, Construction) or not (case.record.partials or case.record.pullbacks):
        return
    node = applied(case)
    y_bar = build.variable("y_bar", node.shape)
    projected = build.inner(y_bar, node)
    for k, variable in enumerate(case.variables):
        rule = cotangent(case, k, y_bar)
        said = build.zeros(variable.shape) if rule is None else rule
        for seed in SEEDS if method == "complex step" else [0]:
            values = {**case.draw(seed), y_bar: weights(node.shape, seed)}
            expected = derivative_numeric(projected, variable, values, SIZES, method).value
            (found,) = evaluate([said], values, SIZES)
            if not compare(found, expected) < (CLOSE if method == "complex step" else NUMERIC):
                yield f"{case.title}: the derivative by argument {k + 1} is not that of the value"


def example_faults(record: Operation | Construction) -> Faults:
    """The example of the record holds, its word being the record's."""
    if record.example is None:
        yield f"{record.name} has no example"
        return
    text, expected = record.example
    word, arguments = parse_example(text)
    if spellings().get(word) is not record:
        yield f"{word} does not mean {record.name}"
    sizes = arguments[len(arguments) - record.sizes :] if isinstance(record, Construction) else []
    arguments = arguments[: len(arguments) - len(sizes)]
    variables = [build.variable(f"a_{k}", a.shape) for k, a in enumerate(arguments)]
    made = build.apply(record, *variables) if isinstance(record, Operation) else record.build(*variables, *_shaped(sizes))
    (value,) = evaluate([made], dict(zip(variables, arguments, strict=True)))
    if not compare(value, expected) < EXACT:
        yield f"{text} is {value}, not {expected}"


def _shaped(sizes: list[Array | Scalar]) -> list[Node]:
    """The array of zeros that says the sizes of a call."""
    return [build.zeros(tuple(dimension(int(size)) for size in sizes))] if sizes else []


def all_faults(record: Operation | Construction, cases: list[Case]) -> Faults:
    """Everything that does not hold of a record; a check that cannot be made is a fault."""
    checks: list[Callable[[], Faults]] = [partial(example_faults, record)]
    if isinstance(record, Operation):
        checks += [partial(f, case) for case in cases for f in (value_faults, definition_faults, derivative_faults)]
    for check in checks:
        try:
            yield from check()
        except (ChainruleError, AssertionError) as error:
            yield f"{record.name}: {error}"


def applied(case: Case) -> Node:
    """The record applied to the variables of the case."""
    assert isinstance(case.record, Operation)
    return build.apply(case.record, *case.variables)


def cotangent(case: Case, k: int, y_bar: Variable) -> Node | None:
    """What the record says the cotangent of argument k is; None where it is zero."""
    record = case.record
    assert isinstance(record, Operation)
    if not record.elementwise:
        pullback = record.pullbacks[k]
        return None if pullback is None else pullback(y_bar, applied(case), case.variables)
    local = record.partials[k]
    if local is None:
        return None
    product = build.multiply(y_bar, local(*case.variables))
    return product if case.variables[k].shape else build.total(product)


def parse_example(text: str) -> tuple[str, list[Array | Scalar]]:
    """The word and the arguments of an example such as "relu(-3)" or "softmax([0, 0])"."""
    word, bracket, rest = text.partition("(")
    arguments = ast.literal_eval(f"({rest[:-1]},)") if bracket else ()
    return word, [as_array(argument) for argument in arguments]


def _meaning(case: Case) -> Node | None:
    definition = case.record.definition if isinstance(case.record, Operation) else None
    return None if definition is None else build.lift(definition(*case.variables), applied(case).shape)


def _properties(case: Case) -> frozenset[Property]:
    return case.record.properties if isinstance(case.record, Operation) else frozenset()


def _compared(title: str, found: Node, expected: Node, values: Values, tolerance: float) -> Faults:
    for part in ("real", "imag"):
        left, right = (getattr(array, part) for array in evaluate([found, expected], values, SIZES))
        if not compare(left, right) < tolerance:
            yield f"{title} ({part} part)"
