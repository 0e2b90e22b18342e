"""What a solution shows and in which order, the same for every page that is made from it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from chainrule.documents import numbers
from chainrule.solving.answer import Answer, Check, Forms, Formula, ProblemSolution, StepText, TaskRecord
from chainrule.solving.information.said import ROUNDING_SAID, ZERO_SAID, unit_said

Level = Literal["brief", "normal", "all"]
"""brief: the answers. normal: with the three forms and the steps. all: with the rules' names and the code."""

TABULATED = ("definition", "term", "sum")
UNNAMED = Formula("", "", "")
MOST_STEPS = 24  # of an answer, unless all are wanted


@dataclass(frozen=True)
class Side:
    """One right-hand side. `remark` is a plain phrase, or empty; `stacked` the lines of a matrix, where it is one."""

    formula: Formula
    remark: str = ""
    exact: bool = True
    stacked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """symbol = side = side ...; the symbol's text may be empty."""

    symbol: Formula
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class Shown:
    """An answer and the rows that show it."""

    answer: Answer
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Section:
    """The tasks of a part: answers shown here, answers shown in an earlier part, and tasks left open."""

    part: str | None
    shown: tuple[Shown, ...]
    earlier: tuple[Answer, ...]
    open: tuple[TaskRecord, ...]


def sections(problem: ProblemSolution, level: Level) -> tuple[Section, ...]:
    """Every answer once, in the order of the tasks; one section for neighbouring tasks of the same part."""
    parts: list[tuple[str | None, list[TaskRecord]]] = []
    for task in problem.tasks:
        if not parts or parts[-1][0] != task.part:
            parts.append((task.part, []))
        parts[-1][1].append(task)
    done: set[int] = set()
    rows: set[Row | str] = set()
    found: list[Section] = []
    for part, tasks in parts:
        wanted = list(dict.fromkeys(i for task in tasks for i in task.answers))
        new = [problem.answers[i] for i in wanted if i not in done]
        earlier = tuple(problem.answers[i] for i in wanted if i in done)
        found.append(Section(part, _show(new, rows, level), earlier, tuple(task for task in tasks if not task.answers)))
        done.update(wanted)
    rest = [answer for i, answer in enumerate(problem.answers) if i not in done]
    return (*found, Section(None, _show(rest, rows, level), (), ())) if rest else tuple(found)


def _show(answers: Iterable[Answer], seen: set[Row | str], level: Level) -> tuple[Shown, ...]:
    """A worked line that several answers share is shown with the first of them; so is an identity, and what is said of all."""
    shown: list[Shown] = []
    for answer in answers:
        rows = answer_rows(answer, level)
        new = tuple(row for row in rows if row not in seen or row.symbol == answer.symbol)
        once = {ROUNDING_SAID, ZERO_SAID, *((unit_said(answer.unit),) if answer.unit else ())}
        said = tuple(each for each in answer.conventions if each not in once or each not in seen)
        steps = tuple(step for step in answer.steps if step.rule != "identity" or _identity(step) not in seen)
        shown.append(Shown(replace(answer, conventions=said, steps=steps), new))
        seen.update(rows, answer.conventions, map(_identity, answer.steps))
    return tuple(shown)


def _identity(step: StepText) -> str:
    return f"{step.before.unicode} = {step.after.unicode}"


def answer_rows(answer: Answer, level: Level) -> tuple[Row, ...]:
    """The worked lines of a value, the forms of a derivative, or the formula, each with its value; none for a graph or code."""
    if answer.kind in ("graph", "code"):
        return ()
    if answer.kind == "statement":
        return (Row(UNNAMED, (Side(answer.formula),)),)
    rows = [
        Row(line.symbol, _distinct(Side(side) for side in (line.formula, line.numbers, line.result) if side is not None))
        for line in answer.worked
    ]
    if all(row.symbol != answer.symbol for row in rows):
        rows.append(Row(answer.symbol, (*_form_sides(answer, level), *_value_sides(answer))))
    rows = [replace(row, sides=_new_sides(row)) for row in rows]
    if answer.unit is None:
        return tuple(rows)
    return tuple(_in_unit(row, answer.unit) if row.symbol == answer.symbol else row for row in rows)


def _new_sides(row: Row) -> tuple[Side, ...]:
    """Those that say more than what is asked for, as an expression does that is its own formula."""
    return tuple(side for side in row.sides if side.formula != row.symbol or side.remark) or row.sides


def _form_sides(answer: Answer, level: Level) -> tuple[Side, ...]:
    if answer.forms is None or level == "brief":
        return (Side(answer.formula),)
    return _named_forms(answer.forms)


def _named_forms(forms: Forms) -> tuple[Side, ...]:
    """Forms that are the same share a line."""
    names: dict[Formula, list[str]] = {}
    for form, name in (
        (forms.backprop, "by backpropagation"),
        (forms.intermediate, "in intermediate variables"),
        (forms.closed, "in closed form"),
    ):
        names.setdefault(form, []).append(name)
    if len(names) == 1:
        return (Side(forms.closed, "in all three forms"),)
    return tuple(Side(form, ", ".join(words)) for form, words in names.items())


def _value_sides(answer: Answer) -> tuple[Side, ...]:
    if answer.value is None:
        return ()
    value = numbers.formula(answer.value)
    if value == answer.formula:
        return ()
    return (Side(value, exact=numbers.is_exact(answer.value), stacked=numbers.stacked(answer.value)),)


def _distinct(sides: Iterable[Side]) -> tuple[Side, ...]:
    return tuple(dict.fromkeys(sides))


def _in_unit(row: Row, unit: str) -> Row:
    return Row(row.symbol, (*row.sides[:-1], replace(row.sides[-1], remark=f"in {unit}")))


def check_sentence(check: Check) -> str:
    """How the numbers were compared, and how well they agree."""
    return f"checked by {check.method}, largest relative error {check.max_rel_err:.1g}"


def request(task: TaskRecord) -> str:
    """What a task asks for, on one line, as the sheet says it."""
    return " ".join((task.asked if task.span is None else task.span.text).split())


def heading(problem: ProblemSolution) -> str:
    return f"Problem {problem.id}: {problem.title}" if problem.title else f"Problem {problem.id}"


def standing(problem: ProblemSolution) -> str:
    """In a few words, how much of the problem is solved."""
    left = sum(not task.answers for task in problem.tasks)
    if problem.status == "solved" or not left:
        return problem.status
    return f"{problem.status}, {left} of {len(problem.tasks)} tasks open"


def relation(row: Row, index: int) -> Literal["", "=", "≈"]:
    """What stands before a side; nothing does before the first one of a row without a symbol."""
    if not index and not row.symbol.latex:
        return ""
    return "=" if row.sides[index].exact else "≈"


def derivation(answer: Answer) -> tuple[StepText, ...]:
    """The steps to be listed: those that the table of an answer does not show."""
    return tuple(step for step in answer.steps if answer.table is None or step.rule not in TABULATED)


def steps_shown(steps: tuple[StepText, ...], level: Level) -> tuple[StepText, ...]:
    """All steps, or the first ones of a long derivation."""
    return steps if level == "all" else steps[:MOST_STEPS]


def listed(words: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`; with the verb: `a is`, `a and b are`."""
    *first, last = words
    return f"{', '.join(first)} and {last} are" if first else f"{last} is"
