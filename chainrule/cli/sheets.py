"""The commands for problem sheets: `chainrule solve` and `chainrule check`."""

import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from chainrule.cli.options import Pairs, at_option, json_option, level_option, read_figures, unit_option
from chainrule.cli.outcome import ANSWERED, OPEN, UNREADABLE, count, show, status
from chainrule.errors import ChainruleError, Diagnostic, SheetError
from chainrule.source import Source

if TYPE_CHECKING:
    from chainrule.documents.outline import Level
    from chainrule.solving.answer import Solution

T = TypeVar("T")


@click.command()
@click.argument("sheets", nargs=-1, required=True, metavar="SHEET...")
@json_option
@click.option("-o", "output", type=click.Path(path_type=Path), metavar="FILE.md", help="Write Markdown and its pictures.")
@click.option(
    "--figure",
    "figures",
    multiple=True,
    callback=read_figures,
    metavar="ID=FILE",
    help="Equations in place of the picture of problem ID; once for each problem.",
)
@at_option
@unit_option
@click.option("--normalize", is_flag=True, help="Divide probabilities that do not sum to 1 by their sum.")
@level_option
@click.option("-j", "jobs", type=click.IntRange(1, 64), default=1, help="Solve so many sheets at a time; with --json.")
@click.pass_context
def solve(
    context: click.Context,
    sheets: tuple[str, ...],
    as_json: bool,
    output: Path | None,
    figures: Pairs,
    at: Pairs,
    unit: str | None,
    normalize: bool,
    level: "Level",
    jobs: int,
) -> None:
    """Solve problem sheets (`-` reads standard input).

    Exit status: 0 every task is answered, 1 some are open, 2 a sheet cannot be read.
    """
    if output is not None and len(sheets) > 1:
        raise click.UsageError("-o takes one sheet")
    if figures and len(sheets) > 1:
        raise click.UsageError("--figure takes one sheet")
    if output is not None and output.suffix != ".md":
        raise click.BadParameter("the file's name must end in .md", param_hint="-o")
    if jobs > 1 and (not as_json or output is not None or figures or "-" in sheets):
        raise click.UsageError("-j takes files and --json, without -o and --figure")
    if jobs > 1:
        context.exit(_solve_many(sheets, jobs, at, unit, normalize))

    def solve_one(source: Source) -> int:
        from chainrule.pipeline import solve_sheet
        from chainrule.sheets.files import read_source
        from chainrule.solving.information.tasks import Measure

        drawn = {number: read_source(file) for number, file in figures.items()}
        try:
            solution = solve_sheet(source, at, drawn, Measure(unit, normalize))
        except SheetError as error:
            if error.code == "unknown-problem":
                raise click.BadParameter(f"{error.message}; {error.hint}", param_hint="--figure") from error
            raise
        if output is not None:
            _save(solution, output, level)
        if as_json or output is None:
            show(solution, as_json, level)
        return status(solution)

    context.exit(_worst(sheets, solve_one))


def _solve_many(sheets: Sequence[str], jobs: int, at: Pairs, unit: str | None, normalize: bool) -> int:
    from chainrule.cli.many import solve_line, solve_lines

    solve_one = partial(solve_line, at=at, unit=unit, normalize=normalize)
    worst = ANSWERED
    hidden = not sys.stderr.isatty() or sys.stdout.isatty()  # beside the lines it would be in their way
    with click.progressbar(length=len(sheets), label="solving", file=sys.stderr, show_pos=True, hidden=hidden) as bar:
        for solved in solve_lines(sheets, jobs, solve_one):
            if solved.line:
                click.echo(solved.line)
            else:
                click.echo(solved.message, err=True)
            worst = max(worst, solved.status)
            bar.update(1)
    return worst


@click.command()
@click.argument("sheets", nargs=-1, required=True, metavar="SHEET...")
@click.option("--fix", is_flag=True, help="Write the sheet with its repairs made to the file of -o.")
@click.option("-o", "output", type=click.Path(path_type=Path), metavar="FILE", help="Where --fix writes.")
@click.pass_context
def check(context: click.Context, sheets: tuple[str, ...], fix: bool, output: Path | None) -> None:
    """Say what is wrong with sheets, without solving them.

    Exit status: 0 no errors, 1 errors, 2 a sheet cannot be read.
    """
    if fix != (output is not None):
        raise click.UsageError("--fix and -o FILE go together")
    if fix and len(sheets) > 1:
        raise click.UsageError("--fix takes one sheet")

    def check_one(source: Source) -> int:
        from chainrule.documents.terminal import print_diagnostics
        from chainrule.pipeline import check_sheet

        diagnostics = check_sheet(source)
        print_diagnostics(diagnostics)
        errors = sum(each.severity == "error" for each in diagnostics)
        others = len(diagnostics) - errors
        click.echo(f"{source.name}: {count(errors, 'error')}, {count(others, 'other remark')}")
        if output is not None:
            _fix(source, diagnostics, output)
        return OPEN if errors else ANSWERED

    context.exit(_worst(sheets, check_one))


def _fix(source: Source, diagnostics: Iterable[Diagnostic], path: Path) -> None:
    from chainrule.sheets.repairs import repair_sheet

    repaired = repair_sheet(source, diagnostics)
    _write(path, lambda: path.write_text(repaired.text, encoding="utf-8", newline=source.line_break))
    for repair in repaired.repairs:
        was = f"{repair.span.text} is now" if repair.span.text else "added"
        click.echo(f"  {repair.span.where}: {was} {repair.text}")
    click.echo(f"wrote {path} with {count(len(repaired.repairs), 'repair')}")


def _worst(sheets: Iterable[str], act: Callable[[Source], int]) -> int:
    """Acts on every sheet; a sheet that cannot be read is said on standard error, and the others are still done."""
    from chainrule.sheets.files import read_source

    worst = ANSWERED
    for sheet in sheets:
        try:
            status = act(read_source(sheet))
        except ChainruleError as error:
            click.echo(str(error), err=True)
            status = UNREADABLE
        worst = max(worst, status)
    return worst


def _save(solution: "Solution", path: Path, level: "Level") -> None:
    from chainrule.documents.markdown import save

    written = _write(path, lambda: save(solution, path, level))
    click.echo(f"wrote {', '.join(map(str, written))}", err=True)


def _write(path: Path, write: Callable[[], T]) -> T:
    """What writing a file gives. Raises SheetError where it cannot be written."""
    try:
        return write()
    except OSError as error:
        raise SheetError("unwritable-file", f"{path} cannot be written: {error.strerror or error}") from error
