"""Labels of parts, `a)`, `(ii)`, `3.`, `Part b:`, and the outline they form as a problem is read on."""

import re
from dataclasses import dataclass, field
from typing import Literal

from chainrule.sheets.blocks import Block, ListItem

LabelKind = Literal["digit", "letter", "capital", "roman"]

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_FORM = re.compile(
    r"[*_]{0,3}(?P<word>(?:part|task|subproblem|question|step)[ \t]+|q\.?[ \t]?(?=\d))?(?P<open>\()?"
    r"(?P<name>[A-Za-z]|[ivx]{2,5}|\d{1,2})(?P<close>\)|\.(?!\d))?(?P<colon>:)?[*_]{0,3}(?P<after>[.:]?[*_]{0,3}[ \t]+|$)",
    re.IGNORECASE,
)
_GAP = 3
"""A label may leave out so many of its predecessors; one further on is a word in parentheses."""


@dataclass(frozen=True)
class Label:
    """A label as the sheet has it, without brackets; `value` counts from 1, `length` is the label's in the text."""

    text: str
    kind: LabelKind
    value: int
    length: int


@dataclass(frozen=True)
class _Entry:
    label: Label
    level: int
    """Of the heading that carries the label; 0 for a label in a text."""
    path: tuple[ListItem, ...]


@dataclass
class Outline:
    """The labels open at the place that has been reached in a problem."""

    _entries: list[_Entry] = field(default_factory=list[_Entry])
    _path: tuple[ListItem, ...] = ()
    _seen: dict[LabelKind, int] = field(default_factory=dict[LabelKind, int])

    def enter(self, block: Block) -> None:
        """Go on to a block: a heading closes what is under its level, a list item what its neighbours opened."""
        if block.kind == "heading":
            self._entries = [entry for entry in self._entries if 0 < entry.level < block.level]
        self._entries = [entry for entry in self._entries if block.path[: len(entry.path)] == entry.path]
        self._path = block.path

    def label_at(self, text: str, block: Block, inline: bool = False) -> Label | None:
        """The label that this text begins with, if it continues the ones before it."""
        label = _read_label(text, self._last("letter"), self._last("roman"))
        if label is None or (inline and not text.lstrip("*_").startswith("(")):
            return None
        if block.kind == "heading" and not inline:
            return label
        last = self._seen.get(label.kind, 0)
        follows = label.value == last + 1 if inline else label.value <= last + _GAP
        return label if follows else None

    def open(self, label: Label, block: Block) -> None:
        """Begin the part with this label; it ends the open part with a label of its kind at the same place."""
        level = block.level if block.kind == "heading" else 0
        same = [i for i, e in enumerate(self._entries) if (e.level, e.path, e.label.kind) == (level, block.path, label.kind)]
        next_to = [i for i, e in enumerate(self._entries) if not level and _follows(label, e)]
        for index in (same or next_to)[:1]:
            del self._entries[index:]
        self._entries.append(_Entry(label, level, block.path))
        self._seen[label.kind] = label.value

    def part(self) -> str | None:
        """The labels from the outermost to the innermost, joined by points."""
        names = [entry.label.text for entry in self._entries if entry.level]
        for depth in range(len(self._path) + 1):
            names += [e.label.text for e in self._entries if not e.level and len(e.path) == depth]
            number = self._path[depth].number if depth < len(self._path) else None
            names += [number] if number else []
        return ".".join(names) or None

    def _last(self, kind: LabelKind) -> int:
        return self._seen.get(kind, 0)


def _follows(label: Label, entry: _Entry) -> bool:
    """Whether a label in a text goes on from one in a heading: a heading `(a)`, then a bold `(b)`."""
    return entry.level > 0 and (entry.label.kind, entry.label.value + 1) == (label.kind, label.value)


def _read_label(text: str, last_letter: int, last_roman: int) -> Label | None:
    match = _FORM.match(text)
    if match is None:
        return None
    name, word, close = match["name"], match["word"], match["close"]
    if match["open"] and close != ")":
        return None
    if not (close or word) or (word and word[:1] in "qQ" and word[1:2] not in "uU" and not (close or match["colon"])):
        return None
    if close == "." and not match["open"] and name.isupper():
        return None
    kind, value = _classify(name, last_letter, last_roman)
    return None if value == 0 else Label(name, kind, value, match.end())


def _classify(name: str, last_letter: int, last_roman: int) -> tuple[LabelKind, int]:
    r"""`i` after `h` is a letter, `v` after `iv` a number; value 0: this is not a label."""
    if name.isdigit():
        return "digit", int(name)
    lower = name.lower()
    letter = ord(lower) - ord("a") + 1 if len(lower) == 1 else 0
    roman = _ROMAN.index(lower) + 1 if lower in _ROMAN else 0
    if roman and not (letter and letter == last_letter + 1) and roman <= last_roman + 1:
        return "roman", roman
    return ("capital" if name.isupper() else "letter"), letter
