"""A question above parts which only say what it is of: "Compute $D(P \\| Q)$ for each pair. (a) $P = ...$, $Q = ...$"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chainrule.inference.symbols import could_be_name
from chainrule.sheets.clauses import Request, find_requests
from chainrule.sheets.leads import announces
from chainrule.sheets.notation import look, trees
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math
from chainrule.source import Span

_OF_EACH = re.compile(
    r"(?:^|(?:, )?\b)(?:for|in|of) (?=(?:\w+ )*(?:each|every|all|both|following))"
    r"(?:(?:each|every|all|both|the|these|of|following|given|two|three|four|below) )*"
    r"(?:pairs?|cases?|distributions?|choices?|examples?|parts?|items?|situations?|variables?|densit(?:y|ies)|families|following)"
    r"(?: of (?:probability )?distributions?)?(?: (?:below|\$))?(?: [,:])*(?= |$)"
)


@dataclass(frozen=True)
class Stem:
    """The question, without the words for the parts; `ends`: the last sentence of each part, behind which it is asked."""

    question: Sentence
    sentence: Sentence
    ends: tuple[Sentence, ...]


def find_stems(sentences: Sequence[Sentence]) -> list[Stem]:
    """The questions that parts below answer nothing to but what they are of."""
    return [stem for index, each in enumerate(sentences) if (stem := _stem(each, sentences[index + 1 :])) is not None]


def _stem(sentence: Sentence, following: Sequence[Sentence]) -> Stem | None:
    outer = sentence.place.part
    below: list[Sentence] = []
    for each in following:
        part = each.place.part
        if part is None or part == outer or not part.startswith(f"{outer}." if outer else ""):
            break
        below.append(each)
    question = _without_each(sentence) if below else None
    if (
        question is None
        or not find_requests(question)
        or any(map(announces, find_requests(sentence)))
        or any(find_requests(each) for each in below)
    ):
        return None
    parts = list(dict.fromkeys(each.place.part for each in below))
    ends = tuple([each for each in below if each.place.part == part][-1] for part in parts)
    giving = all(any(isinstance(t, Math) for each in below if each.place.part == part for t in each.tokens) for part in parts)
    return Stem(question, sentence, ends) if giving else None


def _without_each(sentence: Sentence) -> Sentence | None:
    """The sentence without "for each of the following pairs"; None where it says nothing of this kind."""
    said = " ".join("$" if isinstance(token, Math) else token.text for token in sentence.tokens)
    match = _OF_EACH.search(said)
    if match is None:
        return None
    start = said[: match.start()].split()
    end = len(said[: match.end()].split())
    kept = (*sentence.tokens[: len(start)], *sentence.tokens[end:])
    last = next((i for i in range(len(kept), 0, -1) if not (isinstance(t := kept[i - 1], Word) and t.text in (":", ","))), 0)
    return replace(sentence, tokens=kept[:last]) if last else None


def _is_name(math: Math) -> bool:
    return any(map(could_be_name, trees(math)))


def asked_there(stem: Stem, requests: Sequence[Request], end: Sentence) -> Iterator[Request]:
    """The requests of a question as they are asked behind a part; of what it only lists, "(a) $(0.5, 0.5)$", directly."""
    formulas = [token for token in end.tokens if isinstance(token, Math)]
    bare = bool(formulas) and end.only_formulas and all(look(math) == "other" and not _is_name(math) for math in formulas)
    span = end.tokens[-1].span
    of = (Word("of", Span(span.source, span.start, span.start)), *formulas) if bare else ()
    for request in requests:
        yield replace(request, tokens=(*request.tokens, *of), written=end.tokens[-1:], place=end.place)
