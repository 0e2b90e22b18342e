"""Nouns that words leave out: "two coins: one fair, the other with heads probability 0.9" is of a fair coin and of a coin."""

from collections.abc import Sequence
from dataclasses import replace

from chainrule.sheets.forms import words
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math

_SINGULAR = {"coins": "coin", "dice": "die"}
_FIRST = words("one the a another")
_ORDINAL = words("first second other third")
ADJECTIVES = words("fair biased unfair loaded bent weighted crooked unbiased")
_COPULAS = words("is was")
_GOING_ON = words("with whose that which lands land shows show comes where having so gives falls turns")


def with_nouns(sentence: Sentence, before: str) -> tuple[Sentence, str]:
    """The sentence with the noun behind each "one" and "the other", and the noun that further ones mean.

    before: the noun that earlier sentences leave for them, "" for none.
    """
    noun = next((_SINGULAR[t.text] for t in sentence.tokens if isinstance(t, Word) and t.text in _SINGULAR), before)
    if not noun or not any(isinstance(token, Word) and token.text in _FIRST for token in sentence.tokens):
        return sentence, noun
    found: list[Word | Math] = []
    index = 0
    while index < len(sentence.tokens):
        made, length = _spelled_out(sentence.tokens, index, noun)
        found += made
        index += length
    return replace(sentence, tokens=tuple(found)), noun


def _spelled_out(tokens: Sequence[Word | Math], index: int, noun: str) -> tuple[list[Word | Math], int]:
    """ "one fair coin" for "one is fair", "the other coin" for "the other lands"; the token as it is for anything else."""
    token = tokens[index]
    here = index + 1 + (_text(tokens, index + 1) in _ORDINAL)
    leads = _text(tokens, index) == "one" or (_text(tokens, index) in _FIRST and here > index + 1)
    if not leads or not isinstance(token, Word):
        return [token], 1
    kept = list(tokens[index:here])
    adjective = here + (_text(tokens, here) in _COPULAS)
    if _text(tokens, adjective) in ADJECTIVES and _text(tokens, adjective + 1) not in _SINGULAR.values():
        said = tokens[adjective]
        return [*kept, said, Word(noun, said.span)], adjective + 1 - index
    if _text(tokens, here) in _GOING_ON:
        return [*kept, Word(noun, kept[-1].span)], here - index
    return [token], 1


def _text(tokens: Sequence[Word | Math], index: int) -> str:
    token = tokens[index] if index < len(tokens) else None
    return token.text if isinstance(token, Word) else ""
