r"""Conditional probabilities in words: "given $X = 0$, $Y = 1$ with probability 0.2" is `P(Y = 1 \mid X = 0) = 0.2`.

Of a variable that is called binary, and has no other values in the text than 0 and 1, these are all the values.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name
from chainrule.sheets.forms import words
from chainrule.sheets.information.chances import Chance, chance_at
from chainrule.sheets.information.listing import placed
from chainrule.sheets.notation import statements
from chainrule.sheets.quantity_words import Piece, mentions_quantity, pieces_of
from chainrule.sheets.sentences import Sentence
from chainrule.sheets.sheet import Math, Stated
from chainrule.source import Span
from chainrule.syntax.tree import Relation

_WHEN = r"(?:given(?: that)?|if|when|whenever|conditional on|conditioned on|conditionally on|knowing)"
_CHANCE = r"(?:with|has|has the|is|holds with|happens with|occurs with)(?: a)?(?: conditional)? probability(?: of)?"
_HAVING = r"(?: (?:we have|it holds that|one has))?"
_PATTERN = re.compile(
    rf" {_WHEN} (?P<given>\$)(?: ,)?(?: then)?{_HAVING} (?P<event>\$)(?: ,)? {_CHANCE} (?=(?P<value>\S+))"
    rf"| (?P<event2>\$) {_CHANCE} (?=(?P<value2>\S+))\S+ {_WHEN} (?P<given2>\$)"
)
_BINARY = re.compile(
    r" (?:(?:is|are|be|being)(?: both| all| each)? (?:an? )?(?:\w+ ){0,2}?(?:binary|bits?|bernoulli)"
    r"|binary (?:\w+ )?(?:variables?|inputs?|outputs?|labels?|symbols?|channels?|sources?)|bits? \$)(?= |$)"
)
""" "X and Y are binary", "a binary channel"; not "the binary logarithm" and "how many bits"."""
_BEHIND = words(", . ; and if when whenever given while whereas but conditional conditioned conditionally knowing ?")
"""With another word behind it a probability holds for something more."""


@dataclass(frozen=True)
class _Event:
    variable: str
    label: str
    math: Math


def with_conditionals(sentences: Sequence[Sentence]) -> tuple[list[Sentence], list[Stated]]:
    """The sentences without what they say of conditional probabilities, and what is stated."""
    stated: list[Stated] = []
    kept: list[Sentence] = []
    values: dict[str, set[str]] = {}
    where: dict[str, tuple[Math, Span]] = {}
    for sentence in sentences:
        pieces = pieces_of(sentence.tokens)
        found = [] if mentions_quantity(sentence.tokens) else list(_conditionals(pieces))
        for event, given, chance, start, end in found:
            span = sentence.tokens[pieces[start].index].span.to(sentence.tokens[pieces[end - 1].index].span)
            head = f"P({event.variable} = {event.label} \\mid {given.variable} = {given.label})"
            taken = (event.math, given.math, *((chance.math,) if chance.math is not None else ()))
            name = Math(span, sentence.place, False, name=head)
            stated.append(Stated(name, placed(f"{head} = {chance.text}", span), span, taken))
            for each in (event, given):
                values.setdefault(each.variable, set()).add(each.label)
            where.setdefault(event.variable, (name, span))
        kept.append(_without(sentence, pieces, [(start, end) for *_, start, end in found]))
    said = "".join(_said(pieces_of(sentence.tokens)) for sentence in sentences)
    for variable, (name, span) in where.items() if _BINARY.search(said) else ():
        if values[variable] <= {"0", "1"}:
            stated.append(Stated(replace(name, name=variable), placed(f"{variable} \\in \\{{0, 1\\}}", span), span))
    return kept, stated


def _conditionals(pieces: Sequence[Piece]) -> Iterator[tuple[_Event, _Event, Chance, int, int]]:
    text = _said(pieces)
    for match in _PATTERN.finditer(text):
        second = "2" if match["event2"] else ""
        event, given = (_event(pieces, text, match.start(f"{each}{second}")) for each in ("event", "given"))
        place = text[: match.start(f"value{second}")].count(" ") - 1
        chance = chance_at(pieces, place)
        if event is None or given is None or chance is None or event.variable == given.variable:
            continue
        behind = [piece.text for piece in pieces[place + chance.length :][:1]] if not second else []
        if not _BEHIND.issuperset(behind):
            continue
        start = text[: match.start() + 1].count(" ") - 1
        end = max(place + chance.length, text[: match.end()].rstrip().count(" "))
        yield event, given, chance, start, end


def _event(pieces: Sequence[Piece], text: str, at: int) -> _Event | None:
    """X and 1 of the `X = 1` at this place of the text."""
    math = pieces[text[:at].count(" ") - 1].math
    match statements(math) if math is not None else ():
        case (Relation(operators=("=",), sides=(name, value)),) if could_be_name(name) and math is not None:
            plain = number(value) is not None or could_be_name(value)
            if name.span is not None and value.span is not None and plain:
                return _Event(name.span.text, value.span.text, math)
        case _:
            pass
    return None


def _said(pieces: Sequence[Piece]) -> str:
    """The words, each behind a space, with `$` for formulas."""
    return "".join(f" {'$' if piece.math is not None else piece.text or '-'}" for piece in pieces)


def _without(sentence: Sentence, pieces: Sequence[Piece], cut: Sequence[tuple[int, int]]) -> Sentence:
    tokens = list(sentence.tokens)
    for start, end in reversed(cut):
        del tokens[pieces[start].index : pieces[end - 1].index + 1]
    return replace(sentence, tokens=tuple(tokens)) if cut and tokens else sentence
