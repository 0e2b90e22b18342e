"""What the tests of solving share: sheets written in a few lines, and what was answered."""

from collections.abc import Mapping, Sequence
from types import FunctionType
from typing import Any

from chainrule.pipeline import solve_equations, solve_sheet
from chainrule.solving.answer import Answer, ProblemSolution
from chainrule.source import Source


def solve(text: str, at: Mapping[str, str] | None = None) -> ProblemSolution:
    """The one problem of a sheet."""
    [problem] = solve_sheet(Source("sheet.md", text), at).problems
    return problem


def differentiate(
    equations: str,
    wrt: str | Sequence[str],
    of: str | None = None,
    shapes: Mapping[str, tuple[str, ...]] | None = None,
    at: Mapping[str, str] | None = None,
) -> ProblemSolution:
    names = [wrt] if isinstance(wrt, str) else list(wrt)
    [problem] = solve_equations(equations, names, of, shapes or {}, at or {}).problems
    return problem


def derivative(
    equations: str,
    wrt: str,
    of: str | None = None,
    shapes: Mapping[str, tuple[str, ...]] | None = None,
    at: Mapping[str, str] | None = None,
) -> Answer:
    problem = differentiate(equations, wrt, of, shapes, at)
    assert problem.status == "solved", problem.diagnostics
    [answer] = problem.answers
    return answer


def forms(answer: Answer) -> tuple[str, str, str]:
    assert answer.forms is not None
    return answer.forms.backprop.latex, answer.forms.intermediate.latex, answer.forms.closed.latex


def errors(problem: ProblemSolution) -> list[str]:
    return [d.code for d in problem.diagnostics if d.severity == "error"]


def entry(answer: Answer) -> FunctionType:
    """The function that the code of an answer defines last."""
    assert answer.code is not None
    space: dict[str, Any] = {}
    exec(compile(answer.code.numpy, "<generated>", "exec"), space)
    return [value for value in space.values() if isinstance(value, FunctionType)][-1]
