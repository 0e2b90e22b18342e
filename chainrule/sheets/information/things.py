"""What sentences introduce: "a loaded die", "two coins"."""

from collections.abc import Sequence
from dataclasses import dataclass

from chainrule.sheets.forms import words
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math
from chainrule.source import Span

THINGS = words(
    "distribution distributions coin coins die dice source sources urn channel variable variables machine machines model models"
    " classifier network predictor"
)
_COUNTING = words("a an another one two three second third other")
"""Before a thing, with up to two adjectives between, these introduce it."""
_EQUATING = words("is be as are of by from")
"""Before an article these say of something known what it is."""


@dataclass(frozen=True)
class Thing:
    """What a sentence introduces with an article or a number: "a loaded die"."""

    span: Span
    noun: str


def things_in(tokens: Sequence[Word | Math], equated: bool = False) -> list[Thing]:
    """What the words introduce. equated: also what is only said of something known, "is a coin"."""
    found: list[Thing] = []
    for index, token in enumerate(tokens):
        if not isinstance(token, Word) or token.text not in _COUNTING:
            continue
        before = tokens[index - 1] if index else None
        if isinstance(before, Word) and before.text in (_COUNTING if equated else _EQUATING | _COUNTING):
            continue
        for following in tokens[index + 1 : index + 4]:
            if not isinstance(following, Word) or not following.text[0].isalpha():
                break
            if following.text in THINGS:
                found.append(Thing(following.span, following.text))
                break
    return found
