r"""Distributions that are the same member of a family, `P \sim \mathrm{Pois}(2)` and a Poisson distribution with mean 2."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chainrule.inference.distributions.families import instance_of
from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, key
from chainrule.syntax.tree import Relation, Tree


@dataclass(frozen=True)
class Member:
    """The families that a word may mean, and the values of the parameters, with their names where these are said."""

    families: tuple[str, ...]
    values: tuple[object, ...]
    names: tuple[Tree, ...] = ()

    def is_same(self, other: "Member") -> bool:
        """Whether the other one has the same parameters, as far as both say which these are."""
        named = not self.names or not other.names or self.names == other.names
        return named and (self.families, self.values) == (other.families, other.values)


def member_of(tree: Tree) -> Member | None:
    """What a tree is as a member of a family; None of anything else."""
    found = instance_of(tree, plainly=True)
    if found is None or (found.places and found.named):
        return None
    given = found.places or tuple(value for _, value in found.named)
    values = tuple(key(each) if (value := number(each)) is None else value for each in given)
    return Member(tuple(family.name for family in found.families), values, tuple(key(name) for name, _ in found.named))


def find_members(statements: Iterable[Tree]) -> dict[Tree, tuple[Member, ...]]:
    """What names are said to be, each wherever it is defined."""
    found: dict[Tree, tuple[Member, ...]] = {}
    for tree in statements:
        match tree:
            case Relation(sides=(name, body)) if could_be_name(name) and (member := member_of(body)) is not None:
                found[key(name)] = (*found.get(key(name), ()), member)
            case _:
                pass
    return found


def are_same(one: Tree, other: Tree, members: Mapping[Tree, tuple[Member, ...]]) -> bool:
    """Whether two distributions are one by their names, or by what they are."""
    first, second = (members.get(key(each)) or _own(each) for each in (one, other))
    return key(one) == key(other) or any(each.is_same(same) for each in first for same in second)


def _own(tree: Tree) -> tuple[Member, ...]:
    member = member_of(tree)
    return () if member is None else (member,)
