"""Which headings open a problem, and with what number and title."""

import re
from dataclasses import dataclass, replace

from chainrule.sheets.blocks import Block
from chainrule.sheets.items import Piece, plain
from chainrule.source import Source

_SAYING = re.compile(
    r"[*_]{0,3}(?:(?P<word>problem|exercise|question)\b|q(?=\.?[ \t]?\d))[ \t]*"
    r"(?:\#|no\.?[ \t]*|\.[ \t]?(?=\d))?\(?(?P<number>[A-Z]?\.?\d+(?:\.\d+)*[a-z]?|[IVX]+\b|[A-Z]\b)?\)?[*_]{0,3}(?P<rest>.*)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[*_]{0,3}(?P<number>\d{1,3})(?:[.):][*_]{0,3}(?P<rest>(?:[ \t].*)?)|[*_]{0,3})$")
_TITLE_BEHIND = re.compile(r"[ \t]*\([^()]*\)[*_.:]{0,5}|[ \t]+(?:[-–—][ \t]+)?[A-Z][\w \t,'’-]{0,60}[*_]{0,3}")
"""A line that is a heading without its mark: `Exercise 2.4 (Entropy)`, `Problem 3 - Softmax`, `Problem 7 Neural Networks`."""
_LEAD_BEHIND = re.compile(
    r"[ \t]*(?:\((?!(?:[a-z]|[ivx]+|\d+)\))[^()]*\)|\[(?!(?:[a-z]|[ivx]+|\d+)\])[^\[\]]*\])"
    r"(?:[.:]|[*_]{1,3}(?![\w*_])|[ \t]+(?=[A-Z])|[ \t]*$)"
    r"|[ \t]*[-–—]{1,3}[ \t]+[*_]{0,3}[A-Z]"
)
"""What may stand between a number and the text: `(10 points).`, `[5 points] Let`, `- Softmax. Let`; not a label `(a)`."""
_SEPARATORS = " \t.:)-–—*_"


@dataclass(frozen=True)
class Opening:
    """A problem opens at pieces[index]; `number` is None where the sheet gives none.

    `body` is where its words begin, behind the number.
    """

    index: int
    number: str | None
    title: str
    body: int
    word: bool = False
    """It says Problem in a word, not Q."""
    listed: bool = False
    """It is an item of a list, and the blocks below it are what the item holds."""


def find_openings(source: Source, pieces: list[Piece]) -> list[Opening]:
    """Headings that say Problem, else lines that do, else numbered headings, else the highest headings, else none.

    `Q1` says it too, where nothing says it in a word. Lines with a number that no heading has open problems beside headings.
    Where this finds no more than a title, the items of a list may be problems (`listed_problems.py`).
    """
    headings = [(index, piece.block) for index, piece in enumerate(pieces) if piece.block.kind == "heading"]
    if said := _in_words([o for index, block in headings if (o := _saying(source, index, block))]):
        # A problem among them may have lost the mark of its heading.
        numbers = {opening.number for opening in said}
        others = [o for o in _opening_lines(source, pieces) if o.word and o.number not in numbers]
        return sorted((*said, *others), key=lambda opening: opening.index)
    if lines := _opening_lines(source, pieces):
        return lines
    numbered = [(o, block.level) for index, block in headings if (o := _numbered(source, index, block))]
    highest = min((block.level for _, block in headings), default=0)
    if numbered and not _are_parts(source, pieces, numbered, highest):
        highest = min(level for _, level in numbered)
        return [opening for opening, level in numbered if level == highest]
    return [
        Opening(index, None, plain(_text(source, block)), block.lines[0][0])
        for index, block in headings
        if block.level == highest
    ]


def _are_parts(source: Source, pieces: list[Piece], numbered: list[tuple[Opening, int]], highest: int) -> bool:
    """Numbered headings below another one that are sentences, `### 1. Compute $p$.`, are parts of what is above them."""
    first, level = numbered[0]
    above = any(piece.block.kind == "heading" and piece.block.level < level for piece in pieces[: first.index])
    return highest < level and above and all(_is_sentence(source, pieces[opening.index]) for opening, _ in numbered)


def _is_sentence(source: Source, piece: Piece) -> bool:
    return bool(piece.regions) or _text(source, piece.block).rstrip(" *_").endswith((".", "?", ":", "!"))


def _text(source: Source, block: Block) -> str:
    start, end = block.lines[0]
    return source.text[start:end]


def _title(rest: str) -> str:
    return plain(rest.lstrip(_SEPARATORS))


def _saying(source: Source, index: int, block: Block) -> Opening | None:
    """`Problem 7: Title`, `Exercise 2.1 Title`, `Question`; not `Problem Set 3` or `Exercises`."""
    match = _SAYING.match(_text(source, block))
    if match is None:
        return None
    number, rest = match["number"], match["rest"]
    if number is None and rest.strip() and rest[:1] not in _SEPARATORS:
        return None
    if number is None and rest[:1] in (" ", "\t") and rest.strip()[:1] not in _SEPARATORS:
        return None
    return Opening(index, number, _title(rest), block.lines[0][0] + match.start("rest"), bool(match["word"]))


def _in_words(openings: list[Opening]) -> list[Opening]:
    return [opening for opening in openings if opening.word] or openings


def _numbered(source: Source, index: int, block: Block) -> Opening | None:
    match = _NUMBER.match(_text(source, block))
    if match is None:
        return None
    return Opening(index, match["number"], _title(match["rest"] or ""), block.lines[0][0] + match.end("number"))


def _opening_lines(source: Source, pieces: list[Piece]) -> list[Opening]:
    """Paragraphs such as `**Problem 3.** Consider ...`: what follows the number is the problem, not its title."""
    openings: list[Opening] = []
    for index, piece in enumerate(pieces):
        if piece.block.kind != "text" or piece.block.path:
            continue
        start, end = piece.block.lines[0]
        match = _SAYING.match(source.text[start:end])
        if match is None or match["number"] is None:
            continue
        rest, body = match["rest"], start + match.start("rest")
        marked = match.group().startswith(("*", "_")) and source.text[body - 1] in "*_"
        if len(piece.block.lines) == 1 and not piece.regions and _TITLE_BEHIND.fullmatch(rest):
            openings.append(Opening(index, match["number"], _title(rest.rstrip("*_.: \t")), end, bool(match["word"])))
        elif marked or rest[:1] in (".", ":", ")", "*", "_") or not rest.strip() or _LEAD_BEHIND.match(rest):
            openings.append(Opening(index, match["number"], "", body, bool(match["word"])))
    return _in_words(openings)


def begin_body(source: Source, piece: Piece, body: int) -> Piece:
    """The piece from the words after the problem's number on."""
    (first, end), *rest = piece.block.lines
    if body == first:
        return piece
    words = source.text[body:end]
    start = min(end, body + len(words) - len(words.lstrip(_SEPARATORS)))
    return replace(piece, block=replace(piece.block, lines=((start, end), *rest)))
