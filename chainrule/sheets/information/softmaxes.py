r"""Probabilities that words leave to the reader: those of "logits $z = (2, 1, 0)$" are $\mathrm{softmax}(z)$."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chainrule.errors import Diagnostic
from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name
from chainrule.sheets.forms import words
from chainrule.sheets.information.given_lists import list_at
from chainrule.sheets.information.listing import placed
from chainrule.sheets.notation import statements
from chainrule.sheets.quantity_words import pieces_of, quantity_at
from chainrule.sheets.sentences import Sentence, Word, span_of
from chainrule.sheets.sheet import Math, Stated
from chainrule.syntax.tree import Bracket, Relation

_SCORES = words("logits logit scores score")
_BETWEEN = words("are is : = the of vector be given by as and has produces outputs")
_OTHERWISE = words("sigmoid temperature temperatures hinge margin")
"""Where the text has one of these, scores may be used in another way."""
_PROBABILITIES = ("q", "p", "r", "q'", "p'", "r'")
_NAMES = ("z", "s", "v", "z'", "s'", "v'")


@dataclass(frozen=True)
class Softmax:
    """The sentences with names for the probabilities, what is stated, what is said of it, and how many entries there are."""

    sentences: tuple[Sentence, ...]
    stated: tuple[Stated, ...] = ()
    notes: tuple[Diagnostic, ...] = ()
    size: int = 0


@dataclass(frozen=True)
class _Scores:
    """Tokens [first, end) of a sentence are the scores: a formula with a name, else these numbers."""

    sentence: int
    first: int
    end: int
    values: tuple[str, ...]
    name: str = ""


def with_softmax(sentences: Sequence[Sentence], used: frozenset[str]) -> Softmax:
    """The probabilities that a text means which gives scores, asks for a cross-entropy or a softmax, and writes none itself."""
    found = list(_scores(sentences)) if _means_softmax(sentences) else []
    if len(found) != 1:
        return Softmax(tuple(sentences))
    (scores,) = found
    sentence = sentences[scores.sentence]
    inside = sentence.tokens[scores.first : scores.end]
    span = span_of(inside)
    name = scores.name or next(each for each in _NAMES if each not in used)
    made = next(each for each in _PROBABILITIES if each not in used)
    argument, result = (Math(span, sentence.place, False, name=each) for each in (name, made))
    stated = [Stated(argument, placed(f"{name} = ({', '.join(scores.values)})", span), span)] if not scores.name else []
    stated.append(Stated(result, placed(f"{made} = \\mathrm{{softmax}}({name})", span), span))
    before = inside if scores.name else (argument,)
    tokens = (*sentence.tokens[: scores.first], *before, Word("softmax", span), result, *sentence.tokens[scores.end :])
    kept = [replace(each, tokens=tokens) if each is sentence else each for each in sentences]
    message = f"the probabilities are the softmax of the scores {name}, called {made} here"
    note = Diagnostic("note", "named-distribution", message, span)
    return Softmax(tuple(kept), tuple(stated), (note,), len(scores.values))


def _means_softmax(sentences: Sequence[Sentence]) -> bool:
    said: set[str] = set()
    asked = False
    for each in sentences:
        pieces = pieces_of(each.tokens)
        said.update(piece.text for piece in pieces)
        if any(piece.math is not None and "softmax" in piece.math.text for piece in pieces):
            return False
        named = (quantity_at(pieces, index) for index in range(len(pieces)))
        asked = asked or any(found is not None and found.quantity.distributions == 2 for found in named)
    return (asked or "softmax" in said) and said.isdisjoint(_OTHERWISE)


def _scores(sentences: Sequence[Sentence]) -> Iterator[_Scores]:
    for place, sentence in enumerate(sentences):
        pieces = pieces_of(sentence.tokens)
        for index, piece in enumerate(pieces):
            here = index + 1
            while here < len(pieces) and pieces[here].text in _BETWEEN:
                here += 1
            if piece.text not in _SCORES or here >= len(pieces):
                continue
            math = pieces[here].math
            if math is not None and (named := _named(math)) is not None:
                yield _Scores(place, pieces[here].index, pieces[here].index + 1, *named)
            elif listed := list_at(pieces, here):
                yield _Scores(place, pieces[here].index, pieces[listed[1] - 1].index + 1, tuple(listed[0]))


def _named(math: Math) -> tuple[tuple[str, ...], str] | None:
    """The entries and the name of `z = [2, 1, 0]`."""
    match statements(math):
        case (Relation(operators=("=",), sides=(name, Bracket(kind="(" | "[", items=items))),) if could_be_name(name):
            values = tuple(each.span.text for each in items if each.span is not None and number(each) is not None)
            whole = len(values) == len(items) > 1 and name.span is not None
            return (values, name.span.text) if whole and name.span is not None else None
        case _:
            return None
