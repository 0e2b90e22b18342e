"""What sentences say that letters are: "$X$ is the number shown", which is what is thrown, or "its suit", which is not."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.forms import words
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import Piece, pieces_of, quantity_at
from chainrule.sheets.sentences import Sentence
from chainrule.sheets.sheet import Math
from chainrule.source import Span
from chainrule.syntax.tree import Tree

_BEING = words("is be denotes denote represents represent gives indicates indicate counts count equals equal for")
_CALLING = words("call calls calling denote denotes denoting let")
_OWNING = words("the its our your their my his her")
_OPENING = words("the its a an whether how that even odd either")
_ENDS = words(". ; : ? , and where with while but ( ) have has taking takes")
_IDENTITY = words(
    "number outcome result value face roll throw toss flip shown showing show shows up comes came come that which on upper top"
    " side of the a an it die coin random variable denoting for symbol symbols letter letters message messages emitted sent"
    " drawn observed source output outputs its single one fair loaded biased bent unbiased obtained rolled thrown tossed"
    " flipped draw colour color ball card event class label word weather forecast lands landed category token next true model"
    " distribution probability probabilities data discrete continuous experiment character outcomes results values first this"
    " picked chosen selected bag urn urn's box text state day today tomorrow predicted estimated prediction approximation"
    " original target reference ensemble spin spinner number's pmf density law prior posterior empirical observation"
)
_REACH = 12
_FARTHEST = 6


@dataclass(frozen=True)
class SaidToBe:
    """A letter that words say to be something else than what is described: "its suit"."""

    name: Math
    symbol: Tree
    what: str
    span: Span
    words: frozenset[str]


def find_said(sentences: Iterable[Sentence]) -> Iterator[SaidToBe]:
    """The letters that words say to be anything but an outcome."""
    for sentence in sentences:
        pieces = pieces_of(sentence.tokens) if sentence.end != "?" else []
        for index, piece in enumerate(pieces):
            found = trees(piece.math) if piece.math is not None else ()
            if piece.math is None or len(found) != 1 or not could_be_name(found[0]):
                continue
            said = _said_before(pieces, index) or _said_behind(pieces, index)
            other = frozenset(said) - _IDENTITY
            if other:
                yield SaidToBe(piece.math, key(found[0]), " ".join(said), sentence.span, other)


def _said_behind(pieces: Sequence[Piece], index: int) -> list[str]:
    """ "$X$ is the profit", "call $X$ the profit", "denote by $X$ the profit"."""
    if index + 2 >= len(pieces):
        return []
    before = index - 1 - (index > 0 and pieces[index - 1].text == "by")
    called = before >= 0 and pieces[before].text in _CALLING and pieces[index + 1].text in _OPENING
    first = index + 1 + (not called)
    if (pieces[index + 1].text not in _BEING and not called) or pieces[first].text not in _OPENING:
        return []
    return list(takewhile(lambda said: said and said not in _ENDS, (each.text for each in pieces[first : first + _REACH])))


def _said_before(pieces: Sequence[Piece], index: int) -> list[str]:
    """ "call the profit $X$", "denote your winnings by $X$", "let the profit be $X$"."""
    end = index - (index > 0 and pieces[index - 1].text in ("by", "as", "be"))
    for first in range(end - 2, max(end - _FARTHEST, 0), -1):
        if pieces[first].text in _OWNING and pieces[first - 1].text in _CALLING:
            said = [each.text for each in pieces[first:end]]
            measured = any(quantity_at(pieces, here) for here in range(first, end))
            return said if all(said) and _ENDS.isdisjoint(said) and not measured else []
    return []
