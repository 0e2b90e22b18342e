"""A request as a row of phrases that follow each other in any order: every word of it must be in one of them."""

import re
from collections.abc import Iterable, Iterator, Mapping

from chainrule.sheets.clauses import Tokens
from chainrule.sheets.sheet import Math

Rows = tuple[tuple[str, re.Pattern[str]], ...]


def rows_of(patterns: Mapping[str, str]) -> Rows:
    """Named patterns, in the order in which they are tried; each ends where a word ends. `$` is a formula."""
    return tuple((name, re.compile(rf"(?:{pattern})(?: |$)")) for name, pattern in patterns.items())


def said_by(tokens: Tokens) -> str:
    """The words with one space between them, and `$` for each formula."""
    return " ".join("$" if isinstance(token, Math) else token.text.replace("$", "dollar") for token in tokens).strip()


def phrases_of(said: str, rows: Rows) -> list[tuple[str, re.Match[str]]] | None:
    """The phrases that the words are made of, None where they are not."""
    found: list[tuple[str, re.Match[str]]] = []
    here = 0
    while here < len(said):
        taken = next(_phrases_at(said, here, rows), None)
        if taken is None:
            return None
        found.append(taken)
        here = taken[1].end()
    return found


def _phrases_at(said: str, here: int, rows: Rows) -> Iterator[tuple[str, re.Match[str]]]:
    for name, pattern in rows:
        match = pattern.match(said, here)
        if match is not None and match.end() > here:
            yield name, match


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of these words, longer ones first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
