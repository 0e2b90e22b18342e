r"""Words for what the formulas of a classifier have: with $p = \mathrm{softmax}(z)$ "the logits" are $z$, and "the
cross-entropy" is the one loss whose formula has a logarithm, $L = -\sum_i y_i \log p_i$.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from chainrule.inference.inverted import is_logarithm
from chainrule.inference.symbols import could_be_name, key, letter
from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import DERIVATIVE_NOUNS, words
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Sentence, Word, span_of
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import (
    BigOperator,
    Bracket,
    Call,
    Font,
    Juxtaposition,
    Name,
    Quotient,
    Relation,
    Subscript,
    Superscript,
    Tree,
    walk,
)
from chainrule.typesetting import latex

_SQUASHING = frozenset((Name("softmax"), Name("sigmoid"), Name("\\sigma")))
_LOSSES = frozenset(map(Name, ("L", "\\ell", "ℓ", "l", "J", "C", "E", "loss", "Loss", "NLL", "CE", "BCE")))
_SCORES = words("logits logit scores score pre-activations pre-activation preactivations preactivation")
_CROSS_ENTROPY = (
    ("binary", "cross-entropy", "loss"),
    ("cross-entropy", "loss"),
    ("log", "loss"),
    ("binary", "cross-entropy"),
    ("cross-entropy",),
    ("negative", "log-likelihood"),
)


@dataclass(frozen=True)
class Classifier:
    """scores, loss: the names as they are written; "" where there is none or more than one. probabilities: a name, or the
    softmax as it is written where it has none.
    """

    scores: str = ""
    loss: str = ""
    probabilities: str = ""


def find_classifier(sentences: Iterable[Sentence]) -> Classifier:
    """What the equations of a text have."""
    maths = [token for sentence in sentences for token in sentence.tokens if isinstance(token, Math) and not token.illustration]
    equations = [tree for math in maths for tree in statements(math) if isinstance(tree, Relation)]
    scores = {latex(key(tree)) for equation in equations for tree in _squashed(equation)}
    losses = {latex(key(e.sides[0])) for e in equations if _letter(e.sides[0]) in _LOSSES and _has_logarithm(e)}
    chances = {latex(key(name)) for e in equations if (name := _softened(e)) is not None}
    if not chances:
        chances = {latex(key(part)) for math in maths for tree in statements(math) for part in walk(tree) if _is_softmax(part)}
    return Classifier(*(next(iter(found)) if len(found) == 1 else "" for found in (scores, losses, chances)))


def _softened(equation: Relation) -> Tree | None:
    r"""The p of `p = \mathrm{softmax}(z / T)` and of `p_i = e^{z_i / T} / \sum_j e^{z_j / T}`."""
    head, body = equation.sides[0], equation.sides[-1]
    name = _whole(head)
    if equation.operators[0] not in ("=", ":=") or not could_be_name(name):
        return None
    match body:
        case _ if _is_softmax(body):
            return name
        case Quotient(numerator=above, denominator=BigOperator(body=below)) if _is_exponential(above) and _is_exponential(
            below
        ):
            return name
        case _:
            return None


def _is_softmax(tree: Tree) -> bool:
    match tree:
        case Call(function=function) | Juxtaposition(items=(function, Bracket())):
            return function == Name("softmax")
        case _:
            return False


def _whole(name: Tree) -> Tree:
    """`p` for `p_i`."""
    return name.base if isinstance(name, Subscript) and len(name.items) == 1 and isinstance(name.items[0], Name) else name


def _is_exponential(tree: Tree) -> bool:
    match tree:
        case Call(function=function) | Juxtaposition(items=(function, Bracket())):
            return function == Name("exp")
        case Superscript(base=base):
            return base == Name("e")
        case _:
            return False


def with_probabilities(request: Request, known: Classifier, names: Iterable[Tree]) -> Request:
    """The request with the name of the only probabilities that the text computes in the place of words for them, "the teacher's
    probabilities", "the softmax distribution". names: of all distributions; where there are others the words must say that
    these are predicted.
    """
    if not known.probabilities:
        return request
    said = " ".join(token.text if isinstance(token, Word) else "$" for token in request.tokens)
    alone = all(latex(key(_whole(name))) == known.probabilities for name in names)
    match = next((m for m in _CHANCES.finditer(said) if alone or m["kind"] or m["noun"]), None)
    if match is None or (match.start() and said[match.start() - 1] != " "):
        return request
    first, end = said[: match.start()].count(" "), said[: match.end()].count(" ") + 1
    math = Math(span_of(request.tokens[first:end]), request.place, display=False, name=known.probabilities)
    return replace(request, tokens=(*request.tokens[:first], math, *request.tokens[end:]))


_CHANCES = re.compile(
    r"(?:(?:the|its|this|these|resulting|corresponding|softened|(?P<kind>softmax|predicted|output|class|predictive|prediction)"
    r"|(?:teacher|student|model|network|classifier|policy)(?:'s)?) )+"
    r"(?:class )?(?:probabilities|probability (?:vector|distribution)|distribution|softmax(?: outputs?)?"
    r"|(?P<noun>predictions?))"
    r"(?= (?:at|for|when|if|in|and|,|with (?:temperature )?\$)|$)"
)


def _letter(name: Tree) -> Tree:
    inner = letter(name)
    return inner.body if isinstance(inner, Font) else inner


def _squashed(equation: Relation) -> Iterator[Tree]:
    """The names that a softmax or a sigmoid is taken of."""
    for part in walk(equation):
        match part:
            case Call(function=function, arguments=(argument,)) if function in _SQUASHING and could_be_name(argument):
                yield argument
            case Juxtaposition(items=(function, Bracket(items=(argument,)))) if function in _SQUASHING:
                if could_be_name(argument):
                    yield argument
            case _:
                pass


def _has_logarithm(equation: Relation) -> bool:
    parts = (part for side in equation.sides[1:] for part in walk(side))
    return any(is_logarithm(part) or (isinstance(part, Call) and part.function in (Name("log"), Name("ln"))) for part in parts)


def with_classifier(request: Request, known: Classifier) -> Request:
    """The request for a derivative with the names in the place of such words."""
    said = [token.text if isinstance(token, Word) else "$" for token in request.tokens]
    if DERIVATIVE_NOUNS.isdisjoint((*said, request.verb)):
        return request
    for name, phrases, before in ((known.scores, [(word,) for word in _SCORES], _BY), (known.loss, _CROSS_ENTROPY, _OF)):
        for phrase in phrases if name else ():
            request = _replaced(request, phrase, name, before)
    return request


_BY = frozenset(("to", "by", "w.r.t.", "w.r.t", "wrt"))
_OF = frozenset(("of",))


def _replaced(request: Request, phrase: tuple[str, ...], name: str, before: frozenset[str]) -> Request:
    """With a formula in the place of words that stand behind one of `before`, and before no formula or "of"."""
    said = [token.text if isinstance(token, Word) else "$" for token in request.tokens]
    for start in range(1, len(said) - len(phrase) + 1):
        end = start + len(phrase)
        first = start - (said[start - 1] in ("the", "its"))
        alone = end == len(said) or said[end] not in ("$", "of", "between", "loss")
        if tuple(said[start:end]) == phrase and alone and first > 0 and said[first - 1] in before:
            math = Math(span_of(request.tokens[start:end]), request.place, display=False, name=name)
            return replace(request, tokens=(*request.tokens[:start], math, *request.tokens[end:]))
    return request
