"""Problems that are the items of a list, `1) Let ... Compute ...`, in a document without headings for them.

Items are problems where each of them stands alone: it asks something, it has an equation, and no formula of it needs a name
that another item defines; and where nothing is defined before the first of them. Else they are the parts of one problem.
A single item is one where all that it asks stands in parts of it with letters.
So are paragraphs with a number in bold type, `**1.** Let ...`, that first say what they are about, and all with `**2.1**`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from chainrule.sheets.clauses import find_requests
from chainrule.sheets.forms import VERBS
from chainrule.sheets.items import Piece, read_items
from chainrule.sheets.problems import Opening, begin_body
from chainrule.sheets.sentences import Word, find_sentences
from chainrule.sheets.sheet import Item, Math
from chainrule.sheets.tasks import find_tasks
from chainrule.source import Source

_BOLD = re.compile(
    r"[ \t]*(\*\*|__)\(?(?P<number>\d{1,2}(?:\.\d{1,2})*)(?:[.):]?|[.):]?[ \t]+(?P<title>[^*_$.:?]{1,60}(?=[.:]|\1[.:]))[.:]?)"
    r"\1[.):]?(?=[ \t]|$)"
)
_REFERRING = frozenset(("it", "this", "that", "these", "those", "its", "their", "now", "then", "here", "both", "again", "next"))
_DEFINED = re.compile(r"\s*(?P<name>\\?[A-Za-z]+(?:_\{?\w+\}?)?)\s*(?:\([^()]*\))?\s*=\s*(?P<value>[-+\d.,\s\[\]()/]*$)?")


def find_listed(source: Source, pieces: Sequence[Piece]) -> list[Opening]:
    """The items of the one list that the document is; none where they do not stand alone."""
    bold = _bold(source, pieces)
    starts = [opening.index for opening in bold] or _starts(pieces)
    if not starts or any(piece.regions for piece in pieces[: starts[0]]):
        return []
    if len(starts) == 1 and not bold:
        tasks = find_tasks(read_items(source, [within(piece) for piece in pieces[starts[0] :]]))
        lettered = all(task.part is not None and task.part[:1].isalpha() for task in tasks)
        return [_opening(pieces[starts[0]], starts[0])] if tasks and lettered else []
    if len(starts) < 2:
        return []
    ends = [*starts[1:], len(pieces)]
    if bold:
        if "." in str(bold[0].number):
            return bold
        items = [read_items(source, _bodies(source, pieces, opening, end)) for opening, end in zip(bold, ends, strict=True)]
        alone = all(map(_states, items)) and _need_no_other(items)
        return bold if alone and all(map(find_tasks, items)) else []
    items = [read_items(source, [within(piece) for piece in pieces[a:b]]) for a, b in zip(starts, ends, strict=True)]
    if not all(find_tasks(each) for each in items) or not _stand_alone(items):
        return []
    return [_opening(pieces[index], index) for index in starts]


def _bold(source: Source, pieces: Sequence[Piece]) -> list[Opening]:
    """Where paragraphs begin with a number in bold type, from 1 on; none where one is missing."""
    found: list[Opening] = []
    for index, piece in enumerate(pieces):
        start, end = piece.block.lines[0]
        match = _BOLD.match(source.text[start:end]) if piece.block.kind == "text" and not piece.block.path else None
        title = (match["title"] or "").strip() if match is not None else ""
        if match is not None and title.partition(" ")[0].lower() not in VERBS:
            found.append(Opening(index, match["number"], title, start + match.end()))
    numbers = [str(opening.number) for opening in found]
    before, _, first = numbers[0].rpartition(".") if numbers else ("", "", "0")
    outer, start = (f"{before}.", int(first)) if before else ("", 1)
    return found if numbers == [f"{outer}{k}" for k in range(start, start + len(found))] else []


def _bodies(source: Source, pieces: Sequence[Piece], opening: Opening, end: int) -> list[Piece]:
    first, *rest = pieces[opening.index : end]
    return [begin_body(source, first, opening.body), *rest]


def _states(items: Sequence[Item]) -> bool:
    """Whether its first sentence says something with numbers or formulas, and of nothing that was said before."""
    sentences = find_sentences(items)
    asking = next((k for k, each in enumerate(sentences) if find_requests(each)), len(sentences))
    said = [each for each in sentences[:asking] if each.tokens]
    opening = said[0].tokens[0] if said else None
    refers = opening is None or (isinstance(opening, Word) and opening.text in _REFERRING)
    told = (t for each in said for t in each.tokens)
    return not refers and any(isinstance(t, Math) or t.text[:1].isdigit() for t in told)


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
            if starts and int(outer.number) != len(starts) + 1:
                return []
            starts.append(index)
            key = outer.key
    return starts


def _stand_alone(items: Sequence[Sequence[Item]]) -> bool:
    """No formula needs a name of another item. Where the items define the same names anew, values are those of their item."""
    formulas = [[item.text for item in each if isinstance(item, Math)] for each in items]
    return all(any("=" in text for text in texts) for texts in formulas) and _need_no_other(items)


def _need_no_other(items: Sequence[Sequence[Item]]) -> bool:
    """No formula needs a name that another item defines."""
    formulas = [[item.text for item in each if isinstance(item, Math)] for each in items]
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
