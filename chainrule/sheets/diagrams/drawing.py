"""What a drawing says before its formulas are read: nodes with their labels, and arrows between them."""

from dataclasses import dataclass, field, replace

from chainrule.source import Span


class Unreadable(Exception):
    """A drawing says something that is not understood: `message`, which names it."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Arrow:
    """From node to node; a line that has no head goes either way. `label`: what is written on it."""

    start: str
    end: str
    span: Span
    directed: bool = True
    label: Span | None = None


Link = tuple[Span, int, Span | None]
"""Where it stands, 1 for an arrow on, -1 for one back, 0 for a line, and what is written on it."""


@dataclass
class Drawing:
    """`labels`: what is written on each node, by the name it has in the drawing; that name where nothing else is written."""

    labels: dict[str, Span] = field(default_factory=dict[str, Span])
    arrows: list[Arrow] = field(default_factory=list[Arrow])

    def mention(self, name: str, span: Span) -> None:
        """A node is named, maybe for the first time."""
        self.labels.setdefault(name, span)

    def connect(self, groups: list[list[str]], links: list[Link]) -> None:
        """A chain of groups of nodes."""
        for index, (span, way, label) in enumerate(links):
            before, behind = groups[index : index + 2]
            starts, ends = (behind, before) if way < 0 else (before, behind)
            self.arrows += [Arrow(start, end, span, way != 0, label) for start in starts for end in ends]

    def label_last(self, label: Span) -> None:
        """What stands behind the end of an arrow is written on it."""
        self.arrows[-1:] = [replace(arrow, label=label) for arrow in self.arrows[-1:]]
