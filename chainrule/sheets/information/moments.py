r"""Words for moments of a distribution, as formulas: "the expected value of $X$" is `\mathbb{E}[X]`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.inference.distributions.labels import RANDOM
from chainrule.inference.distributions.notation import MOMENTS
from chainrule.inference.symbols import key
from chainrule.sheets.clauses import Request, find_requests
from chainrule.sheets.forms import FIND
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.notation import trees
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import BigOperator, Bracket, Call, Font, Juxtaposition, Name, Tree, walk

_HEADS = {
    "expected value": "\\mathbb{{E}}[{}]",
    "expectation": "\\mathbb{{E}}[{}]",
    "mean": "\\mathbb{{E}}[{}]",
    "variance": "\\mathrm{{Var}}({})",
    "standard deviation": "\\mathrm{{Std}}({})",
}
_WORDS = frozenset(noun.rpartition(" ")[2] for noun in _HEADS)
_NOUN = rf"(?:(?:the|its|both) )*(?:{'|'.join(_HEADS)})"
_LIST = rf"{_NOUN}(?:(?: ,)?(?: and)? {_NOUN})*"
_WHOLE = r"(?:it|(?:the|this|that) (?:random variable|variable|distribution|outcome|result|roll|throw))"
_ASKED = re.compile(
    rf"(?:(?:is|are) )?(?P<nouns>{_LIST})"
    rf"(?: (?:of|for) (?:(?:(?:the |this |a )?(?:random )?(?:variable |distribution )?(?P<of>\$|[A-Z]))|{_WHOLE}))?"
    rf"(?P<more>(?: ,)?(?: and)? {_LIST})?(?P<rest>(?: ,| and)+ \$.*)?$"
)


def with_moments(requests: Sequence[Request], known: Distributions) -> list[Request]:
    """The requests of a sentence with formulas for such words; those as they are where it is not known what they are of.

    "The mean and the variance of $X$" are both of X; where nothing is named they are of the only distribution.
    """
    found: list[Request] = []
    of = ""
    for request in reversed(requests):
        match = _ASKED.match(_said(request)) if request.verb in FIND else None
        own = _object(request, match, known) if match is not None and (match["of"] or not of) else of
        of = own if match is not None else ""
        nouns = match["nouns"] + (match["more"] or "") if match is not None else ""
        rest = len(match["rest"].split()) if match is not None and match["rest"] else 0
        found.append(_with_formulas(request, nouns, own, rest) if own and nouns else request)
    return found[::-1]


def asks_in_words(sentence: Sentence) -> bool:
    """Whether it asks for moments in words."""
    return any(request.verb in FIND and _ASKED.match(_said(request)) for request in find_requests(sentence))


def writes_moment(sentence: Sentence) -> bool:
    r"""Whether a formula has an expectation or a variance in it, `\mathbb{E}[X]`."""
    formulas = [token for token in sentence.tokens if isinstance(token, Math)]
    return any(_is_moment(part) for math in formulas for tree in trees(math) for part in walk(tree))


def is_moment(math: Math) -> bool:
    r"""Whether a formula is nothing but expectations and variances."""
    found = trees(math)
    return bool(found) and all(map(_is_moment, found))


def _is_moment(tree: Tree) -> bool:
    match tree:
        case Juxtaposition(items=(Font(kind="mathrm" | "operatorname", body=head) | head, Bracket(), *_)):
            return head in MOMENTS
        case Call(function=head):
            return head in MOMENTS
        case BigOperator(operator="E", lower=None):
            return True
        case _:
            return False


def _said(request: Request) -> str:
    capital = {id(token) for token in request.tokens if isinstance(token, Word) and token.capital and len(token.text) == 1}
    words = (token.text.upper() if id(token) in capital else token.text for token in request.tokens if isinstance(token, Word))
    return " ".join(next(words) if isinstance(token, Word) else "$" for token in request.tokens)


def _object(request: Request, match: re.Match[str], known: Distributions) -> str:
    """What the moments are of, as a formula; "" where it is no distribution, or not clear which."""
    known = known.for_request(request.place.part, request.span)
    if match["of"] is None:
        single = known.single()
        clear = bool(single) and known.is_nearest(single[0]) and not known.is_repeated(single[0])
        return single[0].text if clear else ""
    of = next((token for token in request.tokens if isinstance(token, Math)), None)
    if of is None:
        return match["of"] if match["of"] in RANDOM else ""
    names = [key(tree) for tree in trees(of)]
    if len(names) != 1:
        return ""
    own = next((each for each in known.known if each.defined and each.name == names[0]), None)
    if own is not None and own.labels and "distribution" in own.said and "variable" not in own.said:
        return ""  # said to be a distribution: its letter stands for the probabilities
    return of.text if own is not None or (isinstance(names[0], Name) and names[0].text in RANDOM) else ""


def _with_formulas(request: Request, nouns: str, of: str, rest: int) -> Request:
    """The formulas in the place of all words but the last ones, so many as `rest` says."""
    places = [token for token in request.tokens if isinstance(token, Word) and token.text in _WORDS]
    heads = (_HEADS[noun] for noun in re.findall("|".join(_HEADS), nouns))
    made = (Math(place.span, request.place, False, name=head.format(of)) for head, place in zip(heads, places, strict=True))
    return replace(request, tokens=(*made, *request.tokens[len(request.tokens) - rest :]))
