r"""Formulas found in lecture notes, posts, papers, code and notebooks: cases/found.md, each with its source in the heading.

What they mean was decided by reading them, and is written as in tests/inference/test_cases.py; beside that

then STATEMENT               the text is read with this behind it, which applies the function that it defines
asks SHAPE = EXPRESSION      the text is an expression that defines nothing, and this is its value
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

from chainrule.evaluation.run import evaluate
from chainrule.graph.build import variable
from chainrule.inference.network import Network
from chainrule.source import Source
from chainrule.syntax.tree import Name
from tests.inference.networks import network_of, statements_of
from tests.inference.test_cases import CHECKS, Case, numpy_value

KINDS = 5
FORMULA = re.compile(
    r"^# (?P<kind>[^\n]+)$|^## (?P<title>[^\n]+)\n\n```(?P<notation>latex|plain)\n(?P<text>.*?)\n```\n(?P<rest>[^#]*)",
    re.M | re.S,
)


@dataclass(frozen=True)
class Found:
    """A formula with its kind of source. notes, asks: the codes and the value that its lines tell."""

    kind: str
    case: Case
    notes: tuple[str, ...]
    asks: str | None


def read_found(path: Path) -> Iterator[Found]:
    kind = ""
    for found in FORMULA.finditer(path.read_text(encoding="utf-8")):
        if found["kind"] is not None:
            kind = found["kind"]
            continue
        lines = found["rest"].split("\n")
        said = {
            word: [line.removeprefix(word) for line in lines if line.startswith(word)] for word in ("then ", "note ", "asks ")
        }
        network_lines = tuple(line for line in lines if line.strip() and not line.startswith(tuple(said)))
        notation = "latex" if found["notation"] == "latex" else "plain"
        row = " \\\\\n" if notation == "latex" else "\n"
        case = Case(found["title"], notation, row.join([found["text"], *said["then "]]), network_lines)
        yield Found(kind, case, tuple(said["note "]), next(iter(said["asks "]), None))


FORMULAS = list(read_found(Path(__file__).parent / "cases" / "found.md"))
every_formula = pytest.mark.parametrize("found", FORMULAS, ids=lambda found: found.case.title)


def test_every_kind_of_source_has_formulas_that_are_read_and_some_that_are_refused() -> None:
    kinds = Counter(found.kind for found in FORMULAS)
    refused = Counter(found.kind for found in FORMULAS if found.case.said("! error"))
    assert len(kinds) == KINDS
    assert min(kinds.values()) >= 20
    assert all(0 < refused[kind] < kinds[kind] for kind in kinds)


def test_every_formula_says_what_is_expected_of_it() -> None:
    assert [found.case.title for found in FORMULAS if not (found.case.expected or found.asks)] == []
    assert len({found.case.title for found in FORMULAS}) == len(FORMULAS)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@every_formula
def test_the_network(found: Found, check: Callable[[Case], None]) -> None:
    if found.asks is None:
        check(found.case)


@every_formula
def test_notes(found: Found) -> None:
    _, diagnostics = found.case.reading
    assert set(found.notes) <= {diagnostic.code for diagnostic in diagnostics if diagnostic.severity == "note"}


@pytest.mark.parametrize("found", [found for found in FORMULAS if found.asks], ids=lambda found: found.case.title)
def test_values_of_expressions(found: Found) -> None:
    """At three numbers; z is the only letter that such formulas have, `...` in place of what no number is known of."""
    network: Network = network_of("", found.case.notation)[0]
    (statement,) = statements_of(Source("text", found.case.text), found.case.notation)
    letter = variable(Name("z"), ())
    node = network.read(statement, {Name("z"): letter})
    shape, _, expression = (found.asks or "").partition(" = ")
    assert f"({', '.join(map(str, node.shape))})" == shape
    for number in (-1.5, 0.25, 2.0) if expression != "..." else ():
        (value,) = evaluate([node], {letter: np.asarray(number)}, {})
        np.testing.assert_allclose(value, numpy_value(expression, {"z": number}), rtol=1e-12)
