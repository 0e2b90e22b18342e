"""Exercise sheets of public courses and books, told in our own words: every answer against values that others compute."""

from collections import Counter
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import numpy as np
import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import Answer, Solution
from chainrule.source import Source
from tests.textbooks.by_hand import At, Measured

SHEETS = sorted(
    path for path in (Path(__file__).parent / "sheets").iterdir() if path.suffix in {".md", ".tex", ".ipynb", ".txt"}
)
every_sheet = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
Key = tuple[str, str, str]


def module_of(sheet: Path) -> ModuleType:
    return import_module(f"tests.textbooks.sheets.{sheet.stem}")


def expected(sheet: Path) -> dict[Key, Any]:
    answers = module_of(sheet).answers()
    return {
        (problem, part, symbol): value
        for problem, parts in answers.items()
        for part, symbols in parts.items()
        for symbol, value in symbols.items()
    }


def given(solution: Solution) -> dict[Key, Answer]:
    """The answers by problem, part and symbol; a drawing is looked at elsewhere."""
    answers = [(problem.id, each) for problem in solution.problems for each in problem.answers if each.kind != "graph"]
    return {(problem, each.part or "", subject(each)): each for problem, each in answers}


def subject(answer: Answer) -> str:
    return f"statement on {answer.symbol.text}" if answer.kind == "statement" else answer.symbol.text


def program_value(answer: Answer, inputs: dict[str, Any]) -> Any:
    """What the answer's program computes of the inputs, which have the names of the sheet."""
    assert answer.code is not None
    space: dict[str, Any] = {}
    exec(compile(answer.code.numpy, "<generated>", "exec"), space)
    entry = [value for value in space.values() if isinstance(value, FunctionType)][-1]
    return entry(**{name: np.asarray(inputs[symbol]) for name, symbol in answer.code.parameters.items()})


def compare(answer: Answer, value: Any) -> None:
    match value:
        case str() if answer.kind == "statement":
            assert value in answer.formula.text
            assert "does not" not in answer.formula.text
        case str():
            assert answer.formula.text == value
        case At():
            close(program_value(answer, dict(value.inputs)), value.value)
        case Measured():
            assert answer.unit == value.unit
            close(answer.value, value.value)
        case _:
            close(answer.value, value)


def close(found: Any, value: Any) -> None:
    assert np.shape(found) == np.shape(value)
    np.testing.assert_allclose(np.asarray(found, dtype=float), np.asarray(value), rtol=1e-9, atol=1e-12)


def test_there_are_sheets_of_every_kind_and_each_names_its_source() -> None:
    assert len(SHEETS) >= 20
    written = Counter(sheet.suffix for sheet in SHEETS)
    told = Counter(getattr(module_of(sheet), "KIND", "") for sheet in SHEETS)
    assert min(written[".ipynb"], written[".tex"], told["rows"], told["prose"]) >= 4
    assert all("estated from" in (top := sheet.read_text("utf-8")[:900]) or "Source:" in top for sheet in SHEETS)


@every_sheet
def test_every_answer_of_a_sheet(sheet: Path) -> None:
    solution = solve_sheet(Source(sheet.name, sheet.read_text("utf-8")))
    faults = [
        (problem.id, each.message) for problem in solution.problems for each in problem.diagnostics if each.severity == "error"
    ]
    assert not faults
    wanted, found = expected(sheet), given(solution)
    assert found.keys() == wanted.keys()
    for key, value in wanted.items():
        compare(found[key], value)
