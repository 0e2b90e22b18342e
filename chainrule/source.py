"""Where every tree and node came from: a Source is a text with a name, a Span a stretch of it.

A text that was made from another one, a macro expanded, a comment left out, knows its Origin. Spans are offsets of the text
that is read, and say where they are in the document that a person wrote: the use of the macro, the line and column there.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Segment:
    """From `start` on, a text is a copy of its original from `at` on; with `until`, it stands for [at, until) as a whole."""

    start: int
    at: int
    until: int | None = None


@dataclass(frozen=True, eq=False)
class Origin:
    """What a text was made from: `segments` in order, the first one at 0."""

    source: "Source"
    segments: tuple[Segment, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [segment.start for segment in self.segments]

    def begin(self, offset: int) -> int:
        """Where in the original the character stands, or what it was made from begins."""
        segment = self._segment(offset)
        return segment.at if segment.until is not None else segment.at + offset - segment.start

    def end(self, offset: int) -> int:
        """Where in the original a stretch ends that ends before this character."""
        segment = self._segment(offset - 1)
        return segment.at + offset - segment.start if segment.until is None else segment.until

    def _segment(self, offset: int) -> Segment:
        return self.segments[max(0, bisect_right(self._starts, offset) - 1)]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a notebook, counted from 1, whose text begins at `start` of the source."""

    start: int
    number: int


@dataclass(frozen=True)
class Source:
    """A person's text. Two sources are the same when name, text and origin are the same."""

    name: str
    text: str
    origin: Origin | None = None
    cells: tuple[Cell, ...] = field(default=(), compare=False)
    line_break: str = field(default="\n", compare=False)
    """What ended its lines in the file; in the text that is always a line feed."""

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0] + [i + 1 for i, character in enumerate(self.text) if character == "\n"]

    @cached_property
    def document(self) -> "Source":
        """The source that the person wrote."""
        return self if self.origin is None else self.origin.source.document

    def place(self, offset: int) -> int:
        """The offset in the document of a character."""
        return offset if self.origin is None else self.origin.source.place(self.origin.begin(offset))

    def place_behind(self, offset: int) -> int:
        """The offset in the document at which a stretch ends that ends before this character."""
        return offset if self.origin is None else self.origin.source.place_behind(self.origin.end(offset))

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column in the document of a character, both counted from 1."""
        offset, starts = self.place(offset), self.document._line_starts
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def cell_position(self, offset: int) -> tuple[int, int] | None:
        """The number of the notebook's cell that a character stands in and its line there; None outside notebooks."""
        cells = self.document.cells
        if not cells:
            return None
        cell = cells[max(0, bisect_right(cells, self.place(offset), key=lambda each: each.start) - 1)]
        return cell.number, self.position(offset)[0] - self.document.position(cell.start)[0] + 1

    def where(self, offset: int) -> str:
        """`sheet.md:3:14`, and for a notebook `sheet.ipynb: cell 2, line 3, column 14`."""
        line, column = self.position(offset)
        cell = self.cell_position(offset)
        if cell is None:
            return f"{self.name}:{line}:{column}"
        return f"{self.name}: cell {cell[0]}, line {cell[1]}, column {column}"

    def line_text(self, line: int) -> str:
        """The text of one line of the document (counted from 1), without its line break."""
        text, start = self.document.text, self.document._line_starts[line - 1]
        end = text.find("\n", start)
        return text[start:] if end < 0 else text[start:end]

    def span(self, start: int = 0, end: int | None = None) -> "Span":
        """The stretch [start, end) of this source; the whole text by default."""
        return Span(self, start, len(self.text) if end is None else end)


@dataclass(frozen=True)
class Span:
    """The characters [start, end) of a source."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    @property
    def written(self) -> str:
        """What stands in the document that the person wrote, before macros and the like were rewritten."""
        document = self.source.document
        if document is self.source or self.end <= self.start:
            return self.text
        return document.text[self.source.place(self.start) : self.source.place_behind(self.end)]

    @property
    def line(self) -> int:
        """In the document that the person wrote."""
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        """In the document that the person wrote."""
        return self.source.position(self.start)[1]

    @property
    def where(self) -> str:
        """The file and the place in it, for people."""
        return self.source.where(self.start)

    def to(self, other: "Span") -> "Span":
        """From the start of this span to the end of the other one, in the same source."""
        return Span(self.source, min(self.start, other.start), max(self.end, other.end))

    def excerpt(self) -> str:
        """The line of the document that the span starts on, with carets under the part that is in the span."""
        line, column = self.source.position(self.start)
        cell = self.source.cell_position(self.start)
        text = self.source.line_text(line)
        length = self.source.place_behind(self.end) - self.source.place(self.start) if self.end > self.start else 0
        width = max(1, min(length, len(text) - column + 1))
        margin = f"{line if cell is None else cell[1]} | "
        indent = "".join("\t" if c == "\t" else " " for c in text[: column - 1])
        return f"{margin}{text}\n{' ' * (len(margin) - 2)}| {indent}{'^' * width}"
