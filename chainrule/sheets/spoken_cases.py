"""Cases that are called something: "for an easy example with $p = 0.9$ and for a hard one with $p = 0.3$" is at these points.

An adjective that may say more than the value, "a negative example", stays, and the request is not understood.
"""

import re
from dataclasses import replace

from chainrule.sheets.clauses import Request
from chainrule.sheets.notation import look
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math

_KIND = (
    r"(?:easy|hard|difficult|confident|uncertain|typical|simple|first|second|third|well-classified|misclassified"
    r"|ambiguous|rare|background|foreground|single|particular|given)"
)
_NOUN = r"(?:example|sample|case|instance|item|input|image|prediction|anchor|pixel|box|detection|one)"
_CASE = re.compile(
    rf"(?:(?<= )|^)(?:for|on|at|of|(?P<and>and)) (?:an?|the) (?:{_KIND} )?{_NOUN} (?:with|where|in which|having) (?=\$)"
)


def without_cases(request: Request) -> Request:
    """The request with "at" in the place of such words before a value."""
    said = " ".join(token.text if isinstance(token, Word) else "$" for token in request.tokens)
    tokens = request.tokens
    for match in reversed(list(_CASE.finditer(said))):
        first, end = said[: match.start()].count(" "), said[: match.end()].count(" ")
        value = tokens[end]
        if isinstance(value, Math) and look(value) == "definition":
            first += match["and"] is not None
            tokens = (*tokens[:first], Word("at", tokens[first].span), *tokens[end:])
    return request if tokens is request.tokens else replace(request, tokens=tokens)
