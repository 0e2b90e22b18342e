"""A Markdown document to a Sheet."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from chainrule.errors import Diagnostic
from chainrule.sheets.alternatives import mark_alternatives
from chainrule.sheets.blocks import find_blocks
from chainrule.sheets.called_distributions import report_called
from chainrule.sheets.delimiters import Layout, find_layout
from chainrule.sheets.equal_names import spans_of_cases, with_equal_names
from chainrule.sheets.hints import report_beyond, report_notes, report_stray, report_unknown
from chainrule.sheets.information.clashes import clashing
from chainrule.sheets.information.logarithms import units_of_logarithms
from chainrule.sheets.items import Piece, assign_regions, read_items
from chainrule.sheets.listed_problems import find_listed, within
from chainrule.sheets.points import mark_points
from chainrule.sheets.problems import Opening, begin_body, find_openings
from chainrule.sheets.regions import Region, find_regions
from chainrule.sheets.sentences import find_sentences, mark_illustrations
from chainrule.sheets.sheet import Item, Math, Problem, Sheet
from chainrule.sheets.tables import find_grids
from chainrule.sheets.tasks import find_tasks, read_words
from chainrule.sheets.undelimited import report_undelimited
from chainrule.sheets.units import unit_rule
from chainrule.source import Source

_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:?")
MOST_TASKS = 1_000
"""So many tasks of one problem are answered: which statements hold in a part is looked up for each among all the others."""


@dataclass(frozen=True)
class _Section:
    """What becomes one problem: its pieces and the stretch [start, end) of the document."""

    opening: Opening
    pieces: list[Piece]
    start: int
    end: int


def read_markdown(source: Source, told: Iterable[Diagnostic] = ()) -> Sheet:
    """Problems by headings, formulas with exact places, parts and tasks. Any text at all is a sheet.

    told: what was found wrong in the document that this text was made from.
    """
    layout = find_layout(source.text)
    regions, unclosed = find_regions(source, layout)
    faults = [*told, *unclosed]
    pieces = assign_regions(find_blocks(layout, regions), regions)
    readable = _blank_footnotes(_blank_quotes(source, layout, regions), regions)
    openings = find_openings(readable, pieces)
    if len(openings) <= 1 and not any(opening.number for opening in openings):
        openings = find_listed(readable, pieces) or openings
    sections = _find_sections(layout, pieces, openings)
    preamble, found = _assign_faults(source, sections, faults)
    before = [piece for piece in pieces if piece.block.lines[0][0] < sections[0].start]
    items = mark_illustrations(read_items(readable, before))
    problems = tuple(
        _read_problem(readable, section, count, own, items)
        for count, (section, own) in enumerate(zip(sections, found, strict=True), start=1)
    )
    said = (*preamble, *_report_before(items), *_report_repeated(problems))
    return Sheet(source, problems, items, said, find_grids(readable, before), read_words(items).stated)


def _report_before(preamble: Iterable[Item]) -> list[Diagnostic]:
    """The tasks before the first problem, which belong to none."""
    message = "This task stands before the first problem and is not solved: {}"
    hint = "write a heading before it, # Problem 1"
    ruling = {sentence.span.start for sentence in find_sentences(preamble) if unit_rule(sentence)}
    known = [task for task in find_tasks(preamble) if task.form != "unknown" and task.span.start not in ruling]
    return [Diagnostic("error", "task-before-problems", message.format(task.text), task.span, hint) for task in known]


def _blank_quotes(source: Source, layout: Layout, regions: list[Region]) -> Source:
    """A copy in which the `>` of a quote is blank on the later lines of a formula or code block in it."""
    text = list(source.text)
    for region in regions:
        first = layout.line_start(region.start)
        quotes = source.text[first : layout.margin(first)[0]].count(">")
        if quotes == 0 or region.kind not in ("math", "display", "fence"):
            continue
        here = layout.line_end(first) + 1
        while here < region.end:
            marks = [place for place in range(here, layout.margin(here)[0]) if text[place] == ">"]
            for place in marks[:quotes]:
                text[place] = " "
            here = layout.line_end(here) + 1
    blanked = "".join(text)
    return source if blanked == source.text else replace(source, text=blanked)


def _blank_footnotes(source: Source, regions: list[Region]) -> Source:
    """A copy without the marks of footnotes, `[^1]`, whose texts are sentences where they stand."""
    text = source.text
    marks = [match.span() for match in _FOOTNOTE.finditer(text)]
    for start, end in marks:
        if not any(region.start < end and start < region.end for region in regions):
            text = text[:start] + " " * (end - start) + text[end:]
    return source if text == source.text else replace(source, text=text)


def _find_sections(layout: Layout, pieces: list[Piece], openings: list[Opening]) -> list[_Section]:
    """From each opening to the next; a document that opens no problem is one."""
    if not openings:
        body = pieces[0].block.lines[0][0] if pieces else 0
        return [_Section(Opening(0, None, "", body), pieces, 0, len(layout.text))]
    starts = [layout.line_start(pieces[opening.index].block.lines[0][0]) for opening in openings]
    indices = [opening.index for opening in openings]
    return [
        _Section(opening, pieces[opening.index : index], start, end)
        for opening, index, start, end in zip(
            openings, [*indices[1:], len(pieces)], starts, [*starts[1:], len(layout.text)], strict=True
        )
    ]


def _assign_faults(
    source: Source, sections: list[_Section], faults: list[Diagnostic]
) -> tuple[list[Diagnostic], list[list[Diagnostic]]]:
    """Those before the first problem, and for each problem its own, by their places in the document."""
    starts = [source.place(section.start) for section in sections]
    found: list[list[Diagnostic]] = [[] for _ in range(len(sections) + 1)]
    for fault in faults:
        place = fault.span.source.place(fault.span.start) if fault.span else 0
        found[bisect_right(starts, place) if fault.span else 0].append(fault)
    return found[0], found[1:]


def _read_problem(source: Source, section: _Section, count: int, faults: list[Diagnostic], before: tuple[Item, ...]) -> Problem:
    """The title is read as text of the problem only if it has a formula, or if nothing else asks anything."""
    opening = section.opening
    pieces = [within(piece) for piece in section.pieces] if opening.listed else section.pieces
    if pieces:
        pieces = [begin_body(source, pieces[0], opening.body), *pieces[1:]]
    items = mark_alternatives(mark_illustrations(read_items(source, pieces)))
    titled = bool(pieces) and pieces[0].block.kind == "heading"
    title = [item for item in items if item.place.block == pieces[0].index] if titled else []
    untitled = titled and not any(isinstance(item, Math) and not item.plain for item in title)
    below = mark_alternatives(mark_illustrations(read_items(source, pieces[1:]))) if untitled else ()
    grids = find_grids(source, pieces)
    said = read_words(below, (*before, *title), grids) if untitled else None
    if said is not None and said.tasks:
        items = (*title, *below) if units_of_logarithms(find_sentences(title)) else below
    else:
        said = read_words(items, before, grids)
    sentences, span = find_sentences(items), source.span(section.start, section.end)
    asked = tuple(with_equal_names([task for task in said.tasks if task.form != "stray"], sentences))
    tasks, beyond = asked[:MOST_TASKS], report_beyond(asked, MOST_TASKS)
    remarks = (*report_unknown(tasks), *beyond, *report_stray(said.tasks), *report_notes(tasks), *report_undelimited(items))
    diagnostics = (*faults, *remarks, *said.diagnostics, *report_called(items))
    items = mark_points(items, tasks, clashing(said.stated) | spans_of_cases(sentences, asked))
    number = opening.number or str(count)
    return Problem(number, opening.title, span, items, tasks, diagnostics, grids, said.stated)


def _report_repeated(problems: tuple[Problem, ...]) -> list[Diagnostic]:
    counts = Counter(problem.id for problem in problems)
    return [
        Diagnostic("warning", "repeated-number", f"There is more than one problem {problem.id}.", problem.span)
        for problem in problems
        if counts[problem.id] > 1
    ]
