"""Notebooks: which cells are read, and how their places are said."""

import json

import pytest

from chainrule.errors import SheetError
from chainrule.sheets import Figure, Math, Sheet, read_sheet
from chainrule.sheets.notebook import read_notebook
from chainrule.source import Source

Cell = dict[str, object]


def markdown(text: str | list[str], **more: object) -> Cell:
    return {"cell_type": "markdown", "metadata": {}, "source": text, **more}


CODE: Cell = {"cell_type": "code", "metadata": {}, "source": ["$x$ = '# Problem 9'"], "outputs": [{"text": "$y$"}]}


def source_of(*cells: Cell) -> Source:
    return Source("x.ipynb", json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))


def sheet_of(*cells: Cell) -> Sheet:
    return read_sheet(source_of(*cells))


def test_markdown_cells_are_read_in_order_and_no_others() -> None:
    sheet = sheet_of(
        markdown("# Problem 1\n$a$"), CODE, markdown(["$b$\n", "\n", "# Problem 2"]), markdown(""), markdown("$c$")
    )
    found = [(p.id, [item.span.text for item in p.items if isinstance(item, Math)]) for p in sheet.problems]
    assert found == [("1", ["a", "b"]), ("2", ["c"])]


def test_a_place_is_a_cell_and_a_line() -> None:
    sheet = sheet_of(markdown("# Problem 1\n"), CODE, markdown("Let $a = 1$.\n\nThen $b +$ and $c\n"))
    (fault,) = [each for each in sheet.problems[0].diagnostics if each.code == "unclosed-dollar"]
    assert fault.span is not None
    assert fault.span.where == "x.ipynb: cell 3, line 3, column 16"
    assert fault.span.excerpt() == "3 | Then $b +$ and $c\n  |                ^"
    # Counted through the text of all Markdown cells, an empty line between two.
    assert (fault.span.line, fault.span.column) == (5, 16)


def test_a_formula_does_not_run_into_the_next_cell() -> None:
    sheet = sheet_of(markdown("$a"), markdown("b and $c$"))
    assert [item.span.text for p in sheet.problems for item in p.items if isinstance(item, Math)] == ["a", "c"]


def test_places_go_through_macros_and_lists() -> None:
    sheet = sheet_of(markdown("\\newcommand{\\q}{x^2 +}"), markdown("\\begin{enumerate}\n\\item Find $\\q$.\n\\end{enumerate}"))
    (formula,) = [item for item in sheet.problems[0].items if isinstance(item, Math)]
    assert (formula.span.text, formula.part) == ("x^2 +", "1")
    assert formula.span.where == "x.ipynb: cell 2, line 2, column 13"


def test_attachments_are_known_by_name() -> None:
    sheet = sheet_of(markdown("![net](attachment:net.png)", attachments={"net.png": {"image/png": "iVBORw0KGgo="}}))
    assert [item.name for item in sheet.problems[0].items if isinstance(item, Figure)] == ["net.png"]


@pytest.mark.parametrize("cells", [(), (CODE,), (markdown(""),)])
def test_a_notebook_without_text_is_an_empty_sheet(cells: tuple[Cell, ...]) -> None:
    (problem,) = sheet_of(*cells).problems
    assert (problem.items, problem.line) == ((), 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"cells": [}', "broken at line 1, column 12"),
        ("", "broken at line 1, column 1"),
        ("[" * 100_000, "nested too deeply"),
        ("[]", "not an object"),
        ('{"nbformat": 3, "worksheets": []}', "no cells"),
        ('{"cells": []}', "no cells"),
        ('{"nbformat": 4, "cells": {}}', "not a list"),
        ('{"nbformat": 4, "cells": [3]}', "cell 1 is not an object"),
        ('{"nbformat": 4, "cells": [{"cell_type": "markdown", "source": [1]}]}', "cell 1 is not text"),
    ],
)
def test_what_is_no_notebook_is_refused(text: str, said: str) -> None:
    with pytest.raises(SheetError) as caught:
        read_notebook(Source("x.ipynb", text))
    assert caught.value.code == "not-a-notebook"
    assert said in caught.value.message


def test_a_very_long_number_takes_no_time() -> None:
    text = '{"nbformat": 4, "metadata": {"n": ' + "9" * 1_000_000 + '}, "cells": []}'
    assert read_notebook(Source("x.ipynb", text)).text == ""
