"""Where every tree and node came from: a Source is a text with a name, a Span a stretch of it."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Source:
    """A person's text. Two sources are the same when name and text are the same."""

    name: str
    text: str

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0] + [i + 1 for i, character in enumerate(self.text) if character == "\n"]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both counted from 1."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line_text(self, line: int) -> str:
        """The text of one line (counted from 1), without its line break."""
        start = self._line_starts[line - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]

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
    def line(self) -> int:
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        return self.source.position(self.start)[1]

    def to(self, other: "Span") -> "Span":
        """From the start of this span to the end of the other one, in the same source."""
        return Span(self.source, min(self.start, other.start), max(self.end, other.end))

    def excerpt(self) -> str:
        """The line the span starts on, with carets under the part that is in the span."""
        line, column = self.source.position(self.start)
        text = self.source.line_text(line)
        width = max(1, min(self.end - self.start, len(text) - column + 1))
        margin = f"{line} | "
        indent = "".join("\t" if c == "\t" else " " for c in text[: column - 1])
        return f"{margin}{text}\n{' ' * (len(margin) - 2)}| {indent}{'^' * width}"
