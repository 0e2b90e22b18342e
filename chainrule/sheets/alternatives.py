"""Values that a sentence only gives a meaning: "$y = 1$ for similar and $y = 0$ for dissimilar pairs", "$t = 1$ if it is a cat,
else $t = 0$". Neither is the value.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.forms import words
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Sentence, Word, find_sentences
from chainrule.sheets.sheet import Item, Math
from chainrule.source import Span
from chainrule.syntax.tree import Relation, Tree

_CASES = words("for if when whenever in otherwise else means denotes indicates marks stands")
"""What follows a value that is one of several."""
_OTHERWISE = words("else otherwise")
_CONDITIONS = words("if when whenever")
_AT = words("at evaluate compute calculate")
"""Before a value: it is a point at which something is asked."""
_OF_THE_SHEET = words("part parts problem question exercise task ( all each every this the")
"""Behind "for": where the value holds, and no kind of things that have it."""


def mark_alternatives(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items with such formulas as illustrations: they neither define nor ask anything."""
    items = tuple(items)
    found = {span for sentence in find_sentences(items) for span in _alternatives(sentence)}
    return tuple(replace(i, illustration=True) if isinstance(i, Math) and i.span in found else i for i in items)


def _alternatives(sentence: Sentence) -> list[Span]:
    """The places of values of one name that a sentence gives one after the other, each for a case of its own."""
    tokens = sentence.tokens
    given = [(at, *value) for at, token in enumerate(tokens) if isinstance(token, Math) and (value := _value(token))]
    found: list[Span] = []
    for name in dict.fromkeys(name for _, name, _ in given):
        own = [(at, value) for at, each, value in given if each == name]
        first, *others = [at for at, _ in own]
        cases = _has_case(sentence, first) and all(_has_case(sentence, at) or _is_rest(tokens[:at]) for at in others)
        if len({value for _, value in own}) == len(own) > 1 and cases:
            found += [tokens[at].span for at, _ in own]
    return found


def _is_rest(before: Sequence[Word | Math]) -> bool:
    """ "else", "and otherwise" right before a value."""
    return any(isinstance(token, Word) and token.text in _OTHERWISE for token in before[-2:])


def _has_case(sentence: Sentence, at: int) -> bool:
    case, *following = list(sentence.tokens[at + 1 : at + 3]) or [None]
    before = sentence.tokens[at - 1] if at else None
    if not isinstance(case, Word) or case.text not in _CASES or (isinstance(before, Word) and before.text in _AT):
        return False
    if any(isinstance(token, Math) for token in following):
        return False  # `$f = 1$ if $x > 0$` is a definition by cases
    return case.text in _CONDITIONS or all(isinstance(token, Word) and token.text not in _OF_THE_SHEET for token in following)


def _value(math: Math) -> tuple[Tree, Fraction] | None:
    """The name and the number of `y = 1`; None for any other formula."""
    match statements(math):
        case (Relation(operators=("=",), sides=(name, right)),) if could_be_name(name):
            value = number(right)
            return None if value is None else (key(name), value)
        case _:
            return None
