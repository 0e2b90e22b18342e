"""What a solver has found, as the solution of a problem."""

from collections.abc import Sequence

from chainrule.errors import Diagnostic
from chainrule.graph.node import Named
from chainrule.inference.network import Equation, Network
from chainrule.sheets.called_distributions import CALLED
from chainrule.solving.answer import Formula, ProblemSolution, Status
from chainrule.solving.context import tree_formula
from chainrule.solving.graph import graph_data, picture
from chainrule.solving.information.grid import joint_tables, with_outcomes
from chainrule.solving.information.heads import in_words
from chainrule.solving.problem import Solver
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Juxtaposition, Relation


def solution_of(solver: Solver, number: str, title: str, span: Span, told: tuple[Diagnostic, ...]) -> ProblemSolution:
    """What a solver has found, as the solution of the problem with that number and title; `told`: said of it before."""
    context = solver.context
    missing = solver.pictures.diagnostics(number)
    found = (*told, *solver.text.diagnostics, *context.network.diagnostics, *missing, *solver.diagnostics)
    return ProblemSolution(
        id=number,
        title=title,
        span=span,
        status=_status(solver, found),
        equations=tuple(equation_formula(e, context.network) for e in context.network.equations),
        graph=graph_data(context),
        tasks=tuple(sorted(solver.records, key=lambda record: record.span.start if record.span else 0)),
        answers=tuple(solver.answers),
        diagnostics=tuple(each for each in dict.fromkeys(found) if not _is_said_again(each, found)),
        draw=lambda: picture(context, title or f"Problem {number}", _pictured_target(solver)),
        tables=joint_tables(context),
    )


def _is_said_again(fault: Diagnostic, found: Sequence[Diagnostic]) -> bool:
    """Whether a list that words call a distribution, and is none, is named by what is computed of it too."""
    if fault.code != CALLED or fault.span is None:
        return False
    others = (each.span for each in found if each.code in ("fact-contradicted", "not-normalised"))
    return any(span is not None and span.line == fault.span.line for span in others)


def _status(solver: Solver, found: Sequence[Diagnostic]) -> Status:
    """A task with an error at its own words is not solved, whatever it has for an answer."""
    wrong = [each.span for each in found if each.severity == "error" and each.span is not None]
    faulty = any(_begins_in(fault, record.span) for fault in wrong for record in solver.records if record.span is not None)
    if solver.records and not solver.open and not faulty:
        return "solved"
    return "partial" if solver.answers else "unsolved"


def _begins_in(span: Span, other: Span) -> bool:
    """Whether a place of the document is among those of another."""
    start = span.source.place(span.start)
    ends = other.source.place(other.start), other.source.place_behind(other.end)
    return span.source.document == other.source.document and ends[0] <= start < ends[1]


def equation_formula(equation: Equation, network: Network) -> Formula:
    """The equation as it was understood, with the head the person gave it, and the outcomes of a distribution."""
    name = equation.head
    left = (
        Juxtaposition((name, Bracket("(", equation.parameters, (",",) * (len(equation.parameters) - 1))))
        if equation.parameters
        else name
    )
    right = with_outcomes(in_words(equation.body), network.distributions.get(equation.name))
    return tree_formula(Relation(("=",), (left, right)))


def _pictured_target(solver: Solver) -> Named | None:
    """The quantity whose gradients are drawn: the one that was differentiated."""
    for answer in solver.answers:
        if answer.kind == "derivative":
            found = next((n for _, n in solver.context.network.quantities() if solver.context.spelled(n) == answer.of), None)
            return found if found is not None and not found.shape else None
    return None
