"""Indices of a contraction: renaming them to one another, and the parts they hold together."""

from dataclasses import dataclass

from chainrule.graph import build
from chainrule.graph.node import Contract, Node


class UnionFind:
    """Integers, some of them declared equal; the least of those that are equal stands for all."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def find(self, item: int) -> int:
        root = item
        while (above := self._parent.get(root, root)) != root:
            root = above
        while (above := self._parent.get(item, item)) != root:
            self._parent[item], item = root, above
        return root

    def unite(self, one: int, other: int) -> None:
        low, high = sorted((self.find(one), self.find(other)))
        self._parent[high] = low


@dataclass(frozen=True)
class Component:
    """Factors (by their places) that share indices, directly or through one another, and those indices."""

    factors: tuple[int, ...]
    indices: frozenset[int]


def components(node: Contract) -> list[Component]:
    """The connected parts of the factor graph; an index that no factor carries is a part by itself."""
    names = UnionFind()
    first = len(node.extents)
    for place, own in enumerate(node.indices):
        for index in own:
            names.unite(index, first + place)
    factors: dict[int, list[int]] = {}
    indices: dict[int, set[int]] = {}
    for place in range(len(node.factors)):
        factors.setdefault(names.find(first + place), []).append(place)
    for index in range(first):
        indices.setdefault(names.find(index), set()).add(index)
    roots = dict.fromkeys([*factors, *indices])
    return [Component(tuple(factors.get(r, ())), frozenset(indices.get(r, ()))) for r in roots]


def joined(node: Contract, gone: set[int], ends: tuple[int, int], between: int) -> Node:
    """The contraction without the factors at places `gone` and the index between them, their outer indices made one."""
    names = UnionFind()
    names.unite(*ends)
    kept = [k for k in range(len(node.factors)) if k not in gone]
    indices = [[names.find(i) for i in node.indices[k]] for k in kept]
    extents = {names.find(i): d for i, d in enumerate(node.extents) if i != between}
    return build.contract([node.factors[k] for k in kept], indices, [names.find(i) for i in node.output], extents)
