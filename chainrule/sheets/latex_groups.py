r"""Arguments in LaTeX: `{..}`, `[..]`, a single token; where each begins and ends."""

import re
from dataclasses import dataclass

_SPACE = re.compile(r"[ \t]*(?:\n[ \t]*(?!\n))?")
_CLOSERS = {"{": "}", "[": "]"}
_SIGN = re.compile(r"\\.|[{}\]]", re.DOTALL)
_TOKEN = re.compile(r"\\(?:[A-Za-z@]+|[^)\]])|[^\\\s{}$]", re.DOTALL)
"""What ends a formula is no argument."""
_LONGEST = 20_000
"""An argument has at most so many characters."""
_LEAST_BUDGET = 1_000_000

Stretch = tuple[int, int]


@dataclass(frozen=True)
class Argument:
    """The content [start, end) of an argument and the offset behind it, with its bracket."""

    start: int
    end: int
    behind: int

    @property
    def content(self) -> Stretch:
        return self.start, self.end


class Groups:
    """The arguments in a text. Looking for brackets that never close would take long: there is a bound on all of it."""

    def __init__(self, text: str):
        self.text = text
        self._left = 2 * len(text) + _LEAST_BUDGET

    def skip_space(self, here: int) -> int:
        """Behind spaces and one line break."""
        match = _SPACE.match(self.text, here)
        return match.end() if match else here

    def bracketed(self, start: int) -> Argument | None:
        """The bracket that opens at `start`; braces nest, and `]` is looked for outside them. None if it is not closed."""
        opener = self.text[start : start + 1]
        limit = min(len(self.text), start + _LONGEST)
        if opener not in ("{", "[") or self._left < 0 or self.text.find(_CLOSERS[opener], start, limit) < 0:
            return None
        end = self._closer(start + 1, limit, _CLOSERS[opener])
        self._left -= (end or limit) - start
        return None if end is None else Argument(start + 1, end - 1, end)

    def _closer(self, start: int, limit: int, closer: str) -> int | None:
        depth = 0
        for match in _SIGN.finditer(self.text, start, limit):
            sign = match.group()
            if sign == closer and depth == 0:
                return match.end()
            depth += (sign == "{") - (sign == "}")
            if depth < 0:
                return None
        return None

    def option(self, here: int) -> Argument | None:
        """`[..]`, behind space; None where there is none."""
        start = self.skip_space(here)
        return self.bracketed(start) if self.text[start : start + 1] == "[" else None

    def group(self, here: int) -> Argument | None:
        """`{..}`, behind space; None where there is none."""
        start = self.skip_space(here)
        return self.bracketed(start) if self.text[start : start + 1] == "{" else None

    def argument(self, here: int) -> Argument | None:
        """A group, or the one token that stands in its place."""
        start = self.skip_space(here)
        if self.text[start : start + 1] == "{":
            return self.bracketed(start)
        match = _TOKEN.match(self.text, start)
        return match and Argument(*match.span(), match.end())

    def said(self, argument: Argument | None) -> str:
        """The text of an argument, "" where there is none."""
        return "" if argument is None else self.text[argument.start : argument.end]
