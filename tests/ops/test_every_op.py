"""Generated from the table: each record against its definition, numeric derivatives, its code, its example and itself."""

import pickle
import warnings
from typing import Any

import numpy as np
import pytest

from chainrule.calculus.reverse import backpropagate
from chainrule.errors import DerivativeError
from chainrule.evaluation.compare import compare
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.operation import Operation
from chainrule.graph.signature import read_signature
from chainrule.ops.information.slopes import SLOPES
from chainrule.ops.table import constructions, operations, spellings
from chainrule.syntax.tree import Call, Name, Tree, children, walk
from chainrule.verification.operations import (
    applied,
    definition_faults,
    derivative_faults,
    example_faults,
    value_faults,
)
from tests.ops.every import SIZES, Case, cases, run_code

TABLE = operations()
CASES = [case for record in TABLE for case in cases(record)]
SEEDS = range(3)
WITHOUT_DERIVATIVE = {"binomial", "factorial"}


def name_of(case: Case) -> str:
    shapes = " ".join("".join(map(str, v.shape)) or "scalar" for v in case.variables)
    return f"{case.record.name} {shapes}"


every_operation = pytest.mark.parametrize("operation", TABLE, ids=lambda o: o.name)
every_case = pytest.mark.parametrize("case", CASES, ids=name_of)


@every_case
def test_the_value_has_the_shape_of_the_node_and_is_finite(case: Case) -> None:
    assert list(value_faults(case)) == []


@every_case
def test_the_value_is_that_of_the_definition(case: Case) -> None:
    """Primitives, which have none, are held to an independent library in test_primitives.py, which lists them all."""
    assert list(definition_faults(case)) == []


@every_case
@pytest.mark.parametrize("method", ["complex step", "central differences"])
def test_the_derivatives_are_those_of_the_value(case: Case, method: Any) -> None:
    assert list(derivative_faults(case, method)) == []


@every_case
def test_the_code_agrees_with_the_value(case: Case) -> None:
    node = applied(case)
    code = run_code(case.record)
    for seed in SEEDS:
        values = case.draw(seed)
        found = code(*values.values())
        [expected] = evaluate([node], values, SIZES)
        assert compare(found, expected) < 1e-14


@every_operation
def test_the_code_takes_plain_integers(operation: Operation) -> None:
    if operation.elementwise:
        variables = [build.variable(name) for name in operation.arguments]
        [expected] = evaluate([build.apply(operation, *variables)], dict.fromkeys(variables, 1.0))
        with np.errstate(divide="ignore"):
            assert compare(run_code(operation)(*[1 for _ in variables]), expected) < 1e-14


@pytest.mark.parametrize("name", sorted(WITHOUT_DERIVATIVE))
def test_what_has_no_derivative_says_so(name: str) -> None:
    [case, *_] = [case for case in CASES if case.record.name == name]
    with pytest.raises(DerivativeError, match=f"the operation {name} has no derivative"):
        backpropagate(applied(case))


@pytest.mark.parametrize("record", [*TABLE, *constructions()], ids=lambda r: r.name)
def test_the_example_holds(record: Any) -> None:
    assert list(example_faults(record)) == []


@every_operation
def test_the_record_is_complete(operation: Operation) -> None:
    signature = read_signature(operation.signature)
    count = len(operation.arguments)
    assert len(signature.arguments) == count
    rules = operation.partials if operation.elementwise else operation.pullbacks
    through_definition = operation in SLOPES.values()
    assert len(rules) == count or through_definition or operation.name in WITHOUT_DERIVATIVE
    assert not (operation.partials and operation.pullbacks)
    assert len(operation.domain) in (1, count)
    assert len(operation.defaults) <= count
    assert operation.spellings
    assert operation.source
    assert operation.reasons == () or len(operation.reasons) == count
    for sentence in (operation.because, *operation.reasons):
        assert sentence[-1] == "."
    assert (operation.kink is None) == (operation.at_kink == "")


@every_operation
def test_it_prints_all_its_arguments(operation: Operation) -> None:
    names = [Name(f"a_{k}") for k in range(len(operation.arguments))]
    tree = operation.tree(*names) if operation.tree else Call(operation.function or Name(""), tuple(names))
    assert isinstance(tree, Tree)
    printed = {part.text for part in walk(tree) if isinstance(part, Name)}
    assert printed >= {name.text for name in names}
    assert operation.function is not None
    assert list(children(tree)) or not operation.arguments


@every_operation
def test_it_pickles_as_itself(operation: Operation) -> None:
    assert pickle.loads(pickle.dumps(operation)) is operation


@every_case
def test_nothing_warns(case: Case) -> None:
    """Neither the value nor the code, called as they are."""
    record = case.record
    assert record.value is not None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        arrays = case.arrays(7)
        record.value(np, *arrays)
        run_code(record)(*arrays)


def test_the_words_are_unique_and_known() -> None:
    every = [word for record in (*TABLE, *constructions()) for word in record.spellings]
    assert len(every) == len(set(every)) == len(spellings())
