"""A text made from another one: stretches are copied, left out or replaced, and every place of the result is known."""

from dataclasses import dataclass, field

from chainrule.source import Origin, Segment, Source


@dataclass
class Rewriting:
    """The text that is made of `source`; what is neither copied nor put in is left out."""

    source: Source
    length: int = 0
    _pieces: list[str] = field(default_factory=list[str])
    _segments: list[Segment] = field(default_factory=list[Segment])

    def copy(self, start: int, end: int) -> None:
        """Go on with [start, end) of the source, letter by letter."""
        if end <= start:
            return
        last = self._segments[-1] if self._segments else None
        if last is None or last.until is not None or last.at + self.length - last.start != start:
            self._segments.append(Segment(self.length, start))
        self._add(self.source.text[start:end])

    def put(self, text: str, start: int, end: int) -> None:
        """Go on with a text that stands for [start, end) of the source."""
        if text:
            self._segments.append(Segment(self.length, start, end))
            self._add(text)

    def result(self) -> Source:
        """The text so far; the source itself where nothing was changed."""
        text = "".join(self._pieces)
        if text == self.source.text:
            return self.source
        return Source(self.source.name, text, Origin(self.source, tuple(self._segments) or (Segment(0, 0),)))

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self.length += len(text)
