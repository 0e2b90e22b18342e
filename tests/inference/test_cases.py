"""Each `## title` in cases/*.md is a text in a fence, and below it the network that it must be:

NAME SHAPE                     an input; IDENT: NAME SHAPE where the name is no identifier
NAME SHAPE given VALUE         an input with that value
NAME SHAPE = EXPRESSION        a quantity: NumPy over the identifiers, vectors being one-dimensional;
                               `...` where a function that nobody defined is applied
operation NAME OPERATION       the quantity is that operation of the table
invented NAME COTANGENT, ...   the names that nobody wrote
! SEVERITY CODE LINE:COLUMN    every error and warning; notes only where one is listed, or where there is a rule
broken NAME, ...

The names stand in the order that the network must have. Letters in shapes stand for sizes that stay open.
Lines that begin with one of OTHERS are for those who read the cases for more than the network.
"""

import re
from ast import literal_eval
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from chainrule.errors import Diagnostic
from chainrule.evaluation.array import Array
from chainrule.graph.node import Apply, Named
from chainrule.inference.literals import to_floats
from chainrule.inference.network import Network
from chainrule.syntax.tokens import Notation
from chainrule.syntax.tree import Tree
from tests.inference.networks import network_of, point, sizes_of, spelled, values_at

OTHERS = ("tree ", "asks ", "rule: ", "force: ")

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "sigmoid": lambda a: 1 / (1 + np.exp(-a)),
    "relu": lambda a: np.where(a > 0, a, 0.0),
}


@dataclass(frozen=True)
class Line:
    """A name that the network must have."""

    identifier: str
    spelling: str
    shape: str
    expression: str | None
    value: str | None


@dataclass(frozen=True)
class Case:
    title: str
    notation: Notation
    text: str
    expected: tuple[str, ...]

    def lines(self) -> Iterator[Line]:
        for line in self.expected:
            if line.startswith(("! ", "broken ", "operation ", "invented ", *OTHERS)):
                continue
            found = re.fullmatch(r"(?:(\w+): )?(\S.*?) (\((?:[\w, ]*)\))(?: = (.*)| given (.*))?", line)
            assert found is not None, line
            identifier, spelling, shape, expression, value = found.groups()
            yield Line(identifier or spelling, spelling, shape, expression, value)

    @cached_property
    def reading(self) -> tuple[Network, tuple[Diagnostic, ...]]:
        """The network of the text, and everything that is said of it."""
        return network_of(self.text, self.notation)

    def said(self, word: str) -> list[str]:
        """What the line with that first word lists."""
        return [item for line in self.expected if line.startswith(word) for item in line.removeprefix(word).strip().split(", ")]


def read_cases(folder: Path, files: str = "*.md") -> Iterator[Case]:
    """The cases of a folder, file by file."""
    for path in sorted(folder.glob(files)):
        for block in path.read_text(encoding="utf-8").split("\n## ")[1:]:
            title, _, rest = block.partition("\n")
            fenced = re.fullmatch(r"```(latex|plain)\n(.*?)\n```\n(.*)", rest, re.DOTALL)
            assert fenced is not None, title
            notation: Notation = "latex" if fenced[1] == "latex" else "plain"
            expected = tuple(line for line in fenced[3].splitlines() if line.strip())
            yield Case(f"{path.stem}: {title}", notation, fenced[2], expected)


CASES = list(read_cases(Path(__file__).parent / "cases"))
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)


def test_there_are_cases() -> None:
    assert len(CASES) >= 120
    assert len({case.title for case in CASES}) == len(CASES)


@every_case
def test_names_and_their_order(case: Case) -> None:
    network, _ = case.reading
    found = [(spelled(network, name), isinstance(node, Named)) for name, node in network.names.items()]
    assert found == [(line.spelling, line.expression is not None) for line in case.lines()]


@every_case
def test_shapes(case: Case) -> None:
    """Numbers as they are; letters stand for the same open sizes in the same places."""
    network, _ = case.reading
    letters: dict[str, str] = {}
    for line, node in zip(case.lines(), network.names.values(), strict=True):
        expected = [part for part in line.shape.strip("()").split(", ") if part]
        assert len(node.shape) == len(expected), line
        for wanted, dimension in zip(expected, node.shape, strict=True):
            found = str(dimension)
            if wanted.isdigit():
                assert int(wanted) == dimension.size(sizes_of(network))
                assert dimension.symbols <= network.sizes.keys(), line
            else:
                assert found not in network.sizes
                assert letters.setdefault(wanted, found) == found, line
    assert len(set(letters.values())) == len(letters)


@every_case
def test_quantities_have_the_values_that_numpy_computes(case: Case) -> None:
    network, _ = case.reading
    lines = list(case.lines())
    names = dict(zip([line.identifier for line in lines], network.names, strict=True))
    wanted = [line for line in lines if line.expression not in (None, "...")]
    compared = {line.identifier: 0 for line in wanted}
    for seed in range(4):
        inputs = point(network, seed, positive=seed > 1)
        found = values_at(network, inputs)
        for line in wanted:
            expected = number(line, names, inputs, found)
            if np.all(np.isfinite(expected)):
                compared[line.identifier] += 1
                assert found[names[line.identifier]].shape == expected.shape
                np.testing.assert_allclose(found[names[line.identifier]], expected, rtol=1e-10, atol=1e-12)
    assert all(times >= 2 for times in compared.values())


def number(line: Line, names: dict[str, Tree], inputs: dict[Tree, Array], found: dict[Tree, Array]) -> Array:
    """The expression of a line over inputs and the quantities it names."""
    return numpy_value(line.expression or "", {identifier: inputs.get(n, found.get(n)) for identifier, n in names.items()})


def numpy_value(expression: str, known: Mapping[str, object]) -> Array:
    """A NumPy expression over identifiers."""
    with np.errstate(all="ignore"):
        return np.asarray(eval(expression, {"np": np, **FUNCTIONS, **known}), dtype=float)


@every_case
def test_given_values(case: Case) -> None:
    network, _ = case.reading
    found = {spelled(network, name): to_floats(value) for name, value in network.values.items()}
    assert found == {line.spelling: literal_eval(line.value) for line in case.lines() if line.value is not None}


@every_case
def test_diagnostics(case: Case) -> None:
    network, diagnostics = case.reading
    expected = case.said("! ")
    found: list[str] = []
    for diagnostic in diagnostics:
        assert diagnostic.span is not None, diagnostic
        place = f"{diagnostic.span.line}:{diagnostic.span.column}"
        found.append(f"{diagnostic.severity} {diagnostic.code} {place}")
    notes = any(line.startswith("note") for line in expected) or any(line.startswith("rule: ") for line in case.expected)
    assert sorted(line for line in found if notes or not line.startswith("note")) == sorted(expected)
    assert sorted(latex_of(network)) == sorted(case.said("broken "))


def latex_of(network: Network) -> Iterator[str]:
    return (name.span.text if name.span is not None else spelled(network, name) for name in network.broken)


@every_case
def test_operations_and_invented_names(case: Case) -> None:
    network, _ = case.reading
    by_spelling = {spelled(network, name): node for name, node in network.names.items()}
    for said in case.said("operation "):
        name, operation = said.split()
        node = by_spelling[name]
        assert isinstance(node, Named)
        assert isinstance(node.body, Apply)
        assert node.body.operation.name == operation
    invented = [f"{spelled(network, name)} {spelled(network, cotangent)}" for name, cotangent in network.invented.items()]
    if case.said("invented "):
        assert invented == case.said("invented ")


CHECKS = (
    test_names_and_their_order,
    test_shapes,
    test_quantities_have_the_values_that_numpy_computes,
    test_given_values,
    test_diagnostics,
    test_operations_and_invented_names,
)
"""What holds of every case of this form, wherever it is written."""
