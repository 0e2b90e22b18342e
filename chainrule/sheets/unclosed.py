r"""Formulas whose closing delimiter is missing: which dollar of a paragraph has no mate, and where its formula ends.

`Let $z = w x, $a = 2$ and $b$` has five dollars. Only if the first one is the odd one do formulas stand between dollars and
words outside. A formula that is not closed ends before the next word, or where nothing but words follows.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from chainrule.inference.vocabulary import vocabulary
from chainrule.sheets.delimiters import Token
from chainrule.syntax.symbols import GREEK, LATEX_FUNCTIONS, words

_RUN = re.compile(r"(?<![\\A-Za-z{])[A-Za-z]{2,}(?![A-Za-z}{])")
_SHORT = frozenset(words("is of to an if in by we be or as at on it so no do"))
"""Words of two letters; any other two letters side by side are a product."""
_GROUPED = re.compile(r"\\[A-Za-z]+\{[^{}]*\}|[_^]\{[^{}]*\}")
_SIGNS = re.compile(r"[\\^=]|\w_")
"""What stands in formulas alone."""
_TRAILING = " \t\n\r.,;:?!>"
_OPERATORS = "+-*/=<>^_\\({[&|"


def first_word(text: str) -> int | None:
    """Where the first word of prose begins that stands in no braces; None in a formula."""
    bare = _GROUPED.sub(lambda match: " " * len(match.group()), text)
    for match in _RUN.finditer(bare):
        word = match.group()
        known = word in GREEK or word in LATEX_FUNCTIONS or word in vocabulary().functions
        if not known and (len(word) > 2 or word in _SHORT):
            return match.start()
    return None


def odd_dollar(text: str, dollars: Sequence[Token]) -> int | None:
    """The place, in all the dollars of a paragraph, of the only one that can have no mate."""
    if len(dollars) % 2 == 0:
        return None
    between = [text[a.end : b.start] for a, b in pairwise(dollars)]
    inside = [first_word(each) is None for each in between]
    outside = [_SIGNS.search(each) is None for each in between]
    # Before the odd one formulas are behind the dollars at 0, 2, 4, .., behind it after those at 1, 3, 5, ..
    first, last = [True], [True]
    for k in range(0, len(dollars) - 2, 2):
        first.append(first[-1] and inside[k] and outside[k + 1])
    for k in range(len(dollars) - 2, 0, -2):
        behind = k == len(dollars) - 2 or outside[k + 1]
        last.append(last[-1] and inside[k] and behind)
    possible = [2 * k for k, (before, after) in enumerate(zip(first, reversed(last), strict=True)) if before and after]
    return possible[0] if len(possible) == 1 else None


def guessed_end(text: str, start: int, end: int) -> int | None:
    """Where the formula from `start` on ends that is not closed before `end`; None where that is not certain enough."""
    word = first_word(text[start:end])
    piece = (text[start:end] if word is None else text[start : start + word]).rstrip(_TRAILING)
    complete = piece.count("{") == piece.count("}") and piece.count(r"\begin") == piece.count(r"\end")
    if not piece.strip() or not complete or piece[-1] in _OPERATORS:
        return None
    return start + len(piece)
