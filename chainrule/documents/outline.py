"""What a solution shows and in which order, the same for every page that is made from it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from chainrule.documents import numbers
from chainrule.solving.answer import POINT, Answer, Check, Forms, Formula, ProblemSolution, StepText, TaskRecord
from chainrule.solving.information.shown import DEFINITION_SAID

Level = Literal["brief", "normal", "all"]
"""brief: the answers. normal: with the three forms and the steps. all: with the rules' names and the code."""

TABULATED = ("definition", "term", "sum")
UNNAMED = Formula("", "", "")
MOST_STEPS = 24  # of an answer, unless all are wanted
OF_ITS_VALUE = ("infinite", "summed", "integrated", "uses", "the claim", POINT, "for ", "the terms", "the sum or integral")
"""How what is said of one value alone begins: it is no convention, and is said with every value that it is true of."""


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
    first: dict[tuple[object, ...], int] = {}
    same = [first.setdefault(_content(answer), i) for i, answer in enumerate(problem.answers)]
    done: set[int] = set()
    rows: set[Row | str] = set()
    found: list[Section] = []
    for part, tasks in parts:
        wanted = list(dict.fromkeys(same[i] for task in tasks for i in task.answers))
        new = [problem.answers[i] for i in wanted if i not in done]
        earlier = tuple(problem.answers[i] for i in wanted if i in done)
        found.append(Section(part, _show(new, rows, level), earlier, tuple(task for task in tasks if not task.answers)))
        done.update(wanted)
    rest = [problem.answers[i] for i in dict.fromkeys(same) if i not in done]
    return (*found, Section(None, _show(rest, rows, level), (), ())) if rest else tuple(found)


def _content(answer: Answer) -> tuple[object, ...]:
    """What an answer shows: two that differ in nothing else are shown once."""
    shown = answer.kind, answer.symbol, answer.formula, answer.forms, answer.where, answer.worked, answer.table
    return (*shown, repr(answer.value), answer.unit, answer.needs, answer.conventions, answer.steps)


def _show(answers: Iterable[Answer], seen: set[Row | str], level: Level) -> tuple[Shown, ...]:
    """A worked line that several answers share is shown with the first of them; so is a convention, and, unless all is
    wanted, each kind of identity that leads from what is asked for.
    """
    shown: list[Shown] = []
    for answer in answers:
        rows = answer_rows(answer, level)
        new = tuple(row for row in rows if row not in seen or row.symbol == answer.symbol)
        said = tuple(each for each in answer.conventions if each not in seen or is_of_its_value(each))
        steps = tuple(step for step in answer.steps if _is_new(step, answer, seen, level))
        shown.append(Shown(replace(answer, conventions=said, steps=steps), new))
        seen.update(rows, answer.conventions, *(_identity(step) for step in answer.steps if step.rule == "identity"))
    return tuple(shown)


def _is_new(step: StepText, answer: Answer, seen: set[Row | str], level: Level) -> bool:
    """Whether a step is to be shown: an identity only once, and unless it is of what is asked for or all is wanted only one
    of its kind.
    """
    numbers, kind = _identity(step)
    if step.rule != "identity" or numbers in seen:
        return step.rule != "identity"
    return level == "all" or step.before == answer.symbol or kind not in seen


def _identity(step: StepText) -> tuple[str, str]:
    """With its numbers, and what it says."""
    return f"{step.before.unicode} = {step.after.unicode}", step.because


def is_of_its_value(said: str) -> bool:
    """Whether a sentence beside an answer speaks of this one value, and is no convention."""
    return said.startswith(OF_ITS_VALUE)


def remarks(answer: Answer) -> tuple[str, ...]:
    """The sentences beside an answer, without full stops: its point, each that is of its value, the conventions in one."""
    points = [said.removeprefix(POINT) for said in answer.conventions if said.startswith(POINT)]
    at = [f"{POINT}{', '.join(points)}"] if points else []
    own = (said for said in answer.conventions if is_of_its_value(said) and not said.startswith(POINT))
    conventions = [said for said in answer.conventions if not is_of_its_value(said)]
    listed = [f"convention{'s' * (len(conventions) > 1)}: {'; '.join(conventions)}"] if conventions else []
    return (*at, *own, *listed)


def beside_formula(statement: str) -> str:
    """A statement beside its formula: without the values that it begins with, which the formula has."""
    _, colon, said = statement.partition(": ")
    return said if colon and said.startswith("they ") else statement


def has_graph(problem: ProblemSolution) -> bool:
    """Whether the graph belongs to the page: of quantities of distributions only where it or a derivative is asked for."""
    kinds = {answer.kind for answer in problem.answers}
    return bool(problem.graph.nodes) and ("divergence" not in kinds or not kinds.isdisjoint(("graph", "derivative")))


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
    return " ".join((task.asked if task.span is None else task.span.written).split())


def heading(problem: ProblemSolution) -> str:
    """`Problem 3: A layer`; a title in parentheses is written without them."""
    title = problem.title
    if title[:1] == "(" and title[-1:] == ")" and title.count("(") == 1:
        title = title[1:-1]
    return f"Problem {problem.id}: {title}" if title else f"Problem {problem.id}"


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
    """The steps to be listed: those that neither the table of an answer nor its own line shows."""
    steps = (step for step in answer.steps if answer.table is None or step.rule not in TABULATED)
    return tuple(step for step in steps if step.because != DEFINITION_SAID or not restates(step, answer))


def restates(step: StepText, answer: Answer) -> bool:
    """Whether the equation of a step is the line of the answer itself, so that its sentence alone says something new."""
    return step.rule == "definition" and (step.before, step.after) == (answer.symbol, answer.formula)


def steps_shown(steps: tuple[StepText, ...], level: Level) -> tuple[StepText, ...]:
    """All steps, or the first ones of a long derivation."""
    return steps if level == "all" else steps[:MOST_STEPS]


def listed(words: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`; with the verb: `a is`, `a and b are`."""
    *first, last = words
    return f"{', '.join(first)} and {last} are" if first else f"{last} is"
