"""A question above parts which only say what it is of: "Compute $D(P \\| Q)$ for each pair. (a) $P = ...$, $Q = ...$"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chainrule.inference.literals import is_literal
from chainrule.inference.symbols import could_be_name
from chainrule.sheets.clauses import Request, find_requests
from chainrule.sheets.forms import CONTEXT
from chainrule.sheets.leads import announces
from chainrule.sheets.notation import look, statements, trees
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math
from chainrule.source import Span
from chainrule.syntax.tree import Relation

_OF_EACH = re.compile(
    r"(?:^|(?:, )?\b)(?:for|in|of) (?=(?:\w+ )*(?:each|every|all|both|following))"
    r"(?:(?:each|every|all|both|the|these|of|following|given|two|three|four|below) )*"
    r"(?:pairs?|cases?|distributions?|choices?|examples?|parts?|items?|situations?|variables?|densit(?:y|ies)|families|following)"
    r"(?: of (?:probability )?distributions?)?(?: (?:below|\$))?(?: [,:])*(?= |$)"
)
_FUNCTIONS = re.compile(
    r"(?:^|\b)(?:of|for) (?:(?:each|every|all|both|the|these|of|following|given|two|three|four|scalar|matrix|vector|real) )+"
    r"(?:functions?|expressions?|losse?s?|costs?|formulas?|terms)(?: below)?(?: [,:])*(?= |$)"
)
_EACH = re.compile(r"\b(?:each|every|following|below)\b")


@dataclass(frozen=True)
class Stem:
    """The question, without the words for the parts; `ends`: the last sentence of each part, behind which it is asked."""

    question: Sentence
    sentence: Sentence
    ends: tuple[Sentence, ...]
    at: int | None = None
    """It is asked of what each part defines, which is said at this place of the question; 0: at its beginning."""

    def of(self, end: Sentence) -> Sentence:
        """The question with the function of a part."""
        function = _function(end) if self.at is not None else None
        if function is None or not self.at:
            return self.question
        here = function.span
        word = Word("of", Span(here.source, here.start, here.start))
        tokens = self.question.tokens
        return replace(self.question, tokens=(*tokens[: self.at], word, function, *tokens[self.at :]))


def find_stems(sentences: Sequence[Sentence], about: bool) -> list[Stem]:
    """The questions that parts below answer nothing to but what they are of. about: the text speaks of distributions."""
    found = (_stem(each, sentences[index + 1 :], about) for index, each in enumerate(sentences))
    return [stem for stem in found if stem is not None]


def _stem(sentence: Sentence, following: Sequence[Sentence], about: bool) -> Stem | None:
    outer = sentence.place.part
    below: list[Sentence] = []
    for each in following:
        part = each.place.part
        if part is None or part == outer or not part.startswith(f"{outer}." if outer else ""):
            break
        below.append(each)
    functions, at = _with_functions(sentence) if below else (None, None)
    question = functions or (_without(sentence, _OF_EACH) if below and about else None)
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
    if functions is not None and not all(len(below) == len(parts) and _function(end) for end in ends):
        return None
    return Stem(question, sentence, ends, at) if giving else None


def _with_functions(sentence: Sentence) -> tuple[Sentence | None, int | None]:
    """The sentence without "of each of the following functions", and where that stood; None where it says more at its end."""
    said = _said(sentence)
    match = _FUNCTIONS.search(said) if _EACH.search(said) else None
    question = _without(sentence, _FUNCTIONS) if match is not None else None
    if match is None or question is None:
        return None, None
    at = len(said[: match.start()].split())
    words = [token.text for token in question.tokens if isinstance(token, Word)]
    given = sum(word in CONTEXT for word in words) > words.count("respect")
    if at == 0 and given:
        return None, None
    return question, at


def _function(end: Sentence) -> Math | None:
    r"""What a part that is one formula defines, the $f$ of `f(X) = ...`, or the expression that it is."""
    formulas = [token for token in end.tokens if isinstance(token, Math)]
    if len(formulas) != 1 or not end.only_formulas or len(statements(formulas[0])) != 1:
        return None
    (tree,) = statements(formulas[0])
    if not isinstance(tree, Relation):
        return None if could_be_name(tree) or is_literal(tree) else formulas[0]
    head = tree.sides[0]
    defines = tree.operators[0] in ("=", ":=") and head.span is not None and not is_literal(tree.sides[-1])
    return replace(formulas[0], name=head.span.text) if defines and head.span is not None else None


def _said(sentence: Sentence) -> str:
    return " ".join("$" if isinstance(token, Math) else token.text for token in sentence.tokens)


def _without(sentence: Sentence, pattern: re.Pattern[str]) -> Sentence | None:
    """The sentence without "for each of the following pairs"; None where it says nothing of this kind."""
    said = _said(sentence)
    match = pattern.search(said)
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
    listing = stem.at is None and bool(formulas) and end.only_formulas
    bare = listing and all(look(math) == "other" and not _is_name(math) for math in formulas)
    span = end.tokens[-1].span
    function = _function(end) if stem.at == 0 else None
    named = formulas if bare else [function] if function is not None else []
    of = (Word("of", Span(span.source, span.start, span.start)), *named) if named else ()
    for request in requests:
        yield replace(request, tokens=(*request.tokens, *of), written=end.tokens[-1:], place=end.place)
