"""Numbers among words: "0.5", "-1", "(0.5, -1.0)", "[1, 0]", and formulas that are numbers."""

import re
from collections.abc import Sequence

from chainrule.errors import ShapeError
from chainrule.inference.literals import Literal, read_literal
from chainrule.inference.vocabulary import vocabulary
from chainrule.sheets.networks.marks import Mark, Tokens
from chainrule.sheets.notation import is_number
from chainrule.sheets.sheet import Math
from chainrule.source import Source
from chainrule.syntax.parser import parse_statements

_NUMBER = r"[-−]?\d+(?:\.\d+)?"
_SCALAR = re.compile(rf"{_NUMBER}(?![\d/^%])")
_LIST = re.compile(rf"[(\[]\s*{_NUMBER}(?:\s*,\s*{_NUMBER})+\s*[)\]]")
_WORDS = {"zero": "0", "zeros": "0", "one": "1", "ones": "1"}
_LONGEST = 400


def numbers_of(text: str) -> Literal | None:
    """The numbers that a literal stands for; None where it is none that is whole."""
    found = parse_statements(Source("", text).span(), vocabulary(), "latex").statements
    try:
        return read_literal(found[0]) if len(found) == 1 else None
    except ShapeError:
        return None


def literal_at(tokens: Tokens, marks: Sequence[Mark], at: int) -> tuple[str, int] | None:
    """The number or list that stands at a mark, and the mark behind it; None where there is none."""
    if not 0 <= at < len(marks):
        return None
    token = tokens[marks[at].first]
    if isinstance(token, Math):
        return (token.text, at + 1) if is_number(token) else None
    if token.text in _WORDS:
        return _WORDS[token.text], at + 1
    start = token.span.start
    text = token.span.source.text[start : start + _LONGEST]
    found = _LIST.match(text) or _SCALAR.match(text)
    if found is None:
        return None
    stop = start + found.end()
    behind = next((i for i in range(at, len(marks)) if tokens[marks[i].first].span.start >= stop), len(marks))
    return found.group().replace("−", "-"), behind
