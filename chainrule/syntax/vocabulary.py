"""The words that name functions; handed in, since the parser knows no operation itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Vocabulary:
    """`functions` maps each spelling without backslash ("ReLU", "relu") to the text of its Name in the Tree ("relu")."""

    functions: Mapping[str, str]

    @classmethod
    def of(cls, words: Iterable[str]) -> "Vocabulary":
        """Each word spelled as itself."""
        return cls({word: word for word in words})
