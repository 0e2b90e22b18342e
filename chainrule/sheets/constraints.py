r"""What a request for a gradient says of a vector of probabilities: "on the simplex", "subject to $\sum_i q_i = 1$".

`solving/` finds it in the words of the task and projects the gradient.
"""

import re
from dataclasses import replace

from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import DERIVATIVE_NOUNS
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import BigOperator, Number, Relation

_ON = re.compile(r"(?:,? ?)(?:on|over|along) the (?:probability )?simplex$")
_SUBJECT = re.compile(r"(?:,? ?)(?:subject to|under the constraint|with the constraint) (?:that )?\$$")


def without_constraint(request: Request) -> Request:
    """The request for a derivative without such words at its end."""
    said = [token.text if isinstance(token, Word) else "$" for token in request.tokens]
    text = " ".join(said)
    if not said or DERIVATIVE_NOUNS.isdisjoint((*said, request.verb)):
        return request
    last = request.tokens[-1]
    summed = isinstance(last, Math) and _sums_to_one(last)
    match = _ON.search(text) or (_SUBJECT.search(text) if summed else None)
    if match is None:
        return request
    return replace(request, tokens=request.tokens[: len(text[: match.start()].split())])


def _sums_to_one(math: Math) -> bool:
    match statements(math):
        case (Relation(operators=("=",), sides=(BigOperator(operator="sum"), Number(value=value))),):
            return value == 1
        case _:
            return False
