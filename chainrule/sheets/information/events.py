r"""Whether a text speaks of events, `P(A \cap B)`, which may happen together, and not of the outcomes of one distribution."""

from collections.abc import Iterable

from chainrule.inference.distributions.assignments import EVENTS
from chainrule.sheets.forms import words
from chainrule.sheets.sheet import Item, Math, Prose
from chainrule.syntax.tree import Tree

_WORDS = words("event events independent independently fail fails failed failing failure failures")
_OUTCOMES = words("exclusive disjoint")
"""Events that are so are outcomes."""
_SIGNS = ("\\cap", "\\cup", "∩", "∪")


def find_events(items: Iterable[Item]) -> tuple[Tree, ...]:
    """The statement that letters are events, where words or signs of the text say so; else none."""
    said: set[str] = set()
    signs = False
    for item in items:
        if isinstance(item, Math):
            signs = signs or any(sign in item.text for sign in _SIGNS)
        elif isinstance(item, Prose):
            said.update(word.strip(".,;:()*_").lower() for word in item.text.split())
    return (EVENTS,) if signs or (_WORDS & said and not _OUTCOMES & said) else ()
