"""Blocks and regions to the items of a problem, in reading order, each with its part."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from chainrule.sheets.blanks import open_side
from chainrule.sheets.blocks import Block
from chainrule.sheets.diagrams.read import LANGUAGES, read_diagram
from chainrule.sheets.forms import FIND
from chainrule.sheets.labels import Label, Outline
from chainrule.sheets.plain_formulas import Names, find_names, find_plain_formulas
from chainrule.sheets.regions import Region
from chainrule.sheets.sheet import Fence, Figure, Item, Math, Place, Prose
from chainrule.source import Source, Span

_SENTENCE_END = re.compile(
    r"(?:[.:;?!,)][*_]{0,3}|;[ \t]+and)[ \t]+(?=[*_]{0,3}\([A-Za-z0-9]{1,4}\)[*_]{0,3}[ \t])"
    rf"|(?i:\b(?P<verb>{'|'.join(sorted(FIND))}))[ \t]+(?=\((?:a|i)\)[ \t])"
)
"""Where a label may follow, in parentheses: behind a mark, or the first behind a verb."""
_NEXT = re.compile(r"[;.?](?:[ \t\n]+and)?[ \t\n]+\((?:b|ii)\)[ \t]")
_AGAIN = re.compile(r"\((?:b|ii)\)[ \t]")
CELL_BORDER = re.compile(r"(?<!\\)\|")
_LETTER = r"[^\W\d_](?:_[^\W_])?"
_PLAIN_DERIVATIVE = re.compile(rf"(?<![\w/\\])(?:d{_LETTER}/d|∂{_LETTER}/∂){_LETTER}(?![\w/*^'’-])")
"""`dL/dw` or `∂L/∂w_1`: names of one letter, with an index of one sign."""
_MARKS = re.compile(r"\\([!-/:-@\[-`{-~])|\*+|(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9])|`+|~~")


@dataclass(frozen=True)
class Piece:
    """A block with the regions that begin in its lines; `index` counts blocks through the document."""

    block: Block
    index: int
    regions: tuple[Region, ...]


def assign_regions(blocks: list[Block], regions: list[Region]) -> list[Piece]:
    """Every region to the block it begins in; one outside every block becomes a block of its own."""
    shown = [region for region in regions if region.kind != "code"]
    pieces: list[Piece] = []
    waiting = covered = 0
    for block in blocks:
        clipped = replace(block, lines=tuple((max(start, covered), max(end, covered)) for start, end in block.lines))
        while waiting < len(shown) and shown[waiting].start < clipped.lines[0][0]:
            pieces.append(_alone(shown[waiting], len(pieces)))
            waiting += 1
        first = waiting
        while waiting < len(shown) and shown[waiting].start < clipped.lines[-1][1]:
            waiting += 1
        pieces.append(Piece(clipped, len(pieces), tuple(shown[first:waiting])))
        covered = shown[waiting - 1].end if waiting else 0
    return pieces + [_alone(region, len(pieces) + i) for i, region in enumerate(shown[waiting:])]


def _alone(region: Region, index: int) -> Piece:
    block = Block("text", 0, ((region.start, region.end),), ())
    return Piece(block, index, (region,))


def read_items(source: Source, pieces: list[Piece]) -> tuple[Item, ...]:
    """The items of one problem."""
    outline = Outline()
    items: list[Item] = []
    for piece in pieces:
        outline.enter(piece.block)
        items.extend(_block_items(source, piece, outline))
    return _with_plain_formulas(items)


def _with_plain_formulas(items: list[Item]) -> tuple[Item, ...]:
    """The items with the formulas about distributions that stand in their prose without delimiters."""
    names = find_names(
        (item.span.text for item in items if isinstance(item, Math)),
        (item.text for item in items if isinstance(item, Prose)),
        (item.span.text for item in items if isinstance(item, Prose)),
    )
    found: list[Item] = []
    for item in items:
        found.extend(_plain_formulas(item, names) if isinstance(item, Prose) else (item,))
    return tuple(found)


def _plain_formulas(item: Prose, names: Names) -> Iterator[Prose | Math]:
    source, here = item.span.source, item.span.start
    for start, end in find_plain_formulas(source.text, item.span.start, item.span.end, names):
        yield from _plain_words(source, here, start, item.place)
        yield Math(source.span(start, end), item.place, display=False, plain=True)
        here = end
    if here == item.span.start:
        yield item
    else:
        yield from _plain_words(source, here, item.span.end, item.place)


def _block_items(source: Source, piece: Piece, outline: Outline) -> Iterator[Item]:
    """The stretches of prose between regions, cut at labels, and the regions."""
    regions = deque(piece.regions)
    covered = 0
    for start, end in piece.block.lines:
        here = max(start, covered)
        while regions and regions[0].start < end:
            region = regions.popleft()
            yield from _prose(source, here, region.start, here == start, piece, outline)
            yield from _region_item(source, region, _place(piece, outline))
            here = covered = region.end
        yield from _prose(source, here, end, here == start, piece, outline)


def _place(piece: Piece, outline: Outline) -> Place:
    return Place(outline.part(), piece.index, len(piece.block.path), piece.block.kind == "heading")


def _region_item(source: Source, region: Region, place: Place) -> Iterator[Item]:
    span = source.span(region.inner_start, region.inner_end)
    match region.kind:
        case "math" | "display":
            left = open_side(_stripped(span), source.span(region.start, region.end))
            yield Math(_stripped(left[0] if left else span), place, region.kind == "display")
            if left:
                yield Prose(left[1], place, left[1].text)
        case "figure":
            yield Figure(span, place, region.note)
        case "fence" if region.note in LANGUAGES:
            yield read_diagram(span, place, region.note)
        case "fence":
            yield Fence(span, place, region.note)
        case "code" | "comment":
            pass


def _prose(source: Source, start: int, end: int, opens_line: bool, piece: Piece, outline: Outline) -> Iterator[Prose | Math]:
    """A stretch on one line, cut where a label begins a part and at the borders of table cells."""
    if start >= end:
        return
    here = start
    if opens_line and (label := outline.label_at(source.text[here:end], piece.block)):
        outline.open(label, piece.block)
        here += label.length
    elif not opens_line and (label := _next_label(source.text, start, end, piece.block, outline)):
        outline.open(label, piece.block)
        here = end - len(source.text[start:end].lstrip()) + label.length
    for stop, resume in _cuts(source.text, here, end, piece.block):
        if resume > stop:
            yield from _words(source, here, stop, piece, outline)
            here = resume
        elif label := outline.label_at(source.text[stop:end], piece.block, inline=True):
            yield from _words(source, here, stop, piece, outline)
            outline.open(label, piece.block)
            here = stop + label.length
    yield from _words(source, here, end, piece, outline)


def _next_label(text: str, start: int, end: int, block: Block, outline: Outline) -> Label | None:
    """The label behind a formula that goes on with the parts before it: "(i) $a$ (ii) $b$"."""
    label = outline.label_at(text[start:end].lstrip(), block, inline=True)
    return label if label is not None and label.value > 1 else None


def _cuts(text: str, start: int, end: int, block: Block) -> Iterator[tuple[int, int]]:
    """Places where prose may end and go on: (stop, resume) over a cell border, (stop, stop) before a label."""
    pattern = CELL_BORDER if block.kind == "row" else _SENTENCE_END
    for match in pattern.finditer(text, start, end):
        if block.kind != "row" and match["verb"] and not _lists_apart(text, match.end()):
            continue
        yield (match.start(), match.end()) if block.kind == "row" else (match.end(), match.end())


def _lists_apart(text: str, start: int) -> bool:
    """Whether stops set apart what a verb asks for under labels: what ends "compute (a) $f$ and (b) $g$ at 2" is of both."""
    stop, label = _NEXT.search(text, start), _AGAIN.search(text, start)
    return stop is not None and label is not None and stop.end() == label.end()


def _words(source: Source, start: int, end: int, piece: Piece, outline: Outline) -> Iterator[Prose | Math]:
    """Prose, and derivatives written in it without delimiters."""
    here = start
    place = _place(piece, outline)
    for match in _PLAIN_DERIVATIVE.finditer(source.text, start, end):
        yield from _plain_words(source, here, match.start(), place)
        yield Math(source.span(match.start(), match.end()), place, display=False)
        here = match.end()
    yield from _plain_words(source, here, end, place)


def _plain_words(source: Source, start: int, end: int, place: Place) -> Iterator[Prose]:
    span = _stripped(source.span(start, end))
    if text := plain(span.text):
        yield Prose(span, place, text)


def _stripped(span: Span) -> Span:
    """Without white space at both ends."""
    text = span.text
    start = span.start + len(text) - len(text.lstrip())
    return Span(span.source, start, start + len(text.strip()))


def plain(text: str) -> str:
    """Prose without Markdown's marks for emphasis, code and escapes."""
    return _MARKS.sub(lambda match: match.group(1) or "", text).strip()
