r"""The letter x written for a cross: `2 x 3`, `\mathbb{R}^{m x n}`, `ℝ²ˣ³`."""

import re
from functools import lru_cache

from chainrule.source import Source
from chainrule.syntax.tokens import Token

_GROUPS = {"{": "}", "(": ")"}
_LETTER = re.compile(r"(?<![A-Za-z\\])x(?![A-Za-z])")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[ \t]*x[ \t]*(?=\d)")
_REACH = 30  # tokens of one exponent


def read_crosses(source: Source, tokens: list[Token], partners: list[int]) -> list[Token]:
    """The same tokens, with x made a cross between two sizes in the exponent of a space, and between two numbers.

    Where the letter stands anywhere else in the text, it is a letter between numbers too.
    """
    letters = [i for i, token in enumerate(tokens) if token.text == "x" and token.kind == "letter"]
    if not letters:
        return tokens
    crosses = _spaces(tokens, partners) & {*letters}
    others = [i for i in letters if i not in crosses]
    if not others or _has_letter(source):
        others = []
    if all(0 < i < len(tokens) - 1 and _between(tokens, i, ("number",)) and not _is_indicator(tokens, i + 1) for i in others):
        crosses.update(others)
    return [token._replace(kind="command", text="\\times") if i in crosses else token for i, token in enumerate(tokens)]


@lru_cache(maxsize=4)
def _has_letter(source: Source) -> bool:
    """Whether an x that stands between no two digits is anywhere in the source, in another formula of a sheet perhaps."""
    return _LETTER.search(_BETWEEN_DIGITS.sub(" ", source.text)) is not None


def _spaces(tokens: list[Token], partners: list[int]) -> set[int]:
    """The places between two sizes in the exponents of spaces."""
    places: set[int] = set()
    for i, token in enumerate(tokens):
        if token.text != "^" or not i or partners[i + 1 : i + 2] in ([], [-1]) or tokens[i + 1].text not in _GROUPS:
            continue
        if _is_space(tokens, i - 1) and partners[i + 1] - i < _REACH:
            places.update(j for j in range(i + 3, partners[i + 1] - 1) if _between(tokens, j, ("number", "letter", "word")))
    return places


def _is_space(tokens: list[Token], last: int) -> bool:
    r"""Whether what ends here is `\mathbb{R}`, `\mathbb R`, or an R behind a sign that a space follows."""
    first = last - 2 if tokens[last].text == "}" and last > 1 else last
    letter = tokens[first + 1] if first < last else tokens[last]
    before = tokens[first - 1].text if first else ""
    return letter.text == "R" and before in ("\\mathbb", "\\in", "\\to", ":")


def _is_indicator(tokens: list[Token], i: int) -> bool:
    """Whether the `1[n > 0]` of plain text stands here."""
    return tokens[i].text == "1" and i + 1 < len(tokens) and tokens[i + 1].text == "[" and not tokens[i + 1].spaced


def _between(tokens: list[Token], i: int, kinds: tuple[str, ...]) -> bool:
    return tokens[i - 1].kind in kinds and tokens[i + 1].kind in kinds
