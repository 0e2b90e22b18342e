"""Markdown's tables: their rows and cells with exact places, and what they say of distributions and values."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from chainrule.errors import Diagnostic
from chainrule.inference.distributions.grids import Reading, Rows
from chainrule.inference.distributions.heads import canonical_head, conditional_in, head_of, named_in
from chainrule.inference.distributions.orientation import words_around
from chainrule.inference.distributions.records import read_records
from chainrule.inference.distributions.tables import read_grid
from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, span_text
from chainrule.inference.vocabulary import vocabulary
from chainrule.sheets.data_tables import data_in, find_aligned
from chainrule.sheets.items import CELL_BORDER, Piece, plain
from chainrule.sheets.regions import Region
from chainrule.sheets.sample_tables import samples_in
from chainrule.sheets.sheet import Cell, Grid
from chainrule.sheets.table_names import name_of_table
from chainrule.sheets.tabulars import find_tabulars
from chainrule.source import Source, Span
from chainrule.syntax.parser import Notation, parse_statements
from chainrule.syntax.tree import Name, Number, Quotient, Relation, Text, Tree

_DELIMITERS = re.compile(r"\n[ \t>]*\|?[ \t]*:?-[-:| \t]*\n[ \t>]*")
_NOTHING = frozenset(("", "-", "–", "—", "--", "---", "…", "n/a"))
_CORNER = re.compile(r"(?P<rows>[^\W\d_]\w*)\s*(?:\\\\?|/)\s*(?P<columns>[^\W\d_]\w*)")
_EVENT = re.compile(r"(?P<variable>[^\W\d_]+)\s*=\s*(?P<value>[^\W\d_]\w*|\d+)")
_VALUE = re.compile(r"=\s*[\"“”'‘’]?(?P<value>[^\W\d_]\w*|\d+)[\"“”'‘’]?")
"""Behind a variable in dollars, "$Y$ = red"."""
_DECIMAL_COMMA = re.compile(r"0,\d+")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_FORMULA = re.compile(r"[\w\s.,+\-−*/^()=%'’′½⅓⅔¼¾⅕⅖⅗⅘⅙⅛]+")
_NAME_BEHIND = re.compile(r"[^\W\d_]{2,}\s+\([^\W\d_]\w?['’′\u0302]?\)$")
_NORMALISING = re.compile(
    r"(?:first |please |now )?(?:estimate|turn|convert|normali[sz]e|make|change|transform|approximate|replace|use|take|treat"
    r"|read)"
    r"(?: (?:all|the|these|those|both|joint|underlying|corresponding|counts?|table|numbers|frequencies|probabilit(?:y|ies)"
    r"|relative|empirical|distributions?|as|by|with|from|into|to|in|of|estimates?|for))+\.?",
    re.IGNORECASE,
)
"""What is done with counts: "Estimate the probabilities by the relative frequencies"."""
_MARKS = "*_`~ \t\"“”'"


@dataclass(frozen=True)
class ReadTable:
    """What a table says; understood: whether it says anything, so that its cells are no formulas of the text."""

    span: Span
    understood: bool
    statements: tuple[Tree, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def is_nameless(self) -> bool:
        """Whether it is one distribution that it has no name for."""
        return len(self.statements) == 1 and any(each.code == "table-named" for each in self.diagnostics)


def find_grids(source: Source, pieces: Sequence[Piece]) -> tuple[Grid, ...]:
    """The tables of a problem in reading order."""
    found: list[list[tuple[Span, tuple[Cell, ...]]]] = []
    above: list[Span | None] = []
    tabulars: list[Grid] = []
    before = text = None
    for piece in pieces:
        if piece.block.kind != "row":
            stretch = piece.block.lines[0][0], piece.block.lines[-1][1]
            within = [*find_tabulars(source, *stretch), *find_aligned(source, *stretch)]
            tabulars += [replace(grid, above=_line_above(source, grid.span.start)) for grid in within]
            before, text = None, source.span(*piece.block.lines[-1])
            continue
        start, end = piece.block.lines[0]
        span = source.span(start, end)
        if before is None or not _goes_on(source.text[before.end : start]):
            found.append([])
            above.append(text)
            text = None
        found[-1].append((span, tuple(_cells(source, piece))))
        before = span
    grids = [replace(_grid(rows), above=text) for rows, text in zip(found, above, strict=True)]
    if not grids and not tabulars:
        return ()
    around = source.span(pieces[0].block.lines[0][0], pieces[-1].block.lines[-1][1])
    return tuple(replace(grid, around=around) for grid in sorted((*grids, *tabulars), key=lambda grid: grid.span.start))


def _line_above(source: Source, start: int) -> Span:
    """The line of words above a place."""
    end = len(source.text[:start].rstrip())
    return source.span(source.text.rfind("\n", 0, end) + 1, end)


def _goes_on(between: str) -> bool:
    """Whether nothing but a line break, or the line of dashes below the header, parts two rows."""
    return between.count("\n") < 2 or _DELIMITERS.fullmatch(between) is not None


def _grid(rows: list[tuple[Span, tuple[Cell, ...]]]) -> Grid:
    """Rows as long as the header, as Markdown shows them."""
    width = len(rows[0][1])
    last = rows[-1][0].end
    filled = (cells + (Cell(span.source.span(span.end, span.end)),) * (width - len(cells)) for span, cells in rows)
    first = rows[0][0]
    return Grid(first.source.span(first.start, last), tuple(cells[:width] for cells in filled))


def _cells(source: Source, piece: Piece) -> Iterator[Cell]:
    """The cells of a row, without the borders at its ends."""
    start, end = piece.block.lines[0]
    regions = [region for region in piece.regions if start <= region.start < end]
    borders = [match for match in CELL_BORDER.finditer(source.text, start, end) if not _within(match.start(), regions)]
    edges = [(start, start), *((match.start(), match.end()) for match in borders), (end, end)]
    stretches = [(left, right) for (_, left), (right, _) in pairwise(edges)]
    if stretches and not source.text[slice(*stretches[0])].strip():
        del stretches[0]
    if stretches and not source.text[slice(*stretches[-1])].strip():
        del stretches[-1]
    for left, right in stretches:
        inside = [region for region in regions if left <= region.start < right and region.kind in ("math", "display")]
        formulas = tuple(_stripped(source.span(region.inner_start, region.inner_end)) for region in inside)
        outside = _without(source.text, left, right, inside)
        yield Cell(_stripped(source.span(left, right)), formulas, plain(outside))


def _within(place: int, regions: list[Region]) -> bool:
    return any(region.start <= place < region.end for region in regions)


def _without(text: str, left: int, right: int, regions: list[Region]) -> str:
    """The words of a cell beside its formulas."""
    pieces: list[str] = []
    for region in regions:
        pieces.append(text[left : region.start])
        left = region.end
    return "".join([*pieces, text[left:right]]).strip()


def _stripped(span: Span, marks: str = " \t\r\n") -> Span:
    text = span.text
    start = span.start + len(text) - len(text.lstrip(marks))
    return Span(span.source, start, start + len(text.strip(marks)))


def is_read(span: Span, tables: Sequence[ReadTable]) -> bool:
    """Whether it stands between the borders of a table that is understood, so that its words are labels, or says of counts
    that they are to be divided by their sum, as they are.
    """
    inside = any(table.understood and table.span.start <= span.start < table.span.end for table in tables)
    counted = any(each.code == "counts-normalised" for table in tables for each in table.diagnostics)
    return (inside and "|" in span.text) or (counted and _NORMALISING.fullmatch(" ".join(span.text.split())) is not None)


def read_tables(grids: Sequence[Grid]) -> list[ReadTable]:
    """What the tables of a problem say, nameless ones under the letters that the text calls them by, or invented ones."""
    found: list[ReadTable] = []
    taken: set[Tree] = set()
    nameless = 0
    for grid in grids:
        table = read_table(grid, taken=frozenset(taken))
        if table.is_nameless:
            called = name_of_table(grid, nameless)
            table = table if called is None else read_table(grid, called)
            nameless += 1
        taken.update(each.sides[0] for each in table.statements if isinstance(each, Relation))
        found.append(table)
    return found


def read_table(grid: Grid, called: Tree | None = None, taken: frozenset[Tree] = frozenset()) -> ReadTable:
    """What a table says of distributions and values; a note where it has numbers and says nothing that can be read.

    called: its name. taken: the names of other tables.
    """
    header, *below = grid.rows
    rows = (tuple(_header(cell) for cell in header), *(tuple(_tree(cell) for cell in row) for row in below))
    around = (named_in(text) for text in (grid.above, grid.around) if text is not None)
    name = called or next((each for each in around if each is not None), None)
    words = words_around(grid.span, grid.around) if grid.around is not None else ""
    reading: Reading | None = read_grid(rows, grid.span, name=name, words=words, taken=taken)
    records = Reading(grid.span, taken=taken)
    if reading is None and read_records(rows, records):
        reading = records
    if reading is not None:
        return ReadTable(grid.span, True, tuple(reading.statements), tuple(reading.diagnostics))
    if samples_in(grid) is not None:
        return ReadTable(grid.span, True)
    if (data := data_in(rows, grid.span, grid.around)) is not None:
        return ReadTable(grid.span, True, tuple(data))
    numbers = [cell for row in rows[1:] for cell in row if cell is not None and number(cell) is not None]
    if not numbers:
        return ReadTable(grid.span, False)
    if (unfit := _not_whole(rows, grid.span)) is not None:
        return ReadTable(grid.span, False, (), (unfit,))
    message = f"the table that begins with {span_text(grid.rows[0][0].span) or 'an empty cell'} is not read"
    hint = "tables of distributions are read, outcome | P | Q, joint tables, X / Y in the corner, and symbol | value"
    return ReadTable(grid.span, False, (), (Diagnostic("note", "table-not-read", message, grid.span, hint),))


def _not_whole(rows: Rows, span: Span) -> Diagnostic | None:
    """A warning where a table would be a distribution, but for the sum of its numbers."""
    for labels, *columns in (tuple(zip(*rows, strict=True)), rows):
        for header, *column in columns:
            values = [number(cell) for cell in column if cell is not None]
            known = [value for value in values if value is not None and value >= 0]
            total = sum(known, Fraction(0))
            named = head_of(header)
            told = named is not None and (
                named.sure or not any(cell is not None and number(cell) is not None for cell in labels)
            )
            if len(known) == len(column) > 1 and 0 < abs(total - 1) < Fraction(1, 10) and told and header is not None:
                said = f"the numbers of {span_text(header.span)} sum to {float(total):.6g}, not to 1"
                hint = "check the numbers, or whether an outcome is missing"
                return Diagnostic("warning", "not-normalised", f"{said}: the table is not read as a distribution", span, hint)
    return None


def _tree(cell: Cell) -> Tree | None:
    """What stands in a cell: a formula, words (Text), or nothing."""
    whole = cell.formulas[0] if len(cell.formulas) == 1 and not cell.words else _stripped(cell.span, _MARKS)
    if _DECIMAL_COMMA.fullmatch(whole.text) is not None:
        value = whole.text.replace(",", ".")
        return Number(Fraction(value), value, span=whole)
    if len(cell.formulas) == 1:
        found = _formula(cell.formulas[0], "latex")
        if found is not None and could_be_name(found) and (half := _VALUE.fullmatch(cell.words)) is not None:
            return Relation(("=",), (found, _value(half["value"], whole)), span=whole)
        if found is not None and (not cell.words or head_of(found) is not None):
            return found
        return Text(cell.span.text, span=cell.span)
    corner = [_formula(formula, "latex") for formula in cell.formulas]
    if len(corner) == 2 and cell.words in ("\\", "/", "\\\\") and corner[0] is not None and corner[1] is not None:
        return Quotient(corner[0], corner[1], inline=True, span=cell.span)
    if cell.formulas or cell.words.lower() in _NOTHING:
        return Text(cell.span.text, span=cell.span) if cell.formulas else None
    span = _stripped(cell.span, _MARKS)
    text = plain(cell.words).strip(_MARKS)
    words = _CORNER.fullmatch(text)
    if words is not None:
        return Quotient(Name(words["rows"]), Name(words["columns"]), inline=True, span=span)
    conditional = conditional_in(text)
    if conditional is not None:
        return replace(conditional, span=span)
    event = _EVENT.fullmatch(text)
    if event is not None:
        return Relation(("=",), (Name(event["variable"], span=span), _value(event["value"], span)), span=span)
    short = _FORMULA.fullmatch(text) is not None and not (set(_LETTERS.findall(text)) - {"Pr"})
    found = _formula(span, "plain") if short else None
    return Text(text, span=span) if found is None else found


def _value(text: str, span: Span) -> Tree:
    """What a variable is equal to in a border, a word or a whole number."""
    return Number(Fraction(text), text, span=span) if text.isdigit() else Name(text, span=span)


def _header(cell: Cell) -> Tree | None:
    """What stands in a cell of the header: the name in parentheses of "True label (y)"."""
    match = _NAME_BEHIND.search(cell.words) if not cell.formulas else None
    start = cell.span.text.rfind("(") + 1
    inside = _stripped(cell.span.source.span(cell.span.start + start, cell.span.end), _MARKS + ")")
    name = _formula(inside, "plain") if match is not None and start else None
    return name if name is not None and canonical_head(name) is not None else _tree(cell)


def _formula(span: Span, notation: Notation) -> Tree | None:
    """The one formula that a text is; None where it is none or several."""
    reading = parse_statements(span, vocabulary(), notation)
    if len(reading.statements) != 1 or any(each.severity == "error" for each in reading.diagnostics):
        return None
    (tree,) = reading.statements
    return tree if not isinstance(tree, Relation) or len(tree.sides) == 2 else None
