r"""Mathematics as people write it: cases/*.md, one file for each kind of writing, in the form of tests/inference/test_cases.py.

Beside the network each fixture says

tree S-EXPRESSION              every statement as it is parsed, in order
asks SHAPE = EXPRESSION        every statement that is no equation, as a task would ask for it: a value or a derivative
asks ! CODE LINE:COLUMN        ... or why there is no answer
rule: WRITTEN | READ AS | WHEN a row of the table in docs/reading.md, see tests/reading_table.py
force: HOW                     how the other reading is written

The values are NumPy over the names of the network, so that nothing of what is compared comes from chainrule itself.
"""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from chainrule.calculus.jacobian import derivative_node
from chainrule.errors import ChainruleError
from chainrule.evaluation.run import evaluate
from chainrule.graph.node import Node
from chainrule.inference.network import Network
from chainrule.solving.requests import read_derivative
from chainrule.source import Source
from chainrule.syntax.tree import Derivative, Relation, Text, Tree
from tests.inference.networks import numbers, point, sizes_of, statements_of, values_at
from tests.inference.test_cases import CHECKS, Case, numpy_value, read_cases
from tests.reading_table import PAGE, with_table
from tests.syntax.conftest import sexpr

KINDS = 16
CASES = list(read_cases(Path(__file__).parent / "cases", "[0-9]*.md"))
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)


def file_of(case: Case) -> str:
    return case.title.partition(": ")[0]


def lines_after(case: Case, word: str) -> list[str]:
    return [line.removeprefix(word) for line in case.expected if line.startswith(word)]


def statements(case: Case) -> tuple[Tree, ...]:
    return statements_of(Source("text", case.text), case.notation)


def test_every_kind_of_writing_has_cases_and_some_are_refused_or_noted() -> None:
    files = Counter(map(file_of, CASES))
    noted = Counter(file_of(case) for case in CASES if any(line.startswith(("! ", "asks ! ")) for line in case.expected))
    assert sorted(name[:2] for name in files) == [f"{number:02}" for number in range(1, KINDS + 1)]
    assert all(files[name] >= 10 and noted[name] >= 2 for name in files)
    assert len({case.title for case in CASES}) == len(CASES)
    assert len({case.text for case in CASES}) == len(CASES)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@every_case
def test_the_network(case: Case, check: Callable[[Case], None]) -> None:
    check(case)


@every_case
def test_the_tree(case: Case) -> None:
    assert [sexpr(statement) for statement in statements(case)] == lines_after(case, "tree ")


@every_case
def test_what_is_asked_for(case: Case) -> None:
    """Values and derivatives at random inputs, or the error."""
    wanted = lines_after(case, "asks ")
    asked = [tree for tree in statements(case) if not isinstance(tree, Relation | Text)] if wanted else []
    assert len(asked) == len(wanted)
    network, _ = case.reading
    for tree, line in zip(asked, wanted, strict=True):
        if line.startswith("! "):
            with pytest.raises(ChainruleError) as caught:
                asked_node(network, tree)
            assert caught.value.span is not None
            assert f"{caught.value.code} {caught.value.span.line}:{caught.value.span.column}" == line.removeprefix("! ")
        else:
            shape, expression = line.split(" = ", 1)
            check_asked(case, network, asked_node(network, tree), shape, expression)


def asked_node(network: Network, tree: Tree) -> Node:
    """What a task that shows this tree asks for."""
    if not isinstance(tree, Derivative):
        return network.read(tree)
    [request] = read_derivative(network, tree)
    return request.taken(derivative_node(request.of, request.wholes))


def check_asked(case: Case, network: Network, node: Node, shape: str, expression: str) -> None:
    sizes = sizes_of(network)
    compared = 0
    for seed in range(4):
        inputs = point(network, seed, positive=seed > 1)
        known = {**inputs, **values_at(network, inputs)}
        names = {line.identifier: known[name] for line, name in zip(case.lines(), network.names, strict=True)}
        expected = numpy_value(expression, names)
        if np.all(np.isfinite(expected)):
            (found,) = evaluate([node], {network.names[name]: value for name, value in inputs.items()}, sizes)
            assert found.shape == expected.shape == numbers(node.shape, sizes)
            np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-11)
            compared += 1
    assert compared >= 2
    assert len(re.findall(r"\w+", shape)) == len(node.shape)


def test_the_table_of_readings_is_that_of_the_cases() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_table(page), "write it anew with: make reading"
