r"""Words for moments of a distribution, as formulas: "the expected value of $X$" is `\mathbb{E}[X]`."""

import re
from dataclasses import replace

from chainrule.inference.symbols import key
from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import FIND
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.notation import trees
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math

_HEADS = {
    "expected value": "\\mathbb{{E}}[{}]",
    "expectation": "\\mathbb{{E}}[{}]",
    "mean": "\\mathbb{{E}}[{}]",
    "variance": "\\mathrm{{Var}}({})",
}
_WORDS = frozenset(noun.rpartition(" ")[2] for noun in _HEADS)
_NOUN = rf"(?:the |its )?(?:{'|'.join(_HEADS)})"
_ASKED = re.compile(rf"(?:(?:is|are) )?(?P<nouns>{_NOUN}(?:(?: ,)?(?: and)? {_NOUN})*) of (?:the (?:random )?variable )?\$$")


def with_moments(request: Request, known: Distributions) -> Request:
    """The request with formulas for such words, where they are of a member of a family; else as it is.

    The letter of a table is the vector of its probabilities, of which a mean would be another number.
    """
    said = " ".join(token.text if isinstance(token, Word) else "$" for token in request.tokens)
    match = _ASKED.match(said) if request.verb in FIND else None
    if match is None:
        return request
    *_, of = request.tokens
    names = [key(tree) for tree in trees(of)] if isinstance(of, Math) else []
    members = {each.name for each in known.known if each.defined and not (each.labels or each.entries)}
    if not isinstance(of, Math) or len(names) != 1 or names[0] not in members:
        return request
    nouns = re.findall("|".join(_HEADS), match["nouns"])
    places = [token.span for token in request.tokens if isinstance(token, Word) and token.text in _WORDS]
    made = [replace(of, span=span, name=_HEADS[noun].format(of.text)) for noun, span in zip(nouns, places, strict=True)]
    return replace(request, tokens=tuple(made))
