"""What a sheet of one problem is answered with."""

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source


def solved(text: str) -> ProblemSolution:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    return problem


def values(text: str) -> list[object]:
    """The values of all answers; the sheet must have no error."""
    problem = solved(text)
    assert not [each.message for each in problem.diagnostics if each.severity == "error"], text
    return [getattr(answer, "value", None) for answer in problem.answers]


def units(text: str) -> list[str | None]:
    return [getattr(answer, "unit", None) for answer in solved(text).answers]


def refusals(text: str) -> list[str]:
    """The codes of the errors; there must be no number beside them."""
    problem = solved(text)
    assert all(getattr(answer, "value", None) is None for answer in problem.answers), text
    return [each.code for each in problem.diagnostics if each.severity == "error"]


def notes(text: str) -> list[str]:
    return [each.message for each in solved(text).diagnostics if each.severity == "note"]
