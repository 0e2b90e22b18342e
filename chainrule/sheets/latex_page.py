r"""The page that LaTeX's text is written on as Markdown: what has been written, which lists and braces are open."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from chainrule.errors import Diagnostic, Severity
from chainrule.sheets.latex_expansion import Expanded
from chainrule.sheets.latex_groups import Groups
from chainrule.sheets.latex_lists import OpenList
from chainrule.sheets.latex_rewriting import Rewriting
from chainrule.sheets.regions import Region

TOKEN = re.compile(
    r"\\(?P<edge>begin|end)\s*\{(?P<name>[A-Za-z]+\*?)\}|\\(?P<word>[A-Za-z@]+)\*?|\\(?P<sign>[^A-Za-z])"
    r"|(?P<brace>[{}])|(?P<tie>~)|(?P<quote>'')|(?P<line>\n[ \t>]*)",
    re.DOTALL,
)
_NESTING_LIMIT = 10
MOST_REPORTS = 100
"""The same is said of so many places, and no more."""

Token = re.Match[str]


@dataclass
class Page:
    """`token` writes one token and says where to go on. `whole`: of a `.tex` file, so that all its commands are LaTeX's."""

    expanded: Expanded
    regions: Sequence[Region]
    token: Callable[["Page", Token], int]
    whole: bool
    faults: list[Diagnostic] = field(default_factory=list[Diagnostic])
    lists: list[OpenList] = field(default_factory=list[OpenList])
    closers: list[str | None] = field(default_factory=list[str | None])
    """What each open brace puts where it closes; None for one that stays."""
    counts: Counter[str] = field(default_factory=Counter[str])
    """How many problems of a word, and headings of a level, there were."""
    labels: dict[str, str] = field(default_factory=dict[str, str])
    number: str = ""
    """Of the problem or section that is open."""
    base: str = ""
    """The margin of the outermost list in a Markdown document."""
    fresh: bool = False
    """Nothing stands yet behind the marker of an item."""
    titled: bool = False
    """A title is written, on one line."""

    def __post_init__(self) -> None:
        self.source = self.expanded.source
        self.text = self.source.text
        self.groups = Groups(self.text)
        self.made = Rewriting(self.source)
        self._begins = [region.start for region in self.regions]
        self._depth = 0
        self._endless: set[str] = set()
        self._reported: Counter[str] = Counter()
        self.too_deep = 0
        """How many lists are open that are not looked at."""

    def write(self, start: int, end: int) -> None:
        """Go on with [start, end) of the text, token by token; a formula as it is."""
        if self._depth > _NESTING_LIMIT:
            self.copy(start, end)
            return
        self._depth += 1
        here = start
        match = TOKEN.search(self.text, here, end)
        while here < end:
            if match is not None and match.start() < here:
                match = TOKEN.search(self.text, here, end)
            region = self._region(here, match.start() if match else end)
            if region is not None:
                self.copy(here, min(end, region.end))
                here = region.end
            elif match is None:
                self.copy(here, end)
                here = end
            else:
                self.copy(here, match.start())
                here = max(match.end(), self.token(self, match))
        self._depth -= 1

    def _region(self, start: int, end: int) -> Region | None:
        index = bisect_left(self._begins, start)
        return self.regions[index] if index < len(self.regions) and self._begins[index] <= end else None

    def copy(self, start: int, end: int) -> None:
        """[start, end) as it stands."""
        if self.text[start:end].strip():
            self.fresh = False
        self.made.copy(start, end)

    def keep(self, match: Token) -> int:
        """A token as it stands; where to go on."""
        self.copy(*match.span())
        return match.end()

    def put(self, text: str, start: int, end: int) -> None:
        """A text that stands for [start, end)."""
        if text.strip():
            self.fresh = False
        self.made.put(text, start, end)

    def paragraph(self, start: int, end: int) -> None:
        """End the paragraph, at what stands in [start, end); an item that has just begun goes on."""
        if not self.fresh:
            self.made.put("\n\n" + self.prefix(), start, end)

    def prefix(self) -> str:
        """What a line inside the open lists begins with."""
        return self.base + " " * sum(each.width for each in self.lists)

    def report(self, severity: Severity, code: str, message: str, start: int, end: int, hint: str | None = None) -> None:
        """Say something of [start, end)."""
        self._reported[code] += 1
        if self._reported[code] <= MOST_REPORTS:
            self.faults.append(Diagnostic(severity, code, message, self.source.span(start, end), hint))

    def behind_end(self, match: Token) -> int | None:
        r"""Behind the \end of the environment that opens here; None where it is never closed."""
        closing = f"\\end{{{match['name']}}}"
        end = -1 if closing in self._endless else self.text.find(closing, match.end())
        if end < 0:
            self._endless.add(closing)
            return None
        return end + len(closing)

    def inside(self, kind: str) -> bool:
        """Whether a list of this kind is open."""
        return any(each.kind == kind for each in self.lists)

    def leave_list(self) -> None:
        """The innermost list ends, though nothing closes it."""
        each = self.lists.pop()
        message = f"The list opened with \\begin{{{each.name}}} here is never closed, or not before what goes around it."
        self.report("error", "unclosed-environment", message, each.start, each.end, f"close it with \\end{{{each.name}}}")
