"""What a drawing says before its formulas are read: nodes with their labels, and arrows between them."""

from dataclasses import dataclass, field

from chainrule.source import Span


class Unreadable(Exception):
    """A drawing says something that is not understood: `message`, which names it."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Arrow:
    """From node to node; a line that has no head goes either way."""

    start: str
    end: str
    span: Span
    directed: bool = True


@dataclass
class Drawing:
    """`labels`: what is written on each node, by the name it has in the drawing; that name where nothing else is written."""

    labels: dict[str, Span] = field(default_factory=dict[str, Span])
    arrows: list[Arrow] = field(default_factory=list[Arrow])

    def mention(self, name: str, span: Span) -> None:
        """A node is named, maybe for the first time."""
        self.labels.setdefault(name, span)

    def connect(self, groups: list[list[str]], spans: list[Span], directed: list[int]) -> None:
        """A chain of groups of nodes; between two of them 1 is an arrow on, -1 one back, 0 a line."""
        for index, way in enumerate(directed):
            before, behind = groups[index : index + 2]
            starts, ends = (behind, before) if way < 0 else (before, behind)
            self.arrows += [Arrow(start, end, spans[index], way != 0) for start in starts for end in ends]
