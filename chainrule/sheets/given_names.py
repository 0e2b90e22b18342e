r"""Nouns that name what a formula gives: "for the soft target $y = 0.3$", "for a positive example, $y = 1$"."""

from chainrule.sheets.clauses import Tokens
from chainrule.sheets.forms import CONTEXT
from chainrule.sheets.information.naming import names_formula
from chainrule.sheets.notation import look
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math

_STARTS = CONTEXT | {"and", ",", "&", "or"}


def names_given(tokens: Tokens, index: int) -> bool:
    """Whether a word stands between a connective and a formula that gives a value, with nothing there but a name for it."""
    first, last = index, index
    while first > 0 and isinstance(before := tokens[first - 1], Word) and before.text not in _STARTS:
        first -= 1
    while last + 1 < len(tokens) and isinstance(behind := tokens[last + 1], Word) and behind.text not in _STARTS:
        last += 1
    comma = last + 2 < len(tokens) and isinstance(mark := tokens[last + 1], Word) and mark.text == ","
    formula = tokens[last + 1 + comma] if last + 1 + comma < len(tokens) else None
    if first == 0 or not isinstance(formula, Math) or look(formula) != "definition":
        return False
    return names_formula(" ".join(token.text for token in tokens[first : last + 1] if isinstance(token, Word)), True)
