""" "Justify your answer.", "Why?", "Give a reason.": a reason for the answer to the question before, which comes with it."""

import re
from collections.abc import Sequence

from chainrule.sheets.clauses import Request, trimmed
from chainrule.sheets.phrases import said_by
from chainrule.sheets.sheet import Task

_HOW = r"(?: (?:briefly|carefully|clearly|in detail|in (?:one|a|a few|two) (?:short )?(?:sentences?|words|lines?)))?"
_YOURS = r"(?:(?:your|the|each|this) )?(?:answers?|results?|conclusions?|claims?|reasoning|decision|response|choice|verdict)"
_OF_ANY = re.compile(
    rf"(?:briefly )?(?:justify|explain|motivate|argue for|support|defend|prove) {_YOURS}{_HOW}"
    rf"|explain (?:what (?:goes wrong|happens(?: here)?|you (?:see|observe|notice))|the (?:problem|value)){_HOW}"
    rf"|show (?:all )?(?:your|the) (?:work|working|steps|reasoning|intermediate steps|calculations?){_HOW}"
)
_OF_A_VERDICT = re.compile(
    r"(?:briefly )?(?:(?:(?:explain|say|state|tell) )?why|why or|why not|explain|justify|prove it)"
    rf"(?: ,)?(?: (?:or|and) why not| or not)?{_HOW}"
    rf"|(?:give|provide|state|write|add) (?:an?|your|one|the) (?:short |brief |one-line )*"
    rf"(?:reasons?|reasoning|justification|explanation|argument|proof)(?: (?:for|of) {_YOURS})?{_HOW}"
)
_VERDICTS = frozenset(("convexity", "claim", "symmetry", "comparison", "property"))
"""Forms whose answer says yes or no, and by what that is known."""


def asks_for_reason(request: Request, before: Sequence[Task]) -> bool:
    """Whether a request asks for no more than the reason of what the task before it, in its part, has as its answer."""
    said = f"{request.verb} {said_by(trimmed(request.tokens))}".strip()
    last = before[-1] if before and before[-1].part == request.place.part else None
    if last is None or last.form == "unknown" or request.before:
        return False
    return _OF_ANY.fullmatch(said) is not None or (last.form in _VERDICTS and _OF_A_VERDICT.fullmatch(said) is not None)
