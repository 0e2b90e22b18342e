r"""Simple pictures in TikZ: `\node (h) at (1, 0) {$h = \sigma(w x)$}; \draw[->] (x) -- (h);`."""

import re

from chainrule.sheets.diagrams.drawing import Drawing, Unreadable
from chainrule.source import Span

_GAP = re.compile(r"(?:\s|%[^\n]*|\\(?:small|footnotesize|scriptsize|large|centering)\b)+")
_FRAME = re.compile(r"\\(?:begin|end)\s*\{(?:tikzpicture|scope)\}")
_COMMAND = re.compile(r"\\(?P<word>node|draw|path|coordinate)\b")
_NAME = re.compile(r"\(\s*(\w[\w' -]*?)(?:\.[\w ]+)?\s*\)")
_POINT = re.compile(r"\([^()]*\)")
_AT = re.compile(r"at\b")
_LINE = re.compile(r"--|\|-|-\||\bto\b|\bedge\b|\.\.|\bcontrols\b|\band\b")
_HEAD = re.compile(r"(?P<back><|\bstealth-|\blatex-)?\s*-+\s*(?P<on>>|\bstealth\b|\blatex\b|Stealth|Latex|\{[^{}]*\})?")
_INSIDE = re.compile(r"node\b")


def read_tikz(span: Span) -> Drawing:
    r"""The nodes and arrows of a picture of `\node`, `\draw` and `\path`. Raises Unreadable for anything else in it."""
    return _Reader(span).read()


class _Reader:
    def __init__(self, span: Span):
        self.span, self.text, self.here, self.drawing = span, span.text, 0, Drawing()
        self.everywhere = ""
        """The options of the picture, which hold for all of its lines."""

    def read(self) -> Drawing:
        self._skip()
        while self.here < len(self.text):
            if self._match(_FRAME):
                self.everywhere += self._options()
            elif command := self._match(_COMMAND):
                (self._node if command["word"] in ("node", "coordinate") else self._line)(command["word"])
            else:
                raise self._lost()
            self._skip()
        return self.drawing

    def _node(self, word: str) -> None:
        """`[options] (name) at (1, 2) {label}`, in any order; `;` ends it."""
        name = None
        while not self._takes(";"):
            if self._options() or (self._match(_AT) and self._point()):
                continue
            if found := self._match(_NAME):
                name = found[1]
                self.drawing.mention(name, self._part(*found.span(1)))
            elif self._at("{") and word == "node":
                label = self._group()
                if name is not None:
                    self.drawing.labels[name] = label
            else:
                raise self._lost()

    def _line(self, _: str) -> None:
        """`[->] (a) -- (b) -- node {word} (c);`, `(a) edge[->] (b) edge (c)`: arrows along it."""
        way = _way(self.everywhere + self._options())
        at, from_edge = None, None
        """The node that the line has come to, and that at which edges begin."""
        joined, on, label = False, way, None
        while not self._takes(";"):
            if line := self._match(_LINE):
                joined = True
                own = self._options()
                on = (_way(own) or way) if line[0] == "edge" else way
                from_edge = (from_edge or at) if line[0] == "edge" else None
            elif self._match(_INSIDE):
                label = self._inline_node()
                if not joined:
                    self.drawing.label_last(label)
            elif found := self._match(_NAME):
                start = from_edge or at
                if joined and start is not None:
                    self.drawing.connect([[start], [found[1]]], [(self._part(*found.span()), on, label)])
                at, joined, label = found[1], False, None
            elif self._point():
                at, joined = None, False
            else:
                raise self._lost()

    def _inline_node(self) -> Span:
        """What is written beside a line."""
        while self._options() or self._match(_NAME):
            pass
        if not self._at("{"):
            raise self._lost()
        return self._group()

    def _options(self) -> str:
        """`[...]` with what may be nested in it; "" where there is none."""
        self._skip()
        start, depth = self.here, 0
        if not self._at("["):
            return ""
        for place in range(start, len(self.text)):
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(self.text[place], 0)
            if depth == 0:
                self.here = place + 1
                self._skip()
                return self.text[start : place + 1]
        raise self._lost()

    def _group(self) -> Span:
        depth = 0
        for place in range(self.here, len(self.text)):
            escaped = place > 0 and self.text[place - 1] == "\\"
            depth += 0 if escaped else {"{": 1, "}": -1}.get(self.text[place], 0)
            if depth == 0:
                start, self.here = self.here + 1, place + 1
                self._skip()
                return self._part(start, place)
        raise self._lost()

    def _point(self) -> bool:
        return self._match(_POINT) is not None

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.here)
        if found:
            self.here = found.end()
            self._skip()
        return found

    def _skip(self) -> None:
        gap = _GAP.match(self.text, self.here)
        self.here = gap.end() if gap else self.here

    def _at(self, sign: str) -> bool:
        return self.text.startswith(sign, self.here)

    def _takes(self, sign: str) -> bool:
        found = self._at(sign)
        self.here += found
        self._skip()
        if not found and self.here >= len(self.text):
            raise Unreadable("it is not closed")
        return found

    def _lost(self) -> Unreadable:
        return Unreadable(f"{self.text[self.here :].split(chr(10))[0]!r} is not understood")

    def _part(self, start: int, end: int) -> Span:
        return self.span.source.span(self.span.start + start, self.span.start + end)


def _way(options: str) -> int:
    """1 where the options give a line a head, -1 where a tail, 0 where neither or both."""
    for option in options.strip("[]").replace("][", ",").split(","):
        found = _HEAD.fullmatch(option.strip())
        if found and bool(found["back"]) != bool(found["on"]):
            return -1 if found["back"] else 1
    return 0
