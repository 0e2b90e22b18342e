"""A solution as a Markdown file that can be handed out, with its pictures beside it."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from chainrule.documents import numbers, outline
from chainrule.documents.mathblock import aligned, equation, inline, split_equation
from chainrule.documents.outline import Level, Row, Section, Side
from chainrule.documents.tables import left_out, table_markdown
from chainrule.errors import Diagnostic, DrawingError
from chainrule.solving.answer import Answer, GraphData, ProblemSolution, Solution, StepText
from chainrule.source import Span

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
        picture = path.with_name(_picture_name(path.stem, problem.id, taken))
        figure, drawn = _figure(problem, picture)
        blocks.extend(figure)
        written += [picture] if drawn else []
        for section in outline.sections(problem, level):
            blocks.extend(_section(section, level))
        blocks.extend(_remarks(problem.diagnostics, solution.source.name))
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    return tuple(written)


def escape(text: str) -> str:
    """Plain text for Markdown: its marks are made harmless, formulas between dollars are kept."""
    pieces = re.split(r"(\$[^$]+\$)", re.sub(r"\s+", " ", text))
    return "".join(piece if i % 2 else re.sub(r"([\\`*_\[\]<>$|~#&])", r"\\\1", piece) for i, piece in enumerate(pieces))


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
    if not graph.nodes:
        return
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
            yield f"{escape(_begun(shown.answer.formula.text))}."
        if shown.answer.table is not None and level != "brief":
            yield table_markdown(shown.answer.table, level)
            yield from filter(None, [_begun(left_out(shown.answer.table, level))])
        yield from _about(shown.answer, level)
    if section.earlier:
        yield f"{', '.join(inline(answer.symbol.latex) for answer in section.earlier)}: shown above."
    for task in section.open:
        yield f"**Open:** {code_span(outline.request(task))}"


def _row(row: Row) -> Iterator[tuple[str, str]]:
    """Values on one line; the forms of a derivative and their remarks below each other."""
    signs = {"": "", "=": "= ", "≈": "\\approx "}
    sides = [signs[outline.relation(row, i)] + side.formula.latex for i, side in enumerate(row.sides)]
    if not any(side.remark for side in row.sides[:-1]):
        yield row.symbol.latex, " ".join(sides) + "".join(map(_remark, row.sides[-1:]))
        return
    for i, (text, side) in enumerate(zip(sides, row.sides, strict=True)):
        yield "" if i else row.symbol.latex, text + _remark(side)


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
    for convention in answer.conventions:
        yield f"Convention: {escape(convention)}."
    steps = outline.derivation(answer)
    if level != "brief" and steps:
        yield from _steps(steps, level)
    if answer.code is not None and (answer.kind == "code" or level == "all"):
        yield f"```python\n{answer.code.numpy.rstrip()}\n```"
    if answer.check is not None:
        yield f"*{escape(_begun(outline.check_sentence(answer.check)))}.*"


def _steps(steps: tuple[StepText, ...], level: Level) -> Blocks:
    shown = outline.steps_shown(steps, level)
    for i, step in enumerate(shown, 1):
        mark = f"{i}. "
        rule = f" *({escape(step.rule)})*" if level == "all" else ""
        reason = step.reason(lambda formula: inline(formula.latex), escape)
        block = equation(f"{step.before.latex} = {step.after.latex}")
        yield f"{mark}{reason}{rule}\n\n{_indent(block, len(mark))}"
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
    return f"{file}line {span.line}, column {span.column}"


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def code_span(text: str) -> str:
    """Text that is shown as it is, whatever backticks it holds."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"
