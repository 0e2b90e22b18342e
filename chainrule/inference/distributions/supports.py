r"""Supports: the outcomes that a text lists, `x \in \{0, 1, 2\}`, `\mathcal{X} = \{a, b\}`, and those of its tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from chainrule.inference.distributions.labels import label_of
from chainrule.inference.ranges import range_of, unquantified
from chainrule.inference.symbols import could_be_name, is_probability, key
from chainrule.probability.families.supports import MOST_OUTCOMES
from chainrule.syntax.tree import Bracket, Dots, Juxtaposition, Name, Number, Relation, Tree, walk

Labels = tuple[Tree, ...]


@dataclass
class Supports:
    r"""letters: the outcomes of `x \in \{0, 1\}`, with the place of each such statement. sets: those of `\mathcal{X} = ...`."""

    letters: dict[Tree, list[tuple[int, Labels]]] = field(default_factory=dict[Tree, list[tuple[int, Labels]]])
    sets: dict[Tree, Labels] = field(default_factory=dict[Tree, Labels])

    def of(self, letter: Tree, at: int) -> Labels | None:
        """The outcomes that a letter runs over in the statement at a place: said right behind it, else last before it."""
        said = self.letters.get(letter, [])
        behind = [labels for place, labels in said if place == at + 1]
        before = [labels for place, labels in said if place < at]
        alone = [labels for _, labels in said] if len({labels for _, labels in said}) == 1 else []
        return next(iter((*behind, *alone, *reversed(before))), None)

    def counted(self, part: Tree) -> Tree:
        r"""`|\mathcal{X}|` as the number of the outcomes in that set; anything else as it is."""
        match part:
            case Bracket(kind="|", items=(name,)) if could_be_name(name) and key(name) in self.sets:
                count = len(self.sets[key(name)])
                return Number(Fraction(count), str(count), span=part.span)
            case _:
                return part


def supports_of(statements: Sequence[Tree], integers: Mapping[Tree, int]) -> Supports:
    """The sets of outcomes that the statements name."""
    found = Supports()
    for statement in statements:
        match statement:
            case Relation(operators=("=",), sides=(name, Bracket(kind="{") as braces)) if could_be_name(name):
                labels = labels_in(braces, integers)
                if labels is not None:
                    found.sets[key(name)] = labels
            case _:
                pass
    for at, statement in enumerate(statements):
        match statement:
            case Relation(operators=("\\in",), sides=(left, right)) if could_be_name(unquantified(left)):
                braces = isinstance(right, Bracket) and right.kind == "{"
                labels = labels_in(right, integers) if braces and isinstance(right, Bracket) else found.sets.get(key(right))
                if labels is not None:
                    found.letters.setdefault(key(unquantified(left)), []).append((at, labels))
            case _:
                pass
    return found


def labels_in(braces: Bracket, integers: Mapping[Tree, int]) -> Labels | None:
    r"""The members of `\{0, 1, 2\}`, `\{1, \ldots, N\}`; None where it is no such set, or an end of it has no number."""
    if not braces.items or any(isinstance(item, Relation) for item in braces.items) or set(braces.separators) - {","}:
        return None
    if any(isinstance(item, Dots) for item in braces.items):
        numbers = range_of(Relation(("\\in",), (Name("k"), braces)), integers)
        members = numbers[1] if numbers is not None else None
        if members is None or not 1 <= len(members) <= MOST_OUTCOMES:
            return None
        return tuple(Number(Fraction(member), str(member)) for member in members)
    labels = tuple(map(label_of, braces.items))
    return labels if len(set(labels)) == len(labels) else None


def letters_of_outcomes(trees: Iterable[Tree]) -> frozenset[str]:
    r"""The letters that stand for outcomes, the x and y of `p(x, y)`, `P(X = x)`; those beside a condition may be anything."""
    found: set[str] = set()
    for part in (part for tree in trees for part in walk(tree)):
        match part:
            case Juxtaposition(items=(name, Bracket(kind="(", items=items, separators=separators))) if is_probability(name):
                sides = [side for item in items for side in (item.sides if isinstance(item, Relation) else (item,))]
                if "|" not in separators:
                    found.update(side.text for side in sides if isinstance(side, Name))
            case _:
                pass
    return frozenset(found)


def tables_in(statements: Iterable[Tree]) -> list[Labels]:
    """The labels of the tables that stand in statements."""
    found: dict[Labels, None] = {}
    for statement in statements:
        match statement:
            case Relation(sides=(_, Bracket(kind="{", items=items))) if items:
                pairs = [item.sides[0] for item in items if isinstance(item, Relation) and item.operators == (":",)]
                if len(pairs) == len(items):
                    found[tuple(map(label_of, pairs))] = None
            case _:
                pass
    return list(found)
