"""The command for equations: `chainrule grad`."""

from typing import TYPE_CHECKING

import click

from chainrule.cli.options import Pairs, at_option, json_option, level_option, read_shapes, read_symbols, unit_option
from chainrule.cli.outcome import UNREADABLE, show, status
from chainrule.errors import ChainruleError

if TYPE_CHECKING:
    from chainrule.documents.outline import Level
    from chainrule.solving.requests import Layout, Symmetry


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})  # -x^2 is no option
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
        show(solution, as_json, level)
    except ChainruleError as error:
        click.echo(str(error), err=True)
        context.exit(UNREADABLE)
    context.exit(status(solution))
