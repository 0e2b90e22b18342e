"""Every formula of the fixtures: read, printed in three ways, read again as the same tree."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from chainrule.inference.vocabulary import vocabulary
from chainrule.source import Source
from chainrule.syntax.parser import parse_expression, parse_statements
from chainrule.syntax.tokens import Notation
from chainrule.syntax.tree import Text, Tree, walk
from tests.inference.test_cases import read_cases
from tests.syntax import test_latex, test_plain

from .reading import PRINTERS, canonical

TESTS = Path(__file__).parent.parent


def formulas() -> Iterator[tuple[str, str, Notation]]:
    """Where from, the text, its notation."""
    rows: list[tuple[Notation, str]] = [
        *(("latex", table) for table in test_latex.TABLES), ("plain", test_plain.PLAIN), ("plain", test_plain.UNICODE),
    ]  # fmt: skip
    for notation, table in rows:
        for row in table.strip().splitlines():
            text = re.split(r"\s{2,}", row)[0]
            yield f"{notation}: {text}", text, notation
    for case in (*read_cases(TESTS / "cases", "[0-9]*.md"), *read_cases(TESTS / "inference" / "cases")):
        yield case.title, case.text, case.notation


def statements() -> list[tuple[str, Tree]]:
    found: list[tuple[str, Tree]] = []
    for title, text, notation in formulas():
        reading = parse_statements(Source("text", text).span(), vocabulary(), notation)
        found += [(title, tree) for tree in reading.statements if not any(isinstance(part, Text) for part in walk(tree))]
    return found


@pytest.mark.parametrize("target", PRINTERS)
def test_every_formula_is_read_back(target: str) -> None:
    printer, notation = PRINTERS[target]
    problems: list[str] = []
    trees = statements()
    for title, tree in trees:
        try:
            text = printer(tree)
            again = parse_expression(Source("printed", text).span(), vocabulary(), notation)
            if again != tree and canonical(again, notation) != canonical(tree, notation):
                problems.append(f"{title}\n  {text}\n  was  {tree}\n  read {again}")
        except Exception as problem:
            problems.append(f"{title}\n  {tree}\n  {type(problem).__name__}: {problem}")
    assert not problems, f"{len(problems)} of {len(trees)}\n" + "\n".join(problems)
