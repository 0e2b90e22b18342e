r"""Nouns that only call a name or a derivative something: "the policy $\pi$", "the attention weights $A$", "the policy gradient
$\frac{\partial L}{\partial \theta}$".

They are left out, so that what they call so is asked for. The noun right before a name stands beside it as another name of it.
What stands before that noun may make another thing of it, "the top score $s$", "the squared policy $\pi$": it is left out
where it is one of the words for what networks compute, or where the text calls a formula so elsewhere. Else the request is not
understood; so does every noun before a name that the text gives a number, as "the minimiser $w$" is not the $w$ that is given.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import takewhile

from chainrule.inference.literals import is_literal
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.described import AFRESH, Given
from chainrule.sheets.forms import CONTEXT, DERIVATIVE, DERIVATIVE_NOUNS, NEUTRAL, QUANTITY, VERBS, words
from chainrule.sheets.information.naming import names_formula
from chainrule.sheets.networks.vocabulary import LOSSES, ORDINALS
from chainrule.sheets.notation import look, statements, trees
from chainrule.sheets.operative_words import is_descriptive
from chainrule.sheets.quantity_words import mentions_quantity
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Accent, Number, Relation, Text, Tree, walk

_ARTICLES = words("the a an its their this that these our your")
_PREPOSITIONS = words("of for in on at from to between by with over")
_JOINING = words(", and & or")
_KNOWN = (NEUTRAL | QUANTITY | DERIVATIVE) - _JOINING - frozenset(ORDINALS)
_ADJECTIVE = re.compile(r".+(?:al|ic|ar|ive|ous|ary|ant|ent|ble|est|ly|ish|ern)$")
"""What ends so makes another derivative of one, "the natural gradient"; a noun, "the policy gradient", does not."""
_PARTICIPLE = re.compile(r".{3,}ed$")
_THINGS = words(
    "embedding embeddings encoding encodings rating ratings mapping padding reading readings code codes pooling interest forest"
)
"""Nouns that end as verbs do, or are verbs too."""
_MARKED = words("prediction predictions estimate estimates")
"""What a hat alone means: a participle before one of these does something else to it, "the rounded prediction $\\hat y$"."""
_NUMBERS = words(
    "rate rates probability probabilities distribution distributions likelihood gain residual residuals correlation"
    " covariance confidence momentum moment redundancy threshold constant uncertainty odds log-odds baseline"
)
"""Nouns that make something of what stands behind "of", and only call a name so."""
_KINDS = words(
    "attention embedding policy context kernel ranking margin energy reward query key gating memory cell code feature decoder"
    " encoder generator critic discriminator teacher student contrastive triplet reconstruction activity response similarity"
    " class token word image text data noise softmax sigmoid relu tanh joint conditional marginal prior posterior uniform"
    " network's transition channel utility regression logistic linear"
)
"""What stands before a noun and only says of what kind it is: "the attention weights", "the softmax policy"."""
_LOSSES = frozenset(p.replace(" ", "") for phrases in LOSSES.values() for p in phrases) | words(
    "negativeloglikelihood loglikelihood"
)
_LONGEST = 5


def without_labels(request: Request, given: Given, *, afresh: bool) -> Request:
    """The request without such nouns; as it is where it has none. given: the names of the text. afresh: no step of descent
    stands before it, so that a "new" state is what the equations give.
    """
    tokens = request.tokens
    index = len(tokens) - 1
    while index > 0:
        token, start = tokens[index], index
        if isinstance(token, Math) and not token.illustration:
            start = _start(tokens, index)
            differentiated = _is_differentiated(tokens, start)
            names = frozenset[Tree]() if differentiated else given.numbers
            named = frozenset(map(key, trees(token)))
            free = differentiated or (bool(named) and named <= given.computed)
            kept = _without(_not_afresh(tokens[start:index], free and afresh), token, names, free, _around(request))
            tokens = (*tokens[:start], *kept, *tokens[index:])
        index = start - 1
    return request if tokens == request.tokens else replace(request, tokens=tokens)


def _around(request: Request) -> str:
    """The text without the request."""
    text, span = request.span.source.text, request.span
    return f"{text[: span.start]} | {text[span.end :]}".lower()


def _start(tokens: Tokens, index: int) -> int:
    """Where the noun phrase before a formula begins, behind its article or an "and"; the formula's place where none does."""
    before = takewhile(lambda token: isinstance(token, Word), reversed(tokens[:index]))
    for length, word in enumerate(token.text for token in before if isinstance(token, Word)):
        if word in _ARTICLES | _JOINING:
            return index - length
        if word in CONTEXT or length == _LONGEST + 2:
            return index
    return 0 if not any(isinstance(token, Math) for token in tokens[:index]) and index <= _LONGEST else index


def _is_differentiated(tokens: Tokens, start: int) -> bool:
    """Whether a noun phrase is what is differentiated, or by what: "with respect to the", "the gradient of the"."""
    before = [token.text if isinstance(token, Word) else "" for token in tokens[:start]]
    lead = before[:-1] if before[-1:] and before[-1] in _ARTICLES else before
    while lead[-1:] and lead[-1] in _JOINING and len(lead) > 1 and isinstance(tokens[len(lead) - 2], Math):
        lead = lead[:-2]  # of a list, "with respect to the query matrix $Q$ and the key matrix $K$"
        while lead[-1:] and lead[-1] not in ("to", "w.r.t.", "wrt", "of", "by", *_JOINING):
            lead = lead[:-1]
    return lead[-2:] == ["respect", "to"] or lead[-1:] in (["w.r.t."], ["wrt"]) or _names_derivative(lead[-2:])


def _names_derivative(words_: Sequence[str]) -> bool:
    return len(words_) == 2 and words_[0] in DERIVATIVE_NOUNS and words_[1] in ("of", "by")


def _not_afresh(phrase: Tokens, afresh: bool) -> Tokens:
    return tuple(token for token in phrase if not (afresh and isinstance(token, Word) and token.text in AFRESH))


def _without(phrase: Tokens, math: Math, given: Set[Tree], free: bool, text: str) -> Tokens:
    """The phrase before a formula without the nouns that only call it something; as it is where a word may say more.

    free: equations compute the name, or it is differentiated, so that nothing but its name says what it is.
    """
    nouns = [token for token in phrase if isinstance(token, Word)]
    unknown = [word for word in nouns if word.text not in _KNOWN]
    found = statements(math)
    if not unknown or len(nouns) > _LONGEST or len(found) != 1 or mentions_quantity(phrase):
        return phrase
    if look(math) == "derivatives":
        calls = nouns[-1].text in DERIVATIVE_NOUNS and all(_is_noun(word.text) and _makes_none(word) for word in unknown)
    elif could_be_name(found[0]) and key(found[0]) not in given:
        if "".join(re.findall("[a-z]+", " ".join(word.text for word in nouns))) in _LOSSES:
            return ()
        calls = not DERIVATIVE_NOUNS.intersection(word.text for word in nouns) and _call(unknown, nouns, found[0], free, text)
    elif _is_computed(found[0]):
        calls = all(names_formula(word.text.removesuffix("'s"), valued=True) and word.text not in VERBS for word in unknown)
    else:
        return phrase
    return tuple(token for token in phrase if token not in unknown) if calls else phrase


def _is_computed(tree: Tree) -> bool:
    """Whether a formula says how a name is computed, so that what stands before it can but call it something."""
    if not isinstance(tree, Relation) or tree.operators not in (("=",), (":=",)):
        return False
    return could_be_name(tree.sides[0]) and not could_be_name(tree.sides[1]) and not is_literal(tree.sides[1])


def _call(unknown: Sequence[Word], nouns: Sequence[Word], name: Tree, free: bool, text: str) -> bool:
    """Whether words call a name something; a participle does only before a marked name, "the normalised values $\\hat x$".

    text: what stands elsewhere, which may say that two words belong together.
    """
    marked = any(isinstance(part, Accent | Text) for part in walk(name))
    plain = free and _PREPOSITIONS.isdisjoint(word.text for word in nouns)
    places = {int(part.value) for part in walk(name) if isinstance(part, Number)}

    def is_one(word: Word) -> bool:
        if word.text in ORDINALS:
            return ORDINALS[word.text] in places
        if plain and is_descriptive(word.text):
            return True
        if word is not nouns[-1] and word.text.endswith("'s"):  # whose it is
            return word.text.removesuffix("'s") in _KINDS | QUANTITY
        if word is not nouns[-1] and _is_noun(word.text):
            return word.text in _KINDS or _is_stated(f"{word.text} {nouns[nouns.index(word) + 1].text}", text)
        done = marked and nouns[-1].text not in _MARKED and _PARTICIPLE.match(word.text) is not None
        return _is_noun(word.text) or (done and word is not nouns[-1])

    return all(map(is_one, unknown))


def _is_stated(called: str, text: str) -> bool:
    """Whether the text calls a formula so: "$h$ is the water level", "the water level is $h = a / b$"."""
    said = re.escape(called)
    before = rf"\$ (?:is|are|denotes?) (?:the|a|an|our) {said}\b"
    return re.search(rf"{before}|\b{said} (?:is|are) (?:\$|given by|defined|computed)", text) is not None


def _is_noun(word: str) -> bool:
    if word in _THINGS | _NUMBERS:
        return True
    return names_formula(word) and is_descriptive(word) and word not in VERBS


def _makes_none(word: Word) -> bool:
    """Whether a noun before that of a derivative makes no other one of it: proper names and adjectives may."""
    return not word.capital and _ADJECTIVE.match(word.text) is None
