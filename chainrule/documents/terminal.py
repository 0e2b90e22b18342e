"""The page for a terminal: lines of styled text, which only the last step hands to rich."""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING

from chainrule.documents import outline
from chainrule.documents.lines import PLAIN, QUIET, Line, diagnostic_lines, indented, row_lines, sentence
from chainrule.documents.outline import Level, Row, Section, Side
from chainrule.documents.plainly import in_plain_text
from chainrule.documents.tables import joint_lines, table_lines
from chainrule.documents.wrapping import columns, printable, wrap
from chainrule.errors import Diagnostic
from chainrule.solving.answer import Answer, GraphData, ProblemSolution, Solution

if TYPE_CHECKING:
    from rich.console import Console

HEAD = "bold cyan"
STANDING = {"solved": "green", "partial": "yellow", "unsolved": "red"}
LEAST_WIDTH = 40


def print_solution(solution: Solution, level: Level = "normal", console: "Console | None" = None) -> None:
    """Prints every problem, as wide as the console is, and in colour if that is a terminal.

    Formulas are in Unicode, or in plain text where the console's encoding is another.
    """
    console = console or _standard_output()
    if not console.encoding.startswith("utf"):
        solution = in_plain_text(solution)
    _print(solution_lines(solution, level, console.width), console)


def print_diagnostics(diagnostics: Iterable[Diagnostic], console: "Console | None" = None) -> None:
    """Prints diagnostics, each with the line of the text it is about."""
    console = console or _standard_output()
    width = max(console.width, LEAST_WIDTH)
    _print((line for each in diagnostics for line in diagnostic_lines(each, width)), console)


def _standard_output() -> "Console":
    from rich.console import Console

    return Console()


def _print(lines: Iterable[Line], console: "Console") -> None:
    from rich.text import Text

    for line in lines:
        text = Text.assemble(*((printable(piece), style) for piece, style in line))
        text.rstrip()
        console.print(text, soft_wrap=True, highlight=False)


def solution_lines(solution: Solution, level: Level, width: int) -> Iterator[Line]:
    """The whole page. No line is wider than `width` unless a single word is."""
    for problem in solution.problems:
        yield from problem_lines(problem, level, max(width, LEAST_WIDTH))


def problem_lines(problem: ProblemSolution, level: Level, width: int) -> Iterator[Line]:
    yield from _rule_lines(problem, width)
    if problem.equations:
        yield from _titled("Equations")
        for equation in problem.equations:
            yield from indented(wrap(equation.unicode, width - 6), 2, hang=4)
    for table in problem.tables:
        if lines := list(joint_lines(table, width)):
            yield from [*_titled("Joint distribution"), *lines]
    if outline.has_graph(problem):
        yield from _titled("Graph")
        yield from _graph_lines(problem.graph, width)
    for section in outline.sections(problem, level):
        yield from _section_lines(section, level, width)
    if problem.diagnostics:
        yield from _titled("Remarks on the text")
        for diagnostic in problem.diagnostics:
            yield from diagnostic_lines(diagnostic, width)
    yield []


def _rule_lines(problem: ProblemSolution, width: int) -> Iterator[Line]:
    """The problem's number and title, and how much of it is solved, in a rule across the page."""
    standing = outline.standing(problem)
    *before, title = wrap(outline.heading(problem), width - columns(standing) - 10)
    for line in before:
        yield [("── ", QUIET), (line, HEAD)]
    rest = "─" * max(3, width - columns(title) - columns(standing) - 7)
    yield [("── ", QUIET), (title, HEAD), (f" {rest} ", QUIET), (standing, STANDING[problem.status]), (" ─", QUIET)]


def _titled(title: str) -> list[Line]:
    return [[], [(title, HEAD)]]


def _graph_lines(graph: GraphData, width: int) -> Iterator[Line]:
    """A line for each quantity that is computed: symbol ← operation(what it is computed from)."""
    texts = {node.symbol.latex: node.symbol.unicode for node in graph.nodes}
    sources: dict[str, list[str]] = {}
    for start, end in graph.edges:
        sources.setdefault(end, []).append(texts[start])
    inputs = [node.symbol.unicode for node in graph.nodes if node.operation is None]
    if inputs:
        yield from indented(wrap(f"inputs: {', '.join(inputs)}", width - 6), 2, hang=4)
    for node in graph.nodes:
        if node.operation is not None:
            arguments = ", ".join(sources.get(node.symbol.latex, []))
            first, *more = wrap(f"{node.operation}({arguments})", width - columns(node.symbol.unicode) - 5)
            yield [("  ", PLAIN), (node.symbol.unicode, PLAIN if node.named else QUIET), (" ← ", QUIET), (first, PLAIN)]
            yield from indented(more, columns(node.symbol.unicode) + 5)


def _section_lines(section: Section, level: Level, width: int) -> Iterator[Line]:
    yield from _titled(f"{section.part})" if section.part else "Answers")
    for i, shown in enumerate(section.shown):
        if i and _stands_apart(shown.answer, section.shown[i - 1].answer):
            yield []
        for row in shown.rows:
            yield from row_lines(row, width)
        if shown.answer.table is not None and level != "brief":
            yield from table_lines(shown.answer.table, level, width)
        yield from _about_lines(shown.answer, level, width)
    if section.earlier:
        symbols = ", ".join(answer.symbol.unicode for answer in section.earlier)
        yield from indented(wrap(f"{symbols}: shown above", width - 6), 2, hang=4)
    for task in section.open:
        first, *more = wrap(outline.request(task), width - 8)
        yield [("  open: ", "yellow"), (first, PLAIN)]
        yield from indented(more, 8)


def _stands_apart(answer: Answer, before: Answer) -> bool:
    """Whether an empty line stands between two answers: not between values of one line each."""
    return answer.kind == "derivative" or any(each.table is not None or each.steps for each in (answer, before))


def _about_lines(answer: Answer, level: Level, width: int) -> Iterator[Line]:
    """What stands below an answer: invented names, what is missing, conventions, steps, code, the check."""
    if answer.kind == "graph":
        yield from indented(["The graph is listed above."], 2)
    yield from _where_lines(answer, width)
    if answer.value is None and answer.needs:
        yield from sentence(f"no number yet: {outline.listed(need.unicode for need in answer.needs)} not given", width)
    for remark in outline.remarks(answer):
        yield from sentence(remark, width)
    if level != "brief":
        yield from _step_lines(answer, level, width)
    if answer.code is not None and (answer.kind == "code" or level == "all"):
        yield from indented(answer.code.numpy.rstrip().split("\n"), 4)
    if answer.check is not None:
        yield from sentence(outline.check_sentence(answer.check), width, "green")


def _where_lines(answer: Answer, width: int) -> Iterator[Line]:
    """The names that a formula brings: on one line if that is short, else each on its own."""
    together = ", ".join(f"{where.symbol.unicode} = {where.formula.unicode}" for where in answer.where)
    if len(answer.where) > 1 and columns(together) <= width - 10:
        yield [("    where ", QUIET), (together, PLAIN)]
        return
    for where in answer.where:
        head = f"    where {where.symbol.unicode} = "
        first, *more = wrap(where.formula.unicode, width - columns(head))
        yield [("    where ", QUIET), (f"{where.symbol.unicode} = {first}", PLAIN)]
        yield from indented(more, columns(head))


def _step_lines(answer: Answer, level: Level, width: int) -> Iterator[Line]:
    steps = outline.derivation(answer)
    shown = outline.steps_shown(steps, level)
    margin = len(f"{len(shown)}. ") if len(steps) > 1 else 0
    for i, step in enumerate(shown, 1):
        rule = f" [{step.rule}]" if level == "all" else ""
        number = f"{i}. ".rjust(margin) if margin else ""
        text = f"{number}{step.reason(attrgetter('unicode'))}{rule}"
        yield from indented(wrap(text, width - 4 - margin), 4, hang=4 + margin)
        if not outline.restates(step, answer):
            row = row_lines(Row(step.before, (Side(step.after),)), width - 2 - (margin or 2))
            yield from ([(" " * (2 + (margin or 2)), PLAIN), *line] for line in row)
    if len(shown) < len(steps):
        yield from sentence(f"and {len(steps) - len(shown)} more steps, shown by --level all", width)
