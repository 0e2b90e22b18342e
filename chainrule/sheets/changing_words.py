"""Words in a request that make something else of what it names: "twice the loss", "the sum of $y$", "ignoring the bias"."""

from chainrule.sheets.clauses import Tokens
from chainrule.sheets.forms import DERIVATIVE_NOUNS, QUANTITY, words
from chainrule.sheets.notation import look
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math

_ALSO_OF = frozenset(["output", "outputs", "prediction", "predictions", "result", "results", "state", "states", "activation"])
"""Nouns whose "of $y$" is y itself."""
CHANGING = frozenset(["ignoring", "neglecting", "omitting", "excluding", "except", "unless", "instead", "dropping", "removing"])
_ORDERLY = words(
    "after from following in that this it these those a the second third next last further final step stage turn , then"
)


def only_orders(tokens: Tokens) -> bool:
    """Whether words before a request only say when it is carried out: "After that,", "In a second step"."""
    return all(isinstance(token, Word) and token.text in _ORDERLY for token in tokens)


def is_input(tokens: Tokens, index: int) -> bool:
    """Whether a number is that of a problem or part, or stands in brackets behind "input", where networks in words are read."""
    if _word(tokens, index - 1) in ("problem", "part", "exercise", "question", "equation", "step"):
        return True
    opening = next((i for i in range(index, max(index - 12, -1), -1) if _word(tokens, i) in ("(", "[")), 0)
    inside = all(_word(tokens, i)[-1:].isdigit() or _word(tokens, i) == "," for i in range(opening + 1, index + 1))
    return _word(tokens, opening - 1) in ("input", "inputs") and inside


def changes_next(tokens: Tokens, index: int) -> bool:
    """Whether a word makes another thing of the one behind it: "twice the loss", "the sum of $y$", "ignoring the bias"."""
    word, following = _word(tokens, index), tokens[index + 1] if index + 1 < len(tokens) else None
    if word == "of" and isinstance(following, Math) and look(following) == "other":
        return _word(tokens, index - 1) in QUANTITY - _ALSO_OF and _word(tokens, index - 2) not in DERIVATIVE_NOUNS
    if word in ("number", "numbers") and _word(tokens, index + 1) == "of":
        return True
    many = word == "twice" and (isinstance(following, Math) or _word(tokens, index + 1) in ("the", "a", "this", "that"))
    return many or word in CHANGING


def _word(tokens: Tokens, index: int) -> str:
    token = tokens[index] if 0 <= index < len(tokens) else None
    return token.text if isinstance(token, Word) else ""
