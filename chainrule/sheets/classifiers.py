r"""Words for what the formulas of a classifier have: with $p = \mathrm{softmax}(z)$ "the logits" are $z$, and "the
cross-entropy" is the one loss whose formula has a logarithm, $L = -\sum_i y_i \log p_i$.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from chainrule.inference.inverted import is_logarithm
from chainrule.inference.symbols import could_be_name, key, letter
from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import DERIVATIVE_NOUNS, words
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Sentence, Word, span_of
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Bracket, Call, Font, Juxtaposition, Name, Relation, Tree, walk
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
    """scores, loss: the names as they are written; "" where there is none or more than one."""

    scores: str = ""
    loss: str = ""


def find_classifier(sentences: Iterable[Sentence]) -> Classifier:
    """What the equations of a text have."""
    maths = [token for sentence in sentences for token in sentence.tokens if isinstance(token, Math) and not token.illustration]
    equations = [tree for math in maths for tree in statements(math) if isinstance(tree, Relation)]
    scores = {latex(key(tree)) for equation in equations for tree in _squashed(equation)}
    losses = {latex(key(e.sides[0])) for e in equations if _letter(e.sides[0]) in _LOSSES and _has_logarithm(e)}
    return Classifier(*(next(iter(found)) if len(found) == 1 else "" for found in (scores, losses)))


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
