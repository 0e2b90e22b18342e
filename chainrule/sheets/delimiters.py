r"""The delimiters of a Markdown document as one list of tokens, and the places no formula may run across.

Formulas are found before Markdown's blocks are: inside a `$` block a line that starts with `- ` would become
a list and a lone `=` a heading. So a formula is delimited by its own delimiters and by four limits: a blank
line (unless an environment is open), a heading, a code fence, and the next item of the list it began in.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from chainrule.source import Span

_ENVIRONMENTS = "equation align aligned alignat alignedat gather gathered multline eqnarray split displaymath math flalign"
_ARRAYS = "array matrix bmatrix pmatrix vmatrix Bmatrix Vmatrix smallmatrix cases dcases"
ARRAYS = frozenset(_ARRAYS.split(" "))
"""Environments of which a formula is a part, `p(x) = \\begin{cases} ... \\end{cases}`."""
DISPLAY_ENVIRONMENTS = frozenset(_ENVIRONMENTS.split(" ")) | ARRAYS
"""Environments that make a formula without any `$` around them."""

_TOKEN = re.compile(
    r"^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(?:```+|~~~+)[^`\n]*$"
    r"|\\\\|\\\$|\\[()\[\]]|\\(?:begin|end)\{[A-Za-z]+\*?\}|\$|`+"
    r"|<!--|!\[[^\[\]\n]*\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\[\]\n]*\])|<(?i:img)\b[^<>]*>",
    re.MULTILINE,
)
_OPENING = re.compile(r"(?:\$\$?|\\\(|\\\[)[\s>]*\Z")
_CLOSING = re.compile(r"[\s>]*(?:\$\$?|\\\)|\\\])")
_MARGIN = 40
"""So many characters of space are looked through for the delimiter beside a formula."""
_BLANK = re.compile(r"^[ \t>]*$", re.MULTILINE)
_HEADING = re.compile(r"^[ \t>]*#{1,6}(?:[ \t]|$)", re.MULTILINE)
_PREFIX = re.compile(r"(?:[ \t]|>|(?P<item>[-+*]|\d{1,9}[.)])(?=[ \t]))*")


@dataclass(frozen=True)
class Token:
    """One delimiter, as written, with its place; `text` of a fence begins with its line's indentation."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Layout:
    """Where the lines of a text begin, and which of them end a formula: all offsets, sorted, the text's length last."""

    text: str
    lines: list[int]
    blanks: list[int]
    headings: list[int]

    def next_blank(self, offset: int) -> int:
        return self.blanks[min(bisect_left(self.blanks, offset), len(self.blanks) - 1)]

    def next_heading(self, offset: int) -> int:
        return self.headings[min(bisect_left(self.headings, offset), len(self.headings) - 1)]

    def line_start(self, offset: int) -> int:
        """Where the line with this offset begins."""
        return self.lines[max(0, bisect_right(self.lines, offset, 0, len(self.lines) - 1) - 1)]

    def line_end(self, offset: int) -> int:
        """Where the line with this offset ends: the offset of its line break, or of the end of the text."""
        index = bisect_right(self.lines, offset, 0, len(self.lines) - 1)
        return len(self.text) if index == len(self.lines) - 1 else self.lines[index] - 1

    def margin(self, start: int) -> tuple[int, str]:
        """Where the line that begins at `start` has its first words, and the marker of a list item that opens there ("")."""
        match = _PREFIX.match(self.text, start)
        assert match is not None, "the pattern matches the empty text"
        return match.end(), (match.group("item") or "")[-1:]


def find_layout(text: str) -> Layout:
    """The lines of a text, the blank ones and the headings."""
    lines = [0, *(match.end() for match in re.finditer("\n", text))]
    blanks = [match.start() for match in _BLANK.finditer(text)]
    headings = [match.start() for match in _HEADING.finditer(text)]
    return Layout(text, [*lines, len(text)], [*blanks, len(text)], [*headings, len(text)])


def tokenize(text: str) -> list[Token]:
    """Every delimiter of the text in order, escapes left out."""
    found = (Token(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text))
    return [token for token in found if token.text not in ("\\\\", "\\$")]


def with_delimiters(formula: Span) -> Span:
    """The stretch of a formula's content and the delimiters around it; as it is where they are not there."""
    text = formula.source.text
    before = max(0, formula.start - _MARGIN)
    opening = _OPENING.search(text[before : formula.start])
    closing = _CLOSING.match(text, formula.end, formula.end + _MARGIN)
    if opening is None or closing is None:
        return formula
    return Span(formula.source, before + opening.start(), closing.end())
