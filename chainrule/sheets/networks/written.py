"""Equations that stand for words: trees whose text is the equation and whose place is that of the words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from chainrule.inference.vocabulary import vocabulary
from chainrule.sheets.networks.equations import Equation
from chainrule.source import Origin, Segment, Source
from chainrule.syntax.parser import parse_statements
from chainrule.syntax.tree import Tree


def read_equations(equations: Sequence[Equation]) -> Iterator[Tree]:
    """The statements of equations, which are one text in their order; each stands where its words do."""
    if not equations:
        return
    document = equations[0].span.source
    starts = [0]
    for equation in equations:
        starts.append(starts[-1] + len(equation.text) + 1)
    segments = tuple(Segment(at, e.span.start, e.span.end) for at, e in zip(starts, equations, strict=False))
    source = Source(document.name, "\n".join(equation.text for equation in equations), Origin(document, segments))
    for start, equation in zip(starts, equations, strict=False):
        found = parse_statements(source.span(start, start + len(equation.text)), vocabulary(), "latex").statements
        yield from (replace(statement, span=equation.span) for statement in found)
