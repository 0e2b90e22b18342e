r"""Formulas found in lecture notes, posts, papers, code and notebooks: cases/found.md, each with its source in the heading.

What they mean was decided by reading them, and is written as in tests/inference/test_cases.py; beside that

then STATEMENT               the text is read with this behind it, which applies the function that it defines
named NAME                   the text is an expression, and is read as what NAME is
probabilities                the quantities are compared where all inputs are between 0 and 1
note CODE                    what must be said, among other notes

Where a text is refused, the codes of the errors stand alone.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from tests.inference import test_cases
from tests.inference.networks import numbers, sizes_of, values_at
from tests.inference.test_cases import CHECKS, Case, numpy_value

KINDS = 5
WORDS = ("then", "named", "note", "probabilities")
FORMULA = re.compile(
    r"^# (?P<kind>[^\n]+)$|^## (?P<title>[^\n]+)\n\n```(?P<notation>latex|plain)\n(?P<text>.*?)\n```\n(?P<rest>[^#]*)",
    re.M | re.S,
)


@dataclass(frozen=True)
class Found:
    """A formula with its kind of source, and what its lines say beside the network."""

    kind: str
    case: Case
    notes: tuple[str, ...]
    probabilities: bool


def read_found(path: Path) -> Iterator[Found]:
    kind = ""
    for found in FORMULA.finditer(path.read_text(encoding="utf-8")):
        if found["kind"] is not None:
            kind = found["kind"]
            continue
        lines = [line for line in found["rest"].split("\n") if line]
        said = {word: [line.partition(" ")[2] for line in lines if line.split(" ")[0] == word] for word in WORDS}
        notation = "latex" if found["notation"] == "latex" else "plain"
        text = "".join(f"{name} = " for name in said["named"]) + found["text"]
        text = (" \\\\\n" if notation == "latex" else "\n").join([text, *said["then"]])
        case = Case(found["title"], notation, text, tuple(line for line in lines if line.split(" ")[0] not in WORDS))
        yield Found(kind, case, tuple(said["note"]), bool(said["probabilities"]))


FORMULAS = list(read_found(Path(__file__).parent / "cases" / "found.md"))
every_formula = pytest.mark.parametrize("found", FORMULAS, ids=lambda found: found.case.title)


def test_every_kind_of_source_has_formulas_that_are_read_and_some_that_are_refused() -> None:
    kinds = Counter(found.kind for found in FORMULAS)
    refused = Counter(found.kind for found in FORMULAS if found.case.said("! error"))
    assert len(kinds) == KINDS
    assert min(kinds.values()) >= 20
    assert all(0 < refused[kind] < kinds[kind] for kind in kinds)


def test_every_formula_says_what_is_expected_of_it() -> None:
    assert [found.case.title for found in FORMULAS if not found.case.expected] == []
    assert len({found.case.title for found in FORMULAS}) == len(FORMULAS)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@every_formula
def test_the_network(found: Found, check: Callable[[Case], None]) -> None:
    if not (found.probabilities and check is test_cases.test_quantities_have_the_values_that_numpy_computes):
        check(found.case)


@every_formula
def test_notes(found: Found) -> None:
    _, diagnostics = found.case.reading
    assert set(found.notes) <= {diagnostic.code for diagnostic in diagnostics if diagnostic.severity == "note"}


@pytest.mark.parametrize("found", [found for found in FORMULAS if found.probabilities], ids=lambda found: found.case.title)
def test_values_at_probabilities(found: Found) -> None:
    network, _ = found.case.reading
    random = np.random.default_rng(0)
    sizes = sizes_of(network)
    inputs = {name: random.uniform(0.1, 0.9, numbers(node.shape, sizes)) for name, node in network.inputs()}
    values = values_at(network, inputs)
    lines = list(found.case.lines())
    names = {line.identifier: {**inputs, **values}[name] for line, name in zip(lines, network.names, strict=True)}
    for line in lines:
        if line.expression is not None:
            np.testing.assert_allclose(names[line.identifier], numpy_value(line.expression, names), rtol=1e-10)
