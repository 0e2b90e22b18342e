"""Sentences as data: plain words with quantities between them, which are spelled when the sentence is shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from chainrule.graph.node import Node


@dataclass(frozen=True)
class Mention:
    """A quantity in a sentence. `otherwise`: what is said where its formula is long or cannot be shown.

    manner: "as it is"; "turned", its transpose; "defined", as the equation `z = W x + b` that gives a named quantity;
    "function", the function alone that is applied.
    """

    node: Node
    otherwise: str
    manner: Literal["as it is", "turned", "defined", "function"] = "as it is"


Words = tuple[str | Mention, ...]


def noun(node: Node) -> str:
    """What the derivative of a scalar by a node is called."""
    return "gradient" if node.shape else "derivative"


def filled(sentence: str, **parts: Words | str) -> Words:
    """The sentence with `{name}` replaced by the words of that name."""
    found: list[str | Mention] = []
    for i, piece in enumerate(re.split(r"\{(\w+)\}", sentence)):
        words = parts[piece] if i % 2 else piece
        found.extend((words,) if isinstance(words, str) else words)
    return tuple(word for word in found if word != "")


def listed(parts: Sequence[Words]) -> Words:
    """`a`, `a and b`, `a, b and c`."""
    joined: list[str | Mention] = []
    for i, part in enumerate(parts):
        joined.extend(("" if not i else " and " if i == len(parts) - 1 else ", ", *part))
    return tuple(joined[1:])
