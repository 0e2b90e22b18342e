from dataclasses import replace

import pytest

from chainrule.documents.outline import (
    MOST_STEPS,
    Level,
    answer_rows,
    beside_formula,
    derivation,
    has_graph,
    heading,
    listed,
    remarks,
    request,
    restates,
    sections,
    standing,
    steps_shown,
)
from chainrule.solving.answer import Answer, Formula, StepText, TaskRecord, Worked
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


DIVERGENCE = replace(
    LOSS,
    kind="divergence",
    symbol=formula("D"),
    worked=(),
    unit="bits",
    conventions=("infinite, because P(b) = 1 while Q(b) = 0", "in bits (logarithm to base 2)", "numbers are shown to 6 digits"),
)


def shown_of(*answers: Answer, level: Level = "normal") -> list[Answer]:
    (section,) = sections(replace(FIRST, tasks=(), answers=answers), level)
    return [shown.answer for shown in section.shown]


def test_a_convention_is_said_once_a_problem_and_what_is_of_a_value_with_every_value() -> None:
    first, second = shown_of(DIVERGENCE, replace(DIVERGENCE, symbol=formula("E")))
    assert first.conventions == DIVERGENCE.conventions
    assert second.conventions == DIVERGENCE.conventions[:1]


def test_conventions_are_one_sentence() -> None:
    assert remarks(DIVERGENCE) == (
        "infinite, because P(b) = 1 while Q(b) = 0",
        "conventions: in bits (logarithm to base 2); numbers are shown to 6 digits",
    )
    assert remarks(replace(DIVERGENCE, conventions=("in nats",))) == ("convention: in nats",)
    assert remarks(replace(DIVERGENCE, conventions=("at x = 1", "in nats", "at y = 2"))) == (
        "at x = 1, y = 2",
        "convention: in nats",
    )
    assert remarks(LOSS) == ()


def test_answers_that_show_the_same_are_shown_once() -> None:
    again = replace(DIVERGENCE, part="c", span=None, asked="the divergence")
    tasks = (TaskRecord("a", "D", None, (0,)), TaskRecord("c", "D again", None, (1,)))
    first, second = sections(replace(FIRST, tasks=tasks, answers=(DIVERGENCE, again)), "normal")
    assert [shown.answer for shown in first.shown] == [DIVERGENCE]
    assert (second.shown, second.earlier) == ((), (DIVERGENCE,))


def test_an_identity_of_something_else_is_shown_once_and_one_of_what_is_asked_for_always() -> None:
    def identity(of: str, number: str) -> StepText:
        return StepText("identity", formula(of), formula(number), "The whole is the sum.")

    first = replace(DIVERGENCE, steps=(identity("H", "1"),))
    second = replace(DIVERGENCE, symbol=formula("E"), steps=(identity("G", "2"),))
    third = replace(DIVERGENCE, symbol=formula("F"), steps=(identity("F", "3"),))
    assert [len(answer.steps) for answer in shown_of(first, second, third)] == [1, 0, 1]
    assert [len(answer.steps) for answer in shown_of(first, second, third, level="all")] == [1, 1, 1]
    same = replace(second, steps=first.steps)
    assert [len(answer.steps) for answer in shown_of(first, same, level="all")] == [1, 0]


def test_quantities_of_distributions_alone_have_no_graph() -> None:
    said = replace(DIVERGENCE, kind="statement")
    assert has_graph(FIRST)
    assert not has_graph(SECOND)
    assert not has_graph(replace(FIRST, answers=(DIVERGENCE, said)))
    assert has_graph(replace(FIRST, answers=(DIVERGENCE, SLOPE)))
    assert has_graph(replace(FIRST, answers=(said,)))
    assert not has_graph(replace(FIRST, answers=(DIVERGENCE, LOSS)))
    assert has_graph(replace(FIRST, answers=(DIVERGENCE, replace(LOSS, kind="graph"))))


def test_a_definition_is_not_shown_twice() -> None:
    source = StepText("definition", DIVERGENCE.symbol, DIVERGENCE.formula, "The closed form (Kullback, 9.1).")
    definition = replace(source, because="This is the definition.")
    assert derivation(replace(DIVERGENCE, steps=(source, definition))) == (source,)
    assert restates(source, DIVERGENCE)
    assert not restates(replace(source, after=formula("x")), DIVERGENCE)
    assert not restates(SLOPE.steps[0], SLOPE)


def test_a_title_in_parentheses_has_none() -> None:
    assert heading(replace(FIRST, id="8.1", title="(binary symmetric channel)")) == "Problem 8.1: binary symmetric channel"
    assert heading(replace(FIRST, title="(a) and (b)")) == "Problem 1: (a) and (b)"
    assert heading(replace(FIRST, title="")) == "Problem 1"


def test_a_statement_beside_its_formula_does_not_repeat_the_values() -> None:
    assert beside_formula("A = 1 and B = 2: they differ, so it is not symmetric") == "they differ, so it is not symmetric"
    assert beside_formula("A = B holds: A = 1 and B = 1") == "A = B holds: A = 1 and B = 1"
