"""A Markdown document to a Sheet."""

from collections import Counter

from chainrule.errors import Diagnostic
from chainrule.sheets.blocks import find_blocks
from chainrule.sheets.delimiters import find_layout
from chainrule.sheets.items import Piece, assign_regions, read_items
from chainrule.sheets.problems import Opening, begin_body, find_openings
from chainrule.sheets.regions import Region, find_regions
from chainrule.sheets.sheet import Problem, Sheet
from chainrule.sheets.tasks import find_tasks, report_unknown
from chainrule.source import Source, Span


def read_markdown(source: Source) -> Sheet:
    """Problems by headings, formulas with exact places, parts and tasks. Any text at all is a sheet."""
    regions, diagnostics = find_regions(source)
    layout = find_layout(source.text)
    pieces = assign_regions(find_blocks(layout, regions), regions)
    readable = _blank_quotes(source, regions)
    openings = find_openings(readable, pieces) or [Opening(0, None, "")]
    ends = [opening.index for opening in openings[1:]] + [len(pieces)]
    problems = tuple(
        _read_problem(readable, pieces[opening.index : end], opening, count, diagnostics)
        for count, (opening, end) in enumerate(zip(openings, ends, strict=True), start=1)
    )
    preamble = read_items(readable, pieces[: openings[0].index])
    inside = {id(diagnostic) for problem in problems for diagnostic in problem.diagnostics}
    left = [diagnostic for diagnostic in diagnostics if id(diagnostic) not in inside]
    return Sheet(source, problems, preamble, (*left, *_report_repeated(problems)))
