"""Graphs in DOT, the language of Graphviz: `digraph { x -> h; h [label="h = sigma(w x)"] }`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chainrule.sheets.diagrams.drawing import Drawing, Unreadable
from chainrule.sheets.latex_rewriting import Rewriting
from chainrule.source import Span

_TOKEN = re.compile(
    r"(?P<gap>\s+|//[^\n]*|/\*.*?\*/|(?m:^)#[^\n]*)|(?P<arrow>->|--)|(?P<sign>[{}\[\];,=:])"
    r'|"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<word>[^\W\d]\w*|-?(?:\.\d+|\d+(?:\.\d*)?))',
    re.DOTALL,
)
_WORDS = ("strict", "graph", "digraph", "subgraph", "node", "edge")
_ESCAPED = re.compile(r'\\([\\"])')
_DEEPEST = 20


@dataclass(frozen=True)
class _Token:
    """A name, a sign or an arrow; `kind` as in the pattern. `span`: of a quoted name what is between the quotes."""

    kind: str
    text: str
    span: Span


def read_dot(span: Span) -> Drawing:
    """The nodes and arrows of a graph. Raises Unreadable for what is not understood, ports and labels in HTML among it."""
    reader = _Reader(list(_tokens(span)), Drawing())
    reader.graph()
    return reader.drawing


def _tokens(span: Span) -> Iterator[_Token]:
    here, text = 0, span.text
    while here < len(text):
        match = _TOKEN.match(text, here)
        if match is None:
            raise Unreadable(f"{text[here:].split(chr(10))[0]!r} is not understood")
        kind = match.lastgroup or ""
        if kind != "gap":
            place = span.source.span(span.start + match.start(kind), span.start + match.end(kind))
            yield _Token(kind, match[kind], place)
        here = match.end()


class _Reader:
    def __init__(self, tokens: list[_Token], drawing: Drawing):
        self.tokens, self.drawing, self.here, self.depth, self.directed = tokens, drawing, 0, 0, True

    def graph(self) -> None:
        """`strict digraph name { ... }`, and nothing behind it."""
        self._takes("strict")
        self.directed = self._takes("digraph")
        if not self.directed and not self._takes("graph"):
            raise Unreadable("it is no graph")
        if not self._at("{"):
            self._next()
        self._block()
        if self.here < len(self.tokens):
            raise Unreadable(f"{self.tokens[self.here].text!r} behind its end is not understood")

    def _block(self) -> list[str]:
        """What is between two braces; the nodes that are named there."""
        self._expect("{")
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Unreadable("its subgraphs are nested too deeply")
        named = list[str]()
        while not self._takes("}"):
            named += self._statement()
            while self._takes(";") or self._takes(","):
                pass
        self.depth -= 1
        return named

    def _statement(self) -> list[str]:
        token = self._peek()
        if token.kind == "word" and token.text in ("graph", "node", "edge"):
            self._next()
            self._attributes()
            return []
        if self._at("=", 1):
            self.here += 2
            self._next()
            return []
        groups, arrows = [self._operand()], list[Span]()
        while self._peek().kind == "arrow":
            arrows.append(self._next().span)
            groups.append(self._operand())
        label = self._attributes()
        self.drawing.connect(groups, [(arrow, 1 if self.directed else 0, label) for arrow in arrows])
        if label is not None and not arrows:
            self.drawing.labels.update(dict.fromkeys(groups[0], label))
        return [name for group in groups for name in group]

    def _operand(self) -> list[str]:
        """A node, or all nodes of a subgraph."""
        if self._takes("subgraph") and not self._at("{"):
            self._next()
        if self._at("{"):
            return self._block()
        token = self._next()
        if token.kind not in ("word", "quoted") or (token.kind == "word" and token.text in _WORDS):
            raise Unreadable(f"{token.text!r} is not understood")
        if self._at(":"):
            raise Unreadable(f"the port of {token.text} is not understood")
        self.drawing.mention(token.text, _unescaped(token.span))
        return [token.text]

    def _attributes(self) -> Span | None:
        """`[shape=box, label="..."] [...]`: the label, if there is one."""
        label = None
        while self._takes("["):
            while not self._takes("]"):
                name = self._next()
                self._expect("=")
                value = self._next()
                if name.text == "label":
                    label = _unescaped(value.span)
                if not self._takes(","):
                    self._takes(";")
        return label

    def _peek(self, ahead: int = 0) -> _Token:
        if self.here + ahead >= len(self.tokens):
            raise Unreadable("it is not closed")
        return self.tokens[self.here + ahead]

    def _next(self) -> _Token:
        token = self._peek()
        self.here += 1
        return token

    def _at(self, text: str, ahead: int = 0) -> bool:
        place = self.here + ahead
        return place < len(self.tokens) and self.tokens[place].kind != "quoted" and self.tokens[place].text == text

    def _takes(self, text: str) -> bool:
        found = self._at(text)
        self.here += found
        return found

    def _expect(self, text: str) -> None:
        if not self._takes(text):
            raise Unreadable(f"{self._peek().text!r} stands where {text} is expected")


def _unescaped(span: Span) -> Span:
    r"""A label in which `\\` and `\"` are what they stand for, each still with its place."""
    if not _ESCAPED.search(span.text):
        return span
    made, here = Rewriting(span.source), span.start
    for match in _ESCAPED.finditer(span.text):
        made.copy(here, span.start + match.start())
        made.put(match[1], span.start + match.start(), span.start + match.end())
        here = span.start + match.end()
    made.copy(here, span.end)
    return made.result().span()
