"""The command that holds the product to its own tables: `chainrule selfcheck`."""

import click

from chainrule.cli.outcome import ANSWERED, OPEN, count


@click.command()
@click.pass_context
def selfcheck(context: click.Context) -> None:
    """Hold the product to its own tables: operations, rules of simplification, textbook derivatives.

    Exit status: 0 everything holds, 1 something does not.
    """
    from chainrule.verification.selfcheck import self_check

    failed = 0
    for checked in self_check():
        found = count(len(checked.faults), "fault")
        failed += len(checked.faults)
        click.echo(f"{checked.table + ':':12}{checked.counted}: {found}, {checked.seconds:.1f} s")
        for fault in checked.faults:
            click.echo(f"  {fault}")
    click.echo("everything holds" if not failed else f"{count(failed, 'fault')} found")
    context.exit(OPEN if failed else ANSWERED)
