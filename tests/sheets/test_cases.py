"""Each file in cases/ is a sheet, then a line `=== expected`, then what must be found in it, problem by problem.

before ITEM                  an item before the first problem
problem ID LINE TITLE        then, in reading order:
math PART KIND CONTENT       KIND is inline, display or example; runs of white space in the content are one space
figure PART NAME, fence PART LANGUAGE
fault CODE LINE:COLUMN       listed with the items, by place
task FORM PART ROLE CONTENT ;; ROLE CONTENT ;; ROLE *GROUP ;; order 2
"""

from pathlib import Path

import pytest

from chainrule.sheets import Fence, Figure, Item, Math, Problem, Prose, Task, read_sheet
from chainrule.source import Source

CASES = sorted((Path(__file__).parent / "cases").glob("*.md"))


def split_case(path: Path) -> tuple[Source, list[str]]:
    text, expected = path.read_text(encoding="utf-8").split("=== expected\n")
    return Source(path.name, text), expected.splitlines()


def show_item(item: Item) -> str:
    part = item.part or "-"
    match item:
        case Math():
            kind = "example" if item.illustration else "display" if item.display else "inline"
            return f"math {part} {kind} {' '.join(item.span.text.split())}"
        case Figure():
            return f"figure {part} {item.name}"
        case Fence():
            return f"fence {part} {item.language}".rstrip()
        case Prose():
            return f"prose {part} {item.text}"


def show_task(task: Task) -> str:
    roles = [f"{role.name} {' '.join(role.math.span.text.split())}" for role in task.roles]
    groups = [f"{group.role} *{group.name}" for group in task.groups]
    order = [f"order {task.order}"] if task.order > 1 else []
    return f"task {task.form} {task.part or '-'} {' ;; '.join(roles + groups + order)}".rstrip()


def show_problem(problem: Problem) -> list[str]:
    found = [(item.span.start, show_item(item)) for item in problem.items if not isinstance(item, Prose)]
    for diagnostic in problem.diagnostics:
        if diagnostic.code != "task-not-understood":
            assert diagnostic.span is not None
            place = f"{diagnostic.span.line}:{diagnostic.span.column}"
            found.append((diagnostic.span.start, f"fault {diagnostic.code} {place}"))
    head = f"problem {problem.id} {problem.line} {problem.title}".rstrip()
    return [head, *(line for _, line in sorted(found)), *(show_task(task) for task in problem.tasks)]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    source, expected = split_case(path)
    sheet = read_sheet(source)
    before = [f"before {show_item(item)}" for item in sheet.preamble if not isinstance(item, Prose)]
    assert before + [line for problem in sheet.problems for line in show_problem(problem)] == expected


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_spans_lie_between_their_delimiters(path: Path) -> None:
    source, _ = split_case(path)
    sheet = read_sheet(source)
    formulas = [item for problem in sheet.problems for item in problem.items if isinstance(item, Math)]
    closed = {repair.span.start for problem in sheet.problems for said in problem.diagnostics for repair in said.repairs}
    for item in formulas:
        before, after = source.text[: item.span.start].rstrip(" \n>"), source.text[item.span.end :].lstrip(" \n>")
        bare = item.span.text.startswith("\\begin{align*}")
        assert bare or before.endswith(("$", "\\(", "\\[", "{equation}", "```math")), item
        assert bare or item.span.end in closed or after.startswith(("$", "\\)", "\\]", "\\end{equation}", "```")), item
        assert item.span.text == item.span.text.strip() != ""


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_unknown_task_is_reported_where_it_stands(path: Path) -> None:
    for problem in read_sheet(split_case(path)[0]).problems:
        unknown = [task.span for task in problem.tasks if task.form == "unknown"]
        reported = [d.span for d in problem.diagnostics if d.code == "task-not-understood"]
        assert unknown == reported


def test_there_are_cases() -> None:
    assert len(CASES) >= 25
