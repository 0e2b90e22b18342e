"""How a command ends: its exit status, and solutions as text or JSON."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from chainrule.documents.outline import Level
    from chainrule.solving.answer import Solution

ANSWERED, OPEN, UNREADABLE = 0, 1, 2
INTERRUPTED = 130  # what a shell reports for the signal


def show(solution: "Solution", as_json: bool, level: "Level") -> None:
    if as_json:
        from chainrule.documents.json import dumps

        click.echo(dumps(solution))
    else:
        from chainrule.documents.terminal import print_solution

        print_solution(solution, level)


def status(solution: "Solution") -> int:
    return ANSWERED if all(problem.status == "solved" for problem in solution.problems) else OPEN


def count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
