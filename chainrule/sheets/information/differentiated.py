"""Derivatives of quantities that words name: "the gradient of the cross-entropy between $y$ and $q$ with respect to $z$".

The words become the notation of the quantity, so that the request is read as that of any other derivative.
"""

from dataclasses import replace

from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.constraints import CONSTRAINED
from chainrule.sheets.forms import DERIVATIVE_NOUNS, words
from chainrule.sheets.information.earlier import notation_of
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.information.requests import recognise_information
from chainrule.sheets.quantity_words import mentions_quantity
from chainrule.sheets.sentences import Sentence, Word, span_of
from chainrule.sheets.sheet import Math, Task

_ENDS = words("with w.r.t. w.r.t wrt by for at when where in and , ; regarding along using via") | {CONSTRAINED}
_VERBS = words("differentiate")
_BEFORE_NOUN = words("the a an and also its their this all partial first second order first-order second-order projected total")
_STATING = words("is are was has have equals means says vanishes measures describes gives points tells")
"""Words of a sentence that says something of a derivative."""


def with_notation(request: Request, known: Distributions) -> Request:
    """The request with a formula for the quantity that it differentiates, if words name one; else as it is."""
    start = _start(request)
    if start is None:
        return request
    for end in _ends(request.tokens, start):
        part = request.tokens[start:end]
        if not part or not mentions_quantity(part):
            continue
        found = recognise_information(replace(request, verb="compute", tokens=part), known, about=True)
        name = _notation(found[0]) if len(found) == 1 else ""
        if name:
            math = Math(span_of(part), request.place, display=False, name=name)
            return replace(request, tokens=(*request.tokens[:start], math, *request.tokens[end:]))
    return request


def names_derivative(sentence: Sentence) -> bool:
    """Whether it begins as what is asked for, "the gradient of $L$", "and its derivative by $p$", and states nothing."""
    said = [token.text if isinstance(token, Word) else "" for token in sentence.tokens]
    first = next((i for i, word in enumerate(said) if word not in _BEFORE_NOUN), len(said))
    begins = first < len(said) and said[first] in DERIVATIVE_NOUNS - _VERBS
    return begins and not sentence.place.heading and _STATING.isdisjoint(said)


def _start(request: Request) -> int | None:
    """Where the words for what is differentiated begin: behind "gradient of"."""
    if request.verb in _VERBS:
        return 0
    said = [token.text if isinstance(token, Word) else "" for token in request.tokens]
    noun = next((i for i, word in enumerate(said) if word in DERIVATIVE_NOUNS), None)
    return noun + 2 if noun is not None and said[noun + 1 : noun + 2] == ["of"] else None


def _ends(tokens: Tokens, start: int) -> list[int]:
    """Where those words may end, the furthest first."""
    said = [token.text if isinstance(token, Word) else "" for token in tokens]
    return [len(said), *(i for i in range(len(said) - 1, start, -1) if said[i] in _ENDS)]


def _notation(task: Task) -> str:
    """The formula of one quantity that says all that is asked; "" where there is none."""
    if task.unit or task.reverse or task.every or task.math("order", "given", "mention"):
        return ""
    return notation_of(task)
