"""The whole program: a document -> problems -> formulas -> network -> derivatives and values, verified -> a solution."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from chainrule.errors import ChainruleError, Diagnostic
from chainrule.graph.node import Node
from chainrule.inference.declarations import Declaration
from chainrule.inference.network import Network
from chainrule.inference.statements import Given
from chainrule.sheets import Math, Problem, Sheet, read_sheet
from chainrule.solving.answer import Answer, ProblemSolution, Solution
from chainrule.solving.context import Context
from chainrule.solving.derivatives import answer_derivative
from chainrule.solving.problem import Solver, solution_of
from chainrule.solving.reading import ProblemText, notation_of, read_declarations, read_givens, read_symbol, read_variable
from chainrule.solving.requests import find, last_quantity, request
from chainrule.source import Source
from chainrule.syntax.tree import Derivative, Name, Relation, Tree, walk


def solve_sheet(source: Source, at: Mapping[str, str] | None = None) -> Solution:
    """Solve every problem of a sheet; `at` gives further values by symbol, `{"y": "1"}`.

    Raises SheetError where the document cannot be read, SyntaxFault where `at` cannot.
    """
    givens = read_givens(at or {})
    sheet = read_sheet(source)
    solved = [_solve_problem(sheet, problem, givens) for problem in sheet.problems]
    if solved:
        solved[0] = replace(solved[0], diagnostics=(*sheet.diagnostics, *solved[0].diagnostics))
    return Solution(source, tuple(solved))


def check_sheet(source: Source) -> tuple[Diagnostic, ...]:
    """Read and type a sheet without solving it: what is wrong with it, in order."""
    sheet = read_sheet(source)
    found = list(sheet.diagnostics)
    for problem in sheet.problems:
        text = _read_problem(sheet, problem)
        found += [*problem.diagnostics, *text.diagnostics, *text.network().diagnostics]
    return tuple(dict.fromkeys(found))


def solve_equations(
    text: str, wrt: Sequence[str], of: str | None, shapes: Mapping[str, tuple[str, ...]], at: Mapping[str, str]
) -> Solution:
    """Differentiate equations separated by `;`, or one expression, by each of `wrt`.

    `of` is by default the name that the last equation defines.

    Raises SyntaxFault where nothing can be read.
    """
    source = Source("equations", text)
    by = {variable: read_variable(variable, "--wrt") for variable in wrt}
    read, network = read_equations(source, [*read_givens(at), *read_declarations(shapes)], list(by.values()))
    solver = Solver(Context(network), read)

    def target() -> Node:
        return find(network, read_symbol(of, "--of")) if of is not None else last_quantity(network)

    def asked(variable: str) -> Callable[[], Answer]:
        return lambda: answer_derivative(solver.context, request(network, target(), (by[variable],), variable, None), None)

    for variable in wrt:
        solver.attempt([asked(variable)], None, f"the derivative by {variable}", source.span())
    return Solution(source, (solution_of(solver, "1", "", source.span(), ()),))


def read_equations(
    source: Source, more: Sequence[Given | Declaration] = (), by: Sequence[Tree] = ()
) -> tuple[ProblemText, Network]:
    """The network of bare equations; a lone expression is called f. by: what derivatives will be asked by.

    Raises SyntaxFault where nothing could be read.
    """
    text = ProblemText()
    text.add(source.span(), notation_of(source.text))
    errors = [d for d in text.diagnostics if d.severity == "error"]
    if not text.statements and errors:
        first = errors[0]
        raise ChainruleError(first.code, first.message, first.span, first.hint)
    if len(text.statements) == 1 and not isinstance(text.statements[0], Relation):
        text.statements[0] = _named(text.statements[0])
    asked = [Derivative("partial", None, (tree,)) for tree in by]
    return text, text.network(more, asked)


def _named(expression: Tree) -> Tree:
    """A lone expression gets a name that is not in it."""
    taken = set(walk(expression))
    name = next(n for n in (Name(letter) for letter in ("f", "g", "h", "F", "result")) if n not in taken)
    return Relation(("=",), (replace(name, span=expression.span), expression), span=expression.span)


def _read_problem(sheet: Sheet, problem: Problem) -> ProblemText:
    """The formulas of a problem, after those before the first one, which hold for all that do not say otherwise."""
    text, before = ProblemText(), ProblemText()
    for items, into in ((sheet.preamble, before), (problem.items, text)):
        for item in items:
            if isinstance(item, Math):
                into.add(item.span, "latex", defines=not item.illustration)
    text.put_before(before)
    return text


def _solve_problem(sheet: Sheet, problem: Problem, givens: Sequence[Given]) -> ProblemSolution:
    text = _read_problem(sheet, problem)
    solver = Solver(Context(text.network(givens)), text)
    for task in problem.tasks:
        solver.solve(task)
    return solution_of(solver, problem.id, problem.title, problem.span, problem.diagnostics)
