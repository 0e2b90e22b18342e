from dataclasses import replace

import pytest

from chainrule.documents.outline import MOST_STEPS, Level, answer_rows, listed, request, sections, standing, steps_shown
from chainrule.solving.answer import Answer, Formula, TaskRecord, Worked
from tests.documents.solutions import FIRST, GRADIENT, LOSS, SECOND, SLOPE, formula


def texts(answer: Answer, level: Level = "normal") -> list[list[str]]:
    return [[row.symbol.text, *(side.formula.text for side in row.sides)] for row in answer_rows(answer, level)]


def test_every_answer_is_shown_once_and_open_tasks_are_kept() -> None:
    tasks = (
        TaskRecord("a", "L", None, (0,)),
        TaskRecord("a", "K", None, ()),
        TaskRecord("b", "both", None, (1, 0)),
        TaskRecord("a", "L again", None, (0,)),
    )
    first, second, third = sections(replace(FIRST, tasks=tasks), "normal")
    assert [shown.answer for shown in first.shown] == [LOSS]
    assert first.open == (tasks[1],)
    assert [shown.answer for shown in second.shown] == [SLOPE]
    assert second.earlier == (LOSS,)
    assert (third.part, third.shown, third.earlier) == ("a", (), (LOSS,))


def test_answers_that_no_task_refers_to_are_shown_at_the_end() -> None:
    (only,) = sections(replace(FIRST, tasks=()), "normal")
    assert only.part is None
    assert [shown.answer for shown in only.shown] == [LOSS, SLOPE]


def test_a_worked_line_is_shown_once() -> None:
    error = replace(LOSS, symbol=formula("e"), worked=LOSS.worked[:1])
    (section,) = sections(replace(FIRST, tasks=(), answers=(error, LOSS)), "normal")
    assert [[row.symbol.text for row in shown.rows] for shown in section.shown] == [["e"], ["L"]]
    (section,) = sections(replace(FIRST, tasks=(), answers=(LOSS, error)), "normal")
    assert [[row.symbol.text for row in shown.rows] for shown in section.shown] == [["e", "L"], ["e"]]


def test_worked_lines_end_in_the_answer() -> None:
    assert texts(LOSS) == [["e", "t - w x", "3 - 0.5 · 2", "2"], ["L", "e²", "2²", "4"]]
    assert texts(replace(LOSS, worked=LOSS.worked[:1])) == [["e", "t - w x", "3 - 0.5 · 2", "2"], ["L", "e²", "4"]]
    assert texts(replace(LOSS, worked=())) == [["L", "e²", "4"]]


def test_sides_that_say_the_same_are_shown_once() -> None:
    line = Worked(LOSS.symbol, formula("2^2"), formula("4"), formula("4"))
    assert texts(replace(LOSS, worked=(line,))) == [["L", "2^2", "4"]]
    assert texts(replace(LOSS, worked=(replace(line, numbers=None),))) == [["L", "2^2", "4"]]
    assert texts(replace(LOSS, worked=(), formula=Formula("4", "4", "4"))) == [["L", "4"]]


def test_the_forms_of_a_derivative() -> None:
    assert texts(SLOPE) == [["∂L/∂w", "∂L/∂e · (-x)", "-2 e x", "-2 (t - w x) x", "-8"]]
    assert texts(SLOPE, "brief") == [["∂L/∂w", "-2 e x", "-8"]]
    assert SLOPE.forms is not None
    two = replace(SLOPE, forms=replace(SLOPE.forms, backprop=SLOPE.forms.closed))
    (row,) = answer_rows(two, "normal")
    assert [side.remark for side in row.sides] == ["by backpropagation, in closed form", "in intermediate variables", ""]
    (row,) = answer_rows(GRADIENT, "normal")
    assert [side.remark for side in row.sides] == ["in all three forms", ""]
    assert [side.exact for side in row.sides] == [True, False]


def test_a_unit_stands_behind_the_value() -> None:
    rows = answer_rows(replace(LOSS, kind="divergence", unit="bits"), "normal")
    assert [[side.remark for side in row.sides] for row in rows] == [["", "", ""], ["", "", "in bits"]]


@pytest.mark.parametrize("kind", ["graph", "code"])
def test_a_graph_and_code_have_no_formula(kind: str) -> None:
    assert texts(replace(LOSS, kind=kind, worked=())) == []  # pyright: ignore[reportArgumentType]


def test_long_derivations_are_cut_unless_all_is_wanted() -> None:
    steps = SLOPE.steps[:1] * (MOST_STEPS + 1)
    assert steps_shown(steps, "normal") == steps[:-1]
    assert steps_shown(steps, "all") == steps


def test_phrases() -> None:
    assert standing(FIRST) == "partial, 1 of 3 tasks open"
    assert standing(replace(FIRST, status="solved")) == "solved"
    assert standing(SECOND) == "unsolved"
    assert listed(["x"]) == "x is"
    assert listed(["x", "y", "z"]) == "x, y and z are"
    assert request(TaskRecord(None, "two\n words", None, ())) == "two words"
    assert request(FIRST.tasks[2]) == "What is the meaning of $L$ to a *goat*?"
