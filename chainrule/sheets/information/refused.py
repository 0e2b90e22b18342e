"""Descriptions that are not worked out: each is an error at its words."""

from itertools import pairwise

from chainrule.errors import Diagnostic
from chainrule.inference.symbols import could_be_name
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math, Stated
from chainrule.source import Span
from chainrule.syntax.tree import Number, Relation


def not_worked_out(name: Math, what: str, span: Span) -> Diagnostic:
    """The error for a variable that is made of what is described in a way that is not followed."""
    message = f"{name.text} is derived from something else ({what}), and its distribution is not worked out here"
    return Diagnostic("error", "derived-variable", message, span, f"give its distribution: {name.text} = {{0: 0.5, 1: 0.5}}")


def not_understood(what: str, unread: str, span: Span) -> Diagnostic:
    """The error for words that change a distribution in a way that is not followed."""
    message = f'what "{unread}" says of the {what} is not understood, and its distribution is not worked out'
    return Diagnostic("error", "description-not-understood", message, span, "give its distribution: P = {1: 0.5, 2: 0.5}")


def refuse_cases(sentence: Sentence) -> list[Stated]:
    """ "$Z = 1$ if it is even and $Z = 0$ otherwise", of what is thrown: a variable, and no number."""
    found: list[Stated] = []
    for math, behind in pairwise(sentence.tokens):
        if not isinstance(math, Math) or not isinstance(behind, Word) or behind.text not in ("if", "when", "whenever"):
            continue
        for tree in statements(math):
            if isinstance(tree, Relation) and could_be_name(tree.sides[0]) and isinstance(tree.sides[-1], Number):
                name = Math(tree.sides[0].span or math.span, math.place, False, plain=math.plain)
                span = math.span.to(sentence.span)
                fault = not_worked_out(name, f"{math.text} {behind.text} ...", span)
                found.append(Stated(name, tree.sides[0], span, fault=fault))
    return found
