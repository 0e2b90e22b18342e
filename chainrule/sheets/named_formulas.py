r"""Words that a text gives to a formula: after "The focal loss is $FL(p) = ...$", "the focal loss" is $FL(p)$."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from chainrule.inference.literals import is_literal
from chainrule.inference.symbols import could_be_name
from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import DERIVATIVE_NOUNS, FIND, NEUTRAL, QUANTITY, words
from chainrule.sheets.notation import statements, trees
from chainrule.sheets.quantity_words import head_text, notations_of, pieces_of, quantity_at
from chainrule.sheets.sentences import Sentence, Word, span_of
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Call, Juxtaposition, Relation

_HEADS = words(
    "loss function divergence risk term cost score penalty entropy objective gain distance index coefficient measure"
    " cross-entropy energy regret margin"
)
_ARTICLES = words("the a an its")
_SAYING = words("is as by define defined given : reads equals be = let denote the function formula")
_INSIDE = DERIVATIVE_NOUNS | words("of for in to at on by with from between per")
"""No part of such a name: "the gradient of the loss" is none."""
_ENDING = words(". , ; and where with")
_BEHIND_A_NOUN = words(". , ; ? and at for when if with by numerically") | {""}
"""Behind "the output" that is all that is asked, and no "output layer"."""
_LONGEST = 4

Names = Mapping[tuple[str, ...], str]


def find_named(sentences: Iterable[Sentence]) -> Names:
    """The words for each formula that is defined with a name; none for words that name two of them."""
    found: dict[tuple[str, ...], set[str]] = {}
    for sentence in sentences:
        for index, token in enumerate(sentence.tokens):
            phrase = _phrase(sentence.tokens[:index]) if isinstance(token, Math) and not token.illustration else ()
            if phrase and isinstance(token, Math) and (head := _head(token)) and _may_be_called(phrase, token):
                found.setdefault(phrase, set()).add(head)
            elif isinstance(token, Math) and (noun := _expressed(sentence.tokens, index)):
                found.setdefault((noun,), set()).add(token.text)
    return {phrase: next(iter(heads)) for phrase, heads in found.items() if len(heads) == 1}


def _expressed(tokens: Sequence[Word | Math], index: int) -> str:
    """The "output" of "The output is $\\sigma(z)$.", where no name is given to it."""
    said = [token.text if isinstance(token, Word) else "$" for token in tokens]
    behind, math = said[index + 1 : index + 2], tokens[index]
    found = statements(math) if isinstance(math, Math) and not (math.illustration or math.plain) else ()
    bare = len(found) == 1 and not isinstance(found[0], Relation) and not could_be_name(found[0]) and not is_literal(found[0])
    stated = said[max(index - 3, 0) : index] in (["the", "output", "is"], ["the", "prediction", "is"])
    return said[index - 2] if bare and stated and _ENDING.issuperset(behind) else ""


def _head(math: Math) -> str:
    """`FL(p)` of `FL(p) = ...`."""
    found = statements(math)
    tree = found[0] if len(found) == 1 else None
    if not isinstance(tree, Relation) or tree.operators[0] not in ("=", ":="):
        return ""
    return tree.sides[0].span.text if tree.sides[0].span else ""


def _phrase(before: Sequence[Word | Math]) -> tuple[str, ...]:
    """The words that the sentence before a formula says it of: "the focal loss of a class is", "define the focal loss as"."""
    said = [token.text if isinstance(token, Word) else "$" for token in before]
    if not said or said[-1] not in _SAYING | _HEADS:
        return ()
    for start in [i for i, word in enumerate(said) if word in _ARTICLES][::-1]:
        end = next((i for i in range(start + 1, min(start + 2 + _LONGEST, len(said))) if said[i] in _HEADS), None)
        if end is not None and start and said[start - 1] in ("of", "by", "from", "to"):
            return ()
        if end is not None:
            phrase = tuple(said[start + 1 : end + 1])
            return phrase if len(phrase) > 1 and _INSIDE.isdisjoint(phrase) else ()
    return ()


def _may_be_called(phrase: Sequence[str], math: Math) -> bool:
    """Whether the words are no general ones, and no quantity of information theory that means more than this formula."""
    if (NEUTRAL | QUANTITY).issuperset(phrase):
        return False
    named = quantity_at(pieces_of([Word(word, math.span) for word in phrase]), 0)
    if named is None:
        return True
    (tree,) = [each.sides[0] for each in trees(math) if isinstance(each, Relation)][:1]
    if notations_of(math):
        return False
    own = isinstance(tree, Juxtaposition | Call) and named.length < len(pieces_of([Word(word, math.span) for word in phrase]))
    return own or (could_be_name(tree) and head_text(tree) in named.quantity.heads)


def with_named(request: Request, names: Names) -> Request:
    """The request with the formula in the place of its words; as it is where a formula stands behind them."""
    if request.verb not in FIND:
        return request
    said = [token.text if isinstance(token, Word) else "$" for token in request.tokens]
    for phrase, head in names.items():
        for index in range(len(said) - len(phrase) + 1):
            end = index + len(phrase)
            behind = said[end] if end < len(said) else ""
            alone = len(phrase) > 1 or (said[index - 1 : index] == ["the"] and behind in _BEHIND_A_NOUN)
            if tuple(said[index:end]) == phrase and alone and behind not in ("$", "of", "between"):
                name = Math(span_of(request.tokens[index:end]), request.place, display=False, name=head)
                return replace(request, tokens=(*request.tokens[:index], name, *request.tokens[end:]))
    return request
