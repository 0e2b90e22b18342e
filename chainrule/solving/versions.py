"""What holds in one part: "a) ... for $T = 1$", "b) ... for $T = 2$". A part may say anew what an earlier one has said.

What the part itself says holds there, else what was said last before it. Two statements of one part that differ stay a
contradiction, and a number beside a formula stays a claim.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from chainrule.errors import Diagnostic
from chainrule.inference.declarations import Declaration
from chainrule.inference.literals import is_literal
from chainrule.inference.statements import Given
from chainrule.inference.symbols import key, span_text
from chainrule.sheets import Item
from chainrule.solving.context import Context
from chainrule.solving.reading import ProblemText
from chainrule.source import Span
from chainrule.syntax.tree import Relation, Tree

_SAYING = {"=": "is", "\\sim": "is", "\\in": "lies in"}
_Key = tuple[Tree, str, bool]


@dataclass(frozen=True)
class Places:
    """Which part each stretch of a problem belongs to."""

    stretches: tuple[tuple[int, int, str | None], ...] = ()

    @staticmethod
    def of(items: Iterable[Item]) -> "Places":
        return Places(tuple((item.span.start, item.span.end, item.part) for item in items))

    def part(self, span: Span | None) -> str | None:
        return next((p for start, end, p in self.stretches if span and start <= span.start < end), None)

    def end(self, part: str | None) -> int:
        """Where a part ends, its own parts included; the end of what stands before all parts for None."""
        own = [end for _, end, p in self.stretches if p == part or (part and p and p.startswith(f"{part}."))]
        return max(own, default=0)


@dataclass
class Versions:
    """A problem's text as it holds in each of its parts, with the network of each version made once."""

    text: ProblemText
    places: Places = Places()
    more: Sequence[Given | Declaration] = ()
    contexts: dict[tuple[int, ...], Context] = field(default_factory=dict[tuple[int, ...], Context])

    def holding_in(self, part: str | None, at: Span) -> tuple[ProblemText, Context]:
        """The text in force for what stands at `at` in a part, and its context."""
        dropped: set[int] = set()
        notes: list[Diagnostic] = []
        until = max(self.places.end(part), at.end)
        for statements in _said_anew(self.text.statements, self.places):
            groups: dict[str | None, list[Tree]] = {}
            for statement in statements:
                groups.setdefault(self.places.part(statement.span), []).append(statement)
            holding = _holding(groups, part, until)
            dropped.update(id(statement) for p, own in groups.items() if p not in holding for statement in own)
            notes.extend(_note(groups[p][-1], groups, p) for p in holding if p not in (None, part))
        kept = [s for s in self.text.statements if id(s) not in dropped]
        text = replace(self.text, statements=kept, diagnostics=[*self.text.diagnostics, *notes]) if dropped else self.text
        version = tuple(map(id, kept))
        if version not in self.contexts:
            self.contexts[version] = Context(text.network(self.more))
        return replace(text, more=tuple(self.more)), self.contexts[version]


def _holding(groups: Mapping[str | None, Sequence[Tree]], part: str | None, until: int) -> tuple[str | None, ...]:
    """The part whose statements hold in another one: the last that stands before its end; () where all come later."""
    if part in groups:
        return (part,)
    earlier = sorted((p for p, own in groups.items() if _start(own[-1]) < until), key=lambda p: _start(groups[p][-1]))
    return tuple(earlier[-1:])


def _note(chosen: Tree, groups: Mapping[str | None, Sequence[Tree]], part: str | None) -> Diagnostic:
    """What holds from an earlier part on, and what it took the place of."""
    before = [own[-1] for own in groups.values() if _start(own[-1]) < _start(chosen)]
    instead = f", and no longer {span_text(max(before, key=_start).span)}" if before else ""
    message = f"{span_text(chosen.span)} holds from part {part} on{instead}"
    return Diagnostic("note", "said-anew", message, chosen.span, "say it again in the parts that mean the first one")


def _said_anew(statements: Sequence[Tree], places: Places) -> Iterator[list[Tree]]:
    """Statements of one thing that differ and stand in several parts."""
    found: dict[_Key, list[Tree]] = {}
    for statement in statements:
        if isinstance(statement, Relation) and statement.operators[0] in _SAYING and statement.span is not None:
            left, right = statement.sides[0], statement.sides[-1]
            said = _SAYING[statement.operators[0]]
            found.setdefault((key(left), said, is_literal(right)), []).append(statement)
    for same in found.values():
        if len({places.part(s.span) for s in same}) > 1 and any(s != same[0] for s in same):
            yield same


def _start(statement: Tree) -> int:
    return statement.span.start if statement.span else 0
