"""Items to sentences: words and formulas in one stream, across paragraphs where a sentence runs on."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from chainrule.sheets.delimiters import with_delimiters
from chainrule.sheets.sheet import Item, Math, Place, Prose
from chainrule.source import Span

_NUMBER = r"(?:(?<![\w.)\]}$])[-−])?\d+(?:[.,]\d+)*(?:e[-+−]?\d+(?!\w))?"
"""With its sign where that stands behind no other number or word, and with its power of ten."""
_WORD = re.compile(
    r"what(?=['’]s\b)|(?<=what)['’]s\b"
    r"|i\.\s?i\.\s?d\b(?:\.(?=\s*(?:\Z|[^\s\w]|(?-i:[a-z])|[A-Z]\w+(?:\s?[(]|\s(?:with|variables?)))))?"
    r"|\(sub\)-?gradients?"
    r"|(?:w\.\s?r\.\s?t|w\.\s?p|e\.g|i\.e|s\.t)\b\.?|(?:resp|vs|cf|fig|eq|etc|approx)\.(?=\s)|probs?\.(?=\s|\Z)"
    rf"|[^\W\d_]+(?:['’\-][^\W\d_]+)*|-{{2,3}}(?!-)|{_NUMBER}|[^\s\w*_`~]",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\((?P<example>\s*(?:e\.\s?g|for example|for instance|such as)\b)?|\)")
_TERMINAL = frozenset((".", "?", "!", ";"))
_OPENING = frozenset(["use", "hint", "note", "recall", "consider", "here", "let", "assume", "suppose", "given", "remember"])
_LONGEST = 300
"""No sentence is longer, so that a text without full stops is read in linear time."""
_JOINING = frozenset((",", "and", "&", "or", ".", ";", ":"))


_SPELLED = {
    "(sub)gradient": ("subgradient",),
    "(sub)gradients": ("subgradients",),
    "'s": ("is",),
    "w.p": ("with", "probability"),
    "prob": ("probability",),
    "probs": ("probabilities",),
    "--": ("–",),
    "---": ("—",),
}
"""Abbreviations, without the point behind them, as they are read."""


@dataclass(frozen=True)
class Word:
    """A word or a punctuation mark, in lower case."""

    text: str
    span: Span
    capital: bool = False


@dataclass(frozen=True)
class Sentence:
    """Words and formulas up to a full stop. `end` is the mark that ends it, "" where none does.

    said: the tokens as they stand in the text, where those are other words for them.
    """

    tokens: tuple[Word | Math, ...]
    place: Place
    end: str
    said: tuple[Word | Math, ...] = ()

    @cached_property
    def span(self) -> Span:
        return span_of(self.tokens)

    @property
    def only_formulas(self) -> bool:
        return all(isinstance(token, Math) or token.text in _JOINING for token in self.tokens)


def span_of(tokens: tuple[Word | Math, ...]) -> Span:
    """From the first token to the last, with the delimiters of a formula at either end."""
    first, last = (
        with_delimiters(token.span) if isinstance(token, Math) and not token.name else token.span
        for token in (tokens[0], tokens[-1])
    )
    return first.to(last)


_REMINDER = re.compile(r"\brecall\b|\bis (called|said to be)\b|\bby definition\b")
_IF = re.compile(r"\b(if|iff|when|whenever|only if)\s*$")


def mark_illustrations(items: Iterable[Item]) -> tuple[Item, ...]:
    """Formulas in parentheses that begin with "e.g." or "for example" become illustrations.

    So does what a reminder makes a condition of: "recall that $A$ is symmetric if $A = A^\\top$".
    """
    marked: list[Item] = []
    reminding = condition = False
    depth = 0
    """How many parentheses deep an example is open; 0 for none."""
    block = -1
    for item in items:
        depth, reminding = (depth, reminding) if item.place.block == block else (0, False)
        block = item.place.block
        if isinstance(item, Prose):
            depth = _example_depth(item.text.lower(), depth)
            sentence = re.split(r"[.!?]\s", item.text.lower())
            reminding = (reminding and len(sentence) == 1) or _REMINDER.search(sentence[-1]) is not None
            condition = reminding and _IF.search(sentence[-1]) is not None
        is_aside = isinstance(item, Math) and (depth or condition)
        marked.append(replace(item, illustration=True) if isinstance(item, Math) and is_aside else item)
    return tuple(marked)


def _example_depth(text: str, depth: int) -> int:
    """The depth after this text: a parenthesis counts from the first that opens an example on."""
    for match in _BRACKET.finditer(text):
        if match.group() == ")":
            depth = max(0, depth - 1)
        elif depth or match["example"] is not None:
            depth += 1
    return depth


def find_sentences(items: Iterable[Item]) -> list[Sentence]:
    """The sentences of a problem in reading order."""
    readable = (item for item in items if isinstance(item, Prose | Math))
    blocks = [list(block) for _, block in groupby(readable, key=lambda item: (item.place.block, item.part))]
    sentences: list[Sentence] = []
    for _, listed in groupby((list(_split(block)) for block in blocks), key=lambda found: found and found[0].place.nesting):
        items_ = [*listed]
        mixed = len({found[0].only_formulas for found in items_ if found and _is_item(found[0])}) > 1
        for sentence in (sentence for found in items_ for sentence in found):
            if sentences and not mixed and _runs_on(sentences[-1], sentence):
                before = sentences[-1]
                sentences[-1] = replace(before, tokens=before.tokens + sentence.tokens, end=sentence.end)
            else:
                sentences.append(sentence)
    return sentences


def _is_item(sentence: Sentence) -> bool:
    """It stands in a list; formulas and words beside each other in one list are items that stand for themselves."""
    first = sentence.tokens[0]
    return sentence.place.nesting > 0 and not (isinstance(first, Math) and first.display)


def _split(block: list[Prose | Math]) -> Iterator[Sentence]:
    tokens: list[Word | Math] = []
    for token in _tokens(block):
        if len(tokens) == _LONGEST or (tokens and _begins_anew(tokens[-1], token)):
            yield Sentence(tuple(tokens), block[0].place, "")
            tokens = []
        tokens.append(token)
        if isinstance(token, Word) and token.text in _TERMINAL and _ends_word(token.span):
            if len(tokens) > 1:
                yield Sentence(tuple(tokens), block[0].place, token.text)
            tokens = []
    if tokens:
        yield Sentence(tuple(tokens), block[0].place, "")


def _begins_anew(before: Word | Math, token: Word | Math) -> bool:
    """After a colon, "Use the formula ..." and its like are a sentence of their own, and so is a capital word after a
    display, or on the line behind a formula without delimiters.
    """
    if not isinstance(token, Word):
        return False
    if isinstance(before, Math):
        apart = before.display or (before.plain and "\n" in token.span.source.text[before.span.end : token.span.start])
        return apart and token.capital and len(token.text) > 1 and token.text.isalpha()
    return before.text == ":" and token.capital and token.text in _OPENING


def _ends_word(span: Span) -> bool:
    following = span.source.text[span.end : span.end + 1]
    return not following or following in " \t\r\n*_)\"'|"


def _tokens(block: list[Prose | Math]) -> Iterator[Word | Math]:
    for item in block:
        if isinstance(item, Math):
            yield item
            continue
        text, start = item.span.text, item.span.start
        for match in _WORD.finditer(text):
            span = item.span.source.span(start + match.start(), start + match.end())
            word = match.group().lower().replace("’", "'")
            for spelled in _SPELLED.get(re.sub(r"\s|\.$", "", word), (word,)):
                yield Word(spelled, span, match.group()[0].isupper())


def _runs_on(before: Sentence, after: Sentence) -> bool:
    """A display goes on with the sentence that announces it, and a small letter with the display before it."""
    if len(before.tokens) + len(after.tokens) > _LONGEST:
        return False
    if after.place.heading or before.end or after.place.block == before.place.block or after.place.part != before.place.part:
        return False
    first, last = after.tokens[0], before.tokens[-1]
    if after.only_formulas:
        announced = isinstance(last, Word) or last.place.block != before.place.block
        return announced or before.only_formulas
    small = isinstance(first, Word) and first.text.isalpha() and not first.capital
    return small and (isinstance(last, Math) or last.text == ",")
