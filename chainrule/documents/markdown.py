"""A solution as a Markdown file that can be handed out, with its pictures beside it."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from chainrule.documents import numbers, outline
from chainrule.documents.escaping import code_span, escape
from chainrule.documents.mathblock import aligned, equation, inline, lines_of, split_equation
from chainrule.documents.outline import Level, Row, Section, Side
from chainrule.documents.tables import left_out, table_markdown
from chainrule.documents.wrapping import columns
from chainrule.errors import Diagnostic, DrawingError
from chainrule.solving.answer import Answer, GraphData, ProblemSolution, Solution
from chainrule.source import Span

WIDEST_ROW = 72
"""Columns of text that a line of a display has room for."""

Blocks = Iterator[str]
"""Markdown blocks, to be separated by empty lines."""


def save(solution: Solution, path: Path, level: Level = "normal") -> tuple[Path, ...]:
    """Writes the file and, beside it, a picture `<stem>-problem-<id>.svg` for each graph; gives the files written.

    Raises OSError where a file cannot be written. A picture that cannot be drawn is said in the text.
    """
    written = [path]
    blocks = [f"# Solution of {escape(Path(solution.source.name).name)}"]
    taken: set[str] = set()
    for problem in solution.problems:
        blocks.append(f"## {escape(outline.heading(problem))}")
        if problem.status != "solved":
            blocks.append(f"*{_begun(outline.standing(problem))}.*")
        blocks.extend(_equations(problem))
        blocks.extend(table_markdown(table, "all") for table in problem.tables)
        picture = path.with_name(_picture_name(path.stem, problem.id, taken))
        figure, drawn = _figure(problem, picture)
        blocks.extend(figure)
        written += [picture] if drawn else []
        for section in outline.sections(problem, level):
            blocks.extend(_section(section, level))
        blocks.extend(_remarks(problem.diagnostics, solution.source.name))
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    return tuple(written)


def _picture_name(stem: str, problem: str, taken: set[str]) -> str:
    """A name of its own for each problem, whatever its id is made of."""
    base = f"{stem}-problem-{re.sub(r'[^A-Za-z0-9.-]+', '-', problem)}"
    name, count = base, 1
    while name.lower() in taken:
        count += 1
        name = f"{base}-{count}"
    taken.add(name.lower())
    return f"{name}.svg"


def _equations(problem: ProblemSolution) -> Blocks:
    if problem.equations:
        yield aligned(split_equation(each.latex) for each in problem.equations)


def _figure(problem: ProblemSolution, path: Path) -> tuple[list[str], bool]:
    """The blocks that show the graph, and whether a picture was written; without one the graph is a table."""
    from chainrule.drawing.painter import draw

    if not outline.has_graph(problem):
        return [], False
    table = list(_graph_table(problem.graph))
    if problem.picture is None:
        return table, False
    try:
        drawing = draw(problem.picture)
    except DrawingError as error:
        return [f"*The graph is not drawn: {escape(error.message)}.*", *table], False
    path.write_text(drawing, encoding="utf-8")
    return [f"![Computational graph of problem {escape(problem.id)}]({quote(path.name)})"], True


def _graph_table(graph: GraphData) -> Blocks:
    """A row for each quantity: what it is computed by, from what, and its value if any has one."""
    sources: dict[str, list[str]] = {}
    for start, end in graph.edges:
        sources.setdefault(end, []).append(inline(start))
    has_values = any(node.value is not None for node in graph.nodes)
    rows = [["Quantity", "Operation", "Computed from", *["Value"] * has_values], ["---"] * (3 + has_values)]
    for node in graph.nodes:
        value = [] if not has_values else [""] if node.value is None else [inline(numbers.formula(node.value).latex)]
        operation = "input" if node.operation is None else escape(node.operation)
        rows.append([inline(node.symbol.latex), operation, ", ".join(sources.get(node.symbol.latex, [])), *value])
    yield "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _section(section: Section, level: Level) -> Blocks:
    yield f"### Part {escape(section.part)}" if section.part else "### Answers"
    for shown in section.shown:
        rows = [line for row in shown.rows for line in _row(row)]
        if rows:
            yield aligned(rows)
        if shown.answer.kind == "statement":
            yield f"{escape(_begun(outline.beside_formula(shown.answer.formula.text)))}."
        if shown.answer.table is not None and level != "brief":
            yield table_markdown(shown.answer.table, level)
            yield from filter(None, [_begun(left_out(shown.answer.table, level))])
        yield from _about(shown.answer, level)
    if section.earlier:
        yield f"{', '.join(inline(answer.symbol.latex) for answer in section.earlier)}: shown above."
    for task in section.open:
        yield f"**Open:** {code_span(outline.request(task))}"


def _row(row: Row) -> Iterator[tuple[str, str]]:
    """Values on one line where that is short; the forms of a derivative and their remarks below each other."""
    signs = {"": "", "=": "= ", "≈": "\\approx "}
    sides = [signs[outline.relation(row, i)] + side.formula.latex for i, side in enumerate(row.sides)]
    across = columns(row.symbol.unicode) + sum(columns(f" = {side.formula.unicode}") for side in row.sides)
    if across <= WIDEST_ROW and not any(side.remark for side in row.sides[:-1]):
        yield row.symbol.latex, " ".join(sides) + "".join(map(_remark, row.sides[-1:]))
        return
    for i, (text, side) in enumerate(zip(sides, row.sides, strict=True)):
        first, *more = lines_of(text)
        lines = [first, *(f"\\quad {line}" for line in more)]
        for k, line in enumerate(lines, 1):
            yield "" if i or k > 1 else row.symbol.latex, line + (_remark(side) if k == len(lines) else "")


def _remark(side: Side) -> str:
    return f" \\quad \\text{{({side.remark})}}" if side.remark else ""


def _about(answer: Answer, level: Level) -> Blocks:
    if answer.kind == "graph":
        yield "The graph is shown above."
    if answer.where:
        yield "where"
        yield aligned((where.symbol.latex, f"= {where.formula.latex}") for where in answer.where)
    if answer.value is None and answer.needs:
        yield f"No number yet: {outline.listed(inline(need.latex) for need in answer.needs)} not given."
    for remark in outline.remarks(answer):
        yield f"{escape(_begun(remark))}."
    if level != "brief":
        yield from _steps(answer, level)
    if answer.code is not None and (answer.kind == "code" or level == "all"):
        yield f"```python\n{answer.code.numpy.rstrip()}\n```"
    if answer.check is not None:
        yield f"*{escape(_begun(outline.check_sentence(answer.check)))}.*"


def _steps(answer: Answer, level: Level) -> Blocks:
    steps = outline.derivation(answer)
    shown = outline.steps_shown(steps, level)
    for i, step in enumerate(shown, 1):
        mark = f"{i}. " if len(steps) > 1 else ""
        rule = f" *({escape(step.rule)})*" if level == "all" else ""
        reason = step.reason(lambda formula: inline(formula.latex), escape)
        yield f"{mark}{reason}{rule}"
        if not outline.restates(step, answer):
            yield _indent(equation(f"{step.before.latex} = {step.after.latex}"), len(mark))
    if len(shown) < len(steps):
        yield f"And {len(steps) - len(shown)} more steps, shown at the level `all`."


def _indent(block: str, width: int) -> str:
    return "\n".join(" " * width + line for line in block.split("\n"))


def _remarks(diagnostics: Iterable[Diagnostic], sheet: str) -> Blocks:
    lines: list[str] = []
    for each in diagnostics:
        place = "" if each.span is None else f" ({_place(each.span, sheet)})"
        hint = f" *Hint: {escape(each.hint)}*" if each.hint else ""
        lines.append(f"- **{_begun(each.severity)}**{place}: {escape(each.message)} [{each.code}]{hint}")
    if lines:
        yield "### Remarks on the text"
        yield "\n".join(lines)


def _place(span: Span, sheet: str) -> str:
    file = "" if span.source.name == sheet else f"{escape(span.source.name)}, "
    cell = span.source.cell_position(span.start)
    line = f"line {span.line}" if cell is None else f"cell {cell[0]}, line {cell[1]}"
    return f"{file}{line}, column {span.column}"


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
