"""Other ways to put a request, brought into the plain one: "What does $D(P \\| Q)$ come to?", "How many bits is $H(P)$?",
"How large is $H(P)$?", "How many bits of surprisal has an event of probability 1e-9?".
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.information.nouns import NOUNS
from chainrule.sheets.operative_words import is_descriptive
from chainrule.sheets.quantity_words import notations_of, pieces_of, quantity_at
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math
from chainrule.sheets.units import units_in

_QUESTION = re.compile(
    r"(?:by )?how (?:much|many|far|large|big)\b[^$]* (?:i\.?e\.?|that is|in other words|namely|:)(?: [,:])*$"
)
_COMING = re.compile(
    r"(?:does|do|will|would) (?P<what>.+?) (?:(?:come|amount|evaluate|work out|add up) to(?: be)?|become)(?P<rest>$| .*)"
)
_GETTING = re.compile(
    r"(?:do|would|did|can|will) (?:you|we|one|i) (?:get|obtain|find|have|compute|calculate|arrive at) (?:for|as)(?P<what> .+)"
    r"(?P<rest>)$"
)
""" "What do you get for the entropy of $P$?"."""
_EQUALLING = re.compile(r"(?:does|do|will|would) (?P<what>.+?) equal(?P<rest>$| .*)")
_SURPRISING = re.compile(
    r"(?:surprising|informative|unexpected)(?P<unit> [^$]*?)? (?:is|are|was|would be) (?P<what>[^$]*\bprobability\b.*)$"
)
_MEASURE = r"(?:bits|nats|shannons|hartleys|bans|dits|trits)"
_COUNTED = re.compile(rf"many {_MEASURE} (?:is|are|does|do) (?P<what>.+?)(?: (?:have|amount to|equal))?$")
_COUNTED_OF = re.compile(
    rf"many {_MEASURE} (?P<of>of) (?P<name>[^$]+?) (?:(?:has|have|is in|are in|belong to|belongs to)"
    r"|(?P<does>does|do)) (?P<what>.+?)(?(does) (?:have|carry|has|contain))$"
)
_MEASURED_BY = re.compile(
    rf"(?:far|close|different|distant|much|large)(?P<unit> (?:, )?in {_MEASURE}(?: ,)?)? [^?]*?(?: ,)? (?:as )?measured"
    rf" (?:by|in|with|through|using)(?P<what> (?:the )?[a-z -]*\$(?: in {_MEASURE})?)$"
)
""" "How far is $p$ from $u$, as measured by $D(p \\| u)$?"."""
_LARGE = re.compile(r"(?:large|big|high|great|small|low) (?:is|are|was|were|would be|will be) (?P<what>.+)$")
_COMPARED = re.compile(
    r"(?:(?:the|these|those|both|your|our) )?(?:(?:two|three|four|both) )?(?:[a-z-]+ )?"
    r"(?:by|via|using|through|in terms of|by means of|on the basis of) (?:(?:their|the|computing|calculating|evaluating) )*"
    r"(?P<what>[^$]+ \$ (?:and|,) \$(?: in [a-z]+)?)$"
)
"""What is compared, by which quantities: these are asked for."""
_TINY = re.compile(r"(?P<digits>\d+(?:\.\d+)?)e(?P<sign>[-+]?)(?P<power>\d{1,4})(?![\w.])")
_ROOT = re.compile(
    r"(?: ,)? (?:\( )?(?:i\.e\.?|that is|namely|which is)(?: ,)? (?:the )?square root of (?:the |this |that )?"
    r"(?:jensen ?[-–]? ?shannon |js )?(?:divergence|jsd)"
    r"(?: (?:of|in|from) (?:part )?(?:\( )?(?:[a-z]|[ivx]+|\d{1,2})(?: \))?(?= |$))?(?: \))?"
)
_HAVING = re.compile(
    r"(?P<what>[^$]+?(?: \$)?) (?:does|do|will|would|did) (?P<who>[^$]*?(?:[a-z]|\$))"
    r" (?:have|has|reach|attain|achieve|get|incur|obtain|suffer|pay|show|exhibit|face|see|register|score)"
    r"(?:(?: ,)? (?P<rest>(?:on|in|for|under|relative to) .+))?"
)
_DRAWN = re.compile(
    r"(?<=\bon )(?:the |a )?(?:text|data|words|samples|symbols|sequences|sentences)(?: that (?:is|are))?"
    r"(?: (?:drawn|sampled|generated|coming))? (?:from|by|according to) "
)
_ASIDES = ("i.e", "i.e.", "namely", "them", "that", "which", "two", "both")
_BETWEEN = re.compile(r" (?:between|of) (?:them|the two|both|these two)(?= ,| \$|$)")


def plainly(request: Request) -> Request:
    """The request in plain words; as it is where it is in these already."""
    request = _with_powers(_alone(request))
    request = _compared(request) if request.verb == "compare" else request
    found = _asked_how(request) if request.verb == "how" else _having(_coming(request)) if request.verb == "what" else request
    first, second = found.tokens[:2] if len(found.tokens) > 1 else (None, None)
    if isinstance(first, Word) and first.text in ("i.e.", "namely") and isinstance(second, Math):
        found = replace(found, tokens=found.tokens[1:])
    aside = any(isinstance(token, Word) and token.text in _ASIDES for token in found.tokens)
    return _without_asides(found) if aside else found


def _alone(request: Request) -> Request:
    """The request without a question before it that it says in other words: "By how much has it changed, i.e. what is ...?";
    it is in the unit that this one counts, "How many bits does it tell us, i.e. what is ...?".
    """
    said = " ".join(token.text if isinstance(token, Word) else "$" for token in request.before)
    if not _QUESTION.match(said):
        return request
    counted = next((token for token in request.before if isinstance(token, Word) and token.text in ("bits", "nats")), None)
    own = counted is None or bool(units_in(pieces_of(request.tokens)))
    tokens = request.tokens if own or counted is None else (*request.tokens, Word("in", counted.span), counted)
    return replace(request, before=(), tokens=tokens)


def _said(request: Request) -> str:
    return " ".join(token.text if isinstance(token, Word) else "$" for token in request.tokens)


def _compared(request: Request) -> Request:
    """ "Compare the models by their cross-entropies $H(p, a)$ and $H(p, b)$": these two."""
    said = _said(request)
    match = _COMPARED.match(said)
    formulas = [token for token in request.tokens if isinstance(token, Math)]
    if match is None or len(formulas) != 2 or not all(map(notations_of, formulas)):
        return request
    return replace(_kept(request, said, [match.span("what")]), verb="compute")


def _coming(request: Request) -> Request:
    """ "What does ... come to?"."""
    said = _said(request)
    match = _COMING.match(said) or _EQUALLING.match(said) or _GETTING.match(said)
    if match is None:
        return request
    return _kept(request, said, [match.span("what"), match.span("rest")])


def _having(request: Request) -> Request:
    """ "What perplexity does the model reach on text from $p$?": the perplexity of the model on $p$."""
    said = _said(request)
    match = _HAVING.fullmatch(said)
    named = quantity_at(pieces_of(request.tokens), 0)
    if match is None or named is None:
        return request
    what, who, rest = (
        _kept(request, said, [match.span(name)]).tokens if match[name] else () for name in ("what", "who", "rest")
    )
    at = request.tokens[0].span
    behind_name = pieces_of(what)[named.length :]
    if len(behind_name) == 1 and (math := behind_name[0].math) and notations_of(math) and _only_describes(who):
        unit = tuple(token for token in rest if not isinstance(token, Math)) if units_in(pieces_of(rest)) else ()
        return replace(request, tokens=(Word("is", at), *what, *unit))
    if behind_name:
        return request
    who = tuple(token for token in who if isinstance(token, Math)) or who
    data = _DRAWN.sub("", match["rest"] or "")
    behind = tuple(token for token in rest if isinstance(token, Math) or token.text in data.split())
    return replace(request, tokens=(Word("is", at), Word("the", at), *what, Word("of", at), *who, *behind))


def _only_describes(who: Tokens) -> bool:
    """Whether words can say no more than of whom symbols are, "the student"."""
    plain = NOUNS | {"the", "this", "a"}
    return all(isinstance(token, Word) and (token.text in plain or is_descriptive(token.text)) for token in who)


def _asked_how(request: Request) -> Request:
    """ "How large is ...?" and its like."""
    said = _said(request)
    if match := _MEASURED_BY.match(said):
        found = _kept(request, said, [match.span("what"), match.span("unit") if match["unit"] else (0, 0)])
        if any(isinstance(token, Math) and notations_of(token) for token in found.tokens):
            return replace(found, verb="what")
    if match := _LARGE.match(said):
        return replace(_kept(request, said, [match.span("what")]), verb="what")
    return _surprising(_counted(request))


def _counted(request: Request) -> Request:
    """ "How many bits is ...?", "How many bits of surprisal has ...?": what it is, in bits."""
    said = _said(request)
    unit = request.tokens[1:2]
    if match := _COUNTED.match(said):
        asked = _kept(request, said, [match.span("what")]).tokens
        formulas = [token for token in asked if isinstance(token, Math)]
        plain = _begins_with_quantity(asked) or (bool(formulas) and all(map(notations_of, formulas)))
    elif match := _COUNTED_OF.match(said):
        asked = tuple(t for n in ("name", "of", "what") for t in _kept(request, said, [match.span(n)]).tokens)
        plain = _is_surprisal(asked)
    else:
        return request
    return replace(request, verb="what", tokens=(*asked, Word("in", unit[0].span), *unit)) if plain else request


def _begins_with_quantity(tokens: Tokens) -> bool:
    """Whether words name a quantity, behind an article perhaps."""
    pieces = pieces_of(tokens)
    return quantity_at(pieces, int(bool(pieces) and pieces[0].text in ("the", "its", "their"))) is not None


def _is_surprisal(tokens: Tokens) -> bool:
    named = quantity_at(pieces_of(tokens), 0)
    return named is not None and named.quantity.name == "surprisal"


def _with_powers(request: Request) -> Request:
    """The request with a formula for each number that is written with a power of ten among its words, `1e-300`."""
    made: list[Word | Math] = []
    end = -1
    for token in request.tokens:
        match = _TINY.match(token.span.source.text, token.span.start) if isinstance(token, Word) else None
        if match is not None and token.span.start >= end:
            power = f"10^{{{match['sign'].strip('+')}{match['power']}}}"
            name = power if match["digits"] == "1" else f"{match['digits']} \\cdot {power}"
            made.append(Math(replace(token.span, end=match.end()), request.place, display=False, name=name))
            end = match.end()
        elif token.span.start >= end:
            made.append(token)
    return replace(request, tokens=tuple(made)) if end >= 0 else request


def _surprising(request: Request) -> Request:
    """ "How surprising, in bits, is an event of probability 1/8?": its surprisal, in bits."""
    said = _said(request)
    match = _SURPRISING.match(said) if request.verb == "how" else None
    if match is None:
        return request
    first, *_ = request.tokens
    assert isinstance(first, Word)
    unit, of = (_kept(request, said, [match.span(name)]).tokens for name in ("unit", "what"))
    named = (Word("surprisal", first.span), *unit, Word("of", first.span), *of)
    return replace(request, verb="what", tokens=named)


def _without_asides(request: Request) -> Request:
    """Without "i.e. the square root of the divergence" behind the name of that root, and "between them" before a notation."""
    said = _said(request)
    pieces = pieces_of(request.tokens)
    named = [each.quantity.name for i in range(len(pieces)) if (each := quantity_at(pieces, i))]
    if "jensen_shannon_distance" in named and (match := _ROOT.search(said)):
        request = _kept(request, said, [(0, match.start()), (match.end(), len(said))])
        said = _said(request)
    noted = any(isinstance(token, Math) and notations_of(token) for token in request.tokens)
    if noted and len(set(named)) == 1 and (match := _BETWEEN.search(said)):
        behind = match.end() + 2 * said[match.end() :].startswith(" ,")
        request = _kept(request, said, [(0, match.start()), (behind, len(said))])
    return request


def _kept(request: Request, said: str, spans: Sequence[tuple[int, int]]) -> Request:
    """The request with the tokens of these stretches of its words alone."""
    starts = [0]
    for word in said.split(" "):
        starts.append(starts[-1] + len(word) + 1)
    placed = zip(starts, request.tokens, strict=False)
    return replace(request, tokens=tuple(token for at, token in placed if any(start <= at < end for start, end in spans)))
