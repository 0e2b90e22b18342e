"""What one sentence says, fact by fact, and the pieces that its forms share: names and numbers."""

from dataclasses import dataclass, field

from chainrule.sheets.networks.heads import LINKS, Line
from chainrule.sheets.networks.literals import literal_at
from chainrule.sheets.networks.owners import owner_behind
from chainrule.sheets.networks.parts import Fact, SlotName, Value, Whom
from chainrule.sheets.networks.symbols import base, names_of
from chainrule.sheets.notation import statements
from chainrule.sheets.sheet import Math
from chainrule.source import Span
from chainrule.syntax.tree import Name, Relation, Tree

NETWORK = Whom("network")
_BEHIND_NUMBERS = frozenset(("", "separator", "mark", "link", "place", "all", "target", "followed", "colon"))
_WORDS_BEHIND_NUMBERS = frozenset((".", "?", "!", "but", "while", "when", "where", "so"))
"""What may stand behind a number that does not count what is behind it."""


@dataclass
class Saying:
    """A sentence and its facts so far. loose: activations that belong to no layer. numbers: those that no form takes."""

    line: Line
    facts: list[Fact] = field(default_factory=list[Fact])
    loose: list[Span] = field(default_factory=list[Span])
    numbers: list[Span] = field(default_factory=list[Span])
    owner: Whom | None = None
    """Whose weights or biases the sentence spoke of last."""

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
        bare = self.line.kind(found[1]) in _BEHIND_NUMBERS or self.line.text(found[1]) in _WORDS_BEHIND_NUMBERS
        closed = bare or found[0][0] in "(["
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
        """[OWNER] LINK* all? NUMBERS [OWNER], and so on: "are all 0.5", "initialised to 0.1", "= 0".

        "0 in the hidden layer and 1 in the output layer"; "into the first unit are 0.1 and 0.2, into the second 0.3 and 0.4".
        """
        end = None
        while True:
            before = owner_behind(self.line, here, self.owner)
            value = self._linked(here if before is None else before[1])
            found = self.literals(value)
            behind = None if found is None else owner_behind(self.line, found[1], self.owner)
            if found is None or (end is not None and before is None and behind is None):
                return end
            if before is not None or behind is not None:
                whom = self.owner = (before or behind or (whom, 0))[0]
            end = behind[1] if behind is not None and before is None else found[1]
            self.add(whom, slot, found[0], start, end)
            if before is None and behind is None:
                return end
            here = end
            while self.line.kind(here) == "separator":
                here += 1

    def _linked(self, here: int) -> int:
        """The mark behind words that only lead to a value: "are all", "is initialised to"."""
        while self.line.kind(here) in ("link", "colon", "all", "list", "article") or self._goes_on(here) or self._is_held(here):
            here += 1
        return here

    def _is_held(self, at: int) -> bool:
        """ "fixed at", "held at", "kept fixed at" before a value."""
        word, before = self.line.text(at), self.line.text(at - 1)
        return word in ("fixed", "held", "kept") or (word == "at" and before in ("fixed", "held", "kept"))

    def _goes_on(self, at: int) -> bool:
        """A comma before "all of which are"."""
        line = self.line
        return line.kind(at) == "separator" and line.kind(at + 1) == "all" and line.text(at + 2) == "of"

    def names(self, whom: Whom, slot: SlotName, here: int) -> int | None:
        """A list of formulas as names: `$W_1$, $W_2$ and $W_3$`."""
        line = self.line
        first, end = here, here
        found: list[Tree] = []
        while line.kind(here) == "formula":
            names = [name for name in _names_at(line, here) if not _gives_values(line, here) or _fits(name, slot)]
            names = [name for name in names if slot == "symbol" or name not in _PLACES]
            names = [] if whom.role == "unit" and not all(_fits(name, slot) for name in names) else names
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
        owner = owner_behind(line, end, self.owner) if slot in ("weights", "biases") else None
        if owner is None:
            self.add(whom, slot, tuple(found), first, end)
            return end
        self.owner = owner[0]
        self.add(owner[0], slot, tuple(found), first, owner[1])
        here = owner[1]
        while self.line.kind(here) == "separator":
            here += 1
        return (self.names(whom, slot, here) if here > owner[1] else None) or owner[1]


_PLACES = frozenset(map(Name, "ijklmn"))
"""Letters of rows and units: "row $i$ holds the weights into hidden unit $i$"."""


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
