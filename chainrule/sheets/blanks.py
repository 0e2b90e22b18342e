r"""Equations whose right side is left open: "$\hat y = ?$", "dL/dw = ?", "c) $L = \ldots$". Each asks for its left side.

The equals sign and what stands for the answer are words then; the formula is the left side alone.
"""

import re
from dataclasses import replace

from chainrule.sheets.clauses import find_requests
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math
from chainrule.source import Span

_MARK = (
    r"(?:\?+|\\[lc]?dots\b|\.{2,}|…|(?:\\?_\s?){2,}|\\(?:square|Box)\b|\\boxed\{[\s~]*\}"
    r"|\\(?:underline|underbar)\{(?:[\s~]|\\[hq]\w+(?:\{[^{}]*\})?|\\[,;:! ])*\})"
)
_OPEN = re.compile(rf"\s*(?P<equals>=)\s*(?P<mark>{_MARK}[\s,;?]*)?\Z")
_FOLLOWED = re.compile(rf"[ \t]*(?:{_MARK}|(?=\n\s*(?:\n|[-*(]|\w{{1,3}}[.)]|\Z))|\Z)")
_CLOSED = re.compile(r"\s*(?:\?+|(?:\\?_\s?){2,}|\\(?:square|Box)\b|\\(?:boxed|underline)\{[^$]*\})[\s,;?]*(?:\$|\\\)|\\\])")
_MARKS = frozenset(("?", "…", ".", "_", ",", ";"))
_AHEAD = frozenset(
    ("so", "hence", "then", "thus", "therefore", "also", "and", "next", "now", "finally", "fill", "in", ":", ",", "(")
)


def open_side(inner: Span, outer: Span) -> tuple[Span, Span] | None:
    """The left side of an equation that has nothing but a mark on its right, and its equals sign; None for other formulas.

    inner: the formula. outer: with its delimiters, behind which the mark may stand.
    """
    found = _OPEN.search(inner.text)
    if found is None or not inner.text[: found.start()].strip():
        return None
    if not found["mark"] and _FOLLOWED.match(inner.source.text, outer.end) is None:
        return None
    source, start = inner.source, inner.start
    return source.span(start, start + found.start()), source.span(start + found.start("equals"), start + found.end("equals"))


def with_asked(sentence: Sentence) -> Sentence:
    """The sentence as a request for all that it leaves open; any other one as it is."""
    tokens = sentence.tokens
    kept = [token for index, token in enumerate(tokens) if not _is_blank(sentence, index)]
    if len(kept) == len(tokens):
        return sentence
    while kept and isinstance(last := kept[-1], Word) and last.text in _MARKS:
        kept.pop()
    plain = replace(sentence, tokens=tuple(kept))
    if find_requests(plain):
        return plain
    first = next((i for i, token in enumerate(kept) if isinstance(token, Math) or token.text not in _AHEAD), 0)
    start = kept[first].span
    verb = Word("compute", Span(start.source, start.start, start.start))
    return replace(sentence, tokens=(verb, *kept[first:]), said=sentence.said or tokens)


def _is_blank(sentence: Sentence, index: int) -> bool:
    """Whether a word is the equals sign behind a formula with nothing on its right, or stands for what is asked."""
    tokens = sentence.tokens
    token = tokens[index]
    if not isinstance(token, Word) or index == 0:
        return False
    if token.text == "=":
        behind = tokens[index + 1] if index + 1 < len(tokens) else None
        ends = behind is None or (isinstance(behind, Word) and behind.text in _MARKS)
        open_inside = _CLOSED.match(token.span.source.text, token.span.end) is not None
        return isinstance(tokens[index - 1], Math) and (ends or open_inside)
    before = tokens[index - 1]
    return token.text in ("?", "…", "_", ".") and (
        (isinstance(before, Word) and before.text == "=" and _is_blank(sentence, index - 1)) or _is_dot(sentence, index)
    )


def _is_dot(sentence: Sentence, index: int) -> bool:
    """Whether a full stop is one of three that stand for what is asked."""
    before = sentence.tokens[index - 1]
    return isinstance(before, Word) and before.text == "." and index > 1 and _is_blank(sentence, index - 1)
