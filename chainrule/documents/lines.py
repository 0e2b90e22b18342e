"""Pieces of a terminal's page: lines of styled text that fit a width."""

from collections.abc import Iterable, Iterator

from chainrule.documents.outline import Row, Side, relation
from chainrule.documents.wrapping import columns, wrap
from chainrule.errors import Diagnostic
from chainrule.source import Span

Line = list[tuple[str, str]]
"""Pieces of text, each with its style."""

PLAIN, SYMBOL, QUIET = "", "bold", "dim"
SEVERITY = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}


def indented(lines: Iterable[str], indent: int, hang: int | None = None, style: str = PLAIN) -> Iterator[Line]:
    for i, line in enumerate(lines):
        yield [(" " * (hang if i and hang is not None else indent) + line, style)]


def sentence(text: str, width: int, style: str = QUIET) -> Iterator[Line]:
    return indented(wrap(text, width - 6), 4, hang=6, style=style)


def row_lines(row: Row, width: int) -> Iterator[Line]:
    """symbol = side = side, on one line if that is short, else with the sides below each other."""
    symbol = row.symbol.unicode
    indent = columns(symbol) + 3 if symbol else 2
    head: Line = [("  ", PLAIN), (symbol, SYMBOL), (" " if symbol else "", PLAIN)]
    if indent > width // 2:
        yield from indented(wrap(symbol, width - 2), 2, style=SYMBOL)
        head, indent = [("      ", PLAIN)], 6
    sides = [_side_lines(side, relation(row, i), width - indent) for i, side in enumerate(row.sides)]
    one: Line = [piece for side in sides for piece in [(" ", PLAIN), *side[0]]][1:]
    is_short = all(len(side) == 1 for side in sides) and not any(side.remark for side in row.sides[:-1])
    if is_short and _columns(one) <= width - indent:
        yield [*head, *one]
        return
    for line in (line for side in sides for line in side):
        yield [*head, *line]
        head = [(" " * indent, PLAIN)]


def _side_lines(side: Side, sign: str, width: int) -> list[Line]:
    """A right-hand side with its sign before it and its remark behind it, or on a line of its own where there is no room."""
    sign += " " if sign else ""
    room = width - len(sign)
    fits = side.stacked and max(map(columns, side.stacked)) <= room
    first, *more = side.stacked if fits else wrap(side.formula.unicode, room)
    lines: list[Line] = [[(sign + first, PLAIN)], *([(" " * len(sign) + line, PLAIN)] for line in more)]
    if side.remark:
        remark = (f"  ({side.remark})", QUIET)
        if _columns([*lines[-1], remark]) <= width:
            lines[-1].append(remark)
        else:
            lines.append([remark])
    return lines


def _columns(line: Line) -> int:
    return sum(columns(text) for text, _ in line)


def diagnostic_lines(diagnostic: Diagnostic, width: int) -> Iterator[Line]:
    """severity: message [code], the place, the line of the text with carets below, and the hint."""
    head = f"  {diagnostic.severity}: "
    first, *more = wrap(f"{diagnostic.message} [{diagnostic.code}]", width - len(head))
    yield [(head, SEVERITY[diagnostic.severity]), (first, PLAIN)]
    yield from indented(more, len(head))
    if diagnostic.span is not None:
        span = diagnostic.span
        yield [(f"    {span.where}", QUIET)]
        yield from _excerpt_lines(span, width - 4)
    if diagnostic.hint:
        yield from indented(wrap(f"hint: {diagnostic.hint}", width - 6), 4, hang=6)


def _excerpt_lines(span: Span, width: int) -> Iterator[Line]:
    """The line the span begins on and its carets, both cut to a window around the span."""
    line, carets = span.excerpt().split("\n")
    margin = line.index("|") + 2
    room = width - margin
    start = max(margin, carets.index("^") - room // 3) if len(line) > width else margin
    yield [("    " + line[:margin], QUIET), (line[start : start + room], PLAIN)]
    yield [("    " + carets[:margin], QUIET), (carets[start : start + room], SEVERITY["error"])]
