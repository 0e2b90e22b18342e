"""The whole program: a document -> problems -> formulas -> network -> derivatives and values, verified -> a solution."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from chainrule.errors import Diagnostic, SheetError
from chainrule.inference.statements import Given
from chainrule.sheets import Fence, Grid, Item, Math, Problem, Sheet, read_sheet
from chainrule.sheets.events import find_events
from chainrule.sheets.facts import find_facts
from chainrule.sheets.notation import statements
from chainrule.sheets.parametrisations import find_parametrisations
from chainrule.sheets.quantity_words import is_identity
from chainrule.sheets.tables import read_table
from chainrule.solving.answer import Answer, ProblemSolution, Solution
from chainrule.solving.context import Context
from chainrule.solving.derivatives import answer_derivative
from chainrule.solving.equations import read_equations
from chainrule.solving.figures import Pictures
from chainrule.solving.information.tasks import STANDARD, Measure
from chainrule.solving.parts import with_direction, with_indices
from chainrule.solving.problem import Solver, solution_of
from chainrule.solving.reading import (
    ProblemText,
    notation_of,
    read_declarations,
    read_givens,
    read_symbol,
    read_variable,
)
from chainrule.solving.requests import Manner, derivative_of, last_quantity, refined, request
from chainrule.solving.versions import Places, Versions
from chainrule.source import Source, Span

LATEX_FILES = (".tex", ".latex")
EQUATIONS = "equations"
"""The language of a fenced block whose content is equations, in LaTeX or plain text."""


def solve_sheet(
    source: Source,
    at: Mapping[str, str] | None = None,
    figures: Mapping[str, Source] | None = None,
    measure: Measure = STANDARD,
) -> Solution:
    """Solve every problem of a sheet; `at` gives further values by symbol, `{"y": "1"}`.

    figures: equations that stand for the pictures of a problem, by its number. measure: how information is measured.

    Raises SheetError where the document cannot be read or a number in `figures` is not that of one problem, SyntaxFault
    where `at` cannot be read.
    """
    givens = read_givens(at or {})
    sheet = read_sheet(source)
    drawn = _by_problem(sheet, figures or {})
    solved = [_solve_problem(sheet, problem, givens, drawn.get(problem.id), measure) for problem in sheet.problems]
    if solved:
        solved[0] = replace(solved[0], diagnostics=(*sheet.diagnostics, *solved[0].diagnostics))
    return Solution(source, tuple(solved))


def check_sheet(source: Source) -> tuple[Diagnostic, ...]:
    """Read and type a sheet without solving it: what is wrong with it, in order."""
    sheet = read_sheet(source)
    found = list(sheet.diagnostics)
    for problem in sheet.problems:
        text = _read_problem(sheet, problem)
        versions = Versions(text, Places.of(problem.items))
        asked = [(task.part, task.span) for task in problem.tasks] or [(None, problem.span)]
        networks = [versions.holding_in(*place)[1].network for place in asked]
        found += [*problem.diagnostics, *text.diagnostics, *(d for network in networks for d in network.diagnostics)]
    return tuple(dict.fromkeys(found))


def solve_equations(
    text: str,
    wrt: Sequence[str],
    of: str | None,
    shapes: Mapping[str, tuple[str, ...]],
    at: Mapping[str, str],
    manner: Manner | None = None,
    facts: Iterable[str] = (),
    unit: str | None = None,
) -> Solution:
    """Differentiate equations separated by `;`, or one expression, by each of `wrt`.

    `of` is by default the name that the last equation defines. facts: what is declared of inputs, "A symmetric". unit: that
    of the entropies and divergences in the equations, nats by default.

    Raises SyntaxFault where nothing can be read.
    """
    source = Source("equations", text)
    how = manner or Manner()
    by = {variable: read_variable(variable, "--wrt") for variable in wrt}
    target = None if of is None else read_variable(of, "--of")
    moving = None if how.direction is None else read_symbol(how.direction, "--direction")
    given = [*read_givens(at), *read_declarations(shapes)]
    read, network = read_equations(source, given, list(by.values()), facts, unit)
    solver = Solver(Context(with_indices(network, [*by.values(), *([target] if target else [])])), read)

    def answer(variable: str) -> Answer:
        known, chosen = solver.context.network, (by[variable],) * how.order
        if target is None:
            asked = request(known, last_quantity(known), chosen, variable, None)
        else:
            asked = derivative_of(known, target, chosen, variable)
        if moving is None:
            return answer_derivative(solver.context, refined(asked, None, how.layout, how.symmetric, how.simplex), None)
        extended, direction = with_direction(known, moving, asked.wholes[-1])
        return answer_derivative(Context(extended), refined(asked, direction, how.layout, how.symmetric, how.simplex), None)

    for variable in wrt:
        solver.attempt([partial(answer, variable)], None, f"the derivative by {variable}", source.span())
    return Solution(source, (solution_of(solver, "1", "", source.span(), ()),))


def _by_problem(sheet: Sheet, figures: Mapping[str, Source]) -> Mapping[str, Source]:
    """The figures, once each is known to belong to one problem. Raises SheetError."""
    numbers = [problem.id for problem in sheet.problems]
    for number in figures:
        if numbers.count(number) != 1:
            count = "no problem" if number not in numbers else "more than one problem"
            hint = f"its problems are {', '.join(dict.fromkeys(numbers))}"
            raise SheetError("unknown-problem", f"there is {count} {number} in {sheet.source.name}", hint=hint)
    return figures


def _holds_equations(item: Item) -> bool:
    return isinstance(item, Fence) and item.language == EQUATIONS


def _read_problem(sheet: Sheet, problem: Problem, figure: Source | None = None) -> ProblemText:
    """The formulas of a problem, its figure's first, after those before the first problem, which hold for all that do not
    say otherwise.
    """
    text, before = ProblemText(), ProblemText()
    asking = [task.span for task in problem.tasks if task.form in ("claim", "symmetry")]
    if figure is not None:
        text.add(figure.span(), "latex" if figure.name.endswith(LATEX_FILES) else notation_of(figure.text))
        if not text.statements and not text.diagnostics:
            empty = f"there is no equation in {figure.name}"
            text.diagnostics.append(Diagnostic("error", "empty-figure", empty, figure.span()))
    for whole, grids, said, into in (
        (sheet.preamble, sheet.grids, sheet.stated, before),
        (problem.items, problem.grids, problem.stated, text),
    ):
        items = _beside_tables(whole, grids, into)
        for item in items:
            if isinstance(item, Math):
                into.add(item.span, item.notation, defines=not item.illustration and not _is_claimed(item, asking))
            elif _holds_equations(item):
                into.add(item.span, notation_of(item.span.text))
        into.statements.extend(each.tree for each in said)
        into.statements.extend(find_events(items))
        into.spoken.extend(find_parametrisations(items, [each.span for each in said]))
        stated, notes = find_facts(items, problem.tasks if into is text else ())
        for each in stated:
            into.state(each.math.span, each.fact, each.span)
        into.diagnostics.extend(notes)
    for math in (math for task in problem.tasks for math in task.math("asked", "of", "wrt", "order")):
        if math.span not in text.trees:
            text.trees[math.span] = statements(math)
    text.put_before(before)
    return text


def _is_claimed(math: Math, asking: Sequence[Span]) -> bool:
    """Whether a formula is an equation between quantities of information that a task asks about."""
    return any(span.start <= math.span.start < span.end for span in asking) and is_identity(math)


def _beside_tables(items: Sequence[Item], grids: Sequence[Grid], into: ProblemText) -> list[Item]:
    """Read the tables; the items that are no cells of one that was understood."""
    tables = [read_table(grid) for grid in grids]
    for table in tables:
        into.statements.extend(table.statements)
        into.diagnostics.extend(table.diagnostics)
    inside = [table.span for table in tables if table.understood]
    return [item for item in items if not any(span.start <= item.span.start < span.end for span in inside)]


def _solve_problem(
    sheet: Sheet, problem: Problem, givens: Sequence[Given], figure: Source | None, measure: Measure
) -> ProblemSolution:
    text = _read_problem(sheet, problem, figure)
    given = figure is not None or any(map(_holds_equations, problem.items))
    pictures = Pictures(() if given else problem.figures)
    versions = Versions(text, Places.of(problem.items), givens)
    first = problem.tasks[0] if problem.tasks else None
    shown, context = versions.holding_in(first and first.part, first.span if first else problem.span)
    solver = Solver(context, shown, pictures, measure=measure, versions=versions)
    for task in problem.tasks:
        solver.solve(task)
    told = problem.diagnostics if problem.tasks else (*problem.diagnostics, _nothing_asked(problem))
    return solution_of(solver, problem.id, problem.title, problem.span, told)


def _nothing_asked(problem: Problem) -> Diagnostic:
    hint = "write a sentence with a verb, Compute $L$, or a part that is a formula, a) $L$"
    return Diagnostic("warning", "nothing-asked", "no task is found in this problem", problem.span, hint)
