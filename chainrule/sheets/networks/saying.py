"""What one sentence says, fact by fact, and the pieces that its forms share: names and numbers."""

from dataclasses import dataclass, field

from chainrule.sheets.networks.heads import LINKS, Head, Line, read_head
from chainrule.sheets.networks.literals import literal_at
from chainrule.sheets.networks.parts import Fact, SlotName, Value, Whom
from chainrule.sheets.networks.symbols import base, names_of
from chainrule.sheets.notation import statements
from chainrule.sheets.sheet import Math
from chainrule.source import Span
from chainrule.syntax.tree import Relation, Tree

NETWORK = Whom("network")
_BEHIND_NUMBERS = frozenset(("", "separator", "mark", "link", "place", "all", "target", "followed", "colon"))
_WORDS_BEHIND_NUMBERS = frozenset((".", "?", "!", "but", "while", "when", "where", "so"))
"""What may stand behind a number that does not count what is behind it."""


@dataclass
class Saying:
    """A sentence and its facts so far. loose: activations that belong to no layer."""

    line: Line
    facts: list[Fact] = field(default_factory=list[Fact])
    loose: list[Span] = field(default_factory=list[Span])

    def add(self, whom: Whom, slot: SlotName, value: Value, start: int, end: int) -> None:
        """Take up a fact that marks [start, end) say."""
        self.facts.append(Fact(whom, slot, value, self.line.span(start, end)))

    def is_skipped(self, at: int) -> bool:
        """A word that only links; not the bracket of a list of numbers."""
        listed = self.line.kind(at) == "mark" and literal_at(self.line.tokens, self.line.marks, at) is not None
        return self.line.kind(at) in LINKS and not listed

    def literal(self, at: int) -> tuple[str, int] | None:
        """The number or list at a mark and the mark behind it, unless it counts what stands behind: "2 x 3 matrices"."""
        found = literal_at(self.line.tokens, self.line.marks, at)
        if found is None:
            return None
        closed = self.line.kind(found[1]) in _BEHIND_NUMBERS or self.line.text(found[1]) in _WORDS_BEHIND_NUMBERS
        return found if closed else None

    def literals(self, at: int) -> tuple[str, int] | None:
        """Numbers one after the other as a list, "0.5, -1 and 2"; the mark behind them. None where there is none."""
        found: list[str] = []
        here = end = at
        while (literal := self.literal(here)) is not None and not (found and literal[0][0] in "(["):
            found.append(literal[0])
            here = end = literal[1]
            while self.line.kind(here) == "separator":
                here += 1
        if not found:
            return None
        return (found[0] if len(found) == 1 else f"({', '.join(found)})"), end

    def initial(self, whom: Whom, slot: SlotName, here: int, start: int) -> int | None:
        """LINK* all? NUMBER: "are all 0.5", "initialised to 0.1", "= 0", "0 in the hidden layer and 1 in the output layer"."""
        line = self.line
        while line.kind(here) in ("link", "colon", "all", "list", "article") or self._goes_on(here):
            here += 1
        found = self.literals(here)
        end = None
        while found is not None:
            text, behind = found
            head = self._place(behind)
            if head is None and end is not None:
                break
            end = head.end if head is not None else behind
            self.add(whom if head is None else head.whom, slot, text, start, end)
            here = end
            while line.kind(here) == "separator":
                here += 1
            found = self.literals(here) if head is not None else None
        return end

    def _goes_on(self, at: int) -> bool:
        """A comma before "all of which are"."""
        line = self.line
        return line.kind(at) == "separator" and line.kind(at + 1) == "all" and line.text(at + 2) == "of"

    def _place(self, at: int) -> Head | None:
        """The layer that numbers are for: "in the hidden layer"."""
        if self.line.kind(at) != "place":
            return None
        return read_head(self.line, at + 1)

    def names(self, whom: Whom, slot: SlotName, here: int) -> int | None:
        """A list of formulas as names: `$W_1$, $W_2$ and $W_3$`."""
        line = self.line
        first, end = here, here
        found: list[Tree] = []
        while line.kind(here) == "formula":
            names = [name for name in _names_at(line, here) if not _gives_values(line, here) or _fits(name, slot)]
            if not names:
                break
            found += names
            here = end = here + 1
            while line.kind(here) == "separator":
                here += 1
            if slot == "symbol" and whom.role not in ("input", "hidden"):
                break
        if not found:
            return None
        head = self._place(end) if slot in ("weights", "biases") else None
        if head is None:
            self.add(whom, slot, tuple(found), first, end)
            return end
        self.add(head.whom, slot, tuple(found), first, head.end)
        here = head.end
        while self.line.kind(here) == "separator":
            here += 1
        return (self.names(whom, slot, here) if here > head.end else None) or head.end


def _fits(name: Tree, slot: SlotName) -> bool:
    """Whether a letter with a value may be that of weights, or of biases: "weights and biases $W = 1$, $b = 2$"."""
    biases, others = base(name) in ("b", "c", "\\beta"), base(name) in ("x", "y", "t", "X", "Y", "h")
    return slot == "symbol" or (not others and biases == (slot == "biases"))


def _gives_values(line: Line, at: int) -> bool:
    """Whether a formula says what its names are: their letters tell weights from biases."""
    value = line.value(at)
    return isinstance(value, Math) and any(isinstance(tree, Relation) for tree in statements(value))


def _names_at(line: Line, at: int) -> tuple[Tree, ...]:
    value = line.value(at)
    return names_of(value) if line.kind(at) == "formula" and isinstance(value, Math) else ()
