r"""Names that formulas in dollars define, and their places among words: "Let $f(x) = x^3$. Is f convex? Find f'(2)."."""

import re
from collections.abc import Iterable, Iterator

_NAME = r"[^\W\d_](?:_(?:\{\w+\}|[^\W_]+))?"
_HEAD = re.compile(rf"(?:^|\\\\|\\q?quad|[,;&])\s*({_NAME})\s*(\((?:[^()=]{{1,40}})\))?\s*&?\s*:?=(?!=)")
_ARGUMENT = re.compile(rf"\s*({_NAME})\s*")
_INSIDE = r"[-−\w\s,.+*/^_\[\]]{1,40}"
_OPERATOR = r"(?!\s?[-−+*/^=(]\s?[\w(])(?![\w^_'’-])"


def names_of_dollars(formulas: Iterable[str]) -> tuple[set[str], set[str]]:
    """The names that stand alone on the left of equations, or are arguments of functions there; and those functions."""
    names: set[str] = set()
    functions: set[str] = set()
    for text in formulas:
        for match in _HEAD.finditer(text):
            names.add(match[1])
            if match[2]:
                functions.add(match[1])
                inside = match[2][1:-1].split(",")
                names.update(found[1] for each in inside if (found := _ARGUMENT.fullmatch(each)))
    return names, functions


def find_calls(text: str, start: int, end: int, functions: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The places of `f'(2)`, `J(w)`, `f(1, 2)`, `f'` for a function of the problem; none that is a part of more."""
    if not functions:
        return
    spelled = "|".join(sorted(map(re.escape, functions), key=len, reverse=True))
    call = rf"(?:{spelled})(?:['′’]{{0,3}}\s?\({_INSIDE}\)|['′’]{{1,3}}(?![\w(])){_OPERATOR}"
    yield from (match.span() for match in re.compile(rf"(?<![\w\\/.$'’^+*=-])(?<![-+*/=] ){call}").finditer(text, start, end))


def is_label(text: str, start: int, end: int) -> bool:
    """A letter alone in parentheses, "(b)", which is a part of the sheet more often than a name."""
    return text[max(0, start - 1) : start] == "(" and text[end : end + 1] == ")"
