"""The command for files of numbers: `chainrule info`."""

import click

from chainrule.cli.options import json_option, read_columns, unit_option
from chainrule.cli.outcome import UNREADABLE
from chainrule.errors import ChainruleError


@click.command()
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
