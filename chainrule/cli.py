"""The command: `chainrule solve`, `check`, `grad`, `info` and `selfcheck`."""

import gc
import io
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from chainrule.errors import ChainruleError, SheetError
from chainrule.source import Source

if TYPE_CHECKING:
    from chainrule.documents.outline import Level
    from chainrule.solving.answer import Solution
    from chainrule.solving.requests import Layout, Symmetry

ANSWERED, OPEN, UNREADABLE = 0, 1, 2
INTERRUPTED = 130  # what a shell reports for the signal

Pairs = dict[str, str]


def divided(text: str, separator: str = ",") -> list[str]:
    """The pieces between those commas that are in no brackets, without the space around them."""
    pieces, depth = [""], 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        if character == separator and depth <= 0:
            pieces.append("")
        else:
            pieces[-1] += character
    return [piece.strip() for piece in pieces]


def read_pairs(_context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]) -> Pairs:
    """`y=1,x=[0.5, 2]` as a mapping from symbol to text; an option that is repeated adds to it."""
    pairs: Pairs = {}
    for piece in (piece for text in texts if text for piece in divided(text)):
        symbol, value = _pair(piece)
        if symbol in pairs:
            raise click.BadParameter(f"{symbol} is given twice")
        pairs[symbol] = value
    return pairs


def read_shapes(_context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """`A=m,n`, once for each symbol; nothing after the sign is a scalar."""
    shapes: dict[str, tuple[str, ...]] = {}
    for text in texts:
        symbol, equals, dimensions = (piece.strip() for piece in text.partition("="))
        sizes = tuple(divided(dimensions)) if dimensions else ()
        if not (symbol and equals and all(sizes)):
            raise click.BadParameter(f"{text!r} is not of the form SYMBOL=SIZE,SIZE, such as A=m,n")
        if symbol in shapes:
            raise click.BadParameter(f"{symbol} is given twice")
        shapes[symbol] = sizes
    return shapes


def read_symbols(_context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]) -> list[str]:
    """`x,W`; an option that is repeated adds to it."""
    symbols = [symbol for text in texts for symbol in divided(text)]
    if not all(symbols):
        raise click.BadParameter(f"{', '.join(texts)!r} is not a list of symbols, such as x,W")
    return symbols


def read_columns(context: click.Context, parameter: click.Parameter, text: str | None) -> list[str]:
    """No, one or two columns of data."""
    columns = [] if text is None else read_symbols(context, parameter, (text,))
    if len(columns) > 2 and not context.params.get("joint"):
        raise click.BadParameter("there are columns of P and of Q, and no third")
    return columns


def read_unit_option(_context: click.Context, _parameter: click.Parameter, text: str | None) -> str | None:
    """A unit of information in one spelling."""
    if text is None:
        return None
    from chainrule.solving.information.units import read_unit

    try:
        return read_unit(text)
    except ChainruleError as error:
        raise click.BadParameter(f"{error.message}; {error.hint}") from error


def read_figures(_context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]) -> Pairs:
    """`6=network.tex`, once for each problem."""
    files: Pairs = {}
    for text in texts:
        number, equals, file = (piece.strip() for piece in text.partition("="))
        if not (number and equals and file):
            raise click.BadParameter(f"{text!r} is not of the form ID=FILE, such as 6=network.tex")
        if number in files:
            raise click.BadParameter(f"the figure of problem {number} is given twice")
        files[number] = file
    return files


def _pair(piece: str) -> tuple[str, str]:
    """Divided at the first equals sign that is in no brackets."""
    symbol, *values = divided(piece, "=")
    if not (symbol and len(values) == 1 and values[0]):
        raise click.BadParameter(f"{piece!r} is not of the form SYMBOL=VALUE, such as x=0.5")
    return symbol, values[0]


at_option = click.option(
    "--at",
    callback=read_pairs,
    multiple=True,
    metavar="SYMBOL=VALUE,...",
    help="Values, such as y=1,x=0.5; once or for each symbol.",
)
unit_option = click.option(
    "--unit",
    callback=read_unit_option,
    metavar="bits|nats|BASE",
    help="What entropies and divergences are measured in; nats unless the text says otherwise.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one line of JSON.")
level_option = click.option(
    "--level", type=click.Choice(["brief", "normal", "all"]), default="normal", show_default=True, help="How much is explained."
)


@click.group("chainrule", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="chainrule", message="%(prog)s %(version)s")
def commands() -> None:
    """Reads a network or a loss as written on paper; gives its graph, its forward pass and every derivative, checked."""


@commands.command()
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
            _show(solution, as_json, level)
        return _status(solution)

    context.exit(_worst(sheets, solve_one))


@commands.command()
@click.argument("sheets", nargs=-1, required=True, metavar="SHEET...")
@click.pass_context
def check(context: click.Context, sheets: tuple[str, ...]) -> None:
    """Say what is wrong with sheets, without solving them.

    Exit status: 0 no errors, 1 errors, 2 a sheet cannot be read.
    """

    def check_one(source: Source) -> int:
        from chainrule.documents.terminal import print_diagnostics
        from chainrule.pipeline import check_sheet

        diagnostics = check_sheet(source)
        print_diagnostics(diagnostics)
        errors = sum(each.severity == "error" for each in diagnostics)
        others = len(diagnostics) - errors
        click.echo(f"{source.name}: {_count(errors, 'error')}, {_count(others, 'other remark')}")
        return OPEN if errors else ANSWERED

    context.exit(_worst(sheets, check_one))


@commands.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})  # -x^2 is no option
@click.argument("equations")
@click.option("--wrt", required=True, multiple=True, callback=read_symbols, metavar="X[,Y]", help="What to differentiate by.")
@click.option("--of", metavar="L", help="What to differentiate; the last equation's symbol if left out.")
@click.option("--order", type=click.IntRange(1, 6), default=1, show_default=True, help="2 is the Hessian.")
@click.option("--direction", metavar="V", help="The derivative, or the Hessian, times a direction; V may be a new name.")
@click.option("--shape", "shapes", multiple=True, callback=read_shapes, metavar="A=m,n", help="A shape; once for each symbol.")
@click.option(
    "--layout",
    type=click.Choice(["gradient", "numerator", "denominator"]),
    default="gradient",
    show_default=True,
    help="How vectors and matrices print.",
)
@click.option("--fact", "facts", multiple=True, metavar="'A symmetric'", help="What holds of an input; once for each fact.")
@click.option("--symmetric", type=click.Choice(["project", "free entries"]), help="How a symmetric matrix is moved.")
@click.option("--simplex", is_flag=True, help="The variable's entries keep their sum: project the gradient.")
@unit_option
@at_option
@json_option
@level_option
@click.pass_context
def grad(
    context: click.Context,
    equations: str,
    wrt: list[str],
    of: str | None,
    order: int,
    direction: str | None,
    shapes: dict[str, tuple[str, ...]],
    layout: "Layout",
    facts: tuple[str, ...],
    symmetric: "Symmetry | None",
    simplex: bool,
    unit: str | None,
    at: Pairs,
    as_json: bool,
    level: "Level",
) -> None:
    """Differentiate EQUATIONS, separated by `;`, or one expression.

    Exit status: 0 every derivative is given, 1 some are open, 2 the equations cannot be read.
    """
    from chainrule.pipeline import solve_equations
    from chainrule.solving.requests import Manner

    try:
        manner = Manner(order, direction, layout, symmetric, simplex)
        solution = solve_equations(equations, wrt, of, shapes, at, manner, facts, unit)
        _show(solution, as_json, level)
    except ChainruleError as error:
        click.echo(str(error), err=True)
        context.exit(UNREADABLE)
    context.exit(_status(solution))


@commands.command()
@click.argument("files", nargs=-1, required=True, metavar="P.csv [Q.csv]")
@click.option("--column", metavar="NAME|NUMBER", help="The column of each file, by name or counted from 1.")
@click.option("--columns", callback=read_columns, metavar="P,Q", help="The columns of P and of Q.")
@click.option("--labels", metavar="NAME|NUMBER", help="The column that names the outcomes; columns of text if left out.")
@click.option("--joint", is_flag=True, help="The columns are those of one joint distribution.")
@click.option("--counts/--probabilities", default=None, help="What the numbers are; if left out, seen from their sum.")
@click.option("--normalize", is_flag=True, help="Divide probabilities that do not sum to 1 by their sum.")
@unit_option
@json_option
@click.pass_context
def info(
    context: click.Context,
    files: tuple[str, ...],
    column: str | None,
    columns: list[str],
    labels: str | None,
    joint: bool,
    counts: bool | None,
    normalize: bool,
    unit: str | None,
    as_json: bool,
) -> None:
    """Entropies and divergences of probabilities or counts in CSV, TSV, .npy or JSON files.

    Exit status: 0 the quantities are given, 2 a file cannot be read or is no distribution.
    """
    if len(files) > 2:
        raise click.UsageError("info takes one file or two")
    if column is not None and columns:
        raise click.UsageError("--column and --columns exclude each other")
    from chainrule.documents.data import data_json, data_lines
    from chainrule.evaluation.data.sides import measure_sides, read_sides

    try:
        sides = read_sides(files, columns if column is None else [column], labels, joint)
        measures = measure_sides(sides, unit=unit or "nats", counts=counts, normalize=normalize)
        click.echo(data_json(sides, measures) if as_json else "\n".join(data_lines(sides, measures)))
    except ChainruleError as error:
        click.echo(str(error), err=True)
        context.exit(UNREADABLE)


@commands.command()
@click.pass_context
def selfcheck(context: click.Context) -> None:
    """Hold the product to its own tables: operations, rules of simplification, textbook derivatives.

    Exit status: 0 everything holds, 1 something does not.
    """
    from chainrule.verification.selfcheck import self_check

    failed = 0
    for checked in self_check():
        found = _count(len(checked.faults), "fault")
        failed += len(checked.faults)
        click.echo(f"{checked.table + ':':12}{checked.counted}: {found}, {checked.seconds:.1f} s")
        for fault in checked.faults:
            click.echo(f"  {fault}")
    click.echo("everything holds" if not failed else f"{_count(failed, 'fault')} found")
    context.exit(OPEN if failed else ANSWERED)


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

    try:
        written = save(solution, path, level)
    except OSError as error:
        raise SheetError("unwritable-file", f"{path} cannot be written: {error.strerror or error}") from error
    click.echo(f"wrote {', '.join(map(str, written))}", err=True)


def _show(solution: "Solution", as_json: bool, level: "Level") -> None:
    if as_json:
        from chainrule.documents.json import dumps

        click.echo(dumps(solution))
    else:
        from chainrule.documents.terminal import print_solution

        print_solution(solution, level)


def _status(solution: "Solution") -> int:
    return ANSWERED if all(problem.status == "solved" for problem in solution.problems) else OPEN


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def main() -> None:
    """Runs the command. Ctrl-C ends it without a word; so does a reader that stops early, which click sees to."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal without Greek letters shows question marks.
        cast("io.TextIOWrapper", sys.stdout).reconfigure(errors="replace")
    # A short process with many small immutable objects: the collector would only look at them again and again.
    gc.set_threshold(100_000, 20, 20)
    try:
        sys.exit(commands.main(standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
