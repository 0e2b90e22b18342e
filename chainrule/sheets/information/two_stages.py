"""Texts that tell a story in two stages, and name its variables: "Let D be the disease status and T the test result.".

Which letter is of which stage is told by the first word that belongs to one of them alone. Where a sentence is left that is
neither the story nor a request, it may change the story, and nothing is read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chainrule.errors import Diagnostic
from chainrule.inference.symbols import could_be_name
from chainrule.sheets.clauses import find_requests
from chainrule.sheets.forms import words
from chainrule.sheets.information.class_counts import with_class_counts
from chainrule.sheets.information.draws import read_draws
from chainrule.sheets.information.listing import placed
from chainrule.sheets.information.sources import read_sources
from chainrule.sheets.information.stories import NO, YES, Line, Story, line_of, read_story
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import mentions_quantity, pieces_of
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math, Stated

_CALLED = (
    r"(?:be|is|are|denote|denotes|denoting|for|stand for|stands for|represent|represents|mean|means|describe|describes"
    r"|indicate|indicates)(?: by)? "
)
_WORDS = r"(?:[a-z'/-]+ ){0,11}?[a-z'/-]+"
_SAYS = rf"(?:{_CALLED}(?={_WORDS})|(?=(?:the|whether|which|if|what) ))"
_NAMES = rf"\$ {_SAYS}(?P<one>{_WORDS})(?: ,)? and (?:let |write |by |with )?\$ {_SAYS}(?P<two>{_WORDS})"
_NAMING = re.compile(rf"(?:(?:let|denote by|write|call|here|where|with)(?: us)? )?{_NAMES}")
_LEAD = re.compile(rf"(?:with|let|writing|if|where) {_NAMES} , ")
_TAIL = re.compile(rf" ,? ?(?:where|with|if) {_NAMES}$")

_PLAIN = words(
    "the a an of whether which what if is was has have had been status state person patient individual someone randomly random"
    " chosen selected drawn picked taken that from made by result outcome event identity label or not healthy it this one"
    " on in given day variable item product comes came carries carry there i you we holds indicator for her his their"
)


_DENIED = re.compile(r"(?<!or )\b(?:not|negative|healthy)\b(?! or )")
""" "Whether the test is negative", and not "whether or not" and "positive or negative"."""


@dataclass(frozen=True)
class Names:
    """Two letters with the words for them; `cut` are the pieces of a request that say so."""

    letters: tuple[Math, Math]
    said: tuple[str, str]
    cut: tuple[int, int] | None = None


@dataclass(frozen=True)
class Stages:
    """The sentences without the story, what it states, and what is said of it."""

    sentences: tuple[Sentence, ...]
    stated: tuple[Stated, ...] = ()
    notes: tuple[Diagnostic, ...] = ()


def with_stages(sentences: Sequence[Sentence]) -> Stages:
    """The story that a text tells, or the examples that it counts; as it is where it does neither."""
    if (counted := with_class_counts(sentences)).stated:
        return Stages(counted.sentences, counted.stated, counted.notes)
    untouched = Stages(tuple(sentences))
    lines = [line_of(pieces_of(each.tokens)) for each in sentences]
    names = [(at, found) for at, each in enumerate(sentences) if (found := _names(each)) is not None]
    if len(names) != 1:
        return untouched
    at, named = names[0]
    asking = {k for k, each in enumerate(sentences) if _asks(each)}
    telling = [k for k, each in enumerate(sentences) if k not in asking | {at} and not each.place.heading and each.tokens]
    if not telling or telling[-1] > min(asking, default=-1) or at > min(asking, default=-1):
        return untouched
    story = _story([lines[k] for k in telling], [sentences[k] for k in telling])
    found = _by_stage(named, story) if story is not None else None
    if story is None or found is None:
        return untouched
    letters, words_for = found
    causes, effects = (_denied(labels, said) for labels, said in zip((story.causes, story.effects), words_for, strict=True))
    span = sentences[telling[0]].span.to(sentences[telling[-1]].span)
    place = sentences[telling[0]].place
    first, second = (math.text.strip() for math in letters)
    prior = ", ".join(f"{cause}: {share}" for cause, share in zip(causes, story.prior, strict=True))
    rows = zip(causes, story.rows, strict=True)
    cells = ", ".join(f"({e}, {c}): {share}" for c, row in rows for e, share in zip(effects, row, strict=True))
    heads = ((f"P({first})", prior), (f"P({second} \\mid {first})", cells))
    stated = tuple(
        Stated(Math(span, place, False, name=head), placed(f"{head} = \\{{{body}\\}}", span), span) for head, body in heads
    )
    kept = [_without(each, named) if k == at else each for k, each in enumerate(sentences) if k not in telling]
    message = f"{first} is what happens first in the story and {second} what depends on it"
    return Stages(tuple(each for each in kept if each.tokens), stated, (Diagnostic("note", "stages-read", message, span),))


def _asks(sentence: Sentence) -> bool:
    return sentence.end == "?" or mentions_quantity(sentence.tokens) or bool(find_requests(sentence))


def _story(lines: Sequence[Line], sentences: Sequence[Sentence]) -> Story | None:
    """The story of which every sentence is a part."""
    found = read_story(lines)
    if found is not None:
        story, read = found
        return story if len(read) == len(lines) else None
    return read_sources(lines) or read_draws([pieces_of(each.tokens) for each in sentences])


def _names(sentence: Sentence) -> Names | None:
    """The names that a sentence gives, as a whole, or before or behind what it asks."""
    pieces = pieces_of([_as_letter(token, sentence) for token in sentence.tokens])
    line = line_of(pieces)
    whole = None if _asks(sentence) else _NAMING.fullmatch(line.text)
    match = whole or (None if not _asks(sentence) else _LEAD.match(line.text) or _TAIL.search(line.text))
    if match is None or line.chances:
        return None
    start, end = (len(line.text[:place].split()) for place in match.span())
    formulas = [piece.math for piece in pieces[start:end] if piece.math is not None]
    if len(formulas) != 2 or not all(len(trees(math)) == 1 and could_be_name(trees(math)[0]) for math in formulas):
        return None
    return Names((formulas[0], formulas[1]), (match["one"], match["two"]), None if whole else (start, end))


def _as_letter(token: Word | Math, sentence: Sentence) -> Word | Math:
    """A capital letter among words as a formula."""
    is_letter = isinstance(token, Word) and token.capital and len(token.text) == 1 and token.text.isalpha()
    return Math(token.span, sentence.place, False, plain=True) if is_letter and token.text not in ("a", "i") else token


def _by_stage(names: Names, story: Story) -> tuple[tuple[Math, Math], tuple[str, str]] | None:
    """The letter of the first stage and that of the second, and the words for both."""
    stages = [_stage(said, story) for said in names.said]
    if sorted(stage for stage in stages if stage is not None) != [0, 1]:
        return None
    first, second = stages.index(0), stages.index(1)
    return (names.letters[first], names.letters[second]), (names.said[first], names.said[second])


def _denied(labels: tuple[str, ...], said: str) -> tuple[str, ...]:
    """Yes and no the other way round where a letter is for the opposite of what the story tells, "is healthy"."""
    return labels[::-1] if labels == (YES, NO) and _DENIED.search(said) else labels


def _stage(said: str, story: Story) -> int | None:
    """The stage of the first telling word; None where a word may say more, "the severity of the disease"."""
    if not set(said.split()) <= _PLAIN | story.first | story.second | story.around:
        return None
    for word in said.split():
        if (word in story.first) != (word in story.second):
            return int(word in story.second)
    return None


def _without(sentence: Sentence, names: Names) -> Sentence:
    """The request without the words that name; nothing of a sentence that only names."""
    if names.cut is None:
        return replace(sentence, tokens=())
    pieces = pieces_of(sentence.tokens)
    start, end = names.cut
    first = pieces[start].index
    last = pieces[end].index if end < len(pieces) else len(sentence.tokens)
    return replace(sentence, tokens=(*sentence.tokens[:first], *sentence.tokens[last:]))
