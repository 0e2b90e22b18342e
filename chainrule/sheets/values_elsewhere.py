"""Values that stand in another problem: "the gradient with respect to $z$, at the values of Problem 1"."""

import re
from collections.abc import Set
from dataclasses import replace

from chainrule.sheets.clauses import Request, trimmed
from chainrule.sheets.phrases import said_by
from chainrule.syntax.tree import Tree

_ELSEWHERE = re.compile(
    r"(?:^| )(?:, )?(?:at|for|with|using|from) (?:the|all) (?:same |given |above )?"
    r"(?:values?|numbers|point|data|parameters|distributions?|settings?|inputs?|policies|probabilities|logits|weights|scores)"
    r"(?: (?:given|used|stated))? (?:of|from|in) (?:problem|exercise|question) (?:\( )?[\d.]+[a-z]?(?: \))?$"
)


def without_elsewhere(request: Request, given: Set[Tree]) -> Request:
    """The request without such words: what a problem names holds in this one, where this one gives no values itself."""
    said = said_by(trimmed(request.tokens))
    match = _ELSEWHERE.search(said) if not given else None
    if match is None or match.start() == 0:
        return request
    return replace(request, tokens=trimmed(request.tokens[: len(said[: match.start()].split())]))
