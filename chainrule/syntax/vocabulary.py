"""The words that name functions; handed in, since the parser knows no operation itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from chainrule.syntax.symbols import FUNCTIONS


@dataclass(frozen=True)
class Vocabulary:
    """`functions` maps each spelling without backslash ("ReLU", "relu") to the text of its Name in the Tree ("relu").

    `running`: letters of the text that run over several values, so that `x = 0, 1` lists them, as it does of an index.
    """

    functions: Mapping[str, str]
    running: frozenset[str] = frozenset()

    @cached_property
    def words(self) -> dict[str, str]:
        """The functions, with those that are notation."""
        return {name: name for name in FUNCTIONS} | dict(self.functions)

    @classmethod
    def of(cls, words: Iterable[str]) -> "Vocabulary":
        """Each word spelled as itself."""
        return cls({word: word for word in words})
