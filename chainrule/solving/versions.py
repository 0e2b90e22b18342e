"""What holds in one part: "a) ... for $T = 1$", "b) ... for $T = 2$". A part may say anew what an earlier one has said.

What the part itself says holds there, else what was said last before it; what only later parts say does not hold before
them. Two statements of one part that differ stay a contradiction, and a number beside a formula stays a claim. All ways to
give a distribution, `P = (0.5, 0.5)` and `P \\sim \\mathrm{Poisson}(3)`, say the same of it.
"""

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from chainrule.errors import Diagnostic, NameFault
from chainrule.inference.declarations import Declaration
from chainrule.inference.literals import is_literal, number
from chainrule.inference.network import Equation
from chainrule.inference.statements import Given, head_parts
from chainrule.inference.symbols import could_be_name, key, span_text
from chainrule.sheets import Item, Prose, Task
from chainrule.solving.context import Context
from chainrule.solving.reading import ProblemText
from chainrule.solving.reparametrised import parameters
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Juxtaposition, Relation, Tree, walk

_SAYING = {"=": "is", "\\sim": "is", "\\in": "lies in"}
_FROM_HERE = re.compile(
    r"(?:now|next|then|finally|instead|let|suppose|assume|consider|from (?:now|here) on|in what follows"
    r"|(?:for|in) the (?:rest|remain\w*|following))\b",
    re.IGNORECASE,
)
"""How a paragraph between two parts begins: what it says holds from there on, not for what was asked before."""
_Key = tuple[Tree, str, bool]
_Groups = Mapping[str | None, Sequence[Tree]]
_Version = tuple[tuple[int, ...], frozenset[Tree]]
"""The statements that hold, and which of the names that a formula gives are differentiated by."""


@dataclass(frozen=True)
class Places:
    """Which part each stretch of a problem belongs to; stretches are in the order of the text and do not overlap."""

    stretches: tuple[tuple[int, int, str | None], ...] = ()
    turns: tuple[int, ...] = ()
    """Where paragraphs begin, each behind another one of its part, that say what holds from there on."""

    @staticmethod
    def of(items: Iterable[Item]) -> "Places":
        ordered = sorted(items, key=lambda item: (item.span.start, item.span.end))
        turns = tuple(
            item.span.start
            for last, item in pairwise(ordered)
            if item.part and last.part == item.part and last.place.block != item.place.block
            if isinstance(item, Prose) and _FROM_HERE.match(item.text)
        )
        return Places(tuple((item.span.start, item.span.end, item.part) for item in ordered), turns)

    def turns_between(self, asked: Span, said: Span | None) -> bool:
        """Whether such a paragraph begins behind what is asked and up to what is said."""
        return said is not None and any(asked.end <= turn <= said.start for turn in self.turns)

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _, _ in self.stretches]

    def part(self, span: Span | None) -> str | None:
        index = bisect_right(self._starts, span.start) - 1 if span else -1
        return self.stretches[index][2] if span and index >= 0 and span.start < self.stretches[index][1] else None

    def end(self, part: str | None) -> int:
        """Where a part ends, its own parts included; the end of what stands before all parts for None."""
        own = [end for _, end, p in self.stretches if p == part or (part and p and p.startswith(f"{part}."))]
        return max(own, default=0)


@dataclass(frozen=True)
class Meant:
    """What a task means of another part, "the Hessian of $f$ from (i)": the names, and all that it does not say itself."""

    part: str
    names: frozenset[Tree]

    @staticmethod
    def of(task: Task, text: ProblemText) -> "Meant | None":
        trees = [tree for math in task.math("asked", "of") for tree in text.trees.get(math.span, ())]
        names = frozenset(key(part) for tree in trees for part in walk(tree) if could_be_name(part))
        return Meant(task.within, names) if task.within else None


@dataclass
class Versions:
    """A problem's text as it holds in each of its parts, with the network of each version made once."""

    text: ProblemText
    places: Places = Places()
    more: Sequence[Given | Declaration] = ()
    contexts: dict[_Version, Context] = field(default_factory=dict["_Version", Context])

    def shown_for(self, part: str | None, at: Span) -> tuple[ProblemText, Context]:
        """The same with what only later parts say: the text as a whole, seen from there."""
        return self._version(part, at, later=True)

    def holding_in(self, part: str | None, at: Span, meant: Meant | None = None) -> tuple[ProblemText, Context]:
        """The text in force for what stands at `at` in a part, and its context. meant: what it means of another part.

        Raises NameFault where there is no such part.
        """
        if meant is not None and not self.places.end(meant.part):
            raise NameFault("undefined-symbol", f"there is no part {meant.part}", at)
        return self._version(part, at, later=part is None, meant=meant)

    def stated_later(self, equations: Iterable[Equation], task: Task) -> set[Tree]:
        """The names whose equations stand in parts behind that of a task, as the loss of part b) for the output of a)."""
        if task.part is None:
            return set()
        placed = [(e.name, e.span) for e in equations if e.span and e.span.source == task.span.source]
        behind = [(name, span) for name, span in placed if span.start >= self.places.end(task.part)]
        return {name for name, span in behind if self.places.part(span) not in (None, task.part)}

    def _version(self, part: str | None, at: Span, *, later: bool, meant: Meant | None = None) -> tuple[ProblemText, Context]:
        """later: what only one part says holds before it too."""
        dropped: set[int] = set()
        notes: list[Diagnostic] = []
        until = max(self.places.end(part), at.end)
        for every in _by_part(self.text.statements, self.places):
            groups = every if later else self._said_before(every, part, at)
            anew = _differ(groups)
            holding = tuple(groups) if later and not anew else _holding(groups, part, until)
            if meant is not None and meant.part in every and (part not in every or meant.names & _heads(every)):
                groups, holding = every, (meant.part,)
            dropped.update(id(statement) for own in every.values() for statement in own)
            dropped.difference_update(
                id(statement) for p in holding for statement in self._last_said(groups[p], None if later else at)
            )
            notes.extend(_note(groups[p][-1], groups, p) for p in holding if anew and p not in (None, part))
        dropped.update(self._mentioned_later(dropped, until))
        kept = [s for s in self.text.statements if id(s) not in dropped]
        text = replace(self.text, statements=kept, diagnostics=[*self.text.diagnostics, *notes]) if dropped else self.text
        by = self.text.by_task.get(at, frozenset())
        changing = {name for each in parameters(kept, by) for name in (each.name, each.letter)}
        text = replace(text, differentiated=by & changing)
        version = tuple(map(id, kept)), text.differentiated
        if version not in self.contexts:
            self.contexts[version] = Context(text.network(self.more))
        return replace(text, more=tuple(self.more)), self.contexts[version]

    def _mentioned_later(self, dropped: Container[int], until: int) -> set[int]:
        """The names alone that stand in later parts, where what these say of them does not hold: w of "a step on $w$"."""
        behind = [s for s in self.text.statements if s.span is not None and s.span.start >= until]
        said = {key(s.sides[0]) for s in behind if id(s) in dropped and isinstance(s, Relation)}
        return {id(s) for s in behind if could_be_name(s) and key(s) in said}

    def _said_before(self, groups: _Groups, part: str | None, at: Span) -> _Groups:
        """Without what the part itself says anew in a later paragraph, which holds for what is asked behind that alone."""
        if part not in groups:
            return groups
        own = [statement for statement in groups[part] if not self.places.turns_between(at, statement.span)]
        others = {p: said for p, said in groups.items() if p != part}
        before = [*own, *(said[-1] for said in others.values() if _start(said[-1]) < at.start)]
        if len(own) == len(groups[part]) or not before:
            return groups
        return {**others, part: own} if own else others

    def _last_said(self, own: Sequence[Tree], at: Span | None) -> Sequence[Tree]:
        """What one part says of a thing, without what a later paragraph says anew that stands before `at`."""
        past = [turn for turn in self.places.turns if at is None or turn <= at.start]
        turns = [turn for turn in past if any(turn <= _start(each) for each in own)]
        return [each for each in own if _start(each) >= max(turns, default=0)]


def _holding(groups: _Groups, part: str | None, until: int) -> tuple[str | None, ...]:
    """The part whose statements hold in another one: the last that stands before its end; () where all come later."""
    if part in groups:
        return (part,)
    earlier = sorted((p for p, own in groups.items() if _start(own[-1]) < until), key=lambda p: _start(groups[p][-1]))
    return tuple(earlier[-1:])


def _heads(groups: _Groups) -> frozenset[Tree]:
    """The names that some statements are of."""
    left = (each.sides[0] for own in groups.values() for each in own if isinstance(each, Relation))
    return frozenset(key(head_parts(tree)[0]) for tree in left)


def _note(chosen: Tree, groups: _Groups, part: str | None) -> Diagnostic:
    """What holds from an earlier part on, and what it took the place of."""
    before = [own[-1] for own in groups.values() if _start(own[-1]) < _start(chosen)]
    instead = f", and no longer {span_text(max(before, key=_start).span)}" if before else ""
    message = f"{span_text(chosen.span)} holds from part {part} on{instead}"
    return Diagnostic("note", "said-anew", message, chosen.span, "say it again in the parts that mean the first one")


def _by_part(statements: Sequence[Tree], places: Places) -> Iterator[_Groups]:
    """The statements of each thing by the parts that make them, but for those that stand before all parts alone."""
    found: dict[_Key, list[Tree]] = {}
    for statement in statements:
        if isinstance(statement, Relation) and statement.operators[0] in _SAYING and statement.span is not None:
            left, right = statement.sides[0], statement.sides[-1]
            said = _SAYING[statement.operators[0]]
            found.setdefault((key(left), said, is_literal(right)), []).append(statement)
    for same in [*_of_distributions(found, places), *found.values()]:
        groups: dict[str | None, list[Tree]] = {}
        for statement in same:
            groups.setdefault(places.part(statement.span), []).append(statement)
        if set(groups) != {None} and (len(groups) > 1 or _gives(same[0])):
            yield groups


def _gives(statement: Tree) -> bool:
    return isinstance(statement, Relation) and statement.operators[0] != "\\in"


def _differ(groups: _Groups) -> bool:
    """Whether several parts say different things."""
    said = [statement for own in groups.values() for statement in own]
    return len(groups) > 1 and any(statement != said[0] for statement in said)


def _of_distributions(found: dict[_Key, list[Tree]], places: Places) -> list[list[Tree]]:
    """The statements that give one distribution in different ways and parts; they are taken out of those found."""
    named: dict[Tree, list[_Key]] = {}
    for each, same in found.items():
        for name in {name for statement in same if (name := _distribution_in(statement)) is not None}:
            named.setdefault(name, []).append(each)
    joined = [keys for keys in named.values() if len(keys) > 1]
    joined = [keys for keys in joined if len({places.part(s.span) for each in keys for s in found[each]}) > 1]
    return [sorted((s for each in keys for s in found.pop(each)), key=_start) for keys in joined]


def _distribution_in(statement: Tree) -> Tree | None:
    r"""P of `P \sim ...`, `P = \{A: 0.5, ...\}`, `P = (0.5, 0.5)` and `P(x) = x / 6`."""
    match statement:
        case Relation(operators=("\\sim",), sides=(name, _)) if could_be_name(name):
            return key(name)
        case Relation(operators=("=",), sides=(name, Bracket(items=items))) if could_be_name(name):
            return key(name) if _is_table(items) or _are_chances(items) else None
        case Relation(operators=("=",), sides=(Juxtaposition() as head, Bracket(kind="{"))):
            return key(head)  # P(Y | X) beside P(X)
        case Relation(operators=("=",), sides=(Juxtaposition(items=(name, Bracket(kind="(", items=items))), right)):
            formula = all(map(could_be_name, items)) and not is_literal(right)
            return key(name) if could_be_name(name) and formula else None
        case _:
            return None


def _is_table(items: Sequence[Tree]) -> bool:
    return bool(items) and all(isinstance(item, Relation) and item.operators == (":",) for item in items)


def _are_chances(items: Sequence[Tree]) -> bool:
    values = [number(item) for item in items]
    chances = [value for value in values if value is not None and value >= 0]
    return len(chances) == len(values) > 1 and abs(sum(chances) - 1) < 0.05


def _start(statement: Tree) -> int:
    return statement.span.start if statement.span else 0
