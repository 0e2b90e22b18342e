"""The whole program: a document -> problems -> formulas -> network -> derivatives and values, verified -> a solution."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from chainrule.errors import ChainruleError, Diagnostic, SheetError
from chainrule.inference.distributions.supports import letters_of_outcomes
from chainrule.inference.joined_words import words_of
from chainrule.inference.statements import Given
from chainrule.inference.symbols import key
from chainrule.sheets import Diagram, Fence, Grid, Item, Math, Problem, Sheet, Task, read_sheet
from chainrule.sheets.borrowing import lenders
from chainrule.sheets.changed_formulas import find_changes
from chainrule.sheets.facts import find_facts
from chainrule.sheets.information.declared_logarithms import states_logarithm
from chainrule.sheets.information.events import find_events
from chainrule.sheets.information.independence import find_independence, with_variables, without_unstated
from chainrule.sheets.information.logarithms import find_logarithms, formulas_by_base
from chainrule.sheets.information.parametrisations import find_parametrisations
from chainrule.sheets.information.said_formulas import find_said_formulas
from chainrule.sheets.listed_examples import find_examples
from chainrule.sheets.named_losses import find_named_losses
from chainrule.sheets.networks import read_network
from chainrule.sheets.notation import statements, states_identity, trees
from chainrule.sheets.pieces import find_pieces
from chainrule.sheets.quantity_words import compares_quantities, is_identity, states_quantity
from chainrule.sheets.rows_in_words import find_rows
from chainrule.sheets.shapes_in_words import find_shapes
from chainrule.sheets.sheet import Stated
from chainrule.sheets.tables import read_tables
from chainrule.sheets.unread_equations import find_unread_equations
from chainrule.solving.answer import Answer, ProblemSolution, Solution
from chainrule.solving.context import Context
from chainrule.solving.derivatives import answer_derivative
from chainrule.solving.equations import read_equations
from chainrule.solving.figures import Pictures
from chainrule.solving.information.tasks import STANDARD, Measure, written_for
from chainrule.solving.parts import with_direction, with_indices
from chainrule.solving.problem import Solver
from chainrule.solving.reading import (
    ProblemText,
    read_declarations,
    read_givens,
    read_symbol,
    read_variable,
)
from chainrule.solving.reparametrised import differentiated_by
from chainrule.solving.requests import Manner, derivative_of, last_quantity, refined, request
from chainrule.solving.solution import solution_of
from chainrule.solving.versions import Places, Versions
from chainrule.source import Source, Span
from chainrule.syntax.notation import notation_of
from chainrule.syntax.tree import Call, Relation, Tree

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
    solved = [_solved(sheet, problem, givens, drawn.get(problem.id), measure) for problem in sheet.problems]
    if solved:
        solved[0] = replace(solved[0], diagnostics=(*sheet.diagnostics, *solved[0].diagnostics))
    return Solution(source, tuple(solved))


def check_sheet(source: Source) -> tuple[Diagnostic, ...]:
    """Read and type a sheet without solving it: what is wrong with it, in order."""
    sheet = read_sheet(source)
    found = list(sheet.diagnostics)
    for problem in sheet.problems:
        found += problem.diagnostics
        try:
            text = _read_problem(sheet, problem)
            versions = Versions(text, Places.of(problem.items))
            asked = [(task.part, task.span) for task in problem.tasks] or [(None, problem.span)]
            networks = [versions.holding_in(*place)[1].network for place in asked]
        except Exception as fault:
            found.append(_placed(_said(fault), problem))
            continue
        found += [*text.diagnostics, *(d for network in networks for d in network.diagnostics)]
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
    say otherwise, and those of the problems that it names.
    """
    named = lenders(sheet, problem)
    around = [*sheet.preamble, *(item for each in named for item in each.items), *problem.items]
    running = letters_of_outcomes(tree for item in around if isinstance(item, Math) for tree in trees(item))
    text, before = ProblemText(running=running), ProblemText(running=running)
    asking = [task.span for each in (*named, problem) for task in each.tasks if task.form in ("claim", "symmetry")]
    claims = [task for each in (*named, problem) for task in each.tasks if task.form == "claim"]
    claimed = {math for task in claims for math in task.math("asked") if states_identity(math)}
    if figure is not None:
        _add_figure(text, figure)
    for whole, grids, said, into in (
        (sheet.preamble, sheet.grids, sheet.stated, before),
        *((each.items, each.grids, each.stated, before) for each in named),
        (problem.items, problem.grids, problem.stated, text),
    ):
        items = _beside_tables(whole, grids, into)
        _add_formulas(into, items, claimed, asking)
        _add_words(into, items, said, problem, of_problem=into is text)
    bases, notes = find_logarithms([sheet.preamble, *(each.items for each in named), problem.items])
    text.diagnostics.extend(notes)
    for into, whole in ((before, sheet.preamble), *((before, each.items) for each in named), (text, problem.items)):
        for (name, base), spans in formulas_by_base(whole, bases).items():
            into.set_base(spans, name, base)
    for math in (math for task in problem.tasks for math in task.math("asked", "of", "wrt", "order", "rate", "listed")):
        if math.name or math.span not in text.trees:
            text.trees[math.span] = statements(math)
    in_words = (math for task in problem.tasks if task.form == "derivative" for math in task.math("of") if math.name)
    text.statements.extend(tree for math in in_words for tree in text.trees[math.span] if isinstance(tree, Call))
    for math in (math for task in problem.tasks for math in task.math("point") if math.name):
        text.trees[math.span] = tuple(_placed_at(tree, math.span) for tree in statements(math))
    words = words_of((*before.statements, *text.statements))
    for into in (before, text):
        into.join_words(words)
    text.by_task = {task.span: _differentiated(task, text) for task in problem.tasks}
    text.put_before(before)
    text.statements = [*with_variables(text.statements), *written_for(problem.tasks)]
    lent = around[: len(around) - len(problem.items)]
    channel = any(note.code in ("channel-read", "counts-read") for each in (*named, problem) for note in each.diagnostics)
    pictured = bool(problem.figures) and figure is None
    _add_networks_in_words(text, problem, () if channel else lent, pictured=pictured, of_channel=channel)
    return text


def _add_formulas(into: ProblemText, items: Sequence[Item], claimed: Container[Math], asking: Sequence[Span]) -> None:
    """What the formulas among some items say, those of blocks and drawings too; what is asked defines nothing."""
    for item in items:
        if isinstance(item, Math):
            asked = item in claimed or _is_claimed(item, asking)
            into.add(item.span, item.notation, defines=not (item.illustration or asked or states_logarithm(item)))
        elif _holds_equations(item):
            into.add(item.span, notation_of(item.span.text))
        elif isinstance(item, Diagram):
            for math in item.formulas:
                into.add(math.span, math.notation)
            into.diagnostics.extend(item.diagnostics)


def _add_words(into: ProblemText, items: Sequence[Item], said: Sequence[Stated], problem: Problem, *, of_problem: bool) -> None:
    """What the words around the formulas say. said: distributions. of_problem: and of no text before it."""
    for pieces in find_pieces(items):
        into.join(pieces)
    into.statements.extend(each.tree for each in said if each.fault is None)
    into.broken.update((key(each.tree), each.fault) for each in said if each.fault is not None)
    into.statements.extend((*find_events(items), *find_said_formulas(items)))
    losses, read_as = find_named_losses(items)
    into.statements.extend(losses)
    into.diagnostics.extend(read_as)
    into.statements.extend((*find_shapes(items), *find_rows(items)))
    into.take_up(find_examples(items, problem.tasks, [*items, *problem.items]))
    into.broken.update({**find_unread_equations(items, problem.tasks), **find_changes(items)})
    into.statements = without_unstated(into.statements, items, problem.tasks)
    into.statements.extend(find_independence(items))
    into.spoken.extend(find_parametrisations(items, [each.span for each in said]))
    stated, notes = find_facts(items, problem.tasks if of_problem else ())
    for each in stated:
        into.state(each.math.span, each.fact, each.span)
    into.diagnostics.extend(notes)


def _add_networks_in_words(
    text: ProblemText, problem: Problem, lent: Sequence[Item], *, pictured: bool, of_channel: bool
) -> None:
    """The equations of networks in words. lent: what stands before the problem and holds in it. of_channel: the input and
    output that it speaks of are no layers.
    """
    mentioned = [tree for found in text.trees.values() for tree in found]
    own = () if of_channel else problem.items
    in_words = read_network(own, problem.tasks, text.statements, mentioned, lent=lent, pictured=pictured)
    kept = (each for each in text.statements if not any(each is other for other in in_words.superseded))
    text.statements = [*in_words.statements, *kept, *in_words.losses]
    text.diagnostics.extend(in_words.diagnostics)
    text.broken.update(in_words.broken)


def _differentiated(task: Task, text: ProblemText) -> frozenset[Tree]:
    """The names by which a task differentiates."""
    wanted = [tree for math in task.math("asked", "of") for tree in text.trees[math.span]]
    by = [tree for math in task.math("wrt") for tree in text.trees[math.span]]
    return differentiated_by(wanted, by)


def _add_figure(text: ProblemText, figure: Source) -> None:
    """The equations that stand for a picture."""
    text.add(figure.span(), "latex" if figure.name.endswith(LATEX_FILES) else notation_of(figure.text))
    if not text.statements and not text.diagnostics:
        empty = f"there is no equation in {figure.name}"
        text.diagnostics.append(Diagnostic("error", "empty-figure", empty, figure.span()))


def _placed_at(tree: Tree, span: Span) -> Tree:
    """An equation that stands for a value in a list of points, `p = 0.5`, at the place of the value."""
    if not isinstance(tree, Relation):
        return tree
    left, *others = tree.sides
    return replace(tree, sides=(left, *(replace(side, span=span) for side in others)), span=span)


def _is_claimed(math: Math, asking: Sequence[Span]) -> bool:
    """Whether a formula is an equation between quantities of information that a task asks about."""
    return any(span.start <= math.span.start < span.end for span in asking) and any(
        claims(math) for claims in (is_identity, compares_quantities, states_quantity)
    )


def _beside_tables(items: Sequence[Item], grids: Sequence[Grid], into: ProblemText) -> list[Item]:
    """Read the tables; the items that are no cells of one that was understood."""
    tables = read_tables(grids)
    for table in tables:
        into.statements.extend(table.statements)
        into.diagnostics.extend(table.diagnostics)
    inside = [table.span for table in tables if table.understood]
    return [item for item in items if not any(span.start <= item.span.start < span.end for span in inside)]


def _solved(
    sheet: Sheet, problem: Problem, givens: Sequence[Given], figure: Source | None, measure: Measure
) -> ProblemSolution:
    """A problem solved. One that cannot be read is open with all its tasks, and the others of the sheet go on."""
    try:
        return _solve_problem(sheet, problem, givens, figure, measure)
    except Exception as fault:  # a mistake of ours in one problem is said there, and takes no other problem with it
        error = _said(fault)
        empty = ProblemText()
        solver = Solver(Context(empty.network()), empty, measure=measure)
        for task in problem.tasks:
            solver.attempt([], task.part, task.text, task.span)
        return solution_of(solver, problem.id, problem.title, problem.span, (*problem.diagnostics, _placed(error, problem)))


def _said(fault: Exception) -> ChainruleError:
    """An error as it is; of a mistake of the program itself which it is, and where."""
    if isinstance(fault, ChainruleError):
        return fault
    at = fault.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    where = "" if at is None else f" in {at.tb_frame.f_globals.get('__name__', '')}, line {at.tb_lineno}"
    message = f"this problem could not be solved: {type(fault).__name__}{where}: {fault}"
    return ChainruleError("internal-error", message, hint="this is a mistake of chainrule, not of the text: please report it")


def _placed(error: ChainruleError, problem: Problem) -> Diagnostic:
    """What an error says, at the problem where it has no place of its own."""
    diagnostic = error.diagnostic()
    return diagnostic if diagnostic.span else replace(diagnostic, span=problem.span)


def _solve_problem(
    sheet: Sheet, problem: Problem, givens: Sequence[Given], figure: Source | None, measure: Measure
) -> ProblemSolution:
    text = _read_problem(sheet, problem, figure)
    given = figure is not None or any(map(_holds_equations, problem.items))
    pictures = Pictures(() if given else problem.figures)
    versions = Versions(text, Places.of(problem.items), givens)
    first = problem.tasks[0] if problem.tasks else None
    shown, context = versions.shown_for(first and first.part, first.span if first else problem.span)
    solver = Solver(context, shown, pictures, measure=measure, versions=versions)
    for task in sorted(problem.tasks, key=lambda task: task.form == "code"):  # a program is of the answers to all others
        solver.solve(task)
    told = problem.diagnostics if problem.tasks else (*problem.diagnostics, _nothing_asked(problem))
    return solution_of(solver, problem.id, problem.title, problem.span, told)


def _nothing_asked(problem: Problem) -> Diagnostic:
    hint = "write a sentence with a verb, Compute $L$, or a part that is a formula, a) $L$"
    return Diagnostic("warning", "nothing-asked", "no task is found in this problem", problem.span, hint)
