"""Distributions that are named by their variables: "the distribution of $X$ and that of $Y$", "the laws of $X$ and $Y$"."""

import re
from dataclasses import replace

from chainrule.inference.symbols import could_be_name
from chainrule.sheets.clauses import Request
from chainrule.sheets.notation import trees
from chainrule.sheets.phrases import said_by
from chainrule.sheets.sheet import Math

_LAW = r"(?:distribution|law|density|probability density|probability distribution|pmf|pdf)"
_FIRST = re.compile(rf"(?:the|a) (?:{_LAW}) of (?=\$)|(?:the|both) (?:{_LAW}s|densities|pmfs) of (?=\$ (?:and|,) \$)")
_SECOND = re.compile(rf"(?:that|the one|the {_LAW}) of (?=\$)")


def without_laws(request: Request) -> Request:
    """The request with the variables in the place of such words; as it is where they are of anything but names."""
    said = said_by(request.tokens)
    cuts = [match.span() for match in _FIRST.finditer(said)]
    others = [match.span() for match in _SECOND.finditer(said)]
    cuts += [(a, b) for a, b in others if cuts and not any(start < b and a < end for start, end in cuts)]
    if not cuts:
        return request
    kept = list(request.tokens)
    for start, end in sorted(cuts, reverse=True):
        first, last = said[:start].count(" "), said[:end].count(" ")
        formula = request.tokens[last]
        found = trees(formula) if isinstance(formula, Math) else ()
        if len(found) != 1 or not could_be_name(found[0]):
            return request
        del kept[first:last]
    return replace(request, tokens=tuple(kept))
