"""Problems that are the items of a list, `1) Let ... Compute ...`, in a document without headings for them.

Items are problems where each of them stands alone: it asks something, it has an equation, and no formula of it needs a name
that another item defines; and where nothing is defined before the first of them. Else they are the parts of one problem.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from chainrule.sheets.items import Piece, read_items
from chainrule.sheets.problems import Opening
from chainrule.sheets.sheet import Item, Math
from chainrule.sheets.tasks import find_tasks
from chainrule.source import Source

_DEFINED = re.compile(r"\s*(?P<name>\\?[A-Za-z]+(?:_\{?\w+\}?)?)\s*(?:\([^()]*\))?\s*=\s*(?P<value>[-+\d.,\s\[\]()/]*$)?")


def find_listed(source: Source, pieces: Sequence[Piece]) -> list[Opening]:
    """The items of the one list that the document is; none where they do not stand alone."""
    starts = _starts(pieces)
    if len(starts) < 2 or any(piece.regions for piece in pieces[: starts[0]]):
        return []
    ends = [*starts[1:], len(pieces)]
    items = [read_items(source, [within(piece) for piece in pieces[a:b]]) for a, b in zip(starts, ends, strict=True)]
    if not all(find_tasks(each) for each in items) or not _stand_alone(items):
        return []
    return [_opening(pieces[index], index) for index in starts]


def _starts(pieces: Sequence[Piece]) -> list[int]:
    """Where the items of the outermost list begin; none where something else stands behind its first item."""
    starts: list[int] = []
    key = -1
    for index, piece in enumerate(pieces):
        outer = piece.block.path[0] if piece.block.path else None
        if outer is None or outer.number is None:
            if starts:
                return []
            continue
        if outer.key != key:
            if int(outer.number) != len(starts) + 1:
                return []
            starts.append(index)
            key = outer.key
    return starts


def _stand_alone(items: Sequence[Sequence[Item]]) -> bool:
    """No formula needs a name of another item. Where the items define the same names anew, values are those of their item."""
    formulas = [[item.text for item in each if isinstance(item, Math)] for each in items]
    if not all(any("=" in text for text in texts) for texts in formulas):
        return False
    matches = [[match for text in texts if (match := _DEFINED.match(text))] for texts in formulas]
    defined = [{match["name"] for match in found} for found in matches]
    computed = [{match["name"] for match in found if not match["value"]} for found in matches]
    counted = Counter(name for names in computed for name in names)
    needed = computed if any(count > 1 for count in counted.values()) else defined
    for index, texts in enumerate(formulas):
        others = set[str]().union(*(names for place, names in enumerate(needed) if place != index)) - defined[index]
        if any(_uses(text, name) for text in texts for name in others):
            return False
    return True


def _uses(text: str, name: str) -> bool:
    return re.search(rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z])", text) is not None


def _opening(piece: Piece, index: int) -> Opening:
    start, _ = piece.block.lines[0]
    return Opening(index, piece.block.path[0].number, "", start, listed=True)


def within(piece: Piece) -> Piece:
    """The piece as it stands inside the item of the outermost list."""
    return replace(piece, block=replace(piece.block, path=piece.block.path[1:]))
