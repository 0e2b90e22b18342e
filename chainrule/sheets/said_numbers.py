"""Number words before what is asked: "all four weights", "the three gradients", "compute all four"."""

import re
from dataclasses import replace

from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import DERIVATIVE_NOUNS, QUANTITY
from chainrule.sheets.sentences import Word

_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_BEFORE = frozenset(("all", "these", "those", "the", "its", "their"))
_NOUNS = frozenset(noun for noun in QUANTITY | DERIVATIVE_NOUNS if noun.endswith("s"))
_SAID = re.compile(
    rf"\b(?:{'|'.join(_BEFORE)})\s+(?:of\s+the\s+)?({'|'.join(_NUMBERS)})\s+(?:of\s+(?:the|its|their)\s+)?([a-z]+)",
    re.IGNORECASE,
)


def without_number(request: Request) -> Request:
    """The request without a number word that only counts what is asked; `number_of_inputs` finds it again in its text."""
    said = [token.text if isinstance(token, Word) else "" for token in request.tokens]
    dropped = {i for i, word in enumerate(said) if word in _NUMBERS and _counts(said, i)}
    return replace(request, tokens=tuple(t for i, t in enumerate(request.tokens) if i not in dropped)) if dropped else request


def _counts(said: list[str], index: int) -> bool:
    """Whether a plural noun stands behind the number, "the three partial derivatives", "all three of its partial derivatives",
    or nothing behind "all four".
    """
    if index == 0 or said[index - 1] not in _BEFORE:
        return False
    of_it = said[index + 1 : index + 2] == ["of"] and said[index + 2 : index + 3] in (["its"], ["the"], ["their"])
    behind = said[index + 3 : index + 5] if of_it else said[index + 1 : index + 3]
    return any(word in _NOUNS for word in behind) or (said[index - 1] in ("all", "these", "those") and not behind)


def number_of_inputs(text: str) -> int | None:
    """By how many variables a request says that it differentiates, "all four weights"; None where it does not say."""
    nouns = ("weights", "biases", "parameters", "inputs", "variables", "gradients", "derivatives", "partial", "partials")
    found = [match for match in _SAID.finditer(text) if match[2].lower() in nouns]
    return _NUMBERS.index(found[0][1].lower()) + 2 if found else None
