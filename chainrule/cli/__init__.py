"""The command: `chainrule solve`, `check`, `grad`, `info` and `selfcheck`."""

import gc
import io
import sys
from typing import cast

import click

from chainrule.cli.data import info
from chainrule.cli.equations import grad
from chainrule.cli.outcome import INTERRUPTED
from chainrule.cli.selfcheck import selfcheck
from chainrule.cli.sheets import check, solve


@click.group("chainrule", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="chainrule", message="%(prog)s %(version)s")
def commands() -> None:
    """Reads a network or a loss as written on paper; gives its graph, its forward pass and every derivative, checked."""


for command in (solve, check, grad, info, selfcheck):
    commands.add_command(command)


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
