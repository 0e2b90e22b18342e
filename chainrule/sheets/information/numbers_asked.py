"""Requests for the numbers of a distribution or a vector: "Write down the four probabilities $P(0)$, ...", "List the values of
$P$", "Determine the marginal distributions $p(x)$ and $p(y)$", "Compute the probabilities for $T = 1$".

The words around the formulas only say what these are, and are left out. Where there is none, the only distribution is meant.
"""

import re
from dataclasses import replace

from chainrule.inference.symbols import could_be_name
from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import FIND, words
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.notation import look, trees
from chainrule.sheets.quantity_words import mentions_quantity, notations_of
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math

_VERBS = FIND | words("list show")
_COUNT = r"(?:two|three|four|five|six|seven|eight|nine|ten|\d+|all|both|individual|single|numerical|resulting|corresponding)"
_KIND = (
    r"(?:marginal|marginals|smoothed|soft|hard|one-hot|softmax|class|mixture|predicted|output|mean|joint|target|label"
    r"|probability|discrete|full|whole|complete|explicit|unconditional)"
)
_NOUN = (
    r"(?:marginal|probabilities|probability|values|value|entries|numbers|components|distributions|distribution|marginals|target|targets"
    r"|label|labels|vector|vectors|pmf|mixture|table)"
)
_NAMED = re.compile(
    rf"(?:down |out |up )?(?:the |its |their )?(?:{_COUNT} )*(?:(?:of )?the )?(?:{_KIND} )*{_NOUN}(?: (?:of|in|for))?"
    r"(?: the (?:distribution|distributions|vector|vectors|target|mixture))?(?: :)? \$(?P<rest>(?: (?:,|and|&|\$))*)"
)
_BARE = re.compile(
    rf"(?:down |out |up )?(?:the )?(?:{_COUNT} )*(?:(?:softmax|class|output|sampling|outcome|token) )*probabilities"
    r"(?: of the (?:distribution|outcomes|classes|tokens|words))?"
    r"(?:$| (?P<at>for|at|when|if|with) (?:the )?(?:temperature )?\$)"
)
_PREDICTED = re.compile(r"\b(?:softmax|class|output) ")


def with_numbers(request: Request, known: Distributions) -> Request:
    """The request for the formulas alone whose numbers it asks for; as it is where it asks for more or says more of them."""
    request = _with_outcomes(request, known)
    if request.verb not in _VERBS or mentions_quantity(request.tokens):
        return request
    said = " ".join(token.text if isinstance(token, Word) else "$" for token in request.tokens)
    formulas = [token for token in request.tokens if isinstance(token, Math)]
    match = _NAMED.match(said)
    if match is not None and not said[match.end() :].strip() and all(map(_has_numbers, formulas)):
        if "marginal" in match.group() and any(could_be_name(tree) for math in formulas for tree in trees(math)):
            return request
        first = said[: said.index("$")].count(" ")
        return replace(request, verb="compute", tokens=request.tokens[first:])
    single = known.for_request(request.place.part, request.span).single()
    match = _BARE.fullmatch(said)
    if match is None or not single or len(known.all()) > 1 or any(look(math) != "definition" for math in formulas):
        return request
    if _PREDICTED.search(said) and known.called(single[0]) == "true":
        return request  # a label is no prediction
    if match["at"] and any(each.entries for each in known.known if each.math == single[0]):
        return request  # its numbers are given, and depend on nothing
    behind: Tokens = (Word("for", formulas[0].span), *formulas) if match["at"] else ()
    return replace(request, verb="compute", tokens=(single[0], *behind))


def _has_numbers(math: Math) -> bool:
    return look(math) == "other" and not notations_of(math) and bool(trees(math))


def _with_outcomes(request: Request, known: Distributions) -> Request:
    """The request with a formula for each probability in its words, the `P(0)` of a distribution called P."""
    names = {math.text.strip() for math in known.all()}
    made: list[Word | Math] = []
    index, tokens = 0, request.tokens
    while index < len(tokens):
        found = [token for token in tokens[index : index + 4] if isinstance(token, Word)]
        whole = found[0].span.to(found[3].span) if len(found) == 4 else None
        if whole is not None and found[0].span.text in names and [found[1].text, found[3].text] == ["(", ")"]:
            made.append(Math(whole, request.place, display=False, plain=True))
            index += 4
        else:
            made.append(tokens[index])
            index += 1
    return replace(request, tokens=tuple(made)) if len(made) < len(tokens) else request
