"""How much a sheet may hold: what is beyond is said, and nothing is left out in silence."""

import json

import pytest

from chainrule.errors import SheetError
from chainrule.sheets import MOST_CHARACTERS, read_sheet
from chainrule.sheets.markdown import MOST_TASKS
from chainrule.source import Source

LINE = "The network has two layers.\n"


@pytest.mark.parametrize("name", ["book.md", "book.tex", "book.txt"])
def test_a_text_that_is_too_long_is_refused_at_once(name: str) -> None:
    text = LINE * (MOST_CHARACTERS // len(LINE) + 1)
    with pytest.raises(SheetError, match=f"{len(text):,} characters") as caught:
        read_sheet(Source(name, text))
    assert caught.value.code == "sheet-too-large"
    assert caught.value.hint


def notebook(*cells: dict[str, object]) -> Source:
    return Source("book.ipynb", json.dumps({"nbformat": 4, "cells": cells}))


def test_only_the_text_of_a_notebook_counts() -> None:
    picture = {"cell_type": "code", "source": "", "outputs": ["A" * 2 * MOST_CHARACTERS]}
    words: dict[str, object] = {"cell_type": "markdown", "source": "# Problem 1\nCompute $x$."}
    assert len(read_sheet(notebook(picture, words)).problems[0].tasks) == 1
    with pytest.raises(SheetError, match="characters of text"):
        read_sheet(notebook({"cell_type": "markdown", "source": LINE * (MOST_CHARACTERS // len(LINE) + 1)}))


def test_tasks_beyond_the_most_are_an_error_at_the_first_of_them() -> None:
    lead = "Let $x = 2$.\n\n"
    lines = [f"{number}. Compute $x + {number}$.\n" for number in range(1, MOST_TASKS + 4)]
    (problem,) = read_sheet(Source("long.md", lead + "".join(lines))).problems
    assert len(problem.tasks) == MOST_TASKS
    (said,) = [each for each in problem.diagnostics if each.code == "too-many-tasks"]
    assert said.severity == "error"
    assert said.span is not None
    assert said.span.line == 3 + MOST_TASKS
    assert f"{MOST_TASKS + 3} things" in said.message


def test_as_many_tasks_as_there_may_be_are_all_read() -> None:
    lines = [f"{number}. Compute $x + {number}$.\n" for number in range(1, MOST_TASKS + 1)]
    (problem,) = read_sheet(Source("long.md", "".join(lines))).problems
    assert len(problem.tasks) == MOST_TASKS
    assert not problem.diagnostics
