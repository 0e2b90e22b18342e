r"""Formulas of quantities that words define: "$H(P, Q)$ denotes $-\sum_i Q_i \log_2 P_i$", "by $D(P \| Q)$ we denote $...$".

They are the equations `H(P, Q) = ...`, which hold as those that are written with a sign do.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from chainrule.inference.literals import is_literal
from chainrule.inference.symbols import could_be_name
from chainrule.sheets.notation import statements
from chainrule.sheets.quantity_words import notations_of
from chainrule.sheets.sentences import Sentence, Word, find_sentences
from chainrule.sheets.sheet import Item, Math, Prose
from chainrule.syntax.tree import Relation, Tree

_SPOKEN = re.compile(r"\b(?:is|denotes?|stands? for|means?|mean|is defined|given by|written|write)\b", re.IGNORECASE)
_BETWEEN = re.compile(
    r"^(?:here |below |always )?(?:denotes?|stands? for|means?|(?:is|are) (?:here )?(?:defined|given) (?:as|by|to be|through)"
    r"|is defined to be|is short for|is)(?: the (?:sum|quantity|number|expression|value))?(?: :)?$"
)
_BY = re.compile(r"^(?:we |i )?(?:denote|mean|understand)(?: the (?:sum|quantity|number|expression|value))?(?: :)?$")
_DENOTED = re.compile(r"^(?:by|as)$")


def find_said_formulas(items: Iterable[Item]) -> list[Tree]:
    """The equations that sentences say of notations of quantities; a question says none."""
    listed = list(items)
    if not any(isinstance(item, Prose) and _SPOKEN.search(item.text) for item in listed):
        return []
    return [tree for sentence in find_sentences(listed) if sentence.end != "?" for tree in _defined(sentence)]


def _defined(sentence: Sentence) -> Iterable[Tree]:
    maths = [i for i, token in enumerate(sentence.tokens) if isinstance(token, Math) and not token.illustration]
    for first, second in pairwise(maths):
        one, other = sentence.tokens[first], sentence.tokens[second]
        assert isinstance(one, Math)
        assert isinstance(other, Math)
        between = _said(sentence, first + 1, second)
        by = _said(sentence, max(first - 1, 0), first) == "by" and _BY.match(between)
        turned = _DENOTED.match(between) and "denote" in _said(sentence, 0, first)
        if turned or by or _BETWEEN.match(between):
            equation = _equation(other, one) if turned else _equation(one, other)
            yield from () if equation is None else (equation,)


def _said(sentence: Sentence, start: int, end: int) -> str:
    return " ".join(token.text for token in sentence.tokens[start:end] if isinstance(token, Word))


def _equation(head: Math, body: Math) -> Relation | None:
    """The notation of one quantity as what a formula computes; None where it is none, or the formula a name or a statement."""
    heads, bodies = statements(head), statements(body)
    if len(heads) != 1 or len(bodies) != 1 or isinstance(heads[0], Relation) or len(notations_of(head)) != 1:
        return None
    if isinstance(bodies[0], Relation) or could_be_name(bodies[0]) or is_literal(bodies[0]) or notations_of(body):
        return None
    return Relation(("=",), (heads[0], bodies[0]), span=head.span.to(body.span))
