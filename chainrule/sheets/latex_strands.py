"""A short text whose letters know where they come from: an argument from its own place, a macro's body from its use."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from chainrule.sheets.latex_macros import Macro

_PARAMETER = re.compile(r"#([1-9#])")
_ENDS_IN_WORD = re.compile(r"\\[A-Za-z@]+\Z")
_WORD_LENGTH = 60
"""A command's name is looked for in so many characters before a seam."""


@dataclass
class Strand:
    """`spots`: from an offset on, the letters are those of the source from `at` on; None where they are a macro's."""

    text: str
    spots: list[tuple[int, int | None]] = field(default_factory=lambda: [(0, None)])
    here: int = 0
    """What is before this offset has been read."""

    def part(self, start: int, end: int) -> "Strand":
        """The stretch [start, end)."""
        return Strand(self.text[start:end], [(first - start, at) for first, _, at in self._runs(start, end)])

    def pieces(self, start: int, end: int) -> Iterator[tuple[str, int | None]]:
        """The stretch [start, end) in runs with one origin each."""
        for first, last, at in self._runs(start, end):
            yield self.text[first:last], at

    def _runs(self, start: int, end: int) -> Iterator[tuple[int, int, int | None]]:
        index = max(0, bisect_right(self.spots, start, key=lambda spot: spot[0]) - 1)
        while start < end:
            begun, at = self.spots[index]
            last = min(end, self.spots[index + 1][0]) if index + 1 < len(self.spots) else end
            yield start, last, None if at is None else at + start - begun
            start, index = last, index + 1


def fill(macro: Macro, arguments: Sequence[Strand]) -> Strand:
    """The body of a macro with the arguments put in. A command's name does not run into the letters behind it."""
    made = Strand("", [])
    here = 0
    texts: list[str] = []
    length = 0

    def add(text: str, spots: Sequence[tuple[int, int | None]]) -> None:
        nonlocal length
        if not text:
            return
        if text[0].isalpha() and texts and ends_in_word(texts[-1]):
            made.spots.append((length, None))
            texts.append(" ")
            length += 1
        made.spots.extend((length + offset, at) for offset, at in spots)
        texts.append(text)
        length += len(text)

    for match in _PARAMETER.finditer(macro.body):
        add(macro.body[here : match.start()], [(0, None)])
        here = match.end()
        if match[1] == "#":
            add("#", [(0, None)])
        elif int(match[1]) <= len(arguments):
            argument = arguments[int(match[1]) - 1]
            add(argument.text, argument.spots)
    add(macro.body[here:], [(0, None)])
    made.text = "".join(texts)
    return made


def ends_in_word(text: str) -> bool:
    """Whether the last thing in a text is a command, whose name letters behind it would change."""
    return _ENDS_IN_WORD.search(text[-_WORD_LENGTH:]) is not None
