"""What the words of a problem call a table that has no name: "Call the first distribution $A$ and the second $B$"."""

import re

from chainrule.sheets.sheet import Grid
from chainrule.source import Span
from chainrule.syntax.tree import Name, Tree

_LETTER = r"\$(?P<{}>[A-Za-z])\$"
_ONE, _TWO = _LETTER.format("one"), _LETTER.format("two")
_IN_ORDER = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:call|denote|name|label|write)\b[^.$]*\bfirst\b[^.$]*{_ONE}[^.$]*\bsecond\b[^.$]*{_TWO}",
        rf"{_ONE}[^.$]*\bthe first\b[^.$]*{_TWO}[^.$]*\bthe second\b",
    )
)
_SENTENCE = re.compile(r"[.;?!](?=\s|$)|\n\s*\n|\n[ \t>]*\|.*")
_CLAUSE = re.compile(r",|\band\b|\bwhile\b", re.IGNORECASE)
_NAMED = re.compile(r"\$([A-Za-z])\$")


def name_of_table(grid: Grid, place: int) -> Tree | None:
    """The letter of the table at a place among those without a name; None where nothing says it, or it is said in two ways."""
    if grid.around is None:
        return None
    found = {*_by_place(grid.around, place), *_by_caption(grid)}
    return found.pop() if len(found) == 1 else None


def _by_place(around: Span, place: int) -> list[Name]:
    matches = [match for pattern in _IN_ORDER for match in pattern.finditer(around.text)]
    group = ("one", "two")[place] if place < 2 else None
    return [] if group is None else [_name(around, match.span(group)) for match in matches]


def _by_caption(grid: Grid) -> list[Name]:
    """The letter in the clauses of the text that have the words above the table in them, "let $A$ be that of annotator 1"."""
    caption = "" if grid.above is None else grid.above.text.strip(" \t*_#:.").lower()
    if grid.around is None or grid.above is None or not caption or len(caption.split()) > 5:
        return []
    found: list[Name] = []
    for start, end in _parts(grid.around.text, _SENTENCE, 0, len(grid.around.text)):
        for first, last in _parts(grid.around.text, _CLAUSE, start, end):
            clause = grid.around.text[first:last]
            letters = list(_NAMED.finditer(clause))
            if len(letters) == 1 and re.search(rf"(?<!\w){re.escape(caption)}(?!\w)", clause.lower()):
                found.append(_name(grid.around, (first + letters[0].start(1), first + letters[0].end(1))))
    return found


def _parts(text: str, separator: re.Pattern[str], start: int, end: int) -> list[tuple[int, int]]:
    """The stretches between separators."""
    found: list[tuple[int, int]] = []
    for match in separator.finditer(text, start, end):
        found.append((start, match.start()))
        start = match.end()
    return [*found, (start, end)]


def _name(around: Span, at: tuple[int, int]) -> Name:
    span = around.source.span(around.start + at[0], around.start + at[1])
    return Name(span.text, span=span)
