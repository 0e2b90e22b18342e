"""Markdown's blocks: headings, paragraphs, table rows, with the list items around them and exact places.

markdown-it-py reads a copy of the document in which every formula, code block and picture is a filler letter
a line, so that nothing in it can be taken for Markdown. Only the line numbers it answers with are used.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from chainrule.sheets.delimiters import Layout
from chainrule.sheets.regions import Region

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

BlockKind = Literal["heading", "text", "row"]

_NESTING_LIMIT = 60
_MARKER = re.compile(r"[ \t>]*(?:[-+*]|\d{1,9}[.)])(?:[ \t]+|$)", re.MULTILINE)
_INDENT = re.compile(r"[ \t>]*")
_HEADING = re.compile(r"#{1,6}[ \t]*")
_CLOSING = re.compile(r"(?:^|[ \t])#+$")


@dataclass(frozen=True)
class ListItem:
    """One item of a list: `number` is its label in the sheet, None for a bullet; `key` tells items apart."""

    key: int
    number: str | None


@dataclass(frozen=True)
class Block:
    """Lines that belong together: for each a stretch [start, end) of the text without margins. `level` of a heading."""

    kind: BlockKind
    level: int
    lines: tuple[tuple[int, int], ...]
    path: tuple[ListItem, ...]


def find_blocks(layout: Layout, regions: list[Region]) -> list[Block]:
    """The blocks of a document in reading order."""
    tokens = _markdown().parse(_mask(layout, regions))
    return _join_broken_lists(_Reader(layout, tokens).read())


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"maxNesting": _NESTING_LIMIT}).enable("table")
    # Indented text in a sheet is a paragraph far more often than code; fences and HTML are regions already.
    return markdown.disable(["code", "fence", "html_block", "reference", "inline"])


def _mask(layout: Layout, regions: list[Region]) -> str:
    """The text, line for line, with each region a filler; its later lines keep their margin, or get the first one's."""
    pieces: list[str] = []
    here = 0
    for region in regions:
        if region.kind == "code":
            continue
        pieces.append(layout.text[here : region.start])
        first = layout.line_start(region.start)
        indent = layout.text[first : layout.margin(first)[0]]
        indent = "".join(c if c in " \t>" else " " for c in indent)
        lines = layout.text[region.start : region.end].split("\n")
        pieces.append("\n".join(["x", *(_filler(line, indent) for line in lines[1:])]))
        here = region.end
    return "".join([*pieces, layout.text[here:]]).replace("\r", " ")


def _filler(line: str, indent: str) -> str:
    match = _INDENT.match(line)
    return (match.group() if match and line.strip(" \t>\r") else indent) + "x"


class _Reader:
    """Walks the tokens of markdown-it and keeps the list items that are open."""

    def __init__(self, layout: Layout, tokens: list["Token"]):
        self.layout = layout
        self.tokens = tokens
        self.blocks: list[Block] = []
        self.path: list[ListItem] = []
        self.fresh: list[int] = []
        """The lines of the list items that have been opened and have no block yet."""
        self.counts: list[int | None] = []
        """For each open list whose items are all numbered 1, how many there were; else None."""

    def read(self) -> list[Block]:
        for index, token in enumerate(self.tokens):
            self._take(index, token)
        return self.blocks

    def _take(self, index: int, token: "Token") -> None:
        match token.type:
            case "ordered_list_open" | "bullet_list_open":
                self.counts.append(0 if self._renumbers(index) else None)
            case "ordered_list_close" | "bullet_list_close":
                self.counts.pop()
            case "list_item_open":
                self._open_item(index, token)
            case "list_item_close":
                self.path.pop()
                self.fresh.clear()
            case "heading_open":
                self._add_heading(token)
            case "paragraph_open":
                self._add("text", 0, *_lines(token))
            case "tr_open":
                self._add("row", 0, *_lines(token))
            case _:
                pass

    def _renumbers(self, index: int) -> bool:
        """The first two items of the list that opens here are both numbered 1."""
        level = self.tokens[index].level + 1
        numbers: list[str] = []
        for place in range(index + 1, len(self.tokens)):
            token = self.tokens[place]
            if token.level < level or len(numbers) == 2:
                break
            if token.level == level and token.type == "list_item_open":
                numbers.append(token.info)
        return numbers == ["1", "1"]

    def _open_item(self, index: int, token: "Token") -> None:
        number = token.info or None
        count = self.counts[-1]
        if count is not None:
            self.counts[-1] = count + 1
            number = str(count + 1)
        self.path.append(ListItem(index, number))
        self.fresh.append(_lines(token)[0])

    def _add_heading(self, token: "Token") -> None:
        """An underlined "heading" of several lines, or one that ends as a sentence, is a paragraph above a rule."""
        first, end = _lines(token)
        if token.markup.startswith("#"):
            self._add("heading", int(token.tag[1:]), first, end)
            return
        last = self.layout.text[self.layout.lines[first] : self.layout.line_end(self.layout.lines[first])].rstrip()
        title = end - first == 2 and (token.markup == "=" or last[-1:] not in tuple(".:;?!,$"))
        self._add("heading" if title else "text", int(token.tag[1:]), first, end - 1)

    def _add(self, kind: BlockKind, level: int, first: int, end: int) -> None:
        markers = self.fresh.count(first)
        lines = [self._stretch(line, markers if line == first else 0) for line in range(first, end)]
        if kind == "heading" and (match := _HEADING.match(self.layout.text, *lines[0])):
            closing = self.layout.text[match.end() : lines[0][1]].rstrip()
            lines[0] = (match.end(), match.end() + len(_CLOSING.sub("", closing)))
        self.blocks.append(Block(kind, level, tuple(lines), tuple(self.path)))
        self.fresh.clear()

    def _stretch(self, line: int, markers: int) -> tuple[int, int]:
        text, start = self.layout.text, self.layout.lines[line]
        end = self.layout.line_end(start)
        for _ in range(markers):
            if match := _MARKER.match(text, start, end):
                start = match.end()
        if match := _INDENT.match(text, start, end):
            start = match.end()
        return start, start + len(text[start:end].rstrip())


def _lines(token: "Token") -> tuple[int, int]:
    first, end = token.map or (0, 0)
    return first, end


def _join_broken_lists(blocks: list[Block]) -> list[Block]:
    """What stands unindented between item 1 of a list and a list that goes on with 2 belongs to item 1."""
    joined = list(blocks)
    last: dict[tuple[ListItem, ...], tuple[int, ListItem]] = {}
    for index, block in enumerate(blocks):
        if block.kind == "heading":
            last.clear()
        for depth, item in enumerate(block.path):
            if item.number is None:
                continue
            outer = block.path[:depth]
            before, previous = last.get(outer, (index, item))
            if previous.number and int(item.number) == int(previous.number) + 1:
                for place in range(before + 1, index):
                    between = joined[place]
                    if between.path[:depth] == outer and between.path[depth : depth + 1] != (previous,):
                        joined[place] = replace(between, path=(*outer, previous, *between.path[depth:]))
            last[outer] = (index, item)
    return joined
