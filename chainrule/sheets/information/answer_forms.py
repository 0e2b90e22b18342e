r"""Words that only say in which form an answer is wanted, or from what to start: "a closed form of $D(P \| Q)$", "in terms of
$p$ and $q$", "directly from the joint distribution".

They are left out of a request. What stands in terms of anything but names, "in terms of $H(X)$", stays where it is.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.inference.literals import is_literal
from chainrule.inference.symbols import could_be_name
from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import CLAIM, EXPRESS, FIND, words
from chainrule.sheets.information.naming import names_formula
from chainrule.sheets.notation import look, trees
from chainrule.sheets.operative_words import qualifies_kind
from chainrule.sheets.quantity_words import notations_of, pieces_of, quantity_at
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math
from chainrule.sheets.units import unit_at
from chainrule.syntax.tree import Bracket, Relation

_KIND = (
    r"(?:(?:general|simple|simplest|explicit|closed|closed-form|analytic|analytical|exact|symbolic|compact|concise|short|full"
    r"|complete|algebraic|convenient|explicit closed) )*"
)
_FORM = re.compile(
    rf"^(?:down |out |up )?(?:(?:the|an?|its) )?{_KIND}(?:formula|expression|closed form|closed-form|form|representation)"
    r"(?: in closed form)? (?:for|of) (?!which|what)"
)
_PARAMETERS = (
    r"(?:(?:the|its|their|both|two|all|these) )*(?:(?:success|model|given|distribution|natural|free|two|rate|mean) )*"
    r"(?:parameters?|probabilit(?:y|ies)|rates?|means?|logits?|variables?|letters?|numbers?|variances?)"
)
_IN_TERMS = re.compile(
    rf"(?: ,)? (?:in terms of|as (?:an? )?{_KIND}function (?:of|in)|as (?:an? )?{_KIND}(?:formula|expression) (?:in|of|with)"
    r"|through|by means of|using only|as it depends on)"
    rf" (?P<names>(?:(?:{_PARAMETERS} |the |only )?\$(?: ?(?:,|and|, and) (?:{_PARAMETERS} |the )?\$)*|{_PARAMETERS}))"
    r"(?: (?:only|alone))?(?= ,| in | \(| to |$)"
)
_RESULTS = r"(?:results?|answers?|values?|numbers?|parts?|entropies|computations?|calculations?|marginals|probabilities)"
_PART = r"(?:\( )?(?:[a-h]|[ivx]+|\d) \)"
_START = (
    r"(?:(?:the|its|this|that|their|your|our) )?(?:"
    r"(?:(?:above|given|full|whole|exact) )*(?:definitions?|joint (?:distribution|table|pmf|law|probabilities|probability table"
    r"|mass function)|(?:probability |joint )?tables?|marginal distributions|marginals|conditional distributions)"
    rf"|(?:previous|above|earlier|preceding|first two|two) {_RESULTS}|{_RESULTS}(?: (?:above|before|so far))"
    rf"|(?:{_RESULTS} (?:of|in|from) )?(?:parts? )?{_PART}(?: (?:and|,) {_PART})*)"
)
_FROM = re.compile(
    r"(?:(?: ,)? (?:directly|straight|immediately|only))?(?: ,)?"
    r" (?:from|using|via|by|with(?: the)? help of|with|on the basis of)"
    rf" {_START}(?= ,| in | \(|$)"
    r"|(?: ,)? (?:directly|immediately|straight away|without (?:using )?a calculator|by hand)(?= ,| in | \(|$)"
)
_OF_TABLE = re.compile(
    r"(?: ,)? (?:for|of|on|in|from|with)"
    r" (?:(?:the|this|that|these|following|given|above|joint|probability|two|same) )*"
    r"(?:(?:distributions?|tables?|pmf|law|pair|data|population|probabilities|numbers)"
    r"(?: (?:given |shown |listed )?(?:below|above|here))?"
    r"|(?:following|given))(?= ,| in |$)"
)
"""What a notation is of anyway."""
_SHORT = re.compile(
    r"(?: ,)? (?:and |, )?(?:simplify(?: (?:it|the result|your answer|the expression|as (?:far|much) as possible))*"
    r"|(?:as simply|as far simplified|simplified as far) as possible|in (?:its|the) (?:simplest|shortest) (?:form|terms)"
    r"|in full(?: detail)?)$"
)
_MANNER = re.compile(
    r"(?: ,)? (?:in (?:a |an |its |the )?(?:closed|explicit|analytic|analytical|symbolic|compact|general|simple|simplified)"
    rf"(?:[ -]form)|in closed-form|as (?:a |an ){_KIND}(?:formula|expression)|analytically|symbolically|explicitly"
    r"|in general|step by step)(?= ,| in | as | for | and | \(|$)"
)
"""How it is written, which says nothing of what it is."""
_SIMPLIFYING = words("it the result results your answer expression as far much possible further")


def without_forms(requests: Sequence[Request]) -> list[Request]:
    """The requests of a sentence without such words; "compute and simplify $D$", "derive and evaluate it" are one."""
    found: list[Request] = []
    for index, each in enumerate(requests):
        following = requests[index + 1] if index + 1 < len(requests) else None
        if not each.tokens and each.verb in FIND and following is not None and _shares_its_object(following):
            continue
        if each.verb == "simplify" and found and all(isinstance(t, Word) and t.text in _SIMPLIFYING for t in each.tokens):
            continue
        found.append(_plain(each))
    return found


def _shares_its_object(following: Request) -> bool:
    """Whether what this verb asks for is that of the one before it as well: "derive and evaluate $D$"."""
    return bool(following.tokens) and following.verb in FIND | EXPRESS | {"simplify"}


def _plain(request: Request) -> Request:
    if request.verb in CLAIM and len([token for token in request.tokens if isinstance(token, Math)]) == 1:
        return _cut(request, _OF_TABLE)
    if request.verb not in FIND | EXPRESS | {"simplify"}:
        return request
    made = _cut(request, _FORM)
    for pattern in (_SHORT, _IN_TERMS, _SHORT, _MANNER):
        made = _cut(made, pattern)
    if _is_quantity_first(made):
        made = _cut(_cut(made, _FROM), _OF_TABLE)
    made = _without_name(made)
    asking = made.verb in EXPRESS - FIND and made.tokens != request.tokens
    alone = len(made.tokens) == 1 and isinstance(math := made.tokens[0], Math) and bool(notations_of(math))
    return replace(made, verb="compute") if asking or (made.verb == "simplify" and alone) else made


def _said(request: Request) -> str:
    return " ".join(token.text if isinstance(token, Word) else "$" for token in request.tokens)


def _cut(request: Request, pattern: re.Pattern[str]) -> Request:
    """The request without the words of a pattern; the formulas among them must be names."""
    said = _said(request)
    match = pattern.search(said)
    if match is None:
        return request
    start = said[: match.start()].count(" ") + (match.start() > 0 and said[match.start()] == " ")
    end = said[: match.end()].count(" ") + (said[match.end() - 1 : match.end()] != " ")
    cut = [token for token in request.tokens[start:end] if isinstance(token, Math)]
    rest = (*request.tokens[:start], *request.tokens[end:])
    if not rest or not all(could_be_name(tree) for math in cut for tree in trees(math)):
        return request
    return replace(request, tokens=rest)


def _is_quantity_first(request: Request) -> bool:
    """Whether one formula says with its arguments what is asked, so that "from the joint distribution" is no argument."""
    formulas = [token for token in request.tokens if isinstance(token, Math)]
    return len(formulas) == 1 and bool(notations_of(formulas[0]))


def _defines(math: Math) -> bool:
    """Whether a formula says what it calls by a name, `J = H(p) / \\ln 4`."""
    match trees(math):
        case (Relation(operators=("=",), sides=(name, body)),):
            return could_be_name(name) and not is_literal(body) and not isinstance(body, Bracket)
        case _:
            return False


def _without_name(request: Request) -> Request:
    """The request without nouns that only name its quantity: "the redundancy $D(P \\| Q)$"."""
    first = next((i for i, token in enumerate(request.tokens) if isinstance(token, Math)), 0)
    lead, formula = request.tokens[:first], request.tokens[first] if first else None
    found = notations_of(formula) if isinstance(formula, Math) else []
    if not isinstance(formula, Math) or not (_defines(formula) if look(formula) == "definition" else found):
        return request
    if any(len(notation.arguments) == 1 and not notation.sure and len(found) > 1 for notation in found):
        return request
    pieces = pieces_of(lead)
    named = any(quantity_at(pieces, i) or unit_at(pieces, i) for i in range(len(pieces)))
    said = " ".join(token.text for token in lead if isinstance(token, Word))
    other = look(formula) != "definition" and qualifies_kind(said.split())
    return request if named or other or not names_formula(said) else replace(request, tokens=request.tokens[first:])
