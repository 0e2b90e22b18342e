r"""Questions whether variables are independent: "Are $X$ and $Y$ independent?" asks whether `I(X; Y) = 0`."""

import re
from dataclasses import replace

from chainrule.inference.symbols import could_be_name
from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import CLAIM, words
from chainrule.sheets.notation import trees
from chainrule.sheets.sentences import Word, span_of
from chainrule.sheets.sheet import Math
from chainrule.typesetting import latex

_ASKING = CLAIM | words("is are does do decide determine check whether")
_PAIR = r"(?:the )?(?:(?:random )?variables )?(?:\$ (?:and|,) \$|\$)"
_HOW = r"(?:not )?(?:(?:statistically|stochastically|mutually|really|also) )?(?:in)?dependent"
_EACH = r"(?: of each other| from each other| of one another)?"
_DENIED = re.compile(r"\bnot (?:\w+ )?independent\b|(?<!or )\bdependent\b")
""" "Show that $X$ and $Y$ are dependent": the equation does not hold then."""
_QUESTION = re.compile(
    rf"^(?:that |whether |if |or not )*(?:{_PAIR} (?:are |is |be )?{_HOW}{_EACH}|{_PAIR} (?:is |are )?{_HOW} (?:of|from|on) \$)"
    r"(?: or not| or (?:in)?dependent| under (?:this|the) (?:joint )?distribution)?(?: ,)?(?: \?| \.)?$"
)


def with_independence(request: Request) -> Request:
    """The request with the equation that it asks about; as it is where it asks anything else, or not of two variables."""
    said = " ".join(token.text if isinstance(token, Word) else "$" for token in request.tokens)
    if request.verb not in _ASKING or not _QUESTION.match(said):
        return request
    formulas = [token for token in request.tokens if isinstance(token, Math)]
    names = [tree for math in formulas for tree in trees(math)]
    if len(names) != 2 or not all(map(could_be_name, names)):
        return request
    first, second = map(latex, names)
    claim = Math(span_of(request.tokens), request.place, display=False, name=f"I({first}; {second}) = 0")
    verb = "check" if request.verb in ("decide", "determine", "whether") else request.verb
    verb = "is" if _DENIED.search(said) else verb
    return replace(request, verb="is" if verb == "are" else verb, tokens=(claim,))
